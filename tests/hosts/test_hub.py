"""Apps of a real Jupyter server's kernels, as pages: what visitors get, and what they cannot."""

from __future__ import annotations

import asyncio
import http.client
import re
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import httpx
import nbformat
import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from tests.hosts.jupyter import Jupyter, Kernel, Visitor, jupyter

APP = """
import nbblocks as gr

def greet(name, request: gr.Request):
    seen = {k.lower() for k in request.headers} & {"cookie", "authorization"}
    return f"Hello {name} of {request.username}, {len(request.cookies)} cookies, {len(seen)} secrets"

with gr.Blocks(TITLE) as demo:
    name, greeting = gr.Textbox(label="Name"), gr.Textbox(label="Greeting")
    mine = gr.State("")
    gr.Button("Greet").click(greet, name, greeting, api_name="greet")
    gr.Button("Keep").click(lambda x: x, name, mine)
    gr.Button("Recall").click(lambda x: x, mine, greeting)
demo.launch(LAUNCH)
"""

BY_COMM = pytest.param(
    "comm_kernel",
    marks=pytest.mark.skipif(
        int(version("ipykernel").partition(".")[0]) < 7, reason="before ipykernel 7, a comm waits for the cell"
    ),
)


def app(launch: str = "inline=False", title: str = "") -> str:
    return APP.replace("LAUNCH", launch).replace("TITLE", f"title={title!r}" if title else "")


def notebook(*cells: str) -> str:
    made: Any = nbformat.v4
    return str(nbformat.writes(made.new_notebook(cells=[made.new_code_cell(c) for c in cells])))


async def until(fn: Callable[[], Awaitable[Any]], timeout_s: float = 60) -> Any:
    """Ask again until the answer is a true one."""
    end = time.monotonic() + timeout_s
    while not (found := await fn()):
        assert time.monotonic() < end, "it did not come about"
        await asyncio.sleep(0.1)
    return found


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Jupyter]:
    options = ("--NBBlocks.max_visitors=60", "--NBBlocks.retry_s=0.5")
    with jupyter(tmp_path_factory.mktemp("hub"), *options) as found:
        yield found


@pytest.fixture(scope="module")
def kernel(server: Jupyter) -> Kernel:
    return server.start_kernel()


@pytest.fixture(scope="module")
def comm_kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kernel]:
    """As if the kernel were on another machine."""
    with jupyter(tmp_path_factory.mktemp("comm"), "--NBBlocks.use_socket=False") as found:
        yield found.start_kernel()


@pytest.fixture(params=["kernel", "comm_kernel"])
def either(request: pytest.FixtureRequest) -> Kernel:
    found: Kernel = request.getfixturevalue(request.param)
    return found


def untidied(server: Jupyter, path: str) -> tuple[int, str]:
    """The answer for a path as it stands: clients resolve what leads upwards before they ask."""
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=30)
    connection.request("GET", path, headers=server.headers)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def come(kernel: Kernel, name: str = "app") -> Awaitable[Visitor]:
    return Visitor.come(kernel.jupyter.url + kernel.path(name), kernel.jupyter.headers)


# --- apps of a kernel


def test_a_launch_without_inline_gives_the_servers_own_address(kernel: Kernel) -> None:
    printed = kernel.run(app(title="At the server"))
    address = f"{kernel.jupyter.url}{kernel.path('at-the-server')}"
    assert f"Running on your Jupyter server:  {address}" in printed
    assert address in kernel.run("print(demo.local_url)")
    assert (
        kernel.run("import socket; print('nbblocks.hosts.standalone.serve' in __import__('sys').modules)") == "False\n"
    )


def test_a_click_is_answered_by_socket_and_by_comm(either: Kernel) -> None:
    either.run(app(title="Click"))

    async def visit() -> None:
        visitor = await come(either, "click")
        greeting = (await visitor.click("Greet", {visitor.block("Name"): "Ada"}))[visitor.block("Greeting")]
        assert re.fullmatch(r"Hello Ada of \w+, 0 cookies, 0 secrets", greeting)

    asyncio.run(visit())


@pytest.mark.parametrize("either", ["kernel", BY_COMM], indirect=True)
def test_clicks_are_prompt_while_a_cell_runs(either: Kernel) -> None:
    either.run(app(title="Busy"))

    async def visit() -> list[float]:
        visitor = await come(either, "busy")
        name, times = visitor.block("Name"), []
        either.start("import time; time.sleep(3)")
        for n in range(20):
            since = time.perf_counter()
            await visitor.click("Greet", {name: f"n{n}"})
            times.append(time.perf_counter() - since)
        return times

    times = asyncio.run(visit())
    assert statistics.median(times) < 0.1
    assert max(times) < 1.5  # none has waited for the cell
    either.run("pass")


