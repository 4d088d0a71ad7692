"""Tables as files."""

from __future__ import annotations

import csv

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from nbblocks.frames import frame_of

RISKY = ["=1+1", "+a", "-cmd", "@x", "\tx", "-4.5", "plain"]
SAFE = ["'=1+1", "'+a", "'-cmd", "'@x", "'\tx", "-4.5", "plain"]
MAKERS = {
    "list": lambda d: {"headers": list(d), "data": [list(r) for r in zip(*d.values(), strict=True)]},
    "pandas": pd.DataFrame,
    "polars": pl.DataFrame,
    "pyarrow": pa.table,
}


@pytest.mark.parametrize("library", MAKERS)
def test_text_that_a_spreadsheet_would_run_is_quoted(library, tmp_path):
    frame = frame_of(MAKERS[library]({"=head": RISKY, "n": list(range(7))}), [])
    frame.write(tmp_path / "t.csv", None, "csv")
    with (tmp_path / "t.csv").open(newline="") as f:
        header, *rows = csv.reader(f)
    assert header == ["'=head", "n"]
    assert [row[0] for row in rows] == SAFE
    assert [row[1] for row in rows] == [str(n) for n in range(7)]


@pytest.mark.parametrize("library", MAKERS)
def test_a_file_has_the_rows_as_they_are_ordered(library, tmp_path):
    frame = frame_of(MAKERS[library]({"n": [3, 1, 2], "s": ["c", "a", "b"]}), [])
    order = frame.order({"sort": [(0, "asc")], "filters": [(1, "is_not", "b")]})
    frame.write(tmp_path / "t.csv", order, "csv")
    frame.write(tmp_path / "t.parquet", order, "parquet")
    with (tmp_path / "t.csv").open(newline="") as f:
        assert list(csv.reader(f)) == [["n", "s"], ["1", "a"], ["3", "c"]]
    assert pl.read_parquet(tmp_path / "t.parquet").rows() == [(1, "a"), (3, "c")]


def test_columns_of_one_name_differ_in_parquet(tmp_path):
    frame = frame_of(pd.DataFrame([[1, 2]], columns=["a", "a"]), [])
    frame.write(tmp_path / "t.parquet", None, "parquet")
    assert pl.read_parquet(tmp_path / "t.parquet").columns == ["a", "a_1"]
