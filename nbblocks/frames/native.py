"""A table as a frame of pandas, polars or pyarrow, by way of narwhals."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from ..exceptions import Error
from .cells import CannotReadError, json_cell, number_of, read_as
from .frame import Filter, Frame, Kind, Order, Query
from .rows import FORMULA_STARTS, is_formula, numpy_of, text_of

__all__ = ["Native"]

INDEX = "__row"
STABLE_ROWS = 1_000_000  #: in longer tables, rows that are equal come in any order
FORMULA = rf"^[{''.join(FORMULA_STARTS[:4])}\t\r]"
NUMBER = r"^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$"


class Native:
    """A table as a frame of another library.

    Parameters
    ----------
    frame : narwhals.DataFrame
        Its columns have names of our own, so that those of the author may repeat or be anything.
    headers : list
        The author's names of the columns.

    Examples
    --------
    >>> import pandas as pd
    >>> table = Native.of(pd.DataFrame({"n": [2, 1], "day": pd.to_datetime(["2024-05-01", "2024-05-02"])}))
    >>> table.kinds()
    ['number', 'date']
    >>> table.with_cells([(0, 0, "7")]).to_pandas()["n"].tolist()
    [7, 1]
    """

    def __init__(self, frame: Any, headers: Sequence[Any]) -> None:
        self.frame = frame
        self.headers = list(headers)

    @classmethod
    def of(cls, frame: Any) -> Native:
        """A frame of another library, as it is now: what is done to it later is not seen."""
        import narwhals as nw

        if hasattr(frame, "iloc"):  # its names may be any, or repeat
            headers = list(frame.columns)
            copied = frame.copy(deep=not _copies_on_write())
            copied.columns = [f"c{at}" for at in range(len(headers))]
            return cls(nw.from_native(copied.reset_index(drop=True), eager_only=True), headers)
        kept = nw.from_native(frame, eager_only=True)
        headers = list(kept.columns)
        names = [f"c{at}" for at in range(len(headers))]
        native = kept.to_native()
        renamed = native.rename_columns(names) if kept.implementation.is_pyarrow() else _renamed(native, names)
        return cls(nw.from_native(renamed, eager_only=True), headers)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.frame)

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self.headers)

    def kinds(self) -> list[Kind]:
        """What each column holds."""
        return [_kind(dtype) for dtype in self.frame.schema.values()]

    # --- reading

    def window(self, start: int, stop: int, order: Order = None) -> list[list[Any]]:
        """Some rows, in an order."""
        some = self.frame[start:stop] if order is None else self.frame[order[start:stop]]
        return [list(row) for row in some.rows()] if self.columns else [[] for _ in range(len(some))]

    def row(self, at: int) -> list[Any]:
        """One row."""
        return self.window(at, at + 1)[0]

    def column(self, at: int) -> list[Any]:
        """One column."""
        values: list[Any] = self.frame[self._names[at]].to_list()
        return values

    def values(self) -> list[list[Any]]:
        """All rows."""
        return self.window(0, self.rows)

    @property
    def _names(self) -> list[str]:
        names: list[str] = self.frame.columns
        return names

    # --- which rows, in which order

    def order(self, query: Query) -> Order:
        """The rows that a query finds, in its order."""
        import narwhals as nw

        mask = self._mask(query)
        sort = query.get("sort", [])
        keys = {f"k{n}": self._key(column) for n, (column, _) in enumerate(sort)}
        if mask is None and len(keys) == 1 and self.rows > STABLE_ROWS and self.frame.implementation.is_polars():
            (key,), (_, direction) = keys.values(), sort[0]  # only the order, without a copy of the column
            return key.to_native().arg_sort(descending=direction == "desc", nulls_last=True).to_numpy()
        index = self.frame.select(nw.col(self._names[0])).with_row_index(INDEX).select(INDEX)
        found = index.with_columns(*(series.alias(name) for name, series in keys.items())) if keys else index
        if mask is not None:
            found = found.filter(mask)
        if keys:
            by = [*keys, INDEX] if self.rows <= STABLE_ROWS else list(keys)
            descending = [direction == "desc" for _, direction in sort] + [False] * (len(by) - len(sort))
            try:
                found = found.sort(*by, descending=descending, nulls_last=True)
            except TypeError:  # a column of objects that cannot be compared
                found = found.with_columns(*(_texts(found[name]).alias(name) for name in keys))
                found = found.sort(*by, descending=descending, nulls_last=True)
        return found[INDEX].to_numpy()

    def _key(self, column: int) -> Any:
        """A column as it is sorted: NaN counts as missing, categories by name."""
        import narwhals as nw

        series = self.frame[self._names[column]]
        if series.dtype.is_float() and not self.frame.implementation.is_pandas_like():
            return series.to_frame().select(nw.all().fill_nan(None))[series.name]
        if series.dtype in (nw.Categorical, nw.Enum):
            return series.cast(nw.String)
        return series if _is_sortable(series.dtype) else _texts(series)

    def _mask(self, query: Query) -> Any:
        """Which rows a query finds, as a series; None: all."""
        import narwhals as nw

        mask = None
        for wanted in query.get("filters", []):
            test = self._test(wanted)
            mask = test if mask is None else mask & test
        search = query.get("search", "").strip().lower()
        if search:
            found = None
            for name in self._names:
                if not _may_hold(self.frame[name].dtype, search):
                    continue
                test = _texts(self.frame[name]).str.to_lowercase().str.contains(search, literal=True).fill_null(False)
                found = test if found is None else found | test
            if found is None:  # no column can hold such a text
                found = nw.new_series("found", [False] * self.rows, nw.Boolean, backend=self.frame.implementation)
            mask = found if mask is None else mask & found
        return mask

    def _test(self, wanted: Filter) -> Any:
        column, name, text = wanted
        series = self.frame[self._names[column]]
        number = number_of(text)
        if name in ("empty", "not_empty"):
            empty = series.is_null() | (_texts(series).fill_null("") == "")
            return empty if name == "empty" else ~empty
        given: Any = text.strip().lower()
        if number is not None and series.dtype.is_numeric() and name != "contains":
            shown, given = series, number
        else:
            shown = _texts(series).str.to_lowercase()
        if name == "contains":
            return shown.str.contains(given, literal=True).fill_null(False)
        tests = {"is": shown == given, "is_not": shown != given, "less": shown < given, "more": shown > given}
        return tests[name].fill_null(name == "is_not")

    def same_as(self, other: Frame) -> bool:
        """Whether it holds the same."""
        if not isinstance(other, Native) or self.frame.implementation != other.frame.implementation:
            return False
        if self.headers != other.headers or self.rows != other.rows:
            return False
        mine, theirs = self.frame.to_native(), other.frame.to_native()
        return bool(mine.equals(theirs))

    # --- as another

    def _as(self, frame: Any, headers: Sequence[Any] | None = None) -> Native:
        return Native(frame, self.headers if headers is None else headers)

    def with_cells(self, cells: Sequence[tuple[int, int, Any]]) -> Native:
        """With other cells, each of the kind that its column holds; where it is none, the column becomes wider."""
        by_column: dict[int, dict[int, Any]] = {}
        for row, column, value in cells:
            by_column.setdefault(column, {})[row] = value
        changed = [
            _changed(self.frame[self._names[column]], list(given), list(given.values()))
            for column, given in by_column.items()
        ]
        return self._as(self.frame.with_columns(*changed))

    def with_rows(self, at: int, rows: Sequence[Sequence[Any]]) -> Native:
        """With further rows before row `at`."""
        import narwhals as nw

        if not rows:
            return self
        if self.rows:
            blank = self.frame[[0] * len(rows)]
        else:
            blank = nw.from_native(_blank(self.frame, len(rows)), eager_only=True)
        parts = [part for part in (self.frame[:at], blank, self.frame[at:]) if len(part)]
        joined = self._as(_without_index(nw.concat(parts)) if len(parts) > 1 else blank)
        return joined.with_cells([(at + n, column, v) for n, row in enumerate(rows) for column, v in enumerate(row)])

    def without_rows(self, which: Sequence[int]) -> Native:
        """Without some rows."""
        import numpy as np

        return self._as(_without_index(self.frame[np.delete(np.arange(self.rows), list(which))]))

    def with_columns(self, at: int, headers: Sequence[str]) -> Native:
        """With further, empty columns before column `at`."""
        import narwhals as nw

        used = [int(name[1:]) for name in self._names]
        new = [f"c{max(used, default=-1) + 1 + n}" for n in range(len(headers))]
        frame = self.frame.with_columns(*(nw.lit("").alias(name) for name in new))
        names = [*self._names[:at], *new, *self._names[at:]]
        return self._as(frame.select(*names), [*self.headers[:at], *headers, *self.headers[at:]])

    def without_columns(self, which: Sequence[int]) -> Native:
        """Without some columns."""
        kept = [at for at in range(self.columns) if at not in set(which)]
        return self._as(self.frame.select(*(self._names[at] for at in kept)), [self.headers[at] for at in kept])

    def renamed(self, at: int, header: str) -> Native:
        """With another name of a column."""
        return self._as(self.frame, [*self.headers[:at], header, *self.headers[at + 1 :]])

    # --- to others

    def to_pandas(self) -> Any:
        """As a pandas DataFrame."""
        import pandas as pd

        if self.frame.implementation.is_pandas():
            made = self.frame.to_native().copy(deep=not _copies_on_write())
        else:
            try:
                made = self.frame.to_pandas()
            except ImportError:  # polars goes by way of pyarrow, which may not be there
                made = pd.DataFrame({name: self.frame[name].to_list() for name in self._names})
        made.columns = pd.MultiIndex.from_tuples(self.headers) if _is_multi(self.headers) else self.headers
        return made

    def to_polars(self) -> Any:
        """As a polars DataFrame."""
        import polars as pl

        headers = [str(h) for h in self.headers]
        try:
            made = self.frame.to_polars()
        except (ImportError, pl.exceptions.PolarsError, TypeError):  # a column of mixed objects, or without pyarrow
            made = pl.DataFrame({n: [json_cell(v) for v in self.frame[n].to_list()] for n in self._names}, strict=False)
        return _renamed(made, headers)

    def to_numpy(self) -> Any:
        """As an array of shape (rows, columns), of numbers where all are."""
        if self.rows and all(dtype.is_numeric() for dtype in self.frame.schema.values()):
            array = self.frame.to_numpy()
            if array.dtype.kind in "iuf":
                return array
        return numpy_of(self.to_lists())

    def to_lists(self) -> list[list[Any]]:
        """As a list of rows, of what JSON can carry."""
        return [[json_cell(v) for v in row] for row in self.values()]

    def write(self, path: Path, order: Order, file_format: Literal["csv", "parquet"]) -> None:
        """Write rows to a file."""
        import narwhals as nw

        frame = self.frame if order is None else self.frame[order]
        if file_format == "parquet":
            names = {name: str(header) for name, header in zip(frame.columns, self.headers, strict=True)}
            try:
                _without_index(frame.rename(_unique(names))).write_parquet(path)
            except ImportError:
                raise Error("Parquet needs pyarrow or polars where the app runs.", print_exception=False) from None
            except Exception as error:  # a column of mixed objects
                raise Error(f"These cells cannot be written as Parquet: {error}", print_exception=False) from None
            return
        headers = ["'" + str(h) if is_formula(str(h)) else str(h) for h in self.headers]
        texts = []
        for name, dtype in frame.schema.items():
            if dtype.is_numeric() or dtype in (nw.Boolean, nw.Datetime, nw.Date, nw.Time):
                continue
            text = _texts(frame[name])
            risky = (text.str.contains(FORMULA) & ~text.str.contains(NUMBER)).fill_null(False)
            if risky.any():
                safe = [f"'{v}" if v is not None and is_formula(v) else v for v in text.to_list()]
                text = nw.new_series(name, safe, nw.String, backend=frame.implementation)
            if text.dtype != dtype or risky.any():
                texts.append(text)
        frame = frame.with_columns(*texts) if texts else frame
        names = dict(zip(frame.columns, headers, strict=True))
        with path.open("w", newline="", encoding="utf-8") as f:
            import csv

            csv.writer(f).writerow(names.values())
        _append_csv(frame, path)


def _append_csv(frame: Any, path: Path) -> None:
    """Rows behind the header that is written."""
    native = frame.to_native()
    if frame.implementation.is_pandas_like():
        native.to_csv(path, mode="a", header=False, index=False)
    elif frame.implementation.is_polars():
        with path.open("ab") as f:
            native.write_csv(f, include_header=False)
    else:
        import pyarrow.csv

        with path.open("ab") as f:
            pyarrow.csv.write_csv(native, f, pyarrow.csv.WriteOptions(include_header=False))


def _unique(names: dict[str, str]) -> dict[str, str]:
    """Names that differ: a second `a` becomes `a_1`."""
    used: set[str] = set()
    unique: dict[str, str] = {}
    for name, header in names.items():
        free, n = header, 0
        while free in used:
            n += 1
            free = f"{header}_{n}"
        used.add(free)
        unique[name] = free
    return unique


def _renamed(polars_frame: Any, names: list[str]) -> Any:
    """A polars frame with other names of its columns, made different where they repeat."""
    unique = list(_unique({str(at): name for at, name in enumerate(names)}).values())
    return polars_frame.rename(dict(zip(polars_frame.columns, unique, strict=True)))


def _without_index(frame: Any) -> Any:
    """Rows numbered from 0 again, where the library numbers them."""
    import narwhals as nw

    if not frame.implementation.is_pandas_like():
        return frame
    return nw.from_native(frame.to_native().reset_index(drop=True), eager_only=True)


def _is_multi(headers: list[Any]) -> bool:
    return bool(headers) and all(isinstance(h, tuple) for h in headers) and len({len(h) for h in headers}) == 1


def _copies_on_write() -> bool:
    """Whether a shallow copy of pandas is safe from what is done to the original; from version 3 it is."""
    import pandas as pd

    return int(pd.__version__.split(".")[0]) >= 3


def _kind(dtype: Any) -> Kind:
    import narwhals as nw

    if dtype.is_numeric():
        return "number"
    if dtype == nw.Boolean:
        return "bool"
    return "date" if dtype.is_temporal() else "str"


def _may_hold(dtype: Any, search: str) -> bool:
    """Whether a column of that type can hold a text, without a look at its cells."""
    import narwhals as nw

    if dtype.is_integer():
        return set(search) <= set("0123456789-")
    if dtype.is_numeric():
        return set(search) <= set("0123456789-+.einfa")
    if dtype == nw.Boolean:
        return search in "true" or search in "false"
    return not (dtype.is_temporal() and dtype != nw.Duration) or not (set(search) - set("0123456789-:.+ t"))


def _is_sortable(dtype: Any) -> bool:
    import narwhals as nw

    return bool(dtype.is_numeric() or dtype.is_temporal() or dtype in (nw.Boolean, nw.String, nw.Object))


def _texts(series: Any) -> Any:
    """A column as text; missing stays missing."""
    import narwhals as nw

    if series.dtype == nw.String:
        return series
    is_plain = series.dtype.is_numeric() or series.dtype.is_temporal()
    if is_plain or series.dtype in (nw.Boolean, nw.Categorical, nw.Enum):
        try:
            return _null_where(series.cast(nw.String), series.is_null())
        except Exception:  # a kind that the library cannot write as text
            pass
    values = [text_of(v) or None for v in series.to_list()]
    return nw.new_series(series.name, values, nw.String, backend=series.implementation)


def _null_where(text: Any, missing: Any) -> Any:
    import narwhals as nw

    frame = text.to_frame().with_columns(missing.alias("missing"))
    name = text.name
    return frame.select(nw.when(~nw.col("missing")).then(nw.col(name)).alias(name))[name]


# --- cells that a user typed


def _typed_kind(dtype: Any) -> tuple[str | None, dt.tzinfo | None]:
    """How a column's cells are read; None: as each one's own value says."""
    import narwhals as nw

    if dtype.is_integer():
        return "int", None
    if dtype.is_float():
        return "float", None
    if dtype.is_decimal():
        return "decimal", None
    if dtype == nw.Datetime:
        return "datetime", ZoneInfo(dtype.time_zone) if getattr(dtype, "time_zone", None) else None
    kinds = {
        nw.Boolean: "bool", nw.Date: "date", nw.Time: "time", nw.Duration: "duration",
        nw.String: "str", nw.Categorical: "str", nw.Enum: "str",
    }  # fmt: skip
    return next((kind for known, kind in kinds.items() if dtype == known), None), None


def _value_kind(value: Any) -> str:
    """How a cell of a column of objects is read: as what stands there."""
    kinds = (
        (bool, "bool"), (dt.datetime, "datetime"), (dt.date, "date"), (dt.time, "time"), (dt.timedelta, "duration"),
        (Decimal, "decimal"),
    )  # fmt: skip
    found = next((kind for known, kind in kinds if isinstance(value, known)), None)
    return found or ("number" if isinstance(value, (int, float)) else "str")


def _changed(series: Any, rows: list[int], typed: list[Any]) -> Any:
    """A column with other cells."""
    kind, zone = _typed_kind(series.dtype)
    if series.dtype.is_nested():
        return _set(series, rows, [_nested(v) for v in typed])
    if kind is None:
        return _set(series, rows, [_like_neighbours(series, row, v) for row, v in zip(rows, typed, strict=True)])
    try:
        return _set(series, rows, [read_as(v, kind, zone) for v in typed])
    except (CannotReadError, _DoesNotFitError):
        pass
    if kind in ("int", "float"):
        numbers = [None if v in (None, "") else number_of(v) if isinstance(v, str) else v for v in typed]
        if all(v is None or n is not None for v, n in zip(typed, numbers, strict=True) if v != ""):
            import narwhals as nw

            return _set(series.cast(nw.Float64), rows, numbers)
    return _set(_as_objects(series), rows, typed)


def _nested(typed: Any) -> Any:
    """A list or dict that was typed as JSON."""
    if typed is None or not str(typed).strip():
        return None
    try:
        return json.loads(str(typed))
    except json.JSONDecodeError:
        raise CannotReadError(f"{typed!r} is no list or object in JSON") from None


def _like_neighbours(series: Any, row: int, typed: Any) -> Any:
    old = series[row]
    kind = _value_kind(old)
    if kind == "number":
        number = number_of(typed) if isinstance(typed, str) else typed
        return typed if number is None else number
    try:
        return read_as(typed, kind, getattr(old, "tzinfo", None))
    except CannotReadError:
        return typed


class _DoesNotFitError(ValueError):
    """The column's type has no place for a value."""


