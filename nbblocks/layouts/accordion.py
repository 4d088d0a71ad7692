"""Children that can be folded away."""

from __future__ import annotations

from typing import ClassVar

from ..declare import KW_ONLY
from ..events import event
from ..tree import Layout

__all__ = ["Accordion"]


class Accordion(Layout):
    """Children under a heading that folds them away.

    Parameters
    ----------
    label : str, optional
        The heading.
    open : bool
        Whether the children are shown at first.
    height, max_height : int or str, optional
        In pixels, or any CSS length; what is higher scrolls.

    Examples
    --------
    >>> import nbblocks as gr
    >>> with gr.Blocks() as demo, gr.Accordion("Details", open=False) as more:
    ...     box = gr.Textbox()
    >>> more.open
    False
    """

    user_props: ClassVar[tuple[str, ...]] = ("open",)

    label: str | None = None
    _: KW_ONLY
    open: bool = True
    height: int | str | None = None
    max_height: int | str | None = None

    expand = event("The user unfolded it.")
    collapse = event("The user folded it.")
