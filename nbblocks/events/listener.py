"""Listeners: one signature, shared by every event of every component and by every chain."""

from __future__ import annotations

import inspect
import typing
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Any, Literal, Protocol, cast, overload

from ..exceptions import DeclarationError, NbblocksWarning, OutsideBlocksError, warn_once
from ..tree import Block, Container, Root, place
from .injected import component_parameters, special_kind

__all__ = ["Dependency", "Listener", "Registry", "event", "on"]

Blocks_ = "Block | Sequence[Block] | Set[Block] | None"
ShowProgress = Literal["full", "minimal", "hidden"]
TriggerMode = Literal["once", "multiple", "always_last"]
ApiVisibility = Literal["public", "private", "undocumented"]


class _Unset(str):
    """A default that reads as the text it is, and is told from the same text given by a caller."""


FN = cast("Any", _Unset("decorator"))
_FULL = cast("ShowProgress", _Unset("full"))

_DEFAULT_SHOW: dict[str, ShowProgress] = {"stream": "minimal", "tick": "hidden"}
_DEFAULT_MODE: dict[str, TriggerMode] = {
    "change": "always_last",
    "key_up": "always_last",
    "stream": "multiple",
}


class Registry(Protocol):
    """Where a listener is registered: the outermost Blocks."""

    def add_listener(self, dependency: Dependency) -> None:
        """Take it and give it its id."""


@dataclass(eq=False)
class Target:
    """One trigger: a block, or None for the page, and the event's name."""

    block: Block | None
    event: str
    is_implied: bool = False  #: the page's load, which `gr.on` adds to the changes of its inputs

    def __iter__(self) -> Iterator[Any]:
        """The block's id and the event, as programs take them apart."""
        return iter((self.block._id if self.block else None, self.event))

    def __getitem__(self, at: int) -> Any:
        return tuple(self)[at]

    def __eq__(self, other: object) -> bool:
        return tuple(self) == (tuple(other) if isinstance(other, (Target, list)) else other)

    __hash__ = None  # type: ignore[assignment]


@dataclass
class After:
    """A place in a chain."""

    dependency: Dependency
    on: Literal["then", "success", "failure"]


