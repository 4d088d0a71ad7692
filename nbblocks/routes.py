"""Gradio's name for the application behind an app, as test suites use it: `routes.App.create_app(demo)`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .blocks import Blocks, LaunchOptions
from .hosts.mount import mount_gradio_app
from .session import Request

__all__ = ["App", "Request", "mount_gradio_app"]


class App:
    """Makes the ASGI application of an app, without a server."""

    @staticmethod
    def create_app(
        blocks: Blocks,
        app_kwargs: dict[str, Any] | None = None,
        auth_dependency: Callable[..., Any] | None = None,
        *,
        strict_cors: bool = True,
        **options: Any,
    ) -> Any:
        """Make it.

        Parameters
        ----------
        blocks : Blocks
            The app.
        app_kwargs : dict, optional
            Settings of the tornado application behind it.
        auth_dependency : callable, optional
            Says who asks; see `Blocks.launch`.
        strict_cors : bool
            Whether an origin of "null" is refused.
        **options
            Further options of `Blocks.launch`, such as `auth`.

        Returns
        -------
        BlocksApplication
            Takes `(scope, receive, send)`.
        """
        from .hosts.standalone.serve import BlocksApplication

        known = LaunchOptions.__dataclass_fields__
        given = {k: v for k, v in options.items() if k in known}
        launch_options = LaunchOptions(
            inline=False,
            server_name="0.0.0.0",
            app_kwargs=dict(app_kwargs or {}),
            auth_dependency=auth_dependency,
            strict_cors=strict_cors,
            **{"show_error": True, **given, **blocks.look()},
        )
        return BlocksApplication(blocks, launch_options)
