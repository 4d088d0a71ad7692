"""What a handler may give for a table, as a frame."""

from __future__ import annotations

import os
from typing import Any

from .frame import Frame, Kind
from .native import Native
from .rows import Rows

__all__ = ["fitted", "frame_of", "headers_of", "is_empty", "kinds_of", "module_of"]


def module_of(value: Any) -> str:
    """The library that a value is of, without importing it.

    Examples
    --------
    >>> module_of([]), module_of(None)
    ('builtins', 'builtins')
    """
    return type(value).__module__.partition(".")[0]


def _is_pandas(value: Any) -> bool:
    return any(c.__name__ == "DataFrame" and c.__module__.partition(".")[0] == "pandas" for c in type(value).__mro__)


def is_styler(value: Any) -> bool:
    """Whether it is a frame of pandas with a look."""
    return any(c.__name__ == "Styler" and c.__module__.partition(".")[0] == "pandas" for c in type(value).__mro__)


def _eager(value: Any) -> Any:
    """A frame of pandas, polars or pyarrow for what can become one; None for what is none.

    Lazy frames are collected, relations of a database fetched, series are tables of one column.
    """
    library = module_of(value)
    name = type(value).__name__
    if _is_pandas(value):
        return value
    if library == "polars":
        if name == "LazyFrame":
            return value.collect()
        return value.to_frame() if name == "Series" else value if name == "DataFrame" else None
    if library == "pandas" and name == "Series":
        return value.to_frame()
    if library == "pyarrow":
        if name == "Table":
            return value
        if name == "RecordBatch":
            import pyarrow as pa

            return pa.Table.from_batches([value])
        return None
    if library in ("duckdb", "_duckdb") and name == "DuckDBPyRelation":
        return _of_relation(value)
    if isinstance(value, (list, tuple, dict, str, bytes, set)) or library == "numpy":
        return None
    return _of_other(value)


def _of_relation(relation: Any) -> Any:
    for library, method in (("pyarrow", "to_arrow_table"), ("polars", "pl"), ("pandas", "df")):
        try:
            __import__(library)
        except ImportError:
            continue
        fetch = getattr(relation, method, None) or relation.arrow
        return fetch()
    raise ImportError("a relation of DuckDB needs pyarrow, polars or pandas to be shown")


def _of_other(value: Any) -> Any:
    """Any frame that narwhals knows, or that gives its columns by Arrow's protocol; None for what is none."""
    if not (
        hasattr(value, "__arrow_c_stream__")
        or hasattr(value, "__narwhals_dataframe__")
        or hasattr(value, "__narwhals_lazyframe__")
        or hasattr(value, "collect")
        or hasattr(value, "to_pandas")
    ):
        return None  # fmt: skip
    import narwhals as nw

    known = nw.from_native(value, pass_through=True)
    if isinstance(known, nw.LazyFrame):
        known = known.collect()
    if isinstance(known, nw.DataFrame):
        if known.implementation.is_pandas() or known.implementation.is_polars() or known.implementation.is_pyarrow():
            return known.to_native()
        return known.to_pandas()
    if hasattr(value, "__arrow_c_stream__"):
        import pyarrow as pa

        return pa.table(value)
    return value.to_pandas() if hasattr(value, "to_pandas") else None


def _read_csv(path: str) -> Any:
    """The rows of a CSV file; with pandas where it is there."""
    try:
        import pandas as pd

        return pd.read_csv(path)
    except ImportError:
        import polars as pl

        return pl.read_csv(path)


def headers_of(value: Any) -> list[Any]:
    """Names of the columns that a value has itself; those of lists and arrays have none.

    Examples
    --------
    >>> headers_of({"headers": ["a"], "data": [[1]]}), headers_of([[1]])
    (['a'], [])
    """
    if isinstance(value, dict):
        return list(value.get("headers") or [])
    if isinstance(value, (str, os.PathLike)):
        return list(_read_csv(str(value)).columns)
    if is_styler(value):
        return list(value.data.columns)
    frame = _eager(value) if value is not None else None
    return [] if frame is None else list(frame.columns if not hasattr(frame, "column_names") else frame.column_names)


