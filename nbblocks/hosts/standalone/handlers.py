"""The routes: page, websocket, files, assets, login. Every one denies by default."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import struct
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jupyter_server.auth.decorator import allow_unauthenticated, ws_authenticated
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.base.websocket import WebSocketMixin
from tornado import web
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from ...exceptions import WireError
from ...session import LiveApp, Session
from ...session.outbox import Batch
from ...wire.files import FileData
from .identity import COOKIE, COOKIE_DAYS, Passwords, RateLimit
from .page import login_page, page, request_of

__all__ = [
    "GONE",
    "AssetHandler",
    "FaviconHandler",
    "FileHandler",
    "LoginHandler",
    "LogoutHandler",
    "PageHandler",
    "SocketHandler",
    "send_file",
]

log = logging.getLogger("nbblocks")

INTERVAL_S = 0.016  #: one frame of most screens
GRACE_S = 60.0  #: a session outlives a lost connection by that long
MAX_MESSAGE_BYTES = 8 << 20
GONE = 4404  #: closes the socket of a page whose session is not there any more; the page loads again

#: Types that a browser shows without running anything in them; all else is downloaded.
_SHOWN = (
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "image/avif",
    "audio/",
    "video/",
    "text/plain",
    "application/pdf",
)


class Base(JupyterHandler):
    """What all routes share: our log, our headers."""

    @property
    def live(self) -> LiveApp:
        """The app that is served."""
        return self.settings["nbblocks_app"]  # type: ignore[no-any-return]

    @property
    def log(self) -> logging.Logger:
        """Ours: jupyter_server's would be the kernel's, in a notebook."""
        return log

    def check_host(self) -> bool:
        """Whether the address is one of ours; inside another server that is the other's to say."""
        return hasattr(getattr(self.request.connection, "context", None), "root_path") or super().check_host()

    @property
    def base_url(self) -> str:
        """The path of the app's page, below the place where another server mounted it."""
        mounted = getattr(getattr(self.request.connection, "context", None), "root_path", "")
        return str(mounted).rstrip("/") + str(self.settings["base_url"])

    def get_login_url(self) -> str:
        """The login page; with `auth_dependency` there is none, and the answer is 401."""
        if self.settings["nbblocks_passwords"] is None:
            raise web.HTTPError(401, reason="Unauthorized")
        return self.base_url + "login"

    def set_default_headers(self) -> None:
        """Nothing is guessed, framed by others, or told to others."""
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "same-origin")
        self.clear_header("Server")

    def send_error(self, status_code: int = 500, **kwargs: Any) -> None:
        """Nothing more can be said in an answer that has begun: a stream whose client left, or whose server ends."""
        if not self._headers_written:
            super().send_error(status_code, **kwargs)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """A short JSON answer."""
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps({"detail": self._reason}))


class PageHandler(Base):
    """The page: each load is a new session."""

    @web.authenticated
    async def get(self, path: str = "") -> None:
        """Answer with the page and its whole first paint."""
        if path not in self.live.blocks.routes:
            raise web.HTTPError(404, reason="Not Found")
        if self.get_query_argument("view", "") == "api":
            from .extras import api_page

            self.set_header("Content-Type", "text/html; charset=utf-8")
            root = str(getattr(self.application, "root_url", None) or self.live.options.root_path or self.base_url)
            is_whole = "://" in root
            self.finish(
                api_page(self.live, root if is_whole else f"{self.request.protocol}://{self.request.host}{root}")
            )
            return
        session = self.live.open(request_of(self), INTERVAL_S)
        session.page = path
        session.follow_link(self.get_query_argument("deep_link", ""))
        session.shows_traceback = False
        self.settings["nbblocks_expect"](session)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(page(self.live, session, self.settings["nbblocks_assets"], self.live.options.head))


