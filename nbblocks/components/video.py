"""A film, shown or given."""

from __future__ import annotations

import math
import tempfile
import warnings
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, ClassVar, Literal

from ..declare import KW_ONLY, param
from ..events import event
from ..exceptions import DeclarationError, NbblocksWarning, WireError, warn_once
from ..wire.files import FileData, FileJSON, is_missing, keep_bytes, keep_file
from .base import Editable, button_names
from .ffmpeg import codecs_of, ffmpeg, ffmpeg_path, source
from .image import WatermarkOptions, WebcamOptions, WebcamOptionsJSON
from .media import API_FILE, chunk_of, joined, received, shown_file
from .subtitles import Cue, cues_of

__all__ = ["Video"]

SOURCES = ("upload", "webcam")
WATERMARK_SUFFIXES = (".png", ".jpg", ".jpeg")
WATERMARK_MARGIN_PX = 5
#: What browsers play: https://developer.mozilla.org/docs/Web/Media/Guides/Formats/Video_codecs
PLAYABLE = {
    ".mp4": {"h264", "av1", "vp9"},
    ".m4v": {"h264"},
    ".mov": {"h264"},
    ".webm": {"vp8", "vp9", "av1"},
    ".ogg": {"theora"},
    ".ogv": {"theora"},
}
_MP4 = ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac", "-movflags", "+faststart"]
_EVEN = "scale=trunc(iw/2)*2:trunc(ih/2)*2"  # H.264 has no odd sizes
RECORDED = "recorded"  #: how the page names what a webcam gave


def _sources(given: Sequence[str] | str | None) -> list[str]:
    return [given] if isinstance(given, str) else list(SOURCES if given is None else given)


def _webcam(given: WebcamOptions | dict[str, Any] | None) -> dict[str, Any]:
    return asdict(WebcamOptions(**given) if isinstance(given, dict) else given or WebcamOptions())


def _cues(given: Any) -> list[Cue] | None:
    return None if given is None else cues_of(given, "Video")


