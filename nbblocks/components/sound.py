"""Sound as files and as arrays.

WAV is read and written here; other kinds by soundfile (https://python-soundfile.readthedocs.io) where it is installed,
else by FFmpeg.
"""

from __future__ import annotations

import importlib.util
import io
import struct
import warnings
import wave
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ..exceptions import Error
from .ffmpeg import ffmpeg, ffmpeg_path, source

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["encoded", "kind_of_bytes", "read_sound", "to_int16", "wav_bytes"]

_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
MAX_CHANNELS = 64  #: of an array with more columns, the rows are the channels


def to_int16(samples: Any, where: object = "Audio") -> NDArray[np.int16]:
    """Samples as 16 bit integers.

    Floats are scaled so that the loudest is at full scale; of integers the full scale of their type is kept. All but
    int16 come with a warning.

    Raises
    ------
    ValueError
        They are booleans, complex, or integers of 64 bits, whose scale nobody can know.

    Examples
    --------
    >>> import numpy as np
    >>> with warnings.catch_warnings(action="ignore"):
    ...     to_int16(np.array([0.0, 0.25, -0.5])).tolist()
    [0, 16383, -32767]
    """
    import numpy as np

    samples = np.asarray(samples)
    kind = samples.dtype
    if kind == np.int16:
        return np.asarray(samples, dtype=np.int16)
    if kind.kind == "f":
        _warn_converted(kind)
        wide = np.nan_to_num(samples.astype(np.float64), nan=0.0, posinf=0.0, neginf=0.0)
        peak = np.abs(wide).max(initial=0.0)
        return np.asarray(wide / peak * 32767 if peak else wide, dtype=np.int16)
    scaled: dict[Any, Any] = {
        np.dtype(np.int32): lambda a: a >> 16,
        np.dtype(np.uint16): lambda a: a.astype(np.int32) - 32768,
        np.dtype(np.uint8): lambda a: a.astype(np.int32) * 257 - 32768,
        np.dtype(np.int8): lambda a: a.astype(np.int16) * 256,
    }
    if kind not in scaled:
        raise ValueError(
            f"{where!r}: samples are int16, int32, uint8, int8, uint16 or floats, got {kind}: "
            "its full scale is not known; convert it, for instance by samples.astype(np.int16)"
        )
    _warn_converted(kind)
    return np.asarray(scaled[kind](samples), dtype=np.int16)


def _warn_converted(kind: Any) -> None:
    warnings.warn(f"sound of {kind} is converted to 16 bit integers", stacklevel=4)


def wav_bytes(rate_hz: int, samples: NDArray[Any], where: object = "Audio") -> bytes:
    """A WAV file of 16 bit samples.

    Parameters
    ----------
    rate_hz : int
        Samples per second.
    samples : ndarray, shape (samples,) or (samples, channels)
        As `to_int16` takes them.

    Raises
    ------
    ValueError
        The array has another shape, or the rate is not one.
    """
    import numpy as np

    samples = to_int16(samples, where)
    if samples.ndim == 2 and samples.shape[1] > MAX_CHANNELS >= samples.shape[0]:
        samples = samples.T
    if samples.ndim not in (1, 2) or (samples.ndim == 2 and not 1 <= samples.shape[1] <= MAX_CHANNELS):
        raise ValueError(f"{where!r}: sound has the shape (samples,) or (samples, channels), got {samples.shape}")
    if not 0 < int(rate_hz) < 1 << 31:
        raise ValueError(f"{where!r}: the sample rate is a positive number of Hz, got {rate_hz!r}")
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as out:
        out.setnchannels(1 if samples.ndim == 1 else samples.shape[1])
        out.setsampwidth(2)
        out.setframerate(int(rate_hz))
        out.writeframes(np.ascontiguousarray(samples.astype("<i2", copy=False)).tobytes())
    return buffer.getvalue()


def encoded(rate_hz: int, samples: NDArray[Any], file_format: str, where: object = "Audio") -> bytes:
    """A file of a sound: "wav", or "mp3" where soundfile or FFmpeg can write it."""
    content = wav_bytes(rate_hz, samples, where)
    if file_format == "wav":
        return content
    if (written := _by_soundfile(content, file_format)) is not None:
        return written
    purpose = f"Writing sound as {file_format}"
    return ffmpeg(purpose, ["-f", "wav", "-i", "pipe:0", "-f", file_format, "pipe:1"], sends=content)


def _by_soundfile(content: bytes, file_format: str) -> bytes | None:
    soundfile = _soundfile()
    if soundfile is None or file_format.upper() not in soundfile.available_formats():
        return None
    samples, rate_hz = soundfile.read(io.BytesIO(content), dtype="int16")
    buffer = io.BytesIO()
    try:
        soundfile.write(buffer, samples, rate_hz, format=file_format.upper())
    except soundfile.SoundFileError:  # a rate or number of channels that the format does not have
        return None
    return buffer.getvalue()


