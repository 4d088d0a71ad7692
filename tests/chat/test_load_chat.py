"""A chat with a server that speaks OpenAI's chat protocol."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

import nbblocks as gr


class Model(BaseHTTPRequestHandler):
    """Answers with the number of messages that came."""

    asked: list[dict[str, Any]] = []  # noqa: RUF012
    tokens: list[str | None] = []  # noqa: RUF012

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append(body)
        self.tokens.append(self.headers.get("Authorization"))
        if body["model"] == "none":
            self.send_error(404)
            return
        words = ["got ", f"{len(body['messages'])}"]
        self.send_response(200)
        self.end_headers()
        if not body["stream"]:
            self.wfile.write(json.dumps({"choices": [{"message": {"content": "".join(words)}}]}).encode())
            return
        for word in words:
            self.wfile.write(f"data: {json.dumps({'choices': [{'delta': {'content': word}}]})}\n\n".encode())
        self.wfile.write(b"data: [DONE]\n\n")

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def url() -> Iterator[str]:
    """Address of a model's server."""
    Model.asked.clear()
    Model.tokens.clear()
    with HTTPServer(("127.0.0.1", 0), Model) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/v1/"
        server.shutdown()
        thread.join()


def test_an_answer_comes_in_pieces(url: str) -> None:
    demo = gr.load_chat(url, "m", "secret", system_message="Be kind")
    history = [{"role": "user", "content": [{"type": "text", "text": "a"}]}, {"role": "assistant", "content": "b"}]
    assert list(demo.fn({"text": "hello", "files": []}, history)) == ["got ", "got 4"]
    assert [m["role"] for m in Model.asked[0]["messages"]] == ["system", "user", "assistant", "user"]
    assert Model.asked[0]["messages"][1]["content"] == "a"
    assert Model.tokens == ["Bearer secret"]


def test_an_answer_comes_whole(url: str) -> None:
    demo = gr.load_chat(url, "m", streaming=False, file_types=None)
    assert isinstance(demo.textbox, gr.Textbox)
    assert demo.fn("hello", []) == "got 1"


def test_text_and_pictures_go_to_the_model(url: str, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("remember")
    picture = tmp_path / "dot.png"
    picture.write_bytes(b"png")
    demo = gr.load_chat(url, "m", file_types=["text_encoded", "image"])
    list(demo.fn({"text": "look", "files": [str(note), str(picture)]}, []))
    text, image, said = Model.asked[0]["messages"][0]["content"]
    assert "remember" in text["text"]
    assert image["image_url"]["url"].startswith("data:image/png;base64,")
    assert said == {"type": "text", "text": "look"}


def test_a_server_that_refuses_is_shown(url: str) -> None:
    with pytest.raises(gr.Error, match="404"):
        list(gr.load_chat(url, "none").fn("x", []))
    with pytest.raises(gr.Error, match="cannot be reached"):
        list(gr.load_chat("http://127.0.0.1:9/", "m").fn("x", []))


def test_what_cannot_be_sent_is_refused() -> None:
    with pytest.raises(ValueError, match="file_types"):
        gr.load_chat("http://x/", "m", file_types="video")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="base_url"):
        gr.load_chat("file:///etc/", "m")
