"""A real JupyterLite: JupyterLab with a kernel in the page, every file of it served from this machine."""

from __future__ import annotations

import functools
import hashlib
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Page, expect

from tests.hosts.jupyter import REPOSITORY
from tests.hosts.test_pyodide import find_pyodide

#: What Pyodide itself loads to be a kernel, and what a notebook installs.
OF_PYODIDE = ("micropip", "ipython", "jedi", "packaging", "narwhals", "typing-extensions")
INSTALLED = ("anywidget", "comm", "ipywidgets", "jupyterlab_widgets", "psygnal", "python-multipart")
INSTALL = (
    f"import piplite\nawait piplite.install({['nbblocks', 'narwhals', 'typing-extensions', *INSTALLED]}, deps=False)"
)
#: Extensions of this environment's JupyterLab that want a server of their own.
NOT_LITE = ["ipyparallel-labextension", "@voila-dashboards/jupyterlab-preview"]


def build_lite(folder: Path, cells: list[str]) -> Path:
    """Build a site with one notebook, `app.ipynb`; skips the test where what it is made of cannot be had."""
    for module in ("jupyterlite_core", "jupyterlite_pyodide_kernel", "hatchling"):
        pytest.importorskip(module)
    pyodide = find_pyodide()
    if pyodide is None:
        pytest.skip("npm's pyodide is needed")
    shutil.copytree(pyodide.parent, folder / "static" / "pyodide")
    _add_packages(folder / "static" / "pyodide")
    wheel = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "pypi")]
    subprocess.run(wheel, cwd=REPOSITORY, env={**os.environ, "HATCH_BUILD_NO_HOOKS": "true"}, check=True)
    _download(folder / "pypi", *INSTALLED)  # its kernel asks for comm itself
    made = nbformat.v4
    notebook = made.new_notebook(cells=[made.new_code_cell(c) for c in [INSTALL, *cells]])
    notebook["metadata"]["kernelspec"] = {"name": "python", "display_name": "Python", "language": "python"}
    (folder / "files").mkdir(parents=True)
    nbformat.write(notebook, folder / "files" / "app.ipynb")
    kernel = {"@jupyterlite/pyodide-kernel-extension:kernel": {"disablePyPIFallback": True}}
    config = {"disabledExtensions": NOT_LITE, "litePluginSettings": kernel}
    site = {"jupyter-lite-schema-version": 0, "jupyter-config-data": config}
    (folder / "jupyter-lite.json").write_text(json.dumps(site))
    command = [sys.executable, "-m", "jupyterlite_core.app", "build", "--lite-dir", str(folder)]
    command += ["--contents", str(folder / "files"), "--output-dir", str(folder / "site")]
    subprocess.run(command, cwd=folder, check=True)
    return folder / "site"


def _add_packages(pyodide: Path) -> None:
    """Put beside Pyodide what it would fetch from its makers' server: the same releases, from PyPI."""
    lock = json.loads((pyodide / "pyodide-lock.json").read_text())
    packages, wanted, taken = lock["packages"], list(OF_PYODIDE), dict[str, str]()
    while wanted:
        name = wanted.pop().lower().replace("_", "-")
        if name not in taken:
            taken[name] = f"{name}=={packages[name]['version']}"
            wanted += packages[name]["depends"]
    _download(pyodide, *taken.values())
    for name in taken:
        plain = name.replace("-", "_")
        (file,) = pyodide.glob(f"{plain}-{packages[name]['version']}-*.whl")
        packages[name]["file_name"] = file.name
        packages[name]["sha256"] = hashlib.sha256(file.read_bytes()).hexdigest()
    (pyodide / "pyodide-lock.json").write_text(json.dumps(lock))


def _download(folder: Path, *requirements: str) -> None:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder)]
    command += ["--only-binary", ":all:", "--platform", "any", "--python-version", "3.14", *requirements]
    environment = {**os.environ, "PIP_CONSTRAINT": os.devnull}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"PyPI does not give the wheels: {done.stderr[-200:]}")


class _Files(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


def run_all(page: Page, address: str) -> None:
    """Open the site's notebook and run all of its cells."""
    page.goto(f"{address}/lab/index.html?path=app.ipynb")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=60_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    expect(page.locator(".gradio-container")).to_be_visible(timeout=120_000)


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a folder; its address."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Files, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
