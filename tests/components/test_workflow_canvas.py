"""The canvas of a graph, as a component: its value, what its page may call, what stands in it."""

from __future__ import annotations

import json
from typing import Any

import pytest

import nbblocks as gr
from nbblocks.exceptions import DeclarationError
from tests.session.driver import Page, launched


def shout(text: str) -> str:
    return text.upper()


def test_a_graph_is_shown_as_the_text_that_it_is_or_as_what_it_stands_for():
    canvas = gr.WorkflowCanvas()
    assert (canvas.postprocess("{}"), canvas.postprocess(None), canvas.postprocess({"a": 1})) == (
        "{}",
        None,
        '{"a": 1}',
    )
    assert (canvas.preprocess("{}"), canvas.preprocess(None), canvas.preprocess({"a": 1})) == ("{}", None, '{"a": 1}')


def test_its_configuration_names_what_the_page_may_call():
    config = gr.WorkflowCanvas("x", label="a", server_functions=[shout], app_view="form").get_config()
    assert {k: config[k] for k in ("value", "label", "app_view", "server_fns", "name")} == {
        "value": "x", "label": "a", "app_view": "form", "server_fns": ["shout"], "name": "workflowcanvas",
    }  # fmt: skip
    assert "server_fns" not in gr.WorkflowCanvas().get_config()


@pytest.mark.parametrize("function", [3, lambda text: text])
def test_a_function_that_cannot_be_called_by_name_is_refused(function: Any):
    with pytest.raises(DeclarationError, match="server_functions takes functions that have a name"):
        gr.WorkflowCanvas(server_functions=[function])


def test_an_edit_fires_change_and_what_stands_in_it_is_part_of_the_app():
    with gr.Blocks() as demo:
        with gr.WorkflowCanvas(elem_id="canvas") as canvas:
            said = gr.Textbox(label="Said")
        canvas.change(lambda text: json.loads(text)["name"], canvas, said)
    assert said.parent is canvas
    app = launched(demo)
    try:
        page = Page(app)
        page.fire("canvas", "change", canvas='{"name": "Mine"}')
        assert page.value("Said") == "Mine"
    finally:
        app.close()
