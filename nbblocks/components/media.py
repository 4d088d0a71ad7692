"""What sound, video and 3D models share: files that come, are shown, or are shown piece by piece."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..exceptions import WireError
from ..wire.files import FileData
from ..wire.urls import downloaded, is_url

__all__ = ["API_FILE", "chunk_of", "joined", "received", "shown_file"]


def _or_null(kind: str) -> dict[str, Any]:
    return {"anyOf": [{"type": kind}, {"type": "null"}], "default": None}


#: JSON schema of a file that must have a path.
API_FILE: dict[str, Any] = {
    "$defs": {
        "FileDataMeta": {
            "properties": {"_type": {"const": "gradio.FileData", "type": "string"}},
            "required": ["_type"],
            "type": "object",
        }
    },
    "properties": {
        "path": {"type": "string"},
        "url": _or_null("string"),
        "size": _or_null("integer"),
        "orig_name": _or_null("string"),
        "mime_type": _or_null("string"),
        "is_stream": {"default": False, "type": "boolean"},
        "meta": {"$ref": "#/$defs/FileDataMeta"},
    },
    "required": ["path"],
    "type": "object",
}


def shown_file(value: str) -> FileData:
    """A file on this machine, or one at a URL, which the page opens itself; a missing one with a warning."""
    if is_url(value):
        return FileData(path=value, url=value, orig_name=Path(value.partition("?")[0]).name or None)
    if value.startswith("data:"):
        return FileData(url=value)
    return FileData.of(value, missing_ok=True)


def received(payload: Any, where: object, kind: str) -> Path:
    """The file that a page sent, or that is shown; one at a URL is fetched first.

    Raises
    ------
    WireError
        It is none.
    """
    file = FileData.from_payload(payload)
    if not file.path:
        raise WireError(f"{where!r}: the {kind} has no path")
    if is_url(file.path):
        return downloaded(file.path)
    return Path(file.path)


def chunk_of(chunks: Sequence[FileData], name: str) -> FileData | None:
    """A stream so far: a file that still grows, and its pieces."""
    if not chunks:
        return None
    meta = {"_type": "gradio.FileData", "stream": _name_of(chunks), "chunks": list(chunks)}
    return FileData(path=chunks[0].path, orig_name=name, is_stream=True, meta=meta)


def joined(whole: FileData, chunks: Sequence[FileData]) -> FileData:
    """A stream that came to its end: one file, which the page knows to be what it plays."""
    whole.meta = {"_type": "gradio.FileData", "stream": _name_of(chunks)}
    whole.size = Path(whole.path or "").stat().st_size
    return whole


def _name_of(chunks: Sequence[FileData]) -> str:
    """The same for all of a stream, another for another: its first piece, and which object that is."""
    return hashlib.sha256(f"{chunks[0].path}-{id(chunks[0])}".encode()).hexdigest()[:16]