class Video(Editable):
    """A film, shown or given by upload or webcam.

    Parameters
    ----------
    value : str, Path or callable, optional
        First film: a file, or a URL. A function is called once per page load.
    format : str, optional
        Suffix of the files that a page and a handler get, such as "mp4"; others are converted, which needs FFmpeg.
        None: they stay as they are.
    sources : list of str or str, optional
        From where a film may come: "upload", "webcam"; None: from both.
    height, width : int or str, optional
        In pixels, or any CSS length; the film keeps its proportions.
    webcam_options : WebcamOptions or dict, optional
        How the webcam is used. With the webcam as the only source, what is recorded is mirrored as it is seen.
    include_audio : bool, optional
        Whether a handler gets its sound, and the webcam records it; None: unless the webcam is the only source.
    autoplay : bool
        Whether it plays when it comes; browsers ask that the person has used the page before.
    buttons : list of str or Button, optional
        Buttons in its corner: "download", "share", or buttons of your own; None: "download".
    loop : bool
        Whether it starts again at its end.
    streaming : bool
        Whether what a generator yields is played one after the other: MP4, WebM or, where FFmpeg is there, TS files.
    watermark : WatermarkOptions, str or Path, optional
        A picture, PNG or JPEG, put onto every film that is shown; needs FFmpeg.
    subtitles : str, Path or list of dict, optional
        Texts shown while it plays: a file (.srt, .vtt, .json), or `[{"text": …, "timestamp": [start, end]}]`, in
        seconds.
    playback_position : float
        Where it plays, in seconds.

    Examples
    --------
    >>> Video().postprocess("https://example.org/film.mp4").path
    'https://example.org/film.mp4'
    """

    chunks: ClassVar[tuple[str, ...]] = ("views-player",)
    data_model: ClassVar[Any] = FileData
    has_files: ClassVar[bool] = True
    is_heavy: ClassVar[bool] = True
    user_props: ClassVar[tuple[str, ...]] = ("value", "playback_position")
    extra_props: ClassVar[dict[str, Any]] = {"can_trim": bool}

    value: Any = param(default=None, wire=FileJSON | None)
    _: KW_ONLY
    format: str | None = None
    sources: Sequence[Literal["upload", "webcam"]] | str | None = param(
        default=None, wire=list[Literal["upload", "webcam"]], encode=_sources
    )
    height: int | str | None = None
    width: int | str | None = None
    webcam_options: WebcamOptions | dict[str, Any] | None = param(default=None, wire=WebcamOptionsJSON, encode=_webcam)
    include_audio: bool | None = None
    autoplay: bool = False
    buttons: Sequence[Any] | None = param(default=None, wire=list[str] | None, encode=button_names)
    loop: bool = False
    streaming: bool = False
    watermark: WatermarkOptions | dict[str, Any] | str | Path | None = param(default=None, wire=None)
    subtitles: Any = param(default=None, wire=list[Cue] | None, encode=_cues)
    playback_position: float = 0

    change = event("Another film is shown, by the user or by an update.")
    clear = event("The user took the film away.")
    start_recording = event("The user started to record.")
    stop_recording = event("The user ended the recording.")
    stop = event("It came to its end.")
    play = event("It plays.")
    pause = event("It was paused.")
    end = event("It came to its end.")
    upload = event("The user gave a file.")
    input = event("The user gave a film.")

    told_for_none: ClassVar[dict[str, Any]] = {"buttons": ["download"], "webcam_options": WebcamOptions()}

    def check(self) -> None:
        """Refuse an unknown source; decide whether there is sound."""
        super().check()
        sources: Any = _sources(self.sources)
        self.sources = sources
        if strange := [s for s in sources if s not in SOURCES]:
            raise DeclarationError(f"{self!r}: sources are some of {SOURCES}, got {strange[0]!r}")
        if self.include_audio is None:
            self.include_audio = "upload" in sources
        if not isinstance(self.watermark, WatermarkOptions):
            given = self.watermark
            self.watermark = WatermarkOptions(**given) if isinstance(given, dict) else WatermarkOptions(given)
        _cues(self.subtitles)

    def wire_props(self, names: Any = None) -> dict[str, Any]:
        """Synced properties, and whether it can be trimmed: that needs FFmpeg."""
        props = super().wire_props(names)
        return {**props, "can_trim": ffmpeg_path() is not None} if names is None or "sources" in names else props

    @property
    def server_functions(self) -> list[Callable[..., Any]]:
        """What the page may ask of it."""
        return [self.trim]

    def trim(self, film: FileData, start_s: float, end_s: float) -> FileData:
        """Cut a film; the page's user asks for it.

        Raises
        ------
        Error
            It cannot be cut: the user is told.
        """
        path = received(film, self, "video")
        start, length = max(float(start_s), 0.0), float(end_s) - max(float(start_s), 0.0)
        if not 0 < length < math.inf:
            raise WireError(f"{self!r}: from {start_s} to {end_s} s there is nothing")
        suffix = path.suffix.lower() or ".mp4"
        inputs = ["-ss", f"{start:.3f}", *source(path), "-t", f"{length:.3f}"]
        return FileData.of(self._converted(path, inputs, _for_suffix(suffix), suffix))

    # --- from the page

    def preprocess(self, payload: Any) -> str | None:
        """Give the path of the film, converted as `format` and `include_audio` say.

        Raises
        ------
        Error
            It cannot be converted: the user is told.
        WireError
            The page sent something else than a file.
        """
        if payload is None:
            return None
        path = received(payload, self, "video")
        suffix = path.suffix.lower()
        wanted = f".{self.format.lower()}" if self.format else suffix
        is_recorded = path.stem == RECORDED  # the page has seen to the sound and the mirroring
        is_muted = not self.include_audio and not is_recorded and self._has_sound(path)
        if wanted == suffix and not is_muted:
            return str(path)
        options = ["-an"] if is_muted else []
        options += _for_suffix(wanted) if wanted != suffix else ["-c:v", "copy"]
        return self._converted(path, [*source(path)], options, wanted)

    def _has_sound(self, path: Path) -> bool:
        if ffmpeg_path() is None:
            warn_once(
                "Video.include_audio",
                f"{self!r}: include_audio=False needs FFmpeg to take the sound out of uploads; they keep it",
            )
            return False
        return "audio" in codecs_of(path)

    def _converted(self, path: Path, inputs: list[str], options: list[str], suffix: str) -> str:
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / f"{path.stem}{suffix}"
            ffmpeg(f"Converting the video {path.name!r} to {suffix[1:]}", [*inputs, *options, f"file:{out}"])
            return keep_file(out)

    # --- to the page

    def postprocess(self, value: Any) -> FileData | None:
        """Show a file or a URL; None clears.

        What browsers cannot play is converted where FFmpeg is there.

        Raises
        ------
        ValueError
            It is something else.
        """
        if value is None or (isinstance(value, (tuple, list)) and all(v is None for v in value)):
            return None
        if isinstance(value, (FileData, dict)):
            return FileData.from_payload(value)
        if not isinstance(value, (str, Path)):
            raise ValueError(f"{self!r} shows a path or a URL, got {type(value).__name__}")
        shown = shown_file(str(value))
        if is_missing(shown):
            return shown
        mark = self._mark()
        suffix = Path((shown.url or shown.path or "").partition("?")[0]).suffix.lower()
        wanted = f".{self.format.lower()}" if self.format else suffix
        if mark is None and wanted == suffix and (shown.url or self._is_playable(shown.path or "")):
            return shown
        path = received(shown, self, "video")
        if wanted == suffix and mark is None:
            wanted = ".mp4"
        inputs, options = [*source(path)], _for_suffix(wanted)
        if mark is not None:
            overlay = f"overlay={_place(self._options().position)},{_EVEN}"
            inputs += ["-i", f"file:{mark}"]
            options = ["-filter_complex", overlay, *[o for o in options if o not in ("-vf", _EVEN)]]
        return FileData.of(self._converted(path, inputs, options, wanted))

    def _is_playable(self, path: str) -> bool:
        """True also where nobody can tell."""
        codec = codecs_of(path).get("video")
        suffix = Path(path).suffix.lower()
        if codec is None or codec in PLAYABLE.get(suffix, {codec} if suffix in (".ts", ".m3u8") else ()):
            return True
        warnings.warn(
            f"{self!r}: browsers do not play {codec} in {suffix or 'such a file'}; it is converted to MP4",
            NbblocksWarning,
            stacklevel=3,
        )
        return False

    def _options(self) -> WatermarkOptions:
        given = self.watermark
        return given if isinstance(given, WatermarkOptions) else WatermarkOptions()

    def _mark(self) -> Path | None:
        mark = self._options().watermark
        if mark is None:
            return None
        if not isinstance(mark, (str, Path)) or Path(mark).suffix.lower() not in WATERMARK_SUFFIXES:
            raise ValueError(f"{self!r}: a video's watermark is a file that ends in {', '.join(WATERMARK_SUFFIXES)}")
        return Path(mark)

    # --- a stream

    @property
    def takes_chunks(self) -> bool:
        """Whether what a generator yields is played one after the other."""
        return self.streaming

    def add_chunk(self, value: Any, chunks: list[FileData]) -> FileData | None:
        """Take what a generator yielded as the next piece of a stream."""
        if value is not None:
            piece = FileData.of(value) if isinstance(value, (str, Path)) else FileData.from_payload(value)
            if Path(piece.path or "").suffix.lower() == ".ts":
                path = Path(piece.path or "")
                with tempfile.TemporaryDirectory() as folder:
                    out = Path(folder) / f"{path.stem}.mp4"
                    purpose = f"Playing the video {path.name!r}, which browsers cannot,"
                    ffmpeg(purpose, [*source(path), "-c", "copy", "-movflags", "+faststart", f"file:{out}"])
                    piece = FileData.of(keep_file(out))
            chunks.append(piece)
        return chunk_of(chunks, "video-stream.mp4")

    def end_chunks(self, chunks: list[FileData]) -> FileData | None:
        """The whole of a stream as one file, where FFmpeg is there; else its last piece."""
        if not chunks:
            return None
        whole = chunks[-1].path or ""
        if len(chunks) > 1 and ffmpeg_path() is not None:
            with tempfile.TemporaryDirectory() as folder:
                listed = Path(folder) / "list.txt"
                paths = [str(Path(c.path or "").resolve()).replace("'", r"'\''") for c in chunks]
                listed.write_text("".join(f"file '{p}'\n" for p in paths), encoding="utf-8")
                out = Path(folder) / f"video-stream{Path(whole).suffix}"
                arguments = ["-f", "concat", "-safe", "0", "-i", str(listed), "-c", "copy", f"file:{out}"]
                ffmpeg("Joining the pieces of a video", arguments)
                whole = keep_file(out)
        return joined(FileData(path=whole, orig_name=Path(whole).name), chunks)

    def process_example(self, value: Any) -> FileData | None:
        """A film as it stands in a table of examples."""
        return self.postprocess(value)

    def api_info(self) -> dict[str, Any]:
        """A file."""
        return API_FILE

    def example_payload(self) -> dict[str, Any]:
        """A short film, as a page sends one."""
        return self._black().model_dump()

    def example_value(self) -> str:
        """Path of a short film."""
        return str(self._black().path)

    def _black(self) -> FileData:
        """A black film of a moment, in the cache."""
        content = Path(__file__).with_name("black.mp4").read_bytes()
        return FileData(path=keep_bytes(content, "black.mp4"), orig_name="black.mp4", mime_type="video/mp4")


def _for_suffix(suffix: str) -> list[str]:
    return ["-vf", _EVEN, *_MP4] if suffix in (".mp4", ".m4v", ".mov") else []


def _place(position: Any) -> str:
    """Where FFmpeg's `overlay` puts a picture."""
    if isinstance(position, (tuple, list)):
        return f"{int(position[0])}:{int(position[1])}"
    x = WATERMARK_MARGIN_PX if "left" in position else f"W-w-{WATERMARK_MARGIN_PX}"
    y = WATERMARK_MARGIN_PX if "top" in position else f"H-h-{WATERMARK_MARGIN_PX}"
    return f"{x}:{y}"
