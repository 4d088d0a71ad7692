"""An app as a page: a real server on this machine, spoken to as browsers and attackers do."""

from __future__ import annotations

import asyncio
import importlib
import json
import re
import socket
import subprocess
import sys
import threading
import urllib.parse

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

import nbblocks as gr
from nbblocks import exceptions
from nbblocks.exceptions import WireError
from nbblocks.session import LiveApp

serve_module = importlib.import_module("nbblocks.hosts.standalone.serve")  # the package has a function of that name
TIMEOUT_S = 10
STATIC = {
    "manifest.json": json.dumps({"runtime.js": "abc"}).encode(),
    "runtime.js": b"console.log('runtime')",
}


@pytest.fixture(autouse=True)
def built(monkeypatch, tmp_path):
    """A browser half of two files, and a cache of our own."""

    def asset(name):
        if name not in STATIC:
            raise WireError(f"there is no asset {name!r}")
        return STATIC[name]

    monkeypatch.setattr(LiveApp, "asset", staticmethod(asset))
    monkeypatch.setenv("NBBLOCKS_TEMP_DIR", str(tmp_path / "cache"))
    serve_module._asset_urls.cache_clear()
    serve_module._gzipped.cache_clear()
    yield
    gr.close_all(verbose=False)
    serve_module._asset_urls.cache_clear()
    serve_module._gzipped.cache_clear()


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def launched(demo, **options):
    port = free_port()
    demo.launch(inline=False, prevent_thread_lock=True, server_port=port, quiet=True, **options)
    return f"http://127.0.0.1:{port}/"


def ask(url, method="GET", body=None, **headers):
    """An answer, whatever its status; redirects are not followed."""

    async def go():
        request = HTTPRequest(
            url,
            method,
            headers={k.replace("_", "-"): v for k, v in headers.items()},
            body=body,
            follow_redirects=False,
            allow_nonstandard_methods=True,
            request_timeout=TIMEOUT_S,
        )
        return await AsyncHTTPClient(force_instance=True).fetch(request, raise_error=False)

    return asyncio.run(go())


def boot_of(answer):
    (text,) = re.findall(r'<script type="application/json" id="nbblocks-boot">(.*?)</script>', answer.body.decode())
    return json.loads(text)


def talk(url, session, *messages, until, **headers):
    """Open a page's socket, say hello and more; everything that came up to what was waited for."""

    async def go():
        address = url.replace("http", "ws", 1) + "ws?session=" + session
        request = HTTPRequest(address, headers={k.replace("_", "-"): v for k, v in headers.items()})
        connection = await websocket_connect(request)
        hello = {"kind": "hello", "version": "0", "page": "p", "seq": 0}
        for message in (hello, *messages):
            await connection.write_message(json.dumps(message))
        came = []
        while not any(map(until, came)):
            frame = await asyncio.wait_for(connection.read_message(), TIMEOUT_S)
            assert frame is not None, came
            told = json.loads(frame)
            came += told if isinstance(told, list) else [told]
        connection.close()
        return came

    return asyncio.run(go())


def status_of_socket(url, session, **headers):
    """The status with which a socket is opened (101) or refused."""

    async def go():
        address = url.replace("http", "ws", 1) + "ws?session=" + session
        try:
            connection = await websocket_connect(HTTPRequest(address, headers=headers, request_timeout=TIMEOUT_S))
        except HTTPClientError as refused:
            return refused.code
        connection.close()
        return 101

    return asyncio.run(go())


@pytest.fixture
def greeter():
    with gr.Blocks(title="</script><b>Greeter") as demo:
        demo.name, demo.out = gr.Textbox("</script>"), gr.Textbox(label="Out")
        demo.go = gr.Button("Greet")
        demo.go.click(lambda n: f"Hello {n}!", demo.name, demo.out)
    return demo


def click(demo, text):
    key = str(demo.name._id)
    return {
        "kind": "event",
        "job": "p-1",
        "listener": 0,
        "target": demo.go._id,
        "event": "click",
        "changes": {key: {"value": text, "rev": 1}},
    }


def is_end(message):
    return message["kind"] == "job" and message["status"] in ("done", "failed")


# --- the page and its socket


def test_the_page_holds_its_whole_first_paint_and_nothing_ends_its_script(greeter):
    answer = ask(launched(greeter))
    boot = boot_of(answer)
    assert boot["template"]["title"] == "</script><b>Greeter"
    assert boot["template"]["blocks"][str(greeter.name._id)]["props"]["value"] == "</script>"
    assert (boot["socket"], boot["seq"], boot["models"]) == ("ws", 0, {})
    assert "<title>&lt;/script&gt;&lt;b&gt;Greeter</title>" in answer.body.decode()
    assert re.search(r'<gradio-app[^>]*><div[^>]*class="gradio-container"', answer.body.decode())
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_click_over_the_socket_is_answered(greeter):
    url = launched(greeter)
    came = talk(url, boot_of(ask(url))["session"], click(greeter, "Ada"), until=is_end)
    assert [m["models"] for m in came if m["kind"] == "state"] == [
        {str(greeter.out._id): {"value": "Hello Ada!", "rev": 0}}
    ]
    assert came[-1]["status"] == "done"


