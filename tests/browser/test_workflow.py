"""A graph as a person edits it: by pointer and by keys, in a cell and as a page; running it, and what is kept of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

import nbblocks as gr
from tests.browser.lab import LabPage
from tests.browser.test_accessibility import AXE, violations


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    gr.close_all(verbose=False)


def clean(text: str) -> str:
    return text.strip().lower()


def tag(text: str, times: int = 1) -> str:
    return f"[{text}]" * int(times)


def boom(text: str) -> str:
    raise gr.Error(f"no {text}", print_exception=False)


def shown(page: Page, demo: gr.Workflow, path: str = "") -> None:
    demo.launch(inline=False, prevent_thread_lock=True, quiet=True)
    page.goto(f"{demo.local_url}{path}" if path else str(demo.write_url))
    page.wait_for_selector(".nb-flow-bar button")


def node(page: Any, name: str) -> Locator:
    found: Locator = page.locator(f'.nb-flow-node[aria-label^="{name},"]')
    return found


def port(page: Any, name: str) -> Locator:
    found: Locator = page.get_by_role("button", name=name)
    return found


def drag(page: Page, source: Locator, target: Locator) -> None:
    one, other = source.bounding_box(), target.bounding_box()
    assert one is not None
    assert other is not None
    page.mouse.move(one["x"] + one["width"] / 2, one["y"] + one["height"] / 2)
    page.mouse.down()
    for part in (0.5, 1):
        x = one["x"] + (other["x"] - one["x"]) * part + other["width"] / 2
        page.mouse.move(x, one["y"] + (other["y"] - one["y"]) * part + other["height"] / 2)
    page.mouse.up()


def add(page: Any, what: str) -> None:
    page.get_by_label("What to add").select_option(what)
    page.get_by_role("button", name="Add", exact=True).click()


def test_a_graph_is_built_connected_and_run_by_pointer(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "flow.json"
    shown(page, gr.Workflow(path, bind=[clean, tag]))
    drag(page, port(page, "Output output of clean"), port(page, "Input text of tag"))
    expect(page.locator(".nb-flow-edge")).to_have_count(1)
    page.get_by_role("textbox", name="text of clean").fill("  Hello ")
    page.get_by_role("spinbutton", name="times of tag").fill("2")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(node(page, "clean").locator(".nb-flow-value")).to_have_text("hello")
    expect(node(page, "tag").locator(".nb-flow-value")).to_have_text("[hello][hello]")

    before = node(page, "tag").bounding_box()
    assert before is not None
    page.mouse.move(before["x"] + 60, before["y"] + 10)
    page.mouse.down()
    page.mouse.move(before["x"] + 100, before["y"] + 60, steps=3)
    page.mouse.up()
    after = node(page, "tag").bounding_box()
    assert after is not None
    assert (round(after["x"] - before["x"]), round(after["y"] - before["y"])) == (40, 50)
    page.wait_for_function("() => document.querySelectorAll('.nb-flow-edge').length === 1")

    grip = node(page, "clean").locator("[data-resize]").bounding_box()
    assert grip is not None
    page.mouse.move(grip["x"] + 5, grip["y"] + 5)
    page.mouse.down()
    page.mouse.move(grip["x"] + 45, grip["y"] + 5, steps=3)
    page.mouse.up()
    expect(node(page, "clean")).to_have_css("width", "260px")
    page.get_by_role("button", name="Undo").click()
    stage = page.locator(".nb-flow-stage").bounding_box()
    assert stage is not None
    page.keyboard.down("Shift")
    page.mouse.move(stage["x"] + 5, stage["y"] + 5)
    page.mouse.down()
    page.mouse.move(stage["x"] + stage["width"] - 5, stage["y"] + stage["height"] - 5, steps=3)
    page.mouse.up()
    page.keyboard.up("Shift")
    expect(page.locator(".nb-flow-node.nb-selected")).to_have_count(2)

    page.get_by_role("button", name="Undo").click()
    expect(node(page, "tag")).to_be_visible()
    assert node(page, "tag").bounding_box() == before
    page.get_by_role("button", name="Redo").click()
    node(page, "clean").hover()
    page.get_by_role("button", name="Delete clean").click()
    expect(page.locator(".nb-flow-node")).to_have_count(1)
    expect(page.locator(".nb-flow-edge")).to_have_count(0)
    page.wait_for_timeout(1000)  # an edit is kept half a second after the last one
    assert [n["label"] for n in json.loads(path.read_text())["operators"]] == ["tag"]


def test_a_graph_is_built_by_keys_alone(page: Page, tmp_path: Path) -> None:
    shown(page, gr.Workflow(tmp_path / "flow.json", bind=[clean]))
    for what in ("reference text", "subject text"):
        page.get_by_label("What to add").select_option(what)
        page.get_by_role("button", name="Add", exact=True).press("Enter")
    expect(node(page, "Text result")).to_be_focused()
    start = node(page, "Text result").bounding_box()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    moved = node(page, "Text result").bounding_box()
    assert start is not None
    assert moved is not None
    assert (moved["x"] - start["x"], moved["y"] - start["y"]) == (20, 100)

    port(page, "Output Text of Text,").press("Enter")
    expect(port(page, "Input text of clean")).to_be_focused()  # the first that fits
    page.keyboard.press("ArrowDown")
    expect(port(page, "Input Text of Text result")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Connected")).to_have_count(1)
    port(page, "Output output of clean").press("Enter")
    expect(port(page, "Input Text of Text result")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".nb-flow-edge")).to_have_count(2)

    page.get_by_role("textbox", name="Text", exact=True).fill(" ADA ")
    page.keyboard.press("Control+Enter")
    expect(node(page, "Text result").locator(".nb-flow-value")).to_have_text("ada")

    port(page, "Input Text of Text result").press("Delete")
    expect(page.locator(".nb-flow-edge")).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(page.locator(".nb-flow-edge")).to_have_count(2)
    node(page, "clean").press("Delete")
    expect(page.locator(".nb-flow-node")).to_have_count(2)
    expect(page.locator(".nb-flow-edge")).to_have_count(0)


def test_what_does_not_fit_is_refused_and_a_failure_stays_at_its_node(page: Page, tmp_path: Path) -> None:
    demo = gr.Workflow(tmp_path / "flow.json", bind=[boom, tag], edges=[("boom", "tag")])
    shown(page, demo)
    drag(page, port(page, "Output output of tag"), port(page, "Input text of boom"))
    expect(page.get_by_text("This would make a circle.").first).to_be_visible()
    add(page, "reference image")
    page.get_by_role("button", name="Show all").click()
    page.wait_for_timeout(100)
    node(page, "Image").locator(".nb-flow-name").scroll_into_view_if_needed()
    port(page, "Output Image of Image").press("Enter")
    expect(port(page, "Input times of tag")).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Escape")
    page.get_by_role("textbox", name="text of boom").fill("way")
    page.get_by_role("button", name="Run boom").click()
    expect(node(page, "boom").get_by_role("alert")).to_have_text("no way")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(node(page, "tag").get_by_role("alert")).to_contain_text("a node before this one failed")


def whole(tmp_path: Path) -> Path:
    """A graph with an input, a function, a node of a model hub, and two results."""
    port = {"label": "Text", "type": "text"}
    both = {"inputs": [{"id": "in", **port}], "outputs": [{"id": "out", **port}]}
    edges = [
        ("a", "out", "b", "in_text"),
        ("b", "out_0", "c", "in"),
        ("a", "out", "d", "in_0"),
        ("d", "out_0", "e", "in"),
    ]
    keys = ("from_node_id", "from_port_id", "to_node_id", "to_port_id")
    remote = {
        "inputs": [{"id": "in_0", **port}],
        "outputs": [{"id": "out_0", **port}],
        "kind": "model",
        "model_id": "o/m",
    }
    told = {
        "name": "Cleaner",
        "references": [{"id": "a", "label": "Raw", **both, "data": {"out": " ABC "}}],
        "operators": [
            {"id": "b", "label": "clean", "kind": "fn", "fn": "clean", "inputs": [{"id": "in_text", **port}],
             "outputs": [{"id": "out_0", **port}]},
            {"id": "d", "label": "Model", **remote},
        ],
        "subjects": [{"id": "c", "label": "Clean", **both}, {"id": "e", "label": "Said", **both}],
        "edges": [dict(zip(keys, edge, strict=True)) for edge in edges],
    }  # fmt: skip
    path = tmp_path / "whole.json"
    path.write_text(json.dumps(told))
    return path


@pytest.mark.filterwarnings("ignore::nbblocks.exceptions.NbblocksWarning")
def test_a_visitor_gets_the_form_and_can_look_at_the_graph(page: Page, tmp_path: Path) -> None:
    shown(page, gr.Workflow(whole(tmp_path), bind=[clean]), path="?ui=")
    page.get_by_role("textbox", name="Raw").fill(" XYZ ")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_label("Clean")).to_have_value("xyz")
    expect(page.get_by_text("calls the model 'o/m' of a model hub").first).to_be_visible()
    page.get_by_role("button", name="Show the graph").click()
    expect(page.get_by_role("button", name="Add", exact=True)).to_have_count(0)
    expect(page.get_by_role("button", name="Delete clean")).to_have_count(0)
    page.get_by_role("button", name="Run", exact=True).click()
    expect(node(page, "Clean").locator(".nb-flow-value")).to_have_text("abc")
    expect(node(page, "Model")).to_contain_text("nbblocks calls none")


@pytest.mark.filterwarnings("ignore::nbblocks.exceptions.NbblocksWarning")
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_has_nothing_to_object_to(page: Page, tmp_path: Path, theme: str) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm install, in js/")
    demo = gr.Workflow(whole(tmp_path), bind=[clean, tag])
    demo.launch(inline=False, prevent_thread_lock=True, quiet=True)
    page.goto(f"{demo.write_url}&__theme={theme}")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(node(page, "Clean").locator(".nb-flow-value")).to_have_text("abc")
    add(page, "operator tag")
    page.wait_for_timeout(300)
    assert violations(page, "document") == []
    page.get_by_role("button", name="Show as a form").click()
    expect(page.get_by_role("textbox", name="Raw")).to_be_visible()
    assert violations(page, "document") == []


APP = """
import nbblocks as gr

def clean(text: str) -> str:
    return text.strip().lower()

def tag(text: str) -> str:
    return f"[{text}]"

demo = gr.Workflow("flow-of-a-cell.json", bind=[clean, tag])
demo.launch()
"""


def test_in_a_cell_two_nodes_are_connected_and_run(frontend: LabPage, page: Page) -> None:
    frontend.open([APP])
    frontend.run_all()
    app = frontend.app
    port(app, "Output output of clean").press("Enter")
    expect(port(app, "Input text of tag")).to_be_focused()
    page.keyboard.press("Enter")
    expect(app.locator(".nb-flow-edge")).to_have_count(1)
    app.get_by_role("textbox", name="text of clean").fill(" Ada ")
    page.keyboard.press("Control+Enter")
    expect(node(app, "tag").locator(".nb-flow-value")).to_have_text("[ada]")
    node(app, "tag").press("ArrowDown")
    expect(node(app, "tag")).to_be_focused()
    node(app, "tag").press("Delete")
    expect(app.locator(".nb-flow-node")).to_have_count(1)
