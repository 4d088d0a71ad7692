"""Pictures and films in a grid."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, ClassVar, Literal, TypedDict
from urllib.parse import urlsplit

from ..declare import KW_ONLY, param
from ..events import event
from ..exceptions import DeclarationError, Error, WireError
from ..wire.files import FILE_DATA_SCHEMA, FILE_SCHEMA, META_DEFS, FileData, FileJSON, ImageData
from ..wire.payloads import Record, RecordList
from ..wire.urls import is_url
from .base import Editable, button_names
from .file_values import received_files, suits
from .pictures import TYPES, given, grey_pixel, received, shown

__all__ = ["Gallery", "GalleryData", "GalleryImage", "GalleryVideo"]

SOURCES = ("upload", "webcam", "clipboard")
ALL_BUTTONS = ("share", "download", "download_all", "fullscreen")
FITS = ("contain", "cover", "fill", "none", "scale-down")


class GalleryItemJSON(TypedDict, total=False):
    """A picture or a film, and its caption."""

    image: FileJSON
    video: FileJSON
    caption: str | None


def _caption_schema(kind: str, ref: str) -> dict[str, Any]:
    return {
        "properties": {
            kind: {"$ref": f"#/$defs/{ref}"},
            "caption": {"anyOf": [{"type": "string"}, {"type": "null"}], "default": None},
        },
        "required": [kind],
        "type": "object",
    }


GALLERY_SCHEMA: dict[str, Any] = {
    "$defs": {
        "FileData": FILE_DATA_SCHEMA,
        **META_DEFS,
        "GalleryImage": _caption_schema("image", "ImageData"),
        "GalleryVideo": _caption_schema("video", "FileData"),
        "ImageData": FILE_SCHEMA,
    },
    "items": {"anyOf": [{"$ref": "#/$defs/GalleryImage"}, {"$ref": "#/$defs/GalleryVideo"}]},
    "type": "array",
}


def _sources(sources: Sequence[str] | None) -> list[str]:
    return list(sources or ["upload"])


class GalleryImage(Record):
    """A picture and its caption."""

    required: ClassVar[tuple[str, ...]] = ("image",)
    defaults: ClassVar[dict[str, Any]] = {"caption": None}
    kinds: ClassVar[dict[str, tuple[type[Any], ...]]] = {"image": (ImageData,)}


class GalleryVideo(Record):
    """A film and its caption."""

    required: ClassVar[tuple[str, ...]] = ("video",)
    defaults: ClassVar[dict[str, Any]] = {"caption": None}
    kinds: ClassVar[dict[str, tuple[type[Any], ...]]] = {"video": (FileData,)}


class GalleryData(RecordList):
    """Pictures and films."""

    json_schema: ClassVar[dict[str, Any]] = GALLERY_SCHEMA
    kinds: ClassVar[tuple[type[Any], ...]] = (GalleryImage, GalleryVideo)


def _item(kind: str, file: FileData, caption: str | None) -> Record:
    return GalleryVideo(video=file, caption=caption) if kind == "video" else GalleryImage(image=file, caption=caption)


class Gallery(Editable):
    """Pictures and films in a grid, each of them to be seen large.

    Parameters
    ----------
    value : list of ndarray, PIL image, str, Path or (one of them, caption), or callable, optional
        What is there at first. A function is called once per page load.
    format : str
        How arrays and PIL images go to the page: "webp", "png", "jpeg", "gif", … Files go as they are.
    file_types : list of str, optional
        Kinds that a user can give: endings such as ".png", or "image", "video"; None: any picture or film.
    columns : int, optional
        How many stand in a row.
    rows : int, optional
        How many rows are seen; more scroll. None: as many as there are.
    height : int, float or str, optional
        Height in pixels or any CSS length; more rows scroll.
    allow_preview : bool
        Whether one of them is shown large when it is pressed.
    preview : bool, optional
        Whether it starts with one shown large.
    selected_index : int, optional
        Which one is chosen, from 0; None: none.
    object_fit : {"contain", "cover", "fill", "none", "scale-down"}, optional
        How a picture fills its place in the grid, as in CSS.
    buttons : list of str or Button, optional
        Buttons in its corner: "share", "download", "download_all", "fullscreen", or buttons of your own; None: all of
        the named.
    type : {"numpy", "pil", "filepath"}
        What a handler gets of a picture. Films, and SVG, come as paths.
    fit_columns : bool
        Whether few pictures fill the width, instead of leaving columns empty.
    sources : list of str, optional
        From where a user may give pictures: "upload", "webcam", "clipboard"; None: upload.

    Examples
    --------
    >>> gallery = Gallery()
    >>> gallery.postprocess([(gallery.example_value()[0], "A dot")])[0]["caption"]
    'A dot'
    """

    data_model: ClassVar[Any] = GalleryData
    chunks: ClassVar[tuple[str, ...]] = ("views-files",)
    has_files: ClassVar[bool] = True
    is_heavy: ClassVar[bool] = True
    user_props: ClassVar[tuple[str, ...]] = ("value", "selected_index")

    value: Sequence[Any] | Callable[..., Any] | None = param(default=None, wire=list[GalleryItemJSON] | None)
    _: KW_ONLY
    format: str = param(default="webp", wire=None)
    file_types: Sequence[str] | None = param(default=None, wire=list[str] | None)
    columns: int | None = 2
    rows: int | None = None
    height: int | float | str | None = None
    allow_preview: bool = True
    preview: bool | None = None
    selected_index: int | None = None
    object_fit: Literal["contain", "cover", "fill", "none", "scale-down"] | None = None
    buttons: Sequence[Any] | None = param(default=None, wire=list[str] | None, encode=button_names)
    type: Literal["numpy", "pil", "filepath"] = param(default="filepath", wire=None)
    fit_columns: bool = True
    sources: Sequence[Literal["upload", "webcam", "clipboard"]] | None = param(
        default=None, wire=list[Literal["upload", "webcam", "clipboard"]], encode=_sources
    )

    select = event("The user chose one of them.", payload=dict)
    upload = event("The user gave pictures or films.")
    change = event("Other ones are there, by the user or by an update.")
    delete = event("The user took one away.", payload=dict)
    preview_close = event("The large view was closed.")
    preview_open = event("The large view was opened.")

    told_for_none: ClassVar[dict[str, Any]] = {
        "buttons": ["share", "download", "download_all", "fullscreen"],
        "sources": ["upload"],
    }

    def check(self) -> None:
        """Refuse a type, a source or a way of filling that there is not."""
        super().check()
        if self.type not in TYPES:
            raise DeclarationError(f"{self!r}: type must be one of {TYPES}, got {self.type!r}")
        self.fall_back("object_fit", (None, *FITS))
        for source in self.sources or ():
            if source not in SOURCES:
                raise DeclarationError(f"{self!r}: sources are some of {SOURCES}, got {source!r}")

    def preprocess(self, payload: Any) -> list[tuple[Any, str | None]] | None:
        """Give pairs (picture, caption), the picture as `type` says; None when there are none.

        Raises
        ------
        Error
            One is not of the kinds in `file_types`, or is no picture where pixels are wanted: the user is told.
        WireError
            The page sent something else.
        """
        if not payload:
            return None
        if not isinstance(payload, (list, tuple)):
            raise WireError(f"{self!r}: expected a list of pictures, got {type(payload).__name__}")
        return [self._taken(item) for item in payload]

    def _taken(self, item: Any) -> tuple[Any, str | None]:
        if not isinstance(item, dict) or not ("image" in item or "video" in item):
            raise WireError(f"{self!r}: expected a picture or a film with its caption, got {type(item).__name__}")
        file = received_files(self, item["video"])[0] if "video" in item else received(item["image"], self)
        if self.file_types and not suits(file.path or "", self.file_types):
            kinds = ", ".join(self.file_types)
            raise Error(f"{Path(file.path or '').name} is not of a kind that is taken here: {kinds}.")
        if "video" in item or self.type == "filepath":
            return file.path, item.get("caption")
        return given(received(file, self), self.type, None, self), item.get("caption")

    def postprocess(self, value: Any) -> GalleryData:
        """Show pictures and films; None shows none.

        Raises
        ------
        ValueError
            It is no list, or holds something that is no picture.
        """
        if value is None:
            return GalleryData()
        if isinstance(value, (str, Path)) or not hasattr(value, "__iter__"):
            raise ValueError(
                f"{self!r} shows a list of pictures and films, or of pairs (picture, caption), "
                f"got {type(value).__name__}"
            )
        items = list(value)
        if sum(not isinstance(item, (str, Path)) for item in items) < 2:
            return GalleryData.of([self._shown(item) for item in items])
        with ThreadPoolExecutor() as pool:  # encoding lets go of the interpreter's lock
            return GalleryData.of(pool.map(self._shown, items))

    def _shown(self, item: Any) -> Record:
        caption: str | None = None
        if isinstance(item, dict) and ("image" in item or "video" in item):  # as it came from a page
            kind = "video" if "video" in item else "image"
            return _item(kind, FileData.from_payload(item[kind]), item.get("caption"))
        if isinstance(item, (tuple, list)):
            if len(item) != 2:
                raise ValueError(f"{self!r} shows pairs (picture, caption), got {len(item)} values")
            item, caption = item
        file = shown(item, self.format, self)
        if file is None:
            raise ValueError(f"{self!r}: None is no picture")
        if isinstance(item, (str, Path)):
            named = urlsplit(str(item)).path if is_url(str(item)) else str(item)
            file.mime_type = file.mime_type or mimetypes.guess_type(named)[0]
            file.orig_name = file.orig_name or (Path(named).name if file.path else None)
        is_film = (file.mime_type or "").startswith("video/")
        return _item("video" if is_film else "image", file, None if caption is None else str(caption))

    def api_info(self) -> dict[str, Any]:
        """A list of pictures and films, each with its caption."""
        return GALLERY_SCHEMA

    def example_payload(self) -> list[dict[str, Any]]:
        """A small picture, as a page sends one."""
        return [{"image": grey_pixel().model_dump(), "caption": None}]

    def example_value(self) -> list[str | None]:
        """Path of a small picture."""
        return [grey_pixel().path]
