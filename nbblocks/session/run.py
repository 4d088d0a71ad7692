"""A handler's whole way: inputs, call, outputs; plain, async, generator, async generator."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import functools
from collections.abc import Awaitable, Callable, Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..blocks import Rendering
from ..components import Component, State
from ..dispatch import Job, MainThread, threads
from ..events import Dependency, EventData
from ..exceptions import BlocksError, Error, HandlerError, WireError
from ..frames import StaleEditError
from ..tree import Block
from ..wire.files import FileData
from ..wire.partial import whole
from .bars import track
from .call import (
    Arguments,
    Special,
    arguments_for,
    is_update,
    kind_of,
    outputs_of,
    special_parameters,
    update_of,
    with_props,
)
from .current import Current
from .elsewhere import is_near
from .memo import Cached
from .progress import Progress
from .special import made
from .updates import posted, short, updated_props

if TYPE_CHECKING:
    from .session import Session

__all__ = ["Call", "InvalidInputError", "checks_for", "has_checks", "work_for"]


@dataclass
class Call:
    """One call of a listener in one session.

    Parameters
    ----------
    inputs : list, optional
        Values that the listener's `js` gave in place of the components' own.

    Attributes
    ----------
    revs : dict
        For each output, the edit of it that the call answers.
    """

    session: Session
    dependency: Dependency
    target: Block | None
    payload: Any
    inputs: list[Any] | None
    here: Current | None = None
    is_answered: bool = False  #: what the function would return had been kept
    is_over: bool = False  #: its time is up
    holds: bool = False  #: what it gave waits for the news of its end

    # --- before

    def __post_init__(self) -> None:
        """Keep what the page shows at the moment of the event: the call may wait long, and the user type on."""
        session, dependency = self.session, self.dependency
        self._blocks = dependency.inputs
        with session.lock:
            self.revs = {b._id: session.revs.get(b._id, 0) for b in dependency.outputs}
            self._payloads = [None if isinstance(b, State) else self._shown(b) for b in self._blocks]
        self._chunks: dict[int, list[FileData]] = {}  #: of each output that plays what a generator yields
        for at, payload in enumerate((self.inputs or ())[: len(self._blocks)]):
            self._payloads[at] = self._given(self._blocks[at], payload, self._payloads[at])

    def _given(self, block: Block, payload: Any, held: Any) -> Any:
        """What the listener's own JavaScript gave for an input; of a large value it names the one that is held."""
        component = self.session.component(block)
        if not isinstance(component, Component) or isinstance(block, State):
            return payload
        try:
            return component.taken(payload, held)
        except StaleEditError:
            return held

    def _shown(self, block: Block) -> Any:
        """What a page holds of a block: a field of text is empty, never nothing."""
        value = self.session.prop(block, "value")
        if value is None and isinstance(block, Component) and isinstance(block.blank, str):
            return block.blank
        return value

    def values(self) -> list[Any]:
        """What each input gives the handler."""
        given = [self._value(block, payload) for block, payload in zip(self._blocks, self._payloads, strict=True)]
        places = self.dependency.component_prop_inputs
        if not places:
            return given
        return with_props([self.session.component(b) for b in self._blocks], given, places)

    def arguments(self, fn: Callable[..., Any], values: list[Any], *, as_dict: bool) -> Arguments:
        """What the handler, or its validator, is called with."""
        count = len(self.dependency.positional)
        named = dict(zip(self.dependency.inputs_kwargs, values[count:], strict=True))
        positional = values[:count]
        if as_dict:
            positional = [dict(zip(self.dependency.positional, positional, strict=True))]
        return arguments_for(special_parameters(fn), positional, named, self._special)

    def _value(self, block: Block, payload: Any) -> Any:
        session = self.session
        if isinstance(block, State):
            return session.state_of(block)
        component = session.component(block)
        if not isinstance(component, Component):
            return payload
        if component.has_files:
            payload = session.files.from_wire(payload)
        return component.preprocess(component.modelled(payload)) if self.dependency.preprocess else whole(payload)

    def _special(self, special: Special) -> Any:
        told = self._event_told() if issubclass(special.kind, EventData) else None
        return made(special, self.session.request, self.target, told)

    def _event_told(self) -> Any:
        """What the handler is told of the event, completed by the component on which it happened."""
        told = self.session.files.told_of(self.payload)
        target = self.session.component(self.target) if self.target is not None else None
        if self.target is None or not isinstance(target, Component):
            return told
        return target.event_data(told, self.session.prop(self.target, "value"))

    # --- after

    def give(self, returned: Any, *, is_last: bool = False) -> None:
        """Put what the handler returned, or yielded, to its outputs.

        `is_last`: the job's end follows at once, and its news go to the page together with this (`let_go`).
        """
        if isinstance(returned, Rendering):
            self.session.show(returned)
            return
        changed: list[Block] = []
        prepared = self._prepared(returned)
        if is_last:
            self.holds = True
            self.session.outbox.hold()
        with self.session.lock, self.session.outbox.lock:  # one batch: the page paints all of it at once
            for block, value in prepared:
                if self.session.scene.block(block._id) is None:
                    continue  # a render function made it, and has run anew since
                if isinstance(block, State):
                    if self._give_state(block, value):
                        changed.append(block)
                elif self.session.set_props(block, value, self.revs.get(block._id)):
                    changed.append(block)
        for block in changed:
            self.session.value_changed(block)

    def let_go(self) -> None:
        """The end was told: what was held back for it may go."""
        if self.holds:
            self.holds = False
            self.session.outbox.release()

    def _prepared(self, returned: Any) -> list[tuple[Block, Any]]:
        """Every output's new properties; all are made before any is set."""
        return [
            (block, value if isinstance(block, State) else self._props(block, value))
            for block, value in outputs_of(self.dependency, returned)
        ]

    def _give_state(self, state: State, value: Any) -> bool:
        if isinstance(value, dict) and value.get("__type__") == "update":
            if "value" not in value:
                return False
            value = value["value"]
        elif isinstance(value, State):
            value = value.__dict__.get("value")
        self.session.state_of(state)  # what it is before, so that a change can be told
        return self.session.set_state(state, value)

    def _props(self, block: Block, value: Any) -> dict[str, Any]:
        if is_update(value):
            return self._updated(block, update_of(value))
        component = self.session.component(block)
        if not isinstance(component, Component):
            raise BlocksError(
                f"{self.dependency.name}: {block!r} is a layout and has no value; return an update such as "
                f"gr.{type(block).__name__}(visible=False), not {type(value).__name__}"
            )
        return {"value": self._posted(component, value)}

    def _updated(self, block: Block, given: dict[str, Any]) -> dict[str, Any]:
        return updated_props(self.session, block, given, self.dependency, self.dependency.postprocess)

    def _posted(self, component: Component, value: Any) -> Any:
        if not self.dependency.postprocess:
            return self.session.files.to_wire(value)
        if component.takes_chunks and self._is_generator and not isinstance(value, FileData):
            chunks = self._chunks.setdefault(component._id, [])
            return self.session.files.to_wire(component.add_chunk(value, chunks))
        return posted(self.session, component, value, self.dependency)

    @property
    def _is_generator(self) -> bool:
        return self.dependency.fn is not None and kind_of(self.dependency.fn)[1]

    def end(self) -> None:
        """A generator has yielded all: streams become whole files."""
        for block_id, chunks in self._chunks.items():
            block = self.session.scene.block(block_id)
            component = self.session.component(block) if block is not None else None
            if block is not None and isinstance(component, Component) and chunks:
                played = self.session.files.to_wire(component.end_chunks(chunks))
                self.session.set_props(block, {"value": played}, self.revs.get(block_id))


