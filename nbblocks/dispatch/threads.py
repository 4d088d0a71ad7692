"""Whether this Python has threads; where it has none, as in Pyodide, everything runs on the page's own loop.

https://pyodide.org/en/stable/usage/wasm-constraints.html
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

__all__ = ["HAS_THREADS", "LoopExecutor", "runs_on_loop"]

HAS_THREADS = sys.platform != "emscripten"


def runs_on_loop(is_async: bool, is_generator: bool) -> bool:
    """Whether a handler gives way to others on a loop: async ones do, and generators where there are no threads."""
    return is_async or (is_generator and not HAS_THREADS)


class LoopExecutor(Executor):
    """Runs what is submitted on the loop that runs, one after the other.

    Examples
    --------
    >>> async def main():
    ...     return await asyncio.wrap_future(LoopExecutor().submit(pow, 2, 5))
    >>> asyncio.run(main())
    32
    """

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run something as soon as the loop comes to it."""
        future: Future[Any] = Future()

        def run() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(fn(*args, **kwargs))
            except BaseException as error:  # to whoever waits for it
                future.set_exception(error)

        asyncio.get_running_loop().call_soon(run)
        return future
