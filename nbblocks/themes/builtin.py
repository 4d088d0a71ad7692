"""The themes that come with the package; each says only what differs from `Base`."""

from __future__ import annotations

import inspect
from typing import Any, ClassVar

from .base import MONO, SANS, Base
from .utils import colors, sizes
from .utils.fonts import LocalFont

__all__ = [
    "Citrus", "Cyberpunk", "Default", "Ember", "Glass", "Mario", "Monochrome", "Neon", "Ocean", "Origin", "Soft",
]  # fmt: skip

_KEYWORDS: dict[str, Any] = {
    "primary_hue": colors.blue,
    "secondary_hue": colors.blue,
    "neutral_hue": colors.gray,
    "spacing_size": sizes.spacing_md,
    "radius_size": sizes.radius_md,
    "text_size": sizes.text_md,
    "font": SANS,
    "font_mono": MONO,
}


def _sans(name: str, *weights: int) -> tuple[Any, ...]:
    return (LocalFont(name, weights or (400, 600)), "ui-sans-serif", "system-ui", "sans-serif")


def _mono(name: str, *weights: int) -> tuple[Any, ...]:
    return (LocalFont(name, weights or (400, 600)), "ui-monospace", "Consolas", "monospace")


def _both(**given: str) -> dict[str, str]:
    """Values that hold in light and dark."""
    return {name: value for stem, value in given.items() for name, value in ((stem, value), (f"{stem}_dark", value))}


class _Builtin(Base):
    """A theme that adds values of its own to those of `Base`."""

    keywords: ClassVar[dict[str, Any]] = {}
    own: ClassVar[dict[str, str]] = {}

    def __init_subclass__(cls) -> None:
        keyword = inspect.Parameter.KEYWORD_ONLY
        own = [inspect.Parameter(k, keyword, default=v) for k, v in {**_KEYWORDS, **cls.keywords}.items()]
        cls.__signature__ = inspect.Signature(own)  # type: ignore[attr-defined]

    def __init__(self, **given: Any) -> None:
        strange = given.keys() - _KEYWORDS.keys()
        if strange:
            raise TypeError(f"{type(self).__name__} takes no argument {sorted(strange)[0]!r}")
        super().__init__(**{**_KEYWORDS, **self.keywords, **given})
        self.set(**self.own)


#: Blocks on a surface of their own, as on a sheet of paper.
_SHEETS = {
    "body_background_fill": "*background_fill_secondary",
    "body_background_fill_dark": "*neutral_950",
    "block_background_fill_dark": "*neutral_900",
    "block_padding": "*spacing_lg *spacing_xl",
    **_both(block_border_width="1px"),
}


class Default(_Builtin):
    """Orange on neutral greys, blocks on sheets with a hairline."""

    keywords: ClassVar[dict[str, Any]] = {
        "primary_hue": colors.orange,
        "neutral_hue": colors.zinc,
        "font": _sans("Source Sans Pro"),
    }
    own: ClassVar[dict[str, str]] = _SHEETS


class Origin(_Builtin):
    """As `Default`, with cooler greys and buttons that shade from above."""

    keywords: ClassVar[dict[str, Any]] = {"primary_hue": colors.orange, "font": _sans("Source Sans Pro")}
    own: ClassVar[dict[str, str]] = {
        **_SHEETS,
        "button_secondary_background_fill": "linear-gradient(to bottom, white, *neutral_100)",
        "button_secondary_background_fill_dark": "linear-gradient(to bottom, *neutral_700, *neutral_800)",
        "input_shadow": "*shadow_inset",
    }


class Soft(_Builtin):
    """Indigo on a grey page, white sheets with soft shadows and round corners."""

    keywords: ClassVar[dict[str, Any]] = {
        "primary_hue": colors.indigo,
        "secondary_hue": colors.indigo,
        "font": _sans("Montserrat", 400, 700),
    }
    own: ClassVar[dict[str, str]] = {
        **_SHEETS,
        "body_background_fill": "*neutral_100",
        "block_shadow": "*shadow_drop_lg",
        **_both(block_border_width="0px"),
        "block_radius": "*radius_xl",
        "block_padding": "*spacing_xl",
        "input_background_fill": "*neutral_50",
        "input_background_fill_dark": "*neutral_800",
        "input_background_fill_focus": "white",
        "input_background_fill_focus_dark": "*neutral_800",
        "button_large_radius": "*radius_lg",
        "button_medium_radius": "*radius_lg",
        "block_title_text_weight": "600",
        "block_label_text_weight": "600",
        "button_primary_shadow": "*shadow_drop_lg",
    }


