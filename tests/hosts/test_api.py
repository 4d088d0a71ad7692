"""Gradio's API: its own Python client, unchanged, and the routes by hand."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import numpy as np
import PIL.Image
import pytest

import nbblocks as gr

gradio_client = pytest.importorskip("gradio_client")


def greet(name: str, intensity: int, loud: bool = False) -> str:
    """Greet a person.

    Some more text.
    """
    return f"Hi {name}" + "!" * int(intensity)


def count_to(n):
    yield from range(int(n))


def next_one(n):
    return n + 1, n + 1


def upside_down(picture):
    return np.flipud(picture)


def told():
    raise gr.Error("told to all", title="Sorry")


def hidden():
    raise ValueError("a secret")


STOP, STARTED = threading.Event(), threading.Event()


def held():
    STARTED.wait(30)
    return "ok"


def endless():
    n = 0
    while not STOP.wait(0.02):
        yield n
        n += 1


@pytest.fixture(scope="module")
def url():
    with gr.Blocks(title="API") as demo:
        name, power, loud = gr.Textbox(label="Name"), gr.Slider(1, 10, value=2, step=1), gr.Checkbox()
        out, number, picture, counter = gr.Textbox(), gr.Number(), gr.Image(), gr.State(0)
        choice = gr.Dropdown(["a", "b"])
        go = gr.Button("Go")
        go.click(greet, [name, power, loud], out)
        go.click(count_to, power, number)
        go.click(next_one, counter, [counter, number])
        go.click(upside_down, picture, picture)
        go.click(told)
        go.click(hidden)
        go.click(endless, None, number, concurrency_limit=None)
        go.click(greet, [name, power, loud], out, api_name="private", api_visibility="private")
        go.click(greet, [name, power, loud], out, api_name="unlisted", api_visibility="undocumented")
        go.click(lambda: gr.Dropdown(choices=["x", "y"], value="x"), None, choice, api_name="choices")
        go.click(
            lambda: {choice: gr.Dropdown(choices=["x", "y"], value="x")}, None, [choice, out], api_name="one_of_two"
        )
        go.click(lambda c: c, choice, out, api_name="chosen")
        go.click(held, None, out)
    _, address, _ = demo.launch(inline=False, prevent_thread_lock=True, quiet=True)
    yield address
    STOP.set()
    demo.close()


@pytest.fixture
def client(url):
    made = gradio_client.Client(url, verbose=False)
    yield made
    made.close()


def ask(url, path, body=None, headers=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url + path, data, {"Content-Type": "application/json", **(headers or {})})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def called(url, name, body, version=""):
    status, text = ask(url, f"gradio_api/call/{version}{name}", body)
    assert status == 200, text
    return ask(url, f"gradio_api/call/{name}/{json.loads(text)['event_id']}")[1]


# --- Gradio's client


def test_arguments_by_place_by_name_and_by_default(client):
    assert client.predict("Ada", 3, api_name="/greet") == "Hi Ada!!!"
    assert client.predict(name="Bob", api_name="/greet") == "Hi Bob!!"


def test_a_generator_gives_each_of_its_results(client):
    job = client.submit(4, api_name="/count_to")
    assert list(job) == [0, 1, 2, 3]
    assert job.outputs() == [0, 1, 2, 3]


def test_state_is_kept_in_a_session_and_apart_from_others(client, url):
    assert [client.predict(api_name="/next_one") for _ in range(3)] == [1, 2, 3]
    other = gradio_client.Client(url, verbose=False)
    assert other.predict(api_name="/next_one") == 1


def test_files_go_up_and_come_back(client, tmp_path):
    pixels = np.arange(48, dtype=np.uint8).reshape(4, 4, 3)
    path = tmp_path / "ünï code.png"
    PIL.Image.fromarray(pixels).save(path)
    result = client.predict(gradio_client.handle_file(str(path)), api_name="/upside_down")
    assert Path(result).is_file()
    assert PIL.Image.open(result).size == (4, 4)


def test_errors_reach_the_client(client):
    with pytest.raises(gradio_client.exceptions.AppError, match="told to all"):
        client.predict(api_name="/told")
    with pytest.raises(gradio_client.exceptions.AppError) as caught:
        client.predict(api_name="/hidden")
    assert "a secret" not in str(caught.value)


def test_a_job_is_cancelled(client):
    job = client.submit(api_name="/endless")
    while len(job.outputs()) < 2:
        STOP.wait(0.01)
    assert job.cancel()
    assert job.status().code.name == "CANCELLED"


def test_a_client_is_told_of_the_start_of_each_call(client):
    STARTED.clear()
    first, second = client.submit(api_name="/held"), client.submit(api_name="/held")
    while {"PROCESSING", "IN_QUEUE"} - {first.status().code.name, second.status().code.name}:
        STOP.wait(0.01)
    STARTED.set()
    assert (first.result(), second.result()) == ("ok", "ok")


def test_a_number_says_which_function_runs_whatever_the_name(client):
    body = json.dumps({"fn_index": 0, "data": ["A", 1, True]}).encode()
    asked = urllib.request.Request(
        f"{client.src}gradio_api/run/predict", data=body, headers={"Content-Type": "application/json"}
    )
    by_number = json.loads(urllib.request.urlopen(asked).read())["data"]
    name = next(d["api_name"] for d in client.config["dependencies"] if d["id"] == 0)
    asked.full_url = f"{client.src}gradio_api/run/{name}"
    assert json.loads(urllib.request.urlopen(asked).read())["data"] == by_number


def test_private_endpoints_are_private_and_unlisted_ones_can_be_called(client):
    with pytest.raises(ValueError, match="/private"):
        client.predict("A", 1, api_name="/private")
    assert client.predict("A", 1, True, api_name="/unlisted") == "Hi A!"
    assert "/unlisted" not in client.view_api(return_format="dict")["named_endpoints"]


def test_updates_come_as_values_and_hold_for_the_next_call(client):
    assert client.predict(api_name="/choices") == "x"
    assert client.predict(api_name="/one_of_two") == ("x", "")
    assert client.predict("y", api_name="/chosen") == "y"


def test_endpoints_of_components_without_a_label_are_described():
    with gr.Blocks() as demo:
        kept, clock, whole = gr.BrowserState(["", ""]), gr.Timer(), gr.Number(precision=0, label="Whole")
        gr.Number(lambda: 7, label="Loaded")
        gr.on([clock.tick], lambda k: (k, gr.Timer(active=False)), kept, [kept, clock], api_name="tick")
        gr.on(None, lambda n: n, whole, whole, api_name="same")
    demo.launch(inline=False, prevent_thread_lock=True, quiet=True)
    try:
        client = gradio_client.Client(demo.local_url, verbose=False)
        named = client.view_api(return_format="dict", print_info=False)["named_endpoints"]
        assert named["/tick"]["parameters"][0]["label"] == f"parameter_{kept._id}"
        assert named["/tick"]["returns"][-1]["label"] == f"value_{clock._id}"
        assert named["/same"]["parameters"][0]["python_type"]["type"] == "int"
        assert client.predict(api_name="/lambda") == 7
    finally:
        demo.close()


def test_a_conversation_answers_clients_with_plain_text():
    demo = gr.ChatInterface(lambda message, history: f"{message}, {len(history)}", api_name="chat")
    demo.launch(inline=False, prevent_thread_lock=True, quiet=True)
    try:
        client = gradio_client.Client(demo.local_url, verbose=False)
        assert client.predict("no JSON", api_name="/chat") == "no JSON, 0"
        assert client.predict("[again", api_name="/chat") == "[again, 2"
    finally:
        demo.close()


# --- by hand


def test_a_call_and_its_results(url):
    assert called(url, "greet", {"data": ["Ada", 1, False]}) == 'event: complete\ndata: ["Hi Ada!"]\n\n'
    assert called(url, "greet", {"name": "Ada"}, "v2/") == 'event: complete\ndata: ["Hi Ada!!"]\n\n'
    assert called(url, "count_to", {"data": [2]}).split("\n\n") == [
        "event: generating\ndata: [0]",
        "event: generating\ndata: [1]",
        "event: complete\ndata: [1]",
        "",
    ]


def test_wrong_counts_are_told(url):
    text = called(url, "greet", {"data": ["Ada"]})
    assert text.startswith("event: error")
    assert "takes 3 values" in text
    assert "got 1" in text


@pytest.mark.parametrize("payload", [[None, None], {"headers": 3}, "text", {"data": [1]}], ids=str)
def test_a_table_that_is_none_is_told(payload):
    with gr.Blocks() as demo:
        table = gr.Dataframe()
        gr.Button().click(lambda value: value, table, table, api_name="frame")
    demo.launch(inline=False, prevent_thread_lock=True, quiet=True)
    try:
        assert called(demo.local_url, "frame", {"data": [payload]}).startswith("event: error")
    finally:
        demo.close()


def test_unknown_names_get_near_ones(url):
    status, text = ask(url, "gradio_api/call/gret", {"data": []})
    assert status == 404
    assert "/greet" in text


@pytest.mark.parametrize("path", ["call/private", "run/private", "queue/join"])
def test_a_private_endpoint_cannot_be_run(url, path):
    body = {"data": ["A", 1, False], "fn_index": 7, "session_hash": "s"}
    assert ask(url, f"gradio_api/{path}", body)[0] == 404


def test_one_answer_has_the_result(url):
    status, text = ask(url, "gradio_api/run/greet", {"data": ["Ada", 1, False]})
    assert status == 200
    assert json.loads(text)["data"] == ["Hi Ada!"]
    assert ask(url, "gradio_api/api/told", {"data": []})[0] == 500


def test_the_configuration_is_one_that_clients_know(url):
    config = json.loads(ask(url, "config")[1])
    assert config["protocol"] == "sse_v3"
    assert config["root"] == url.rstrip("/")
    assert {d["api_name"] for d in config["dependencies"]} >= {"greet", "private"}


def test_other_sites_are_refused(url):
    body = {"data": ["Ada", 1, False]}
    assert ask(url, "gradio_api/run/greet", body, {"Origin": "http://evil.example"})[0] == 403
    assert ask(url, "gradio_api/run/greet", body, {"Origin": "null"})[0] == 403
    assert ask(url, "gradio_api/run/greet", body, {"Sec-Fetch-Site": "cross-site"})[0] == 403
    assert ask(url, "gradio_api/run/greet", body, {"Origin": url.rstrip("/")})[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "../../../etc/passwd",
        "/etc/passwd%00.png",
        "//etc/passwd",
        "\\\\host\\share",
        "/proc/self/environ",
    ],
)
def test_files_of_the_machine_are_not_served(url, path):
    assert ask(url, f"gradio_api/file={urllib.parse.quote(path)}")[0] in (403, 404)
    text = called(url, "upside_down", {"data": [{"path": path, "meta": {"_type": "gradio.FileData"}}]})
    assert text.startswith("event: error")


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:1/x.png", "http://localhost/x.png", "http://[::ffff:127.0.0.1]/", "http://169.254.169.254/"],
)
def test_addresses_inside_are_not_fetched(url, address):
    text = called(url, "upside_down", {"data": [{"path": address, "meta": {"_type": "gradio.FileData"}}]})
    assert "not on the public internet" in text


def test_a_too_large_upload_is_refused_and_removed(tmp_path):
    with gr.Blocks() as demo:
        gr.Image()
    _, address, _ = demo.launch(inline=False, prevent_thread_lock=True, quiet=True, max_file_size="1kb")
    try:
        body = (
            b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.bin"\r\n\r\n'
            + b"0" * 3000
            + b"\r\n--x--\r\n"
        )
        request = urllib.request.Request(
            address + "gradio_api/upload", body, {"Content-Type": "multipart/form-data; boundary=x"}
        )
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(request)
        assert caught.value.code == 413
        assert "larger" in caught.value.read().decode()
    finally:
        demo.close()


def test_with_auth_everything_needs_a_login():
    with gr.Blocks() as demo:
        gr.Button().click(lambda request: request, None, None)
        out = gr.Textbox()
        gr.Button().click(who, None, out, api_name="who")
    _, address, _ = demo.launch(inline=False, prevent_thread_lock=True, quiet=True, auth=("ada", "pw"))
    try:
        for path, body in [("config", None), ("gradio_api/info", None), ("gradio_api/run/who", {"data": []})]:
            assert ask(address, path, body)[0] in (401, 403), path
        client = gradio_client.Client(address, auth=("ada", "pw"), verbose=False)
        assert client.predict(api_name="/who") == "ada"
    finally:
        demo.close()


def who(request: gr.Request):
    return request.username


def test_the_author_sees_how_much_it_is_used():
    with gr.Blocks(title="Used") as demo:
        number = gr.Number()
        gr.Button().click(lambda n: 1 / n, number, number, api_name="inverse")
    _, address, _ = demo.launch(inline=False, prevent_thread_lock=True, quiet=True, enable_monitoring=True)
    try:
        for n in (1, 2, 0):
            ask(address, "gradio_api/run/inverse", {"data": [n]})
        key = demo.app.settings["nbblocks_monitoring_key"]
        summary = json.loads(ask(address, f"monitoring/{key}/summary")[1])
        assert [(e["name"], e["ended"]) for e in summary["endpoints"]] == [("inverse", {"done": 2, "failed": 1})]
        assert "<td>inverse</td>" in ask(address, f"monitoring/{key}")[1]
        metrics = ask(address, "metrics")[1]
        assert 'nbblocks_calls_total{endpoint="inverse",status="done"} 2\n' in metrics
        assert ask(address, "monitoring/guess")[0] == 403
    finally:
        demo.close()


def test_the_footer_leads_to_a_page_about_the_api(url):
    with gr.Blocks() as demo:
        text = gr.Textbox(label="<b>Text</b>")
        gr.Button().click(lambda t: t, text, text, api_name="same")
    _, address, _ = demo.launch(inline=False, prevent_thread_lock=True, quiet=True, footer_links=["api"])
    try:
        assert '"url":"?view=api"' in ask(address, "")[1]
        page = ask(address, "?view=api")[1]
        assert "/same" in page
        assert "gradio_client" in page
        assert "<b>Text" not in page
    finally:
        demo.close()


def test_an_app_can_be_installed():
    demo = gr.Blocks(title="Kept")
    _, address, _ = demo.launch(inline=False, prevent_thread_lock=True, quiet=True, pwa=True)
    try:
        manifest = json.loads(ask(address, "manifest.json")[1])
        assert manifest["name"] == "Kept"
        for icon in manifest["icons"]:
            with urllib.request.urlopen(address + icon["src"], timeout=20) as answer:
                size = PIL.Image.open(answer).size
            assert icon["sizes"] == f"{size[0]}x{size[1]}"
    finally:
        demo.close()


@pytest.fixture
def others_app(tmp_path):
    """An app with a file of the author's, a component of one's own and what a launch may say."""
    from nbblocks.components.base import server

    path = tmp_path / "cat.txt"
    path.write_text("miaow")

    class Strange:
        def __str__(self):
            return "strange"

    class Folder(gr.Component):
        @server
        def entries(self, name):
            return [name, "b"]

    with gr.Blocks() as demo:
        file, folder = gr.File(str(path)), Folder()
        gr.Button().click(lambda: [{"a": Strange()}], None, folder, api_name="strange")
    _, url, _ = demo.launch(prevent_thread_lock=True, quiet=True, css="a {}", head="<meta name=b>", js="() => 1")
    yield url, file, folder
    demo.close()


def test_the_configuration_has_addresses_of_files_and_what_was_said_at_launch(others_app):
    url, file, _ = others_app
    config = json.loads(ask(url, "config")[1])
    shown = next(c["props"]["value"] for c in config["components"] if c["id"] == file._id)
    with urllib.request.urlopen(shown["url"]) as answer:
        assert answer.read() == b"miaow"
    assert (config["css"], config["js"], config["head"]) == ("a {}", "() => 1", "<meta name=b>")


def test_a_result_that_json_has_no_place_for_is_told_as_its_text(others_app):
    client = gradio_client.Client(others_app[0], verbose=False)
    assert client.predict(api_name="/strange") == [{"a": "strange"}]


def test_a_client_calls_what_a_component_of_ones_own_serves(others_app):
    url, _, folder = others_app
    body = {"session_hash": "s", "component_id": folder._id, "fn_name": "entries", "data": ["a"]}
    assert json.loads(ask(url, "gradio_api/component_server", body)[1]) == ["a", "b"]
    assert ask(url, "gradio_api/component_server", {**body, "fn_name": "postprocess"})[0] == 404


def test_an_address_may_be_joined_with_two_slashes(others_app):
    url = others_app[0]
    assert url.endswith("/")
    assert ask(url, "/config")[0] == 200
    assert ask(url, "//gradio_api/info")[0] == 200
    assert ask(url, "/nothing")[0] == 404
