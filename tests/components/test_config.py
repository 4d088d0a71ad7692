"""What a component says of itself: `get_config()`."""

from __future__ import annotations

import json

import pytest

import nbblocks as gr


def test_a_component_gives_its_parameters_as_json():
    box = gr.Textbox("Hi", label="Name", elem_classes="wide")
    config = box.get_config()
    assert json.loads(json.dumps(config)) == config
    assert config["name"] == box.get_block_class() == "textbox"
    told = {k: config[k] for k in ("value", "label", "show_label", "elem_classes", "preserved_by_key", "proxy_url")}
    assert told == {
        "value": "Hi", "label": "Name", "show_label": True, "elem_classes": ["wide"],
        "preserved_by_key": ["value"], "proxy_url": None,
    }  # fmt: skip
    assert not config.keys() & {"render", "every", "inputs", "bind"}


@pytest.mark.parametrize(
    ("made", "value"),
    [
        (gr.Textbox, None),
        (gr.Checkbox, False),
        (gr.Slider, 0),
        (lambda: gr.Number(lambda: 3), 3),
        (lambda: gr.Label({"cat": 0.5}), {"label": "cat", "confidences": [{"label": "cat", "confidence": 0.5}]}),
    ],
)
def test_its_value_is_as_a_page_shows_it(made, value):
    assert made().get_config()["value"] == value


def test_an_app_with_a_button_that_clears_has_a_configuration():
    with gr.Blocks() as demo:
        gr.ClearButton([gr.Textbox(), gr.Chatbot()])
    config = demo.get_config_file()
    assert json.loads(json.dumps(config["components"][0]["props"])) == config["components"][0]["props"]
    assert "components" not in config["components"][0]["props"]


def test_a_layout_gives_its_parameters_too():
    assert gr.Row(elem_id="r").get_config() == gr.Row(elem_id="r").get_config() | {"elem_id": "r", "name": "row"}
    assert "render" not in gr.Row().get_config()
