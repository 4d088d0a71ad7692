"""The standalone app inside an ASGI server: the same routes and sockets, for FastAPI, Starlette, uvicorn.

https://asgi.readthedocs.io/en/latest/specs/www.html. Requests become those of the tornado application,
without a socket; websockets talk to the session themselves.
"""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import struct
from collections.abc import Awaitable, Callable, MutableMapping
from types import SimpleNamespace
from typing import Any

from tornado import httputil, web
from tornado.iostream import StreamClosedError

from ..session.outbox import Batch
from .standalone.handlers import GONE, MAX_MESSAGE_BYTES, SocketHandler, decode, frames

__all__ = ["handle"]

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_HOP_BY_HOP = ("transfer-encoding", "connection", "keep-alive")


async def handle(application: web.Application, scope: Message, receive: Receive, send: Send) -> None:
    """Answer one ASGI connection with a tornado application."""
    if scope["type"] == "lifespan":
        await _lifespan(application, scope, receive, send)
    elif scope["type"] == "websocket":
        await _websocket(application, scope, receive, send)
    elif scope["type"] == "http":
        await _http(application, scope, receive, send)


async def _lifespan(application: Any, scope: Message, receive: Receive, send: Send) -> None:
    """Run what the author wants done while the server is up, and tell each request what came of it."""
    async with contextlib.AsyncExitStack() as running:
        while True:
            message = await receive()
            try:
                if message["type"] == "lifespan.startup":
                    scope.get("state", {}).update(await running.enter_async_context(application.lifespan()))
                else:
                    await running.aclose()
            except Exception as error:
                await send({"type": f"{message['type']}.failed", "message": str(error)})
                raise
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return


class _Connection(httputil.HTTPConnection):
    """What tornado writes its answer to."""

    def __init__(self, scope: Message, send: Send) -> None:
        self._send = send
        self._on_close: Callable[[], None] | None = None
        self._lock = asyncio.Lock()
        self._is_closed = False
        self._pending: asyncio.Task[None] | None = None
        self.finished = asyncio.Event()
        client = scope.get("client") or ("127.0.0.1", 0)
        self.context = SimpleNamespace(
            remote_ip=client[0],
            protocol=_scheme(scope),
            root_path=str(scope.get("root_path") or ""),
            viewer=scope.get("viewer"),
            state=dict(scope.get("state") or {}),
        )
        self.no_keep_alive = False

    def set_close_callback(self, callback: Callable[[], None] | None) -> None:
        """Called when the client goes away."""
        self._on_close = callback

    def set_max_body_size(self, max_body_size: int) -> None:
        """The ASGI server hands over what it took."""

    def close(self) -> None:
        """The client went away."""
        if self._is_closed:
            return
        self._is_closed = True
        callback, self._on_close = self._on_close, None
        if callback is not None:
            callback()

    def write_headers(
        self, start_line: Any, headers: httputil.HTTPHeaders, chunk: bytes | None = None
    ) -> asyncio.Future[None]:
        """Begin the answer."""
        told = [
            (name.lower().encode("latin-1"), value.encode("latin-1"))
            for name, value in headers.get_all()
            if name.lower() not in _HOP_BY_HOP
        ]
        return self._told(
            {"type": "http.response.start", "status": start_line.code, "headers": told}, self._body(chunk or b"")
        )

    def write(self, chunk: bytes) -> asyncio.Future[None]:
        """Go on with it."""
        return self._told(self._body(chunk))

    def finish(self) -> None:
        """End it."""
        self._told({"type": "http.response.body", "body": b"", "more_body": False}, is_last=True)

    @staticmethod
    def _body(chunk: bytes) -> Message:
        return {"type": "http.response.body", "body": bytes(chunk), "more_body": True}

    def _told(self, *messages: Message, is_last: bool = False) -> asyncio.Future[None]:
        before = self._pending

        async def go() -> None:
            if before is not None:
                with contextlib.suppress(Exception):
                    await before
            try:
                if self._is_closed:
                    raise StreamClosedError
                for message in messages:
                    await self._send(message)
            finally:
                if is_last:
                    self.finished.set()

        self._pending = asyncio.ensure_future(go())
        self._pending.add_done_callback(lambda task: task.cancelled() or task.exception())
        return self._pending


def _scheme(scope: Message) -> str:
    return "https" if scope.get("scheme") in ("https", "wss") else "http"


def _path(scope: Message) -> str:
    """The path below the place where the app is mounted."""
    root, path = str(scope.get("root_path") or ""), str(scope["path"])
    return (path[len(root) :] if root and path.startswith(root) else path) or "/"


def _headers(scope: Message) -> httputil.HTTPHeaders:
    headers = httputil.HTTPHeaders()
    for name, value in scope["headers"]:
        headers.add(name.decode("latin-1"), value.decode("latin-1"))
    return headers


