"""One app in every host: the same page, the same answers.

A host is opened with the source of an app and gives a page that shows it. The fakes know no more of a widget than what
VS Code's and Colab's front ends promise: `get`, `set`, `on`, `save_changes`, `send` and `signal`.
"""

from __future__ import annotations

import base64
import json
import queue
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import nbformat
import numpy as np
import PIL.Image
import pytest
from playwright.sync_api import Error, Page, expect

import nbblocks as gr
from nbblocks.blocks import LaunchOptions
from nbblocks.hosts.inline import InlineApp
from nbblocks.hosts.models import loader
from tests.browser.lab import LabPage
from tests.browser.lite import build_lite, run_all, served
from tests.browser.processes import free_port, isolated_jupyter, running
from tests.hosts.jupyter import TOKEN

APP = """
import time
import numpy as np
import nbblocks as gr

def greet(name):
    return f"Hello {name}!"

def count(n):
    for i in range(1, int(n) + 1):
        yield str(i)
        time.sleep(0.02)

def fail():
    raise gr.Error("It cannot be")

def picture(n):
    image = np.zeros((20, 30, 3), np.uint8)
    image[:, : int(n)] = (255, 0, 0)
    return image

with gr.Blocks() as demo:
    gr.Markdown("# The **same** app")
    with gr.Row():
        name, greeting = gr.Textbox(label="Name"), gr.Textbox(label="Greeting")
    gr.Button("Greet").click(greet, name, greeting)
    steps, counted = gr.Number(5, label="Steps"), gr.Textbox(label="Counted")
    gr.Button("Count").click(count, steps, counted).then(lambda: "ended", None, greeting)
    gr.Button("Fail").click(fail)
    shown = gr.Image(label="Picture", interactive=False)
    gr.Button("Draw").click(picture, steps, shown)
    with gr.Walkthrough():
        with gr.Step("First"):
            gr.Markdown("in a lazy view")
        with gr.Step("Second"):
            pass
    given, size = gr.Image(label="Given"), gr.Textbox(label="Size")
    given.upload(lambda image: str(image.shape), given, size)
"""
LAUNCH = "demo.launch()"
LARGE = 1_500_000  #: bytes of a picture that needs several chunks in any host

Host = Callable[[pytest.FixtureRequest, Path], Page]


def _notebook(fixture: str, first: str = "") -> Host:
    def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Page:
        notebook: LabPage = request.getfixturevalue(fixture)
        notebook.open([first + APP + LAUNCH])
        notebook.run_all()
        return notebook.page

    return opened


def _voila(*extra: str) -> Host:
    def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Page:
        server = request.getfixturevalue("voila")([APP + LAUNCH], *extra)
        page: Page = request.getfixturevalue("page")
        page.goto(server.url)
        return page

    return opened


def _standalone(request: pytest.FixtureRequest, tmp_path: Path) -> Page:
    server = request.getfixturevalue("standalone")(APP + "demo.launch(inline=False)")
    page: Page = request.getfixturevalue("page")
    page.goto(server.url)
    return page


def _hub(*options: str) -> Host:
    """A kernel's app at its Jupyter server's own address."""

    def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Page:
        server = request.getfixturevalue("jupyter_with")(*options)
        kernel = server.start_kernel()
        kernel.run(APP + "demo.launch(inline=False)")
        page: Page = request.getfixturevalue("page")
        page.goto(f"{server.url}{kernel.path()}?token={TOKEN}")
        return page

    return opened


def _hub_program(request: pytest.FixtureRequest, tmp_path: Path) -> Page:
    """A notebook as an app: the page waits until it has run."""
    server = request.getfixturevalue("jupyter_with")()
    made: Any = nbformat.v4
    nbformat.write(made.new_notebook(cells=[made.new_code_cell(APP + LAUNCH)]), server.folder / "app.ipynb")
    page: Page = request.getfixturevalue("page")
    page.goto(f"{server.url}/nbblocks/app/app.ipynb/?token={TOKEN}")
    expect(page.get_by_role("heading", name="The app is starting")).to_be_visible()
    return page


