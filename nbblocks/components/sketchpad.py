"""A white sheet to draw on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from ..declare import KW_ONLY
from .image_editor import Brush, ImageEditor

__all__ = ["Sketchpad"]


class Sketchpad(ImageEditor):
    """A sheet to draw on in black: an `ImageEditor` that starts empty.

    Parameters
    ----------
    sources : list of str or str
        From where a picture may come; none at first.
    transforms : list of str
        What can be done to the whole: "crop", "resize".
    brush : Brush or False, optional
        How the brush starts; None: black only.

    Examples
    --------
    >>> Sketchpad().brush.colors
    ['#000000']
    """

    is_template: ClassVar[bool] = True

    _: KW_ONLY
    sources: Iterable[Literal["upload", "webcam", "clipboard"]] | str | None = ()
    transforms: Iterable[Literal["crop", "resize"]] | None = ("crop",)

    def check(self) -> None:
        """The brush is black unless another was given."""
        if self.brush is None:
            self.brush = Brush(colors=["#000000"], color_mode="fixed")
        super().check()
