"""Both ways with ipywidgets: a component among widgets, a widget among components; and what a kernel's variables are."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.apps import COUNTER_WIDGET
from tests.browser.lab import LabPage

ALONE = """
import nbblocks as gr
from IPython.display import display
box = gr.Textbox("first", label="Alone")
display(box)
"""


def test_one_component_is_shown_alone(lab: LabPage) -> None:
    lab.open([ALONE, "box.value = 'by a cell'"])
    lab.run_cell(0)
    expect(lab.app.get_by_label("Alone")).to_have_value("first")
    lab.run_cell(1)
    expect(lab.app.get_by_label("Alone")).to_have_value("by a cell")


AMONG = """
import ipywidgets, nbblocks as gr
with gr.Blocks() as demo:
    slider = gr.Slider(0, 10, 3, label="Slider")
    twice = gr.Number(label="Twice")
    slider.change(lambda n: 2 * n, slider, twice)
seen = []
slider.widget.observe(lambda change: seen.append((change.old, change.new)), "value")
other = ipywidgets.IntSlider(max=10, description="Other")
link = ipywidgets.jslink((slider.widget, "value"), (other, "value"))
ipywidgets.VBox([slider.widget, other, twice.widget])
"""


def test_a_component_among_widgets(lab: LabPage) -> None:
    lab.open([AMONG, "print(slider.widget.value, seen)", "slider.widget.value = 8"])
    lab.run_cell(0)
    number = lab.app.get_by_role("spinbutton", name=re.compile("Slider"))
    expect(number).to_have_value("3")
    readout = lab.output(0).locator(".widget-readout")
    expect(readout).to_have_text("3")
    number.fill("5")
    number.press("Enter")
    expect(readout).to_have_text("5")
    expect(lab.app.get_by_label("Twice")).to_have_value("10")
    lab.run_cell(1)
    expect(lab.output(1)).to_contain_text("5")
    expect(lab.output(1)).to_contain_text("(3, 5)")
    lab.run_cell(2)
    expect(number).to_have_value("8")
    expect(readout).to_have_text("8")
    expect(lab.app.get_by_label("Twice")).to_have_value("16")


def shown_in(host: str, cell: str, request: pytest.FixtureRequest) -> Page:
    """The page of a notebook of one cell, in JupyterLab or by Voilà."""
    if host == "lab":
        lab: LabPage = request.getfixturevalue("lab")
        lab.open([cell])
        lab.run_cell(0)
        return lab.page
    page: Page = request.getfixturevalue("page")
    page.goto(request.getfixturevalue("voila")([cell]).url)
    return page


GUESTS = (
    COUNTER_WIDGET
    + """
with gr.Blocks() as demo:
    slider = gr.Widget(ipywidgets.IntSlider(3, max=10, description="Guest"))
    counter = gr.Widget(Counter(), trait="count", label="Counter")
    out, go = gr.Textbox(label="Out"), gr.Button("Add")
    go.click(lambda a, b: f"{a} + {b}", [slider, counter], out)
    counter.change(lambda n: n, counter, slider)
    gr.Button("Another").click(lambda: ipywidgets.Button(description="New one"), None, counter)