def _marimo(request: pytest.FixtureRequest, tmp_path: Path) -> Page:
    pytest.importorskip("marimo", reason="marimo is not installed")
    body = textwrap.indent(APP + LAUNCH, "    ")
    notebook = tmp_path / "notebook.py"
    notebook.write_text(f"import marimo\n\napp = marimo.App()\n\n\n@app.cell\ndef _():\n{body}\n    return\n")
    command = [sys.executable, "-m", "marimo", "run", str(notebook), "--headless", "--no-token", "--port"]
    environment = {**isolated_jupyter(tmp_path / "jupyter"), "HOME": str(tmp_path)}
    server = running([*command, str(free_port())], address=r"(http://\S+)", cwd=tmp_path, environment=environment)
    url = server.__enter__().url
    request.addfinalizer(lambda: server.__exit__(None, None, None))
    page: Page = request.getfixturevalue("page")
    page.goto(url)
    return page


#: Where there is neither numpy nor Pillow, as both are no wheels of PyPI for Pyodide: the pictures are made by hand.
BY_HAND = """
import struct, zlib

def picture(n):
    row = b"\\0" + b"\\xff\\0\\0" * int(n) + bytes(3 * (30 - int(n)))
    parts = [(b"IHDR", struct.pack(">IIBBBBB", 30, 20, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(row * 20)), (b"IEND", b"")]
    with open("drawn.png", "wb") as f:
        f.write(b"\\x89PNG\\r\\n\\x1a\\n")
        for kind, data in parts:
            f.write(struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)))
    return "drawn.png"

def size_of(path):
    with open(path, "rb") as f:
        width, height = struct.unpack(">II", f.read(24)[16:])
    return str((height, width, 3))
"""


def _lite(request: pytest.FixtureRequest, tmp_path: Path) -> Page:
    drawing = APP[APP.index("def picture") : APP.index("with gr.Blocks")]
    given = APP[APP.index("    given, size") :]
    app = (
        APP.replace("import numpy as np\n", "")
        .replace(drawing, BY_HAND)
        .replace(
            given,
            '    given, size = gr.File(label="Given"), gr.Textbox(label="Size")\n    given.upload(size_of, given, size)\n',
        )
    )
    site = served(build_lite(tmp_path / "lite", [app + LAUNCH]))
    address = site.__enter__()
    request.addfinalizer(lambda: site.__exit__(None, None, None))
    page: Page = request.getfixturevalue("page")
    run_all(page, address)
    return page


FAKE = """
async ({ esm, state, isColab, limit }) => {
  if (isColab) globalThis.google = { colab: {} };
  const bytes = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
  const text = buffer => {
    const view = ArrayBuffer.isView(buffer) ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
      : new Uint8Array(buffer);
    let out = "";
    for (let at = 0; at < view.length; at += 32768) out += String.fromCharCode(...view.subarray(at, at + 32768));
    return btoa(out);
  };
  const listeners = {};
  const model = {
    get: name => state[name],
    set: (name, value) => { state[name] = value },
    save_changes: () => {},
    on: (name, callback) => { (listeners[name] ??= new Set()).add(callback) },
    off: (name, callback) => { listeners[name]?.delete(callback) },
    send: (content, callbacks, buffers = []) => {
      const size = buffers.reduce((sum, b) => sum + b.byteLength, 0);
      if (limit && size > limit) return;
      void toKernel(JSON.stringify(content), buffers.map(text));
    },
  };
  const url = URL.createObjectURL(new Blob([esm], { type: "text/javascript" }));
  const { default: widget } = await import(url);
  const ended = new AbortController();
  globalThis.leave = () => ended.abort();
  const take = async () => {
    for (const [content, buffers] of await fromKernel()) {
      const size = buffers.reduce((sum, b) => sum + b.length, 0) * 0.75;
      if (limit && size > limit) continue;
      const views = buffers.map(b => new DataView(bytes(b).buffer));
      for (const callback of [...listeners["msg:custom"] ?? []]) callback(JSON.parse(content), views);
    }
    setTimeout(take, 10);
  };
  void take();
  const el = document.createElement("div");
  document.body.append(el);
  void widget.render({ model, el, signal: ended.signal });
}
"""


