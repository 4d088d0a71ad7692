"""axe-core finds nothing to object to on a page with every component, in light and in dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import nbblocks as gr
from tests.browser.lab import LabPage
from tests.contract.parameters import PICTURE

AXE = Path(__file__).parents[2] / "js" / "node_modules" / "axe-core" / "axe.min.js"


PORTS = '"inputs": [{"id": "in", "type": "text"}], "outputs": [{"id": "out", "type": "text"}]'
GRAPH = f'{{"references": [{{"id": "a", {PORTS}}}], "operators": [{{"id": "b", "kind": "fn", "fn": "f", {PORTS}}}]}}'


def everything() -> gr.Blocks:
    with gr.Blocks(title="Everything") as demo:
        gr.Markdown(
            "# Title\n\nText with [a link](https://example.org), `code` and a list\n\n- one\n- two\n\n## Part",
            header_links=True,
        )
        with gr.Row():
            gr.Textbox(label="Name", info="As on your card", placeholder="Ada")
            gr.Textbox("text", label="Fixed", interactive=False, buttons=["copy"])
            gr.Textbox(label="Mail", type="email", submit_btn=True, stop_btn=True)
            gr.Textbox(label="Unlabelled", show_label=False)
        with gr.Row():
            gr.Number(3, label="Count", minimum=0, maximum=9, info="Up to nine")
            gr.Checkbox(label="Agreed", info="Read it first")
            gr.Checkbox(True, label="Locked", interactive=False)
            gr.Textbox(label="Own", buttons=[gr.Button("Mine")])
        with gr.Row():
            for variant in ("primary", "secondary", "stop"):
                gr.Button(variant, variant=variant)
            gr.Button("small", size="sm")
            gr.Button("Link", link="https://example.org")
            gr.Button("Off", interactive=False)
            gr.ClearButton()
        with gr.Row():
            gr.Image(label="Given")
            gr.Image(PICTURE, label="Shown", alt_text="A red field")
            gr.Image(label="Empty", interactive=False)
        with gr.Row():
            gr.Slider(label="Amount", info="Drag")
            gr.Radio(["a", "b"], label="One of")
            gr.CheckboxGroup(["a", "b"], label="Some of")
            gr.Dropdown(["a", "b"], label="Pick")
            gr.ColorPicker(label="Colour")
            gr.DateTime(label="When")
        with gr.Row():
            gr.File(label="To give", file_count="multiple")
            gr.Files(_files(), label="To order", allow_reordering=True)
            gr.File(_files(), label="To take", interactive=False)
            gr.FileExplorer(root_dir=Path(__file__).parent, label="Of this machine", height=120)
        with gr.Row():
            gr.UploadButton()
            gr.DownloadButton("Save", value=_files()[0])
            gr.SimpleImage(label="Simple")
        with gr.Row():
            gr.Gallery([(PICTURE, "First"), PICTURE], label="Pictures")
            gr.Gallery([(PICTURE, "First"), PICTURE], label="Large", selected_index=0)
            gr.Gallery(label="No pictures", sources=["upload", "webcam", "clipboard"])
        with gr.Row():
            gr.AnnotatedImage((_files()[1], [((0, 0, 1, 1), "dot")]), label="Marked")
            gr.ImageSlider((PICTURE, PICTURE), label="Compared")
            gr.ImageSlider(label="To compare")
        with gr.Row():
            gr.ImageEditor(PICTURE, label="Edited")
            gr.Sketchpad(label="Sheet")
            gr.ImageEditor(PICTURE, label="Only shown", interactive=False)
        gr.HTML("<p>own <b>text</b></p>")
        gr.Label({"cat": 0.7, "dog": 0.3}, label="Guess")
        gr.JSON({"a": [1, 2]}, label="Data")
        with gr.Sidebar("Options"):
            gr.Textbox(label="Beside")
        with gr.Walkthrough(selected=1):
            for number, label in enumerate(("Begin", "Middle", "End")):
                with gr.Step(label, id=number):
                    gr.Textbox(label=f"In step {label}")
        with gr.Draggable():
            gr.Textbox(label="Moved")
            gr.Textbox(label="Moved too")
        lines = [{"speaker": "Ann", "text": "Hello"}, {"speaker": "Bob", "text": "Yes?"}]
        gr.Dialogue(lines, speakers=["Ann", "Bob"], tags=["(laughs)"], submit_btn=True)
        gr.Dialogue(lines, speakers=["Ann", "Bob"], interactive=False, label="Said")
        gr.Dialogue("text", tags=["(laughs)"], label="Free")
        gr.ParamViewer({"size": {"type": "int | None", "description": "In pixels", "default": "3"}}, anchor_links=True)
        gr.WorkflowCanvas(GRAPH, label="A graph", server_functions=[_fail])
        with gr.Row():
            gr.LoginButton()
            gr.DeepLinkButton()
        gr.Navbar([("Docs", "https://example.org/")])
        with gr.Group():
            gr.Textbox(label="In a group")
        with gr.Tabs():
            with gr.Tab("First"):
                gr.Textbox(label="In a tab")
            with gr.Tab("Second"):
                gr.Textbox(label="In another")
            gr.Tab("Off", interactive=False)
        with gr.Accordion("More", open=True):
            gr.Textbox(label="Folded")
        with gr.Accordion("Long", open=True, height=40):
            gr.Markdown("text\n\n" * 20)
        gr.Markdown("text\n\n" * 20, height=60)
        gr.HTML("<p>text</p>" * 20, max_height=60)
        gr.Button("Fail").click(_fail, None, None)
    return demo


def _files() -> list[str]:
    return [gr.File().example_value(), gr.Image().example_value()]


def _fail() -> None:
    raise gr.Error("It went wrong", duration=None, print_exception=False)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_page_with_everything_is_accessible(page: Page, theme: str) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm install, in js/")
    demo = everything()
    demo.launch(
        prevent_thread_lock=True, quiet=True, inline=False, footer_links=[{"label": "Us", "url": "https://x.org"}]
    )
    page.goto(f"{demo.local_url}?__theme={theme}")
    expect(page.get_by_role("heading", name="Title")).to_be_visible()
    page.get_by_role("button", name="Fail").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.wait_for_timeout(300)
    told = violations(page, "document")
    demo.close(verbose=False)
    assert not told, "\n".join(told)


def violations(page: Page, context: str) -> list[str]:
    """What axe-core objects to in a part of the page."""
    page.add_script_tag(path=AXE)
    found = page.evaluate(f"axe.run({context}, {{ resultTypes: ['violations'] }})")
    return [
        f"{v['id']}: {v['help']}\n    {node['html'][:200]}\n    {node['failureSummary']}"
        for v in found["violations"]
        for node in v["nodes"]
    ]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_an_app_with_everything_is_accessible_in_a_cell(lab: LabPage, dark: bool) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm install, in js/")
    lab.open(
        [
            f"import sys\nsys.path.insert(0, {str(AXE.parents[3])!r})\n"
            "from tests.browser.test_accessibility import everything\neverything().launch()"
        ]
    )
    lab.toggle_theme(dark)
    lab.run_all()
    expect(lab.app.get_by_role("heading", name="Title")).to_be_visible(timeout=60_000)
    expect(lab.app).to_have_class(re.compile(r"\bdark\b") if dark else re.compile(r"^(?!.*\bdark\b)"))
    lab.app.get_by_role("button", name="Fail").click()
    expect(lab.app.get_by_role("alert")).to_be_visible()
    lab.page.wait_for_timeout(300)
    told = violations(lab.page, "document.querySelector('.nbblocks-host')")
    assert not told, "\n".join(told)
