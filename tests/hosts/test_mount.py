"""The app inside another web application."""

from __future__ import annotations

import json
import re

import pytest
from tornado import httpserver, web
from tornado.httpclient import AsyncHTTPClient
from tornado.netutil import bind_sockets

import nbblocks as gr
from nbblocks import routes

pytest.importorskip("httpx")
fastapi = pytest.importorskip("fastapi")
from starlette.testclient import TestClient  # noqa: E402
from starlette.websockets import WebSocketDisconnect  # noqa: E402


def shout(text: str) -> str:
    return text.upper()


def app():
    with gr.Blocks(title="Mounted") as demo:
        text, out = gr.Textbox(label="text"), gr.Textbox(label="out")
        gr.Button("Go").click(shout, text, out)
    return demo


def boot_of(page: str):
    (boot,) = re.findall(r'id="nbblocks-boot">(.*?)</script>', page)
    return json.loads(boot)


@pytest.fixture
def site():
    outer = fastapi.FastAPI()

    @outer.get("/hello")
    def hello():
        return {"hello": "world"}

    with TestClient(gr.mount_gradio_app(outer, app(), path="/demo")) as client:
        yield client


def test_the_other_routes_and_the_app_are_side_by_side(site):
    assert site.get("/hello").json() == {"hello": "world"}
    page = site.get("/demo")
    assert page.url.path == "/demo/"
    assert boot_of(page.text)["template"]["title"] == "Mounted"


def test_the_api_is_below_the_path(site):
    config = site.get("/demo/config").json()
    assert config["root"] == "http://testserver/demo"
    assert site.post("/demo/gradio_api/run/shout", json={"data": ["a"]}).json()["data"] == ["A"]
    event = site.post("/demo/gradio_api/call/shout", json={"data": ["b"]}).json()["event_id"]
    assert 'data: ["B"]' in site.get(f"/demo/gradio_api/call/shout/{event}").text


def test_files_go_up(site):
    (path,) = site.post("/demo/gradio_api/upload", files={"files": ("a b.txt", b"hello")}).json()
    assert site.get(f"/demo/gradio_api/file={path}").content == b"hello"
    assert site.get("/demo/gradio_api/file=/etc/passwd").status_code == 403


def test_a_click_over_the_websocket(site):
    boot = boot_of(site.get("/demo/").text)
    blocks = boot["template"]["blocks"]
    by_label = {b["props"].get("label") or b["props"].get("value"): int(i) for i, b in blocks.items()}
    with site.websocket_connect(f"/demo/ws?session={boot['session']}") as socket:
        socket.send_text(json.dumps({"kind": "hello", "page": "p", "seq": boot["seq"]}))
        changes = {str(by_label["text"]): {"value": "hi", "rev": 1}}
        event = {"kind": "event", "job": "p-1", "listener": 0, "changes": changes}
        event |= {"target": by_label["Go"], "event": "click"}
        socket.send_text(json.dumps(event))
        heard = []
        while not any(m["kind"] == "job" and m["status"] == "done" for m in heard):
            told = json.loads(socket.receive_text())
            heard += told if isinstance(told, list) else [told]
    states = [m["models"] for m in heard if m["kind"] == "state"]
    assert {"HI"} == {s[str(by_label["out"])]["value"] for s in states if str(by_label["out"]) in s}


def test_a_websocket_of_another_site_is_refused(site):
    session = boot_of(site.get("/demo/").text)["session"]
    for address, headers in [
        (f"/demo/ws?session={session}", {"Origin": "http://evil.example"}),
        ("/demo/else", {}),
    ]:
        with pytest.raises(Exception) as caught, site.websocket_connect(address, headers=headers):  # noqa: PT011
            pass
        assert getattr(caught.value, "code", None) == 1008


def test_a_page_whose_session_is_gone_is_told_by_how_its_socket_closes(site):
    with site.websocket_connect("/demo/ws?session=nobody") as socket, pytest.raises(WebSocketDisconnect) as caught:
        socket.receive_text()
    assert caught.value.code == 4404


def test_with_auth_a_login_opens_it():
    outer = gr.mount_gradio_app(fastapi.FastAPI(), app(), path="/demo", auth=("ada", "pw"))
    with TestClient(outer) as client:
        assert client.get("/demo/config").status_code == 401
        page = client.get("/demo/", follow_redirects=False)
        assert page.headers["location"].startswith("/demo/login")
        assert client.post("/demo/login", data={"username": "ada", "password": "no"}).status_code == 400
        assert client.post("/demo/login", data={"username": "ada", "password": "pw"}).json() == {"success": True}
        assert client.get("/demo/config").json()["username"] == "ada"


def test_auth_dependency_says_who():
    outer = gr.mount_gradio_app(
        fastapi.FastAPI(), app(), path="/demo", auth_dependency=lambda request: request.headers.get("x-user")
    )
    with TestClient(outer) as client:
        assert client.get("/demo/config").status_code == 401
        assert client.get("/demo/config", headers={"X-User": "ada"}).json()["username"] == "ada"


def test_without_a_server():
    client = TestClient(routes.App.create_app(app()))
    assert client.get("/").status_code == 200
    assert client.post("/gradio_api/run/shout", json={"data": ["a"]}).json()["data"] == ["A"]


def test_what_launch_returns_is_an_application():
    demo = app()
    application, _, _ = demo.launch(inline=False, prevent_thread_lock=True, quiet=True)
    assert TestClient(application).get("/config").json()["title"] == "Mounted"
    demo.close()


def test_in_a_tornado_application():
    outer = gr.mount_gradio_app(web.Application(), app(), path="/demo")

    async def go():
        (listening,) = bind_sockets(0, "127.0.0.1")
        server = httpserver.HTTPServer(outer)
        server.add_sockets([listening])
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        client = AsyncHTTPClient(force_instance=True)
        page = await client.fetch(f"{url}/demo")
        run = await client.fetch(
            f"{url}/demo/gradio_api/run/shout", method="POST", body='{"data": ["a"]}', headers={"Origin": url}
        )
        server.stop()
        client.close()
        return page, json.loads(run.body)

    import asyncio

    page, answer = asyncio.run(go())
    assert page.effective_url.endswith("/demo/")
    assert answer["data"] == ["A"]
