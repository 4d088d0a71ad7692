"""Modules that public programs import from, by Gradio's paths."""

import asyncio
import importlib
import os
from pathlib import Path
from typing import ClassVar

import numpy as np
import PIL.Image
import pytest

import nbblocks as gr
from nbblocks.wire.plain import plain

NAMES = {
    "context": ["Context", "LocalContext", "get_blocks_context"],
    "external": ["load", "load_chat", "load_openapi"],
    "oauth": ["OAuthProfile", "OAuthToken"],
    "renderable": ["render"],
    "caching": ["cache", "Cache"],
    "route_utils": ["API_PREFIX", "Request", "Header"],
    "helpers": ["create_examples", "Examples", "Progress", "EventData", "skip", "update", "Info", "Warning"],
    "networking": ["url_ok", "setup_tunnel"],
    "image_utils": ["decode_base64_to_image", "encode_image_to_base64", "save_image", "format_image", "crop_scale"],
    "blocks": ["Blocks", "Block", "BlockContext", "Context", "LocalContext"],
    "component_meta": ["ComponentMeta"],
    "events": ["EventListener", "Events", "Dependency"],
    "external_utils": ["format_ner_list", "cols_to_rows"],
    "exceptions": ["InvalidPathError", "ModelNotFoundError", "RenderError"],
    "components.base": ["Component", "FormComponent", "StreamingInput", "get_component_instance", "server"],
    "components.checkboxgroup": ["CheckboxGroup"],
    "components.datetime": ["DateTime"],
    "components.duplicate_button": ["DuplicateButton"],
    "components.imageslider": ["ImageSlider"],
    "components.json_component": ["JSON"],
    "components.login_button": ["LoginButton"],
    "components.native_plot": ["BarPlot", "LinePlot", "ScatterPlot"],
    "components.paramviewer": ["ParamViewer"],
}


@pytest.mark.parametrize("module", NAMES)
def test_names_are_where_programs_import_them_from(module):
    found = importlib.import_module(f"nbblocks.{module}")
    assert [n for n in NAMES[module] if not hasattr(found, n)] == []


def test_the_context_tells_what_is_being_built():
    from nbblocks.context import Context, get_blocks_context

    assert [Context.root_block, Context.block, get_blocks_context()] == [None, None, None]
    with gr.Blocks() as demo, gr.Row() as row:
        assert Context.root_block is demo
        assert Context.block is row
        assert get_blocks_context() is demo


def test_the_context_tells_a_helper_of_the_handler_that_runs():
    from nbblocks.context import LocalContext

    def helper():
        return LocalContext.request.get().session_hash is not None and LocalContext.in_event_listener.get(False)

    with gr.Blocks() as demo:
        out = gr.Textbox()
        demo.load(lambda: str(helper() and LocalContext.blocks.get() is demo), None, out)
    with demo.test() as app:
        assert app[out].value == "True"
    assert LocalContext.request.get(None) is None


def test_a_layout_counts_as_a_block_context():
    from nbblocks.blocks import Block, BlockContext

    assert isinstance(gr.Row(), BlockContext)
    assert not isinstance(gr.Textbox(), BlockContext)
    assert isinstance(gr.Textbox(), Block)


def test_pictures_go_through_text_and_back():
    from nbblocks.image_utils import decode_base64_to_image_array, encode_image_array_to_base64

    picture = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)
    assert (decode_base64_to_image_array(encode_image_array_to_base64(picture)) == picture).all()


def test_hashes_of_a_file_and_of_its_bytes_agree(tmp_path):
    from nbblocks import processing_utils

    (tmp_path / "a.bin").write_bytes(b"x" * 100_000)
    assert processing_utils.hash_file(tmp_path / "a.bin") == processing_utils.hash_bytes(b"x" * 100_000)


def test_paths_of_this_process_are_forgotten_by_the_name_that_tests_use(tmp_path):
    from nbblocks import data_classes

    gr.set_static_paths(tmp_path)
    assert data_classes._StaticFiles.all_paths == [tmp_path.resolve()]
    data_classes._StaticFiles.clear()
    assert data_classes._StaticFiles.all_paths == []


def test_all_components_and_layouts_are_told_and_none_of_a_programs_own():
    class Mine(gr.Textbox):
        pass

    told = gr.utils.core_gradio_components()
    assert {gr.Textbox, gr.State, gr.Row, gr.Tab, gr.components.FormComponent} <= set(told)
    assert Mine not in told
    assert gr.Blocks not in told


