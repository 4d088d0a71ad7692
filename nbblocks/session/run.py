"""A handler's whole way: inputs, call, outputs; plain, async, generator, async generator."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..components import Component, State
from ..dispatch import Job
from ..events import Dependency, EventData
from ..exceptions import BlocksError, Error, WireError
from ..tree import Block
from .call import Arguments, Special, arguments_for, kind_of, outputs_of, special_parameters
from .progress import Progress
from .request import Request
from .updates import posted, updated_props

if TYPE_CHECKING:
    from .session import Session

__all__ = ["Call", "work_for"]


@dataclass
class Call:
    """One call of a listener in one session.

    Parameters
    ----------
    inputs : list, optional
        Values that the listener's `js` gave in place of the components' own.
    revs : dict
        For each output, the edit of it that the call answers.
    """

    session: Session
    dependency: Dependency
    target: Block | None
    payload: Any
    inputs: list[Any] | None
    revs: dict[int, int]

    # --- before

    def arguments(self) -> Arguments:
        """What the handler is called with."""
        dependency = self.dependency
        blocks = dependency.inputs
        values = [self._value(block, i) for i, block in enumerate(blocks)]
        named = {
            name: self._value(block, len(blocks) + i)
            for i, (name, block) in enumerate(dependency.inputs_kwargs.items())
        }
        if dependency.inputs_as_dict:
            values = [dict(zip(blocks, values, strict=True))]
        fn = dependency.fn
        assert fn is not None
        return arguments_for(special_parameters(fn), values, named, self._special)

    def _value(self, block: Block, at: int) -> Any:
        session = self.session
        if isinstance(block, State):
            return session.state_of(block)
        if self.inputs is not None and at < len(self.inputs):
            payload = self.inputs[at]
        else:
            with session.lock:
                payload = session.prop(block, "value")
        component = session.component(block)
        if not isinstance(component, Component):
            return payload
        if component.has_files:
            payload = session.files.from_wire(payload)
        return component.preprocess(payload) if self.dependency.preprocess else payload

    def _special(self, special: Special) -> Any:
        if issubclass(special.kind, Request):
            return self.session.request
        if issubclass(special.kind, Progress):
            given = special.default if isinstance(special.default, Progress) else Progress()
            return Progress(track_tqdm=given.track_tqdm)
        if issubclass(special.kind, EventData):
            return special.kind(self.target, self.payload)
        raise TypeError(f"{special.name}: no way to make a {special.kind.__name__}")

    # --- after

    def give(self, returned: Any) -> None:
        """Put what the handler returned, or yielded, to its outputs."""
        changed: list[Block] = []
        prepared = self._prepared(returned)
        with self.session.lock, self.session.outbox.lock:  # one batch: the page paints all of it at once
            for block, value in prepared:
                if isinstance(block, State):
                    if self._give_state(block, value):
                        changed.append(block)
                elif self.session.set_props(block, value, self.revs.get(block._id)):
                    changed.append(block)
        for block in changed:
            self.session.value_changed(block)

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
        old = self.session.state_of(state)
        self.session.states[state._id] = value
        try:
            return old is not value and not bool(old == value)
        except Exception:  # arrays and frames refuse to be one truth: another object is another value
            return True

    def _props(self, block: Block, value: Any) -> dict[str, Any]:
        if isinstance(value, Block):
            given = {k: v for k, v in value.given.items() if k not in ("render", "key", "preserved_by_key")}
            return self._updated(block, given)
        if isinstance(value, dict) and value.get("__type__") == "update":
            return self._updated(block, {k: v for k, v in value.items() if k != "__type__"})
        component = self.session.component(block)
        if not isinstance(component, Component):
            raise BlocksError(
                f"{self.dependency.name}: {block!r} is a layout and has no value; return an update such as "
                f"gr.{type(block).__name__}(visible=False), not {type(value).__name__}"
            )
        return {"value": self._posted(component, value)}

    def _updated(self, block: Block, given: dict[str, Any]) -> dict[str, Any]:
        return updated_props(self.session, block, given, self.dependency.name, self.dependency.postprocess)

    def _posted(self, component: Component, value: Any) -> Any:
        return posted(self.session, component, value, self.dependency.name) if self.dependency.postprocess else value


def work_for(call: Call) -> Callable[[Job], None] | Callable[[Job], Awaitable[None]]:
    """The work of a job: what the dispatcher runs."""
    fn = call.dependency.fn
    is_async, is_generator = kind_of(fn) if fn is not None else (False, False)
    if is_async:
        return lambda job: _run_async(call, job, is_generator)
    return lambda job: _run(call, job, is_generator)


def _run(call: Call, job: Job, is_generator: bool) -> None:
    fn = call.dependency.fn
    assert fn is not None
    arguments = _checked(call)
    with call.session.surroundings(call.dependency.name):
        returned = fn(*arguments.args, **arguments.kwargs)
        if not is_generator:
            if not job.is_cancelled:
                call.give(returned)
            return
        try:
            for value in returned:
                if job.is_cancelled:
                    return
                call.give(value)
        finally:
            returned.close()


async def _run_async(call: Call, job: Job, is_generator: bool) -> None:
    fn = call.dependency.fn
    assert fn is not None
    heavy_in = any(getattr(b, "is_heavy", False) for b in call.dependency.inputs)
    heavy_out = any(getattr(b, "is_heavy", False) for b in call.dependency.outputs)
    arguments = await asyncio.to_thread(_checked, call) if heavy_in else _checked(call)

    async def give(value: Any) -> None:
        if heavy_out:
            await asyncio.to_thread(call.give, value)
        else:
            call.give(value)

    with call.session.surroundings(call.dependency.name):
        if not is_generator:
            await give(await fn(*arguments.args, **arguments.kwargs))
            return
        steps = fn(*arguments.args, **arguments.kwargs)
        try:
            async for value in steps:
                await give(value)
        finally:
            await steps.aclose()


def _checked(call: Call) -> Arguments:
    """The arguments; a payload that a component refuses is an error that the user is shown."""
    try:
        return call.arguments()
    except WireError as error:
        raise Error(str(error), title="Refused", print_exception=False) from None
