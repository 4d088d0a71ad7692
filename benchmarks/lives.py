"""What stays behind in a notebook: memory after many runs and reloads, bytes in the saved file; Voilà's first paint."""

from __future__ import annotations

import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks.measure import page_mb
from tests.browser.lab import JupyterServer, LabPage
from tests.browser.voila import voila_server

WARM = 20

#: Memory of the kernel in MB, after a collection.
KERNEL_MB = """
import gc, os, resource
gc.collect()
with open("/proc/self/statm") as f:
    print(int(f.read().split()[1]) * resource.getpagesize() / 1e6)
"""

FIFTY = """
import nbblocks as gr
with gr.Blocks() as demo:
    boxes = [gr.Textbox(f"value {i}", label=f"Box {i}") for i in range(49)]
    gr.Button("Go").click(lambda *texts: texts, boxes, boxes)
demo.launch()
"""

FIFTY_WIDGETS = """
import ipywidgets
from IPython.display import display
display(ipywidgets.VBox([ipywidgets.Text(description=f"Box {i}") for i in range(50)]))
"""


@dataclass(frozen=True)
class Left:
    kernel_mb: float  #: of the kernel, and of the page's objects, for each run or reload
    page_mb: float


def runs(lab: LabPage, source: str, count: int = 100) -> Left:
    """Megabytes that each run of a cell leaves, after the first few."""
    lab.open([source])

    def run(times: int) -> tuple[float, float]:
        for _ in range(times):
            lab.run_all()
        lab.page.wait_for_timeout(1000)
        return float(lab.kernel_exec(KERNEL_MB)), page_mb(lab.page)

    before, after = run(WARM), run(count)
    lab.close()
    return Left((after[0] - before[0]) / count, (after[1] - before[1]) / count)


def reloads(lab: LabPage, source: str, count: int = 100) -> float:
    """Megabytes that each reload of the page leaves in the kernel, after the first few."""
    lab.open([source])
    lab.run_all()
    lab.page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")

    def reload(times: int) -> float:
        for _ in range(times):
            lab.reload()
            lab.app.locator("textarea").first.wait_for()
        return float(lab.kernel_exec(KERNEL_MB))

    before_mb, after_mb = reload(WARM // 2), reload(count)
    lab.close()
    return (after_mb - before_mb) / count


def saved_kb(lab: LabPage, jupyter: JupyterServer, apps: int = 10) -> float:
    """Kilobytes by which a saved notebook grows for each of its apps of fifty components."""
    lab.open([FIFTY] * apps)
    path = max(jupyter.directory.glob("*.ipynb"), key=lambda found: found.stat().st_mtime)
    before = path.stat().st_size
    lab.run_all()
    lab.page.wait_for_timeout(1500)
    lab.page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    after = path.stat().st_size
    lab.close()
    return (after - before) / apps / 1000


def painted(browser: Browser, sources: dict[str, tuple[list[str], str]], rounds: int = 5) -> dict[str, float]:
    """Seconds until what a selector finds is visible on the page that Voilà makes of some cells, in turn; medians."""
    found: dict[str, list[float]] = {which: [] for which in sources}
    for _ in range(rounds):
        for which, (cells, selector) in sources.items():
            with tempfile.TemporaryDirectory() as name, voila_server(Path(name), cells) as server:
                for is_warm in (False, True):  # the first visit loads Voilà itself
                    page = browser.new_page()
                    started = time.perf_counter()
                    page.goto(server.url, wait_until="commit")
                    page.locator(selector).last.wait_for(timeout=60_000)
                    if is_warm:
                        found[which].append(time.perf_counter() - started)
                    page.close()
    return {which: statistics.median(times) for which, times in found.items()}
