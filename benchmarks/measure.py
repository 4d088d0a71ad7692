"""How each figure is taken."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_client.manager import start_new_kernel
from playwright.sync_api import Browser, Page

from tests.browser.lab import LabPage
from tests.browser.processes import Server, free_port, running

QUIET = {"GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_OFFLINE": "1", "GRADIO_SSR_MODE": "False"}

#: Milliseconds from a click until `out` shows something new, as the page itself sees it.
CLICK = """async ([root, button, out]) => {
    const read = () => (out.value ?? out.textContent);
    const before = read();
    const started = performance.now();
    button.click();
    while (read() === before) {
        await new Promise((resolve) => {
            const channel = new MessageChannel();
            channel.port1.onmessage = resolve;
            channel.port2.postMessage(0);
        });
        if (performance.now() - started > 5000) throw new Error('no answer');
    }
    return performance.now() - started;
}"""


@dataclass(frozen=True)
class Import:
    cpu_s: float
    memory_mb: float


def importing(python: str, module: str, runs: int = 5) -> Import:
    """CPU time and memory of a process that imports a module, beyond one that imports nothing."""
    code = (
        "import resource, sys; {}; u = resource.getrusage(resource.RUSAGE_SELF); "
        "kb = next(int(l.split()[1]) for l in open('/proc/self/status') if 'VmHWM' in l); "
        "print(u.ru_utime + u.ru_stime, kb / 1024)"
    )

    def once(statement: str) -> tuple[float, float]:
        env = {**os.environ, **QUIET, "PYTHONDONTWRITEBYTECODE": ""}
        printed = subprocess.run(
            [python, "-c", code.format(statement)], capture_output=True, text=True, env=env, check=True
        )
        cpu_s, memory_mb = printed.stdout.split()[-2:]
        return float(cpu_s), float(memory_mb)

    once(f"import {module}")  # writes the bytecode
    bare = [once("pass") for _ in range(runs)]
    full = [once(f"import {module}") for _ in range(runs)]
    medians = [[statistics.median(column) for column in zip(*rows, strict=True)] for rows in (bare, full)]
    return Import(medians[1][0] - medians[0][0], medians[1][1] - medians[0][1])


def kernel_cpu(source: str, runs: int = 7) -> float:
    """CPU milliseconds of a kernel that runs a cell, median; the first run, which imports, is left out."""
    code = (
        "import time\n"
        f"for _ in range({runs + 1}):\n"
        "    started = time.process_time()\n"
        f"    exec({source!r}, {{}})\n"
        "    print('cpu', time.process_time() - started, flush=True)\n"
    )
    printed: list[str] = []

    def keep(message: dict[str, Any]) -> None:
        if message["msg_type"] == "stream":
            printed.append(message["content"]["text"])

    manager, client = start_new_kernel(extra_arguments=["--log-level=ERROR"])
    try:
        reply = client.execute_interactive(code, output_hook=keep, timeout=60)
        if reply["content"]["status"] != "ok":
            raise RuntimeError("\n".join(reply["content"]["traceback"]))
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    times = [float(line.split()[1]) for line in "".join(printed).splitlines() if line.startswith("cpu ")]
    return statistics.median(times[1:]) * 1000


@contextmanager
def served(python: str, source: str, directory: Path) -> Iterator[Server]:
    """Run a program that serves a page."""
    script = directory / f"app_{free_port()}.py"
    script.write_text(source, encoding="utf-8")
    command = [python, str(script), str(free_port())]
    environment = {**QUIET, "PYTHONPATH": str(Path(__file__).parent.parent)}
    if python != sys.executable:
        environment["PYTHONPATH"] = ""
    with running(command, address=r"https?://[^\s'\"]+", cwd=directory, environment=environment) as server:
        yield server


@dataclass(frozen=True)
class Standalone:
    click_ms: float
    cpu_ms: float
    bytes: int
    requests: int


def standalone(browser: Browser, server: Server, clicks: int = 200) -> Standalone:
    """A page: its weight until the first answered click, then many clicks."""
    page = browser.new_page()
    weight, requests = weigh(page)
    page.goto(server.url)
    page.get_by_label("Name").fill("Ada")
    page.get_by_role("button", name="Go", exact=True).click()
    page.wait_for_function(
        "() => [...document.querySelectorAll('input, textarea')].some(e => e.value.startsWith('Hello'))"
    )
    total, count = sum(weight), len(requests)
    times = []
    before_s = cpu_s(server.process.pid)
    for n in range(clicks):
        page.get_by_label("Name").fill(f"Ada {n}")
        times.append(_click(page, page.get_by_role("button", name="Go", exact=True), page.get_by_label("Out")))
    cpu_ms = (cpu_s(server.process.pid) - before_s) / clicks * 1000
    page.close()
    return Standalone(statistics.median(times), cpu_ms, total, count)


#: Keeps the times at which the conversation on the page became another.
WATCH = """() => {
    const log = document.querySelector("[role=log]");
    let last = log.textContent;
    window.shown = [];
    new MutationObserver(() => {
        if (log.textContent === last) return;
        last = log.textContent;
        window.shown.push(performance.now());
    }).observe(log, { subtree: true, childList: true, characterData: true });
}"""


def chatting(browser: Browser, server: Server, message: str) -> tuple[float, float]:
    """An answer of 500 steps: how many of them, and how many states of the page, a second."""
    page = browser.new_page()
    page.goto(server.url)
    box = page.locator("textarea").first
    box.wait_for()
    page.wait_for_timeout(1500)
    page.evaluate(WATCH)
    box.fill(message)
    box.press("Enter")
    page.wait_for_function("document.querySelector('[role=log]').textContent.includes('word499')", timeout=120_000)
    shown = page.evaluate("window.shown")
    page.close()
    took_s = (shown[-1] - shown[0]) / 1000
    return 500 / took_s, len(shown) / took_s


#: Milliseconds from a click until the first of a growing text is there, until its end, and how many texts were seen.
GROW = """async ([button, out]) => {
    const seen = [];
    let last = out.value;
    const started = performance.now();
    button.click();
    while (seen.length === 0 || !last.endsWith("end")) {
        await new Promise(requestAnimationFrame);
        if (performance.now() - started > 60_000) throw new Error('no end');
        if (out.value === last) continue;
        last = out.value;
        seen.push(performance.now() - started);
    }
    return [seen[0], seen.at(-1), seen.length];
}"""


@dataclass(frozen=True)
class Growth:
    first_ms: float
    took_ms: float
    states_per_s: float
    bytes: int


def growing(browser: Browser, server: Server, steps: int = 500, runs: int = 5) -> Growth:
    """A handler that yields a growing text so many times, as a page sees it; medians."""
    page = browser.new_page()
    page.goto(server.url)
    name, out = page.get_by_label("Steps"), page.get_by_label("Out")
    button = page.get_by_role("button", name="Go", exact=True)
    name.fill("3")
    page.evaluate(GROW, [button.element_handle(), out.element_handle()])
    came = received(page)
    found = []
    for run in range(runs):  # each ends with another text: of one that is there already nothing would be seen
        name.fill(str(steps + run))
        page.wait_for_timeout(500)
        came.clear()
        first, took, states = page.evaluate(GROW, [button.element_handle(), out.element_handle()])
        found.append((first, took, states / took * 1000, sum(came)))
    page.close()
    first_ms, took_ms, states_per_s, weight = (statistics.median(column) for column in zip(*found, strict=True))
    return Growth(first_ms, took_ms, states_per_s, int(weight))


#: Milliseconds from a click until another picture is decoded on the page.
PICTURE = """async (button) => {
    const shown = () => [...document.querySelectorAll('img')].find((img) => img.naturalWidth === 3840 && img.complete);
    const before = shown()?.src;
    const started = performance.now();
    button.click();
    while (!shown() || shown().src === before) {
        await new Promise(requestAnimationFrame);
        if (performance.now() - started > 60_000) throw new Error('no picture');
    }
    await shown().decode();
    return performance.now() - started;
}"""


def picturing(browser: Browser, server: Server, runs: int = 5) -> float:
    """Milliseconds until a picture of 3840 × 2160 that a handler returns is seen, median."""
    page = browser.new_page()
    page.goto(server.url)
    button = page.get_by_role("button", name="Go", exact=True)
    times = []
    for run in range(runs + 1):
        page.get_by_label("Number").fill(str(run))
        page.wait_for_timeout(500)
        times.append(float(page.evaluate(PICTURE, button.element_handle())))
    page.close()
    return statistics.median(times[1:])


#: Milliseconds from a click until the first cell of a table is on the page.
TABLE = """async (button) => {
    const started = performance.now();
    button.click();
    const says = (root) => /4,?242,?424/.test((root.body ?? root).textContent)
        || [...root.querySelectorAll('*')].some((e) => e.shadowRoot && says(e.shadowRoot));
    while (!says(document)) {
        await new Promise(requestAnimationFrame);
        if (performance.now() - started > 120_000) throw new Error('no table');
    }
    return performance.now() - started;
}"""


def tabling(browser: Browser, server: Server, runs: int = 3) -> tuple[float, int]:
    """Milliseconds until a table that a handler returns is seen, median; bytes that came for it."""
    times, sizes = [], []
    for _ in range(runs):
        page = browser.new_page()
        page.goto(server.url)
        button = page.get_by_role("button", name="Go", exact=True)
        button.wait_for()
        page.wait_for_timeout(1000)
        weight = received(page)
        times.append(float(page.evaluate(TABLE, button.element_handle())))
        page.wait_for_timeout(500)
        sizes.append(sum(weight))
        page.close()
    return statistics.median(times), int(statistics.median(sizes))


def opening(browser: Browser, server: Server, runs: int = 3) -> float:
    """Seconds until the end of a long conversation is there and the page answers."""
    found = []
    for _ in range(runs):
        page = browser.new_page()
        started = time.perf_counter()
        page.goto(server.url, wait_until="commit")
        page.wait_for_function(
            "(document.querySelector('[role=log]')?.textContent ?? '').includes('Message 999')", timeout=120_000
        )
        page.evaluate("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(r))))")
        found.append(time.perf_counter() - started)
        page.close()
    return statistics.median(found)


def received(page: Page) -> list[int]:
    """Bytes as they come, also of an answer that never ends."""
    received: list[int] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.webSocketFrameReceived", lambda event: received.append(len(event["response"]["payloadData"])))
    session.on("Network.dataReceived", lambda event: received.append(event["encodedDataLength"] or event["dataLength"]))
    return received


def weigh(page: Page) -> tuple[list[int], list[str]]:
    """Bytes that a page gets and what it asks for, from now on."""
    weight: list[int] = []
    requests: list[str] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: weight.append(int(event["encodedDataLength"])))
    session.on("Network.requestWillBeSent", lambda event: requests.append(event["request"]["url"]))
    session.on("Network.webSocketCreated", lambda event: requests.append(event["url"]))
    session.on("Network.webSocketFrameReceived", lambda event: weight.append(len(event["response"]["payloadData"])))
    return weight, requests


def _click(page: Page, button: object, out: object) -> float:
    root = page.query_selector("body")
    handles = [root, button.element_handle(), out.element_handle()]  # type: ignore[attr-defined]
    return float(page.evaluate(CLICK, handles))


def page_mb(page: Page) -> float:
    """Megabytes of a page's objects, after a collection."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    used = session.send("Runtime.getHeapUsage")["usedSize"]
    session.detach()
    return float(used) / 1e6


def memory_mb(pid: int) -> float:
    """Megabytes of memory that a process has."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1000


def cpu_s(pid: int) -> float:
    """Seconds that a process has computed."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


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
        times.append(_click(lab.page, button, out))
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
        "ours": (
            lab.app.get_by_role("button", name="Go", exact=True),
            lab.app.get_by_label("Name"),
            lab.app.get_by_label("Out"),
        ),
        "theirs": (page.locator(".jp-OutputArea-output .jupyter-button"), fields.nth(0), fields.nth(1)),
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
            settled[which].append(_click(page, button, out))
            page.wait_for_timeout(150)
            name.fill(f"b{n}")
            typed[which].append(_click(page, button, out))
            page.wait_for_timeout(150)
    lab.close()
    return {which: (statistics.median(settled[which]), statistics.median(typed[which])) for which in apps}