def _as_objects(series: Any) -> Any:
    """A column that takes any text: of objects in pandas, of text elsewhere."""
    import narwhals as nw

    if series.implementation.is_pandas_like():
        return nw.from_native(series.to_native().astype(object), series_only=True)
    return _texts(series)


def _set(series: Any, rows: list[int], values: list[Any]) -> Any:
    """A column with other values."""
    import narwhals as nw

    native = series.to_native()
    try:
        if series.implementation.is_pandas_like():
            changed = _set_pandas(native, rows, values)
        elif series.implementation.is_polars():
            changed = _set_polars(native, rows, values)
        else:
            changed = _set_arrow(native, rows, values)
    except _DoesNotFitError:
        raise
    except Exception as error:  # each library has its own way to refuse a value
        raise _DoesNotFitError(str(error)) from error
    return nw.from_native(changed, series_only=True).alias(series.name)


def _set_pandas(native: Any, rows: list[int], values: list[Any]) -> Any:
    import warnings

    changed = native.copy()
    if hasattr(changed, "cat"):
        new = [v for v in dict.fromkeys(values) if v is not None and v not in changed.cat.categories]
        changed = changed.cat.add_categories(new) if new else changed
    kind = getattr(changed.dtype, "kind", "O")
    if kind == "f":
        values = [float("nan") if v is None else v for v in values]
    elif kind in "iub" and not hasattr(changed.dtype, "na_value") and None in values:
        raise _DoesNotFitError("numbers of numpy have no missing value")
    with warnings.catch_warnings():
        warnings.simplefilter("error", FutureWarning)  # pandas 2 widens with a warning; here that is decided elsewhere
        if changed.dtype == object or kind in "mM":
            for row, value in zip(rows, values, strict=True):
                changed.iat[row] = value
        else:
            changed.iloc[rows] = values
    return changed


