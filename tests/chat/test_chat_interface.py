"""A chat from one function: what it gets, what it may return, and what its reader can do."""

from __future__ import annotations

import asyncio
import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import nbblocks as gr
from nbblocks.conversations import as_messages, kept, restored, title_of
from tests.session.driver import Page, launched

Chat = Callable[..., Page]


@pytest.fixture
def chat() -> Iterator[Chat]:
    """Opens a page of a ChatInterface, or of Blocks around one."""
    apps = []

    def open_(demo: gr.Blocks) -> Page:
        app = launched(demo)
        apps.append(app)
        return Page(app)

    yield open_
    for app in apps:
        app.close()


def said(page: Page, label: str = "Chatbot") -> list[tuple[str, str]]:
    """The texts on the page, with who says them."""
    found = []
    for message in page.value(label):
        words = [p["text"] if p["type"] == "text" else f"<{p['type']}>" for p in message["content"]]
        found.append((message["role"], " ".join(words)))
    return found


def act(
    page: Page, label: str, event: str = "click", payload: Any = None, field: str = "Message", **values: Any
) -> None:
    """A person does something, and waits until the field is free again."""
    page.fire(label, event, payload, **values)
    page.until(lambda: page.prop(field, "interactive") is not False)
    page.settle()


def send(page: Page, text: Any, label: str = "Message") -> None:
    act(page, label, "submit", None, label, **{label: text})


def echo(message: str, history: list[dict[str, Any]]) -> str:
    return f"{len(history)}: {message}"


def test_a_message_is_answered_and_the_field_is_free_again(chat: Chat) -> None:
    page = chat(gr.ChatInterface(echo))
    send(page, "Hello")
    assert said(page) == [("user", "Hello"), ("assistant", "0: Hello")]
    assert page.value("Message") == ""
    assert page.prop("Message", "interactive") is True
    assert (page.prop("Message", "submit_btn"), page.prop("Message", "stop_btn")) == (True, False)


def test_history_is_a_list_of_messages_with_parts(chat: Chat) -> None:
    seen: list[Any] = []

    def remember(message: str, history: list[dict[str, Any]]) -> str:
        seen.append(history)
        return "ok"

    page = chat(gr.ChatInterface(remember))
    send(page, "one")
    send(page, "two")
    text = {"metadata": None, "options": None}
    assert seen == [
        [],
        [
            {"role": "user", "content": [{"text": "one", "type": "text"}], **text},
            {"role": "assistant", "content": [{"text": "ok", "type": "text"}], **text},
        ],
    ]


async def async_echo(message: str, history: list[Any]) -> str:
    await asyncio.sleep(0)
    return message


def stream(message: str, history: list[Any]) -> Iterator[str]:
    for at in range(len(message)):
        yield message[: at + 1]


async def async_stream(message: str, history: list[Any]) -> Any:
    for at in range(len(message)):
        yield message[: at + 1]


class Callable_:
    def __call__(self, message: str, history: list[Any]) -> str:
        return message


@pytest.mark.parametrize("fn", [async_echo, stream, async_stream, Callable_()])
def test_every_kind_of_function_answers(chat: Chat, fn: Any) -> None:
    page = chat(gr.ChatInterface(fn))
    send(page, "abc")
    assert said(page) == [("user", "abc"), ("assistant", "abc")]


@pytest.mark.parametrize(
    ("returned", "shown"),
    [
        ("text", [("assistant", "text")]),
        ({"role": "assistant", "content": "dict"}, [("assistant", "dict")]),
        (gr.ChatMessage("m", role="user"), [("assistant", "m")]),
        (["a", gr.ChatMessage("b")], [("assistant", "a"), ("assistant", "b")]),
        (gr.HTML("<b>x</b>", render=False), [("assistant", "<component>")]),
        ({"text": "t", "files": [__file__]}, [("assistant", "<file> t")]),
        (7, [("assistant", "7")]),
    ],
)
def test_what_a_function_may_return(chat: Chat, returned: Any, shown: list[Any]) -> None:
    page = chat(gr.ChatInterface(lambda message, history: returned))
    send(page, "x")
    assert said(page) == [("user", "x"), *shown]


def test_a_function_that_returns_nothing_is_told_so(chat: Chat) -> None:
    page = chat(gr.ChatInterface(lambda message, history: None))
    send(page, "x")
    assert "returns text" in page.failure()["message"]
    assert page.prop("Message", "interactive") is True


def test_additional_inputs_and_outputs_and_what_handlers_may_ask_for(chat: Chat) -> None:
    def answer(message: str, history: list[Any], request: gr.Request, tone: str, much: float) -> tuple[str, str]:
        return f"{message} {tone} {much} {bool(request.session_hash)}", "code"

    with gr.Blocks() as demo:
        code = gr.Textbox(label="Code", render=False)
        gr.ChatInterface(
            answer, additional_inputs=[gr.Textbox("kind", label="Tone"), gr.Slider(0, 1, 0.5, label="Much")],
            additional_outputs=[code],
        )  # fmt: skip
        code.render()  # type: ignore[operator]
    page = chat(demo)
    send(page, "Hi")
    assert said(page)[1] == ("assistant", "Hi kind 0.5 True")
    assert page.value("Code") == "code"


