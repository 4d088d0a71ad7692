"""A request of tornado's that an ASGI application answers: https://asgi.readthedocs.io/en/latest/specs/www.html."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any

from tornado.iostream import StreamClosedError

from .api import ApiHandler

__all__ = ["AsgiHandler"]

#: Of one connection: tornado says its own.
_HOP_BY_HOP = ("connection", "transfer-encoding")


class AsgiHandler(ApiHandler):
    """Hands a request over; what it is told of the request, `scope` may say otherwise."""

    async def drive(self, app: Callable[[Any, Any, Any], Awaitable[None]]) -> None:
        """Let an ASGI application answer."""
        self.is_gone = asyncio.Event()
        self._is_read = False
        with contextlib.suppress(StreamClosedError):
            await app(self.scope(), self._receive, self._send)
        if not self._finished and not self.is_gone.is_set():
            self.finish()

    def scope(self) -> dict[str, Any]:
        """What the application is told of the request."""
        asked = self.request
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": asked.method,
            "scheme": asked.protocol,
            "path": asked.path,
            "raw_path": asked.path.encode("latin-1", "replace"),
            "query_string": asked.query.encode("latin-1", "replace"),
            "root_path": "",
            "headers": [(k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in asked.headers.get_all()],
            "client": (asked.remote_ip, 0),
            "server": (asked.host_name, 0),
            "state": {},
        }

    async def _receive(self) -> dict[str, Any]:
        if not self._is_read:
            self._is_read = True
            return {"type": "http.request", "body": self.request.body, "more_body": False}
        await self.is_gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        if self.is_gone.is_set():
            return
        if message["type"] == "http.response.start":
            self.set_status(message["status"])
            self.clear_header("Content-Type")
            told: set[str] = set()
            for raw_name, value in message.get("headers", ()):
                name = raw_name.decode("latin-1").lower()
                if name not in _HOP_BY_HOP:
                    tell = self.add_header if name in told else self.set_header  # several cookies are several headers
                    tell(raw_name.decode("latin-1"), value.decode("latin-1"))
                    told.add(name)
            return
        if message.get("body"):
            self.write(message["body"])
        if message.get("more_body"):
            await self.flush()
        elif not self._finished:
            await self.finish()
