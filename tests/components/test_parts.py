"""Dialogue, ParamViewer, Navbar and the buttons of a hub."""

from __future__ import annotations

from typing import Any

import pytest

import nbblocks as gr
from nbblocks.exceptions import DeclarationError, NotInThisHost
from tests.session.driver import Page, launched

LINES = [{"speaker": "Ann", "text": "Hi"}, {"speaker": "Bob", "text": "Yes: no"}]
TEXT = "[Ann] Hi\n[Bob] Yes: no"


def test_lines_become_a_text_and_a_text_lines() -> None:
    dialogue = gr.Dialogue(speakers=["Ann", "Bob"])
    assert (dialogue.format(LINES), dialogue.unformat(TEXT)) == (TEXT, LINES)


@pytest.mark.parametrize(
    ("kind", "payload", "given"),
    [
        ("text", LINES, TEXT),
        ("text", "free", "free"),
        ("text", None, None),
        ("list", LINES, LINES),
        ("list", TEXT, LINES),
        ("list", "free", "free"),
        ("list", None, None),
    ],
)
def test_a_handler_gets_a_text_or_lines(kind: Any, payload: Any, given: Any) -> None:
    assert gr.Dialogue(speakers=["Ann", "Bob"], type=kind).preprocess(payload) == given


@pytest.mark.parametrize("payload", [[{"speaker": "Zoe", "text": ""}], LINES * 2, [{"text": "x"}], ["x"]])
def test_lines_that_cannot_be_are_refused(payload: Any) -> None:
    with pytest.raises(gr.Error):
        gr.Dialogue(speakers=["Ann", "Bob"], max_lines=3).preprocess(payload)


def test_a_dialogue_shows_lines_or_text_and_nothing_else() -> None:
    dialogue = gr.Dialogue()
    assert [dialogue.postprocess(v) for v in (None, TEXT, LINES)] == [None, TEXT, LINES]
    with pytest.raises(DeclarationError):
        dialogue.postprocess([1])


def test_what_is_said_of_tags_is_said_where_there_are_tags() -> None:
    assert (gr.Dialogue().info, bool(gr.Dialogue(tags=["x"]).info), gr.Dialogue(info="own").info) == (None, True, "own")


def test_a_page_may_ask_a_dialogue_to_take_a_text_apart() -> None:
    with gr.Blocks() as demo:
        gr.Dialogue(TEXT, speakers=["Ann", "Bob"], label="A")
    page = Page(launched(demo))
    page.say("call", call="c", block=page.block("A")._id, function="unformat", data=[TEXT])
    page.until(lambda: bool(page.of_kind("result")))
    assert page.of_kind("result")[0]["value"] == LINES
    page.app.close()


def test_a_copy_button_is_there_where_there_is_something_to_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SPACE_ID", raising=False)
    with gr.Blocks(), pytest.warns(NotInThisHost, match="hidden"):
        assert gr.DuplicateButton().visible is False
    monkeypatch.setenv("SPACE_ID", "me/app")
    assert gr.DuplicateButton().link == "https://huggingface.co/spaces/me/app?duplicate=true"


def test_links_are_pairs() -> None:
    assert gr.Navbar([("a", "b")]).preprocess([["a", "b"]]) == [("a", "b")]
    with pytest.raises(DeclarationError):
        gr.Navbar(["a"])  # type: ignore[list-item]


def test_a_link_to_the_values_of_now_is_followed_by_a_later_page() -> None:
    with gr.Blocks() as demo:
        gr.Textbox("first", label="A", interactive=True)
        gr.DeepLinkButton("Share")
    app = launched(demo)
    page = Page(app)
    page.say("changes", changes={str(page.block("A")._id): {"value": "edited", "rev": 1}})
    page.say("call", call="c", block=page.block("Share")._id, function="deep_link", data=[])
    page.until(lambda: bool(page.of_kind("result")))
    later = app.open()
    later.follow_link(page.of_kind("result")[0]["value"])
    assert later.prop(page.block("A"), "value") == "edited"
    page.say("call", call="d", block=page.block("A")._id, function="deep_link", data=[])
    page.until(lambda: len(page.of_kind("result")) == 2)
    assert "error" in page.of_kind("result")[1]
    app.close()
