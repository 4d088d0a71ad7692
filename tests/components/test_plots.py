from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from nbblocks.components import BarPlot, LinePlot, Plot, ScatterPlot
from nbblocks.components.plot import library
from nbblocks.exceptions import DeclarationError, Error
from nbblocks.wire.files import cache_dir


class Bundle:
    def __init__(self, **bundle):
        self.bundle = bundle

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {name.replace("__", "/"): value for name, value in self.bundle.items()}


def test_matplotlib_is_a_picture_and_no_figure_is_left_open():
    pyplot = pytest.importorskip("matplotlib.pyplot")
    pyplot.switch_backend("agg")
    figure, axes = pyplot.subplots()
    for value in (figure, axes, axes.bar(["a"], [1])):
        shown = Plot(format="png").postprocess(value)
        assert (shown.type, shown.plot[:22]) == ("matplotlib", "data:image/png;base64,")
    assert pyplot.get_fignums() == []
    pyplot.plot([1, 2])
    assert Plot().postprocess(pyplot).type == "matplotlib"
    pyplot.close()
    assert Plot(format="svg").postprocess(pyplot.figure()).plot.startswith("data:image/svg+xml;base64,")


def test_seaborn_axes_and_grids():
    seaborn = pytest.importorskip("seaborn")
    pytest.importorskip("matplotlib").use("agg")
    frame = pd.DataFrame({"a": [1, 2, 3], "b": [3, 1, 2]})
    for value in (seaborn.scatterplot(frame, x="a", y="b"), seaborn.relplot(frame, x="a", y="b")):
        assert Plot().postprocess(value).type == "matplotlib"


def test_plotly_altair_and_bokeh_are_json():
    go = pytest.importorskip("plotly.graph_objects")
    shown = Plot().postprocess(go.Figure(go.Scatter(y=[1, 2])))
    assert (shown.type, json.loads(shown.plot)["data"][0]["type"]) == ("plotly", "scatter")
    alt = pytest.importorskip("altair")
    chart = alt.Chart(pd.DataFrame({"a": [1]})).mark_point().encode(x="a")
    for value in (chart, alt.layer(chart, chart), chart | chart):
        shown = Plot().postprocess(value)
        assert (shown.type, "$schema" in json.loads(shown.plot)) == ("altair", True)
    plotting = pytest.importorskip("bokeh.plotting")
    shown = Plot().postprocess(plotting.figure())
    assert (shown.type, json.loads(shown.plot)["root_id"]) == ("bokeh", json.loads(shown.plot)["root_id"])


def test_what_a_notebook_shows_is_shown():
    assert Plot().postprocess(Bundle(text__html="<b>x</b>")) == {"type": "html", "plot": "<b>x</b>"}
    spec = {"data": [], "layout": {}}
    shown = Plot().postprocess(Bundle(**{"application__vnd.plotly.v1+json": spec, "text__html": "x"}))
    assert (shown.type, json.loads(shown.plot)) == ("plotly", spec)
    shown = Plot().postprocess(Bundle(image__png=b"\x89PNG"))
    assert shown.plot == "data:image/png;base64,iVBORw=="
    assert Plot().postprocess(None) is None
    assert Plot().postprocess({"type": "html", "plot": "x"}).plot == "x"


@pytest.mark.parametrize("value", [3, "text", Bundle(), Bundle(text__plain="x"), Bundle, [1, 2]])
def test_what_is_no_figure_is_refused(value):
    with pytest.raises(ValueError, match="Plot"):
        Plot().postprocess(value)


def test_scripts_come_from_the_packages_and_nothing_else():
    pytest.importorskip("plotly")
    assert [file.orig_name for file in library("plotly")] == ["plotly.min.js"]
    # also where the environment is a folder such as .venv: it is none that handlers may give files from
    assert all(Path(file.path or "").is_relative_to(cache_dir()) for file in library("plotly"))
    for name in ("../../etc/passwd", "numpy"):
        with pytest.raises(Error):
            library(name)


FRAME = pd.DataFrame(
    {
        "when": pd.to_datetime(["2024-01-01 00:00", "2024-01-01 01:00"]),
        "a": [1, 2],
        "b": [0.5, np.nan],
        "c": ["x", None],
        "d": pd.Categorical(["u", "v"]),
        "e": [True, False],
    }
)