def test_a_component_of_ones_own_is_made_from_the_base_where_gradio_has_it():
    base = importlib.import_module("nbblocks.components.base")

    class Size(base.Component):
        def __init__(self, value=None, *, label=None, unit="px"):
            self.unit = unit
            super().__init__(value, label=label)

    with gr.Blocks() as demo:
        Size([1, 2], label="Size", unit="cm")
    (told,) = [c["props"] for c in demo.get_config_file()["components"]]
    assert (told["label"], told["value"]) == ("Size", [1, 2])
    assert isinstance(gr.Textbox(render=False), base.Component)


def test_pictures_keep_their_texts_and_their_frames(tmp_path):
    import PIL.Image

    from nbblocks import processing_utils

    drawing = PIL.Image.new("RGB", (6, 4))
    drawing.info = {"author": "Ada", "dpi": (72, 72)}
    with PIL.Image.open(processing_utils.save_pil_to_cache(drawing, str(tmp_path), format="png")) as kept:
        assert kept.info["author"] == "Ada"
    frames = [PIL.Image.new("L", (6, 4), shade) for shade in (0, 90, 200)]
    frames[0].save(tmp_path / "film.gif", save_all=True, append_images=frames[1:])
    with PIL.Image.open(tmp_path / "film.gif") as film:
        path = processing_utils.save_pil_to_cache(film, str(tmp_path), format="gif")
    with PIL.Image.open(path) as kept:
        assert kept.n_frames == 3


def test_a_picture_is_cut_to_a_size():
    import numpy as np
    import PIL.Image

    from nbblocks import processing_utils

    tall = PIL.Image.fromarray(np.repeat(np.arange(40, dtype=np.uint8)[:, None], 10, axis=1))
    top, middle = (np.asarray(processing_utils.resize_and_crop(tall, (10, 10), where)) for where in ("top", "center"))
    assert top.shape == middle.shape == (10, 10)
    assert top.max() < middle.min()
    assert processing_utils.resize_and_crop(tall, (None, 20)).size == (10, 20)
    with pytest.raises(ValueError, match="crop_type"):
        processing_utils.resize_and_crop(tall, (10, 10), "left")


def test_a_copy_that_fails_leaves_nothing_in_the_cache(tmp_path, monkeypatch):
    from nbblocks import processing_utils

    given = tmp_path / "a.txt"
    given.write_text("whole")

    def half(source, target):
        Path(target).write_text("wh")
        raise OSError("full")

    with monkeypatch.context() as broken:
        broken.setattr(processing_utils.shutil, "copy2", half)
        with pytest.raises(OSError, match="full"):
            processing_utils.save_file_to_cache(given, str(tmp_path / "cache"))
    assert [p for p in (tmp_path / "cache").rglob("*") if p.is_file()] == []
    kept = Path(processing_utils.save_file_to_cache(given, str(tmp_path / "cache")))
    os.utime(kept, (1, 1))
    assert processing_utils.save_file_to_cache(given, str(tmp_path / "cache")) == str(kept)
    assert (kept.read_text(), kept.stat().st_mtime > 1) == ("whole", True)  # it counts as new again


def test_sounds_become_what_browsers_play(tmp_path):
    import numpy as np

    from nbblocks import processing_utils
    from nbblocks.components.ffmpeg import codecs_of, ffmpeg

    if not processing_utils.ffmpeg_installed():
        pytest.skip("needs FFmpeg")
    tone = (np.sin(np.arange(8000) / 5) * 9000).astype(np.int16)
    wav, aiff, mka = (str(tmp_path / f"a.{ending}") for ending in ("wav", "aiff", "mka"))
    processing_utils.audio_to_file(8000, tone, wav)
    ffmpeg("a test", ["-i", wav, aiff])
    ffmpeg("a test", ["-i", wav, "-c:a", "aac", mka])
    assert [processing_utils.audio_is_playable(p) for p in (wav, aiff, mka)] == [True, False, False]
    new = processing_utils.convert_audio_to_playable(aiff, str(tmp_path / "cache"))
    assert (Path(new).suffix, processing_utils.audio_from_file(new)[1].tolist()) == (".wav", tone.tolist())
    new = processing_utils.convert_audio_to_playable(mka, str(tmp_path / "cache"))
    assert (Path(new).suffix, codecs_of(new)["audio"]) == (".m4a", "aac")
    nothing = tmp_path / "a.wav.txt"
    nothing.write_text("no sound")
    assert processing_utils.convert_audio_to_playable(str(nothing), str(tmp_path / "cache")) == str(nothing)


