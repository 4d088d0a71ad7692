"""What an event costs in Python alone: no page, no socket."""

from __future__ import annotations

import gc
import itertools
import statistics
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbblocks as gr
from nbblocks.blocks import LaunchOptions
from nbblocks.dispatch import Dispatcher, Job, Outcome, Policy
from nbblocks.session import LiveApp, Session

EVENTS = 10_000
SESSIONS = 1_000
IDLE_SESSIONS = 5_000
_numbers = itertools.count()


@dataclass(frozen=True)
class Events:
    submit_us: float  #: the floor: a function through a pool of threads, and back
    dispatch_us: float
    event_us: float  #: the same through a session: from a page's message to the answer
    few_waiting_us: float
    many_waiting_us: float
    events_kb: float
    sessions_kb: float
    idle_session_kb: float


def measured() -> Events:
    """All of them."""
    pool = ThreadPoolExecutor(40)
    submit_us = _median_us(lambda: pool.submit(int).result())
    pool.shutdown()
    live, page = _page()
    event_us = _median_us(page)
    events_kb = _growth_kb(lambda: [page() for _ in range(EVENTS)])
    sessions_kb = _growth_kb(lambda: _visit(live, SESSIONS))
    before_kb = _memory_kb()
    idle: list[Session] = [live.open(interval_s=0.001) for _ in range(IDLE_SESSIONS)]
    idle_session_kb = (_memory_kb() - before_kb) / len(idle)
    live.close()
    return Events(
        submit_us,
        _median_us(_dispatched(Dispatcher())),
        event_us,
        _waiting_us(50),
        _waiting_us(5_000),
        events_kb,
        sessions_kb,
        idle_session_kb,
    )


def _median_us(call: Callable[[], Any], runs: int = 3000, warm: int = 300) -> float:
    for _ in range(warm):
        call()
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        call()
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1e6


def _dispatched(dispatcher: Dispatcher) -> Callable[[], None]:
    def once() -> None:
        ended = threading.Event()

        def end(job: Job, outcome: Outcome) -> None:
            ended.set()

        dispatcher.submit(Job(str(next(_numbers)), Policy("f", "f"), work=lambda job: None, on_end=end))
        ended.wait()

    return once


def _page(session: Session | None = None, live: LiveApp | None = None) -> tuple[LiveApp, Callable[[], None]]:
    """An app of one button, and what presses it and waits for the answer."""
    if live is None:
        with gr.Blocks() as demo:
            gr.Button("Go").click(lambda: None)
        live = LiveApp(demo, LaunchOptions())
    session = session or live.open(interval_s=1e-9)
    (listener,) = live.blocks.listeners.values()
    button = listener.targets[0].block
    assert button is not None
    answered = threading.Event()

    def take(batch: list[tuple[dict[str, Any], list[Any]]]) -> None:
        if any(message["kind"] == "job" for message, _ in batch):
            answered.set()

    session.outbox.send = take
    session.receive({"kind": "hello", "page": "p", "seq": 0})
    event = {"kind": "event", "listener": 0, "target": button._id, "event": "click", "payload": None, "changes": {}}

    def press() -> None:
        answered.clear()
        session.receive({**event, "job": str(next(_numbers))})
        answered.wait()

    return live, press


def _visit(live: LiveApp, sessions: int, events: int = 10) -> None:
    for _ in range(sessions):
        session = live.open(interval_s=1e-9)
        _, press = _page(session, live)
        for _ in range(events):
            press()
        session.leave("p")
        session.close()


def _waiting_us(count: int) -> float:
    """Microseconds a job takes from its submission to its end, when so many wait for the same place."""
    dispatcher, gate, over = Dispatcher(), threading.Event(), threading.Event()
    policy = Policy("f", "f", 1)
    left = itertools.count(count - 1, -1)

    def end(job: Job, outcome: Outcome) -> None:
        if next(left) == 0:
            over.set()

    dispatcher.submit(Job("first", policy, work=lambda job: gate.wait(), on_end=lambda job, outcome: None))  # type: ignore[arg-type]
    started = time.perf_counter()
    for n in range(count):
        dispatcher.submit(Job(str(n), policy, work=lambda job: None, on_end=end))
    gate.set()
    over.wait()
    took_s = time.perf_counter() - started
    dispatcher.close()
    return took_s / count * 1e6


def _growth_kb(work: Callable[[], Any]) -> float:
    work()
    before_kb = _memory_kb()
    work()
    return _memory_kb() - before_kb


def _memory_kb() -> float:
    gc.collect()
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return float(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])
