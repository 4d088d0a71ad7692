"""Flagged samples in CSV files."""

from __future__ import annotations

import csv
import errno
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nbblocks as gr
from nbblocks.flagging import ClassicCSVLogger, csv_safe
from nbblocks.wire.files import FileData, folder_name


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as lines:
        return list(csv.DictReader(lines))


def logger(folder: Path, *components: gr.Component, **options: Any) -> gr.CSVLogger:
    made = gr.CSVLogger(verbose=False, **options)
    made.setup(components, folder)
    return made


def test_a_sample_is_a_row_below_the_labels(tmp_path: Path) -> None:
    log = logger(tmp_path, gr.Textbox(label="Name"), gr.Number(label="Age"), gr.CheckboxGroup(["a"], label="Likes"))
    assert [log.flag(["Ada", 36, ["a"]]), log.flag([None, None, []])] == [1, 2]
    first, second = rows(tmp_path / "dataset1.csv")
    assert (first["Name"], first["Age"], first["Likes"]) == ("Ada", "36", '["a"]')
    assert (second["Name"], second["Age"]) == ("", "")
    assert list(first) == ["Name", "Age", "Likes", "timestamp"]


def test_flag_and_username_have_columns_once_they_are_given(tmp_path: Path) -> None:
    log = logger(tmp_path, gr.Textbox(label="Name"))
    log.flag(["a"])
    log.flag(["b"], "good", "ada")
    log.flag(["c"])
    assert [row["Name"] for row in rows(tmp_path / "dataset1.csv")] == ["a"]
    found = [(row["Name"], row["flag"], row["username"]) for row in rows(tmp_path / "dataset2.csv")]
    assert found == [("b", "good", "ada"), ("c", "", "")]


def test_other_components_start_another_file_and_the_same_go_on(tmp_path: Path) -> None:
    assert logger(tmp_path, gr.Textbox(label="A")).flag(["1"]) == 1
    assert logger(tmp_path, gr.Textbox(label="B")).flag(["2"]) == 1
    assert logger(tmp_path, gr.Textbox(label="B")).flag(["3"]) == 2  # as after a restart
    assert sorted(p.name for p in tmp_path.iterdir()) == ["dataset1.csv", "dataset2.csv"]


def test_a_file_of_ones_own_name(tmp_path: Path) -> None:
    logger(tmp_path, gr.Textbox(label="A"), dataset_file_name="mine.csv").flag(["1"])
    assert rows(tmp_path / "mine.csv")[0]["A"] == "1"


@pytest.mark.parametrize("text", ["=1+1", "+1 2", "-x", "@SUM(A1)", "\tx", "\r=1", "a,=1"])
def test_a_formula_is_quoted(tmp_path: Path, text: str) -> None:
    logger(tmp_path, gr.Textbox(label="A")).flag([text])
    assert rows(tmp_path / "dataset1.csv")[0]["A"] == "'" + text


@given(st.text())
def test_nothing_that_is_written_starts_a_formula(text: str) -> None:
    safe = csv_safe(text)
    assert not safe.startswith(("=", "@", "\t", "\r", "\n"))
    if safe.startswith(("+", "-")):
        float(safe)


def test_a_negative_number_stays_one(tmp_path: Path) -> None:
    logger(tmp_path, gr.Number(label="N")).flag([-3.5])
    assert rows(tmp_path / "dataset1.csv")[0]["N"] == "-3.5"


def test_files_are_copied_into_a_folder_of_their_component(tmp_path: Path) -> None:
    picture = FileData.of(gr.Image().example_value(), "../../evil\\name.png")
    logger(tmp_path, gr.Image(label="../up/..")).flag([picture])
    (row,) = rows(tmp_path / "dataset1.csv")
    kept = Path(row["../up/.."])
    assert kept.read_bytes() == Path(str(picture.path)).read_bytes()
    assert kept.resolve().is_relative_to(tmp_path.resolve())
    assert kept.parent.parent.name == "up"


def test_all_that_is_known_of_a_file_can_be_kept(tmp_path: Path) -> None:
    logger(tmp_path, gr.Image(label="P"), simplify_file_data=False).flag([FileData.of(gr.Image().example_value())])
    assert '"orig_name": "grey.png"' in rows(tmp_path / "dataset1.csv")[0]["P"]


def test_a_dict_with_a_path_is_no_file_where_none_is_expected(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    log = logger(tmp_path / "log", gr.JSON(label="J"))
    log.flag([{"path": str(secret), "meta": {"_type": "gradio.FileData"}}])
    assert [p.name for p in (tmp_path / "log").rglob("*") if p.is_file()] == ["dataset1.csv"]


@given(st.text(max_size=300))
def test_a_label_is_one_folder(label: str) -> None:
    name = folder_name(label)
    assert name not in ("", ".", "..")
    assert not set(name) & set('/\\\0:<>|"?*')
    assert len(name.encode()) <= 255


def test_a_full_disk_leaves_whole_rows_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = logger(tmp_path, gr.Textbox(label="A"))
    log.flag(["kept"])
    before = (tmp_path / "dataset1.csv").read_bytes()
    write = os.write

    def full(fd: int, data: bytes) -> int:
        if len(data) > 3:
            return write(fd, data[:3])
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        with pytest.raises(gr.Error, match="No space left"):
            log.flag(["lost, for the disk is full"])
    assert (tmp_path / "dataset1.csv").read_bytes() == before
    assert log.flag(["again"]) == 2


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(gr.Error, match="could not be kept"):
        logger(tmp_path / "file" / "below", gr.Textbox(label="A")).flag(["a"])


def test_the_simple_and_the_classic_logger(tmp_path: Path) -> None:
    simple, classic = gr.SimpleCSVLogger(), ClassicCSVLogger()
    simple.setup([gr.Textbox()], tmp_path / "simple")
    classic.setup([gr.Textbox(label="A")], tmp_path / "classic")
    assert [simple.flag(["=a"]), simple.flag(["b"]), classic.flag(["c"], "x", "ada")] == [0, 1, 1]
    assert (tmp_path / "simple" / "log.csv").read_text() == "'=a\nb\n"
    (row,) = rows(tmp_path / "classic" / "log.csv")
    assert (row["A"], row["flag"], row["username"]) == ("c", "x", "ada")


@settings(max_examples=50)
@given(st.one_of(st.none(), st.text(), st.integers(), st.booleans(), st.lists(st.text())))
def test_what_is_flagged_can_be_read_again(value: Any) -> None:
    radio = gr.Radio([])
    kept = radio.flag(value)
    assert radio.read_from_flag("" if kept is None else kept) == (None if value == "" else value)


def test_a_callback_must_say_how_it_keeps() -> None:
    with pytest.raises(TypeError):
        gr.FlaggingCallback()  # type: ignore[abstract]
