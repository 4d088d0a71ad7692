"""Files as components take and show them: their kinds, their paths, their schema."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..exceptions import DeclarationError, Error, WireError
from ..wire.files import FILE_DATA_SCHEMA, META_DEFS, FileData, ListFiles, keep_bytes
from ..wire.urls import downloaded, is_url

__all__ = [
    "FILES_SCHEMA",
    "FILE_COUNTS",
    "ONE_FILE_SCHEMA",
    "NamedString",
    "check_files",
    "given_file",
    "received_files",
    "sample_file",
    "shown_file",
    "shown_files",
    "suits",
]

FILE_COUNTS = ("single", "multiple", "directory")

ONE_FILE_SCHEMA: dict[str, Any] = {"$defs": META_DEFS, **FILE_DATA_SCHEMA}
FILES_SCHEMA: dict[str, Any] = {
    "$defs": {"FileData": FILE_DATA_SCHEMA, **META_DEFS},
    "items": {"$ref": "#/$defs/FileData"},
    "type": "array",
}


class NamedString(str):
    """A path that is also its own `name`, for handlers that expect an open file's attribute.

    Examples
    --------
    >>> NamedString("/tmp/a.txt").name
    '/tmp/a.txt'
    """

    __slots__ = ()

    @property
    def name(self) -> str:
        """The path itself."""
        return str(self)


def suits(name: str, kinds: Sequence[str] | None) -> bool:
    """Whether a file is of one of some kinds; None: any is.

    Parameters
    ----------
    name : str
        Its name or path.
    kinds : sequence of str, optional
        Endings such as ".pdf", or kinds such as "image", "video", "audio", "text"; "file" is all.

    Examples
    --------
    >>> suits("cat.PNG", ["image"]), suits("cat.png", [".jpg"]), suits(".jpg", [".jpg"])
    (True, False, False)
    """
    if kinds is None:
        return True
    last = Path(name).name.lower()
    mime_type = mimetypes.guess_type(last)[0] or ""
    return any(
        kind == "file"
        or (kind.startswith(".") and last.endswith(kind.lower()) and len(last) > len(kind))
        or mime_type.startswith(f"{kind}/")
        for kind in kinds
    )


def check_files(component: Any) -> None:
    """Refuse a count, kinds or a type that cannot be.

    Raises
    ------
    DeclarationError
        One of `file_count`, `file_types` and `type` is none that there is.
    """
    if component.file_count not in FILE_COUNTS:
        raise DeclarationError(f"{component!r}: file_count must be one of {FILE_COUNTS}, got {component.file_count!r}")
    if component.file_types is not None and not isinstance(component.file_types, (list, tuple)):
        raise DeclarationError(f"{component!r}: file_types must be a list, got {component.file_types!r}")
    if component.type not in ("filepath", "binary"):
        raise DeclarationError(f"{component!r}: type must be 'filepath' or 'binary', got {component.type!r}")


def received_files(component: object, payload: Any) -> list[FileData]:
    """The files that a page or client sent, one or several.

    Raises
    ------
    Error
        A file cannot be had from the web: the user is told.
    WireError
        It sent something else, or a file that lies nowhere.
    """
    listed = payload if isinstance(payload, (list, tuple)) else [payload]
    files = [FileData.from_payload(one) for one in listed]
    for file in files:
        if not file.path:
            raise WireError(f"{component!r}: the file has no path")
    return [replace(file, path=str(downloaded(str(file.path)))) if is_url(file.path) else file for file in files]


def given_file(component: Any, file: FileData) -> NamedString | bytes:
    """What a handler gets of one file: its path or its content, as `type` says.

    Raises
    ------
    Error
        It is not of the kinds in `file_types`: the user is told.
    """
    path = file.path or ""
    if not suits(path, component.file_types):
        kinds = ", ".join(component.file_types)
        raise Error(f"{Path(path).name} is not of a kind that is taken here: {kinds}.", print_exception=False)
    return Path(path).read_bytes() if component.type == "binary" else NamedString(path)


def shown_file(component: object, value: Any, *, missing_ok: bool = False) -> FileData:
    """A file that a handler returned: a path, a URL, or a file as it came.

    Raises
    ------
    FileNotFoundError
        There is none.
    ValueError
        It is no path.
    """
    if isinstance(value, FileData):
        return value
    if isinstance(value, dict):
        return FileData.from_payload(value)
    if not isinstance(value, (str, Path)):
        raise ValueError(f"{component!r} shows a path or a URL, got {type(value).__name__}")
    if is_url(value):
        return FileData(path=str(value), url=str(value), orig_name=Path(str(value)).name)
    if Path(value).is_dir():
        raise ValueError(f"{component!r} shows files, and {str(value)!r} is a folder; zip it, or list its files")
    return FileData.of(value, missing_ok=missing_ok)


def shown_files(component: object, value: Any) -> FileData | ListFiles | None:
    """One file, several or none."""
    if value is None:
        return None
    if isinstance(value, (list, tuple)):
        return ListFiles(shown_file(component, one) for one in value)
    return shown_file(component, value)


def sample_file() -> FileData:
    """A small text file, in the cache."""
    return FileData.of(keep_bytes(b"sample\n", "sample_file.txt"))
