"""A theme as CSS: what it says, and what follows from it so that everything can still be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from .legible import RGB, colors_in, contrast, over, parse
from .utils import colors, sizes
from .variables import DARK, DARK_MARKS, IN_THE_DARK, LIGHT, LIGHT_MARKS

if TYPE_CHECKING:
    from .base import ThemeClass

__all__ = ["css_of", "default_css", "legible_pairs", "property_of", "value_of"]

Mode = Literal["light", "dark"]
_REFERENCE = re.compile(r"\*(\w+)")
READABLE = 4.5
VISIBLE = 3.0
#: A theme with these says nothing of fonts: the notebook's own are used.
USUAL_FONTS = {
    "font": "'IBM Plex Sans', ui-sans-serif, system-ui, sans-serif",
    "font_mono": "'IBM Plex Mono', ui-monospace, Consolas, monospace",
}

#: Text, and what it stands on, bottom first.
PAIRS = (
    ("body_text_color", ("body_background_fill",)),
    ("body_text_color_subdued", ("body_background_fill",)),
    ("link_text_color", ("body_background_fill",)),
    ("accordion_text_color", ("body_background_fill", "block_background_fill")),
    ("block_info_text_color", ("body_background_fill", "block_background_fill")),
    ("block_label_text_color", ("body_background_fill", "block_background_fill", "block_label_background_fill")),
    ("block_title_text_color", ("body_background_fill", "block_background_fill", "block_title_background_fill")),
    ("input_placeholder_color", ("body_background_fill", "input_background_fill")),
    ("checkbox_label_text_color", ("body_background_fill", "checkbox_label_background_fill")),
    ("checkbox_label_text_color_selected", ("body_background_fill", "checkbox_label_background_fill_selected")),
    ("table_text_color", ("body_background_fill", "table_even_background_fill")),
    ("error_text_color", ("body_background_fill", "error_background_fill")),
    *(
        (f"button_{kind}_text_color{state}", ("body_background_fill", f"button_{kind}_background_fill{state}"))
        for kind in ("primary", "secondary", "cancel")
        for state in ("", "_hover")
    ),
)
_ACCENTS: dict[Mode, tuple[int, ...]] = {"light": (600, 700, 800, 900, 950), "dark": (400, 300, 200, 100, 50)}
_ROOMS = {
    "block_padding": ("*spacing_xl", ("block_background_fill", "block_border_width", "block_shadow")),
    "block_label_padding": ("*spacing_xs *spacing_lg", ("block_label_background_fill", "block_label_border_width")),
    "block_title_padding": ("*spacing_xs *spacing_lg", ("block_title_background_fill", "block_title_border_width")),
    "checkbox_label_padding": (
        "*spacing_xs *spacing_lg",
        ("checkbox_label_background_fill", "checkbox_label_border_width", "checkbox_label_background_fill_selected"),
    ),
}


def property_of(name: str) -> str:
    """The CSS property of a variable.

    Examples
    --------
    >>> property_of("button_primary_text_color_dark")
    '--button-primary-text-color'
    """
    return "--" + name.removesuffix("_dark").replace("_", "-")


def value_of(value: str) -> str:
    """A variable's value in CSS.

    Examples
    --------
    >>> value_of("1px solid *neutral_200")
    '1px solid var(--neutral-200)'
    """
    return _REFERENCE.sub(lambda found: f"var({property_of(found[1])})", value.strip().rstrip(";"))


class _Look:
    """One mode of a theme: what it says, and what it does not say."""

    def __init__(self, theme: ThemeClass, mode: Mode) -> None:
        self.theme, self.mode = theme, mode
        self.said: dict[str, str] = {}
        for name, default in LIGHT.items():
            if mode == "dark" and name in DARK:
                name_here, default = f"{name}_dark", DARK[name]
            else:
                name_here = name
            value = getattr(theme, name_here, default)
            if isinstance(value, str) and (value != default or name_here in theme._said):
                self.said[name] = value

    def value(self, name: str) -> str:
        """A variable's own value."""
        if name in self.said:
            return self.said[name]
        if name in LIGHT:
            if self.mode == "dark":
                return DARK.get(name) or IN_THE_DARK.get(name) or LIGHT[name]
            return LIGHT[name]
        return str(getattr(self.theme, name, ""))

    def resolved(self, name: str) -> str:
        """A variable's value with its references followed."""
        value = self.value(name)
        for _ in range(50):
            if (found := _REFERENCE.search(value)) is None:
                break
            value = value[: found.start()] + self.value(found[1].removesuffix("_dark")) + value[found.end() :]
        return value

    def surface(self, layers: tuple[str, ...]) -> list[RGB]:
        """The colors of layers over each other, the bottom one first: several where the top one is a gradient."""
        below = parse("white" if self.mode == "light" else "#16181d")
        assert below is not None  # two literals
        seen = [below]
        for layer in layers:
            found = colors_in(self.resolved(layer))
            seen = [over(color, seen[0]) for color in found] or seen
        return seen

    def least(self, text: str, layers: tuple[str, ...]) -> float:
        """The least contrast of a text, given as a value, over its surface; 21 when it is not known."""
        found = colors_in(text)
        if not found:
            return 21.0
        return min(contrast(over(found[0], below), below) for below in self.surface(layers))


