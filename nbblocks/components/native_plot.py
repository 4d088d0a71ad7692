"""Charts from a data frame: what lines, bars and points share."""

from __future__ import annotations

import json
import math
import re
from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypedDict

from ..declare import KW_ONLY, param
from ..events import event
from ..exceptions import DeclarationError, warn_once
from ..tree import Block
from .base import Labelled, button_names
from .plot import PlotData

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["NativePlot", "NativePlotJSON"]

AGGREGATES = ("sum", "mean", "median", "min", "max", "count")
SORTS = ("x", "y", "-x", "-y")
TOOLTIPS = ("axis", "none", "all")
UNIT_MS = {"s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}
MANY_ROWS = 5000  #: more are aggregated before they travel
KEPT_FRAMES = 16
LINE_PARTS = 1000


class NativePlotJSON(TypedDict, total=False):
    """Rows of a data frame; `datatypes` are quantitative, nominal or temporal.

    `whole` names the frame where only what it was aggregated to is here.
    """

    columns: list[str]
    data: list[list[Any]]
    datatypes: dict[str, str]
    mark: str
    whole: str


Aggregate = Literal["sum", "mean", "median", "min", "max", "count"]
_whole: OrderedDict[str, pd.DataFrame] = OrderedDict()  #: the latest frames that only travelled aggregated


class NativePlot(Labelled):
    """A chart from a data frame.

    Parameters
    ----------
    value : DataFrame or callable, optional
        First data. A function is called once per page load.
    x, y : str, optional
        Columns of the two axes; `y` holds numbers.
    color : str, optional
        Column whose values are told apart by colour.
    title, x_title, y_title, color_title : str, optional
        Texts at the chart, its axes and its legend; None: for axes and legend the columns' names.
    x_bin : str or float, optional
        Width of the groups of x: a number, or for dates such as "10m", "1h", "1d" (s, m, h, d).
    y_aggregate : {"sum", "mean", "median", "min", "max", "count"}, optional
        What is shown of the rows of one group, or of one name on the x axis; None: with groups their sum.
    color_map : dict, optional
        CSS colours by value of `color`.
    colors_in_legend : list of str, optional
        The values of `color` that the legend shows; None: all.
    x_lim, y_lim : list of two floats or None, optional
        Least and most of an axis, None each for that of the data; for dates in seconds since 1970, or dates.
    x_label_angle, y_label_angle : float
        Degrees by which labels of the axis are turned, clockwise.
    x_axis_format, y_axis_format : str, optional
        How numbers stand at an axis: https://d3js.org/d3-format
    x_axis_labels_visible : bool or "hidden"
        Whether the x axis has labels; "hidden": their place stays empty.
    caption : str, optional
        A line under the chart.
    sort : {"x", "y", "-x", "-y"} or list of str, optional
        Order of names on the x axis.
    tooltip : {"axis", "none", "all"} or list of str
        Columns shown of what is pointed at: those of the axes, none, all, or the listed as well.
    height : int, optional
        In pixels.
    buttons : list of str or Button, optional
        Buttons in its corner: "fullscreen", "export", or buttons of your own; None: none.
    """

    user_props: ClassVar[tuple[str, ...]] = ()
    chunks: ClassVar[tuple[str, ...]] = ("views-plots",)
    is_heavy: ClassVar[bool] = True
    mark: ClassVar[str] = "native"
    extra_props: ClassVar[dict[str, Any]] = {"mark": str}

    value: Any = param(default=None, wire=NativePlotJSON | None)
    x: str | None = None
    y: str | None = None
    _: KW_ONLY
    color: str | None = None
    title: str | None = None
    x_title: str | None = None
    y_title: str | None = None
    color_title: str | None = None
    x_bin: str | float | None = None
    y_aggregate: Aggregate | None = None
    color_map: dict[str, str] | None = None
    colors_in_legend: list[str] | None = None
    x_lim: Sequence[float | None] | None = param(default=None, wire=list[Any] | None, encode=lambda v: _limits(v))
    y_lim: Sequence[float | None] | None = param(default=None, wire=list[Any] | None, encode=lambda v: _limits(v))
    x_label_angle: float = 0
    y_label_angle: float = 0
    x_axis_format: str | None = None
    y_axis_format: str | None = None
    x_axis_labels_visible: bool | Literal["hidden"] = True
    caption: str | None = None
    sort: Literal["x", "y", "-x", "-y"] | list[str] | None = param(default=None, wire=str | list[str] | None)
    tooltip: Literal["axis", "none", "all"] | list[str] = param(default="axis", wire=str | list[str])
    height: int | None = param(default=None, wire=int | str | None)
    buttons: Sequence[Any] | None = param(
        default=None, wire=list[str] | None, encode=lambda given: button_names(given or [])
    )

    change = event("Other data are shown.")
    select = event("The user dragged over a range of x, or took it back.", payload=dict)
    double_click = event("The user pressed twice.")

    def check(self) -> None:
        """Refuse what no chart can be."""
        super().check()
        if self.label is None and self.show_label is None:
            self.show_label = False
        if self.y_aggregate is not None and self.y_aggregate not in AGGREGATES:
            raise DeclarationError(f"{self!r}: y_aggregate must be one of {AGGREGATES}, got {self.y_aggregate!r}")
        if isinstance(self.sort, str) and self.sort not in SORTS:
            raise DeclarationError(f"{self!r}: sort must be one of {SORTS} or a list, got {self.sort!r}")
        if isinstance(self.tooltip, str) and self.tooltip not in TOOLTIPS:
            raise DeclarationError(f"{self!r}: tooltip must be one of {TOOLTIPS} or a list, got {self.tooltip!r}")
        for name in ("x_lim", "y_lim"):
            given = getattr(self, name)
            if given is not None and (isinstance(given, str) or len(given) != 2):
                raise DeclarationError(f"{self!r}: {name} is [least, most], got {given!r}")
        _bin_width(self.x_bin, self)

    def wire_props(self, names: Any = None) -> dict[str, Any]:
        """Synced properties, and the kind of marks."""
        props = super().wire_props(names)
        return {**props, "mark": self.mark} if names is None or "x" in names else props

    def get_config(self, cls: type[Block] | None = None) -> dict[str, Any]:
        """Parameters as they stand in the app's configuration; each of the three plots has its own name there."""
        return {**super().get_config(cls), "name": type(self).__name__.lower()}

    def get_mark(self) -> str:
        """The kind of marks: "line", "bar" or "point"."""
        return self.mark

    def preprocess(self, payload: Any) -> PlotData | None:
        """Give the data as the page has them: `columns`, `data`, `datatypes`."""
        return None if payload is None else PlotData(payload)

    def postprocess(self, value: Any) -> PlotData | dict[str, Any] | None:
        """Show the rows of a data frame; None shows none.

        More than 5000 rows are aggregated before they go to the page, where the chart shows groups; of a line without
        groups, the least and the most of each thousandth go.

        Raises
        ------
        ValueError
            It is no data frame, or lacks a column that the chart shows.
        """
        if value is None or isinstance(value, dict):
            return value
        frame = _frame(value, self)
        for role in ("x", "y", "color"):
            column = getattr(self, role)
            if column is not None and column not in frame.columns:
                raise ValueError(f"{self!r}: there is no column {column!r} for {role}; there are {list(frame.columns)}")
        if len(frame) <= MANY_ROWS or self.x is None or self.y is None or self.x == self.y:
            return self._rows(frame)
        groups = self._aggregated(frame, self.x, self.y)
        if groups is None:
            groups = self._thinned(frame, self.x, self.y)
        if groups is None:
            return self._rows(frame)
        key = f"{id(frame):x}-{len(_whole):x}-{len(frame)}"
        _whole[key] = frame
        while len(_whole) > KEPT_FRAMES:
            _whole.popitem(last=False)
        return PlotData(self._rows(groups), whole=key)

    def value_after(self, given: dict[str, Any], shown: Any) -> Any:
        """What is shown after other parameters were set; None: the same.

        Parameters
        ----------
        given : dict
            The new parameters.
        shown : dict
            The value before.
        """
        key = shown.get("whole") if isinstance(shown, dict) else None
        changes = given.keys() & {"x", "y", "color", "x_bin", "y_aggregate", "tooltip", "x_lim"}
        frame = _whole.get(key) if key is not None and changes else None
        return None if frame is None else self.postprocess(frame)

    def _rows(self, frame: pd.DataFrame) -> PlotData:
        kinds = {str(name): _kind(frame[name].dtype) for name in frame.columns}
        plain = frame.assign(**{str(n): _plain(frame[n]) for n in frame.columns if frame[n].dtype.kind in "mM"})
        split = json.loads(plain.to_json(orient="split", index=False))
        return PlotData(columns=[str(c) for c in split["columns"]], data=split["data"], datatypes=kinds, mark=self.mark)

    def _aggregated(self, frame: pd.DataFrame, x_name: str, y_name: str) -> pd.DataFrame | None:
        """One row for each group of x and color; None where the chart has no groups."""
        import pandas as pd

        kind = _kind(frame[x_name].dtype)
        width = _bin_width(self.x_bin, self)
        x = frame[x_name]
        if kind == "temporal" and width:
            x = pd.to_datetime(_epoch_ms(x) // int(width) * int(width), unit="ms")
        elif kind == "quantitative" and width:
            x = (x // width) * width
        elif kind != "nominal" or self.mark == "point":
            return None
        keys = [x.rename(x_name)]
        if self.color is not None and self.color != x_name:
            keys.append(frame[self.color])
        grouped = frame[y_name].groupby(keys, observed=True, sort=False)
        made: pd.DataFrame = grouped.agg(self.y_aggregate or "sum").reset_index()
        return made

    def _thinned(self, frame: pd.DataFrame, x_name: str, y_name: str) -> pd.DataFrame | None:
        """Of a long line the points that make its shape, within the limits of x and one beyond; None: it is no line."""
        import numpy as np
        import pandas as pd

        kind = _kind(frame[x_name].dtype)
        if self.mark != "line" or kind == "nominal":
            return None
        unit = 1000 if kind == "temporal" else 1
        at = (_epoch_ms(frame[x_name]) if kind == "temporal" else frame[x_name]).to_numpy(np.float64, na_value=np.nan)
        least, most = (v if v is None else v * unit for v in _limits(self.x_lim) or (None, None))
        series = None if self.color is None else pd.factorize(frame[self.color])[0]
        kept: list[Any] = []
        for one in [None] if series is None else np.unique(series):
            rows = np.arange(len(frame)) if series is None else np.flatnonzero(series == one)
            rows = rows[~np.isnan(at[rows])]
            before, after = rows[at[rows] < least] if least is not None else rows[:0], rows[:0]
            if most is not None:
                after = rows[at[rows] > most]
            inside = rows[(at[rows] >= (-np.inf if least is None else least))]
            inside = inside[at[inside] <= (np.inf if most is None else most)]
            kept += [before[[at[before].argmax()]]] if len(before) else []
            kept += [_shape(at, frame[y_name].to_numpy(np.float64, na_value=np.nan), inside)]
            kept += [after[[at[after].argmin()]]] if len(after) else []
        made: pd.DataFrame = frame.iloc[np.unique(np.concatenate(kept))]
        return made

    def example_value(self) -> Any:
        """Three rows."""
        import pandas as pd

        return pd.DataFrame({self.x or "x": [1, 2, 3], self.y or "y": [4, 5, 6]})

    def api_info(self) -> dict[str, Any]:
        """Any JSON."""
        return {"type": {}, "description": "any valid json"}


def _epoch_ms(dates: pd.Series[Any]) -> pd.Series[Any]:
    """Milliseconds since 1970, of dates with and without a time zone."""
    import numpy as np

    if getattr(dates.dtype, "tz", None) is not None:
        dates = dates.dt.tz_convert("UTC").dt.tz_localize(None)
    ms: pd.Series[Any] = dates.astype("datetime64[ms]").astype(np.int64)
    known: pd.Series[Any] = ms.astype("Int64").where(~dates.isna())
    return known


def _plain(times: pd.Series[Any]) -> pd.Series[Any]:
    """Dates as milliseconds, spans of time as text."""
    return _epoch_ms(times) if times.dtype.kind == "M" else times.astype(str)


def _shape(at: NDArray[Any], y: NDArray[Any], rows: NDArray[Any]) -> NDArray[Any]:
    """Of some rows those with the least and the most y in each of many equal parts of x."""
    import numpy as np
    import pandas as pd

    if len(rows) <= LINE_PARTS * 2:
        return rows
    x = at[rows]
    part = np.minimum(((x - x.min()) / (x.max() - x.min() or 1) * LINE_PARTS).astype(np.int64), LINE_PARTS - 1)
    grouped = pd.Series(y[rows], index=rows).groupby(part)
    found = [rows[:1], rows[-1:], grouped.idxmin().dropna(), grouped.idxmax().dropna()]
    return np.unique(np.concatenate(found)).astype(np.int64)


def _limits(given: Any) -> list[Any] | None:
    """Ends of an axis; dates as seconds since 1970."""
    if given is None:
        return None
    return [v.timestamp() if hasattr(v, "timestamp") else _number(v) for v in given]


def _number(value: Any) -> Any:
    """As JSON has it: a number of NumPy as Python's own, NaN as none."""
    plain = value.item() if hasattr(value, "item") else value
    return None if isinstance(plain, float) and math.isnan(plain) else plain


def _bin_width(given: Any, where: object) -> float | None:
    """Width of the groups of x, in its own unit or ms.

    Examples
    --------
    >>> _bin_width("10m", "LinePlot"), _bin_width(2, "LinePlot")
    (600000.0, 2.0)
    """
    if given is None or given == "":
        return None
    if isinstance(given, str):
        parts = re.fullmatch(r"\s*(\d*\.?\d+)\s*([smhd]?)\s*", given)
        if parts is None or float(parts[1]) <= 0:
            warn_once(
                f"x_bin.{given}",
                f"{where!r}: x_bin={given!r} is no width such as 2, '10m' or '1d': there are no groups",
            )
            return None
        return float(parts[1]) * (UNIT_MS[parts[2]] if parts[2] else 1)
    if isinstance(given, bool) or not given > 0:
        raise DeclarationError(f"{where!r}: x_bin is more than 0, got {given!r}")
    return float(given)


def _frame(value: Any, where: object) -> pd.DataFrame:
    import pandas as pd

    if isinstance(value, pd.DataFrame):
        objects = [c for c in value.columns if value[c].dtype == object]
        dates = [c for c in objects if pd.api.types.infer_dtype(value[c], skipna=True) in ("date", "datetime")]
        return value.assign(**{c: pd.to_datetime(value[c]) for c in dates}) if dates else value
    if hasattr(value, "to_pandas"):  # polars, pyarrow, modin
        made: pd.DataFrame = value.to_pandas()
        return made
    raise ValueError(f"{where!r} shows a data frame, got {type(value).__name__}")


def _kind(dtype: Any) -> str:
    import pandas as pd

    if pd.api.types.is_numeric_dtype(dtype):
        return "quantitative"
    return "temporal" if pd.api.types.is_datetime64_any_dtype(dtype) else "nominal"
