"""Themes, the author's CSS and JavaScript, languages: as a page, and in a notebook."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

import nbblocks as gr
from tests.browser.lab import LabPage

AXE = Path(__file__).parents[2] / "js" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    gr.close_all(verbose=False)


def form() -> gr.Blocks:
    with gr.Blocks() as demo:
        gr.Markdown("# Title\n\nText with `code` and [a link](https://example.org)")
        gr.Textbox(label="Name", info="As on your card", placeholder="Ada", elem_id="name")
        gr.Radio(["a", "b"], value="a", label="Pick", interactive=True)
        gr.Slider(label="Amount")
        gr.Label({"cat": 0.7, "dog": 0.3}, label="Guess")
        gr.Button("Go", variant="primary", elem_id="go")
        gr.Button("Later", elem_id="later")
        gr.Button("Halt", variant="stop")
    return demo


def shown(page: Page, demo: gr.Blocks, query: str = "", **options: Any) -> None:
    demo.launch(**{"prevent_thread_lock": True, "quiet": True, "inline": False, **options})
    page.goto(f"{demo.local_url}{query}")
    page.wait_for_selector(".nb-app")


def axe(page: Page) -> list[str]:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm install, in js/")
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [f"{v['id']}: {n['html'][:200]}" for v in found["violations"] for n in v["nodes"]]


def css(found: Locator, name: str) -> str:
    return str(found.evaluate("(element, name) => getComputedStyle(element)[name]", name))


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_variable_of_a_theme_shows(page: Page, mode: str) -> None:
    theme = gr.themes.Base(primary_hue="emerald", text_size="lg").set(
        button_primary_background_fill="rgb(1, 2, 3)",
        button_primary_background_fill_dark="rgb(4, 5, 6)",
        input_radius="17px",
        block_title_text_weight="900",
    )
    shown(page, form(), f"?__theme={mode}", theme=theme)
    expect(page.locator("#go")).to_have_css("background-color", "rgb(1, 2, 3)" if mode == "light" else "rgb(4, 5, 6)")
    expect(page.get_by_role("textbox", name="Name")).to_have_css("border-radius", "17px")
    expect(page.locator("#name label")).to_have_css("font-weight", "900")
    expect(page.locator(".gradio-container")).to_have_css("font-size", "16px")


def test_css_can_use_and_set_the_variables_of_gradio(page: Page) -> None:
    own = """
    :root { --button-secondary-background-fill: rgb(7, 8, 9) }
    .gradio-container #name { border-top: 3px solid var(--primary-500) }
    button.primary { letter-spacing: 2px }
    """
    shown(page, form(), theme="soft", css=own)
    expect(page.locator("#later")).to_have_css("background-color", "rgb(7, 8, 9)")
    expect(page.locator("#name")).to_have_css("border-top-color", "rgb(99, 102, 241)")
    expect(page.locator("#go")).to_have_css("letter-spacing", "2px")


#: The contrast of each text with what is behind it, after WCAG; gradients count by each of their stops.
CONTRAST = """
(root) => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255];
  };
  const over = (a, b) => [0, 1, 2].map((i) => a[i] * a[3] + b[i] * (1 - a[3])).concat(1);
  const light = (c) => [0, 1, 2].map((i) => c[i] / 255).map((x) => x <= .04045 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4)
    .reduce((sum, x, i) => sum + x * [.2126, .7152, .0722][i], 0);
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); };
  const behind = (element) => {
    if (!element) return [rgba('white')];
    const style = getComputedStyle(element);
    const stops = style.backgroundImage.startsWith('linear-gradient') ? style.backgroundImage.match(/(rgba?|oklch|color)\\([^()]*\\)/g) : [];
    const own = stops && stops.length ? stops.map(rgba) : [rgba(style.backgroundColor)];
    if (own.every((c) => c[3] === 1)) return own;
    const up = element.parentElement ?? element.getRootNode().host?.parentElement;
    const below = behind(up);
    return own.flatMap((c) => below.map((b) => over(c, b)));
  };
  const bad = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility({ checkOpacity: true }) || element.closest('style, :disabled')) continue;
    const style = getComputedStyle(element);
    const least = Math.min(...behind(element).map((below) => ratio(over(rgba(style.color), below), below)));
    if (least < 4.49) bad.push([node.data.trim().slice(0, 30), element.className, Math.round(least * 100) / 100]);
  }
  for (const input of root.querySelectorAll('input[placeholder]')) {
    const color = getComputedStyle(input, '::placeholder').color;
    const least = Math.min(...behind(input).map((below) => ratio(over(rgba(color), below), below)));
    if (least < 4.49) bad.push([input.placeholder, 'placeholder', Math.round(least * 100) / 100]);
  }
  return bad;
}
"""


@pytest.mark.parametrize("theme", [None, *sorted(gr.themes.built_in)])
def test_every_text_can_be_read_in_every_theme(page: Page, theme: str | None) -> None:
    shown(page, form(), "?__theme=light", theme=theme)
    page.wait_for_selector(".prose h1")
    container = page.locator(".gradio-container")
    assert container.evaluate(CONTRAST) == []
    container.evaluate("(root) => { root.classList.add('dark'); document.body.classList.add('dark') }")
    expect(container).to_have_css("color-scheme", "dark")
    page.wait_for_timeout(200)  # colours of buttons take their time to change
    assert container.evaluate(CONTRAST) == []


def test_no_theme_asks_anyone_for_anything(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    theme = gr.themes.Soft(font=[gr.themes.GoogleFont("Inter"), "Arial", "sans-serif"])
    demo = form()
    shown(page, demo, theme=theme)
    expect(page.locator(".gradio-container")).to_have_css("font-family", re.compile("Inter.*Arial"))
    assert [url for url in asked if not url.startswith((str(demo.local_url), "data:", "blob:"))] == []


def translated_app() -> tuple[gr.Blocks, gr.I18n]:
    i18n = gr.I18n(
        en={"greet": "Hello", "name": "Your name"},
        de={"greet": "Hallo", "name": "Dein Name"},
        he={"greet": "שלום", "name": "השם שלך"},
    )
    with gr.Blocks(title=i18n("greet")) as demo:
        gr.Markdown(f"# {i18n('greet')}!")
        name = gr.Textbox(label=i18n("name"))
        choice = gr.Radio([(i18n("greet"), "g"), "other"], label="Choice")
        out = gr.Textbox(label="Out")
        go = gr.Button(i18n("greet"), elem_id="go")
        go.click(lambda name, choice: f"{name} {choice} {i18n('greet')}", [name, choice], out)
        gr.CheckboxGroup(["a"], label="Boxes", show_select_all=True)
    return demo, i18n


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("de-AT", ("Hallo", "Dein Name", "Alle auswählen", "ltr")),
        ("fi", ("Hello", "Your name", "Select all", "ltr")),
        ("he", ("שלום", "השם שלך", "בחירת הכול", "rtl")),
    ],
)
def test_texts_are_in_the_language_of_the_browser(chromium: Browser, locale: str, words: tuple[str, ...]) -> None:
    greet, name, select_all, direction = words
    demo, i18n = translated_app()
    page = chromium.new_context(locale=locale).new_page()
    shown(page, demo, i18n=i18n)
    expect(page).to_have_title(greet)
    expect(page.get_by_role("heading", name=f"{greet}!")).to_be_visible()
    page.get_by_role("textbox", name=name).fill("Ada")
    page.get_by_role("radio", name=greet).check()
    page.locator("#go").click()
    expect(page.get_by_role("textbox", name="Out")).to_have_value(f"Ada g {greet}")
    expect(page.get_by_text(select_all)).to_be_visible()
    expect(page.locator(".gradio-container")).to_have_css("direction", direction)
    page.context.close()


def test_nothing_is_cut_from_right_to_left(chromium: Browser) -> None:
    """A pseudo-locale: every text longer, in brackets, from right to left; nothing sticks out of a narrow page."""
    texts = {key: f"[!! {key} {key} !!]" for key in ("Name", "Pick", "Go", "Send everything")}
    i18n = gr.I18n(**{"ar-XB": texts, "en": {}})
    with gr.Blocks() as demo:
        with gr.Row():
            gr.Textbox(label=i18n("Name"), info=i18n("Pick"))
            gr.Dropdown(["a", "b"], label=i18n("Pick"), multiselect=True, value=["a"], interactive=True)
        with gr.Row():
            gr.Button(i18n("Go"), variant="primary")
            gr.Button(i18n("Send everything"))
        gr.Slider(label=i18n("Pick"))
        with gr.Tabs(), gr.Tab(i18n("Go")):
            gr.Textbox(label=i18n("Name"), buttons=["copy"])
    page = chromium.new_context(locale="ar-XB", viewport={"width": 320, "height": 700}).new_page()
    shown(page, demo, i18n=i18n)
    expect(page.get_by_role("button", name="[!! Go Go !!]")).to_be_visible()
    label = page.get_by_text("[!! Name Name !!]").first.bounding_box()
    assert label is not None
    assert label["x"] + label["width"] > 290  # it begins at the right
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.context.close()


def many_tabs() -> gr.Blocks:
    with gr.Blocks() as demo:
        gr.Markdown("# Book")
        with gr.Tabs():
            for number in range(8):
                with gr.Tab(f"Chapter {number}", interactive=number != 6):
                    gr.Textbox(label=f"Of {number}")
    return demo


def test_tabs_that_find_no_room_are_in_a_menu(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 600})
    shown(page, many_tabs())
    row, more = page.get_by_role("tab"), page.get_by_role("button", name="More tabs")
    expect(row).to_have_text(["Chapter 0", "Chapter 1"])
    more.focus()
    page.keyboard.press("ArrowDown")
    items = page.get_by_role("menuitem")
    expect(items).to_have_count(6)
    expect(items.first).to_be_focused()
    assert axe(page) == []
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(row).to_have_text(["Chapter 0", "Chapter 7"])
    expect(row.last).to_be_focused()
    expect(row.last).to_have_attribute("aria-selected", "true")
    expect(page.get_by_label("Of 7")).to_be_visible()
    page.keyboard.press("ArrowLeft")  # past 6, which cannot be opened
    expect(row).to_have_text(["Chapter 0", "Chapter 5"])
    expect(row.last).to_be_focused()
    more.click()
    menu = page.get_by_role("menu").bounding_box()
    assert menu is not None
    assert menu["x"] >= 0
    assert menu["x"] + menu["width"] <= 320
    page.keyboard.press("Escape")
    expect(more).to_be_focused()
    expect(items).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size({"width": 1400, "height": 600})
    expect(more).to_have_count(0)
    expect(row).to_have_count(8)


def test_a_chat_beside_files_and_pictures_shows_its_messages(page: Page) -> None:
    with gr.Blocks() as demo:
        gr.Chatbot([{"role": "user", "content": "Hello"}, {"role": "assistant", "content": "And you"}])
        gr.File(label="Files")
        gr.Gallery(label="Pictures")
    shown(page, demo)
    for message in ("Hello", "And you"):
        box = page.get_by_text(message).bounding_box()
        assert box is not None
        assert box["width"] > 20


IN_A_CELL = """
import nbblocks as gr