def _request(scope: Message, connection: _Connection) -> tuple[httputil.RequestStartLine, httputil.HTTPHeaders]:
    from urllib.parse import quote

    query = scope.get("query_string", b"").decode("latin-1")
    uri = quote(_path(scope), safe="/=:@!$&'()*+,;~%") + (f"?{query}" if query else "")
    return httputil.RequestStartLine(str(scope.get("method", "GET")), uri, "HTTP/1.1"), _headers(scope)


class _ServerConnection(httputil.HTTPServerConnectionDelegate):
    """Stands for the connection that tornado's server would have."""


async def _http(application: web.Application, scope: Message, receive: Receive, send: Send) -> None:
    if scope["path"] == scope.get("root_path") and scope["path"]:  # addresses in the page are relative to the folder
        location = f"{scope['path']}/".encode()
        await send({"type": "http.response.start", "status": 307, "headers": [(b"location", location)]})
        await send({"type": "http.response.body", "body": b""})
        return
    connection = _Connection(scope, send)
    start_line, headers = _request(scope, connection)
    delegate = application.start_request(_ServerConnection(), connection)
    await _soon(delegate.headers_received(start_line, headers))
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            connection.close()
            delegate.on_connection_close()
            return
        if message.get("body") and not connection.finished.is_set():
            await _soon(delegate.data_received(message["body"]))
        if not message.get("more_body"):
            break
    delegate.finish()
    waiting = asyncio.ensure_future(_disconnected(receive))
    finished = asyncio.ensure_future(connection.finished.wait())
    try:
        await asyncio.wait({waiting, finished}, return_when=asyncio.FIRST_COMPLETED)
        if not finished.done():
            connection.close()
    finally:
        waiting.cancel()
        finished.cancel()


async def _soon(result: Any) -> None:
    if result is not None:
        await result


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


# --- websockets


class _Peer:
    """What the app knows of a page's socket: the part of tornado's handler that it uses."""

    close_code: int | None = None

    def __init__(self, send: Send, loop: asyncio.AbstractEventLoop) -> None:
        self._send, self._loop = send, loop
        self.closing = asyncio.Event()
        self.code = 1001

    def close(self, code: int = 1001, reason: str = "") -> None:
        """End the connection."""
        self.code = code
        self._loop.call_soon_threadsafe(self.closing.set)


async def _websocket(application: web.Application, scope: Message, receive: Receive, send: Send) -> None:
    await receive()  # websocket.connect
    connection = _Connection(scope, send)
    start_line, headers = _request(scope, connection)
    request = httputil.HTTPServerRequest(start_line=start_line, headers=headers, connection=connection)
    handler = SocketHandler(application, request)
    handler.path_args, handler.path_kwargs = [], {}
    try:
        session = await _admitted(handler, _path(scope))
    except web.HTTPError as error:
        if error.status_code == 404 and _path(scope) == "/ws":  # only an open socket can tell its page why it closes
            await send({"type": "websocket.accept"})
            await send({"type": "websocket.close", "code": GONE})
            return
        await send({"type": "websocket.close", "code": 1008})
        return
    await send({"type": "websocket.accept"})
    loop = asyncio.get_running_loop()
    peer = _Peer(send, loop)
    waiting: asyncio.Queue[list[str | bytes]] = asyncio.Queue()
    settings = application.settings

    def tell(batch: Batch) -> None:
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(waiting.put_nowait, frames(batch))

    async def write() -> None:
        while True:
            for frame in await waiting.get():
                kind = "bytes" if isinstance(frame, bytes) else "text"
                await send({"type": "websocket.send", kind: frame})

    settings["nbblocks_came"](session, peer)
    session.outbox.send = tell
    writer = asyncio.ensure_future(write())
    closing = asyncio.ensure_future(peer.closing.wait())
    try:
        while True:
            reading = asyncio.ensure_future(receive())
            await asyncio.wait({reading, closing}, return_when=asyncio.FIRST_COMPLETED)
            if not reading.done():
                reading.cancel()
                await send({"type": "websocket.close", "code": peer.code})
                break
            message = reading.result()
            if message["type"] == "websocket.disconnect":
                peer.close_code = message.get("code")
                break
            frame = message.get("text") if message.get("text") is not None else message.get("bytes")
            try:
                if frame is None or len(frame) > MAX_MESSAGE_BYTES:
                    raise ValueError("too large")
                session.receive(*decode(frame))
            except (ValueError, struct.error, RecursionError):
                await send({"type": "websocket.close", "code": 1003})
                break
    finally:
        closing.cancel()
        writer.cancel()
        if session.outbox.send == tell:
            session.outbox.send = None
        settings["nbblocks_gone"](session, peer)


async def _admitted(handler: SocketHandler, path: str) -> Any:
    """The session that a socket is for; raises HTTPError when it may not be had."""
    if path != "/ws":
        raise web.HTTPError(404)
    if not handler.check_origin():
        raise web.HTTPError(403)
    user = handler.identity_provider.get_user(handler)
    user = await user if inspect.isawaitable(user) else user
    if user is None:
        raise web.HTTPError(403)
    handler.current_user = user
    return handler.session_asked_for()
