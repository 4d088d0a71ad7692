"""A clock that stands still, and work that ends when it is told to."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from nbblocks.dispatch import Dispatcher, Job, Outcome, Policy, QueueNews


@dataclass
class FakeTimer:
    due_s: float
    fn: Callable[[], None]
    is_cancelled: bool = False

    def cancel(self) -> None:
        self.is_cancelled = True


@dataclass
class FakeClock:
    now_s: float = 0.0
    timers: list[FakeTimer] = field(default_factory=list)

    def time(self) -> float:
        return self.now_s

    def call_later(self, delay_s: float, fn: Callable[[], None]) -> FakeTimer:
        timer = FakeTimer(self.now_s + delay_s, fn)
        self.timers.append(timer)
        return timer

    def advance(self, by_s: float) -> None:
        self.now_s += by_s
        due = [t for t in self.timers if t.due_s <= self.now_s]
        self.timers = [t for t in self.timers if t.due_s > self.now_s]
        for timer in due:
            if not timer.is_cancelled:
                timer.fn()


class Bench:
    """Submits jobs whose end the test decides, and remembers what happened."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self.dispatcher = dispatcher
        self.started: list[str] = []
        self.ended: list[tuple[str, str]] = []
        self.news: list[tuple[str, QueueNews]] = []
        self._gates: dict[str, threading.Event] = {}
        self._errors: dict[str, BaseException] = {}
        self._changed = threading.Condition()

    def submit(self, name: str, group: str = "g", limit: int | None = 1, queue: bool = True) -> Job:
        gate = self._gates[name] = threading.Event()

        def work(job: Job) -> None:
            with self._changed:
                self.started.append(name)
                self._changed.notify_all()
            gate.wait(10)
            if name in self._errors:
                raise self._errors[name]

        def on_end(job: Job, outcome: Outcome) -> None:
            with self._changed:
                self.ended.append((name, outcome.status))
                self._changed.notify_all()

        job = Job(
            name,
            Policy(group, group, limit, queue),
            work,
            on_end,
            on_news=lambda job, item: self.news.append((name, item)),
        )
        self.dispatcher.submit(job)
        return job

    def finish(self, name: str, error: BaseException | None = None) -> None:
        if error is not None:
            self._errors[name] = error
        self._gates[name].set()
        self.until(lambda: any(n == name for n, _ in self.ended))

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something that the jobs, or the dispatcher after them, bring about."""
        deadline = time.monotonic() + 10
        with self._changed:
            while not condition():
                assert time.monotonic() < deadline, (self.started, self.ended)
                self._changed.wait(0.01)

    def close(self) -> None:
        for gate in self._gates.values():
            gate.set()
        self.dispatcher.close()
