"""Subtitles: of a SubRip, WebVTT or JSON file, or a list, as cues and as WebVTT.

https://developer.mozilla.org/docs/Web/API/WebVTT_API/Web_Video_Text_Tracks_Format
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, TypedDict

from ..exceptions import DeclarationError

__all__ = ["Cue", "cues_of", "web_vtt"]

SUFFIXES = (".srt", ".vtt", ".json")
_ARROW = re.compile(r"^\s*([\d:.,]+)\s*-->\s*([\d:.,]+)")


class Cue(TypedDict):
    """A text and when it is shown, in seconds."""

    start: float
    end: float
    text: str


def cues_of(given: Any, where: object = "subtitles") -> list[Cue]:
    """Cues of a file, or of a list of `{"text": …, "timestamp": [start, end]}`.

    Raises
    ------
    DeclarationError
        It is none of these, or a cue is wrong.

    Examples
    --------
    >>> cues_of([{"text": "Hello", "timestamp": [0, 1.5]}])
    [{'start': 0, 'end': 1.5, 'text': 'Hello'}]
    """
    if isinstance(given, dict):  # a file as it crosses
        given = given.get("path") or given.get("url")
    if isinstance(given, (list, tuple)):
        return [_cue(entry, at, where) for at, entry in enumerate(given)]
    if not isinstance(given, (str, Path)) or Path(given).suffix.lower() not in SUFFIXES:
        raise DeclarationError(
            f"{where!r}: subtitles are a file that ends in {', '.join(SUFFIXES)}, or a list, got {given!r}"
        )
    path = Path(given)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DeclarationError(f"{where!r}: the subtitles {path.name!r} cannot be read: {error}") from None
    if path.suffix.lower() == ".json":
        try:
            listed = json.loads(text)
        except json.JSONDecodeError as error:
            raise DeclarationError(f"{where!r}: {path.name!r} is no JSON: {error}") from None
        if not isinstance(listed, list):
            raise DeclarationError(f"{where!r}: {path.name!r} must hold a list of subtitles")
        return cues_of(listed, where)
    return _parsed(text)


def _cue(entry: Any, at: int, where: object) -> Cue:
    if not isinstance(entry, dict) or "text" not in entry:
        raise DeclarationError(f"{where!r}: subtitle {at} must have a 'text' and a 'timestamp', got {entry!r}")
    times = entry.get("timestamp", [entry["start"], entry["end"]] if {"start", "end"} <= entry.keys() else None)
    if not isinstance(times, (list, tuple)) or len(times) != 2:
        raise DeclarationError(f"{where!r}: subtitle {at} must have a 'timestamp' of [start, end], got {times!r}")
    return {"start": times[0], "end": times[1], "text": str(entry["text"])}


def _parsed(text: str) -> list[Cue]:
    """Cues of SubRip or WebVTT: the two differ in what is passed over here."""
    found: list[Cue] = []
    for paragraph in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = paragraph.strip("\n").split("\n")
        for at, line in enumerate(lines):
            if times := _ARROW.match(line):
                start, end = (_seconds(t) for t in times.groups())
                found.append({"start": start, "end": end, "text": "\n".join(lines[at + 1 :]).strip()})
                break
    return found


def _seconds(stamp: str) -> float:
    """Of `hh:mm:ss.mmm`, `mm:ss,mmm` and the like."""
    seconds = 0.0
    for part in stamp.replace(",", ".").split(":"):
        seconds = seconds * 60 + float(part or 0)
    return round(seconds, 3)


def web_vtt(cues: list[Cue]) -> str:
    """A WebVTT file of cues.

    Examples
    --------
    >>> print(web_vtt([{"start": 0, "end": 61.5, "text": "Hello"}]))
    WEBVTT
    <BLANKLINE>
    00:00:00.000 --> 00:01:01.500
    Hello
    <BLANKLINE>
    """
    paragraphs = ["WEBVTT\n"]
    for cue in cues:
        text = re.sub(r"\n\s*\n", "\n", cue["text"]).replace("-->", "→")
        paragraphs.append(f"{_stamp(cue['start'])} --> {_stamp(cue['end'])}\n{text}\n")
    return "\n".join(paragraphs)


def _stamp(seconds: float) -> str:
    whole_ms = round(float(seconds) * 1000)
    minutes, ms = divmod(whole_ms, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{ms // 1000:02d}.{ms % 1000:03d}"