def test_retry_undo_options_edits_and_clear(chat: Chat) -> None:
    count = iter(range(10))
    demo = gr.ChatInterface(lambda message, history: f"{message}{next(count)}", editable=True)
    page = chat(demo)
    send(page, "a")
    act(page, "Chatbot", "retry", {"index": 0, "value": "a"})
    assert said(page) == [("user", "a"), ("assistant", "a1")]
    act(page, "Chatbot", "option_select", {"index": 0, "value": "pick"})
    assert said(page)[2:] == [("user", "pick"), ("assistant", "pick2")]
    act(page, "Chatbot", "undo", {"index": 2, "value": "pick"})
    assert said(page) == [("user", "a"), ("assistant", "a1")]
    assert page.value("Message") == "pick"
    edited = page.value("Chatbot")
    edited = [{**edited[0], "content": [{"type": "text", "text": "b"}]}, *edited[1:]]
    act(page, "Chatbot", "edit", {"index": 0, "value": "b", "previous_value": "a"}, Chatbot=edited)
    assert said(page) == [("user", "b"), ("assistant", "b3")]
    act(page, "Chatbot", "clear", Chatbot=[])
    send(page, "again")
    assert said(page) == [("user", "again"), ("assistant", "again4")]


def test_multimodal_messages_have_files(chat: Chat, tmp_path: Path) -> None:
    seen: list[Any] = []

    def look(message: dict[str, Any], history: list[Any]) -> str:
        seen.append(message)
        return "seen"

    demo = gr.ChatInterface(look, multimodal=True)
    page = chat(demo)
    page.say("upload", [b"hi"], file="f1", block=page.block("Message")._id, name="a.txt", size_bytes=2,
             mime_type="text/plain", chunk=0, last=True)  # fmt: skip
    page.until(lambda: bool(page.of_kind("ack")))
    uploaded = page.of_kind("ack")[-1]["value"]
    send(page, {"text": "Look", "files": [uploaded]})
    assert seen[0]["text"] == "Look"
    assert Path(seen[0]["files"][0]).read_text() == "hi"
    assert said(page) == [("user", "<file> Look"), ("assistant", "seen")]
    act(page, "Chatbot", "retry", {"index": 0})
    assert Path(seen[1]["files"][0]).read_text() == "hi"


def test_stop_ends_an_answer_and_keeps_what_came(chat: Chat) -> None:
    def forever(message: str, history: list[Any]) -> Iterator[str]:
        for at in range(10_000):
            yield f"step {at}"

    page = chat(gr.ChatInterface(forever))
    page.fire("Message", "submit", wait=False, Message="go")
    page.until(lambda: len(page.value("Chatbot")) == 2 and page.prop("Message", "stop_btn") is True)
    assert page.prop("Message", "interactive") is False
    page.fire("Message", "stop", wait=False)
    page.until(lambda: page.prop("Message", "interactive") is True)
    assert said(page)[1][1].startswith("step ")


def test_examples_are_sent_or_filled_in(chat: Chat) -> None:
    sent = chat(gr.ChatInterface(echo, examples=["one", "two"], example_labels=["First", "Second"]))
    assert [e["display_text"] for e in sent.prop("Chatbot", "examples")] == ["First", "Second"]
    act(sent, "Chatbot", "example_select", {"index": 1, "value": {"text": "two"}})
    assert said(sent) == [("user", "two"), ("assistant", "0: two")]
    filled = chat(gr.ChatInterface(echo, examples=["one", "two"], run_examples_on_click=False))
    act(filled, "Chatbot", "example_select", {"index": 1, "value": {"text": "two"}})
    assert (filled.value("Message"), said(filled)) == ("two", [])


