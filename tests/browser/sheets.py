"""Contact sheets: every component's states, from the gallery's notebooks, in light and in dark, as a page and in a cell.

    python -m tests.browser.sheets FOLDER [NAME ...] [--inline]

writes `<name>-<host>-<mode>.png` and an `index.html` that shows them side by side. `--inline` takes those in a real
JupyterLab too.
"""

from __future__ import annotations

import argparse
import html
import json
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

import nbblocks as gr
from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.browser.lab import LabPage, jupyter_server

NOTEBOOKS = Path(__file__).parents[2] / "notebooks" / "components"
WIDTH = 900


def cells(name: str) -> list[str]:
    """The code of a notebook's cells that make its states."""
    found = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in found if cell["cell_type"] == "code"][:2]


def as_page(browser: Browser, name: str, folder: Path) -> Iterator[str]:
    """Take the pictures of a page."""
    space: dict[str, object] = {}
    launch = "states.launch(inline=False, quiet=True, prevent_thread_lock=True)"
    for cell in cells(name):
        exec(cell.replace("states.launch()", launch), space)  # our own notebooks
    states = space["states"]
    assert isinstance(states, gr.Blocks)
    for mode in ("light", "dark"):
        page = browser.new_page(viewport={"width": WIDTH, "height": 800}, color_scheme=mode)
        page.goto(f"{states.local_url}?__theme={mode}")
        page.wait_for_selector(".nb-app")
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(700)
        yield (shot := f"{name}-page-{mode}.png")
        page.screenshot(path=folder / shot, full_page=True)
        page.close()
    states.close(verbose=False)


def in_a_cell(lab: LabPage, name: str, folder: Path) -> Iterator[str]:
    """Take the pictures of a cell's output."""
    lab.open(cells(name))
    for mode in ("light", "dark"):
        lab.toggle_theme(mode == "dark")
        lab.run_all()
        lab.app.wait_for()
        lab.page.wait_for_timeout(1500)
        yield (shot := f"{name}-cell-{mode}.png")
        lab.app.screenshot(path=folder / shot)


def main() -> None:
    """Take them all."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("names", nargs="*", default=sorted(p.stem for p in NOTEBOOKS.glob("*.ipynb")))
    asked.add_argument("--inline", action="store_true")
    given = asked.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    shots: dict[str, list[str]] = {}
    with sync_playwright() as playwright:
        executable = find_chromium(playwright.chromium.executable_path)
        browser = playwright.chromium.launch(executable_path=executable, args=[*ARGUMENTS])
        for name in given.names:
            shots[name] = list(as_page(browser, name, given.folder))
        if given.inline:
            directory = given.folder / "notebooks"
            directory.mkdir(exist_ok=True)
            with jupyter_server("lab", directory) as jupyter:
                page = browser.new_page(viewport={"width": WIDTH + 200, "height": 2000})
                for name in given.names:
                    shots[name] += in_a_cell(LabPage(page, jupyter), name, given.folder)
        browser.close()
    rows = "".join(
        f"<h2>{html.escape(name)}</h2>" + "".join(f'<img src="{shot}" width="24%">' for shot in taken)
        for name, taken in shots.items()
    )
    (given.folder / "index.html").write_text(f"<!doctype html><title>Contact sheets</title>{rows}", encoding="utf-8")


if __name__ == "__main__":
    main()
