"""Parameters of a handler that get something other than an input; files that are served where they lie."""

from __future__ import annotations

from typing import ClassVar

import pytest

import nbblocks as gr
from nbblocks.data_classes import FileData, GradioModel, GradioRootModel, ListFiles
from nbblocks.session import Request


def returned(open_page, fn, request=None):
    with gr.Blocks() as demo:
        demo.out, demo.go = gr.Textbox(), gr.Button()
        demo.go.click(fn, None, demo.out)
    page = open_page(demo, request=request)
    told = page.click(demo.go)
    return page.value(demo.out) if told["status"] == "done" else told["message"]


def test_a_header_is_found_by_the_parameter_s_name(open_page):
    def fn(x_api_key: gr.Header, missing: gr.Header):
        return f"{x_api_key} {missing}"

    request = Request(headers={"X-Api-Key": "k"})
    assert returned(open_page, fn, request) == "k None"


def test_who_is_logged_in_is_a_profile(open_page):
    def fn(profile: gr.OAuthProfile | None, token: gr.OAuthToken | None):
        return f"{profile and profile.username} {profile and profile['name']} {token}"

    assert returned(open_page, fn, Request(username="ada")) == "ada ada None"
    assert returned(open_page, fn, Request()) == "None None None"


def test_without_a_user_a_handler_that_needs_one_does_not_run(open_page):
    def fn(profile: gr.OAuthProfile):
        return profile.name

    assert "logged in" in returned(open_page, fn, Request())
    assert returned(open_page, fn, Request(username="ada")) == "ada"


@pytest.fixture
def static(tmp_path):
    gr.set_static_paths(tmp_path)
    yield tmp_path
    gr.set_static_paths([])


def test_a_static_file_is_served_from_where_it_lies(open_page, static, tmp_path, monkeypatch):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "cache"))
    (static / "a.txt").write_text("one")
    with gr.Blocks() as demo:
        demo.file = gr.File(str(static / "a.txt"))
    page = open_page(demo)
    token = page.value(demo.file)["path"]
    assert page.session.files.path_of(token) == static / "a.txt"
    assert str(static) in demo.static_paths


def test_utilities():
    from nbblocks.utils import NO_RELOAD, NamedString, colab_check, get_space, get_upload_folder

    assert (bool(gr.NO_RELOAD), gr.NO_RELOAD is NO_RELOAD, colab_check(), get_space()) == (True, True, False, None)
    assert (NamedString("/a").name, get_upload_folder() != "", 2 * gr.FileSize.KB) == ("/a", True, 2048)


def test_components_of_one_s_own(open_page):
    class Size(gr.components.FormComponent):
        EVENTS: ClassVar = [gr.events.Events.change, "submit"]

        def preprocess(self, payload):
            return tuple(payload)

        def postprocess(self, value):
            return None if value is None else list(value)

    with gr.Blocks() as demo:
        size = Size((1, 2), label="Size")
        out = gr.JSON()
        size.submit(lambda s: [*s, type(s).__name__], size, out)
        assert isinstance(size, gr.Component)
        assert isinstance(gr.State(), gr.components.Component)
        assert not isinstance(gr.Row(), gr.Component)
        assert not isinstance(gr.State(), gr.components.FormComponent)
    page = open_page(demo)
    page.click(size, "submit")
    assert page.value(out) == [1, 2, "tuple"]
    assert demo.get_config_file()["components"][0]["type"] == "size"


class Box(GradioModel):
    name: str
    file: FileData | None = None
    more: list[int] = []  # noqa: RUF012


class Boxes(GradioRootModel[list[Box]]):
    root: list[Box]


def test_payload_models():
    box = Box(name="a", file={"path": "x"})
    assert isinstance(box.file, FileData)
    assert Box(name="b").more is not Box(name="c").more
    assert Box.model_validate({"name": "d"}).model_dump() == {"name": "d", "file": None, "more": []}

    assert Boxes([{"name": "a"}]).model_dump()[0]["name"] == "a"
    files = ListFiles([{"path": "a"}])
    assert (files[0].path, len(files)) == ("a", 1)


class Parcels(GradioRootModel[list[Box]]):
    root: list[Box]


class Parcel(gr.Component):
    data_model = Parcels
    has_files = True

    def preprocess(self, payload):
        return [[type(box).__name__, type(box.file).__name__, box.name] for box in payload.root]

    def postprocess(self, value):
        return None if value is None else Parcels([{"name": "a", "file": {"path": p}} for p in value])


def test_a_component_of_ones_own_gets_and_gives_its_model(open_page, tmp_path):
    source = tmp_path / "note.txt"
    source.write_text("text")
    with gr.Blocks() as demo:
        parcel, out = Parcel(label="Parcel"), gr.JSON()
        show, read = gr.Button("Show"), gr.Button("Read")
        show.click(lambda: [str(source)], None, parcel)
        read.click(lambda x: x, parcel, out)
    page = open_page(demo)
    page.click(show)
    assert "/" not in page.value(parcel)[0]["file"]["path"]  # a token, as of every file
    page.click(read)
    assert page.value(out) == [["Box", "FileData", "a"]]
    assert Parcel(render=False).api_info()["type"] == "array"
