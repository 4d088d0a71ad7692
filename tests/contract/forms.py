"""The parameters of fields, of what shows text, and of the layouts beside rows and columns: what shows each of them."""

from __future__ import annotations

from typing import Any

import nbblocks as gr
from tests.contract.looks import BUTTON, FIELD, LABELLED, LAYOUT, LONG, PLACED, Look, OwnButton

COMPONENTS = (
    gr.Slider, gr.Radio, gr.CheckboxGroup, gr.Dropdown, gr.Label, gr.JSON, gr.HighlightedText, gr.Code, gr.ColorPicker,
    gr.DateTime, gr.TextArea, gr.Dialogue, gr.LoginButton, gr.DuplicateButton, gr.DeepLinkButton, gr.Navbar,
    gr.ParamViewer, gr.Widget, gr.WorkflowCanvas,
)  # fmt: skip
LAYOUTS = (gr.Sidebar, gr.Walkthrough, gr.Step, gr.Draggable)

ABC = {"choices": ["a", "b", "c"]}
SPANS = {"value": [("one", "A"), ("two ", "A"), ("three", None)]}
CLASSES = {"value": {"cat": 0.7, "dog": 0.2, "bird": 0.1}}
DEEP = {"value": {"a": [1, {"b": {"c": {"d": {"e": 2}}}}], "c": "d"}}
LINES = {"value": [{"speaker": "Ann", "text": "Hi"}, {"speaker": "Bob", "text": "Yes"}], "speakers": ["Ann", "Bob"]}
PARAMETERS = {
    "value": {
        "size": {"type": "int | None", "description": "in pixels", "default": "None"},
        "kind": {"type": "size | None", "description": "which", "default": "3"},
    }
}
GRAPH = '{"operators": [{"id": "a", "kind": "fn", "fn": "f"}]}'
NO_BUTTONS = {k: v for k, v in FIELD.items() if k != "buttons"}
STATIC = {**LABELLED, "buttons": Look(OwnButton())}


