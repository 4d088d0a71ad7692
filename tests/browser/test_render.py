"""`gr.render` in a page: what it makes is drawn, works, and keeps what stands by its key."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Standalone
from tests.browser.lab import LabPage

APP = """
import nbblocks as gr

with gr.Blocks() as demo:
    count = gr.Slider(1, 4, 1, step=1, label="Count")
    more = gr.Button("More")
    total = gr.Textbox(label="Total")
    more.click(lambda n: n + 1, count, count)

    @gr.render(inputs=count)
    def boxes(n):
        made = []
        for i in range(int(n)):
            with gr.Row(key=f"row {i}"):
                box = gr.Textbox(label=f"Box {i}", key=i)
                plain = gr.Textbox(label=f"Plain {i}")
                gr.Button(f"Take {i}").click(lambda a, b: f"{a}|{b}", [box, plain], total)
        with gr.Accordion("Code"):
            gr.Code("x = 1", language="python")

demo.launch(LAUNCH)
"""


def check(root) -> None:
    root.get_by_label("Box 0", exact=True).fill("kept")
    root.get_by_label("Plain 0", exact=True).fill("lost")
    root.get_by_role("button", name="Take 0").click()
    expect(root.get_by_label("Total")).to_have_value("kept|lost")
    root.get_by_label("Box 0", exact=True).focus()
    root.get_by_role("button", name="More").dispatch_event("click")
    expect(root.get_by_label("Box 1", exact=True)).to_be_visible()
    expect(root.get_by_label("Box 0", exact=True)).to_have_value("kept")
    expect(root.get_by_label("Box 0", exact=True)).to_be_focused()
    expect(root.get_by_label("Plain 0", exact=True)).to_have_value("")
    root.get_by_label("Plain 1", exact=True).fill("b")
    root.get_by_role("button", name="Take 1").click()
    expect(root.get_by_label("Total")).to_have_value("|b")
    expect(root.get_by_text("x = 1")).to_be_visible()


def test_what_a_render_function_makes_works_in_a_page(page: Page, standalone: Standalone) -> None:
    page.goto(standalone(APP.replace("LAUNCH", "")).url)
    check(page.locator(".gradio-container"))


def test_what_a_render_function_makes_works_in_a_notebook(lab: LabPage) -> None:
    lab.open([APP.replace("LAUNCH", "")])
    lab.run_all()
    check(lab.page.locator(".gradio-container"))