demo.launch()
"""
)


@pytest.mark.parametrize("host", ["lab", "voila"])
def test_widgets_among_components(host: str, request: pytest.FixtureRequest) -> None:
    page = shown_in(host, GUESTS, request)
    app = page.locator(".gradio-container")
    guest = page.locator(".nbblocks-host .widget-slider")
    expect(guest).to_be_visible(timeout=30_000)
    width = guest.locator(".noUi-target").evaluate("e => e.getBoundingClientRect().width")
    assert width > 50, "it has lost its styles"
    button = page.locator(".nbblocks-host .counter")
    expect(button).to_have_css("color", "rgb(1, 2, 3)")
    expect(button).to_have_text("count 0")
    for _ in range(7):
        button.click()
    expect(guest.locator(".widget-readout")).to_have_text("7")
    app.get_by_role("button", name="Add").click()
    expect(app.get_by_label("Out")).to_have_value("7 + 7")
    app.get_by_role("button", name="Another").click()
    expect(page.locator(".nbblocks-host").get_by_role("button", name="New one")).to_be_visible()
    expect(button).to_have_count(0)


LIBRARIES = """
import bqplot, ipyleaflet, ipywidgets, jscatter, nbblocks as gr, numpy as np
x = np.arange(10)
scales = {"x": bqplot.LinearScale(), "y": bqplot.LinearScale()}
marks = bqplot.Scatter(x=x, y=x**2, scales=scales)
axes = [bqplot.Axis(scale=scales["x"]), bqplot.Axis(scale=scales["y"], orientation="vertical")]
points = jscatter.Scatter(x=np.linspace(0, 1, 50), y=np.linspace(0, 1, 50) ** 2, height=240)
with gr.Blocks() as demo:
    place = gr.Widget(ipyleaflet.Map(layers=(), center=(1, 2), zoom=3), trait="zoom")
    figure = gr.Widget(bqplot.Figure(marks=[marks], axes=axes), trait="title")
    chosen = gr.Widget(points.widget, trait="selection")
    out = gr.Textbox(label="Out")
    gr.Button("Read").click(lambda z, t, c: f"{z:g} {t!r} {[int(i) for i in c]}", [place, figure, chosen], out)
    gr.Button("Set").click(lambda: (5, "squares", np.array([1, 2, 3])), None, [place, figure, chosen])
demo.launch()
"""


@pytest.mark.parametrize("host", ["lab", "voila"])
def test_widgets_of_known_libraries_among_components(host: str, request: pytest.FixtureRequest) -> None:
    for module in ("bqplot", "ipyleaflet", "jscatter"):
        pytest.importorskip(module)
    page = shown_in(host, LIBRARIES, request)
    app = page.locator(".gradio-container")
    nearer = page.locator(".nbblocks-host .leaflet-control-zoom-in")
    expect(nearer).to_be_visible(timeout=60_000)
    assert nearer.evaluate("e => e.getBoundingClientRect().height") > 20, "it has lost its styles"
    expect(page.locator(".nbblocks-host .bqplot .dot")).to_have_count(10, timeout=30_000)
    expect(page.locator(".nbblocks-host canvas").first).to_be_visible(timeout=30_000)
    nearer.click()
    expect(page.locator(".nbblocks-host .leaflet-container")).to_be_visible()

    def read(expected: str) -> None:
        """A widget tells of itself when it is ready to, so it may have to be asked again."""
        out = app.get_by_label("Out")
        for _ in range(20):
            app.get_by_role("button", name="Read").click()
            try:
                expect(out).to_have_value(expected, timeout=1000)
            except AssertionError:
                continue
            return
        expect(out).to_have_value(expected)

    read("4 '' []")
    app.get_by_role("button", name="Set").click()
    expect(page.locator(".nbblocks-host .bqplot").get_by_text("squares")).to_be_visible()
    read("5 'squares' [1, 2, 3]")


TAB = """
import ipywidgets, nbblocks as gr
with gr.Blocks() as demo:
    box, out = gr.Textbox(label="In"), gr.Textbox(label="Out")
    box.submit(str.upper, box, out)
output = ipywidgets.Output()
with output:
    demo.launch()
ipywidgets.Tab([ipywidgets.Label("one"), output], titles=["One", "App"])
"""


def test_an_app_in_a_tab_of_ipywidgets(lab: LabPage) -> None:
    lab.open([TAB])
    lab.run_cell(0)
    lab.page.get_by_role("tab", name="App").click()
    box = lab.app.get_by_label("In")
    box.fill("hello")
    box.press("Enter")
    expect(lab.app.get_by_label("Out")).to_have_value("HELLO")


BOUND = """
import nbblocks as gr
alpha = 3
with gr.Blocks() as demo:
    gr.Slider(0, 10, bind="alpha", label="Alpha")
    gr.Textbox("made", bind="made_here", label="Made")
