"""Pictures as arrays, PIL images and files: shared by every component that shows or takes one."""

from __future__ import annotations

import base64
import io
import warnings
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from ..exceptions import Error, WireError
from ..wire.files import FileData, ImageData, keep_bytes
from ..wire.urls import downloaded, is_url

if TYPE_CHECKING:
    import numpy as np
    import PIL.Image
    from numpy.typing import NDArray
    from PIL.PngImagePlugin import PngInfo

__all__ = [
    "TYPES",
    "converted",
    "encoded",
    "from_array",
    "given",
    "grey_pixel",
    "is_svg",
    "kept",
    "of_path",
    "opened",
    "picture",
    "received",
    "shown",
    "texts_of",
    "written_as",
]

TYPES = ("numpy", "pil", "filepath")
WEBP_LONGEST_SIDE_PX = 16383  # https://developers.google.com/speed/webp/faq


def is_svg(name: str | None) -> bool:
    """Whether a file of that name is SVG."""
    return (name or "").lower().endswith((".svg", ".svgz"))


def from_array(array: NDArray[Any], where: object) -> PIL.Image.Image:
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


def opened(source: Path | io.BytesIO, where: object) -> PIL.Image.Image:
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


def converted(image: PIL.Image.Image, mode: str | None) -> PIL.Image.Image:
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


def written_as(image: PIL.Image.Image, mode: str) -> str:
    """Format in which a changed file is kept: its own, or PNG where that cannot be written or has no transparency."""
    own = (image.format or "").lower()
    return own if own in ("png", "webp") or (own == "jpeg" and "A" not in mode) else "png"


def texts_of(image: PIL.Image.Image) -> PngInfo:
    """The texts that a picture carries, as PIL writes them into a PNG."""
    from PIL.PngImagePlugin import PngInfo

    found = PngInfo()
    for name, text in image.info.items():
        if isinstance(name, str) and isinstance(text, str):
            found.add_text(name, text)
    return found


def encoded(image: PIL.Image.Image, file_format: str) -> tuple[bytes, str]:
    """Bytes of a picture, and the format it has: PNG where it is too large for WebP."""
    if file_format == "webp" and max(image.size) > WEBP_LONGEST_SIDE_PX:
        file_format = "png"
    if file_format in ("jpeg", "jpg"):
        file_format = "jpeg"
        image = _flat(image)
        image = image if image.mode in ("L", "RGB", "CMYK") else converted(image, "RGB")
    elif file_format == "png":
        image = image if image.mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16") else converted(image, "RGB")
    elif file_format == "webp":
        has_alpha = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
        image = converted(image, "RGBA" if has_alpha else "RGB")
    # somebody waits for it: five times as fast as Pillow's own choice, and little larger
    more: dict[str, Any] = {"png": {"compress_level": 1, "compress_type": zlib.Z_RLE}, "webp": {"method": 0}}.get(
        file_format, {}
    )
    if file_format == "png":
        more["pnginfo"] = texts_of(image)
    elif file_format in ("gif", "webp") and getattr(image, "n_frames", 1) > 1:
        more["save_all"] = True
    buffer = io.BytesIO()
    try:
        image.save(buffer, format=file_format, **more)
    except KeyError:
        raise ValueError(f"Image: format {file_format!r} cannot be written; try 'webp', 'png' or 'jpeg'") from None
    return buffer.getvalue(), file_format


def picture(value: Any, where: object) -> PIL.Image.Image:
    """An array or PIL image as a PIL image.

    Raises
    ------
    ValueError
        It is something else, or an array that is no picture.
    """
    import numpy as np
    import PIL.Image

    if isinstance(value, np.ndarray):
        return from_array(value, where)
    if isinstance(value, PIL.Image.Image):
        return value
    kind = f"{type_module}." if (type_module := value.__class__.__module__) != "builtins" else ""
    raise ValueError(f"{where!r} shows an ndarray, a PIL image, a path or a URL, got {kind}{value.__class__.__name__}")


def kept(image: PIL.Image.Image, file_format: str, stem: str = "image") -> ImageData:
    """Write a picture into the cache; what a page is told of it."""
    content, written = encoded(image, file_format)
    name = f"{stem}.{written}"
    return ImageData(path=keep_bytes(content, name), orig_name=name, size=len(content))


