"""A button that takes files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal

from ..declare import KW_ONLY, param
from ..events import event
from ..wire.files import FileData, FileJSON, ListFiles
from .base import Shown
from .button import check_button, picture_of
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

__all__ = ["UploadButton"]


class UploadButton(Shown):
    """A button that takes files.

    Parameters
    ----------
    label : str
        Its caption.
    value : str, Path, list of them or callable, optional
        First file or files: paths or URLs. A function is called once per page load.
    variant : {"primary", "secondary", "stop", "huggingface"}
        How much it stands out.
    size : {"sm", "md", "lg"}
        Its height.
    icon : str or Path, optional
        Picture before the caption: a file or a URL.
    interactive : bool
        Whether it can be pressed.
    type : {"filepath", "binary"}
        What a handler gets: a path, or the content as bytes.
    file_count : {"single", "multiple", "directory"}
        How many a user can give; "directory": all files of a folder. A handler gets a list unless it is one.
    file_types : list of str, optional
        Kinds that are taken: endings such as ".pdf", or "image", "video", "audio", "text", "file"; None: all.

    Examples
    --------
    >>> button = UploadButton("Upload", file_types=["text"], type="binary")
    >>> len(button.preprocess(button.example_payload()))
    7
    """

    chunks: ClassVar[tuple[str, ...]] = ("views-files",)
    has_files: ClassVar[bool] = True
    is_heavy: ClassVar[bool] = True

    label: str | None = "Upload a File"
    value: str | Path | Sequence[str | Path] | Callable[..., Any] | None = param(
        default=None, wire=FileJSON | list[FileJSON] | None
    )
    _: KW_ONLY
    variant: Literal["primary", "secondary", "stop", "huggingface"] = "secondary"
    size: Literal["sm", "md", "lg"] = "lg"
    icon: str | Path | None = param(default=None, wire=dict[str, Any] | None, encode=picture_of)
    interactive: bool = True
    min_width: int | None = None
    type: Literal["filepath", "binary"] = param(default="filepath", wire=None)
    file_count: Literal["single", "multiple", "directory"] = "single"
    file_types: Sequence[str] | None = param(default=None, wire=list[str] | None)

    change = event("Other files are there, by the user or by an update.")
    click = event("The user pressed it.")
    upload = event("The user gave files.")

    def check(self) -> None:
        """Refuse a variant, size, count, kinds or a type that cannot be."""
        super().check()
        check_button(self)
        check_files(self)

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
        """Hold files by path or URL; None holds none.

        Raises
        ------
        FileNotFoundError
            There is no such file.
        """
        return shown_files(self, value)

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
