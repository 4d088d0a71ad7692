"""The one resolver of a session's files: opaque tokens out, paths in, nothing else opened."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..exceptions import WireError
from ..wire.fetch import is_url
from ..wire.files import FileData, cache_dir, cached_path, clean_name, is_missing, is_static, keep_file
from ..wire.partial import Partial
from ..wire.payloads import Model, fields_of
from .expiry import KeptFiles

__all__ = ["Files", "Upload"]

log = logging.getLogger("nbblocks")


class Upload:
    """A file that arrives in chunks."""

    def __init__(self, file: str, name: str, size_bytes: int | None, mime_type: str | None, limit: int | None) -> None:
        if limit is not None and size_bytes is not None and size_bytes > limit:
            raise WireError(f"{name!r} has {size_bytes} bytes; at most {limit} are taken")
        self.name, self.mime_type, self.limit = clean_name(name), mime_type, limit
        self.expected, self.size_bytes, self.next_chunk = size_bytes, 0, 0
        folder = cache_dir() / "uploads"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        unique = hashlib.sha256(f"{file}-{os.urandom(8).hex()}".encode()).hexdigest()[:32]
        self.part = folder / f"{unique}.part"
        self._digest = hashlib.sha256()
        self._out = self.part.open("wb")

    def take(self, chunk: int, data: Any) -> None:
        """Write the next chunk.

        Raises
        ------
        WireError
            It is not the next one, or the file becomes larger than was said or is allowed.
        """
        if chunk != self.next_chunk:
            raise WireError(f"{self.name!r}: chunk {chunk} came, {self.next_chunk} was expected")
        self.size_bytes += len(data)
        if self.expected is not None and self.size_bytes > self.expected:
            raise WireError(f"{self.name!r} is larger than the {self.expected} bytes that were announced")
        if self.limit is not None and self.size_bytes > self.limit:
            raise WireError(f"{self.name!r} is larger than the {self.limit} bytes that are taken")
        self._out.write(data)
        self._digest.update(data)
        self.next_chunk += 1

    def finish(self) -> str:
        """Put it in its place; the path.

        Raises
        ------
        WireError
            Some of it has not come.
        """
        if self.expected is not None and self.size_bytes != self.expected:
            raise WireError(f"{self.name!r}: {self.size_bytes} bytes came, {self.expected} were announced")
        self._out.close()
        target = cached_path(self._digest.hexdigest(), self.name)
        shutil.move(self.part, target)
        return str(target)

    def drop(self) -> None:
        """Remove what has come."""
        self._out.close()
        self.part.unlink(missing_ok=True)


class Files:
    """The files that one session may see.

    Parameters
    ----------
    url_of : callable, optional
        Address of a token, where a page can get it by HTTP.
    shared : Files, optional
        Files of the app, which every session may see.
    kept : KeptFiles, optional
        Told of the app's files, to remove them when they are old.
    """

    def __init__(
        self,
        url_of: Callable[[str], str] | None = None,
        shared: Files | None = None,
        kept: KeptFiles | None = None,
    ) -> None:
        #: Refuses files that a handler may not give to visitors; None: they are shown to who runs the app.
        self.guard: Callable[[Path], None] | None = None
        self._kept: KeptFiles | None = shared._kept if shared is not None else kept
        self._paths: dict[str, FileData] = {}
        self._url_of = url_of
        self._shared = shared
        self.uploads: dict[str, Upload] = {}
        self.uploaded: dict[str, Any] = {}  #: what the page was told of those that ended last

    def token_for(self, file: FileData) -> str:
        """An opaque name of a file that this session's page may now see."""
        path = Path(file.path or "")
        if is_static(path):
            changed = f"{path.resolve()}{path.stat().st_mtime_ns}"
            token = f"{hashlib.sha256(changed.encode()).hexdigest()[:32]}-{clean_name(path.name)}"
        else:
            if path.parent.parent != cache_dir():
                if self._shared is not None and self._shared.guard is not None:
                    self._shared.guard(path)
                path = Path(keep_file(path))
            token = f"{path.parent.name}-{path.name}"
        self._paths[token] = replace(file, path=str(path))
        if self._kept is not None:
            self._kept.note(path, for_ever=self._shared is None)
        return token

    def to_wire(self, value: Any) -> Any:
        """A value with every file in it as a page is told of it."""
        if isinstance(value, FileData):
            return self._file_to_wire(value)
        if isinstance(value, Partial):
            return self.shown(value)
        if isinstance(value, dict):
            return {k: self.to_wire(v) for k, v in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.to_wire(v) for v in value]
        if isinstance(value, Model):  # a model of one's own
            return self.to_wire(fields_of(value))
        return value

    def shown(self, value: Partial) -> Any:
        """A large value: a page gets a part of it."""
        return value.to_page()

    def _file_to_wire(self, file: FileData) -> dict[str, Any]:
        told = file.model_dump()
        told["meta"] = self.to_wire(file.meta)
        if is_missing(file):
            return told | {"path": None, "url": None}
        if file.path is None or is_url(file.path):
            return told  # an address on the web, which the page opens itself
        token = self.token_for(file)
        told["path"] = token
        told["url"] = self._url_of(token) if self._url_of else None
        return told

    def told_of(self, data: Any) -> Any:
        """What an event told, with the path of each file in it as it lies on this machine.

        Raises
        ------
        WireError
            It names a file that this session was not given.
        """
        if isinstance(data, dict):
            meta = data.get("meta")
            if isinstance(meta, dict) and meta.get("_type") == "gradio.FileData" and isinstance(data.get("path"), str):
                return {**data, "path": str(self.path_of(data["path"]))}
            return {k: self.told_of(v) for k, v in data.items()}
        if isinstance(data, list):
            return [self.told_of(v) for v in data]
        return data

    def from_wire(self, payload: Any) -> Any:
        """A payload with every token in it as a file on this machine.

        Raises
        ------
        WireError
            It names a file that this session was not given.
        """
        if isinstance(payload, Partial):
            return payload
        if isinstance(payload, dict):
            if isinstance(payload.get("path"), str):
                if is_url(payload["path"]):
                    return FileData.from_payload(payload)
                return replace(FileData.from_payload(payload), path=str(self.path_of(payload["path"])), url=None)
            return {k: self.from_wire(v) for k, v in payload.items()}
        if isinstance(payload, list):
            return [self.from_wire(v) for v in payload]
        return payload

    def data_of(self, token: str) -> FileData:
        """What is known of a file.

        Raises
        ------
        WireError
            This session was not given it.
        """
        found = self._paths.get(token)
        if found is None and self._shared is not None:
            found = self._shared._paths.get(token)
        if found is None:
            raise WireError("this session has no such file")
        return found

    def path_of(self, token: str) -> Path:
        """Where a file lies; raises as `data_of`."""
        return Path(self.data_of(token).path or "")
