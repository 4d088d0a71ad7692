"""Pictures of the user's camera, which the browser of the tests plays."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Standalone

APP = """
import nbblocks as gr
with gr.Blocks() as demo:
    one = gr.Image(label="One", interactive=True)
    live = gr.Image(label="Live", streaming=True, interactive=True)
    said, frames = gr.Textbox(label="Said"), gr.Number(label="Frames", value=0)
    one.change(lambda x: str(None if x is None else x.shape), one, said)
    live.stream(lambda x, n: n + 1, [live, frames], frames, stream_every=0.1)
demo.launch()
"""


def test_a_picture_is_taken_and_a_stream_runs_until_it_is_stopped(page: Page, standalone: Standalone) -> None:
    page.goto(standalone(APP).url)
    camera = page.get_by_role("button", name="Camera")
    camera.nth(0).click()
    page.get_by_role("button", name="Take a picture").click()
    expect(page.get_by_label("Said")).to_have_value("(480, 640, 3)")
    expect(page.locator("video")).to_have_count(0)
    camera.click()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_label("Frames")).to_have_value(re.compile("^([5-9]|..)$"))
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("button", name="Close").click()
    expect(page.locator("video")).to_have_count(0)
