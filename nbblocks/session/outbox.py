"""What waits to go to the page: latest value wins, one batch per flush, in `seq` order.

Handlers put in as fast as they like; one thread per process takes out as fast as the page can draw.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from ..dispatch import threads
from ..wire.delta import differences

__all__ = ["Flusher", "Outbox", "flusher"]

log = logging.getLogger("nbblocks")

RING_SIZE = 256  #: messages kept for a page that comes back
CREDIT = 4  #: flushes that may go at once after a pause, so that a click or two never wait
WINDOW = 2  #: flushes on the way before the page has said that it painted
ACK_TIMEOUT_S = 1.0  #: a page that says nothing for so long is not waited for

Message = dict[str, Any]
Batch = list[tuple[Message, "list[Any]"]]
Send = Callable[[Batch], None]  #: takes all that goes at once; each message with its buffers


class Outbox:
    """What waits to go to one session's pages.

    Parameters
    ----------
    interval_s : float
        Time between two flushes of a stream; after a pause, a few may go at once.
    """

    def __init__(self, interval_s: float) -> None:
        self.lock = threading.RLock()
        self.interval_s = interval_s
        self.send: Send | None = None
        self.seq = 0
        self._state: dict[str, dict[str, Any]] = {}
        self._bases: dict[str, Any] = {}  #: of values that wait: what the page has of them
        self._messages: Batch = []
        self._sealed: Batch = []  #: goes before all else that waits
        self._ring: deque[tuple[Message, list[Any]]] = deque(maxlen=RING_SIZE)
        self._unacked: deque[tuple[int, float]] = deque()
        self._scheduled = False
        self._holds = 0
        self._credit = float(CREDIT)
        self._credited_at = 0.0

    # --- putting in

    def put_state(self, block: int, props: dict[str, Any], rev: int | None = None, base: Any = None) -> None:
        """New properties of a block; the latest of each wins. Of a `value` that grew from `base`, the growth goes."""
        with self.lock:
            key = str(block)
            waiting = self._state.setdefault(key, {})
            if "value" in props:
                if base is None or waiting.get("rev", rev) != rev:  # a page may ignore what it was to grow from
                    self._bases.pop(key, None)
                elif "value" not in waiting:
                    self._bases[key] = base
            waiting.update(props)
            if rev is not None and "value" in props:
                waiting["rev"] = rev
            self._schedule()

    def put(self, message: Message, buffers: list[Any] | None = None) -> None:
        """A message that keeps its place after the state put in before it."""
        with self.lock:
            if message["kind"] == "job" and message.get("status") == "progress":
                self._messages = [m for m in self._messages if not _is_progress_of(m[0], message["job"])]
            self._messages.append((message, buffers or []))
            self._schedule()

    def put_reset(self, message: Message) -> None:
        """The whole state: takes the place of the state that waits, and goes before any put in later."""
        with self.lock:
            self._state, self._bases = {}, {}
            self._sealed += [*self._messages, (message, [])]
            self._messages = []
            self._schedule()

    def put_sealed(self, message: Message) -> None:
        """A message that goes after everything put in before it, and before any state put in later."""
        with self.lock:
            self._sealed += [*self._take_waiting(), (message, [])]
            self._schedule()

    # --- taking out

    def hold(self) -> None:
        """More is about to be put in, at once: nothing goes until as many calls of `release`."""
        with self.lock:
            self._holds += 1

    def release(self) -> None:
        """All was put in: it goes now, on this thread when it may."""
        with self.lock:
            self._holds -= 1
            if self._holds or self._scheduled or not (self._state or self._messages or self._sealed):
                return
            self._scheduled = True
            when = self._next_flush()
        if when <= time.monotonic():
            flusher().now(self.flush)
        else:
            flusher().at(when, self.flush)

    def _schedule(self) -> None:
        if not self._scheduled and not self._holds:
            self._scheduled = True
            flusher().at(self._next_flush(), self.flush)

    def _next_flush(self) -> float:
        """Now while there is credit, else when the next is earned."""
        now = time.monotonic()
        self._credit = min(float(CREDIT), self._credit + (now - self._credited_at) / self.interval_s)
        self._credited_at = now
        return now if self._credit >= 1 else now + (1 - self._credit) * self.interval_s

    def flush(self) -> None:
        """Send what waits, unless the page is behind; only ever called in the flusher's turn."""
        with self.lock:
            self._scheduled = False
            now = time.monotonic()
            while self._unacked and now - self._unacked[0][1] > ACK_TIMEOUT_S:
                self._unacked.popleft()
            if len(self._unacked) >= WINDOW:
                self._scheduled = True
                flusher().at(self._unacked[0][1] + ACK_TIMEOUT_S, self.flush)
                return
            batch = self._take(now)
        self.tell(batch)

    def tell(self, batch: Batch) -> None:
        """Give messages to the host.

        Only ever called in the flusher's turn, and outside the lock: a host may ask the session while it sends.
        """
        send = self.send
        if send is None or not batch:
            return
        try:
            send(batch)
        except Exception:  # a page that cannot be reached must not end the thread that serves the others
            log.exception("messages to the page could not be sent")

    def _take(self, now: float) -> Batch:
        batch = [*self._sealed, *self._take_waiting()]
        self._sealed = []
        if not batch:
            return batch
        is_stream = self._credit < 1
        self._credit = max(0.0, self._credit - 1)
        for message, _ in batch:
            self.seq += 1
            message["seq"] = self.seq
        if is_stream:  # a stream: the page tells how fast it paints
            batch[-1][0]["ack"] = True
            self._unacked.append((self.seq, now))
        self._ring.extend(batch)
        return batch

    def _take_waiting(self) -> Batch:
        """What waits, but for what is sealed: state, growth, then the rest."""
        growths: list[Message] = []
        for key, base in self._bases.items():
            props = self._state[key]
            ops = differences(base, props["value"])
            if ops:
                growth = {"kind": "delta", "block": int(key), "prop": "value", "ops": ops, "rev": props.pop("rev", 0)}
                growths.append(growth)
                del props["value"]
        self._bases = {}
        state = {key: props for key, props in self._state.items() if props}
        self._state = {}
        waiting: Batch = [({"kind": "state", "models": state}, [])] if state else []
        waiting += [(growth, []) for growth in growths]
        waiting += self._messages
        self._messages = []
        return waiting

    def acknowledge(self, seq: int) -> None:
        """The page has painted everything up to `seq`."""
        with self.lock:
            while self._unacked and self._unacked[0][0] <= seq:
                self._unacked.popleft()
            if self._scheduled and len(self._unacked) < WINDOW:
                flusher().at(self._next_flush(), self.flush)

    def resume(self, seq: int) -> Batch | None:
        """Everything after `seq`, or None when that is no longer held."""
        with self.lock:
            self._unacked.clear()
            if seq == self.seq:
                return []
            held = [m for m in self._ring if m[0]["seq"] > seq]
            return held if len(held) == self.seq - seq else None


