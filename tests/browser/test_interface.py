"""Interfaces, examples and flagging, in real hosts."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

import nbblocks as gr
from tests.browser.conftest import Standalone
from tests.browser.lab import LabPage

APP = """
import time
import nbblocks as gr

def greet(name, times):
    return f"Hello {name}" + "!" * int(times or 0)

def count(name):
    for n in range(1000):
        yield f"{name} {n}"
        time.sleep(0.02)

standard = gr.Interface(
    greet, ["text", gr.Slider(0, 5, step=1, label="Times")], "text", title="Greeter",
    examples=[[f"Name {n}", n] for n in range(6)], examples_per_page=4, flagging_dir="flagged",
)
box = gr.Textbox(label="Text")
unified = gr.Interface(lambda text: text.upper(), box, box, flagging_mode="never", api_name="upper")
output = gr.Interface(lambda: "made", None, gr.Textbox(label="Made"), flagging_mode="never")
live = gr.Interface(lambda text: text[::-1], gr.Textbox(label="Live"), gr.Textbox(label="Back"), live=True)
steps = gr.Interface(count, gr.Textbox(label="Of"), gr.Textbox(label="Counted"), flagging_mode="never")
seen = []
into = gr.Interface(seen.append, gr.Textbox(label="Kept"), None)
kept = gr.Interface(
    lambda name: f"Kept {name}", gr.Textbox(label="Who"), gr.Textbox(label="Result"), examples=["Ada", "Alan"],
    cache_examples=True, flagging_mode="never",
)
demo = gr.TabbedInterface(
    [standard, unified, output, live, steps, into, kept],
    ["Standard", "Unified", "Output", "Live", "Steps", "Input", "Kept"],
)
demo.launch()
"""


def drive(app: Locator, flagged: Path | None) -> None:
    """A person tries every kind."""
    panel = app.get_by_role("tabpanel", name="Standard")
    expect(app.get_by_role("heading", name="Greeter")).to_be_visible()
    panel.get_by_label("name").fill("Ada")
    panel.get_by_role("button", name="Submit").click()
    expect(panel.get_by_label("output")).to_have_value("Hello Ada")
    panel.get_by_role("button", name="Page 2").click()
    panel.get_by_role("row", name="Name 4").click()
    expect(panel.get_by_label("name")).to_have_value("Name 4")
    panel.get_by_label("name").press("Enter")
    expect(panel.get_by_label("output")).to_have_value("Hello Name 4!!!!")
    panel.get_by_role("button", name="Flag").click()
    expect(panel.get_by_role("button", name="Saved!")).to_be_disabled()
    if flagged is not None:
        with (flagged / "dataset1.csv").open(newline="") as rows:
            assert [row["output"] for row in csv.DictReader(rows)] == ["Hello Name 4!!!!"]
    panel.get_by_role("button", name="Clear").click()
    expect(panel.get_by_label("name")).to_have_value("")
    expect(panel.get_by_label("output")).to_have_value("")
    expect(panel.get_by_role("button", name="Flag")).to_be_enabled()

    app.get_by_role("tab", name="Unified").click()
    app.get_by_label("Text").fill("shout")
    app.get_by_role("tabpanel", name="Unified").get_by_role("button", name="Submit").click()
    expect(app.get_by_label("Text")).to_have_value("SHOUT")

    app.get_by_role("tab", name="Output").click()
    app.get_by_role("button", name="Generate").click()
    expect(app.get_by_label("Made")).to_have_value("made")

    app.get_by_role("tab", name="Live").click()
    panel = app.get_by_role("tabpanel", name="Live")
    expect(panel.get_by_role("button", name="Submit")).to_have_count(0)
    panel.get_by_label("Live").press_sequentially("abc")
    expect(panel.get_by_label("Back")).to_have_value("cba")

    app.get_by_role("tab", name="Steps").click()
    panel = app.get_by_role("tabpanel", name="Steps")
    panel.get_by_label("Of").fill("no")
    panel.get_by_role("button", name="Submit").click()
    expect(panel.get_by_label("Counted")).to_have_value(re.compile(r"^no \d+$"))
    expect(panel.get_by_role("button", name="Submit")).to_have_count(0)
    panel.get_by_role("button", name="Stop").click()
    expect(panel.get_by_role("button", name="Submit")).to_be_visible()
    expect(panel.get_by_role("button", name="Stop")).to_have_count(0)

    app.get_by_role("tab", name="Input").click()
    panel = app.get_by_role("tabpanel", name="Input")
    panel.get_by_label("Kept").fill("x")
    panel.get_by_role("button", name="Submit").click()
    expect(panel.get_by_role("button", name="Flag")).to_have_count(0)

    app.get_by_role("tab", name="Kept").click()
    panel = app.get_by_role("tabpanel", name="Kept")
    expect(panel.get_by_label("Result")).to_have_value("Kept Ada")  # the first example stands there already
    panel.get_by_role("button", name="Alan").click()
    expect(panel.get_by_label("Result")).to_have_value("Kept Alan")
    expect(panel.get_by_label("Who")).to_have_value("Alan")


def test_every_kind_in_a_notebook(frontend: LabPage) -> None:
    frontend.open([APP])
    frontend.run_all()
    drive(frontend.app, None)


def test_every_kind_as_a_page(page: Page, standalone: Standalone, tmp_path: Path) -> None:
    server = standalone(APP)
    page.goto(server.url)
    drive(page.locator(".gradio-container"), tmp_path / "flagged")


# --- the look of samples

Shown = Callable[[gr.Blocks], Page]


@pytest.fixture
def shown(page: Page) -> Iterator[Shown]:
    def show(demo: gr.Blocks) -> Page:
        demo.launch(prevent_thread_lock=True, quiet=True, inline=False)
        page.goto(str(demo.local_url))
        return page

    yield show
    gr.close_all(verbose=False)


def test_samples_by_keyboard_alone(shown: Shown) -> None:
    with gr.Blocks() as demo:
        first, second, said = gr.Textbox(label="First"), gr.Number(label="Second"), gr.Textbox(label="Said")
        made = gr.Examples([["a", 1], ["b", 2], ["c", 3]], [first, second], examples_per_page=2)
        made.dataset.select(lambda data: f"{data}", made.dataset, said)
    page = shown(demo)
    page.get_by_label("Said").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("row", name="b 2")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("First")).to_have_value("b")
    expect(page.get_by_label("Said")).to_have_value("(1, ['b', 2])")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("row", name="c 3")).to_be_visible()
    expect(page.get_by_role("button", name="Page 2")).to_have_attribute("aria-current", "page")


def test_new_samples_take_the_place_of_the_old(shown: Shown) -> None:
    with gr.Blocks() as demo:
        data, said = gr.Dataset(components=["text"], samples=[["old"]], type="index"), gr.Textbox(label="Said")
        gr.Button("More").click(lambda: gr.Dataset(samples=[["new"], ["newer"]], label="Fresh"), None, data)
        data.click(lambda index: f"chose {index}", data, said)
    page = shown(demo)
    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name="newer").click()
    expect(page.get_by_label("Said")).to_have_value("chose 1")
    expect(page.get_by_text("Fresh")).to_be_visible()


def test_pictures_of_samples_are_fetched_and_nothing_in_them_runs(shown: Shown) -> None:
    with gr.Blocks() as demo:
        gr.Dataset(
            components=["image", "html", "markdown", "text"],
            samples=[[gr.get_image("lion.jpg"), "<b onclick='window.ran=1'>bold</b><script>window.ran=1</script>",
                      "[x](javascript:window.ran=1) <img src=x onerror='window.ran=1'>", "<i>plain</i>"]],
        )  # fmt: skip
    page = shown(demo)
    image = page.locator("img.nb-cell-image")
    expect(image).to_have_attribute("alt", "lion.jpg")
    page.wait_for_function("document.querySelector('img.nb-cell-image').naturalWidth === 256")
    expect(page.locator(".nb-cell-rich b")).to_have_text("bold")
    expect(page.get_by_text("<i>plain</i>")).to_be_visible()
    assert page.evaluate("window.ran") is None
    assert page.locator(".nb-cell-rich a, .nb-cell-rich script, .nb-cell-rich [onclick]").count() == 0


def test_samples_are_accessible(shown: Shown) -> None:
    axe = Path(__file__).parents[2] / "js" / "node_modules" / "axe-core" / "axe.min.js"
    with gr.Blocks() as demo:
        gr.Dataset(components=["text", "number"], samples=[["a", n] for n in range(30)], headers=["A", "B"])
        gr.Dataset(components=["image"], samples=[[gr.get_image("bus.png")]], label="Pictures")
        gr.Dataset(components=["text"], samples=[])
    page = shown(demo)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_selector("img.nb-cell-image")
        page.add_script_tag(path=axe)
        found = page.evaluate("axe.run('.gradio-container').then(r => r.violations.map(v => `${v.id}: ${v.help}`))")
        assert found == []
