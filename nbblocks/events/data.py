"""What an event tells its handler, besides the inputs."""

from __future__ import annotations

from typing import Any

from ..tree import Block
from ..wire.files import FileData
from .injected import Injected

__all__ = [
    "CopyData",
    "DeletedFileData",
    "DownloadData",
    "EditData",
    "EventData",
    "KeyUpData",
    "LikeData",
    "RetryData",
    "SelectData",
    "UndoData",
]


class EventData(Injected):
    """An event, given to a handler that has a parameter with this annotation.

    Parameters
    ----------
    target : Block or None
        The block on which it happened; None for the page itself.
    _data : dict, optional
        What the page told; its keys can be read as attributes.

    Examples
    --------
    >>> EventData(None, {"x": 3}).x
    3
    """

    def __init__(self, target: Block | None, _data: Any = None) -> None:
        self.target = target
        self._data = _data

    def __getattr__(self, name: str) -> Any:
        data = self.__dict__.get("_data")
        if isinstance(data, dict) and name in data:
            return data[name]
        raise AttributeError(f"{type(self).__name__} has no {name!r}; the event told {data!r}")

    def __repr__(self) -> str:
        return f"{type(self).__name__}(target={self.target!r}, data={self._data!r})"


def _part(data: Any, name: str, default: Any = None) -> Any:
    return data.get(name, default) if isinstance(data, dict) else default


class _PartData(EventData):
    """It happened at a part of the block: its `index` and `value`."""

    def __init__(self, target: Block | None, data: Any) -> None:
        super().__init__(target, data)
        self.index: int | tuple[int, int] = _part(data, "index")
        self.value: Any = _part(data, "value")


class SelectData(_PartData):
    """A part of a component was selected: a choice, a cell, a stretch of text, a point of an image.

    Attributes
    ----------
    index : int or list of int
        Where: a position, `[row, column]`, `[x, y]` or `[start, end]`.
    value : object
        What stands there.
    selected : bool
        False when it was deselected.
    row_value, col_value : list
        Values of the row and column, in a table.
    """

    def __init__(self, target: Block | None, data: Any) -> None:
        super().__init__(target, data)
        self.row_value: list[Any] | None = _part(data, "row_value")
        self.col_value: list[Any] | None = _part(data, "col_value")
        self.selected: bool = _part(data, "selected", True)


class KeyUpData(EventData):
    """A key went up: its `key`, and the `input_value` at that moment."""

    def __init__(self, target: Block | None, data: Any) -> None:
        super().__init__(target, data)
        self.key: str = _part(data, "key")
        self.input_value: str = _part(data, "input_value")


class LikeData(_PartData):
    """A message was liked or not: its `index` and `value`, `liked` (a bool, or the option's text)."""

    def __init__(self, target: Block | None, data: Any) -> None:
        super().__init__(target, data)
        self.liked: bool | str = _part(data, "liked", True)


class RetryData(_PartData):
    """A message is to be answered again: its `index` and `value`."""


class UndoData(_PartData):
    """A message is to be taken back: its `index` and `value`."""


class EditData(_PartData):
    """Something was edited: its `index`, `previous_value` and new `value`."""

    def __init__(self, target: Block | None, data: Any) -> None:
        super().__init__(target, data)
        self.previous_value: Any = _part(data, "previous_value")


class _WithFile(EventData):
    """It happened to a file: `file`."""

    def __init__(self, target: Block | None, data: Any) -> None:
        super().__init__(target, data)
        self.file: FileData = FileData.from_payload(_part(data, "file", data))


class DeletedFileData(_WithFile):
    """A file was taken out of a component: `file`."""


class DownloadData(_WithFile):
    """A file was downloaded: `file`."""


class CopyData(EventData):
    """Something was copied: `value`."""

    def __init__(self, target: Block | None, data: Any) -> None:
        super().__init__(target, data)
        self.value: Any = _part(data, "value")
