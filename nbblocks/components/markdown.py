"""Formatted text."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from ..declare import KW_ONLY, param
from ..events import event
from .base import Labelled, button_names

__all__ = ["Markdown", "delimiters"]

DEFAULT_DELIMITERS = [{"left": "$$", "right": "$$", "display": True}]


def delimiters(given: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    """Delimiters of formulas; None: `$$`, in a line of their own."""
    return DEFAULT_DELIMITERS if given is None else given


class Markdown(Labelled):
    """Formatted text, written in GitHub's Markdown.

    Parameters
    ----------
    value : str or callable, optional
        The source; common indentation is cut.
    rtl : bool
        Whether its text runs from right to left.
    latex_delimiters : list of dict, optional
        `{"left", "right", "display"}` of each kind of formula; None: `$$ … $$`, in a line of its own.
    sanitize_html : bool
        Whether scripts and the like are taken out of HTML in it.
    line_breaks : bool
        Whether one line end makes a new line.
    header_links : bool
        Whether headings get a link to themselves.
    height, max_height, min_height : int or str, optional
        In pixels, or any CSS length; what is longer scrolls.
    buttons : list of str or Button, optional
        Buttons in its corner: "copy", or buttons of your own.
    padding : bool
        Whether it keeps a distance from its edge.

    Examples
    --------
    >>> Markdown().postprocess("    # Title")
    '# Title'
    """

    user_props: ClassVar[tuple[str, ...]] = ()
    chunks: ClassVar[tuple[str, ...]] = ("markdown",)

    value: str | Callable[..., Any] | None = param(default=None, wire=str | None)
    _: KW_ONLY
    rtl: bool = False
    latex_delimiters: list[dict[str, Any]] | None = param(default=None, wire=list[dict[str, Any]], encode=delimiters)
    sanitize_html: bool = True
    line_breaks: bool = False
    header_links: bool = False
    height: int | str | None = None
    max_height: int | str | None = None
    min_height: int | str | None = None
    buttons: Sequence[Any] | None = param(default=None, wire=list[str] | None, encode=button_names)
    container: bool = False
    min_width: int | None = None
    padding: bool = False

    change = event("The text changed.")
    copy = event("The user pressed the copy button.", payload=dict)

    told_for_none: ClassVar[dict[str, Any]] = {
        "buttons": None,
        "latex_delimiters": [{"left": "$$", "right": "$$", "display": True}],
        "show_label": False,
    }

    def preprocess(self, payload: str | None) -> str | None:
        """Give the source."""
        return payload

    def postprocess(self, value: Any) -> str | None:
        """Show the source, its common indentation cut; None shows nothing."""
        return None if value is None else inspect.cleandoc(str(value))

    def api_info(self) -> dict[str, Any]:
        """A string."""
        return {"type": "string"}

    def example_payload(self) -> str:
        """Some text."""
        return "# Hello!"

    def example_value(self) -> str:
        """Some text."""
        return "# Hello!"