demo.launch()
"""


def test_a_component_and_a_variable_have_one_value(lab: LabPage) -> None:
    lab.open([BOUND, "alpha = 7", "print('alpha is', alpha, made_here)"])
    lab.run_cell(0)
    number = lab.app.get_by_role("spinbutton", name=re.compile("Alpha"))
    expect(number).to_have_value("3")
    lab.run_cell(1)
    expect(number).to_have_value("7")
    number.fill("4")
    number.press("Enter")
    lab.page.wait_for_timeout(400)  # the page sends an edit that no event carries after a while
    lab.run_cell(2)
    expect(lab.output(2)).to_contain_text("alpha is 4 made")


def test_a_magic_makes_a_cell_an_app(lab: LabPage) -> None:
    cell = '%%blocks mine --height 300\nbox = gr.Textbox(label="In")\nout = gr.Textbox(label="Out")\n'
    cell += "box.submit(lambda t: t[::-1], box, out)"
    own = "%%blocks\nwith gr.Blocks() as second:\n    gr.Markdown('# By itself')"
    lab.open(["import nbblocks as gr\n%load_ext nbblocks", cell, own, "print(mine)"])
    lab.run_all()
    box = lab.app.get_by_label("In")
    box.fill("abc")
    box.press("Enter")
    expect(lab.app.get_by_label("Out")).to_have_value("cba")
    expect(lab.app.get_by_role("heading", name="By itself")).to_be_visible()
    expect(lab.output(3)).to_contain_text("Blocks(")


RERUN = """
import nbblocks as gr
with gr.Blocks() as demo:
    kept = gr.Textbox("same", label="Kept")
    new = gr.Textbox({first!r}, label="New")
    out = gr.Textbox(label="Out")
    gr.Button("Run").click(lambda a, b: f"{{a}} {{b}}", [kept, new], out)
    demo.unload(lambda: print("unloaded"))
demo.launch()
"""


def test_a_cell_run_again_keeps_what_was_entered(lab: LabPage) -> None:
    lab.open([RERUN.format(first="one")])
    lab.run_cell(0)
    lab.app.get_by_label("Kept").fill("typed")
    lab.app.get_by_label("New").fill("typed too")
    lab.page.wait_for_timeout(400)
    lab.page.evaluate(
        "source => window.jupyterapp.shell.currentWidget.content.widgets[0].model.sharedModel.setSource(source)",
        RERUN.format(first="two"),
    )
    lab.run_cell(0)
    expect(lab.app.get_by_label("Kept")).to_have_value("typed")
    expect(lab.app.get_by_label("New")).to_have_value("two")
    lab.app.get_by_role("button", name="Run").click()
    expect(lab.app.get_by_label("Out")).to_have_value("typed two")


LEAVING = """
import nbblocks as gr
log = []
with gr.Blocks() as demo:
    gr.Markdown("# Here")
    demo.unload(lambda: log.append("gone"))
demo.launch()
"""


@pytest.mark.parametrize("how", ["clear", "rerun"])
def test_unload_runs_once_when_a_display_goes(lab: LabPage, how: str) -> None:
    lab.open([LEAVING])
    lab.run_cell(0)
    expect(lab.app.get_by_role("heading", name="Here")).to_be_visible()
    lab.page.wait_for_timeout(300)
    if how == "clear":
        lab._command("notebook:clear-cell-output")
        expect(lab.app).to_have_count(0)
        lab.kernel_exec("demo_log = log")
    else:
        lab.kernel_exec("kept = log")
        lab.page.evaluate(
            "source => window.jupyterapp.shell.currentWidget.content.widgets[0].model.sharedModel.setSource(source)",
            LEAVING.replace("log = []\n", "log = kept\n"),
        )
        lab.run_cell(0)
        expect(lab.app.get_by_role("heading", name="Here")).to_be_visible()
    lab.page.wait_for_timeout(500)
    assert lab.kernel_exec("print(log)").strip() == "['gone']"


def test_a_kernel_that_is_gone_is_told_of(lab: LabPage) -> None:
    lab.open([LEAVING])
    lab.run_cell(0)
    expect(lab.app.get_by_role("heading", name="Here")).to_be_visible()
    lab.page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.restartKernel()")
    expect(lab.app.get_by_text("Run the cell again")).to_be_visible(timeout=20_000)
    expect(lab.app.get_by_role("heading", name="Here")).to_be_visible()