def test_films_become_what_browsers_play(tmp_path):
    from nbblocks import processing_utils
    from nbblocks.components.ffmpeg import codecs_of, ffmpeg

    if not processing_utils.ffmpeg_installed():
        pytest.skip("needs FFmpeg")
    avi, mkv = str(tmp_path / "a.avi"), str(tmp_path / "a.mkv")
    ffmpeg("a test", ["-f", "lavfi", "-i", "testsrc=duration=0.4:size=65x33", "-c:v", "mpeg4", avi])
    ffmpeg("a test", ["-f", "lavfi", "-i", "testsrc=duration=0.4:size=64x32", "-c:v", "libx264", mkv])
    for given in (avi, mkv):
        assert not processing_utils.video_is_playable(given)
        new = processing_utils.convert_video_to_playable_mp4(given, str(tmp_path / "cache" / "new"))
        assert processing_utils.video_is_playable(new)
        assert (Path(new).suffix, codecs_of(new)["video"]) == (".mp4", "h264")
        assert processing_utils.get_video_length(new) == pytest.approx(0.4, abs=0.1)


def test_downloads_refuse_what_is_not_public(tmp_path):
    import asyncio

    from nbblocks import processing_utils

    with pytest.raises(ValueError, match="public"):
        processing_utils.ssrf_protected_download("http://127.0.0.1:9/a.png", str(tmp_path))
    with pytest.raises(ValueError, match="public"):
        asyncio.run(processing_utils.async_ssrf_protected_download("http://127.0.0.1:9/a.png", str(tmp_path)))


@pytest.mark.parametrize(
    ("headers", "path", "route", "root", "expected"),
    [
        ({}, "/app/config", "/config", None, "http://host:80/app"),
        ({}, "/config", "/config", "/app/", "http://host:80/app"),
        ({}, "/app/config", "/config", "/app", "http://host:80/app"),
        ({"x-forwarded-host": "a.example, b.example"}, "/config", "/config", None, "http://a.example"),
        ({"x-forwarded-host": "a.example", "x-forwarded-proto": "https"}, "/", "/", "/x", "https://a.example/x"),
        ({"x-forwarded-proto": "https,http"}, "/", "/", None, "https://host:80"),
        ({}, "/", "/", "https://b.example/x/", "https://b.example/x"),
    ],
)
def test_the_root_address_of_a_request(headers, path, route, root, expected):
    from starlette.requests import Request

    from nbblocks import route_utils

    request = Request(
        {
            "type": "http",
            "scheme": "http",
            "server": ("host", 8000),
            "headers": [(k.encode(), v.encode()) for k, v in {"host": "host:80", **headers}.items()],
            "path": path,
            "query_string": b"a=1",
        }
    )
    assert route_utils.get_root_url(request, route, root) == expected


def test_the_part_of_an_address_that_names_a_call():
    from starlette.requests import Request

    from nbblocks import route_utils

    def asked(path):
        return Request({"type": "http", "headers": [], "server": ("host", 80), "path": path, "query_string": b"a=1"})

    assert route_utils.get_api_call_path(asked("/x/gradio_api/queue/join")) == "/gradio_api/queue/join"
    assert route_utils.get_api_call_path(asked("/gradio_api/call/a/b")) == "/gradio_api/call/a/b"
    with pytest.raises(ValueError, match="names neither"):
        route_utils.get_api_call_path(asked("/gradio_api/info"))
    assert str(route_utils.get_request_origin(asked("/x/config"), "/config")) == "http://host/x"


def test_a_picture_is_kept_and_given_in_each_form(tmp_path):
    from nbblocks.image_utils import crop_scale, decode_base64_to_file, encode_image_to_base64, format_image, save_image

    picture = PIL.Image.new("RGB", (8, 4), "red")
    kept = [
        save_image(picture, str(tmp_path), "png"),
        save_image(np.zeros((4, 8, 3), np.uint8), str(tmp_path), "png"),
        save_image(save_image(picture, str(tmp_path), "png"), str(tmp_path)),
        format_image(picture, "filepath", str(tmp_path), format="png"),
        decode_base64_to_file(encode_image_to_base64(picture), str(tmp_path), "png"),
    ]
    assert {PIL.Image.open(path).size for path in kept} == {(8, 4)}
    assert format_image(picture, "numpy", str(tmp_path)).shape == (4, 8, 3)
    assert format_image(None, "numpy", str(tmp_path)) is None
    assert crop_scale(picture, 2, 2).size == (2, 2)
    with pytest.raises(ValueError, match="got int"):
        save_image(3, str(tmp_path))


