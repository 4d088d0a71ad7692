"""Conversations in real hosts: an answer that streams, files, what a reader does while it comes."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.conftest import Standalone
from tests.browser.lab import LabPage

AXE = Path(__file__).parents[2] / "js" / "node_modules" / "axe-core" / "axe.min.js"

STREAM = """
import threading
import nbblocks as gr

go_on = threading.Event()

def answer(message, history):
    words = [f"word{i}" for i in range(40)]
    yield gr.ChatMessage("in the books", metadata={"title": "Looking", "status": "pending"})
    for at in range(40):
        yield [
            gr.ChatMessage("in the books", metadata={"title": "Looking", "status": "done"}),
            f"**{message}** {len(history)} " + " ".join(words[: at + 1]),
        ]
        if message == "wait" and at == 20:
            go_on.wait(30)

demo = gr.ChatInterface(answer, title="Talk", editable=True)
demo.launch(prevent_thread_lock=False)
"""


def converse(app: Page | Locator) -> None:
    box = app.get_by_label("Message", exact=True)
    box.fill("Hello")
    box.press("Enter")
    answer = app.get_by_test_id("bot")
    expect(answer.last).to_contain_text("Hello 0 word0 word1")
    expect(answer.last).to_contain_text("word39")
    expect(answer.last.locator("strong")).to_have_text("Hello")
    expect(app.get_by_test_id("user")).to_have_text("Hello")
    expect(box).to_be_editable()
    expect(box).to_be_focused()
    box.press_sequentially("Again")
    box.press("Enter")
    expect(answer.last).to_contain_text("Again 3 word0")
    expect(answer.last).to_contain_text("word39")
    app.get_by_role("button", name="Undo").click()
    expect(box).to_have_value("Again")
    expect(app.get_by_test_id("user")).to_have_count(1)
    app.get_by_role("button", name="Edit").first.click()
    app.get_by_label("Edit message").fill("Changed")
    app.get_by_label("Edit message").press("Enter")
    expect(answer.last).to_contain_text("Changed 0 word0")
    expect(answer.last).to_contain_text("word39")
    app.get_by_role("button", name="Clear").click()
    expect(answer).to_have_count(0)


def test_a_conversation_in_a_notebook(frontend: LabPage) -> None:
    frontend.open([STREAM.replace("prevent_thread_lock=False", ""), "print('below')"])
    frontend.run_all()
    frontend.app.get_by_label("Message", exact=True).click()
    before = frontend.state()
    converse(frontend.app)
    assert frontend.state() == before


def test_a_conversation_on_a_page(page: Page, standalone: Standalone) -> None:
    page.goto(standalone(STREAM).url)
    converse(page)


def test_an_answer_can_be_stopped(page: Page, standalone: Standalone) -> None:
    page.goto(standalone(STREAM).url)
    box = page.get_by_label("Message", exact=True)
    box.fill("wait")
    box.press("Enter")
    expect(page.get_by_test_id("bot").last).to_contain_text("word20")
    expect(box).not_to_be_editable()
    page.get_by_role("button", name="Stop").click()
    expect(box).to_be_editable()
    expect(page.get_by_role("button", name="Submit")).to_be_visible()
    expect(page.get_by_test_id("bot").last).not_to_contain_text("word21")


LONG = """
import threading
import nbblocks as gr

go = threading.Event()

def more(messages):
    for at in range(30):
        messages = [*messages, {"role": "assistant", "content": f"More {at}"}]
        yield messages

with gr.Blocks() as demo:
    said = [{"role": "user" if i % 2 else "assistant", "content": f"Message {i}\\n\\n- a\\n- b"} for i in range(2000)]
    chat = gr.Chatbot(said, group_consecutive_messages=False)
    gr.Button("More").click(more, chat, chat)
