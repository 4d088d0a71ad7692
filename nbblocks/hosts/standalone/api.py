"""The routes of Gradio's API: configuration, calls, queue, files. Thin faces of `nbblocks.endpoints`."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado import web
from tornado.iostream import StreamClosedError

from ...components import Component
from ...dispatch import Outcome
from ...endpoints import ApiEvent, Clients, ClientSession, InvalidCallError, QueueFullError
from ...endpoints.client import UnknownEndpointError
from ...endpoints.files import ClientFiles
from ...endpoints.info import refusals
from ...endpoints.openapi import openapi_of
from ...endpoints.snippets import snippets_for
from ...exceptions import Error, InvalidPathError, WireError
from ...session.call import with_special
from ...session.files import Upload
from ...session.run import InvalidInputError
from ...wire.fetch import is_url
from ...wire.files import FileData
from ...wire.plain import plain
from .handlers import Base, send_file
from .page import request_of

__all__ = ["api_routes"]

HEARTBEAT_S = 15.0
KEPT_S = 60.0  #: a client's session outlives its heartbeat by that long
MAX_JSON_BYTES = 64 << 20
MAX_PARTS = 1000
MAX_BOUNDARY = 70  #: https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1


def _with_addresses(value: Any, files: ClientFiles) -> Any:
    """Values of the author's with an address for each file among them."""
    if isinstance(value, list):
        return [_with_addresses(v, files) for v in value]
    if not isinstance(value, dict):
        return value
    meta, path = value.get("meta"), value.get("path")
    if not (isinstance(meta, dict) and meta.get("_type") == "gradio.FileData" and isinstance(path, str)):
        return {k: _with_addresses(v, files) for k, v in value.items()}
    try:
        return value if is_url(path) else files.to_wire(FileData.from_payload(value))
    except (InvalidPathError, OSError):  # it may not be shown, or is no longer there
        return value


def _told(value: Any) -> Any:
    """A value as JSON can carry it; an object that JSON has no place for is told as its text, as Gradio tells it."""
    try:
        return plain(value)
    except (ValueError, TypeError):
        return plain(json.loads(json.dumps(value, default=_as_text, skipkeys=True)))


def _as_text(value: Any) -> Any:
    try:
        return plain(value)
    except (ValueError, TypeError):
        return str(value)