def is_empty(value: Any) -> bool:
    """Whether a value has no cells.

    Examples
    --------
    >>> is_empty(None), is_empty([[]]), is_empty({"data": [[1]]})
    (True, True, False)
    """
    if value is None:
        return True
    if isinstance(value, dict):
        return len(value["data"]) == 0 if "data" in value else len(value) == 0
    if isinstance(value, (list, tuple)):
        return len(value) == 0 or (isinstance(value[0], list) and len(value[0]) == 0)
    if isinstance(value, (str, os.PathLike)):
        return False
    if is_styler(value):
        return bool(value.data.empty)
    if module_of(value) == "numpy":
        return bool(value.size == 0)
    frame = _eager(value)
    return frame is not None and 0 in frame.shape


def frame_of(value: Any, headers: list[Any]) -> Frame:
    """What a handler gave, as a frame.

    Parameters
    ----------
    value : object
        A frame of pandas, polars, pyarrow or another library, a Styler, an array, a list of rows or of values, a dict
        of `headers` and `data`, the path of a CSV file, or None.
    headers : list
        Names of the columns where the value has none; a number is made for each that is missing.

    Raises
    ------
    ValueError
        It is none of these.

    Examples
    --------
    >>> frame_of([1, 2], ["a"]).values()
    [[1], [2]]
    >>> frame_of([[1, 2]], ["a"]).headers
    ['a', '2']
    """
    if isinstance(value, (str, os.PathLike)):
        value = _read_csv(str(value))
    own = headers_of(value) if isinstance(value, dict) else []
    if is_styler(value):
        value = _styled(value)
    elif value is None or ((isinstance(value, (list, tuple, dict)) or module_of(value) == "numpy") and is_empty(value)):
        return Rows(own or headers, [])
    if isinstance(value, dict):
        data = value.get("data", [[]])
        return _rows(data, own or headers)
    if isinstance(value, (list, tuple)):
        return _rows(value, headers)
    if module_of(value) == "numpy":
        return _rows(value.tolist(), headers)
    frame = _eager(value)
    if frame is None:
        kind = f"{type(value).__module__}.{type(value).__name__}"
        raise ValueError(
            "a table is a frame of pandas, polars or pyarrow, a Styler, an array, a list of rows, a dict of 'headers' "
            f"and 'data', or the path of a CSV file, not {kind}"
        )
    return Native.of(frame)


def _styled(styler: Any) -> Any:
    """The columns that a Styler shows."""
    hidden = {int(c) for c in getattr(styler, "hidden_columns", [])}
    data = styler.data
    return data.iloc[:, [at for at in range(len(data.columns)) if at not in hidden]] if hidden else data


def _rows(data: Any, headers: list[Any]) -> Rows:
    """A list of rows, or of values, which are rows of one each; short ones are filled up."""
    if hasattr(data, "tolist"):
        data = data.tolist()
    if not isinstance(data, (list, tuple)):
        raise ValueError(f"the rows of a table are a list, not {type(data).__name__}")
    first = data[0] if data else []
    if hasattr(first, "tolist"):
        data = [row.tolist() for row in data]
        first = data[0]
    if not isinstance(first, (list, tuple)):
        return Rows(fitted(headers, 1), [[v] for v in data])
    rows = [list(row) if isinstance(row, (list, tuple)) else [row] for row in data]
    width = max((len(row) for row in rows), default=0)
    if any(len(row) != width for row in rows):
        rows = [row + [None] * (width - len(row)) for row in rows]
    return Rows(fitted(headers, width), rows)


def fitted(headers: list[Any], columns: int) -> list[Any]:
    """A name for each column: numbers for those that have none.

    Examples
    --------
    >>> fitted(["a"], 3), fitted(["a", "b"], 1)
    (['a', '2', '3'], ['a'])
    """
    return [*headers[:columns], *(str(at) for at in range(len(headers) + 1, columns + 1))]


def kinds_of(value: Any) -> list[Kind] | None:
    """What each column of a value holds; None where that cannot be told."""
    if value is None or isinstance(value, str):
        return None
    if isinstance(value, (list, tuple)) and not (value and isinstance(value[0], (list, tuple))):
        return None
    if module_of(value) == "numpy" and (value.ndim < 2 or value.size == 0):
        return None
    if isinstance(value, dict):
        return None
    return frame_of(value, []).kinds()
