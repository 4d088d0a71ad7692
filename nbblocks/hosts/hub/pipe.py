"""One request or websocket on its way between the Jupyter server and a kernel: messages in order, both ways.

The messages are ASGI's (https://asgi.readthedocs.io/en/latest/specs/www.html), with the bytes beside them. Both halves
use the same two carriers: a connection of a unix socket, or a comm.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import struct
from collections.abc import Callable
from typing import Any, Protocol

__all__ = ["CHUNK_BYTES", "TARGET", "CommPipe", "Pipe", "PipeClosedError", "SocketPipe"]

TARGET = "nbblocks.hub"  #: of comms
WINDOW = 16  #: messages on the way before the other half has taken one
CHUNK_BYTES = 1 << 18
MAX_FRAME_BYTES = 64 << 20

Message = dict[str, Any]


class PipeClosedError(Exception):
    """The other half has gone."""


class Pipe(Protocol):
    """What carries one request or websocket."""

    async def send(self, message: Message, body: bytes = b"") -> None:
        """Hand over a message; waits while the other half is behind. Raises PipeClosedError."""

    async def receive(self) -> tuple[Message, bytes]:
        """Take the next message. Raises PipeClosedError."""

    def close(self) -> None:
        """Nothing more is sent or taken."""


def packed(message: Message, body: bytes) -> bytes:
    """A message as bytes: two lengths, JSON, body."""
    head = json.dumps(message, separators=(",", ":")).encode()
    return struct.pack("<II", len(head), len(body)) + head + body


class SocketPipe:
    """A connection of a unix socket."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def send(self, message: Message, body: bytes = b"") -> None:
        """Write a message."""
        try:
            self._writer.write(packed(message, body))
            await self._writer.drain()
        except (OSError, RuntimeError) as error:
            raise PipeClosedError(str(error)) from None

    async def receive(self) -> tuple[Message, bytes]:
        """Read a message."""
        try:
            size, length = struct.unpack("<II", await self._reader.readexactly(8))
            if size + length > MAX_FRAME_BYTES:
                raise PipeClosedError("a message is too large")
            message = json.loads(await self._reader.readexactly(size))
            return message, await self._reader.readexactly(length)
        except (OSError, asyncio.IncompleteReadError) as error:
            raise PipeClosedError(str(error)) from None

    def close(self) -> None:
        """End the connection."""
        with contextlib.suppress(OSError, RuntimeError):
            self._writer.close()


class CommPipe:
    """A comm; all but `feed` and `end` happens on one event loop, and those are called there.

    Parameters
    ----------
    post : callable
        Sends a message and its buffers through the comm.
    closed : callable
        Closes the comm.
    """

    def __init__(self, post: Callable[[Message, list[bytes]], None], closed: Callable[[], None]) -> None:
        self._post, self._closed = post, closed
        self._taken: asyncio.Queue[tuple[Message, bytes] | None] = asyncio.Queue()
        self._room = asyncio.Semaphore(WINDOW)
        self._is_closed = False

    async def send(self, message: Message, body: bytes = b"") -> None:
        """Post a message, when the other half has room for it."""
        await self._room.acquire()
        if self._is_closed:
            self._room.release()  # whoever waits next learns it, too
            raise PipeClosedError("the comm is closed")
        self._post(message, [body] if body else [])

    async def receive(self) -> tuple[Message, bytes]:
        """Take a message and make room for another."""
        found = None if self._is_closed and self._taken.empty() else await self._taken.get()
        if found is None:
            raise PipeClosedError("the comm is closed")
        if not self._is_closed:
            self._post({"type": "taken"}, [])
        return found

    def feed(self, message: Message, buffers: list[Any]) -> None:
        """A message came."""
        if message.get("type") == "taken":
            self._room.release()
        else:
            self._taken.put_nowait((message, bytes(buffers[0]) if buffers else b""))

    def end(self) -> None:
        """The other half has closed the comm."""
        if not self._is_closed:
            self._is_closed = True
            self._taken.put_nowait(None)
            self._room.release()

    def close(self) -> None:
        """Close the comm."""
        if not self._is_closed:
            self.end()
            self._closed()