def run_node(node: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """What a page calls to run a node."""
    return {}


SEEN: dict[str, dict[str, Look]] = {
    "Slider": {
        **FIELD,
        "buttons": Look([]),
        "minimum": Look(-50),
        "maximum": Look(10),
        "value": Look(30),
        "step": Look(5),
    },
    "Radio": {**{k: Look(v.other, ABC) for k, v in FIELD.items()}, "choices": Look(["a", "b"]), "value": Look("b", ABC),
              "rtl": Look(True, ABC)},
    "CheckboxGroup": {
        **{k: Look(v.other, ABC) for k, v in FIELD.items()},
        "choices": Look(["a", "b"]),
        "value": Look(["b"], ABC),
        "show_select_all": Look(True, ABC),
    },
    "Dropdown": {
        **{k: Look(v.other, ABC) for k, v in FIELD.items()},
        "choices": Look(["x", "y"], first=["a", "b"]),
        "value": Look("b", ABC),
        "multiselect": Look(True, {**ABC, "value": ["a"]}),
        "filterable": Look(False, ABC),
    },
    "Label": {
        **{k: Look(v.other, CLASSES) for k, v in STATIC.items()},
        "value": Look({"cat": 1.0}, first={"dog": 1.0}),
        "color": Look("rgb(200, 0, 0)", CLASSES),
        "show_heading": Look(False, CLASSES),
        "num_top_classes": Look(1, CLASSES),
    },
    "JSON": {
        **{k: Look(v.other, DEEP) for k, v in STATIC.items()},
        "value": Look({"b": 2}, first={"a": 1}),
        "open": Look(True, DEEP),
        "show_indices": Look(True, {"value": [1, 2, 3], "open": True}),
        "height": Look(60, DEEP),
        "max_height": Look(40, {**DEEP, "open": True}),
        "min_height": Look(300, DEEP),
    },
    "HighlightedText": {
        **{k: Look(v.other, SPANS) for k, v in STATIC.items()},
        "interactive": Look(False, SPANS),
        "value": Look([("other", "B")], first=[("one", "A")]),
        "color_map": Look({"A": "rgb(200, 0, 0)"}, SPANS),
        "show_legend": Look(True, SPANS),
        "show_inline_category": Look(False, SPANS),
        "combine_adjacent": Look(True, SPANS),
        "adjacent_separator": Look("-", {**SPANS, "combine_adjacent": True}),
        "show_whitespaces": Look(False, {"value": [("one   two", "A"), ("three", None)]}),
        "rtl": Look(True, SPANS),
    },
    "Code": {
        **LABELLED,
        "buttons": Look(["copy"], {"value": "x = 1"}),
        "interactive": Look(False, {"value": "x = 1"}),
        "value": Look("y = 2", first="x = 1"),
        "language": Look("python", {"value": "def f(): pass"}),
        "lines": Look(12, {"value": "x"}),
        "max_lines": Look(3, {"value": LONG}),
        "wrap_lines": Look(True, {"value": "word " * 80}),
        "show_line_numbers": Look(False, {"value": "x"}),
    },
    "ColorPicker": {**NO_BUTTONS, "value": Look("#ff0000")},
    "DateTime": {
        **FIELD,
        "buttons": Look(OwnButton()),
        "value": Look("2024-02-03 04:05:06"),
        "include_time": Look(False, {"value": "2024-02-03 04:05:06"}),
    },
    "TextArea": {
        **FIELD,
        "value": Look("text"),
        "lines": Look(4),
        "max_lines": Look(9, {"value": LONG}),
        "placeholder": Look("type here"),
        "text_align": Look("right"),
        "rtl": Look(True),
        "max_length": Look(5),
        "submit_btn": Look("Send"),
        "stop_btn": Look("Halt"),
        "html_attributes": Look({"spellcheck": "false"}),
    },
    "Dialogue": {
        **{k: Look(v.other, LINES) for k, v in FIELD.items()},
        "value": Look("other", {"ui_mode": "text"}, "text"),
        "speakers": Look(["Ann", "Bob"]),
        "tags": Look(["(sighs)"]),
        "color_map": Look({"Ann": "rgb(200, 0, 0)"}, {**LINES, "interactive": False}),
        "placeholder": Look("type here"),
        "max_lines": Look(2, LINES),
        "submit_btn": Look("Send", LINES),
        "ui_mode": Look("text", LINES),
    },
    "LoginButton": BUTTON,
    "DuplicateButton": {**BUTTON, "size": Look("lg")},
    "DeepLinkButton": BUTTON,
    "WorkflowCanvas": {
        **PLACED,
        "value": Look('{"name": "Other"}'),
        "label": Look("Another name", {"show_label": True, "container": True}),
        "show_label": Look(True, {"container": True, "label": "Name"}),
        "container": Look(True, {"show_label": True, "label": "Name"}),
        "server_functions": Look([run_node], {"value": GRAPH}),
        "app_view": Look("a-form"),
    },
    "ParamViewer": {
        **{k: Look(v.other, PARAMETERS) for k, v in PLACED.items()},
        "value": Look({"other": {"type": "str"}}, first={"one": {"type": "int"}}),
        "language": Look("typescript", {"value": {"f": {"type": "def f(): None", "default": "True"}}}),
        "linkify": Look(["size"], PARAMETERS),
        "header": Look("Arguments", PARAMETERS),
        "anchor_links": Look(True, PARAMETERS),
        "max_height": Look(30, PARAMETERS),
    },
    "Widget": {
        **LABELLED,
        "show_label": Look(False, {"label": "Name"}),
        "container": Look(True),
        "interactive": Look(False),
    },
    "Walkthrough": {**LAYOUT, "selected": Look(1)},
    "Step": {
        **LAYOUT,
        "label": Look("Another name"),
        "interactive": Look(False),
        "id": Look("chosen"),
        "scale": Look(3),
    },
    "Draggable": {**LAYOUT, "orientation": Look("row")},
}  # fmt: skip

#: What only a whole page shows: tests/browser/test_parts.py.
SEEN_OF_PAGE = {
    ("TextArea", "autofocus"), ("Dialogue", "autofocus"), ("Sidebar", "visible"), ("Sidebar", "elem_id"),
    ("Sidebar", "elem_classes"), ("Sidebar", "label"), ("Sidebar", "open"), ("Sidebar", "width"),
    ("Sidebar", "position"),
}  # fmt: skip
