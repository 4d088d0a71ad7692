"""What strangers try: every route without a login, and the classes of attack that apps like these have known."""

from __future__ import annotations

import http.client
import json
import re
import tempfile
import urllib.parse
from contextlib import contextmanager
from pathlib import Path

import pytest

import nbblocks as gr
from nbblocks.hosts.standalone.serve import BlocksApplication

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

#: What anyone may ask for; a new route is not among them until someone has thought about it.
PUBLIC = {
    "AssetHandler",
    "FaviconHandler",
    "IconHandler",
    "LoginHandler",
    "LogoutHandler",
    "RobotsHandler",
    "HealthHandler",
    "AppIdHandler",
    "StartupHandler",
    "UserHandler",
    "AddedHandler",
}

#: An example for each kind of placeholder in a route.
PLACES = [
    (r"(?:(v2)/)?", ""),
    (r"(?:/(summary))?", ""),
    (r"(192|512)", "192"),
    (r"([0-9a-f]{32})", "0" * 32),
    (r"([0-9a-f]+)", "0"),
    (r"([\w-]+)", "x"),
    (r"([\w.-]+)", "x"),
    (r"([^/]+)", "x"),
    (r"(.+?)", "greet"),
    (r"(.+)", "etc/passwd"),
    (r"(.*)", "x"),
    (r"()", ""),
    ("/?", ""),
    ("$", ""),
    ("\\", ""),
]


def rules_of(app):
    """Each route's pattern, handler and an address that it takes."""
    for rule in app.wildcard_router.rules:
        path = rule.matcher.regex.pattern
        for place, example in PLACES:
            path = path.replace(place, example)
        path = re.sub(r"\((\w+)\)", r"\1", path)
        assert rule.matcher.regex.match(path), f"no example for {rule.matcher.regex.pattern}"
        yield rule.matcher.regex.pattern, rule.target, path


def ask(url, path, method="GET", body=None, **headers):
    """One request, its path sent as it is; status, headers and text of the answer."""
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=20)
    try:
        connection.putrequest(method, path, skip_host="Host" in headers)
        if body is not None and "Content-Length" not in headers:
            headers["Content-Length"] = str(len(body))
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders(body)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


def post(url, path, value, **headers):
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return ask(url, path, "POST", body, **{"Content-Type": "application/json", **headers})


@contextmanager
def launched(demo, **options):
    _, address, _ = demo.launch(inline=False, prevent_thread_lock=True, quiet=True, **options)
    try:
        yield address
    finally:
        demo.close(verbose=False)


CALLS: list[object] = []


def note(value):
    CALLS.append(value)
    return str(value)


def make():
    with gr.Blocks(title="Attacked") as demo:
        text, out = gr.Textbox(), gr.Textbox()
        picture, anything, upload = gr.Image(type="filepath"), gr.JSON(), gr.File()
        choice, radio = gr.Dropdown(["a", "b"]), gr.Radio(["a", "b"])
        many, tags = gr.CheckboxGroup(["a", "b"]), gr.Dropdown(["a", "b"], multiselect=True, max_choices=1)
        power, number = gr.Slider(0, 10), gr.Number(minimum=0, maximum=10)
        short = gr.Textbox(max_length=3)
        go = gr.Button()
        go.click(note, text, out, api_name="greet")
        for name, part in {
            "picture": picture,
            "json": anything,
            "file": upload,
            "choice": choice,
            "radio": radio,
            "many": many,
            "tags": tags,
            "power": power,
            "number": number,
            "short": short,
        }.items():
            go.click(note, part, out, api_name=name)
        go.click(lambda value: value, anything, anything, api_name="echo")
        go.click(note, text, out, api_name="private", api_visibility="private")
        go.click(note, text, out, api_name=False)
    with demo.route("Second", "/second"):
        gr.Textbox()
    return demo


@pytest.fixture(scope="module")
def url():
    with launched(make()) as address:
        yield address


@pytest.fixture(autouse=True)
def nothing_called():
    CALLS.clear()


# --- without a login


@pytest.fixture(scope="module")
def guarded():
    demo = make()
    with launched(demo, auth=("ada", "right"), enable_monitoring=True, pwa=True) as address:
        yield demo.running.app, address


