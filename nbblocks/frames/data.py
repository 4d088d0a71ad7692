"""What crosses of a table in an API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..wire.partial import Partial
from ..wire.payloads import Model, selected
from .cells import json_cell

if TYPE_CHECKING:
    from typing_extensions import Self

    from .table import PageTable, Table

__all__ = ["DataframeData"]


class DataframeData(Model, Partial):
    """A table as it crosses in an API: its headers, rows and look.

    Parameters
    ----------
    headers : list
        Names of the columns.
    data : list of list
        The rows.
    metadata : dict, optional
        `display_value` and `styling`: for each cell, the text and CSS that show it.

    Examples
    --------
    >>> DataframeData(["a"], [[1]]).model_dump()
    {'headers': ['a'], 'data': [[1]], 'metadata': None}
    """

    def __init__(
        self,
        headers: list[Any],
        data: list[list[Any]],
        metadata: dict[str, list[Any] | None] | None = None,
        *,
        table: Table | None = None,
    ) -> None:
        self.headers = headers
        self._data: list[list[Any]] | None = data
        self._metadata: Any = metadata
        self._table = table
        if table is not None:  # cells are made of the frame when somebody asks for them
            self._data = None

    @property
    def data(self) -> list[list[Any]]:
        """The rows."""
        if self._data is None and self._table is not None:
            self._data = [list(row) for row in self._table.frame.values()]
        return self._data if self._data is not None else []

    @property
    def metadata(self) -> Any:
        """Text and CSS that show each cell, or None."""
        if self._metadata is None and self._table is not None:
            self._metadata = self._table.metadata()
        return self._metadata

    @property
    def table(self) -> Table:
        """The table that stays here; made of the rows where it came from elsewhere."""
        from .reading import frame_of
        from .table import Table

        if self._table is None:
            rows = {"headers": self.headers, "data": self.data}
            self._table = Table(frame_of(rows, self.headers), given=self._metadata)
        return self._table

    def to_page(self) -> PageTable:
        """What a page gets of it: its beginning, and a name by which to ask for the rest."""
        return self.table.page()

    def model_dump(self, **how: Any) -> dict[str, Any]:
        """As a dict, of the values themselves; `how` is as that of other models."""
        told = {"headers": self.headers, "data": self.data, "metadata": self.metadata}
        return selected(told, **how) if how else told

    @classmethod
    def model_validate(cls, payload: Any) -> Self:
        """From JSON."""
        return (
            payload if isinstance(payload, cls) else cls(payload["headers"], payload["data"], payload.get("metadata"))
        )

    @property
    def is_large(self) -> bool:
        """Whether all of it is more than what every program should get unasked."""
        return self.table.is_large

    def whole(self) -> dict[str, Any]:
        """All of it, as JSON for a program."""
        data = [[json_cell(v) for v in row] for row in self.data]
        return {"headers": [json_cell(h) for h in self.headers], "data": data, "metadata": self.metadata}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, DataframeData):
            return NotImplemented
        mine = (self.headers, self.data, self.metadata)
        return mine == (other.headers, other.data, other.metadata)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        shown = f"{len(self.data)} rows" if len(self.data) > 5 else repr(self.data)
        return f"DataframeData(headers={self.headers!r}, data={shown})"
