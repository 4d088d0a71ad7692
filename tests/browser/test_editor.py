"""The picture editor: drawn in by mouse and by keyboard, in layers, cropped, undone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Standalone
from tests.browser.lab import LabPage
from tests.browser.test_files import payload, picture

EDITOR = """
import numpy as np, nbblocks as gr
base = np.full((120, 160, 3), 120, np.uint8)
def told(value):
    if value is None: return None
    def one(a): return None if a is None else [list(a.shape), a[60, 80].tolist()]
    return {"background": one(value["background"]), "layers": [one(a) for a in value["layers"]],
            "composite": one(value["composite"])}
with gr.Blocks() as demo:
    sheet = gr.Sketchpad(label="Sheet", canvas_size=(160, 120))
    photo = gr.ImageEditor(base, label="Photo", brush=gr.Brush(default_size=6, colors=["#ff0000", "#0000ff"]))
    said, event = gr.Textbox(label="Said"), gr.Textbox(label="Event")
    gr.Button("Read sheet").click(lambda v: str(told(v)), sheet, said)
    gr.Button("Read photo").click(lambda v: str(told(v)), photo, said)
    photo.change(lambda: "change", None, event)
    photo.apply(lambda v: "apply " + str(told(v)["composite"]), photo, event)
    photo.clear(lambda: "clear", None, event)
