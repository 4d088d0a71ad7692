"""A field of several lines of text."""

from __future__ import annotations

from typing import ClassVar

from ..declare import KW_ONLY
from .textbox import Textbox

__all__ = ["TextArea"]


class TextArea(Textbox):
    """A field of several lines of text: a `Textbox` that starts higher.

    Parameters
    ----------
    lines : int
        Height, in lines.
    max_lines : int, optional
        Lines up to which it grows with its text.

    Examples
    --------
    >>> TextArea().lines
    7
    """

    is_template: ClassVar[bool] = True

    _: KW_ONLY
    lines: int = 7
    max_lines: int | None = 20
