"""A notebook served by Voilà."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.browser.lab import write_notebook
from tests.browser.processes import Server, free_port, isolated_jupyter, running


@contextmanager
def voila_server(directory: Path, cells: Sequence[str], extra: Sequence[str] = ()) -> Iterator[Server]:
    """Serve a notebook of these code cells as a page; each visit starts a kernel."""
    notebook = directory / "app.ipynb"
    write_notebook(notebook, cells)
    command = [
        *(sys.executable, "-m", "voila", str(notebook), "--no-browser"),
        *(f"--port={free_port()}", "--Voila.ip=127.0.0.1", "--show_tracebacks=True"),
        *extra,
    ]
    environment = isolated_jupyter(directory / "jupyter")
    with running(command, address=r"http://[\w.]+:\d+", cwd=directory, environment=environment) as server:
        yield server