demo.launch()
"""


@pytest.fixture
def drawing(page: Page, standalone: Standalone) -> Page:
    page.goto(standalone(EDITOR).url)
    expect(page.locator(".nb-image-editor")).to_have_count(2)
    expect(page.get_by_label(re.compile("Photo: drawing of 160 by 120"))).to_be_visible()
    return page


def stroke(page: Page, editor: Locator) -> None:
    """A line across the middle."""
    editor.scroll_into_view_if_needed()
    box = editor.locator(".nb-paper").bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.25, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.75, middle, steps=6)
    page.mouse.up()


def editor_of(page: Page, label: str) -> Locator:
    return page.locator(".nb-imageeditor").filter(has=page.get_by_text(label, exact=True))


def reads(page: Page, which: str, words: str) -> None:
    page.get_by_role("button", name=f"Read {which}").click()
    expect(page.get_by_label("Said")).to_have_value(words)


GREY, RED, CLEAR = "[120, 120, 120, 255]", "[255, 0, 0, 255]", "[0, 0, 0, 0]"


def values(background: str, layers: list[str], composite: str, shape: str = "[120, 160, 4]") -> str:
    told = ", ".join(f"[{shape}, {layer}]" for layer in layers)
    return f"{{'background': [{shape}, {background}], 'layers': [{told}], 'composite': [{shape}, {composite}]}}"


def test_untouched_sheet_is_a_drawing_of_nothing(drawing: Page) -> None:
    reads(drawing, "sheet", "{'background': None, 'layers': [], 'composite': None}")


def test_stroke_by_mouse_is_a_layer_and_an_event_at_once_gets_it(drawing: Page) -> None:
    stroke(drawing, editor_of(drawing, "Sheet"))
    reads(drawing, "sheet", values("[255, 255, 255, 255]", ["[0, 0, 0, 255]"], "[0, 0, 0, 255]"))


def test_strokes_are_undone_and_done_again(drawing: Page) -> None:
    editor = editor_of(drawing, "Photo")
    stroke(drawing, editor)
    reads(drawing, "photo", values(GREY, [RED], RED))
    editor.get_by_role("button", name="Undo").click()
    reads(drawing, "photo", values(GREY, [CLEAR], GREY))
    editor.get_by_role("button", name="Redo").click()
    reads(drawing, "photo", values(GREY, [RED], RED))
    expect(drawing.get_by_label("Event")).to_have_value("change")


def test_eraser_takes_a_stroke_away(drawing: Page) -> None:
    editor = editor_of(drawing, "Photo")
    stroke(drawing, editor)
    editor.get_by_role("button", name="Eraser").click()
    stroke(drawing, editor)
    reads(drawing, "photo", values(GREY, [CLEAR], GREY))


def test_layers_are_added_hidden_and_taken_away(drawing: Page) -> None:
    editor = editor_of(drawing, "Photo")
    stroke(drawing, editor)
    editor.get_by_role("button", name="Layers").click()
    editor.get_by_role("button", name="Add a layer").click()
    editor.get_by_role("button", name="#0000ff").click()
    stroke(drawing, editor)
    blue = "[0, 0, 255, 255]"
    reads(drawing, "photo", values(GREY, [RED, blue], blue))
    editor.get_by_role("button", name="Hide Layer 2").click()
    reads(drawing, "photo", values(GREY, [RED, blue], RED))
    editor.get_by_role("button", name="Take Layer 1 away").click()
    reads(drawing, "photo", values(GREY, [blue], GREY))


def test_drawing_is_cropped_and_resized_by_numbers(drawing: Page) -> None:
    editor = editor_of(drawing, "Photo")
    editor.get_by_role("button", name="Crop", exact=True).click()
    for name, number in (("Left", "20"), ("Top", "0"), ("Width", "100"), ("Height", "100")):
        editor.get_by_label(name).fill(number)
    drawing.keyboard.press("Enter")
    reads(drawing, "photo", values(GREY, [CLEAR], GREY, "[100, 100, 4]"))
    editor.get_by_role("button", name="Resize", exact=True).click()
    editor.get_by_label("Width").fill("200")
    drawing.keyboard.press("Enter")
    reads(drawing, "photo", values(GREY, [CLEAR], GREY, "[200, 200, 4]"))
    editor.get_by_role("button", name="Undo").click()
    editor.get_by_role("button", name="Undo").click()
    reads(drawing, "photo", values(GREY, [CLEAR], GREY))


def test_line_is_drawn_by_keyboard_alone(drawing: Page) -> None:
    editor = editor_of(drawing, "Photo")
    editor.get_by_role("application").focus()
    drawing.keyboard.press("Space")
    for _ in range(3):
        drawing.keyboard.press("ArrowRight")
    drawing.keyboard.press("Space")
    reads(drawing, "photo", values(GREY, [RED], RED))
    editor.get_by_role("application").focus()
    drawing.keyboard.press("Control+z")
    reads(drawing, "photo", values(GREY, [CLEAR], GREY))


def test_apply_and_clear_are_told(drawing: Page) -> None:
    editor = editor_of(drawing, "Photo")
    stroke(drawing, editor)
    editor.get_by_role("button", name="Apply").click()
    expect(drawing.get_by_label("Event")).to_have_value(f"apply [[120, 160, 4], {RED}]")
    editor.get_by_role("button", name="Clear").click()
    expect(drawing.get_by_label("Event")).to_have_value("clear")
    reads(drawing, "photo", "{'background': None, 'layers': [], 'composite': None}")


def test_picture_is_put_under_the_layers(drawing: Page) -> None:
    editor = editor_of(drawing, "Photo")
    editor.locator("input[type=file]").set_input_files(payload("a.png", picture("blue", (300, 200)), "image/png"))
    expect(drawing.get_by_label(re.compile("Photo: drawing of 300 by 200"))).to_be_visible()
    drawing.get_by_role("button", name="Read photo").click()
    expect(drawing.get_by_label("Said")).to_have_value(re.compile(r"'background': \[\[200, 300, 4\], \[0, 0, 255"))


def test_drawing_in_a_cell(lab: LabPage) -> None:
    lab.open([EDITOR])
    lab.run_all()
    app = lab.app
    sheet = app.locator(".nb-imageeditor").first
    stroke(lab.page, sheet)
    app.get_by_role("button", name="Read sheet").click()
    expect(app.get_by_label("Said")).to_have_value(values("[255, 255, 255, 255]", ["[0, 0, 0, 255]"], "[0, 0, 0, 255]"))