class SocketHandler(WebSocketMixin, WebSocketHandler, Base):
    """The channel between a page and its session."""

    session: Session | None = None
    ping_interval = ping_timeout = 20.0  # in seconds, as tornado takes them; jupyter_server's own are ms

    @ws_authenticated
    async def get(self, *args: Any, **kwargs: Any) -> None:
        """Open it, for a page of this app and for the one who loaded the page."""
        try:
            self.session = self.session_asked_for()
        except web.HTTPError as error:
            if error.status_code != 404:
                raise
        await super().get(*args, **kwargs)

    def session_asked_for(self) -> Session:
        """The session in the address, when it is this user's."""
        session = self.live.get(self.get_query_argument("session", ""))
        if session is None:
            raise web.HTTPError(404, reason="No such session")
        if session.request.username != request_of(self).username:
            raise web.HTTPError(403, reason="Not your session")
        return session

    def check_origin(self, origin: str | None = None) -> bool:
        """Pages of this app; with `strict_cors=False`, on this machine, also those without an origin."""
        asked = self.request.headers.get("Origin")
        if asked == "null" and not self.live.options.strict_cors:
            return self.request.host_name in ("localhost", "127.0.0.1", "::1")
        return bool(super().check_origin(asked if origin is None else origin))

    def get_compression_options(self) -> None:
        """None: small messages gain nothing, and it would cost memory per socket."""

    def open(self, *args: Any, **kwargs: Any) -> None:
        """The page is there."""
        WebSocketHandler.open(self, *args, **kwargs)  # not the mixin's, which starts pings of its own
        self.set_nodelay(True)
        self._loop = asyncio.get_running_loop()
        if self.session is None:  # a browser tells its page no status: only an open socket can say why it closes
            self.close(GONE, "no such session")
            return
        self.settings["nbblocks_came"](self.session, self)
        self.session.outbox.send = self._send

    def _send(self, batch: Batch) -> None:
        self._loop.call_soon_threadsafe(self._write, frames(batch))

    def _write(self, made: list[str | bytes]) -> None:
        with contextlib.suppress(WebSocketClosedError):  # the page says hello again with the last it saw
            for frame in made:
                self.write_message(frame, binary=isinstance(frame, bytes))

    def on_message(self, frame: str | bytes) -> None:
        """A message from the page."""
        if self.session is None:
            return
        try:
            message, buffers = decode(frame)
        except (ValueError, struct.error, RecursionError):
            self.close(1003, "not a message")
            return
        self.session.receive(message, buffers)

    def on_close(self) -> None:
        """The page is gone, or the connection."""
        super().on_close()
        session = self.session
        if session is not None:
            if session.outbox.send == self._send:
                session.outbox.send = None
            self.settings["nbblocks_gone"](session, self)


_text = json.JSONEncoder(separators=(",", ":")).encode  # `dumps` would make one each time


def frames(batch: Batch) -> list[str | bytes]:
    """Messages as frames: those without buffers that stand together are one, a list.

    >>> frames([({"kind": "state"}, []), ({"kind": "job"}, []), ({"kind": "chunk"}, [b"x"])])[0]
    '[{"kind":"state"},{"kind":"job"}]'
    """
    made: list[str | bytes] = []
    for is_plain, some in groupby(batch, key=lambda item: not item[1]):
        if is_plain:
            messages = [message for message, _ in some]
            made.append(_text(messages if len(messages) > 1 else messages[0]))
        else:
            made += [encode(message, buffers) for message, buffers in some]
    return made


def encode(message: dict[str, Any], buffers: list[Any]) -> str | bytes:
    """A message as one frame: text without buffers, else lengths, JSON, buffers."""
    text = _text(message)
    if not buffers:
        return text
    head = text.encode()
    lengths = [len(b) for b in buffers]
    return b"".join([struct.pack(f"<II{len(lengths)}I", len(head), len(lengths), *lengths), head, *buffers])


def decode(frame: str | bytes) -> tuple[Any, list[Any]]:
    """A frame as its message and buffers; raises ValueError or struct.error when it is none."""
    if isinstance(frame, str):
        return json.loads(frame), []
    size, count = struct.unpack_from("<II", frame)
    if count > 1024:
        raise ValueError("too many buffers")
    lengths = struct.unpack_from(f"<{count}I", frame, 8)
    at = 8 + 4 * count
    if at + size + sum(lengths) != len(frame):
        raise ValueError("lengths that do not fit the frame")
    message = json.loads(frame[at : at + size])
    at += size
    view, buffers = memoryview(frame), []
    for length in lengths:
        buffers.append(view[at : at + length])
        at += length
    return message, buffers


