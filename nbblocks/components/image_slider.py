"""Two pictures to compare."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Literal

from ..declare import KW_ONLY, param
from ..events import event
from ..exceptions import DeclarationError, WireError
from ..wire.files import FILE_SCHEMA, FileJSON, ImageData
from ..wire.payloads import RecordList
from .base import Editable, button_names
from .pictures import TYPES, given, grey_pixel, received, shown

__all__ = ["ImageSlider", "SliderData"]

_ONE: dict[str, Any] = {"anyOf": [{"$ref": "#/$defs/ImageData"}, {"type": "null"}]}
SLIDER_SCHEMA: dict[str, Any] = {
    "$defs": {"ImageData": FILE_SCHEMA},
    "anyOf": [{"maxItems": 2, "minItems": 2, "prefixItems": [_ONE, _ONE], "type": "array"}, {"type": "null"}],
}


class SliderData(RecordList):
    """Two pictures."""

    kinds: ClassVar[tuple[type[Any], ...]] = (ImageData,)


class ImageSlider(Editable):
    """Two pictures on top of each other, with a line between them to drag.

    Parameters
    ----------
    value : tuple of two of ndarray, PIL image, str, Path or None, or callable, optional
        The pictures at first, the left one and the right one. A function is called once per page load.
    format : str
        How an array or PIL image goes to the page: "webp", "png", "jpeg", … A file goes as it is.
    height, width : int or str, optional
        In pixels, or any CSS length; the pictures keep their proportions.
    image_mode : str, optional
        PIL's name of the channels that a handler gets: "RGB", "RGBA", "L", …; None: those of the file.
    type : {"numpy", "pil", "filepath"}
        What a handler gets of each: an array of uint8, a PIL image, or the path of a file.
    buttons : list of str or Button, optional
        Buttons in its corner: "download", "fullscreen", or buttons of your own; None: the named.
    slider_position : float
        Where the line stands at first, in per cent from the left.
    max_height : int
        Pixels up to which it grows.

    Examples
    --------
    >>> import numpy as np
    >>> slider = ImageSlider()
    >>> pair = slider.preprocess(slider.postprocess((np.zeros((4, 6, 3), np.uint8), None)))
    >>> pair[0].shape, pair[1]
    ((4, 6, 3), None)
    """

    chunks: ClassVar[tuple[str, ...]] = ("views-files",)
    data_model: ClassVar[Any] = SliderData
    has_files: ClassVar[bool] = True
    is_heavy: ClassVar[bool] = True
    user_props: ClassVar[tuple[str, ...]] = ("value", "slider_position")

    value: tuple[Any, Any] | Callable[..., Any] | None = param(
        default=None, wire=tuple[FileJSON | None, FileJSON | None] | None
    )
    _: KW_ONLY
    format: str = param(default="webp", wire=None)
    height: int | str | None = None
    width: int | str | None = None
    image_mode: str | None = param(default="RGB", wire=None)
    type: Literal["numpy", "pil", "filepath"] = param(default="numpy", wire=None)
    buttons: Sequence[Any] | None = param(default=None, wire=list[str] | None, encode=button_names)
    slider_position: float = 50
    max_height: int = 500

    clear = event("The user took the pictures away.")
    change = event("Other pictures are shown, by the user or by an update.")
    stream = event("Never by this page: it takes no webcam.")
    select = event("The user pressed on the pictures; the index is (x, y) in their pixels.", payload=dict)
    upload = event("The user gave a file.")
    input = event("The user gave a picture.")

    told_for_none: ClassVar[dict[str, Any]] = {"buttons": ["download", "fullscreen"]}

    def check(self) -> None:
        """Refuse an unknown type."""
        super().check()
        if self.type not in TYPES:
            raise DeclarationError(f"{self!r}: type must be one of {TYPES}, got {self.type!r}")

    def preprocess(self, payload: Any) -> tuple[Any, Any] | None:
        """Give both pictures as `type` says, None where there is none.

        Raises
        ------
        Error
            One is no picture, has too many pixels, or is SVG where pixels are wanted: the user is told.
        WireError
            The page sent something else than two files.
        """
        if payload is None:
            return None
        if not isinstance(payload, (list, tuple)) or len(payload) != 2:
            raise WireError(f"{self!r}: expected two pictures, got {type(payload).__name__}")
        left, right = (
            None if one is None else given(received(one, self), self.type, self.image_mode, self) for one in payload
        )
        return left, right

    def postprocess(self, value: Any) -> SliderData | None:
        """Show two pictures; None shows none.

        Raises
        ------
        ValueError
            It is no pair of pictures.
        """
        if value is None:
            return None
        if isinstance(value, (str, dict)) or not hasattr(value, "__len__") or len(value) != 2:
            raise ValueError(f"{self!r} shows two pictures as a tuple, got {type(value).__name__}")
        return SliderData([shown(value[0], self.format, self), shown(value[1], self.format, self)])

    def api_info(self) -> dict[str, Any]:
        """Two pictures."""
        return SLIDER_SCHEMA

    def example_payload(self) -> Any:
        """Two small pictures, as a page sends them."""
        return grey_pixel().model_dump(), grey_pixel().model_dump()

    def example_value(self) -> Any:
        """Paths of two small pictures."""
        return grey_pixel().path, grey_pixel().path
