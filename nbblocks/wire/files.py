"""Files as they cross: what a page is told of one, and where its bytes lie here."""

from __future__ import annotations

import hashlib
import mimetypes
import os
import re
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypedDict

from ..exceptions import NbblocksWarning, WireError
from .payloads import Model, RecordList, selected

if TYPE_CHECKING:
    from typing_extensions import Self

__all__ = [
    "FILE_DATA_SCHEMA",
    "FILE_SCHEMA",
    "META_DEFS",
    "FileData",
    "FileJSON",
    "ImageData",
    "InputHTMLAttributes",
    "ListFiles",
    "as_files",
    "cache_dir",
    "cached_path",
    "clean_name",
    "copied",
    "folder_name",
    "is_missing",
    "is_static",
    "keep_bytes",
    "keep_file",
    "set_static_paths",
    "static_paths",
]


@dataclass
class InputHTMLAttributes:
    """Further attributes of a text field's element; None: as the browser has it.

    https://html.spec.whatwg.org/multipage/interaction.html#input-modalities:-the-inputmode-attribute

    Examples
    --------
    >>> InputHTMLAttributes(spellcheck=False).spellcheck
    False
    """

    autocapitalize: Literal["off", "none", "on", "sentences", "words", "characters"] | None = None
    autocorrect: Literal["on", "off"] | None = None
    spellcheck: bool | None = None
    autocomplete: str | None = None
    tabindex: int | None = None
    enterkeyhint: Literal["enter", "done", "go", "next", "previous", "search", "send"] | None = None
    lang: str | None = None


@dataclass
class FileData(Model):
    """A file.

    Parameters
    ----------
    path : str or None
        Where it lies, on this machine; a page gets an opaque token in its place.
    url : str, optional
        Where a page gets it, when a server of ours can be reached.
    size : int, optional
        In bytes.
    orig_name : str, optional
        What the user calls it.
    mime_type : str, optional
        Its kind.
    is_stream : bool
        Whether it still grows.
    meta : dict
        Marks it as a file in JSON.
    """

    path: str | None = None
    url: str | None = None
    size: int | None = None
    orig_name: str | None = None
    mime_type: str | None = None
    is_stream: bool = False
    meta: dict[str, Any] = field(default_factory=lambda: {"_type": "gradio.FileData"})

    @classmethod
    def of(cls, path: str | os.PathLike[str], orig_name: str | None = None, *, missing_ok: bool = False) -> Self:
        """What there is to say of a file on this machine.

        Parameters
        ----------
        path : str or path
            Where it lies.
        orig_name : str, optional
            What the user calls it; else as it is called here.
        missing_ok : bool
            Where there is none, warn and tell of one without a size: one lost picture does not keep an app
            from starting, and a page shows that it is not there.

        Raises
        ------
        FileNotFoundError
            There is none, and that is not allowed.
        """
        found = Path(path)
        name = orig_name or found.name
        try:
            size = found.stat().st_size
        except FileNotFoundError:
            if not missing_ok:
                raise
            size = None
            warnings.warn(f"there is no file {str(path)!r}: a page shows nothing for it", NbblocksWarning, stacklevel=3)
        return cls(
            path=str(found),
            size=size,
            orig_name=name,
            mime_type=mimetypes.guess_type(name)[0],
        )

    @classmethod
    def from_payload(cls, payload: Any) -> Self:
        """From what a page or client sent.

        Raises
        ------
        WireError
            It is no file.
        """
        if isinstance(payload, cls):
            return payload
        if isinstance(payload, FileData):
            payload = payload.model_dump()
        if not isinstance(payload, dict) or not isinstance(payload.get("path"), str):
            raise WireError(f"expected a file ({{'path': …}}), got {type(payload).__name__}")
        known = {k: payload[k] for k in cls.__dataclass_fields__ if k in payload}
        return cls(**known)

    @classmethod
    def from_path(cls, path: str) -> Self:
        """A file by where it lies.

        Parameters
        ----------
        path : str
            It need not be there yet.
        """
        return cls(path=path)

    @classmethod
    def is_file_data(cls, value: Any) -> bool:
        """Whether a payload is a file.

        Examples
        --------
        >>> FileData.is_file_data({"path": "a.txt", "meta": {"_type": "gradio.FileData"}}), FileData.is_file_data("a")
        (True, False)
        """
        if isinstance(value, FileData):
            return True
        return isinstance(value, dict) and isinstance(value.get("path"), str) and _is_marked(value.get("meta"))

    @property
    def is_none(self) -> bool:
        """Whether there is no file: neither a path nor an address."""
        return self.path is None and self.url is None

    @classmethod
    def model_validate(cls, payload: Any) -> Self:
        """From JSON.

        Raises
        ------
        ValueError
            It is no file.
        """
        if isinstance(payload, dict) and isinstance(payload.get("url"), str) and payload.get("path") is None:
            return cls(**{k: payload[k] for k in cls.__dataclass_fields__ if k in payload})
        try:
            return cls.from_payload(payload)
        except WireError as error:
            raise ValueError(str(error)) from None

    @classmethod
    def model_json_schema(cls, **_: Any) -> dict[str, Any]:
        """JSON schema of a file."""
        return {"$defs": META_DEFS, **FILE_DATA_SCHEMA}

    def model_dump(self, **how: Any) -> dict[str, Any]:
        """As JSON; `how` is as that of other models."""
        told = {name: getattr(self, name) for name in self.__dataclass_fields__}
        told["meta"] = dict(self.meta)
        return selected(told, **how) if how else told


