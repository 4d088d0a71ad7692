"""FFmpeg, where it is present: on the path, or brought by the package imageio-ffmpeg.

https://ffmpeg.org/ffmpeg.html
"""

from __future__ import annotations

import functools
import importlib.util
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from ..exceptions import Error

__all__ = ["codecs_of", "duration_of", "ffmpeg", "ffmpeg_path"]

TIMEOUT_S = 3600
_DURATION = re.compile(r"Duration: (\d+):(\d+):([\d.]+)")
_STREAM = re.compile(r"Stream #\S+ (Video|Audio): (\w+)")


@functools.cache
def ffmpeg_path() -> str | None:
    """Where the program is; None: nowhere."""
    found = shutil.which("ffmpeg")
    if found is None and importlib.util.find_spec("imageio_ffmpeg") is not None:
        import imageio_ffmpeg

        try:
            found = str(imageio_ffmpeg.get_ffmpeg_exe())
        except RuntimeError:  # the package has none for this platform
            return None
    return found


def ffmpeg(purpose: str, arguments: Sequence[str | Path], *, sends: bytes | None = None) -> bytes:
    """Run it, without a shell; what it wrote to its standard output.

    Parameters
    ----------
    purpose : str
        What it is needed for, as the message says it: "Reading 'a.mp3'".
    arguments : list of str or Path
        Local files only: the protocols that reach out, or name further files, are shut off.
    sends : bytes, optional
        For its standard input.

    Raises
    ------
    Error
        It is not there, or it failed: the user is told.
    """
    program = ffmpeg_path()
    if program is None:
        raise Error(
            f"{purpose} needs FFmpeg, which is not installed here. "
            "Install it (conda install ffmpeg, apt install ffmpeg, or pip install imageio-ffmpeg).",
            print_exception=False,
        )
    command = [program, "-nostdin", "-v", "error", "-y", *map(str, arguments)]
    try:
        done = subprocess.run(command, input=sends, capture_output=True, timeout=TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired:
        raise Error(f"{purpose} took longer than {TIMEOUT_S} s.", print_exception=False) from None
    if done.returncode != 0:
        reason = done.stderr.decode(errors="replace").strip().splitlines()
        raise Error(f"{purpose} failed: {reason[-1] if reason else done.returncode}", print_exception=False)
    return done.stdout


def source(path: str | Path) -> list[str]:
    """The arguments that name an input file; nothing but this file is read for it."""
    return ["-protocol_whitelist", "file,pipe,crypto,data", "-i", f"file:{path}"]


def codecs_of(path: str | Path) -> dict[str, str]:
    """Codecs of a file's first video and audio track: `{"video": "h264", "audio": "aac"}`.

    Empty where FFmpeg is not there, or cannot read the file.
    """
    program = ffmpeg_path()
    if program is None:
        return {}
    done = subprocess.run([program, "-nostdin", *source(path)], capture_output=True, check=False, timeout=60)
    found: dict[str, str] = {}
    for kind, codec in _STREAM.findall(done.stderr.decode(errors="replace")):
        found.setdefault(kind.lower(), codec)
    return found


def duration_of(path: str | Path) -> float:
    """Seconds that a sound or film lasts.

    Raises
    ------
    Error
        FFmpeg is not there, or cannot read the file.
    """
    program = ffmpeg_path()
    if program is None:
        raise Error("Measuring a file's length needs FFmpeg, which is not installed here.", print_exception=False)
    done = subprocess.run([program, "-nostdin", *source(path)], capture_output=True, check=False, timeout=60)
    found = _DURATION.search(done.stderr.decode(errors="replace"))
    if found is None:
        raise Error(f"{Path(path).name}: its length cannot be told.", print_exception=False)
    hours, minutes, seconds = found.groups()
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)
