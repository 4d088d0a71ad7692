"""Two users of a real JupyterHub: what the one shares, and what the other gets of it."""

from __future__ import annotations

import asyncio
import json
import statistics
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from tests.hosts.jupyter import Kernel, Visitor
from tests.hosts.jupyterhub import Hub, find_proxy, jupyterhub
from tests.hosts.routes import path_of

pytest.importorskip("jupyterhub", reason="JupyterHub is not installed")

APP = """
import nbblocks as gr

def greet(name, request: gr.Request):
    return f"Hello {name}, {request.username}"

with gr.Blocks(title=TITLE) as demo:
    name, greeting = gr.Textbox(label="Name"), gr.Textbox(label="Greeting")
    gr.Button("Greet").click(greet, name, greeting, api_name="greet")
demo.launch(LAUNCH)
"""


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    proxy = find_proxy()
    if proxy is None:
        pytest.skip("configurable-http-proxy is not installed")
    with jupyterhub(tmp_path_factory.mktemp("jupyterhub"), proxy) as found:
        yield found


@pytest.fixture(scope="module")
def ada(hub: Hub) -> Kernel:
    """A kernel of Ada's, with an app that she shares and one that she does not."""
    hub.server("ada").folder.joinpath("apps").mkdir()
    kernel = hub.server("ada").start_kernel()
    kernel.run(APP.replace("TITLE", "'Shared'").replace("LAUNCH", "inline=False, share=True"))
    kernel.run(APP.replace("TITLE", "'Private'").replace("LAUNCH", "inline=False"))
    return kernel


@pytest.fixture(scope="module")
def eve(hub: Hub, ada: Kernel) -> dict[str, str]:
    """Somebody with an account on the hub, and nothing more."""
    return hub.headers("eve")


@pytest.fixture(scope="module")
def bob(hub: Hub, ada: Kernel) -> dict[str, str]:
    """Somebody whom Ada has let in."""
    found = hub.headers("bob")
    hub.share("ada", "bob")
    return found


def greeting(kernel: Kernel, app: str, headers: dict[str, str]) -> str:
    async def visit() -> str:
        visitor = await Visitor.come(kernel.jupyter.url + kernel.path(app), headers)
        values = await visitor.click("Greet", {visitor.block("Name"): "you"})
        return str(values[visitor.block("Greeting")])

    return asyncio.run(visit())


def test_the_owner_uses_the_app_at_the_hubs_address(ada: Kernel) -> None:
    assert ada.run("print(demo.local_url)").strip() == f"/user/ada{ada.path('private')}"
    assert greeting(ada, "private", ada.jupyter.headers) == "Hello you, ada"


def test_a_guest_is_known_by_the_hubs_name(ada: Kernel, bob: dict[str, str]) -> None:
    assert greeting(ada, "shared", bob) == "Hello you, bob"


def test_what_is_not_shared_is_closed_to_a_guest(ada: Kernel, bob: dict[str, str]) -> None:
    url = ada.jupyter.url + ada.path("private")
    assert httpx.get(url, headers={**bob, "Accept": "text/html"}).status_code == 403
    assert httpx.post(f"{url}gradio_api/call/greet", json={"data": ["x"]}, headers=bob).status_code == 403


@pytest.mark.parametrize("app", ["shared", "private"])
def test_who_is_not_let_in_reaches_no_app(ada: Kernel, eve: dict[str, str], app: str) -> None:
    url = ada.jupyter.url + ada.path(app)
    for path in ("", "config", "gradio_api/info", "ws?session=x"):
        assert httpx.get(url + path, headers=eve).status_code == 403, path
    assert httpx.post(f"{url}gradio_api/call/greet", json={"data": ["x"]}, headers=eve).status_code == 403


def test_a_guest_uses_the_api_of_a_shared_app(ada: Kernel, bob: dict[str, str]) -> None:
    url = ada.jupyter.url + ada.path("shared")
    event = httpx.post(f"{url}gradio_api/call/greet", json={"data": ["x"]}, headers=bob).json()["event_id"]
    assert '"Hello x, bob"' in httpx.get(f"{url}gradio_api/call/greet/{event}", headers=bob).text


