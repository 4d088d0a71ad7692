"""Helpers for files and sounds, by the names under which programs for Gradio import them."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .blocks import Blocks
from .components import Component, pictures
from .components.ffmpeg import codecs_of, duration_of, ffmpeg, ffmpeg_path, source
from .components.sound import encoded, kind_of_bytes, read_sound, to_int16
from .components.video import PLAYABLE
from .context import LocalContext
from .endpoints import PublicFiles
from .exceptions import Error
from .session.stages import arrived, told
from .wire.fetch import FetchError, fetch, is_public, is_url
from .wire.files import FileData, clean_name, is_static
from .wire.payloads import Root, dumped

if TYPE_CHECKING:
    import numpy as np
    import PIL.Image
    from numpy.typing import NDArray

__all__ = [
    "add_root_url",
    "async_move_files_to_cache",
    "async_ssrf_protected_download",
    "audio_from_file",
    "audio_is_playable",
    "audio_to_file",
    "check_all_files_in_cache",
    "convert_audio_to_playable",
    "convert_to_16_bit_audio",
    "convert_to_16_bit_wav",
    "convert_video_to_playable_mp4",
    "detect_audio_format",
    "encode_pil_to_bytes",
    "encode_plot_to_base64",
    "extract_base64_data",
    "ffmpeg_installed",
    "get_pil_exif_bytes",
    "get_pil_metadata",
    "get_video_length",
    "hash_base64",
    "hash_bytes",
    "hash_file",
    "hash_url",
    "is_public_ip",
    "move_files_to_cache",
    "move_resource_to_block_cache",
    "resize_and_crop",
    "save_audio_to_cache",
    "save_base64_to_cache",
    "save_bytes_to_cache",
    "save_file_to_cache",
    "save_img_array_to_cache",
    "save_pil_to_cache",
    "save_url_to_cache",
    "ssrf_protected_download",
    "to_binary",
    "video_is_playable",
]

#: Codecs that browsers play, by how the file's name ends.
_HEARD = {
    ".wav": {"pcm_s16le", "pcm_s24le", "pcm_f32le", "pcm_u8"},
    ".mp3": {"mp3"},
    ".m4a": {"aac"},
    ".m4b": {"aac"},
    ".mp4": {"aac", "mp3"},
    ".aac": {"aac"},
    ".flac": {"flac"},
    ".ogg": {"vorbis", "opus", "flac"},
    ".oga": {"vorbis", "opus", "flac"},
    ".opus": {"opus"},
    ".webm": {"vorbis", "opus"},
    ".weba": {"vorbis", "opus"},
}

#: The file in which such a codec is kept when the one it came in is none that browsers open.
_HOMES = {"aac": ".m4a", "mp3": ".mp3", "flac": ".flac", "vorbis": ".ogg", "opus": ".ogg"}


def _placed(digest: str, name: str, cache_dir: str | os.PathLike[str], write: Callable[[Path], object]) -> str:
    """A file of a cache, in a folder named by its content's hash; a writer that fails leaves nothing there."""
    target = Path(cache_dir) / digest / clean_name(name)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        target.touch()  # what removes old files is told that this one is wanted
        return str(target)
    handle, part = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=target.suffix)
    os.close(handle)
    try:
        write(Path(part))
        os.replace(part, target)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    return str(target)


def _kept(content: bytes, name: str, cache_dir: str | os.PathLike[str]) -> str:
    """Write bytes into a cache, unless they are there; the path."""
    return _placed(hash_bytes(content), name, cache_dir, lambda path: path.write_bytes(content))


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


def convert_to_16_bit_audio(data: NDArray[Any]) -> NDArray[np.int16]:
    """Samples as whole numbers of 16 bits.

    Parameters
    ----------
    data : ndarray
        Samples of any kind.
    """
    return to_int16(data)


convert_to_16_bit_wav = convert_to_16_bit_audio  #: its former name


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
    return _placed(hash_file(file_path), Path(file_path).name, cache_dir, lambda path: shutil.copy2(file_path, path))


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


def ssrf_protected_download(url: str, cache_dir: str) -> str:
    """`save_url_to_cache`, with a ValueError where the address is refused or does not answer.

    Raises
    ------
    ValueError
        The file is not on the public web, or cannot be had.
    """
    try:
        return save_url_to_cache(url, cache_dir)
    except FetchError as error:
        raise ValueError(str(error)) from error


