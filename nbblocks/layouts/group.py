"""Children on one surface."""

from __future__ import annotations

from ..tree import Layout

__all__ = ["Group"]


class Group(Layout):
    """Children below each other on one surface, without gaps between them.

    Examples
    --------
    >>> import nbblocks as gr
    >>> with gr.Blocks() as demo, gr.Group() as group:
    ...     user, password = gr.Textbox(), gr.Textbox(type="password")
    >>> len(group.children)
    2
    """
