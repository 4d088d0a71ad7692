"""An app at home in a notebook: keys, busy kernels, re-runs, reloads, hostile styles."""

from __future__ import annotations

import re
from importlib.metadata import version

import pytest
from playwright.sync_api import Page, expect

from tests.browser.apps import SEED_A
from tests.browser.lab import LabPage

HAS_SUBSHELLS = int(version("ipykernel").partition(".")[0]) >= 7

KEYS = """
import nbblocks as gr
with gr.Blocks() as demo:
    box = gr.Textbox(label="Lines", lines=3)
    tick = gr.Checkbox(label="Tick")
    with gr.Tabs():
        with gr.Tab("One"):
            gr.Markdown("first")
        with gr.Tab("Two"):
            gr.Markdown("second")
    button = gr.Button("Press")
    said = gr.Textbox(label="Said")
    button.click(lambda: "pressed", None, said)
demo.launch()
"""


def test_keys_stay_in_the_app(frontend: LabPage) -> None:
    frontend.open([KEYS, "print('second')"])
    frontend.run_all()
    app = frontend.app
    places = [app.get_by_role("button", name="Press"), app.get_by_role("tab", name="One"), app.get_by_label("Tick")]
    for place in places:
        place.click()
        before = frontend.state()
        place.focus()
        for key in ("a", "b", "d", "d", "ArrowDown", "ArrowUp", "x", "m", "Tab", "Shift+Tab"):
            frontend.page.keyboard.press(key)
        assert frontend.state() == before
    box = app.get_by_label("Lines")
    box.click()
    before = frontend.state()
    frontend.page.keyboard.type("one")
    frontend.page.keyboard.press("Enter")
    frontend.page.keyboard.type("two")
    frontend.page.keyboard.press("Shift+Enter")
    expect(box).to_have_value(re.compile("^one\ntwo"))
    assert frontend.state() == before


@pytest.mark.skipif(not HAS_SUBSHELLS, reason="before ipykernel 7, clicks wait for the cell")
def test_clicks_are_answered_while_a_cell_runs(lab: LabPage) -> None:
    lab.open([COUNTER, "import time; time.sleep(20)"])
    lab.run_cell(0)
    button, count = lab.app.get_by_role("button", name="Count"), lab.app.get_by_label("Clicks")
    button.click()
    expect(count).to_have_value("1")
    lab.run_cell(1, wait=False)
    for n in range(2, 32):
        button.click()
        expect(count).to_have_value(str(n), timeout=2_000)
    assert lab.state().execution_counts[1] is None, "the cell ended before the clicks did"


HOLDING_THE_LOCK = "import ctypes; ctypes.PyDLL(None).sleep(6)"
PLAIN = pytest.param(
    "import time; time.sleep(6)",
    marks=pytest.mark.skipif(HAS_SUBSHELLS, reason="from ipykernel 7 on, clicks are answered while a cell runs"),
)


@pytest.mark.parametrize("cell", [HOLDING_THE_LOCK, PLAIN])
def test_a_kernel_that_takes_no_messages_is_said_to_be_busy(lab: LabPage, cell: str) -> None:
    lab.open([COUNTER, cell])
    lab.run_cell(0)
    button, count = lab.app.get_by_role("button", name="Count"), lab.app.get_by_label("Clicks")
    button.click()
    expect(count).to_have_value("1")
    lab.run_cell(1, wait=False)
    button.click()
    busy = lab.app.get_by_text("The kernel is busy")
    expect(busy).to_be_visible()
    expect(count).to_have_value("2", timeout=15_000)
    expect(busy).to_have_count(0)


COUNTER = """
import nbblocks as gr
clicks = 0
def counted():
    global clicks
    clicks += 1
    return str(clicks)
with gr.Blocks() as demo:
    button, count = gr.Button("Count"), gr.Textbox(label="Clicks")
    button.click(counted, None, count)
demo.launch()
"""

ALIVE = """
import gc, threading, ipywidgets
from nbblocks.session import Session
from ipywidgets.widgets.widget import _instances
gc.collect()
alive = [o for o in gc.get_objects() if isinstance(o, Session) and not o.is_closed]
print(len(threading.enumerate()), len(_instances), len(alive))
"""


