"""Black, white and straight edges, as a newspaper."""

from __future__ import annotations

from typing import Any, ClassVar

from .base import Base
from .utils import colors, fonts, sizes

__all__ = ["Monochrome"]


class Monochrome(Base):
    """Black, white and straight edges, as a newspaper.

    Its parameters are those of `Base`, with other defaults.
    """

    name = "monochrome"
    _presets: ClassVar[dict[str, Any]] = {
        "primary_hue": colors.neutral,
        "secondary_hue": colors.neutral,
        "neutral_hue": colors.neutral,
        "spacing_size": sizes.spacing_lg,
        "radius_size": sizes.radius_none,
        "font": (fonts.LocalFont("Lora"), "ui-sans-serif", "system-ui", "sans-serif"),
    }
    _variables: ClassVar[dict[str, str]] = {
        "color_accent": "*neutral_900",
        "background_fill_primary_dark": "*neutral_900",
        "background_fill_secondary_dark": "*neutral_800",
        "body_text_color_subdued": "*neutral_700",
        "block_label_text_weight": "600",
        "block_title_text_weight": "600",
        "button_border_width": "2px",
        "button_border_width_dark": "2px",
        "button_primary_background_fill": "*neutral_900",
        "button_primary_background_fill_hover": "*neutral_700",
        "button_primary_border_color": "*neutral_900",
        "button_primary_background_fill_dark": "*neutral_200",
        "button_primary_background_fill_hover_dark": "white",
        "button_primary_border_color_dark": "*neutral_200",
        "button_primary_text_color_dark": "*neutral_900",
        "button_secondary_background_fill": "white",
        "button_secondary_border_color": "*neutral_900",
        "button_secondary_background_fill_dark": "*neutral_800",
        "button_secondary_border_color_dark": "*neutral_300",
        "button_cancel_border_color": "*neutral_900",
        "input_border_color": "*neutral_900",
        "input_border_color_dark": "*neutral_400",
        "link_text_color_dark": "*neutral_100",
        "button_cancel_border_color_dark": "*neutral_300",
        "checkbox_background_color_selected_dark": "*neutral_200",
        "slider_color_dark": "*neutral_300",
        "stat_background_fill_dark": "*neutral_300",
    }
