"""Each parameter that a page shows makes a difference there: two instances on one page must not look the same."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

import nbblocks as gr
from tests.contract.looks import Look, Made
from tests.contract.parameters import CALLABLES, DEFAULT, LOOKS, SEEN, parameters_of

# What an element is: its tag, its attributes without those that only name it, its computed look and its place.
LOOK = """
ids => {
  const STYLES = ["display", "visibility", "opacity", "width", "height", "min-width", "min-height", "max-height",
    "flex-grow", "align-items", "gap", "color", "background-color", "border-top-width", "border-top-color", "border-left-color",
    "padding-left", "padding-top", "margin-left", "margin-top", "font-size", "font-weight", "font-family", "text-align",
    "direction", "overflow-x", "overflow-y", "flex-wrap", "object-fit"];
  const NAMES = new Set(["style", "for", "data-block", "data-item", "data-shown", "aria-controls", "aria-labelledby",
    "aria-describedby", "height", "clip-path"]);
  const one = (element, origin) => {
    const attributes = [];
    for (const { name, value } of element.attributes) {
      if (NAMES.has(name) || value.startsWith("blob:")) continue;
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
    made: dict[str, Any] = {k: v.made() if isinstance(v, Made) else v for k, v in given.items()}
    cls = CALLABLES[name]
    if name == "Tabs":
        with cls(**made):
            for id in "ab":
                with gr.Tab(id, id=id):
                    gr.Textbox(label=id)
    elif name == "Tab":
        with gr.Tabs(selected="chosen"):
            for label in ("First", "Last"):
                given = {"label": label, **(made if label == "Last" else {})}
                with cls(**given):
                    gr.Textbox(label=label)
    elif name == "Walkthrough":
        with cls(**made):
            for label in ("First", "Last"):
                with gr.Step(label):
                    gr.Textbox(label=label)
    elif name == "Step":
        with gr.Walkthrough(selected="chosen" if "id" in made else 1):
            for label in ("First", "Middle", "Last"):
                given = {"label": label, **(made if label == "First" else {})}
                with cls(**given):
                    gr.Textbox(label=label)
    elif name in ("Row", "Column", "Group", "Accordion", "Draggable"):
        with cls(**made):
            gr.Textbox(label="A")
            gr.Textbox(label="B", lines=4)
    elif name == "HTML" and "props" in made:
        cls(**made.pop("props"), **made)
    else:
        cls(**made)


def pair(name: str, parameter: str, look: Look) -> None:
    """Two instances that differ in one parameter; editable, also with a value, where nothing else is said."""
    editable = {"interactive": True} if "interactive" in parameters_of(name) else {}
    for side, value in (("first", look.first), ("other", look.other)):
        with gr.Row(elem_id=case_id(name, parameter, side)):
            instance(name, {**editable, **look.more, **({} if value is DEFAULT else {parameter: value})})
            gr.Column()


@pytest.fixture(scope="module")
def monkeypatch_module() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


Looks = Callable[[str], dict[str, str]]

#: What is on the page when everything is there that comes after its first paint.
IS_DRAWN = """
([hasHead, hasIcon]) =>
  document.querySelector("[id^=case-]") &&
  !document.querySelector(".nb-waiting, .nb-awaited, .nb-formula:not([data-done])") &&
  [...document.querySelectorAll(".nb-editor:not(:has(.nb-editor-bar))")].every(e => e.querySelector(".cm-editor")) &&
  [...document.images].every(i => i.complete) &&
  (!hasHead || window.markHead) && (!hasIcon || document.querySelector(".nb-button-icon"))
"""


@pytest.fixture(scope="module")
def looks(chromium: Browser, monkeypatch_module: pytest.MonkeyPatch) -> Looks:
    """What each instance of a component looks like, by the id of its row; all of one component stand on one page."""
    monkeypatch_module.setenv("SPACE_ID", "me/app")  # a DuplicateButton is seen where there is something to copy

    @functools.cache
    def looks_of(name: str) -> dict[str, str]:
        parameters = [p for n, p in LOOKS if n == name]
        with gr.Blocks() as demo:
            for parameter in parameters:
                pair(name, parameter, SEEN[name][parameter])
            pair(name, "nothing", Look(DEFAULT))
        demo.launch(prevent_thread_lock=True, quiet=True, inline=False)
        context = chromium.new_context(viewport={"width": 1200, "height": 900})
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(str(demo.local_url))
        page.wait_for_function(IS_DRAWN, arg=["head" in parameters, "icon" in parameters])
        page.wait_for_timeout(300)
        found: dict[str, str] = page.evaluate(
            LOOK, [case_id(name, p, side) for p in [*parameters, "nothing"] for side in ("first", "other")]
        )
        context.close()
        demo.close()
        assert not errors
        return found

    return looks_of


@pytest.mark.parametrize("name", SEEN)
def test_two_of_the_same_look_the_same(looks: Looks, name: str) -> None:
    of_name = looks(name)
    assert of_name[case_id(name, "nothing", "first")] == of_name[case_id(name, "nothing", "other")]


@pytest.mark.parametrize(("name", "parameter"), LOOKS)
def test_a_parameter_is_seen(looks: Looks, name: str, parameter: str) -> None:
    first, other = (looks(name)[case_id(name, parameter, side)] for side in ("first", "other"))
    assert first != other, f"{name}({parameter}={SEEN[name][parameter].other!r}) looks like one without it"


# --- what a whole page shows


def shown(page: Page, demo: gr.Blocks, query: str = "", **options: Any) -> None:
    demo.launch(**{"prevent_thread_lock": True, "quiet": True, "inline": False, **options})
    page.goto(f"{demo.local_url}{query}")
    page.wait_for_selector(".nb-app")


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    gr.close_all(verbose=False)


def test_what_a_launch_puts_on_its_page(page: Page, tmp_path: Any) -> None:
    (tmp_path / "own.css").write_text(".mark-b { color: rgb(4, 5, 6) }")
    (tmp_path / "own.html").write_text('<meta name="mark-b">')
    with gr.Blocks(title="A title", mode="mine") as demo:
        gr.Markdown("text", elem_classes="mark-a")
        gr.Markdown("text", elem_classes="mark-b")
    shown(
        page,
        demo,
        css=".mark-a { color: rgb(1, 2, 3) }",
        css_paths=tmp_path / "own.css",
        js="() => { window.mark = 'ran' }",
        head='<meta name="mark-a">',
        head_paths=tmp_path / "own.html",
        footer_links=[{"label": "Ours", "url": "https://example.org/"}],
    )
    expect(page).to_have_title("A title")
    expect(page.locator(".mark-a")).to_have_css("color", "rgb(1, 2, 3)")
    expect(page.locator(".mark-b")).to_have_css("color", "rgb(4, 5, 6)")
    assert page.evaluate("window.mark") == "ran"
    expect(page.locator('meta[name="mark-a"], meta[name="mark-b"]')).to_have_count(2)
    expect(page.get_by_role("link", name="Ours")).to_have_attribute("href", "https://example.org/")
    expect(page.locator(".nb-app")).to_have_class(re.compile("nb-mode-mine"))


@pytest.mark.parametrize("fills", [False, True])
def test_a_page_fills_its_window(page: Page, fills: bool) -> None:
    page.set_viewport_size({"width": 1600, "height": 900})
    with gr.Blocks(fill_width=fills, fill_height=fills) as demo:
        gr.Textbox(scale=1, elem_id="mark")
    shown(page, demo)
    box = page.locator("#mark").bounding_box()
    assert box is not None
    assert (box["width"] > 1400, box["height"] > 600) == (fills, fills)


@pytest.mark.parametrize("kind", ["event", "on"])
def test_the_first_output_scrolls_into_view(page: Page, kind: str) -> None:
    with gr.Blocks() as demo:
        still, go = gr.Button("Still"), gr.Button("Go")
        gr.HTML("", min_height=3000)
        out = gr.Textbox(label="Out")
        still.click(lambda: "still", None, out)
        if kind == "on":
            gr.on(go.click, lambda: "done", None, out, scroll_to_output=True)
        else:
            go.click(lambda: "done", None, out, scroll_to_output=True)
    shown(page, demo)
    page.get_by_role("button", name="Still").click()
    expect(page.get_by_label("Out")).to_have_value("still")
    expect(page.get_by_label("Out")).not_to_be_in_viewport()
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_label("Out")).to_be_in_viewport()


def test_a_timer_ticks_while_it_is_active(page: Page) -> None:
    with gr.Blocks() as demo:
        for label, timer in (
            ("quick", gr.Timer(0.05)),
            ("slow", gr.Timer(60)),
            ("still", gr.Timer(0.05, active=False)),
        ):
            count = gr.Number(0, label=label)
            timer.tick(None, count, count, js="n => n + 1")
    shown(page, demo)
    expect(page.get_by_label("quick")).to_have_value(re.compile("^[2-9]|..$"))
    expect(page.get_by_label("slow")).to_have_value("0")
    expect(page.get_by_label("still")).to_have_value("0")


def test_a_browser_keeps_a_state_under_its_name(page: Page) -> None:
    with gr.Blocks() as demo:
        state = gr.BrowserState("first", storage_key="mark-key", secret="one")
        out = gr.Textbox(label="Out")
        demo.load(lambda s: s, state, out)
        gr.Button("Keep").click(lambda: "kept", None, state)
    shown(page, demo)
    expect(page.get_by_label("Out")).to_have_value("first")
    page.get_by_role("button", name="Keep").click()
    page.wait_for_function("localStorage.getItem('mark-key')")
    assert "kept" not in page.evaluate("localStorage.getItem('mark-key')")
    page.reload()
    expect(page.get_by_label("Out")).to_have_value("kept")
    state.secret = "two"
    page.reload()
    expect(page.get_by_label("Out")).to_have_value("first")


@pytest.mark.parametrize("strict", [True, False])
def test_a_page_without_an_origin_may_come_in_where_cors_is_not_strict(page: Page, strict: bool) -> None:
    with gr.Blocks() as demo:
        out = gr.Textbox(label="Out")
        gr.Button("Go").click(lambda: "done", None, out)
    shown(page, demo, strict_cors=strict)
    session = page.evaluate("JSON.parse(document.getElementById('nbblocks-boot').textContent).session")
    url = str(demo.local_url).replace("http", "ws") + f"ws?session={session}"
    script = f"const s = new WebSocket('{url}'); s.onopen = () => parent.postMessage('open', '*');"
    script += "s.onerror = () => parent.postMessage('refused', '*');"
    answer = page.evaluate(
        """script => new Promise(resolve => {
            addEventListener("message", event => resolve(event.data));
            const frame = document.createElement("iframe");
            frame.sandbox = "allow-scripts";
            frame.srcdoc = "<script>" + script + "</" + "script>";
            document.body.append(frame);
        })""",
        script,
    )
    assert answer == ("refused" if strict else "open")


def test_a_button_of_ones_own_stands_in_the_corner_and_works(page: Page) -> None:
    with gr.Blocks() as demo:
        mine = gr.Button("Mine")
        box = gr.Textbox("text", label="Box", buttons=["copy", mine])
        mine.click(lambda t: t.upper(), box, box)
    shown(page, demo)
    expect(page.get_by_role("button", name="Mine")).to_have_count(1)
    page.locator(".nb-toolbar").get_by_role("button", name="Mine").click()
    expect(page.get_by_label("Box")).to_have_value("TEXT")
