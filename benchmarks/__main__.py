"""Measure everything and print one table.

    python -m benchmarks [--gradio PYTHON] [--peers PYTHON] [--json FILE] [--only PART]

`--gradio` (or `NBBLOCKS_GRADIO_PYTHON`) names a Python that has gradio installed, `--peers` (or
`NBBLOCKS_PEERS_PYTHON`) one with panel, solara[assets] and streamlit; without them, what compares with those is left out.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks import apps, events, lives, load, measure, millions, peers
from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.browser.lab import LabPage, jupyter_server


@dataclass(frozen=True)
class Row:
    what: str
    ours: float
    peer: str
    theirs: float | None
    target: float | None  #: ours / theirs is to be at most this

    @property
    def ratio(self) -> float | None:
        return self.ours / self.theirs if self.theirs else None

    def __str__(self) -> str:
        theirs = "" if self.theirs is None else f"{self.theirs:10.2f}"
        ratio = "" if self.ratio is None else f"{self.ratio:.3f}"
        verdict = "" if self.ratio is None or self.target is None else ("ok" if self.ratio <= self.target else "MISSED")
        target = "" if self.target is None else f"≤ {self.target:.3f}"
        return f"{self.what:44} {self.ours:10.2f} {self.peer:12} {theirs:>10} {ratio:>8} {target:>9} {verdict}"


@contextmanager
def browsing() -> Iterator[Browser]:
    """A Chromium, closed at the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(playwright.chromium.executable_path), args=[*ARGUMENTS]
        )
        yield browser
        browser.close()


def pythons(gradio: str | None) -> dict[str, str]:
    """The Python of each module that is measured."""
    return {"nbblocks": sys.executable, **({"gradio": gradio} if gradio else {})}


def imports(gradio: str | None) -> list[Row]:
    ours, widgets = measure.importing(sys.executable, "nbblocks"), measure.importing(sys.executable, "ipywidgets")
    rows = [Row("import, CPU ms", ours.cpu_s * 1000, "ipywidgets", widgets.cpu_s * 1000, None)]
    if gradio:
        theirs = measure.importing(gradio, "gradio", runs=3)
        rows += [
            Row("import, CPU ms", ours.cpu_s * 1000, "gradio", theirs.cpu_s * 1000, 1 / 8),
            Row("import, memory MB", ours.memory_mb, "gradio", theirs.memory_mb, 1 / 2),
        ]
    return rows


def kernels() -> list[Row]:
    ours, theirs = measure.kernel_cpu(apps.HUNDRED_OURS), measure.kernel_cpu(apps.HUNDRED_WIDGETS)
    return [Row("100 components, kernel CPU ms", ours, "ipywidgets", theirs, None)]


def event_costs() -> list[Row]:
    found = events.measured()
    return [
        Row("dispatch of a no-op, µs", found.dispatch_us, "pool.submit", found.submit_us, 3),
        Row("no-op event in a session, µs", found.event_us, "pool.submit", found.submit_us, 3),
        Row("a job among 5,000 that wait, µs", found.many_waiting_us, "among 50", found.few_waiting_us, 1.2),
        Row("kB that 10,000 events leave", found.events_kb, "limit", 1000, 1),
        Row("kB that 1,000 sessions × 10 events leave", found.sessions_kb, "limit", 1000, 1),
        Row("kB of a session at rest", found.idle_session_kb, "limit", 10, 1),
    ]


def pages(gradio: str | None) -> list[Row]:
    with browsing() as browser, tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        found = {}
        sources = {"nbblocks": apps.PAGE.format(module="nbblocks"), "echo": apps.ECHO}
        for what, source in sources.items():
            with measure.served(sys.executable, source, directory) as server:
                found[what] = measure.standalone(browser, server)
        if gradio:
            with measure.served(gradio, apps.PAGE.format(module="gradio"), directory) as server:
                found["gradio"] = measure.standalone(browser, server, clicks=40)
    ours, echo, theirs = found["nbblocks"], found["echo"], found.get("gradio")
    rows = [
        Row("standalone click, ms p50", ours.click_ms, "ws echo", echo.click_ms, None),
        Row("standalone, server CPU ms an event", ours.cpu_ms, "ws echo", echo.cpu_ms, None),
        Row("requests to the first answered click", ours.requests, "limit", 10, 1),
    ]
    if theirs:
        rows += [
            Row("standalone click, ms p50", ours.click_ms, "gradio", theirs.click_ms, 1 / 6),
            Row("standalone, server CPU ms an event", ours.cpu_ms, "gradio", theirs.cpu_ms, 1 / 15),
            Row("kB to the first answered click", ours.bytes / 1000, "gradio", theirs.bytes / 1000, 1 / 3),
        ]
    return rows


