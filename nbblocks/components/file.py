"""Files, given by upload or shown to download."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal

from ..declare import KW_ONLY, param
from ..events import event
from ..exceptions import NbblocksWarning
from ..wire.files import FileData, FileJSON, ListFiles
from .base import Editable, button_names
from .file_values import (
    FILES_SCHEMA,
    ONE_FILE_SCHEMA,
    NamedString,
    check_files,
    given_file,
    received_files,
    sample_file,
    shown_files,
)

__all__ = ["File"]


class File(Editable):
    """Files: given by dropping, choosing or pasting them, or shown with their sizes to download.

    Parameters
    ----------
    value : str, Path, list of them or callable, optional
        First file or files: paths or URLs. A function is called once per page load.
    file_count : {"single", "multiple", "directory"}
        How many a user can give; "directory": all files of a folder. A handler gets a list unless it is one.
    file_types : list of str, optional
        Kinds that are taken: endings such as ".pdf", or "image", "video", "audio", "text", "file"; None: all.
    type : {"filepath", "binary"}
        What a handler gets: a path, or the content as bytes.
    height : int, float or str, optional
        Height of the list, in pixels or any CSS length; more files scroll.
    allow_reordering : bool
        Whether a user can change the order of several files, by dragging or by keyboard.
    buttons : list of Button, optional
        Buttons in its corner.

    Examples
    --------
    >>> files = File(file_count="multiple")
    >>> [Path(path).name for path in files.preprocess(files.postprocess([files.example_value()[0]]))]
    ['sample_file.txt']
    """

    chunks: ClassVar[tuple[str, ...]] = ("views-files",)
    has_files: ClassVar[bool] = True
    is_heavy: ClassVar[bool] = True

    value: str | Path | Sequence[str | Path] | Callable[..., Any] | None = param(
        default=None, wire=FileJSON | list[FileJSON] | None
    )
    _: KW_ONLY
    file_count: Literal["single", "multiple", "directory"] = "single"
    file_types: Sequence[str] | None = param(default=None, wire=list[str] | None)
    type: Literal["filepath", "binary"] = param(default="filepath", wire=None)
    height: int | float | str | None = None
    allow_reordering: bool = False
    buttons: Sequence[Any] | None = param(default=None, wire=list[str] | None, encode=button_names)

    change = event("Other files are there, by the user or by an update.")
    select = event("The user chose one of the files in the list.", payload=dict)
    clear = event("The user took all files away.")
    upload = event("The user gave files.")
    delete = event("The user took one file away.", payload=dict)
    download = event("The user downloaded one of the files.", payload=dict)

    def check(self) -> None:
        """Refuse a count, kinds or a type that cannot be."""
        super().check()
        check_files(self)
        if self.file_count == "directory" and self.file_types is not None:
            warnings.warn(
                f"{self!r}: file_types= narrows what a handler gets of a folder, not what can be chosen",
                NbblocksWarning,
                stacklevel=4,
            )

    @property
    def data_model(self) -> Any:
        """A file, or several."""
        return FileData if self.file_count == "single" else ListFiles

    def preprocess(self, payload: Any) -> NamedString | bytes | list[NamedString | bytes] | None:
        """Give the path or content of the file, or a list of them unless `file_count` is "single".

        Raises
        ------
        Error
            A file is not of the kinds in `file_types`: the user is told.
        WireError
            The page sent something else than files.
        """
        if payload is None:
            return None
        files = received_files(self, payload)
        if self.file_count == "single":
            return given_file(self, files[0]) if files else None
        return [given_file(self, file) for file in files]

    def postprocess(self, value: Any) -> FileData | ListFiles | None:
        """Show files by path or URL; None shows none.

        Raises
        ------
        FileNotFoundError
            There is no such file.
        """
        return shown_files(self, value)

    def process_example(self, value: Any) -> str:
        """The names of the files."""
        listed = value if isinstance(value, (list, tuple)) else [] if value is None else [value]
        return ", ".join(Path(str(one)).name for one in listed)

    def api_info(self) -> dict[str, Any]:
        """A file, or a list of them."""
        return ONE_FILE_SCHEMA if self.file_count == "single" else FILES_SCHEMA

    def example_payload(self) -> Any:
        """A small file, as a page sends one."""
        one = sample_file().model_dump()
        return one if self.file_count == "single" else [one]

    def example_value(self) -> Any:
        """Path of a small file."""
        path = sample_file().path
        return path if self.file_count == "single" else [path]
