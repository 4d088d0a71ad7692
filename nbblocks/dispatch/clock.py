"""Time as a parameter, and the loop on which async handlers and timers run."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from typing import Protocol

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


_starting = threading.Lock()
_loop: asyncio.AbstractEventLoop | None = None


def async_loop() -> asyncio.AbstractEventLoop:
    """The loop of async handlers, on one daemon thread of this process, started when first needed.

    Its own: an async handler that blocks holds up other async handlers, and nothing else.
    """
    global _loop
    if _loop is None:
        with _starting:
            if _loop is None:
                loop = asyncio.new_event_loop()
                threading.Thread(target=loop.run_forever, name="nbblocks-async", daemon=True).start()
                _loop = loop
    return _loop


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


_timers: asyncio.AbstractEventLoop | None = None


def _timer_loop() -> asyncio.AbstractEventLoop:
    global _timers
    if _timers is None:
        with _starting:
            if _timers is None:
                loop = asyncio.new_event_loop()
                threading.Thread(target=loop.run_forever, name="nbblocks-timers", daemon=True).start()
                _timers = loop
    return _timers
