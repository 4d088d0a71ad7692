"""Warm greys with a glow of orange."""

from __future__ import annotations

from typing import Any, ClassVar

from .base import Base
from .utils import colors, fonts, sizes

__all__ = ["Ember"]


class Ember(Base):
    """Warm greys with a glow of orange.

    Its parameters are those of `Base`, with other defaults.
    """

    name = "ember"
    _presets: ClassVar[dict[str, Any]] = {
        "primary_hue": colors.orange,
        "secondary_hue": colors.orange,
        "neutral_hue": colors.stone,
        "radius_size": sizes.radius_lg,
        "font": (fonts.LocalFont("Source Sans 3"), "ui-sans-serif", "system-ui", "sans-serif"),
        "font_mono": (fonts.LocalFont("Source Code Pro"), "ui-monospace", "Consolas", "monospace"),
    }
    _variables: ClassVar[dict[str, str]] = {
        "body_background_fill": "*neutral_100",
        "background_fill_secondary": "*neutral_100",
        "block_background_fill": "white",
        "block_background_fill_dark": "*neutral_900",
        "block_border_width": "1px",
        "block_border_width_dark": "1px",
        "block_shadow": "*shadow_drop",
        "block_radius": "*radius_lg",
        "button_primary_background_fill": "linear-gradient(to bottom right, *primary_700, *primary_800)",
        "button_primary_background_fill_hover": "linear-gradient(to bottom right, *primary_800, *primary_900)",
        "button_primary_background_fill_dark": "linear-gradient(to bottom right, *primary_400, *primary_500)",
        "button_primary_background_fill_hover_dark": "linear-gradient(to bottom right, *primary_300, *primary_400)",
        "button_primary_shadow": "0 1px 4px *primary_300",
        "button_primary_shadow_dark": "0 0 10px *primary_900",
        "input_background_fill": "*neutral_50",
        "stat_background_fill": "linear-gradient(to right, *primary_500, *primary_700)",
        "stat_background_fill_dark": "linear-gradient(to right, *primary_600, *primary_400)",
        "link_text_color": "*primary_800",
    }
