"""Themes: `launch(theme=gr.themes.Soft())`, or by name, `launch(theme="soft")`."""

from __future__ import annotations

from typing import Any

from ..exceptions import DeclarationError, NotInThisHost, warn_once
from . import builtin, utils
from .base import Base, ThemeClass
from .builtin import (
    Citrus,
    Cyberpunk,
    Default,
    Ember,
    Glass,
    Mario,
    Monochrome,
    Neon,
    Ocean,
    Origin,
    Soft,
)
from .utils import colors, sizes
from .utils.colors import Color
from .utils.fonts import Font, GoogleFont, LocalFont
from .utils.sizes import Size

__all__ = [
    "Base", "Citrus", "Color", "Cyberpunk", "Default", "Ember", "Font", "Glass", "GoogleFont", "LocalFont", "Mario",
    "Monochrome", "Neon", "Ocean", "Origin", "Size", "Soft", "ThemeClass", "builder", "by_name", "colors", "sizes",
    "theme_of", "utils",
]  # fmt: skip


def by_name(name: str) -> Base | None:
    """A theme of ours by its name, with or without a hub's folder; None: there is none of that name.

    Examples
    --------
    >>> by_name("gradio/monochrome").name, by_name("someone/else")
    ('monochrome', None)
    """
    short = name.lower().removeprefix("gradio/")
    known = {n.lower(): getattr(builtin, n) for n in builtin.__all__}
    known["base"] = Base
    found = known.get(short)
    return found() if found is not None else None


def theme_of(given: Any) -> ThemeClass | None:
    """The theme that `theme=` means: an instance, a class, a name, or a file's path."""
    if given is None or isinstance(given, ThemeClass):
        return given
    if isinstance(given, type) and issubclass(given, Base):
        return given()
    if isinstance(given, str):
        if given.endswith(".json"):
            return Base.load(given)
        return by_name(given) or Base.from_hub(given)
    raise DeclarationError(f"theme must be a theme or its name, got {type(given).__name__}")


def builder(*args: Any, **kwargs: Any) -> None:
    """Say where themes are made: there is no page for it; `Base(…).set(…)` in a cell shows at once.

    Parameters
    ----------
    *args, **kwargs
        Without effect.
    """
    warn_once(
        "themes.builder",
        "gr.themes.builder has no page of its own: change a theme in a cell with .set(…) and launch(theme=…) again",
        NotInThisHost,
    )