def _is_marked(meta: Any) -> bool:
    return isinstance(meta, dict) and meta.get("_type") == "gradio.FileData"


def is_missing(file: FileData) -> bool:
    """Whether it lies on this machine by its path, and is not there.

    Examples
    --------
    >>> is_missing(FileData(path="no/such.png")), is_missing(FileData(path="https://example.org/a.png"))
    (True, False)
    """
    path = file.path
    return path is not None and not path.startswith(("http://", "https://")) and not os.path.exists(path)


def cache_dir() -> Path:
    """Where files made or received lie: `NBBLOCKS_TEMP_DIR`, `GRADIO_TEMP_DIR`, or the system's own."""
    given = os.environ.get("NBBLOCKS_TEMP_DIR") or os.environ.get("GRADIO_TEMP_DIR")
    user = os.getuid() if hasattr(os, "getuid") else "user"
    return Path(given) if given else Path(tempfile.gettempdir()) / f"nbblocks-{user}"


_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def clean_name(name: str, limit: int = 120) -> str:
    """A file name that is one on every platform: no folders, control characters, streams or device names.

    Examples
    --------
    >>> clean_name("../../etc/passwd")
    'passwd'
    >>> clean_name("a:b?.txt")
    'a_b_.txt'
    """
    last = re.split(r"[\\/]", name)[-1]
    kept = re.sub(r"[\x00-\x1f\x7f<>:\"|?*]", "_", last).strip(" .")
    if not re.search(r"\w", kept):
        kept = "file"
    if _RESERVED.match(kept):
        kept = "_" + kept
    stem, suffix = os.path.splitext(kept)
    while len((stem + suffix).encode()) > limit and stem:
        stem = stem[:-1]
    return (stem + suffix)[:limit]


def folder_name(label: str, otherwise: str = "folder") -> str:
    """A label as the name of one folder, nowhere else than where it is put.

    Examples
    --------
    >>> folder_name("My pictures/.."), folder_name("../")
    ('My pictures', 'folder')
    """
    kept = re.sub(r"[\\/]", "", label).strip(" .")
    return clean_name(kept) if kept else otherwise


def cached_path(digest: str, name: str) -> Path:
    """The place of a file of that content and name in the cache; its folder is there."""
    folder = cache_dir() / digest[:32]
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / clean_name(name)


def _write_once(target: Path, write: Callable[[Path], object]) -> str:
    """Make a file whose name tells its content, unless it is there; nobody sees a part of it."""
    if not target.exists():
        part = target.with_name(f".{os.urandom(6).hex()}.part")
        try:
            write(part)
            part.replace(target)
        except OSError:  # the disk is full: nothing is left of it
            part.unlink(missing_ok=True)
            raise
    return str(target)


_static: list[Path] = []


def set_static_paths(paths: str | Path | list[str | Path]) -> None:
    """Serve files from where they lie, without a copy; for all apps of this process, in place of what was set before.

    Parameters
    ----------
    paths : str, Path or list of them
        Files, or folders: every file in them can then be read by whoever sees an app.

    Examples
    --------
    >>> set_static_paths(["assets/"])
    >>> is_static("assets/logo.png"), is_static("other/logo.png")
    (True, False)
    >>> set_static_paths([])
    """
    given = [paths] if isinstance(paths, (str, Path)) else list(paths)
    _static[:] = [Path(p).expanduser().resolve() for p in given]


def static_paths() -> list[Path]:
    """Files and folders that are served from where they lie: one list, which `set_static_paths` fills anew."""
    return _static


def is_static(path: str | os.PathLike[str]) -> bool:
    """Whether a file is served from where it lies."""
    found = Path(path).resolve()
    return any(found == p or p in found.parents for p in _static)


