"""A white sheet to paint on, in colours."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from ..declare import KW_ONLY
from .image_editor import ImageEditor

__all__ = ["Paint"]


class Paint(ImageEditor):
    """A sheet to paint on in colours: an `ImageEditor` that starts empty.

    Parameters
    ----------
    sources : list of str or str
        From where a picture may come; none at first.
    transforms : list of str
        What can be done to the whole: "crop", "resize".

    Examples
    --------
    >>> Paint().sources
    ()
    """

    is_template: ClassVar[bool] = True

    _: KW_ONLY
    sources: Iterable[Literal["upload", "webcam", "clipboard"]] | str | None = ()
    transforms: Iterable[Literal["crop", "resize"]] | None = ("crop",)
