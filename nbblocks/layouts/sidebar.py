"""Children at the side of the app."""

from __future__ import annotations

from typing import ClassVar, Literal

from ..declare import KW_ONLY
from ..events import event
from ..tree import Layout

__all__ = ["Sidebar"]


class Sidebar(Layout):
    """Children that stand beside the rest of the app, and slide out of sight.

    Parameters
    ----------
    label : str, optional
        What it is called to a screen reader.
    open : bool
        Whether it is in sight at first.
    width : int or str
        In pixels, or any CSS length.
    position : {"left", "right"}
        The side on which it stands.

    Examples
    --------
    >>> import nbblocks as gr
    >>> with gr.Blocks() as demo, gr.Sidebar(position="right") as side:
    ...     box = gr.Textbox()
    >>> side.children
    [Textbox(#...)]
    """

    chunks: ClassVar[tuple[str, ...]] = ("views-parts",)
    user_props: ClassVar[tuple[str, ...]] = ("open",)

    label: str | None = None
    _: KW_ONLY
    open: bool = True
    width: int | str = 320
    position: Literal["left", "right"] = "left"

    expand = event("The user brought it into sight.")
    collapse = event("The user put it out of sight.")

    def check(self) -> None:
        """Take the left for an unknown side."""
        super().check()
        self.fall_back("position", ("left", "right"))
