"""Pictures in and out of text and arrays, by the names under which programs import them from `gradio.image_utils`."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from .components import pictures
from .processing_utils import save_file_to_cache, save_img_array_to_cache, save_pil_to_cache
from .wire.fetch import fetch, is_url
from .wire.files import ImageData

if TYPE_CHECKING:
    import numpy as np
    import PIL.Image
    from numpy.typing import NDArray

__all__ = [
    "crop_scale",
    "decode_base64_to_file",
    "decode_base64_to_image",
    "decode_base64_to_image_array",
    "encode_image_array_to_base64",
    "encode_image_file_to_base64",
    "encode_image_to_base64",
    "extract_svg_content",
    "format_image",
    "open_image",
    "postprocess_image",
    "preprocess_image",
    "save_image",
]


def open_image(orig_img: str | Path) -> PIL.Image.Image:
    """Open a picture, turned as its camera was held.

    Parameters
    ----------
    orig_img : str or Path
        Its path.
    """
    import PIL.Image
    import PIL.ImageOps

    return PIL.ImageOps.exif_transpose(PIL.Image.open(orig_img))


def decode_base64_to_image(encoding: str) -> PIL.Image.Image:
    """A picture from a data URL, or from the text after its comma.

    Parameters
    ----------
    encoding : str
        `data:image/png;base64,…` or only the last part.

    Examples
    --------
    >>> import PIL.Image
    >>> decode_base64_to_image(encode_image_to_base64(PIL.Image.new("RGB", (3, 2)))).size
    (3, 2)
    """
    import PIL.Image
    import PIL.ImageOps

    content = base64.b64decode(re.sub(r"^data:[^,]*,", "", encoding))
    return PIL.ImageOps.exif_transpose(PIL.Image.open(io.BytesIO(content)))


def decode_base64_to_image_array(encoding: str) -> NDArray[np.uint8]:
    """The same, as an array of height, width and channels."""
    import numpy as np

    return np.asarray(decode_base64_to_image(encoding))


def encode_image_to_base64(image: PIL.Image.Image, format: str = "png") -> str:
    """A picture as a data URL.

    Parameters
    ----------
    image : PIL.Image.Image
        The picture.
    format : str
        How it is written: "png", "jpeg", "webp".
    """
    content, _ = pictures.encoded(image, format)
    return f"data:image/{format};base64,{base64.b64encode(content).decode()}"


def encode_image_array_to_base64(image_array: NDArray[Any], format: str = "png") -> str:
    """An array of height, width and channels as a data URL."""
    return encode_image_to_base64(pictures.from_array(image_array, "Image"), format)


def encode_image_file_to_base64(image_file: str | Path, format: str = "png") -> str:
    """The picture in a file as a data URL."""
    return encode_image_to_base64(open_image(image_file), format)


def decode_base64_to_file(encoding: str, cache_dir: str, format: str = "webp") -> str:
    """Write a picture that is text into a cache; its path."""
    return save_image(decode_base64_to_image(encoding), cache_dir, format)


def save_image(y: NDArray[Any] | PIL.Image.Image | str | Path, cache_dir: str, format: str = "webp") -> str:
    """Write a picture into a cache; its path.

    Parameters
    ----------
    y : ndarray, PIL.Image.Image, str or Path
        A file is copied as it is.
    cache_dir : str
        Folder of the cache.
    format : str
        Of the file, where the picture is none yet.
    """
    if isinstance(y, (str, Path)):
        return save_file_to_cache(y, cache_dir)
    picture: Any = y
    if hasattr(y, "getbands"):
        return save_pil_to_cache(picture, cache_dir, format=getattr(y, "format", None) or format)
    if hasattr(y, "dtype"):
        return save_img_array_to_cache(picture, cache_dir, format)
    raise ValueError(f"a picture is an array, one of PIL or a path, got {type(y).__name__}")


def format_image(
    im: PIL.Image.Image | None,
    type: Literal["numpy", "pil", "filepath"],
    cache_dir: str,
    name: str = "image",
    format: str = "webp",
) -> NDArray[np.uint8] | PIL.Image.Image | str | None:
    """Give a picture as a handler asks for it: an array, one of PIL, or the path of a file in a cache."""
    if im is None or type == "pil":
        return im
    if type == "numpy":
        import numpy

        return numpy.array(im)
    if type == "filepath":
        return save_pil_to_cache(im, cache_dir, name, format)
    raise ValueError(f"type={type!r} is not one of 'numpy', 'pil', 'filepath'")


def preprocess_image(
    payload: ImageData | None,
    cache_dir: str,
    format: str,
    image_mode: str | None,
    type: Literal["numpy", "pil", "filepath"],
) -> NDArray[np.uint8] | PIL.Image.Image | str | None:
    """Give what a page sent as a handler asks for it.

    Parameters
    ----------
    image_mode : str or None
        Mode of PIL that it is converted to; None: that of the file.
    """
    if payload is None:
        return None
    if payload.url and payload.url.startswith("data:"):
        picture = decode_base64_to_image(payload.url)
    elif payload.path is None:
        raise ValueError("a picture has a path or a data: URL, got neither")
    else:
        picture = open_image(payload.path)
    if image_mode is not None and picture.mode != image_mode:
        picture = picture.convert(image_mode)
    name = Path(payload.orig_name).stem if payload.orig_name else "image"
    return format_image(picture, type, cache_dir, name, format)


def postprocess_image(
    value: NDArray[Any] | PIL.Image.Image | str | Path | None, cache_dir: str, format: str, watermark: Any = None
) -> ImageData | None:
    """Show what a handler returned: the picture in a cache, for a page.

    Parameters
    ----------
    watermark : WatermarkOptions, optional
        Not drawn here: that is `gr.Image(watermark=…)`.
    """
    if value is None:
        return None
    path = value if isinstance(value, str) and is_url(value) else save_image(value, cache_dir, format)
    return ImageData(path=path, orig_name=Path(path).name)


def crop_scale(img: PIL.Image.Image, final_width: int, final_height: int) -> PIL.Image.Image:
    """Fill a size with the middle of a picture: its longer side is cut, the rest scaled."""
    import PIL.ImageOps

    return PIL.ImageOps.fit(img, (final_width, final_height))


def extract_svg_content(image_file: str | Path) -> str:
    """The text of a drawing in SVG, at a path or an address on the web."""
    path = fetch(str(image_file)) if is_url(str(image_file)) else Path(image_file)
    return path.read_text(encoding="utf-8")
