from __future__ import annotations

import base64
import io
from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from nbblocks.components import Image, WatermarkOptions, WebcamOptions
from nbblocks.exceptions import DeclarationError, Error, WireError
from nbblocks.wire.files import FileData, ImageData


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("NBBLOCKS_TEMP_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def saved(tmp_path: Path, mode: str, name: str, colour=0, **options) -> str:
    path = tmp_path / name
    PIL.Image.new(mode, (6, 4), colour).save(path, **options)
    return str(path)


def pixels(shown: ImageData) -> np.ndarray:
    assert shown.path is not None
    return np.array(PIL.Image.open(shown.path))


SHAPE = (4, 6, 3)


@pytest.mark.parametrize(
    ("array", "expected"),
    [
        (np.full(SHAPE, 200, np.uint8), np.full(SHAPE, 200)),
        (np.full(SHAPE, 0.5), np.full(SHAPE, 128)),
        (np.full(SHAPE, -0.5), np.full(SHAPE, 0)),
        (np.full((4, 6), 200, np.uint8), np.full((4, 6), 200)),
        (np.full((4, 6, 1), 200, np.uint8), np.full((4, 6), 200)),
        (np.full((4, 6, 2), 100, np.uint8), np.full((4, 6, 2), 100)),
        (np.full((4, 6, 4), 100, np.uint8), np.full((4, 6, 4), 100)),
        (np.full((4, 6), 65535, np.uint16), np.full((4, 6), 255)),
        (np.full(SHAPE, 200, np.int64), np.full(SHAPE, 200)),
        (np.ones((4, 6), bool), np.full((4, 6), 255)),
        (np.full((4, 6), np.nan), np.full((4, 6), 0)),
    ],
)
def test_array_is_shown_with_brightness_from_0_to_255(array, expected):
    assert np.array_equal(pixels(Image(format="png").postprocess(array)), expected)


@pytest.mark.parametrize(
    "value",
    [
        np.full(SHAPE, 200.0),
        np.full(SHAPE, 300),
        np.zeros(3, np.uint8),
        np.zeros((4, 6, 5), np.uint8),
        np.zeros((0, 0, 3), np.uint8),
        3,
        b"x",
    ],
)
def test_what_is_no_picture_is_refused(value):
    with pytest.raises(ValueError, match="Image"):
        Image().postprocess(value)


def test_array_becomes_a_webp_file_in_the_cache(cache):
    shown = Image().postprocess(np.zeros(SHAPE, np.uint8))
    assert isinstance(shown, ImageData)
    assert (Path(shown.path).parent.parent, shown.orig_name, shown.meta) == (
        cache,
        "image.webp",
        {"_type": "gradio.FileData"},
    )
    assert PIL.Image.open(shown.path).format == "WEBP"


@pytest.mark.parametrize("file_format", ["webp", "png", "jpeg"])
@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "I", "F", "YCbCr", "HSV"])
def test_every_kind_of_pil_image_is_shown_in_every_format(mode, file_format):
    shown = Image(format=file_format).postprocess(PIL.Image.new(mode, (6, 4)))
    assert (PIL.Image.open(shown.path).format.lower(), PIL.Image.open(shown.path).size) == (file_format, (6, 4))


def test_picture_too_long_for_webp_is_shown_as_png():
    assert Image().postprocess(np.zeros((1, 16384), np.uint8)).path.endswith(".png")


def test_unknown_format_is_refused():
    with pytest.raises(ValueError, match="'nope'"):
        Image(format="nope").postprocess(np.zeros(SHAPE, np.uint8))


def test_file_goes_as_it_is(tmp_path):
    path = saved(tmp_path, "RGBA", "a.png")
    assert Image().postprocess(path) == ImageData.of(path)


def test_url_stays_a_url():
    assert Image().postprocess("https://example.org/a.png").url == "https://example.org/a.png"


def test_none_is_none_both_ways():
    assert (Image().postprocess(None), Image().preprocess(None)) == (None, None)


@pytest.mark.parametrize(("mode", "shape"), [("RGB", (4, 6, 3)), ("RGBA", (4, 6, 4)), ("L", (4, 6)), (None, (4, 6, 4))])
def test_handler_gets_an_array_with_the_channels_of_image_mode(tmp_path, mode, shape):
    path = saved(tmp_path, "RGBA", "a.png")
    got = Image(image_mode=mode).preprocess(ImageData(path=path))
    assert (got.shape, got.dtype) == (shape, np.uint8)


@pytest.mark.parametrize("wrap", [lambda p: ImageData(path=p), lambda p: FileData(path=p), lambda p: {"path": p}])
def test_file_comes_as_object_or_as_json(tmp_path, wrap):
    path = saved(tmp_path, "RGB", "a.png", "red")
    assert Image(type="pil").preprocess(wrap(path)).getpixel((0, 0)) == (255, 0, 0)


@pytest.mark.parametrize(("value", "brightness"), [(65535, 255), (30000, 116), (0, 0)])
def test_16_bit_picture_keeps_its_brightness(tmp_path, value, brightness):
    path = saved(tmp_path, "I;16", "a.png", value)
    assert Image(image_mode="RGB").preprocess({"path": path})[0, 0].tolist() == [brightness] * 3


def test_16_bit_picture_stays_16_bit_without_image_mode(tmp_path):
    path = saved(tmp_path, "I;16", "a.png", 30000)
    assert Image(image_mode=None).preprocess({"path": path}).max() == 30000


