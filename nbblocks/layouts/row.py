"""Children side by side."""

from __future__ import annotations

from typing import Any, Literal

from ..declare import KW_ONLY
from ..tree import Layout

__all__ = ["Row"]


class Row(Layout):
    """Children side by side; they wrap when they would be narrower than their `min_width`.

    Parameters
    ----------
    variant : {"default", "panel", "compact"}
        "panel": on a surface of its own; "compact": without gaps.
    scale : int, optional
        Share of the height or width in its parent.
    height, max_height, min_height : int or str, optional
        In pixels, or any CSS length; what is higher scrolls.
    equal_height : bool
        Whether all children are as high as the highest.
    show_progress : bool
        Whether progress shows on it while it is an output, or the place of a `gr.render`.

    Examples
    --------
    >>> import nbblocks as gr
    >>> with gr.Blocks() as demo, gr.Row(equal_height=True) as row:
    ...     a, b = gr.Textbox(), gr.Textbox()
    >>> len(row.children)
    2
    """

    _: KW_ONLY
    variant: Literal["default", "panel", "compact"] = "default"
    scale: int | None = None
    height: int | str | None = None
    max_height: int | str | None = None
    min_height: int | str | None = None
    equal_height: bool = False
    show_progress: bool = False

    @staticmethod
    def update(visible: bool | None = None) -> dict[str, Any]:
        """Return for a Row that is to be shown or hidden, as older programs do."""
        return {"visible": visible, "__type__": "update"}
