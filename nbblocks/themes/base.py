"""Themes: palettes, sizes, fonts and the variables made of them."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..exceptions import DeclarationError, NotInThisHost, warn_once
from .utils import colors, sizes
from .utils.colors import Color
from .utils.fonts import Font, FontEncoder, LocalFont, as_font
from .utils.sizes import Size
from .variables import DARK, LIGHT, VARIABLES

if TYPE_CHECKING:
    from typing_extensions import Self

__all__ = ["Base", "ThemeClass"]

_HUES = ("primary", "secondary", "neutral")
_SIZES = ("text", "spacing", "radius")
SANS = (LocalFont("IBM Plex Sans"), "ui-sans-serif", "system-ui", "sans-serif")
MONO = (LocalFont("IBM Plex Mono"), "ui-monospace", "Consolas", "monospace")
_SAFE = re.compile(r"[;{}<>]|/\*|\*/|@import|url\(\s*['\"]?\s*(?!data:)", re.IGNORECASE)


class ThemeClass:
    """What all themes share: to be written down, read, and put into a page."""

    name = "base"
    _stylesheets: tuple[str, ...] = ()
    _font_css: tuple[str, ...] = ()

    @property
    def variables(self) -> dict[str, str]:
        """Every variable that has a value, by its name."""
        return {k: v for k, v in self.__dict__.items() if isinstance(v, str) and not k.startswith(("_", "name"))}

    def css(self) -> str:
        """Its style sheet: the variables for light mode, and those that differ for dark mode."""
        from .css import theme_css

        return theme_css(self)

    # --- files

    def to_dict(self) -> dict[str, Any]:
        """Describe it, as `from_dict` reads it.

        Examples
        --------
        >>> Base.from_dict(Base().set(block_padding="9px").to_dict()).block_padding
        '9px'
        """
        theme = {k: v for k, v in self.__dict__.items() if not k.startswith("_") and k != "name"}
        return {"theme": theme, "name": self.name}

    @classmethod
    def from_dict(cls, theme: dict[str, Any]) -> Base:
        """Make a theme of what `to_dict` gave; names that are none of a theme's are left out."""
        made = Base()
        known = {*made.__dict__, *VARIABLES}
        for name, value in theme["theme"].items():
            if name in known:
                is_font = name in ("font", "font_mono") and not isinstance(value, str)
                made._put(name, ", ".join(map(str, _fonts(value))) if is_font else value)
        made.name = str(theme.get("name", made.name))
        return made

    @classmethod
    def load(cls, path: str | Path) -> Base:
        """Read a theme that `dump` wrote."""
        return cls.from_dict(json.loads(Path(path).read_text(encoding="utf-8"), object_hook=as_font))

    def dump(self, filename: str | Path) -> None:
        """Write it to a file of JSON."""
        Path(filename).write_text(json.dumps(self.to_dict(), cls=FontEncoder, indent=1), encoding="utf-8")

    @classmethod
    def from_hub(cls, repo_name: str, token: str | None = None) -> Base:
        """Take a theme by name: those of ours, with or without the hub's folder; others are not fetched.

        Examples
        --------
        >>> Base.from_hub("gradio/soft").name
        'soft'
        """
        from . import by_name

        found = by_name(repo_name)
        if found is not None:
            return found
        warn_once(
            f"theme.{repo_name}",
            f"the theme {repo_name!r} is not fetched from a hub: the default look is used; download its JSON file and "
            "give gr.Theme.load(path)",
            NotInThisHost,
        )
        return Base()

    def push_to_hub(self, repo_name: str, *args: Any, **kwargs: Any) -> None:
        """Refuse: nothing is sent to anyone. `dump` writes the file that can be shared.

        Raises
        ------
        DeclarationError
            Always.
        """
        raise DeclarationError(
            f"Theme.push_to_hub({repo_name!r}): nothing is sent to a hub; dump(filename) writes the theme"
        )