class ApiHandler(Base):
    """What the API's routes share: JSON, 401 instead of a login page, an origin check in place of a token."""

    @property
    def clients(self) -> Clients:
        """The sessions of this app's clients."""
        return self.settings["nbblocks_clients"]  # type: ignore[no-any-return]

    def get_login_url(self) -> str:
        """A program gets 401, not a page."""
        raise web.HTTPError(401, reason="Not authenticated")

    def check_xsrf_cookie(self) -> None:
        """A page of another site must not act with this user's cookie.

        https://developer.mozilla.org/en-US/docs/Web/Security/Attacks/CSRF#fetch_metadata
        """
        if not self.is_same_origin():
            raise web.HTTPError(403, reason="Cross-origin request refused")

    def is_same_origin(self) -> bool:
        """Whether no other site's page sent the request."""
        origin = self.request.headers.get("Origin")
        if origin is None:
            return self.request.headers.get("Sec-Fetch-Site") not in ("cross-site", "same-site")
        if origin == "null":
            return not self.live.options.strict_cors and self.request.host_name in ("localhost", "127.0.0.1", "::1")
        return urlsplit(origin).netloc.lower() in self.own_hosts()

    def own_hosts(self) -> set[str]:
        """The names under which this app is asked."""
        hosts = {self.request.host.lower()}
        root = self.live.options.root_path or ""
        if "://" in root:
            hosts.add(urlsplit(root).netloc.lower())
        forwarded = self.request.headers.get("X-Forwarded-Host")
        if forwarded and self.live.options.root_path:
            hosts.add(forwarded.split(",")[0].strip().lower())
        return hosts

    @property
    def body(self) -> dict[str, Any]:
        """The request's JSON object."""
        try:
            found = json.loads(self.request.body or b"{}")
        except (ValueError, RecursionError):
            raise web.HTTPError(422, reason="The body is not JSON") from None
        if not isinstance(found, dict):
            raise web.HTTPError(422, reason="The body must be a JSON object")
        return found

    def text_of(self, body: dict[str, Any], name: str, default: str | None = None) -> str:
        """A text in the body."""
        value = body.get(name, default)
        if not isinstance(value, str):
            raise web.HTTPError(422, reason=f"{name} must be a text")
        return value

    def answer(self, value: Any, status: int = 200) -> None:
        """Finish with JSON."""
        self.set_status(status)
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(_told(value), separators=(",", ":")))

    def client_session(self, key: str | None) -> ClientSession:
        """This client's session; a client that names none has a new one."""
        return self.clients.session(key or secrets.token_hex(12), request_of(self), self.root_url)

    @property
    def root_url(self) -> str:
        """Address of the app, as this client asks it."""
        root = str(getattr(self.application, "root_url", None) or self.live.options.root_path or "")
        if "://" in root:
            return root.rstrip("/")
        return f"{self.request.protocol}://{self.request.host}{root or self.base_url}".rstrip("/")

    def data_in(self, body: dict[str, Any]) -> list[Any]:
        """The values of a call."""
        data = body.get("data", [])
        if not isinstance(data, list):
            raise web.HTTPError(422, reason="data must be a list")
        return data

    async def submitted(self, submit: Callable[[], ApiEvent]) -> ApiEvent | None:
        """A call that was taken; or None, and the client was told why not."""
        try:
            event = await asyncio.to_thread(submit)
        except QueueFullError as error:
            self.answer({"detail": str(error)}, 503)
            return None
        except InvalidCallError as error:
            self.answer({"detail": error.message}, 422)
            return None
        refused: Outcome | None = await asyncio.wrap_future(event.checked)
        if refused is not None:
            reason = refused.error
            if isinstance(reason, InvalidInputError):
                self.answer({"detail": refusals(event.dependency, reason.inputs)}, 422)
            else:
                self.answer({"detail": getattr(reason, "message", str(reason))}, 422)
            return None
        return event

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """A short JSON answer."""
        error = (kwargs.get("exc_info") or (None, None))[1]
        detail = error.reason if isinstance(error, web.HTTPError) and error.reason else self._reason
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps({"detail": detail}))

    # --- event streams

    def begin_stream(self) -> None:
        """An answer that goes on: https://html.spec.whatwg.org/multipage/server-sent-events.html."""
        self.set_header("Content-Type", "text/event-stream; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Accel-Buffering", "no")
        self.is_gone = asyncio.Event()

    def on_connection_close(self) -> None:
        """The client went away."""
        super().on_connection_close()
        gone = getattr(self, "is_gone", None)
        if gone is not None:
            gone.set()

    async def tell(self, message: Any, event: str | None = None) -> bool:
        """Send a message; whether the client still hears."""
        name = f"event: {event}\n" if event else ""
        separators = None if event else (",", ":")  # what a person reads in a shell has blanks
        self.write(f"{name}data: {json.dumps(_told(message), separators=separators)}\n\n")
        try:
            await self.flush()
        except StreamClosedError:
            return False
        return not self.is_gone.is_set()


class ConfigHandler(ApiHandler):
    """The app's configuration."""

    @web.authenticated
    async def get(self) -> None:
        """Answer with it: of one page, or as a deep link has it, where the client asks for that."""
        config = self.live.blocks.get_config_file()
        files = ClientFiles(self.clients.public, lambda: self.root_url, self.live.files)
        for component in config["components"]:
            component["props"] = _with_addresses(component["props"], files)
        user = request_of(self).username
        options = self.live.options
        config |= {
            "root": self.root_url,
            "css": options.css or None,
            "js": options.js or None,
            "head": options.head or None,
            "username": user,
            "max_file_size": options.max_file_size,
            "show_error": options.show_error,
            "mcp_server": self.settings["nbblocks_mcp"] is not None,
            "app_id": self.settings["nbblocks_app_id"],
            "footer_links": options.footer_links or [],
            "run_history": options.keeps_runs,
            "deep_link_state": self._follow(config, self.get_query_argument("deep_link", None)),
        }
        page = self.get_query_argument("page", None)
        if page in config["page"]:
            of_page = config["page"][page]
            config["current_page"] = page
            for kind in ("components", "dependencies"):
                wanted = set(of_page[kind])
                config[kind] = [found for found in config[kind] if found["id"] in wanted]
        self.answer(config)

    def _follow(self, config: dict[str, Any], name: str | None) -> str:
        """Put in the values that were kept under a name; how that went."""
        if not name:
            return "none"
        kept = self.live.links.get(name)
        if kept is None:
            return "invalid"
        files = ClientFiles(self.clients.public, lambda: self.root_url, self.live.files)
        for component in config["components"]:
            component["props"].update(files.to_wire(kept.get(component["id"], {})))
        return "valid"


