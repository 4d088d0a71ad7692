"""One file that stays interactive, with nothing behind it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, Request, expect

import nbblocks as gr
from nbblocks.exceptions import DeclarationError


def opened(page: Page, demo: gr.Blocks, tmp_path: Path, **inputs: object) -> list[str]:
    """Show the frozen file; what it asks the network for is added to the list."""
    file = tmp_path / "frozen.html"
    demo.freeze(file, **inputs)  # type: ignore[arg-type]
    asked: list[str] = []

    def requested(request: Request) -> None:
        if request.url.split(":")[0] not in ("file", "blob", "data"):
            asked.append(request.url)

    page.on("request", requested)
    page.goto(file.as_uri())
    return asked


def test_it_answers_for_every_input_that_was_chosen(page: Page, tmp_path: Path) -> None:
    def area(side, unit, doubled):
        return f"{side * side * (2 if doubled else 1)} {unit}²"

    with gr.Blocks(title="Frozen") as demo:
        gr.Markdown("# An **area**")
        side = gr.Slider(1, 5, value=1, step=0.5, label="Side")
        unit = gr.Radio(["m", "km"], value="m", label="Unit")
        doubled = gr.Checkbox(label="Doubled")
        answer, length = gr.Textbox(label="Area"), gr.Number(label="Length")
        gr.on([side.change, unit.change, doubled.change], area, [side, unit, doubled], answer)
        answer.change(len, answer, length)
    asked = opened(page, demo, tmp_path, inputs={side: [1, 2, 5]})

    expect(page.get_by_role("heading", name="An area")).to_be_visible()
    page.get_by_label("km").check()
    expect(page.get_by_label("Area")).to_have_value("1 km²")
    page.get_by_label("Doubled").check()
    expect(page.get_by_label("Area")).to_have_value("2 km²")
    expect(page.get_by_label("Length")).to_have_value("5")
    number = page.get_by_role("spinbutton", name="Side")
    number.fill("4.5")  # not chosen: the nearest that was
    number.press("Enter")
    expect(page.get_by_label("Area")).to_have_value("50 km²")
    expect(number).to_have_value("5")
    assert asked == []


def test_pictures_streams_errors_and_chains_are_in_it(page: Page, tmp_path: Path) -> None:
    def picture(kind):
        image = np.zeros((20, 30, 3), np.uint8)
        image[:] = (255, 0, 0) if kind == "red" else (0, 0, 255)
        return image

    def count():
        yield from "123"

    def fail(kind):
        raise gr.Error(f"no {kind}")

    with gr.Blocks() as demo:
        kind, shown = gr.Dropdown(["red", "blue"], value="red", label="Kind"), gr.Image(label="Shown")
        counted, ended = gr.Textbox(label="Counted"), gr.Textbox(label="Ended")
        gr.Button("Draw").click(picture, kind, shown)
        gr.Button("Count").click(count, None, counted).then(lambda: "ended", None, ended)
        gr.Button("Fail").click(fail, kind)
    asked = opened(page, demo, tmp_path)

    page.get_by_role("button", name="Draw").click()
    size = page.locator("img[src]").first.evaluate(
        "async i => { await i.decode(); return [i.naturalWidth, i.naturalHeight] }"
    )
    assert size == [30, 20]
    page.get_by_role("button", name="Count").click()
    expect(page.get_by_label("Counted")).to_have_value("3")
    expect(page.get_by_label("Ended")).to_have_value("ended")
    page.get_by_role("button", name="Fail").click()
    expect(page.get_by_text("no red")).to_be_visible()
    assert asked == []


def test_what_a_function_gives_another_takes(page: Page, tmp_path: Path) -> None:
    with gr.Blocks() as demo:
        word, shown = gr.Textbox("a", label="Word", interactive=False), gr.Textbox(label="Shown")
        gr.Button("Next").click(lambda w: {"a": "b", "b": "c"}.get(w, w), word, word)
        gr.Button("Show").click(lambda w: w.upper(), word, shown)
    opened(page, demo, tmp_path)
    for letter in "BC":
        page.get_by_role("button", name="Next").click()
        page.get_by_role("button", name="Show").click()
        expect(page.get_by_label("Shown")).to_have_value(letter)


def test_what_was_not_chosen_is_said(page: Page, tmp_path: Path) -> None:
    with gr.Blocks() as demo:
        text, shown = gr.Textbox(label="Text"), gr.Textbox(label="Shown")
        gr.Button("Upper").click(str.upper, text, shown)
    opened(page, demo, tmp_path, inputs={text: ["one", "two"]})
    page.get_by_label("Text").fill("two")
    page.get_by_role("button", name="Upper").click()
    expect(page.get_by_label("Shown")).to_have_value("TWO")
    page.get_by_label("Text").fill("three")
    page.get_by_role("button", name="Upper").click()
    expect(page.get_by_text("was made without these inputs")).to_be_visible()
    expect(page.get_by_label("Shown")).to_have_value("TWO")


def test_what_cannot_be_known_before_is_named_and_said(page: Page, tmp_path: Path) -> None:
    with gr.Blocks() as demo:
        count, shown = gr.State(0), gr.Number(label="Shown")
        gr.Button("More").click(lambda n: (n + 1, n + 1), count, [count, shown], api_name="more")
    with pytest.warns(UserWarning, match="uses a State"):
        opened(page, demo, tmp_path)
    page.get_by_role("button", name="More").click()
    expect(page.get_by_text("uses a State")).to_be_visible()


def test_too_many_inputs_are_refused() -> None:
    with gr.Blocks() as demo:
        a, b, out = gr.Number(0), gr.Number(0), gr.Number()
        gr.Button().click(lambda x, y: x + y, [a, b], out)
    with pytest.raises(DeclarationError, match="more than 50 calls"):
        demo.freeze(inputs={a: list(range(10)), b: list(range(10))}, max_runs=50)
