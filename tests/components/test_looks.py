"""What is wrong in matters of look keeps no app from starting."""

import numpy as np
import pytest

import nbblocks as gr
from nbblocks.exceptions import NbblocksWarning


@pytest.mark.parametrize(
    ("make", "name", "taken"),
    [
        (gr.Button, "variant", "secondary"),
        (gr.Button, "size", "lg"),
        (gr.ClearButton, "variant", "secondary"),
        (gr.UploadButton, "size", "lg"),
        (gr.DownloadButton, "variant", "secondary"),
        (gr.Chatbot, "layout", None),
        (gr.Dataframe, "show_search", "none"),
        (gr.Gallery, "object_fit", None),
        (gr.Model3D, "display_mode", None),
        (gr.Textbox, "text_align", None),
        (gr.MultimodalTextbox, "text_align", None),
    ],
)
def test_an_unknown_look_gives_the_usual_one(make, name, taken):
    with pytest.warns(NbblocksWarning, match=f"{name} must be one of .*, got 'danger'; {taken!r} is taken"):
        made = make(**{name: "danger"})
    assert getattr(made, name) == taken
    assert made.wire_props()[name] == taken
    assert made.given == {name: taken}, "an update tells the page of what is taken"


@pytest.mark.parametrize(
    ("given", "taken"),
    [(None, False), (0, False), ("", False), ([], False), ("text", True), ([1], True), (np.bool_(True), True)],
)
def test_visible_is_as_true_as_what_is_given(given, taken):
    assert gr.Textbox(visible=given).visible is taken
    assert gr.Textbox(visible="hidden").visible == "hidden"


def test_an_empty_text_clears_what_is_said_and_marked():
    assert gr.Chatbot().postprocess("") == []
    assert gr.HighlightedText().postprocess("") is None