theme = gr.themes.Soft().set(button_secondary_background_fill="rgb(1, 2, 3)", button_secondary_background_fill_dark="rgb(4, 5, 6)")
with gr.Blocks() as demo:
    box = gr.Textbox(label="Name", elem_id="name")
    gr.Button("Plain", elem_id="plain")
    gr.Button("Main", variant="primary")
    gr.Button("Read").click(None, None, box, js="() => fromHead() + document.querySelector('#plain').textContent")

demo.launch(
    theme=theme,
    css="body { --input-radius: 13px } .dark .gradio-container #name { border-top: 2px solid red } #plain { opacity: 0.5 }",
    head="<script>function fromHead() { return 'head and ' }</script><style>#plain { letter-spacing: 3px }</style>",
)
"""


def test_theme_css_and_head_in_a_cell(lab: LabPage) -> None:
    lab.open([IN_A_CELL])
    lab.toggle_theme(False)
    lab.run_all()
    plain = lab.app.locator("#plain")
    expect(plain).to_have_css("background-color", "rgb(1, 2, 3)")
    expect(plain).to_have_css("letter-spacing", "3px")
    expect(plain).to_have_css("opacity", "0.5")
    expect(lab.app.get_by_role("textbox")).to_have_css("border-radius", "13px")
    lab.app.get_by_role("button", name="Read").click()
    expect(lab.app.get_by_role("textbox")).to_have_value("head and Plain")
    lab.toggle_theme(True)
    expect(plain).to_have_css("background-color", "rgb(4, 5, 6)")
    expect(lab.app.locator("#name")).to_have_css("border-top-color", "rgb(255, 0, 0)")


def test_an_app_without_a_theme_wears_the_notebooks_colours_live(lab: LabPage) -> None:
    lab.open(
        ["import nbblocks as gr\nwith gr.Blocks() as demo:\n    gr.Button('Go', variant='primary')\ndemo.launch()"]
    )
    lab.toggle_theme(False)
    lab.run_all()
    button = lab.app.get_by_role("button", name="Go")
    brand = "getComputedStyle(document.body).getPropertyValue('--jp-brand-color1').trim()"
    paint = """(color) => { const probe = document.createElement('i'); probe.style.color = color; document.body.append(probe);
        const found = getComputedStyle(probe).color; probe.remove(); return found }"""
    expect(button).to_have_css("background-color", str(lab.page.evaluate(paint, lab.page.evaluate(brand))))
    ground = "getComputedStyle(document.body).getPropertyValue('--jp-layout-color0').trim()"
    for dark in (True, False):
        lab.toggle_theme(dark)
        expect(lab.app).to_have_css("background-color", str(lab.page.evaluate(paint, lab.page.evaluate(ground))))
    lab.page.evaluate("document.body.style.setProperty('--jp-brand-color1', 'rgb(120, 0, 120)')")
    expect(button).to_have_css("background-color", "rgb(120, 0, 120)")


#: look.md's anchor: eight inputs and two outputs, 1,100 px wide; 760 px in Gradio.
ANCHOR = """
import nbblocks as gr