def refuses(status, headers):
    is_login = status == 302 and urllib.parse.urlsplit(headers["Location"]).path == "/login"
    return is_login or status in (401, 403, 405)


@pytest.mark.parametrize("method", METHODS)
def test_every_route_refuses_who_is_not_logged_in(guarded, method):
    app, address = guarded
    seen = 0
    for pattern, handler, path in rules_of(app):
        if handler.__name__ in PUBLIC:
            continue
        seen += 1
        body = b"{}" if method in ("POST", "PUT", "PATCH") else None
        status, headers, text = ask(address, path, method, body)
        assert refuses(status, headers), (method, pattern, status)
        assert "Attacked" not in text
    assert seen > 25


@pytest.mark.parametrize("method", METHODS)
def test_every_route_refuses_a_forged_login(guarded, method):
    app, address = guarded
    cookie = "nbblocks-user=2|1:0|10:1700000000|13:nbblocks-user|4:YWRh|" + "0" * 64
    for pattern, handler, path in rules_of(app):
        if handler.__name__ not in PUBLIC:
            status, headers, _ = ask(address, path, method, b"{}" if method == "POST" else None, Cookie=cookie)
            assert refuses(status, headers), (method, pattern, status)


def test_with_auth_dependency_every_route_asks_it():
    app = None
    demo = make()
    with launched(demo, auth_dependency=lambda request: request.headers.get("x-user")) as address:
        app = demo.running.app
        for pattern, handler, path in rules_of(app):
            if handler.__name__ not in PUBLIC:
                assert ask(address, path)[0] in (401, 403, 405), pattern


def test_public_routes_tell_nothing_of_the_app(guarded):
    app, address = guarded
    for pattern, handler, path in rules_of(app):
        if handler.__name__ in PUBLIC - {"LoginHandler"}:
            text = ask(address, path)[2]
            assert "greet" not in text, pattern
            assert "right" not in text, pattern


def test_an_upload_without_a_login_leaves_nothing(guarded, tmp_path, monkeypatch):
    monkeypatch.setenv("NBBLOCKS_TEMP_DIR", str(tmp_path))
    _, address = guarded
    status, _, _ = ask(address, "/gradio_api/upload", "POST", form("a.txt"), **FORM)
    assert status in (401, 403)
    assert not [p for p in tmp_path.rglob("*") if p.is_file()]


# --- files by path

HOSTILE = [
    "/etc/passwd",
    "../../../../../../etc/passwd",
    "..%2f..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "%252e%252e%252fetc%252fpasswd",
    "/etc/./passwd",
    "/ETC/PASSWD",
    "//etc/passwd",
    "////etc/passwd",
    "/etc/passwd%00.png",
    "%00/etc/passwd",
    "/etc/passwd::$DATA",
    "C:/Windows/win.ini",
    "C:%5cWindows%5cwin.ini",
    "%5c%5chost%5cshare%5cx",
    "//host/share/x",
    "%5c%5c%3f%5cC:%5cx",
    "file:///etc/passwd",
    "http://127.0.0.1/",
    "~/.bashrc",
    "/proc/self/environ",
    "/proc/self/cwd/pyproject.toml",
    "/dev/stdin",
    "/dev/zero",
    "CON",
    "a" * 5000,
    "/" + "a/" * 2000,
]


@pytest.mark.parametrize("path", HOSTILE, ids=lambda p: p[:24])
def test_files_of_the_machine_are_not_served(url, path):
    for prefix in ("file=", "file/"):
        status, _, text = ask(url, f"/gradio_api/{prefix}{path}")
        assert status in (400, 403, 404, 414), (prefix, status)
        assert "root:" not in text


@pytest.mark.parametrize("path", HOSTILE, ids=lambda p: p[:24])
def test_nor_taken_into_a_function(url, path):
    path = urllib.parse.unquote(path)
    meta = {"_type": "gradio.FileData"}
    for name in ("picture", "file"):
        for value in ({"path": path, "meta": meta}, {"path": path}, {"path": path, "url": None, "orig_name": "a.png"}):
            status, _, _ = post(url, f"/gradio_api/run/{name}", {"data": [value]})
            assert status in (422, 500), value
        nested = {"data": [{"a": [{"b": {"path": path, "meta": meta}}]}]}
        assert post(url, f"/gradio_api/run/{name}", nested)[0] in (422, 500)
    assert CALLS == []


