"""The kernel's half: the apps of this kernel that its Jupyter server may show as pages.

Nothing listens and nothing is imported before the server asks. It asks by a comm; when both are on one machine it then
uses a unix socket that only this user can open.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import contextvars
import os
import re
import shutil
import socket
import sys
import tempfile
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ...blocks import Blocks, LaunchOptions
from ...blocks.app import Running
from ..launch import cell_key, ipython_shell, keep_own_subshell, run_key
from .pipe import TARGET, CommPipe, Pipe, PipeClosedError, SocketPipe

if TYPE_CHECKING:
    from ...session import LiveApp
    from ..standalone.serve import BlocksApplication

__all__ = ["HubApp", "is_program", "offer", "serve", "server_url"]

#: Reason that the server's half is given when it asks for an app that it cannot have.
NO_APP, NOT_SHARED = "no such app", "not shared"
LINGER_S = 5.0
UNTITLED = "nbblocks"
GONE = 4404  #: as the standalone page's handler has it, which is not imported before somebody asks


def server_url() -> str | None:
    """Address of the Jupyter server that shows this kernel's apps, when it has said so."""
    return os.environ.get("NBBLOCKS_SERVER_URL") or None


def is_program() -> bool:
    """Whether the server started this kernel to show a notebook or script as an app."""
    return bool(os.environ.get("NBBLOCKS_PROGRAM"))


def kernel_id() -> str | None:
    """The server's name for this kernel: its connection file has it."""
    kernel = getattr(ipython_shell(), "kernel", None)
    file = getattr(getattr(kernel, "parent", None), "connection_file", "") or ""
    found = re.fullmatch(r"kernel-([0-9a-f-]{36})\.json", os.path.basename(file))
    return found[1] if found else None


class Offer:
    """An app that the server may show.

    Parameters
    ----------
    live : LiveApp, optional
        What shows it already, in a cell; None: a page is all that shows it.
    """

    def __init__(self, name: str, blocks: Blocks, options: LaunchOptions, live: LiveApp | None) -> None:
        self.name, self.blocks, self.options = name, blocks, replace(options, root_path=None)
        self.is_shared = bool(options.share) or is_program()
        self.cell, self.run = cell_key(), run_key()
        self._live = live
        self._application: BlocksApplication | None = None
        self._making = threading.Lock()

    @property
    def application(self) -> BlocksApplication:
        """Its routes and sockets, made when somebody first asks for them."""
        with self._making:
            if self._application is None:
                from ..standalone.serve import BlocksApplication
                from .identity import RelayedIdentity

                self._application = BlocksApplication(
                    self.blocks, self.options, live=self._live, identity=RelayedIdentity(is_shared=self.is_shared)
                )
            return self._application

    def close(self) -> None:
        """The app is not there any more; pages that show it are told."""
        application = self._application
        if application is not None:
            for page in list(application.sockets.values()):
                page.close(GONE)
            application.close()


