"""A real Jupyter server with the extension, and what a visitor's browser or program asks of it."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx
from jupyter_client.blocking.client import BlockingKernelClient
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from nbblocks.hosts.standalone.handlers import encode
from tests.browser.processes import Server, free_port, isolated_jupyter, running, until_it_listens

TOKEN = "a-token-of-the-tests"
REPOSITORY = Path(__file__).parents[2]

SomeVisitor = TypeVar("SomeVisitor", bound="Visitor")


class Jupyter:
    """A Jupyter server that runs."""

    def __init__(self, server: Server | None, folder: Path, runtime: Path, url: str, token: str = TOKEN) -> None:
        self.server, self.folder, self.runtime, self.url = server, folder, runtime, url
        self.headers = {"Authorization": f"token {token}"}
        self._kernels: list[Kernel] = []

    def ask(self, method: str, path: str, **words: Any) -> httpx.Response:
        """A request of the owner's program."""
        headers = {**self.headers, **words.pop("headers", {})}
        return httpx.request(method, f"{self.url}{path}", headers=headers, timeout=30, **words)

    def start_kernel(self) -> Kernel:
        """A kernel as a notebook has it."""
        kernel = Kernel(self, self.ask("POST", "/api/kernels", json={"name": "python3"}).json()["id"])
        self._kernels.append(kernel)
        return kernel

    def close(self) -> None:
        """Let the kernels' channels go: collected while they are open, they would wait for ever."""
        for kernel in self._kernels:
            kernel.client.stop_channels()


class Kernel:
    """A kernel of the server, to run cells in."""

    def __init__(self, jupyter: Jupyter, kernel_id: str) -> None:
        self.jupyter, self.id = jupyter, kernel_id
        self.client = BlockingKernelClient(connection_file=str(jupyter.runtime / f"kernel-{kernel_id}.json"))
        self.client.load_connection_file()
        self.client.start_channels(hb=False)  # of a kernel that is slow to start it would say that it died
        self.client.wait_for_ready(timeout=60)

    def run(self, code: str) -> str:
        """Run a cell; what it printed and displayed."""
        shown: list[str] = []

        def heard(message: dict[str, Any]) -> None:
            content = message["content"]
            shown.append(content.get("text") or content.get("data", {}).get("text/plain") or "")

        reply = self.client.execute_interactive(code, output_hook=heard, timeout=60)["content"]
        assert reply["status"] == "ok", "\n".join(reply["traceback"])
        return "".join(shown)

    def start(self, code: str) -> None:
        """Run a cell and wait for nothing."""
        self.client.execute(code)

    def path(self, app: str = "app") -> str:
        """Where an app of it is, below the server's address."""
        return f"/nbblocks/{self.id}/{app}/"


@contextmanager
def jupyter(folder: Path, *options: str) -> Iterator[Jupyter]:
    """Run a Jupyter server whose extension is enabled as an installation enables it."""
    environment = isolated_jupyter(folder / "jupyter")
    config = folder / "jupyter" / "config" / "jupyter_server_config.d"
    config.mkdir(parents=True)
    (config / "nbblocks.json").write_bytes((REPOSITORY / "jupyter_server_config.json").read_bytes())
    files = folder / "files"
    files.mkdir(parents=True)
    command = [
        sys.executable,
        "-m",
        "jupyter_server",
        "--no-browser",
        "--allow-root",
        f"--ServerApp.port={free_port()}",
        f"--IdentityProvider.token={TOKEN}",
        f"--ServerApp.root_dir={files}",
        "--ServerApp.ip=127.0.0.1",
        *options,
    ]
    environment = {**environment, "PYTHONPATH": str(REPOSITORY), "JUPYTER_NO_CONFIG": ""}
    address = r"(http://127\.0\.0\.1:\d+)/\S*token="
    with running(command, address=address, cwd=files, environment=environment) as server:
        url = re.match(r"(http://[^/]+)/", server.url)
        assert url is not None
        until_it_listens(url[1])
        found = Jupyter(server, files, folder / "jupyter" / "runtime", url[1])
        try:
            yield found
        finally:
            found.close()