async def async_ssrf_protected_download(url: str, cache_dir: str) -> str:
    """The same, in a thread."""
    return await asyncio.to_thread(ssrf_protected_download, url, cache_dir)


def is_public_ip(ip: str) -> bool:
    """Whether an IP address is one of the public internet.

    Examples
    --------
    >>> is_public_ip("8.8.8.8"), is_public_ip("10.0.0.1")
    (True, False)
    """
    return is_public(ip)


def move_resource_to_block_cache(url_or_file_path: str | Path | None, block: Any) -> str | None:
    """Take a file or an address into the app's cache; its path there, None of None.

    Parameters
    ----------
    url_or_file_path : str or Path, optional
        The file.
    block : Component
        Whose it is; each has the same cache.
    """
    if url_or_file_path is None:
        return None
    from .utils import get_upload_folder

    given, folder = str(url_or_file_path), get_upload_folder()
    return save_url_to_cache(given, folder) if is_url(given) else save_file_to_cache(given, folder)


def to_binary(x: str | dict[str, Any]) -> bytes:
    """The bytes that a data URL, or a dict with one as its `data`, holds.

    Examples
    --------
    >>> to_binary("data:text/plain;base64,aGk=")
    b'hi'
    """
    text = x["data"] if isinstance(x, dict) else x
    return base64.b64decode(extract_base64_data(str(text)))


def extract_base64_data(x: str) -> str:
    """What follows the head of a data URL; another text as it is.

    Examples
    --------
    >>> extract_base64_data("data:image/png;base64,AAAA")
    'AAAA'
    """
    return x.rpartition("base64,")[2]


def encode_plot_to_base64(plt: Any, format: str = "png") -> str:
    """A drawing of matplotlib as a data URL.

    Parameters
    ----------
    plt : Figure or module
        Whatever has a `savefig`.
    format : str
        Kind of picture.
    """
    import io

    buffer = io.BytesIO()
    plt.savefig(buffer, format=format or "png")
    kind = {"jpg": "jpeg", "svg": "svg+xml"}.get(format, format or "png")
    return f"data:image/{kind};base64,{base64.b64encode(buffer.getvalue()).decode()}"


def get_pil_exif_bytes(pil_image: PIL.Image.Image) -> bytes | None:
    """What the camera wrote into a picture, as bytes; None: nothing."""
    return pil_image.info.get("exif")


def get_pil_metadata(pil_image: PIL.Image.Image) -> Any:
    """The texts in a picture, as `PIL.Image.Image.save(pnginfo=…)` takes them."""
    return pictures.texts_of(pil_image)


def resize_and_crop(
    img: PIL.Image.Image, size: tuple[int | None, int | None], crop_type: str = "center"
) -> PIL.Image.Image:
    """A picture of a size, filled: what sticks out is cut off.

    Parameters
    ----------
    img : PIL.Image.Image
        The picture.
    size : (int, int)
        Width and height in pixels; None: as it is.
    crop_type : str
        "center", or "top" to keep the upper left.

    Raises
    ------
    ValueError
        There is no such `crop_type`.

    Examples
    --------
    >>> import PIL.Image
    >>> resize_and_crop(PIL.Image.new("L", (40, 20)), (10, 10)).size
    (10, 10)
    """
    from PIL import ImageOps

    centers = {"center": (0.5, 0.5), "top": (0.0, 0.0)}
    if crop_type not in centers:
        raise ValueError(f"resize_and_crop: crop_type is one of {tuple(centers)}, got {crop_type!r}")
    return ImageOps.fit(img, (size[0] or img.width, size[1] or img.height), centering=centers[crop_type])


def detect_audio_format(data: bytes) -> str:
    """How the name of a sound ends, by its first bytes; "" where they say nothing.

    Examples
    --------
    >>> detect_audio_format(b"fLaC" + bytes(8)), detect_audio_format(b"")
    ('.flac', '')
    """
    kind = kind_of_bytes(data) if len(data) >= 4 else None  # two bytes of ones begin other things too
    return f".{kind}" if kind else ""


