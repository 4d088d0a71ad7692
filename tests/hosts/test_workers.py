"""`launch(num_workers=2)`: one port, two processes, and each session in one of them."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from typing import Any

import httpx
import pytest
from tornado import web

import nbblocks as gr
from nbblocks import exceptions
from nbblocks.exceptions import DeclarationError, NbblocksWarning
from nbblocks.hosts.standalone.front import COOKIE, GONE
from nbblocks.hosts.standalone.worker import VARIABLE, Shared, Worker, worker_of
from tests.browser.processes import Server, free_port, running
from tests.hosts.jupyter import Visitor

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is one process on Windows")

ROOT = Path(__file__).parents[2]

APP = """
import os, signal, sys
import nbblocks as gr

def size(path):
    return f"{os.path.basename(path)} {os.path.getsize(path)}"

def end():
    os.kill(os.getpid(), signal.SIGKILL)

def address(request: gr.Request):
    return request.client.host

with gr.Blocks() as demo:
    name, out, count, held = gr.Textbox(label="Name"), gr.Textbox(label="Out"), gr.Number(label="N"), gr.State(0)
    file, picture = gr.File(label="File"), gr.Image(label="Picture", type="filepath")
    gr.Button("Go").click(lambda n: f"Hello {n} from {os.getpid()}", name, out, api_name="go")
    gr.Button("Count").click(lambda n: (n + 1, n + 1), held, [held, count], api_name="count")
    gr.Button("Size").click(size, file, out, api_name="size")
    gr.Button("Draw").click(lambda: gr.Image().example_value(), None, picture, api_name="draw")
    gr.Button("End").click(end, api_name="end")
    gr.Button("Address").click(address, None, out, api_name="address")
