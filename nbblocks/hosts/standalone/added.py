"""Routes that an author adds to what `launch` gives: `@app.get("/health")`.

They are those of a FastAPI application, which gets what no route of the app's own takes.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

from jupyter_server.auth.decorator import allow_unauthenticated

from .bridge import AsgiHandler

__all__ = ["ADDING", "AddedHandler", "new_routes"]

#: Methods and attributes of FastAPI that add routes, or tell of them.
ADDING = (
    "add_api_route", "add_exception_handler", "add_route", "api_route", "delete", "dependency_overrides",
    "exception_handler", "get", "head", "include_router", "mount", "options", "patch", "post", "put", "router",
    "routes", "state", "url_path_for",
)  # fmt: skip


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


class AddedHandler(AsgiHandler):
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
        await self.drive(routes)

    def scope(self) -> dict[str, Any]:
        """What the routes are told: paths below the app's own address, and what its lifespan gave."""
        asked, application = self.request, self.application
        base = str(getattr(application, "base", "/"))
        path = asked.path if not asked.path.startswith(base) else "/" + asked.path[len(base) :]
        state = dict(getattr(application, "lifespan_state", {}))
        return {**super().scope(), "path": unquote(path), "raw_path": path.encode(), "state": state}