def _set_polars(native: Any, rows: list[int], values: list[Any]) -> Any:
    import polars as pl

    if native.dtype == pl.Object or native.dtype.is_nested():
        held = native.to_list()
        for row, value in zip(rows, values, strict=True):
            held[row] = value
        return pl.Series(native.name, held, dtype=native.dtype)
    if native.dtype in (pl.Categorical, pl.Enum):
        if native.dtype == pl.Enum and not set(values) - {None} <= set(native.cat.get_categories()):
            raise _DoesNotFitError("an Enum takes none but its own names")
        return _set_polars(native.cast(pl.String), rows, values).cast(native.dtype)
    order = sorted(range(len(rows)), key=rows.__getitem__)
    new = pl.Series([values[n] for n in order], dtype=native.dtype)
    return native.clone().scatter([rows[n] for n in order], new)


def _set_arrow(native: Any, rows: list[int], values: list[Any]) -> Any:
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    flat = native.combine_chunks() if isinstance(native, pa.ChunkedArray) else native
    order = np.argsort(rows)
    mask = np.zeros(len(native), dtype=bool)
    mask[np.asarray(rows)] = True
    try:
        new = pa.array([values[n] for n in order], type=native.type)
        return pa.chunked_array([pc.replace_with_mask(flat, pa.array(mask), new)])
    except pa.ArrowNotImplementedError:  # not for every type; then all cells are made anew
        held = native.to_pylist()
        for row, value in zip(rows, values, strict=True):
            held[row] = value
        return pa.chunked_array([pa.array(held, type=native.type)])


def _blank(frame: Any, count: int) -> Any:
    """As many rows of nothing, for a frame that has none yet."""
    native = frame.to_native()
    if frame.implementation.is_pandas_like():
        return native.reindex(range(count))
    if frame.implementation.is_polars():
        return native.clear(count)
    import pyarrow as pa

    return pa.table([pa.nulls(count, type=field.type) for field in native.schema], schema=native.schema)
