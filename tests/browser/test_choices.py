"""Sliders, choices and what the browser keeps, in real hosts."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Standalone
from tests.browser.lab import LabPage

FORM = """
import nbblocks as gr
with gr.Blocks() as demo:
    with gr.Group():
        amount = gr.Slider(0, 10, 3, label="Amount")
        many = gr.Dropdown([f"Choice {i}" for i in range(5000)], value="Choice 3210", label="Many")
    said = gr.Textbox(label="Said")
    released = gr.Textbox(label="Released")
    gr.on([amount.change, many.change], lambda a, m: f"{a} {m}", [amount, many], said)
    amount.release(lambda a: str(a), amount, released)
demo.launch()
"""


def test_form_in_notebook(frontend: LabPage) -> None:
    frontend.open([FORM, "print('below')"])
    frontend.run_all()
    app = frontend.app
    many, said = app.get_by_role("combobox", name="Many"), app.get_by_label("Said")
    many.click()
    before = frontend.state()
    active = app.locator("[role=option][aria-selected=true]")
    expect(active).to_have_text("Choice 3210")
    expect(active).to_be_in_viewport()
    assert app.get_by_role("option").count() <= 100
    field, chosen = many.bounding_box(), app.get_by_role("listbox").bounding_box()
    assert field is not None
    assert chosen is not None
    assert abs(field["x"] - chosen["x"]) < 16
    many.fill("77")
    app.get_by_role("option", name="Choice 177", exact=True).click()
    expect(said).to_have_value("3 Choice 177")
    many.press("ArrowDown")
    many.press("Escape")
    expect(app.get_by_role("listbox")).to_have_count(0)
    track = app.get_by_role("slider", name="Amount")
    track.press("ArrowRight")
    expect(said).to_have_value(re.compile("^3.1 |^4 "))
    expect(app.get_by_label("Released")).not_to_have_value("")
    assert frontend.state() == before


KEPT = """
import nbblocks as gr
with gr.Blocks() as demo:
    kept = gr.BrowserState("nothing", storage_key="kept", secret="secret")
    box = gr.Textbox(label="New")
    at_load = gr.Textbox(label="At load")
    box.submit(lambda text: text, box, kept)
    demo.load(lambda text: text, kept, at_load)
demo.launch(prevent_thread_lock=False)
"""


def test_browser_state_is_there_at_the_next_load(page: Page, standalone: Standalone) -> None:
    page.goto(standalone(KEPT).url)
    expect(page.get_by_label("At load")).to_have_value("nothing")
    page.get_by_label("New").fill("salt")
    page.get_by_label("New").press("Enter")
    page.wait_for_function("localStorage.getItem('kept') !== null")
    assert "salt" not in page.evaluate("atob(localStorage.getItem('kept'))")
    page.reload()
    expect(page.get_by_label("At load")).to_have_value("salt")
