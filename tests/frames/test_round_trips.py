"""What goes to a page and comes back is what was given, of whatever library and type."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import nbblocks as gr
from nbblocks.frames import frame_of, page_cell

ZONE = dt.timezone.utc
DAYS = st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2200, 1, 1))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
CELLS: dict[Any, Any] = {
    pl.Int64: st.integers(-(2**62), 2**62),
    pl.Float64: st.floats(allow_nan=False, allow_infinity=False),
    pl.Boolean: st.booleans(),
    pl.String: TEXTS,
    pl.Date: DAYS.map(dt.datetime.date),
    pl.Datetime("us"): DAYS,
    pl.Datetime("us", "Europe/Berlin"): DAYS.map(lambda d: d.replace(tzinfo=ZONE)),
    pl.Duration("us"): st.timedeltas(dt.timedelta(-1000), dt.timedelta(1000)),
    pl.Time: st.times(),
    pl.Decimal(20, 3): st.decimals(-(10**9), 10**9, places=3),
    pl.Categorical: st.sampled_from(["x", "y", "z"]),
    pl.List(pl.Int64): st.lists(st.integers(-5, 5), max_size=3),
}
SLOW = settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))


@st.composite
def polars_frames(draw: st.DrawFn) -> pl.DataFrame:
    """A frame of some columns of any types, with nothing in some cells."""
    kinds = draw(st.lists(st.sampled_from(list(CELLS)), min_size=1, max_size=5))
    rows = draw(st.integers(1, 6))
    columns = [
        pl.Series(f"c{n}", draw(st.lists(st.none() | CELLS[kind], min_size=rows, max_size=rows)), dtype=kind)
        for n, kind in enumerate(kinds)
    ]
    return pl.DataFrame(columns)


def crossed(frame, kind):
    """A frame as a handler gets it after a page showed it."""
    page = gr.Dataframe().postprocess(frame).to_page()
    json.dumps(page, allow_nan=False)
    return gr.Dataframe(type=kind).preprocess(page)


@SLOW
@given(polars_frames())
def test_a_frame_of_polars_comes_back_as_it_was(frame):
    assert crossed(frame, "polars").equals(frame)
    assert crossed(frame, "polars").schema == frame.schema


@SLOW
@given(polars_frames())
def test_a_table_of_arrow_comes_back_with_its_values(frame):
    assert crossed(frame.to_arrow(), "polars").equals(frame)


@SLOW
@given(polars_frames())
def test_a_frame_of_pandas_comes_back_as_it_was(frame):
    pandas = frame.to_pandas()
    pd.testing.assert_frame_equal(crossed(pandas, "pandas"), pandas)


@SLOW
@given(polars_frames())
def test_json_of_any_frame_is_plain(frame):
    whole = gr.Dataframe().postprocess(frame).whole()
    assert json.loads(json.dumps(whole, allow_nan=False))["headers"] == frame.columns


def test_types_of_pandas_alone_come_back():
    frame = pd.DataFrame(
        {
            "n": pd.array([1, None, 3], dtype="Int64"),
            "c": pd.Categorical(["b", "a", "b"], categories=["b", "a"], ordered=True),
            "z": pd.date_range("2024-03-30", periods=3, tz="Europe/Berlin"),
            "p": pd.period_range("2024-01", periods=3, freq="M"),
            "o": [Decimal("1.10"), {"a": 1}, None],
            5: [1.5, np.nan, np.inf],
        }
    )
    pd.testing.assert_frame_equal(crossed(frame, "pandas"), frame)


def test_what_is_done_to_a_frame_later_is_not_seen():
    frame = pd.DataFrame({"a": [1, 2]})
    page = gr.Dataframe().postprocess(frame).to_page()
    frame.loc[0, "a"] = 9
    got = gr.Dataframe().preprocess(page)
    got.loc[1, "a"] = 7
    assert gr.Dataframe(type="array").preprocess(page) == [[1], [2]]


FRAMES = {
    "pandas": pd.DataFrame,
    "polars": pl.DataFrame,
    "pyarrow": pa.table,
}
COLUMNS = {
    "n": [1, 2, 3],
    "f": [1.5, 2.5, 3.5],
    "b": [True, False, True],
    "s": ["a", "b", "c"],
    "t": [dt.datetime(2024, 1, n) for n in (1, 2, 3)],
}


@pytest.mark.parametrize("library", FRAMES)
@pytest.mark.parametrize(
    ("column", "typed", "expected"),
    [
        (0, "42", 42),
        (0, "4.5", 4.5),
        (1, "7", 7.0),
        (1, "", None),
        (2, "false", False),
        (3, "12", "12"),
        (4, "2024-05-06", dt.datetime(2024, 5, 6)),
        (4, "2024-05-06 07:08:09", dt.datetime(2024, 5, 6, 7, 8, 9)),
        (4, "", None),
    ],
)
def test_a_typed_cell_is_of_its_columns_type(library, column, typed, expected):
    edited = frame_of(FRAMES[library](COLUMNS), []).with_cells([(1, column, typed)])
    got = edited.column(column)[1]
    assert page_cell(got) == page_cell(expected)
    others = [page_cell(v) for v in edited.column(column)]
    assert others[::2] == [page_cell(v) for v in list(COLUMNS.values())[column]][::2]


@pytest.mark.parametrize("library", FRAMES)
def test_a_text_that_does_not_fit_widens_its_column(library):
    edited = frame_of(FRAMES[library](COLUMNS), []).with_cells([(0, 0, "many")])
    assert [str(v) for v in edited.column(0)] == ["many", "2", "3"]
    assert edited.column(3) == ["a", "b", "c"]


@pytest.mark.parametrize("library", [*FRAMES, "list"])
def test_rows_and_columns_are_added_and_deleted(library):
    rows = [list(row) for row in zip(*COLUMNS.values(), strict=True)]
    frame = frame_of(rows if library == "list" else FRAMES[library](COLUMNS), list(COLUMNS))
    more = frame.with_rows(1, [["7", "8", "true", "new", "2024-01-09"]])
    assert [str(v) for v in more.column(3)] == ["a", "new", "b", "c"]
    assert more.without_rows([0, 3]).column(3) == ["new", "b"]
    wide = frame.with_columns(1, ["extra"])
    assert (wide.headers[:2], wide.column(1)) == (["n", "extra"], ["", "", ""])
    assert wide.without_columns([1]).same_as(frame)
    assert frame.renamed(0, "first").headers[0] == "first"
    assert frame.without_rows([0, 1, 2]).with_rows(0, [[""] * 5]).rows == 1


ROWS = st.lists(st.tuples(st.integers(-3, 3) | st.none(), TEXTS | st.none()), max_size=12)


@SLOW
@given(ROWS, st.integers(0, 1), st.sampled_from(["asc", "desc"]), st.text("ab12", max_size=1))
def test_every_library_orders_and_finds_the_same(rows, column, direction, search):
    query = {"search": search, "sort": [(column, direction)]}
    data = {"n": [r[0] for r in rows], "s": [r[1] for r in rows]}
    schema = {"n": pl.Int64, "s": pl.String}
    wanted = list(frame_of([list(r) for r in rows], ["n", "s"]).order(query))
    polars = pl.DataFrame(data, schema=schema)
    for frame in (polars, polars.to_arrow(), pd.DataFrame({"n": pd.array(data["n"], "Int64"), "s": data["s"]})):
        assert list(frame_of(frame, []).order(query)) == wanted, type(frame)
