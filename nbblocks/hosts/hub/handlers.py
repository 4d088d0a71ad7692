"""The routes of the Jupyter server: each checks who asks and from where, then relays to the kernel."""

from __future__ import annotations

import asyncio
import contextlib
import json
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit, urlunsplit

from jupyter_server.auth.identity import PasswordIdentityProvider
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.base.websocket import WebSocketMixin
from jupyter_server.utils import ensure_async, url_path_join
from tornado import web
from tornado.iostream import StreamClosedError
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from .authorizer import RESOURCE
from .kernel import GONE, NOT_SHARED
from .pages import CSP, notice
from .pipe import CHUNK_BYTES, Pipe, PipeClosedError
from .programs import Program
from .relay import ANSWER_S, KernelBusyError, KernelGoneError, KernelRelay

if TYPE_CHECKING:
    from .extension import NBBlocks

__all__ = ["AppHandler", "AppSocket", "ProgramHandler", "ProgramSocket"]

#: What an app is not told: who the visitor is to others, and what belongs to this connection.
_KEPT_BACK = frozenset(
    [
        "authorization",
        "connection",
        "content-length",
        "cookie",
        "host",
        "keep-alive",
        "origin",
        "proxy-authenticate",
        "proxy-authorization",
        "referer",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "x-csrftoken",
        "x-xsrftoken",
    ]
)
#: What an app may say about its answer: nothing that concerns the rest of the server.
_PASSED = frozenset(
    [
        "accept-ranges",
        "allow",
        "cache-control",
        "content-disposition",
        "content-encoding",
        "content-length",
        "content-range",
        "content-security-policy",
        "content-type",
        "etag",
        "last-modified",
        "location",
        "mcp-protocol-version",
        "mcp-session-id",
        "referrer-policy",
        "retry-after",
        "vary",
        "www-authenticate",
        "x-content-type-options",
        "x-frame-options",
    ]
)


class Relayed(JupyterHandler):
    """What requests and websockets share."""

    auth_resource = RESOURCE
    is_owner = False

    @property
    def apps(self) -> NBBlocks:
        """The extension."""
        return self.settings["nbblocks"]  # type: ignore[no-any-return]

    # --- who and from where

    async def admit(self, action: str) -> None:
        """Refuse whoever may not come in, and what another site's page sent."""
        if self.current_user is None:
            raise web.HTTPError(403, reason="Not logged in")
        if not self.is_same_origin():
            raise web.HTTPError(403, reason="Cross-origin request refused")
        may = self.authorizer.is_authorized
        if not await ensure_async(may(self, self.current_user, action, RESOURCE)):
            raise web.HTTPError(403, reason="Not shared with you")
        self.is_owner = bool(await ensure_async(may(self, self.current_user, "execute", "kernels")))

    def is_same_origin(self) -> bool:
        """Whether no other site's page sent the request; the server's own `allow_origin` may name one that may."""
        origin = self.request.headers.get("Origin")
        if origin is None:
            is_page = (
                self.request.method in ("GET", "HEAD") and self.request.headers.get("Sec-Fetch-Mode") == "navigate"
            )
            return is_page or self.request.headers.get("Sec-Fetch-Site") not in ("cross-site", "same-site")
        if not origin or origin == "null":
            return False
        return urlsplit(origin).netloc.lower() == self.request.host.lower() or origin == self.allow_origin

    def check_xsrf_cookie(self) -> None:
        """Programs have no token, and the app's page sends none: the origin is what is checked."""
        if not self.is_same_origin():
            raise web.HTTPError(403, reason="Cross-origin request refused")

    @property
    def viewer(self) -> dict[str, Any]:
        """Who asks, as the app is told."""
        user = self.current_user
        # jupyter_server's own logins know one person, under a made-up name that differs from browser to browser
        is_nameless = isinstance(self.identity_provider, PasswordIdentityProvider)
        return {"name": None if is_nameless else user.username, "is_owner": self.is_owner}

    # --- the request, as the app sees it

    def scope(self, kind: str, root: str) -> dict[str, Any]:
        """The request in ASGI's words, without what would let the app act as the visitor elsewhere."""
        asked = self.request
        host = asked.host
        query = "&".join(p for p in asked.query.split("&") if p and p.partition("=")[0].lower() != "token")
        headers = [[k, v] for k, v in asked.headers.get_all() if not self._is_kept_back(k)]
        headers.append(["host", host])
        if asked.headers.get("Origin") is not None:
            headers.append(["origin", f"{asked.protocol}://{host}"])
        if referer := asked.headers.get("Referer"):
            headers.append(["referer", urlunsplit(urlsplit(referer)._replace(query="", fragment=""))])
        if length := asked.headers.get("Content-Length"):
            headers.append(["content-length", length])
        return {
            "type": kind,
            "method": asked.method,
            "path": asked.path,
            "root_path": root,
            "query_string": query,
            "headers": headers,
            "client": [asked.remote_ip, 0],
            "scheme": asked.protocol,
            "viewer": self.viewer,
        }

    @staticmethod
    def _is_kept_back(name: str) -> bool:
        lower = name.lower()
        return lower in _KEPT_BACK or lower.startswith(("sec-websocket-", "x-nbblocks-"))

    # --- the app

    async def find(self) -> tuple[KernelRelay, str]:
        """The relay to the app's kernel, and the app's name there; raises `MissingAppError`."""
        raise NotImplementedError

    @property
    def place(self) -> tuple[str, ...]:
        """What names the app in the address."""
        raise NotImplementedError

    @property
    def root(self) -> str:
        """Path of the app's page, without the last slash."""
        path, plain = self.request.path, unquote(url_path_join(self.base_url, "nbblocks", *self.place))
        ends = [at for at, letter in enumerate(path) if letter == "/"]
        return next((path[:end] for end in [*ends, len(path)] if unquote(path[:end]) == plain), path)

    @property
    def is_full(self) -> bool:
        """Whether as many look at it as may."""
        return self.apps.visitors.get(self.place, 0) >= self.apps.max_visitors

    def touch(self, relay: KernelRelay) -> None:
        """The kernel is in use: what a unix socket carries, its manager does not see."""
        with contextlib.suppress(KeyError):
            now = datetime.now(timezone.utc)
            relay.kernels.get_kernel(relay.kernel_id).last_activity = now
            relay.kernels.last_kernel_activity = now


