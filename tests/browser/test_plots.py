"""Figures and charts: drawn, updated in place, selected in."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Standalone
from tests.browser.lab import LabPage

CHARTS = """
import pandas as pd, nbblocks as gr
frame = pd.DataFrame({"a": range(11), "b": [1, 3, 2, 5, 4, 6, 8, 7, 9, 11, 10], "c": list("xyzxyzxyzxy")})
with gr.Blocks() as demo:
    line = gr.LinePlot(frame, x="a", y="b", label="Line", buttons=["export"])
    bars = gr.BarPlot(frame, x="c", y="b", y_aggregate="max", label="Bars", sort="-y")
    said = gr.Textbox(label="Said")
    def told(event: gr.SelectData):
        return f"{event.index[0]:.0f} to {event.index[1]:.0f}, {event.selected}"
    line.select(told, None, said)
    line.double_click(lambda: "twice", None, said)
    dates = frame.assign(t=pd.date_range("2024-01-01", periods=11, freq="D"))
    days = gr.LinePlot(dates, x="t", y="b", label="Days")
    gr.Button("Days").click(lambda: gr.LinePlot(x_lim=[1704326400, 1704499200], x_bin="1d"), None, days)
    gr.Button("More").click(lambda: frame.assign(b=frame.b * 100), None, line)
    gr.Button("Zoom").click(lambda: gr.LinePlot(x_lim=[2, 4]), None, line)
    gr.Button("Sum").click(lambda: gr.BarPlot(y_aggregate="sum"), None, bars)
demo.launch(LAUNCH)
"""


def check_charts(page: Page) -> None:
    root = page.locator(".gradio-container")
    line, bars = root.get_by_test_id("native-plot").nth(0), root.get_by_test_id("native-plot").nth(1)
    expect(line.locator("svg .mark-line path").first).to_be_visible()
    expect(bars.locator("[aria-roledescription=bar]")).to_have_count(3)
    first = bars.locator("[aria-roledescription=bar]").first
    expect(first).to_have_attribute("aria-label", "c: x; b: 11")
    said = root.get_by_label("Said")
    line.scroll_into_view_if_needed()
    box = line.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 100, steps=5)
    page.mouse.up()
    expect(said).to_have_value("3 to 6, True")
    page.mouse.dblclick(box["x"] + box["width"] * 0.8, box["y"] + 100)
    expect(said).to_have_value("twice")
    # what is drawn never goes away while another is made
    line.evaluate(
        """e => { window.empty = 0; const look = () => {
            if (![...e.querySelectorAll('svg')].some(s => getComputedStyle(s).visibility === 'visible')) window.empty += 1;
            requestAnimationFrame(look); }; look(); }"""
    )
    root.get_by_role("button", name="More").click()
    expect(line.get_by_text("1,000")).to_be_visible()
    root.get_by_role("button", name="Zoom").click()
    expect(line.get_by_text("2.5")).to_be_visible()
    assert page.evaluate("window.empty") == 0
    root.get_by_role("button", name="Days").click()
    expect(root.get_by_test_id("native-plot").nth(2).get_by_text("Fri 05")).to_be_visible()
    root.get_by_role("button", name="Sum").click()
    expect(bars.get_by_label("c: y; b: 24")).to_be_attached()


def test_charts_are_selected_in_and_updated_in_place(page: Page, standalone: Standalone) -> None:
    page.goto(standalone(CHARTS.replace("LAUNCH", "")).url)
    check_charts(page)
    block = page.locator(".nb-block", has=page.get_by_text("Line", exact=True))
    block.hover()
    with page.expect_download() as saved:
        block.get_by_role("button", name="Export as PNG").click()
    assert saved.value.suggested_filename == "chart.png"


def test_charts_in_a_cell(lab: LabPage) -> None:
    lab.open([CHARTS.replace("LAUNCH", "")])
    lab.run_all()
    check_charts(lab.page)


SCRIPTS_MS = 30_000  # megabytes come from the kernel first

FIGURES = """
import nbblocks as gr
from matplotlib.figure import Figure
import plotly.graph_objects as go, altair as alt, pandas as pd
from bokeh.plotting import figure
def matplotlib():
    made = Figure()
    made.subplots().plot([1, 3, 2])
    return made
def plotly(title="First"):
    return go.Figure(go.Scatter(x=[1, 2], y=[2, 1]), layout={"title": title})
def altair():
    return alt.Chart(pd.DataFrame({"a": [1, 2], "b": [3, 4]})).mark_bar().encode(x="a:N", y="b")
def bokeh():
    made = figure(title="Bokeh", height=200, sizing_mode="stretch_width")
    made.line([1, 2], [2, 1])
    return made
class Free:
    def _repr_html_(self):
        reach = "try { parent.document.title; reached = 'open' } catch { reached = 'closed' }"
        return f"<b>Free</b><script>let reached; {reach}; document.body.append(' ' + reached)</script>"
with gr.Blocks() as demo:
    for name, made in (("M", matplotlib), ("B", bokeh), ("A", altair), ("F", Free())):
        gr.Plot(made, label=name)
    plot = gr.Plot(plotly, label="P")
    gr.Button("More").click(lambda: plotly("Second"), None, plot)
demo.launch(LAUNCH)
"""


def check_figures(page: Page) -> None:
    root = page.locator(".gradio-container")
    expect(root.get_by_test_id("matplotlib").locator("img")).to_have_attribute("src", re.compile("^data:image/webp"))
    expect(root.get_by_test_id("altair").locator("[aria-roledescription=bar]")).to_have_count(2)
    expect(page.locator(".js-plotly-plot .gtitle")).to_have_text("First", timeout=SCRIPTS_MS)
    page.locator(".js-plotly-plot").evaluate("e => { e.dataset.same = 'yes' }")
    root.get_by_role("button", name="More").click()
    expect(page.locator(".js-plotly-plot[data-same=yes] .gtitle")).to_have_text("Second")
    expect(page.locator(".nb-plot-bokeh canvas").first).to_be_visible(timeout=SCRIPTS_MS)
    expect(root.get_by_title("F").content_frame.locator("body")).to_have_text("Free closed")


@pytest.fixture(scope="module")
def libraries() -> None:
    for name in ("altair", "bokeh", "matplotlib", "plotly"):
        pytest.importorskip(name)


@pytest.mark.usefixtures("libraries")
def test_figures_of_each_library(page: Page, standalone: Standalone) -> None:
    page.goto(standalone(FIGURES.replace("LAUNCH", "")).url)
    check_figures(page)


@pytest.mark.usefixtures("libraries")
def test_figures_of_each_library_in_a_cell(lab: LabPage) -> None:
    lab.open([FIGURES.replace("LAUNCH", "")])
    lab.run_all()
    check_figures(lab.page)