class Door:
    """Where the server's half comes in."""

    def __init__(self) -> None:
        self.offers: dict[str, Offer] = {}
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._path: str | None = None
        self._is_registered = False

    # --- apps

    def offer(self, blocks: Blocks, options: LaunchOptions, live: LiveApp | None = None) -> Offer:
        """Let the server show an app; it gets a name that its cell's earlier run had, if that is free."""
        self._register()
        title = "" if blocks.title == UNTITLED else str(blocks.title or "")
        wanted = re.sub(r"[^a-z0-9]+", "-", title.lower())[:40].strip("-") or "app"
        with self._lock:
            name, n = wanted, 1
            while name in self.offers:
                n += 1
                name = f"{wanted}-{n}"
            found = self.offers[name] = Offer(name, blocks, options, live)
        if live is not None:
            live.closing.append(lambda: self.withdraw(found))
        return found

    def withdraw(self, offer: Offer) -> None:
        """An app has ended."""
        with self._lock:
            if self.offers.get(offer.name) is offer:
                del self.offers[offer.name]
        offer.close()

    def _register(self) -> None:
        if not self._is_registered:
            kernel: Any = getattr(ipython_shell(), "kernel", None)
            kernel.comm_manager.register_target(TARGET, self._opened)
            self._is_registered = True

    # --- comms; the callbacks come on the thread of a shell, and only hand over

    def _opened(self, comm: Any, message: dict[str, Any]) -> None:
        context = contextvars.copy_context()
        keep_own_subshell(comm)
        loop = self._running_loop()

        def post(data: dict[str, Any], buffers: list[bytes]) -> None:
            context.copy().run(comm.send, data, None, buffers)

        def closed() -> None:
            context.copy().run(comm.close)

        pipe = CommPipe(post, closed)

        def came(message: dict[str, Any]) -> None:
            data, buffers = message["content"]["data"], [bytes(b) for b in message.get("buffers") or []]
            loop.call_soon_threadsafe(pipe.feed, data, buffers)

        comm.on_msg(came)
        comm.on_close(lambda message: loop.call_soon_threadsafe(pipe.end))
        came(message)
        asyncio.run_coroutine_threadsafe(self._answer(pipe), loop)

    # --- the loop, on a thread of its own: a cell that runs holds up the kernel's

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=self._loop.run_forever, name="nbblocks-hub", daemon=True).start()
            return self._loop

    async def _listen(self) -> str | None:
        """Path of a unix socket that only this user can open; None where there are none."""
        if self._path is None and hasattr(socket, "AF_UNIX"):
            folder = tempfile.mkdtemp(prefix="nbblocks-")  # 0700
            atexit.register(shutil.rmtree, folder, ignore_errors=True)
            path = os.path.join(folder, "hub")
            try:
                await asyncio.start_unix_server(self._connected, path)
                os.chmod(path, 0o600)
            except OSError:  # the path is too long for the system, or the disk takes no sockets
                return None
            self._path = path
        return self._path

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._answer(SocketPipe(reader, writer))

    # --- answering

    async def _answer(self, pipe: Pipe) -> None:
        """Answer one request, websocket, or question of the server's half."""
        with contextlib.suppress(PipeClosedError, asyncio.TimeoutError):
            try:
                message, _ = await pipe.receive()
                if message["type"] == "where":
                    offers = [o.name for o in list(self.offers.values())]
                    await pipe.send({"type": "here", "socket": await self._listen(), "apps": offers})
                elif message["type"] == "open":
                    await self._serve(pipe, message)
                    await asyncio.wait_for(_gone(pipe), LINGER_S)
            finally:
                pipe.close()

    async def _serve(self, pipe: Pipe, message: dict[str, Any]) -> None:
        found = self.offers.get(str(message["app"]))
        viewer = message["scope"]["viewer"]
        refusal = NO_APP if found is None else None
        if found is not None and not (viewer["is_owner"] or found.is_shared):
            refusal = NOT_SHARED
        if found is None or refusal is not None:
            await pipe.send({"type": "refused", "reason": refusal})
            return
        scope = {
            **message["scope"],
            "headers": [(k.encode("latin-1"), v.encode("latin-1")) for k, v in message["scope"]["headers"]],
            "query_string": message["scope"]["query_string"].encode("latin-1"),
        }

        async def receive() -> dict[str, Any]:
            try:
                event, body = await pipe.receive()
            except PipeClosedError:
                return {"type": f"{scope['type']}.disconnect", "code": 1006}
            if event["type"] == "http.request" or "is_bytes" in event:
                event["body" if event["type"] == "http.request" else "bytes"] = body
            return event

        async def send(event: Any) -> None:
            event = dict(event)
            body = b""
            if event["type"] == "http.response.start":
                event["headers"] = [(k.decode("latin-1"), v.decode("latin-1")) for k, v in event["headers"]]
            elif event["type"] == "http.response.body":
                body = event.pop("body", b"")
            elif event.get("bytes") is not None:
                body = event.pop("bytes")
                event["is_bytes"] = True
            await pipe.send(event, body)

        await found.application(scope, receive, send)


async def _gone(pipe: Pipe) -> None:
    """Wait until the other half has heard everything: it closes first, or its last words would cut the answer off."""
    while True:
        await pipe.receive()


_door = Door()


def offer(blocks: Blocks, running: Any, options: LaunchOptions) -> None:
    """An app is shown in a cell: the server may show it as a page, too, where there is a kernel that it can ask."""
    if getattr(getattr(ipython_shell(), "kernel", None), "comm_manager", None) is not None:
        _door.offer(blocks, options, running._live)


class HubApp:
    """An app that the user's own Jupyter server shows as a page; it opens no port."""

    def __init__(self, blocks: Blocks, options: LaunchOptions) -> None:
        for earlier in list(_door.offers.values()):
            is_rerun = earlier.cell and earlier.cell == cell_key() and earlier.run != run_key()
            if is_rerun and isinstance(earlier.blocks.running, HubApp):
                earlier.blocks.close(verbose=False)
        self._closed = threading.Event()
        self._offer = _door.offer(blocks, options)
        self.app: Any = None
        self.share_url: str | None = None
        root = (server_url() or "/").rstrip("/")
        self.local_url: str | None = None if is_program() else f"{root}/nbblocks/{kernel_id()}/{self._offer.name}/"

    def wait(self) -> None:
        """Keep the cell running until it is interrupted."""
        with contextlib.suppress(KeyboardInterrupt):
            while not self._closed.wait(3600):
                pass

    def close(self) -> None:
        """Stop showing it."""
        self._closed.set()
        _door.withdraw(self._offer)


def serve(blocks: Blocks, options: LaunchOptions) -> Running:
    """Let the Jupyter server show an app, and say where."""
    app = HubApp(blocks, options)
    if not options.quiet and app.local_url:
        from IPython.display import publish_display_data

        publish: Any = publish_display_data
        text = f"* Running on your Jupyter server:  {app.local_url}"
        path = urlsplit(app.local_url).path  # the notebook is on the same server, however its user reaches it
        link = f'* Running on your Jupyter server: <a href="{path}" target="_blank">{app.local_url}</a>'
        publish(data={"text/plain": text, "text/html": link})
        sys.stdout.flush()
    return app
