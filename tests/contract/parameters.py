"""Every public parameter and what shows that it is honoured.

`SEEN` holds parameters that a page shows: two instances that differ in that parameter alone stand on one page, and must
not look the same. `test_parameters.py` here holds those that Python or the wire shows, or that a warning names.
"""

from __future__ import annotations

import inspect
from typing import Any

import nbblocks as gr
from nbblocks.events import Listener
from tests.contract import chat, files, forms, media, tables
from tests.contract.looks import (
    BUTTON,
    DEFAULT,
    FIELD,
    HEIGHTS,
    LABELLED,
    LAYOUT,
    LONG,
    PICTURE,
    PLACED,
    TALL,
    Look,
    OwnButton,
    PictureFile,
)

__all__ = [
    "CALLABLES", "COMPONENTS", "DEFAULT", "LAYOUTS", "LOOKS", "PICTURE", "SEEN", "SEEN_OF_PAGE", "WALK", "Look",
    "OwnButton", "PictureFile",
]  # fmt: skip

COMPONENTS = (
    gr.Textbox, gr.Number, gr.Checkbox, gr.Button, gr.ClearButton, gr.Markdown, gr.HTML, gr.Image, gr.State, gr.Timer,
    gr.BrowserState, gr.Dataset, *chat.COMPONENTS, *media.COMPONENTS, *files.COMPONENTS, *forms.COMPONENTS,
    *tables.COMPONENTS,
)  # fmt: skip
LAYOUTS = (gr.Row, gr.Column, gr.Group, gr.Tabs, gr.Tab, gr.Accordion, *forms.LAYOUTS)

#: Everything with parameters, by the name that the tables use.
CALLABLES: dict[str, Any] = {
    **{cls.__name__: cls for cls in (*COMPONENTS, *LAYOUTS)},
    "Blocks": gr.Blocks,
    "Workflow": gr.Workflow,
    "Listener": Listener.__call__,
    "on": gr.on,
    "render": gr.render,
    "launch": gr.Blocks.launch,
    "queue": gr.Blocks.queue,
}


def parameters_of(name: str) -> list[str]:
    """The parameters of one of `CALLABLES`."""
    found = list(inspect.signature(CALLABLES[name]).parameters)
    return [p for p in found if p not in ("self", "kwargs")]


WALK = [(name, parameter) for name in CALLABLES for parameter in parameters_of(name)]


