"""A picture with marked parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypedDict

from ..declare import KW_ONLY, param
from ..events import event
from ..exceptions import DeclarationError, WireError
from ..wire.files import FILE_DATA_SCHEMA, META_DEFS, FileData, FileJSON, ImageData
from ..wire.payloads import Record
from .base import Labelled, button_names
from .pictures import grey_pixel, kept, of_path, opened, picture, received

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["AnnotatedImage", "AnnotatedImageData", "Annotation"]

BORDER_PX = 3
RED = (255, 0, 0)


class AnnotationJSON(TypedDict):
    """One marked part: a picture as large as the whole, transparent elsewhere."""

    image: FileJSON
    label: str


class AnnotatedImageJSON(TypedDict):
    """A picture and its marked parts."""

    image: FileJSON
    annotations: list[AnnotationJSON]


ANNOTATED_SCHEMA: dict[str, Any] = {
    "$defs": {
        "Annotation": {
            "properties": {"image": {"$ref": "#/$defs/FileData"}, "label": {"type": "string"}},
            "required": ["image", "label"],
            "type": "object",
        },
        "FileData": FILE_DATA_SCHEMA,
        **META_DEFS,
    },
    "properties": {
        "image": {"$ref": "#/$defs/FileData"},
        "annotations": {"items": {"$ref": "#/$defs/Annotation"}, "type": "array"},
    },
    "required": ["image", "annotations"],
    "type": "object",
}


def _colour(text: str, where: object) -> tuple[int, int, int]:
    """A colour as red, green, blue from 0 to 255.

    Examples
    --------
    >>> _colour("#0af", "it"), _colour("#00aaff", "it"), _colour("teal", "it")
    ((0, 170, 255), (0, 170, 255), (0, 128, 128))
    """
    from PIL import ImageColor

    text = text.strip()
    if re.fullmatch(r"[0-9a-fA-F]{3}|[0-9a-fA-F]{6}", text):
        text = f"#{text}"
    try:
        red, green, blue, *_ = ImageColor.getrgb(text)
    except ValueError:
        raise ValueError(f"{where!r}: color_map has {text!r}, which is no colour; try '#00aaff'") from None
    return red, green, blue


class Annotation(Record):
    """A marked part of a picture: its mask and label."""

    required: ClassVar[tuple[str, ...]] = ("image", "label")
    kinds: ClassVar[dict[str, tuple[type[Any], ...]]] = {"image": (FileData,)}


class AnnotatedImageData(Record):
    """A picture and its marked parts."""

    json_schema: ClassVar[dict[str, Any]] = ANNOTATED_SCHEMA
    required: ClassVar[tuple[str, ...]] = ("image", "annotations")
    kinds: ClassVar[dict[str, tuple[type[Any], ...]]] = {"image": (FileData,), "annotations": (Annotation,)}


class AnnotatedImage(Labelled):
    """A picture with marked parts, by boxes or masks, each with a label.

    Parameters
    ----------
    value : tuple (picture, list of (box or mask, label)) or callable, optional
        The picture is an ndarray, a PIL image, a path or a URL. A box is (x1, y1, x2, y2) in its pixels, a mask a float
        array of its height and width, from 0 to 1. A function is called once per page load.
    format : str
        How an array or PIL image goes to the page: "webp", "png", "jpeg", … A file goes as it is.
    show_legend : bool
        Whether the labels stand under the picture; pointing at one shows its parts alone.
    height, width : int or str, optional
        In pixels, or any CSS length; the picture keeps its proportions.
    color_map : dict, optional
        Colours by label, such as "#00aaff"; others are given colours in turn.
    buttons : list of str or Button, optional
        Buttons in its corner: "fullscreen", or buttons of your own; None: the named one.

    Examples
    --------
    >>> import numpy as np
    >>> image = AnnotatedImage()
    >>> shown = image.postprocess((np.zeros((20, 30, 3), np.uint8), [((2, 2, 10, 10), "cat")]))
    >>> [part["label"] for part in shown["annotations"]]
    ['cat']
    """

    data_model: ClassVar[Any] = AnnotatedImageData
    chunks: ClassVar[tuple[str, ...]] = ("views-files",)
    has_files: ClassVar[bool] = True
    is_heavy: ClassVar[bool] = True
    user_props: ClassVar[tuple[str, ...]] = ()

    value: tuple[Any, Sequence[tuple[Any, str]]] | Callable[..., Any] | None = param(
        default=None, wire=AnnotatedImageJSON | None
    )
    _: KW_ONLY
    format: str = param(default="webp", wire=None)
    show_legend: bool = True
    height: int | str | None = None
    width: int | str | None = None
    color_map: dict[str, str] | None = None
    buttons: Sequence[Any] | None = param(default=None, wire=list[str] | None, encode=button_names)

    change = event("Another picture is shown.")
    select = event("The user pressed a marked part, or its label.", payload=dict)

    told_for_none: ClassVar[dict[str, Any]] = {"buttons": ["fullscreen"]}

    def check(self) -> None:
        """Refuse a map of colours that is none."""
        super().check()
        if self.color_map is not None and not isinstance(self.color_map, dict):
            raise DeclarationError(f"{self!r}: color_map is a dict of colours by label, got {self.color_map!r}")

    def preprocess(self, payload: Any) -> tuple[str, list[tuple[str, str]]] | None:
        """Give (path of the picture, list of (path of a mask, label)).

        Raises
        ------
        WireError
            The page sent something else.
        """
        if payload is None:
            return None
        if not isinstance(payload, dict) or "image" not in payload:
            raise WireError(f"{self!r}: expected a picture with its parts, got {type(payload).__name__}")
        parts = [(str(received(one["image"], self).path), one["label"]) for one in payload.get("annotations") or []]
        return str(received(payload["image"], self).path), parts

    def postprocess(self, value: Any) -> AnnotatedImageData | None:
        """Show a picture and its marked parts; None shows nothing.

        Raises
        ------
        ValueError
            It is no pair of a picture and a list, or a mask has another size than the picture.
        FileNotFoundError
            There is no such file.
        """
        if value is None:
            return None
        if isinstance(value, dict) and "image" in value:  # as it came from a page
            return AnnotatedImageData(value)
        if not isinstance(value, (tuple, list)) or len(value) != 2:
            raise ValueError(f"{self!r} shows (picture, list of (box or mask, label)), got {type(value).__name__}")
        file, (width, height) = self._base(value[0])
        parts = [
            Annotation(image=self._part(mask, str(label), width, height), label=str(label)) for mask, label in value[1]
        ]
        return AnnotatedImageData(image=file, annotations=parts)

    def _base(self, value: Any) -> tuple[FileData, tuple[int, int]]:
        """The picture as a file, and its width and height."""
        if isinstance(value, str) or hasattr(value, "__fspath__"):
            path = str(value)
            file = of_path(path)
            with opened(Path(received(file, self).path or ""), self) as image:
                return file, image.size
        image = picture(value, self)
        return kept(image, self.format.lower()), image.size

    def _part(self, mask: Any, label: str, width: int, height: int) -> ImageData:
        import numpy as np
        import PIL.Image

        opacity = self._opacity(mask, label, width, height)
        colours = self.color_map or {}
        red, green, blue = _colour(colours[label], self) if label in colours else RED
        marked = np.zeros((height, width, 4), np.uint8)
        marked[opacity > 0] = (red, green, blue, 0)
        marked[..., 3] = np.rint(opacity * 255)
        return kept(PIL.Image.fromarray(marked), "png", "mask")

    def _opacity(self, mask: Any, label: str, width: int, height: int) -> NDArray[np.floating[Any]]:
        """How much each pixel belongs to the part, from 0 to 1."""
        import numpy as np

        if isinstance(mask, np.ndarray) and mask.shape != (4,):
            if mask.shape != (height, width):
                raise ValueError(
                    f"{self!r}: the mask of {label!r} has the shape {mask.shape}, the picture ({height}, {width})"
                )
            return np.asarray(np.nan_to_num(mask.astype(np.float32)).clip(0, 1))
        try:
            x1, y1, x2, y2 = (int(edge) for edge in mask)
        except (TypeError, ValueError):
            raise ValueError(
                f"{self!r}: {label!r} is marked by a box (x1, y1, x2, y2) or an array, got {mask!r}"
            ) from None
        (x1, x2), (y1, y2) = sorted((max(x1, 0), max(x2, 0))), sorted((max(y1, 0), max(y2, 0)))
        opacity = np.zeros((height, width), np.float32)
        opacity[y1:y2, x1:x2] = 1
        opacity[y1 + BORDER_PX : max(y2 - BORDER_PX, 0), x1 + BORDER_PX : max(x2 - BORDER_PX, 0)] = 0.5
        return opacity

    def api_info(self) -> dict[str, Any]:
        """A picture and its marked parts."""
        return ANNOTATED_SCHEMA

    def example_payload(self) -> dict[str, Any]:
        """A small picture, as a page sends one."""
        return {"image": grey_pixel().model_dump(), "annotations": []}

    def example_value(self) -> tuple[str | None, list[tuple[list[int], str]]]:
        """Path of a small picture, and a box."""
        return grey_pixel().path, [([0, 0, 1, 1], "dot")]
