"""Messages from any thread to whoever waits on a loop, in order."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import deque
from typing import Any

__all__ = ["Feed"]


class Feed:
    """A queue that threads fill and one reader at a time empties, on whatever loop it runs."""

    def __init__(self) -> None:
        self._items: deque[dict[str, Any]] = deque()
        self._lock = threading.Lock()
        self._waiting: tuple[asyncio.AbstractEventLoop, asyncio.Future[None]] | None = None

    def put(self, item: dict[str, Any]) -> None:
        """Append a message; wakes the reader."""
        with self._lock:
            self._items.append(item)
            waiting, self._waiting = self._waiting, None
        if waiting is not None:
            loop, future = waiting
            with contextlib.suppress(RuntimeError):  # the reader's loop is closed: the next reader finds the message
                loop.call_soon_threadsafe(_wake, future)

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits to be read."""
        return not self._items

    async def take(self, timeout_s: float) -> dict[str, Any] | None:
        """The next message, or None when none came in time."""
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout_s
        while True:
            with self._lock:
                if self._items:
                    return self._items.popleft()
                future: asyncio.Future[None] = loop.create_future()
                self._waiting = (loop, future)
            left = end - loop.time()
            if left <= 0:
                return None
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(future, left)


def _wake(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)
