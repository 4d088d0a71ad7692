"""The same small programs in other libraries that make pages of Python programs: panel, solara, streamlit."""

from __future__ import annotations

import re
import statistics
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks import apps, measure
from tests.browser.processes import Server, free_port, running, until_it_listens

FRAME = """
import numpy as np, pandas as pd
rng = np.random.default_rng(0)
FRAME = pd.DataFrame({
    f"column {i}": rng.normal(size=ROWS).round(3) if i % 2 else rng.integers(0, 10**6, ROWS) for i in range(20)
})
FRAME.iloc[0, 0] = 4242424
"""

BLOCKS_COUNT = """
import sys
import {module} as gr

with gr.Blocks() as demo:
    count, out = gr.State(0), gr.Textbox(label="Out")
    gr.Button("Go").click(lambda n: (n + 1, f"Hello {{n + 1}}"), count, [count, out])
demo.launch(server_port=int(sys.argv[1]), prevent_thread_lock=True)
import threading
threading.Event().wait()
"""

PANEL_COUNT = """
import sys
import panel as pn

def page():
    out, go = pn.widgets.TextInput(name="Out"), pn.widgets.Button(name="Go")
    def clicked(_):
        out.value = f"Hello {go.clicks}"
    go.on_click(clicked)
    return pn.Column(out, go)
pn.extension()
pn.serve(page, port=int(sys.argv[1]), address="127.0.0.1", show=False)
"""

PANEL_TABLE = (
    FRAME
    + """
import sys
import panel as pn

def page():
    shown, go = pn.Column(), pn.widgets.Button(name="Go")
    go.on_click(lambda _: shown.append(pn.widgets.Tabulator(FRAME, height=400, disabled=True)))
    return pn.Column(go, shown)
pn.extension("tabulator")
pn.serve(page, port=int(sys.argv[1]), address="127.0.0.1", show=False)
"""
)

#: Tables that stand in their page from the start: all that itables does, which has no server.
BLOCKS_PAGE = (
    FRAME
    + """
import sys
import nbblocks as gr

with gr.Blocks() as demo:
    gr.Dataframe(FRAME, label="Out", interactive=False)
demo.launch(server_port=int(sys.argv[1]), prevent_thread_lock=True)
import threading
threading.Event().wait()
"""
)

ITABLES_PAGE = (
    FRAME
    + """
import http.server, sys
from pathlib import Path
import itables
from itables.javascript import generate_init_offline_itables_html

init = generate_init_offline_itables_html(Path(itables.__file__).parent / "html" / "dt_bundle.js")
shown = itables.to_html_datatable(FRAME, connected=False, maxBytes=0)
PAGE = f"<!doctype html><meta charset=utf-8><body>{init}{shown}".encode()

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)
    def log_message(self, *args):
        pass

server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler)
print(f"http://127.0.0.1:{sys.argv[1]}/", flush=True)
server.serve_forever()
"""
)

SOLARA_COUNT = """
import solara

@solara.component
def Page():
    count, set_count = solara.use_state(0)
    solara.Button("Go", on_click=lambda: set_count(count + 1))
    solara.Text(f"Hello {count}")
"""

STREAMLIT_COUNT = """
import streamlit as st

st.session_state.setdefault("count", 0)
if st.button("Go"):
    st.session_state.count += 1
st.text(f"Hello {st.session_state.count}")
"""

STREAMLIT_TABLE = """
import streamlit as st

@st.cache_resource
def made():
    space = {}
    exec(PROGRAM, space)
    return space["FRAME"]
shown = made()
if st.button("Go"):
    st.dataframe(shown)
""".replace("PROGRAM", repr(FRAME))

#: What is run for each, with `-m`; panel's programs serve themselves, as ours do.
SOLARA = ("solara", "run", "SCRIPT", "--host", "127.0.0.1", "--port", "PORT", "--no-open", "--production")
STREAMLIT = (
    *("streamlit", "run", "SCRIPT", "--server.address", "127.0.0.1", "--server.port", "PORT"),
    *("--server.headless", "true", "--browser.gatherUsageStats", "false"),
)


