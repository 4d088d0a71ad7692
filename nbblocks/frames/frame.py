"""What a kept table can do, whichever library it is of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, Protocol, TypedDict, runtime_checkable

__all__ = ["FILTERS", "Filter", "Frame", "Kind", "Order", "Query", "Sort"]

#: What a column holds, as a page treats it.
Kind = Literal["str", "number", "bool", "date"]

Sort = tuple[int, Literal["asc", "desc"]]
FilterName = Literal["contains", "is", "is_not", "less", "more", "empty", "not_empty"]
Filter = tuple[int, FilterName, str]
FILTERS = ("contains", "is", "is_not", "less", "more", "empty", "not_empty")

#: Indices of rows, in the order in which they are shown; None: all, as they stand.
Order = Any


class Query(TypedDict, total=False):
    """Which rows are shown, in which order; `search` is looked for in every column, without regard to case."""

    search: str
    filters: list[Filter]
    sort: list[Sort]


@runtime_checkable
class Frame(Protocol):
    """A table that never changes; rows and columns are counted from 0."""

    @property
    def headers(self) -> list[Any]:
        """Names of the columns, as their author gave them."""

    @property
    def rows(self) -> int:
        """How many rows there are."""

    @property
    def columns(self) -> int:
        """How many columns there are."""

    # --- reading

    def kinds(self) -> list[Kind]:
        """What each column holds."""

    def window(self, start: int, stop: int, order: Order = None) -> list[list[Any]]:
        """Some rows, in an order."""

    def row(self, at: int) -> list[Any]:
        """One row."""

    def column(self, at: int) -> list[Any]:
        """One column."""

    def values(self) -> list[list[Any]]:
        """All rows."""

    def order(self, query: Query) -> Order:
        """The rows that a query finds, in its order."""

    def same_as(self, other: Frame) -> bool:
        """Whether it holds the same."""

    # --- as another

    def with_cells(self, cells: Sequence[tuple[int, int, Any]]) -> Frame:
        """With other cells: `(row, column, what the user typed)`."""

    def with_rows(self, at: int, rows: Sequence[Sequence[Any]]) -> Frame:
        """With further rows before row `at`; each holds what the user typed."""

    def without_rows(self, which: Sequence[int]) -> Frame:
        """Without some rows."""

    def with_columns(self, at: int, headers: Sequence[str]) -> Frame:
        """With further, empty columns before column `at`."""

    def without_columns(self, which: Sequence[int]) -> Frame:
        """Without some columns."""

    def renamed(self, at: int, header: str) -> Frame:
        """With another name of a column."""

    # --- to others

    def to_pandas(self) -> Any:
        """As a pandas DataFrame."""

    def to_polars(self) -> Any:
        """As a polars DataFrame."""

    def to_numpy(self) -> Any:
        """As an array of shape (rows, columns)."""

    def to_lists(self) -> list[list[Any]]:
        """As a list of rows, of what JSON can carry."""

    def write(self, path: Path, order: Order, file_format: Literal["csv", "parquet"]) -> None:
        """Write rows to a file; in CSV, text that a spreadsheet would take for a formula is quoted."""
