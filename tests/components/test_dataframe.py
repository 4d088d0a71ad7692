from __future__ import annotations

import numpy as np
import pandas as pd
import polars as pl
import pytest

import nbblocks as gr
from nbblocks.exceptions import WireError
from nbblocks.frames import DataframeData, StaleEditError

FRAME = pd.DataFrame({"a": [1, 2], "b": ["x", None]})


def shown(value, **given):
    return gr.Dataframe(**given).postprocess(value).model_dump()


@pytest.mark.parametrize(
    ("value", "headers", "data"),
    [
        (None, ["1", "2", "3"], []),
        ([], ["1", "2", "3"], []),
        ([[]], ["1", "2", "3"], []),
        ([1, 2], ["1"], [[1], [2]]),
        ([[1, 2, 3, 4]], ["1", "2", "3", "4"], [[1, 2, 3, 4]]),
        ([(1, "a")], ["1", "2"], [[1, "a"]]),
        ({"headers": ["x"], "data": [[1]]}, ["x"], [[1]]),
        ({"headers": ["x"], "data": []}, ["x"], []),
        ({"data": [[1, 2]]}, ["1", "2"], [[1, 2]]),
        (np.array([[1.5, 2]]), ["1", "2"], [[1.5, 2.0]]),
        (np.array([1, 2]), ["1"], [[1], [2]]),
        (FRAME, ["a", "b"], [[1, "x"], [2, None]]),
        (pd.DataFrame(columns=["p", "q"]), ["p", "q"], []),
        (pl.DataFrame({"a": [1], "b": [None]}), ["a", "b"], [[1, None]]),
        (pl.LazyFrame({"a": [1]}), ["a"], [[1]]),
        (pl.DataFrame({"a": [1]}).to_arrow(), ["a"], [[1]]),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), ["a", "a"], [[1, 2]]),
    ],
)
def test_what_can_be_read_as_a_table_is_shown(value, headers, data):
    got = gr.Dataframe().postprocess(value).whole()
    assert got == {"headers": headers, "data": data, "metadata": None}


def test_relation_of_duckdb_is_a_table():
    duckdb = pytest.importorskip("duckdb")
    assert shown(duckdb.sql("select 1 as a, 'x' as b")) == {"headers": ["a", "b"], "data": [[1, "x"]], "metadata": None}


def test_csv_file_is_a_table(tmp_path):
    (tmp_path / "t.csv").write_text("a,b\n1,x\n")
    assert shown(str(tmp_path / "t.csv"))["data"] == [[1, "x"]]


def test_look_of_a_styler_is_shown():
    styler = FRAME.style.highlight_max(subset=["a"], color="red").format({"a": "{:.1f}"})
    assert shown(styler)["metadata"] == {
        "display_value": [["1.0", "x"], ["2.0", "nan"]],
        "styling": [["", ""], ["background-color: red", ""]],
    }


def test_column_that_a_styler_hides_is_not_shown():
    got = shown(FRAME.style.hide(axis="columns", subset=["a"]))
    assert (got["headers"], got["metadata"]["display_value"]) == (["b"], [["x"], ["nan"]])


@pytest.mark.parametrize("value", [5, {1, 2}, object()])
def test_what_is_no_table_is_refused(value):
    with pytest.raises(ValueError, match="table"):
        gr.Dataframe().postprocess(value)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("array", [[1, "x"], [2, "y"]]), ("numpy", [["1", "x"], ["2", "y"]])],
)
def test_handler_gets_rows_as_type_says(kind, expected):
    got = gr.Dataframe(type=kind).preprocess(DataframeData(["a", "b"], [[1, "x"], [2, "y"]]))
    assert (got.tolist() if kind == "numpy" else got) == expected


def test_handler_gets_frames():
    payload = {"headers": ["a", "b"], "data": [[1, "x"], [2, "y"]]}
    assert gr.Dataframe().preprocess(payload).to_dict("list") == {"a": [1, 2], "b": ["x", "y"]}
    assert gr.Dataframe(type="polars").preprocess(payload).to_dict(as_series=False) == {"a": [1, 2], "b": ["x", "y"]}


@pytest.mark.parametrize("payload", [5, {"data": 3}, {"headers": 1, "data": []}, {"data": [1]}, "x"])
def test_payload_that_is_no_table_is_refused(payload):
    with pytest.raises(WireError, match="table"):
        gr.Dataframe().preprocess(payload)


def test_counts_and_headers_are_decided():
    assert gr.Dataframe().headers == ["1", "2", "3"]
    assert gr.Dataframe(row_count=5).row_count == (5, "dynamic")
    assert gr.Dataframe(headers=["a"]).column_count == (1, "dynamic")
    assert gr.List().headers == ["1"]
    with pytest.raises(ValueError, match="column_count"):
        gr.Dataframe(headers=["a"], column_count=2)