class Monochrome(_Builtin):
    """Black on white, square corners, a face with serifs."""

    keywords: ClassVar[dict[str, Any]] = {
        "primary_hue": colors.neutral,
        "secondary_hue": colors.neutral,
        "neutral_hue": colors.neutral,
        "spacing_size": sizes.spacing_lg,
        "radius_size": sizes.radius_none,
        "font": _sans("Lora"),
    }
    own: ClassVar[dict[str, str]] = {
        "button_primary_background_fill": "*neutral_950",
        "button_primary_background_fill_hover": "*neutral_700",
        "button_primary_border_color": "*neutral_950",
        "button_primary_background_fill_dark": "white",
        "button_primary_background_fill_hover_dark": "*neutral_200",
        "button_primary_border_color_dark": "white",
        "button_secondary_border_color": "*neutral_950",
        "input_border_color": "*neutral_700",
        "color_accent": "*neutral_900",
        "block_title_text_weight": "700",
        "block_label_text_weight": "700",
        "button_large_text_weight": "700",
        **_both(block_border_width="0px", input_border_width="1px"),
    }


class Glass(_Builtin):
    """Small type in slate, panes that let light through."""

    keywords: ClassVar[dict[str, Any]] = {
        "secondary_hue": colors.slate,
        "neutral_hue": colors.slate,
        "spacing_size": sizes.spacing_sm,
        "radius_size": sizes.radius_sm,
        "text_size": sizes.text_sm,
        "font": ("Optima", "Candara", "Noto Sans", "source-sans-pro", "sans-serif"),
    }
    own: ClassVar[dict[str, str]] = {
        **_SHEETS,
        "body_background_fill": "linear-gradient(to bottom, *neutral_200, *neutral_50)",
        "body_background_fill_dark": "linear-gradient(to bottom, *neutral_900, *neutral_950)",
        "block_background_fill": "rgb(255 255 255 / 70%)",
        "block_background_fill_dark": "rgb(30 41 59 / 60%)",
        "button_secondary_background_fill": "linear-gradient(to bottom, white, *neutral_200)",
        "button_secondary_background_fill_dark": "linear-gradient(to bottom, *neutral_700, *neutral_800)",
        "input_shadow": "*shadow_inset",
    }


class Ocean(_Builtin):
    """Emerald into sky, very round."""

    keywords: ClassVar[dict[str, Any]] = {
        "primary_hue": colors.emerald,
        "secondary_hue": colors.sky,
        "neutral_hue": colors.zinc,
        "radius_size": sizes.radius_xxl,
    }
    own: ClassVar[dict[str, str]] = {
        **_SHEETS,
        "block_radius": "*radius_md",
        "input_radius": "*radius_sm",
        "button_primary_background_fill": "linear-gradient(120deg, *primary_700, *secondary_700)",
        "button_primary_background_fill_hover": "linear-gradient(120deg, *primary_800, *secondary_800)",
        "button_primary_background_fill_dark": "linear-gradient(120deg, *primary_400, *secondary_400)",
        "button_primary_background_fill_hover_dark": "linear-gradient(120deg, *primary_300, *secondary_300)",
        **_both(button_primary_border_color="transparent"),
    }


class Citrus(_Builtin):
    """Amber on stone, wide gaps, buttons that rise under the pointer."""

    keywords: ClassVar[dict[str, Any]] = {
        "primary_hue": colors.amber,
        "secondary_hue": colors.amber,
        "neutral_hue": colors.stone,
        "spacing_size": sizes.spacing_lg,
        "font": _sans("Ubuntu", 400),
        "font_mono": _mono("Roboto Mono"),
    }
    own: ClassVar[dict[str, str]] = {
        **_SHEETS,
        "button_primary_background_fill": "*primary_400",
        "button_primary_background_fill_hover": "*primary_300",
        "button_primary_border_color": "*primary_600",
        "button_primary_text_color": "*neutral_950",
        "button_primary_shadow": "0 2px 0 *primary_600",
        "button_secondary_shadow": "0 2px 0 *neutral_300",
        "button_secondary_shadow_dark": "0 2px 0 *neutral_950",
        "button_transform_hover": "translateY(-1px)",
        "button_transform_active": "translateY(1px)",
    }