def keep_bytes(content: bytes, name: str) -> str:
    """Write bytes into the cache, in a folder named by their hash; the path."""
    target = cached_path(hashlib.sha256(content).hexdigest(), name)
    return _write_once(target, lambda part: part.write_bytes(content))


def keep_file(path: str | os.PathLike[str]) -> str:
    """Copy a file into the cache, in a folder named by its content's hash; the path."""
    source = Path(path)
    return _write_once(cached_path(_digest(source), source.name), lambda part: shutil.copyfile(source, part))


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as f:
        while block := f.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def as_files(payload: Any) -> Any:
    """A payload in which everything that looks like a file is one.

    Examples
    --------
    >>> as_files([{"path": "cat.png"}])[0].path
    'cat.png'
    """
    if isinstance(payload, dict):
        if isinstance(payload.get("path"), str):
            return FileData.from_payload(payload)
        return {k: as_files(v) for k, v in payload.items()}
    return [as_files(v) for v in payload] if isinstance(payload, (list, tuple)) else payload


def copied(payload: Any, folder: Path, as_files: bool = False) -> Any:
    """A payload as plain JSON, its files copied into a folder, each into one named by its content.

    Parameters
    ----------
    as_files : bool
        Whether a dict with a `path` is a file as well; only where nobody else can name one.
    """
    if isinstance(payload, dict) and as_files and isinstance(payload.get("path"), str):
        payload = FileData.from_payload(payload)
    if isinstance(payload, FileData):
        if payload.path is None or payload.path.startswith(("http://", "https://")):
            return payload.model_dump()
        source = Path(payload.path)
        target = folder / _digest(source)[:20] / clean_name(payload.orig_name or source.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        _write_once(target, lambda part: shutil.copyfile(source, part))
        return {**payload.model_dump(), "path": str(target), "url": None}
    if isinstance(payload, dict):
        return {k: copied(v, folder, as_files) for k, v in payload.items()}
    return [copied(v, folder, as_files) for v in payload] if isinstance(payload, (list, tuple)) else payload


class ImageData(FileData):
    """A picture: a file that a browser can show.

    Examples
    --------
    >>> ImageData(path="/tmp/cat.png").orig_name is None
    True
    """

    @classmethod
    def model_json_schema(cls, **_: Any) -> dict[str, Any]:
        """JSON schema of a picture, which may also be an address."""
        return dict(FILE_SCHEMA)


class ListFiles(RecordList):
    """Several files.

    Examples
    --------
    >>> [f.path for f in ListFiles([{"path": "a.txt"}])]
    ['a.txt']
    """

    kinds: ClassVar[tuple[type[Any], ...]] = (FileData,)

    def __init__(self, root: Iterable[Any]) -> None:
        super().__init__(root)

    @classmethod
    def model_json_schema(cls, **_: Any) -> dict[str, Any]:
        """JSON schema of a list of files."""
        defs = {"FileData": FILE_DATA_SCHEMA, **META_DEFS}
        return {"$defs": defs, "items": {"$ref": "#/$defs/FileData"}, "type": "array"}


class FileJSON(TypedDict, total=False):
    """A file as it crosses; `path` is an opaque token."""

    path: str | None
    url: str | None
    size: int | None
    orig_name: str | None
    mime_type: str | None
    is_stream: bool
    meta: dict[str, Any]


def _or_null(kind: str) -> dict[str, Any]:
    return {"anyOf": [{"type": kind}, {"type": "null"}], "default": None}


_TOLD: dict[str, Any] = {
    "url": _or_null("string"),
    "size": _or_null("integer"),
    "orig_name": _or_null("string"),
    "mime_type": _or_null("string"),
    "is_stream": {"default": False, "type": "boolean"},
}

#: JSON schema of a picture in an API, which may also be an address.
FILE_SCHEMA: dict[str, Any] = {
    "properties": {
        "path": _or_null("string"),
        **_TOLD,
        "meta": {"additionalProperties": True, "default": {"_type": "gradio.FileData"}, "type": "object"},
    },
    "type": "object",
}
#: JSON schema of a file on this machine, in an API; its `meta` is defined by `META_DEFS`.
FILE_DATA_SCHEMA: dict[str, Any] = {
    "properties": {"path": {"type": "string"}, **_TOLD, "meta": {"$ref": "#/$defs/FileDataMeta"}},
    "required": ["path"],
    "type": "object",
}
META_DEFS: dict[str, Any] = {
    "FileDataMeta": {
        "properties": {"_type": {"const": "gradio.FileData", "type": "string"}},
        "required": ["_type"],
        "type": "object",
    }
}