@pytest.mark.parametrize("value", [{"path": "/etc/passwd"}, {"a": [{"path": "/etc/passwd"}]}], ids=repr)
def test_data_with_a_path_in_it_stays_data(url, value):
    """CVE-2024-4941: a JSON value whose key was "path" opened the file that it named."""
    told = {**value, "meta": {"_type": "gradio.FileData"}, "url": "http://127.0.0.1/"}
    status, _, text = post(url, "/gradio_api/run/echo", {"data": [told]})
    assert (status, json.loads(text)["data"]) == (200, [told])
    assert ask(url, "/gradio_api/file=/etc/passwd")[0] == 403


@pytest.fixture
def shelf(tmp_path):
    """An app that allows one folder, beside others that it does not."""
    open_, blocked = tmp_path / "data", tmp_path / "data" / "private"
    sibling = tmp_path / "datasecret"
    for folder in (open_, blocked, sibling):
        folder.mkdir(exist_ok=True)
        (folder / "x.txt").write_text(f"in {folder.name}")
    (open_ / ".env").write_text("KEY=1")
    with launched(make(), allowed_paths=[str(open_)], blocked_paths=[str(blocked)]) as address:
        yield address, open_, blocked, sibling


def test_an_allowed_folder_is_all_that_is_open(shelf):
    address, open_, blocked, sibling = shelf
    assert ask(address, f"/gradio_api/file={open_}/x.txt")[2] == "in data"
    for path in (
        blocked / "x.txt",
        f"{open_}/./private/x.txt",
        f"{open_}/../data/private/x.txt",
        sibling / "x.txt",
        f"{open_}/../datasecret/x.txt",
        f"{open_}%2f..%2fdatasecret%2fx.txt",
        f"{open_}secret/x.txt",
        f"{open_}/private",
        open_,
    ):
        assert ask(address, f"/gradio_api/file={path}")[0] in (403, 404), path


def test_a_link_does_not_lead_out(shelf):
    address, open_, blocked, sibling = shelf
    way = open_ / "way.txt"
    way.write_text("still inside")
    assert ask(address, f"/gradio_api/file={way}")[0] == 200
    for target in (sibling / "x.txt", blocked / "x.txt", "/etc/passwd"):
        way.unlink()
        way.symlink_to(target)
        assert ask(address, f"/gradio_api/file={way}")[0] == 403
    (open_ / "folder").symlink_to(sibling)
    assert ask(address, f"/gradio_api/file={open_}/folder/x.txt")[0] == 403


def test_a_file_that_was_given_is_not_swapped_for_another(url, tmp_path):
    (path,) = json.loads(ask(url, "/gradio_api/upload", "POST", form("a.txt"), **FORM)[2])
    assert ask(url, f"/gradio_api/file={path}")[0] == 200
    Path(path).unlink()
    Path(path).symlink_to("/etc/passwd")
    try:
        assert ask(url, f"/gradio_api/file={path}")[0] == 403
    finally:
        Path(path).unlink()


def test_a_range_past_the_end_ends(shelf):
    address, open_, *_ = shelf
    for asked, expected in (("bytes=99-", 416), ("bytes=-0", 416), ("bytes=5-2", (200, 416)), ("bytes=x", 200)):
        status = ask(address, f"/gradio_api/file={open_}/x.txt", Range=asked)[0]
        assert status in (expected if isinstance(expected, tuple) else (expected,)), asked


@pytest.mark.parametrize("name", ["x.html", "x.svg", "x.js", "x.xhtml", "x.xml", "x.htm"])
def test_nothing_in_a_served_file_runs(shelf, name):
    address, open_, *_ = shelf
    (open_ / name).write_text('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')
    _, headers, _ = ask(address, f"/gradio_api/file={open_}/{name}")
    assert headers["Content-Disposition"].startswith("attachment")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("sandbox")


