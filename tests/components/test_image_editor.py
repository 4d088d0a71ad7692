from __future__ import annotations

from pathlib import Path

import numpy as np
import PIL.Image
import pytest

import nbblocks as gr
from nbblocks.exceptions import DeclarationError, Error, WireError

ARRAY = np.full((4, 6, 3), 200, np.uint8)


def saved(tmp_path, name, mode="RGBA", colour=(0, 0, 0, 0)):
    path = tmp_path / name
    PIL.Image.new(mode, (6, 4), colour).save(path)
    return {"path": str(path), "orig_name": name}


def test_handler_gets_background_layers_and_composite(tmp_path):
    payload = {
        "background": saved(tmp_path, "background.png", colour=(255, 255, 255, 255)),
        "layers": [saved(tmp_path, "layer-1.png", colour=(255, 0, 0, 128))],
        "composite": saved(tmp_path, "composite.png", colour=(255, 127, 127, 255)),
    }
    got = gr.ImageEditor().preprocess(payload)
    assert got["background"][0, 0].tolist() == [255, 255, 255, 255]
    assert [layer[0, 0].tolist() for layer in got["layers"]] == [[255, 0, 0, 128]]
    assert got["composite"].shape == (4, 6, 4)
    assert isinstance(gr.ImageEditor(type="pil").preprocess(payload)["composite"], PIL.Image.Image)
    paths = gr.ImageEditor(type="filepath").preprocess(payload)
    assert [Path(paths["composite"]).name, Path(paths["layers"][0]).name] == ["composite.png", "layer-1.png"]


def test_untouched_sheet_gives_a_dict_of_nothing():
    assert gr.Sketchpad().preprocess({"background": None, "layers": [], "composite": None}) == {
        "background": None,
        "layers": [],
        "composite": None,
    }
    assert gr.Sketchpad().preprocess(None) is None


def test_transparency_becomes_white_under_all_and_is_dropped_in_a_layer(tmp_path):
    file = saved(tmp_path, "a.png", colour=(255, 0, 0, 0))
    got = gr.ImageEditor(image_mode="RGB").preprocess({"background": file, "layers": [file], "composite": file})
    assert [got[name][0, 0].tolist() for name in ("background", "composite")] == [[255, 255, 255]] * 2
    assert got["layers"][0].shape == (4, 6, 3)


def test_one_picture_is_background_and_composite():
    shown = gr.ImageEditor(format="png").postprocess(ARRAY)
    assert (shown["background"].orig_name, shown["layers"], shown["background"]) == (
        "image.png",
        [],
        shown["composite"],
    )


def test_dict_of_pictures_is_shown(tmp_path):
    path = saved(tmp_path, "a.png")["path"]
    shown = gr.ImageEditor().postprocess({"background": ARRAY, "layers": [path], "composite": None})
    assert ([layer.path for layer in shown["layers"]], shown["composite"]) == ([path], None)
    assert gr.ImageEditor().postprocess({"composite": path})["background"] is None
    assert gr.ImageEditor().postprocess(None) is None


@pytest.mark.parametrize("value", [3, {"background": 3}, b"x"])
def test_what_is_no_picture_is_refused(value):
    with pytest.raises(ValueError, match="ImageEditor"):
        gr.ImageEditor().postprocess(value)


@pytest.mark.parametrize("payload", [3, "x", {"background": 3}, {"layers": 3}, {"layers": ["x"]}])
def test_payload_that_is_no_drawing_is_refused(payload):
    with pytest.raises(WireError):
        gr.ImageEditor().preprocess(payload)


def test_file_that_is_no_picture_tells_the_user(tmp_path):
    (tmp_path / "a.png").write_bytes(b"hello")
    with pytest.raises(Error, match="not a picture"):
        gr.ImageEditor().preprocess({"composite": {"path": str(tmp_path / "a.png")}})


def test_page_learns_of_brush_eraser_and_layers():
    brush = gr.Brush(default_size=9, colors=[("red", 0.5), "#00ff00"], color_mode="fixed")
    editor = gr.ImageEditor(brush=brush, eraser=False, layers=gr.LayerOptions(layers=["A", "B"]))
    assert editor.wire_props(["brush", "eraser", "layers"]) == {
        "brush": {
            "default_size": 9,
            "colors": [["red", 0.5], "#00ff00"],
            "default_color": ["red", 0.5],
            "color_mode": "fixed",
        },
        "eraser": False,
        "layers": {"allow_additional_layers": True, "layers": ["A", "B"], "disabled": False},
    }


def test_templates_are_editors_with_other_defaults():
    assert [cls().get_block_name() for cls in (gr.Sketchpad, gr.Paint, gr.ImageMask)] == ["imageeditor"] * 3
    assert (gr.Sketchpad().brush.colors, gr.Paint().brush, gr.ImageMask().wire_props(["layers"])["layers"]) == (
        ["#000000"],
        None,
        {"allow_additional_layers": True, "layers": ["Layer 1"], "disabled": True},
    )
    assert gr.Sketchpad(brush=gr.Brush(colors=["red"])).brush.colors == ["red"]


def test_option_classes_have_gradios_defaults():
    assert (gr.Eraser().default_size, gr.Brush().default_size, gr.Brush("auto", "red").default_color) == (
        "auto",
        "auto",
        "red",
    )
    assert (gr.Brush().default_color, gr.Brush().color_mode) == (gr.Brush().colors[0], "defaults")
    assert gr.LayerOptions(layers=[]).layers == ["Layer 1"]


@pytest.mark.parametrize(
    "given", [{"type": "x"}, {"sources": ["x"]}, {"transforms": ["x"]}, {"canvas_size": (0, 5)}, {"canvas_size": 5}]
)
def test_what_cannot_work_is_refused(given):
    with pytest.raises(DeclarationError):
        gr.ImageEditor(**given)