def test_an_app_in_a_cell_is_a_page_too_and_an_api(kernel: Kernel) -> None:
    kernel.run(app("mcp_server=True", title="In a cell"))
    path = kernel.path("in-a-cell")

    async def visit() -> dict[int, Any]:
        visitor = await come(kernel, "in-a-cell")
        return await visitor.click("Greet", {visitor.block("Name"): "Bo"})

    assert "Hello Bo" in str(asyncio.run(visit()))
    import gradio_client

    client = gradio_client.Client(
        kernel.jupyter.url + path, headers=kernel.jupyter.headers, verbose=False, download_files=False
    )
    assert client.predict("Cy", api_name="/greet").startswith("Hello Cy")
    wanted = {"Accept": "application/json, text/event-stream"}
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    tools = kernel.jupyter.ask("POST", f"{path}gradio_api/mcp/", json=call, headers=wanted)
    assert "greet" in tools.text
    assert httpx.post(f"{kernel.jupyter.url}{path}gradio_api/call/greet", json={"data": ["x"]}).status_code == 403


def test_large_files_go_both_ways(either: Kernel) -> None:
    either.run(
        "import nbblocks as gr\ngr.Interface(lambda f: f, gr.File(), gr.File(), title='Files').launch(inline=False)"
    )
    path, content = either.path("files"), bytes(range(256)) * 20_000
    uploaded = either.jupyter.ask("POST", f"{path}gradio_api/upload", files={"files": ("a.bin", content)})
    (reference,) = uploaded.json()
    assert either.jupyter.ask("GET", f"{path}gradio_api/file={reference}").content == content
    part = either.jupyter.ask("GET", f"{path}gradio_api/file={reference}", headers={"Range": "bytes=256-511"})
    assert (part.status_code, part.content) == (206, bytes(range(256)))


def test_running_the_cell_again_keeps_the_address_and_tells_the_page(kernel: Kernel) -> None:
    cell = {"cellId": "the-cell"}

    def run() -> None:
        message = kernel.client.session.msg(
            "execute_request",
            {"code": app(title="Again"), "silent": False, "store_history": False, "user_expressions": {}},
            metadata=cell,
        )
        kernel.client.shell_channel.send(message)
        reply = kernel.client._recv_reply(message["header"]["msg_id"], timeout=30)
        assert reply["content"]["status"] == "ok", reply

    async def visit() -> None:
        run()
        visitor = await come(kernel, "again")
        await asyncio.to_thread(run)
        while await visitor.next() is not None:
            pass
        assert visitor.socket is not None
        assert visitor.socket.close_code == 4404
        again = await come(kernel, "again")
        assert "Hello" in str(await again.click("Greet", {}))

    asyncio.run(visit())


def test_a_kernel_that_was_started_again_is_found_again(either: Kernel) -> None:
    server = either.jupyter
    kernel = server.start_kernel()
    kernel.run(app(title="Restarted"))

    async def visit() -> None:
        visitor = await come(kernel, "restarted")
        assert "Hello" in str(await visitor.click("Greet", {}))
        (await asyncio.to_thread(server.ask, "POST", f"/api/kernels/{kernel.id}/restart")).raise_for_status()
        while await visitor.next() is not None:
            pass
        assert visitor.socket is not None
        assert visitor.socket.close_code == 4404

    async def visit_again() -> None:
        again = await come(kernel, "restarted")
        assert "Hello" in str(await again.click("Greet", {}))

    asyncio.run(visit())
    page = server.ask("GET", kernel.path("restarted"), headers={"Accept": "text/html"})
    assert page.status_code == 404
    kernel.client.wait_for_ready(timeout=30)
    kernel.run(app(title="Restarted"))
    asyncio.run(visit_again())
    server.ask("DELETE", f"/api/kernels/{kernel.id}")
    gone = server.ask("GET", kernel.path("restarted"), headers={"Accept": "text/html"})
    assert (gone.status_code, "This app is not running" in gone.text) == (404, True)


# --- who may not


def test_nobody_comes_in_without_the_servers_login(kernel: Kernel) -> None:
    kernel.run(app(title="Closed"))
    url = kernel.jupyter.url + kernel.path("closed")
    assert httpx.get(url, headers={"Accept": "text/html"}).headers["location"].startswith("/login")
    for path in ("config", "gradio_api/info", "static/0/runtime.js", "file/x/y", "ws"):
        assert httpx.get(url + path).status_code == 403, path

    async def connect() -> None:
        visitor = await come(kernel, "closed")
        visitor.headers = {}
        with pytest.raises(HTTPClientError, match="403"):
            await visitor.connect()

    asyncio.run(connect())


