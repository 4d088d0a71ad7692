"""A call in its stages, without a page: what a handler gets, the call itself, what its outputs show."""

from __future__ import annotations

import asyncio
import copy
import inspect
import json
import time
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ..components import Component, State
from ..components.base import Keywords
from ..events import Dependency, EventData
from ..exceptions import (
    BlocksError,
    ComponentProcessingError,
    DeclarationError,
    Error,
    InvalidPathError,
    NbblocksWarning,
)
from ..tree import Block
from ..wire.fetch import is_url
from ..wire.files import FileData, cache_dir, is_static, keep_file
from ..wire.partial import Partial, whole
from ..wire.payloads import Model, Root, fields_of
from .call import arguments_for, component_props, is_update, kind_of, special_parameters, update_of
from .current import Current, current, nobody
from .held import SessionState
from .request import Request
from .special import made

__all__ = ["Steps", "arrived", "call_function", "postprocess_data", "preprocess_data", "process_api", "told", "updated"]

FILE_ROUTE = "/gradio_api/file="


class Steps:
    """A generator that runs a step at a time in a thread, as an async one.

    Parameters
    ----------
    iterator : generator
        What is run.
    limiter : object
        A limit of anyio's, which asyncio's threads do not have; None.
    """

    def __init__(self, iterator: Any, limiter: None = None) -> None:
        self.iterator = iterator

    def __aiter__(self) -> Steps:
        return self

    async def __anext__(self) -> Any:
        step = await asyncio.to_thread(lambda: next(self.iterator, Keywords.FINISHED_ITERATING))
        if step is Keywords.FINISHED_ITERATING:
            raise StopAsyncIteration
        return step

    async def aclose(self, timeout: float = 60.0, retry_interval: float = 0.05) -> None:
        """End it; while a step runs, which cannot be ended from outside, wait for that.

        Parameters
        ----------
        timeout : float
            Most seconds to wait.
        retry_interval : float
            Seconds between two tries.

        Raises
        ------
        ValueError
            The step still runs.
        """
        until = time.monotonic() + timeout
        while True:
            try:
                return self.iterator.close()  # type: ignore[no-any-return]
            except ValueError as error:
                if "already executing" not in str(error) or time.monotonic() > until:
                    raise
                await asyncio.sleep(retry_interval)


def _names(fn: Any) -> str:
    name = getattr(fn, "__name__", None) or type(fn).__name__
    return "" if name == "<lambda>" else f" {name!r}"


def _listed(blocks: Sequence[Block]) -> str:
    return ", ".join(map(repr, blocks))


# --- what a handler gets


def arrived(payload: Any, is_trusted: bool) -> Any:
    """A payload with the files in it, which lie where uploads do unless its sender is the program itself."""
    if isinstance(payload, FileData):
        payload = payload.model_dump()
    if isinstance(payload, dict):
        if FileData.is_file_data(payload):
            path = payload["path"]
            if not (is_trusted or is_url(path) or is_static(path) or _is_kept(path)):
                raise InvalidPathError(f"{path!r} is none of the files that this app was given")
            return FileData.from_payload(payload)
        return {k: arrived(v, is_trusted) for k, v in payload.items()}
    return [arrived(v, is_trusted) for v in payload] if isinstance(payload, (list, tuple)) else payload


def _is_kept(path: str) -> bool:
    return cache_dir().resolve() in Path(path).resolve().parents


async def preprocess_data(
    blocks: Any, block_fn: Dependency, inputs: list[Any], state: SessionState | None, explicit_call: bool = False
) -> list[Any]:
    """What a handler gets of payloads, one for each input.

    Parameters
    ----------
    inputs : list
        Payloads, as a page sends them; of an input of which it gets all properties, those with their `value`.
    state : SessionState, optional
        Of the viewer; None: of nobody.
    explicit_call : bool
        Whether the program itself gives them, and may name any file.

    Raises
    ------
    ValueError
        There are too few.
    ComponentProcessingError
        A component cannot take one of them.
    """
    held = state or SessionState(blocks)
    components = block_fn.inputs
    if len(inputs) < len(components):
        raise DeclarationError(
            f"The function{_names(block_fn.fn)} has {len(components)} inputs ({_listed(components)}), and got "
            f"{len(inputs)} values: {inputs!r}"
        )
    places = block_fn.component_prop_inputs
    return [
        await _taken(block_fn, at, component, inputs[at], held, explicit_call, at in places)
        for at, component in enumerate(components)
    ]


