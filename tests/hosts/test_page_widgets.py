"""What a page without a notebook may ask of a widget: what that component showed, and nothing else."""

from __future__ import annotations

from typing import Any

import ipywidgets
import pytest
import traitlets

import nbblocks as gr


def functions(widget: gr.Widget, value: dict[str, Any] | None = None):
    return widget.page_functions(value or widget.first_value())


def test_the_state_of_a_widget_and_of_its_parts_as_notebooks_save_it():
    inner = ipywidgets.IntSlider(3)
    widget = gr.Widget(ipywidgets.VBox([inner]))
    told = widget.first_value()["model"]
    states = functions(widget)["models"](told)
    assert states[inner.model_id]["state"]["value"] == 3
    assert states[inner.model_id]["model_name"] == "IntSliderModel"
    assert states[inner.layout.model_id]["model_module"] == "@jupyter-widgets/base"


def test_bytes_stand_beside_the_state():
    class Holder(ipywidgets.DOMWidget):
        held = traitlets.Dict().tag(sync=True)

    widget = gr.Widget(Holder(held={"a": [b"xyz"]}), trait="held")
    (state, *_) = functions(widget)["models"](widget.first_value()["model"]).values()
    assert state["buffers"] == [{"path": ["held", "a", 0], "data": "eHl6", "encoding": "base64"}]
    assert state["state"]["held"] == {"a": [None]}


def test_a_page_asks_for_no_other_widget():
    shown, other = gr.Widget(ipywidgets.IntSlider()), ipywidgets.Password("secret")
    with pytest.raises(gr.Error, match="not there"):
        functions(shown)["models"](f"IPY_MODEL_{other.model_id}")
    forged = {"model": f"IPY_MODEL_{other.model_id}", "data": None}
    with pytest.raises(gr.Error, match="not there"):
        functions(shown, forged)["models"](forged["model"])


@pytest.mark.parametrize("name", ["../../etc", "jupyter-leaflet/../x", "/etc/passwd", "", "@jupyter-widgets/output"])
def test_a_page_asks_for_no_module_but_those_of_its_widgets(name):
    with pytest.raises(gr.Error):
        functions(gr.Widget(ipywidgets.IntSlider()))["module"](name)


def test_a_widgets_state_is_as_it_was_first_shown():
    slider = ipywidgets.IntSlider(3)
    widget = gr.Widget(slider)
    told = widget.first_value()
    assert widget.postprocess(8)["data"] == 8  # one visitor's
    assert functions(widget, told)["models"](told["model"])[slider.model_id]["state"]["value"] == 3


def test_an_array_comes_from_the_widget_itself_whatever_the_page_made_of_it():
    class Points(ipywidgets.DOMWidget):
        selection = traitlets.Any().tag(
            sync=True,
            to_json=lambda value, widget: {"view": memoryview(bytes(value)), "dtype": "uint8"},
            from_json=lambda value, widget: list(value["view"]),
        )

    points = Points(selection=[1, 2])
    shown = gr.Widget(points, trait="selection")
    page = {**shown.first_value(), "data": {"view": {}, "dtype": "uint8"}}
    assert shown.preprocess(page) == [1, 2]
