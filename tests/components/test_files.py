"""File, UploadButton, DownloadButton: what a handler gets, and what a page is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

import nbblocks as gr
from nbblocks.components.file_values import suits
from nbblocks.exceptions import DeclarationError, Error, NbblocksWarning, WireError
from nbblocks.wire.files import FileData, clean_name


@pytest.fixture
def pdf(tmp_path):
    path = tmp_path / "a report.pdf"
    path.write_bytes(b"%PDF")
    return str(path)


TAKERS = [gr.File, gr.UploadButton]


@pytest.mark.parametrize("cls", TAKERS)
def test_handler_gets_a_path_that_is_also_its_name(cls, pdf):
    got = cls().preprocess({"path": pdf})
    assert (got, got.name, isinstance(got, str)) == (pdf, pdf, True)


@pytest.mark.parametrize("cls", TAKERS)
@pytest.mark.parametrize("count", ["multiple", "directory"])
def test_handler_gets_a_list_of_several_also_when_one_came(cls, count, pdf):
    component = cls(file_count=count)
    assert component.preprocess([{"path": pdf}, {"path": pdf}]) == [pdf, pdf]
    assert component.preprocess({"path": pdf}) == [pdf]
    assert component.preprocess([]) == []


@pytest.mark.parametrize("cls", TAKERS)
def test_handler_gets_the_first_where_one_was_expected(cls, pdf):
    assert cls().preprocess([{"path": pdf}]) == pdf


@pytest.mark.parametrize("cls", TAKERS)
def test_handler_gets_the_content_as_bytes(cls, pdf):
    assert cls(type="binary").preprocess({"path": pdf}) == b"%PDF"


@pytest.mark.parametrize("cls", [*TAKERS, gr.DownloadButton])
def test_nothing_is_none(cls):
    assert (cls().preprocess(None), cls().postprocess(None)) == (None, None)


@pytest.mark.parametrize("cls", TAKERS)
def test_file_of_another_kind_tells_the_user(cls, pdf):
    with pytest.raises(Error, match="image"):
        cls(file_types=["image", ".txt"]).preprocess({"path": pdf})


@pytest.mark.parametrize("cls", [*TAKERS, gr.DownloadButton])
@pytest.mark.parametrize("payload", [3, "a.txt", {"url": "x"}, {"path": None}])
def test_payload_that_is_no_file_is_refused(cls, payload):
    with pytest.raises(WireError):
        cls().preprocess(payload)


@pytest.mark.parametrize(
    ("name", "kinds", "expected"),
    [
        ("a.png", None, True),
        ("a.png", ["image"], True),
        ("a.PNG", [".png"], True),
        ("a.png", [".PNG"], True),
        ("a.png", ["file"], True),
        ("a.png", ["video", "audio"], False),
        (".png", [".png"], False),
        ("apng", [".png"], False),
        ("a.tar.gz", [".gz"], True),
        ("a.txt", ["text"], True),
        ("noending", ["text"], False),
        ("a.png", [], False),
    ],
)
def test_kinds_of_files(name, kinds, expected):
    assert suits(name, kinds) is expected


def test_page_learns_name_and_size(pdf):
    shown = gr.File().postprocess(pdf)
    assert (shown.path, shown.orig_name, shown.size) == (pdf, "a report.pdf", 4)
    assert [one.path for one in gr.File().postprocess([pdf, Path(pdf)])] == [pdf, pdf]


def test_url_is_a_file_that_the_session_fetches():
    shown = gr.File().postprocess("https://example.org/files/a.pdf")
    assert (shown.path, shown.orig_name) == ("https://example.org/files/a.pdf", "a.pdf")


@pytest.mark.parametrize("cls", TAKERS)
def test_missing_file_is_refused(cls):
    with pytest.raises(FileNotFoundError):
        cls().postprocess("/no/such.txt")


@pytest.mark.parametrize("cls", [gr.File, gr.DownloadButton])
def test_folder_is_refused_with_what_to_do(cls, tmp_path):
    with pytest.raises(ValueError, match="zip"):
        cls().postprocess(str(tmp_path))


@pytest.mark.parametrize("value", [3, [3], object()])
def test_what_is_no_path_is_refused(value):
    with pytest.raises(ValueError, match="path"):
        gr.File().postprocess(value)


@pytest.mark.parametrize("given", [{"type": "x"}, {"file_count": "x"}, {"file_types": ".pdf"}])
@pytest.mark.parametrize("cls", TAKERS)
def test_what_cannot_work_is_refused(cls, given):
    with pytest.raises(DeclarationError):
        cls(**given)


def test_kinds_of_a_folder_say_what_they_do():
    with pytest.warns(NbblocksWarning, match="file_types"):
        gr.File(file_count="directory", file_types=["image"])


def test_example_is_named(pdf):
    assert (gr.File().process_example(pdf), gr.File().process_example([pdf, pdf]), gr.File().process_example(None)) == (
        "a report.pdf",
        "a report.pdf, a report.pdf",
        "",
    )


def test_files_is_a_file_of_several():
    assert (gr.Files().file_count, gr.Files().get_block_name()) == ("multiple", "file")


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "..\\..\\boot.ini", "🙂" * 300 + ".txt", "a" * 300, "", ".", "..", "con.txt", "a\0b", "x:y"],
)
def test_name_of_an_upload_is_one_that_a_file_can_have(name, tmp_path):
    cleaned = clean_name(name)
    (tmp_path / cleaned).write_text("x")
    assert (tmp_path / cleaned).parent == tmp_path
    assert len(cleaned.encode()) <= 120


@pytest.mark.parametrize("cls", [gr.DeletedFileData, gr.DownloadData])
def test_event_tells_of_its_file(cls, pdf):
    told = cls(None, FileData.of(pdf).model_dump())
    assert (told.file.path, told.file.orig_name) == (pdf, "a report.pdf")