@dataclass(init=False, repr=False, eq=False)
class Dependency:
    """A registered listener. Chain with `then`, `success`, `failure`; name it in `cancels=`.

    Its attributes are the parameters of `Listener.__call__`, each decided.

    Parameters
    ----------
    trigger : Block or None
        The first block whose event it hears.
    key_vals : dict
        The attributes by name.
    dep_index : int
        Its number; below 0: the app gives it one.
    fn : callable, optional
        The function; None: it runs in the browser only.
    associated_timer : Timer, optional
        The timer that calls it.
    """

    fn: Callable[..., Any] | None
    targets: list[Target]
    after: After | None
    positional: list[Block]  #: inputs that `fn` takes in their order
    outputs: list[Block]
    inputs_as_dict: bool
    inputs_kwargs: dict[str, Block]
    api_name: str | None
    api_description: str | Literal[False] | None
    scroll_to_output: bool
    show_progress: ShowProgress
    show_progress_on: list[Block]
    queue: bool | None
    batch: bool
    max_batch_size: int
    preprocess: bool
    postprocess: bool
    cancels: list[Dependency]
    trigger_mode: TriggerMode
    js: str | None
    concurrency_limit: int | Literal["default"] | None
    concurrency_id: str | None
    api_visibility: ApiVisibility
    time_limit: float | None
    stream_every: float
    key: int | str | tuple[int | str, ...] | None
    validator: Callable[..., Any] | None
    executor: Any = None
    is_load: bool = False
    page: str = ""  #: path of the page of the app on which it listens
    id: int = -1
    renders: Container | None = None  #: `fn` is a render function, which fills this layout
    home: Any = None  #: the run of a render function that made it; None: it is the app's
    total_runtime: float = 0.0  #: seconds that its direct calls took
    total_runs: int = 0
    trigger: Block | None = None
    associated_timer: Block | None = None

    def __init__(
        self,
        trigger: Block | None,
        key_vals: dict[str, Any],
        dep_index: int,
        fn: Callable[..., Any] | None,
        associated_timer: Block | None = None,
    ) -> None:
        strange = key_vals.keys() - self.__dataclass_fields__.keys()
        if strange:
            raise TypeError(f"Dependency: key_vals has no attribute {', '.join(sorted(strange))}")
        self.__dict__.update(key_vals, fn=fn, id=dep_index, trigger=trigger, associated_timer=associated_timer)

    @property
    def inputs(self) -> list[Block]:
        """All its inputs: those that `fn` takes in their order, then those that it takes by keyword."""
        return [*self.positional, *self.inputs_kwargs.values()]

    @property
    def input_keyword_names(self) -> list[str]:
        """The keywords by which `fn` takes its last inputs."""
        return list(self.inputs_kwargs)

    @property
    def component_prop_inputs(self) -> list[int]:
        """Places of the inputs whose parameter is annotated with a component: `fn` gets all of its properties."""
        by_name = list(self.inputs_kwargs)
        found = []
        for at, name in component_parameters(self.fn) if self.fn is not None else ():
            if name in by_name:
                found.append(len(self.positional) + by_name.index(name))
            elif at < len(self.positional):
                found.append(at)
        return sorted(found)

    @property
    def is_stream(self) -> bool:
        """Whether it takes what a component sends while it is made, or is an endpoint without components."""
        return any(t.event == "stream" for t in self.targets) or not (self.targets or self.after)

    @property
    def then(self) -> Listener:
        """Listen for the end of this one, however it ended."""
        return Listener(None, "then", After(self, "then"))

    @property
    def success(self) -> Listener:
        """Listen for the good end of this one."""
        return Listener(None, "success", After(self, "success"))

    @property
    def failure(self) -> Listener:
        """Listen for the failure of this one."""
        return Listener(None, "failure", After(self, "failure"))

    @property
    def name(self) -> str:
        """What it is called in messages: its triggers and its function."""
        if self.after:
            where = f"{self.after.dependency.name}.{self.after.on}"
        else:
            where = ", ".join(f"{t.block or 'Blocks'}.{t.event}" for t in self.targets) or "listener"
        fn = getattr(self.fn, "__name__", None) or type(self.fn).__name__
        return f"{where}({fn})" if self.fn else where

    def __repr__(self) -> str:
        return f"<Dependency {self.id}: {self.name}>"

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function itself."""
        if self.fn is None:
            raise TypeError(f"{self!r} runs in the browser only: it has no function to call")
        return self.fn(*args, **kwargs)


def _blocks(value: Any, what: str, where: str, *, need_value: bool) -> list[Block]:
    """Inputs or outputs as a list; refuses what is not a block, at once and by name."""
    if value is None:
        return []
    if isinstance(value, dict):
        raise DeclarationError(f"{where}: {what} must be a component; for a dict by name use `inputs_kwargs` instead")
    if isinstance(value, Block):
        found: list[Any] = [value]
    elif isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
        found = [value]
    else:
        found = sorted(value, key=lambda block: getattr(block, "_id", 0)) if isinstance(value, Set) else list(value)
    for block in found:
        if not isinstance(block, Block) or (need_value and not hasattr(block, "preprocess")):
            kind = "a component" if need_value else "a component or layout"
            raise DeclarationError(f"{where}: {what} must be {kind}, got {block!r}")
    return found


class Listener:
    """`component.event`: call it, or use it as a decorator, to run a function when the event fires.

    Parameters
    ----------
    target : Block or None
        The block whose event it is; None: the page's own, or a chain's.
    event : str
        Name of the event.
    after : After, optional
        The place in a chain.
    """

    def __init__(
        self,
        target: Block | None,
        event: str,
        after: After | None = None,
        targets: list[Target] | None = None,
        root: Root | None = None,
    ) -> None:
        self.target, self.event, self.after = target, event, after
        self.targets = targets if targets is not None else ([] if after else [Target(target, event)])
        self.root = root

    @property
    def event_name(self) -> str:
        """Name of the event."""
        return self.event

    def __repr__(self) -> str:
        return f"{self.target or 'Blocks'}.{self.event}"

    def __call__(
        self,
        fn: Callable[..., Any] | Literal["decorator"] | None = FN,
        inputs: Block | Sequence[Block] | Set[Block] | None = None,
        outputs: Block | Sequence[Block] | Set[Block] | None = None,
        api_name: str | None = None,
        api_description: str | Literal[False] | None = None,
        scroll_to_output: bool = False,
        show_progress: ShowProgress = _FULL,
        show_progress_on: Block | Sequence[Block] | None = None,
        queue: bool | None = True,
        batch: bool = False,
        max_batch_size: int = 4,
        preprocess: bool = True,
        postprocess: bool = True,
        cancels: Dependency | list[Dependency] | None = None,
        trigger_mode: TriggerMode | None = None,
        js: str | Literal[True] | None = None,
        concurrency_limit: int | Literal["default"] | None = "default",
        concurrency_id: str | None = None,
        api_visibility: ApiVisibility = "public",
        time_limit: float | None = None,
        stream_every: float = 0.5,
        key: int | str | tuple[int | str, ...] | None = None,
        validator: Callable[..., Any] | None = None,
        inputs_kwargs: dict[str, Block] | None = None,
        executor: Any = None,
    ) -> Any:
        """Run `fn` when this event fires.

        Parameters
        ----------
        fn : callable or None
            Sync or async, plain or a generator; gets each input as one argument, and returns one value or
            a tuple for the outputs, or a dict `{component: value}`. None: only `js` runs. Not given: a decorator.
        inputs : component, or list or set of them
            Whose values `fn` gets; from a set it gets one dict keyed by component.
        outputs : component or layout, or list of them
            Where what `fn` returns goes.
        api_name : str, optional
            Endpoint's name; None: the function's, made unique.
        api_description : str or False, optional
            Endpoint's description; None: the docstring; False: none.
        scroll_to_output : bool
            Bring the first output into view when done.
        show_progress : {"full", "minimal", "hidden"}
            "full": a line over the outputs and the run time; "minimal": the run time only; "hidden": nothing.
            "minimal" for `.stream`, "hidden" for `.tick` unless given.
        show_progress_on : component or list, optional
            Where progress shows; None: on all outputs.
        queue : bool or None
            False: run at once, past the queue; None: as the app.
        batch : bool
            Waiting calls become one call with lists; `fn` returns a list per output.
        max_batch_size : int
            Most calls in one batch.
        preprocess, postprocess : bool
            False: raw values in, or out.
        cancels : Dependency or list of Dependency
            Listeners whose waiting and running jobs end when this event fires.
        trigger_mode : {"once", "multiple", "always_last"}, optional
            While a job of this listener is pending: ignore the event, run anyway, or run once more after it
            with the newest values. None: "always_last" for `change` and `key_up`, "multiple" for `stream`,
            else "once".
        js : str, optional
            JavaScript function that runs in the page before `fn`, gets the values of inputs and outputs and returns
            the inputs' new ones; with `fn=None`, the outputs'.
        concurrency_limit : int, None or "default"
            Most jobs at once; None: no limit; "default": the queue's.
        concurrency_id : str, optional
            Listeners with the same id share one limit, the lowest that was given.
        api_visibility : {"public", "undocumented", "private"}
            "undocumented": can be called, is not listed; "private": neither.
        time_limit : float, optional
            Seconds after which a `.stream` job ends.
        stream_every : float
            Seconds between chunks of a `.stream`.
        key : hashable, optional
            Identity across re-renders.
        validator : callable, optional
            Runs before `fn`, past the queue, with the same inputs; returns `gr.validate(ok, message)` per input.
        inputs_kwargs : dict of str to component, optional
            Passed to `fn` by keyword.
        executor : concurrent.futures.Executor or "main", optional
            Runs `fn` there instead of in a thread of this process; as in `queue`.

        Returns
        -------
        Dependency
            The registered listener; as a decorator, the plain function.
        """
        given = {k: v for k, v in locals().items() if k not in ("self", "fn")}
        if fn is FN:
            return _awaited(self, given)
        return self._register(cast("Callable[..., Any] | None", fn), **given)

    def _register(
        self,
        fn: Callable[..., Any] | None,
        *,
        inputs: Any,
        outputs: Any,
        show_progress: ShowProgress,
        show_progress_on: Any,
        cancels: Any,
        trigger_mode: TriggerMode | None,
        js: str | Literal[True] | None,
        inputs_kwargs: dict[str, Block] | None,
        **rest: Any,
    ) -> Dependency:
        here = place.get()
        root = here.root if here else self.root
        where = repr(self) if self.after is None else f"{self.after.dependency.name}.{self.event}"
        if root is None:
            raise OutsideBlocksError(f"Cannot call {where} outside of a Blocks: put it inside `with gr.Blocks():`")
        if fn is not None and not callable(fn):
            raise DeclarationError(f"{where}: fn must be a function or None, got {fn!r}")
        if js is True:
            raise DeclarationError(
                f"{where}: js=True (a Python function made into JavaScript) is not supported; "
                "give the JavaScript source as text"
            )
        events = {t.event for t in self.targets}
        given_outputs = _blocks(outputs, "an output", where, need_value=False)
        decided = {
            "targets": list(self.targets),
            "after": self.after,
            "positional": _blocks(inputs, "an input", where, need_value=True),
            "outputs": given_outputs,
            "inputs_as_dict": isinstance(inputs, Set) and not isinstance(inputs, Block),
            "inputs_kwargs": {
                name: _blocks(block, f"inputs_kwargs[{name!r}]", where, need_value=True)[0]
                for name, block in (inputs_kwargs or {}).items()
            },
            "show_progress": self._show(show_progress, events),
            "show_progress_on": _blocks(show_progress_on, "show_progress_on", where, need_value=False) or given_outputs,
            "cancels": [cancels] if isinstance(cancels, Dependency) else list(cancels or ()),
            "trigger_mode": trigger_mode or self._mode(events),
            "js": js,
            **rest,
        }
        blocks = [t.block for t in self.targets if t.block is not None]
        timer = next((b for b in blocks if b.get_block_name() == "timer"), None)
        dependency = Dependency(blocks[0] if blocks else None, decided, -1, fn, timer)
        _check_choice(where, "trigger_mode", dependency.trigger_mode, ("once", "multiple", "always_last"))
        _check_choice(where, "api_visibility", dependency.api_visibility, ("public", "private", "undocumented"))
        for cancelled in dependency.cancels:
            if not isinstance(cancelled, Dependency):
                raise DeclarationError(f"{where}: cancels takes what a listener returned, got {cancelled!r}")
        _check_running(where, dependency)
        for function in (dependency.fn, dependency.validator):
            if function is not None and dependency.inputs_kwargs:
                _check_keywords(where, function, dependency)
        cast("Registry", root).add_listener(dependency)
        for target in dependency.targets:
            declared = getattr(type(target.block), target.event, None) if target.block is not None else None
            if isinstance(declared, event) and declared.on_listener is not None:
                declared.on_listener(target.block)
        return dependency

    @staticmethod
    def _show(given: Any, events: set[str]) -> ShowProgress:
        if given not in ("full", "minimal", "hidden"):  # True and False are an old form
            meant: ShowProgress = "hidden" if given is False else "full"
            warnings.warn(
                f"show_progress is one of 'full', 'minimal', 'hidden', got {given!r}; {meant!r} is taken",
                DeprecationWarning if isinstance(given, bool) else NbblocksWarning,
                stacklevel=4,
            )
            return meant
        if given is not _FULL:
            return cast("ShowProgress", given)
        return next((_DEFAULT_SHOW[e] for e in events if e in _DEFAULT_SHOW), "full")

    @staticmethod
    def _mode(events: set[str]) -> TriggerMode:
        return next((_DEFAULT_MODE[e] for e in sorted(events) if e in _DEFAULT_MODE), "once")


def _check_choice(where: str, name: str, value: object, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise DeclarationError(f"{where}: {name} must be one of {', '.join(map(repr, choices))}, got {value!r}")


def _check_keywords(where: str, fn: Callable[..., Any], dependency: Dependency) -> None:
    """Refuse inputs by keyword that a function cannot take."""
    try:
        parameters = inspect.signature(fn).parameters
        hints = typing.get_type_hints(fn) if inspect.isroutine(fn) else {}
    except Exception:  # no signature, or hints that name what is not there
        return
    special = {n for n, p in parameters.items() if special_kind(hints.get(n, p.annotation), p.default) is not None}
    ordinary = [p for n, p in parameters.items() if n not in special]
    taken = [p.name for p in ordinary if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    filled = {"inputs"} if dependency.inputs_as_dict else set(taken[: len(dependency.positional)])
    takes_any = any(p.kind is p.VAR_KEYWORD for p in ordinary)
    for name in dependency.inputs_kwargs:
        found = parameters.get(name)
        if name in special:
            raise DeclarationError(f"{where}: inputs_kwargs cannot give {name!r}, which is filled in without it")
        if name in filled:
            raise DeclarationError(f"{where}: {name!r} gets a value by both `inputs` and `inputs_kwargs`")
        if found is not None and found.kind is found.POSITIONAL_ONLY:
            raise DeclarationError(f"{where}: Positional-only arguments cannot stand in inputs_kwargs: {name!r}")
        if (found is None or found.kind in (found.VAR_POSITIONAL, found.VAR_KEYWORD)) and not takes_any:
            known = ", ".join(taken) or "none"
            raise DeclarationError(
                f"{where}: Unexpected keyword arguments in inputs_kwargs: {name!r}; the function's are {known}"
            )


def check_executor(where: str, executor: Any) -> None:
    """Refuse what cannot run handlers."""
    if executor is not None and executor != "main" and not callable(getattr(executor, "submit", None)):
        raise DeclarationError(
            f"{where}: executor must be 'main' or a concurrent.futures.Executor, such as ProcessPoolExecutor(), Dask's "
            f"client.get_executor() or ipyparallel's client.executor(), got {executor!r}"
        )


def _check_running(where: str, dependency: Dependency) -> None:
    """Refuse limits that let nothing run; say what has no effect."""
    limit = dependency.concurrency_limit
    if limit not in (None, "default") and (isinstance(limit, bool) or not isinstance(limit, int) or limit < 1):
        raise DeclarationError(f"{where}: concurrency_limit must be 1 or more, None or 'default', got {limit!r}")
    if dependency.batch:
        if dependency.max_batch_size < 1:
            raise DeclarationError(f"{where}: max_batch_size must be 1 or more, got {dependency.max_batch_size!r}")
        if inspect.isgeneratorfunction(dependency.fn) or inspect.isasyncgenfunction(dependency.fn):
            raise DeclarationError(f"{where}: a generator cannot run in batches; return a list for each output")
    check_executor(where, dependency.executor)
    if dependency.time_limit is not None and not dependency.is_stream:
        told = f"{where}: time_limit= has no effect: it is for `.stream` alone"
        warn_once("listener.time_limit", told, stacklevel=5)


def _awaited(listener: Listener, given: dict[str, Any]) -> Any:
    """A call without a function: a decorator; with JavaScript it is a listener already."""
    if given["js"] is not None and given["js"] is not True:
        return _Pending(listener, given)
    return lambda f: (listener._register(f, **given), f)[1]


class _Pending:
    """`btn.click(js="…")`: registered at once as browser-only; as a decorator it becomes the real one."""

    def __init__(self, listener: Listener, given: dict[str, Any]) -> None:
        here = place.get()
        self._root: Any = here.root if here else listener.root
        self._api_name = given["api_name"]
        self._dependency = listener._register(None, **given)

    def __call__(self, fn: Callable[..., Any]) -> Callable[..., Any]:
        self._dependency.fn = fn
        self._dependency.api_name = self._api_name
        if hasattr(self._root, "name_endpoint"):  # what a render function makes has no endpoints
            self._root.name_endpoint(self._dependency)
        return fn

    def __getattr__(self, name: str) -> Any:
        return getattr(self._dependency, name)


class event:
    """Declare an event on a component class; read on an instance, it is the `Listener`.

    Parameters
    ----------
    doc : str
        When it fires.
    payload : type, optional
        Type of the data it brings; None: none.
    """

    is_event = True

    def __init__(self, doc: str, payload: Any = None) -> None:
        self.__doc__, self.payload = doc, payload
        self.on_listener: Callable[[Any], None] | None = None  #: told of a component that something listens to

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @property
    def __signature__(self) -> inspect.Signature:
        """The parameters of every listener."""
        own = list(inspect.signature(Listener.__call__).parameters.values())
        return inspect.Signature(own[1:])

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Refused: an event belongs to one component, not to the class."""
        raise TypeError(f"call .{self.name}() on a component, not on the class")

    @overload
    def __get__(self, obj: None, owner: type) -> event: ...
    @overload
    def __get__(self, obj: Block, owner: type) -> Listener: ...
    def __get__(self, obj: Block | None, owner: type) -> event | Listener:
        return self if obj is None else Listener(obj, self.name)


