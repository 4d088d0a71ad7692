"""What the configuration says of parameters that were left out, and of who listens."""

import pytest

import nbblocks as gr


@pytest.mark.parametrize(
    ("component", "buttons"),
    [
        (gr.Textbox, []),
        (gr.Image, ["download", "share", "fullscreen"]),
        (gr.Audio, ["download", "share"]),
        (gr.Code, ["copy", "download"]),
        (gr.JSON, ["copy"]),
        (gr.Gallery, ["share", "download", "download_all", "fullscreen"]),
        (gr.Chatbot, ["share", "copy", "copy_all"]),
    ],
)
def test_buttons_that_were_left_out_are_told_by_name(component, buttons):
    assert component().get_config()["buttons"] == buttons
    assert component(buttons=[]).get_config()["buttons"] == []


def test_options_are_told_as_json():
    config = gr.ImageEditor(layers=False).get_config()
    assert config["layers"] == {"allow_additional_layers": True, "layers": ["Layer 1"], "disabled": True}
    assert config["eraser"] == {"default_size": "auto"}
    assert gr.Image().get_config()["sources"] == ["upload", "webcam", "clipboard"]


def test_it_is_told_whether_somebody_listens():
    with gr.Blocks() as demo:
        chat, quiet = gr.Chatbot(), gr.Chatbot()
        chat.like(lambda: None)
    assert chat.get_config()["likeable"]
    assert not quiet.get_config()["likeable"]
    told = {c["id"]: c["props"] for c in demo.get_config_file()["components"]}
    assert told[chat._id]["likeable"] is True


def test_a_slider_of_whole_numbers_takes_integers():
    assert gr.Slider(precision=0).api_info()["type"] == "integer"
    assert gr.Slider(0, 1).api_info()["type"] == "number"


def test_a_random_value_lies_on_the_steps():
    assert gr.Slider(0, 1, step=0.25).get_random_value() in (0, 0.25, 0.5, 0.75, 1)
