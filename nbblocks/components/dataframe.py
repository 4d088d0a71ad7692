"""A table: shown, ordered, searched and edited, of ten rows or of ten million."""

from __future__ import annotations

import secrets
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal, TypedDict

from ..declare import KW_ONLY, param
from ..events import event
from ..exceptions import DeclarationError, NbblocksWarning, WireError
from ..frames import DataframeData, Frame, PageTable, Rows, Table, frame_of, headers_of, is_empty, json_cell, kinds_of
from ..frames.styles import look_of
from ..frames.table import Rules
from ..wire.files import FileData, cached_path
from ..wire.partial import whole
from .base import Shown, button_names

__all__ = ["Dataframe", "List", "Matrix", "Numpy"]

TYPES = ("pandas", "numpy", "array", "polars")
DATATYPES = ("str", "number", "bool", "date", "markdown", "html", "image", "auto")
SEARCHES = ("none", "search", "filter")
DEFAULT_COLUMNS = 3

Datatype = Literal["str", "number", "bool", "date", "markdown", "html", "image", "auto"]
Limits = tuple[int | None, int | None]


class LatexDelimiter(TypedDict):
    """What stands left and right of a formula, and whether it has a line of its own."""

    left: str
    right: str
    display: bool


class TableJSON(TypedDict, total=False):
    """A table as it crosses: all of a small one; of a large one the beginning, and a name to ask for the rest."""

    headers: list[Any]
    data: list[list[Any]]
    metadata: dict[str, Any] | None
    rows: int
    table: str
    applied: int
    kinds: list[str]
    since: int
    ops: list[list[Any]]


def _count(given: Any, default: int) -> tuple[int, str]:
    """How many at first, and whether the user may change that.

    Examples
    --------
    >>> _count(None, 3), _count(5, 3), _count((2, "fixed"), 3)
    ((3, 'dynamic'), (5, 'dynamic'), (2, 'fixed'))
    """
    if given is None:
        return default, "dynamic"
    if isinstance(given, (int, float)):
        return int(given), "dynamic"
    count, kind = given
    return int(count), str(kind)


def _width(given: Any) -> str:
    """A column's width as CSS; a number is pixels.

    Examples
    --------
    >>> _width(100), _width("20%"), _width("auto")
    ('100px', '20%', 'auto')
    """
    text = str(given)
    return text if text == "auto" or text.endswith(("px", "%")) else f"{text}px"


def _pair(count: Any) -> list[Any]:
    return list(count) if isinstance(count, tuple) else count


