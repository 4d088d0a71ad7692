"""The clock that a test moves, and a pool whose work a test does when it wants to."""

from __future__ import annotations

from nbblocks.testing import FakeClock

__all__ = ["FakeClock", "FakePool"]


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