with gr.Blocks() as demo:
    with gr.Row():
        with gr.Column():
            inputs = [gr.Textbox(label="Name", info="As on your card"), gr.Textbox(label="Mail")]
            inputs += [gr.Number(label="Age"), gr.Slider(label="Amount")]
        with gr.Column():
            inputs += [gr.Dropdown(["a", "b"], label="Pick"), gr.Radio(["a", "b", "c"], label="One of")]
            inputs += [gr.CheckboxGroup(["a", "b", "c"], label="Some of"), gr.Checkbox(label="Agreed")]
    with gr.Row():
        clear, send = gr.ClearButton(), gr.Button("Send", variant="primary")
    with gr.Row():
        outputs = [gr.Textbox(label="Answer"), gr.Label(label="Class")]
    send.click(lambda *values: ["", None], inputs, outputs)

demo.launch()
"""


def test_a_form_in_a_cell_is_not_high(lab: LabPage) -> None:
    lab.open([ANCHOR])
    lab.run_all()
    expect(lab.app.get_by_role("button", name="Send")).to_be_visible()
    box = lab.app.bounding_box()
    assert box is not None
    assert box["height"] <= 480


#: What a page says of itself, kept from its first moment on.
WATCH = """
window.shifts = []; window.long = [];
new PerformanceObserver((list) => shifts.push(...list.getEntries().map((one) => one.value)))
  .observe({ type: 'layout-shift', buffered: true });
