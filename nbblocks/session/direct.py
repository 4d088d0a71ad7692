"""Calling a listener's function without a page: `demo(x)`, and examples whose results are kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from ..components import Component, State
from ..events import Dependency
from ..exceptions import DeclarationError, HandlerError
from ..tree import Block
from ..wire.files import FileData
from ..wire.partial import Partial
from .call import Special, arguments_for, is_update, kind_of, special_parameters, update_of, with_props
from .current import current
from .request import Request
from .special import made

__all__ = ["call_directly", "payload_of", "steps_of"]


def _special(special: Special) -> Any:
    here = current.get()
    return made(special, here.request if here else Request(), None, None)


def payload_of(component: Block, value: Any) -> Any:
    """What a page would send of a value: a path of a file is a file, all that is no JSON goes by the component."""
    if not isinstance(component, Component) or value is None:
        return value
    is_payload = isinstance(value, (bool, int, float, list, tuple, dict, FileData))
    if is_payload or (isinstance(value, str) and not component.has_files):
        return value
    return component.postprocess(value)


def _values(components: Sequence[Block], payloads: Sequence[Any], preprocess: bool) -> list[Any]:
    given = []
    for at, component in enumerate(components):
        if isinstance(component, State):
            given.append(component.fresh())
        elif at >= len(payloads):
            given.append(None)
        else:
            payload = payload_of(component, payloads[at])
            if preprocess and isinstance(component, Component):
                payload = component.preprocess(component.modelled(payload))
            given.append(payload)
    return given


def _returned(fn: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]) -> Iterator[Any]:
    """What a function returns, or each value that it yields."""
    is_async, is_generator = kind_of(fn)
    if not is_async:
        if is_generator:
            yield from fn(*args, **kwargs)
        else:
            yield fn(*args, **kwargs)
        return
    with ThreadPoolExecutor(1) as pool:  # this thread may run a loop already, as a notebook's does
        loop = asyncio.new_event_loop()
        try:
            made = fn(*args, **kwargs)
            if not is_generator:
                yield pool.submit(loop.run_until_complete, made).result()
                return
            while True:
                try:
                    yield pool.submit(loop.run_until_complete, made.__anext__()).result()
                except StopAsyncIteration:
                    return
        finally:
            loop.close()


def _posted(component: Block, value: Any, postprocess: bool) -> Any:
    if is_update(value):
        value = {**update_of(value), "__type__": "update"}
    if is_update(value) or not postprocess or isinstance(component, State) or not isinstance(component, Component):
        return value
    return component.postprocess(value)


def steps_of(
    fn: Callable[..., Any],
    inputs: Sequence[Block],
    outputs: Sequence[Block],
    payloads: Sequence[Any],
    *,
    names: Sequence[str] = (),
    props: Sequence[int] = (),
    as_dict: bool = False,
    preprocess: bool = True,
    postprocess: bool = True,
    batch: bool = False,
) -> Iterator[list[Any]]:
    """Payloads for the outputs, once, or for each value that a generator yields.

    Parameters
    ----------
    names : list of str
        Of the last inputs, which the function takes by keyword.
    props : list of int
        Places of inputs that it gets with all that their component is.
    as_dict : bool
        Whether it takes the others as one dict by component.

    Raises
    ------
    HandlerError
        It returned too few values.
    """
    values = with_props(inputs, _values(inputs, payloads, preprocess), props)
    count = len(values) - len(names)
    positional: list[Any] = [[value] for value in values[:count]] if batch else values[:count]
    if as_dict:
        positional = [dict(zip(inputs, positional, strict=False))]
    named = dict(zip(names, values[count:], strict=True))
    arguments = arguments_for(special_parameters(fn), positional, named, _special)
    for returned in _returned(fn, arguments.args, arguments.kwargs):
        given = [column[0] for column in returned] if batch else _per_output(returned, outputs, fn)
        yield [_posted(block, value, postprocess) for block, value in zip(outputs, given, strict=False)]


def _per_output(returned: Any, outputs: Sequence[Block], fn: Callable[..., Any]) -> list[Any]:
    if isinstance(returned, dict) and returned and all(isinstance(k, Block) for k in returned):
        return [returned.get(block, {"__type__": "update"}) for block in outputs]
    if not outputs:
        return []
    if len(outputs) == 1:
        return [returned]
    given = list(returned) if isinstance(returned, (tuple, list)) else [returned]
    if len(given) < len(outputs):
        name = getattr(fn, "__name__", type(fn).__name__)
        raise HandlerError(f"{name} returned {len(given)} values, but there are {len(outputs)} outputs")
    return given


def _plain_result(value: Any) -> Any:
    """A payload as a program wants it: paths for files."""
    if isinstance(value, FileData):
        return value.path or value.url
    if isinstance(value, Partial):
        return value.whole()
    if isinstance(value, dict):
        return {k: _plain_result(v) for k, v in value.items()}
    return [_plain_result(v) for v in value] if isinstance(value, (list, tuple)) else value


def call_directly(dependency: Dependency, inputs: Sequence[Any]) -> Any:
    """Call a listener with payloads, as a client does; what it gives, one value or a list of them.

    Raises
    ------
    ValueError
        It has a State, or is a generator, or runs in a browser only.
    """
    blocks = dependency.inputs
    if dependency.fn is None:
        raise DeclarationError(f"{dependency!r} runs in the browser only: there is no function to call")
    if kind_of(dependency.fn)[1] or any(isinstance(b, State) for b in [*blocks, *dependency.outputs]):
        raise DeclarationError(
            f"{dependency!r} keeps a State or is a generator, so it cannot be called like a function; launch() it"
        )
    if len(inputs) != len(blocks):
        raise DeclarationError(f"{dependency!r} takes {len(blocks)} inputs, got {len(inputs)}")
    (given,) = steps_of(
        dependency.fn,
        blocks,
        dependency.outputs,
        inputs,
        names=dependency.input_keyword_names,
        props=dependency.component_prop_inputs,
        as_dict=dependency.inputs_as_dict,
        preprocess=dependency.preprocess,
        postprocess=dependency.postprocess,
        batch=dependency.batch,
    )
    shown = [_plain_result(value) for value in given]
    return shown[0] if len(shown) == 1 else shown