# --- uploads

FORM = {"Content-Type": "multipart/form-data; boundary=x"}


def form(name, content=b"hello", kind="text/plain"):
    head = f'--x\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\nContent-Type: {kind}\r\n\r\n'
    return head.encode() + content + b"\r\n--x--\r\n"


@pytest.mark.parametrize(
    "name",
    [
        "../../evil.txt",
        "..\\..\\evil.txt",
        "/etc/cron.d/evil",
        "C:\\evil.txt",
        "\\\\host\\share\\evil.txt",
        "a.txt::$DATA",
        "CON",
        "NUL.txt",
        "..",
        ".",
        "",
        " ",
        "a\tb.txt",
        "a\x7f.txt",
        "x" * 3000 + ".txt",
        "ü" * 300 + ".txt",
        "-rf",
        ".htaccess",
        "a.txt\r\nSet-Cookie: x=y",
    ],
    ids=lambda n: repr(n[:20]),
)
def test_a_hostile_name_stays_in_the_cache(url, name):
    from nbblocks.wire.files import cache_dir

    status, headers, text = ask(url, "/gradio_api/upload", "POST", form(name), **FORM)
    assert status in (200, 422), text
    assert "Set-Cookie" not in headers or "x=y" not in headers["Set-Cookie"]
    if status == 422:
        return
    for path in json.loads(text):
        base = str(cache_dir().resolve())
        assert path.startswith(base + "/")
        assert ".." not in path.split("/")
        assert "::" not in path
        assert ask(url, "/gradio_api/file=" + urllib.parse.quote(path))[2] == "hello"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=", b"x"),
        ("multipart/form-data; boundary=" + "y" * 5000, b"x"),
        ("text/plain", b"x"),
        ("", b"x"),
        ("multipart/form-data; boundary=x", b""),
        ("multipart/form-data; boundary=x", b"garbage"),
        ("multipart/form-data; boundary=x", b"--x\r\n" * 3000),
        ("multipart/form-data; boundary=x", b"--x" + b"-" * 100_000),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; filename=a\r\n\r\nunfinished"),
        ("multipart/form-data; boundary=x", b"--x\r\n" + b"A: " + b"b" * 200_000 + b"\r\n\r\n\r\n--x--\r\n"),
    ],
    ids=range(11),
)
def test_a_malformed_form_is_told_and_leaves_nothing(url, kind, body, tmp_path, monkeypatch):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))  # where no other process uploads meanwhile
    status, _, text = ask(url, "/gradio_api/upload", "POST", body, **{"Content-Type": kind})
    assert status in (200, 400, 413, 422), text
    if status == 200:
        assert json.loads(text) == []
    assert list(tmp_path.rglob("*.part")) == []


# --- redirects


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "////evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "http:evil.example",
        "%2f%2fevil.example",
        "/%0d%0aLocation:%20//evil.example",
        "javascript:alert(1)",
        " //evil.example",
        "/%09/evil.example",
    ],
)
def test_a_login_leads_to_this_app_alone(guarded, target):
    _, address = guarded
    quoted = urllib.parse.quote(target, safe="%")
    status, headers, page = ask(address, f"/login?next={quoted}")
    assert status == 200
    assert "evil.example" not in page
    cookie = headers["Set-Cookie"].partition(";")[0]
    (token,) = re.findall(r'name="_xsrf" value="([^"]*)"', page)
    sent = urllib.parse.urlencode({"username": "ada", "password": "right", "_xsrf": token, "next": target}).encode()
    kind = "application/x-www-form-urlencoded"
    status, headers, _ = ask(
        address, f"/login?next={quoted}", "POST", sent, Cookie=cookie, Accept="text/html", **{"Content-Type": kind}
    )
    assert (status, headers["Location"]) == (302, "/")
    status, headers, _ = ask(address, f"/logout?next={quoted}")
    assert headers["Location"] == "/login"


@pytest.mark.parametrize("path", ["//evil.example", "//evil.example/..", "/%5cevil.example", "//evil.example/login"])
def test_an_address_with_another_host_in_it_is_not_followed(guarded, path):
    status, headers, _ = ask(guarded[1], path)
    assert "evil" not in urllib.parse.urlsplit(headers.get("Location", "")).netloc
    assert status in (302, 404)