def test_picture_is_turned_upright(tmp_path):
    exif = PIL.Image.Exif()
    exif[0x0112] = 6
    path = saved(tmp_path, "RGB", "a.jpg", exif=exif)
    assert Image().preprocess({"path": path}).shape == (6, 4, 3)


def test_filepath_is_the_file_itself_when_its_mode_fits(tmp_path):
    path = saved(tmp_path, "RGB", "a.jpg")
    assert Image(type="filepath").preprocess({"path": path}) == path


def test_filepath_of_another_mode_is_a_converted_file(tmp_path):
    path = saved(tmp_path, "RGBA", "cat.png")
    got = Image(type="filepath").preprocess({"path": path, "orig_name": "cat.png"})
    assert (Path(got).name, PIL.Image.open(got).mode) == ("cat.png", "RGB")


def test_transparency_is_not_lost_in_a_jpeg(tmp_path):
    got = Image(type="filepath", image_mode="RGBA").preprocess({"path": saved(tmp_path, "RGB", "a.jpg")})
    assert (Path(got).suffix, PIL.Image.open(got).mode) == (".png", "RGBA")


def test_svg_comes_and_goes_as_a_path_only(tmp_path):
    path = tmp_path / "a.svg"
    path.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    assert Image().postprocess(str(path)).path == str(path)
    assert Image(type="filepath").preprocess({"path": str(path)}) == str(path)
    with pytest.raises(Error, match="SVG"):
        Image().preprocess({"path": str(path)})


@pytest.mark.parametrize("content", [b"hello", b"", b"\x89PNG\r\n\x1a\n"])
def test_file_that_is_no_picture_tells_the_user(tmp_path, content):
    path = tmp_path / "a.png"
    path.write_bytes(content)
    with pytest.raises(Error, match="picture"):
        Image().preprocess({"path": str(path)})


def test_picture_that_breaks_off_tells_the_user(tmp_path):
    path = tmp_path / "a.png"
    noise = np.random.default_rng(0).integers(0, 255, (64, 64, 3), np.uint8)
    PIL.Image.fromarray(noise).save(path)
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(Error, match="cannot be read"):
        Image().preprocess({"path": str(path)})


def test_picture_with_too_many_pixels_is_refused(tmp_path, monkeypatch):
    path = saved(tmp_path, "RGB", "a.png")
    monkeypatch.setattr(PIL.Image, "MAX_IMAGE_PIXELS", 10)
    with pytest.raises(Error, match="too many pixels"):
        Image().preprocess({"path": path})


@pytest.mark.parametrize("payload", ["a.png", {"url": "x"}, {"path": None}, {"url": "data:x"}, 3])
def test_payload_that_is_no_file_is_refused(payload):
    with pytest.raises(WireError):
        Image().preprocess(payload)


def test_picture_on_a_private_network_is_not_fetched():
    with pytest.raises(Error, match="cannot be"):
        Image().preprocess({"path": "http://127.0.0.1:1/a.png"})


def test_data_url_is_taken():
    buffer = io.BytesIO()
    PIL.Image.new("RGB", (6, 4), "red").save(buffer, "png")
    url = "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()
    assert Image().preprocess({"path": None, "url": url})[0, 0].tolist() == [255, 0, 0]


@pytest.mark.parametrize(
    ("position", "corners"),
    [
        ("bottom-right", ((160, 70), (189, 89))),
        ("top-left", ((10, 10), (39, 29))),
        ("bottom-left", ((10, 70), (39, 89))),
        ((5, 7), ((5, 7), (34, 26))),
    ],
)
def test_watermark_stands_where_it_should(position, corners):
    mark = np.full((20, 30, 3), 255, np.uint8)
    image = Image(format="png", watermark=WatermarkOptions(mark, position))
    white = np.argwhere(pixels(image.postprocess(np.zeros((100, 200, 3), np.uint8)))[..., 0])
    assert (tuple(white.min(0)[::-1]), tuple(white.max(0)[::-1])) == corners


@pytest.mark.parametrize("size", [(300, 300), (5, 5), (1, 400)])
def test_watermark_larger_than_the_picture_is_made_smaller(size):
    image = Image(watermark={"watermark": np.full((*size, 3), 255, np.uint8)})
    assert pixels(image.postprocess(np.zeros((20, 30, 3), np.uint8))).shape == (20, 30, 3)


def test_page_learns_the_sources_and_the_webcam_options():
    image = Image(webcam_options=WebcamOptions(mirror=False))
    assert image.wire_props(["sources", "webcam_options"]) == {
        "sources": ["upload", "webcam", "clipboard"],
        "webcam_options": {"mirror": False, "constraints": None},
    }


def test_streaming_takes_the_webcam():
    assert Image(streaming=True).wire_props(["sources"]) == {"sources": ["webcam"]}


@pytest.mark.parametrize(
    "given", [{"type": "x"}, {"sources": "x"}, {"sources": ["x"]}, {"streaming": True, "sources": ["upload"]}]
)
def test_what_cannot_work_is_refused(given):
    with pytest.raises(DeclarationError):
        Image(**given)


def test_unknown_watermark_position_is_refused():
    with pytest.raises(DeclarationError, match="middle"):
        WatermarkOptions(position="middle")


def test_example_can_be_read():
    assert Image().preprocess(Image().example_payload()).shape == (1, 1, 3)
