"""Routes that an author adds to what `launch` gives: `@app.get("/health")`.

They are those of a FastAPI application, which gets what no route of the app's own takes.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any
from urllib.parse import unquote

from jupyter_server.auth.decorator import allow_unauthenticated

from .api import ApiHandler

__all__ = ["ADDING", "AddedHandler", "new_routes"]

#: Methods and attributes of FastAPI that add routes, or tell of them.
ADDING = (
    "add_api_route", "add_exception_handler", "add_route", "api_route", "delete", "dependency_overrides",
    "exception_handler", "get", "head", "include_router", "mount", "options", "patch", "post", "put", "router",
    "routes", "state", "url_path_for",
)  # fmt: skip

_HOP_BY_HOP = (b"connection", b"transfer-encoding")


def new_routes() -> Any:
    """An application to add routes to.

    Raises
    ------
    ImportError
        FastAPI is not installed.
    """
    try:
        import fastapi
    except ImportError as error:
        message = "routes are added to an app with the package fastapi: pip install 'nbblocks[server]'"
        raise ImportError(message, name=error.name) from error
    return fastapi.FastAPI(docs_url=None, redoc_url=None, openapi_url=None)


class AddedHandler(ApiHandler):
    """Whatever has no route of the app's own."""

    @allow_unauthenticated
    async def prepare(self) -> None:  # type: ignore[override]
        """Hand the request to the routes that were added; without any there is nothing here."""
        routes = getattr(self.application, "added_routes", None)
        if routes is None:
            self.set_status(404)
            self.finish(json.dumps({"detail": "Not Found"}))
            return
        await super().prepare()
        if self.request.method not in ("GET", "HEAD", "OPTIONS"):
            self.check_xsrf_cookie()
        self._has_body, self._over = True, asyncio.Event()
        await routes(self._scope(), self._receive, self._send)
        if not self._finished:
            self.finish()

    def _scope(self) -> dict[str, Any]:
        asked, application = self.request, self.application
        base = str(getattr(application, "base", "/"))
        path = asked.path if not asked.path.startswith(base) else "/" + asked.path[len(base) :]
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": asked.method,
            "scheme": asked.protocol,
            "path": unquote(path),
            "raw_path": path.encode(),
            "query_string": asked.query.encode(),
            "root_path": "",
            "headers": [(k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in asked.headers.get_all()],
            "client": (asked.remote_ip, 0),
            "server": (asked.host.partition(":")[0], None),
            "state": dict(getattr(application, "lifespan_state", {})),
        }

    async def _receive(self) -> dict[str, Any]:
        if self._has_body:
            self._has_body = False
            return {"type": "http.request", "body": self.request.body, "more_body": False}
        await self._over.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.set_status(message["status"])
            self.clear_header("Content-Type")
            for name, value in message.get("headers", ()):
                if name.lower() not in _HOP_BY_HOP:
                    self.add_header(name.decode("latin-1"), value.decode("latin-1"))
            return
        if message.get("body"):
            self.write(message["body"])
        if message.get("more_body"):
            await self.flush()

    def on_connection_close(self) -> None:
        """The client went away."""
        super().on_connection_close()
        over = getattr(self, "_over", None)
        if over is not None:
            over.set()