@pytest.mark.parametrize(
    "origin", ["null", "http://evil.example", "http://127.0.0.1.evil.example", "http://127.0.0.1:1", "file://", ""]
)
def test_other_sites_pages_are_refused(kernel: Kernel, origin: str) -> None:
    kernel.run(app(title="Origins"))
    path = kernel.path("origins")
    call = {"json": {"data": ["x"]}, "headers": {"Origin": origin}}
    assert kernel.jupyter.ask("POST", f"{path}gradio_api/call/greet", **call).status_code == 403

    async def connect() -> None:
        visitor = await come(kernel, "origins")
        with pytest.raises(HTTPClientError, match="403"):
            await visitor.connect(Origin=origin)

    asyncio.run(connect())


def test_a_request_that_a_browser_says_is_another_sites_is_refused(kernel: Kernel) -> None:
    kernel.run(app(title="Sites"))
    cross = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    assert kernel.jupyter.ask("GET", f"{kernel.path('sites')}config", headers=cross).status_code == 403
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Accept": "text/html"}
    assert kernel.jupyter.ask("GET", kernel.path("sites"), headers=link).status_code == 200


@pytest.mark.parametrize(
    "rest",
    ["../../api/kernels", "..%2f..%2fapi/contents", "%2e%2e/%2e%2e/api/kernels", "proxy/8888/", "//evil/", "ws/x"],
)
def test_an_apps_address_leads_nowhere_else(kernel: Kernel, rest: str) -> None:
    kernel.run(app(title="Paths"))
    status, text = untidied(kernel.jupyter, kernel.path("paths") + rest)
    assert status == 404, text
    assert "kernel" not in text