class InvalidInputError(Error):
    """A validator refused inputs; `inputs` has a message for each, by block id."""

    def __init__(self, inputs: dict[int, str]) -> None:
        self.inputs = inputs
        text = "; ".join(dict.fromkeys(m for m in inputs.values() if m)) or "The input is not valid."
        super().__init__(text, title="Invalid input", print_exception=False)


def work_for(call: Call) -> Callable[[Job], None] | Callable[[Job], Awaitable[None]]:
    """The work of a job: what the dispatcher runs."""
    place = call.session.app.place_of(call.dependency)
    if place is None:
        return _work_here(call)
    if is_near(place):
        return lambda job: _run_near(call, job, place)
    return lambda job: _run_far(call, job, place)


def _work_here(call: Call) -> Callable[[Job], None] | Callable[[Job], Awaitable[None]]:
    fn = call.dependency.fn
    is_async, is_generator = kind_of(fn) if fn is not None else (False, False)
    if call.dependency.batch:
        return _run_batch_async if is_async else _run_batch
    if is_async:
        return lambda job: _run_async(call, job, is_generator)
    if is_generator and not threads.HAS_THREADS:
        return lambda job: _run_in_turns(call, job)
    return lambda job: _run(call, job, is_generator)


async def _run_near(call: Call, job: Job, place: Any) -> None:
    """In an executor of this process."""
    executor = call.session.app.places.executor(place)
    work: Any = _work_here(call)
    loop = executor.loop if isinstance(executor, MainThread) else None
    if kind_of(_function(call))[0] and loop is not None:
        future = asyncio.run_coroutine_threadsafe(work(job), loop)
    else:
        future = executor.submit(contextvars.copy_context().run, _to_the_end, work, job)
    try:
        await asyncio.wrap_future(future)
    except asyncio.CancelledError:
        if not future.cancel():  # it runs: its place is free when it has stopped
            await asyncio.wait({asyncio.wrap_future(future)})
        raise