def shown(value: Any, file_format: str, where: object) -> ImageData | None:
    """What a page is told of a picture that a handler returned: arrays are written to a file, files go as they are.

    Raises
    ------
    ValueError
        It is no picture.
    """
    if value is None:
        return None
    if isinstance(value, (FileData, dict)):
        return ImageData.from_payload(value)
    if isinstance(value, (str, Path)):
        return of_path(str(value))
    return kept(picture(value, where), file_format.lower())


def of_path(path: str) -> ImageData:
    """What a page is told of a picture by its path, URL or data URL."""
    if path.startswith("data:"):
        return ImageData(url=path)
    if is_url(path):
        return ImageData(path=path, url=path)
    return ImageData.of(path, missing_ok=True)


def received(payload: Any, where: object) -> ImageData:
    """The picture that a page or client sent; one inside a data URL is kept first, one on the web fetched.

    Raises
    ------
    Error
        It cannot be had from the web: the user is told.
    WireError
        It sent something else than a file.
    """
    if isinstance(payload, dict) and isinstance(payload.get("url"), str) and not payload.get("path"):
        payload = ImageData(**{k: v for k, v in payload.items() if k in ImageData.__dataclass_fields__})
    if isinstance(payload, FileData) and not payload.path and (payload.url or "").startswith("data:"):
        head, found, body = (payload.url or "").partition(",")
        if not found:
            raise WireError(f"{where!r}: the data URL has no data")
        try:
            content = base64.b64decode(body, validate=True) if head.endswith(";base64") else unquote_to_bytes(body)
        except ValueError:
            raise WireError(f"{where!r}: the data URL is not base64") from None
        suffix = head.removeprefix("data:image/").split(";")[0].split("+")[0] or "png"
        name = payload.orig_name or f"image.{suffix}"
        return ImageData(path=keep_bytes(content, name), orig_name=name)
    file = ImageData.from_payload(payload)
    if not file.path:
        raise WireError(f"{where!r}: the file has no path")
    if is_url(file.path):
        return ImageData(path=str(downloaded(file.path)), orig_name=file.orig_name, mime_type=file.mime_type)
    return file


def given(
    file: ImageData, kind: str, mode: str | None, where: object, *, on_white: bool = False, as_format: str | None = None
) -> NDArray[np.uint8] | PIL.Image.Image | str:
    """What a handler gets of a picture: upright, and with the channels it asks for.

    Parameters
    ----------
    file : ImageData
        The file that came.
    kind : {"numpy", "pil", "filepath"}
        An array, a PIL image, or the path of a file. SVG comes as a path only.
    mode : str or None
        PIL's name of the channels; None: those of the file.
    on_white : bool
        Whether transparency becomes white where `mode` has none; otherwise it is dropped.
    as_format : str, optional
        Format of the file that a path is of; None: the file itself when it has the mode, else its own format.

    Raises
    ------
    Error
        It is no picture, has too many pixels, or is SVG where pixels are wanted: the user is told.
    """
    path = Path(file.path or "")
    if is_svg(file.orig_name) or is_svg(path.name) or file.mime_type == "image/svg+xml":
        if kind == "filepath":
            return str(path)
        raise Error("SVG pictures are not supported here.", print_exception=False)
    with opened(path, where) as image:
        return _decoded(image, file, path, kind, mode, on_white, as_format)


def _decoded(
    image: PIL.Image.Image,
    file: ImageData,
    path: Path,
    kind: str,
    mode: str | None,
    on_white: bool,
    as_format: str | None,
) -> NDArray[np.uint8] | PIL.Image.Image | str:
    from PIL import ImageOps

    if kind == "filepath" and as_format is None:
        is_animated = getattr(image, "is_animated", False)
        if mode in (None, image.mode) or is_animated or image.format == "GIF":
            return str(path)
    try:
        upright = ImageOps.exif_transpose(image)
        if on_white and mode is not None and "A" not in mode:
            upright = _flat(upright)
        upright = converted(upright, mode)
        upright.load()
    except OSError as error:
        raise Error(f"The picture cannot be read: {error}", print_exception=False) from None
    if kind == "pil":
        return upright
    if kind == "filepath":
        file_format = written_as(image, upright.mode) if as_format is None else as_format
        return str(kept(upright, file_format, Path(file.orig_name or path.name).stem or "image").path)
    import numpy as np

    return np.array(upright)


def grey_pixel() -> ImageData:
    """A picture of one grey pixel, in the cache."""
    content = base64.b64decode(_GREY_PIXEL_PNG)
    return ImageData(path=keep_bytes(content, "grey.png"), orig_name="grey.png", mime_type="image/png")


_GREY_PIXEL_PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