def test_only_offered_apps_are_there(kernel: Kernel) -> None:
    answer = kernel.jupyter.ask("GET", kernel.path("no-such-app"), headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "This app is not running" in answer.text
    nobody = kernel.path().replace(kernel.id, "00000000-0000-0000-0000-000000000000")
    assert kernel.jupyter.ask("GET", nobody).status_code == 404


def test_a_visitor_cannot_say_who_they_are(kernel: Kernel) -> None:
    kernel.run(
        "import nbblocks as gr\n"
        "def who(request: gr.Request): return f'{request.username} {sorted(request.headers)}'\n"
        "with gr.Blocks(title='Who') as demo:\n"
        "    gr.Button('Ask').click(who, None, gr.Textbox(label='Said'), api_name='who')\n"
        "demo.launch(inline=False)"
    )
    forged = {"X-Nbblocks-User": "mallory", "X-Nbblocks-Viewer": "mallory", "Cookie": "a=b", "X-Own": "kept"}
    path = f"{kernel.path('who')}gradio_api/call/who"
    event = kernel.jupyter.ask("POST", path, json={"data": []}, headers=forged).json()["event_id"]
    said = kernel.jupyter.ask("GET", f"{path}/{event}").text
    assert "mallory" not in said
    assert "x-own" in said
    assert "cookie" not in said
    assert "authorization" not in said


def test_the_kernels_socket_is_for_this_user_alone(kernel: Kernel) -> None:
    kernel.run(app(title="Socket"))
    kernel.jupyter.ask("GET", kernel.path("socket"))
    modes = kernel.run(
        "import os, stat\nfrom nbblocks.hosts.hub.kernel import _door\n"
        "print(*(oct(stat.S_IMODE(os.stat(p).st_mode)) for p in (_door._path, os.path.dirname(_door._path))))"
    )
    assert modes.split() == ["0o600", "0o700"]


# --- notebooks and scripts as apps


def test_a_notebook_is_an_app_once_it_has_run(server: Jupyter) -> None:
    (server.folder / "deep").mkdir()
    cells = ("import time; time.sleep(0.5)", app("", title="ignored"))
    (server.folder / "deep" / "my app.ipynb").write_text(notebook(*cells))
    path = "/nbblocks/app/deep/my%20app.ipynb/"
    first = server.ask("GET", path, headers={"Accept": "text/html"})
    assert first.status_code == 503
    assert "The app is starting" in first.text

    async def visit() -> None:
        visitor = await started(server, path)
        assert "Hello Ada" in str(await visitor.click("Greet", {visitor.block("Name"): "Ada"}))

    asyncio.run(visit())


async def started(server: Jupyter, path: str) -> Visitor:
    async def is_there() -> bool:
        return (await asyncio.to_thread(server.ask, "GET", path, headers={"Accept": "text/html"})).status_code == 200

    await until(is_there)
    return await Visitor.come(server.url + path, server.headers)


def test_a_script_is_an_app_and_recovers_when_its_kernel_dies(server: Jupyter) -> None:
    script = app("").replace("demo.launch", "import os; gr.api(lambda: os._exit(1), api_name='die')\ndemo.launch")
    script = script.replace("with gr.Blocks() as demo:", "with gr.Blocks() as demo:\n    gr.Button('Die').click(die)")
    (server.folder / "app.py").write_text(
        "import os\ndef die(): os._exit(1)\n"
        + app("").replace("    mine =", "    gr.Button('Die').click(die)\n    mine =")
    )
    path = "/nbblocks/app/app.py/"

    async def visit() -> None:
        visitor = await started(server, path)
        assert "Hello" in str(await visitor.click("Greet", {}))
        with pytest.raises(AssertionError, match="the socket is closed"):
            await visitor.click("Die")
        assert visitor.socket is not None
        assert visitor.socket.close_code == 4404  # the page loads again, and waits
        again = await started(server, path)
        assert "Hello" in str(await again.click("Greet", {}))

    asyncio.run(visit())


def test_a_notebook_that_fails_says_so_and_is_tried_again(server: Jupyter) -> None:
    file = server.folder / "fails.ipynb"
    file.write_text(notebook("1 / 0"))
    path = "/nbblocks/app/fails.ipynb/"

    async def page() -> httpx.Response:
        return await asyncio.to_thread(server.ask, "GET", path, headers={"Accept": "text/html"})

    async def has_failed() -> bool:
        return (await page()).status_code == 500

    async def visit() -> None:
        await until(has_failed)
        text = (await page()).text
        assert "ZeroDivisionError" in text, text  # its owner asks
        file.write_text(notebook(app("")))
        await started(server, path)

    asyncio.run(visit())


@pytest.mark.parametrize("path", ["no.ipynb", ".hidden/app.py", "../outside.py", "%2e%2e/outside.py", "a//b.py"])
def test_a_program_is_a_visible_file_of_the_servers(server: Jupyter, path: str) -> None:
    (server.folder.parent / "outside.py").write_text(app(""))
    (server.folder / ".hidden").mkdir(exist_ok=True)
    (server.folder / ".hidden" / "app.py").write_text(app(""))
    status, text = untidied(server, f"/nbblocks/app/{path}/")
    assert status == 404, text


def test_no_more_visitors_than_may_and_no_kernel_without_any(tmp_path: Path) -> None:
    with jupyter(tmp_path, "--NBBlocks.max_visitors=2", "--NBBlocks.cull_idle_s=0.5") as server:
        (server.folder / "few.ipynb").write_text(notebook(app("")))
        path = "/nbblocks/app/few.ipynb/"

        async def kernels() -> list[Any]:
            found: list[Any] = (await asyncio.to_thread(server.ask, "GET", "/api/kernels")).json()
            return found

        async def has_none() -> bool:
            return not await kernels()

        async def visit() -> None:
            first = await started(server, path)
            second = await started(server, path)
            full = await asyncio.to_thread(server.ask, "GET", path, headers={"Accept": "text/html"})
            assert full.status_code == 503
            assert "This app is full" in full.text
            assert len(await kernels()) == 1
            for visitor in (first, second):
                assert visitor.socket is not None
                visitor.socket.close()
            await until(has_none)

        asyncio.run(visit())


# --- websockets of notebooks


@pytest.mark.parametrize("nodelay", [True, False])
def test_kernels_own_websockets_send_at_once_where_that_is_asked_for(tmp_path: Path, nodelay: bool) -> None:
    chosen = "--ServerApp.kernel_websocket_connection_class=tests.hosts.connections.TellingConnection"
    with jupyter(tmp_path, f"--NBBlocks.nodelay={nodelay}", chosen) as server:
        kernel = server.start_kernel()
        address = f"{server.url.replace('http', 'ws', 1)}/api/kernels/{kernel.id}/channels?session_id=s"

        async def connect() -> None:
            connection = await websocket_connect(HTTPRequest(address, headers=server.headers))
            connection.close()

        asyncio.run(connect())
        assert server.server is not None
        assert server.server.wait_for_line(r"TCP_NODELAY is (\d)", 10)[1] == str(int(nodelay))