class MissingAppError(Exception):
    """There is no app to show now.

    Parameters
    ----------
    state : str
        Differs when the page that says so would differ.
    """

    def __init__(
        self, status: int, title: str, text: str, state: str, detail: str = "", part: float | None = None
    ) -> None:
        super().__init__(title)
        self.status, self.title, self.text, self.state, self.detail, self.part = (
            status,
            title,
            text,
            state,
            detail,
            part,
        )


class OfKernel(Relayed):
    """An app of a kernel that somebody's notebook runs in."""

    @property
    def place(self) -> tuple[str, ...]:
        """The kernel and the app."""
        return self.path_kwargs["kernel_id"], self.path_kwargs["app"]

    async def find(self) -> tuple[KernelRelay, str]:
        """The kernel's relay; the app's name is in the address."""
        kernel_id, app = self.path_kwargs["kernel_id"], self.path_kwargs["app"]
        if kernel_id not in self.apps.kernels:
            raise not_running()
        return self.apps.relay_of(kernel_id), app


def not_running() -> MissingAppError:
    """No kernel, or one that offers no such app."""
    text = "Its kernel has stopped, or its cell has not run. This page shows the app as soon as it runs."
    return MissingAppError(404, "This app is not running", text, "not-running")


def absent(error: KernelGoneError) -> MissingAppError:
    """What a visitor is told of a kernel that cannot be had."""
    if not isinstance(error, KernelBusyError):
        return not_running()
    text = "Its kernel is busy. This page tries again."
    return MissingAppError(503, "This app does not answer", text, "not-answering")


class OfProgram(Relayed):
    """A notebook or script that is run to be an app."""

    program: Program | None = None

    @property
    def place(self) -> tuple[str, ...]:
        """The notebook or script."""
        return "app", self.path_kwargs["path"]

    async def find(self) -> tuple[KernelRelay, str]:
        """The program's relay and app; starts it when it does not run."""
        path = self.path_kwargs["path"]
        if not (self.is_owner or self.apps.programs.is_shared(path)):
            raise web.HTTPError(403, reason="Not shared with you")
        program = self.program = await self.apps.programs.get(path)
        if program is None:
            raise web.HTTPError(404, reason="Not Found")
        program.start()
        if program.is_ready and program.relay is not None and program.app is not None:
            return program.relay, program.app
        if program.state == "failed":
            detail = (program.traceback or program.error) if self.is_owner else ""
            raise MissingAppError(
                500, "This app does not start", "It failed. It is tried again soon.", "failed", detail
            )
        part = program.done / program.total if program.total else 0.0
        raise MissingAppError(503, "The app is starting", "Its notebook runs.", f"starting-{program.done}", part=part)


# --- requests


