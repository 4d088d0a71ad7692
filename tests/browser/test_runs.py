"""Past runs, kept in the browser of who made them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Standalone
from tests.browser.test_accessibility import AXE, violations
from tests.browser.test_files import png

APP = """
import nbblocks as gr

def shout(text, image):
    if text == "bad":
        raise gr.Error("no <b>such</b> text")
    return f"<img src=x onerror=window.hacked=1>{text.upper()}", image

with gr.Blocks() as demo:
    ticks = gr.Number(label="Ticks")
    timer = gr.Timer(0.05)
    timer.tick(lambda n: (n or 0) + 1, ticks, ticks)
    text, picture = gr.Textbox(label="Text"), gr.Image(label="Picture", type="filepath")
    loud, same = gr.Textbox(label="Loud"), gr.Image(label="Same")
    gr.Button("Go").click(shout, [text, picture], [loud, same])
demo.launch(RUN)
"""


def run_once(page: Page, text: str) -> None:
    page.get_by_label("Text", exact=True).fill(text)
    page.get_by_role("button", name="Go").click()


def opened_runs(page: Page) -> None:
    page.get_by_role("button", name="Runs").click()
    expect(page.get_by_role("dialog", name="Runs")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_runs_are_looked_at_put_back_and_deleted(page: Page, standalone: Standalone, scheme: str) -> None:
    server = standalone(APP.replace("RUN", ""))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(server.url)
    expect(page.get_by_label("Ticks")).not_to_have_value("")
    expect(page.get_by_role("button", name="Runs")).to_have_count(0)  # a timer's runs are none
    page.locator("input[type=file]").first.set_input_files(png("a.png"))
    run_once(page, "hello")
    expect(page.get_by_label("Loud")).to_have_value(re.compile("HELLO"))
    expect(page.get_by_role("button", name="Runs")).to_be_visible()
    run_once(page, "bad")
    expect(page.get_by_text("no such text")).to_be_visible()

    page.reload()
    page.get_by_role("button", name="Runs").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Runs")
    runs = dialog.get_by_role("listitem")
    expect(runs).to_have_count(2)
    expect(runs.nth(0).get_by_text("Error,")).to_be_visible()
    runs.nth(1).locator("summary").focus()
    page.keyboard.press("Enter")
    expect(runs.nth(1).get_by_role("region", name="Inputs")).to_contain_text("hello")
    expect(runs.nth(1).get_by_role("region", name="Outputs")).to_contain_text(
        "<img src=x onerror=window.hacked=1>HELLO"
    )
    for picture in runs.nth(1).locator("dd img").all():
        expect(picture).to_have_js_property("naturalWidth", 40)
    assert runs.nth(1).locator("dd img").count() == 2
    if AXE.exists():
        told = violations(page, "document.querySelector('dialog')")
        assert not told, "\n".join(told)

    runs.nth(1).get_by_role("button", name="Put back").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_label("Text", exact=True)).to_have_value("hello")
    expect(page.get_by_label("Loud")).to_have_value("")
    page.get_by_role("button", name="Go").click()  # the picture is one of this session's
    expect(page.get_by_label("Loud")).to_have_value(re.compile("HELLO"))

    opened_runs(page)
    expect(runs).to_have_count(3)
    runs.nth(0).locator("summary").click()
    runs.nth(0).get_by_role("button", name="Delete").click()
    expect(runs).to_have_count(2)
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    dialog.get_by_role("button", name="Delete all").click()
    expect(dialog.get_by_text("Nothing yet")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Runs")).to_have_count(0)
    page.reload()
    expect(page.get_by_label("Ticks")).not_to_have_value("")
    expect(page.get_by_role("button", name="Runs")).to_have_count(0)
    assert page.evaluate("window.hacked") is None
    assert all(url.startswith((server.url, "blob:", "data:")) for url in asked)


def test_what_others_wrote_into_the_store_is_no_run(page: Page, standalone: Standalone) -> None:
    page.goto(standalone(APP.replace("RUN", "")).url)
    run_once(page, "hello")
    expect(page.get_by_role("button", name="Runs")).to_be_visible()
    page.evaluate(
        """() => new Promise((resolve) => {
            const asked = indexedDB.open("nbblocks-runs");
            asked.onsuccess = () => {
                const change = asked.result.transaction(["heads", "bodies"], "readwrite");
                const [heads, bodies] = ["heads", "bodies"].map((name) => change.objectStore(name));
                heads.getAll().onsuccess = ({ target }) => {
                    const scope = target.result[0].scope;
                    heads.add({ id: 1000, scope, at_ms: 1, size_bytes: 1 });
                    bodies.add({ id: 1000, name: {}, inputs: 3 });
                };
                bodies.get(1).onsuccess = ({ target }) => {
                    const run = target.result;
                    run.name = run.inputs[0].label = "<img src=x onerror=window.hacked=1>";
                    run.inputs[0].value = { "<b>": ["<script>window.hacked=1</script>"] };
                    bodies.put(run);
                };
                change.oncomplete = resolve;
            };
        })"""
    )
    opened_runs(page)
    runs = page.get_by_role("dialog", name="Runs").get_by_role("listitem")
    expect(runs).to_have_count(1)
    runs.locator("summary").click()
    expect(runs.get_by_text("<script>")).to_be_visible()
    runs.get_by_role("button", name="Put back").click()
    expect(page.get_by_label("Text", exact=True)).to_be_visible()
    run_once(page, "again")
    expect(page.get_by_label("Loud")).to_have_value(re.compile("AGAIN"))
    assert page.evaluate("window.hacked") is None


@pytest.mark.parametrize("told", ["run_history=False", "footer_links=[]"])
def test_an_app_that_keeps_no_runs_has_none(page: Page, standalone: Standalone, told: str) -> None:
    page.goto(standalone(APP.replace("RUN", told)).url)
    run_once(page, "hello")
    expect(page.get_by_label("Loud")).to_have_value(re.compile("HELLO"))
    assert page.evaluate("async () => (await indexedDB.databases()).length") == 0
    expect(page.get_by_role("button", name="Runs")).to_have_count(0)
