"""Green and blue running into each other, very round."""

from __future__ import annotations

from typing import Any, ClassVar

from .base import Base
from .utils import colors, sizes

__all__ = ["Ocean"]


def _wave(near: str, middle: str, far: str) -> str:
    return f"linear-gradient(120deg, {near} 0%, {middle} 60%, {far} 100%)"


class Ocean(Base):
    """Green and blue running into each other, very round.

    Its parameters are those of `Base`, with other defaults.
    """

    name = "ocean"
    _presets: ClassVar[dict[str, Any]] = {
        "primary_hue": colors.emerald,
        "secondary_hue": colors.sky,
        "radius_size": sizes.radius_xxl,
    }
    _variables: ClassVar[dict[str, str]] = {
        "block_shadow": "*shadow_drop",
        "block_radius": "*radius_md",
        "button_border_width": "0px",
        "button_border_width_dark": "0px",
        "button_transform_hover": "scale(1.02)",
        "button_transition": "all 0.1s ease-in-out",
        "button_primary_background_fill": _wave("*secondary_400", "*primary_300", "*primary_400"),
        "button_primary_background_fill_hover": _wave("*secondary_300", "*primary_300", "*primary_300"),
        "button_primary_text_color": "*neutral_950",
        "button_primary_background_fill_dark": _wave("*secondary_700", "*primary_800", "*primary_700"),
        "button_primary_background_fill_hover_dark": _wave("*secondary_800", "*primary_700", "*primary_800"),
        "button_primary_text_color_dark": "white",
        "button_secondary_background_fill": _wave("*neutral_300", "*neutral_100", "*neutral_200"),
        "button_secondary_background_fill_hover": _wave("*neutral_200", "*neutral_100", "*neutral_100"),
        "button_secondary_background_fill_dark": _wave("*neutral_700", "*neutral_600", "*neutral_700"),
        "button_secondary_background_fill_hover_dark": _wave("*neutral_600", "*neutral_600", "*neutral_700"),
        "button_primary_shadow_hover": "0 1px 3px 0 *primary_200",
        "button_secondary_shadow_hover": "*shadow_drop_lg",
        "slider_color": "*primary_600",
        "slider_color_dark": "*primary_400",
    }