def _is_progress_of(message: Message, job: str) -> bool:
    return message["kind"] == "job" and message.get("status") == "progress" and bool(message["job"] == job)


class Flusher:
    """Does things at their time, in order, one after the other: on its own thread, or in whose turn it is.

    Where there are no threads, the page's loop does them.
    """

    def __init__(self) -> None:
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._order = itertools.count()
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None
        self._is_busy = False  #: something is being done
        self._is_kept = False  #: the thread waits for the end of that

    def at(self, when: float, fn: Callable[[], None]) -> None:
        """Do something at a time of the monotonic clock; at once when that has passed."""
        if not threads.HAS_THREADS:
            delay_s = when - time.monotonic()
            loop = asyncio.get_running_loop()
            loop.call_later(delay_s, self._do, fn) if delay_s > 0 else loop.call_soon(self._do, fn)
            return
        with self._wake:
            heapq.heappush(self._due, (when, next(self._order), fn))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="nbblocks-flush", daemon=True)
                self._thread.start()
            elif self._due[0][0] == when:  # it is the next: the thread may sleep for a later one
                self._wake.notify()

    def soon(self, fn: Callable[[], None]) -> None:
        """Do something as soon as possible, after what was asked before."""
        self.at(0.0, fn)

    def now(self, fn: Callable[[], None]) -> None:
        """Do something short on this thread when nothing goes before it, which saves a change of threads; else soon."""
        with self._wake:
            is_free = not self._is_busy and not (self._due and self._due[0][0] <= time.monotonic())
            if is_free:
                self._is_busy = True
        if is_free:
            self._do(fn)
        else:
            self.soon(fn)

    def _do(self, fn: Callable[[], None]) -> None:
        try:
            fn()
        except Exception:  # the thread serves every session
            log.exception("an error in what sends to the pages")
        finally:
            with self._wake:
                self._is_busy = False
                if self._is_kept:
                    self._wake.notify()

    def _run(self) -> None:
        while True:
            with self._wake:
                while self._is_busy or not self._due:
                    self._is_kept = self._is_busy
                    self._wake.wait()
                self._is_kept = False
                wait_s = self._due[0][0] - time.monotonic()
                if wait_s > 0:
                    self._wake.wait(wait_s)
                    continue
                fn = heapq.heappop(self._due)[2]
                self._is_busy = True
            self._do(fn)
            del fn


_flusher = Flusher()


def flusher() -> Flusher:
    """The process's one flusher."""
    return _flusher
