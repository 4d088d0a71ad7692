"""Fixtures of the tests that drive a real browser.

`lab` and `notebook7` are a page of a real JupyterLab or Notebook 7, `frontend` is each in turn,
`voila` serves cells with Voilà, `standalone` runs a script that serves a page, `page` is an empty
page. A test that fails leaves a picture in `test-results/`.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.browser.lab import JupyterServer, LabPage, jupyter_server
from tests.browser.processes import Server, free_port, running
from tests.browser.voila import voila_server
from tests.hosts.jupyter import Jupyter, jupyter

HERE = Path(__file__).parent
VIEWPORT = ViewportSize(width=1200, height=900)

Voila = Callable[..., Server]
Standalone = Callable[[str | Path], Server]
_has_failed = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this directory, and run them last.

    While playwright's synchronous API is open, its event loop counts as running in this thread,
    and `asyncio.run` of any other test would refuse to start.
    """
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: HERE in item.path.parents)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep whether the test failed, for the fixtures that end after it."""
    report = yield
    if report.when == "call":
        item.stash[_has_failed] = report.failed
    return report


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium without a window; skips the test where there is none."""
    with sync_playwright() as playwright:
        executable = find_chromium(playwright.chromium.executable_path)
        if executable is None:
            pytest.skip("no Chromium; NBBLOCKS_CHROMIUM can name one")
        browser = playwright.chromium.launch(executable_path=executable, args=[*ARGUMENTS])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Open an empty page with no memory of other tests."""
    context = chromium.new_context(viewport=VIEWPORT)
    page = context.new_page()
    yield page
    if request.node.stash.get(_has_failed, False):
        page.screenshot(path=f"test-results/{request.node.name}.png")
    context.close()


@pytest.fixture(scope="session")
def jupyterlab_server(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[JupyterServer]:
    """Run one JupyterLab for all tests."""
    with jupyter_server("lab", tmp_path_factory.mktemp("lab")) as jupyter:
        yield jupyter


@pytest.fixture(scope="session")
def notebook7_server(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[JupyterServer]:
    """Run one Notebook 7 for all tests."""
    with jupyter_server("notebook", tmp_path_factory.mktemp("notebook7")) as jupyter:
        yield jupyter


@pytest.fixture
def lab(page: Page, jupyterlab_server: JupyterServer) -> Iterator[LabPage]:
    """Open notebooks in JupyterLab."""
    lab = LabPage(page, jupyterlab_server)
    yield lab
    lab.close()


@pytest.fixture
def notebook7(page: Page, notebook7_server: JupyterServer) -> Iterator[LabPage]:
    """Open notebooks in Notebook 7."""
    notebook = LabPage(page, notebook7_server)
    yield notebook
    notebook.close()


@pytest.fixture(params=["lab", "notebook7"])
def frontend(request: pytest.FixtureRequest) -> LabPage:
    """Open notebooks in JupyterLab, then, as a test of its own, in Notebook 7."""
    page: LabPage = request.getfixturevalue(request.param)
    return page


@pytest.fixture
def voila(chromium: Browser, tmp_path: Path) -> Iterator[Voila]:
    """Serve code cells as a page with Voilà."""
    with ExitStack() as servers:
        yield lambda cells, *extra: servers.enter_context(voila_server(tmp_path, cells, extra))


@pytest.fixture
def jupyter_with(chromium: Browser, tmp_path: Path) -> Iterator[Callable[..., Jupyter]]:
    """Run a Jupyter server with the extension and some options."""
    with ExitStack() as servers:
        yield lambda *options: servers.enter_context(jupyter(tmp_path / "server", *options))


@pytest.fixture
def standalone(chromium: Browser, tmp_path: Path) -> Iterator[Standalone]:
    """Run scripts, given as source or as a path, that launch an app and print its address."""
    with ExitStack() as servers:

        def run(script: str | Path) -> Server:
            if isinstance(script, str):
                source = textwrap.dedent(script)
                script = tmp_path / "app.py"
                script.write_text(source, encoding="utf-8")
            return servers.enter_context(
                running(
                    [sys.executable, str(script)],
                    address=r"https?://[^\s'\"]+",
                    cwd=tmp_path,
                    environment={"GRADIO_SERVER_PORT": str(free_port())},
                )
            )

        yield run