def test_a_picture_goes_to_a_page_and_comes_back(tmp_path):
    from nbblocks.image_utils import postprocess_image, preprocess_image

    shown = postprocess_image(PIL.Image.new("RGB", (8, 4), "red"), str(tmp_path), "png")
    assert shown is not None
    assert shown.orig_name == "image.png"
    assert preprocess_image(shown, str(tmp_path), "png", "L", "numpy").shape == (4, 8)
    assert preprocess_image(shown, str(tmp_path), "png", None, "pil").size == (8, 4)
    assert postprocess_image(None, str(tmp_path), "png") is None
    assert preprocess_image(None, str(tmp_path), "png", None, "pil") is None


def test_the_text_of_a_drawing(tmp_path):
    from nbblocks.image_utils import extract_svg_content

    (tmp_path / "a.svg").write_text("<svg/>")
    assert extract_svg_content(tmp_path / "a.svg") == "<svg/>"


def test_a_component_of_ones_own_says_what_its_page_may_call_and_learns_who_listens():
    from nbblocks.components.base import server
    from nbblocks.events import EventListener

    class Menu(gr.Component):
        EVENTS: ClassVar = [EventListener("opened", callback=lambda menu: menu.wanted.append("opened")), "shut"]
        wanted: ClassVar = []

        @server
        def entries(self, folder):
            return [folder]

    with gr.Blocks() as demo:
        menu = Menu()
        menu.shut(lambda: None)
        menu.opened(lambda: None)
    assert menu.wanted == ["opened"]
    told = demo.get_config_file()["components"][0]
    assert (told["type"], told["props"]["server_fns"]) == ("menu", ["entries"])
    assert menu.served_functions()["entries"]("a") == ["a"]


def test_an_iterator_is_closed_once_its_step_is_over():
    from nbblocks.utils import safe_aclose_iterator

    class Busy:
        closed = 0

        async def aclose(self):
            self.closed += 1
            if self.closed < 3:
                raise ValueError("generator already executing")

    busy = Busy()
    asyncio.run(safe_aclose_iterator(busy, retry_interval=0))
    assert busy.closed == 3
    with pytest.raises(ValueError, match="already"):
        asyncio.run(safe_aclose_iterator(Busy(), timeout=0, retry_interval=0))


def test_a_formula_is_drawn_in_the_color_of_the_text():
    from nbblocks.utils import tex2svg

    assert tex2svg("1+1=2").startswith("<svg")
    with pytest.raises(ValueError, match="Expected"):
        tex2svg("$$1$$")


def test_the_seconds_between_signs_of_life(monkeypatch):
    from nbblocks.utils import get_heartbeat_rate

    assert get_heartbeat_rate() == 15
    monkeypatch.setenv("GRADIO_HEARTBEAT_INTERVAL", "1.5")
    assert get_heartbeat_rate() == 1.5
    monkeypatch.setenv("GRADIO_HEARTBEAT_INTERVAL", "-5")
    with pytest.warns(UserWarning, match="no number of seconds"):
        assert get_heartbeat_rate() == 15


def test_a_component_whose_payload_is_a_file_says_so_to_clients():
    from nbblocks.data_classes import FileData

    class Paper(gr.Component):
        data_model = FileData

    assert Paper().api_info()["required"] == ["path"]
    with gr.Blocks() as demo:
        paper, text = Paper(), gr.Textbox()
        gr.Button().click(str, paper, text, api_name="read")
    assert demo.get_api_info()["named_endpoints"]["/read"]["parameters"][0]["python_type"]["type"] == "filepath"


def test_classes_are_found_by_name():
    from nbblocks.utils import component_or_layout_class, get_all_components

    class OwnBox(gr.Textbox):
        """Of the program."""

    assert {OwnBox, gr.Row, gr.Slider} <= set(get_all_components())
    assert component_or_layout_class("own_box") is OwnBox
    with pytest.raises(ValueError, match="no component or layout 'nothing'"):
        component_or_layout_class("nothing")