demo.launch(prevent_thread_lock=False)
"""
TOP = "document.querySelector('[role=log]').scrollTop"
REST = "(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight)"
RESTS = """() => new Promise((resolve) => {
    const log = document.querySelector('[role=log]');
    const top = log.scrollTop;
    setTimeout(() => resolve(log.scrollTop === top), 200);
})"""
AT_END = f"{REST}(document.querySelector('[role=log]')) < 2"


def test_new_text_is_followed_unless_the_reader_went_back(page: Page, standalone: Standalone) -> None:
    page.goto(standalone(LONG).url)
    expect(page.get_by_text("Message 1999")).to_be_in_viewport()
    page.wait_for_function(AT_END)
    assert page.locator(".message-row").count() < 100  # of 2000
    more = page.get_by_role("button", name="More")
    more.click()
    expect(page.get_by_text("More 29")).to_be_in_viewport()
    page.wait_for_function(AT_END)
    page.get_by_role("log").hover()
    page.mouse.wheel(0, -3000)
    expect(page.get_by_role("button", name="Scroll to bottom")).to_be_visible()
    page.wait_for_function(RESTS)  # the wheel's own scrolling has ended
    top = page.evaluate(TOP)
    more.click()
    page.wait_for_function("document.querySelector('[role=log]').textContent.split('More 29').length === 3")
    assert abs(page.evaluate(TOP) - top) < 5
    page.get_by_role("button", name="Scroll to bottom").click()
    page.wait_for_function(AT_END)


def test_a_long_conversation_can_be_read_from_its_beginning(page: Page, standalone: Standalone) -> None:
    page.goto(standalone(LONG).url)
    expect(page.get_by_text("Message 1999")).to_be_in_viewport()
    page.get_by_role("log").focus()
    page.keyboard.press("Home")
    expect(page.get_by_text("Message 0", exact=True)).to_be_in_viewport()


FILES = """
import nbblocks as gr

def look(message, history):
    names = [open(path).read() for path in message["files"]]
    return [f"{message['text']}: {', '.join(names)}", {"path": message["files"][0]}, gr.Label({"cat": 0.9})]

demo = gr.ChatInterface(look, multimodal=True, textbox=gr.MultimodalTextbox(
    label="Message", file_count="multiple", file_types=["text"], max_plain_text_length=50,
))
demo.launch(prevent_thread_lock=False)
"""


def send_files(app: Page | Locator, page: Page) -> None:
    app.get_by_test_id("file-upload").set_input_files(FilePayload(name="a.txt", mimeType="text/plain", buffer=b"first"))
    box = app.get_by_label("Message", exact=True)
    expect(app.get_by_role("button", name="Remove a.txt")).to_be_visible()
    box.fill("Look")
    page.evaluate("""() => {
        const find = (root) => {
            for (const element of root.querySelectorAll('*')) {
                if (element.matches('textarea[data-testid=textbox]')) return element;
                const found = element.shadowRoot && find(element.shadowRoot);
                if (found) return found;
            }
        };
        const clipboardData = new DataTransfer();
        clipboardData.setData('text', 'second '.repeat(20));
        find(document).dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }""")
    expect(app.get_by_role("button", name="Remove pasted_text.txt")).to_be_visible()
    app.get_by_role("button", name="Submit").click()
    expect(app.get_by_test_id("bot").first).to_contain_text("Look: first, second")
    expect(app.get_by_test_id("bot").get_by_role("link", name="a.txt")).to_be_visible()
    expect(app.get_by_test_id("bot").last).to_contain_text("90%")
    expect(box).to_have_value("")
    expect(app.get_by_role("button", name=re.compile("Remove"))).to_have_count(0)


def test_files_go_with_a_message_in_a_notebook(lab: LabPage) -> None:
    lab.open([FILES.replace("prevent_thread_lock=False", "")])
    lab.run_all()
    send_files(lab.app, lab.page)


def test_files_go_with_a_message_on_a_page(page: Page, standalone: Standalone) -> None:
    page.goto(standalone(FILES).url)
    send_files(page, page)


SPOKEN = """
import wave
import nbblocks as gr

def hear(message, history):
    with wave.open(message["files"][0]) as sound:
        return f"{sound.getnchannels()} channels, {sound.getframerate() >= 8000}, {sound.getnframes() > 1000}"

box = gr.MultimodalTextbox(label="Message", sources=["microphone", "upload"])
demo = gr.ChatInterface(hear, multimodal=True, textbox=box)
demo.launch(prevent_thread_lock=False)
"""


def speak(app: Page | Locator) -> None:
    app.get_by_role("button", name="Record audio").click()
    stop = app.get_by_role("button", name="Stop recording")
    stop.evaluate("() => new Promise((spoken) => setTimeout(spoken, 500))")
    stop.click()
    expect(app.get_by_role("button", name="Remove recording.wav")).to_be_visible()
    app.get_by_role("button", name="Submit").click()
    expect(app.get_by_test_id("bot").last).to_contain_text("channels, True, True")
    expect(app.get_by_test_id("user").locator("audio")).to_be_visible()


def test_a_message_is_spoken_in_a_notebook(lab: LabPage) -> None:
    lab.open([SPOKEN.replace("prevent_thread_lock=False", "")])
    lab.run_all()
    speak(lab.app)


def test_a_message_is_spoken_on_a_page(page: Page, standalone: Standalone) -> None:
    page.goto(standalone(SPOKEN).url)
    speak(page)


SAVED = """
import nbblocks as gr