@dataclass(frozen=True)
class Library:
    """How its programs are run, and those that are measured."""

    python: str
    count: str  #: counts the clicks on Go
    table: str | None  #: shows a frame of ROWS rows when Go is clicked
    runner: tuple[str, ...] = ()

    @contextmanager
    def served(self, source: str, directory: Path) -> Iterator[Server]:
        """Run one of its programs."""
        if not self.runner:
            with measure.served(self.python, source, directory) as server:
                yield server
            return
        port = str(free_port())
        script = directory / f"app_{port}.py"
        script.write_text(source, encoding="utf-8")
        named = {"SCRIPT": str(script), "PORT": port}
        command = [self.python, "-m", *(named.get(word, word) for word in self.runner)]
        with running(command, address=r"https?://[^\s'\"]+", cwd=directory, environment={"PYTHONPATH": ""}) as server:
            until_it_listens(server.url)
            yield server


def libraries(gradio: str | None, peers: str | None) -> dict[str, Library]:
    """Those that are installed, ours first."""
    pythons = {"nbblocks": sys.executable, **({"gradio": gradio} if gradio else {})}
    found = {
        module: Library(python, BLOCKS_COUNT.format(module=module), apps.TABLE.format(module=module, rows="ROWS"))
        for module, python in pythons.items()
    }
    if peers:
        found["panel"] = Library(peers, PANEL_COUNT, PANEL_TABLE)
        found["solara"] = Library(peers, SOLARA_COUNT, None, SOLARA)  # its tables come from another server
        found["streamlit"] = Library(peers, STREAMLIT_COUNT, STREAMLIT_TABLE, STREAMLIT)
    return found


#: Milliseconds from a click until the page says something, also in a shadow root.
SAID = """async ([button, wanted]) => {
    const leaf = (e) => (e.value ?? '') === wanted || (e.childElementCount === 0 && e.textContent === wanted);
    const says = (root) => [...root.querySelectorAll('*')].some((e) => leaf(e) || (e.shadowRoot && says(e.shadowRoot)));
    const started = performance.now();
    button.click();
    while (!says(document)) {
        await new Promise((resolve) => {
            const channel = new MessageChannel();
            channel.port1.onmessage = resolve;
            channel.port2.postMessage(0);
        });
        if (performance.now() - started > 10_000) throw new Error('no answer');
    }
    return performance.now() - started;
}"""


def counting(browser: Browser, server: Server, clicks: int = 40) -> measure.Standalone:
    """A page: its weight until the first answered click, then clicks a little apart."""
    page = browser.new_page()
    weight, requests = measure.weigh(page)
    page.goto(server.url)
    go = page.get_by_role("button", name="Go", exact=True)

    def click(n: int) -> float:
        go.wait_for()
        return float(page.evaluate(SAID, [go.element_handle(), f"Hello {n}"]))

    click(1)
    total, count = sum(weight), len(requests)
    before_s = measure.cpu_s(server.process.pid)
    times = []
    for n in range(2, clicks + 2):
        page.wait_for_timeout(50)
        times.append(click(n))
    cpu_ms = (measure.cpu_s(server.process.pid) - before_s) / clicks * 1000
    page.close()
    return measure.Standalone(statistics.median(times), cpu_ms, total, count)


def page_of_a_table(browser: Browser, server: Server, runs: int = 3) -> tuple[float, int]:
    """Milliseconds from the address until the first row of its table is seen, median; bytes until then."""
    times, sizes = [], []
    for _ in range(runs):
        page = browser.new_page()
        weight = measure.received(page)
        since = time.perf_counter()
        page.goto(server.url, wait_until="commit")
        page.get_by_text(re.compile(r"^\s*4[,.]?242[,.]?424\s*$")).first.wait_for(timeout=120_000)
        times.append((time.perf_counter() - since) * 1000)
        sizes.append(sum(weight))
        page.close()
    return statistics.median(times), int(statistics.median(sizes))


def imported(found: Mapping[str, Library]) -> dict[str, measure.Import]:
    """CPU time and memory of an import of each."""
    return {module: measure.importing(library.python, module, runs=3) for module, library in found.items()}
