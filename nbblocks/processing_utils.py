"""Helpers for files and sounds, by the names under which programs for Gradio import them."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .components import Component, pictures
from .components.ffmpeg import ffmpeg_path
from .components.sound import encoded, read_sound, to_int16
from .session.stages import arrived, told
from .wire.fetch import fetch, is_url
from .wire.files import FileData, clean_name
from .wire.payloads import Root, dumped

if TYPE_CHECKING:
    import numpy as np
    import PIL.Image
    from numpy.typing import NDArray

__all__ = [
    "add_root_url",
    "async_move_files_to_cache",
    "audio_from_file",
    "audio_to_file",
    "check_all_files_in_cache",
    "convert_to_16_bit_wav",
    "encode_pil_to_bytes",
    "ffmpeg_installed",
    "hash_base64",
    "hash_bytes",
    "hash_file",
    "save_audio_to_cache",
    "save_base64_to_cache",
    "save_bytes_to_cache",
    "save_file_to_cache",
    "save_img_array_to_cache",
    "save_pil_to_cache",
    "save_url_to_cache",
]


def _kept(content: bytes, name: str, cache_dir: str | os.PathLike[str]) -> str:
    """Write bytes into a folder of a cache named by their hash, unless they are there; the path."""
    folder = Path(cache_dir) / hashlib.sha256(content).hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / clean_name(name)
    if not target.exists():
        target.write_bytes(content)
    return str(target)


def audio_from_file(filename: str, crop_min: float = 0, crop_max: float = 100) -> tuple[int, NDArray[Any]]:
    """Read a sound.

    Parameters
    ----------
    filename : str
        Its path.
    crop_min, crop_max : float
        Where the part that is wanted begins and ends, in percent.

    Returns
    -------
    (int, ndarray)
        Samples a second, and the samples.
    """
    rate_hz, samples = read_sound(filename)
    start, end = (round(len(samples) * percent / 100) for percent in (crop_min, crop_max))
    return rate_hz, samples[start:end]


def audio_to_file(sample_rate: int, data: NDArray[Any], filename: str | os.PathLike[str], format: str = "wav") -> None:
    """Write a sound.

    Parameters
    ----------
    sample_rate : int
        Samples a second.
    data : ndarray
        The samples.
    filename : str
        Path of the file.
    format : str
        Kind of file, such as "wav" or "mp3".
    """
    Path(filename).write_bytes(encoded(sample_rate, data, format))


def convert_to_16_bit_wav(data: NDArray[Any]) -> NDArray[np.int16]:
    """Samples as whole numbers of 16 bits.

    Parameters
    ----------
    data : ndarray
        Samples of any kind.
    """
    return to_int16(data)


def save_audio_to_cache(data: NDArray[Any], sample_rate: int, format: str, cache_dir: str) -> str:
    """Write a sound into a cache; the path.

    Parameters
    ----------
    data : ndarray
        The samples.
    sample_rate : int
        Samples a second.
    format : str
        Kind of file.
    cache_dir : str
        Folder of the cache.
    """
    return _kept(encoded(sample_rate, data, format), f"audio.{format}", cache_dir)


def save_base64_to_cache(base64_encoding: str, cache_dir: str, file_name: str | None = None) -> str:
    """Write what a base64 text or data URL holds into a cache; the path.

    Parameters
    ----------
    base64_encoding : str
        The text.
    cache_dir : str
        Folder of the cache.
    file_name : str, optional
        Name of the file; None: by its kind.
    """
    head, _, data = base64_encoding.rpartition(",")
    kind = head.partition(":")[2].partition(";")[0]
    ending = kind.rpartition("/")[2].partition("+")[0]
    return _kept(base64.b64decode(data), file_name or (f"file.{ending}" if ending else "file"), cache_dir)


def save_file_to_cache(file_path: str | Path, cache_dir: str) -> str:
    """Copy a file into a cache; the path.

    Parameters
    ----------
    file_path : str or Path
        The file.
    cache_dir : str
        Folder of the cache.
    """
    return _kept(Path(file_path).read_bytes(), Path(file_path).name, cache_dir)


def save_pil_to_cache(img: PIL.Image.Image, cache_dir: str, name: str = "image", format: str = "webp") -> str:
    """Write a picture into a cache; the path.

    Parameters
    ----------
    img : PIL.Image.Image
        The picture.
    cache_dir : str
        Folder of the cache.
    name : str
        Name of the file, without its ending.
    format : str
        Kind of file.
    """
    content, ending = pictures.encoded(img, format)
    return _kept(content, f"{name}.{ending.lstrip('.')}", cache_dir)


def save_url_to_cache(url: str, cache_dir: str) -> str:
    """Download a file of the public web into a cache; the path.

    Parameters
    ----------
    url : str
        Its address; one of a private network is refused.
    cache_dir : str
        Folder of the cache.
    """
    return save_file_to_cache(fetch(url), cache_dir)


def save_img_array_to_cache(arr: NDArray[Any], cache_dir: str, format: str = "webp") -> str:
    """Write an array of height, width and channels into a cache as a picture; its path.

    Parameters
    ----------
    arr : ndarray
        The picture.
    cache_dir : str
        The folder of the cache.
    format : str
        How it is written.
    """
    return save_pil_to_cache(pictures.from_array(arr, "Image"), cache_dir, format=format)


def save_bytes_to_cache(data: bytes, file_name: str, cache_dir: str) -> str:
    """Write bytes into a cache by a name; the path.

    Parameters
    ----------
    data : bytes
        The content.
    file_name : str
        The file's name.
    cache_dir : str
        The folder of the cache.
    """
    return _kept(data, file_name, cache_dir)


def encode_pil_to_bytes(pil_image: PIL.Image.Image, format: str = "png") -> bytes:
    """A picture as the bytes of its file."""
    return pictures.encoded(pil_image, format)[0]


def ffmpeg_installed() -> bool:
    """Whether sounds and videos can be converted here."""
    return ffmpeg_path() is not None


def hash_bytes(bytes: bytes) -> str:
    """What two equal contents have in common.

    Examples
    --------
    >>> hash_bytes(b"a") == hash_bytes(b"a") != hash_bytes(b"b")
    True
    """
    return hashlib.sha256(bytes).hexdigest()


def hash_file(file_path: str | Path, chunk_num_blocks: int = 128) -> str:
    """The same of a file's content, read `chunk_num_blocks` blocks of 64 bytes at a time."""
    digest = hashlib.sha256()
    with open(file_path, "rb") as file:
        while chunk := file.read(chunk_num_blocks * digest.block_size):
            digest.update(chunk)
    return digest.hexdigest()