class FileHandler(Base):
    """Files that a session was given, by token."""

    @web.authenticated
    async def get(self, session_id: str, token: str) -> None:
        """The bytes, or a part of them."""
        await self._answer(session_id, token, with_body=True)

    @web.authenticated
    async def head(self, session_id: str, token: str) -> None:
        """Their length and type."""
        await self._answer(session_id, token, with_body=False)

    async def _answer(self, session_id: str, token: str, with_body: bool) -> None:
        session = self.live.get(session_id)
        if session is None or session.request.username != request_of(self).username:
            raise web.HTTPError(404, reason="Not Found")
        try:
            known, path = session.files.data_of(token), session.files.path_of(token)
        except WireError:
            raise web.HTTPError(404, reason="Not Found") from None
        await send_file(self, known, path, with_body=with_body, digest=token.split("-", 1)[0])


async def send_file(handler: Base, known: FileData, path: Path, *, with_body: bool, digest: str | None = None) -> None:
    """Answer with a file, or the part of it that was asked for; nothing in it can run in a browser.

    Parameters
    ----------
    digest : str, optional
        Names its content, which then never changes under this address.
    """
    if not path.is_file():
        raise web.HTTPError(404, reason="Not Found")
    mime_type = known.mime_type or "application/octet-stream"
    shown = mime_type.startswith(_SHOWN)
    handler.set_header("Content-Type", mime_type if shown else "application/octet-stream")
    if mime_type == "image/svg+xml":
        handler.set_header("Content-Type", mime_type)
    handler.set_header("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'")
    name = (known.orig_name or path.name).encode("ascii", "replace").decode().replace('"', "'").replace("\\", "_")
    name = "".join(c if c.isprintable() else "_" for c in name)
    handler.set_header("Content-Disposition", f'{"inline" if shown else "attachment"}; filename="{name}"')
    stat = path.stat()
    if digest is not None:
        handler.set_header("Cache-Control", "private, max-age=31536000, immutable")
        handler.set_header("Etag", f'"{digest}"')
    else:
        handler.set_header("Cache-Control", "private, no-cache")
        handler.set_header("Etag", f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"')
        if handler.check_etag_header():
            handler.set_status(304)
            handler.finish()
            return
    handler.set_header("Accept-Ranges", "bytes")
    start, end = _range(handler, stat.st_size)
    if start is None:
        handler.set_status(416, "Range Not Satisfiable")
        handler.set_header("Content-Range", f"bytes */{stat.st_size}")  # an error's answer would lose it
        handler.finish()
        return
    handler.set_header("Content-Length", str(end - start))
    if with_body:
        await _send_part(handler, path, start, end)
    handler.finish()


def _range(handler: Base, size_bytes: int) -> tuple[int | None, int]:
    """The part that was asked for: its start, and what follows its end; a start of None: there is no such part."""
    from tornado.httputil import _get_content_range, _parse_request_range

    asked = handler.request.headers.get("Range")
    found = _parse_request_range(asked) if asked else None
    if not found:
        return 0, size_bytes
    start, end = found
    if start is not None and start < 0:
        start = max(0, size_bytes + start)
    start = start or 0
    end = min(end if end is not None else size_bytes, size_bytes)
    if start >= size_bytes or start >= end:
        return None, 0
    handler.set_status(206)
    handler.set_header("Content-Range", _get_content_range(start, end, size_bytes))
    return start, end


async def _send_part(handler: Base, path: Path, start: int, end: int) -> None:
    with path.open("rb") as f:
        f.seek(start)
        left = end - start
        while left > 0 and (block := f.read(min(1 << 18, left))):
            handler.write(block)
            left -= len(block)
            await handler.flush()


class AssetHandler(Base):
    """The browser half, by content hash."""

    @allow_unauthenticated
    async def get(self, digest: str, name: str) -> None:
        """The file; it never changes under this address."""
        try:
            content = self.live.asset(name)
        except WireError:
            raise web.HTTPError(404, reason="Not Found") from None
        kinds = {
            ".js": "text/javascript; charset=utf-8",
            ".css": "text/css; charset=utf-8",
            ".json": "application/json",
            ".woff2": "font/woff2",
        }
        self.set_header("Content-Type", kinds.get(Path(name).suffix, "application/octet-stream"))
        self.set_header("Cache-Control", "public, max-age=31536000, immutable")
        squeezed = self.settings["nbblocks_gzip"](name)
        if squeezed is not None and "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.set_header("Vary", "Accept-Encoding")
            content = squeezed
        self.finish(content)


class FaviconHandler(Base):
    """The page's icon."""

    @allow_unauthenticated
    async def get(self) -> None:
        """The author's file, or ours."""
        given = self.live.options.favicon_path
        if given is None:
            self.set_header("Content-Type", "image/svg+xml")
            self.finish(
                '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">'
                '<rect x="1" y="1" width="6" height="6" rx="1.5" fill="#1f5fd0"/>'
                '<rect x="9" y="1" width="6" height="14" rx="1.5" fill="#7aa5ee"/>'
                '<rect x="1" y="9" width="6" height="6" rx="1.5" fill="#7aa5ee"/></svg>'
            )
            return
        kinds = {".png": "image/png", ".gif": "image/gif", ".ico": "image/x-icon", ".svg": "image/svg+xml"}
        path = Path(given)
        self.set_header("Content-Type", kinds.get(path.suffix.lower(), "application/octet-stream"))
        self.finish(path.read_bytes())


class LoginHandler(Base):
    """The login page."""

    @property
    def _target(self) -> str:
        """Where to go afterwards: never another site."""
        return self.base_url

    @allow_unauthenticated
    async def get(self) -> None:
        """Show it."""
        self._show(None)

    @property
    def _is_page(self) -> bool:
        """Whether a person sent the form; a program gets JSON."""
        return "text/html" in self.request.headers.get("Accept", "")

    def check_xsrf_cookie(self) -> None:
        """A form of another site cannot log anyone in; a program has no page to take a token from."""
        if self._is_page or self.get_body_argument("_xsrf", None):
            super().check_xsrf_cookie()
        elif "Origin" in self.request.headers or "Sec-Fetch-Site" in self.request.headers:
            asked = urlsplit(self.request.headers.get("Origin", "")).netloc
            if asked != self.request.host:
                raise web.HTTPError(403, reason="Cross-origin login refused")

    @allow_unauthenticated
    async def post(self) -> None:
        """Check a name and a password."""
        passwords: Passwords | None = self.settings["nbblocks_passwords"]
        limit: RateLimit = self.settings["nbblocks_login_limit"]
        address = self.request.remote_ip or ""
        if passwords is None:
            self.redirect(self._target)
            return
        if limit.is_over(address):
            self.set_status(429)
            self._show("Too many tries. Wait a minute.")
            return
        user = self.get_body_argument("username", "")
        if await passwords.are_right(user, self.get_body_argument("password", "", strip=False)):
            self.set_signed_cookie(
                COOKIE, user, expires_days=COOKIE_DAYS, path=self.base_url, httponly=True, samesite="Lax",
                secure=self.request.protocol == "https",
            )  # fmt: skip
            if self._is_page:
                self.redirect(self._target)
            else:
                self.set_header("Content-Type", "application/json")
                self.finish(json.dumps({"success": True}))
            return
        limit.was_wrong(address)
        if not self._is_page:
            raise web.HTTPError(400, reason="Incorrect credentials.")
        self.set_status(401)
        self._show("That name and password do not fit.")

    def _show(self, error: str | None) -> None:
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Frame-Options", "SAMEORIGIN")
        token = self.xsrf_token.decode()
        self.finish(
            login_page(
                str(self.live.template.config["title"]), self.live.options.auth_message, error, token, self._target
            )
        )


class LogoutHandler(Base):
    """Leaving."""

    @allow_unauthenticated
    async def get(self) -> None:
        """Take the cookie away."""
        self.clear_cookie(COOKIE, path=self.base_url)
        self.redirect(self.base_url + "login")