def _named(listed: Any) -> event:
    """The event of a name, or of an `EventListener`, in the `EVENTS` of a class."""
    made = event(getattr(listed, "doc", "") or f"{str(listed).replace('_', ' ').capitalize()}.")
    made.on_listener = getattr(listed, "callback", None)
    return made


Block._make_event = staticmethod(_named)


def on(
    triggers: Sequence[Any] | Any | None = None,
    fn: Callable[..., Any] | Literal["decorator"] | None = FN,
    inputs: Block | Sequence[Block] | Set[Block] | None = None,
    outputs: Block | Sequence[Block] | Set[Block] | None = None,
    *,
    inputs_kwargs: dict[str, Block] | None = None,
    api_visibility: ApiVisibility = "public",
    api_name: str | None = None,
    api_description: str | Literal[False] | None = None,
    scroll_to_output: bool = False,
    show_progress: ShowProgress = _FULL,
    show_progress_on: Block | Sequence[Block] | None = None,
    queue: bool | None = True,
    batch: bool = False,
    max_batch_size: int = 4,
    preprocess: bool = True,
    postprocess: bool = True,
    cancels: Dependency | list[Dependency] | None = None,
    trigger_mode: TriggerMode | None = None,
    js: str | Literal[True] | None = None,
    concurrency_limit: int | Literal["default"] | None = "default",
    concurrency_id: str | None = None,
    time_limit: float | None = None,
    stream_every: float = 0.5,
    key: int | str | tuple[int | str, ...] | None = None,
    validator: Callable[..., Any] | None = None,
    executor: Any = None,
) -> Any:
    """Run one function on several events; a call or a decorator.

    Parameters
    ----------
    triggers : event or list of events, optional
        Such as `[button.click, box.submit]`. None: the `change` of every input, and the load of the page.

    Returns
    -------
    Dependency
        As every listener; the other parameters are those of `Listener.__call__`.

    Examples
    --------
    >>> import nbblocks as gr
    >>> with gr.Blocks() as demo:
    ...     name, out, go = gr.Textbox(), gr.Textbox(), gr.Button("Greet")
    ...     dep = gr.on([name.submit, go.click], lambda n: f"Hello {n}", name, out)
    >>> dep.trigger_mode
    'once'
    """
    given = {k: v for k, v in locals().items() if k not in ("triggers", "fn")}
    here = place.get()
    if here is None:
        raise OutsideBlocksError("Cannot call gr.on outside of a Blocks: put it inside `with gr.Blocks():`")
    if triggers is None:
        found = [
            Target(block, "change")
            for block in [*_blocks(inputs, "an input", "gr.on", need_value=True), *(inputs_kwargs or {}).values()]
            if "change" in block.events
        ]
        found.append(Target(None, "load", is_implied=True))
        after = None
    else:
        found, after = targets_of(triggers, "gr.on")
    listener = Listener(None, "on", after, targets=found)
    if fn is FN:
        return _awaited(listener, given)
    return listener._register(cast("Callable[..., Any] | None", fn), **given)


def targets_of(triggers: Any, where: str) -> tuple[list[Target], After | None]:
    """The targets of events such as `[button.click, box.submit]`, and the place in a chain when one has it."""
    found: list[Target] = []
    after = None
    for trigger in triggers if isinstance(triggers, Iterable) else [triggers]:
        if not isinstance(trigger, Listener):
            raise DeclarationError(f"{where}: a trigger is an event such as button.click, got {trigger!r}")
        found += trigger.targets
        after = after or trigger.after
    return found, after