class DeepLinkHandler(ApiHandler):
    """Keep what a client's session shows now."""

    @web.authenticated
    async def get(self) -> None:
        """Answer with the name under which it is found; "" where there is no such session."""
        session = self.clients.known(self.get_query_argument("session_hash"), request_of(self).username)
        self.answer(session.deep_link() if session is not None else "")


class InfoHandler(ApiHandler):
    """What the endpoints are."""

    @web.authenticated
    async def get(self) -> None:
        """Answer with it."""
        asked = self.get_query_argument("all_endpoints", "false").lower() in ("1", "true")
        info = self.live.blocks.get_api_info(all_endpoints=asked)
        page = self.get_query_argument("page", None)
        if page is not None:
            found = self.live.blocks.listeners.values()
            names = {f"/{d.api_name}" for d in found if getattr(d, "page", "") == page}
            info["named_endpoints"] = {k: v for k, v in info["named_endpoints"].items() if k in names}
        for name, endpoint in info["named_endpoints"].items():
            endpoint["code_snippets"] = snippets_for(name, endpoint, self.root_url)
        self.answer(info)


class OpenApiHandler(ApiHandler):
    """The endpoints as an OpenAPI document."""

    @web.authenticated
    async def get(self) -> None:
        """Answer with it."""
        self.answer(openapi_of(self.live.blocks, self.root_url))


class CallHandler(ApiHandler):
    """Start a call; its results come from another route."""

    @web.authenticated
    async def get(self, version: str | None, name: str) -> None:
        """Nothing: an id that no call has."""
        raise web.HTTPError(404, reason="No such event")

    @web.authenticated
    async def post(self, version: str | None, name: str) -> None:
        """Answer with the call's id."""
        body = self.body
        try:
            dependency = self.clients.endpoint(unquote(name))
        except UnknownEndpointError as error:
            self.answer({"detail": str(error)}, 404)
            return
        session = self.client_session(self._key(body))

        def submit() -> ApiEvent:
            if version:
                named = {k: v for k, v in body.items() if k != "session_hash"}
                data = self.clients.arguments(dependency, named)
            else:
                data = self.data_in(body)
            return session.submit(dependency, data, is_simple=True, own_feed=True, event_data=body.get("event_data"))

        event = await self.submitted(submit)
        if event is not None:
            self.clients.keep(session, event)
            self.answer({"event_id": event.id})

    @staticmethod
    def _key(body: dict[str, Any]) -> str | None:
        key = body.get("session_hash")
        return key if isinstance(key, str) else None


class CallResultHandler(ApiHandler):
    """The results of a call, as they come."""

    @web.authenticated
    async def get(self, version: str | None, name: str, event_id: str) -> None:
        """Stream them."""
        found = self.clients.event(event_id)
        if found is None or found[0].request.username != request_of(self).username:
            raise web.HTTPError(404, reason="No such event")
        _, event = found
        self.begin_stream()
        while True:
            message = await event.feed.take(HEARTBEAT_S)
            if message is None:
                if not await self.tell(None, "heartbeat"):
                    return
                continue
            kind = message["msg"]
            if kind == "process_generating" and not await self.tell(message["output"]["data"], "generating"):
                return
            if kind == "process_completed":
                self.clients.forget_event(event_id)
                if message["success"]:
                    await self.tell(message["output"].get("data"), "complete")
                else:
                    await self.tell(message["output"], "error")
                return


