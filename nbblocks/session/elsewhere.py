"""Handlers that run in an executor of the user's own: other processes, a Dask or ipyparallel cluster, the main thread.

What crosses is the function, its arguments and what it gives, pickled; what the page sees of it goes by a line
(`lines.py`). The inputs are read and the outputs shown here, where the session is.
"""

from __future__ import annotations

import asyncio
import contextvars
import pickle
import traceback
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from ..dispatch import MainThread, main_thread
from ..events import Dependency, EventData
from ..events.listener import check_executor
from ..exceptions import Error, HandlerError
from .bars import track
from .call import Arguments, kind_of
from .current import Current, current
from .lines import Far, Near, line_to, pickled
from .progress import Progress
from .request import Request

__all__ = ["LostWorkerError", "Places", "ThereError", "is_near", "run_there"]

DRAIN_S = 30.0  #: what a handler told before it ended comes within this time


class LostWorkerError(Error):
    """The process that ran a handler is gone."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"The process that ran {where} ended before it answered: it may have been killed, or have run out of "
            "memory. The next call starts another one.",
            title="Worker lost",
            print_exception=False,
        )


class ThereError(Exception):
    """Carries the traceback of an error from where it was raised."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return f"\n{self.text}"


# --- there


@dataclass
class _Task:
    """What travels."""

    fn: Callable[..., Any]
    args: list[Any]
    kwargs: dict[str, Any]
    far: Far | None
    request: Request
    job: str
    listener: int


class _Teller:
    """Stands for the session there: what a handler tells goes by the line."""

    def __init__(self, far: Far | None) -> None:
        self._far = far
        self.count = 0

    def send(self, kind: str, value: Any) -> None:
        if self._far is not None:
            self._far.send(pickled((self.count, kind, value)))
            self.count += 1

    def tell(self, message: dict[str, Any]) -> None:
        """A message for the page."""
        self.send("tell", message)


def run_there(task: bytes) -> bytes:
    """Run a handler; what it returned or raised, and how many messages it sent."""
    found: _Task = pickle.loads(task)
    teller = _Teller(found.far)
    dependency: Any = None  # it has stayed behind: nothing there asks for it
    current.set(Current(teller, dependency, found.listener, found.job, found.request))
    try:
        result = _run(found, teller)
        answer = pickled(("done", teller.count, result))
    except BaseException as error:
        text = "".join(traceback.format_exception(error)).rstrip()
        try:
            answer = pickled(("failed", teller.count, (error, text)))
            pickle.loads(answer)  # some errors cannot be made again
        except Exception:
            answer = pickle.dumps(("failed", teller.count, (RuntimeError(f"{type(error).__name__}: {error}"), text)))
    finally:
        if found.far is not None:
            found.far.close()
    return answer


def _run(task: _Task, teller: _Teller) -> Any:
    is_async, is_generator = kind_of(task.fn)
    for value in [*task.args, *task.kwargs.values()]:
        if isinstance(value, Progress) and value.track_tqdm:
            track(value)
    if is_async:
        return _to_the_end(_run_async(task, teller, is_generator))
    returned = task.fn(*task.args, **task.kwargs)
    if not is_generator:
        return returned
    try:
        for value in returned:
            teller.send("step", value)
            if task.far is not None and task.far.is_cancelled():
                break
    finally:
        returned.close()
    return None


