from __future__ import annotations

from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from nbblocks.components import Gallery
from nbblocks.exceptions import DeclarationError, Error, WireError
from nbblocks.wire.files import ImageData

ARRAY = np.full((4, 6, 3), 200, np.uint8)


@pytest.fixture
def png(tmp_path):
    path = tmp_path / "cat.png"
    PIL.Image.fromarray(ARRAY).save(path)
    return str(path)


def test_pictures_of_every_kind_are_shown_in_order(png):
    values = [ARRAY, (PIL.Image.fromarray(ARRAY), "pil"), png, (Path(png), "path"), ["https://example.org/b.png", None]]
    shown = Gallery(format="png").postprocess(values)
    assert [(item["image"].orig_name, item["caption"]) for item in shown] == [
        ("image.png", None),
        ("image.png", "pil"),
        ("cat.png", None),
        ("cat.png", "path"),
        ("b.png", None),
    ]
    assert all(isinstance(item["image"], ImageData) for item in shown)


def test_film_is_told_by_its_name(tmp_path):
    (tmp_path / "a.mp4").write_bytes(b"film")
    (item,) = Gallery().postprocess([(str(tmp_path / "a.mp4"), "A film")])
    assert (item["video"].mime_type, item["caption"]) == ("video/mp4", "A film")


def test_none_is_an_empty_list():
    assert (Gallery().postprocess(None), Gallery().preprocess(None), Gallery().preprocess([])) == ([], None, None)


@pytest.mark.parametrize("value", ["a.png", 3, [3], [(ARRAY, "a", "b")], [None]])
def test_what_is_no_list_of_pictures_is_refused(value):
    with pytest.raises(ValueError, match="Gallery"):
        Gallery().postprocess(value)


def test_handler_gets_pictures_as_it_asks_for_them(png):
    payload = [{"image": {"path": png}, "caption": "A cat"}, {"image": {"path": png}}]
    assert Gallery().preprocess(payload) == [(png, "A cat"), (png, None)]
    ((array, caption), _) = Gallery(type="numpy").preprocess(payload)
    assert (array.shape, caption) == ((4, 6, 3), "A cat")
    assert Gallery(type="pil").preprocess(payload)[0][0].size == (6, 4)


def test_film_comes_as_a_path_whatever_is_asked(tmp_path):
    film = tmp_path / "a.mp4"
    film.write_bytes(b"film")
    assert Gallery(type="numpy").preprocess([{"video": {"path": str(film)}}]) == [(str(film), None)]


def test_picture_of_another_kind_tells_the_user(png):
    with pytest.raises(Error, match="video"):
        Gallery(file_types=["video"]).preprocess([{"image": {"path": png}}])


@pytest.mark.parametrize("payload", [3, [3], [{}], [{"image": 3}], {"image": {"path": "a"}}])
def test_payload_that_is_no_list_of_pictures_is_refused(payload):
    with pytest.raises(WireError):
        Gallery().preprocess(payload)


def test_what_came_can_be_shown_again(png):
    came = [{"image": ImageData(path=png), "caption": "x"}]
    assert Gallery().postprocess(came) == came


@pytest.mark.parametrize("given", [{"type": "x"}, {"sources": ["x"]}])
def test_what_cannot_work_is_refused(given):
    with pytest.raises(DeclarationError):
        Gallery(**given)