def _to_the_end(work: Callable[[Job], Any], job: Job) -> None:
    returned = work(job)
    if returned is not None:
        asyncio.run(returned)


async def _run_far(call: Call, job: Job, place: Any) -> None:
    """In another process."""
    places, dependency = call.session.app.places, call.dependency
    if dependency.batch:
        ready, arguments = await asyncio.to_thread(_batch_arguments, job)
        if ready:
            first: Call = ready[0].subject
            returned = await places.run(dependency, place, arguments, _here(first), _no_step)
            await asyncio.to_thread(_give_batch, ready, returned)
        return
    arguments = await asyncio.to_thread(_checked, call)

    async def step(value: Any) -> None:
        if not job.is_cancelled:
            await asyncio.to_thread(call.give, value)

    returned = await places.run(dependency, place, arguments, _here(call), step)
    if call._is_generator:
        await asyncio.to_thread(call.end)
    elif not job.is_cancelled:
        await asyncio.to_thread(call.give, returned)


def _here(call: Call) -> Current:
    if call.here is None:
        raise TypeError(f"{call.dependency!r}: its call has no job")
    return call.here


async def _no_step(value: Any) -> None:
    """A batch has no steps."""


def _track_bars(arguments: Arguments) -> None:
    """In the context of the handler that is about to run."""
    for value in [*arguments.args, *arguments.kwargs.values()]:
        if isinstance(value, Progress) and value.track_tqdm:
            track(value)


def _run(call: Call, job: Job, is_generator: bool) -> None:
    fn = _function(call)
    arguments = _checked(call)
    _track_bars(arguments)
    with call.session.surroundings(call.dependency):
        returned = fn(*arguments.args, **arguments.kwargs)
        if not is_generator:
            if not job.is_cancelled:
                call.give(returned, is_last=True)
            return
        with contextlib.closing(_steps(call, job, returned)) as steps:
            for _ in steps:
                pass


def _steps(call: Call, job: Job, returned: Any) -> Generator[None, None, None]:
    """Give what a generator yields; between two of its steps, who runs it may do something else."""
    try:
        for value in returned:
            if job.is_cancelled:
                return
            call.give(value)
            _pace(call, job)
            yield
        call.end()
    finally:
        returned.close()


