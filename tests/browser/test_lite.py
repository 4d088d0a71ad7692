"""An app in a real JupyterLite, where Python runs in the page."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.lite import build_lite, run_all, served

APP = """
import nbblocks as gr

def letters(name):
    for n in range(len(name)):
        yield name[: n + 1]

def fail():
    raise gr.Error("It cannot be")

with gr.Blocks() as demo:
    name, out = gr.Textbox(label="Name"), gr.Textbox(label="Out")
    count, given = gr.Number(5, label="Count"), gr.File(label="Given")
    gr.Button("Greet").click(lambda n: f"Hello {n}!", name, out)
    gr.Button("Spell").click(letters, name, out)
    gr.Button("Tell").click(repr, count, out)
    gr.Button("Fail").click(fail)
    given.upload(lambda path: open(path).read(), given, out)
demo.launch()
"""


def test_an_app_in_jupyterlite_asks_nobody_but_its_own_page(page: Page, tmp_path: Path) -> None:
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    with served(build_lite(tmp_path, [APP])) as address:
        run_all(page, address)
        app = page.locator(".gradio-container")
        out = app.get_by_label("Out")
        app.get_by_label("Name").fill("Ada")
        app.get_by_role("button", name="Greet").click()
        expect(out).to_have_value("Hello Ada!", timeout=20_000)
        app.get_by_role("button", name="Spell").click()
        expect(out).to_have_value("Ada")
        app.get_by_label("Count").fill("")
        app.get_by_role("button", name="Tell").click()
        expect(out).to_have_value("None")
        file = {"name": "given.txt", "mimeType": "text/plain", "buffer": b"from a file"}
        app.locator("input[type=file]").set_input_files(files=file)  # type: ignore[arg-type]
        expect(out).to_have_value("from a file")
        app.get_by_role("button", name="Fail").click()
        expect(app.get_by_text("It cannot be")).to_be_visible()
        assert [url for url in asked if not url.startswith((address, "blob:", "data:"))] == []
