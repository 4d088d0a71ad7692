"""`make demo`: the tour in a live notebook and as a page of its own.

The notebook is a copy, already run when it opens: its cells are run in the very kernel that
JupyterLab then shows. The page runs the same code cells in plain Python, except those that are
tagged `inline-only`, and launches their `demo`.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client import BlockingKernelClient
from nbformat import NotebookNode
from nbformat.sign import NotebookNotary

from tests.browser.processes import Server, free_port, isolated_jupyter, running

ROOT = Path(__file__).parent.parent
TOUR = ROOT / "notebooks" / "00_tour.ipynb"
LOCAL_ADDRESS = r"http://127\.0\.0\.1:\d+"
OUTPUTS = {"stream", "display_data", "execute_result", "error"}
TIMEOUT_S = 120


def main() -> None:
    """Show the tour until Ctrl+C."""
    if not TOUR.exists():
        sys.exit(f"there is no {TOUR}")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    token = secrets.token_urlsafe(16)
    try:
        with tempfile.TemporaryDirectory(prefix="nbblocks-demo-") as name:
            directory = Path(name)
            with jupyterlab(directory, token) as lab, page(directory) as own:
                print("Running the tour …", flush=True)
                run_in_live_kernel(lab.url, token, directory)
                print(f"\n  in a notebook      {lab.url}/lab/tree/{TOUR.name}?token={token}")
                print(f"  a page of its own  {own.url}")
                print("\nCtrl+C ends both. The notebook is a copy; changes to it are not kept.", flush=True)
                signal.pause()
    except KeyboardInterrupt:
        print("\nEnded.")


@contextmanager
def jupyterlab(directory: Path, token: str) -> Iterator[Server]:
    """Run JupyterLab on a copy of the notebooks."""
    notebooks = directory / "notebooks"
    shutil.copytree(TOUR.parent, notebooks, ignore=shutil.ignore_patterns(".*", "__pycache__"))
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1"),
        f"--port={free_port()}",
        f"--ServerApp.root_dir={notebooks}",
        f"--IdentityProvider.token={token}",
        # its lab extension, which the development tools bring, shows an error without it
        "--ServerApp.jpserver_extensions=ipyparallel=True",
    ]
    with running(
        command,
        address=LOCAL_ADDRESS,
        cwd=notebooks,
        environment=isolated_jupyter(directory),
        end_signal=signal.SIGTERM,
    ) as server:
        yield server


@contextmanager
def page(directory: Path) -> Iterator[Server]:
    """Run the tour's code cells in plain Python, and launch its `demo`."""
    with running(
        [sys.executable, __file__, "page"],
        address=LOCAL_ADDRESS,
        cwd=directory,
        environment={"GRADIO_SERVER_PORT": str(free_port()), "PYTHONPATH": str(ROOT)},
    ) as server:
        yield server


def run_in_live_kernel(url: str, token: str, directory: Path) -> None:
    """Start the kernel JupyterLab will find for the notebook, run all cells in it, save the outputs."""
    kernel = {"path": TOUR.name, "name": TOUR.name, "type": "notebook", "kernel": {"name": "python3"}}
    request = urllib.request.Request(
        f"{url}/api/sessions",
        data=json.dumps(kernel).encode(),
        headers={"Authorization": f"token {token}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        kernel_id = json.load(answer)["kernel"]["id"]
    client = BlockingKernelClient()
    client.load_connection_file(str(directory / "runtime" / f"kernel-{kernel_id}.json"))
    client.start_channels()
    client.wait_for_ready(timeout=TIMEOUT_S)
    copy = directory / "notebooks" / TOUR.name
    notebook = nbformat.read(copy, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            run_cell(client, cell)
    client.stop_channels()
    nbformat.write(notebook, copy)
    # JupyterLab shows widgets only in notebooks it trusts.
    NotebookNotary(data_dir=str(directory / "data")).sign(nbformat.read(copy, as_version=4))


def run_cell(client: BlockingKernelClient, cell: NotebookNode) -> None:
    """Run a cell and keep its outputs; end the demo with the traceback if it raises."""
    cell.outputs = []

    def keep(message: dict[str, Any]) -> None:
        if message["msg_type"] in OUTPUTS:
            cell.outputs.append(nbformat.v4.output_from_msg(message))

    reply = client.execute_interactive(cell.source, allow_stdin=False, output_hook=keep, timeout=TIMEOUT_S)
    if reply["content"]["status"] != "ok":
        traceback = "\n".join(reply["content"].get("traceback", ["no traceback"]))
        sys.exit(f"this cell of the tour failed:\n\n{cell.source}\n\n{traceback}")
    cell.execution_count = reply["content"]["execution_count"]


def launch_page() -> None:
    """Run in the process of the page: the code cells, then `demo.launch`."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    for index, cell in enumerate(nbformat.read(TOUR, as_version=4).cells):
        if cell.cell_type == "code" and "inline-only" not in cell.metadata.get("tags", []):
            exec(compile(cell.source, f"{TOUR.name}[{index}]", "exec"), namespace)
    namespace["demo"].launch(inline=False, server_port=int(os.environ["GRADIO_SERVER_PORT"]))


if __name__ == "__main__":
    launch_page() if sys.argv[1:] == ["page"] else main()