def test_types_of_the_columns_are_found():
    frame = pd.DataFrame({"n": [1], "s": ["a"], "b": [True], "d": pd.to_datetime(["2024-01-01"])})
    assert gr.Dataframe(frame, datatype="auto").datatype == ["number", "str", "bool", "date"]
    assert gr.Dataframe(datatype="auto").postprocess(frame).to_page()["kinds"] == ["number", "str", "bool", "date"]


def test_unknown_datatype_is_told():
    with pytest.warns(UserWarning, match="bogus"):
        gr.Dataframe(datatype=["bogus"])


# --- what a page does


def edited(value, *ops, **given):
    table = gr.Dataframe(value, interactive=True, **given)
    held = table.first_value().to_page()
    return table.taken({"table": held["table"], "since": 0, "ops": list(ops)}, held)


def test_edits_come_back_in_the_type_of_their_column():
    got = edited(FRAME, ["cells", [[0, 0, "7"], [1, 1, "new"]]], ["insert_rows", 2, [["9", "last"]]])
    frame = gr.Dataframe().preprocess(got)
    assert (frame["a"].tolist(), frame["b"].tolist()) == ([7, 2, 9], ["x", "new", "last"])
    assert frame["a"].dtype == "int64"


def test_undo_brings_back_what_was_before():
    assert edited(FRAME, ["delete_rows", [0]], ["undo"]).table.frame.same_as(edited(FRAME).table.frame)
    got = edited([[1]], ["cells", [[0, 0, "2"]]], ["undo"], ["redo"], ["redo"])
    assert got["data"] == [[2]]


def test_edits_that_are_told_twice_are_made_once():
    table = gr.Dataframe([[1]], interactive=True)
    held = table.first_value().to_page()
    first = {"table": held["table"], "since": 0, "ops": [["insert_rows", 0, [["2"]]]]}
    once = table.taken(first, held)
    both = table.taken({**first, "ops": [*first["ops"], ["insert_rows", 0, [["3"]]]]}, once)
    assert both["data"] == [[3], [2], [1]]


def test_edit_of_another_table_is_stale():
    table = gr.Dataframe([[1]])
    with pytest.raises(StaleEditError):
        table.taken({"table": "other", "since": 0, "ops": [["undo"]]}, table.first_value().to_page())


@pytest.mark.parametrize(
    ("op", "given"),
    [
        (["cells", [[5, 0, "x"]]], {}),
        (["cells", [[0, 9, "x"]]], {}),
        (["cells", [[0, 0, {"a": 1}]]], {}),
        (["cells", [[0, 0, "x"]]], {"static_columns": [0]}),
        (["insert_columns", 0, ["x"]], {"static_columns": [1]}),
        (["delete_columns", [0, 1]], {}),
        (["insert_rows", 0, [["too", "many", "cells"]]], {}),
        (["insert_rows", 0, [["a", "b"]]], {"row_count": (2, "fixed")}),
        (["delete_rows", [0]], {"row_limits": (2, None)}),
        (["insert_columns", 0, ["x"]], {"column_limits": (None, 2)}),
        (["rename", 7, "x"], {}),
        (["explode"], {}),
        ("x", {}),
        (["cells"], {}),
    ],
)
def test_what_a_page_may_not_do_is_refused(op, given):
    with pytest.raises(WireError):
        edited(FRAME, op, **given)


def test_large_table_stays_here_and_goes_in_windows():
    frame = pl.DataFrame({"n": range(100_000)})
    table = gr.Dataframe(frame)
    held = table.first_value().to_page()
    assert (held["rows"], len(held["data"])) == (100_000, 100)
    window = table.page_functions(held)["window"]
    ask = {"start": 50_000, "stop": 50_002}
    assert window(ask)["data"] == [[50_000], [50_001]]
    found = window({"start": 0, "stop": 2, "query": {"sort": [[0, "desc"]], "filters": [[0, "less", "10"]]}})
    assert (found["data"], found["rows"], found["found"]) == ([[9], [8]], [9, 8], 10)
    for wrong in ({"start": -1}, {"start": 0, "stop": 10**7}, {"query": {"sort": [[5, "asc"]]}}, {"query": 3}, None):
        with pytest.raises(WireError):
            window(wrong)


def test_chosen_cell_of_a_large_table_has_its_row_and_column():
    frame = pl.DataFrame({"n": range(100_000), "s": ["x"] * 100_000})
    table = gr.Dataframe(frame)
    told = table.event_data(
        {"index": [7, 0], "value": 7, "row_value": None, "col_value": None}, table.first_value().to_page()
    )
    assert (told["row_value"], told["col_value"][:3], len(told["col_value"])) == ([7, "x"], [0, 1, 2], 100_000)