class Ember(_Builtin):
    """Orange on warm stone, round corners."""

    keywords: ClassVar[dict[str, Any]] = {
        "primary_hue": colors.orange,
        "secondary_hue": colors.orange,
        "neutral_hue": colors.stone,
        "radius_size": sizes.radius_lg,
        "font": _sans("Source Sans 3"),
        "font_mono": _mono("Source Code Pro"),
    }
    own: ClassVar[dict[str, str]] = {
        **_SHEETS,
        "button_primary_background_fill": "linear-gradient(120deg, #b91c1c, *primary_700)",
        "button_primary_background_fill_hover": "linear-gradient(120deg, #991b1b, *primary_800)",
        "button_primary_background_fill_dark": "linear-gradient(120deg, #fca5a5, *primary_400)",
        **_both(button_primary_border_color="transparent"),
    }


class Cyberpunk(_Builtin):
    """Fuchsia and cyan on slate, angular, with a glow."""

    keywords: ClassVar[dict[str, Any]] = {
        "primary_hue": colors.fuchsia,
        "secondary_hue": colors.cyan,
        "neutral_hue": colors.slate,
        "radius_size": sizes.radius_sm,
        "font": _sans("Chakra Petch"),
        "font_mono": _mono("Share Tech Mono", 400),
    }
    own: ClassVar[dict[str, str]] = {
        **_SHEETS,
        "block_border_color": "*secondary_600",
        "block_border_color_dark": "*secondary_700",
        "block_title_text_color": "*secondary_800",
        "block_title_text_color_dark": "*secondary_300",
        "button_primary_shadow_dark": "0 0 12px *primary_600",
        "button_secondary_border_color": "*secondary_700",
        "button_secondary_border_color_dark": "*secondary_500",
    }


class Mario(_Builtin):
    """Red and green bricks, thick outlines."""

    keywords: ClassVar[dict[str, Any]] = {
        "primary_hue": colors.orange,
        "secondary_hue": colors.green,
        "neutral_hue": colors.stone,
        "radius_size": sizes.radius_sm,
        "font": (LocalFont("Press Start 2P", (400,)), "ui-monospace", "monospace"),
        "font_mono": _mono("Press Start 2P", 400),
    }
    own: ClassVar[dict[str, str]] = {
        **_SHEETS,
        "body_background_fill": "#d6ecff",
        "body_background_fill_dark": "#10182c",
        "block_border_color": "*neutral_800",
        "block_border_color_dark": "*neutral_500",
        **_both(block_border_width="2px", button_border_width="2px", input_border_width="2px"),
        "button_primary_background_fill": "#c62818",
        "button_primary_background_fill_hover": "#a81f12",
        "button_primary_border_color": "*neutral_900",
        "button_primary_shadow": "0 3px 0 *neutral_900",
        "button_secondary_border_color": "*neutral_900",
        "button_secondary_shadow": "0 3px 0 *neutral_900",
        "button_transform_active": "translateY(3px)",
    }


class Neon(_Builtin):
    """Lime and cyan lights, very round, best at night."""

    keywords: ClassVar[dict[str, Any]] = {
        "primary_hue": colors.lime,
        "secondary_hue": colors.cyan,
        "neutral_hue": colors.neutral,
        "spacing_size": sizes.spacing_lg,
        "radius_size": sizes.radius_xxl,
        "font": _sans("Lexend"),
        "font_mono": _mono("Space Mono", 400),
    }
    own: ClassVar[dict[str, str]] = {
        **_SHEETS,
        "block_radius": "*radius_md",
        "input_radius": "*radius_sm",
        "button_primary_background_fill": "*primary_400",
        "button_primary_background_fill_hover": "*primary_300",
        "button_primary_border_color": "*primary_600",
        "button_primary_text_color": "*neutral_950",
        "button_primary_shadow_dark": "0 0 16px *primary_600",
        "block_border_color_dark": "*secondary_700",
    }