def kept_nodes(page: Page) -> int:
    """How many nodes the page keeps after a collection, also outside of its document."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    found = session.send("Memory.getDOMCounters")["nodes"]
    session.detach()
    return int(found)


def test_fifty_runs_of_a_cell_leave_what_one_left(lab: LabPage) -> None:
    lab.open([SEED_A])
    for _ in range(3):
        lab.run_all()
        expect(lab.app.get_by_role("heading", name="Two boxes")).to_be_visible()
    before = lab.kernel_exec(ALIVE)
    nodes = "() => document.querySelectorAll('*').length"
    before_nodes = lab.page.evaluate(nodes)
    before_kept = kept_nodes(lab.page)
    for _ in range(50):
        lab.run_all()
    expect(lab.app.get_by_role("heading", name="Two boxes")).to_be_visible()
    assert lab.kernel_exec(ALIVE) == before
    assert lab.page.evaluate(nodes) <= before_nodes + 5
    assert kept_nodes(lab.page) <= before_kept + 220, "it keeps apps that are gone"


def test_a_reload_shows_what_was_typed(lab: LabPage) -> None:
    lab.open([SEED_A])
    lab.run_all()
    left = lab.app.get_by_label("Left")
    left.fill("kept")
    left.blur()
    lab.app.get_by_label("Right").fill("too")
    lab.app.get_by_role("button", name="Run").click()
    expect(lab.app.get_by_label("Right")).to_have_value("kept and too")
    lab.app.get_by_label("Left").fill("typed last")
    lab.page.wait_for_function("() => performance.now() - (window.typedAt ??= performance.now()) > 500")
    lab.page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    lab.reload()
    expect(lab.app.get_by_label("Left")).to_have_value("typed last")
    expect(lab.app.get_by_label("Right")).to_have_value("kept and too")
    lab.app.get_by_role("button", name="Run").click()
    expect(lab.app.get_by_label("Right")).to_have_value("typed last and kept and too")


TYPED = """
import time
import nbblocks as gr
with gr.Blocks() as demo:
    text, out = gr.Textbox(label="Text"), gr.Textbox(label="Out")
    go = gr.Button("Go")
    go.click(lambda t: t, text, out)
    echo = gr.Textbox(label="Echo")
    def slow(t):
        time.sleep(0.3)
        return t
    echo.change(slow, echo, echo)
demo.launch()
"""


@pytest.mark.parametrize("rounds", [200])
def test_text_typed_and_a_click_at_once_lose_nothing(lab: LabPage, rounds: int) -> None:
    lab.open([TYPED])
    lab.run_all()
    text, out, go = lab.app.get_by_label("Text"), lab.app.get_by_label("Out"), lab.app.get_by_role("button", name="Go")
    expect(go).to_be_visible()
    for n in range(rounds):
        text.fill(f"round {n} of fast typing")
        go.click()
        expect(out).to_have_value(f"round {n} of fast typing")


def test_a_slow_echo_eats_no_character_and_leaves_the_caret(lab: LabPage) -> None:
    lab.open([TYPED])
    lab.run_all()
    echo = lab.app.get_by_label("Echo")
    echo.click()
    lab.page.keyboard.type("acegikmoqsuwyacegik", delay=40)
    for _ in range(3):
        lab.page.keyboard.press("ArrowLeft")
    lab.page.keyboard.type("X")
    expect(echo).to_have_value("acegikmoqsuwyaceXgik")
    lab.page.wait_for_function("() => performance.now() - (window.typedAt ??= performance.now()) > 1500")
    expect(echo).to_have_value("acegikmoqsuwyaceXgik")
    assert echo.evaluate("e => e.selectionStart") == 17


def test_styles_stay_on_their_side(lab: LabPage) -> None:
    hostile = (
        "* { color: rgb(1, 2, 3) !important; font-size: 40px !important; display: inline !important } "
        "button { visibility: hidden !important } .gradio-container { display: none !important }"
    )
    lab.open([SEED_A.replace("demo.launch()", 'demo.launch(css="* { color: rgb(255, 0, 0) }")')])
    lab.run_all()
    button = lab.app.get_by_role("button", name="Run")
    heading = lab.app.get_by_role("heading", name="Two boxes")
    expect(heading).to_have_css("color", "rgb(255, 0, 0)")
    ours = button.evaluate("b => getComputedStyle(b).color")
    editor = lab.cell(0).locator(".jp-InputArea-editor")
    assert editor.evaluate("e => getComputedStyle(e).color") != "rgb(255, 0, 0)"
    lab.page.add_style_tag(content=hostile)
    expect(button).to_be_visible()
    expect(button).to_have_css("color", ours)
    assert button.evaluate("b => parseFloat(getComputedStyle(b).fontSize)") < 20


def test_a_value_set_before_the_page_is_there_shows_and_raises_nothing(lab: LabPage) -> None:
    lab.open([SEED_A + "left.value = 'early'\nprint('set')"])
    lab.run_all()
    expect(lab.app.get_by_label("Left")).to_have_value("early")
    expect(lab.output(0)).not_to_contain_text("Traceback")