class Dataframe(Shown):
    """A table, to be looked at, ordered, searched and edited.

    The frame stays where the app runs, and a page asks for the rows that it shows: ten million scroll as ten do.

    Parameters
    ----------
    value : DataFrame, Styler, ndarray, list, list of list, dict, str or callable, optional
        First table: a frame of pandas, polars, pyarrow or any library that narwhals knows, a relation of DuckDB, a
        Styler of pandas, an array, a list of rows or of values, a dict of `headers`, `data` and `metadata`, or the path
        of a CSV file. A function is called once per page load.
    headers : list of str, optional
        Names of the columns where the value has none; None: numbers.
    row_count : int or tuple, optional
        Rows of an empty table to begin with; as (number, "fixed") the user can neither add nor delete any.
    row_limits : tuple of int or None, optional
        Least and most rows that the user can make of it.
    col_count : int or tuple, optional
        The older name of `column_count`.
    column_count : int or tuple, optional
        Columns of an empty table; as (number, "fixed") the user can neither add nor delete any. None: as many as
        `headers`, or 3.
    column_limits : tuple of int or None, optional
        Least and most columns that the user can make of it.
    datatype : str or list of str
        What the columns hold, all or each: "str", "number", "bool", "date", "markdown", "html", "image"; "auto": as the
        value's own types say.
    type : {"pandas", "numpy", "array", "polars"}
        What a handler gets: a DataFrame of pandas, an array, a list of rows, a DataFrame of polars.
    latex_delimiters : list of dict, optional
        What encloses formulas in columns of Markdown; None: `$$`.
    label : str, optional
        Text above it.
    show_label : bool, optional
        None: when there is a label.
    max_height : int or str
        In pixels, or any CSS length; what is longer scrolls.
    interactive : bool, optional
        Whether a person can edit it. None: unless it is only an output.
    wrap : bool
        Whether long text goes over several lines.
    line_breaks : bool
        Whether each line break counts in columns of Markdown.
    column_widths : list of str or int, optional
        Of each column: pixels, "100px", "20%" or "auto".
    buttons : list of str or Button, optional
        Buttons in its corner: "copy", "fullscreen", "download", or buttons of your own; None: all of the named.
    show_row_numbers : bool
        Whether a column in front numbers the rows.
    max_chars : int, optional
        Most characters of a cell that are shown; all of them once it is pressed.
    show_search : {"none", "search", "filter"}
        Whether there is a field to search in it, and filters for the columns.
    pinned_columns : int, optional
        How many columns from the left stay in sight.
    static_columns : list of int, optional
        Columns that cannot be edited; with any, none can be added or deleted.

    Examples
    --------
    >>> shown = Dataframe(headers=["n", "word"], type="array").postprocess([[1, "a"], [2, "b"]])
    >>> shown.data
    [[1, 'a'], [2, 'b']]
    >>> Dataframe(type="array").preprocess(shown)
    [[1, 'a'], [2, 'b']]
    """

    is_heavy: ClassVar[bool] = True
    chunks: ClassVar[tuple[str, ...]] = ("views-data",)
    data_model: ClassVar[Any] = DataframeData
    told_for_none: ClassVar[dict[str, Any]] = {"buttons": None}

    value: Any = param(default=None, wire=TableJSON)
    _: KW_ONLY
    headers: list[str] | None = param(default=None, wire=list[Any], encode=lambda given: given or [])
    row_count: int | tuple[int, str] | None = param(default=None, wire=tuple[int, str], encode=_pair)
    row_limits: Limits | None = param(default=None, wire=tuple[int | None, int | None] | None)
    col_count: int | tuple[int, str] | None = param(default=None, wire=None)
    column_count: int | tuple[int, str] | None = param(default=None, wire=tuple[int, str], encode=_pair)
    column_limits: Limits | None = param(default=None, wire=tuple[int | None, int | None] | None)
    datatype: Datatype | Sequence[Datatype] = param(default="str", wire=str | list[str])
    type: Literal["pandas", "numpy", "array", "polars"] = param(default="pandas", wire=None)
    latex_delimiters: list[dict[str, Any]] | None = param(default=None, wire=list[LatexDelimiter])
    label: str | None = None
    show_label: bool | None = None
    max_height: int | str = 500
    interactive: bool | None = None
    wrap: bool = False
    line_breaks: bool = True
    column_widths: Sequence[str | int] | None = param(default=None, wire=list[str])
    buttons: Sequence[Any] | None = param(default=None, wire=list[str] | None, encode=button_names)
    show_row_numbers: bool = False
    max_chars: int | None = None
    show_search: Literal["none", "search", "filter"] = "none"
    pinned_columns: int | None = None
    static_columns: list[int] | None = param(default=None, wire=list[int])

    change = event("The table changed, by the user or by an update.")
    input = event("The user changed the table.")
    select = event("The user chose a cell; the index is (row, column).", payload=dict)
    edit = event("The user edited a cell; the index is (row, column).", payload=dict)

    def check(self) -> None:
        """Refuse what is unknown or does not fit; decide counts, headers and types."""
        super().check()
        if self.type not in TYPES:
            raise DeclarationError(f"{self!r}: type must be one of {TYPES}, got {self.type!r}")
        if self.type == "polars":
            _need_polars()
        self.fall_back("show_search", SEARCHES)
        self._count_columns()
        self.row_count = _count(self.row_count, DEFAULT_COLUMNS)
        datatype = self.datatype
        if datatype == "auto":
            self.__dict__["_is_auto"] = True
            value = self.__dict__.get("value")
            self.datatype = (None if callable(value) else kinds_of(value)) or "str"
        elif "datatype" in self.given:
            self.__dict__.setdefault("_is_auto", False)
        for one in [self.datatype] if isinstance(self.datatype, str) else self.datatype:
            if one not in DATATYPES:
                warnings.warn(
                    f"{self!r}: the datatype {one!r} is none of {DATATYPES}; it is shown as text",
                    NbblocksWarning,
                    stacklevel=4,
                )
        self.static_columns = list(self.static_columns or [])
        self.column_widths = [_width(w) for w in self.column_widths or []]
        if self.latex_delimiters is None:
            self.latex_delimiters = [{"left": "$$", "right": "$$", "display": True}]

    def _count_columns(self) -> None:
        """How many columns an empty table has, and what they are called."""
        headers = self.headers
        is_first = "_counted" not in self.__dict__  # else an update gave other headers
        if self.column_count is None and self.col_count is not None and is_first:
            older = _count(self.col_count, DEFAULT_COLUMNS)
            self.column_count = (len(headers) if headers else older[0], older[1])
        count = self.column_count = self.col_count = _count(
            self.column_count, len(headers) if headers else DEFAULT_COLUMNS
        )
        self.__dict__["_counted"] = True
        if headers is not None and len(headers) != count[0]:
            if is_first:
                raise DeclarationError(
                    f"{self!r}: there are {len(headers)} headers for column_count={count[0]}; give one for each column"
                )
            self.column_count = self.col_count = (len(headers), count[1])
        self.headers = list(headers) if headers is not None else [str(at + 1) for at in range(count[0])]

    # --- to the page and back

    def preprocess(self, payload: Any) -> Any:
        """Give the table as `type` says; how the page orders or filters it makes no difference.

        Raises
        ------
        WireError
            The page sent something else than a table.
        """
        frame = self._received(payload)
        if self.type == "pandas":
            return frame.to_pandas()
        if self.type == "polars":
            _need_polars()
            return frame.to_polars()
        return frame.to_numpy() if self.type == "numpy" else frame.to_lists()

    def _received(self, payload: Any) -> Frame:
        if isinstance(payload, PageTable):
            return payload.table.frame
        if isinstance(payload, DataframeData):
            return payload.table.frame
        if payload is None:
            return Rows(self.headers or [], [])
        headers, data = self._parts(payload)
        if data == [[]]:
            data = []
        if headers is None:
            headers = [str(at + 1) for at in range(len(data[0]) if data else 0)]
        width = len(headers)
        if any(len(row) > width for row in data):
            raise WireError(f"{self!r}: a row has more cells than the {width} headers")
        return Rows(headers, [row if len(row) == width else [*row, *[None] * (width - len(row))] for row in data])

    def _parts(self, payload: Any) -> tuple[list[Any] | None, list[list[Any]]]:
        """Headers and rows of what a page or a client sent."""
        if hasattr(payload, "headers") and hasattr(payload, "data"):
            return payload.headers, payload.data
        if isinstance(payload, list):
            payload = {"headers": self.headers, "data": payload}
        if not isinstance(payload, dict) or not isinstance(payload.get("data"), list):
            raise WireError(f"{self!r}: a table is {{'headers': …, 'data': …}}, got {payload!r:.60}")
        headers, data = payload.get("headers"), payload["data"]
        if not all(isinstance(row, list) for row in data) or not (headers is None or isinstance(headers, list)):
            raise WireError(f"{self!r}: the rows of a table are lists")
        return headers, data

    def postprocess(self, value: Any) -> DataframeData:
        """Show a table; None shows an empty one.

        Raises
        ------
        ValueError
            It is nothing that can be read as a table.
        """
        if isinstance(value, PageTable):
            return value.table.data()
        if isinstance(value, DataframeData):
            return value
        look = look_of(value)
        if look is not None and self.interactive:
            warnings.warn(
                f"{self!r}: a Styler's look is lost where its cells are edited", NbblocksWarning, stacklevel=3
            )
        if is_empty(value) and not headers_of(value):
            value = None
        frame = frame_of(value, list(self.headers or []))
        metadata = value.get("metadata") if isinstance(value, dict) else None
        kinds: list[str] | None = [*frame.kinds()] if self.__dict__.get("_is_auto") and frame.rows else None
        return Table(frame, look, metadata, kinds).data()

    # --- what a page asks for, and does

    def taken(self, value: Any, held: Any) -> Any:
        """The table after the edits of a page; one that a page's own code made is another table."""
        if isinstance(value, dict) and "ops" in value:
            table = held.table if isinstance(held, PageTable) else Table(self._received(held))
            return table.taken(value, self._rules()).page()
        return Table(self._received(value)).page()

    def _rules(self) -> Rules:
        def bounds(count: Any, limits: Any) -> tuple[int | None, int | None]:
            if isinstance(count, tuple) and count[1] == "fixed":
                return count[0], count[0]
            return tuple(limits) if limits else (None, None)

        return Rules(
            frozenset(self.static_columns or ()),
            bounds(self.row_count, self.row_limits),
            bounds(self.column_count, self.column_limits),
        )

    def page_functions(self, value: Any) -> dict[str, Callable[..., Any]]:
        """What a page may ask of the table that it shows."""
        table = value.table if isinstance(value, PageTable) else Table(self._received(value))
        return {
            "window": table.window,
            "download": lambda request: _download(table, request),
            "taken_edits": lambda *_: table.applied,
        }

    def event_data(self, payload: Any, value: Any) -> Any:
        """A chosen cell, with its whole row and column where the page does not have them."""
        if not isinstance(payload, dict) or not isinstance(value, PageTable) or "index" not in payload:
            return payload
        frame, index = value.table.frame, payload["index"]
        is_cell = isinstance(index, list) and len(index) == 2 and all(type(i) is int for i in index)
        if not is_cell or not (0 <= index[0] < frame.rows and 0 <= index[1] < frame.columns):
            return payload
        full = dict(payload)
        if full.get("row_value", ...) is None:
            full["row_value"] = [json_cell(v) for v in frame.row(index[0])]
        if full.get("col_value", ...) is None:
            full["col_value"] = [json_cell(v) for v in frame.column(index[1])]
        return full

    # --- of itself

    def get_cell_data(self, value: Any) -> list[list[Any]]:
        """The rows of a value, without columns that its Styler hides."""
        return [list(row) for row in self.postprocess(value).data]

    def get_headers(self, value: Any) -> list[Any]:
        """Names of the columns that a value has itself."""
        return headers_of(value)

    @staticmethod
    def is_empty(value: Any) -> bool:
        """Whether a value has no cells."""
        return is_empty(value)

    def process_example(self, value: Any) -> Any:
        """The first rows, as they stand in a table of examples."""
        if value is None:
            return ""
        return [[json_cell(v) for v in row] for row in self.postprocess(value).data[:5]]

    def flag(self, payload: Any, flag_dir: str | Path = "") -> Any:
        """All of the table, as JSON."""
        return super().flag(whole(payload), flag_dir)

    def api_info(self) -> dict[str, Any]:
        """Headers and rows."""
        lists = {"anyOf": [{"items": {}, "type": "array"}, {"type": "null"}]}
        return {
            "properties": {
                "headers": {"items": {}, "type": "array"},
                "data": {"items": {"items": {}, "type": "array"}, "type": "array"},
                "metadata": {
                    "anyOf": [{"additionalProperties": lists, "type": "object"}, {"type": "null"}],
                    "default": None,
                },
            },
            "required": ["headers", "data"],
            "type": "object",
        }

    def example_payload(self) -> Any:
        """Two cells."""
        return {"headers": ["a", "b"], "data": [["foo", "bar"]]}

    def example_value(self) -> Any:
        """Two cells."""
        return {"headers": ["a", "b"], "data": [["foo", "bar"]]}