class Visitor:
    """A page of an app: its first paint, and its socket."""

    def __init__(self, page: httpx.Response, url: str, headers: dict[str, str]) -> None:
        found = re.search(r'id="nbblocks-boot">(.*?)</script>', page.text, re.S)
        assert found is not None, (page.status_code, page.text)
        self.boot: dict[str, Any] = json.loads(found[1])
        self.url, self.headers = url, headers
        self.socket: WebSocketClientConnection | None = None
        self._made = 0
        self._came: list[dict[str, Any]] = []

    @classmethod
    async def come(cls: type[SomeVisitor], url: str, headers: dict[str, str]) -> SomeVisitor:
        """Load the page and open its socket, as a browser does."""
        async with httpx.AsyncClient(timeout=60, verify=False) as client:
            page = await client.get(url, headers={**headers, "Accept": "text/html"}, follow_redirects=True)
        visitor = cls(page, str(page.url), headers)
        await visitor.connect()
        return visitor

    async def connect(self, **extra: str) -> None:
        """Open the socket."""
        address = f"{self.url.replace('http', 'ws', 1)}ws?session={self.boot['session']}"
        self.socket = await websocket_connect(HTTPRequest(address, headers={**self.headers, **extra}))
        self.socket.protocol.set_nodelay(True)  # type: ignore[union-attr]  # as a browser has it
        await self.send({"kind": "hello", "page": "p", "seq": self.boot["seq"], "version": "0"})

    async def send(self, message: dict[str, Any]) -> None:
        """Send a message."""
        assert self.socket is not None
        await self.socket.write_message(json.dumps(message, separators=(",", ":")))

    async def next(self) -> dict[str, Any] | None:
        """The next message; None: the socket is closed."""
        assert self.socket is not None
        if not self._came:
            text = await asyncio.wait_for(self.socket.read_message(), 30)
            if text is None:
                return None
            told = json.loads(text)
            self._came += told if isinstance(told, list) else [told]
        return self._came.pop(0)

    def block(self, label: str) -> int:
        """The number of a component."""
        blocks = self.boot["template"]["blocks"].items()
        return next(int(i) for i, b in blocks if label in (b["props"].get("label"), b["props"].get("value")))

    async def press(self, label: str, changes: dict[int, Any] | None = None) -> str:
        """Press a button with some values entered; the job that comes of it."""
        self._made += 1
        button = self.block(label)
        listener = next(x for x in self.boot["template"]["listeners"] if [button, "click"] in x["targets"])
        given = {str(i): {"value": v, "rev": self._made} for i, v in (changes or {}).items()}
        job = f"p-{self._made}"
        event = {"kind": "event", "job": job, "listener": listener["id"], "target": button, "event": "click"}
        await self.send({**event, "changes": given})
        return job

    async def heard(self) -> dict[str, Any]:
        """The next message, acknowledged."""
        message = await self.next()
        assert message is not None, "the socket is closed"
        if message.get("ack"):
            await self.send({"kind": "ack", "seq": message["seq"]})
        return message

    async def click(self, label: str, changes: dict[int, Any] | None = None) -> dict[int, Any]:
        """Press a button with some values entered; the values that come back."""
        job = await self.press(label, changes)
        values: dict[int, Any] = {}
        while True:
            message = await self.heard()
            if message["kind"] == "state":
                values |= {int(i): p["value"] for i, p in message["models"].items() if "value" in p}
            if message["kind"] == "job" and message["job"] == job and message["status"] in ("done", "failed"):
                assert message["status"] == "done", message
                return values

    async def upload(self, block: int, text: str) -> Any:
        """Give a file to a component; its value."""
        assert self.socket is not None
        self._made += 1
        file, content = f"p-{self._made}", text.encode()
        part = {"kind": "upload", "file": file, "chunk": 0, "last": True, "block": block, "name": "given.txt"}
        frame = encode({**part, "size_bytes": len(content), "mime_type": "text/plain"}, [content])
        await self.socket.write_message(frame, binary=True)
        while (message := await self.heard()).get("file") != file:
            pass
        assert "error" not in message, message
        return message["value"]
