"""A picture, shown or given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypedDict

from ..declare import KW_ONLY, param
from ..events import event
from ..exceptions import DeclarationError
from ..wire.files import FILE_SCHEMA, FileData, FileJSON, ImageData
from ..wire.urls import is_url
from .base import Editable, button_names
from .pictures import (
    TYPES,
    converted,
    given,
    grey_pixel,
    is_svg,
    kept,
    of_path,
    opened,
    picture,
    received,
    shown,
    written_as,
)

if TYPE_CHECKING:
    import numpy as np
    import PIL.Image
    from numpy.typing import NDArray

__all__ = ["SOURCES", "Image", "WatermarkOptions", "WebcamOptions", "WebcamOptionsJSON", "webcam_json"]

SOURCES = ("upload", "webcam", "clipboard")
POSITIONS = ("top-left", "top-right", "bottom-left", "bottom-right")
WATERMARK_MARGIN_PX = 10


@dataclass
class WebcamOptions:
    """How a webcam is used.

    Parameters
    ----------
    mirror : bool
        Whether its picture is mirrored.
    constraints : dict, optional
        For the browser's `getUserMedia`:
        https://developer.mozilla.org/docs/Web/API/MediaDevices/getUserMedia#constraints
    """

    mirror: bool = True
    constraints: dict[str, Any] | None = None


@dataclass
class WatermarkOptions:
    """A picture put onto every picture that is shown.

    Parameters
    ----------
    watermark : str, Path, ndarray or PIL image, optional
        It is put there in its own size, cut down to fit when it is larger.
    position : {"top-left", "top-right", "bottom-left", "bottom-right"} or tuple of int
        A corner, from which it keeps a distance of 10 px; or (x, y) of its top left corner.
    """

    watermark: Any = None
    position: tuple[int, int] | Literal["top-left", "top-right", "bottom-left", "bottom-right"] = "bottom-right"

    def __post_init__(self) -> None:
        if isinstance(self.position, str) and self.position not in POSITIONS:
            raise DeclarationError(f"WatermarkOptions: position is not one of {POSITIONS}: {self.position!r}")


class WebcamOptionsJSON(TypedDict):
    """How a webcam is used; `constraints` are those of `getUserMedia`."""

    mirror: bool
    constraints: dict[str, Any] | None


def webcam_json(given: WebcamOptions | dict[str, Any] | None) -> dict[str, Any]:
    """Webcam options as a page gets them."""
    options = WebcamOptions(**given) if isinstance(given, dict) else given or WebcamOptions()
    return {"mirror": options.mirror, "constraints": options.constraints}


def _sources(given: Sequence[str] | str | None) -> list[str]:
    return [given] if isinstance(given, str) else list(SOURCES if given is None else given)


class Image(Editable):
    """A picture, shown or given by upload, webcam or clipboard.

    Parameters
    ----------
    value : ndarray, PIL image, str, Path or callable, optional
        First picture: an array of shape (height, width) or (height, width, channels), uint8, or float from 0 to 1; a
        PIL image; a file, or a URL. A function is called once per page load.
    format : str
        How an array or PIL image goes to the page: "webp", "png", "jpeg", "gif", … A file goes as it is.
    height, width : int or str, optional
        In pixels, or any CSS length; the picture keeps its proportions.
    image_mode : str, optional
        PIL's name of the channels that a handler gets: "RGB", "RGBA", "L", …; None: those of the file.
    sources : list of str or str, optional
        From where a picture may come: "upload", "webcam", "clipboard"; None: from all, or of a streaming one
        from the webcam.
    type : {"numpy", "pil", "filepath"}
        What a handler gets: an array of uint8, a PIL image, or the path of a file. SVG comes as a path only.
    buttons : list of str or Button, optional
        Buttons in its corner: "download", "share", "fullscreen", or buttons of your own; None: all of the named.
    streaming : bool
        Whether the webcam's pictures come one after the other, to the `stream` event.
    webcam_options : WebcamOptions or dict, optional
        How the webcam is used.
    placeholder : str, optional
        Shown where a picture can be dropped; may hold Markdown.
    watermark : WatermarkOptions or dict, optional
        Put onto every picture that is shown, except SVG and URLs.
    alt_text : str, optional
        What it shows, in words, for those who do not see it.

    Examples
    --------
    >>> import numpy as np
    >>> shown = Image(format="png").postprocess(np.zeros((4, 6, 3), np.uint8))
    >>> Image().preprocess(shown).shape
    (4, 6, 3)
    """

    chunks: ClassVar[tuple[str, ...]] = ("views-files",)
    data_model: ClassVar[Any] = ImageData
    has_files: ClassVar[bool] = True
    is_heavy: ClassVar[bool] = True

    value: Any = param(default=None, wire=FileJSON | None)
    _: KW_ONLY
    format: str = param(default="webp", wire=None)
    height: int | str | None = None
    width: int | str | None = None
    image_mode: str | None = param(default="RGB", wire=None)
    sources: Sequence[Literal["upload", "webcam", "clipboard"]] | str | None = param(
        default=None, wire=list[Literal["upload", "webcam", "clipboard"]], encode=_sources
    )
    type: Literal["numpy", "pil", "filepath"] = param(default="numpy", wire=None)
    buttons: Sequence[Any] | None = param(default=None, wire=list[str] | None, encode=button_names)
    streaming: bool = False
    webcam_options: WebcamOptions | dict[str, Any] | None = param(
        default=None, wire=WebcamOptionsJSON, encode=webcam_json
    )
    placeholder: str | None = None
    watermark: WatermarkOptions | dict[str, Any] | None = param(default=None, wire=None)
    alt_text: str | None = None

    change = event("Another picture is shown, by the user or by an update.")
    input = event("The user gave a picture.")
    clear = event("The user took the picture away.")
    upload = event("The user gave a file.")
    select = event("The user pressed on the picture; the index is (x, y) in its pixels.", payload=dict)
    stream = event("The webcam took another picture.")

    told_for_none: ClassVar[dict[str, Any]] = {
        "buttons": ["download", "share", "fullscreen"],
        "sources": ["upload", "webcam", "clipboard"],
        "watermark": WatermarkOptions(),
        "webcam_options": WebcamOptions(),
    }

    def check(self) -> None:
        """Refuse an unknown type or source, and streaming from elsewhere than a webcam."""
        super().check()
        if self.type not in TYPES:
            raise DeclarationError(f"{self!r}: type must be one of {TYPES}, got {self.type!r}")
        if self.streaming and self.sources is None:
            self.sources = ["webcam"]
        for source in _sources(self.sources):
            if source not in SOURCES:
                raise DeclarationError(f"{self!r}: sources are some of {SOURCES}, got {source!r}")
        if self.streaming and _sources(self.sources) != ["webcam"]:
            raise DeclarationError(f"{self!r}: streaming=True works with sources=['webcam'] only")

    def preprocess(self, payload: Any) -> NDArray[np.uint8] | PIL.Image.Image | str | None:
        """Give the picture as `type` says, turned upright as its camera says.

        Raises
        ------
        Error
            It is no picture, has too many pixels, or is SVG where pixels are wanted: the user is told.
        WireError
            The page sent something else than a file.
        """
        if payload is None:
            return None
        return given(received(payload, self), self.type, self.image_mode, self)

    def postprocess(self, value: Any) -> ImageData | None:
        """Show an array, PIL image, file or URL; None clears.

        Raises
        ------
        ValueError
            It is something else, or an array that is no picture.
        """
        options = self._watermark()
        if options.watermark is None or value is None or isinstance(value, (dict, FileData)):
            return shown(value, self.format, self)
        if isinstance(value, (str, Path)):
            path = str(value)
            if is_url(path) or path.startswith("data:") or is_svg(path):
                return of_path(path)
            with opened(Path(path), self) as image:
                return kept(self._marked(image), written_as(image, image.mode), Path(path).stem)
        return kept(self._marked(picture(value, self)), self.format.lower())

    def _watermark(self) -> WatermarkOptions:
        given = self.watermark
        return WatermarkOptions(**given) if isinstance(given, dict) else given or WatermarkOptions()

    def _marked(self, image: PIL.Image.Image) -> PIL.Image.Image:
        """With the watermark, when there is one."""
        options = self._watermark()
        if isinstance(options.watermark, (str, Path)):
            with opened(Path(options.watermark), self) as file:
                mark = file.convert("RGBA")
        else:
            mark = picture(options.watermark, self).convert("RGBA")
        mark.thumbnail((max(image.width - WATERMARK_MARGIN_PX, 1), max(image.height - WATERMARK_MARGIN_PX, 1)))
        if isinstance(options.position, str):
            right, bottom = image.width - mark.width, image.height - mark.height
            x = right - WATERMARK_MARGIN_PX if "right" in options.position else min(WATERMARK_MARGIN_PX, right)
            y = bottom - WATERMARK_MARGIN_PX if "bottom" in options.position else min(WATERMARK_MARGIN_PX, bottom)
            at = (max(x, 0), max(y, 0))
        else:
            at = (int(options.position[0]), int(options.position[1]))
        marked = converted(image, "RGBA") if image.mode in ("RGBA", "LA", "PA", "P") else converted(image, "RGB")
        marked = marked.copy()
        marked.paste(mark, at, mark)
        return marked

    def process_example(self, value: Any) -> Any:
        """A file as it stands in a table of examples."""
        return None if value is None else self.postprocess(value)

    def api_info(self) -> dict[str, Any]:
        """A file."""
        return FILE_SCHEMA

    def example_payload(self) -> dict[str, Any]:
        """A small picture, as a page sends one."""
        return grey_pixel().model_dump()

    def example_value(self) -> str:
        """Path of a small picture."""
        return str(grey_pixel().path)
