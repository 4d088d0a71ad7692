"""axe-core finds nothing to object to in players, recorders, models, figures and charts, in light and in dark."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

import nbblocks as gr
from tests.browser.test_accessibility import AXE
from tests.contract.media import CHART, COLORED, CUES, FILM, SOUND


def media() -> gr.Blocks:
    with gr.Blocks(title="Media") as demo:
        gr.Markdown("# Media")
        with gr.Row():
            gr.Audio(**SOUND, label="Shown", interactive=False, subtitles=CUES)
            gr.Audio(**SOUND, label="Editable", interactive=True)
            gr.Audio(label="Given")
            gr.Audio(label="Empty", interactive=False)
            gr.Microphone(label="Recorded")
            gr.Audio(**SOUND, label="Plain", waveform_options={"show_recording_waveform": False})
        with gr.Row():
            gr.Video(**FILM, label="Film", subtitles=CUES)
            gr.Video(label="Film given")
            gr.Video(label="Filmed", sources="webcam")
        with gr.Row():
            gr.Model3D(gr.Model3D().example_value(), label="Model")
            gr.Model3D(label="Model given")
        with gr.Row():
            gr.LinePlot(**COLORED, label="Line", buttons=["fullscreen", "export"], caption="A caption")
            gr.BarPlot(**CHART, label="Bars")
            gr.ScatterPlot(**CHART, title="Points")
        with gr.Row():
            gr.Plot({"type": "html", "plot": "<p>Free</p>"}, label="HTML")
            gr.Plot(label="No figure")
    return demo


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_media_are_accessible(page: Page, theme: str) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm install, in js/")
    demo = media()
    demo.launch(prevent_thread_lock=True, quiet=True, inline=False)
    page.goto(f"{demo.local_url}?__theme={theme}")
    editable = page.locator(".nb-block", has=page.get_by_text("Editable", exact=True))
    editable.get_by_role("button", name="Trim").click()
    expect(page.locator("[data-testid=native-plot] svg")).to_have_count(3)
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    demo.close(verbose=False)
    told = [f"{v['id']}: {node['html'][:200]}" for v in found["violations"] for node in v["nodes"]]
    assert not told, "\n".join(told)
