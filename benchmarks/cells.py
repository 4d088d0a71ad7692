"""What a notebook's page shows of its cells."""

from __future__ import annotations

import statistics

from benchmarks.pages import answered_ms
from tests.browser.lab import LabPage

#: Milliseconds from running the notebook's second cell until its hundredth field is on the page, as the page sees it.
#: What an earlier run of it left is done by then.
HUNDRED = """async () => {
    const fields = () => {
        const roots = [document, ...[...document.querySelectorAll('.nbblocks-host')].map((host) => host.shadowRoot)];
        const wanted = '.jp-OutputArea-output input, textarea.nb-input';
        const found = roots.flatMap((root) => [...root.querySelectorAll(wanted)]);
        return found.filter((field) => field.getClientRects().length > 0).length;
    };
    const frame = () => new Promise(requestAnimationFrame);
    await window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs');
    while (fields() > 0) await frame();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    window.jupyterapp.shell.currentWidget.content.activeCellIndex = 1;
    const started = performance.now();
    window.jupyterapp.commands.execute('notebook:run-cell');
    while (fields() < 100) await frame();
    return performance.now() - started;
}"""


def hundred(lab: LabPage, source: str, runs: int = 7) -> float:
    """Milliseconds until a hundred fields are visible, median; the first run, which loads the runtime, is left out."""
    lab.open(["import nbblocks, ipywidgets, anywidget", source])
    lab.run_cell(0)
    times = [float(lab.page.evaluate(HUNDRED)) for _ in range(runs + 1)]
    lab.close()
    return statistics.median(times[1:])


def busy(lab: LabPage, source: str, clicks: int = 30) -> tuple[float, float]:
    """Milliseconds, p50 and p95, of clicks while a cell runs and sets component values."""
    cell = "import time\nfor n in range(200):\n    name.value = f'set {n}'\n    time.sleep(0.1)"
    lab.open([source, cell])
    lab.run_cell(0)
    button, out = lab.app.get_by_role("button", name="Go", exact=True), lab.app.get_by_label("Out")
    button.wait_for(state="visible")
    lab.page.wait_for_timeout(500)
    lab.run_cell(1, wait=False)
    lab.page.wait_for_timeout(500)
    times = []
    for _ in range(clicks):
        lab.page.wait_for_timeout(200)
        times.append(answered_ms(button, out))
    still_running = lab.state().execution_counts[1] is None
    lab.close()
    if not still_running:
        raise RuntimeError("the cell ended before the clicks did")
    return statistics.median(times), sorted(times)[int(0.95 * clicks)]


def clicking(lab: LabPage, ours: str, theirs: str, clicks: int = 60) -> dict[str, tuple[float, float]]:
    """Milliseconds of a click in a cell: settled, and right after typing.

    Both apps stand in one notebook and are clicked in turn, so that a busy machine is as busy for both.
    """
    lab.open([ours, theirs])
    lab.run_all()
    page = lab.page
    fields = page.locator(".jp-OutputArea-output input[type=text]")
    apps = {
        "nbblocks": (
            lab.app.get_by_role("button", name="Go", exact=True),
            lab.app.get_by_label("Name"),
            lab.app.get_by_label("Out"),
        ),
        "ipywidgets": (page.locator(".jp-OutputArea-output .jupyter-button"), fields.nth(0), fields.nth(1)),
    }
    settled: dict[str, list[float]] = {which: [] for which in apps}
    typed: dict[str, list[float]] = {which: [] for which in apps}
    for button, _, _ in apps.values():
        button.wait_for(state="visible")
    page.wait_for_timeout(2000)
    for n in range(clicks):
        for which, (button, name, out) in apps.items():
            name.fill(f"a{n}")
            name.blur()
            page.wait_for_timeout(350)
            settled[which].append(answered_ms(button, out))
            page.wait_for_timeout(150)
            name.fill(f"b{n}")
            typed[which].append(answered_ms(button, out))
            page.wait_for_timeout(150)
    lab.close()
    return {which: (statistics.median(settled[which]), statistics.median(typed[which])) for which in apps}
