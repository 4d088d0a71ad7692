"""Layouts beside rows and columns, pages, free HTML and the buttons of a hub, as a person uses them."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

import nbblocks as gr
from tests.browser.lab import LabPage


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    gr.close_all(verbose=False)


def shown(page: Page, demo: gr.Blocks, path: str = "", **options: object) -> None:
    demo.launch(**{"prevent_thread_lock": True, "quiet": True, "inline": False, **options})  # type: ignore[arg-type]
    page.goto(f"{demo.local_url}{path}")
    page.wait_for_selector(".nb-app")


def test_a_sidebar_stands_beside_the_app_and_slides_away(page: Page) -> None:
    with gr.Blocks() as demo:
        said = gr.Textbox(label="Said")
        with gr.Sidebar("Options", width=200, elem_id="left", elem_classes="mine") as left:
            gr.Textbox(label="Inside")
        with gr.Sidebar(position="right", open=False):
            gr.Textbox(label="Other")
        left.collapse(lambda: "collapsed", None, said)
        left.expand(lambda: "expanded", None, said)
        gr.Sidebar(visible=False, elem_id="never")
    shown(page, demo)
    expect(page.locator("#left.mine")).to_have_count(1)
    expect(page.locator("#never")).to_have_count(0)
    inside, outside = page.get_by_label("Inside"), page.get_by_label("Said")
    panel = page.locator("#left .nb-side-panel")
    expect(panel).to_have_css("width", "200px")
    assert outside.bounding_box()["x"] > panel.bounding_box()["x"] + 200  # type: ignore[index]
    page.get_by_role("button", name="Close Options").click()
    expect(inside).to_be_hidden()
    expect(outside).to_have_value("collapsed")
    page.get_by_role("button", name="Open Options").click()
    expect(inside).to_be_visible()
    expect(outside).to_have_value("expanded")
    page.get_by_role("button", name="Open Sidebar").click()
    box = page.get_by_label("Other").bounding_box()
    assert box is not None
    assert box["x"] > 600


@pytest.mark.parametrize("kind", ["TextArea", "Dialogue"])
def test_a_field_asks_for_the_keyboard(page: Page, kind: str) -> None:
    with gr.Blocks() as demo:
        gr.Textbox(label="First")
        getattr(gr, kind)(label="Wanted", autofocus=True)
    shown(page, demo)
    expect(page.get_by_role("textbox", name="Wanted")).to_be_focused()


def test_pages_have_links_and_loads_of_their_own(page: Page) -> None:
    with gr.Blocks() as demo:
        name = gr.Textbox("Ada", label="Name")
        seen = gr.Textbox(label="Seen")
        demo.load(lambda: "first", None, seen)
        gr.Navbar([("Docs", "https://example.org/")], main_page_name="Start", elem_id="bar", elem_classes="mine")
    with demo.route("Results"):
        out = gr.Textbox(label="Out")
        gr.Button("Greet").click(lambda n: f"Hello {n}", name, out)
        demo.load(lambda: "second", None, out)
    with demo.route("Hidden", "quiet", show_in_navbar=False):
        gr.Navbar(visible=False)
        gr.Markdown("# Quiet")
    shown(page, demo)
    links = page.locator("#bar.mine").get_by_role("link")
    assert links.all_inner_texts() == ["Start", "Results", "Docs"]
    expect(page.get_by_label("Seen")).to_have_value("first")
    expect(page.get_by_label("Out")).to_have_count(0)
    page.get_by_role("link", name="Results").click()
    expect(page).to_have_url(re.compile("/results$"))
    expect(page.get_by_label("Out")).to_have_value("second")
    page.get_by_role("button", name="Greet").click()
    expect(page.get_by_label("Out")).to_have_value("Hello Ada")
    page.get_by_role("link", name="Home").click()
    expect(page.get_by_label("Name")).to_have_value("Ada")
    page.goto(f"{demo.local_url}quiet")
    expect(page.get_by_role("heading", name="Quiet")).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(0)
    answer = page.goto(f"{demo.local_url}nowhere")
    assert answer is not None
    assert answer.status == 404


def test_a_walkthrough_goes_on_by_a_handler_and_back_by_its_user(page: Page) -> None:
    with gr.Blocks() as demo:
        said = gr.Textbox(label="Said")
        with gr.Walkthrough(selected=1) as walk:
            with gr.Step("Image", id=1) as first:
                on = gr.Button("Next")
            with gr.Step("Prompt", id=2):
                gr.Textbox(label="Words")
        on.click(lambda: gr.Walkthrough(selected=2), None, walk)
        walk.change(lambda: "changed", None, said)
        first.select(lambda: "again", None, gr.Textbox(label="First"))
    shown(page, demo)
    prompt = page.get_by_role("button", name="Prompt")
    expect(prompt).to_be_disabled()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_label("Words")).to_be_visible()
    expect(page.get_by_label("Said")).to_have_value("changed")
    expect(prompt).to_have_attribute("aria-current", "step")
    page.get_by_role("button", name="Image").click()
    expect(page.get_by_role("button", name="Next")).to_be_visible()


def test_children_are_put_in_order_by_keys_and_by_dragging(page: Page) -> None:
    with gr.Blocks() as demo, gr.Draggable():
        for label in "ABC":
            gr.Textbox(label=label)
    shown(page, demo)

    def order() -> list[str]:
        return page.locator(".nb-draggable .nb-label").all_inner_texts()

    grip = page.get_by_role("button", name="Move A")
    grip.focus()
    page.keyboard.press("ArrowDown")
    assert order() == ["B", "A", "C"]
    expect(grip).to_be_focused()
    page.keyboard.press("End")
    assert order() == ["B", "C", "A"]
    start, end = grip.bounding_box(), page.get_by_role("button", name="Move B").bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(end["x"] + 8, end["y"] - 20, steps=8)
    page.mouse.up()
    assert order() == ["A", "B", "C"]


def test_a_row_shows_the_progress_of_what_changes_it(page: Page) -> None:
    go_on = threading.Event()
    with gr.Blocks() as demo:
        with gr.Row(show_progress=True, elem_id="shows") as shows:
            gr.Textbox(label="A")
        with gr.Row(elem_id="not") as silent:
            gr.Textbox(label="B")
        gr.Button("Go").click(lambda: (go_on.wait(10), {})[1], None, [shows, silent])
    shown(page, demo)
    page.get_by_role("button", name="Go").click()
    expect(page.locator("#shows .nb-progress")).to_be_visible()
    expect(page.locator("#not .nb-progress")).to_have_count(0)
    go_on.set()
    expect(page.locator("#shows .nb-progress")).to_have_count(0)


class Stars(gr.HTML):
    """A component of one's own: as public programs write it."""

    def __init__(self, label: str | None = None, value: int = 0, **given: object) -> None:
        super().__init__(
            value=value,
            label=label,
            most=5,
            html_template="${Array.from({length: most}, (_, i) => `<b class='${i < value ? 'on' : ''}'>*</b>`).join('')}",
            css_template="b { cursor: pointer } .on { color: rgb(200, 100, 0) }",
            js_on_load="""
                element.addEventListener('click', e => {
                    const all = [...element.querySelectorAll('b')];
                    if (all.includes(e.target)) props.value = all.indexOf(e.target) + 1;
                });
                watch('value', () => { element.title = 'now ' + props.value });
            """,
            **given,
        )

    def api_info(self) -> dict[str, str]:
        return {"type": "integer"}


