"""A picture, shown or given."""

from __future__ import annotations

import base64
import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypedDict
from urllib.parse import unquote_to_bytes

from ..declare import KW_ONLY, param
from ..events import event
from ..exceptions import DeclarationError, Error, WireError, warn_once
from ..wire.files import FILE_SCHEMA, FileData, FileJSON, ImageData, keep_bytes
from .base import Editable, button_names

if TYPE_CHECKING:
    import numpy as np
    import PIL.Image
    from numpy.typing import NDArray

__all__ = ["Image", "WatermarkOptions", "WebcamOptions"]

SOURCES = ("upload", "webcam", "clipboard")
TYPES = ("numpy", "pil", "filepath")
POSITIONS = ("top-left", "top-right", "bottom-left", "bottom-right")
WATERMARK_MARGIN_PX = 10
WEBP_LONGEST_SIDE_PX = 16383  # https://developers.google.com/speed/webp/faq


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


def _webcam(given: WebcamOptions | dict[str, Any] | None) -> dict[str, Any]:
    options = WebcamOptions(**given) if isinstance(given, dict) else given or WebcamOptions()
    return {"mirror": options.mirror, "constraints": options.constraints}


def _sources(given: Sequence[str] | str | None) -> list[str]:
    return [given] if isinstance(given, str) else list(SOURCES if given is None else given)


def _is_svg(name: str | None) -> bool:
    return (name or "").lower().endswith((".svg", ".svgz"))


def _from_array(array: NDArray[Any], where: object) -> PIL.Image.Image:
    """A picture of an array of shape (height, width) or (height, width, 1 to 4 channels)."""
    import numpy as np
    import PIL.Image

    if array.ndim == 3 and array.shape[2] == 1:
        array = array[:, :, 0]
    if array.ndim not in (2, 3) or (array.ndim == 3 and array.shape[2] > 4) or 0 in array.shape:
        raise ValueError(
            f"{where!r}: a picture has the shape (height, width) or (height, width, 1 to 4 channels), got {array.shape}"
        )
    return PIL.Image.fromarray(np.ascontiguousarray(_as_bytes(array, where)))


def _as_bytes(array: NDArray[Any], where: object) -> NDArray[np.uint8]:
    """Brightness as 0 to 255: of booleans, of unsigned integers by their range, of floats from 0 to 1."""
    import numpy as np

    if array.dtype == np.uint8:
        return array
    if array.dtype == np.bool_:
        return np.where(array, 255, 0).astype(np.uint8)
    if array.dtype == np.uint16:
        return np.asarray(array // 257, dtype=np.uint8)
    if array.dtype.kind in "iu":
        if array.min() < 0 or array.max() > 255:
            raise ValueError(
                f"{where!r}: integers of a picture go from 0 to 255, got {array.min()} to {array.max()}; "
                "scale them, or give uint16"
            )
        return array.astype(np.uint8)
    if array.dtype.kind == "f":
        known = np.nan_to_num(array)
        if known.min() < -1 or known.max() > 1:
            raise ValueError(
                f"{where!r}: floats of a picture go from 0 to 1, got {known.min():g} to {known.max():g}; "
                "divide them, or give uint8"
            )
        brightness: NDArray[np.uint8] = np.rint(known.clip(0, 1) * 255).astype(np.uint8)
        return brightness
    raise ValueError(f"{where!r}: an array of {array.dtype} is no picture")


def _open(source: Path | io.BytesIO, where: object) -> PIL.Image.Image:
    """Open a picture that came from a page; refuses what is none, or would fill the memory."""
    import PIL.Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PIL.Image.DecompressionBombWarning)
        try:
            return PIL.Image.open(source)
        except PIL.Image.DecompressionBombError:
            raise Error("The picture has too many pixels.", print_exception=False) from None
        except PIL.UnidentifiedImageError:
            raise Error("The file is not a picture, or of a kind that cannot be read.", print_exception=False) from None


