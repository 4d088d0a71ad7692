"""The app inside another web application."""

from __future__ import annotations

import contextlib
import json
import re
import urllib.request

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


# --- what a test client finds


@pytest.fixture
def unlaunched():
    """A client of an app that no host shows."""

    def client_of(demo, **options):
        return TestClient(routes.App.create_app(demo, **options))

    return client_of


def test_an_app_answers_a_test_client_before_it_is_launched():
    demo = app()
    client = TestClient(demo.app)
    assert client.post("/gradio_api/run/shout", json={"data": ["a"]}).json()["data"] == ["A"]
    before = demo.app
    demo.launch(inline=False, prevent_thread_lock=True, quiet=True)
    try:
        assert demo.app is not before
        assert TestClient(demo.app).get("/config").json()["title"] == "Mounted"
    finally:
        demo.close()


def test_headers_are_found_however_their_name_is_written(unlaunched):
    def agent(request: gr.Request):
        assert dict(request.headers)["user-agent"] == request.headers.get("USER-AGENT")
        assert ("user-agent", "curl") in request.headers.items()
        return f"{request.headers['User-Agent']} {'X-None' in request.headers}"

    client = unlaunched(gr.Interface(agent, None, "text", api_name="agent"))
    answer = client.post("/gradio_api/run/agent", json={"data": []}, headers={"User-Agent": "curl"}).json()
    assert answer["data"] == ["curl False"]


def test_a_lifespan_surrounds_the_requests_and_its_state_reaches_handlers():
    told = []

    @contextlib.asynccontextmanager
    async def lifespan(application):
        told.append("up")
        yield {"model": "large"}
        told.append("down")

    def model(request: gr.Request):
        return request.state.model

    demo = gr.Interface(model, None, "text", api_name="model")
    with TestClient(routes.App.create_app(demo, app_kwargs={"lifespan": lifespan})) as client:
        assert client.post("/gradio_api/run/model", json={"data": []}).json()["data"] == ["large"]
    assert told == ["up", "down"]
    _, url, _ = demo.launch(inline=False, prevent_thread_lock=True, quiet=True, app_kwargs={"lifespan": lifespan})
    try:
        with urllib.request.urlopen(
            urllib.request.Request(f"{url}gradio_api/run/model", b'{"data": []}', {"Content-Type": "application/json"})
        ) as answer:
            assert json.load(answer)["data"] == ["large"]
    finally:
        demo.close()
    assert told == ["up", "down"] * 2


def test_a_mounted_app_hears_of_its_servers_state():
    @contextlib.asynccontextmanager
    async def lifespan(application):
        yield {"model": "small"}

    def model(request: gr.Request):
        return request.state.model

    outer = fastapi.FastAPI(lifespan=lifespan)
    gr.mount_gradio_app(outer, gr.Interface(model, None, "text", api_name="model"), path="/demo")
    with TestClient(outer) as client:
        assert client.post("/demo/gradio_api/run/model", json={"data": []}).json()["data"] == ["small"]


def test_what_it_was_mounted_with_may_be_read_of_the_app():
    demo = app()
    gr.mount_gradio_app(fastapi.FastAPI(), demo, path="/demo", root_path="/x", allowed_paths=["a"], show_error=False)
    assert (demo.root_path, demo.allowed_paths, demo.show_error) == ("/x", ["a"], False)


def test_many_calls_of_a_batch_in_one_request(unlaunched):
    def both(firsts, seconds):
        return [[f"{a}{b}" for a, b in zip(firsts, seconds, strict=True)]]

    demo = gr.Interface(both, ["text", "text"], "text", batch=True, max_batch_size=4, api_name="both")
    client = unlaunched(demo)

    def run(data):
        return client.post("/gradio_api/run/both", json={"data": data, "batched": True})

    assert run([["a", "b"], ["c", "d"]]).json()["data"] == [["ac", "bd"]]
    assert [run(data).status_code for data in ([["a"], ["b", "c"]], ["a", "b"], [[], []])] == [422] * 3


def test_values_beyond_the_last_input_say_nothing(unlaunched):
    client = unlaunched(app())
    assert client.post("/gradio_api/run/shout", json={"data": ["a", "b"]}).json()["data"] == ["A"]


def test_a_file_is_also_below_its_old_address_and_a_part_that_is_not_there_is_told_its_length(unlaunched):
    client = unlaunched(app())
    (path,) = client.post("/gradio_api/upload", files={"files": ("a.txt", b"abc")}).json()
    assert client.get(f"/gradio_api/file/{path}").content == b"abc"
    beyond = client.get(f"/gradio_api/file={path}", headers={"Range": "bytes=3-9"})
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, "bytes */3")
    part = client.get(f"/gradio_api/file={path}", headers={"Range": "bytes=1-9"})
    assert (part.status_code, part.content, part.headers["Content-Range"]) == (206, b"bc", "bytes 1-2/3")


