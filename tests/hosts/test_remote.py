"""Apps and services that run elsewhere."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

import nbblocks as gr
from nbblocks.exceptions import DeclarationError, NbblocksWarning
from tests.session.driver import Page, launched

pytest.importorskip("gradio_client")


@pytest.fixture
def far():
    """An app that another process could serve."""
    with gr.Blocks(title="Far") as demo:
        with gr.Row():
            word, times = gr.Textbox(label="Word"), gr.Slider(1, 5, 2, step=1, label="Times")
        out = gr.Textbox(label="Out")
        gr.Button("Go").click(lambda w, n: w * int(n), [word, times], out, api_name="repeat")
    _, url, _ = demo.launch(inline=False, prevent_thread_lock=True, quiet=True)
    yield url
    demo.close()


def test_an_app_elsewhere_is_one_here(far):
    page = Page(launched(gr.load(far)))
    page.fire("Go", Word="ab", Times=3)
    assert page.value("Out") == "ababab"
    assert page.app.template.config["title"] == "Far"


def test_a_function_can_be_the_source():
    assert gr.load("x", src=lambda name, token, more: (name, token, more), token="t", more=1) == ("x", "t", 1)


def test_what_a_load_cannot_do_is_said(monkeypatch):
    monkeypatch.setattr("nbblocks.exceptions._warned", set())
    for given in ({"accept_token": True}, {"provider": "someone"}):
        with pytest.warns(NbblocksWarning, match=f"{next(iter(given))}=…. has no effect"):
            gr.load("x", src=lambda name, token: None, **given)


def test_models_do_not_run_here():
    with pytest.raises(DeclarationError, match="does not run here"):
        gr.load("models/someone/some-model")


class Service(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        told = {"path": self.path, "body": body, "auth": self.headers.get("Authorization")}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(told).encode())

    def log_message(self, *args):
        pass


SPEC = {
    "info": {"title": "Pets"},
    "paths": {
        "/pets/{name}": {
            "parameters": [{"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}],
            "post": {
                "operationId": "add pet",
                "parameters": [{"name": "loud", "in": "query", "schema": {"type": "boolean", "default": True}}],
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}},
            },
            "delete": {},
        }
    },
    "components": {"schemas": {"Pet": {"type": "object", "properties": {"age": {"type": "integer"}}}}},
}


def test_a_service_becomes_an_app():
    server = HTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        url = f"http://127.0.0.1:{server.server_port}"
        app = gr.load_openapi(SPEC, url, methods=["post"], auth_token="secret")
        assert app("tom & co", True, 3) == {
            "path": "/pets/tom%20%26%20co?loud=True",
            "body": {"age": 3},
            "auth": "Bearer secret",
        }
    finally:
        server.shutdown()
        server.server_close()
    with pytest.raises(DeclarationError, match="no operation"):
        gr.load_openapi(SPEC, url, paths=["/cats"])


def test_trackers_are_told_where_it_is(far):
    told = {}

    class MLflow:
        log_param = staticmethod(told.__setitem__)

    with gr.Blocks() as demo:
        gr.Textbox()
    with pytest.raises(DeclarationError, match="launch"):
        demo.integrate(mlflow=MLflow)
    demo.launch(inline=False, prevent_thread_lock=True, quiet=True)
    demo.integrate(mlflow=MLflow)
    assert told == {"nbblocks link": demo.local_url}
    demo.close()
