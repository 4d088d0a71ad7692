"""3D models: drawn, turned by keys, refused with words."""

from __future__ import annotations

import io
import struct

import numpy as np
import PIL.Image
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Standalone
from tests.browser.lab import LabPage

APP = """
from pathlib import Path
import tempfile, nbblocks as gr
folder = Path(tempfile.mkdtemp())
(folder / "cube.obj").write_text(
    "".join(f"v {x} {y} {z}\\n" for x in (-1, 1) for y in (-1, 1) for z in (-1, 1))
    + "f 1 2 4 3\\nf 5 7 8 6\\nf 1 5 6 2\\nf 3 4 8 7\\nf 1 3 7 5\\nf 2 6 8 4\\n"
)
(folder / "bad.glb").write_bytes(b"nonsense")
cube = str(folder / "cube.obj")
with gr.Blocks() as demo:
    plain = gr.Model3D(cube, label="Plain", interactive=True, height=200)
    with gr.Row():
        gr.Model3D(cube, label="Wire", display_mode="wireframe", height=200)
        gr.Model3D(cube, label="Cloud", display_mode="point_cloud", height=200)
        gr.Model3D(cube, label="Red", clear_color=(1, 0, 0, 1), height=200)
        gr.Model3D(cube, label="Placed", camera_position=(0, 90, 9), zoom_speed=2, pan_speed=3, height=200)
        gr.Model3D(str(folder / "bad.glb"), label="Bad", height=200)
    said, got = gr.Textbox(label="Said"), gr.Textbox(label="Got")
    plain.edit(lambda: "edit", None, said)
    plain.clear(lambda: "clear", None, said)
    plain.upload(lambda x: Path(x).name, plain, got)
demo.launch(LAUNCH)
"""


def model(page: Page, label: str) -> Locator:
    shown = page.locator(".gradio-container .nb-block", has=page.get_by_text(label, exact=True))
    expect(shown.get_by_role("application")).to_have_attribute("data-state", "shown")
    return shown.get_by_role("application")


def pixels(shown: Locator) -> np.ndarray:
    return np.asarray(PIL.Image.open(io.BytesIO(shown.screenshot())).convert("RGB"), np.int16)


def grey_pixels(shown: Locator) -> int:
    """How many are of a face, an edge or a point of a model without colours."""
    red, _, blue = np.moveaxis(pixels(shown), 2, 0)
    return int(((red > 60) & (red < 215) & (abs(red - blue) < 40)).sum())


def skip_without_webgl(page: Page) -> None:
    if not page.evaluate("() => !!document.createElement('canvas').getContext('webgl2')"):
        pytest.skip("this Chromium has no WebGL")


def test_models_are_drawn_as_their_parameters_say(page: Page, standalone: Standalone) -> None:
    page.goto(standalone(APP.replace("LAUNCH", "")).url)
    skip_without_webgl(page)
    solid = grey_pixels(model(page, "Plain"))
    wire, cloud = grey_pixels(model(page, "Wire")), grey_pixels(model(page, "Cloud"))
    assert solid > 3 * wire > 3 * cloud > 0
    assert pixels(model(page, "Red"))[4, 4].tolist() == [255, 0, 0]
    bad = page.locator(".nb-block", has=page.get_by_text("Bad", exact=True))
    expect(bad.get_by_role("alert")).to_contain_text("cannot be shown")


def check_keys(page: Page) -> None:
    placed = model(page, "Placed")
    placed.press("ArrowUp")
    placed.press("ArrowDown")
    expect(placed).to_have_attribute("data-camera", "0.00 90.00 9.00")
    placed.press("+")
    expect(placed).to_have_attribute("data-camera", "0.00 90.00 7.29")  # twice as fast
    placed.press("ArrowLeft")
    expect(placed).to_have_attribute("data-camera", "-7.50 90.00 7.29")
    placed.press("Home")
    expect(placed).to_have_attribute("data-camera", "0.00 90.00 9.00")
    plain = model(page, "Plain")
    plain.press("ArrowLeft")
    expect(page.get_by_label("Said")).to_have_value("edit")


def test_keys_turn_zoom_and_reset(page: Page, standalone: Standalone) -> None:
    page.goto(standalone(APP.replace("LAUNCH", "")).url)
    skip_without_webgl(page)
    check_keys(page)
    fast, slow = pixels(model(page, "Placed")), pixels(model(page, "Plain"))
    model(page, "Placed").press("Shift+ArrowUp")
    assert (pixels(model(page, "Placed")) != fast).any()
    assert (pixels(model(page, "Plain")) == slow).all()


def test_keys_turn_a_model_in_a_cell(lab: LabPage) -> None:
    lab.open([APP.replace("LAUNCH", "")])
    lab.run_all()
    skip_without_webgl(lab.page)
    check_keys(lab.page)


def test_a_model_is_cleared_and_another_given(page: Page, standalone: Standalone) -> None:
    page.goto(standalone(APP.replace("LAUNCH", "")).url)
    skip_without_webgl(page)
    model(page, "Plain")
    shown = page.locator(".nb-block", has=page.get_by_text("Plain", exact=True))
    shown.hover()
    shown.get_by_role("button", name="Clear").click()
    expect(page.get_by_label("Said")).to_have_value("clear")
    chooser = shown.get_by_test_id("file-upload")
    chooser.set_input_files({"name": "notes.txt", "mimeType": "text/plain", "buffer": b"no model"})
    expect(page.get_by_text("Not a file of that kind")).to_be_visible()
    splat = struct.pack("<6f", 0, 0, 0, 0.5, 0.5, 0.5) + bytes([255, 0, 0, 255, 255, 128, 128, 128])
    chooser.set_input_files({"name": "one.splat", "mimeType": "application/octet-stream", "buffer": splat})
    expect(page.get_by_label("Got")).to_have_value("one.splat")
    model(page, "Plain")