@pytest.mark.parametrize(("cls", "mark"), [(LinePlot, "line"), (BarPlot, "bar"), (ScatterPlot, "point")])
def test_a_frame_goes_as_columns_rows_and_kinds(cls, mark):
    shown = cls(x="when", y="b").postprocess(FRAME)
    assert (shown.columns, shown.mark) == (["when", "a", "b", "c", "d", "e"], mark)
    assert shown.data == [
        [1704067200000, 1, 0.5, "x", "u", True],
        [1704070800000, 2, None, None, "v", False],
    ]
    kinds = ("temporal", "quantitative", "quantitative", "nominal", "nominal", "quantitative")
    assert tuple(shown.datatypes.values()) == kinds
    assert cls().postprocess(None) is None


@pytest.mark.parametrize("value", [3, [1, 2], np.zeros((2, 2))])
def test_what_is_no_frame_is_refused(value):
    with pytest.raises(ValueError, match="data frame"):
        LinePlot().postprocess(value)


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="no column 'z' for y"):
        LinePlot(x="a", y="z").postprocess(FRAME)


@pytest.mark.parametrize(
    "given",
    [
        {"x_bin": 0},
        {"x_bin": True},
        {"y_aggregate": "mode"},
        {"sort": "up"},
        {"tooltip": "some"},
        {"x_lim": [1]},
        {"y_lim": "ab"},
    ],
)
def test_what_cannot_be_declared(given):
    with pytest.raises(DeclarationError):
        BarPlot(**given)


def test_limits_may_be_dates():
    given = LinePlot(x_lim=[pd.Timestamp("1970-01-02", tz="UTC"), None], y_lim=[np.float64(1), np.nan])
    assert given.wire_props(["x_lim", "y_lim"]) == {"x_lim": [86400.0, None], "y_lim": [1.0, None]}


def large(rows=1_000_000):
    rng = np.random.default_rng(0)
    return pd.DataFrame(
        {
            "when": pd.date_range("2024-01-01", periods=rows, freq="s"),
            "x": rng.uniform(0, 100, rows),
            "y": np.ones(rows),
            "c": rng.choice(["u", "v"], rows),
        }
    )


def test_a_million_rows_are_aggregated_before_they_travel():
    frame = large()
    shown = BarPlot(x="x", y="y", x_bin=10, y_aggregate="sum").postprocess(frame)
    assert (len(shown.data), sum(row[1] for row in shown.data)) == (10, 1_000_000)
    assert sorted(row[0] for row in shown.data) == list(range(0, 100, 10))
    shown = LinePlot(x="when", y="y", color="c", x_bin="1d", y_aggregate="count").postprocess(frame)
    assert (shown.columns, len(shown.data), shown.data[0][0] % 86_400_000) == (["when", "c", "y"], 24, 0)
    assert shown.datatypes == {"when": "temporal", "c": "nominal", "y": "quantitative"}
    assert sum(row[2] for row in shown.data) == 1_000_000


def test_other_groups_are_made_of_the_whole_frame():
    frame = large(20_000)
    plot = BarPlot(x="x", y="y", x_bin=10)
    shown = plot.postprocess(frame)
    plot.__dict__["x_bin"] = 50
    again = plot.value_after({"x_bin": 50}, shown)
    assert sorted(row[0] for row in again.data) == [0, 50]
    assert sum(row[1] for row in again.data) == 20_000
    assert plot.value_after({"title": "x"}, shown) is None
    assert plot.value_after({"x_bin": 50}, {"columns": []}) is None


def test_a_long_line_keeps_its_peaks_and_a_zoom_its_details():
    frame = pd.DataFrame({"x": np.arange(100_000), "y": np.zeros(100_000)})
    frame.loc[54_321, "y"] = 9
    plot = LinePlot(x="x", y="y")
    shown = plot.postprocess(frame)
    assert len(shown.data) < 10_000
    assert [54_321, 9.0] in shown.data
    plot.__dict__["x_lim"] = [54_000, 54_100]
    near = plot.value_after({"x_lim": [54_000, 54_100]}, shown)
    assert [row[0] for row in near.data] == list(range(53_999, 54_102))