class RunHandler(ApiHandler):
    """A call and its result in one answer."""

    @web.authenticated
    async def post(self, name: str) -> None:
        """Answer with the result."""
        body = self.body
        number = body.get("fn_index")
        try:
            if isinstance(number, int) and not isinstance(number, bool):  # the name then says nothing
                dependency = self.clients.endpoint("", number)
            else:
                dependency = self.clients.endpoint(unquote(name), None)
        except UnknownEndpointError as error:
            self.answer({"detail": str(error)}, 404)
            return
        if self.live.blocks.queue_options.api_open is False and dependency.queue is not False:
            self.answer({"detail": "This endpoint takes calls through the queue only: POST to /gradio_api/call"}, 404)
            return
        session, data = self.client_session(CallHandler._key(body)), self.data_in(body)
        rows = self._rows(data) if body.get("batched") and dependency.batch else [data]
        events = []
        for row in rows:

            def submit(row: list[Any] = row) -> ApiEvent:
                return session.submit(dependency, row, own_feed=True, event_data=body.get("event_data"))

            event = await self.submitted(submit)
            if event is None:
                return
            events.append(event)
        outputs = []
        for event in events:
            message = await self._completed(event)
            if message is None or not message["success"]:
                self.answer(message["output"] if message else {"error": None}, 500)
                return
            outputs.append(message["output"])
        if rows[0] is data:
            self.answer(outputs[0])
        else:
            columns = zip(*(output["data"] for output in outputs), strict=True)
            self.answer({**outputs[-1], "data": [list(column) for column in columns]})

    @staticmethod
    def _rows(data: list[Any]) -> list[list[Any]]:
        """The calls of a batch whose inputs came as one list each."""
        lengths = {len(column) if isinstance(column, list) else -1 for column in data}
        if len(lengths) != 1 or lengths <= {-1, 0}:
            raise web.HTTPError(422, reason="data of a batch must be lists of one length, one for each input")
        return [list(row) for row in zip(*data, strict=True)]

    @staticmethod
    async def _completed(event: ApiEvent) -> dict[str, Any] | None:
        while True:
            message = await event.feed.take(3600)
            if message is None or message["msg"] == "process_completed":
                return message


class JoinHandler(ApiHandler):
    """Start a call whose messages come in the session's one stream."""

    @web.authenticated
    async def post(self) -> None:
        """Answer with the call's id."""
        body = self.body
        key = self.text_of(body, "session_hash", secrets.token_hex(12))
        number, name = body.get("fn_index"), body.get("api_name")
        try:
            is_number = isinstance(number, int) and not isinstance(number, bool)
            dependency = self.clients.endpoint(name if isinstance(name, str) else None, number if is_number else None)
        except UnknownEndpointError as error:
            self.answer({"detail": str(error)}, 404)
            return
        session = self.client_session(key)
        trigger = body.get("trigger_id")
        event = await self.submitted(
            lambda: session.submit(
                dependency,
                self.data_in(body),
                trigger=trigger if isinstance(trigger, int) else None,
                event_data=body.get("event_data"),
            )
        )
        if event is not None:
            self.answer({"event_id": event.id})


class QueueDataHandler(ApiHandler):
    """Everything that is told of a session's calls."""

    @web.authenticated
    async def get(self) -> None:
        """Stream it; ends when nothing runs any more."""
        key = self.get_query_argument("session_hash")
        session = self.clients.known(key, request_of(self).username)
        self.begin_stream()
        if session is None:
            await self.tell({"msg": "unexpected_error", "message": "Session not found.", "session_not_found": True})
            return
        last = time.monotonic()
        while True:
            message = await session.feed.take(0.05 if not session.events else HEARTBEAT_S)
            if message is not None:
                last = time.monotonic()
                if not await self.tell(message):
                    return
                continue
            if not session.events and session.feed.is_empty:
                await self.tell({"msg": "close_stream"})
                return
            if time.monotonic() - last >= HEARTBEAT_S:
                last = time.monotonic()
                if not await self.tell({"msg": "heartbeat"}):
                    return


