"""`Blocks(delete_cache=…)`: what an app keeps of files is removed when it is old, and at the app's end."""

from __future__ import annotations

import atexit
import contextlib
import threading
from collections.abc import Callable
from pathlib import Path

from ..dispatch import Clock
from ..wire.files import cache_dir

__all__ = ["KeptFiles"]


class KeptFiles:
    """The files of one app in the cache, with when each was last told of.

    Parameters
    ----------
    frequency_s : float
        Seconds between two looks.
    age_s : float
        A file that was told of longer ago is removed.
    clock : Clock
        Tells the time.
    background : callable
        Runs a look on a thread that may wait for the disk.
    """

    def __init__(
        self, frequency_s: float, age_s: float, clock: Clock, background: Callable[[Callable[[], None]], None]
    ) -> None:
        self._frequency_s, self._age_s, self._clock, self._background = frequency_s, age_s, clock, background
        self._told: dict[Path, float] = {}
        self._lock = threading.Lock()
        self._timer = clock.call_later(frequency_s, self._due)
        atexit.register(self.close)

    def note(self, path: str | Path, for_ever: bool = False) -> None:
        """A page or a client is told of a file; `for_ever`: it is declared, and stays as long as the app does."""
        path = Path(path)
        if path.parent.parent == cache_dir():  # one elsewhere is its author's own
            with self._lock:
                self._told[path] = float("inf") if for_ever else self._clock.time()

    def _due(self) -> None:
        self._background(self.sweep)
        self._timer = self._clock.call_later(self._frequency_s, self._due)

    def sweep(self) -> None:
        """Remove what is old."""
        before = self._clock.time() - self._age_s
        with self._lock:
            self._remove([path for path, told_at in self._told.items() if told_at < before])

    def close(self) -> None:
        """Remove everything."""
        atexit.unregister(self.close)
        self._timer.cancel()
        with self._lock:
            self._remove(list(self._told))

    def _remove(self, paths: list[Path]) -> None:
        for path in paths:
            del self._told[path]
            path.unlink(missing_ok=True)
            with contextlib.suppress(OSError):  # another name of the same content lies there
                path.parent.rmdir()
