"""The dispatcher: one lock, a FIFO and a count per concurrency id, a pool and a loop to run on.

Bookkeeping is a few steps under a lock, on the thread that brings the event or ends the job; no thread of its
own stands between (docs/decisions/0002-a-lock-not-a-loop.md).
"""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from collections.abc import Callable, Hashable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from .clock import Clock, SystemClock, Timer, async_loop
from .job import Job, Outcome, Policy, QueueNews

__all__ = ["Dispatcher"]

NEWS_INTERVAL_S = 0.25  #: news of places in the queue are sent at most this often


@dataclass
class _Group:
    """What shares one limit."""

    limit: int | None
    running: int = 0
    waiting: deque[Job] = field(default_factory=deque)

    def has_room(self) -> bool:
        return self.limit is None or self.running < self.limit


class Dispatcher:
    """Runs jobs under their policies.

    Parameters
    ----------
    max_threads : int
        Most plain handlers at once.
    max_size : int, optional
        Most jobs waiting, over all groups; one more is refused at once.
    news_every_s : float or "auto"
        Seconds between news of places in the queue; "auto": whenever a job ends.
    clock : Clock, optional
        A test gives its own.

    Examples
    --------
    >>> ends = []
    >>> dispatcher = Dispatcher()
    >>> job = Job("1", Policy("f", "f"), work=lambda job: None, on_end=lambda job, how: ends.append(how.status))
    >>> dispatcher.submit(job)
    >>> dispatcher.close(wait=True)
    >>> ends
    ['done']
    """

    def __init__(
        self,
        max_threads: int = 40,
        max_size: int | None = None,
        news_every_s: float | Literal["auto"] = "auto",
        clock: Clock | None = None,
    ) -> None:
        self._lock = threading.Lock()
        self._groups: dict[Hashable, _Group] = {}
        self._waiting = 0
        self._means: dict[Hashable, tuple[int, float]] = {}
        self._max_size = max_size
        self._clock = clock or SystemClock()
        self._news_every_s = NEWS_INTERVAL_S if news_every_s == "auto" else news_every_s
        self._news_timer: Timer | None = None
        self._news_periodic = news_every_s != "auto"
        self._pool = ThreadPoolExecutor(max_threads, thread_name_prefix="nbblocks")
        self._running: set[Job] = set()
        self._closed = False

    @property
    def waiting(self) -> int:
        """How many jobs wait."""
        return self._waiting

    def set_limit(self, concurrency_id: Hashable, limit: int | None) -> None:
        """Lower a group's limit: of several that were given, the lowest counts."""
        with self._lock:
            group = self._groups.setdefault(concurrency_id, _Group(limit))
            if limit is not None and (group.limit is None or limit < group.limit):
                group.limit = limit

    # --- what changes the queue

    def submit(self, job: Job) -> None:
        """Run a job now, or when its group has room; refuse it when the queue is full."""
        if not job.policy.queue:
            with self._lock:
                closed = self._closed
                if not closed:
                    self._take(job, None)
            self._start(job) if not closed else self._refuse(job, "The app is closed.")
            return
        news = None
        with self._lock:
            group = self._group(job.policy)
            if self._closed:
                start, message = False, "The app is closed."
            elif group.has_room() and not group.waiting:
                self._take(job, group)
                start, message = True, ""
            elif self._max_size is not None and self._waiting >= self._max_size:
                start, message = False, f"The queue is full: {self._waiting} of at most {self._max_size} wait."
            else:
                job.state, job.has_waited = "waiting", True
                group.waiting.append(job)
                self._waiting += 1
                start, message = False, ""
                size = len(group.waiting)
                news = QueueNews(size, size, self._eta(job, group, size))
        if start:
            self._start(job)
        elif message:
            self._refuse(job, message)
        elif news is not None:
            if job.on_news:
                job.on_news(job, news)
            if self._news_periodic:
                self._schedule_news()

    def cancel(self, job: Job) -> bool:
        """End a job: one that waits is dropped, an async one is cancelled, a generator stops at its next step.

        Returns
        -------
        bool
            Whether it had not ended before.
        """
        with self._lock:
            if job.state == "ended" or job.is_cancelled:
                return False
            job.is_cancelled = True
            was_waiting = job.state == "waiting"
            if was_waiting:
                job.state = "ended"
                self._waiting -= 1
                group = self._groups[job.policy.concurrency_id]
                group.waiting.remove(job)
            task = job.task
        if was_waiting:
            job.on_end(job, Outcome("cancelled"))
            self._schedule_news()
        elif task is not None:
            async_loop().call_soon_threadsafe(task.cancel)
        return True

    def background(self, fn: Callable[..., Any], *args: Any) -> None:
        """Run something in the pool that is no job of a listener."""
        with contextlib.suppress(RuntimeError):  # closed meanwhile
            self._pool.submit(fn, *args)

    def close(self, wait: bool = False) -> None:
        """Drop what waits, cancel what runs, let the threads go.

        Parameters
        ----------
        wait : bool
            True: let everything that was submitted end first.
        """
        if wait:
            self._pool.shutdown(wait=True)
        with self._lock:
            self._closed = True
            jobs = [j for g in self._groups.values() for j in g.waiting] + list(self._running)
        for job in jobs:
            self.cancel(job)
        self._pool.shutdown(wait=False)
        if self._news_timer is not None:
            self._news_timer.cancel()

    # --- running

    def _group(self, policy: Policy) -> _Group:
        group = self._groups.get(policy.concurrency_id)
        if group is None:
            group = self._groups[policy.concurrency_id] = _Group(policy.limit)
        return group

    def _take(self, job: Job, group: _Group | None) -> None:
        job.state = "running"
        job.started_at = self._clock.time()
        self._running.add(job)
        if group is not None:
            group.running += 1

    def _refuse(self, job: Job, message: str) -> None:
        job.state = "ended"
        job.on_end(job, Outcome("refused", message=message))

    def _start(self, job: Job) -> None:
        if job.has_waited and job.on_start:
            job.on_start(job)
        if job.policy.is_async:
            loop = async_loop()
            loop.call_soon_threadsafe(job.context.run, self._start_task, job)
        else:
            try:
                self._pool.submit(job.context.run, self._run, job)
            except RuntimeError:  # closed between the lock and here
                self._end(job, Outcome("cancelled"))

    def _start_task(self, job: Job) -> None:
        job.task = async_loop().create_task(self._run_async(job))
        if job.is_cancelled:
            job.task.cancel()

    def _run(self, job: Job) -> None:
        try:
            if not job.is_cancelled:
                job.work(job)
        except BaseException as error:  # told to whoever waits for the job, never swallowed
            self._end(job, Outcome("failed", error))
        else:
            self._end(job, Outcome("cancelled" if job.is_cancelled else "done"))

    async def _run_async(self, job: Job) -> None:
        from asyncio import CancelledError

        try:
            await cast("Any", job.work(job))
        except CancelledError:
            self._end(job, Outcome("cancelled"))
        except BaseException as error:  # as above
            self._end(job, Outcome("failed", error))
        else:
            self._end(job, Outcome("cancelled" if job.is_cancelled else "done"))

    def _end(self, job: Job, outcome: Outcome) -> None:
        elapsed_s = self._clock.time() - job.started_at
        job.state = "ended"
        try:
            job.on_end(job, Outcome(outcome.status, outcome.error, outcome.message, elapsed_s))
        finally:
            following: Job | None = None
            with self._lock:
                self._running.discard(job)
                n, mean = self._means.get(job.policy.name, (0, 0.0))
                n = min(n + 1, 50)
                self._means[job.policy.name] = (n, mean + (elapsed_s - mean) / n)
                if job.policy.queue:
                    group = self._groups[job.policy.concurrency_id]
                    group.running -= 1
                    if group.waiting and group.has_room():
                        following = group.waiting.popleft()
                        self._waiting -= 1
                        self._take(following, group)
            if following is not None:
                self._start(following)
                self._schedule_news()

    # --- news of the queue

    def _eta(self, job: Job, group: _Group, position: int) -> float | None:
        known = self._means.get(job.policy.name)
        if known is None:
            return None
        lanes = group.limit or 1
        return round(known[1] * -(-position // lanes), 3)

    def _schedule_news(self) -> None:
        with self._lock:
            if self._news_timer is not None or self._closed or not self._waiting:
                return
            self._news_timer = self._clock.call_later(self._news_every_s, self._tell_news)

    def _tell_news(self) -> None:
        with self._lock:
            self._news_timer = None
            news = list(self._all_news()) if not self._closed else []
        for job, item in news:
            if job.state == "waiting" and job.on_news:
                job.on_news(job, item)
        if self._news_periodic:
            self._schedule_news()

    def _all_news(self) -> Iterable[tuple[Job, QueueNews]]:
        for group in self._groups.values():
            size = len(group.waiting)
            for position, job in enumerate(group.waiting, 1):
                yield job, QueueNews(position, size, self._eta(job, group, position))
