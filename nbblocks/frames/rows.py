"""A table as a list of lists."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Literal

from ..exceptions import Error
from .cells import CannotReadError, is_missing, json_cell, number_of, page_cell, read_as
from .frame import Filter, Frame, Kind, Order, Query

__all__ = ["Rows", "is_formula", "numpy_of", "text_of"]

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would take a text for a formula; a number is none.

    https://owasp.org/www-community/attacks/CSV_Injection

    Examples
    --------
    >>> is_formula("=1+1"), is_formula("-4.5"), is_formula("- a"), is_formula("a=b")
    (True, False, True, False)
    """
    return text.startswith(FORMULA_STARTS) and number_of(text) is None


def text_of(value: Any) -> str:
    """A cell as text, for search.

    Examples
    --------
    >>> text_of(None), text_of(True), text_of(1.0)
    ('', 'true', '1')
    """
    if is_missing(value):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def numpy_of(rows: list[list[Any]]) -> Any:
    """Rows as an array of shape (rows, columns), of numbers where all are."""
    import numpy as np

    try:
        return np.array(rows)
    except ValueError:  # lists of different lengths stand in the cells
        array = np.empty((len(rows), len(rows[0])), dtype=object)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                array[at, column] = value
        return array


class Rows:
    """A table as a list of lists.

    Parameters
    ----------
    headers : list
        Names of the columns.
    data : list of list
        The rows, each as long as the headers; it is kept, not copied.

    Examples
    --------
    >>> table = Rows(["a", "b"], [[2, "x"], [1, "y"]])
    >>> table.order({"sort": [(0, "asc")]})
    [1, 0]
    >>> table.with_cells([(0, 0, "7")]).values()
    [[7, 'x'], [1, 'y']]
    """

    def __init__(self, headers: Sequence[Any], data: list[list[Any]]) -> None:
        self.headers = list(headers)
        self.data = data

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.data)

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self.headers)

    def kinds(self) -> list[Kind]:
        """What each column holds, by its first value."""
        return [self._kind(at) for at in range(self.columns)]

    def _kind(self, at: int) -> Kind:
        for row in self.data:
            value = row[at]
            if is_missing(value) or value == "":
                continue
            if isinstance(value, bool) or type(value).__name__ in ("bool_", "bool"):
                return "bool"
            if isinstance(value, str):
                return "str"
            if isinstance(value, (int, float)) or hasattr(value, "__index__"):
                return "number"
            is_date = hasattr(value, "isoformat") or type(value).__name__ == "datetime64"
            return "date" if is_date else "str"
        return "str"

    def window(self, start: int, stop: int, order: Order = None) -> list[list[Any]]:
        """Some rows, in an order."""
        if order is None:
            return self.data[start:stop]
        return [self.data[at] for at in order[start:stop]]

    def row(self, at: int) -> list[Any]:
        """One row."""
        return self.data[at]

    def column(self, at: int) -> list[Any]:
        """One column."""
        return [row[at] for row in self.data]

    def values(self) -> list[list[Any]]:
        """All rows."""
        return self.data

    # --- which rows, in which order

    def order(self, query: Query) -> Order:
        """The rows that a query finds, in its order."""
        search = query.get("search", "").strip().lower()
        tests = [_test(f) for f in query.get("filters", [])]
        found = [
            at
            for at, row in enumerate(self.data)
            if all(test(row) for test in tests) and (not search or any(search in text_of(v).lower() for v in row))
        ]
        for column, direction in reversed(query.get("sort", [])):
            there = [at for at in found if not is_missing(self.data[at][column])]
            missing = [at for at in found if is_missing(self.data[at][column])]
            there.sort(key=partial(self._rank_at, column), reverse=direction == "desc")
            found = there + missing
        return found

    def _rank_at(self, column: int, at: int) -> tuple[int, Any]:
        return _rank(self.data[at][column])

    def same_as(self, other: Frame) -> bool:
        """Whether it holds the same."""
        return isinstance(other, Rows) and self.headers == other.headers and bool(self.data == other.data)

    # --- as another

    def with_cells(self, cells: Sequence[tuple[int, int, Any]]) -> Rows:
        """With other cells; a number stays one where the text is one."""
        kinds = self.kinds()
        data = list(self.data)
        copied: set[int] = set()
        for row, column, value in cells:
            if row not in copied:
                data[row] = list(data[row])
                copied.add(row)
            data[row][column] = _read_like(value, kinds[column])
        return Rows(self.headers, data)

    def with_rows(self, at: int, rows: Sequence[Sequence[Any]]) -> Rows:
        """With further rows before row `at`."""
        kinds = self.kinds()
        new = [[_read_like(v, kind) for v, kind in zip(row, kinds, strict=True)] for row in rows]
        return Rows(self.headers, [*self.data[:at], *new, *self.data[at:]])

    def without_rows(self, which: Sequence[int]) -> Rows:
        """Without some rows."""
        gone = set(which)
        return Rows(self.headers, [row for at, row in enumerate(self.data) if at not in gone])

    def with_columns(self, at: int, headers: Sequence[str]) -> Rows:
        """With further, empty columns before column `at`."""
        empty = [""] * len(headers)
        return Rows(
            [*self.headers[:at], *headers, *self.headers[at:]],
            [[*row[:at], *empty, *row[at:]] for row in self.data],
        )

    def without_columns(self, which: Sequence[int]) -> Rows:
        """Without some columns."""
        gone = set(which)
        kept = [at for at in range(self.columns) if at not in gone]
        return Rows([self.headers[at] for at in kept], [[row[at] for at in kept] for row in self.data])

    def renamed(self, at: int, header: str) -> Rows:
        """With another name of a column."""
        return Rows([*self.headers[:at], header, *self.headers[at + 1 :]], self.data)

    # --- to others

    def to_pandas(self) -> Any:
        """As a pandas DataFrame."""
        import pandas as pd

        return pd.DataFrame([list(row) for row in self.data], columns=self.headers)

    def to_polars(self) -> Any:
        """As a polars DataFrame."""
        import polars as pl

        return pl.DataFrame(
            self.data, schema=[str(h) for h in self.headers], orient="row", strict=False, infer_schema_length=None
        )

    def to_numpy(self) -> Any:
        """As an array of shape (rows, columns)."""
        return numpy_of(self.to_lists())

    def to_lists(self) -> list[list[Any]]:
        """As a list of rows, of what JSON can carry."""
        return [[json_cell(v) for v in row] for row in self.data]

    def write(self, path: Path, order: Order, file_format: Literal["csv", "parquet"]) -> None:
        """Write rows to a file."""
        if file_format == "parquet":
            from .native import Native

            try:
                frame: Any = self.to_polars()
            except ImportError:
                frame = self.to_pandas()
            except Exception as error:
                raise Error(f"These cells cannot be written as Parquet: {error}", print_exception=False) from None
            Native.of(frame).write(path, order, file_format)
            return
        with path.open("w", newline="", encoding="utf-8") as f:
            writer = csv.writer(f)
            writer.writerow([_quoted(str(h)) for h in self.headers])
            for row in self.window(0, self.rows, order):
                writer.writerow([_quoted("" if is_missing(v) else v) for v in row])