def _size(given: Any, kind: str) -> Size:
    if isinstance(given, Size):
        return given
    name = given if str(given).startswith(f"{kind}_") else f"{kind}_{given}"
    found = next((s for s in Size.all if s.name == name), None)
    if found is None:
        raise DeclarationError(f"themes: there is no {kind}_size {given!r}")
    return found


def _hue(given: Any) -> Color:
    if isinstance(given, Color):
        return given
    found = next((c for c in Color.all if c.name == given), None)
    if found is None:
        raise DeclarationError(f"themes: there is no color {given!r}")
    return found


def _fonts(given: Any) -> list[Font]:
    listed: Iterable[Any] = [given] if isinstance(given, (str, Font)) else given
    return [font if isinstance(font, Font) else Font(str(font)) for font in listed]


class Base(ThemeClass):
    """A theme: what the others are made of.

    Parameters
    ----------
    primary_hue, secondary_hue, neutral_hue : Color or str
        Palettes: for what calls for attention; for what stands beside it; for text and surfaces.
    text_size, spacing_size, radius_size : Size or str
        Scales of type, gaps and corners: "sm", "md", "lg", or one of your own.
    font, font_mono : str, Font or sequence of them
        The faces, the first that the viewer has; nothing is fetched.

    Examples
    --------
    >>> theme = Base(primary_hue="green").set(button_primary_background_fill="*primary_700")
    >>> theme.button_primary_background_fill, theme.primary_700
    ('*primary_700', '#15803d')
    """

    def __init__(
        self,
        *,
        primary_hue: Color | str = colors.blue,
        secondary_hue: Color | str = colors.blue,
        neutral_hue: Color | str = colors.gray,
        text_size: Size | str = sizes.text_md,
        spacing_size: Size | str = sizes.spacing_md,
        radius_size: Size | str = sizes.radius_md,
        font: Font | str | Iterable[Font | str] = SANS,
        font_mono: Font | str | Iterable[Font | str] = MONO,
    ) -> None:
        self.name = type(self).__name__.lower()
        for kind, hue in zip(_HUES, (primary_hue, secondary_hue, neutral_hue), strict=True):
            for step, color in zip(colors.STEPS, _hue(hue).expand(), strict=True):
                self._put(f"{kind}_{step}", color)
        for kind, size in zip(_SIZES, (text_size, spacing_size, radius_size), strict=True):
            for step_name, length in zip(sizes.STEPS, _size(size, kind).expand(), strict=True):
                self._put(f"{kind}_{step_name}", length)
        self._font, self._font_mono = _fonts(font), _fonts(font_mono)
        self.font = ", ".join(map(str, self._font))
        self.font_mono = ", ".join(map(str, self._font_mono))
        for variable in VARIABLES:
            stem = variable.removesuffix("_dark")
            is_dark = stem != variable
            self._put(variable, DARK.get(stem) if is_dark else LIGHT[stem])

    def _put(self, name: str, value: Any) -> None:
        """Keep a value, unless it would end the rule it stands in."""
        if isinstance(value, str) and _SAFE.search(value):
            raise DeclarationError(f"themes: {name}={value!r} is no CSS value")
        setattr(self, name, value)

    def set(self, **given: str | None) -> Self:
        """Give variables values of their own; those left out stay.

        Parameters
        ----------
        **given
            Each variable by its name: a CSS value, or `*name` of another variable or of a step of a palette, such as
            `*primary_500`. A name that ends in `_dark` holds in dark mode.

        Returns
        -------
        Self
            The theme.

        Raises
        ------
        TypeError
            A name is none of a theme's variables.
        """
        for name, value in given.items():
            if name not in _KNOWN:
                raise TypeError(f"{type(self).__name__}.set: there is no variable {name!r}")
            if value is not None:
                self._put(name, value)
        return self

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"{type(self).__name__} has no variable {name!r}")


_KNOWN = frozenset(VARIABLES)
_keyword = inspect.Parameter.KEYWORD_ONLY
Base.set.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
    [
        inspect.Parameter("self", inspect.Parameter.POSITIONAL_OR_KEYWORD),
        *[inspect.Parameter(name, _keyword, default=None) for name in VARIABLES],
    ]
)
