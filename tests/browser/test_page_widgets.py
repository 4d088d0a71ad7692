"""Other widgets on a page without a notebook: anywidgets by their own modules, classic ones by Jupyter's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.apps import COUNTER_WIDGET
from tests.browser.processes import Server
from tests.hosts.jupyter import TOKEN, Jupyter

APP = (
    COUNTER_WIDGET
    + """
slider = ipywidgets.IntSlider(3, max=10, description="Guest")
with gr.Blocks() as demo:
    counter = gr.Widget(Counter(), trait="count", label="Counter")
    classic = gr.Widget(slider)
    box = gr.Widget(ipywidgets.VBox([ipywidgets.Label("inside a box"), Counter(count=7)]))
    out, go, reset = gr.Textbox(label="Out"), gr.Button("Add"), gr.Button("Reset")
    go.click(lambda a, b: f"{a} + {b}", [counter, classic], out)
    reset.click(lambda: (0, 1), None, [counter, classic])
demo.launch(inline=False)
"""
)

Standalone = Callable[[str | Path], Server]


def opened(chromium_page: Page, url: str) -> Page:
    chromium_page.goto(url)
    expect(chromium_page.get_by_role("button", name="count 0")).to_be_visible()
    return chromium_page


def works(page: Page) -> None:
    counter = page.get_by_role("button", name="count").first
    expect(counter).to_have_css("color", "rgb(1, 2, 3)")
    readout = page.locator(".widget-readout").first
    expect(readout).to_have_text("3")
    expect(page.get_by_text("inside a box")).to_be_visible()
    expect(page.get_by_role("button", name="count 7")).to_be_visible()
    counter.click()
    counter.click()
    readout.fill("5")
    readout.press("Enter")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_label("Out")).to_have_value("2 + 5")
    page.get_by_role("button", name="Reset").click()
    expect(counter).to_have_text("count 0")
    expect(readout).to_have_text("1")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_label("Out")).to_have_value("0 + 1")


def test_widgets_on_a_page_of_its_own_and_each_visitor_has_a_copy(page: Page, standalone: Standalone) -> None:
    url = standalone(APP).url
    opened(page, url)
    other = page.context.new_page()
    other.goto(url)
    works(page)
    expect(other.get_by_role("button", name="count 0")).to_be_visible()
    expect(other.locator(".widget-readout").first).to_have_text("3")
    other.reload()  # nor does a later visitor see what another entered
    expect(other.locator(".widget-readout").first).to_have_text("3")
    other.get_by_role("button", name="Add").click()
    expect(other.get_by_label("Out")).to_have_value("0 + 3")


def test_widgets_of_a_kernel_at_its_servers_address(page: Page, jupyter_with: Callable[..., Jupyter]) -> None:
    server = jupyter_with()
    kernel = server.start_kernel()
    kernel.run(APP)
    opened(page, f"{server.url}{kernel.path()}?token={TOKEN}")
    works(page)


PACKAGES = {
    "ipyleaflet": (
        """
import ipyleaflet, nbblocks as gr
made = ipyleaflet.Map(layers=(), center=(1, 2), zoom=3)
""",
        [".leaflet-container", ".leaflet-control-zoom-in"],
    ),
    "bqplot": (
        """
import bqplot, nbblocks as gr
scales = {"x": bqplot.LinearScale(), "y": bqplot.LinearScale()}
line = bqplot.Lines(x=[1, 2, 3], y=[1, 4, 2], scales=scales)
made = bqplot.Figure(marks=[line], axes=[bqplot.Axis(scale=scales["x"])], title="Figure")
""",
        [".bqplot", ".bqplot path.line", ".bqplot .axis"],
    ),
}


@pytest.mark.parametrize("host", ["a page of its own", "a Jupyter server"])
@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_of_widgets_brings_its_own_module(
    package: str, host: str, page: Page, standalone: Standalone, jupyter_with: Callable[..., Jupyter]
) -> None:
    pytest.importorskip(package)
    code, shown = PACKAGES[package]
    code += "with gr.Blocks() as demo:\n    gr.Widget(made)\ndemo.launch(inline=False)"
    if host == "a page of its own":
        page.goto(standalone(code).url)
    else:
        server = jupyter_with()
        kernel = server.start_kernel()
        kernel.run(code)
        page.goto(f"{server.url}{kernel.path()}?token={TOKEN}")
    for selector in shown:
        expect(page.locator(selector).first).to_be_visible(timeout=15_000)