def _need_polars() -> None:
    try:
        import polars  # noqa: F401
    except ImportError:
        raise ImportError("type='polars' needs polars: pip install polars") from None


def _download(table: Table, request: Any) -> FileData:
    """A file of the rows that a page shows, as it orders them."""
    from ..frames.table import query_of

    if not isinstance(request, dict) or request.get("format") not in ("csv", "parquet"):
        raise WireError("a table is downloaded as 'csv' or 'parquet'")
    order = table.order(query_of(request.get("query") or {}, table.frame.columns))
    name = f"table.{request['format']}"
    path = cached_path(secrets.token_hex(16), name)
    table.frame.write(path, order, request["format"])
    return FileData.of(path, name)


class List(Dataframe):
    """A table of one column, given to a handler as a list of rows of one value.

    Examples
    --------
    >>> List().postprocess(["a", "b"]).data
    [['a'], ['b']]
    """

    is_template: ClassVar[bool] = True

    _: KW_ONLY
    row_count: int | tuple[int, str] | None = (1, "dynamic")
    col_count: int | tuple[int, str] | None = 1
    type: Literal["pandas", "numpy", "array", "polars"] = "array"


class Matrix(Dataframe):
    """A table given to a handler as a list of rows.

    Examples
    --------
    >>> Matrix().preprocess({"headers": ["a"], "data": [[1], [2]]})
    [[1], [2]]
    """

    is_template: ClassVar[bool] = True

    _: KW_ONLY
    row_count: int | tuple[int, str] | None = (1, "dynamic")
    type: Literal["pandas", "numpy", "array", "polars"] = "array"


class Numpy(Dataframe):
    """A table given to a handler as an array.

    Examples
    --------
    >>> Numpy().preprocess({"headers": ["a"], "data": [[1], [2]]}).tolist()
    [[1], [2]]
    """

    is_template: ClassVar[bool] = True

    _: KW_ONLY
    row_count: int | tuple[int, str] | None = (1, "dynamic")
    type: Literal["pandas", "numpy", "array", "polars"] = "numpy"
