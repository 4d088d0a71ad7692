"""What stands before the processes that serve an app: it hands each request to the one that has its session.

Requests and answers are read and written by tornado's own HTTP connections, so their framing is checked once more than
without it. A websocket's bytes are passed on as they come.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import re
import socket
from collections.abc import Coroutine
from http import HTTPStatus
from http.cookies import SimpleCookie
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

from tornado import httputil, iostream, web
from tornado.http1connection import HTTP1Connection, HTTP1ConnectionParameters

from .worker import Shared, worker_of

__all__ = ["COOKIE", "GONE", "Front"]

COOKIE = "nbblocks-worker"
GONE = "The process that served this has ended; it is started again"  #: said to who waited for its answer

#: Parameters of an address that name what one worker has: a page's session, a client's, a link's values, an upload.
_KEYS = ("session_hash", "session", "deep_link", "upload_id")
#: Paths that do: of a page's files, of a client's connection, of a call's result.
_KEY_IN_PATH = re.compile(r"/file/([\w-]+)/[^/]+$|/heartbeat/([\w-]+)$|/call/.+/([0-9a-f]{32})$")
#: Said by one hop to the next (https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1), and what a client cannot say.
_OF_A_HOP = ("Connection", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Upgrade", "Expect", "Transfer-Encoding")
_NOT_A_CLIENTS = ("X-Forwarded-For", "X-Real-Ip", "X-Forwarded-Proto", "X-Scheme")

#: Of a worker's answer to one who asks for a websocket: its head's end, whether it is open, how long its body is.
_END_OF_HEAD, _IS_OPEN, _LENGTH = (
    b"\r\n\r\n",
    re.compile(rb"HTTP/1.1 101 "),
    re.compile(rb"(?i)\r\ncontent-length: (\d+)"),
)

_PIECE = 1 << 16
_COUNTED = re.compile(r"(nbblocks_.+) ([0-9.e+-]+)")


class Front(httputil.HTTPServerConnectionDelegate):
    """Hands requests on.

    Parameters
    ----------
    shared : Shared
        What the processes have in common.
    places : list of str
        The sockets that they listen on.
    base : str
        Path of the app.
    max_body : int
        Most bytes of a body that is read to find whose it is.
    """

    def __init__(self, shared: Shared, places: list[str], base: str, max_body: int) -> None:
        self.shared, self.places, self.base, self.max_body = shared, places, base, max_body
        self._turns = itertools.cycle(range(len(places)))
        self._running: set[asyncio.Task[None]] = set()

    def start_request(self, server_conn: object, request_conn: httputil.HTTPConnection) -> httputil.HTTPMessageDelegate:
        """Called by tornado at the start of each."""
        return _Exchange(self, request_conn)

    def choose(self, asked: _Asked) -> int:
        """The worker for a request: the one that has what it names, else the one that this visitor had before."""
        count = len(self.places)
        if asked.key is not None:
            return worker_of(asked.key, count)
        if asked.path.rstrip("/").endswith("/login"):  # one counts an address's wrong tries
            return worker_of(asked.address, count)
        known = self.known(asked)
        return next(self._turns) if known is None else known

    def known(self, asked: _Asked) -> int | None:
        """The worker in a visitor's cookie."""
        signed = web.decode_signed_value(self.shared.secret, COOKIE, asked.cookie) if asked.cookie else None
        return int(signed) if signed and signed.isdigit() and int(signed) < len(self.places) else None

    def cookie(self, worker: int, is_secure: bool) -> str:
        """The header that lets a visitor come back to a worker."""
        made: SimpleCookie = SimpleCookie()
        made[COOKIE] = web.create_signed_value(self.shared.secret, COOKIE, str(worker)).decode()
        made[COOKIE]["path"], made[COOKIE]["samesite"], made[COOKIE]["httponly"] = self.base, "Lax", True
        if is_secure:
            made[COOKIE]["secure"] = True
        return made[COOKIE].OutputString()

    async def connect(self, worker: int) -> iostream.IOStream:
        """A connection to one; it waits while that one is started."""
        stream = iostream.IOStream(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
        await stream.connect(self.places[worker])
        return stream

    def keep(self, running: Coroutine[Any, Any, None]) -> None:
        """Let something run until it ends."""
        task = asyncio.ensure_future(running)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def metrics(self, head: httputil.RequestStartLine, headers: httputil.HTTPHeaders) -> tuple[int, bytes]:
        """The sums of what all workers count."""
        answers = [await self._fetch(worker, head, headers) for worker in range(len(self.places))]
        if any(status != 200 for status, _ in answers):
            return next(answer for answer in answers if answer[0] != 200)
        order: dict[str, float | None] = {}
        for line in b"\n".join(body for _, body in answers).decode().splitlines():
            counted = _COUNTED.fullmatch(line)
            if counted:
                order[counted[1]] = (order.get(counted[1]) or 0) + float(counted[2])
            else:
                order.setdefault(line)
        lines = [name if total is None else f"{name} {_number(total)}" for name, total in order.items()]
        lines.sort(key=lambda line: (_family(line), not line.startswith("#")))
        return 200, ("\n".join(lines) + "\n").encode()

    async def _fetch(
        self, worker: int, head: httputil.RequestStartLine, headers: httputil.HTTPHeaders
    ) -> tuple[int, bytes]:
        connection = _client(await self.connect(worker))
        connection.write_headers(head, headers)
        connection.finish()
        answer = _Collected()
        await connection.read_response(answer)
        return answer.status, b"".join(answer.parts)


def _number(total: float) -> str:
    return str(int(total)) if total.is_integer() else f"{total:.6f}"


def _family(line: str) -> str:
    """The metric that a line is of: all that is said of one stands together."""
    return line.split()[2] if line.startswith("# TYPE ") else re.split(r"[{ ]", line)[0]


def _client(stream: iostream.IOStream) -> HTTP1Connection:
    limits = HTTP1ConnectionParameters(no_keep_alive=True, max_header_size=64 << 10, max_body_size=1 << 60)
    return HTTP1Connection(stream, True, limits)


class _Collected(httputil.HTTPMessageDelegate):
    """A short answer."""

    def __init__(self) -> None:
        self.status, self.parts = 502, list[bytes]()

    def headers_received(self, start_line: Any, headers: httputil.HTTPHeaders) -> None:
        self.status = start_line.code

    def data_received(self, chunk: bytes) -> None:
        self.parts.append(chunk)


class _Asked:
    """What of a request says which worker it is for."""

    def __init__(self, start_line: httputil.RequestStartLine, headers: httputil.HTTPHeaders, address: str) -> None:
        url = urlsplit(start_line.path)
        self.path, self.address = url.path, address
        query = parse_qs(url.query)
        in_path = _KEY_IN_PATH.search(url.path)
        found = [query[name][0] for name in _KEYS if name in query]
        self.key = found[0] if found else next(filter(None, in_path.groups()), None) if in_path else None
        self.cookie = httputil.parse_cookie(headers.get("Cookie", "")).get(COOKIE)
        kind = headers.get("Content-Type", "application/json").split(";")[0].strip().lower()
        #: Whether its body says it.
        self.is_open = self.key is None and start_line.method == "POST" and kind == "application/json"

    def read(self, body: bytes) -> None:
        """Look for a key in the body."""
        with contextlib.suppress(ValueError, RecursionError):
            told = json.loads(body)
            named = [told.get(name) for name in ("session_hash", "event_id")] if isinstance(told, dict) else []
            self.key = next((key for key in named if isinstance(key, str) and key), None)


class _Exchange(httputil.HTTPMessageDelegate):
    """One request and its answer."""

    def __init__(self, front: Front, client: httputil.HTTPConnection) -> None:
        self.front = front
        self.client: Any = client
        self.worker = 0
        self.upstream: HTTP1Connection | None = None
        self.held: list[bytes] | None = None  #: a body that is read before it is known whose it is
        self.held_bytes = 0

    async def headers_received(self, start_line: Any, headers: httputil.HTTPHeaders) -> None:
        """Look at whose it is, and pass it on."""
        head = cast(httputil.RequestStartLine, start_line)
        context = self.client.context
        self.is_secure = context.protocol == "https"
        self.asked = _Asked(head, headers, context.remote_ip)
        has_body = "Content-Length" in headers or "Transfer-Encoding" in headers
        is_upgrade = head.method == "GET" and headers.get("Upgrade", "").lower() == "websocket"
        self.is_websocket = is_upgrade and not has_body
        self.is_refused = "Transfer-Encoding" in headers and head.method not in ("POST", "PUT", "PATCH")
        headers = headers.copy()  # tornado reads the body by those that came
        self.head, self.headers = head, headers
        for name in _NOT_A_CLIENTS:
            headers.pop(name, None)
        headers["X-Forwarded-For"], headers["X-Forwarded-Proto"] = context.remote_ip, context.protocol
        if self.is_websocket:
            return
        for name in _OF_A_HOP:
            headers.pop(name, None)
        headers["Connection"] = "close"
        if self.is_metrics or self.is_refused:
            return
        if self.asked.is_open and int(headers.get("Content-Length", 0)) <= self.front.max_body:
            self.held = []
            return
        await self._begin()

    @property
    def is_metrics(self) -> bool:
        """Whether it asks for numbers that each worker has a part of."""
        return self.head.method == "GET" and self.asked.path.rstrip("/") == self.front.base + "metrics"

    async def data_received(self, chunk: bytes) -> None:
        """A piece of the body."""
        if self.held is not None:
            self.held.append(chunk)
            self.held_bytes += len(chunk)
            if self.held_bytes > self.front.max_body:
                await self._release()
        elif self.upstream is not None:
            with contextlib.suppress(iostream.StreamClosedError):  # it has answered without reading all
                await self.upstream.write(chunk)

    def finish(self) -> None:
        """All of the request is here."""
        if self.is_websocket:
            self.front.keep(self._join())
        elif self.is_refused:
            self.reply(411, b'{"detail":"Length Required"}', "application/json")
        elif self.is_metrics:
            self.front.keep(self._sum())
        elif self.held is not None:
            self.front.keep(self._end_held())
        elif self.upstream is not None:
            self.upstream.finish()

    async def _begin(self) -> None:
        """Connect to the worker, send the head, and let its answer come."""
        self.worker = self.front.choose(self.asked)
        stream = await self.front.connect(self.worker)
        self.client.set_close_callback(stream.close)  # the worker is to know that its client left
        self.upstream = _client(stream)
        self.upstream.write_headers(self.head, self.headers)
        self.front.keep(self._answer(self.upstream))

    async def _release(self) -> None:
        """Send what was held."""
        held, self.held = b"".join(self.held or ()), None
        self.asked.read(held)
        await self._begin()
        if held:
            await self.data_received(held)

    async def _end_held(self) -> None:
        await self._release()
        assert self.upstream is not None
        with contextlib.suppress(iostream.StreamClosedError):
            self.upstream.finish()

    async def _answer(self, upstream: HTTP1Connection) -> None:
        answer = _Answer(self)
        with contextlib.suppress(iostream.StreamClosedError):
            await upstream.read_response(answer)
        upstream.close()
        if not answer.is_begun:
            self.reply(502, json.dumps({"detail": GONE}).encode(), "application/json")
        elif not answer.is_whole and self.client.stream is not None:
            self.client.stream.close()  # half an answer must not look like a whole one

    def reply(self, status: int, body: bytes, kind: str) -> None:
        """Answer oneself."""
        headers = httputil.HTTPHeaders({"Content-Type": kind, "Content-Length": str(len(body))})
        with contextlib.suppress(iostream.StreamClosedError):
            self.client.write_headers(
                httputil.ResponseStartLine("HTTP/1.1", status, HTTPStatus(status).phrase), headers, body
            )
            self.client.finish()

    async def _sum(self) -> None:
        status, body = await self.front.metrics(self.head, self.headers)
        kind = "text/plain; version=0.0.4; charset=utf-8" if status == 200 else "application/json"
        self.reply(status, body, kind)

    async def _join(self) -> None:
        """Pass a websocket's bytes on, both ways, until either side ends."""
        page = self.client.detach()
        worker = await self.front.connect(self.front.choose(self.asked))
        page.set_nodelay(True)
        lines = [f"{self.head.method} {self.head.path} HTTP/1.1", *(f"{k}: {v}" for k, v in self.headers.get_all())]
        with contextlib.suppress(iostream.StreamClosedError):
            await worker.write("\r\n".join([*lines, "", ""]).encode("latin1"))
            head = await worker.read_until(_END_OF_HEAD, max_bytes=64 << 10)
            await page.write(head)
            if _IS_OPEN.match(head):
                await asyncio.gather(_pump(page, worker), _pump(worker, page))
                return
            length = _LENGTH.search(head)  # it was refused: nothing more of the page may reach the worker
            await page.write(await worker.read_bytes(int(length[1]) if length else 0))
        worker.close()
        page.close()


async def _pump(source: iostream.IOStream, sink: iostream.IOStream) -> None:
    with contextlib.suppress(iostream.StreamClosedError):
        while True:
            await sink.write(await source.read_bytes(_PIECE, partial=True))
    source.close()
    sink.close()


class _Answer(httputil.HTTPMessageDelegate):
    """A worker's answer, on its way to the client."""

    def __init__(self, exchange: _Exchange) -> None:
        self.exchange = exchange
        self.is_begun = self.is_whole = False

    async def headers_received(self, start_line: Any, headers: httputil.HTTPHeaders) -> None:
        exchange = self.exchange
        for name in _OF_A_HOP:
            headers.pop(name, None)
        is_kept = headers.get("Cache-Control", "").startswith("public")  # by others: a cookie is one visitor's
        if not is_kept and exchange.front.known(exchange.asked) is None:
            headers.add("Set-Cookie", exchange.front.cookie(exchange.worker, exchange.is_secure))
        self.is_begun = True
        await exchange.client.write_headers(start_line, headers)

    async def data_received(self, chunk: bytes) -> None:
        await self.exchange.client.write(chunk)

    def finish(self) -> None:
        self.is_whole = True
        with contextlib.suppress(iostream.StreamClosedError):
            self.exchange.client.finish()