async def _taken(
    block_fn: Dependency, at: int, declared: Block, given: Any, held: SessionState, is_trusted: bool, wants_all: bool
) -> Any:
    if isinstance(declared, State):
        return held[declared._id]
    component = held.get(declared._id, declared)
    if not isinstance(component, Component):
        return given
    has_all = wants_all and isinstance(given, dict) and "value" in given
    payload = given["value"] if has_all else given
    held.show(declared._id, _plain(payload))
    taken: Any = payload
    if block_fn.preprocess:
        try:
            files = arrived(payload, is_trusted) if component.has_files else payload
            taken = await asyncio.to_thread(component.preprocess, component.modelled(files))
        except (Error, InvalidPathError):
            raise
        except Exception as error:
            raise _processing(block_fn, at, component, payload, error, is_input=True) from error
    if not wants_all:
        return taken
    props = given if has_all else component.get_config()
    return {**props, "value": taken}


def _processing(
    block_fn: Dependency, at: int, component: Block, value: Any, error: Exception, *, is_input: bool
) -> ComponentProcessingError:
    where = "input" if is_input else "output"
    return ComponentProcessingError(
        f"The {where} at index {at} of the function{_names(block_fn.fn)} is a {component.get_block_name()} "
        f"({component!r}), which cannot {'take' if is_input else 'show'} {value!r:.200}: {error}"
    )


# --- the call


async def call_function(
    blocks: Any,
    block_fn: Dependency | int,
    processed_input: list[Any],
    iterator: Any = None,
    requests: Request | list[Request] | None = None,
    event_id: str | None = None,
    event_data: EventData | None = None,
    in_event_listener: bool = False,
    state: SessionState | None = None,
    oauth_token: Any = None,
) -> dict[str, Any]:
    """Call a listener's function with what its components gave.

    Parameters
    ----------
    block_fn : Dependency or int
        The listener, or its place.
    processed_input : list
        A value for each input.
    iterator : async iterator, optional
        What the call before gave, when it is a generator that goes on.

    Returns
    -------
    dict
        `prediction`: what it returned or yielded; `is_generating` and `iterator`: whether it goes on, and how;
        `duration` in seconds.
    """
    dependency = blocks.fns[block_fn] if isinstance(block_fn, int) else block_fn
    fn = dependency.fn
    if fn is None:
        raise IndexError(f"{dependency!r} runs in the browser only: there is no function to call")
    request = requests[0] if isinstance(requests, list) else requests
    started = time.perf_counter()
    here = nobody(dependency, event_id or "", request)
    token = current.set(here) if in_event_listener or current.get() is None else None
    try:
        if iterator is None:
            returned = await _called(dependency, fn, list(processed_input), request, event_data, oauth_token)
            if not kind_of(fn)[1]:
                return _result(returned, started, here)
            iterator = Steps(returned) if inspect.isgenerator(returned) else returned
        try:
            return {**_result(await iterator.__anext__(), started, here), "is_generating": True, "iterator": iterator}
        except StopAsyncIteration:
            count = len(dependency.outputs)
            ended: Any = Keywords.FINISHED_ITERATING
            return _result(ended if count == 1 else (ended,) * count, started, here)
    finally:
        if token is not None:
            current.reset(token)


def _result(prediction: Any, started: float, here: Current) -> dict[str, Any]:
    return {
        "prediction": prediction,
        "duration": time.perf_counter() - started,
        "is_generating": False,
        "iterator": None,
        "used_cache": here.used_cache,
    }


async def _called(
    dependency: Dependency, fn: Any, values: list[Any], request: Any, event_data: EventData | None, token: Any
) -> Any:
    places = dependency.component_prop_inputs
    values = [component_props(**v) if at in places and isinstance(v, dict) else v for at, v in enumerate(values)]
    count = len(dependency.positional)
    positional, named = values[:count], dict(zip(dependency.inputs_kwargs, values[count:], strict=False))
    if dependency.inputs_as_dict:
        positional = [dict(zip(dependency.positional, positional, strict=False))]

    def special(wanted: Any) -> Any:
        if issubclass(wanted.kind, EventData):
            target = event_data.target if event_data is not None else None
            return wanted.kind(target, event_data._data if event_data is not None else None)
        if issubclass(wanted.kind, Request):
            return request
        if token is not None and isinstance(token, wanted.kind):
            return token
        return made(wanted, request if isinstance(request, Request) else Request(), None, None)

    arguments = arguments_for(special_parameters(fn), positional, named, special)
    is_async, is_generator = kind_of(fn)
    if is_async and not is_generator:
        return await fn(*arguments.args, **arguments.kwargs)
    if is_generator:
        return fn(*arguments.args, **arguments.kwargs)
    return await asyncio.to_thread(fn, *arguments.args, **arguments.kwargs)