NOT_FOR_GUESTS = [
    ("GET", "/api/kernels"),
    ("POST", "/api/kernels"),
    ("GET", "/api/sessions"),
    ("GET", "/api/contents"),
    ("PUT", "/api/contents/x.txt"),
    ("GET", "/api/terminals"),
    ("POST", "/api/terminals"),
    ("GET", "/api/config/x"),
    ("GET", "/api/status"),
    ("POST", "/api/shutdown"),
    ("GET", "/files/secret.txt"),
    ("GET", "/view/secret.txt"),
    ("GET", "/nbconvert/html/x.ipynb"),
    ("GET", "/lab"),
    ("GET", "/tree"),
    ("GET", "/lab/api/settings"),
    ("PUT", "/lab/api/settings/@jupyterlab/apputils-extension:themes"),
    ("GET", "/lab/api/workspaces"),
    ("GET", "/proxy/8888"),
    ("GET", "/voila/render/x.ipynb"),
    ("GET", "/lsp/status"),
    ("GET", "/api/me"),
]


@pytest.mark.parametrize(("method", "path"), NOT_FOR_GUESTS)
def test_a_guest_has_nothing_else_of_the_server(ada: Kernel, bob: dict[str, str], method: str, path: str) -> None:
    ada.jupyter.folder.joinpath("secret.txt").write_text("the secret")
    answer = httpx.request(method, ada.jupyter.url + path, headers=bob, timeout=30)
    assert answer.status_code in (403, 404), answer.text
    assert "the secret" not in answer.text


def test_a_guest_has_outside_of_the_apps_only_what_anybody_has(hub: Hub, ada: Kernel, bob: dict[str, str]) -> None:
    """Also of routes that never ask an authorizer: the server itself says which it has."""
    patterns = json.loads((hub.folder / "ada.json").read_text())
    paths = {path for pattern in patterns if "nbblocks" not in pattern and (path := path_of(pattern))}
    own = sorted(path for path in paths if path.startswith("/user/ada/"))
    assert len(own) > 60

    def status(path: str, headers: dict[str, str]) -> int | None:
        try:
            return httpx.get(hub.url + path, headers=headers, timeout=5).status_code
        except httpx.ReadTimeout:  # some route of another extension answers nobody
            return None

    for path in own:
        guests = status(path, bob)
        assert guests in (403, 404, 405) or guests == status(path, {}), (path, guests)


@pytest.mark.parametrize(
    "path", ["/api/kernels/{kernel}/channels", "/terminals/websocket/1", "/api/events/subscribe", "/lsp/ws/pyright"]
)
def test_a_guest_opens_no_other_socket(ada: Kernel, bob: dict[str, str], path: str) -> None:
    url = ada.jupyter.url.replace("http", "ws", 1) + path.format(kernel=ada.id)

    async def connect() -> None:
        with pytest.raises(HTTPClientError) as refused:
            await websocket_connect(HTTPRequest(url, headers=bob))
        assert refused.value.code in (403, 404)

    asyncio.run(connect())


def test_a_guest_opens_only_those_programs_that_are_shared(ada: Kernel, bob: dict[str, str]) -> None:
    source = APP.replace("TITLE", "''").replace("LAUNCH", "")
    ada.jupyter.folder.joinpath("apps", "open.py").write_text(source)
    ada.jupyter.folder.joinpath("closed.py").write_text(source)
    url = f"{ada.jupyter.url}/nbblocks/app"
    assert httpx.get(f"{url}/closed.py/", headers=bob).status_code == 403
    assert httpx.get(f"{url}/apps/../closed.py/", headers=bob).status_code == 403

    async def visit() -> None:
        async with httpx.AsyncClient(headers={**bob, "Accept": "text/html"}) as client:
            while (answer := await client.get(f"{url}/apps/open.py/", timeout=30)).status_code == 503:
                await asyncio.sleep(0.1)
            if answer.status_code != 200:  # its owner is told why
                answer = await client.get(f"{url}/apps/open.py/", headers=ada.jupyter.headers)
            assert answer.status_code == 200, answer.text
        visitor = await Visitor.come(f"{url}/apps/open.py/", bob)
        assert "Hello you, bob" in str(await visitor.click("Greet", {visitor.block("Name"): "you"}))

    asyncio.run(visit())


def test_a_click_through_the_hub_is_prompt_also_while_a_cell_runs(ada: Kernel, bob: dict[str, str]) -> None:
    async def visit() -> dict[str, float]:
        visitor = await Visitor.come(ada.jupyter.url + ada.path("shared"), bob)
        found = {}
        for name, cell in (("idle", "pass"), ("busy", "import time; time.sleep(5)")):
            ada.start(cell)
            times: list[float] = []
            for n in range(60):
                since = time.perf_counter()
                await visitor.click("Greet", {visitor.block("Name"): f"{name} {n}"})
                times.append(time.perf_counter() - since)
            found[name] = statistics.median(times)
        return found

    found: dict[str, Any] = asyncio.run(visit())
    print({k: f"{1000 * v:.1f} ms" for k, v in found.items()})
    assert found["idle"] < 0.2
    assert found["busy"] < 0.5
