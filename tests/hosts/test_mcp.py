"""The app as a server of the Model Context Protocol, asked by the real client over both transports."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import threading
import time
import urllib.error
import urllib.request
import warnings

import pytest
from PIL import Image

import nbblocks as gr

mcp = pytest.importorskip("mcp")
from mcp import ClientSession  # noqa: E402
from mcp.client import streamable_http  # noqa: E402
from mcp.client.sse import sse_client  # noqa: E402

HAS_SECOND = hasattr(streamable_http, "streamable_http_client") and not hasattr(mcp, "McpError")


def letter_counter(word: str, letter: str = "a") -> int:
    """
    Count a letter in a word.

    Args:
        word (str): Where to look,
            letter by letter.
        letter (str): What to look for.

    Returns:
        int: How often it occurs.
    """
    return word.lower().count(letter.lower())


def flip(image):
    """Turn an image upside down."""
    assert isinstance(image, Image.Image)
    return image.rotate(180)


def steps(n, progress=gr.Progress()):
    for _ in progress.tqdm(range(int(n)), desc="Walking"):
        time.sleep(0.02)
    return "there"


def counting(n):
    for i in range(int(n)):
        yield f"at {i}"


def fails(text):
    raise gr.Error(f"cannot {text}")


def breaks(text):
    raise ValueError("secret")


def headed(text: str, x_api_token: gr.Header, request: gr.Request):
    return f"{text} {x_api_token} {request.headers.get('x-other')}"


def remembered(text, seen):
    seen = [*seen, text]
    return " ".join(seen), seen


@gr.mcp.tool(name="sum-up", description="Adds numbers", structured_output=True, _meta={"kind": "maths"})
def add(a: float, b: float) -> float:
    return a + b


@gr.mcp.resource("greeting://{name}")
def greeting(name: str) -> str:
    """Greets by name."""
    return f"Hello, {name}!"


@gr.mcp.resource("pixel://one", mime_type="image/png")
def pixel() -> str:
    return base64.b64encode(b"\x89PNG pixel").decode()


@gr.mcp.prompt(name="greet_user", description="A greeting")
def greet(name: str, style: str = "friendly") -> str:
    """
    A prompt.

    Args:
        name: Whom.
    """
    return f"Write a {style} greeting for {name}"


def app():
    with gr.Blocks(title="Tools") as demo:
        word, letter, number = gr.Textbox(label="Word"), gr.Textbox(label="Letter"), gr.Number()
        a, b, total = gr.Number(), gr.Number(), gr.Number()
        image, shown = gr.Image(type="pil"), gr.Image()
        out, state = gr.Textbox(), gr.State([])
        button = gr.Button()
        button.click(letter_counter, [word, letter], number)
        button.click(flip, image, shown)
        button.click(steps, number, out)
        button.click(counting, number, out)
        button.click(fails, word, out)
        button.click(breaks, word, out)
        button.click(headed, word, out)
        button.click(remembered, [word, state], [out, state])
        button.click(add, [a, b], total)
        button.click(lambda: "l", None, out)
        button.click(letter_counter, [word, letter], number, api_name="again")
        button.click(lambda t: "hidden", word, out, api_visibility="private", api_name="hidden")
        button.click(lambda t: "quiet", word, out, api_visibility="undocumented", api_name="quiet")
        gr.api(greeting)
        gr.api(pixel)
        gr.api(greet)
    return demo


@contextlib.contextmanager
def served(demo, **options):
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "The tool 'remembered' takes a State")
        demo.launch(
            inline=False, prevent_thread_lock=True, quiet=True, server_port=0, **{"mcp_server": True, **options}
        )
    try:
        yield demo.local_url.rstrip("/")
    finally:
        demo.close(verbose=False)


@pytest.fixture(scope="module")
def site():
    with served(app()) as url:
        yield url


@contextlib.asynccontextmanager
async def connected(url, transport="http", headers=None):
    """The real client, of the first or second edition of the package."""
    async with contextlib.AsyncExitStack() as stack:
        if transport == "sse":
            streams = await stack.enter_async_context(sse_client(f"{url}/gradio_api/mcp/sse", headers=headers))
        elif HAS_SECOND:
            import httpx2

            http = await stack.enter_async_context(httpx2.AsyncClient(headers=headers, timeout=30))
            streams = await stack.enter_async_context(
                streamable_http.streamable_http_client(f"{url}/gradio_api/mcp/", http_client=http)
            )
        else:
            streams = await stack.enter_async_context(
                streamable_http.streamablehttp_client(f"{url}/gradio_api/mcp/", headers=headers)
            )
        session = await stack.enter_async_context(ClientSession(streams[0], streams[1]))
        yield session


def ask(url, use, transport="http", headers=None):
    """What `use(session)` finds, the session being initialised."""

    async def go():
        async with connected(url, transport, headers) as session:
            session.hello = await session.initialize()
            return await use(session)

    return asyncio.run(asyncio.wait_for(go(), 30))


def plain(result):
    return json.loads(result.model_dump_json(by_alias=True, exclude_none=True))


def call(url, name, arguments, transport="http", headers=None, **more):
    async def use(session):
        return plain(await session.call_tool(name, arguments, **more))

    return ask(url, use, transport, headers)


def texts(result):
    return [part.get("text") for part in result["content"]]


both = pytest.mark.parametrize("transport", ["http", "sse"])


@both
def test_tools_are_the_public_endpoints(site, transport):
    async def use(session):
        return plain(session.hello), plain(await session.list_tools())["tools"]

    hello, tools = ask(site, use, transport)
    assert hello["serverInfo"]["name"] == "Tools"
    assert [t["name"] for t in tools] == [
        "letter_counter", "flip", "steps", "counting", "fails", "breaks", "headed", "remembered", "sum_up",
        "_lambda_", "letter_counter_1",
    ]  # fmt: skip
    counter, flips = tools[0], tools[1]
    assert counter["description"] == "Count a letter in a word. Returns: int: How often it occurs."
    assert counter["inputSchema"] == {
        "type": "object",
        "properties": {
            "word": {"type": "string", "description": "Where to look, letter by letter."},
            "letter": {"type": "string", "description": "What to look for.", "default": "a"},
        },
        "required": ["word"],
    }
    assert flips["inputSchema"]["properties"]["image"]["format"] == "uri"
    assert "upload" in flips["description"]
    assert [*tools[6]["inputSchema"]["properties"]] == ["text"]
    assert [*tools[7]["inputSchema"]["properties"]] == ["text"]
    assert (tools[8]["description"], tools[8]["_meta"]) == ("Adds numbers", {"kind": "maths"})


@both
def test_a_tool_is_called(site, transport):
    result = call(site, "letter_counter", {"word": "Banana"}, transport)
    assert (texts(result), result["isError"]) == (["3"], False)
    assert texts(call(site, "counting", {"n": 3}, transport)) == ["at 2"]
    assert texts(call(site, "_lambda_", {}, transport)) == ["l"]


@both
def test_headers_are_parameters(site, transport):
    result = call(site, "headed", {"text": "t"}, transport, {"X-Api-Token": "42", "X-Other": "o"})
    assert texts(result) == ["t 42 o"]


def test_state_is_new_in_each_call(site):
    assert texts(call(site, "remembered", {"text": "one"})) == ["one"]
    assert texts(call(site, "remembered", {"text": "two"})) == ["two"]


def test_a_result_can_be_structured(site):
    result = call(site, "sum_up", {"a": 1, "b": 2})
    assert texts(result) == ["3"]
    assert result["structuredContent"] == {"result": [{"type": "text", "text": "3"}]}
    assert result["_meta"]["kind"] == "maths"
    assert texts(call(site, "add", {"a": 1, "b": 2})) == ["3"]


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("fails", {"text": "fly"}, "cannot fly"),
        ("breaks", {"text": "x"}, "does not tell why"),
        ("letter_counter", {}, "'word' has no default"),
        ("letter_counter", {"word": "a", "where": 1}, "no parameter where"),
        ("hidden", {"t": "x"}, "no tool 'hidden'"),
        ("quiet", {"t": "x"}, "no tool 'quiet'"),
        ("flip", {"image": "/etc/passwd"}, "not a file of this app"),
        ("flip", {"image": "data:image/png;base64,!"}, "not valid base64"),
    ],
)
def test_a_failure_is_told(site, name, arguments, told):
    result = call(site, name, arguments)
    assert result["isError"] is True
    assert told in texts(result)[0]


@both
def test_progress_is_told(site, transport):
    heard = []

    async def hear(progress, total, message):
        heard.append((progress, message))

    assert texts(call(site, "steps", {"n": 3}, transport, progress_callback=hear)) == ["there"]
    assert any("Walking" in message and "of 3" in message for _, message in heard)
    assert [p for p, _ in heard] == sorted({p for p, _ in heard})


def picture(colour="red"):
    import io

    content = io.BytesIO()
    Image.new("RGB", (4, 3), colour).save(content, "PNG")
    return content.getvalue()


def post(url, data, headers):
    with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=10) as answer:
        return json.loads(answer.read())


def is_flipped(site, address):
    result = call(site, "flip", {"image": address})
    image, told = result["content"]
    assert (image["type"], image["mimeType"]) in [("image", "image/webp"), ("image", "image/png")]
    where = told["text"].removeprefix("Image URL: ")
    with urllib.request.urlopen(where, timeout=10) as answer:
        return answer.read() == base64.b64decode(image["data"])


def test_images_go_in_and_come_out(site):
    assert is_flipped(site, "data:image/png;base64," + base64.b64encode(picture()).decode())
    body = (
        b'--x\r\nContent-Disposition: form-data; name="files"; filename="p.png"\r\n\r\n' + picture() + b"\r\n--x--\r\n"
    )
    (path,) = post(f"{site}/gradio_api/upload", body, {"Content-Type": "multipart/form-data; boundary=x"})
    assert is_flipped(site, path)
    assert is_flipped(site, f"{site}/gradio_api/file={path}")


def test_a_file_can_be_left_out_where_there_is_one(tmp_path):
    (tmp_path / "first.png").write_bytes(picture())

    def size(image):
        return str(image.size)

    with served(gr.Interface(size, gr.Image(tmp_path / "first.png", type="pil"), "text", api_name="size")) as url:
        (offer,) = json.loads(get(f"{url}/gradio_api/mcp/schema"))
        assert "required" not in offer["inputSchema"]
        assert texts(call(url, "size", {})) == ["(4, 3)"]
        event = post(f"{url}/gradio_api/call/v2/size", b"{}", {"Content-Type": "application/json"})["event_id"]
        assert '["(4, 3)"]' in get(f"{url}/gradio_api/call/v2/size/{event}")


def test_resources_are_listed_and_read(site):
    async def use(session):
        try:
            await session.read_resource("nowhere://x")
            missing = None
        except Exception as error:
            missing = str(error)
        return (
            plain(await session.list_resources())["resources"],
            plain(await session.list_resource_templates())["resourceTemplates"],
            plain(await session.read_resource("greeting://Ada"))["contents"],
            plain(await session.read_resource("pixel://one"))["contents"],
            missing,
        )

    listed, templates, greeted, blob, missing = ask(site, use)
    assert [(r["uri"], r["name"], r["mimeType"]) for r in listed] == [("pixel://one", "pixel", "image/png")]
    assert [(t["uriTemplate"], t["description"]) for t in templates] == [("greeting://{name}", "Greets by name.")]
    assert (greeted[0]["text"], greeted[0]["mimeType"]) == ("Hello, Ada!", "text/plain")
    assert base64.b64decode(blob[0]["blob"]) == b"\x89PNG pixel"
    assert "nowhere://x" in missing


def test_prompts_are_listed_and_filled_in(site):
    async def use(session):
        prompts = plain(await session.list_prompts())["prompts"]
        return prompts, plain(await session.get_prompt("greet_user", {"name": "Ada"}))

    (prompt,), filled = ask(site, use)
    assert (prompt["name"], prompt["description"]) == ("greet_user", "A greeting")
    assert prompt["arguments"] == [
        {"name": "name", "description": "Whom.", "required": True},
        {"name": "style", "description": "", "required": False},
    ]
    assert filled["messages"] == [
        {"role": "user", "content": {"type": "text", "text": "Write a friendly greeting for Ada"}}
    ]


def get(url, headers=None):
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers or {}), timeout=10) as answer:
        return answer.read().decode()


def test_the_schema_is_there_without_a_connection(site):
    offers = {o["name"]: o for o in json.loads(get(f"{site}/gradio_api/mcp/schema"))}
    assert offers["headed"]["meta"] == {
        "file_data_present": False, "mcp_type": "tool", "endpoint_name": "headed", "headers": ["x-api-token"]
    }  # fmt: skip
    assert offers["flip"]["meta"]["file_data_present"] is True
    assert offers["greeting"]["meta"]["mcp_type"] == "resource"
    chosen = json.loads(get(f"{site}/gradio_api/mcp/schema?tools=flip,steps"))
    assert [o["name"] for o in chosen] == ["flip", "steps"]


def test_a_person_gets_a_page_and_the_configuration_tells(site):
    page = get(f"{site}/gradio_api/mcp/", {"Accept": "text/html"})
    assert f"{site}/gradio_api/mcp/" in page
    assert "letter_counter" in page
    assert f"{site}/gradio_api/mcp/" in get(f"{site}/?view=api")
    assert json.loads(get(f"{site}/config"))["mcp_server"] is True


@pytest.mark.parametrize("path", ["", "/", "/sse", "/messages/", "/schema"])
def test_other_sites_and_strangers_get_nothing(path):
    with served(gr.Interface(letter_counter, ["text", "text"], "number"), auth=("ada", "pw")) as url:
        for method in ("GET", "POST"):
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(urllib.request.Request(f"{url}/gradio_api/mcp{path}", method=method), timeout=10)
            assert refused.value.code in (401, 403, 405)


def test_other_sites_are_refused(site):
    request = urllib.request.Request(f"{site}/gradio_api/mcp/", b"{}", {"Origin": "https://evil.example"})
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(request, timeout=10)


@pytest.mark.parametrize(("said", "has"), [("True", True), ("false", False), ("", False)])
def test_the_environment_can_ask_for_it(monkeypatch, said, has):
    monkeypatch.setenv("GRADIO_MCP_SERVER", said)
    with served(gr.Interface(letter_counter, ["text", "text"], "number"), mcp_server=None) as url:
        assert json.loads(get(f"{url}/config"))["mcp_server"] is has
        if has:
            assert texts(call(url, "letter_counter", {"word": "aa", "letter": "a"})) == ["2"]
        else:
            with pytest.raises(urllib.error.HTTPError, match="404"):
                get(f"{url}/gradio_api/mcp/schema")


@both
def test_it_is_there_in_a_mounted_app(transport):
    uvicorn = pytest.importorskip("uvicorn")
    fastapi = pytest.importorskip("fastapi")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "The tool 'remembered' takes a State")
        outer = gr.mount_gradio_app(fastapi.FastAPI(), app(), path="/demo", mcp_server=True)

    async def go():
        server = uvicorn.Server(uvicorn.Config(outer, host="127.0.0.1", port=0, log_level="warning"))
        running = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        try:
            async with connected(f"http://127.0.0.1:{port}/demo", transport) as session:
                await session.initialize()
                return plain(await session.call_tool("letter_counter", {"word": "Banana"}))
        finally:
            server.should_exit = True
            await running

    assert texts(asyncio.run(asyncio.wait_for(go(), 30))) == ["3"]


@both
def test_a_call_whose_client_left_ends(transport):
    began, ended = threading.Event(), threading.Event()

    def slow(text):
        try:
            for _ in range(400):
                began.set()
                yield text
                time.sleep(0.05)
        finally:
            ended.set()

    async def leave(url):
        async with connected(url, transport) as session:
            await session.initialize()
            calling = asyncio.create_task(session.call_tool("slow", {"text": "x"}))
            await asyncio.to_thread(began.wait, 10)
            calling.cancel()
            await asyncio.gather(calling, return_exceptions=True)

    with served(gr.Interface(slow, "text", "text")) as url:
        asyncio.run(asyncio.wait_for(leave(url), 30))
        assert ended.wait(5)


@pytest.mark.skipif(not HAS_SECOND, reason="the package's first edition has no such client")
def test_the_newest_client_speaks_its_own_protocol(site):
    from mcp.client.client import Client

    async def go():
        async with Client(f"{site}/gradio_api/mcp/") as client:
            return plain(await client.call_tool("letter_counter", {"word": "Banana"}))

    assert texts(asyncio.run(asyncio.wait_for(go(), 30))) == ["3"]