SEEN: dict[str, dict[str, Look]] = {
    "Textbox": {
        **FIELD,
        "value": Look("text"),
        "type": Look("password"),
        "lines": Look(4),
        "max_lines": Look(3, {"value": LONG}),
        "placeholder": Look("type here"),
        "autofocus": Look(True),
        "text_align": Look("right"),
        "rtl": Look(True),
        "max_length": Look(5),
        "submit_btn": Look("Send"),
        "stop_btn": Look("Halt"),
        "html_attributes": Look({"spellcheck": "false"}),
    },
    "Number": {
        **FIELD,
        "value": Look(3),
        "placeholder": Look("a number"),
        "minimum": Look(1),
        "maximum": Look(9),
        "step": Look(0.5),
    },
    "Checkbox": {**FIELD, "value": Look(True)},
    "Button": BUTTON,
    "ClearButton": BUTTON,
    "Markdown": {
        **LABELLED,
        "label": Look("Another name", {"container": True, "show_label": True}),
        "show_label": Look(True, {"container": True, "label": "Name"}),
        "container": Look(True, {"show_label": True, "label": "Name"}),
        "value": Look("**bold**"),
        "rtl": Look(True, {"value": "text"}),
        "latex_delimiters": Look([{"left": "$", "right": "$", "display": False}], {"value": "so $x^2$ is"}),
        "sanitize_html": Look(False, {"value": "<form class='mark-form'>kept</form>"}),
        "line_breaks": Look(True, {"value": "one\ntwo"}),
        "header_links": Look(True, {"value": "# Title"}),
        **{name: Look(look.other, {"value": LONG}) for name, look in HEIGHTS.items()},
        "min_height": Look(200, {"value": "short"}),
        "buttons": Look(["copy"], {"value": "text"}),
        "padding": Look(True, {"value": "text"}),
    },
    "HTML": {
        **PLACED,
        "value": Look("<b>bold</b>"),
        "label": Look("Another name", {"container": True, "show_label": True}),
        "show_label": Look(True, {"container": True, "label": "Name"}),
        "container": Look(True, {"show_label": True, "label": "Name"}),
        "html_template": Look("<i>${value}</i>", {"value": "text"}),
        "css_template": Look("b { color: rgb(1, 2, 3) }", {"value": "<b>text</b>"}),
        "js_on_load": Look("element.querySelector('b').textContent = 'by script'", {"value": "<b>text</b>"}),
        "apply_default_css": Look(False, {"value": "<h1>Title</h1><p>text</p>"}),
        "min_height": Look(200, {"value": "short"}),
        "max_height": Look(40, TALL),
        "padding": Look(True, {"value": "text"}),
        "autoscroll": Look(True, {**TALL, "max_height": 40}),
        "buttons": Look(OwnButton(), {"value": "text"}),
        "head": Look(
            "<script>window.markHead = 'from the head'</script>",
            {"value": "<b>text</b>", "js_on_load": "element.firstChild.textContent = window.markHead"},
        ),
        "server_functions": Look(
            [len], {"value": "<b>text</b>", "js_on_load": "element.title = Object.keys(server).length"}
        ),
        "props": Look({"word": "other"}, {"html_template": "<i>${word}</i>"}, {"word": "one"}),
    },
    "Image": {
        **LABELLED,
        "interactive": Look(False),
        "value": Look(PICTURE),
        "height": Look(200),
        "width": Look(150),
        "sources": Look(["clipboard"]),
        "streaming": Look(True),
        "buttons": Look([], {"value": PICTURE}),
        "placeholder": Look("drop it"),
        "alt_text": Look("a red field", {"value": PICTURE}),
    },
    "Row": {
        **LAYOUT,
        "variant": Look("panel"),
        "scale": Look(3),
        "height": Look(30),
        "max_height": Look(30),
        "min_height": Look(300),
        "equal_height": Look(True),
    },
    "Column": {**LAYOUT, "scale": Look(3), "min_width": Look(500), "variant": Look("panel")},
    "Group": LAYOUT,
    "Tabs": {**LAYOUT, "selected": Look("b"), "overflow_behavior": Look("wrap")},
    "Tab": {
        **LAYOUT,
        "label": Look("Another name"),
        "interactive": Look(False),
        "id": Look("chosen"),
        "alignment": Look("right"),
        "scale": Look(3),
        "height": Look(30),
        "max_height": Look(30),
        "render_children": Look(True),
    },
    "Accordion": {
        **LAYOUT,
        "label": Look("Another name"),
        "open": Look(False),
        "height": Look(30),
        "max_height": Look(30),
    },
}
SAMPLES: dict[str, Any] = {"components": ["text"], "samples": [["one"], ["two"], ["three"]]}
SEEN["Dataset"] = {
    **{name: Look(look.other, SAMPLES) for name, look in PLACED.items()},
    "label": Look("Another name", SAMPLES),
    "show_label": Look(False, SAMPLES),
    "container": Look(False, SAMPLES),
    "components": Look(["number"], {"samples": [["one"]]}, ["checkbox"]),
    "component_props": Look(
        [{"choices": [["First", "one"], ["Second", "two"], ["Third", "three"]]}], {**SAMPLES, "components": ["radio"]}
    ),
    "samples": Look([["four"]], {"components": ["text"]}, [["one"]]),
    "headers": Look(["A heading"], {**SAMPLES, "layout": "table"}),
    "layout": Look("table", SAMPLES),
    "samples_per_page": Look(2, SAMPLES),
    "sample_labels": Look(["First", "Second", "Third"], SAMPLES),
}
SEEN |= files.SEEN | tables.SEEN
SEEN |= media.looks(Look, OwnButton(), LABELLED) | chat.looks(Look, OwnButton(), LABELLED)
SEEN.update(forms.SEEN)
LOOKS = [(name, parameter) for name, looks in SEEN.items() for parameter in looks]

#: What `launch` and `Blocks` show on a page, asserted one by one in tests/browser/test_parameters.py.
SEEN_OF_PAGE = forms.SEEN_OF_PAGE | {
    ("Blocks", "title"), ("Blocks", "fill_height"), ("Blocks", "fill_width"), ("Blocks", "mode"),
    ("launch", "css"), ("launch", "css_paths"), ("launch", "js"), ("launch", "head"), ("launch", "head_paths"),
    ("launch", "theme"), ("launch", "i18n"), ("launch", "footer_links"),
    ("Listener", "scroll_to_output"), ("on", "scroll_to_output"),
    ("Timer", "value"), ("Timer", "active"), ("BrowserState", "storage_key"), ("BrowserState", "secret"),
    ("BrowserState", "default_value"), ("launch", "strict_cors"), *media.SEEN_OF_PAGE, *chat.SEEN_OF_PAGE,
}  # fmt: skip