def hash_base64(base64_encoding: str, chunk_num_blocks: int = 128) -> str:
    """The same of a text; `chunk_num_blocks` changes nothing of it."""
    return hash_bytes(base64_encoding.encode())


def move_files_to_cache(
    data: Any,
    block: Any,
    postprocess: bool = False,
    check_in_upload_folder: bool = False,
    keep_in_cache: bool = False,
) -> Any:
    """A payload with every file in it where a server of the app finds it, and with its address.

    Parameters
    ----------
    data : object
        A payload; a model becomes plain JSON.
    block : Component
        Whose it is.
    postprocess : bool
        Whether it goes to a page, which is told addresses; False: it came from one.
    check_in_upload_folder : bool
        Whether only files are taken that were uploaded or made here.
    keep_in_cache : bool
        Nothing is removed from there while the app runs, so it is kept in any case.

    Raises
    ------
    InvalidPathError
        A file is none of the app's.
    """
    has_files = isinstance(block, Component) and (block.has_files or hasattr(block.data_model, "model_fields"))
    if isinstance(data, Root) or not has_files:
        return data
    return told(arrived(dumped(data), not check_in_upload_folder), "", with_address=postprocess)


async def async_move_files_to_cache(
    data: Any,
    block: Any,
    postprocess: bool = False,
    check_in_upload_folder: bool = False,
    keep_in_cache: bool = False,
) -> Any:
    """`move_files_to_cache`, in a thread."""
    return await asyncio.to_thread(move_files_to_cache, data, block, postprocess, check_in_upload_folder, keep_in_cache)


def check_all_files_in_cache(data: Any) -> None:
    """Refuse a payload with a file that was neither uploaded nor made here.

    Raises
    ------
    InvalidPathError
        There is one.
    """
    arrived(dumped(data), False)


def add_root_url(data: Any, root_url: str, previous_root_url: str | None) -> Any:
    """A payload in which the address of each file begins with that of the server.

    Parameters
    ----------
    root_url : str
        Address of the server.
    previous_root_url : str, optional
        What the addresses begin with now; None: nothing.

    Examples
    --------
    >>> file = {"path": "a", "url": "/gradio_api/file=a", "meta": {"_type": "gradio.FileData"}}
    >>> add_root_url([file], "https://example.org", None)[0]["url"]
    'https://example.org/gradio_api/file=a'
    """
    if isinstance(data, dict):
        url = data.get("url")
        if FileData.is_file_data(data) and isinstance(url, str):
            if previous_root_url and url.startswith(previous_root_url):
                url = url[len(previous_root_url) :]
            return {**data, "url": url if is_url(url) else f"{root_url}{url}"}
        return {k: add_root_url(v, root_url, previous_root_url) for k, v in data.items()}
    return [add_root_url(v, root_url, previous_root_url) for v in data] if isinstance(data, (list, tuple)) else data