async def _run_in_turns(call: Call, job: Job) -> None:
    """A generator on the page's own loop, which draws between two steps."""
    arguments = _checked(call)
    _track_bars(arguments)
    with call.session.surroundings(call.dependency):
        returned = _function(call)(*arguments.args, **arguments.kwargs)
        with contextlib.closing(_steps(call, job, returned)) as steps:
            for _ in steps:
                await asyncio.sleep(0)


async def _run_async(call: Call, job: Job, is_generator: bool) -> None:
    fn = _function(call)
    heavy_in = any(getattr(b, "is_heavy", False) for b in call.dependency.inputs)
    heavy_out = any(getattr(b, "is_heavy", False) for b in call.dependency.outputs)
    arguments = await asyncio.to_thread(_checked, call) if heavy_in else _checked(call)
    _track_bars(arguments)

    async def give(value: Any) -> None:
        if job.is_cancelled:
            return
        if heavy_out:
            await asyncio.to_thread(call.give, value)
        else:
            call.give(value)

    with call.session.surroundings(call.dependency):
        if not is_generator:
            await give(await fn(*arguments.args, **arguments.kwargs))
            return
        steps = fn(*arguments.args, **arguments.kwargs)
        try:
            async for value in steps:
                if job.is_cancelled:
                    return
                await give(value)
                if call.session.pace is not None:
                    await asyncio.to_thread(_pace, call, job)
            await asyncio.to_thread(call.end)
        finally:
            await steps.aclose()


def _pace(call: Call, job: Job) -> None:
    """Between two steps of a generator: a test may hold it up."""
    if call.session.pace is not None:
        call.session.pace(job)


def _function(call: Call) -> Callable[..., Any]:
    fn = call.dependency.fn
    if fn is None:
        raise TypeError(f"{call.dependency!r} runs in the browser only: it has no function to call")
    return fn if call.dependency.renders is None else _gathered(call, fn)


def _gathered(call: Call, fn: Callable[..., Any]) -> Callable[..., Any]:
    """A render function, as one that returns what was made in it."""

    @functools.wraps(fn)
    def gather(*args: Any, **kwargs: Any) -> Rendering:
        rendering = call.session.scene.rendering(call.dependency)
        with rendering.gathering():
            fn(*args, **kwargs)
        return rendering

    @functools.wraps(fn)
    async def gather_async(*args: Any, **kwargs: Any) -> Rendering:
        rendering = call.session.scene.rendering(call.dependency)
        with rendering.gathering():
            await fn(*args, **kwargs)
        return rendering

    return gather_async if kind_of(fn)[0] else gather


def _refused(error: WireError) -> Error:
    """A payload that a component refuses is an error that the user is shown."""
    return Error(str(error), title="Refused", print_exception=False)


def _arguments(call: Call, fn: Callable[..., Any]) -> Arguments:
    try:
        return call.arguments(fn, call.values(), as_dict=call.dependency.inputs_as_dict)
    except WireError as error:
        raise _refused(error) from None


def _checked(call: Call) -> Arguments:
    return _arguments(call, _function(call))


# --- several calls as one


def _run_batch(job: Job) -> None:
    ready, arguments = _batch_arguments(job)
    if ready:
        call: Call = ready[0].subject
        with call.session.surroundings(call.dependency):
            _track_bars(arguments)
            returned = _function(call)(*arguments.args, **arguments.kwargs)
        _give_batch(ready, returned)


async def _run_batch_async(job: Job) -> None:
    ready, arguments = await asyncio.to_thread(_batch_arguments, job)
    if ready:
        call: Call = ready[0].subject
        with call.session.surroundings(call.dependency):
            returned = await _function(call)(*arguments.args, **arguments.kwargs)
        await asyncio.to_thread(_give_batch, ready, returned)


