"""Routes that an author adds to what `launch` returned, and to `demo.app`."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

import pytest

import nbblocks as gr

pytest.importorskip("fastapi")
TestClient: Any = pytest.importorskip("starlette.testclient").TestClient


@pytest.fixture
def demo():
    with gr.Blocks() as made:
        name = gr.Textbox()
        name.submit(lambda text: f"Hi {text}", name, name, api_name="greet")
    yield made
    made.close()


def ask(address: str, body: Any = None, **headers: str) -> tuple[int, Any]:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, data, {"Content-Type": "application/json", **headers})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())


def test_routes_of_a_running_app(demo):
    app, url, _ = demo.launch(inline=False, prevent_thread_lock=True, quiet=True)
    assert ask(f"{url}health")[0] == 404

    @app.get("/health")
    def health(deep: bool = False):
        return {"status": "ok", "deep": deep}

    @app.post("/sum")
    async def total(numbers: list[int]):
        return sum(numbers)

    assert ask(f"{url}health?deep=1") == (200, {"status": "ok", "deep": True})
    assert ask(f"{url}sum", [1, 2]) == (200, 3)
    assert ask(f"{url}sum", "x")[0] == 422
    assert ask(f"{url}nothing") == (404, {"detail": "Not Found"})
    assert ask(f"{url}gradio_api/run/greet", {"data": ["Ada"]})[1]["data"] == ["Hi Ada"]


def test_a_page_of_another_site_does_not_act_through_them(demo):
    app, url, _ = demo.launch(inline=False, prevent_thread_lock=True, quiet=True)
    ran = []
    app.post("/act")(lambda: ran.append(1))
    assert ask(f"{url}act", {}, Origin="http://evil.example")[0] == 403
    assert ran == []
    assert ask(f"{url}act", {})[0] == 200
    assert ran == [1]


def test_an_answer_that_streams(demo):
    from starlette.responses import StreamingResponse

    app, url, _ = demo.launch(inline=False, prevent_thread_lock=True, quiet=True)

    @app.get("/parts")
    def parts():
        return StreamingResponse((f"{n}\n" for n in range(3)), media_type="text/plain", headers={"X-Of": "three"})

    with urllib.request.urlopen(f"{url}parts", timeout=20) as answer:
        assert (answer.read(), answer.headers["X-Of"]) == (b"0\n1\n2\n", "three")
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_a_middleware_surrounds_an_app_that_another_server_serves(demo):
    app = demo.app

    @app.middleware("http")
    async def mark(request, call_next):
        answer = await call_next(request)
        answer.headers["X-Seen"] = request.url.path
        return answer

    @app.get("/health")
    def health():
        return "ok"

    with TestClient(app) as client:
        assert client.get("/health").json() == "ok"
        assert client.get("/config").headers["X-Seen"] == "/config"
    launched, _, _ = demo.launch(inline=False, prevent_thread_lock=True, quiet=True)
    with pytest.raises(RuntimeError, match="before an app is served"):
        launched.add_middleware(object)


def test_what_is_no_way_to_add_routes_is_no_attribute(demo):
    with pytest.raises(AttributeError, match="nonsense"):
        demo.app.nonsense  # noqa: B018
