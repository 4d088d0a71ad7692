"""Whether text can be read on a surface: WCAG's contrast of two CSS colors."""

from __future__ import annotations

import colorsys
import re

__all__ = ["RGB", "colors_in", "contrast", "over", "parse"]

RGB = tuple[float, float, float, float]  #: red, green, blue from 0 to 255; alpha from 0 to 1

_NAMED = {
    "white": "#fff",
    "black": "#000",
    "red": "#f00",
    "green": "#008000",
    "blue": "#00f",
    "yellow": "#ff0",
    "orange": "#ffa500",
    "purple": "#800080",
    "pink": "#ffc0cb",
    "gray": "#808080",
    "grey": "#808080",
    "silver": "#c0c0c0",
    "navy": "#000080",
    "teal": "#008080",
    "maroon": "#800000",
    "lime": "#0f0",
    "aqua": "#0ff",
    "cyan": "#0ff",
    "fuchsia": "#f0f",
    "magenta": "#f0f",
    "olive": "#808000",
    "gold": "#ffd700",
    "crimson": "#dc143c",
    "tomato": "#ff6347",
    "indigo": "#4b0082",
    "violet": "#ee82ee",
    "transparent": "#0000",
    "whitesmoke": "#f5f5f5",
    "lightgray": "#d3d3d3",
    "lightgrey": "#d3d3d3",
    "darkgray": "#a9a9a9",
}
_COLOR = re.compile(r"#[0-9a-fA-F]{3,8}\b|(?:rgb|hsl)a?\([^()]*\)|\b(?:" + "|".join(_NAMED) + r")\b")


def parse(text: str) -> RGB | None:
    """A CSS color; None when it is written in a way not known here.

    Examples
    --------
    >>> parse("#fff"), parse("rgb(0 0 0 / 50%)"), parse("hsl(120, 100%, 50%)")
    ((255.0, 255.0, 255.0, 1.0), (0.0, 0.0, 0.0, 0.5), (0.0, 255.0, 0.0, 1.0))
    """
    text = text.strip().lower()
    text = _NAMED.get(text, text)
    if text.startswith("#"):
        digits = text[1:]
        if len(digits) in (3, 4):
            digits = "".join(d * 2 for d in digits)
        if len(digits) not in (6, 8) or not all(d in "0123456789abcdef" for d in digits):
            return None
        red, green, blue = (float(int(digits[i : i + 2], 16)) for i in (0, 2, 4))
        return red, green, blue, int(digits[6:], 16) / 255 if len(digits) == 8 else 1.0
    found = re.fullmatch(r"(rgb|hsl)a?\((.*)\)", text)
    if found is None:
        return None
    parts = [p for p in re.split(r"[\s,/]+", found[2].strip()) if p]
    try:
        numbers = [float(p.removesuffix("%").removesuffix("deg")) for p in parts]
    except ValueError:
        return None
    if len(numbers) not in (3, 4):
        return None
    alpha = 1.0 if len(numbers) == 3 else numbers[3] / 100 if parts[3].endswith("%") else numbers[3]
    if found[1] == "hsl":
        made = colorsys.hls_to_rgb(numbers[0] / 360 % 1, numbers[2] / 100, numbers[1] / 100)
        return made[0] * 255, made[1] * 255, made[2] * 255, alpha
    red, green, blue = (n * 2.55 if p.endswith("%") else n for n, p in zip(numbers[:3], parts, strict=False))
    return red, green, blue, alpha


def colors_in(text: str) -> list[RGB]:
    """The colors of a CSS value, all stops of a gradient among them."""
    return [color for found in _COLOR.findall(text) if (color := parse(found)) is not None]


def over(color: RGB, below: RGB) -> RGB:
    """A color that lets some of what is below through."""
    red, green, blue = (c * color[3] + b * (1 - color[3]) for c, b in zip(color[:3], below[:3], strict=True))
    return red, green, blue, 1.0


def _luminance(color: RGB) -> float:
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (x / 255 for x in color[:3])
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: RGB, other: RGB) -> float:
    """From 1, the same, to 21, black on white: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.

    Examples
    --------
    >>> round(contrast(parse("white"), parse("#767676")), 2)
    4.54
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