# --- what its outputs show


def _plain(value: Any) -> Any:
    """A payload as JSON, with its files as they are told."""
    if isinstance(value, Model):
        return value.model_dump()
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    return [_plain(v) for v in value] if isinstance(value, (list, tuple)) else value


def told(value: Any, root: str, *, with_address: bool = True) -> Any:
    """What is shown as a client is told of it: every file by its address."""
    if isinstance(value, FileData):
        file = value.model_dump()
        if value.path is None or is_url(value.path):
            return file
        path = value.path if is_static(value.path) or _is_kept(value.path) else keep_file(value.path)
        return {**file, "path": path, **({"url": f"{root}{FILE_ROUTE}{quote(path)}"} if with_address else {})}
    if isinstance(value, Root):
        return value
    if isinstance(value, Model) and not isinstance(value, (dict, list, Partial)):
        return told(fields_of(value), root, with_address=with_address)
    return _each(value, root, with_address)


def _each(value: Any, root: str, with_address: bool) -> Any:
    if isinstance(value, dict):
        return {k: told(v, root, with_address=with_address) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [told(v, root, with_address=with_address) for v in value]
    return whole(value)


def updated(block: Block, update_dict: dict[str, Any], postprocess: bool = True) -> dict[str, Any]:
    """An update as a page gets it: parameters that the block has, its value as it is shown.

    Parameters
    ----------
    update_dict : dict
        Parameters, as `gr.update` gives them.
    postprocess : bool
        False: the value stays as it was given.

    Examples
    --------
    >>> import nbblocks as gr
    >>> updated(gr.Number(precision=1), {"value": 2.04, "visible": True, "strange": 1})
    {'visible': True, 'value': 2.0, '__type__': 'update'}
    """
    known: dict[str, Any] = {k: v for k, v in update_dict.items() if k in block.params and k != "value"}
    if "value" in update_dict:
        value = update_dict["value"]
        known["value"] = _plain(block.postprocess(value)) if postprocess and isinstance(block, Component) else value
    return {**known, "__type__": "update"}


def _values(block_fn: Dependency, returned: Any) -> list[Any]:
    """What a function returned, one value for each output."""
    outputs = block_fn.outputs
    if isinstance(returned, dict) and returned and all(isinstance(k, Block) for k in returned):
        return _by_block(outputs, returned)
    if isinstance(returned, dict) and returned == {"__type__": "update"} and len(outputs) > 1:
        return [returned] * len(outputs)
    if len(outputs) == 1 and not block_fn.batch:
        return [returned]
    values = list(returned) if isinstance(returned, (list, tuple)) else [returned]
    if len(values) < len(outputs):
        raise DeclarationError(
            f"The function{_names(block_fn.fn)} returned {len(values)} values, and has {len(outputs)} outputs: "
            f"{_listed(outputs)}"
        )
    if len(values) > len(outputs) and not (len(values) == 1 and values[0] is None):
        warnings.warn(
            f"The function{_names(block_fn.fn)} returned {len(values)} values, and has {len(outputs)} outputs; "
            "the others are dropped",
            NbblocksWarning,
            stacklevel=3,
        )
    return values[: len(outputs)]


def _by_block(outputs: Sequence[Block], returned: dict[Block, Any]) -> list[Any]:
    by_key = {block.unique_key: block for block in outputs if block.unique_key is not None}
    found: dict[Block, Any] = {}
    for block, value in returned.items():
        place = block if block in outputs else by_key.get(block.unique_key)
        if place is None:
            raise DeclarationError(
                f"The function returned a value for {block!r}, which is not specified as output; it has "
                f"{_listed(outputs)}"
            )
        found[place] = value
    return [found.get(block, {"__type__": "update"}) for block in outputs]


async def postprocess_data(
    blocks: Any, block_fn: Dependency, predictions: Any, state: SessionState | None, root: str = ""
) -> list[Any]:
    """What the outputs show of what a function returned; of a State, None.

    Raises
    ------
    ValueError
        It returned too few values.
    ComponentProcessingError
        A component cannot show one of them.
    """
    held = state or SessionState(blocks)
    values = _values(block_fn, predictions)
    return [
        await _shown(block_fn, at, declared, value, held, root)
        for at, (declared, value) in enumerate(zip(block_fn.outputs, values, strict=False))
    ]


async def _shown(block_fn: Dependency, at: int, declared: Block, value: Any, held: SessionState, root: str) -> Any:
    if value is Keywords.FINISHED_ITERATING:
        return None
    if isinstance(declared, State):
        if not is_update(value):
            held[declared._id] = value
        elif "value" in (given := update_of(value)):
            held[declared._id] = given["value"]
        return None
    if is_update(value):
        return told(_update(block_fn, declared, update_of(value), held), root)
    if not block_fn.postprocess:
        return value
    component = held.get(declared._id, declared)
    if not isinstance(component, Component):
        raise BlocksError(f"{component!r} is a layout and has no value; return an update such as gr.update(visible=…)")
    try:
        shown = await asyncio.to_thread(component.postprocess, value)
    except Error:
        raise
    except Exception as error:
        raise _processing(block_fn, at, component, value, error, is_input=False) from error
    held.show(declared._id, _plain(shown))
    return told(shown, root)


def _update(block_fn: Dependency, declared: Block, given: dict[str, Any], held: SessionState) -> dict[str, Any]:
    block = held.get(declared._id, declared)
    changes = {k: v for k, v in given.items() if k != "value"}
    if changes and isinstance(block, Component):
        block = held.changed(block, changes)
    change = updated(block, given, block_fn.postprocess)
    if "value" in change and isinstance(block, Component):
        held.show(declared._id, change["value"])
    return change


# --- all of it


async def process_api(
    blocks: Any,
    block_fn: Dependency | int,
    inputs: list[Any],
    state: SessionState | None = None,
    request: Request | list[Request] | None = None,
    iterator: Any = None,
    session_hash: str | None = None,
    event_id: str | None = None,
    event_data: EventData | None = None,
    in_event_listener: bool = True,
    simple_format: bool = False,
    explicit_call: bool = False,
    root_path: str | None = None,
    oauth_token: Any = None,
) -> dict[str, Any]:
    """Run a listener with payloads: see `preprocess_data`, `call_function` and `postprocess_data`.

    Parameters
    ----------
    inputs : list
        Payloads; with `batch=True`, a list of payloads for each input.
    iterator : async iterator, optional
        What the call before gave, when it is a generator that goes on.
    root_path : str, optional
        Address of the server, before that of each file.

    Returns
    -------
    dict
        `data`, what the outputs show; `is_generating`, `iterator`; `duration` and `average_duration` in seconds.
    """
    dependency = blocks.fns[block_fn] if isinstance(block_fn, int) else block_fn
    root = (root_path or "").rstrip("/")
    before = _digests(dependency, state)

    async def called(values: list[Any], going_on: Any = None) -> dict[str, Any]:
        return await call_function(
            blocks,
            dependency,
            values,
            going_on,
            request,
            event_id,
            event_data,
            in_event_listener,
            state,
            oauth_token,
        )

    if dependency.batch:
        sizes = [len(column) for column in inputs]
        if len(set(sizes)) > 1:
            raise DeclarationError(f"{dependency!r} runs in batches: its inputs have lists of different sizes, {sizes}")
        if sizes and sizes[0] > dependency.max_batch_size:
            raise DeclarationError(f"{dependency!r}: {sizes[0]} is more than its max_batch_size")
        rows = [
            await preprocess_data(blocks, dependency, list(row), state, explicit_call)
            for row in zip(*inputs, strict=True)
        ]
        result = await called([list(column) for column in zip(*rows, strict=True)])
        shown = [
            await postprocess_data(blocks, dependency, list(row), state, root)
            for row in zip(*result["prediction"], strict=True)
        ]
        data = [list(column) for column in zip(*shown, strict=True)]
    else:
        values = [] if iterator else await preprocess_data(blocks, dependency, inputs, state, explicit_call)
        result = await called(values, iterator)
        data = await postprocess_data(blocks, dependency, result["prediction"], state, root)
    used_cache = result["used_cache"]
    if used_cache is None:
        dependency.total_runtime += result["duration"]
        dependency.total_runs += 1
    return {
        "data": data,
        "is_generating": result["is_generating"],
        "iterator": result["iterator"],
        "duration": result["duration"],
        "average_duration": dependency.total_runtime / dependency.total_runs if dependency.total_runs else None,
        "render_config": None,
        "changed_state_ids": [i for i, digest in before.items() if digest != _digest(state[i])] if state else [],
        "used_cache": used_cache,
    }


def _digests(dependency: Dependency, state: SessionState | None) -> dict[int, str]:
    if state is None:
        return {}
    return {b._id: _digest(state[b._id]) for b in dependency.outputs if isinstance(b, State)}


def _digest(value: Any) -> str:
    """What tells whether a state was changed in place: its JSON, else its text."""
    try:
        return json.dumps(value, sort_keys=True, default=repr)
    except (TypeError, ValueError):
        return repr(copy.copy(value))
