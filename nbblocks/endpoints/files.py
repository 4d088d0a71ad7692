"""Files as programs see them: by path, among those that the app made, was given or may show."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from ..exceptions import InvalidPathError, WireError
from ..session.expiry import KeptFiles
from ..session.files import Files
from ..wire.fetch import FetchError, fetch, is_url
from ..wire.files import FileData, cache_dir, is_missing
from ..wire.partial import Partial

__all__ = ["ClientFiles", "PublicFiles"]


class PublicFiles:
    """Which paths of this machine a client of an app may name.

    Parameters
    ----------
    allowed, blocked : sequence of str
        Files and folders that may be read besides the app's own, and those that never are.
    max_bytes : int, optional
        Largest file that is fetched for a client.
    kept : KeptFiles, optional
        Told of the files that clients may name, to remove them when they are old.
    shared : str, optional
        A folder in which the processes that serve the app tell each other of those files.
    """

    def __init__(
        self,
        allowed: Sequence[str] = (),
        blocked: Sequence[str] = (),
        max_bytes: int | None = None,
        kept: KeptFiles | None = None,
        shared: str | None = None,
    ) -> None:
        self._kept = kept
        self._shared = Path(shared) if shared else None
        self._allowed = [_real(p) for p in allowed]
        self._blocked = [_real(p) for p in blocked]
        self.max_bytes = max_bytes
        self._known: dict[str, FileData] = {}
        self._lock = threading.Lock()

    def share(self, file: FileData) -> str:
        """From now on clients may name it; gives its path."""
        path = str(_real(str(file.path)))
        with self._lock:
            is_new = path not in self._known
            self._known[path] = replace(file, path=path)
        if self._shared is not None and is_new:
            self._note(path).write_text(json.dumps(asdict(self._known[path])), encoding="utf-8")
        if self._kept is not None:
            self._kept.note(str(file.path))
        return path

    def find(self, path: str, statics: Sequence[str | os.PathLike[str]] = ()) -> FileData:
        """A file that a client named.

        Raises
        ------
        WireError
            It is none that the app made, was given, or allows.
        """
        refused = WireError(f"{path!r} is not a file of this app")
        if not path or "\0" in path or _is_remote(path):
            raise refused
        try:
            real = _real(path)
        except (OSError, ValueError, RuntimeError):
            raise refused from None
        if any(_is_inside(real, blocked) for blocked in self._blocked):
            raise refused
        known = self._known.get(str(real)) or self._of_others(str(real))
        if known is None and any(part.startswith(".") for part in real.parts[1:]) and not self._is_allowed(real):
            raise refused
        if known is None and not self._is_allowed(real) and not any(_is_inside(real, _real(s)) for s in statics):
            raise refused
        if not real.is_file():
            raise refused
        return known or FileData.of(real)

    def check_given(self, path: str | os.PathLike[str]) -> None:
        """Refuse to show a file that a handler gave: a visitor's text may have been taken for its path.

        It must lie in the folder that the app runs in (not below a name with a dot), that of temporary files, or one
        that the author allowed.

        Raises
        ------
        InvalidPathError
            It does not, or it is blocked.
        """
        real = _real(path)
        is_blocked = any(_is_inside(real, blocked) for blocked in self._blocked)
        if not is_blocked and (self._is_allowed(real) or any(_is_inside(real, _real(f)) for f in _own_folders())):
            return
        here = _real(Path.cwd())
        if (
            not is_blocked
            and _is_inside(real, here)
            and not any(p.startswith(".") for p in real.relative_to(here).parts)
        ):
            return
        raise InvalidPathError(
            f"{str(path)!r} is blocked or lies outside of the app's folder and that of temporary files; "
            "launch(allowed_paths=[…]) lets it be shown"
        )

    def _of_others(self, path: str) -> FileData | None:
        """A file that another process let clients name."""
        if self._shared is None:
            return None
        try:
            return FileData(**json.loads(self._note(path).read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None

    def _note(self, path: str) -> Path:
        assert self._shared is not None
        return self._shared / f"file-{hashlib.sha256(path.encode()).hexdigest()}"

    def _is_allowed(self, real: Path) -> bool:
        return any(_is_inside(real, allowed) for allowed in self._allowed)


def _own_folders() -> tuple[Path, ...]:
    """Folders whose files a handler may always give."""
    return cache_dir(), Path(tempfile.gettempdir()), Path(__file__).parent.parent / "media_assets"


def _real(path: str | os.PathLike[str]) -> Path:
    return Path(os.path.realpath(path))


def _is_inside(path: Path, folder: Path) -> bool:
    return path == folder or folder in path.parents


def _is_remote(path: str) -> bool:
    """Whether Windows would read it from another machine, or from a stream of a file."""
    return path.startswith(("\\\\", "//")) or "::$" in path


class ClientFiles(Files):
    """The files of one client's session: told by path and address, taken by path or address.

    Parameters
    ----------
    public : PublicFiles
        What clients of this app may name.
    root : callable
        Address of the app, as this client asks it.
    statics : callable
        Folders that the author made public.
    """

    def __init__(
        self,
        public: PublicFiles,
        root: Callable[[], str],
        shared: Files | None = None,
        statics: Callable[[], Sequence[Any]] = tuple,
    ) -> None:
        super().__init__(None, shared)
        self._public, self._root, self._statics = public, root, statics

    def _file_to_wire(self, file: FileData) -> dict[str, Any]:
        if file.path is None:
            return file.model_dump()
        if is_missing(file):
            return self._addressed(file, file.path)
        self.token_for(file)  # takes it into the cache, when it lies elsewhere
        return self.told(self._paths[self.token_for(file)])

    def shown(self, value: Partial) -> Any:
        """A program gets all of a large value."""
        return value.whole()

    def told(self, file: FileData) -> dict[str, Any]:
        """A file as a client is told of it."""
        return self._addressed(file, self._public.share(file))

    def _addressed(self, file: FileData, path: str) -> dict[str, Any]:
        return file.model_dump() | {"path": path, "url": f"{self._root()}/gradio_api/file={quote(path)}"}

    def from_wire(self, payload: Any) -> Any:
        """A payload with every path and address in it as a file on this machine.

        Raises
        ------
        WireError
            It names a file that is none of this app's.
        """
        if isinstance(payload, Partial):
            return payload
        if isinstance(payload, dict):
            if isinstance(payload.get("path"), str) or is_url(payload.get("url")):
                return self._file(payload)
            return {k: self.from_wire(v) for k, v in payload.items()}
        if isinstance(payload, list):
            return [self.from_wire(v) for v in payload]
        return payload

    def _file(self, payload: dict[str, Any]) -> FileData:
        path = payload.get("path")
        address = path if is_url(path) else payload.get("url") if not path else None
        if is_url(address):
            own = self._own_path(str(address))
            found = self._public.find(own) if own is not None else self._fetched(str(address))
        else:
            found = self._public.find(self._local(str(path)), self._statics())
        data = FileData.from_payload({**payload, "path": found.path})
        return replace(
            data,
            path=found.path,
            url=None,
            orig_name=data.orig_name or found.orig_name,
            size=found.size,
            mime_type=data.mime_type or found.mime_type,
        )

    def _fetched(self, address: str) -> FileData:
        try:
            return FileData.of(fetch(address, self._public.max_bytes))
        except FetchError as error:
            raise WireError(str(error)) from None

    def _local(self, path: str) -> str:
        """A page's token means the file that it names."""
        try:
            return str(self.path_of(path))
        except WireError:
            return path

    def _own_path(self, address: str) -> str | None:
        """The path in an address of this app's own files."""
        prefix = f"{self._root()}/gradio_api/file="
        return unquote(urlsplit(address).path.split("/file=", 1)[1]) if address.startswith(prefix) else None
