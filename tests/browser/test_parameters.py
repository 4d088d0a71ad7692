"""Each parameter that a page shows makes a difference there: two instances on one page must not look the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

import nbblocks as gr
from tests.contract.parameters import CALLABLES, DEFAULT, LOOKS, SEEN, Look, OwnButton, PictureFile

# What an element is: its tag, attributes without ids, classes and styles that only name it, its computed look and place.
LOOK = """
ids => {
  const STYLES = ["display", "visibility", "opacity", "width", "height", "min-width", "min-height", "max-height",
    "flex-grow", "align-items", "gap", "color", "background-color", "border-top-width", "border-top-color", "padding-left",
    "padding-top", "margin-left", "margin-top", "font-size", "font-weight", "font-family", "text-align", "direction",
    "overflow-x", "overflow-y", "flex-wrap"];
  const NAMES = new Set(["style", "for", "data-block", "data-shown", "aria-controls", "aria-labelledby",
    "aria-describedby", "height"]);
  const one = (element, origin) => {
    const attributes = [];
    for (const { name, value } of element.attributes) {
      if (NAMES.has(name)) continue;
      if (name === "id" && !value.startsWith("mark-")) continue;
      if (name === "class") {
        const marks = value.split(/\\s+/).filter(c => c.startsWith("mark-"));
        if (marks.length) attributes.push(["class", marks.join(" ")]);
      } else attributes.push([name, value]);
    }
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return {
      tag: element.localName, attributes,
      text: [...element.childNodes].filter(n => n.nodeType === 3).map(n => n.data).join(""),
      style: STYLES.map(name => style.getPropertyValue(name)),
      box: box.width || box.height ? [box.x - origin.x, box.y - origin.y, box.width, box.height].map(Math.round) : null,
      state: [element.value ?? null, element.checked ?? null, element.disabled ?? null, element.readOnly ?? null,
        Math.round(element.scrollTop), element.matches(":focus")],
    };
  };
  const found = {};
  for (const id of ids) {
    const root = document.getElementById(id);
    if (!root) throw new Error("no element " + id);
    const origin = root.getBoundingClientRect();
    found[id] = JSON.stringify([...root.querySelectorAll("*")].map(e => one(e, origin)));
  }
  return found;
}
"""


def case_id(name: str, parameter: str, side: str) -> str:
    return f"case-{name}-{parameter}-{side}"


def instance(name: str, given: dict[str, Any]) -> None:
    """One instance with what it needs around and inside."""
    made = {k: v.made() if isinstance(v, (OwnButton, PictureFile)) else v for k, v in given.items()}
    cls = CALLABLES[name]
    if name == "Tabs":
        with cls(**made):
            for id in "ab":
                with gr.Tab(id, id=id):
                    gr.Textbox(label=id)
    elif name == "Tab":
        with gr.Tabs(selected="chosen"):
            for label in ("First", "Last"):
                with gr.Tab(label) if label == "First" else cls(**{"label": "Last", **made}):
                    gr.Textbox(label=label)
    elif name in ("Row", "Column", "Group", "Accordion"):
        with cls(**made):
            gr.Textbox(label="A")
            gr.Textbox(label="B", lines=4)
    elif name == "HTML" and "props" in made:
        cls(**made.pop("props"), **made)
    else:
        cls(**made)


def pair(name: str, parameter: str, look: Look) -> None:
    for side, value in (("first", look.first), ("other", look.other)):
        with gr.Row(elem_id=case_id(name, parameter, side)):
            instance(name, dict(look.more) if value is DEFAULT else {**look.more, parameter: value})
            gr.Column()


@pytest.fixture(scope="module")
def looks(chromium: Browser) -> Iterator[dict[str, str]]:
    """What each instance looks like, by the id of its row; all of them stand on one page."""
    with gr.Blocks() as demo:
        for name, parameter in LOOKS:
            pair(name, parameter, SEEN[name][parameter])
        for name in SEEN:
            pair(name, "nothing", Look(DEFAULT))
    demo.launch(prevent_thread_lock=True, quiet=True, inline=False)
    context = chromium.new_context(viewport={"width": 1200, "height": 900})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(str(demo.local_url))
    page.wait_for_selector("#case-Accordion-nothing-other")
    page.wait_for_function("!document.querySelector('.nb-waiting, .nb-formula:not([data-done])')")
    page.wait_for_function("[...document.images].every(i => i.complete)")
    page.wait_for_function("window.markHead && document.querySelectorAll('.nb-button-icon').length >= 2")
    page.wait_for_timeout(300)
    ids = [case_id(n, p, side) for n, p in [*LOOKS, *((n, "nothing") for n in SEEN)] for side in ("first", "other")]
    yield page.evaluate(LOOK, ids)
    assert not errors
    context.close()
    demo.close()


@pytest.mark.parametrize("name", SEEN)
def test_two_of_the_same_look_the_same(looks: dict[str, str], name: str) -> None:
    assert looks[case_id(name, "nothing", "first")] == looks[case_id(name, "nothing", "other")]


@pytest.mark.parametrize(("name", "parameter"), LOOKS)
def test_a_parameter_is_seen(looks: dict[str, str], name: str, parameter: str) -> None:
    first, other = (looks[case_id(name, parameter, side)] for side in ("first", "other"))
    assert first != other, f"{name}({parameter}={SEEN[name][parameter].other!r}) looks like one without it"
