"""Measure everything and print one table: ours beside theirs, the ratio of ours to theirs in brackets.

    python -m benchmarks [--gradio PYTHON] [--peers PYTHON] [--json FILE] [--only PART]

`--gradio` (or `NBBLOCKS_GRADIO_PYTHON`) names a Python that has gradio installed, `--peers` (or
`NBBLOCKS_PEERS_PYTHON`) one with panel, solara, streamlit, itables, pandas and pillow. A dash stands where a library
does not do the job, or there is no Python for it; of one that does it and failed, what it said is printed as well.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

from playwright.sync_api import Browser, Error, sync_playwright

from benchmarks import apps, cells, events, lives, load, measure, millions, pages
from benchmarks.libraries import Library, libraries
from benchmarks.table import HEAD, Row
from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.browser.lab import LabPage, jupyter_server
from tests.browser.processes import Server

Libraries = Mapping[str, Library]
Figure = TypeVar("Figure")


@contextmanager
def browsing() -> Iterator[tuple[Browser, Path]]:
    """A Chromium, and a folder for programs; both are gone at the end."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as name:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(playwright.chromium.executable_path), args=[*ARGUMENTS]
        )
        yield browser, Path(name)
        browser.close()


def each(found: Libraries, job: str, take: Callable[[Library], Figure]) -> dict[str, Figure]:
    """The figure of each library that does a job; one that fails has none, and ours must not fail."""
    figures = {}
    for name, library in found.items():
        if job in library.programs:
            try:
                figures[name] = take(library)
            except (Error, RuntimeError) as error:
                if name == "nbblocks":
                    raise
                print(f"{name} has no figure of its {job}: {error}", file=sys.stderr)
    return figures


def each_served(
    found: Libraries, job: str, directory: Path, take: Callable[[Server], Figure], **words: int
) -> dict[str, Figure]:
    """The same of a program that is served meanwhile."""

    def served(library: Library) -> Figure:
        with library.served(job, directory, **words) as server:
            return take(server)

    return each(found, job, served)


def of(figures: Mapping[str, Figure], pick: Callable[[Figure], float]) -> dict[str, float]:
    """One number of each."""
    return {name: pick(figure) for name, figure in figures.items()}


def imports(found: Libraries) -> list[Row]:
    taken = {name: measure.importing(library.python, name, runs=3) for name, library in found.items()}
    taken["ipywidgets"] = measure.importing(sys.executable, "ipywidgets")
    return [
        Row("import, CPU ms", of(taken, lambda took: took.cpu_s * 1000), ("gradio", 1 / 8)),
        Row("import, memory MB", of(taken, lambda took: took.memory_mb), ("gradio", 1 / 2)),
    ]


def kernels(found: Libraries) -> list[Row]:
    taken = {
        "nbblocks": measure.kernel_cpu(apps.HUNDRED_OURS),
        "ipywidgets": measure.kernel_cpu(apps.HUNDRED_WIDGETS),
    }
    return [Row("100 components, kernel CPU ms", taken)]


def event_costs(found: Libraries) -> list[Row]:
    took = events.measured()
    pool = "a function through a pool of threads"
    return [
        Row(
            "dispatch of a no-op, µs",
            {"nbblocks": took.dispatch_us, "floor": took.submit_us},
            ("floor", 3),
            floor=pool,
        ),
        Row(
            "no-op event in a session, µs",
            {"nbblocks": took.event_us, "floor": took.submit_us},
            ("floor", 3),
            floor=pool,
        ),
        Row(
            "a job among 5,000 that wait, µs",
            {"nbblocks": took.many_waiting_us, "floor": took.few_waiting_us},
            ("floor", 1.2),
            floor="one among 50",
        ),
        Row("kB that 10,000 events leave", {"nbblocks": took.events_kb}, limit=1000),
        Row("kB that 1,000 sessions × 10 events leave", {"nbblocks": took.sessions_kb}, limit=1000),
        Row("kB of a session at rest", {"nbblocks": took.idle_session_kb}, limit=10),
    ]


def standalone(found: Libraries) -> list[Row]:
    """A page with a field and a button; the floor is a websocket that echoes."""
    echo = {"floor": Library(sys.executable, {"page": apps.ECHO})}
    with browsing() as (browser, directory):

        def launch(library: Library) -> pages.Launch:
            return pages.launching(browser, partial(library.served, "page", directory))

        launched = each({**found, **echo}, "page", launch)
        clicked = each_served({**found, **echo}, "page", directory, partial(pages.clicking, browser))
        typed = each_served({**found, **echo}, "typing", directory, partial(pages.typing, browser))
    floor = "a websocket that echoes"
    return [
        Row("start of a program to the first answer, s", of(launched, lambda it: it.first_s), floor=floor),
        Row("kB to the first answered click", of(launched, lambda it: it.bytes / 1000), ("gradio", 1 / 3), floor=floor),
        Row("requests to the first answered click", of(launched, lambda it: it.requests), limit=10, floor=floor),
        Row("click on a page at rest, ms", of(clicked, lambda it: it.settled_ms), ("gradio", 1 / 6), floor=floor),
        Row("click right after typing, ms", of(clicked, lambda it: it.at_once_ms), ("gradio", 1 / 6), floor=floor),
        Row("its server's CPU, ms", of(clicked, lambda it: it.cpu_ms), ("gradio", 1 / 15), floor=floor),
        Row("a letter typed, ms to its answer", typed),
    ]