def _to_the_end(work: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine, also in a thread whose own loop runs, as that of an engine does."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(contextvars.copy_context().run, asyncio.run, work).result()


async def _run_async(task: _Task, teller: _Teller, is_generator: bool) -> Any:
    if not is_generator:
        return await task.fn(*task.args, **task.kwargs)
    steps = task.fn(*task.args, **task.kwargs)
    try:
        async for value in steps:
            teller.send("step", value)
            if task.far is not None and task.far.is_cancelled():
                break
    finally:
        await steps.aclose()
    return None


# --- here


def is_near(executor: Any) -> bool:
    """Whether an executor runs things in this process, where nothing has to travel."""
    return executor == "main" or isinstance(executor, (MainThread, ThreadPoolExecutor))


class Places:
    """The executors of one app; one whose processes died is started again."""

    def __init__(self) -> None:
        self._renewed: dict[int, tuple[Executor, Executor]] = {}

    def executor(self, given: Any) -> Executor:
        """The executor to use for the one that was given.

        Raises
        ------
        DeclarationError
            It is none.
        """
        if given == "main":
            return main_thread()
        check_executor("executor", given)
        known = self._renewed.get(id(given))
        return known[1] if known is not None else given

    def renew(self, given: Any, broken: Executor) -> None:
        """Start a pool of processes anew after one of them died."""
        if isinstance(broken, ProcessPoolExecutor) and self.executor(given) is broken:
            made = ProcessPoolExecutor(
                getattr(broken, "_max_workers", None),
                getattr(broken, "_mp_context", None),
                getattr(broken, "_initializer", None),
                getattr(broken, "_initargs", ()),
            )
            self._renewed[id(given)] = (given, made)

    def close(self) -> None:
        """Let the pools go that were started here."""
        for _, made in self._renewed.values():
            made.shutdown(wait=False, cancel_futures=True)

    async def run(
        self,
        dependency: Dependency,
        executor_given: Any,
        arguments: Arguments,
        here: Current,
        step: Callable[[Any], Awaitable[None]],
    ) -> Any:
        """Run a handler elsewhere; what it returns.

        Parameters
        ----------
        executor_given : Executor
            Where.
        step : callable
            Takes each value that a generator yields.
        """
        executor = self.executor(executor_given)
        inbox = _Inbox(here, step)
        near = await asyncio.to_thread(line_to, executor, inbox.receive)
        if near is None and dependency.fn is not None and kind_of(dependency.fn)[1]:
            raise HandlerError(
                f"{dependency.name} is a generator: {type(executor).__name__} has no way to bring its steps back. "
                "Use a ProcessPoolExecutor, Dask or ipyparallel, or return one value"
            )
        try:
            task = await asyncio.to_thread(_packed, dependency, arguments, here, near)
            future = executor.submit(run_there, task)
            answer = await _answer(future, near, inbox)
        except BrokenExecutor:
            self.renew(executor_given, executor)
            raise LostWorkerError(dependency.name) from None
        finally:
            if near is not None:
                near.close()
        outcome, _, value = answer
        if outcome == "failed":
            error, text = value
            raise error from ThereError(text)
        return value


def _packed(dependency: Dependency, arguments: Arguments, here: Current, near: Near | None) -> bytes:
    fn = dependency.fn
    assert fn is not None
    request = replace(here.request, request=None)  # the host's own stays with the host
    task = _Task(
        fn,
        [_light(value) for value in arguments.args],
        {name: _light(value) for name, value in arguments.kwargs.items()},
        near.far if near is not None else None,
        request,
        here.job,
        here.listener,
    )
    try:
        return pickled(task)
    except Exception as error:
        raise HandlerError(
            f"{dependency.name} cannot be sent to another process: {error}. Functions of a notebook's cells, lambdas "
            "and closures need the package cloudpickle (pip install nbblocks[executors])"
        ) from error


def _light(value: Any) -> Any:
    """An argument without what belongs to this process."""
    if isinstance(value, Request):
        return replace(value, request=None)
    if isinstance(value, EventData):
        copy = type(value).__new__(type(value))
        copy.__dict__.update(value.__dict__)
        copy.target = None
        return copy
    return value


class _Inbox:
    """What a handler tells while it runs, dealt with in order."""

    def __init__(self, here: Current, step: Callable[[Any], Awaitable[None]]) -> None:
        self._here, self._step = here, step
        self._loop = asyncio.get_running_loop()
        self._messages: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._handled, self._total = 0, -1

    def receive(self, message: bytes) -> None:
        """A message came; on any thread."""
        self._loop.call_soon_threadsafe(self._messages.put_nowait, message)

    def expect(self, total: int) -> None:
        """The handler has ended, and sent so many."""
        self._total = total
        self._messages.put_nowait(None)

    async def read(self) -> None:
        """Deal with messages until all have come."""
        while self._handled != self._total:
            message = await self._messages.get()
            if message is None:
                continue
            _, kind, value = pickle.loads(message)
            self._handled += 1
            if kind == "step":
                await self._step(value)
            else:
                self._here.session.tell(value)


async def _answer(future: Future[bytes], near: Near | None, inbox: _Inbox) -> tuple[str, int, Any]:
    """What a handler answered, after all that it told has been dealt with; a cancelled one has stopped."""
    reader: asyncio.Future[Any] = asyncio.ensure_future(inbox.read())
    answer: asyncio.Future[Any] = asyncio.ensure_future(asyncio.wrap_future(future))
    try:
        await asyncio.wait({reader, answer}, return_when=asyncio.FIRST_COMPLETED)
        if reader.done():  # something that it told could not be shown
            await reader
        found: tuple[str, int, Any] = pickle.loads(await answer)
        inbox.expect(found[1])
        await asyncio.wait_for(reader, DRAIN_S)
        return found
    except BaseException:
        if near is not None:
            near.cancel(future)
        if not future.cancel():  # it runs: its place is free when it has stopped
            await asyncio.gather(asyncio.wrap_future(future), return_exceptions=True)
        raise
    finally:
        reader.cancel()
        answer.cancel()
