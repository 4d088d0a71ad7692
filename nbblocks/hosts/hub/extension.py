"""The Jupyter server's half: addresses under which apps of its kernels are pages, behind its own login.

`…/nbblocks/<kernel>/<app>/` is an app of a running kernel, `…/nbblocks/app/<path>/` a notebook or script that is run to
be one. What a visitor sends reaches the app's own routes in the kernel, and nothing else of it.
"""

from __future__ import annotations

import os
from typing import Any

from jupyter_server.utils import url_path_join
from traitlets import Bool, Float, Int, List, Unicode
from traitlets.config import LoggingConfigurable

from .authorizer import guard
from .handlers import AppHandler, AppSocket, ProgramHandler, ProgramSocket
from .programs import Programs
from .relay import KernelRelay

__all__ = ["NBBlocks"]

KERNEL = r"(?P<kernel_id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/(?P<app>[a-z0-9-]+)"
PROGRAM = r"app/(?P<path>.+?\.(?:ipynb|py))"


class NBBlocks(LoggingConfigurable):
    """Apps of this Jupyter server's kernels, as pages."""

    shared = List(
        Unicode(),
        help="Notebooks and scripts that others than the server's owner may open as apps, such as 'apps/*.ipynb'.",
    ).tag(config=True)
    max_visitors = Int(100, help="Most pages of one app that may be open at once.").tag(config=True)
    cull_idle_s = Float(
        600.0, help="A notebook's or script's kernel ends when it had no visitor for so many seconds; 0: never."
    ).tag(config=True)
    retry_s = Float(10.0, help="A program that failed is started again after so many seconds at the earliest.").tag(
        config=True
    )
    use_socket = Bool(
        True, help="Whether kernels on this machine are reached by a unix socket, instead of Jupyter's own messages."
    ).tag(config=True)
    nodelay = Bool(
        False, help="Whether kernels' own websockets send small messages at once: widgets answer faster."
    ).tag(config=True)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        server: Any = self.parent
        self.kernels: Any = server.kernel_manager
        self.visitors: dict[tuple[str, ...], int] = {}
        self._relays: dict[str, KernelRelay] = {}
        self.programs = Programs(
            self.kernels,
            server.contents_manager,
            self.relay_of,
            self.log,
            list(self.shared),
            self.cull_idle_s,
            self.retry_s,
        )

    def relay_of(self, kernel_id: str) -> KernelRelay:
        """The relay to a kernel."""
        for gone in [k for k, relay in self._relays.items() if not relay.is_there]:
            self._relays.pop(gone).close()
        known = self._relays.get(kernel_id)
        if known is None:
            known = self._relays[kernel_id] = KernelRelay(self.kernels, kernel_id, self.log, self.use_socket)
        return known


def _load_jupyter_server_extension(server: Any) -> None:
    """Add the routes to a Jupyter server."""
    apps = NBBlocks(parent=server)
    settings, base = server.web_app.settings, server.base_url
    settings["nbblocks"] = apps
    rest = r"(?P<rest>/.*)?"
    server.web_app.add_handlers(
        ".*$",
        [
            (url_path_join(base, f"/nbblocks/{KERNEL}/ws"), AppSocket),
            (url_path_join(base, f"/nbblocks/{KERNEL}") + rest, AppHandler),
            (url_path_join(base, f"/nbblocks/{PROGRAM}/ws"), ProgramSocket),
            (url_path_join(base, f"/nbblocks/{PROGRAM}") + rest, ProgramHandler),
        ],
    )
    guard(server)
    # the kernels that it starts have it; its port is not known before it listens
    server.io_loop.add_callback(lambda: os.environ.update(NBBLOCKS_SERVER_URL=_public_url(server)))
    if apps.nodelay:
        settings["kernel_websocket_connection_class"] = _prompt(settings["kernel_websocket_connection_class"])
    server.log.info("nbblocks: apps of kernels are pages under %s", url_path_join(base, "nbblocks/"))


def _public_url(server: Any) -> str:
    """Address of the server as its users know it; below a hub that does not say, only the path is known."""
    if "JUPYTERHUB_USER" in os.environ:
        return os.environ.get("JUPYTERHUB_PUBLIC_URL") or str(server.base_url)
    return str(server.connection_url)


def _prompt(connection: Any) -> Any:
    """The server's kind of connection to kernels, but without Nagle's algorithm."""

    class PromptConnection(connection):  # type: ignore[misc]
        """Sends small messages at once."""

        async def connect(self) -> Any:
            """Open it."""
            self.websocket_handler.set_nodelay(True)
            found = super().connect()
            return await found if hasattr(found, "__await__") else found

    return PromptConnection
