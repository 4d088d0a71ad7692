"""The server: a tornado application in a daemon thread, with only our routes."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import gzip
import hashlib
import json
import os
import re
import socket
import ssl
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import DictLoader, Environment
from jupyter_server.auth.authorizer import AllowAllAuthorizer
from jupyter_server.utils import url_path_join
from tornado import httpserver, web
from tornado.netutil import bind_sockets

from ...blocks import Blocks, LaunchOptions
from ...blocks.options import env
from ...dispatch import main_thread
from ...endpoints import Clients, PublicFiles
from ...exceptions import NotInThisHost, warn_once
from ...session import LiveApp, Session
from .added import ADDING, AddedHandler, new_routes
from .api import MAX_JSON_BYTES, api_routes
from .extras import extra_routes
from .handlers import (
    GRACE_S,
    MAX_MESSAGE_BYTES,
    AssetHandler,
    FaviconHandler,
    FileHandler,
    LoginHandler,
    LogoutHandler,
    PageHandler,
    SocketHandler,
)
from .identity import BlocksIdentity, Passwords, RateLimit
from .worker import Shared, Worker

if TYPE_CHECKING:
    from .mcp_routes import McpServer

__all__ = ["BlocksApplication", "StandaloneApp", "bind", "tls"]

FIRST_PORT, PORTS = 7860, 100
#: What a browser says when the page goes; a cut connection says nothing.
#: https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1
GOING_AWAY = 1001
UNSEEN_S = 30.0  #: a page that was loaded opens its socket within this time

#: What Gradio hands on to FastAPI, and so is no setting of tornado's: some are honoured here, …
_HONOURED = ("docs_url", "lifespan", "root_path", "title")
#: … and of the others the author is told.
_NO_FASTAPI = ("debug", "middleware", "openapi_url", "redoc_url")


class BlocksApplication(web.Application):
    """An app's routes and sockets: for tornado's server, or as an ASGI application inside another one.

    Parameters
    ----------
    blocks : Blocks
        The app.
    options : LaunchOptions
        What `launch` was told.
    root_url : str, optional
        Address that clients are told, or its path; None: the one that they asked.
    live : LiveApp, optional
        What shows the app already, and goes on when this ends; None: one of its own.
    identity : IdentityProvider, optional
        Says who asks; None: as `options` has it.
    shared : Shared, optional
        What it has in common with the other processes that serve it; None: there are no others.
    worker : Worker, optional
        This process, as one of several.
    """

    def __init__(
        self,
        blocks: Blocks,
        options: LaunchOptions,
        root_url: str | None = None,
        *,
        live: LiveApp | None = None,
        identity: BlocksIdentity | None = None,
        shared: Shared | None = None,
        worker: Worker | None = None,
    ) -> None:
        for name in sorted(options.app_kwargs.keys() & set(_NO_FASTAPI)):
            warn_once(
                f"app_kwargs.{name}", f"app_kwargs[{name!r}] has no effect: no FastAPI is behind it", NotInThisHost
            )
        self.blocks, self.options = blocks, options
        self.root_url = root_url or options.app_kwargs.get("root_path")
        self.base = _base_path(options.root_path)
        self._is_guest = live is not None
        self.live = live or LiveApp(blocks, options, self._url_of)
        self._serves = shared is None or worker is not None
        shared = shared or Shared()
        self.public = PublicFiles(
            options.allowed_paths, options.blocked_paths, options.max_file_size, self.live.kept, shared.folder
        )
        if worker is not None:
            self.live.named = worker.named
        self.live.files.guard = self.public.check_given
        self.clients = Clients(self.live, self.public)
        self.mcp: McpServer | None = None
        if options.has_mcp:
            from .mcp_routes import McpServer, mcp_routes

            self.mcp = McpServer(self.clients)
        self.lifespan_state: dict[str, Any] = {}  #: what the author's lifespan gave
        self.added_routes: Any = None  #: a FastAPI application, once a route was added
        self.is_started = False  #: whether a server of its own serves it
        self._middleware: list[tuple[Any, tuple[Any, ...], dict[str, Any]]] = []
        self.sockets: dict[str, SocketHandler] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}
        passwords = Passwords(options.auth) if options.auth is not None and identity is None else None
        identity = identity or BlocksIdentity(passwords=passwords, dependency=options.auth_dependency)
        host = options.server_name or env("SERVER_NAME") or "127.0.0.1"
        is_open = host not in ("127.0.0.1", "localhost", "::1") or bool(options.root_path)
        routes: list[tuple[str, type[web.RequestHandler]]] = [
            ("/", PageHandler),
            ("/ws", SocketHandler),
            (r"/file/([\w-]+)/([^/]+)", FileHandler),
            (r"/static/([0-9a-f]+)/([\w.-]+)", AssetHandler),
            ("/favicon.ico", FaviconHandler),
            ("/login/?", LoginHandler),
            ("/logout", LogoutHandler),
            *api_routes(),
            *(mcp_routes() if self.mcp is not None else ()),
            *extra_routes(options),
            *((f"/({re.escape(path)})", PageHandler) for path in blocks.routes if path),
        ]
        bases = dict.fromkeys((self.base, "/"))  # a proxy may keep its prefix, or take it away
        known: dict[str, Any] = {"websocket_max_message_size": MAX_MESSAGE_BYTES}
        known |= {k: v for k, v in options.app_kwargs.items() if k not in _HONOURED + _NO_FASTAPI}
        super().__init__(
            [(url_path_join(base, pattern), handler) for base in bases for pattern, handler in routes]
            + [(r"(.*)", AddedHandler)],
            base_url=self.base,
            identity_provider=identity,
            authorizer=AllowAllAuthorizer(identity_provider=identity),
            allow_unauthenticated_access=False,
            cookie_secret=shared.secret,
            xsrf_cookies=True,
            xsrf_cookie_kwargs={"path": self.base, "samesite": "Lax"},
            allow_remote_access=is_open,
            local_hostnames=["localhost", "127.0.0.1"],
            allow_origin="",
            allow_credentials=False,
            login_url=url_path_join(self.base, "login"),
            serverapp=None,
            config=None,
            jinja2_env=Environment(loader=DictLoader({}), autoescape=True),
            log_function=lambda handler: None,
            headers={},
            nbblocks_app=self.live,
            nbblocks_assets=_asset_urls(),
            nbblocks_gzip=_gzipped,
            nbblocks_passwords=passwords,
            nbblocks_login_limit=RateLimit(),
            nbblocks_clients=self.clients,
            nbblocks_mcp=self.mcp,
            nbblocks_app_id=shared.app_id,
            nbblocks_uploads={},
            nbblocks_monitoring_told=bool(options.enable_monitoring),
            nbblocks_monitoring_key=shared.monitoring_key,
            nbblocks_expect=self._expect,
            nbblocks_came=self._came,
            nbblocks_gone=self._gone,
            **known,
        )

    def _url_of(self, session_id: str) -> Any:
        return lambda token: f"file/{session_id}/{token}"

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:  # type: ignore[override]
        """Serve one connection of an ASGI server."""
        from ..asgi import handle

        async def whole(scope: Any, receive: Any, send: Any) -> None:
            await handle(self, scope, receive, send)

        surrounded: Any = whole
        for kind, args, kwargs in self._middleware:
            surrounded = kind(surrounded, *args, **kwargs)
        await surrounded(scope, receive, send)

    def find_handler(self, request: Any, **kwargs: Any) -> Any:
        """Take `//config` for `/config`: programs join an address that ends in a slash with a path that begins so."""
        doubled = f"{self.base}/"
        for name in ("path", "uri"):
            asked = getattr(request, name)
            if asked.startswith(doubled):
                setattr(request, name, self.base + asked[len(doubled) :].lstrip("/"))
        return super().find_handler(request, **kwargs)

    # --- what an author adds, as to Gradio's FastAPI application

    def __getattr__(self, name: str) -> Any:
        if name not in ADDING:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        if not self._serves:
            raise RuntimeError("launch(num_workers=…): routes cannot be added, for other processes serve the app")
        if self.added_routes is None:
            self.added_routes = new_routes()
        return getattr(self.added_routes, name)

    def add_middleware(self, middleware_class: Any, *args: Any, **kwargs: Any) -> None:
        """Surround it with an ASGI middleware, where another server is to serve it.

        Raises
        ------
        RuntimeError
            It is served already.
        """
        if self.is_started:
            raise RuntimeError(
                "a middleware is added before an app is served: to demo.app, or to what it is mounted in"
            )
        self._middleware.append((middleware_class, args, kwargs))

    def middleware(self, middleware_type: str) -> Callable[[Any], Any]:
        """Surround it with a function of a request and of what answers it. A decorator: `@app.middleware("http")`."""
        from starlette.middleware.base import BaseHTTPMiddleware

        def add(fn: Any) -> Any:
            self.add_middleware(BaseHTTPMiddleware, dispatch=fn)
            return fn

        return add

    def get_blocks(self) -> Blocks:
        """The app that it serves."""
        return self.blocks

    @contextlib.asynccontextmanager
    async def lifespan(self) -> AsyncIterator[dict[str, Any]]:
        """What `app_kwargs["lifespan"]` wants done before the first request and after the last."""
        given = self.options.app_kwargs.get("lifespan")
        async with contextlib.AsyncExitStack() as running:
            found = await running.enter_async_context(given(self)) if given is not None else None
            self.lifespan_state = dict(found or {})
            yield self.lifespan_state

    def close(self) -> None:
        """End its sessions."""
        if self.mcp is not None:
            self.mcp.close()
        self.clients.close()
        if not self._is_guest:
            self.live.close()

    # --- sessions and their connections

    def _expect(self, session: Session) -> None:
        """A page was sent; one that never opens its socket is forgotten."""
        self._end_later(session, UNSEEN_S)

    def _came(self, session: Session, socket_: SocketHandler) -> None:
        timer = self._timers.pop(session.id, None)
        if timer is not None:
            timer.cancel()
        old, self.sockets[session.id] = self.sockets.get(session.id), socket_
        if old is not None:
            old.close()

    def _gone(self, session: Session, socket_: SocketHandler) -> None:
        if self.sockets.get(session.id) is not socket_:
            return
        del self.sockets[session.id]
        has_left = not session.pages or socket_.close_code == GOING_AWAY
        self._end_later(session, 0.0 if has_left else GRACE_S)

    def _end_later(self, session: Session, delay_s: float) -> None:
        def end() -> None:
            self._timers.pop(session.id, None)
            for gone in list(session.pages):
                session.leave(gone)
            session.close()

        self._timers[session.id] = asyncio.get_running_loop().call_later(delay_s, end)


class StandaloneApp:
    """An app served as a page, by a server of its own.

    Parameters
    ----------
    shared : Shared, optional
        What it has in common with the other processes that serve the app; None: there are no others.
    worker : Worker, optional
        This process, as one of several.
    """

    start_s: float | None = 30.0  #: longest time until it serves
    stop_s = 5.0  #: that long its server may take to end

    def __init__(
        self, blocks: Blocks, options: LaunchOptions, shared: Shared | None = None, worker: Worker | None = None
    ) -> None:
        self.options, self._worker = options, worker
        self._closed = threading.Event()
        self.app = BlocksApplication(blocks, options, shared=shared, worker=worker)
        self.app.is_started = True
        self.share_url: str | None = None
        host = options.server_name or env("SERVER_NAME") or "127.0.0.1"
        self.local_url: str | None = self._start(host)

    # --- the thread

    def _start(self, host: str) -> str:
        ready: Future[str] = Future()
        self._thread = threading.Thread(target=self._run, args=(host, ready), name="nbblocks-server", daemon=True)
        self._thread.start()
        return ready.result(self.start_s)

    def _run(self, host: str, ready: Future[str]) -> None:
        try:
            asyncio.run(self._main(host, ready))
        except BaseException as error:
            if ready.done():
                raise
            ready.set_exception(error)

    async def _main(self, host: str, ready: Future[str]) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopping = asyncio.Event()
        worker = self._worker
        sockets = bind(host, self.options.server_port) if worker is None else [worker.listener]
        url = self._url(host, sockets[0].getsockname()[1]) if worker is None else worker.url
        outer = self.app.blocks.outer
        if outer is not None:
            await self._serve_outer(outer, sockets, lambda: ready.set_result(url))
            return
        server = httpserver.HTTPServer(
            self.app,
            ssl_options=tls(self.options) if worker is None else None,
            xheaders=bool(self.options.root_path) or worker is not None,
            max_body_size=MAX_JSON_BYTES,
            max_header_size=64 << 10,
        )
        async with self.app.lifespan():
            server.add_sockets(sockets)
            ready.set_result(url)
            await self._stopping.wait()
            server.stop()
            for open_socket in list(self.app.sockets.values()):
                open_socket.close(1001, "the app is closed")
            await server.close_all_connections()

    def _url(self, host: str, port: int) -> str:
        """Where it is for this machine."""
        scheme = "https" if self.options.ssl_certfile else "http"
        shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)
        return f"{scheme}://{shown}:{port}{self.app.base}"

    async def _serve_outer(self, outer: Any, sockets: list[socket.socket], ready: Callable[[], None]) -> None:
        """Let a FastAPI application answer, and the app what that one has no route for."""
        import uvicorn

        outer.router.default = self.app
        options, is_worker = self.options, self._worker is not None
        encryption: Any = {k: getattr(options, k) for k in ("ssl_keyfile", "ssl_certfile", "ssl_keyfile_password")}
        server = uvicorn.Server(
            uvicorn.Config(
                outer,
                log_level="warning",
                proxy_headers=bool(options.root_path) or is_worker,
                forwarded_allow_ips="*" if is_worker else None,
                **({} if is_worker else encryption),
                timeout_graceful_shutdown=1,
            )
        )
        serving = asyncio.ensure_future(server.serve(sockets=sockets))
        while not server.started and not serving.done():
            await asyncio.sleep(0.01)
        if serving.done():
            await serving
            raise RuntimeError("The server stopped before it was up: see what it logged")
        ready()
        await self._stopping.wait()
        server.should_exit = True
        await serving

    def wait(self) -> None:
        """Block until it is closed, or Ctrl+C."""
        try:
            if threading.current_thread() is threading.main_thread():
                main_thread().serve(self._closed.is_set)
            while not self._closed.wait(3600):
                pass
        except KeyboardInterrupt:
            if not self.options.quiet:
                print("Keyboard interruption in main thread... closing server.")
            self.app.blocks.close(verbose=False)

    def close(self) -> None:
        """Stop the server and end its sessions."""
        if self._closed.is_set():
            return
        self._closed.set()
        main_thread().wake()
        self.app.close()
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(self.stop_s)


def _base_path(root_path: str | None) -> str:
    """The path under which every route stands: the proxy's prefix, or `/`."""
    if not root_path:
        return "/"
    from urllib.parse import urlsplit

    path = urlsplit(root_path).path if "://" in root_path else root_path
    return "/" + path.strip("/") + "/" if path.strip("/") else "/"