def _fake(is_colab: bool) -> Host:
    def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Page:
        page: Page = request.getfixturevalue("page")
        if is_colab:
            request.getfixturevalue("monkeypatch").setitem(sys.modules, "google.colab", ModuleType("google.colab"))
        space: dict[str, Any] = {}
        exec(compile(APP, "app", "exec"), space)
        app = InlineApp(space["demo"], LaunchOptions(inline=True))
        request.addfinalizer(app.close)
        sent: queue.Queue[tuple[str, list[str]]] = queue.Queue()

        def send(content: Any, buffers: Any = None) -> None:
            sent.put((json.dumps(content), [base64.b64encode(b).decode() for b in buffers or []]))

        def taken() -> list[Any]:
            return [sent.get() for _ in range(sent.qsize())]

        app.display.model.send = send
        page.expose_function("fromKernel", taken)
        page.expose_function(
            "toKernel",
            lambda content, buffers: app.display.receive(json.loads(content), [base64.b64decode(b) for b in buffers]),
        )
        page.goto("data:text/html,<!doctype html><body></body>")
        model = app.display.model
        state = {"template": model.template, "models": {}, "session": model.session, "snapshot": model.snapshot}
        limit = 1_000_000 if is_colab else 0
        page.evaluate(FAKE, {"esm": loader(), "state": state, "isColab": is_colab, "limit": limit})
        return page

    return opened


MOUNTED = """
import sys, threading, uvicorn
from fastapi import FastAPI

site = gr.mount_gradio_app(FastAPI(), demo, path="/here/it")
print(f"http://127.0.0.1:{PORT}/here/it/", flush=True)
uvicorn.run(site, host="127.0.0.1", port=PORT, log_level="error")
"""


def _mounted(request: pytest.FixtureRequest, tmp_path: Path) -> Page:
    for module in ("fastapi", "uvicorn"):
        pytest.importorskip(module)
    server = request.getfixturevalue("standalone")(APP + MOUNTED.replace("PORT", str(free_port())))
    page: Page = request.getfixturevalue("page")
    for _ in range(100):  # its address is printed just before it listens
        try:
            page.goto(server.url)
            break
        except Error:
            page.wait_for_timeout(100)
    return page


HOSTS: dict[str, Host] = {
    "jupyterlab": _notebook("lab"),
    "jupyterlab, one comm": _notebook("lab", "import os; os.environ['NBBLOCKS_MULTIPLEXED'] = '1'\n"),
    "notebook": _notebook("notebook7"),
    "voila": _voila(),
    "voila, progressive": _voila("--progressive_rendering=True"),
    "standalone": _standalone,
    "mounted under uvicorn": _mounted,
    "hub, by socket": _hub(),
    "hub, by comm": _hub("--NBBlocks.use_socket=False"),
    "hub, a notebook as an app": _hub_program,
    "marimo": _marimo,
    "jupyterlite": _lite,
    "a fake of VS Code": _fake(is_colab=False),
    "a fake of Colab": _fake(is_colab=True),
}


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    gr.close_all(verbose=False)