print("before", os.getpid(), flush=True)
demo.launch(server_port=PORT, OPTIONS)
print("after", os.getpid(), flush=True)
"""

#: Names of sessions, two of each process.
SESSIONS = [name for i in range(2) for name in [f"s{n}" for n in range(20) if worker_of(f"s{n}", 2) == i][:2]]


@pytest.fixture(autouse=True)
def _warns_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exceptions, "_warned", set())


Serving = Callable[..., Server]


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Serving]:
    """Run a script that serves the app with two workers."""
    with ExitStack() as stack:

        def serve(options: str = "", source: str = APP, **environment: str) -> Server:
            script = tmp_path / "app.py"
            told = ", ".join(filter(None, ["num_workers=2", options]))
            script.write_text(source.replace("PORT", str(free_port())).replace("OPTIONS", told), encoding="utf-8")
            return stack.enter_context(
                running(
                    [sys.executable, str(script)],
                    address=r"https?://[^\s'\"]+",
                    cwd=tmp_path,
                    environment={"PYTHONPATH": str(ROOT), **environment},
                )
            )

        yield serve


def call(client: httpx.Client, name: str, *data: Any, session: str | None = None) -> Any:
    """Call an endpoint as a simple client does: ask, then listen under the name of the event."""
    body = {"data": list(data), **({"session_hash": session} if session else {})}
    event = client.post(f"gradio_api/call/{name}", json=body).raise_for_status().json()["event_id"]
    text = client.get(f"gradio_api/call/{name}/{event}").raise_for_status().text
    assert text.startswith("event: complete"), text
    return json.loads(text.split("data: ", 1)[1])[-1]


def pid_of(greeting: str) -> int:
    return int(greeting.rpartition(" ")[2])


def stranger(server: Server, **given: Any) -> httpx.Client:
    """A client that keeps no cookies, and one connection for all it asks."""
    client = httpx.Client(base_url=server.url + "/", timeout=30, **given)
    client.cookies.jar.set_policy(NoCookies())
    return client


class NoCookies(DefaultCookiePolicy):
    def set_ok(self, cookie: object, request: object) -> bool:
        return False


def test_two_processes_serve_and_a_session_hash_stays_with_one(serving: Serving) -> None:
    server = serving()
    with stranger(server) as client:
        assert len({pid_of(call(client, "go", "a")) for _ in range(8)}) == 2
        for session in SESSIONS:
            assert [call(client, "count", session=session) for _ in range(3)] == [1, 2, 3]
        one, two, three, four = [pid_of(call(client, "go", "a", session=session)) for session in SESSIONS]
        assert one == two != three == four


def test_the_queue_of_a_client_is_heard_where_it_was_joined(serving: Serving) -> None:
    server = serving()
    for session in ("one", "two", "three"):
        with stranger(server) as client:
            config = client.get("config").json()
            number = next(d["id"] for d in config["dependencies"] if d["api_name"] == "go")
            body = {"data": ["a"], "fn_index": number, "session_hash": session}
            client.post("gradio_api/queue/join", json=body).raise_for_status()
            told = client.get("gradio_api/queue/data", params={"session_hash": session}).text
        assert "Hello a from" in told, told


def test_a_visitor_comes_back_to_a_process_by_a_signed_cookie(serving: Serving) -> None:
    server = serving()
    with httpx.Client(base_url=server.url + "/", timeout=30) as client:
        assert len({pid_of(call(client, "go", "a")) for _ in range(6)}) == 1
        flags = client.get("config", headers={"Cookie": f"{COOKIE}=0"}).headers["Set-Cookie"]
        assert {flag in flags for flag in (f"{COOKIE}=", "HttpOnly", "SameSite=Lax")} == {True}
    forged = web.create_signed_value("not the secret", COOKIE, "0").decode()
    with stranger(server, headers={"Cookie": f"{COOKIE}={forged}"}) as client:
        assert len({pid_of(call(client, "go", "a")) for _ in range(6)}) == 2
        assets = re.findall(r'static/[^"]+runtime\.js', client.get("").text)
        assert "Set-Cookie" not in client.get(assets[0]).headers


def test_what_one_process_was_sent_the_other_reads(serving: Serving) -> None:
    server = serving()
    with stranger(server) as client:
        pids: set[int] = set()
        for n in range(4):
            content = b"x" * (200_000 + n)
            [path] = client.post("gradio_api/upload", files={"files": (f"a{n}.txt", content)}).json()
            assert client.get(f"gradio_api/file={path}").content == content
            given = {"path": path, "meta": {"_type": "gradio.FileData"}}
            for session in SESSIONS:
                assert call(client, "size", given, session=session) == f"a{n}.txt {len(content)}"
                pids.add(pid_of(call(client, "go", "", session=session)))
        assert len(pids) == 2
        assert client.get("gradio_api/file=/etc/passwd").status_code == 403


def test_pages_and_their_files_stay_with_one_process(serving: Serving) -> None:
    server = serving()

    async def visit() -> int:
        visitor = await Visitor.come(server.url + "/", {})
        values = [await visitor.click("Count") for _ in range(3)]
        assert [v[visitor.block("N")] for v in values] == [1, 2, 3]
        picture = (await visitor.click("Draw"))[visitor.block("Picture")]
        async with httpx.AsyncClient() as client:  # no cookies
            address = f"{server.url}/file/{visitor.boot['session']}/{picture['path']}"
            assert (await client.get(address)).headers["Content-Type"].startswith("image/")
        return pid_of((await visitor.click("Go", {visitor.block("Name"): "a"}))[visitor.block("Out")])

    async def visits() -> set[int]:
        return {await visit() for _ in range(4)}

    assert len(asyncio.run(visits())) == 2


def test_a_login_holds_in_every_process(serving: Serving) -> None:
    server = serving('auth=("ada", "secret")')
    with httpx.Client(base_url=server.url + "/", timeout=30) as client:
        assert client.get("config").status_code == 401
        client.post("login", data={"username": "ada", "password": "secret"}).raise_for_status()
        client.cookies.delete(COOKIE, path="/")
        held = {"Cookie": "; ".join(f"{k}={v}" for k, v in client.cookies.items() if k != COOKIE)}
    with stranger(server, headers=held) as client:
        assert len({pid_of(call(client, "go", "a")) for _ in range(6)}) == 2
    with stranger(server) as client:
        tries = [client.post("login", data={"username": "ada", "password": "x"}).status_code for _ in range(12)]
    assert tries == [400] * 10 + [429] * 2  # one process counts them


def test_a_client_cannot_say_from_where_it_comes(serving: Serving) -> None:
    server = serving()
    forged = {"X-Forwarded-For": "1.2.3.4", "X-Real-Ip": "1.2.3.4", "X-Forwarded-Proto": "https", "X-Scheme": "https"}
    with stranger(server, headers=forged) as client:
        assert call(client, "address") == "127.0.0.1"
        assert client.get("config").json()["root"].startswith("http://")


def test_a_process_that_crashes_is_started_again(serving: Serving) -> None:
    server = serving()
    with stranger(server) as client:
        before = {pid_of(call(client, "go", "a", session=s)) for s in SESSIONS}
        gone = pid_of(call(client, "go", "a", session=SESSIONS[0]))
        ended = client.post("gradio_api/run/end", json={"data": [], "session_hash": SESSIONS[0]})
        assert (ended.status_code, ended.json()) == (502, {"detail": GONE})
        after = {pid_of(call(client, "go", "a", session=s)) for s in SESSIONS}
        assert (len(after), len(after & before), gone in after) == (2, 1, False)
        assert re.search(r"Worker \d of 2 ended with status -9; it is started again", server.output)
        assert [call(client, "count", session=SESSIONS[0]) for _ in range(2)] == [1, 2]


def test_numbers_are_those_of_all_processes(serving: Serving) -> None:
    server = serving("enable_monitoring=True")
    with stranger(server) as client:
        assert len({pid_of(call(client, "go", "a")) for _ in range(6)}) == 2
        told = client.get("metrics").text
        assert 'nbblocks_calls_total{endpoint="go",status="done"} 6\n' in told
        assert told.count("# TYPE nbblocks_calls_total counter") == 1
        assert client.get("healthz").json() == client.get("readyz").json() == {"status": "ok"}


def test_ctrl_c_ends_all_and_what_follows_a_launch_is_run_once(serving: Serving) -> None:
    server = serving()
    with stranger(server) as client:
        call(client, "go", "a")
    pids = [int(pid) for pid in re.findall(r"before (\d+)", server.output)]
    assert len(pids) == 3
    for pid in pids:  # as a terminal does, to all of them
        os.kill(pid, signal.SIGINT)
    assert server.process.wait(20) == 0
    assert re.findall(r"after (\d+)", server.output) == [str(server.process.pid)]
    assert not any(is_there(pid) for pid in pids)


def test_workers_end_with_the_first_process_however_it_ends(serving: Serving) -> None:
    server = serving()
    pids = [int(pid) for pid in re.findall(r"before (\d+)", server.output)]
    server.process.kill()
    server.process.wait(20)
    until = time.monotonic() + 20
    while any(is_there(pid) for pid in pids):
        assert time.monotonic() < until
        time.sleep(0.05)


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_a_worker_that_does_not_come_to_its_launch_is_told(tmp_path: Path) -> None:
    script = tmp_path / "app.py"
    script.write_text(
        textwrap.dedent(
            f"""
            import os, sys
            import nbblocks as gr
            if {VARIABLE!r} in os.environ:
                sys.exit(3)
            gr.Blocks().launch(server_port={free_port()}, num_workers=2)
            """
        )
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, str(script)], env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert re.search(r"Worker \d of 2 ended with status 3 before it served the app", done.stderr)


def test_a_script_may_launch_more_than_one_app_and_close_them(tmp_path: Path) -> None:
    script = tmp_path / "app.py"
    script.write_text(
        f"""
