"""A button that gives a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar, Literal

from ..declare import KW_ONLY, param
from ..events import event
from ..wire.files import FileData, FileJSON
from .base import Shown
from .button import check_button, picture_of
from .file_values import ONE_FILE_SCHEMA, received_files, sample_file, shown_file

__all__ = ["DownloadButton"]


class DownloadButton(Shown):
    """A button that gives a file to download.

    Parameters
    ----------
    label : str
        Its caption.
    value : str, Path or callable, optional
        The file: a path or a URL. A function is called once per page load.
    variant : {"primary", "secondary", "stop", "huggingface"}
        How much it stands out.
    size : {"sm", "md", "lg"}
        Its height.
    icon : str or Path, optional
        Picture before the caption: a file or a URL.
    interactive : bool
        Whether it can be pressed.

    Examples
    --------
    >>> button = DownloadButton("Report")
    >>> button.postprocess(button.example_value()).orig_name
    'sample_file.txt'
    """

    chunks: ClassVar[tuple[str, ...]] = ("views-files",)
    data_model: ClassVar[Any] = FileData
    has_files: ClassVar[bool] = True
    user_props: ClassVar[tuple[str, ...]] = ()

    label: str | None = "Download"
    value: str | Path | Callable[..., Any] | None = param(default=None, wire=FileJSON | None)
    _: KW_ONLY
    variant: Literal["primary", "secondary", "stop", "huggingface"] = "secondary"
    size: Literal["sm", "md", "lg"] = "lg"
    icon: str | Path | None = param(default=None, wire=dict[str, Any] | None, encode=picture_of)
    interactive: bool = True
    min_width: int | None = None

    change = event("Another file is there.")
    click = event("The user pressed it.")

    def check(self) -> None:
        """Refuse an unknown variant or size."""
        super().check()
        check_button(self)

    def preprocess(self, payload: Any) -> str | None:
        """Give the path of the file.

        Raises
        ------
        WireError
            The page sent something else than a file.
        """
        return None if payload is None else received_files(self, payload)[0].path

    def postprocess(self, value: Any) -> FileData | None:
        """Hold a file by path or URL; None holds none."""
        return None if value is None else shown_file(self, value, missing_ok=True)

    def api_info(self) -> dict[str, Any]:
        """A file."""
        return ONE_FILE_SCHEMA

    def example_payload(self) -> dict[str, Any]:
        """A small file, as a page sends one."""
        return sample_file().model_dump()

    def example_value(self) -> str | None:
        """Path of a small file."""
        return sample_file().path
