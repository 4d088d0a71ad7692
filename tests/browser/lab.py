"""A notebook open in JupyterLab or Notebook 7, driven as its user would."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Literal

import nbformat
from playwright.sync_api import Locator, Page

from tests.browser.processes import Server, free_port, isolated_jupyter, running, until_it_listens

TIMEOUT_MS = 60_000
TOKEN = "of-a-server-that-only-tests-use"

Frontend = Literal["lab", "notebook"]
# Of each: the module to start, its class of settings, the path of a notebook's page.
_FRONTENDS = {
    "lab": ("jupyterlab", "LabApp", "lab/tree"),
    "notebook": ("notebook", "JupyterNotebookApp", "notebooks"),
}


class CellError(AssertionError):
    """A cell raised; the message is its traceback."""


@dataclass(frozen=True)
class NotebookState:
    """What the keyboard can change by mistake when an app does not keep its keys to itself."""

    cells: int
    active: int
    execution_counts: tuple[int | None, ...]
    mode: Literal["command", "edit"]


@dataclass(frozen=True)
class JupyterServer:
    """A running JupyterLab or Notebook 7 and the directory whose notebooks it shows."""

    server: Server
    frontend: Frontend
    directory: Path

    def address(self, notebook: str) -> str:
        """Address of the page of a notebook in `directory`."""
        return f"{self.server.url}/{_FRONTENDS[self.frontend][2]}/{notebook}?reset&token={TOKEN}"


@contextmanager
def jupyter_server(frontend: Frontend, directory: Path, extra: Sequence[str] = ()) -> Iterator[JupyterServer]:
    """Run JupyterLab or Notebook 7 with all its files below `directory`."""
    module, settings, _ = _FRONTENDS[frontend]
    notebooks = directory / "notebooks"
    notebooks.mkdir()
    command = [
        *(sys.executable, "-m", module, "--no-browser", "--allow-root", "--ip=127.0.0.1"),
        f"--port={free_port()}",
        f"--ServerApp.root_dir={notebooks}",
        f"--IdentityProvider.token={TOKEN}",
        f"--{settings}.expose_app_in_browser=True",
        # no configuration is read here, and without its server half this one shows a dialog over every notebook
        "--ServerApp.jpserver_extensions=ipyparallel=True",
        *extra,
    ]
    environment = isolated_jupyter(directory)
    address = r"http://127\.0\.0\.1:\d+/"
    with running(
        command,
        address=address,
        cwd=notebooks,
        environment=environment,
        end_signal=signal.SIGTERM,  # on SIGINT it would ask whether it is meant
    ) as server:
        until_it_listens(server.url)
        yield JupyterServer(server, frontend, notebooks)


def write_notebook(path: Path, cells: Sequence[str]) -> None:
    """Write a notebook of code cells that have not run."""
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in cells],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    nbformat.write(notebook, path)


class LabPage:
    """A notebook in a browser page.

    Attributes
    ----------
    page : playwright.sync_api.Page
    app : Locator
        Root of the nbblocks app in a cell's output; locators look into its shadow root.
    """

    _numbers = count(1)

    def __init__(self, page: Page, jupyter: JupyterServer) -> None:
        self.page = page
        self.app = page.locator(".jp-OutputArea-output .gradio-container")
        self._jupyter = jupyter
        self._is_dark = False

    def open(self, cells: Sequence[str]) -> None:
        """Open a new notebook of code cells, and wait until its kernel is idle."""
        name = f"notebook_{next(self._numbers)}.ipynb"
        write_notebook(self._jupyter.directory / name, cells)
        self.page.goto(self._jupyter.address(name))
        self._wait_until_ready()

    def reload(self) -> None:
        """Reload the page; the kernel goes on."""
        self.page.reload()
        self._wait_until_ready()

    def close(self) -> None:
        """Shut the kernel down, and leave the settings as they were."""
        if self._is_dark:
            self.toggle_theme(dark=False)
        self.page.evaluate("() => window.jupyterapp?.shell.currentWidget?.sessionContext?.shutdown()")

    def run_all(self) -> None:
        """Run all cells, and wait until they have run.

        Raises
        ------
        CellError
            One of them raised.
        """
        self._command("notebook:run-all-cells")
        self._raise_cell_errors()

    def run_cell(self, index: int, *, wait: bool = True) -> None:
        """Run one cell; without `wait`, return while it runs.

        Raises
        ------
        CellError
            The cell raised. Only with `wait`.
        """
        self.page.evaluate(
            "index => { window.jupyterapp.shell.currentWidget.content.activeCellIndex = index }",
            index,
        )
        self._command("notebook:run-cell", wait=wait)
        if wait:
            self._raise_cell_errors()

    def cell(self, index: int) -> Locator:
        """Find a cell, its input and its output."""
        return self.page.locator(".jp-Notebook .jp-Cell").nth(index)

    def output(self, index: int) -> Locator:
        """Find the output area of a cell."""
        return self.cell(index).locator(".jp-Cell-outputArea")

    def kernel_exec(self, code: str) -> str:
        """Run code in the notebook's kernel, outside any cell; return what it printed.

        Raises
        ------
        CellError
            The code raised.
        """
        answer: dict[str, str] = self.page.evaluate(
            """async code => {
                const session = window.jupyterapp.shell.currentWidget.sessionContext.session;
                const future = session.kernel.requestExecute({ code, store_history: false });
                const answer = { printed: '', traceback: '' };
                future.onIOPub = ({ header: { msg_type: type }, content }) => {
                    if (type === 'stream') answer.printed += content.text;
                    if (type === 'error') answer.traceback = content.traceback.join('\\n');
                };
                await future.done;
                return answer;
            }""",
            code,
        )
        if answer["traceback"]:
            raise CellError(answer["traceback"])
        return answer["printed"]

    def state(self) -> NotebookState:
        """Describe the notebook: its cells, which is active, what has run."""
        found: dict[str, Any] = self.page.evaluate(
            """() => {
                const notebook = window.jupyterapp.shell.currentWidget.content;
                const models = notebook.widgets.map(cell => cell.model);
                return {
                    cells: models.length,
                    active: notebook.activeCellIndex,
                    execution_counts: models.map(model => model.executionCount ?? null),
                    mode: notebook.mode,
                };
            }"""
        )
        return NotebookState(**{**found, "execution_counts": tuple(found["execution_counts"])})

    def toggle_theme(self, dark: bool) -> None:
        """Change Jupyter's theme, and wait until the page wears it."""
        theme = "JupyterLab Dark" if dark else "JupyterLab Light"
        self._command("apputils:change-theme", {"theme": theme})
        light = "false" if dark else "true"
        self.page.locator(f'body[data-jp-theme-light="{light}"]').wait_for(state="attached", timeout=TIMEOUT_MS)
        self._is_dark = dark

    def _command(self, name: str, arguments: dict[str, Any] | None = None, *, wait: bool = True) -> None:
        self.page.evaluate(
            """async ([name, args, wait]) => {
                const done = window.jupyterapp.commands.execute(name, args);
                if (wait) await done;
            }""",
            [name, arguments or {}, wait],
        )

    def _wait_until_ready(self) -> None:
        self.page.wait_for_function(
            """() => {
                const widget = window.jupyterapp?.shell?.currentWidget;
                const kernel = widget?.sessionContext?.session?.kernel;
                return document.querySelector('.jp-Notebook .jp-Cell')
                    && kernel?.status === 'idle' && kernel.connectionStatus === 'connected';
            }""",
            timeout=TIMEOUT_MS,
        )

    def _raise_cell_errors(self) -> None:
        tracebacks: list[str] = self.page.evaluate(
            """() => window.jupyterapp.shell.currentWidget.content.widgets
                .flatMap(cell => cell.model.outputs?.toJSON() ?? [])
                .filter(output => output.output_type === 'error')
                .map(output => output.traceback.join('\\n'))"""
        )
        if tracebacks:
            raise CellError("\n\n".join(tracebacks))
