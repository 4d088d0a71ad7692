"""Put an app into another web application."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from ..blocks import Blocks, LaunchOptions
from ..blocks.options import parse_size
from ..exceptions import DeclarationError, warn_once

__all__ = ["mount_gradio_app"]

A = TypeVar("A")


def mount_gradio_app(
    app: A,
    blocks: Blocks,
    path: str,
    server_name: str = "0.0.0.0",
    server_port: int = 7860,
    footer_links: list[Any] | None = None,
    run_history: bool | None = None,
    app_kwargs: dict[str, Any] | None = None,
    *,
    auth: Any = None,
    auth_message: str | None = None,
    auth_dependency: Callable[..., Any] | None = None,
    root_path: str | None = None,
    allowed_paths: Sequence[str] | None = None,
    blocked_paths: Sequence[str] | None = None,
    favicon_path: str | os.PathLike[str] | None = None,
    show_error: bool = True,
    max_file_size: str | int | None = None,
    ssr_mode: bool | None = None,
    node_server_name: str | None = None,
    node_port: int | None = None,
    enable_monitoring: bool | None = None,
    pwa: bool | None = None,
    i18n: Any = None,
    mcp_server: bool | None = None,
    theme: Any = None,
    css: str | None = None,
    css_paths: Any = None,
    js: Any = None,
    head: str | None = None,
    head_paths: Any = None,
) -> A:
    """Serve an app below a path of a FastAPI or Starlette application.

    Parameters
    ----------
    app : FastAPI, Starlette or tornado.web.Application
        What serves it.
    blocks : Blocks
        The app.
    path : str
        Where, such as "/demo".
    server_name, server_port : str, int
        Where the other application listens; without effect, for the addresses in the page are relative.
    footer_links, run_history, auth, auth_message, auth_dependency, root_path, allowed_paths, blocked_paths, \
favicon_path, show_error, max_file_size, ssr_mode, enable_monitoring, pwa, i18n, mcp_server, theme, css, css_paths, \
js, head, head_paths
        As `Blocks.launch` takes them.
    app_kwargs : dict, optional
        Settings of the tornado application behind it.
    node_server_name, node_port
        Without effect: there is no Node server.

    Returns
    -------
    FastAPI, Starlette or tornado.web.Application
        `app`.

    Examples
    --------
    >>> from starlette.applications import Starlette
    >>> app = mount_gradio_app(Starlette(), Blocks(), "/demo")
    >>> app.routes[0].path
    '/demo'
    """
    for name, given in (("node_server_name", node_server_name), ("node_port", node_port)):
        if given is not None:
            warn_once(f"mount.{name}", f"mount_gradio_app({name}=…) has no effect: there is no Node server")
    if auth is not None and auth_dependency is not None:
        raise DeclarationError("mount_gradio_app: give auth or auth_dependency, not both")
    place = "/" + path.strip("/") if path.strip("/") else ""
    options = LaunchOptions(
        inline=False,
        server_name=server_name,
        footer_links=footer_links,
        run_history=run_history,
        app_kwargs=dict(app_kwargs or {}),
        auth=auth,
        auth_message=auth_message,
        auth_dependency=auth_dependency,
        allowed_paths=allowed_paths or (),
        blocked_paths=blocked_paths or (),
        favicon_path=favicon_path,
        show_error=show_error,
        max_file_size=parse_size(max_file_size),
        ssr_mode=ssr_mode,
        enable_monitoring=enable_monitoring,
        pwa=pwa,
        i18n=i18n,
        mcp_server=mcp_server,
        **blocks.look(theme=theme, css=css, css_paths=css_paths, js=js, head=head, head_paths=head_paths),
    )
    blocks.told(replace(options, root_path=root_path))
    from .standalone.serve import BlocksApplication

    if hasattr(app, "mount"):
        app.mount(place, BlocksApplication(blocks, options, root_url=root_path))
    else:
        options.root_path = place
        _mount_in_tornado(app, place, BlocksApplication(blocks, options, root_url=root_path))
    return app


def _mount_in_tornado(app: Any, place: str, mounted: Any) -> None:
    from tornado import routing, web

    if not isinstance(app, web.Application):
        raise DeclarationError(f"mount_gradio_app: {type(app).__name__} has no mount() and is no tornado application")
    to_folder = (f"{place}", web.RedirectHandler, {"url": f"{place}/"})
    app.add_handlers(".*", [to_folder, routing.Rule(routing.PathMatches(f"{place}/.*"), mounted)])
