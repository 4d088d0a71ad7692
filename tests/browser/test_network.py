"""Whatever an app shows, a page asks nobody but the server that it came from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, Request, expect

from tests.browser.lab import LabPage
from tests.browser.processes import Server

APP = """
import nbblocks as gr
with gr.Blocks() as demo:
    gr.Markdown("# Much\\n\\n$$x^2$$\\n\\n```python\\nprint(1)\\n```\\n\\n```mermaid\\ngraph TD; A-->B\\n```")
    gr.Code("print(1)", language="python")
    gr.Chatbot([{"role": "user", "content": "Hello"}, {"role": "assistant", "content": "**Hi** $y$"}])
    gr.Dataframe([[1, 2], [3, 4]])
    gr.Model3D(), gr.ImageEditor(), gr.Audio(), gr.Video(), gr.DateTime(), gr.ColorPicker()
    gr.HTML("<b>bold</b>")
    name, out = gr.Textbox(label="Name"), gr.Textbox(label="Result")
    gr.Button("Go").click(lambda n: n.upper(), name, out)
"""


def hosts_asked(page: Page) -> set[str]:
    """Machines that the page asks from now on."""
    asked: set[str] = set()

    def note(request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme not in ("blob", "data"):
            asked.add(url.netloc)

    page.on("request", note)
    page.on("websocket", lambda socket: asked.add(urlsplit(socket.url).netloc))
    return asked


def used(app: Page | LabPage) -> None:
    root = app.app if isinstance(app, LabPage) else app
    expect(root.locator("math, .katex").first).to_be_visible(timeout=30_000)
    expect(root.locator(".cm-content").first).to_be_visible(timeout=30_000)
    root.get_by_label("Name").fill("ada")
    root.get_by_role("button", name="Go", exact=True).click()
    expect(root.get_by_label("Result")).to_have_value("ADA")


def test_a_page_asks_its_own_server_alone(page: Page, standalone: Callable[[str | Path], Server]) -> None:
    server = standalone(APP + "demo.launch(inline=False)")
    asked = hosts_asked(page)
    page.goto(server.url)
    used(page)
    assert asked == {urlsplit(server.url).netloc}


def test_an_app_in_a_cell_makes_a_notebook_ask_nobody(lab: LabPage) -> None:
    lab.open([APP + "demo.launch()"])
    asked = hosts_asked(lab.page)
    lab.run_all()
    used(lab)
    assert asked <= {urlsplit(lab.page.url).netloc}