def bind(host: str, given: int | None) -> list[socket.socket]:
    """Sockets on the port that was asked for, or on the first free one.

    Raises
    ------
    OSError
        The port is taken, or none is free.
    """
    asked = given if given is not None else env("SERVER_PORT")
    if asked is not None:
        port = int(asked)
        try:
            if port and not _is_free(port, host):
                raise OSError(errno.EADDRINUSE, os.strerror(errno.EADDRINUSE))
            return bind_sockets(port, host)
        except OSError as error:
            raise OSError(
                f"Port {port} on {host} cannot be had ({error.strerror}): give another server_port, "
                "set GRADIO_SERVER_PORT, or leave it out to take the first free one from 7860"
            ) from None
    count = int(env("NUM_PORTS") or PORTS)
    for port in range(FIRST_PORT, FIRST_PORT + count):
        if _is_free(port, host):
            try:
                return bind_sockets(port, host)
            except OSError:
                continue
    raise OSError(f"No port from {FIRST_PORT} to {FIRST_PORT + count - 1} is free: give a server_port")


def _is_free(port: int, host: str) -> bool:
    """Whether a port can be had; `bind_sockets` leaves sockets open where it cannot."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def tls(options: LaunchOptions) -> ssl.SSLContext | None:
    """What a server needs for https; None: it speaks http."""
    if not options.ssl_certfile:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(options.ssl_certfile, options.ssl_keyfile, options.ssl_keyfile_password)
    return context


@cache
def _asset_urls() -> dict[str, str]:
    """Relative address of each file of the browser half; it names the build, so it can be kept for ever."""
    manifest = LiveApp.asset("manifest.json")
    build = hashlib.sha256(manifest).hexdigest()[:16]
    return {
        name: f"static/{build}/{name}"
        for name in json.loads(manifest)
        if Path(name).suffix in (".js", ".css", ".woff2")
    }


@cache
def _gzipped(name: str) -> bytes | None:
    content = LiveApp.asset(name)
    squeezed = gzip.compress(content, 9, mtime=0)
    return squeezed if len(squeezed) < 0.9 * len(content) else None