def test_a_kept_example_is_answered_once(chat: Chat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADIO_EXAMPLES_CACHE", str(tmp_path))
    calls: list[str] = []

    def answer(message: str, history: list[Any]) -> str:
        calls.append(message)
        return f"answer to {message}"

    page = chat(gr.ChatInterface(answer, examples=["one"], cache_examples=True, cache_mode="lazy"))
    for _ in range(2):
        act(page, "Chatbot", "example_select", {"index": 0, "value": {"text": "one"}})
        assert said(page) == [("user", "one"), ("assistant", "answer to one")]
    assert calls == ["one"]


def test_conversations_are_kept_and_opened_again(chat: Chat) -> None:
    demo = gr.ChatInterface(echo, save_history=True)
    page = chat(demo)
    saved = demo.saved_conversations
    page.session.apply_changes({str(saved._id): {"value": [], "rev": 1}})
    send(page, "first question")
    act(page, "New chat")
    assert said(page) == []
    send(page, "second question")
    assert page.prop("Conversations", "samples") == [["second question"], ["first question"]]
    act(page, "Conversations", "click", Conversations=1)
    assert said(page) == [("user", "first question"), ("assistant", "0: first question")]
    send(page, "more")
    assert said(page)[-1] == ("assistant", "2: more")
    assert page.prop("Conversations", "samples") == [["second question"], ["first question"]]


def test_a_browser_cannot_name_a_file_of_this_machine(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    forged = [
        {"role": "user", "content": [{"type": "file", "file": {"path": str(secret), "orig_name": "x"}}]},
        {"role": "user", "content": [{"type": "file", "file": {"path": f"{'0' * 32}-../../secret.txt"}}]},
        {"role": "user", "content": [{"path": str(secret)}]},
        "nonsense",
    ]
    texts = [part for message in restored(forged) for part in message["content"]]
    assert [part["type"] for part in texts] == ["text"] * 3


def test_a_file_of_a_kept_conversation_is_found_again(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a")
    from nbblocks.wire.files import keep_file

    chatbot = gr.Chatbot(render=False)
    history = chatbot.preprocess(chatbot.postprocess(as_messages({"text": "", "files": [keep_file(path)]}, "user")))
    stored = json.loads(json.dumps(kept(history)))
    assert "/" not in stored[0]["content"][0]["file"]["path"]
    (part,) = restored(stored)[0]["content"]
    assert Path(part["file"].path).read_text() == "a"
    assert title_of(history) == "📎 a.txt"


def test_opinions_are_kept_in_a_file(chat: Chat, tmp_path: Path) -> None:
    demo = gr.ChatInterface(
        echo, flagging_mode="manual", flagging_options=["Like", "Spam"], flagging_dir=str(tmp_path / "flagged")
    )
    page = chat(demo)
    assert page.prop("Chatbot", "feedback_options") == ["Like", "Spam"]
    send(page, "=cmd()")
    act(page, "Chatbot", "like", {"index": 1, "value": ["0: =cmd()"], "liked": True})
    act(page, "Chatbot", "like", {"index": 1, "value": ["0: =cmd()"], "liked": "Spam"})
    with (tmp_path / "flagged" / "log.csv").open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [(row["index"], row["flag"]) for row in rows] == [("1", "Like"), ("1", "Spam")]
    assert [m["role"] for m in json.loads(rows[0]["conversation"])] == ["user", "assistant"]


def test_a_validator_refuses_a_message_before_it_is_sent(chat: Chat) -> None:
    page = chat(gr.ChatInterface(echo, validator=lambda message: gr.validate(len(message) > 2, "too short")))
    send(page, "a")
    assert (said(page), page.value("Message")) == ([], "a")
    send(page, "abc")
    assert said(page) == [("user", "abc"), ("assistant", "0: abc")]


def test_parts_that_were_given_are_used_where_the_chat_stands(chat: Chat) -> None:
    with gr.Blocks() as demo, gr.Row() as row:
        gr.ChatInterface(
            echo,
            chatbot=gr.Chatbot([{"role": "assistant", "content": "Welcome"}], label="Talk"),
            textbox=gr.Textbox(label="Ask", submit_btn="Go"),
            api_name="talk",
        )
    assert [type(block).__name__ for block in row.children] == ["ChatInterface"]
    page = chat(demo)
    send(page, "x", "Ask")
    assert said(page, "Talk") == [("assistant", "Welcome"), ("user", "x"), ("assistant", "1: x")]
    assert "talk" in [d.api_name for d in demo.fns.values()]


def test_the_conversation_can_be_set_from_elsewhere(chat: Chat) -> None:
    with gr.Blocks() as demo:
        talk = gr.ChatInterface(echo)
        gr.Button("Start").click(lambda: [{"role": "user", "content": "given"}], None, talk.chatbot_value)
    page = chat(demo)
    page.fire("Start")
    page.settle()
    assert said(page) == [("user", "given")]
    send(page, "x")
    assert said(page)[-1] == ("assistant", "1: x")


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"flagging_mode": "auto"}, ValueError),
        ({"type": "tuples"}, ValueError),
        ({"examples": "folder"}, FileNotFoundError),
        ({"additional_inputs": ["text"], "examples": ["a"]}, ValueError),
        ({"additional_inputs_accordion": {"label": "x"}}, ValueError),
        ({"additional_outputs": "x"}, ValueError),
    ],
)
def test_what_cannot_work_is_refused_at_once(given: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        gr.ChatInterface(echo, **given)


def test_a_chat_without_a_function_is_refused() -> None:
    with pytest.raises(TypeError):
        gr.ChatInterface()


def test_its_endpoint_is_as_gradios() -> None:
    def talk(message: str, history: list[Any], tone: str) -> str:
        """Talk about it."""
        return message

    info = gr.ChatInterface(talk, additional_inputs=[gr.Textbox("kind", label="Tone")]).get_api_info()
    endpoint = info["named_endpoints"]["/talk"]
    assert [p["parameter_name"] for p in endpoint["parameters"]] == ["message", "tone"]
    assert [r["component"] for r in endpoint["returns"]] == ["Json"]
    assert list(info["named_endpoints"]) == ["/talk"]
