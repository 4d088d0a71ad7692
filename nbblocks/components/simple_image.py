"""A picture by its file, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from ..declare import KW_ONLY, param
from ..events import event
from ..wire.files import FileData, FileJSON
from .base import Editable
from .file_values import ONE_FILE_SCHEMA, received_files
from .pictures import grey_pixel, of_path

__all__ = ["SimpleImage"]


class SimpleImage(Editable):
    """A picture by its file: it is neither read nor changed on its way to a handler and back.

    Parameters
    ----------
    value : str, Path or callable, optional
        First picture: a path or a URL. A function is called once per page load.
    show_download_button : bool
        Whether it can be downloaded.

    Examples
    --------
    >>> image = SimpleImage()
    >>> Path(image.preprocess(image.postprocess(image.example_value()))).name
    'grey.png'
    """

    chunks: ClassVar[tuple[str, ...]] = ("views-files",)
    data_model: ClassVar[Any] = FileData
    has_files: ClassVar[bool] = True

    value: str | Path | Callable[..., Any] | None = param(default=None, wire=FileJSON | None)
    _: KW_ONLY
    show_download_button: bool = True

    clear = event("The user took the picture away.")
    change = event("Another picture is shown, by the user or by an update.")
    upload = event("The user gave a file.")

    def preprocess(self, payload: Any) -> str | None:
        """Give the path of the file.

        Raises
        ------
        WireError
            The page sent something else than a file.
        """
        return None if payload is None else received_files(self, payload)[0].path

    def postprocess(self, value: Any) -> FileData | None:
        """Show a file by path or URL; None clears."""
        if value is None or isinstance(value, FileData):
            return value
        return FileData.from_payload(value) if isinstance(value, dict) else of_path(str(value))

    def api_info(self) -> dict[str, Any]:
        """A file."""
        return ONE_FILE_SCHEMA

    def example_payload(self) -> dict[str, Any]:
        """A small picture, as a page sends one."""
        return grey_pixel().model_dump()

    def example_value(self) -> str | None:
        """Path of a small picture."""
        return grey_pixel().path