new PerformanceObserver((list) => long.push(...list.getEntries().map((one) => [one.startTime, one.duration])))
  .observe({ type: 'longtask', buffered: true });
"""


def test_nothing_jumps_while_handlers_run(page: Page) -> None:
    step = threading.Semaphore(0)

    def work(text: str, progress: Any = gr.Progress()) -> tuple[str, dict[str, float], str]:
        for done in range(4):
            progress((done, 4), desc="Reading")
            step.acquire(timeout=10)
        return text.upper(), {"cat": 0.6, "dog": 0.4}, "# Made"

    with gr.Blocks() as demo:
        given = gr.Textbox("hello", label="Given")
        run = gr.Button("Run")
        results = [gr.Textbox("old", label="Text"), gr.Label({"cat": 0.7, "dog": 0.3}), gr.Markdown("# Old")]
        gr.Textbox("below", label="Below")
        run.click(work, given, results)
    page.add_init_script(WATCH)
    shown(page, demo)
    expect(page.get_by_role("heading", name="Old")).to_be_visible()
    page.evaluate("shifts.length = 0")
    run_button = page.get_by_role("button", name="Run")
    run_button.evaluate("(button) => button.click()")  # no input of a user, after which shifts do not count
    for done in range(4):
        expect(page.get_by_text(f"Reading · {done} / 4").first).to_be_visible()
        step.release()
    expect(page.get_by_role("heading", name="Made")).to_be_visible()
    expect(page.get_by_text("Reading")).to_have_count(0)
    assert page.evaluate("shifts.reduce((sum, one) => sum + one, 0)") < 0.02


@pytest.mark.parametrize("multiselect", [False, True])
def test_a_list_of_5000_opens_without_a_long_task(page: Page, multiselect: bool) -> None:
    with gr.Blocks() as demo:
        gr.Dropdown([f"Option {n}" for n in range(5000)], label="Big", multiselect=multiselect, interactive=True)
    page.add_init_script(WATCH)
    shown(page, demo)
    page.wait_for_load_state("networkidle")
    for _ in range(2):  # cold, then warm
        begin = page.evaluate("new Promise((done) => requestIdleCallback(() => done(performance.now())))")
        page.get_by_label("Big", exact=True).click()
        expect(page.get_by_role("option").first).to_be_visible()
        page.evaluate("new Promise((done) => requestIdleCallback(done))")
        assert page.evaluate("(begin) => long.filter(([start]) => start >= begin)", begin) == []
        page.keyboard.press("Escape")
        expect(page.get_by_role("option")).to_have_count(0)