def test_each_page_is_a_session_of_its_own(greeter):
    url = launched(greeter)
    assert boot_of(ask(url))["session"] != boot_of(ask(url))["session"]


def test_assets_are_kept_for_ever_under_the_address_of_their_build(greeter):
    url = launched(greeter)
    answer = ask(url + boot_of(ask(url))["assets"]["runtime.js"])
    assert (answer.code, answer.body) == (200, STATIC["runtime.js"])
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("path", ["x", "api/contents", "static/0/..%2fx", "static/0/x.py", "file/a/b", "tree"])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_whatever_is_not_ours_is_not_found(greeter, path, method):
    code = ask(launched(greeter) + path, method).code
    assert code == 404 if method == "GET" else code in (403, 404, 405)


def test_a_page_whose_session_is_gone_is_told_by_how_its_socket_closes(greeter):
    url = launched(greeter).replace("http", "ws", 1)

    async def closed() -> int | None:
        connection = await websocket_connect(url + "ws?session=nobody")
        await connection.write_message("{}")
        assert await connection.read_message() is None
        return connection.close_code

    assert asyncio.run(closed()) == 4404


# --- from where


def test_a_socket_from_another_site_is_refused(greeter):
    url = launched(greeter)
    session = boot_of(ask(url))["session"]
    assert status_of_socket(url, session, Origin="http://evil.example") == 403
    assert status_of_socket(url, session, Origin="null") == 403
    assert status_of_socket(url, session, Origin=url.rstrip("/")) == 101


def test_a_host_that_is_not_this_machine_is_refused(greeter):
    assert ask(launched(greeter), Host="evil.example").code == 403


def test_a_post_from_another_site_is_refused(greeter):
    url = launched(greeter, auth=("ada", "right"))
    body = urllib.parse.urlencode({"username": "ada", "password": "right"})
    assert ask(url + "login", "POST", body, Origin="http://evil.example").code == 403
    form = {"Origin": url.rstrip("/"), "Accept": "text/html"}
    assert ask(url + "login", "POST", body, **form).code == 403  # without the page's token


# --- who


@pytest.fixture
def guarded(greeter):
    return launched(greeter, auth=[("ada", "right"), ("bob", "b")], auth_message="<b>Come in</b>")


def log_in(url, user, password, xsrf=None):
    page = ask(url + "login")
    cookie = page.headers.get_list("Set-Cookie")[0].partition(";")[0]
    (token,) = re.findall(r'name="_xsrf" value="([^"]*)"', page.body.decode())
    body = urllib.parse.urlencode({"username": user, "password": password, "_xsrf": token})
    return ask(url + "login", "POST", body, Cookie=cookie, Accept="text/html")


def cookie_of(answer):
    (cookie,) = [c for c in answer.headers.get_list("Set-Cookie") if c.startswith("nbblocks-user=")]
    return cookie


def test_without_a_login_there_is_only_the_login_page(guarded, greeter):
    answer = ask(guarded)
    assert (answer.code, answer.headers["Location"].partition("?")[0]) == (302, "/login")
    session = greeter.running.app.live.open()
    assert status_of_socket(guarded, session.id) == 403
    assert ask(guarded + f"file/{session.id}/x").code in (302, 403)
    assert b"<b>Come in</b>" in ask(guarded + "login").body


def test_a_wrong_password_is_told_and_a_right_one_comes_in(guarded, greeter):
    assert log_in(guarded, "ada", "wrong").code == 401
    assert log_in(guarded, "ada", "b").code == 401
    answer = log_in(guarded, "ada", "right")
    cookie = cookie_of(answer)
    assert (answer.code, answer.headers["Location"]) == (302, "/")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    mine = cookie.partition(";")[0]
    session = boot_of(ask(guarded, Cookie=mine))["session"]
    came = talk(guarded, session, click(greeter, "Ada"), until=is_end, Cookie=mine)
    assert came[-1]["status"] == "done"


def test_a_session_is_only_for_the_one_who_opened_it(guarded):
    ada, bob = (
        cookie_of(log_in(guarded, user, password)).partition(";")[0]
        for user, password in [("ada", "right"), ("bob", "b")]
    )
    session = boot_of(ask(guarded, Cookie=ada))["session"]
    assert status_of_socket(guarded, session, Cookie=bob) == 403
    assert status_of_socket(guarded, session, Cookie=ada) == 101


def test_a_forged_cookie_is_nobody(guarded):
    assert ask(guarded, Cookie="nbblocks-user=ada").code == 302


def test_many_wrong_passwords_must_wait(guarded):
    codes = [log_in(guarded, "ada", str(n)).code for n in range(11)]
    assert codes == [401] * 10 + [429]
    assert log_in(guarded, "ada", "right").code == 429


def test_a_login_never_leads_to_another_site(guarded):
    page = ask(guarded + "login?next=https://evil.example/")
    assert b"evil.example" not in page.body


def test_auth_dependency_says_who_comes_in(greeter):
    url = launched(greeter, auth_dependency=lambda request: request.headers.get("x-user"))
    assert ask(url).code == 401
    assert ask(url, X_User="ada").code == 200


