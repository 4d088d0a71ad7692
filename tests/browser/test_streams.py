"""Many updates, many outputs, several pages: what the page sees is ordered, whole and painted together."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Standalone
from tests.browser.lab import LabPage

THREADS = """
import threading
import nbblocks as gr

with gr.Blocks() as demo:
    boxes = [gr.Textbox(label=f"Box {i}", elem_id=f"box{i}") for i in range(50)]
    grown = gr.Textbox(label="Grown", elem_id="grown", lines=4)
    go, grow = gr.Button("Go"), gr.Button("Grow")

    def count(box):
        for n in range(200):
            box.value = str(n)

    def run():
        threads = [threading.Thread(target=count, args=(box,)) for box in boxes]
        for t in threads:
            t.start()

    def words():
        text = ""
        for n in range(500):
            text += f"{n} "
            yield text

    go.click(run)
    grow.click(words, None, grown)
demo.launch(LAUNCH)
"""

WATCH = """root => {
    const seen = window.seen = {};
    const look = () => {
        for (let i = 0; i < 50; i++) {
            const value = root.querySelector(`#box${i} textarea`).value;
            const list = (seen[i] ??= []);
            if (value !== '' && list.at(-1) !== Number(value)) list.push(Number(value));
        }
        window.watching = requestAnimationFrame(look);
    };
    look();
}"""


def check_threads(page: Page) -> None:
    container = page.locator(".gradio-container")
    container.evaluate(WATCH)
    container.get_by_role("button", name="Go").click()
    for i in (0, 25, 49):
        expect(container.get_by_label(f"Box {i}", exact=True)).to_have_value("199")
    page.wait_for_function("() => Object.values(window.seen).every(list => list.at(-1) === 199)")
    orders = page.evaluate("() => Object.values(window.seen).map(l => l.every((n, i) => i === 0 || n > l[i - 1]))")
    assert orders == [True] * 50


def check_growth(page: Page) -> None:
    container = page.locator(".gradio-container")
    container.get_by_role("button", name="Grow").click()
    expect(container.get_by_label("Grown")).to_have_value("".join(f"{n} " for n in range(500)), timeout=15_000)


def test_fifty_threads_update_a_page(page: Page, standalone: Standalone) -> None:
    page.goto(standalone(THREADS.replace("LAUNCH", "")).url)
    check_threads(page)
    check_growth(page)


def test_fifty_threads_update_a_cell(lab: LabPage) -> None:
    lab.open([THREADS.replace("LAUNCH", "")])
    lab.run_all()
    lab.page.evaluate(
        """() => {
            window.messages = 0;
            const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
            kernel.iopubMessage.connect((_, m) => { if (m.header.msg_type === 'comm_msg') window.messages += 1; });
        }"""
    )
    started = lab.page.evaluate("() => performance.now()")
    check_threads(lab.page)
    elapsed_s = (lab.page.evaluate("() => performance.now()") - started) / 1000
    assert lab.page.evaluate("() => window.messages") < 500 * max(1.0, elapsed_s)
    check_growth(lab.page)


FIFTY = """
import nbblocks as gr
with gr.Blocks() as demo:
    boxes = [gr.Textbox(label=f"Box {i}", elem_id=f"box{i}") for i in range(50)]
    gr.Button("All").click(lambda: ["new"] * 50, None, boxes)
demo.launch(LAUNCH)
"""


def check_one_paint(page: Page) -> None:
    container = page.locator(".gradio-container")
    container.evaluate(
        """root => {
            window.counts = new Set();
            const look = () => {
                window.counts.add([...root.querySelectorAll('textarea')].filter(t => t.value === 'new').length);
                requestAnimationFrame(look);
            };
            look();
        }"""
    )
    container.get_by_role("button", name="All").click()
    expect(container.get_by_label("Box 49")).to_have_value("new")
    page.wait_for_function("() => window.counts.has(50)")
    assert page.evaluate("() => [...window.counts].sort((a, b) => a - b)") == [0, 50]


def test_fifty_outputs_are_one_paint_as_a_page(page: Page, standalone: Standalone) -> None:
    page.goto(standalone(FIFTY.replace("LAUNCH", "")).url)
    check_one_paint(page)


def test_fifty_outputs_are_one_paint_in_a_cell(lab: LabPage) -> None:
    lab.open([FIFTY.replace("LAUNCH", "")])
    lab.run_all()
    check_one_paint(lab.page)


MIRROR = """
import nbblocks as gr
with gr.Blocks() as demo:
    name, out = gr.Textbox(label="Name"), gr.Textbox(label="Out")
    gr.Button("Greet").click(lambda n: f"Hello {n}", name, out)
demo.launch()
"""


def test_two_windows_of_a_page_never_mix(chromium: Browser, standalone: Standalone) -> None:
    url = standalone(MIRROR).url
    contexts = [chromium.new_context() for _ in range(2)]
    pages = [context.new_page() for context in contexts]
    for page in pages:
        page.goto(url)
    for page, who in zip(pages, ("Ada", "Grace"), strict=True):
        page.get_by_label("Name").fill(who)
    for page in pages:
        page.get_by_role("button", name="Greet").click()
    expect(pages[0].get_by_label("Out")).to_have_value("Hello Ada")
    expect(pages[1].get_by_label("Out")).to_have_value("Hello Grace")
    expect(pages[0].get_by_label("Name")).to_have_value("Ada")
    for context in contexts:
        context.close()


def test_two_tabs_on_one_output_mirror_each_other(lab: LabPage) -> None:
    lab.open([MIRROR])
    lab.run_all()
    lab.page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    expect(lab.app.get_by_label("Name")).to_be_visible()
    other = lab.page.context.new_page()
    other.goto(lab.page.url.replace("reset&", ""))
    theirs = other.locator(".jp-OutputArea-output .gradio-container")
    expect(theirs.get_by_label("Name")).to_be_visible(timeout=30_000)
    lab.app.get_by_label("Name").fill("Ada")
    expect(theirs.get_by_label("Name")).to_have_value("Ada")
    theirs.get_by_role("button", name="Greet").click()
    expect(lab.app.get_by_label("Out")).to_have_value("Hello Ada")
    expect(theirs.get_by_label("Out")).to_have_value("Hello Ada")
    theirs.get_by_label("Name").fill("Grace")
    expect(lab.app.get_by_label("Name")).to_have_value("Grace")
    other.close()