class QueueStatusHandler(ApiHandler):
    """How many wait."""

    @web.authenticated
    async def get(self) -> None:
        """Answer with it."""
        self.answer(
            {
                "msg": "estimation",
                "event_id": None,
                "rank": None,
                "queue_size": self.live.dispatcher.waiting,
                "rank_eta": None,
            }
        )


class CancelHandler(ApiHandler):
    """Stop a call."""

    @web.authenticated
    async def post(self) -> None:
        """Do it."""
        body = self.body
        session = self.clients.known(self.text_of(body, "session_hash", ""), request_of(self).username)
        event_id = self.text_of(body, "event_id", "")
        if session is not None:
            await asyncio.to_thread(session.cancel_event, event_id)
        self.answer({"success": True})


class ResetHandler(ApiHandler):
    """Stop a call, known by its id alone."""

    @web.authenticated
    async def post(self) -> None:
        """Do it."""
        event_id = self.text_of(self.body, "event_id", "")
        found = self.clients.event(event_id)
        if found is not None and found[0].request.username == request_of(self).username:
            await asyncio.to_thread(found[0].cancel_event, event_id)
        self.answer({"success": True})


class HeartbeatHandler(ApiHandler):
    """As long as a client listens here, it is there."""

    @web.authenticated
    async def get(self, key: str) -> None:
        """Stream that the app lives."""
        session = self.client_session(key)
        self.begin_stream()
        session.listeners += 1
        try:
            while True:
                self.write("data: ALIVE\n\n")
                await self.flush()
                with contextlib.suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(self.is_gone.wait(), HEARTBEAT_S)
                if self.is_gone.is_set():
                    return
        except StreamClosedError:
            return
        finally:
            session.listeners -= 1
            user = session.request.username
            asyncio.get_running_loop().call_later(KEPT_S, self._end, session, user)

    def _end(self, session: ClientSession, user: str | None) -> None:
        if session.listeners == 0:
            self.clients.end(session.key, user)


class ComponentServerHandler(ApiHandler):
    """Call a function of a component."""

    @web.authenticated
    async def post(self) -> None:
        """Answer with what it returns."""
        body = self.body
        session = self.client_session(self.text_of(body, "session_hash", secrets.token_hex(12)))
        number: Any = body.get("component_id")
        number = int(number) if isinstance(number, str) and number.isdecimal() else number
        block = self.live.blocks.blocks.get(number) if type(number) is int else None
        name = self.text_of(body, "fn_name", "")
        functions = block.served_functions() if isinstance(block, Component) else {}
        if block is None or name not in functions:
            self.answer({"detail": f"There is no function {name!r} of that component"}, 404)
            return
        data = body.get("data")
        args = data if isinstance(data, list) else [data]
        try:
            whole = with_special(functions[name], args, request_of(self))
            self.answer(session.files.to_wire(await asyncio.to_thread(functions[name], *whole)))
        except Error as error:
            self.answer({"detail": error.message}, 400)


@web.stream_request_body
class UploadHandler(ApiHandler):
    """Files, as they arrive, to disk."""

    def initialize(self) -> None:
        """Nothing came yet."""
        self._form: _Form | None = None
        self._is_over = False

    @allow_unauthenticated
    async def prepare(self) -> None:  # type: ignore[override]
        """Look at who asks before the first byte is taken."""
        await super().prepare()
        if self.current_user is None:
            raise web.HTTPError(401, reason="Not authenticated")
        self.check_xsrf_cookie()
        if self.request.method != "POST":
            return
        limit = self.live.options.max_file_size
        connection: Any = self.request.connection
        connection.set_max_body_size(1 << 50)  # each file is measured as it comes
        self._form = _Form(self.request.headers.get("Content-Type", ""), limit)

    def data_received(self, chunk: bytes) -> None:
        """Some bytes came."""
        if self._form is not None:
            self._form.feed(chunk)

    @allow_unauthenticated
    async def post(self) -> None:
        """Answer with the paths of the files."""
        form = self._form
        assert form is not None
        try:
            files = form.finish()
        except WireError as error:
            form.drop()
            self.answer({"detail": str(error)}, 413 if form.is_too_large else 422)
            return
        upload_id = self.get_query_argument("upload_id", "")
        if upload_id:
            self.settings["nbblocks_uploads"][upload_id] = True
        self.answer([self.clients.public.share(file) for file in files])

    def on_connection_close(self) -> None:
        """The client went away: what came is removed."""
        super().on_connection_close()
        if self._form is not None:
            self._form.drop()