def _converted(image: PIL.Image.Image, mode: str | None) -> PIL.Image.Image:
    """In another mode; 16 bits become 8 by their high byte, transparency on white where there is none."""
    if mode is None or image.mode == mode:
        return image
    if image.mode.startswith("I"):
        import numpy as np
        import PIL.Image

        wide = np.asarray(image).astype(np.int64).clip(0, 65535)
        image = PIL.Image.fromarray((wide // 257 if wide.max() > 255 else wide).astype(np.uint8))
    elif image.mode == "F":
        image = image.convert("L")
    elif image.mode == "P" and "transparency" in image.info:
        image = image.convert("RGBA")
    return image if image.mode == mode else image.convert(mode)


def _flat(image: PIL.Image.Image) -> PIL.Image.Image:
    """Without transparency: on white."""
    import PIL.Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        white = PIL.Image.new("RGBA", image.size, "white")
        return PIL.Image.alpha_composite(white, image).convert("RGB")
    return image


def _written_as(image: PIL.Image.Image, mode: str) -> str:
    """Format in which a changed file is kept: its own, or PNG where that cannot be written or has no transparency."""
    own = (image.format or "").lower()
    return own if own in ("png", "webp") or (own == "jpeg" and "A" not in mode) else "png"


def _encoded(image: PIL.Image.Image, file_format: str) -> tuple[bytes, str]:
    """Bytes of a picture, and the format it has: PNG where it is too large for WebP."""
    if file_format == "webp" and max(image.size) > WEBP_LONGEST_SIDE_PX:
        file_format = "png"
    if file_format in ("jpeg", "jpg"):
        file_format = "jpeg"
        image = _flat(image)
        image = image if image.mode in ("L", "RGB", "CMYK") else _converted(image, "RGB")
    elif file_format == "png":
        image = image if image.mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16") else _converted(image, "RGB")
    elif file_format == "webp":
        has_alpha = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
        image = _converted(image, "RGBA" if has_alpha else "RGB")
    buffer = io.BytesIO()
    try:
        image.save(buffer, format=file_format)
    except KeyError:
        raise ValueError(f"Image: format {file_format!r} cannot be written; try 'webp', 'png' or 'jpeg'") from None
    return buffer.getvalue(), file_format


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
    webcam_options: WebcamOptions | dict[str, Any] | None = param(default=None, wire=WebcamOptionsJSON, encode=_webcam)
    placeholder: str | None = None
    watermark: WatermarkOptions | dict[str, Any] | None = param(default=None, wire=None)
    alt_text: str | None = None

    change = event("Another picture is shown, by the user or by an update.")
    input = event("The user gave a picture.")
    clear = event("The user took the picture away.")
    upload = event("The user gave a file.")
    select = event("The user pressed on the picture; the index is (x, y) in its pixels.", payload=dict)
    stream = event("The webcam took another picture.")

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
        for name in ("streaming", "webcam_options"):
            if getattr(self, name):
                warn_once(f"image.{name}", f"{self!r}: {name}= has no effect yet: the page opens no webcam")
        if not self.streaming and self.sources is not None and "webcam" in _sources(self.sources):
            warn_once("image.sources", f"{self!r}: sources=['webcam'] has no effect yet: the page opens no webcam")

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
        file = self._received(payload)
        path = Path(file.path or "")
        if _is_svg(file.orig_name) or _is_svg(path.name) or file.mime_type == "image/svg+xml":
            if self.type == "filepath":
                return str(path)
            raise Error("SVG pictures are not supported here.", print_exception=False)
        with _open(path, self) as image:
            return self._decoded(image, file, path)

    def _decoded(
        self, image: PIL.Image.Image, file: ImageData, path: Path
    ) -> NDArray[np.uint8] | PIL.Image.Image | str:
        from PIL import ImageOps

        if self.type == "filepath":
            is_animated = getattr(image, "is_animated", False)
            if self.image_mode in (None, image.mode) or is_animated or image.format == "GIF":
                return str(path)
        try:
            upright = _converted(ImageOps.exif_transpose(image), self.image_mode)
            upright.load()
        except OSError as error:
            raise Error(f"The picture cannot be read: {error}", print_exception=False) from None
        if self.type == "pil":
            return upright
        if self.type == "filepath":
            content, written = _encoded(upright, _written_as(image, upright.mode))
            return keep_bytes(content, f"{Path(file.orig_name or path.name).stem or 'image'}.{written}")
        import numpy as np

        return np.array(upright)

    def _received(self, payload: Any) -> ImageData:
        """The file that came; one inside a data URL is kept first."""
        if isinstance(payload, dict) and isinstance(payload.get("url"), str) and not payload.get("path"):
            payload = ImageData(**{k: v for k, v in payload.items() if k in ImageData.__dataclass_fields__})
        if isinstance(payload, FileData) and not payload.path and (payload.url or "").startswith("data:"):
            head, found, body = (payload.url or "").partition(",")
            if not found:
                raise WireError(f"{self!r}: the data URL has no data")
            try:
                content = base64.b64decode(body, validate=True) if head.endswith(";base64") else unquote_to_bytes(body)
            except ValueError:
                raise WireError(f"{self!r}: the data URL is not base64") from None
            suffix = head.removeprefix("data:image/").split(";")[0].split("+")[0] or "png"
            name = payload.orig_name or f"image.{suffix}"
            return ImageData(path=keep_bytes(content, name), orig_name=name)
        file = ImageData.from_payload(payload)
        if not file.path:
            raise WireError(f"{self!r}: the file has no path")
        if file.path.startswith(("http:", "https:")):
            raise WireError(f"{self!r}: a picture comes as a file, got the URL {file.path}")
        return file

    def postprocess(self, value: Any) -> ImageData | None:
        """Show an array, PIL image, file or URL; None clears.

        Raises
        ------
        ValueError
            It is something else, or an array that is no picture.
        FileNotFoundError
            There is no such file.
        """
        if value is None:
            return None
        if isinstance(value, dict):
            value = ImageData.from_payload(value)
        if isinstance(value, FileData):
            return ImageData.from_payload(value)
        if isinstance(value, (str, Path)):
            return self._file(str(value))
        image = self._picture(value)
        content, written = _encoded(self._marked(image), self.format.lower())
        return ImageData(path=keep_bytes(content, f"image.{written}"), orig_name=f"image.{written}", size=len(content))

    def _picture(self, value: Any) -> PIL.Image.Image:
        import numpy as np
        import PIL.Image

        if isinstance(value, np.ndarray):
            return _from_array(value, self)
        if isinstance(value, PIL.Image.Image):
            return value
        kind = f"{type_module}." if (type_module := value.__class__.__module__) != "builtins" else ""
        raise ValueError(
            f"{self!r} shows an ndarray, a PIL image, a path or a URL, got {kind}{value.__class__.__name__}"
        )

    def _file(self, path: str) -> ImageData:
        if path.startswith(("http://", "https://", "data:")):
            return ImageData(path=None if path.startswith("data:") else path, url=path)
        found = ImageData.of(path)
        if self._watermark().watermark is None or _is_svg(path):
            return found
        with _open(Path(path), self) as image:
            content, written = _encoded(self._marked(image), _written_as(image, image.mode))
        name = f"{Path(path).stem}.{written}"
        return ImageData(path=keep_bytes(content, name), orig_name=name, size=len(content))

    def _watermark(self) -> WatermarkOptions:
        given = self.watermark
        return WatermarkOptions(**given) if isinstance(given, dict) else given or WatermarkOptions()

    def _marked(self, image: PIL.Image.Image) -> PIL.Image.Image:
        """With the watermark, when there is one."""
        options = self._watermark()
        if options.watermark is None:
            return image
        if isinstance(options.watermark, (str, Path)):
            with _open(Path(options.watermark), self) as opened:
                mark = opened.convert("RGBA")
        else:
            mark = self._picture(options.watermark).convert("RGBA")
        mark.thumbnail((max(image.width - WATERMARK_MARGIN_PX, 1), max(image.height - WATERMARK_MARGIN_PX, 1)))
        if isinstance(options.position, str):
            right, bottom = image.width - mark.width, image.height - mark.height
            x = right - WATERMARK_MARGIN_PX if "right" in options.position else min(WATERMARK_MARGIN_PX, right)
            y = bottom - WATERMARK_MARGIN_PX if "bottom" in options.position else min(WATERMARK_MARGIN_PX, bottom)
            at = (max(x, 0), max(y, 0))
        else:
            at = (int(options.position[0]), int(options.position[1]))
        marked = _converted(image, "RGBA") if image.mode in ("RGBA", "LA", "PA", "P") else _converted(image, "RGB")
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
        return self._grey_pixel().model_dump()

    def example_value(self) -> str:
        """Path of a small picture."""
        return str(self._grey_pixel().path)

    def _grey_pixel(self) -> ImageData:
        """A picture of one grey pixel, in the cache."""
        content = base64.b64decode(_GREY_PIXEL_PNG)
        return ImageData(path=keep_bytes(content, "grey.png"), orig_name="grey.png", mime_type="image/png")


_GREY_PIXEL_PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