@web.stream_request_body
class RequestHandler(Relayed):
    """Any request to an app."""

    pipe: Pipe | None = None
    relay: KernelRelay | None = None
    program: Program | None = None
    _is_counted = False

    @property
    def is_page(self) -> bool:
        """Whether a person asks for it in a browser."""
        is_read = self.request.method in ("GET", "HEAD")
        return is_read and "text/html" in self.request.headers.get("Accept", "")

    def get_login_url(self) -> str:
        """A page of the server, for persons; a program gets 403."""
        if not self.is_page:
            raise web.HTTPError(403, reason="Not logged in")
        return str(super().get_login_url())

    async def prepare(self) -> None:  # type: ignore[override]
        """Check everything before the first byte of the body is taken."""
        checked: Any = super().prepare()
        await ensure_async(checked)
        if self._finished:
            return
        if self.current_user is None:
            web.authenticated(lambda handler: None)(self)
            return
        await self.admit("read" if self.request.method in ("GET", "HEAD") else "write")
        if self.path_kwargs.get("rest") is None:  # addresses in the page are relative to the folder
            query = f"?{self.request.query}" if self.request.query else ""
            self.redirect(f"{self.request.path}/{query}")
            return
        try:
            self.relay, app = await self.find()
            if self.path_kwargs["rest"] == "/" and self.is_full:
                raise MissingAppError(
                    503, "This app is full", "As many look at it as may. This page tries again.", "full"
                )
            await self._open(app)
        except MissingAppError as missing:
            self._tell(missing)
        except KernelGoneError as gone:
            self._tell(absent(gone))

    async def _open(self, app: str) -> None:
        assert self.relay is not None
        self.touch(self.relay)
        if self.program is not None:
            self.program.came()
            self._is_counted = True
        self.pipe = await self.relay.open(app, self.scope("http", self.root))
        if self.request.method in ("GET", "HEAD"):
            await self._begin()

    async def data_received(self, chunk: bytes) -> None:
        """Hand a part of the body over."""
        if self.pipe is not None:
            with contextlib.suppress(PipeClosedError):
                for at in range(0, len(chunk), CHUNK_BYTES):
                    part = chunk[at : at + CHUNK_BYTES]
                    await self.pipe.send({"type": "http.request", "more_body": True}, part)

    async def _answer(self, *args: Any, **kwargs: Any) -> None:
        if self.request.method not in ("GET", "HEAD") and self.pipe is not None:
            try:
                await self._begin()
            except MissingAppError as missing:
                self._tell(missing)
                return
            except KernelGoneError as gone:
                self._tell(absent(gone))
                return
        await self._pass_on()

    get = head = post = put = patch = delete = _answer

    async def _begin(self) -> None:
        """End the body and take the first word of the answer."""
        assert self.pipe is not None
        try:
            with contextlib.suppress(PipeClosedError):  # it may have answered already, with a refusal
                await self.pipe.send({"type": "http.request", "more_body": False})
            # a page says at once that it waits; what a program asks for may take as long as it takes
            patience_s = ANSWER_S if self.path_kwargs.get("rest") == "/" else None
            first, _ = await asyncio.wait_for(self.pipe.receive(), patience_s)
        except PipeClosedError:
            self.pipe.close()
            raise KernelGoneError("the kernel has stopped") from None
        except asyncio.TimeoutError:
            self.pipe.close()
            raise KernelBusyError("the kernel is busy") from None
        if first["type"] == "refused":
            self.pipe.close()
            if first["reason"] == NOT_SHARED:
                raise web.HTTPError(403, reason="Not shared with you")
            raise not_running()
        self.set_status(int(first["status"]))
        told = [(k, v) for k, v in first["headers"] if k.lower() in _PASSED]
        for name in {k for k, _ in told}:
            self.clear_header(name)
        for name, value in told:
            self.add_header(name, value)
        if not any(k.lower() == "content-encoding" for k, _ in told):
            self.set_header(
                "Content-Encoding", "identity"
            )  # the server would hold back what is streamed, to squeeze it
        self.clear_header("Access-Control-Allow-Origin")

    async def _pass_on(self) -> None:
        assert self.pipe is not None
        try:
            while True:
                event, body = await self.pipe.receive()
                if body:
                    self.write(body)
                    await self.flush()
                if not event.get("more_body"):
                    break
        except (PipeClosedError, StreamClosedError):
            pass
        finally:
            self.pipe.close()
        self.finish()

    def on_finish(self) -> None:
        """Nobody waits for the answer any more."""
        super().on_finish()
        if self.pipe is not None:
            self.pipe.close()
        if self._is_counted and self.program is not None:
            self._is_counted = False
            self.program.left()

    def on_connection_close(self) -> None:
        """The visitor has gone: the app need not go on."""
        super().on_connection_close()
        if self.pipe is not None:
            self.pipe.close()

    def _tell(self, missing: MissingAppError) -> None:
        """Say why there is no app."""
        self.set_status(missing.status)
        self.set_header("X-Nbblocks-State", missing.state)
        self.set_header("Cache-Control", "no-store")
        self.set_header("Retry-After", "2")
        if self.is_page:
            self.set_header("Content-Type", "text/html; charset=utf-8")
            self.set_header("Content-Security-Policy", CSP)
            self.finish(notice(missing.title, missing.text, missing.state, detail=missing.detail, part=missing.part))
        else:
            self.set_header("Content-Type", "application/json")
            self.finish(json.dumps({"detail": missing.title}))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """A short answer: the server's own error page would load the server's scripts."""
        if self.pipe is not None:
            self.pipe.close()
        self.set_header("Content-Type", "text/plain; charset=utf-8" if self.is_page else "application/json")
        self.finish(self._reason if self.is_page else json.dumps({"detail": self._reason}))


