"""AnnotatedImage and ImageSlider and SimpleImage."""

from __future__ import annotations

import numpy as np
import PIL.Image
import pytest

from nbblocks.components import AnnotatedImage, ImageSlider, SimpleImage
from nbblocks.exceptions import DeclarationError, WireError

BASE = np.zeros((20, 30, 3), np.uint8)


def mask_of(shown, at=0):
    return np.array(PIL.Image.open(shown["annotations"][at]["image"].path))


def test_box_is_half_covering_with_a_border_of_three():
    mask = mask_of(AnnotatedImage().postprocess((BASE, [((5, 4, 25, 16), "cat")])))
    assert mask.shape == (20, 30, 4)
    assert [mask[y, x, 3] for y, x in ((4, 5), (6, 7), (7, 8), (10, 15), (15, 24), (16, 25), (3, 5))] == [
        255,
        255,
        128,
        128,
        255,
        0,
        0,
    ]


@pytest.mark.parametrize("box", [(-5, -5, 5, 5), (25, 15, 99, 99), (0, 0, 1, 1), (5, 5, 5, 5), (25, 16, 5, 4)])
def test_box_may_reach_over_the_edge_or_be_small(box):
    assert mask_of(AnnotatedImage().postprocess((BASE, [(box, "cat")]))).shape == (20, 30, 4)


def test_mask_is_as_opaque_as_it_says_in_the_colour_of_its_label():
    confidence = np.zeros((20, 30))
    confidence[:10] = 0.5
    shown = AnnotatedImage(color_map={"dog": "#00aaff"}).postprocess((BASE, [(confidence, "dog"), (confidence, "cat")]))
    assert mask_of(shown)[0, 0].tolist() == [0, 170, 255, 128]
    assert mask_of(shown, 1)[0, 0].tolist() == [255, 0, 0, 128]
    assert mask_of(shown)[15, 0].tolist() == [0, 0, 0, 0]


def test_mask_may_be_of_booleans():
    assert mask_of(AnnotatedImage().postprocess((BASE, [(np.ones((20, 30), bool), "x")])))[0, 0, 3] == 255


@pytest.mark.parametrize("base", [BASE, PIL.Image.fromarray(BASE)])
def test_base_may_be_an_array_or_a_pil_image(base):
    assert AnnotatedImage(format="png").postprocess((base, []))["image"].orig_name == "image.png"


def test_base_may_be_a_file(tmp_path):
    PIL.Image.fromarray(BASE).save(tmp_path / "a.png")
    shown = AnnotatedImage().postprocess((str(tmp_path / "a.png"), [((0, 0, 5, 5), "x")]))
    assert (shown["image"].path, mask_of(shown).shape) == (str(tmp_path / "a.png"), (20, 30, 4))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (BASE, "list of"),
        ((BASE, [(np.zeros((3, 3)), "x")]), r"\(3, 3\)"),
        ((BASE, [("box", "x")]), "box"),
        ((3, []), "shows"),
    ],
)
def test_what_is_no_marked_picture_is_refused(value, words):
    with pytest.raises(ValueError, match=words):
        AnnotatedImage().postprocess(value)


def test_unknown_colour_is_refused():
    with pytest.raises(ValueError, match="nope"):
        AnnotatedImage(color_map={"x": "nope"}).postprocess((BASE, [((0, 0, 5, 5), "x")]))
    with pytest.raises(DeclarationError, match="color_map"):
        AnnotatedImage(color_map=["red"])


def test_handler_gets_paths_and_labels():
    shown = AnnotatedImage().postprocess((BASE, [((0, 0, 5, 5), "x")]))
    path, parts = AnnotatedImage().preprocess(shown)
    assert (path, parts) == (shown["image"].path, [(shown["annotations"][0]["image"].path, "x")])
    assert AnnotatedImage().preprocess(None) is None
    with pytest.raises(WireError):
        AnnotatedImage().preprocess(3)


def test_slider_shows_and_gives_two_pictures_either_of_which_may_be_missing():
    slider = ImageSlider()
    left, right = slider.preprocess(slider.postprocess((BASE, PIL.Image.fromarray(BASE))))
    assert (left.shape, right.shape) == ((20, 30, 3), (20, 30, 3))
    assert slider.postprocess((None, BASE))[0] is None
    assert (slider.preprocess(None), slider.postprocess(None)) == (None, None)


@pytest.mark.parametrize("value", [BASE[:, :, 0], "ab", [BASE], 3])
def test_slider_refuses_what_is_no_pair(value):
    with pytest.raises(ValueError, match="ImageSlider"):
        ImageSlider().postprocess(value)


@pytest.mark.parametrize("payload", [3, [], [{"path": "a"}], {"path": "a"}])
def test_slider_refuses_a_payload_that_is_no_pair(payload):
    with pytest.raises(WireError):
        ImageSlider().preprocess(payload)


def test_simple_image_is_its_file(tmp_path):
    PIL.Image.fromarray(BASE).save(tmp_path / "a.png")
    shown = SimpleImage().postprocess(str(tmp_path / "a.png"))
    assert SimpleImage().preprocess(shown) == str(tmp_path / "a.png")
