"""One call: what it runs, under which policy, how it ended."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Literal

__all__ = ["Job", "Outcome", "Policy", "QueueNews"]


@dataclass(frozen=True)
class Policy:
    """How calls of one listener are run.

    Parameters
    ----------
    name : hashable
        Whose past durations tell how long the next one will take.
    concurrency_id : hashable
        Listeners with the same id share one limit.
    limit : int or None
        Most at once; None: no limit.
    queue : bool
        False: past the queue, at once.
    is_async : bool
        Whether `work` is a coroutine function.
    batch_size : int
        Most waiting calls of this listener that run as one.
    is_passing : bool
        Whether the group is forgotten with its last job.
    """

    name: Hashable
    concurrency_id: Hashable
    limit: int | None = 1
    queue: bool = True
    is_async: bool = False
    batch_size: int = 1
    is_passing: bool = False


@dataclass(frozen=True)
class Outcome:
    """How a job ended."""

    status: Literal["done", "failed", "cancelled", "refused"]
    error: BaseException | None = None
    message: str | None = None
    time_s: float | None = None


@dataclass(frozen=True)
class QueueNews:
    """A job's place in the queue: from 1; of how many; in about how many seconds, if that is known."""

    position: int
    size: int
    eta_s: float | None


@dataclass(eq=False)
class Job:
    """One call of a listener.

    Parameters
    ----------
    id : str
        Its name, unique in its session.
    policy : Policy
        How it is run.
    work : callable
        Takes the job and does all of it; a coroutine function when the policy says so. Looks at
        `is_cancelled` between steps.
    on_news, on_start, on_end : callable
        Told of its place in the queue, its start after waiting, and its end; from any thread.
    context : contextvars.Context
        In which `work` runs.
    subject : object
        What `work` has to know of each job when several run as one.
    """

    id: str
    policy: Policy
    work: Callable[[Job], None] | Callable[[Job], Awaitable[None]]
    on_end: Callable[[Job, Outcome], None]
    on_news: Callable[[Job, QueueNews], None] | None = None
    on_start: Callable[[Job], None] | None = None
    context: contextvars.Context = field(default_factory=contextvars.copy_context)
    subject: Any = None
    state: Literal["new", "waiting", "running", "ended"] = "new"
    is_cancelled: bool = False
    has_waited: bool = False
    tells_start: bool = False  #: whether `on_start` is told also of a start at once
    started_at: float = 0.0
    task: asyncio.Task[Any] | None = None
    error: BaseException | None = None  #: of this one of several that run as one; set by `work`
    together: list[Job] = field(default_factory=list, repr=False)  #: itself and those that run as one with it
    telling: threading.Lock = field(default_factory=threading.Lock, repr=False)  #: held while it is told its place