# --- other sites


def origins(url):
    host = urllib.parse.urlsplit(url).netloc
    name, port = host.split(":")
    return [
        "null",
        "file://",
        "http://evil.example",
        f"http://{host}.evil.example",
        f"http://evil{host}",
        f"http://evil.example:{port}",
        f"http://{name}",
        f"http://{name}:1",
        f"http://localhost:{port}",
        f"http://{host}@evil.example",
        f"http://evil.example/{host}",
        f"http://evil.example#{host}",
        host,
        "",
    ]


def test_pages_of_other_sites_cannot_call(url):
    for origin in origins(url):
        for path in ("run/greet", "call/greet", "queue/join", "upload", "component_server", "cancel", "reset"):
            status, headers, _ = post(url, f"/gradio_api/{path}", {"data": ["x"]}, Origin=origin)
            assert status == 403, (path, origin)
            assert "Access-Control-Allow-Origin" not in headers
    assert CALLS == []


def test_pages_of_other_sites_cannot_read(url):
    for origin in origins(url):
        for path in ("/config", "/gradio_api/info", "/", "/gradio_api/startup-events"):
            headers = ask(url, path, Origin=origin)[1]
            assert "Access-Control-Allow-Origin" not in headers
            assert "Access-Control-Allow-Credentials" not in headers


def test_a_host_of_another_name_is_refused(url):
    for host in ("evil.example", "127.0.0.1.evil.example", "evil.example:80"):
        for path in ("/", "/config", "/gradio_api/info"):
            assert ask(url, path, Host=host)[0] == 403, (host, path)


def test_pages_of_other_sites_cannot_open_the_socket(url):
    page = ask(url, "/")[2]
    session = json.loads(re.findall(r'id="nbblocks-boot">(.*?)</script>', page)[0])["session"]
    shake = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    for origin in [o for o in origins(url) if o]:
        assert ask(url, f"/ws?session={session}", **shake, Origin=origin)[0] == 403, origin
    opened = ask(url, "/ws?session=unknown", **shake, Origin=url.rstrip("/"))[0]
    assert opened == 101  # to be closed at once, with the code that tells its page to load again


# --- endpoints


def test_private_and_unnamed_endpoints_cannot_be_driven(url):
    for name in ("private", "private/", "/private", "%70rivate", "False", "None", "lambda", "note", "click"):
        for way in ("run", "call", "call/v2", "api"):
            status = post(url, f"/gradio_api/{way}/{name}", {"data": ["x"], "text": "x"})[0]
            assert status in (404, 405), (way, name)
    hidden = [
        d["id"] for d in json.loads(ask(url, "/config")[2])["dependencies"] if d["api_name"] in ("private", False)
    ]
    for number in (*hidden, -1, 10**9, True, 1.5, "0", [0], None):
        for body in ({"fn_index": number}, {"fn_index": number, "api_name": "private"}):
            status = post(url, "/gradio_api/queue/join", {"data": ["x"], "session_hash": "s", **body})[0]
            assert status in (404, 422), body
            assert post(url, "/gradio_api/predict", {"data": ["x"], **body})[0] in (404, 422), body
    assert CALLS == []


@pytest.mark.parametrize(
    ("name", "values"),
    {
        "choice": ["c", ["c"], {"a": 1}, 5],
        "radio": ["c", ["a"], 5],
        "many": [["c"], ["a", "c"], "c", 5],
        "tags": [["c"], ["a", "b"]],
        "power": [-1, 11, 1e308, "x", [1]],
        "number": [-1, 11, "x", [1]],
        "short": ["four"],
    }.items(),
)
def test_values_that_the_page_cannot_give_do_not_reach_a_function(url, name, values):
    for value in values:
        status, _, text = post(url, f"/gradio_api/run/{name}", {"data": [value]})
        assert status in (422, 500), (value, text)
        assert CALLS == [], value


