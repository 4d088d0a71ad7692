"""Sound, shown or given."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypedDict

from ..declare import KW_ONLY, param
from ..events import event
from ..exceptions import DeclarationError, WireError
from ..wire.files import FileData, FileJSON, is_missing, keep_bytes
from .base import Editable, button_names
from .media import API_FILE, chunk_of, joined, received, shown_file
from .sound import encoded, kind_of_bytes, read_sound, wav_bytes
from .subtitles import Cue, cues_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Audio", "WaveformOptions"]

SOURCES = ("upload", "microphone")
TYPES = ("numpy", "filepath")
FORMATS = ("wav", "mp3")


@dataclass
class WaveformOptions:
    """How the waveform of a sound is drawn, and played.

    Parameters
    ----------
    waveform_color, waveform_progress_color, trim_region_color : str, optional
        CSS colours of the waveform, of what has been played of it, and of what is kept when it is trimmed; None: those
        of the theme.
    show_recording_waveform : bool
        Whether there is a waveform; False: the browser's own player.
    skip_length : float
        Per cent of the sound that the buttons skip.
    sample_rate : int
        In Hz, of a sound that was trimmed.
    """

    waveform_color: str | None = None
    waveform_progress_color: str | None = None
    trim_region_color: str | None = None
    show_recording_waveform: bool = True
    skip_length: int | float = 5
    sample_rate: int = 44100


class WaveformOptionsJSON(TypedDict):
    """How the waveform of a sound is drawn, and played."""

    waveform_color: str | None
    waveform_progress_color: str | None
    trim_region_color: str | None
    show_recording_waveform: bool
    skip_length: float
    sample_rate: int


def _waveform(given: WaveformOptions | dict[str, Any] | None) -> dict[str, Any]:
    return asdict(WaveformOptions(**given) if isinstance(given, dict) else given or WaveformOptions())


def _sources(given: Sequence[str] | str | None) -> list[str]:
    return [given] if isinstance(given, str) else list(SOURCES if given is None else given)


def _cues(given: Any) -> list[Cue] | None:
    return None if given is None else cues_of(given, "Audio")


class Audio(Editable):
    """A sound, shown or given by upload or microphone.

    Parameters
    ----------
    value : tuple (int, ndarray), str, Path, bytes or callable, optional
        First sound: samples per second and an array of shape (samples,) or (samples, channels), of int16, or of other
        numbers, which are converted; a file, or a URL. A function is called once per page load.
    sources : list of str or str, optional
        From where a sound may come: "upload", "microphone"; None: from both, or of a streaming one from the microphone.
    type : {"numpy", "filepath"}
        What a handler gets: a tuple (samples per second, array), or the path of a file.
    streaming : bool
        As an input: whether the microphone's sound comes piece by piece, to the `stream` event. As an output: whether
        what a generator yields is played one after the other.
    format : {"wav", "mp3"}, optional
        As what an array, and a file of another kind, goes to the page and to a handler that gets a path; None: files
        as they are, arrays as WAV. Kinds other than WAV need soundfile or FFmpeg.
    autoplay : bool
        Whether it plays when it comes; browsers ask that the person has used the page before.
    editable : bool
        Whether a person can trim it, where it is interactive.
    buttons : list of str or Button, optional
        Buttons in its corner: "download", "share", or buttons of your own; None: all of the named.
    waveform_options : WaveformOptions or dict, optional
        How it is drawn.
    loop : bool
        Whether it starts again at its end.
    recording : bool
        Whether the microphone records.
    subtitles : str, Path or list of dict, optional
        Texts shown while it plays: a file (.srt, .vtt, .json), or `[{"text": …, "timestamp": [start, end]}]`, in
        seconds.
    playback_position : float
        Where it plays, in seconds.

    Examples
    --------
    >>> import numpy as np
    >>> shown = Audio().postprocess((8000, np.array([0, 5, -5], np.int16)))
    >>> Audio().preprocess(shown)
    (8000, array([ 0,  5, -5], dtype=int16))
    """

    chunks: ClassVar[tuple[str, ...]] = ("views-player",)
    data_model: ClassVar[Any] = FileData
    has_files: ClassVar[bool] = True
    is_heavy: ClassVar[bool] = True
    user_props: ClassVar[tuple[str, ...]] = ("value", "playback_position", "recording")

    value: Any = param(default=None, wire=FileJSON | None)
    _: KW_ONLY
    sources: Sequence[Literal["upload", "microphone"]] | str | None = param(
        default=None, wire=list[Literal["upload", "microphone"]], encode=_sources
    )
    type: Literal["numpy", "filepath"] = param(default="numpy", wire=None)
    streaming: bool = False
    format: Literal["wav", "mp3"] | None = param(default=None, wire=None)
    autoplay: bool = False
    editable: bool = True
    buttons: Sequence[Any] | None = param(default=None, wire=list[str] | None, encode=button_names)
    waveform_options: WaveformOptions | dict[str, Any] | None = param(
        default=None, wire=WaveformOptionsJSON, encode=_waveform
    )
    loop: bool = False
    recording: bool = False
    subtitles: Any = param(default=None, wire=list[Cue] | None, encode=_cues)
    playback_position: float = 0

    stream = event("The microphone gave another piece of sound.")
    change = event("Another sound is shown, by the user or by an update.")
    clear = event("The user took the sound away.")
    play = event("It plays.")
    pause = event("It was paused.")
    stop = event("It came to its end.")
    start_recording = event("The user started to record.")
    pause_recording = event("The user paused the recording.")
    stop_recording = event("The user ended the recording.")
    upload = event("The user gave a file.")
    input = event("The user gave a sound.")

    told_for_none: ClassVar[dict[str, Any]] = {"buttons": ["download", "share"], "waveform_options": WaveformOptions()}

    def check(self) -> None:
        """Refuse an unknown type, source or format, and streaming without a microphone."""
        super().check()
        if self.type not in TYPES:
            raise DeclarationError(f"{self!r}: type must be one of {TYPES}, got {self.type!r}")
        if self.sources is None:
            self.sources = ["microphone"] if self.streaming else ["upload", "microphone"]
        sources: Any = _sources(self.sources)
        if strange := [s for s in sources if s not in SOURCES]:
            raise DeclarationError(f"{self!r}: sources are some of {SOURCES}, got {strange[0]!r}")
        self.sources = sources
        if self.streaming and "microphone" not in sources:
            raise DeclarationError(f"{self!r}: streaming=True works only with 'microphone' among the sources")
        if self.format is not None:
            lower: Any = str(self.format).lower()
            if lower not in FORMATS:
                raise DeclarationError(f"{self!r}: format must be one of {FORMATS}, got {self.format!r}")
            self.format = lower
        _waveform(self.waveform_options)
        _cues(self.subtitles)

    def preprocess(self, payload: Any) -> tuple[int, NDArray[Any]] | str | None:
        """Give the sound as `type` says.

        Raises
        ------
        Error
            It cannot be read, or not be converted: the user is told.
        WireError
            The page sent something else than a file.
        """
        if payload is None:
            return None
        path = received(payload, self, "audio")
        if self.type == "numpy":
            return read_sound(path)
        if self.format is None or path.suffix.lower() == f".{self.format}":
            return str(path)
        return keep_bytes(encoded(*read_sound(path), self.format, self), f"{path.stem}.{self.format}")

    def postprocess(self, value: Any) -> FileData | None:
        """Show samples, a file or a URL; None clears.

        Raises
        ------
        ValueError
            It is something else, or an array that is no sound.
        """
        if value is None:
            return None
        if isinstance(value, (FileData, dict)):
            return FileData.from_payload(value)
        if isinstance(value, (bytes, bytearray)):
            name = f"audio.{kind_of_bytes(bytes(value)) or self.format or 'wav'}"
            return FileData(path=keep_bytes(bytes(value), name), orig_name=name, size=len(value))
        if isinstance(value, (tuple, list)):
            if len(value) != 2 or not hasattr(value[1], "__len__"):
                raise ValueError(f"{self!r} shows (samples per second, array), got {value!r}")
            name = f"audio.{self.format or 'wav'}"
            content = encoded(value[0], value[1], self.format or "wav", self)
            return FileData(path=keep_bytes(content, name), orig_name=name, size=len(content))
        if not isinstance(value, (str, Path)):
            raise ValueError(
                f"{self!r} shows (samples per second, array), bytes, a path or a URL, got {type(value).__name__}"
            )
        shown = shown_file(str(value))
        suffix = Path((shown.url or shown.path or "").partition("?")[0]).suffix.lower()
        if self.format is None or suffix == f".{self.format}" or is_missing(shown):
            return shown
        path = received(shown, self, "audio")
        content = encoded(*read_sound(path), self.format, self)
        name = f"{path.stem}.{self.format}"
        return FileData(path=keep_bytes(content, name), orig_name=name, size=len(content))

    @property
    def takes_chunks(self) -> bool:
        """Whether what a generator yields is played one after the other."""
        return self.streaming

    def add_chunk(self, value: Any, chunks: list[FileData]) -> FileData | None:
        """Take what a generator yielded as the next piece of a stream."""
        if value is not None:
            piece = self.postprocess(value)
            if piece is None or piece.path is None:
                raise WireError(f"{self!r}: a piece of a stream is a file, samples or bytes")
            chunks.append(piece)
        return chunk_of(chunks, "audio-stream.wav")

    def end_chunks(self, chunks: list[FileData]) -> FileData | None:
        """The whole of a stream as one file."""
        if not chunks:
            return None
        kinds = {Path(c.path or "").suffix for c in chunks}
        if kinds == {".wav"}:
            whole = _joined_wav(chunks)
            if whole is not None:
                kept = FileData(path=keep_bytes(whole, "audio-stream.wav"), orig_name="audio-stream.wav")
                return joined(kept, chunks)
        suffix = (kinds or {".wav"}).pop()
        content = b"".join(Path(c.path or "").read_bytes() for c in chunks)
        name = f"audio-stream{suffix}"
        return joined(FileData(path=keep_bytes(content, name), orig_name=name), chunks)

    def process_example(self, value: Any) -> str:
        """The name of a sound as it stands in a table of examples."""
        if isinstance(value, (str, Path)) and value:
            return Path(value).name
        return "" if value is None else "audio"

    def api_info(self) -> dict[str, Any]:
        """A file."""
        return API_FILE

    def example_payload(self) -> dict[str, Any]:
        """A short sound, as a page sends one."""
        return self._silence().model_dump()

    def example_value(self) -> str:
        """Path of a short sound."""
        return str(self._silence().path)

    def _silence(self) -> FileData:
        """A sound of a quarter of a second, in the cache."""
        return FileData(path=keep_bytes(base64.b64decode(_SILENCE_WAV_HEAD) + bytes(4000), "audio_sample.wav"))


#: Head of a WAV file: 8000 Hz, one channel, 2000 samples of 16 bits.
_SILENCE_WAV_HEAD = "UklGRsQPAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YaAPAAA="


def _joined_wav(chunks: list[FileData]) -> bytes | None:
    """WAV files one after the other; None where they are of different rates or channels."""
    import numpy as np

    read = [read_sound(c.path or "") for c in chunks]
    if len({(rate, samples.shape[1:], samples.dtype) for rate, samples in read}) != 1:
        return None
    return wav_bytes(read[0][0], np.concatenate([samples for _, samples in read]))