class _Form:
    """A multipart form whose files go to disk as they come."""

    def __init__(self, content_type: str, limit: int | None) -> None:
        from python_multipart.multipart import MultipartParser, parse_options_header

        kind, options = parse_options_header(content_type)
        if kind != b"multipart/form-data" or not 0 < len(options.get(b"boundary", b"")) <= MAX_BOUNDARY:
            raise web.HTTPError(422, reason="An upload is a multipart form")
        self._options_of = parse_options_header
        self._limit = limit
        self.is_too_large = False
        self.files: list[FileData] = []
        self._error: WireError | None = None
        self._upload: Upload | None = None
        self._name = self._value = b""
        self._headers: dict[bytes, bytes] = {}
        self._chunk = 0
        self._parts = 0
        self._parser = MultipartParser(
            options[b"boundary"],
            {
                "on_part_begin": self._begin,
                "on_header_field": self._on_name,
                "on_header_value": self._on_value,
                "on_header_end": self._header_end,
                "on_headers_finished": self._headers_end,
                "on_part_data": self._data,
                "on_part_end": self._end,
            },
        )

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes; after an error they are read and dropped, so that the client hears the answer."""
        if self._error is not None:
            return
        try:
            self._parser.write(chunk)
        except WireError as error:
            self._error = error
            self._drop_part()
        except Exception as error:  # the parser's own errors
            self.is_too_large = "size exceeded" in str(error)  # it has one class for all of them
            self._error = WireError(f"the form cannot be read: {error}")
            self._drop_part()

    def finish(self) -> list[FileData]:
        """The files."""
        if self._error is None and self._upload is not None:
            self._error = WireError("the form ends in the middle of a file")
        if self._error is not None:
            raise self._error
        return self.files

    def drop(self) -> None:
        """Remove the part that has come."""
        self._drop_part()

    def _drop_part(self) -> None:
        upload, self._upload = self._upload, None
        if upload is not None:
            upload.drop()

    # --- what the parser tells

    def _begin(self) -> None:
        self._headers, self._name, self._value = {}, b"", b""
        self._parts += 1
        if self._parts > MAX_PARTS:
            raise WireError(f"more than {MAX_PARTS} files at once")

    def _on_name(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _on_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        self._headers[self._name.lower()] = self._value
        self._name = self._value = b""

    def _headers_end(self) -> None:
        _, options = self._options_of(self._headers.get(b"content-disposition", b""))
        if b"filename" not in options:
            return
        name = options[b"filename"].decode("utf-8", "replace")
        kind = self._headers.get(b"content-type", b"").decode("latin-1") or None
        self._upload = Upload(secrets.token_hex(8), name, None, kind, self._limit)
        self._chunk = 0

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._upload is None:
            return
        try:
            self._upload.take(self._chunk, data[start:end])
        except WireError:
            self.is_too_large = True
            raise
        self._chunk += 1

    def _end(self) -> None:
        upload, self._upload = self._upload, None
        if upload is None:
            return
        known = FileData.of(upload.finish())
        self.files.append(known)


class UploadProgressHandler(ApiHandler):
    """That an upload is done; a browser knows more of it than the server."""

    @web.authenticated
    async def get(self) -> None:
        """Stream it."""
        upload_id = self.get_query_argument("upload_id")
        self.begin_stream()
        for _ in range(600):
            if self.settings["nbblocks_uploads"].pop(upload_id, False):
                break
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self.is_gone.wait(), 0.5)
            if self.is_gone.is_set():
                return
        await self.tell({"msg": "done"})


class ApiFileHandler(ApiHandler):
    """Files that a client may read, by path."""

    @web.authenticated
    async def get(self, path: str) -> None:
        """The bytes, or a part of them."""
        await self._send(path, with_body=True)

    @web.authenticated
    async def head(self, path: str) -> None:
        """Their length and type."""
        await self._send(path, with_body=False)

    async def _send(self, path: str, with_body: bool) -> None:
        try:
            known = self.clients.public.find(unquote(path), getattr(self.live.blocks, "static_paths", ()))
        except WireError:
            raise web.HTTPError(403, reason="File not allowed") from None
        await send_file(self, known, Path(str(known.path)), with_body=with_body)


class UserHandler(ApiHandler):
    """Who is logged in."""

    @allow_unauthenticated
    async def get(self) -> None:
        """Their name, or null."""
        user = self.current_user
        self.answer(None if user is None else request_of(self).username)


class LoginCheckHandler(ApiHandler):
    """Whether one is logged in."""

    @web.authenticated
    async def get(self) -> None:
        """401 when not."""
        self.answer(None)


class TokenHandler(ApiHandler):
    """Gradio's clients ask here for the token of a login; ours is in the cookie alone."""

    @web.authenticated
    async def get(self) -> None:
        """None."""
        self.answer({"token": None, "user": request_of(self).username})