# --- files


@pytest.fixture
def shelf(greeter, tmp_path):
    path = tmp_path / "a b.txt"
    path.write_bytes(b"0123456789")
    url = launched(greeter)
    session = greeter.running.app.live.open()
    told = session.files.to_wire(gr.FileData.of(path))
    return url, session, told


def test_a_file_comes_whole_or_in_part(shelf):
    url, _, told = shelf
    whole = ask(url + urllib.parse.quote(told["url"]))
    part = ask(url + urllib.parse.quote(told["url"]), Range="bytes=2-4")
    last = ask(url + urllib.parse.quote(told["url"]), Range="bytes=-3")
    beyond = ask(url + urllib.parse.quote(told["url"]), Range="bytes=20-")
    head = ask(url + urllib.parse.quote(told["url"]), "HEAD")
    assert [(a.code, a.body) for a in (whole, part, last, head)] == [
        (200, b"0123456789"),
        (206, b"234"),
        (206, b"789"),
        (200, b""),
    ]
    assert (part.headers["Content-Range"], beyond.code) == ("bytes 2-4/10", 416)
    assert whole.headers["Content-Security-Policy"].startswith("sandbox")
    assert head.headers["Content-Length"] == "10"


def test_a_page_of_html_is_downloaded_not_shown(shelf, tmp_path):
    url, session, _ = shelf
    (tmp_path / "x.html").write_text("<script>1</script>")
    told = session.files.to_wire(gr.FileData.of(tmp_path / "x.html"))
    answer = ask(url + told["url"])
    assert answer.headers["Content-Disposition"] == 'attachment; filename="x.html"'
    assert answer.headers["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    "token", ["..%2f..%2fa", "%2fetc%2fpasswd", "..", "a b.txt", "%00", "C:%5cWindows", "x" * 300], ids=repr
)
def test_a_path_is_no_token(shelf, token):
    url, session, _ = shelf
    assert ask(url + f"file/{session.id}/" + token.replace(" ", "%20")).code == 404


def test_a_file_of_another_session_is_not_found(shelf, greeter):
    url, _, told = shelf
    token = told["url"].rpartition("/")[2]
    other = greeter.running.app.live.open()
    assert ask(url + f"file/{other.id}/" + urllib.parse.quote(token)).code == 404


# --- launching and closing


def test_a_taken_port_is_an_error_that_names_it(greeter):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match=f"Port {port} on 127.0.0.1 cannot be had .* give another server_port"):
            greeter.launch(inline=False, prevent_thread_lock=True, server_port=port, quiet=True)
    assert not greeter.is_running


def test_without_a_port_the_first_free_one_is_taken(greeter, monkeypatch):
    first = free_port()
    monkeypatch.setattr(serve_module, "FIRST_PORT", first)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", first))
        taken.listen()
        greeter.launch(inline=False, prevent_thread_lock=True, quiet=True)
    assert first < int(greeter.local_url.rstrip("/").rpartition(":")[2]) < first + serve_module.PORTS


def test_the_first_port_is_that_of_gradio():
    assert (serve_module.FIRST_PORT, serve_module.PORTS) == (7860, 100)


def test_share_warns_and_the_local_url_works(greeter, monkeypatch):
    monkeypatch.setattr(exceptions, "_warned", set())
    with pytest.warns(exceptions.NotInThisHost, match="there is no public link; the local URL works"):
        url = launched(greeter, share=True)
    assert (ask(url).code, greeter.share_url) == (200, None)


def test_close_frees_the_port_and_the_threads(greeter):
    before = set(threading.enumerate())
    url = launched(greeter)
    server = [t for t in set(threading.enumerate()) - before if t.name == "nbblocks-server"]
    talk(url, boot_of(ask(url))["session"], click(greeter, "Ada"), until=is_end)
    greeter.close(verbose=False)
    assert [t.is_alive() for t in server] == [False]
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", int(url.rstrip("/").rpartition(":")[2])))


# --- what is imported


def imported_by(code, *names):
    """Which of these packages a script imports."""
    told = f"{code}\nimport sys\nprint([n for n in {names!r} if n in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True, timeout=60)
    return ran.stdout.strip().splitlines()[-1]


def test_importing_the_package_imports_no_host_and_no_heavy_package():
    names = ("jupyter_server", "tornado", "ipywidgets", "anywidget", "IPython", "numpy", "PIL", "matplotlib")
    assert imported_by("import nbblocks", *names) == "[]"


def test_a_served_app_imports_no_notebook_server():
    code = """
import json, nbblocks as gr
from nbblocks.session import LiveApp
LiveApp.asset = staticmethod(lambda name: json.dumps({"runtime.js": ""}).encode())
with gr.Blocks() as demo:
    gr.Button().click(lambda: None)
demo.launch(inline=False, prevent_thread_lock=True, quiet=True)
demo.close(verbose=False)
"""
    names = ("jupyter_server.serverapp", "jupyter_events", "nbformat", "ipywidgets", "anywidget")
    assert imported_by(code, *names) == "[]"
