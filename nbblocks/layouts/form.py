"""Fields below each other, as one form."""

from __future__ import annotations

from ..declare import KW_ONLY
from .column import Column

__all__ = ["Form"]


class Form(Column):
    """Fields below each other.

    Examples
    --------
    >>> import nbblocks as gr
    >>> with gr.Blocks() as demo, Form() as form:
    ...     user, password = gr.Textbox(), gr.Textbox(type="password")
    >>> form.get_block_name()
    'column'
    """

    is_template = True

    _: KW_ONLY
    scale: int = 0
    min_width: int = 0