def loads(found: Libraries) -> list[Row]:
    """The server's time for an event, while many clients press a button as fast as they are answered.

    Beside gradio alone: what a page of the others says is no protocol that is written down.
    """
    rows = []
    press = {"nbblocks": load.nbblocks, "gradio": load.gradio}
    with tempfile.TemporaryDirectory() as name:
        for clients, events_each, target in ((1, 500, None), (20, 50, None), (200, 50, 1 / 20)):
            taken = {}
            for module, ask in press.items():
                if module in found:
                    with found[module].served("page", Path(name)) as server:
                        taken[module] = ask(server, clients, events_each if module == "nbblocks" else events_each // 5)
            what = f"server CPU ms an event, {clients} clients"
            rows.append(Row(what, of(taken, lambda it: it.cpu_ms), None if target is None else ("gradio", target)))
            rows.append(Row(f"events lost of {clients * events_each}", {"nbblocks": taken["nbblocks"].lost}, limit=0))
    return rows


def workers(found: Libraries) -> list[Row]:
    """Time for an event while many press, of two processes beside one."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        for what, loops, target in (("no-op", 0, None), ("that computes", 300_000, 0.8)):
            took_ms = {}
            for count, column in ((1, "floor"), (2, "nbblocks")):
                source = apps.COMPUTING.format(loops=loops, workers=count)
                with measure.served(sys.executable, source, Path(name)) as server:
                    took_ms[column] = 1000 / load.nbblocks(server, 20, 20 if loops else 100).events_per_s
            goal = None if target is None else ("floor", target)
            rows.append(Row(f"2 workers, ms an event {what}", took_ms, goal, floor="1 worker"))
    return rows


def streams(found: Libraries) -> list[Row]:
    """A handler that yields a text that grows."""
    ours = {"nbblocks": found["nbblocks"]}
    with browsing() as (browser, directory):
        take = partial(pages.growing, browser)
        grown = each_served(found, "stream", directory, take, STEPS=500)
        long = each_served(ours, "stream", directory, take, STEPS=2000)["nbblocks"]
    lengths = [len("".join(f"word{i} " for i in range(n)) + "end") for n in (500, 2000)]
    each_character = {"nbblocks": long.bytes / lengths[1], "floor": grown["nbblocks"].bytes / lengths[0]}
    return [
        Row("text of 500 yields, ms to its end", of(grown, lambda it: it.took_ms), ("gradio", 1 / 5)),
        Row("its first state, ms", of(grown, lambda it: it.first_ms), ("gradio", 1)),
        Row("its kB", of(grown, lambda it: it.bytes / 1000)),
        Row("ms between its states", of(grown, lambda it: 1000 / it.states_per_s), limit=1000 / 15),
        Row("bytes a character, of 2,000 yields", each_character, ("floor", 1.2), floor="of 500 yields"),
    ]


def chats(found: Libraries) -> list[Row]:
    with browsing() as (browser, directory):
        fast = each_served(found, "answer", directory, lambda server: pages.answering(browser, server, "fast"))
        slow = each_served(found, "answer", directory, lambda server: pages.answering(browser, server, "slow"))
        opened = each_served(
            found, "conversation", directory, lambda server: pages.opening(browser, server, "/Message 999/")
        )
    return [
        Row("500-token answer, ms a token", of(fast, lambda it: 1000 / it[0]), ("gradio", 1 / 5)),
        Row("slow answer, ms between states", of(slow, lambda it: 1000 / it[1]), limit=1000 / 15),
        Row("1,000 messages, s to interactive", of(opened, lambda it: it[0]), ("gradio", 1 / 4)),
        Row("their kB", of(opened, lambda it: it[1] / 1000)),
    ]


def pictures(found: Libraries) -> list[Row]:
    """A picture of 3840 × 2160, in the format that each gives by itself, and as PNG."""
    with browsing() as (browser, directory):
        take = partial(pages.picturing, browser)
        return [
            Row(f"{what}, ms to be seen", each_served(found, job, directory, take), ("gradio", 1 / 2))
            for what, job in (("4K picture", "picture"), ("the same as PNG", "picture as PNG"))
        ]


def tables(found: Libraries) -> list[Row]:
    """A frame of twenty columns: that a handler returns, and that stands in its page; panel's table is a Tabulator."""
    rows = []
    with browsing() as (browser, directory):
        for count in (10_000, 100_000):
            returned = each_served(found, "table", directory, partial(pages.tabling, browser), ROWS=count)
            stands = each_served(
                found, "table page", directory, lambda server: pages.opening(browser, server, pages.CELL), ROWS=count
            )
            rows += [
                Row(f"table of {count:,} × 20, ms to be seen", of(returned, lambda it: it[0]), ("gradio", 1 / 10)),
                Row("its kB", of(returned, lambda it: it[1] / 1000), ("gradio", 1 / 10)),
                Row(f"page with a table of {count:,} × 20, ms", of(stands, lambda it: it[0] * 1000)),
                Row("its kB", of(stands, lambda it: it[1] / 1000)),
            ]
    return rows


def ten_millions(found: Libraries) -> list[Row]:
    """A table of ten million rows."""
    costs = millions.costs()
    with browsing() as (browser, directory), measure.served(sys.executable, millions.APP, directory) as server:
        scrolled = millions.scrolling(browser, server)
    rows = []
    for what, job in (("a sort", "sort"), ("a window of it sorted", "window")):
        ours_ms, polars_ms = costs[job]
        figures = {"nbblocks": ours_ms, "floor": polars_ms}
        rows.append(Row(f"10 M rows: {what}, ms", figures, limit=polars_ms + 100, floor="polars' own"))
    return [
        *rows,
        Row("10 M rows: ms until the page shows them", {"nbblocks": scrolled.first_ms}),
        Row("longest task of 200 turns of the wheel, ms", {"nbblocks": scrolled.longest_task_ms}, limit=100),
        *(
            Row(
                f"MB of the {whose} after them",
                {"nbblocks": after_mb, "floor": before_mb},
                limit=before_mb + millions.GROWTH_MB,
                floor="before them",
            )
            for whose, (before_mb, after_mb) in (("server", scrolled.server_mb), ("page", scrolled.page_mb))
        ),
    ]


def notebooks(found: Libraries) -> list[Row]:
    with browsing() as (browser, directory), jupyter_server("lab", directory) as jupyter:
        lab = LabPage(browser.new_page(viewport={"width": 1200, "height": 900}), jupyter)
        hundred = {
            "nbblocks": cells.hundred(lab, apps.HUNDRED_OURS),
            "ipywidgets": cells.hundred(lab, apps.HUNDRED_WIDGETS),
        }
        clicks = cells.clicking(lab, apps.CLICK_OURS, apps.CLICK_WIDGETS)
        busy = cells.busy(lab, apps.COUNT_OURS)
    return [
        Row("100 components inline, ms to visible", hundred, ("ipywidgets", 0.7)),
        Row("inline click, settled, ms p50", of(clicks, lambda it: it[0]), ("ipywidgets", 1.1)),
        Row("inline click right after typing, ms p50", of(clicks, lambda it: it[1]), ("ipywidgets", 1)),
        Row("inline click while a cell runs, ms p50", {"nbblocks": busy[0]}, limit=150),
        Row("inline click while a cell runs, ms p95", {"nbblocks": busy[1]}, limit=500),
    ]


def lasting(found: Libraries) -> list[Row]:
    """What stays behind in a notebook, and how soon Voilà shows one."""
    sources = {
        "nbblocks": ([apps.HUNDRED_OURS], "textarea.nb-input >> nth=99"),
        "ipywidgets": ([apps.HUNDRED_WIDGETS], "input[type=text] >> nth=99"),
    }
    with browsing() as (browser, directory):
        painted = lives.painted(browser, sources)
        with jupyter_server("lab", directory) as jupyter:
            lab = LabPage(browser.new_page(viewport={"width": 1200, "height": 900}), jupyter)
            saved_kb = lives.saved_kb(lab, jupyter)
            left = {"nbblocks": lives.runs(lab, lives.FIFTY), "ipywidgets": lives.runs(lab, lives.FIFTY_WIDGETS)}
            reload_mb = lives.reloads(lab, lives.FIFTY)
    return [
        Row("100 components in Voilà, s to visible", painted, ("ipywidgets", 1.2)),
        Row("kB an app adds to a saved notebook", {"nbblocks": saved_kb}, limit=50),
        Row("MB a run of 50 leaves in the kernel", of(left, lambda it: it.kernel_mb)),
        Row("MB a run of 50 leaves in the page", of(left, lambda it: it.page_mb)),
        Row("MB a reload leaves in the kernel", {"nbblocks": reload_mb}),
    ]


PARTS: dict[str, Callable[[Libraries], list[Row]]] = {
    "imports": imports,
    "kernels": kernels,
    "events": event_costs,
    "pages": standalone,
    "loads": loads,
    "workers": workers,
    "streams": streams,
    "chats": chats,
    "pictures": pictures,
    "tables": tables,
    "millions": ten_millions,
    "notebooks": notebooks,
    "lives": lasting,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gradio", default=os.environ.get("NBBLOCKS_GRADIO_PYTHON"))
    parser.add_argument("--peers", default=os.environ.get("NBBLOCKS_PEERS_PYTHON"))
    parser.add_argument("--json", type=Path)
    parser.add_argument("--only", choices=list(PARTS))
    given = parser.parse_args()
    found, rows = libraries(given.gradio, given.peers), []
    print(HEAD)
    for name, part in PARTS.items():
        if given.only in (None, name):
            for row in part(found):
                rows.append(row)
                print(row, flush=True)
    if given.json:
        given.json.write_text(json.dumps([row.as_json() for row in rows], indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