@pytest.mark.parametrize("host", HOSTS)
def test_an_app_does_the_same_in_every_host(host: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    page = HOSTS[host](request, tmp_path)
    app = page.locator(".gradio-container")
    expect(app.get_by_role("heading", name="The same app")).to_be_visible(timeout=40_000)
    expect(app.get_by_role("button", name="First")).to_have_attribute("aria-current", "step")

    name, greeting = app.get_by_label("Name"), app.get_by_label("Greeting")
    name.fill("Ada")
    app.get_by_role("button", name="Greet").click()  # at once: the text must not be overtaken
    expect(greeting).to_have_value("Hello Ada!")

    app.get_by_role("button", name="Count").click()
    expect(app.get_by_label("Counted")).to_have_value("5")
    expect(greeting).to_have_value("ended")

    app.get_by_role("button", name="Fail").click()
    expect(app.get_by_text("It cannot be")).to_be_visible()

    app.get_by_role("button", name="Draw").click()
    picture = app.locator("img[src]").first
    expect(picture).to_be_visible()
    assert picture.evaluate("async i => { await i.decode(); return [i.naturalWidth, i.naturalHeight] }") == [30, 20]

    file = tmp_path / "large.png"
    noise = np.random.default_rng(0).integers(0, 256, (700, 800, 3), np.uint8)
    PIL.Image.fromarray(noise).save(file)
    assert file.stat().st_size > LARGE
    app.locator("input[type=file]").first.set_input_files(str(file))
    expect(app.get_by_label("Size")).to_have_value("(700, 800, 3)", timeout=20_000)


def test_a_view_that_ends_in_a_fake_ends_its_session(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    page = HOSTS["a fake of VS Code"](request, tmp_path)
    expect(page.get_by_role("heading", name="The same app")).to_be_visible(timeout=20_000)
    page.evaluate("leave()")
    expect(page.locator(".gradio-container")).to_have_count(0)


# --- where nothing runs: saved notebooks

SAVED = """
import nbblocks as gr
with gr.Blocks() as demo:
    gr.Markdown("# Saved **notebook**")
    gr.Textbox("a value", label="Name")
    gr.Dropdown(["x", "y"], value="y", label="Choice")
    gr.Label({"cat": 0.75, "dog": 0.25}, label="Classes")
    gr.HTML("<b onclick='x'>free</b><script>evil()</script>")
demo.launch()
"""
WORDS = ("Saved", "a value", "Choice", "cat", "free")


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A notebook that nbclient ran: with the outputs, without the state of widgets."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(SAVED)])
    directory = tmp_path_factory.mktemp("saved")
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(directory)}}).execute()
    return notebook


def test_nbclient_runs_an_app_and_keeps_what_it_shows(executed: Any) -> None:
    (output,) = [o for o in executed.cells[0].outputs if "text/html" in o.get("data", {})]
    assert "application/vnd.jupyter.widget-view+json" in output.data
    text = output.data["text/html"]
    assert all(word in text for word in WORDS)
    assert "<script" not in text
    assert "onclick" not in text
    assert len(json.dumps(output)) < 50_000


@pytest.mark.parametrize("kind", ["HTMLExporter", "MarkdownExporter"])
def test_a_notebook_without_widget_state_shows_the_last_values(executed: Any, kind: str) -> None:
    import nbconvert
    import nbformat

    bare = nbformat.from_dict(json.loads(json.dumps(executed)))
    bare.metadata.pop("widgets", None)
    text, _ = getattr(nbconvert, kind)().from_notebook_node(bare)
    assert all(word in text for word in WORDS)


def test_an_app_as_a_page_in_which_nothing_runs(page: Page, tmp_path: Path) -> None:
    space: dict[str, Any] = {}
    with pytest.warns(gr.exceptions.NbblocksWarning, match="a <script> in value does not run"):
        exec(compile(SAVED.replace("demo.launch()", ""), "app", "exec"), space)
    text = space["demo"].to_html(tmp_path / "app.html")
    assert (tmp_path / "app.html").read_text(encoding="utf-8") == text
    page.goto((tmp_path / "app.html").as_uri())
    expect(page.get_by_role("heading", name="Saved notebook")).to_be_visible()
    assert page.locator("script").count() == 0
