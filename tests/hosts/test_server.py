"""`gr.Server`: a FastAPI application with endpoints of the API."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

import nbblocks as gr

Asked: Any = pytest.importorskip("fastapi").Request
pytest.importorskip("uvicorn")


@pytest.fixture(scope="module")
def url():
    server = gr.Server(title="Greetings")

    @server.get("/")
    def home():
        return {"message": "Hello World"}

    @server.api(name="hello", description="Greets")
    def hello(name: str) -> str:
        return f"Hello {name}"

    @server.mcp.tool(name="shout")
    @server.api
    def loud(text: str) -> str:
        """Says it loudly."""
        return text.upper()

    @server.api(concurrency_limit=1)
    def count(n: int) -> Iterator[int]:
        yield from range(n)

    launched = server.launch(prevent_thread_lock=True, quiet=True, server_port=0, show_error=True, mcp_server=True)
    assert launched[0] is server
    assert server.get_blocks().local_url == launched[1]

    @server.get("/late")
    def late():
        return "late"

    yield launched[1].rstrip("/")
    server.close(verbose=False)


def get(url, data=None):
    headers = {"Content-Type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=10) as answer:
        return json.loads(answer.read())


def test_its_own_routes_come_first(url):
    assert get(f"{url}/") == {"message": "Hello World"}
    assert get(f"{url}/late") == "late"
    assert get(f"{url}/openapi.json")["info"]["title"] == "Greetings"


def test_the_api_is_below_them(url):
    assert [*get(f"{url}/gradio_api/info")["named_endpoints"]] == ["/hello", "/loud", "/count"]
    assert get(f"{url}/gradio_api/run/hello", b'{"data": ["Ada"]}')["data"] == ["Hello Ada"]
    assert get(f"{url}/config")["root"] == url


def test_gradios_client_calls_it(url):
    client = pytest.importorskip("gradio_client").Client(url, verbose=False)
    assert client.predict("Ada", api_name="/hello") == "Hello Ada"
    job = client.submit(3, api_name="/count")
    assert job.result(10) == 2
    assert job.outputs() == [0, 1, 2]
    client.close()


def test_its_functions_are_tools(url):
    pytest.importorskip("mcp")
    offers = get(f"{url}/gradio_api/mcp/schema")
    assert [(o["name"], o["description"]) for o in offers] == [
        ("hello", "Greets"),
        ("shout", "Says it loudly."),
        ("count", ""),
    ]


def test_it_is_launched_and_closed_again():
    server = gr.Server()
    for _ in range(2):
        address = server.launch(prevent_thread_lock=True, quiet=True, server_port=0)[1]
        assert get(f"{address}gradio_api/info")["named_endpoints"] == {}
        server.close(verbose=False)


def test_nbblocks_alone_imports_neither_fastapi_nor_mcp():
    told = "import sys, nbblocks; print([m for m in ('fastapi', 'uvicorn', 'mcp', 'starlette') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_lifespan_of_the_launch_is_run_besides_the_servers_own():
    ran = []

    def spanning(name):
        @contextlib.asynccontextmanager
        async def lifespan(application):
            ran.append(f"{name} begins")
            yield {name: name.upper()}
            ran.append(f"{name} ends")

        return lifespan

    server = gr.Server(lifespan=spanning("own"))

    @server.get("/state")
    def state(request: Asked):
        return [request.state.own, request.state.added]

    @server.api(name="told")
    def told(request: gr.Request) -> str:
        return str(request.state.added)

    _, url, _ = server.launch(prevent_thread_lock=True, quiet=True, app_kwargs={"lifespan": spanning("added")})
    try:
        with urllib.request.urlopen(f"{url}state") as answer:
            assert json.loads(answer.read()) == ["OWN", "ADDED"]
    finally:
        server.close()
    assert ran == ["own begins", "added begins", "added ends", "own ends"]
