"""Files of this machine, as a tree to choose from."""

from __future__ import annotations

import fnmatch
import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal, TypedDict

from ..declare import KW_ONLY, param
from ..events import event
from ..exceptions import DeclarationError, InvalidPathError, WireError
from ..wire.payloads import RecordList
from .base import Editable, button_names

__all__ = ["FileExplorer", "FileExplorerData"]


class EntryJSON(TypedDict):
    """One line of a folder: a file or a folder, and whether it can be chosen."""

    name: str
    type: Literal["file", "folder"]
    valid: bool


class OutsidePathError(WireError, InvalidPathError):
    """A page names a path that is not inside of the folder."""


class FileExplorerData(RecordList):
    """Chosen paths, each as a list of names."""


def _marked(folder: str | Path) -> str:
    """What tells a folder from others, so that a page lists another one; where it lies is not told."""
    return hashlib.sha256(os.path.abspath(folder).encode()).hexdigest()[:16]


class FileExplorer(Editable):
    """Files of this machine, as a tree to choose from; folders are read when they are opened.

    Parameters
    ----------
    glob : str
        Which files there are to choose, as a pattern of their path: `*` stands for any text, "/" among it.
    value : str, list of str or callable, optional
        What is chosen at first: paths, absolute or from `root_dir`. A function is called once per page load.
    file_count : {"single", "multiple"}
        Whether one can be chosen, or several. A handler gets a path, or a list of paths.
    root_dir : str or Path
        Folder out of which nothing is shown or taken, not by ".." nor by a link.
    ignore_glob : str, optional
        Which files and folders are left out, as a pattern of their path.
    height, max_height, min_height : int, float or str, optional
        In pixels or any CSS length; more lines scroll.
    buttons : list of Button, optional
        Buttons in its corner.

    Examples
    --------
    >>> explorer = FileExplorer("*.py", root_dir=Path(__file__).parent)
    >>> Path(explorer.preprocess([["file_explorer.py"]])[0]).name
    'file_explorer.py'
    >>> explorer.preprocess([["..", "tree.py"]])
    Traceback (most recent call last):
    nbblocks.components.file_explorer.OutsidePathError: FileExplorer(#...): '../tree.py' is not inside of its folder
    """

    data_model: ClassVar[Any] = FileExplorerData
    chunks: ClassVar[tuple[str, ...]] = ("views-files",)

    glob: str = "**/*"
    _: KW_ONLY
    value: str | Sequence[str] | Callable[..., Any] | None = param(default=None, wire=list[list[str]] | None)
    file_count: Literal["single", "multiple"] = "multiple"
    root_dir: str | Path = param(default=".", wire=str, encode=_marked)
    ignore_glob: str | None = None
    height: int | float | str | None = None
    max_height: int | float | str | None = 500
    min_height: int | float | str | None = None
    buttons: Sequence[Any] | None = param(default=None, wire=list[str] | None, encode=button_names)

    change = event("Something else is chosen, by the user or by an update.")
    input = event("The user chose.")
    select = event("The user chose a file, or took it back.", payload=dict)

    def check(self) -> None:
        """Refuse an unknown count; decide where the folder is."""
        super().check()
        if self.file_count not in ("single", "multiple"):
            raise DeclarationError(f"{self!r}: file_count must be 'single' or 'multiple', got {self.file_count!r}")
        self.root_dir = os.path.abspath(self.root_dir)

    server_fns: ClassVar[tuple[str, ...]] = ("ls",)

    @property
    def server_functions(self) -> tuple[Callable[..., Any], ...]:
        """What a page may call: `ls`."""
        return (self.ls,)

    def ls(self, subdirectory: Sequence[str] | None = None) -> list[EntryJSON]:
        """What a folder holds: folders first, each by name.

        Parameters
        ----------
        subdirectory : list of str, optional
            The folder, from `root_dir`; None: that itself.

        Raises
        ------
        WireError
            It is not inside of `root_dir`, or left out by `ignore_glob`.
        """
        folder = self._inside(subdirectory or [])
        try:
            found = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:  # gone meanwhile, not a folder, or not to be read
            return []
        lines: list[EntryJSON] = []
        for entry in found:
            path = os.path.join(folder, entry.name)
            if self._is_ignored(path) or not self._stays_inside(path):
                continue
            is_valid = self._matches(path, self.glob)
            if entry.is_dir():
                lines.append(EntryJSON(name=entry.name, type="folder", valid=is_valid))
            elif is_valid:
                lines.append(EntryJSON(name=entry.name, type="file", valid=True))
        return sorted(lines, key=lambda line: line["type"] == "file")

    def preprocess(self, payload: Any) -> list[str] | str | None:
        """Give the absolute path, or a list of them unless `file_count` is "single".

        Raises
        ------
        WireError
            A path is not inside of `root_dir`, or is left out; or the page sent something else.
        ValueError
            There are several where one can be chosen.
        """
        if payload is None:
            return None
        if not isinstance(payload, (list, tuple)):
            raise WireError(f"{self!r}: expected a list of paths, got {type(payload).__name__}")
        chosen = [self._inside(parts) for parts in payload]
        if self.file_count == "multiple":
            return chosen
        if len(chosen) > 1:
            raise ValueError(f"{self!r}: one file can be chosen, got {len(chosen)}")
        return chosen[0] if chosen else None

    def postprocess(self, value: Any) -> FileExplorerData | None:
        """Choose paths, absolute or from `root_dir`; None chooses none."""
        if value is None:
            return None
        listed = [value] if isinstance(value, (str, Path)) else list(value)
        return FileExplorerData(self._parts(str(one)) for one in listed)

    def _parts(self, path: str) -> list[str]:
        if os.path.isabs(path):
            path = os.path.relpath(path, self.root_dir)
        return [part for part in Path(path).parts if part != "."]

    def _inside(self, parts: Any) -> str:
        """The absolute path of a file from `root_dir`, if it is there to be chosen."""
        if isinstance(parts, str) or not all(isinstance(part, str) for part in parts):
            raise WireError(f"{self!r}: a path is a list of names, got {parts!r}")
        told = "/".join(parts)
        if "\0" in told:
            raise WireError(f"{self!r}: {told!r} is no path")
        path = os.path.normpath(os.path.join(self.root_dir, *parts))
        if not self._stays_inside(path):
            raise OutsidePathError(f"{self!r}: {told!r} is not inside of its folder")
        at = path
        while at != str(self.root_dir):
            if self._is_ignored(at):
                raise WireError(f"{self!r}: {told!r} is left out")
            at = os.path.dirname(at)
        return path

    def _stays_inside(self, path: str) -> bool:
        """Whether neither the path nor where its links lead is out of `root_dir`."""
        for inner, outer in ((path, str(self.root_dir)), (os.path.realpath(path), os.path.realpath(self.root_dir))):
            try:
                if os.path.commonpath([inner, outer]) != outer:
                    return False
            except ValueError:  # on another drive
                return False
        return True

    def _is_ignored(self, path: str) -> bool:
        return self.ignore_glob is not None and self._matches(path, self.ignore_glob)

    def _matches(self, path: str, pattern: str) -> bool:
        """Whether the whole path, or that from `root_dir`, fits a pattern."""
        return fnmatch.fnmatch(path, pattern) or fnmatch.fnmatch(os.path.relpath(path, self.root_dir), pattern)

    def api_info(self) -> dict[str, Any]:
        """A list of paths, each a list of names."""
        return {"items": {"items": {"type": "string"}, "type": "array"}, "type": "array"}

    def example_payload(self) -> list[list[str]]:
        """A path, as a page sends one."""
        return [["folder", "file.txt"]]

    def example_value(self) -> str:
        """A path from `root_dir`."""
        return os.path.join("folder", "file.txt")
