"""Apps at a Jupyter server's and a hub's own address, in a real browser, with its cookies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.hosts.jupyter import TOKEN, Jupyter
from tests.hosts.jupyterhub import find_proxy, jupyterhub

APP = """
import nbblocks as gr

def greet(name, request: gr.Request):
    return f"Hello {name}, {request.username}"

with gr.Blocks(title="Greeter") as demo:
    name, greeting = gr.Textbox(label="Name"), gr.Textbox(label="Greeting")
    gr.Button("Greet").click(greet, name, greeting)
demo.launch(LAUNCH)
"""


def log_in(page: Page, user: str) -> None:
    page.get_by_label("Username").fill(user)
    page.get_by_label("Password").fill("pw")
    page.get_by_role("button", name="Sign in").click()


def greets(page: Page, said: str) -> None:
    page.get_by_label("Name").fill("you")
    page.get_by_role("button", name="Greet").click()
    expect(page.get_by_label("Greeting")).to_have_value(said)


def test_a_guest_of_a_hub_logs_in_and_uses_a_shared_app(page: Page, tmp_path: Path) -> None:
    pytest.importorskip("jupyterhub", reason="JupyterHub is not installed")
    proxy = find_proxy()
    if proxy is None:
        pytest.skip("configurable-http-proxy is not installed")
    with jupyterhub(tmp_path, proxy) as hub:
        kernel = hub.server("ada").start_kernel()
        kernel.run(APP.replace("LAUNCH", "inline=False, share=True"))
        hub.headers("bob")
        hub.share("ada", "bob")
        address = hub.server("ada").url + kernel.path("greeter")
        page.goto(address)
        log_in(page, "bob")
        page.get_by_role("button", name="Authorize").or_(page.get_by_label("Name")).first.wait_for()
        if page.get_by_role("button", name="Authorize").is_visible():
            page.get_by_role("button", name="Authorize").click()
        greets(page, "Hello you, bob")
        page.goto(f"{hub.server('ada').url}/lab")
        expect(page.get_by_text("Only apps are shared here")).to_be_visible()


def test_the_page_of_a_cell_that_runs_again_shows_the_new_app(page: Page, jupyter_with: Callable[..., Jupyter]) -> None:
    server = jupyter_with()
    kernel = server.start_kernel()
    kernel.run(APP.replace("LAUNCH", "inline=False"))
    page.goto(f"{server.url}{kernel.path('greeter')}?token={TOKEN}")
    expect(page.get_by_label("Name")).to_be_visible()
    kernel.run("demo.close()")
    expect(page.get_by_role("heading", name="This app is not running")).to_be_visible()
    kernel.run(APP.replace("LAUNCH", "inline=False").replace("Hello", "Hi"))
    page.get_by_label("Name").fill("you")
    page.get_by_role("button", name="Greet").click()
    expect(page.get_by_label("Greeting")).to_have_value("Hi you, root")


def test_a_page_recovers_when_its_kernel_dies(page: Page, jupyter_with: Callable[..., Jupyter]) -> None:
    server = jupyter_with("--NBBlocks.retry_s=0.5")
    script = "import os\n" + APP.replace("LAUNCH", "").replace(
        "demo.launch", "with demo:\n    gr.Button('Die').click(lambda: os._exit(1))\ndemo.launch"
    )
    (server.folder / "app.py").write_text(script)
    page.goto(f"{server.url}/nbblocks/app/app.py/?token={TOKEN}")
    page.get_by_label("Name").fill("before")
    page.get_by_role("button", name="Die").click()
    expect(page.get_by_role("heading", name="The app is starting")).to_be_visible(timeout=15_000)
    expect(page.get_by_label("Name")).to_have_value("", timeout=30_000)
    page.get_by_role("button", name="Greet").click()
    expect(page.get_by_label("Greeting")).to_have_value("Hello , root")


def test_a_kernel_that_takes_no_messages_is_said_to_be_busy(page: Page, jupyter_with: Callable[..., Jupyter]) -> None:
    server = jupyter_with("--NBBlocks.use_socket=False")
    kernel = server.start_kernel()
    kernel.run(APP.replace("LAUNCH", "inline=False"))
    page.goto(f"{server.url}{kernel.path('greeter')}?token={TOKEN}")
    greets(page, "Hello you, root")
    kernel.start("import ctypes; ctypes.PyDLL(None).sleep(6)")  # holds the lock: also subshells wait
    page.get_by_label("Name").fill("again")
    page.get_by_role("button", name="Greet").click()
    expect(page.get_by_role("status").filter(has_text="Busy")).to_be_visible()
    expect(page.get_by_label("Greeting")).to_have_value("Hello again, root", timeout=15_000)
    expect(page.get_by_role("status").filter(has_text="Busy")).to_have_count(0)
