"""A table of ten million rows: a window and a sort beside polars' own, and scrolling through it in a page."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page

from benchmarks.measure import memory_mb, page_mb
from nbblocks.frames import Native
from tests.browser.processes import Server

ROWS = 10_000_000
GROWTH_MB = 2.0  #: what counts as none

APP = f"""
import sys
import polars as pl
import nbblocks as gr

n = pl.int_range({ROWS}, eager=True)
FRAME = pl.DataFrame({{"n": n, "mixed": (n * 7919) % 1000003, "half": n / 2}})
with gr.Blocks() as demo:
    gr.Dataframe(FRAME, label="Out", interactive=False)
demo.launch(server_port=int(sys.argv[1]), prevent_thread_lock=True)
import threading
threading.Event().wait()
"""


@dataclass(frozen=True)
class Scrolling:
    first_ms: float  #: from the address to the first cell
    longest_task_ms: float
    server_mb: tuple[float, float]  #: before it, and after
    page_mb: tuple[float, float]


def costs(runs: int = 5) -> dict[str, tuple[float, float]]:
    """Milliseconds of a sort and of a first window after it: ours, and polars' own."""
    import polars as pl

    n = pl.int_range(ROWS, eager=True)
    frame = pl.DataFrame({"n": n, "mixed": (n * 7919) % 1000003, "half": n / 2})
    table = Native.of(frame)
    order = table.order({"sort": [(1, "asc")]})

    def took_ms(fn: Callable[[], Any]) -> float:
        times = []
        for _ in range(runs):
            since = time.perf_counter()
            fn()
            times.append((time.perf_counter() - since) * 1000)
        return statistics.median(times)

    return {
        "sort": (
            took_ms(lambda: table.order({"sort": [(1, "asc")]})),
            took_ms(lambda: frame["mixed"].arg_sort()),
        ),
        "window": (
            took_ms(lambda: table.window(0, 100, order)),
            took_ms(lambda: frame[order[:100]].rows()),
        ),
    }


def scrolling(browser: Browser, server: Server, steps: int = 200) -> Scrolling:
    """Turn the wheel again and again, as a reader does."""
    page = browser.new_page()
    since = time.perf_counter()
    page.goto(server.url)
    page.get_by_role("gridcell", name="0", exact=True).first.wait_for()
    first_ms = (time.perf_counter() - since) * 1000
    page.evaluate(
        "window.tasks = []; new PerformanceObserver(list => tasks.push(...list.getEntries().map(e => e.duration)))"
        ".observe({ entryTypes: ['longtask'] })"
    )
    page.get_by_role("grid").hover()
    _turn(page, steps // 10)  # what the first windows need is there
    before = memory_mb(server.process.pid), page_mb(page)
    _turn(page, steps)
    after = memory_mb(server.process.pid), page_mb(page)
    longest = page.evaluate("Math.max(0, ...window.tasks)")
    page.close()
    return Scrolling(first_ms, longest, (before[0], after[0]), (before[1], after[1]))


def _turn(page: Page, steps: int) -> None:
    for _ in range(steps):
        page.mouse.wheel(0, 600)
        page.wait_for_timeout(30)
