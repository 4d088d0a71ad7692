"""Small, bluish grey, with light from above."""

from __future__ import annotations

from typing import Any, ClassVar

from .base import Base
from .utils import colors, sizes

__all__ = ["Glass"]


class Glass(Base):
    """Small, bluish grey, with light from above.

    Its parameters are those of `Base`, with other defaults.
    """

    name = "glass"
    _presets: ClassVar[dict[str, Any]] = {
        "primary_hue": colors.blue,
        "secondary_hue": colors.slate,
        "neutral_hue": colors.slate,
        "text_size": sizes.text_sm,
        "spacing_size": sizes.spacing_sm,
        "radius_size": sizes.radius_sm,
        "font": ("Optima", "Candara", "Noto Sans", "source-sans-pro", "sans-serif"),
    }
    _variables: ClassVar[dict[str, str]] = {
        "background_fill_secondary": "*secondary_100",
        "background_fill_secondary_dark": "*secondary_800",
        "body_background_fill_dark": "*secondary_900",
        "block_background_fill": "*secondary_50",
        "block_background_fill_dark": "*secondary_800",
        "block_border_width_dark": "1px",
        "block_border_color_dark": "*secondary_600",
        "block_label_text_weight": "600",
        "block_title_text_weight": "600",
        "block_label_text_color": "*secondary_600",
        "block_title_text_color": "*secondary_600",
        "block_label_text_color_dark": "*secondary_200",
        "block_title_text_color_dark": "*secondary_200",
        "button_primary_background_fill": "linear-gradient(180deg, *primary_100 0%, *primary_200 30%)",
        "button_primary_background_fill_hover": "linear-gradient(180deg, *primary_50 0%, *primary_100 30%)",
        "button_primary_border_color": "*primary_300",
        "button_primary_text_color": "*primary_900",
        "button_primary_background_fill_dark": "linear-gradient(180deg, *primary_700 0%, *primary_800 30%)",
        "button_primary_background_fill_hover_dark": "linear-gradient(180deg, *primary_600 0%, *primary_700 30%)",
        "button_primary_text_color_dark": "white",
        "button_primary_border_color_dark": "*primary_600",
        "button_secondary_background_fill": "linear-gradient(180deg, *secondary_100 0%, *secondary_200 30%)",
        "button_secondary_background_fill_hover": "linear-gradient(180deg, *secondary_50 0%, *secondary_100 30%)",
        "button_secondary_border_color": "*secondary_300",
        "button_secondary_background_fill_dark": "linear-gradient(180deg, *secondary_600 0%, *secondary_700 30%)",
        "button_secondary_background_fill_hover_dark": "linear-gradient(180deg, *secondary_500 0%, *secondary_600 30%)",
        "button_secondary_text_color_dark": "white",
        "button_secondary_border_color_dark": "*secondary_500",
        "button_primary_shadow_active": "*shadow_inset",
        "button_secondary_shadow_active": "*shadow_inset",
        "input_background_fill": "linear-gradient(0deg, *secondary_100 0%, white 100%)",
        "input_background_fill_dark": "*secondary_700",
        "input_border_color_dark": "*secondary_400",
        "input_placeholder_color_dark": "*secondary_200",
        "panel_border_width": "1px",
        "panel_border_width_dark": "1px",
    }
