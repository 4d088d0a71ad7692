"""The pages of an app, as links."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Literal

from ..declare import KW_ONLY, param
from ..events import event
from ..exceptions import DeclarationError, warn_once
from ..tree import Block, Place, Placed
from .base import Component

__all__ = ["Navbar"]

Links = list[tuple[str, str]]


def _pairs(value: Any) -> Any:
    return [[str(part) for part in pair] for pair in value] if isinstance(value, (list, tuple)) else value


class Navbar(Component, Placed):
    """What the links between the pages of an app show; the first one on a page counts.

    An app of several pages has them without it: it adds links, names the first page, or hides them.

    Parameters
    ----------
    value : list of (str, str) or callable, optional
        Further links: a name, and a path of this app or a whole URL.
    main_page_name : str or False
        What the first page is called; False: it has no link.

    Examples
    --------
    >>> import nbblocks as gr
    >>> with gr.Blocks() as demo:
    ...     bar = gr.Navbar([("Help", "https://example.org/help")], main_page_name="Start")
    >>> with demo.route("Results") as page:
    ...     out = gr.Textbox()
    >>> [name for _, name, _ in demo.pages]
    ['Home', 'Results']
    """

    user_props: ClassVar[tuple[str, ...]] = ()

    value: Links | Callable[..., Any] | None = param(default=None, wire=list[list[str]] | bool | None)
    _: KW_ONLY
    visible: bool | Literal["hidden"] = True
    main_page_name: str | Literal[False] = param(default="Home", wire=str | bool)

    change = event("The links changed.")

    def check(self) -> None:
        """Refuse what is no list of links."""
        super().check()
        if not callable(self.value):
            self.postprocess(self.value)

    def _rendered(self, here: Place) -> None:
        """There is one on a page at most."""
        super()._rendered(here)
        others = [b for b in here.root.blocks.values() if isinstance(b, Navbar) and b is not self]
        if any(_top(other) is _top(self) for other in others):
            warn_once("navbar.several", f"{self!r}: there is a Navbar on this page already; only the first one counts")

    def preprocess(self, payload: Any) -> Links | bool | None:
        """Give the further links."""
        return [(pair[0], pair[1]) for pair in payload] if isinstance(payload, list) else payload

    def postprocess(self, value: Any) -> Any:
        """Show further links; None: only those to the pages; False: none at all."""
        if value is None or isinstance(value, bool):
            return value
        if not isinstance(value, (list, tuple)) or not all(
            isinstance(pair, (list, tuple)) and len(pair) == 2 for pair in value
        ):
            raise DeclarationError(f"{self!r}: expected a list of (name, path), got {value!r}")
        return _pairs(value)

    def api_info(self) -> dict[str, Any]:
        """A list of names and paths."""
        return {"type": "array", "items": {"type": "array", "items": {"type": "string"}}}

    def example_payload(self) -> Any:
        """Two links."""
        return [["Home", ""], ["About", "https://example.org/about"]]

    def example_value(self) -> Any:
        """Two links."""
        return [("Home", ""), ("About", "https://example.org/about")]


def _top(block: Block) -> Block:
    while block.parent is not None:
        block = block.parent
    return block