import os, httpx
import nbblocks as gr

with gr.Blocks() as first, gr.Row():
    gr.Textbox(label="First")
with gr.Blocks() as second:
    gr.Button("Go").click(lambda: os.getpid(), None, gr.Number(), api_name="pid")
first.launch(server_port=0, prevent_thread_lock=True, quiet=True)
_, url, _ = second.launch(server_port={free_port()}, num_workers=2, prevent_thread_lock=True, quiet=True)
pids = second.running.pids
found = [httpx.post(url + "gradio_api/run/pid", json={{"data": []}}).json()["data"][0] for _ in range(4)]
print("right", sorted(set(found)) == sorted(pids))
second.close(verbose=False)
print("left", *(pid for pid in pids if os.path.exists(f"/proc/{{pid}}")))
print("refused", end=" ")
try:
    httpx.get(url)
except httpx.ConnectError:
    print("yes")
"""
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, str(script)], env=environment, capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.returncode) == ("right True\nleft\nrefused yes\n", 0), done.stderr


def test_a_prefix_and_https_are_the_front_ones(serving: Serving, tmp_path: Path) -> None:
    made = "openssl req -x509 -newkey rsa:2048 -nodes -keyout k.pem -out c.pem -days 1 -subj /CN=localhost"
    subprocess.run(shlex.split(made), cwd=tmp_path, check=True, capture_output=True)
    server = serving('root_path="/mine", ssl_keyfile="k.pem", ssl_certfile="c.pem"')
    assert re.fullmatch(r"https://.*/mine", server.url)
    with stranger(server, verify=False) as client:
        assert client.get("config").json()["root"].startswith("https://")
        assert len({pid_of(call(client, "go", "a")) for _ in range(6)}) == 2
        told = client.get("config").headers["Set-Cookie"]
        assert {flag in told for flag in ("Path=/mine/", "Secure")} == {True}


def test_a_page_that_leaves_is_missed_behind_the_front(serving: Serving) -> None:
    server = serving("enable_monitoring=True")

    async def visit() -> None:
        visitor = await Visitor.come(server.url + "/", {})
        await visitor.click("Count")
        assert "nbblocks_sessions 1\n" in httpx.get(server.url + "/metrics").text
        assert visitor.socket is not None
        visitor.socket.close(1001)
        until = time.monotonic() + 20
        while "nbblocks_sessions 0\n" not in httpx.get(server.url + "/metrics").text:
            assert time.monotonic() < until

    asyncio.run(visit())


def test_what_comes_in_pieces_is_passed_on(serving: Serving) -> None:
    server = serving('max_file_size="1mb"')
    with stranger(server) as client:
        form = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        headers = {"Content-Type": "multipart/form-data; boundary=x"}
        pieces = iter([form, b"hello", b"\r\n--x--\r\n"])  # sent without a length
        [path] = client.post("gradio_api/upload", content=pieces, headers=headers).json()
        assert client.get(f"gradio_api/file={path}").content == b"hello"
        whole = json.dumps({"session_hash": SESSIONS[0], "data": ["a"]}).encode()
        headers = {"Content-Type": "application/json"}
        asked = client.post("gradio_api/run/go", content=iter([whole[:9], whole[9:]]), headers=headers)
        assert asked.json()["data"][0] == call(client, "go", "a", session=SESSIONS[0])
        large = {"files": ("large.txt", b"x" * (3 << 20))}
        assert client.post("gradio_api/upload", files=large).status_code == 413


def test_nothing_is_smuggled_past_the_front(serving: Serving) -> None:
    server = serving()
    host, _, port = server.url.partition("://")[2].partition(":")
    second = b"GET /gradio_api/info HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: 1.2.3.4\r\n\r\n"
    hello = f"Host: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    key = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA==\r\n"
    refused = f"GET /ws?session=x HTTP/1.1\r\n{hello}{key}Origin: http://other.example\r\n\r\n"
    pieces = b"%x\r\n%s\r\n0\r\n\r\n" % (len(second), second)
    deleted = "DELETE /gradio_api/info HTTP/1.1\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n"
    deleted += f"Host: {host}:{port}\r\n\r\n"
    for sent, status in ((refused.encode() + second, b" 403 "), (deleted.encode() + pieces, b" 411 ")):
        with socket.create_connection((host, int(port)), 20) as connection:
            connection.sendall(sent)
            answer = b"".join(iter(lambda: connection.recv(1 << 16), b""))
        assert status in answer.splitlines()[0]
        assert answer.count(b"HTTP/1.1 ") == 1


def test_names_that_a_process_makes_lead_to_it() -> None:
    for index in range(3):
        worker = Worker(index, "", Shared(0, 3), None, None)  # type: ignore[arg-type]
        numbers = iter(range(100))
        assert {worker_of(worker.named(lambda n=numbers: str(next(n))), 3) for _ in range(8)} == {index}  # type: ignore[misc]


def test_a_count_that_is_none_is_refused_and_what_is_no_script_has_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for wrong in (0, -1, "two"):
        with pytest.raises(DeclarationError, match="num_workers"):
            gr.Blocks().launch(inline=False, num_workers=wrong, prevent_thread_lock=True, quiet=True)  # type: ignore[arg-type]
    monkeypatch.setenv("GRADIO_NUM_WORKERS", "2")
    demo = gr.Blocks()
    with pytest.warns(NbblocksWarning, match="not a script that other processes can run again"):
        demo.launch(inline=False, prevent_thread_lock=True, quiet=True)
    demo.close(verbose=False)


def test_a_graph_that_is_edited_has_one_process(tmp_path: Path) -> None:
    flow = gr.Workflow(str(tmp_path / "graph.json"))
    with pytest.warns(NbblocksWarning, match="num_workers=….* its graph is edited in one process"):
        flow.launch(inline=False, num_workers=2, prevent_thread_lock=True, quiet=True)
    flow.close(verbose=False)


def test_routes_are_not_added_where_nothing_would_answer_them(tmp_path: Path) -> None:
    script = tmp_path / "app.py"
    launched = f"gr.Blocks().launch(server_port={free_port()}, num_workers=2, prevent_thread_lock=True)"
    script.write_text(f"import nbblocks as gr\napp, _, _ = {launched}\napp.get('/mine')")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, str(script)], env=environment, capture_output=True, text=True, timeout=60)
    assert done.stderr.rstrip().endswith("routes cannot be added, for other processes serve the app")