def _accent(look: _Look) -> None:
    """The hue's step that can be read on the page and be written on."""
    on_it = look.resolved("button_primary_text_color")
    for at, step in enumerate(_ACCENTS[look.mode]):
        color = str(getattr(look.theme, f"primary_{step}", ""))
        below = colors_in(on_it)
        can_be_read = look.least(color, ("body_background_fill",)) >= READABLE
        found = parse(color)
        if can_be_read and (not below or found is None or contrast(below[0], found) >= READABLE):
            if at:
                look.said["color_accent"] = f"*primary_{step}"
                if "button_primary_background_fill_hover" not in look.said:
                    next_step = _ACCENTS[look.mode][min(at + 1, 4)]
                    look.said["button_primary_background_fill_hover"] = f"*primary_{next_step}"
            return


def _looks(theme: ThemeClass) -> dict[Mode, _Look]:
    looks: dict[Mode, _Look] = {}
    for mode in _ACCENTS:
        look = looks[mode] = _Look(theme, mode)
        if "color_accent" not in look.said:
            _accent(look)
        for name, (room, causes) in _ROOMS.items():
            if name not in look.said and any(cause in look.said for cause in causes):
                look.said[name] = room
        for text, layers in PAIRS:
            if text in look.said:
                continue
            if look.least(look.resolved(text), layers) < READABLE:
                ways = ("*body_text_color", "white", "*neutral_950", "black")
                look.said[text] = max(ways, key=lambda way: look.least(_follow(look, way), layers))
        chosen = ("body_background_fill", "checkbox_background_color_selected")
        for name, light_mark in LIGHT_MARKS.items():
            if name not in look.said:
                light = look.least("white", chosen) >= VISIBLE
                mark = light_mark if light else DARK_MARKS[name]
                if mark != look.value(name):
                    look.said[name] = mark
    return looks


def _follow(look: _Look, way: str) -> str:
    return look.resolved(way[1:]) if way.startswith("*") else way


def legible_pairs(theme: ThemeClass) -> dict[tuple[Mode, str], float]:
    """The contrast of each text of a theme with what it stands on, by mode and variable."""
    return {
        (mode, text): round(look.least(look.resolved(text), layers), 2)
        for mode, look in _looks(theme).items()
        for text, layers in PAIRS
    }


def _rules(selector: str, values: dict[str, str]) -> str:
    return (
        selector + "{" + "".join(f"{property_of(n)}:{value_of(v)};" for n, v in values.items()) + "}" if values else ""
    )


def _scales(theme: ThemeClass) -> dict[str, str]:
    """Hues; sizes and fonts where they are not the usual ones, which follow the notebook's."""
    found = {f"{kind}_{step}": "" for kind in ("primary", "secondary", "neutral") for step in colors.STEPS}
    usual = {
        f"{kind}_{step}": value
        for kind, size in (("text", sizes.text_md), ("spacing", sizes.spacing_md), ("radius", sizes.radius_md))
        for step, value in zip(sizes.STEPS, size.expand(), strict=True)
    }
    usual |= USUAL_FONTS
    found |= {f"{kind}_{step}": "" for kind in ("text", "spacing", "radius") for step in sizes.STEPS}
    found |= {"font": "", "font_mono": ""}
    hues = ("primary", "secondary", "neutral")
    return {
        name: str(value)
        for name in found
        if (value := getattr(theme, name, None)) and (name.startswith(hues) or value != usual.get(name))
    }


def css_of(theme: ThemeClass) -> str:
    """A theme's own CSS; it comes after the stylesheet that holds what a theme does not say."""
    looks = _looks(theme)
    light, dark = looks["light"].said, looks["dark"].said
    everywhere = {n: v for n, v in light.items() if dark.get(n) == v and n not in DARK}
    return (
        _rules(":root,:host,.dark", {**_scales(theme), **everywhere})
        + _rules(":root,:host", {n: v for n, v in light.items() if n not in everywhere})
        + _rules(".dark", {n: v for n, v in dark.items() if n not in everywhere})
    )


def default_css() -> str:
    """The CSS of every variable when no theme is given."""
    return (
        "/* Made from nbblocks/themes/variables.py; a test holds it in step. */\n"
        + _pretty(":root,\n:host,\n.dark", LIGHT)
        + _pretty(".dark", {**DARK, **IN_THE_DARK})
    )


def _pretty(selector: str, values: dict[str, str]) -> str:
    rows = "".join(f"  {property_of(n)}: {value_of(v)};\n" for n, v in values.items())
    return f"{selector} {{\n{rows}}}\n"
