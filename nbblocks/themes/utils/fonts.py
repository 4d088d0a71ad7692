"""Fonts by name: of the viewer's own machine; nothing is fetched from anywhere."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

__all__ = ["Font", "FontEncoder", "GoogleFont", "LocalFont", "as_font"]

_GENERIC = ("sans-serif", "serif", "monospace", "cursive", "fantasy", "system-ui")


class Font:
    """A font of the viewer's machine.

    Parameters
    ----------
    name : str
        The family; where it is not installed, the next one of the list is used.

    Examples
    --------
    >>> str(Font("Fira Sans")), str(Font("serif"))
    ("'Fira Sans'", 'serif')
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def __str__(self) -> str:
        return self.name if self.name in _GENERIC else f"'{self.name}'"

    def stylesheet(self) -> dict[str, str | None]:
        """What a page loads to have it: nothing."""
        return {"url": None, "css": None}

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash(self.name)

    def __repr__(self) -> str:
        # the name of the class as theme files and tools of Gradio write it
        known = ", ".join(f"{name}={value!r}" for name, value in self.__dict__.items())
        return f"<gradio.themes.utils.fonts.{type(self).__name__} ({known})>"


class _Weighted(Font):
    def __init__(self, name: str, weights: Iterable[int] = (400, 600)) -> None:
        super().__init__(name)
        self.weights = tuple(weights)


class GoogleFont(_Weighted):
    """A font of Google's collection, shown where the viewer has it installed: no page of ours asks Google.

    Parameters
    ----------
    name : str
        The family.
    weights : iterable of int
        The weights that the theme uses.
    """


class LocalFont(_Weighted):
    """A font that is installed on the viewer's machine.

    Parameters
    ----------
    name : str
        The family.
    weights : iterable of int
        The weights that the theme uses.
    """


class FontEncoder(json.JSONEncoder):
    """Writes fonts into a theme's file."""

    def default(self, o: Any) -> Any:
        """A font as a mapping."""
        if not isinstance(o, Font):
            return super().default(o)
        kind = "google" if isinstance(o, GoogleFont) else "local" if isinstance(o, LocalFont) else "font"
        weights = list(o.weights) if isinstance(o, _Weighted) else None
        return {"__gradio_font__": True, "name": o.name, "class": kind, "weights": weights}


def as_font(found: dict[str, Any]) -> Any:
    """The font that `FontEncoder` wrote, or the mapping itself."""
    if "__gradio_font__" not in found:
        return found
    kinds: dict[str, type[Font]] = {"google": GoogleFont, "local": LocalFont}
    kind = kinds.get(found.get("class", ""), Font)
    weights = found.get("weights")
    return kind(found["name"], weights) if weights and issubclass(kind, _Weighted) else kind(found["name"])