def echo(message, history):
    return f"You said {message}, after {len(history)}"

demo = gr.ChatInterface(echo, save_history=True, textbox=gr.Textbox(label="Message"))
demo.launch(prevent_thread_lock=False)
"""


def keep(app: Page | Locator, come_again: Callable[[], object]) -> None:
    box = app.get_by_label("Message", exact=True)
    for at, words in enumerate(("First talk", "More of it")):
        box.fill(words)
        box.press("Enter")
        expect(app.get_by_test_id("bot").last).to_have_text(f"You said {words}, after {2 * at}")
    kept = app.get_by_role("row", name=re.compile("^(First|Second) talk$"))
    expect(kept).to_have_text(["First talk"])
    app.get_by_role("button", name="New chat").click()
    expect(app.get_by_test_id("bot")).to_have_count(0)
    box.fill("Second talk")
    box.press("Enter")
    expect(kept).to_have_text(["Second talk", "First talk"])
    come_again()
    expect(app.get_by_test_id("bot")).to_have_count(0)
    kept.last.click()
    expect(app.get_by_test_id("bot").last).to_have_text("You said More of it, after 2")
    box.fill("And on")
    box.press("Enter")
    expect(app.get_by_test_id("bot").last).to_have_text("You said And on, after 4")
    expect(kept).to_have_count(2)


def test_conversations_are_kept_for_a_notebook(lab: LabPage) -> None:
    lab.open([SAVED.replace("prevent_thread_lock=False", "")])
    lab.run_all()
    keep(lab.app, lab.run_all)


def test_conversations_are_kept_for_a_page(page: Page, standalone: Standalone) -> None:
    page.goto(standalone(SAVED).url)
    keep(page, page.reload)


FEEDBACK = """
import nbblocks as gr

def noted(feedback: gr.LikeData):
    return f"{feedback.index} {feedback.value} {feedback.liked}"

with gr.Blocks() as demo:
    said = [{"role": "user", "content": "ask"}, {"role": "assistant", "content": "answer"}]
    chat = gr.Chatbot(
        said, label="Talk", feedback_options=["Like", "Dislike", "Odd"], feedback_value=["Dislike"],
        like_user_message=True, resizable=True, height=300, watermark="made by a model",
        avatar_images=(None, gr.Image(render=False).example_value()),
    )
    told = gr.Textbox(label="Told")
    chat.like(noted, None, told)
    gr.Chatbot(label="New", examples=[{"text": "one"}, {"text": "two"}], placeholder="# Ask")
    gr.MultimodalTextbox(label="Say", sources=["upload", "microphone"], stop_btn=True)
    thought = {"title": "Thought", "status": "pending", "log": "now", "duration": 3}
    gr.Chatbot([{"role": "assistant", "content": "x", "metadata": thought, "options": [{"value": "a"}]},
                {"role": "assistant", "content": gr.Label({"cat": 1}), "options": [{"value": "b"}]}], layout="panel")
demo.launch(prevent_thread_lock=False)
"""


def test_feedback_by_keyboard_and_what_is_copied(page: Page, standalone: Standalone) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(standalone(FEEDBACK).url)
    talk = page.locator(".nb-chatbot").first
    answer = talk.locator(".bot-row")
    expect(answer.get_by_role("button", name="Dislike")).to_have_attribute("aria-pressed", "true")
    expect(talk.locator(".user-row").get_by_role("button", name="Like", exact=True)).to_be_visible()
    answer.get_by_role("button", name="Feedback").press("Enter")
    odd = answer.get_by_role("button", name="Odd")
    expect(odd).to_be_focused()
    odd.press("Escape")
    expect(odd).to_have_count(0)
    answer.get_by_role("button", name="Feedback").press("Enter")
    odd.press("Enter")
    expect(page.get_by_label("Told")).to_have_value("1 ['answer'] Odd")
    answer.get_by_role("button", name="Copy message").click()
    expect(answer.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "answer\n\nmade by a model"
    assert page.get_by_role("log").first.evaluate("e => getComputedStyle(e).resize") == "vertical"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_conversations_are_accessible(page: Page, standalone: Standalone, theme: str) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm install, in js/")
    page.goto(f"{standalone(FEEDBACK).url}?__theme={theme}")
    expect(page.get_by_role("heading", name="Ask")).to_be_visible()
    expect(page.locator(".nb-label-bars, .nb-label, .nb-said >> text=cat").first).to_be_visible()
    page.locator(".bot-row").first.get_by_role("button", name="Feedback").click()
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    told = [f"{v['id']}: {v['help']}\n    {n['html'][:200]}" for v in found["violations"] for n in v["nodes"]]
    assert not told, "\n".join(told)