def _plays(path: str, kind: str, tables: dict[str, Any]) -> bool:
    codec = codecs_of(path).get(kind)
    return codec is None or codec in tables.get(Path(path).suffix.lower(), ())


def audio_is_playable(audio_filepath: str) -> bool:
    """Whether browsers play a sound; True where nobody can tell."""
    return _plays(audio_filepath, "audio", _HEARD)


def video_is_playable(video_filepath: str) -> bool:
    """Whether browsers play a film; True where nobody can tell."""
    return _plays(video_filepath, "video", PLAYABLE)


def convert_audio_to_playable(audio_path: str, cache_dir: str) -> str:
    """A sound as browsers play it: only the file around it is changed where that will do, else it becomes WAV.

    Parameters
    ----------
    audio_path : str
        The sound; it stays as it is.
    cache_dir : str
        Folder of the cache.

    Returns
    -------
    str
        Path of the new file; `audio_path` where it cannot be converted.
    """
    codec = codecs_of(audio_path).get("audio", "")
    home = _HOMES.get(codec, ".wav")
    return _rewritten(audio_path, cache_dir, home, ["-vn", "-c:a", "copy" if codec in _HOMES else "pcm_s16le"])


def convert_video_to_playable_mp4(video_path: str, cache_dir: str | None = None) -> str:
    """A film as an MP4 that browsers play; its tracks are kept where they can be in one.

    Parameters
    ----------
    video_path : str
        The film; it stays as it is.
    cache_dir : str, optional
        Folder of the cache; None: the app's.

    Returns
    -------
    str
        Path of the new file; `video_path` where it cannot be converted.
    """
    from .utils import get_upload_folder

    codecs = codecs_of(video_path)
    picture = ["copy"] if codecs.get("video") == "h264" else ["libx264", "-pix_fmt", "yuv420p"]
    sound = "copy" if codecs.get("audio") in ("aac", "mp3") else "aac"
    if len(picture) > 1:  # H.264 in 4:2:0 has sides of even length
        picture += ["-vf", "scale=trunc(iw/2)*2:trunc(ih/2)*2"]
    tracks = ["-map", "0:v:0", "-map", "0:a:0?", "-c:v", *picture, "-c:a", sound, "-movflags", "+faststart"]
    return _rewritten(video_path, cache_dir or get_upload_folder(), ".mp4", tracks)


def _rewritten(path: str, cache_dir: str, suffix: str, options: list[str]) -> str:
    """What FFmpeg makes of a file, in a cache; the file itself where it fails."""
    given = Path(path)
    Path(cache_dir).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / f"{given.stem}{suffix}"
        try:
            ffmpeg(f"Converting {given.name!r} to {suffix[1:]}", [*source(path), *options, f"file:{out}"])
        except Error:
            return path
        return save_file_to_cache(out, cache_dir)


def get_video_length(video_path: str | Path) -> float:
    """Seconds that a film lasts."""
    return duration_of(video_path)


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


def hash_url(url: str) -> str:
    """The same of an address."""
    return hash_bytes(url.encode())


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
    block : Component or Blocks
        Whose it is. Once the app has been launched, its `allowed_paths` and `blocked_paths` hold.
    postprocess : bool
        Whether it goes to a page, which is told addresses; False: it came from one.
    check_in_upload_folder : bool
        Whether only files are taken that were uploaded or made here.
    keep_in_cache : bool
        Nothing is removed from there while the app runs, so it is kept in any case.

    Raises
    ------
    InvalidPathError
        A file is none of the app's, or lies where it may not show any.
    """
    has_none = isinstance(block, Component) and not (block.has_files or hasattr(block.data_model, "model_fields"))
    if isinstance(data, Root) or has_none:
        return data
    found = arrived(dumped(data), not check_in_upload_folder)
    app = LocalContext.blocks.get(None) or (block if isinstance(block, Blocks) else None)
    if app is not None and app.has_launched:
        _check_given(found, PublicFiles(app.allowed_paths, app.blocked_paths))
    return told(found, "", with_address=postprocess)


def _check_given(value: Any, public: PublicFiles) -> None:
    """Refuse files that a running app may not show."""
    if isinstance(value, FileData):
        if value.path and not (is_url(value.path) or is_static(value.path)):
            public.check_given(value.path)
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            _check_given(item, public)


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
