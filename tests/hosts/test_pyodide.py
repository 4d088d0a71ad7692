"""The kernel's side in Pyodide, as JupyterLite runs it: no threads, no sockets, no server."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sysconfig
import zipfile
from pathlib import Path
from typing import Any

import pytest

import nbblocks as gr
from nbblocks.blocks import LaunchOptions
from nbblocks.dispatch import threads
from nbblocks.session import LiveApp
from nbblocks.session.outbox import Batch

REPOSITORY = Path(__file__).parents[2]
WHEELS = "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension/static/pypi"

APP = """
import asyncio
import nbblocks as gr

def letters(name):
    for n in range(len(name)):
        yield name[: n + 1]

async def later(text):
    await asyncio.sleep(0.01)
    return text + "!"

def fail():
    raise gr.Error("It cannot be")

with gr.Blocks() as demo:
    name, out, after = gr.Textbox(label="Name"), gr.Textbox(label="Out"), gr.Textbox(label="After")
    length = gr.Number(label="Length")
    gr.Button("Spell").click(letters, name, out).then(later, out, after)
    gr.Button("Measure").click(len, name, length)
    gr.Button("Tell").click(lambda n: f"it is {n!r}", length, after)
    gr.Button("Fail").click(fail)
demo.launch()
"""


def find_pyodide() -> Path | None:
    """Pyodide's module, which npm installs."""
    modules = os.environ.get("NBBLOCKS_NODE_MODULES") or REPOSITORY / "js" / "node_modules"
    found = Path(modules, "pyodide", "pyodide.mjs")
    return found if found.exists() else None


def in_pyodide(tmp_path: Path, cells: list[str], clicks: list[dict[str, Any]], labels: list[str]) -> dict[str, Any]:
    """Run cells in a JupyterLite kernel and press buttons of the app that they launch."""
    pyodide, node = find_pyodide(), shutil.which("node")
    wheels = list((Path(sysconfig.get_path("data")) / WHEELS).glob("*.whl"))
    if pyodide is None or node is None or not wheels:
        pytest.skip("node, npm's pyodide and jupyterlite-pyodide-kernel are needed")
    for wheel in wheels:
        if wheel.name.startswith(("pyodide_kernel", "ipykernel")):
            zipfile.ZipFile(wheel).extractall(tmp_path)
    import IPython

    packages = Path(IPython.__file__).parents[1]
    command = [node, str(Path(__file__).with_name("pyodide_page.mjs")), str(pyodide)]
    command += [str(REPOSITORY), str(tmp_path), str(packages)]
    asked = json.dumps({"cells": cells, "clicks": clicks, "labels": labels})
    done = subprocess.run(command, input=asked, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_an_app_runs_in_a_kernel_without_threads(tmp_path: Path) -> None:
    clicks: list[dict[str, Any]] = [
        {"button": "Spell", "changes": {"Name": "Ada"}, "shows": {"After": "Ada!"}},
        {"button": "Measure", "shows": {"Length": 3}},
        {"button": "Tell", "changes": {"Length": None}, "shows": {"After": "it is None"}},
        {"button": "Fail"},
    ]
    answer = in_pyodide(tmp_path, [APP], clicks, ["Out"])
    assert [r["status"] for r in answer["results"]] == ["done", "done", "done", "failed"]
    assert answer["results"][3]["message"] == "It cannot be"
    assert answer["values"]["Out"] == ["A", "Ad", "Ada"]  # each step of the generator was sent
    assert answer["runtime_bytes"] > 10_000
    assert answer["holes"] == []  # JavaScript's undefined, which does not reach the page


# --- the same rules where there are threads, to be debugged


@pytest.fixture
def without_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "HAS_THREADS", False)

    def refused(self: Any) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr("threading.Thread.start", refused)


@pytest.mark.usefixtures("without_threads")
def test_every_kind_of_handler_runs_on_the_loop_in_turns() -> None:
    order: list[str] = []

    def steps(name):
        for n in range(3):
            order.append(f"{name}{n}")
            yield n

    async def later(n):
        await asyncio.sleep(0.001)
        return n + 1

    with gr.Blocks() as demo:
        number, total, other = gr.Number(label="n"), gr.Number(label="total"), gr.Number(label="other")
        a, b = gr.Button("a"), gr.Button("b")
        a.click(steps, a, number, concurrency_limit=None).then(later, number, total)
        b.click(steps, b, other, concurrency_limit=None)

    async def main() -> list[Any]:
        live = LiveApp(demo, LaunchOptions())
        session = live.open(interval_s=0.001)
        told: list[Any] = []
        ended = asyncio.Event()

        def send(batch: Batch) -> None:
            for message, _ in batch:
                told.append(message)
                if any("value" in p and int(i) == total._id for i, p in message.get("models", {}).items()):
                    ended.set()

        session.outbox.send = send
        session.receive({"kind": "hello", "page": "p", "seq": 0})
        for number_, button in enumerate((a, b)):
            listener = next(n for n, d in demo.listeners.items() if d.targets and d.targets[0].block is button)
            event = {"kind": "event", "job": f"p-{number_}", "listener": listener, "target": button._id}
            session.receive({**event, "event": "click", "payload": None, "changes": {}})
        await asyncio.wait_for(ended.wait(), 5)
        live.close()
        return told

    told = asyncio.run(main())
    assert order == ["a0", "b0", "a1", "b1", "a2", "b2"]
    assert [m["status"] for m in told if m["kind"] == "job" and m["job"] == "p-0"] == ["done"]
