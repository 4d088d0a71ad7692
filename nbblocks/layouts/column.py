"""Children below each other."""

from __future__ import annotations

from typing import Literal

from ..declare import KW_ONLY
from ..tree import Layout

__all__ = ["Column"]


class Column(Layout):
    """Children below each other.

    Parameters
    ----------
    scale : int
        Share of the width among the children of a Row.
    min_width : int
        Pixels below which it moves to the next line.
    variant : {"default", "panel", "compact"}
        "panel": on a surface of its own; "compact": without gaps.
    show_progress : bool
        Whether progress shows on it while it is an output, or the place of a `gr.render`.

    Examples
    --------
    >>> import nbblocks as gr
    >>> with gr.Blocks() as demo, gr.Column(scale=2) as column:
    ...     box = gr.Textbox()
    >>> column.children
    [Textbox(#...)]
    """

    _: KW_ONLY
    scale: int = 1
    min_width: int = 320
    variant: Literal["default", "panel", "compact"] = "default"
    show_progress: bool = False
