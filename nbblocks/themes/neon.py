"""Lime on grey, round as a tube, with buttons to press down."""

from __future__ import annotations

from typing import Any, ClassVar

from .base import Base
from .utils import colors, fonts, sizes

__all__ = ["Neon"]


class Neon(Base):
    """Lime on grey, round as a tube, with buttons to press down.

    Its parameters are those of `Base`, with other defaults.
    """

    name = "neon"
    _presets: ClassVar[dict[str, Any]] = {
        "primary_hue": colors.lime,
        "secondary_hue": colors.cyan,
        "neutral_hue": colors.neutral,
        "spacing_size": sizes.spacing_lg,
        "radius_size": sizes.radius_xxl,
        "font": (fonts.LocalFont("Lexend"), "ui-sans-serif", "system-ui", "sans-serif"),
        "font_mono": (fonts.LocalFont("Space Mono", weights=(400,)), "ui-monospace", "Consolas", "monospace"),
    }
    _variables: ClassVar[dict[str, str]] = {
        "body_background_fill": "*neutral_100",
        "background_fill_secondary": "*neutral_200",
        "block_background_fill": "white",
        "block_background_fill_dark": "*neutral_900",
        "block_border_width": "2px",
        "block_border_width_dark": "2px",
        "block_border_color": "*neutral_300",
        "block_shadow": "0 3px 0 0 *neutral_300",
        "block_shadow_dark": "0 3px 0 0 *neutral_800",
        "block_radius": "*radius_md",
        "block_label_background_fill": "*primary_200",
        "block_label_background_fill_dark": "*primary_800",
        "block_label_text_color": "*primary_900",
        "block_label_text_color_dark": "*primary_100",
        "block_title_background_fill": "*primary_200",
        "block_title_background_fill_dark": "*primary_800",
        "block_title_text_color": "*primary_900",
        "block_title_text_color_dark": "*primary_100",
        "block_title_text_weight": "600",
        "block_label_text_weight": "600",
        "button_border_width": "2px",
        "button_border_width_dark": "2px",
        "button_transform_hover": "translateY(-2px)",
        "button_transform_active": "translateY(1px)",
        "button_transition": "all 0.1s ease",
        "button_primary_background_fill": "*primary_400",
        "button_primary_background_fill_hover": "*primary_400",
        "button_primary_text_color": "*primary_950",
        "button_primary_background_fill_dark": "*primary_500",
        "button_primary_background_fill_hover_dark": "*primary_500",
        "button_primary_text_color_dark": "*neutral_950",
        "button_primary_shadow": "0 3px 0 0 *primary_600",
        "button_primary_shadow_dark": "0 3px 0 0 *primary_700",
        "button_primary_shadow_hover": "0 5px 0 0 *primary_600",
        "button_primary_shadow_hover_dark": "0 5px 0 0 *primary_700",
        "button_primary_shadow_active": "0 2px 0 0 *primary_600",
        "button_primary_shadow_active_dark": "0 2px 0 0 *primary_700",
        "button_secondary_background_fill": "white",
        "button_secondary_background_fill_hover": "white",
        "button_secondary_border_color": "*neutral_300",
        "button_secondary_background_fill_dark": "*neutral_800",
        "button_secondary_background_fill_hover_dark": "*neutral_800",
        "button_secondary_shadow": "0 3px 0 0 *neutral_300",
        "button_secondary_shadow_dark": "0 3px 0 0 *neutral_700",
        "button_secondary_shadow_hover": "0 5px 0 0 *neutral_300",
        "button_secondary_shadow_hover_dark": "0 5px 0 0 *neutral_700",
        "button_secondary_shadow_active": "0 2px 0 0 *neutral_300",
        "button_secondary_shadow_active_dark": "0 2px 0 0 *neutral_700",
        "button_cancel_shadow": "0 3px 0 0 #7f1d1d",
        "button_cancel_shadow_dark": "0 3px 0 0 #b91c1c",
        "button_cancel_shadow_hover": "0 5px 0 0 #7f1d1d",
        "button_cancel_shadow_hover_dark": "0 5px 0 0 #b91c1c",
        "button_cancel_shadow_active": "0 2px 0 0 #7f1d1d",
        "button_cancel_shadow_active_dark": "0 2px 0 0 #b91c1c",
        "input_border_width": "2px",
        "input_border_width_dark": "2px",
        "input_background_fill_focus": "*primary_50",
        "input_background_fill_dark": "*neutral_800",
        "slider_color": "*primary_700",
        "slider_color_dark": "*primary_400",
        "table_even_background_fill": "*neutral_50",
        "table_even_background_fill_dark": "*neutral_800",
    }