def test_a_component_of_ones_own(page: Page) -> None:
    with gr.Blocks() as demo:
        stars, out = Stars("Food", 2, elem_id="stars"), gr.Number(label="Out")
        stars.change(lambda n: n, stars, out)
        gr.Button("One").click(lambda: Stars(value=1), None, stars)
        with gr.HTML("<section><h3>Card</h3>@children</section>", elem_id="card"):
            inner = gr.Textbox(label="Inner")
        inner.submit(len, inner, out)
        gr.HTML(
            "<i>?</i>",
            server_functions=[_double],
            js_on_load="server._double(4).then(n => { element.querySelector('i').textContent = n })",
        )
    shown(page, demo)
    expect(page.locator("#stars .on")).to_have_count(2)
    expect(page.locator("#stars .on").first).to_have_css("color", "rgb(200, 100, 0)")
    page.locator("#stars b").nth(3).click()
    expect(page.get_by_label("Out")).to_have_value("4")
    assert page.locator("#stars .html-container").get_attribute("title") is None
    page.get_by_role("button", name="One").click()
    expect(page.locator("#stars .on")).to_have_count(1)
    expect(page.locator("#stars .html-container")).to_have_attribute("title", "now 1")
    expect(page.locator("i")).to_have_text("8")
    box = page.locator("#card section").get_by_label("Inner")
    box.fill("seven77")
    box.press("Enter")
    expect(page.get_by_label("Out")).to_have_value("7")


def _double(n: int) -> int:
    return 2 * n


def test_a_link_leads_to_the_values_of_now(page: Page) -> None:
    with gr.Blocks() as demo:
        gr.Textbox(label="Text")
        gr.DeepLinkButton("Share", copied_value="There it is")
    shown(page, demo)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_label("Text").fill("kept")
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_role("button", name="There it is")).to_be_visible()
    page.goto(page.evaluate("navigator.clipboard.readText()"))
    expect(page.get_by_label("Text")).to_have_value("kept")
    page.goto(f"{demo.local_url}?deep_link=strange")
    expect(page.get_by_label("Text")).to_have_value("")


def test_who_logged_in_can_log_out(page: Page) -> None:
    with gr.Blocks() as demo:
        gr.LoginButton("Enter", logout_value="Leave ({})")
    shown(page, demo)
    page.get_by_role("button", name="Enter").click()
    expect(page.get_by_role("status").filter(has_text="No sign-in")).to_be_visible()
    demo.close(verbose=False)
    demo.launch(prevent_thread_lock=True, quiet=True, inline=False, auth=("ada", "secret"))
    page.goto(str(demo.local_url))
    page.get_by_label("Username").fill("ada")
    page.get_by_label("Password").fill("secret")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("button", name="Leave (ada)").click()
    expect(page.get_by_label("Password")).to_be_visible()


PAGES = """
import nbblocks as gr
with gr.Blocks() as demo:
    name = gr.Textbox("Ada", label="Name")
with demo.route("Results"):
    out = gr.Textbox(label="Out")
    gr.Button("Greet").click(lambda n: f"Hello {n}", name, out)
    demo.load(lambda: "opened", None, out)
demo.launch()
"""


def test_pages_take_turns_in_a_notebook(lab: LabPage) -> None:
    lab.open([PAGES])
    lab.run_all()
    lab.app.get_by_label("Name").fill("Bob")
    lab.app.get_by_role("button", name="Results").click()
    expect(lab.app.get_by_label("Out")).to_have_value("opened")
    lab.app.get_by_role("button", name="Greet").click()
    expect(lab.app.get_by_label("Out")).to_have_value("Hello Bob")
    lab.app.get_by_role("button", name="Home").click()
    expect(lab.app.get_by_label("Name")).to_have_value("Bob")
