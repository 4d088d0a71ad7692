"""A field for text and files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import nbblocks as gr
from nbblocks.exceptions import Error, WireError
from nbblocks.wire.files import FileData


@pytest.fixture
def note(tmp_path: Path) -> str:
    """Path of a small file."""
    path = tmp_path / "note.txt"
    path.write_text("note")
    return str(path)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, {"text": "", "files": []}),
        ("abc", {"text": "abc", "files": []}),
        ({"text": "abc"}, {"text": "abc", "files": []}),
        ({"files": []}, {"text": "", "files": []}),
    ],
)
def test_text_alone(value: Any, shown: Any) -> None:
    assert gr.MultimodalTextbox().postprocess(value) == shown


def test_files_go_as_paths_and_come_back_so(note: str) -> None:
    box = gr.MultimodalTextbox()
    shown = box.postprocess({"text": "x", "files": [note]})
    assert shown["files"][0].orig_name == "note.txt"
    assert box.preprocess(shown) == {"text": "x", "files": [note]}
    assert box.preprocess(None) is None


@pytest.mark.parametrize(
    ("types", "is_taken"),
    [
        (["text"], True),
        ([".txt"], True),
        (["file"], True),
        (["text/plain"], True),
        (["image"], False),
        ([".pdf"], False),
    ],
)
def test_only_files_of_its_types_are_taken(note: str, types: list[str], is_taken: bool) -> None:
    box = gr.MultimodalTextbox(file_types=types)
    payload = {"text": "", "files": [FileData.of(note)]}
    if is_taken:
        assert box.preprocess(payload) == {"text": "", "files": [note]}
    else:
        with pytest.raises(Error, match=r"note\.txt"):
            box.preprocess(payload)


@pytest.mark.parametrize("value", [3, ["a"]])
def test_what_is_neither_text_nor_files_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="text"):
        gr.MultimodalTextbox().postprocess(value)


@pytest.mark.parametrize("payload", ["x", 3, {"text": 3}])
def test_a_page_cannot_send_something_else(payload: Any) -> None:
    with pytest.raises(WireError):
        gr.MultimodalTextbox().preprocess(payload)


@pytest.mark.parametrize(
    "given",
    [{"sources": ["webcam"]}, {"file_types": "image"}, {"file_count": "some"}],
)
def test_unknown_choices_are_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(given))):
        gr.MultimodalTextbox(**given)
