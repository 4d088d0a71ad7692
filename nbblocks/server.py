"""`gr.Server`: a FastAPI application whose functions are endpoints of the API, without a page of Blocks."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Literal, TypeVar

try:
    import fastapi
    import uvicorn  # noqa: F401
except ImportError as error:
    raise ImportError(
        "gr.Server needs the packages fastapi and uvicorn: pip install 'nbblocks[server]'", name=error.name
    ) from error

from . import mcp
from .blocks import Blocks
from .blocks import api as endpoint
from .exceptions import DeclarationError, NotInThisHost, warn_once

__all__ = ["Server"]

F = TypeVar("F", bound=Callable[..., Any])


class Server(fastapi.FastAPI):
    """A FastAPI application with endpoints that queue, stream and count like those of an app.

    Its own routes come first; `/gradio_api/…`, `/config` and the rest of the API answer below them. All parameters are
    FastAPI's.

    Examples
    --------
    >>> server = Server(title="Greetings")
    >>> @server.api(name="greet")
    ... def greet(name: str) -> str:
    ...     return f"Hello {name}"
    >>> @server.get("/hello")
    ... def hello():
    ...     return {"hello": "world"}
    >>> greet("Ada"), server.title
    ('Hello Ada', 'Greetings')
    """

    _own_lifespan: Any = None  #: what it was made with, once a launch adds to it

    def __init__(
        self,
        *,
        debug: bool = False,
        title: str = "FastAPI",
        summary: str | None = None,
        description: str = "",
        version: str = "0.1.0",
        openapi_url: str | None = "/openapi.json",
        openapi_tags: list[dict[str, Any]] | None = None,
        servers: list[dict[str, Any]] | None = None,
        dependencies: Any = None,
        default_response_class: Any = None,
        redirect_slashes: bool = True,
        docs_url: str | None = "/docs",
        redoc_url: str | None = "/redoc",
        middleware: Any = None,
        exception_handlers: Any = None,
        on_startup: Any = None,
        on_shutdown: Any = None,
        lifespan: Any = None,
        terms_of_service: str | None = None,
        contact: dict[str, Any] | None = None,
        license_info: dict[str, Any] | None = None,
        root_path: str = "",
        root_path_in_servers: bool = True,
        responses: dict[int | str, dict[str, Any]] | None = None,
        callbacks: Any = None,
        webhooks: Any = None,
        deprecated: bool | None = None,
        include_in_schema: bool = True,
        generate_unique_id_function: Any = None,
        separate_input_output_schemas: bool = True,
        **extra: Any,
    ) -> None:
        given = {k: v for k, v in locals().items() if k not in ("self", "extra", "__class__")}
        needless = {  # FastAPI has defaults of its own for them
            k
            for k, v in given.items()
            if v is None and k not in ("openapi_url", "docs_url", "redoc_url")  # None: no such page
        }
        super().__init__(**{k: v for k, v in given.items() if k not in needless}, **extra)
        self.blocks: Blocks | None = None  #: the app behind it, once launched
        self._endpoints: list[tuple[Callable[..., Any], dict[str, Any]]] = []

    @property
    def mcp(self) -> Any:
        """The decorators `tool`, `resource` and `prompt`; see `gr.mcp`."""
        return mcp

    def api(
        self,
        fn: Callable[..., Any] | None = None,
        *,
        name: str | None = None,
        description: str | None = None,
        concurrency_limit: int | None | Literal["default"] = "default",
        concurrency_id: str | None = None,
        queue: bool = True,
        batch: bool = False,
        max_batch_size: int = 4,
        api_visibility: Literal["public", "private", "undocumented"] = "public",
        time_limit: int | None = None,
        stream_every: float = 0.5,
    ) -> Any:
        """Make a function an endpoint; its annotations say what it takes and gives. A decorator, with or without `()`.

        Parameters
        ----------
        fn : callable, optional
            The function.
        name : str, optional
            The endpoint's; None: the function's.
        description : str, optional
            What it does; None: its docstring.
        concurrency_limit, concurrency_id, queue, batch, max_batch_size, api_visibility, time_limit, stream_every
            As for a listener.
        """
        settings = {
            "api_name": name,
            "api_description": description,
            "concurrency_limit": concurrency_limit,
            "concurrency_id": concurrency_id,
            "queue": queue,
            "batch": batch,
            "max_batch_size": max_batch_size,
            "api_visibility": api_visibility,
            "time_limit": time_limit,
            "stream_every": stream_every,
        }

        def keep(function: F) -> F:
            self._endpoints.append((function, settings))
            return function

        return keep if fn is None else keep(fn)

    def launch(self, *args: Any, **kwargs: Any) -> tuple[Any, str | None, str | None]:
        """Serve it; the parameters are those of `Blocks.launch`.

        Returns
        -------
        tuple of (Server, str, str or None)
            Itself, the local and the public URL.
        """
        given = inspect.signature(Blocks.launch).bind(None, *args, **kwargs).arguments
        given.pop("self")
        settings = dict(given.get("app_kwargs") or {})
        self._add_lifespan(settings.pop("lifespan", None))
        given["app_kwargs"] = settings or None
        if given.pop("inline", None):
            warn_once(
                "server.inline", "Server.launch(inline=True) has no effect: a Server has no app to show", NotInThisHost
            )
        if self.blocks is not None and self.blocks.is_running:
            raise DeclarationError("This Server is running: close() it before it is launched again")
        with Blocks(title=self.title, mode="server") as self.blocks:
            for function, settings in self._endpoints:
                endpoint(function, **settings)
        self.blocks.outer = self
        launched = self.blocks.launch(inline=False, **given)
        return self, launched[1], launched[2]

    def _add_lifespan(self, added: Any) -> None:
        """What a launch wants done before the first request, besides what this server was made with."""
        if added is None:
            return
        own = self._own_lifespan = self._own_lifespan or self.router.lifespan_context

        @asynccontextmanager
        async def both(app: Any) -> AsyncIterator[dict[str, Any]]:
            async with own(app) as first, added(app) as second:
                yield {**(first or {}), **(second or {})}

        self.router.lifespan_context = both

    def get_blocks(self) -> Blocks | None:
        """The app behind it, once launched."""
        return self.blocks

    def close(self, verbose: bool = True) -> None:
        """Stop serving."""
        if self.blocks is not None:
            self.blocks.close(verbose=verbose)


Server.launch.__signature__ = inspect.signature(Blocks.launch)  # type: ignore[attr-defined]