class AppIdHandler(ApiHandler):
    """Which start of the app this is."""

    @allow_unauthenticated
    async def get(self) -> None:
        """Its id."""
        self.answer({"app_id": self.settings["nbblocks_app_id"]})


class StartupHandler(ApiHandler):
    """That the app is up."""

    @allow_unauthenticated
    async def get(self) -> None:
        """It is."""
        self.answer(True)


class RobotsHandler(ApiHandler):
    """What crawlers are asked."""

    @allow_unauthenticated
    async def get(self) -> None:
        """Everything, when nobody must log in; nothing else."""
        is_closed = self.settings["nbblocks_passwords"] is not None
        self.set_header("Content-Type", "text/plain")
        self.finish(f"User-agent: *\nDisallow: {'/' if is_closed else ''}\n")


class HealthHandler(ApiHandler):
    """For those who watch over the process."""

    @allow_unauthenticated
    async def get(self) -> None:
        """It answers."""
        self.answer({"status": "ok"})


def api_routes() -> list[tuple[str, type[web.RequestHandler]]]:
    """Every route of the API."""
    prefix = "/gradio_api"
    routes: list[tuple[str, type[web.RequestHandler]]] = [
        ("/config/?", ConfigHandler),
        ("/robots.txt", RobotsHandler),
        ("/healthz", HealthHandler),
        ("/readyz", HealthHandler),
    ]
    both: list[tuple[str, type[web.RequestHandler]]] = [
        ("/info/?", InfoHandler),
        ("/openapi.json", OpenApiHandler),
        ("/call/(?:(v2)/)?(.+)/([0-9a-f]{32})", CallResultHandler),
        ("/call/(?:(v2)/)?(.+?)/?", CallHandler),
        ("/run/(.+?)/?", RunHandler),
        ("/api/(.+?)/?", RunHandler),
        ("/predict()/?", RunHandler),
        ("/queue/join/?", JoinHandler),
        ("/queue/data", QueueDataHandler),
        ("/queue/status", QueueStatusHandler),
        ("/cancel", CancelHandler),
        ("/reset/?", ResetHandler),
        ("/heartbeat/([\\w-]+)", HeartbeatHandler),
        ("/component_server/?", ComponentServerHandler),
        ("/upload", UploadHandler),
        ("/upload_progress", UploadProgressHandler),
        ("/file=(.+)", ApiFileHandler),
        ("/file/(.+)", ApiFileHandler),
        ("/user/?", UserHandler),
        ("/login_check/?", LoginCheckHandler),
        ("/token/?", TokenHandler),
        ("/app_id/?", AppIdHandler),
        ("/deep_link", DeepLinkHandler),
        ("/startup-events", StartupHandler),
    ]
    return (
        routes
        + [(prefix + pattern, handler) for pattern, handler in both]
        + [
            (pattern, handler)
            for pattern, handler in both
            if pattern.startswith(("/user", "/login_check", "/token", "/app_id"))
        ]
    )
