"""`executor="main"`: handlers that must run on the process's main thread, one at a time."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

__all__ = ["MainThread", "main_thread"]

_Item = tuple["Future[Any]", Callable[[], Any]]


class MainThread(Executor):
    """Runs what is submitted on the main thread: between the cells of a notebook, or where a script waits.

    Examples
    --------
    >>> main = MainThread()
    >>> future = main.submit(lambda: 1)
    >>> main.run_waiting()
    >>> future.result()
    1
    """

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[_Item | None] = queue.SimpleQueue()
        self.loop: asyncio.AbstractEventLoop | None = None

    def attach(self) -> None:
        """Take the loop that runs on this thread, as in a notebook's kernel: it runs things between cells."""
        if threading.current_thread() is not threading.main_thread():
            return
        try:
            self.loop = asyncio.get_running_loop()
        except RuntimeError:  # a script: it waits in `serve`
            self.loop = None

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run something there, after what was submitted before."""
        future: Future[Any] = Future()
        self._waiting.put((future, lambda: fn(*args, **kwargs)))
        loop = self.loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self.run_waiting)
        return future

    def run_waiting(self) -> None:
        """Do what waits; on the main thread."""
        while True:
            try:
                item = self._waiting.get_nowait()
            except queue.Empty:
                return
            if item is not None:
                self._do(*item)

    @staticmethod
    def _do(future: Future[Any], work: Callable[[], Any]) -> None:
        if not future.set_running_or_notify_cancel():
            return
        try:
            future.set_result(work())
        except BaseException as error:  # to whoever waits for it
            future.set_exception(error)

    def serve(self, is_over: Callable[[], bool]) -> None:
        """Keep this thread, and do what is submitted, until `wake` is called and it is over."""
        while not is_over():
            item = self._waiting.get()
            if item is not None:
                self._do(*item)

    def wake(self) -> None:
        """Let `serve` look whether it is over."""
        self._waiting.put(None)


_main = MainThread()


def main_thread() -> MainThread:
    """The process's one."""
    return _main
