"""A picture of which parts can be marked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from ..declare import KW_ONLY
from .image_editor import Brush, ImageEditor, LayerOptions

__all__ = ["ImageMask"]


class ImageMask(ImageEditor):
    """A picture of which parts can be marked in black: an `ImageEditor` with one layer.

    Parameters
    ----------
    transforms : list of str
        What can be done to the whole: "crop", "resize".
    brush : Brush or False, optional
        How the brush starts; None: black only.
    layers : LayerOptions or bool
        Which layers there are; False: one, and nothing is shown of it.

    Examples
    --------
    >>> ImageMask().brush.color_mode
    'fixed'
    """

    is_template: ClassVar[bool] = True

    _: KW_ONLY
    transforms: Iterable[Literal["crop", "resize"]] | None = ("crop",)
    layers: LayerOptions | bool = False

    def check(self) -> None:
        """The brush is black unless another was given."""
        if self.brush is None:
            self.brush = Brush(colors=["#000000"], color_mode="fixed")
        super().check()
