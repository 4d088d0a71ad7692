"""The MCP server: the `mcp` package's transports behind the app's own routes.

The package speaks ASGI, and so do its two transports; a handler here drives them, whatever server runs the handler.
Everything that the package's first and second edition name differently is in `_Adapter`.
"""

from __future__ import annotations

import asyncio
import contextlib
import html
import inspect
import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from tornado import web

from ..._version import __version__
from ...endpoints import Clients
from ...endpoints.tools import Asked, NoSuchOfferError, ToolError, Tools
from .api import MAX_JSON_BYTES
from .bridge import AsgiHandler
from .page import request_of

__all__ = ["MCP_PATH", "McpServer", "mcp_routes"]

MCP_PATH = "/gradio_api/mcp"
#: https://modelcontextprotocol.io/specification/2025-06-18/server/resources#error-handling
NOT_FOUND, INVALID_PARAMS, INTERNAL = -32002, -32602, -32603

Tell = Callable[[float, "float | None", str], Awaitable[None]]
Answer = Callable[[Asked, dict[str, Any], Tell], Awaitable[dict[str, Any]]]


class McpServer:
    """An app as an MCP server, over streamable HTTP and over server-sent events.

    Parameters
    ----------
    clients : Clients
        Sessions and endpoints of the app.

    Raises
    ------
    ImportError
        The package `mcp` is not installed.
    """

    def __init__(self, clients: Clients) -> None:
        try:
            import mcp.server.sse  # noqa: F401
        except ImportError as error:
            raise ImportError(
                "mcp_server=True needs the package mcp: pip install 'nbblocks[mcp]'", name="mcp"
            ) from error
        self.tools = Tools(clients)
        self.tools.warn_of_state()
        self._adapter = _Adapter(self.tools)
        self._sse = self._adapter.sse("/messages/")
        self._loop: asyncio.AbstractEventLoop | None = None
        self._manager: Any = None
        self._task: asyncio.Task[None] | None = None
        self._starting: asyncio.Future[None] | None = None

    async def http(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer over streamable HTTP."""
        await self._started()
        await self._manager.handle_request(scope, receive, send)

    async def events(self, scope: Any, receive: Any, send: Any) -> None:
        """Hold a stream of server-sent events, and with it a connection."""
        server = self._adapter.server
        async with self._sse.connect_sse(scope, receive, send) as streams:
            await server.run(streams[0], streams[1], server.create_initialization_options())

    async def messages(self, scope: Any, receive: Any, send: Any) -> None:
        """Take a message for such a connection."""
        await self._sse.handle_post_message(scope, receive, send)

    async def _started(self) -> None:
        """The manager's tasks live in the loop of whoever serves, which is known at the first request only."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop or self._task is None or self._task.done():
            self._loop, self._manager = loop, self._adapter.manager()
            self._starting = loop.create_future()
            self._task = loop.create_task(self._live(self._manager, self._starting))
        assert self._starting is not None
        await asyncio.shield(self._starting)

    @staticmethod
    async def _live(manager: Any, starting: asyncio.Future[None]) -> None:
        async with manager.run():
            starting.set_result(None)
            await asyncio.Event().wait()

    def close(self) -> None:
        """End the connections."""
        task, self._task = self._task, None
        if task is not None and self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop has ended, and its tasks with it
                self._loop.call_soon_threadsafe(task.cancel)


class _Adapter:
    """The package `mcp`, of its first or second edition."""

    def __init__(self, tools: Tools) -> None:
        from mcp.server.lowlevel import Server

        self._answers: dict[str, Answer] = {
            "tools/list": self._listed("tools", tools.tools),
            "tools/call": lambda asked, p, tell: tools.call(asked, p["name"], p.get("arguments") or {}, tell),
            "resources/list": self._listed("resources", tools.resources),
            "resources/templates/list": self._listed("resourceTemplates", tools.templates),
            "resources/read": lambda asked, p, tell: tools.read(asked, str(p["uri"]), tell),
            "prompts/list": self._listed("prompts", tools.prompts),
            "prompts/get": lambda asked, p, tell: tools.prompt(asked, p["name"], p.get("arguments") or {}, tell),
        }
        server: Any = Server
        if "on_list_tools" in inspect.signature(server.__init__).parameters:
            handlers = {f"on_{name}": self._second(method, result) for method, (name, _, result) in _METHODS.items()}
            self.server: Any = server(tools.title, version=__version__, **handlers)
        else:
            self.server = server(tools.title, version=__version__)
            self._first()

    @staticmethod
    def _listed(key: str, listed: Callable[[Asked], list[dict[str, Any]]]) -> Answer:
        async def answer(asked: Asked, params: dict[str, Any], tell: Tell) -> dict[str, Any]:
            return {key: listed(asked)}

        return answer

    def _first(self) -> None:
        from mcp import types

        server, known = self.server, vars(types)
        for method, (_, request_type, result_type) in _METHODS.items():

            async def handle(request: Any, method: str = method, result_type: str = result_type) -> Any:
                context = server.request_context
                token = getattr(context.meta, "progressToken", None)

                async def tell(progress: float, total: float | None, message: str) -> None:
                    if token is not None:
                        await context.session.send_progress_notification(
                            token, progress, total, message, related_request_id=str(context.request_id)
                        )

                found = await self._answered(method, context.request, request.params, tell)
                return known["ServerResult"](known[result_type].model_validate(found))

            server.request_handlers[known[request_type]] = handle

    def _second(self, method: str, result_type: str) -> Callable[[Any, Any], Awaitable[Any]]:
        from mcp import types

        async def handle(context: Any, params: Any) -> Any:
            async def tell(progress: float, total: float | None, message: str) -> None:
                await context.session.report_progress(progress, total, message)

            found = await self._answered(method, context.request, params, tell)
            return vars(types)[result_type].model_validate(found)

        return handle

    async def _answered(self, method: str, request: Any, params: Any, tell: Tell) -> dict[str, Any]:
        given = params.model_dump(mode="json", by_alias=True) if params is not None else {}
        try:
            return await self._answers[method](request.scope["nbblocks"], given, tell)
        except NoSuchOfferError as error:
            raise self._error(NOT_FOUND if method == "resources/read" else INVALID_PARAMS, str(error)) from None
        except ToolError as error:
            raise self._error(INTERNAL, str(error)) from None

    @staticmethod
    def _error(code: int, message: str) -> Exception:
        from mcp import types
        from mcp.shared import exceptions

        known: dict[str, Any] = vars(exceptions)
        if "MCPError" in known:
            return known["MCPError"](code, message)  # type: ignore[no-any-return]
        return known["McpError"](vars(types)["ErrorData"](code=code, message=message))  # type: ignore[no-any-return]

    def manager(self) -> Any:
        """What serves streamable HTTP; without sessions, for a call needs nothing of the calls before it."""
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

        return _given(StreamableHTTPSessionManager, app=self.server, json_response=False, stateless=True)

    def sse(self, messages: str) -> Any:
        """What serves server-sent events."""
        from mcp.server.sse import SseServerTransport

        return _given(SseServerTransport, endpoint=messages)


def _given(cls: Any, **arguments: Any) -> Any:
    """Host and origin are our handlers' to check; the most that a body may have is ours where it can be said."""
    from mcp.server.transport_security import TransportSecuritySettings

    arguments["security_settings"] = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    if "max_request_body_size" in inspect.signature(cls.__init__).parameters:
        arguments["max_request_body_size"] = MAX_JSON_BYTES
    return cls(**arguments)


#: By method: the handler's name in the second edition, and the types of request and result in the first.
_METHODS = {
    "tools/list": ("list_tools", "ListToolsRequest", "ListToolsResult"),
    "tools/call": ("call_tool", "CallToolRequest", "CallToolResult"),
    "resources/list": ("list_resources", "ListResourcesRequest", "ListResourcesResult"),
    "resources/templates/list": (
        "list_resource_templates",
        "ListResourceTemplatesRequest",
        "ListResourceTemplatesResult",
    ),
    "resources/read": ("read_resource", "ReadResourceRequest", "ReadResourceResult"),
    "prompts/list": ("list_prompts", "ListPromptsRequest", "ListPromptsResult"),
    "prompts/get": ("get_prompt", "GetPromptRequest", "GetPromptResult"),
}


class McpHandler(AsgiHandler):
    """Drives an ASGI application: it gets the request, and what it sends is the answer."""

    ends_with_it = False  #: whether a call ends when its connection does

    @property
    def mcp(self) -> McpServer:
        """The app's MCP server."""
        return self.settings["nbblocks_mcp"]  # type: ignore[no-any-return]

    @property
    def asked(self) -> Asked:
        """Who asks; a function may take `Authorization` for itself, for no login here uses it."""
        request = request_of(self)
        credentials = self.request.headers.get("Authorization")
        if credentials is not None:
            request.headers["authorization"] = credentials
        selected = self.get_query_argument("tools", None)
        only = [name.strip() for name in selected.split(",")] if selected else None
        return Asked(request, self.root_url, only, getattr(self, "is_gone", None) if self.ends_with_it else None)

    def scope(self) -> dict[str, Any]:
        """What the application is told: also for whom it answers."""
        root = urlsplit(self.root_url).path.rstrip("/") + MCP_PATH
        return {**super().scope(), "root_path": root, "nbblocks": self.asked}


class McpHttpHandler(McpHandler):
    """Streamable HTTP."""

    ends_with_it = True

    @web.authenticated
    async def get(self) -> None:
        """A stream for clients; for people a page that says what this is."""
        if "text/event-stream" in self.request.headers.get("Accept", ""):
            await self.drive(self.mcp.http)
            return
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(_page(self.mcp.tools, self.asked))

    @web.authenticated
    async def post(self) -> None:
        """A message."""
        await self.drive(self.mcp.http)

    @web.authenticated
    async def delete(self) -> None:
        """The end of a session."""
        await self.drive(self.mcp.http)


class McpEventsHandler(McpHandler):
    """Server-sent events, for older clients."""

    @web.authenticated
    async def get(self) -> None:
        """The stream."""
        if not self.is_same_origin():
            raise web.HTTPError(403, reason="Cross-origin request refused")
        await self.drive(self.mcp.events)


class McpMessagesHandler(McpHandler):
    """What clients of such a stream send."""

    @web.authenticated
    async def post(self) -> None:
        """A message."""
        await self.drive(self.mcp.messages)


class McpSchemaHandler(McpHandler):
    """The tools as JSON, for those who do not connect."""

    @web.authenticated
    async def get(self) -> None:
        """Answer with them."""
        self.answer(self.mcp.tools.schema(self.asked))


def _page(tools: Tools, asked: Asked) -> str:
    from .extras import document

    address = f"{asked.root}{MCP_PATH}/"
    settings = json.dumps({"mcpServers": {"gradio": {"url": address}}}, indent=2)
    rows = "".join(
        f'<tr><th scope="row"><code>{html.escape(offer.name)}</code></th><td>{offer.described.kind}</td>'
        f"<td>{html.escape(offer.description)}</td></tr>"
        for offer in tools.offers(None, asked.only)
    )
    title = f"MCP server: {tools.title}"
    return document(
        title,
        f"<h1>{html.escape(title)}</h1><p>Programs with a language model connect here, by the "
        f'<a href="https://modelcontextprotocol.io/">Model Context Protocol</a>:</p>'
        f"<pre tabindex='0'>{html.escape(address)}</pre><p>Most of them take it in their settings so:</p>"
        f"<pre tabindex='0'>{html.escape(settings)}</pre>"
        f"<h2>What it offers</h2><table><thead><tr><th scope='col'>Name</th><th scope='col'>Kind</th>"
        f"<th scope='col'>What it does</th></tr></thead><tbody>{rows}</tbody></table>",
    )


def mcp_routes() -> list[tuple[str, type[web.RequestHandler]]]:
    """The routes of the MCP server."""
    return [
        (f"{MCP_PATH}(?:/http)?/?", McpHttpHandler),
        (f"{MCP_PATH}/sse/?", McpEventsHandler),
        (f"{MCP_PATH}/messages/?", McpMessagesHandler),
        (f"{MCP_PATH}/schema/?", McpSchemaHandler),
    ]
