"""Pictures in and out of text and arrays, by the names under which programs import them from `gradio.image_utils`."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .components import pictures

if TYPE_CHECKING:
    import numpy as np
    import PIL.Image
    from numpy.typing import NDArray

__all__ = [
    "decode_base64_to_image",
    "decode_base64_to_image_array",
    "encode_image_array_to_base64",
    "encode_image_file_to_base64",
    "encode_image_to_base64",
    "open_image",
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