def _quoted(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and is_formula(value) else value


def _read_like(value: Any, kind: Kind) -> Any:
    """What the user typed, as the column's other values are."""
    if kind == "number" and isinstance(value, str):
        number = number_of(value)
        return value if number is None else number
    if kind == "bool":
        try:
            return read_as(value, "bool")
        except CannotReadError:
            return value
    return value


def _rank(value: Any) -> tuple[int, Any]:
    """Numbers before text; what cannot be compared, as text."""
    if isinstance(value, (bool, int, float)):
        return (0, value)
    if hasattr(value, "__index__") or hasattr(value, "dtype"):
        return (0, page_cell(value)) if isinstance(page_cell(value), (int, float)) else (1, str(value))
    return (1, str(value))


def _test(wanted: Filter) -> Callable[[list[Any]], bool]:
    """Whether a row passes a filter."""
    column, name, text = wanted
    given = text.strip().lower()
    number = number_of(given)

    def value_is(value: Any) -> bool:
        if number is not None and isinstance(value, (int, float)) and not isinstance(value, bool):
            return value == number
        return text_of(value).lower() == given

    def compare(value: Any) -> int:
        if is_missing(value):
            return 0
        if number is not None and isinstance(value, (int, float)):
            return (value > number) - (value < number)
        shown = text_of(value).lower()
        return (shown > given) - (shown < given)

    tests: dict[str, Callable[[Any], bool]] = {
        "contains": lambda v: given in text_of(v).lower(),
        "is": value_is,
        "is_not": lambda v: not value_is(v),
        "less": lambda v: compare(v) < 0,
        "more": lambda v: compare(v) > 0,
        "empty": lambda v: text_of(v) == "",
        "not_empty": lambda v: text_of(v) != "",
    }
    test = tests[name]
    return lambda row: test(row[column])