def test_a_name_of_a_file_that_fills_a_page_is_too_large(unlaunched):
    client = unlaunched(app())
    assert client.post("/gradio_api/upload", files={"files": ("a" * 9000, b"abc")}).status_code == 413


def test_configuration_and_endpoints_of_one_page(unlaunched):
    with gr.Blocks() as demo:
        a = gr.Textbox(label="a")
        a.change(lambda x: x, a, a, api_name="first")
    with demo.route("More", path="more"):
        b = gr.Textbox(label="b")
        b.change(lambda x: x, b, b, api_name="second")
    client = unlaunched(demo)
    config = client.get("/config?page=more").json()
    assert config["current_page"] == "more"
    assert [c["props"]["label"] for c in config["components"] if c["type"] == "textbox"] == ["b"]
    assert [d["api_name"] for d in config["dependencies"]] == ["second"]
    assert "current_page" not in client.get("/config?page=none").json()
    assert list(client.get("/gradio_api/info?page=").json()["named_endpoints"]) == ["/first"]
    assert len(client.get("/gradio_api/info").json()["named_endpoints"]) == 2


def test_a_deep_link_keeps_what_a_clients_session_shows(unlaunched):
    demo = app()
    client = unlaunched(demo)
    client.post("/gradio_api/run/shout", json={"data": ["a"], "session_hash": "one"})
    link = client.get("/gradio_api/deep_link?session_hash=one").json()
    config = client.get(f"/config?deep_link={link}").json()
    assert config["deep_link_state"] == "valid"
    assert [c["props"].get("value") for c in config["components"] if c["props"].get("label") == "out"] == ["A"]
    assert client.get("/config?deep_link=../x").json()["deep_link_state"] == "invalid"
    assert client.get("/config").json()["deep_link_state"] == "none"
    assert client.get("/gradio_api/deep_link?session_hash=two").json() == ""


def test_a_deep_link_needs_a_login(unlaunched):
    client = unlaunched(app(), auth=("ada", "secret"))
    assert client.get("/gradio_api/deep_link?session_hash=one").status_code == 401


def test_monitoring_tells_its_address_to_the_author_alone(unlaunched, capsys):
    client = unlaunched(app())
    assert "http" not in client.get("/monitoring").text
    assert client.get("/monitoring").status_code == 200
    (line,) = capsys.readouterr().out.splitlines()
    assert client.get(line.rpartition(" ")[2] + "/summary").json()["sessions"] == 0
    refused = unlaunched(app(), enable_monitoring=False)
    assert [refused.get(f"/monitoring{rest}").status_code for rest in ("", "/summary")] == [403, 403]


def test_the_page_about_the_api_at_an_address_of_its_own(unlaunched):
    client = unlaunched(app(), app_kwargs={"docs_url": "/docs"})
    assert "/shout" in client.get("/docs").text
    assert unlaunched(app()).get("/docs").status_code == 404


def test_a_function_that_a_page_calls_is_told_who_asks(unlaunched):
    def where(x, request: gr.Request):
        return f"{x} {request.url}"

    with gr.Blocks() as demo:
        html = gr.HTML("a", server_functions=[where])
    body = {"session_hash": "one", "component_id": str(html._id), "fn_name": "where", "data": ["b"]}
    answer = unlaunched(demo).post("/gradio_api/component_server", json=body)
    assert answer.json() == "b http://testserver/gradio_api/component_server"


def test_a_state_among_the_results_of_a_call_is_null(unlaunched):
    with gr.Blocks() as demo:
        text, kept = gr.Textbox(), gr.State(0)
        text.submit(lambda x, n: (f"{x}{n}", n + 1), [text, kept], [text, kept], api_name="count")
    client = unlaunched(demo)
    for expected in ("a0", "a1"):
        event = client.post("/gradio_api/call/count", json={"data": ["a"], "session_hash": "one"}).json()["event_id"]
        assert f'data: ["{expected}", null]' in client.get(f"/gradio_api/call/count/{event}").text


def test_of_what_fastapi_alone_could_do_the_author_is_told(unlaunched):
    with pytest.warns(gr.exceptions.NotInThisHost, match="redoc_url"):
        client = unlaunched(app(), app_kwargs={"redoc_url": "/redoc", "root_path": "/x"})
    assert client.get("/config").json()["root"] == "http://testserver/x"
