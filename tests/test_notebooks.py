"""Every notebook runs, from its first cell to its last, in a real kernel."""

from pathlib import Path

import nbclient
import nbformat
import pytest

FOLDER = Path(__file__).parent.parent / "notebooks"
NOTEBOOKS = sorted([*FOLDER.glob("*.ipynb"), *FOLDER.glob("hosts/*.ipynb")])
GALLERY = sorted((FOLDER / "components").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebook_runs(path):
    notebook = nbformat.read(path, as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells), "a notebook is kept without outputs"
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    shown = [o for cell in notebook.cells for o in cell.get("outputs", []) if o.output_type == "display_data"]
    assert any("application/vnd.jupyter.widget-view+json" in o.data for o in shown)


def test_gallery_runs():
    """All of it in one kernel: a kernel of its own for each of fifty notebooks would take minutes."""
    notebooks = [nbformat.read(path, as_version=4) for path in GALLERY]
    together = nbformat.v4.new_notebook()
    together.cells = [
        nbformat.v4.new_code_cell(cell.source) for nb in notebooks for cell in nb.cells if cell.cell_type == "code"
    ]
    nbclient.NotebookClient(together, timeout=120, kernel_name="python3").execute()
    shown = [o for cell in together.cells for o in cell.outputs if o.output_type == "display_data"]
    assert len(shown) == 2 * len(GALLERY)
