"""A clock that a test moves, and a pool whose work a test does when it wants to."""

from __future__ import annotations

import heapq
import itertools


class FakeClock:
    """Time goes on only by `advance`."""

    def __init__(self):
        self.now = 0.0
        self._due = []
        self._order = itertools.count()

    def time(self):
        return self.now

    def call_later(self, delay_s, fn):
        timer = FakeTimer()
        heapq.heappush(self._due, (self.now + delay_s, next(self._order), timer, fn))
        return timer

    def advance(self, seconds):
        until = self.now + seconds
        while self._due and self._due[0][0] <= until:
            self.now, _, timer, fn = heapq.heappop(self._due)
            if not timer.is_cancelled:
                fn()
        self.now = until


class FakeTimer:
    def __init__(self):
        self.is_cancelled = False

    def cancel(self):
        self.is_cancelled = True


class FakePool:
    """Keeps what was submitted; `work` does the oldest, or a given one."""

    def __init__(self):
        self.submitted = []
        self.is_shut = False

    def submit(self, fn, *args):
        if self.is_shut:
            raise RuntimeError("cannot schedule new futures after shutdown")
        self.submitted.append((fn, args))

    def shutdown(self, wait=True):
        self.is_shut = True

    def work(self, at=0):
        fn, args = self.submitted.pop(at)
        fn(*args)