def _batch_arguments(job: Job) -> tuple[list[Job], Arguments]:
    """The jobs whose inputs are right, and for each input a tuple of their values."""
    ready, rows = [], []
    for each in job.together:
        if each.is_cancelled:
            continue
        try:
            rows.append(each.subject.values())
            ready.append(each)
        except Exception as error:  # of this one only; its end tells it
            each.error = _refused(error) if isinstance(error, WireError) else error
    if not ready:
        return [], Arguments([], {})
    call: Call = ready[0].subject
    columns: list[Any] = list(zip(*rows, strict=True))
    return ready, call.arguments(_function(call), columns, as_dict=call.dependency.inputs_as_dict)


def _give_batch(jobs: list[Job], returned: Any) -> None:
    """Give each job its row of the lists that came back, one for each output."""
    dependency: Dependency = jobs[0].subject.dependency
    outputs = dependency.outputs
    columns = list(returned) if isinstance(returned, (list, tuple)) else []
    fits = len(columns) == len(outputs) and all(isinstance(c, (list, tuple)) and len(c) == len(jobs) for c in columns)
    if outputs and not fits:
        raise HandlerError(
            f"{dependency.name} runs in batches: for {len(jobs)} call{'s' * (len(jobs) != 1)} it must return "
            f"{len(outputs)} list{'s' * (len(outputs) != 1)} of {len(jobs)}, got {short(returned)}"
        )
    for at, job in enumerate(jobs):
        if job.is_cancelled or not outputs:
            continue
        row = tuple(column[at] for column in columns)
        try:
            job.subject.give(row[0] if len(row) == 1 else row)
        except Exception as error:  # of this one only; its end tells it
            job.error = error


# --- before a call: its validator


def has_checks(dependency: Dependency) -> bool:
    """Whether something runs before a call waits in the queue."""
    return dependency.validator is not None or (isinstance(dependency.fn, Cached) and not dependency.batch)


def checks_for(call: Call) -> Callable[[Job], None] | Callable[[Job], Awaitable[None]]:
    """What runs before a call waits in the queue: its validator, which may refuse it; a look at what is kept."""
    validator = call.dependency.validator

    def check(job: Job) -> None:
        if validator is not None:
            given = _arguments(call, validator)
            with call.session.surroundings(call.dependency):
                _refuse_invalid(call, validator(*given.args, **given.kwargs))
        _answer(call)

    async def check_async(job: Job) -> None:
        if validator is not None:
            given = await asyncio.to_thread(_arguments, call, validator)
            with call.session.surroundings(call.dependency):
                _refuse_invalid(call, await validator(*given.args, **given.kwargs))
        await asyncio.to_thread(_answer, call)

    return check_async if validator is not None and kind_of(validator)[0] else check


def _answer(call: Call) -> None:
    """Give what is kept of an earlier call, when there is such."""
    fn = call.dependency.fn
    if not isinstance(fn, Cached) or call.dependency.batch:
        return
    given = _checked(call)
    found = fn.look(given.args, given.kwargs)
    if found is None:
        return
    call.is_answered = True
    if call.here is not None:
        call.here.used_cache = "full"
    for value in found:
        call.give(value)
    call.end()


def _refuse_invalid(call: Call, returned: Any) -> None:
    verdicts = list(returned) if isinstance(returned, (list, tuple)) else [returned]
    blocks = call.dependency.inputs
    is_one_for_each = len(verdicts) == len(blocks) or (not blocks and len(verdicts) == 1)
    if not is_one_for_each or not all(isinstance(v, dict) and v.get("__type__") == "validate" for v in verdicts):
        raise HandlerError(
            f"{call.dependency.name}: its validator must return gr.validate(…) for each of {len(blocks)} inputs, "
            f"got {short(returned)}"
        )
    refused = [(at, str(v["message"])) for at, v in enumerate(verdicts) if not v["is_valid"]]
    if refused:
        raise InvalidInputError({blocks[at]._id if blocks else 0: message for at, message in refused})
