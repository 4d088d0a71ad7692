"""Whatever comes, in messages, frames, bodies and names of files: nothing breaks, hangs, or gives away a file."""

from __future__ import annotations

import json
import struct
import tempfile
import urllib.parse
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nbblocks.hosts.standalone.handlers import decode
from nbblocks.session import LiveApp, Session
from nbblocks.session.session import Session as SessionClass
from tests.hosts.test_security import ask, launched, make, post
from tests.session.driver import Page
from tests.session.driver import launched as live

EXAMPLES = settings(max_examples=150, deadline=None)

FIELDS = [
    *(
        "page",
        "seq",
        "version",
        "query",
        "url",
        "job",
        "listener",
        "target",
        "event",
        "payload",
        "changes",
        "props",
        "rev",
    ),
    *(
        "block",
        "function",
        "call",
        "data",
        "file",
        "name",
        "size",
        "mime_type",
        "path",
        "ref",
        "chunk",
        "chunks",
        "credit",
    ),
    *("multiplexed", "upload", "offset", "token", "last", "value", "row", "sort", "index"),
]
KINDS = sorted(SessionClass._handlers)

leaves = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.integers(-3, 30)
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["click", "change", "load", "value", "a", "p", "0", "1", "greet", "../x", "/etc/passwd", "\0"])
)
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(FIELDS) | st.text(max_size=5) | st.integers(-1, 30).map(str), inner, max_size=4
        )
    ),
    max_leaves=12,
)
messages = st.fixed_dictionaries({"kind": st.sampled_from(KINDS)}, optional=dict.fromkeys(FIELDS, values)) | values


@pytest.fixture(scope="module")
def app():
    with tempfile.TemporaryDirectory():
        found = live(make())
        yield found
        found.close()


@pytest.fixture(scope="module")
def url():
    with launched(make()) as address:
        yield address


@EXAMPLES
@given(st.lists(messages, min_size=1, max_size=5), st.lists(st.binary(max_size=40), max_size=2))
def test_a_session_takes_whatever_a_page_says(app: LiveApp, said: list[object], buffers: list[bytes]) -> None:
    session: Session = app.open()
    for message in said:
        session.receive(message, [memoryview(b) for b in buffers])
    page = Page(app, session, name="honest")
    ((number, listener),) = [(n, d) for n, d in app.blocks.listeners.items() if d.api_name == "greet"]
    box, button = listener.inputs[0], listener.targets[0].block
    assert button is not None
    page.send(kind="changes", changes={str(box._id): {"value": "x", "rev": 10**21}})
    page.send(
        kind="event",
        job="honest-1",
        listener=number,
        target=button._id,
        event="click",
        payload=None,
        changes={},
    )
    page.until(lambda: page.status("honest-1") == "done")
    session.close()


@EXAMPLES
@given(st.binary(max_size=200) | st.tuples(st.integers(0, 50), st.integers(0, 3), st.binary(max_size=80)))
def test_a_frame_is_a_message_or_is_refused(frame: bytes | tuple[int, int, bytes]) -> None:
    made = frame if isinstance(frame, bytes) else struct.pack("<II", frame[0], frame[1]) + frame[2]
    try:
        message, buffers = decode(made)
    except (ValueError, struct.error, RecursionError):
        return
    json.dumps(message)
    assert sum(len(b) for b in buffers) <= len(made)


bodies = st.fixed_dictionaries(
    {},
    optional={
        "data": values,
        "fn_index": values,
        "session_hash": values,
        "event_data": values,
        "trigger_id": values,
        "event_id": values,
        "component_id": values,
        "fn_name": values,
        "simple_format": values,
        "batched": values,
    },
)
POSTED = [
    "run/greet",
    "run/json",
    "api/picture",
    "call/file",
    "call/v2/greet",
    "queue/join",
    "component_server",
    "cancel",
]


@EXAMPLES
@given(st.sampled_from([*POSTED, "reset", "upload"]), bodies | values, st.binary(max_size=30))
def test_a_body_is_answered(url: str, path: str, body: object, raw: bytes) -> None:
    for sent in (json.dumps(body).encode(), raw):
        status, _, text = post(url, f"/gradio_api/{path}", sent)
        assert status < 500 or json.loads(text).keys() >= {"error"}, (path, text)
        assert "Traceback" not in text


SECRET = "a secret that no page may have"
parts = st.sampled_from(
    [
        "..",
        ".",
        "/",
        "\\",
        "//",
        "%2e%2e",
        "%2f",
        "%5c",
        "etc",
        "passwd",
        "secret.txt",
        "~",
        "C:",
        "::$DATA",
        "\0",
        "%00",
        "é",
    ]
) | st.text(max_size=4)


@EXAMPLES
@given(st.lists(parts, max_size=8).map("".join), st.sampled_from(["", "/", "outside/", "//", "file://", "\\\\"]))
def test_a_name_of_a_file_gives_no_other_file(url: str, outside: Path, name: str, start: str) -> None:
    path = (f"{outside}/" if start == "outside/" else start) + name
    quoted = urllib.parse.quote(path.encode("utf-8", "replace"), safe="/%\\:~.$")
    for address in (f"/gradio_api/file={quoted}", f"/file={quoted}", f"/files/x/{quoted}", f"/theme/{quoted}"):
        status, _, text = ask(url, address)
        assert status < 500, (address, text)
        assert SECRET not in text
    for given_path in (path, str(outside / "secret.txt")):
        status, _, text = post(
            url, "/gradio_api/run/file", {"data": [{"path": given_path, "meta": {"_type": "gradio.FileData"}}]}
        )
        assert status < 500 or json.loads(text).keys() >= {"error"}, text
        assert SECRET not in text


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory):
    folder = Path("/var/tmp" if Path("/var/tmp").is_dir() else Path.home())
    with tempfile.TemporaryDirectory(dir=folder) as name:
        Path(name, "secret.txt").write_text(SECRET)
        yield Path(name)
