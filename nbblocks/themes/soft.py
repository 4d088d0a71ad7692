"""White cards with round corners and soft shadows on a tinted page."""

from __future__ import annotations

from typing import Any, ClassVar

from .base import Base
from .utils import colors, fonts

__all__ = ["Soft"]


class Soft(Base):
    """White cards with round corners and soft shadows on a tinted page.

    Its parameters are those of `Base`, with other defaults.
    """

    name = "soft"
    _presets: ClassVar[dict[str, Any]] = {
        "primary_hue": colors.indigo,
        "secondary_hue": colors.indigo,
        "neutral_hue": colors.gray,
        "font": (fonts.LocalFont("Montserrat", weights=(400, 700)), "ui-sans-serif", "system-ui", "sans-serif"),
    }
    _variables: ClassVar[dict[str, str]] = {
        "shadow_drop": "0 1px 4px rgb(0 0 0 / 10%)",
        "shadow_drop_lg": "0 2px 5px rgb(0 0 0 / 12%)",
        "body_background_fill": "*neutral_50",
        "block_background_fill": "white",
        "block_background_fill_dark": "*neutral_800",
        "block_shadow": "*shadow_drop",
        "block_shadow_dark": "*shadow_drop",
        "block_radius": "*radius_lg",
        "block_label_background_fill": "*primary_100",
        "block_label_background_fill_dark": "*primary_800",
        "block_label_text_color": "*primary_700",
        "block_label_text_color_dark": "*primary_100",
        "block_label_text_weight": "600",
        "block_label_radius": "*radius_md",
        "block_title_background_fill": "*primary_100",
        "block_title_background_fill_dark": "*primary_800",
        "block_title_text_color": "*primary_700",
        "block_title_text_color_dark": "*primary_100",
        "block_title_text_weight": "600",
        "block_title_radius": "*radius_md",
        "button_primary_shadow": "*shadow_drop_lg",
        "button_primary_shadow_active": "*shadow_inset",
        "button_secondary_shadow": "*shadow_drop_lg",
        "button_secondary_shadow_active": "*shadow_inset",
        "button_secondary_background_fill": "white",
        "button_secondary_background_fill_dark": "*neutral_700",
        "button_secondary_background_fill_hover_dark": "*neutral_600",
        "button_secondary_border_color": "*neutral_200",
        "button_secondary_border_color_dark": "*neutral_700",
        "button_cancel_shadow": "*shadow_drop_lg",
        "checkbox_label_background_fill_selected": "*primary_600",
        "checkbox_label_background_fill_selected_dark": "*primary_700",
        "checkbox_label_text_color_selected": "white",
        "checkbox_label_text_color_selected_dark": "white",
        "checkbox_label_shadow": "*shadow_drop",
        "input_shadow": "*shadow_drop",
        "input_background_fill_dark": "*neutral_900",
        "panel_border_width": "1px",
        "panel_border_width_dark": "1px",
    }
