"""Children that a user puts in order."""

from __future__ import annotations

from typing import ClassVar, Literal

from ..declare import KW_ONLY
from ..exceptions import DeclarationError
from ..tree import Layout

__all__ = ["Draggable"]


class Draggable(Layout):
    """Children that a user can put in another order, by pointer or keyboard.

    Parameters
    ----------
    orientation : {"row", "column"}
        Whether they stand side by side or below each other.

    Examples
    --------
    >>> import nbblocks as gr
    >>> with gr.Blocks() as demo, gr.Draggable(orientation="row") as cards:
    ...     a, b = gr.Textbox(), gr.Textbox()
    >>> len(cards.children)
    2
    """

    chunks: ClassVar[tuple[str, ...]] = ("views-parts",)

    _: KW_ONLY
    orientation: Literal["row", "column"] = "column"

    def check(self) -> None:
        """Refuse an unknown orientation."""
        super().check()
        if self.orientation not in ("row", "column"):
            raise DeclarationError(f"{self!r}: orientation must be 'row' or 'column', got {self.orientation!r}")