def test_a_session_of_another_is_not_read(url):
    body = {"data": ["secret"], "fn_index": 0, "session_hash": "theirs"}
    assert post(url, "/gradio_api/queue/join", body)[0] == 200
    assert "secret" not in ask(url, "/gradio_api/queue/data?session_hash=mine")[2]
    assert ask(url, "/gradio_api/call/greet/" + "0" * 32)[0] == 404


# --- bodies


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"1",
        b"null",
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"data":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"data":' + b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"}",
        b'{"data":' + b"[" * 900 + b"]" * 900 + b"}",
        b'{"data": {"a": 1}}',
        b'{"data": "x"}',
        b'{"data": [1e999]}',
        b'{"data": [NaN]}',
        b'{"data": [' + b"1" * 5000 + b"]}",
        b'{"data": ["\\ud800"]}',
        b'{"data": ["x"], "session_hash": {"a": 1}}',
        b'{"data": ["x"], "event_data": "x", "trigger_id": "y"}',
    ],
    ids=range(18),
)
def test_odd_bodies_are_told_and_the_app_lives(url, body):
    for path in ("run/greet", "run/json", "call/greet", "queue/join", "component_server", "cancel", "reset"):
        status, _, text = post(url, f"/gradio_api/{path}", body)
        assert status < 500 or json.loads(text).keys() >= {"error"}, (path, text)
        assert "Traceback" not in text
    assert ask(url, "/healthz")[0] == 200


@pytest.mark.parametrize("number", ["x", -1, 1e99, None, [1], {"a": 1}, True, "0", 10**30], ids=repr)
def test_functions_of_components_are_those_alone(url, number):
    for name in ("__class__", "preprocess", "postprocess", "__init__", "", "load"):
        body = {"component_id": number, "fn_name": name, "data": [], "session_hash": "s"}
        assert post(url, "/gradio_api/component_server", body)[0] in (404, 422), (number, name)


def test_an_oversized_body_is_refused_unread(url):
    headers = {"Content-Type": "application/json", "Content-Length": str(1 << 40)}
    try:
        status = ask(url, "/gradio_api/run/greet", "POST", b"{}", **headers)[0]
    except (http.client.HTTPException, ConnectionError):
        status = 413
    assert status in (400, 413)
    assert ask(url, "/healthz")[0] == 200


def test_long_headers_and_addresses_are_refused(url):
    for path, headers in ((("/" + "a" * 100_000), {}), ("/", {"X-Long": "a" * 100_000})):
        try:
            status = ask(url, path, **headers)[0]
        except (http.client.HTTPException, ConnectionError):
            status = 431
        assert status in (400, 404, 414, 431)
    assert ask(url, "/healthz")[0] == 200


def test_routes_are_those_of_an_application():
    patterns = [pattern for pattern, _, _ in rules_of(BlocksApplication(*blocks_and_options()))]
    assert len(patterns) == len(set(patterns))


def blocks_and_options():
    from nbblocks.blocks import LaunchOptions

    return make(), LaunchOptions(inline=False)


@pytest.mark.parametrize("allowed", [False, True])
def test_a_path_that_a_visitor_wrote_is_no_file_of_the_app(tmp_path_factory, monkeypatch, allowed):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "secret.txt"
    elsewhere.write_text("secret")
    here = tmp_path_factory.mktemp("here")
    monkeypatch.chdir(here)
    monkeypatch.setattr(tempfile, "tempdir", str(here / "temporary"))
    (here / "own.txt").write_text("own")
    (here / ".env").write_text("key")
    with gr.Blocks() as demo:
        text, file = gr.Textbox(), gr.File()
        gr.Button().click(lambda path: path, text, file, api_name="echo")
    options = {"allowed_paths": [str(elsewhere.parent)]} if allowed else {}
    with launched(demo, **options) as url:

        def echoed(path):
            return ask(url, "/gradio_api/run/echo", "POST", json.dumps({"data": [str(path)]}).encode())[0]

        assert echoed(here / "own.txt") == 200
        assert echoed(elsewhere) == (200 if allowed else 500)
        for path in ("/etc/passwd", here / ".env", here / ".." / elsewhere.parent.name / "secret.txt"):
            assert echoed(path) == (200 if allowed and "secret" in str(path) else 500), path
