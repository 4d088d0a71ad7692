"""Pink and cyan on midnight blue, with hard edges."""

from __future__ import annotations

from typing import Any, ClassVar

from .base import Base
from .utils import colors, fonts, sizes

__all__ = ["Cyberpunk"]


class Cyberpunk(Base):
    """Pink and cyan on midnight blue, with hard edges.

    Its parameters are those of `Base`, with other defaults.
    """

    name = "cyberpunk"
    _presets: ClassVar[dict[str, Any]] = {
        "primary_hue": colors.fuchsia,
        "secondary_hue": colors.cyan,
        "neutral_hue": colors.slate,
        "radius_size": sizes.radius_sm,
        "font": (fonts.LocalFont("Chakra Petch"), "ui-sans-serif", "system-ui", "sans-serif"),
        "font_mono": (fonts.LocalFont("Share Tech Mono", weights=(400,)), "ui-monospace", "Consolas", "monospace"),
    }
    _variables: ClassVar[dict[str, str]] = {
        "body_background_fill": "*neutral_100",
        "body_background_fill_dark": "#0a0416",
        "background_fill_primary_dark": "#110b22",
        "background_fill_secondary": "*neutral_200",
        "background_fill_secondary_dark": "#1a1030",
        "border_color_primary": "*neutral_300",
        "border_color_primary_dark": "#4a2c7a",
        "block_background_fill": "white",
        "block_background_fill_dark": "#110b22",
        "block_border_width": "2px",
        "block_border_width_dark": "2px",
        "block_radius": "0px",
        "block_label_background_fill": "*primary_100",
        "block_label_background_fill_dark": "#4d1452",
        "block_label_text_color": "*primary_800",
        "block_label_text_color_dark": "*primary_200",
        "block_label_radius": "0px",
        "block_label_text_weight": "700",
        "block_title_background_fill": "*primary_100",
        "block_title_background_fill_dark": "#4d1452",
        "block_title_text_color": "*primary_800",
        "block_title_text_color_dark": "*primary_200",
        "block_title_radius": "0px",
        "block_title_text_weight": "700",
        "button_border_width": "2px",
        "button_border_width_dark": "2px",
        "button_primary_shadow_dark": "0 0 12px -2px *primary_500",
        "button_primary_shadow_hover_dark": "0 0 20px -2px *primary_400",
        "button_secondary_background_fill_dark": "#1a1030",
        "button_secondary_background_fill_hover_dark": "#241540",
        "button_secondary_border_color_dark": "#8b5cf6",
        "input_background_fill_dark": "#1a1030",
        "input_border_color_dark": "#8b5cf6",
        "input_shadow_focus_dark": "0 0 16px -2px *primary_600",
        "slider_color": "*secondary_700",
        "slider_color_dark": "*secondary_400",
        "loader_color": "*secondary_700",
        "loader_color_dark": "*secondary_400",
        "stat_background_fill": "*secondary_700",
        "stat_background_fill_dark": "*secondary_400",
        "table_even_background_fill_dark": "#1a1030",
        "table_odd_background_fill_dark": "#110b22",
        "checkbox_border_width": "2px",
        "checkbox_border_width_dark": "2px",
    }
