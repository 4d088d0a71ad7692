"""A program whose pictures and sounds are not all there starts, and shows that they are not."""

import pytest

import nbblocks as gr
from nbblocks.blocks import LaunchOptions
from nbblocks.exceptions import NbblocksWarning
from nbblocks.session import LiveApp
from nbblocks.testing import Viewer

MISSING = "no/such/file.png"

SHOWING = {
    "Image": lambda: gr.Image(MISSING),
    "Audio": lambda: gr.Audio(MISSING),
    "Audio in a format": lambda: gr.Audio(MISSING, format="wav"),
    "Video": lambda: gr.Video(MISSING),
    "Video in a format": lambda: gr.Video(MISSING, format="mp4"),
    "Model3D": lambda: gr.Model3D(MISSING),
    "ImageEditor": lambda: gr.ImageEditor(MISSING),
    "ImageSlider": lambda: gr.ImageSlider((MISSING, MISSING)),
    "Gallery": lambda: gr.Gallery([(MISSING, "a caption")]),
    "Button": lambda: gr.Button("Go", icon=MISSING),
    "DownloadButton": lambda: gr.DownloadButton("Get", MISSING),
    "Chatbot's avatar": lambda: gr.Chatbot(avatar_images=(None, MISSING)),
    "Chatbot's message": lambda: gr.Chatbot([{"role": "user", "content": {"path": MISSING}}]),
    "Examples": lambda: gr.Examples([MISSING], gr.Image()),
}


def files_in(told):
    """Every file that a page is told of."""
    if isinstance(told, dict):
        if isinstance(told.get("meta"), dict) and "path" in told:
            return [told]
        return [file for inner in told.values() for file in files_in(inner)]
    return [file for inner in told for file in files_in(inner)] if isinstance(told, (list, tuple)) else []


def app_showing(make):
    with gr.Blocks() as demo:
        make()
    return demo


@pytest.mark.parametrize("make", SHOWING.values(), ids=SHOWING.keys())
def test_the_app_starts_and_its_page_is_told_of_no_address(make):
    with pytest.warns(NbblocksWarning, match=MISSING):
        live = LiveApp(app_showing(make), LaunchOptions())
    found = files_in(Viewer(live).template)
    assert found
    assert {(file["orig_name"], file["path"], file["url"]) for file in found} == {("file.png", None, None)}
    live.close()


def press(viewer, button):
    viewer.fire(button, "click")
    viewer.settle()


def test_a_handler_that_names_one_still_fills_its_other_outputs():
    with gr.Blocks() as demo:
        button, picture, said = gr.Button(), gr.Image(), gr.Textbox()
        button.click(lambda: (MISSING, "done"), None, [picture, said])
    viewer = Viewer(LiveApp(demo, LaunchOptions()))
    with pytest.warns(NbblocksWarning, match=MISSING):
        press(viewer, button)
    assert viewer[said].value == "done"
    assert viewer[picture].value["url"] is None
    viewer.live.close()