def _soundfile() -> Any:
    if importlib.util.find_spec("soundfile") is None:
        return None
    try:
        import soundfile
    except OSError:  # it is there, the library that it needs is not
        return None
    return soundfile


def read_sound(path: str | Path) -> tuple[int, NDArray[Any]]:
    """Samples of a file.

    Returns
    -------
    rate_hz : int
        Samples per second.
    samples : ndarray, shape (samples,) or (samples, channels)
        int16; of a WAV file int8 or int32 where it has samples of 8, 24 or 32 bits, all at the full scale of the type.

    Raises
    ------
    Error
        It cannot be read: the user is told why.
    FileNotFoundError
        There is no such file.
    """
    path = Path(path)
    with path.open("rb") as file:
        head = file.read(12)
    if head[:4] in (b"RIFF", b"RF64") and head[8:] == b"WAVE":
        found = _read_wav(path.read_bytes())
        if found is not None:
            return found
    soundfile = _soundfile()
    if soundfile is not None:
        try:
            samples, rate_hz = soundfile.read(path, dtype="int16")
        except soundfile.SoundFileError as error:
            if ffmpeg_path() is None:
                raise Error(f"The sound {path.name!r} cannot be read: {error}", print_exception=False) from None
        else:
            return int(rate_hz), samples
    content = ffmpeg(f"Reading the sound {path.name!r}", [*source(path), "-vn", "-c:a", "pcm_s16le", "-f", "wav", "-"])
    found = _read_wav(content)
    if found is None:
        raise Error(f"The sound {path.name!r} cannot be read.", print_exception=False)
    return found


def _read_wav(content: bytes) -> tuple[int, NDArray[Any]] | None:
    """Of a WAV file; None where it holds what is not PCM or floats.

    http://soundfile.sapp.org/doc/WaveFormat
    """
    at, form = 12, None
    while at + 8 <= len(content):
        name, size = struct.unpack_from("<4sI", content, at)
        at += 8
        if name == b"fmt " and size >= 16 and at + 16 <= len(content):
            form = _wav_format(content[at : at + size])
        elif name == b"data" and form is not None:
            kind, channels, rate_hz, bits = form
            # a file that is still written, or came through a pipe, does not know its size
            return _samples(kind, channels, rate_hz, bits, content[at : min(at + size, len(content))])
        at += size + size % 2
    return None


def _wav_format(chunk: bytes) -> tuple[int, int, int, int]:
    kind, channels, rate_hz, _, _, bits = struct.unpack_from("<HHIIHH", chunk)
    if kind == _EXTENSIBLE and len(chunk) >= 26:
        (kind,) = struct.unpack_from("<H", chunk, 24)
    return kind, channels, rate_hz, bits


def _samples(kind: int, channels: int, rate_hz: int, bits: int, data: bytes) -> tuple[int, NDArray[Any]] | None:
    import numpy as np

    width = bits // 8
    if channels < 1 or rate_hz < 1 or (kind, bits) not in _READABLE:
        return None
    data = data[: len(data) // (width * channels) * width * channels]
    samples: NDArray[Any]
    if kind == _FLOAT:
        floats = np.frombuffer(data, f"<f{width}")
        samples = (np.nan_to_num(floats).clip(-1, 1) * 32767).astype(np.int16)
    elif bits == 8:
        samples = (np.frombuffer(data, np.uint8).astype(np.int16) - 128).astype(np.int8)
    elif bits == 24:
        wide = np.zeros((len(data) // 3, 4), np.uint8)
        wide[:, 1:] = np.frombuffer(data, np.uint8).reshape(-1, 3)
        samples = wide.view("<i4")[:, 0]
    else:
        samples = np.frombuffer(data, f"<i{width}").copy()
    return rate_hz, samples if channels == 1 else samples.reshape(-1, channels)


_READABLE = {(_PCM, 8), (_PCM, 16), (_PCM, 24), (_PCM, 32), (_FLOAT, 32), (_FLOAT, 64)}

_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (8, b"WAVE", "wav"),
    (0, b"ID3", "mp3"),
    (0, b"fLaC", "flac"),
    (0, b"OggS", "ogg"),
    (0, b"\x1aE\xdf\xa3", "webm"),
    (4, b"ftyp", "m4a"),
)


def kind_of_bytes(content: bytes) -> Literal["wav", "mp3", "flac", "ogg", "webm", "m4a", "aac"] | None:
    """The kind of a sound by its first bytes; None: another.

    Examples
    --------
    >>> kind_of_bytes(b"RIFF....WAVEfmt ")
    'wav'
    """
    for at, magic, kind in _MAGIC:
        if content[at : at + len(magic)] == magic:
            return kind  # type: ignore[return-value]
    if len(content) > 1 and content[0] == 0xFF and content[1] & 0xE0 == 0xE0:
        return "aac" if content[1] & 0x06 == 0 else "mp3"
    return None
