"""Several files."""

from __future__ import annotations

from typing import ClassVar, Literal

from ..declare import KW_ONLY
from .file import File

__all__ = ["Files"]


class Files(File):
    """Several files: a `File` that takes more than one.

    Parameters
    ----------
    file_count : {"single", "multiple", "directory"}
        How many a user can give.

    Examples
    --------
    >>> Files().file_count
    'multiple'
    """

    is_template: ClassVar[bool] = True

    _: KW_ONLY
    file_count: Literal["single", "multiple", "directory"] = "multiple"
