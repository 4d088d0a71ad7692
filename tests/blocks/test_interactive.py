"""Who can edit what, when nobody said: the same cases as in Gradio 6.31's pages, where they were looked up."""

from __future__ import annotations

from typing import Any

import pytest

import nbblocks as gr
from nbblocks.blocks import LaunchOptions


def decided(demo: gr.Blocks) -> dict[str, Any]:
    blocks = demo.template(LaunchOptions()).config["blocks"].values()
    return {b["props"]["label"]: b["props"]["interactive"] for b in blocks if "interactive" in b["props"]}


@pytest.mark.parametrize(
    ("make", "wanted"),
    [
        (lambda: gr.Textbox(label="x"), True),
        (lambda: gr.Textbox("", label="x"), True),
        (lambda: gr.Textbox("hello", label="x"), False),
        (lambda: gr.Number(0, label="x"), True),
        (lambda: gr.Number(5, label="x"), False),
        (lambda: gr.Slider(0, 10, label="x"), True),
        (lambda: gr.Slider(0, 10, 5, label="x"), False),
        (lambda: gr.Checkbox(label="x"), True),
        (lambda: gr.Checkbox(True, label="x"), False),
        (lambda: gr.Radio(["a"], label="x"), True),
        (lambda: gr.Radio(["a"], value="a", label="x"), False),
        (lambda: gr.CheckboxGroup(["a"], label="x"), True),
        (lambda: gr.CheckboxGroup(["a"], value=["a"], label="x"), False),
        (lambda: gr.Dropdown(["a"], label="x"), False),
        (lambda: gr.Dropdown(["a"], value=None, label="x"), True),
        (lambda: gr.Textbox(lambda: "now", label="x"), False),
        (lambda: gr.Textbox("hello", label="x", interactive=True), True),
        (lambda: gr.Textbox(label="x", interactive=False), False),
    ],
)
def test_a_component_that_no_listener_knows_is_there_to_be_filled_in_when_it_is_empty(make: Any, wanted: bool) -> None:
    with gr.Blocks() as demo:
        make()
    assert decided(demo) == {"x": wanted}


def test_inputs_can_be_edited_and_what_is_only_an_output_cannot() -> None:
    with gr.Blocks() as demo:
        both, given, made, later, loaded = (
            gr.Textbox("x", label=n) for n in ("both", "given", "made", "later", "load")
        )
        asked, shown = gr.Textbox(label="asked", interactive=True), gr.Textbox(label="shown", interactive=False)
        heard = gr.Textbox("x", label="heard")
        run = demo.load(None, [both, given, shown], [both, made, asked, loaded], js="(...a) => a")
        run.then(lambda: "x", None, later)
        heard.change(lambda: None, None, None)
    assert decided(demo) == {
        "both": True, "given": True, "made": False, "later": False, "load": False, "asked": True, "shown": False,
        "heard": False,
    }  # fmt: skip
