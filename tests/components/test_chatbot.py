"""A conversation: what it takes, what it gives, what it refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import nbblocks as gr
from nbblocks.components.chatbot import Message
from nbblocks.exceptions import Error, WireError
from nbblocks.wire.files import FileData


def shown(*messages: Any, **given: Any) -> list[dict[str, Any]]:
    return gr.Chatbot(**given).postprocess(list(messages))


def text(value: str) -> dict[str, str]:
    return {"text": value, "type": "text"}


@pytest.fixture
def note(tmp_path: Path) -> str:
    """Path of a small file."""
    path = tmp_path / "note.txt"
    path.write_text("note")
    return str(path)


def test_nothing_is_no_messages() -> None:
    assert gr.Chatbot().postprocess(None) == []
    assert gr.Chatbot().preprocess(None) == []


@pytest.mark.parametrize(
    "message",
    [
        {"role": "user", "content": "hi"},
        gr.ChatMessage("hi", "user"),
        Message(role="user", content=["hi"]),
        {"role": "user", "content": [text("hi")], "metadata": None, "options": None},
    ],
)
def test_a_message_in_each_form(message: Any) -> None:
    (one,) = shown(message)
    assert (one["role"], one["content"]) == ("user", [text("hi")])


def test_what_is_given_to_a_handler_can_be_shown_again(note: str) -> None:
    chatbot = gr.Chatbot()
    first = chatbot.postprocess(
        [
            gr.ChatMessage(["a", {"path": note, "alt_text": "A note"}], "user"),
            gr.ChatMessage(gr.Label({"cat": 1}, render=False), metadata={"title": "T", "id": 1}),
            gr.ChatMessage("b", options=[{"value": "x"}]),
        ]
    )
    given = chatbot.preprocess(first)
    assert given[0]["content"][1]["file"]["path"] == note
    assert given[0]["content"][1]["alt_text"] == "A note"
    assert isinstance(given[1]["content"][0]["instance"], gr.Label)
    again = chatbot.postprocess(given)
    assert chatbot.preprocess(again)[0]["content"] == given[0]["content"]
    assert again[1]["content"] == first[1]["content"]
    assert again[2] == first[2]


def test_indentation_is_cut_as_of_a_docstring() -> None:
    (one,) = shown({"role": "user", "content": "\n    a\n      b\n"})
    assert one["content"] == [text("a\n  b")]


def test_an_address_is_opened_by_the_page() -> None:
    (one,) = shown({"role": "user", "content": {"path": "https://example.org/a.png?x=1"}})
    file = one["content"][0]["file"]
    assert (file.path, file.url, file.mime_type) == (None, "https://example.org/a.png?x=1", "image/png")


def test_unknown_metadata_is_dropped_and_wrong_one_refused() -> None:
    (one,) = shown(gr.ChatMessage("x", metadata={"title": "t", "other": 1}))  # type: ignore[typeddict-unknown-key]
    assert one["metadata"] == {"title": "t"}
    with pytest.raises(ValueError, match="status"):
        shown(gr.ChatMessage("x", metadata={"title": "t", "status": "late"}))  # type: ignore[typeddict-item]


@pytest.mark.parametrize("message", [("a", "b"), ["a", "b"], "a", {"content": "x"}, 3])
def test_what_is_no_message_is_refused(message: Any) -> None:
    with pytest.raises(Error, match="role"):
        shown(message)


@pytest.mark.parametrize("value", ["abc", {"role": "user", "content": "x"}, 3])
def test_what_is_no_list_is_refused(value: Any) -> None:
    with pytest.raises(Error, match="list of messages"):
        gr.Chatbot().postprocess(value)


@pytest.mark.parametrize("content", [None, 5, ("a.txt",), [["a"]], {"type": "image_url"}])
def test_what_cannot_stand_in_a_message_is_refused(content: Any) -> None:
    with pytest.raises(ValueError, match="message"):
        shown({"role": "user", "content": content})


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("a<think>b</think>c", [("a", None), ("b", "done"), ("c", None)]),
        ("<think>\nb", [("b", "pending")]),
        ("<think></think>c", [("c", None)]),
        ("<think>", [("", "pending")]),
        ("", [("", None)]),
        ("x </think> y", [("x </think> y", None)]),
    ],
)
def test_what_stands_between_reasoning_tags_is_a_thought(said: str, parts: list[Any]) -> None:
    found = shown({"role": "assistant", "content": said}, reasoning_tags=[("<think>", "</think>")])
    assert [(m["content"][0]["text"], (m["metadata"] or {}).get("status")) for m in found] == parts


@pytest.mark.parametrize("payload", ["x", ["x"], [{"content": []}], [{"role": "user", "content": [{"type": "other"}]}]])
def test_a_page_cannot_send_what_is_no_conversation(payload: Any) -> None:
    with pytest.raises(WireError):
        gr.Chatbot().preprocess(payload)


def test_a_page_cannot_have_a_component_made() -> None:
    part = {"type": "component", "component": "file", "value": None, "props": {}, "made": "forged",
            "constructor_args": {"value": "/etc/passwd"}}  # fmt: skip
    (message,) = gr.Chatbot().preprocess([{"role": "user", "content": [part]}])
    assert "instance" not in message["content"][0]


def test_older_programs_are_understood() -> None:
    assert gr.Chatbot(type="messages").params  # type: ignore[call-arg]
    assert gr.Chatbot(show_copy_button=False).buttons == ["share", "copy_all"]  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="pairs"):
        gr.Chatbot(type="tuples")  # type: ignore[call-arg]


@pytest.mark.parametrize("given", [{"layout": "grid"}, {"editable": "some"}])
def test_unknown_choices_are_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(given))):
        gr.Chatbot(**given)


def test_pictures_of_both_sides_and_of_examples_are_files(note: str) -> None:
    chatbot = gr.Chatbot(avatar_images=(None, note), examples=[{"text": "a", "files": [note], "icon": note}])
    props = chatbot.wire_props()
    assert props["avatar_images"][0] is None
    assert all(isinstance(f, FileData) for f in (props["avatar_images"][1], props["examples"][0]["icon"]))
    assert props["examples"][0]["files"][0].orig_name == "note.txt"
