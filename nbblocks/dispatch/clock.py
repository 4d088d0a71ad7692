"""Time as a parameter, and the loop on which async handlers and timers run."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from typing import Protocol

from . import threads

__all__ = ["Clock", "SystemClock", "Timer", "async_loop"]


class Timer(Protocol):
    """Something that was put off."""

    def cancel(self) -> None:
        """Never do it."""


class Clock(Protocol):
    """What time it is, and what is to happen later."""

    def time(self) -> float:
        """Seconds, from any origin."""

    def call_later(self, delay_s: float, fn: Callable[[], None]) -> Timer:
        """Do something in `delay_s` seconds, on a thread that must not be kept."""


class _LoopThread:
    """An event loop on a daemon thread of this process, started when first asked for; without threads, the page's."""

    def __init__(self, name: str) -> None:
        self._name, self._starting = name, threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None

    def __call__(self) -> asyncio.AbstractEventLoop:
        if not threads.HAS_THREADS:
            return asyncio.get_running_loop()
        with self._starting:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=self._loop.run_forever, name=self._name, daemon=True).start()
            return self._loop


#: The loop of async handlers. Its own: one that blocks holds up other async handlers, and nothing else.
async_loop = _LoopThread("nbblocks-async")
_timer_loop = _LoopThread("nbblocks-timers")


class _SystemTimer:
    def __init__(self) -> None:
        self.is_cancelled = False

    def cancel(self) -> None:
        self.is_cancelled = True


class SystemClock:
    """The machine's clock; timers run on one daemon thread."""

    def time(self) -> float:
        """Seconds since some moment."""
        return time.monotonic()

    def call_later(self, delay_s: float, fn: Callable[[], None]) -> Timer:
        """Do something later."""
        timer = _SystemTimer()
        loop = _timer_loop()

        def due() -> None:
            if not timer.is_cancelled:
                fn()

        loop.call_soon_threadsafe(loop.call_later, delay_s, due)
        return timer
