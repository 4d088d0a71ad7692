"""Small public helpers that programs for Gradio import from `gradio.utils`."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path
from typing import Any

from .wire.files import cache_dir, set_static_paths

__all__ = [
    "NO_RELOAD",
    "FileSize",
    "MatplotlibBackendMananger",
    "NamedString",
    "colab_check",
    "core_gradio_components",
    "get_space",
    "get_upload_folder",
    "is_in_or_equal",
    "sanitize_value_for_csv",
    "set_static_paths",
]


class FileSize:
    """Bytes in a unit, for `launch(max_file_size=5 * FileSize.MB)`.

    Examples
    --------
    >>> 5 * FileSize.MB
    5242880
    """

    B = 1
    KB = 1 << 10
    MB = 1 << 20
    GB = 1 << 30
    TB = 1 << 40


class NamedString(str):
    """A path that has a `name`, as an open file has.

    Examples
    --------
    >>> NamedString("/tmp/a.txt").name
    '/tmp/a.txt'
    """

    @property
    def name(self) -> str:
        """The path."""
        return str(self)


class _Reloading(int):
    """True the first time that a program runs; a program that is run again in place sets it to False."""

    is_first: bool

    def __new__(cls, is_first: bool) -> _Reloading:
        made = super().__new__(cls, is_first)
        made.is_first = is_first
        return made

    def set(self, value: bool) -> None:
        """Say whether the program runs for the first time."""
        self.is_first = bool(value)

    @property
    def value(self) -> bool:
        """Whether the program runs for the first time."""
        return self.is_first

    def __bool__(self) -> bool:
        return self.is_first


#: `if gr.NO_RELOAD:` guards what is to run once only, however often the file is loaded again.
NO_RELOAD = _Reloading(True)


def colab_check() -> bool:
    """Whether this runs in a notebook of Google Colab."""
    return "google.colab" in sys.modules


def get_space() -> str | None:
    """Name of the hosted space that runs this, None where none does."""
    return os.environ.get("SPACE_ID")


def get_upload_folder() -> str:
    """Folder that holds what was uploaded and made."""
    return str(cache_dir())


def is_in_or_equal(path_1: str | Path, path_2: str | Path) -> bool:
    """Whether a path is another, or lies in it.

    Parameters
    ----------
    path_1 : str or Path
        A file or folder.
    path_2 : str or Path
        A folder, or the same.

    Examples
    --------
    >>> is_in_or_equal("/a/b/c.txt", "/a/b"), is_in_or_equal("/a/b/../c.txt", "/a/b")
    (True, False)
    """
    inner, outer = Path(os.path.abspath(path_1)), Path(os.path.abspath(path_2))
    return inner == outer or outer in inner.parents


def core_gradio_components() -> list[type]:
    """All classes of components and layouts that an app is made from, without those of others.

    Examples
    --------
    >>> sorted(c.__name__ for c in core_gradio_components())[:3]
    ['Accordion', 'AnnotatedImage', 'Audio']
    """
    from . import components, layouts
    from .tree import Block

    found = [*vars(components).values(), *vars(layouts).values()]
    made = {c for c in found if isinstance(c, type) and issubclass(c, Block)}
    return sorted((c for c in made if c.__name__ not in ("Component", "NativePlot")), key=lambda c: c.__name__)


class MatplotlibBackendMananger:
    """While it is entered, matplotlib draws without a window; the name is written as programs import it.

    Examples
    --------
    >>> import matplotlib
    >>> with MatplotlibBackendMananger():
    ...     matplotlib.get_backend().lower()
    'agg'
    """

    def __enter__(self) -> None:
        matplotlib: Any = importlib.import_module("matplotlib")
        self._before: str = matplotlib.get_backend()
        matplotlib.use("agg")

    def __exit__(self, *of_error: object) -> None:
        importlib.import_module("matplotlib").use(self._before)


_FORMULA = ("=", "+", "-", "@", "\t", "\n")


def sanitize_value_for_csv(value: str | float) -> str | float:
    """A value that a spreadsheet does not run as a formula: it gets a quote in front.

    https://owasp.org/www-community/attacks/CSV_Injection

    Parameters
    ----------
    value : str or float
        What goes into the cell.

    Examples
    --------
    >>> sanitize_value_for_csv("=1+1"), sanitize_value_for_csv(-3)
    ("'=1+1", -3)
    """
    if isinstance(value, (int, float)):
        return value
    text = str(value)
    is_risky = text.startswith(_FORMULA) or any(
        f"{delimiter}{sign}" in text for delimiter in (",", ";") for sign in _FORMULA
    )
    return f"'{text}" if is_risky else text