class AppHandler(OfKernel, RequestHandler):
    """A request to an app of a kernel."""


class ProgramHandler(OfProgram, RequestHandler):
    """A request to a notebook or script as an app."""


# --- websockets


class Socket(WebSocketMixin, WebSocketHandler, Relayed):
    """The websocket of an app's page."""

    ping_interval = ping_timeout = 20.0  # in seconds, as tornado takes them
    pipe: Pipe | None = None
    relay: KernelRelay | None = None
    program: Program | None = None
    _is_counted = False

    async def get(self, *args: Any, **kwargs: Any) -> None:
        """Open it, to the app or to say that there is none."""
        await self.admit("write")
        with contextlib.suppress(MissingAppError, KernelGoneError):
            self.relay, app = await self.find()
            if not self.is_full:
                self.pipe = await self.relay.open(app, self.scope("websocket", self.root))
                await self._accepted()
        await super().get(*args, **kwargs)

    async def _accepted(self) -> None:
        assert self.pipe is not None
        pipe, self.pipe = self.pipe, None
        try:
            await pipe.send({"type": "websocket.connect"})
            first, _ = await asyncio.wait_for(pipe.receive(), ANSWER_S)
        except (PipeClosedError, asyncio.TimeoutError):
            pipe.close()
            return
        if first["type"] == "websocket.accept":
            self.pipe = pipe
        else:
            pipe.close()
            if first["type"] == "websocket.close":
                raise web.HTTPError(403, reason="Refused")

    def check_origin(self, origin: str | None = None) -> bool:
        """Pages of this server alone."""
        return self.is_same_origin()

    def set_default_headers(self) -> None:
        """None: they make no sense for a websocket."""

    def get_compression_options(self) -> None:
        """None: small messages gain nothing."""

    def open(self, *args: Any, **kwargs: Any) -> None:
        """The page is there."""
        WebSocketHandler.open(self, *args, **kwargs)  # not the mixin's, which starts pings of its own
        self.set_nodelay(True)
        if self.pipe is None:
            self.close(GONE, "the app is not running")
            return
        self._is_counted = True
        self.apps.visitors[self.place] = self.apps.visitors.get(self.place, 0) + 1
        assert self.relay is not None
        self.relay.kernels.notify_connect(self.relay.kernel_id)
        if self.program is not None:
            self.program.came()
        self._passing = asyncio.ensure_future(self._pass_on(self.pipe))

    async def _pass_on(self, pipe: Pipe) -> None:
        code = GONE
        try:
            while True:
                event, body = await pipe.receive()
                if event["type"] == "websocket.close":
                    code = int(event.get("code") or 1000)
                    break
                is_bytes = "is_bytes" in event
                await self.write_message(body if is_bytes else event["text"], binary=is_bytes)
        except (PipeClosedError, WebSocketClosedError, StreamClosedError):
            pass
        self.close(code)

    async def on_message(self, frame: str | bytes) -> None:
        """Hand a message over; the next is read when this one is taken."""
        if self.pipe is None or self.relay is None:
            return
        self.touch(self.relay)
        with contextlib.suppress(PipeClosedError):
            if isinstance(frame, str):
                await self.pipe.send({"type": "websocket.receive", "text": frame})
            else:
                await self.pipe.send({"type": "websocket.receive", "is_bytes": True}, frame)

    def on_close(self) -> None:
        """The page is gone, or the connection."""
        super().on_close()
        pipe, self.pipe = self.pipe, None
        if pipe is not None:
            self._leaving = asyncio.ensure_future(self._leave(pipe))
        if self._is_counted:
            self._is_counted = False
            left = self.apps.visitors.get(self.place, 1) - 1
            if left > 0:
                self.apps.visitors[self.place] = left
            else:
                self.apps.visitors.pop(self.place, None)
            if self.relay is not None:
                self.relay.kernels.notify_disconnect(self.relay.kernel_id)
            if self.program is not None:
                self.program.left()

    async def _leave(self, pipe: Pipe) -> None:
        """Tell the app how the connection ended: a page that goes says so, a lost one comes back."""
        with contextlib.suppress(PipeClosedError):
            await pipe.send({"type": "websocket.disconnect", "code": self.close_code or 1006})
        pipe.close()


class AppSocket(OfKernel, Socket):
    """The websocket of an app of a kernel."""


class ProgramSocket(OfProgram, Socket):
    """The websocket of a notebook or script as an app."""
