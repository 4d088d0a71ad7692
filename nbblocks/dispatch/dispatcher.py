"""The dispatcher: one lock, a FIFO and a count per concurrency id, a pool and a loop to run on.

Bookkeeping is a few steps under a lock, on the thread that brings the event or ends the job; no thread of its
own stands between (docs/decisions/0002-a-lock-not-a-loop.md).
"""

from __future__ import annotations

import logging
import threading
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from . import threads
from .clock import Clock, SystemClock, Timer, async_loop
from .job import Job, Outcome, Policy, QueueNews
from .threads import LoopExecutor

__all__ = ["Dispatcher"]

log = logging.getLogger("nbblocks")

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
    pool : Executor, optional
        Runs plain handlers; a test gives its own.

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
        pool: Executor | None = None,
    ) -> None:
        self._lock = threading.Lock()
        self._idle = threading.Condition(self._lock)
        self._groups: dict[Hashable, _Group] = {}
        self._waiting = 0
        self._means: dict[Hashable, tuple[int, float]] = {}
        self._max_size = max_size
        self._clock = clock or SystemClock()
        self._news_every_s = NEWS_INTERVAL_S if news_every_s == "auto" else news_every_s
        self._news_timer: Timer | None = None
        self._news_periodic = news_every_s != "auto"
        self._pool = pool or (
            ThreadPoolExecutor(max_threads, thread_name_prefix="nbblocks") if threads.HAS_THREADS else LoopExecutor()
        )
        self._running: set[Job] = set()
        self._in_background = 0
        self.counts = True  #: whether the two below are kept
        #: How many jobs of each name ended how, and the seconds they took.
        self.ended: Counter[tuple[Hashable, str]] = Counter()
        self.spent_s: defaultdict[Hashable, float] = defaultdict(float)
        self._closed = False

    @property
    def waiting(self) -> int:
        """How many jobs wait."""
        return self._waiting

    @property
    def running(self) -> int:
        """How many jobs run."""
        return len(self._running)

    def jobs(self) -> list[Job]:
        """The jobs that wait or run."""
        with self._lock:
            return [j for g in self._groups.values() for j in g.waiting] + list(self._running)

    def wait_idle(self, timeout_s: float | None = None) -> bool:
        """Wait until no job waits or runs, and nothing in the background; whether that came to be."""
        with self._idle:
            return self._idle.wait_for(self._is_idle, timeout_s)

    def _is_idle(self) -> bool:
        return not self._waiting and not self._running and not self._in_background

    def set_limit(self, concurrency_id: Hashable, limit: int | None) -> None:
        """Lower a group's limit: of several that were given, the lowest counts."""
        with self._lock:
            group = self._groups.setdefault(concurrency_id, _Group(limit))
            if limit is not None and (group.limit is None or limit < group.limit):
                group.limit = limit

    # --- what changes the queue

    def submit(self, job: Job) -> None:
        """Run a job now, or when its group has room; refuse it when the queue is full."""
        refusal: Outcome | None = None
        news: QueueNews | None = None
        with self._lock:
            group = self._group(job.policy) if job.policy.queue else None
            if self._closed:
                refusal = Outcome("refused", message="The app is closed.")
            elif job.is_cancelled:  # between its making and now
                refusal = Outcome("cancelled")
            elif group is None or (group.has_room() and not group.waiting):
                self._take([job], group)
            elif self._max_size is not None and self._waiting >= self._max_size:
                refusal = Outcome(
                    "refused", message=f"The queue is full: {self._waiting} of at most {self._max_size} wait."
                )
            else:
                job.state, job.has_waited = "waiting", True
                group.waiting.append(job)
                self._waiting += 1
                size = len(group.waiting)
                news = QueueNews(size, size, self._eta(job, group, size))
            if refusal is not None:
                job.state = "ended"
        if refusal is not None:
            self._told_end(job, refusal)
        elif news is not None:
            self._tell(job, news)
            if self._news_periodic:
                self._schedule_news()
        else:
            self._start(job)

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
                self._groups[job.policy.concurrency_id].waiting.remove(job)
                self._idle.notify_all()
            one = job.together[0] if job.together and all(j.is_cancelled for j in job.together) else None
            task = one.task if one is not None else None
        if was_waiting:
            self._told_end(job, Outcome("cancelled"))
            self._schedule_news()
        elif task is not None:
            async_loop().call_soon_threadsafe(task.cancel)
        return True

    def background(self, fn: Callable[..., Any], *args: Any) -> None:
        """Run something in the pool that is no job of a listener."""
        with self._lock:
            self._in_background += 1
        try:
            self._pool.submit(fn, *args).add_done_callback(self._background_ended)
        except RuntimeError:  # closed meanwhile
            self._background_ended()

    def _background_ended(self, future: Any = None) -> None:
        with self._lock:
            self._in_background -= 1
            self._idle.notify_all()

    def close(self, wait: bool = False) -> None:
        """Drop what waits, cancel what runs, let the threads go.

        Parameters
        ----------
        wait : bool
            True: let everything that was submitted end first.
        """
        with self._lock:
            if wait:
                self._idle.wait_for(lambda: not self._waiting and not self._running)
            self._closed = True
            jobs = [j for g in self._groups.values() for j in g.waiting] + list(self._running)
            if self._news_timer is not None:
                self._news_timer.cancel()
        for job in jobs:
            self.cancel(job)
        self._pool.shutdown(wait=wait)

    # --- running

    def _group(self, policy: Policy) -> _Group:
        group = self._groups.get(policy.concurrency_id)
        if group is None:
            group = self._groups[policy.concurrency_id] = _Group(policy.limit)
        return group

    def _take(self, jobs: list[Job], group: _Group | None) -> None:
        """Count jobs that run as one; only ever called with the lock."""
        now = self._clock.time()
        for job in jobs:
            job.state, job.started_at, job.together = "running", now, jobs
        self._running.update(jobs)
        if group is not None:
            group.running += 1

    def _next(self, group: _Group) -> Job:
        """Take the first that waits, and with it those that run as one with it."""
        first = group.waiting.popleft()
        jobs = [first]
        if first.policy.batch_size > 1:
            mates = [j for j in group.waiting if j.policy.name == first.policy.name]
            jobs += mates[: first.policy.batch_size - 1]
            for mate in jobs[1:]:
                group.waiting.remove(mate)
        self._waiting -= len(jobs)
        self._take(jobs, group)
        return first

    def _start(self, job: Job) -> None:
        for each in job.together:
            if each.on_start and (each.has_waited or each.tells_start):
                with each.telling:
                    each.on_start(each)
        if job.policy.is_async:
            loop = async_loop()
            loop.call_soon_threadsafe(job.context.run, self._start_task, job)
        else:
            try:
                self._pool.submit(job.context.run, self._run, job)
            except RuntimeError:  # closed between the lock and here
                self._end(job, Outcome("cancelled"))

    def _start_task(self, job: Job) -> None:
        if all(j.is_cancelled for j in job.together):  # a task cancelled before its first step would never end
            self._end(job, Outcome("cancelled"))
            return
        job.task = async_loop().create_task(self._run_async(job))
        if all(j.is_cancelled for j in job.together):
            async_loop().call_soon(job.task.cancel)

    def _run(self, job: Job) -> None:
        try:
            if not all(j.is_cancelled for j in job.together):
                job.work(job)
        except BaseException as error:  # told to whoever waits for the job, never swallowed
            self._end(job, Outcome("failed", error))
        else:
            self._end(job, Outcome("done"))

    async def _run_async(self, job: Job) -> None:
        from asyncio import CancelledError

        try:
            await cast("Any", job.work(job))
        except CancelledError:
            self._end(job, Outcome("cancelled"))
        except BaseException as error:  # as above
            self._end(job, Outcome("failed", error))
        else:
            self._end(job, Outcome("done"))

    def _end(self, first: Job, outcome: Outcome) -> None:
        """Jobs that ran as one have ended: make room, tell them, start what waited."""
        jobs, policy = first.together, first.policy
        elapsed_s = self._clock.time() - first.started_at
        with self._lock:
            for job in jobs:
                job.state = "ended"
            n, mean = self._means.get(policy.name, (0, 0.0))
            n = min(n + 1, 50)
            self._means[policy.name] = (n, mean + (elapsed_s - mean) / n)
            group = self._groups.get(policy.concurrency_id) if policy.queue else None
            if group is not None:
                group.running -= 1
        told = [(job, self._outcome_of(job, outcome, elapsed_s)) for job in jobs]
        with self._lock:
            if self.counts:
                for _, how in told:
                    self.ended[policy.name, how.status] += 1
                self.spent_s[policy.name] += elapsed_s
        for job, how in told:
            self._told_end(job, how)
        following: list[Job] = []
        with self._lock:
            self._running.difference_update(jobs)
            if policy.is_passing and group is not None and not group.running and not group.waiting:
                self._groups.pop(policy.concurrency_id, None)
            while group is not None and group.waiting and group.has_room() and not self._closed:
                following.append(self._next(group))
            self._idle.notify_all()
        for job in following:
            self._start(job)
        if following:
            self._schedule_news()

    @staticmethod
    def _outcome_of(job: Job, outcome: Outcome, elapsed_s: float) -> Outcome:
        if job.error is not None:
            return Outcome("failed", job.error, None, elapsed_s)
        if job.is_cancelled and outcome.status == "done":
            return Outcome("cancelled", None, None, elapsed_s)
        return Outcome(outcome.status, outcome.error, outcome.message, elapsed_s)

    @staticmethod
    def _told_end(job: Job, outcome: Outcome) -> None:
        with job.telling:  # news of its place that are on their way come before
            pass
        try:
            job.on_end(job, outcome)
        except Exception:  # the others that wait must still run
            log.exception("job %s: an error while its end was told", job.id)

    # --- news of the queue

    def _eta(self, job: Job, group: _Group, position: int) -> float | None:
        known = self._means.get(job.policy.name)
        if known is None:
            return None
        lanes = (group.limit or 1) * job.policy.batch_size
        return round(known[1] * -(-position // lanes), 3)

    @staticmethod
    def _tell(job: Job, news: QueueNews) -> None:
        with job.telling:  # its start is told after this, never before
            if job.state == "waiting" and job.on_news:
                job.on_news(job, news)

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
            self._tell(job, item)
        if self._news_periodic:
            self._schedule_news()

    def _all_news(self) -> Iterable[tuple[Job, QueueNews]]:
        for group in self._groups.values():
            size = len(group.waiting)
            for position, job in enumerate(group.waiting, 1):
                yield job, QueueNews(position, size, self._eta(job, group, position))