def loads(gradio: str | None) -> list[Row]:
    """The server's time for an event, while many clients press a button as fast as they are answered."""
    rows = []
    press = {"nbblocks": load.nbblocks, "gradio": load.gradio}
    with tempfile.TemporaryDirectory() as name:
        for clients, events_each, target in ((1, 500, None), (20, 50, None), (200, 50, 1 / 20)):
            found = {}
            for module, python in pythons(gradio).items():
                with measure.served(python, apps.PAGE.format(module=module), Path(name)) as server:
                    found[module] = press[module](
                        server, clients, events_each if module == "nbblocks" else events_each // 5
                    )
            ours, theirs = found["nbblocks"], found.get("gradio")
            what = f"server CPU ms an event, {clients} clients"
            rows.append(Row(what, ours.cpu_ms, "gradio", theirs.cpu_ms if theirs else None, target))
            rows.append(Row(f"events lost of {clients * events_each}", ours.lost, "limit", 1, 0))
    return rows


def workers() -> list[Row]:
    """Time for an event while many press, of two processes beside one."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        for what, loops, target in (("no-op", 0, None), ("that computes", 300_000, 0.8)):
            took_ms = {}
            for count in (1, 2):
                source = apps.COMPUTING.format(loops=loops, workers=count)
                with measure.served(sys.executable, source, Path(name)) as server:
                    took_ms[count] = 1000 / load.nbblocks(server, 20, 20 if loops else 100).events_per_s
            rows.append(Row(f"2 workers, ms an event {what}", took_ms[2], "1 worker", took_ms[1], target))
    return rows


def chats(gradio: str | None) -> list[Row]:
    with browsing() as browser, tempfile.TemporaryDirectory() as name:
        found, grown = {}, {}
        for module, python in pythons(gradio).items():
            with measure.served(python, apps.CHAT.format(module=module), Path(name)) as server:
                fast, _ = measure.chatting(browser, server, "fast")
                _, states = measure.chatting(browser, server, "slow")
            with measure.served(python, apps.LONG_CHAT.format(module=module), Path(name)) as server:
                found[module] = (fast, states, measure.opening(browser, server))
            with measure.served(python, apps.GROWING.format(module=module), Path(name)) as server:
                grown[module] = measure.growing(browser, server), measure.growing(browser, server, 2000, runs=3)
    ours, theirs = found["nbblocks"], found.get("gradio")
    text, long = grown["nbblocks"]
    lengths = [len("".join(f"word{i} " for i in range(n)) + "end") for n in (500, 2000)]
    rows = [
        Row("streamed answer, seconds between states", 1 / ours[1], "limit", 1 / 15, 1),
        Row("text of 500 yields, seconds between states", 1 / text.states_per_s, "limit", 1 / 15, 1),
        Row(
            "its bytes a character, of 2,000 yields",
            long.bytes / lengths[1],
            "500 yields",
            text.bytes / lengths[0],
            1.2,
        ),
    ]
    if theirs:
        their_text, _ = grown["gradio"]
        rows += [
            Row("text of 500 yields, ms", text.took_ms, "gradio", their_text.took_ms, 1 / 5),
            Row("its first state, ms", text.first_ms, "gradio", their_text.first_ms, 1),
            Row("its kB", text.bytes / 1000, "gradio", their_text.bytes / 1000, None),
            Row("500-token answer, ms a token", 1000 / ours[0], "gradio", 1000 / theirs[0], 1 / 5),
            Row("1,000 messages, s to interactive", ours[2], "gradio", theirs[2], 1 / 4),
        ]
    return rows


def pictures(gradio: str | None) -> list[Row]:
    """A picture of 3840 × 2160, in the format that each gives by itself, and as PNG."""
    rows = []
    with browsing() as browser, tempfile.TemporaryDirectory() as name:
        for what, given in (("4K picture", ""), ("the same as PNG", "format='png'")):
            found = {}
            for module, python in pythons(gradio).items():
                with measure.served(python, apps.PICTURE.format(module=module, format=given), Path(name)) as server:
                    found[module] = measure.picturing(browser, server)
            rows.append(Row(f"{what}, ms to be seen", found["nbblocks"], "gradio", found.get("gradio"), 1 / 2))
    return rows


def tables(gradio: str | None) -> list[Row]:
    """A frame of twenty columns that a handler returns, until its first cell is seen, and the bytes that came."""
    rows = []
    with browsing() as browser, tempfile.TemporaryDirectory() as name:
        for count in (10_000, 100_000):
            found = {}
            for module, python in pythons(gradio).items():
                with measure.served(python, apps.TABLE.format(module=module, rows=count), Path(name)) as server:
                    found[module] = measure.tabling(browser, server)
            (ours_ms, ours_bytes), theirs = found["nbblocks"], found.get("gradio", (None, None))
            rows.append(Row(f"table of {count:,} × 20, ms to be seen", ours_ms, "gradio", theirs[0], 1 / 10))
            their_kb = theirs[1] / 1000 if theirs[1] is not None else None
            rows.append(Row("its kB", ours_bytes / 1000, "gradio", their_kb, 1 / 10))
    return rows


def ten_millions() -> list[Row]:
    """A table of ten million rows."""
    costs = millions.costs()
    with (
        browsing() as browser,
        tempfile.TemporaryDirectory() as name,
        measure.served(sys.executable, millions.APP, Path(name)) as server,
    ):
        found = millions.scrolling(browser, server)
    return [
        Row("10 M rows: a sort, ms", costs["sort"][0], "polars + 100", costs["sort"][1] + 100, 1),
        Row("10 M rows: a window after it, ms", costs["window"][0], "polars + 100", costs["window"][1] + 100, 1),
        Row("10 M rows: ms until the page shows them", found.first_ms, "", None, None),
        Row("longest task while scrolling, ms", found.longest_task_ms, "limit", 100, 1),
        Row("MB that 200 turns of the wheel leave, server", found.server_mb, "", None, None),
        Row("the same, page", found.page_mb, "", None, None),
    ]


def others(gradio: str | None, peers_python: str | None) -> list[Row]:
    """The same small programs in libraries whose model is another."""
    found = peers.libraries(gradio, peers_python)
    imports = peers.imported(found)
    counted, tables, whole = {}, {}, {}
    with browsing() as browser, tempfile.TemporaryDirectory() as name:
        for module, library in found.items():
            with library.served(library.count, Path(name)) as server:
                counted[module] = peers.counting(browser, server)
            for count in (10_000, 100_000) if library.table else ():
                with library.served(library.table.replace("ROWS", str(count)), Path(name)) as server:
                    tables[module, count] = measure.tabling(browser, server)
        for count in (10_000, 100_000) if peers_python else ():
            for python, source in ((sys.executable, peers.BLOCKS_PAGE), (str(peers_python), peers.ITABLES_PAGE)):
                with measure.served(python, source.replace("ROWS", str(count)), Path(name)) as server:
                    whole[python, count] = peers.page_of_a_table(browser, server)
    rows = []
    for count in (10_000, 100_000) if peers_python else ():
        (our_ms, our_bytes), (their_ms, their_bytes) = whole[sys.executable, count], whole[str(peers_python), count]
        rows.append(Row(f"page with a table of {count:,} × 20, ms", our_ms, "itables", their_ms, None))
        rows.append(Row("its kB", our_bytes / 1000, "itables", their_bytes / 1000, None))
    for peer in list(found)[1:]:
        ours, theirs = imports["nbblocks"], imports[peer]
        here, there = counted["nbblocks"], counted[peer]
        rows += [
            Row("import, CPU ms", ours.cpu_s * 1000, peer, theirs.cpu_s * 1000, None),
            Row("import, memory MB", ours.memory_mb, peer, theirs.memory_mb, None),
            Row("a page's click, ms p50", here.click_ms, peer, there.click_ms, None),
            Row("its server's CPU, ms", here.cpu_ms, peer, there.cpu_ms, None),
            Row("kB to the first answered click", here.bytes / 1000, peer, there.bytes / 1000, None),
            Row("requests to it", here.requests, peer, there.requests, None),
        ]
        for count in (10_000, 100_000) if found[peer].table else ():
            (our_ms, our_bytes), (their_ms, their_bytes) = tables["nbblocks", count], tables[peer, count]
            rows.append(Row(f"table of {count:,} × 20, ms to be seen", our_ms, peer, their_ms, None))
            rows.append(Row("its kB", our_bytes / 1000, peer, their_bytes / 1000, None))
    return rows


def notebooks() -> list[Row]:
    with browsing() as browser, tempfile.TemporaryDirectory() as name, jupyter_server("lab", Path(name)) as jupyter:
        lab = LabPage(browser.new_page(viewport={"width": 1200, "height": 900}), jupyter)
        hundred = {
            "ours": measure.hundred(lab, apps.HUNDRED_OURS),
            "theirs": measure.hundred(lab, apps.HUNDRED_WIDGETS),
        }
        clicks = measure.clicking(lab, apps.CLICK_OURS, apps.CLICK_WIDGETS)
        busy = measure.busy(lab, apps.COUNT_OURS)
    ours, theirs = clicks["ours"], clicks["theirs"]
    return [
        Row("100 components inline, ms to visible", hundred["ours"], "ipywidgets", hundred["theirs"], 0.7),
        Row("inline click, settled, ms p50", ours[0], "ipywidgets", theirs[0], 1.1),
        Row("inline click right after typing, ms p50", ours[1], "ipywidgets", theirs[1], 1),
        Row("inline click while a cell runs, ms p50", busy[0], "limit", 150, 1),
        Row("inline click while a cell runs, ms p95", busy[1], "limit", 500, 1),
    ]


def lasting() -> list[Row]:
    """What stays behind in a notebook, and how soon Voilà shows one."""
    sources = {
        "ours": ([apps.HUNDRED_OURS], "textarea.nb-input >> nth=99"),
        "theirs": ([apps.HUNDRED_WIDGETS], "input[type=text] >> nth=99"),
    }
    with browsing() as browser, tempfile.TemporaryDirectory() as name:
        painted = lives.painted(browser, sources)
        with jupyter_server("lab", Path(name)) as jupyter:
            lab = LabPage(browser.new_page(viewport={"width": 1200, "height": 900}), jupyter)
            saved_kb = lives.saved_kb(lab, jupyter)
            ours, theirs = lives.runs(lab, lives.FIFTY), lives.runs(lab, lives.FIFTY_WIDGETS)
            reload_mb = lives.reloads(lab, lives.FIFTY)
    return [
        Row("100 components in Voilà, s to visible", painted["ours"], "ipywidgets", painted["theirs"], 1.2),
        Row("kB an app adds to a saved notebook", saved_kb, "limit", 50, 1),
        Row("MB a run of 50 leaves in the kernel", ours.kernel_mb, "ipywidgets", theirs.kernel_mb, None),
        Row("MB a run of 50 leaves in the page", ours.page_mb, "ipywidgets", theirs.page_mb, None),
        Row("MB a reload leaves in the kernel", reload_mb, "", None, None),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gradio", default=os.environ.get("NBBLOCKS_GRADIO_PYTHON"))
    parser.add_argument("--peers", default=os.environ.get("NBBLOCKS_PEERS_PYTHON"))
    parser.add_argument("--json", type=Path)
    parts: dict[str, Callable[[], list[Row]]] = {
        "imports": lambda: imports(arguments.gradio),
        "kernels": kernels,
        "events": event_costs,
        "pages": lambda: pages(arguments.gradio),
        "loads": lambda: loads(arguments.gradio),
        "workers": workers,
        "chats": lambda: chats(arguments.gradio),
        "pictures": lambda: pictures(arguments.gradio),
        "tables": lambda: tables(arguments.gradio),
        "millions": ten_millions,
        "others": lambda: others(arguments.gradio, arguments.peers),
        "notebooks": notebooks,
        "lives": lasting,
    }
    parser.add_argument("--only", choices=list(parts))
    arguments = parser.parse_args()
    rows = []
    print(f"{'':44} {'nbblocks':>10} {'beside':12} {'theirs':>10} {'ratio':>8} {'target':>9}")
    for name, part in parts.items():
        if arguments.only in (None, name):
            for row in part():
                rows.append(row)
                print(row, flush=True)
    if arguments.json:
        arguments.json.write_text(json.dumps([{**asdict(r), "ratio": r.ratio} for r in rows], indent=2))


if __name__ == "__main__":
    main()