def test_a_parameter_of_a_component_of_ones_own_may_be_a_dataclass():
    import dataclasses

    @dataclasses.dataclass
    class Columns:
        names: list[str]

    class Board(gr.Component):
        def __init__(self, columns):
            self.columns = columns
            super().__init__()

    with gr.Blocks() as demo:
        Board(Columns(["a"]))
    told = demo.get_config_file()["components"][0]
    assert told["type"] == "board"
    assert plain(told["props"]["columns"]) == {"names": ["a"]}


def test_a_layout_of_ones_own_has_the_events_it_lists():
    from nbblocks.blocks import BlockContext

    class Modal(BlockContext):
        EVENTS: ClassVar = ["blur"]

    with gr.Blocks() as demo, Modal() as modal:
        modal.blur(lambda: None)
    assert [(t.block, t.event) for d in demo.listeners.values() for t in d.targets] == [(modal, "blur")]


def test_attributes_of_a_component_of_ones_own_may_be_annotated():
    def init(self):
        gr.Component.__init__(self)

    annotated = {"names": list[str], "image_mode": str}  # which has no value, and is no parameter
    own = type("Own", (gr.Component,), {"__annotations__": annotated, "names": [], "__init__": init})
    assert own().names == []
    assert "image_mode" not in own.params


def test_a_payload_is_of_named_fields_or_one_value():
    from nbblocks.data_classes import GradioModel, GradioRootModel

    kinds = {c: [issubclass(c.data_model, k) for k in (GradioModel, GradioRootModel)] for c in (gr.Label, gr.Gallery)}
    assert kinds == {gr.Label: [True, False], gr.Gallery: [False, True]}


def test_what_components_of_others_ask_of_their_base(tmp_path, monkeypatch):
    from nbblocks.events import EventListener

    class Sheet(gr.Component):
        undo = EventListener("undo", doc="Taken back.")
        EVENTS: ClassVar = ["change", undo]

        def bind(self, events):
            return events

    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "cache"))
    (tmp_path / "a.svg").write_text("<svg/>")
    with gr.Blocks() as demo:
        sheet = Sheet()
        sheet.undo(lambda: None)
    assert [t.event for d in demo.listeners.values() for t in d.targets] == ["undo"]
    assert sheet.bind([1]) == [1]
    assert (Sheet.has_event("undo"), Sheet.has_event("click")) == (True, False)
    told = sheet.serve_static_file(tmp_path / "a.svg")
    assert (told["path"], told["orig_name"]) == (str(tmp_path / "a.svg"), "a.svg")
    assert sheet.serve_static_file("https://example.org/a.svg")["url"] == "https://example.org/a.svg"
    assert sheet.serve_static_file(None) is None
    kept = sheet.move_resource_to_block_cache(tmp_path / "a.svg")
    assert Path(kept).read_text() == "<svg/>"
    assert asyncio.run(sheet.async_move_resource_to_block_cache(kept)) == kept
    sheet.GRADIO_CACHE = str(tmp_path)
    assert str(tmp_path) == sheet.GRADIO_CACHE


def test_a_number_of_others_is_rounded_and_bounded_as_ours():
    assert (gr.Number.round_to_precision(2.6, 0), gr.Number.round_to_precision(2.6, None)) == (3, 2.6)
    gr.Number.raise_if_out_of_bounds(2, 1, 3)
    with pytest.raises(gr.Error, match="greater than the maximum of 3"):
        gr.Number.raise_if_out_of_bounds(4, 1, 3)
    assert gr.Textbox.get_load_fn_and_initial_value(str.upper, inputs=[1]) == (str.upper, None)
    assert {"python", None} < set(gr.Code.languages)


def test_an_address_answers_or_not(monkeypatch):
    from nbblocks import networking

    monkeypatch.setattr(networking, "PAUSE_S", 0)
    with gr.Blocks() as demo:
        box = gr.Textbox()
    assert demo.get_component(box._id) is box
    _, url, _ = demo.launch(inline=False, prevent_thread_lock=True, quiet=True, auth=("a", "b"))
    try:
        assert networking.url_ok(url)
    finally:
        demo.close()
    assert not networking.url_ok(url)


def test_a_tunnel_is_told_not_to_be_there():
    from nbblocks.networking import setup_tunnel

    with pytest.warns(gr.exceptions.NotInThisHost, match="opens no tunnel"):
        assert setup_tunnel("127.0.0.1", 1, "token") == "http://127.0.0.1:1"
