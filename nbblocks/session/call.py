"""How a handler is called: its arguments, and what becomes of what it returns."""

from __future__ import annotations

import functools
import inspect
import typing
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from ..components import Component
from ..events import Dependency
from ..events.injected import once_each, special_kind
from ..exceptions import HandlerError, NbblocksWarning
from ..tree import Block
from .request import Request

__all__ = [
    "SKIP",
    "Special",
    "component_props",
    "is_update",
    "kind_of",
    "outputs_of",
    "skip",
    "special_parameters",
    "update",
    "update_of",
    "validate",
    "with_props",
    "with_special",
]


@dataclass(frozen=True)
class Special:
    """A parameter that gets something other than an input."""

    name: str
    position: int | None  #: None: keyword only
    kind: type[Any]  #: Request, Progress, EventData or one of its kinds, …: see `made`
    default: Any = field(compare=False)
    is_optional: bool = True  #: whether None will do


def _unwrapped(fn: Callable[..., Any]) -> Callable[..., Any]:
    while isinstance(fn, functools.partial) or getattr(type(fn), "is_transparent", False):
        fn = fn.func if isinstance(fn, functools.partial) else fn.__wrapped__  # type: ignore[attr-defined]
    if not (inspect.isfunction(fn) or inspect.ismethod(fn) or inspect.isclass(fn)) and hasattr(fn, "__call__"):  # noqa: B004
        call = fn.__call__
        if inspect.ismethod(call):
            return call
    return fn


@once_each
def kind_of(fn: Callable[..., Any]) -> tuple[bool, bool]:
    """Whether a handler is async, and whether it is a generator."""
    plain = _unwrapped(fn)
    if inspect.isasyncgenfunction(plain):
        return True, True
    return inspect.iscoroutinefunction(plain), inspect.isgeneratorfunction(plain)


@once_each
def special_parameters(fn: Callable[..., Any]) -> tuple[Special, ...]:
    """The parameters of a handler that get a Request, a Progress or the event's data."""
    try:
        signature = inspect.signature(fn)
    except (ValueError, TypeError):  # some builtins have none
        return ()
    hints = _hints(fn)
    found = []
    position = 0
    for name, p in signature.parameters.items():
        kind = special_kind(hints.get(name, p.annotation), p.default)
        keyword_only = p.kind is inspect.Parameter.KEYWORD_ONLY
        if kind is not None:
            optional = p.default is None or type(None) in typing.get_args(hints.get(name, p.annotation))
            found.append(Special(name, None if keyword_only else position, kind, p.default, optional))
        if not keyword_only:
            position += 1
    return tuple(found)


def with_special(fn: Callable[..., Any], args: Sequence[Any], request: Any) -> list[Any]:
    """The arguments of a function that a page calls, with who asks where a parameter is annotated as a Request."""
    whole = list(args)
    for special in special_parameters(fn):
        if special.position is not None and special.kind is Request:
            whole.insert(special.position, request)
    return whole


def _hints(fn: Callable[..., Any]) -> dict[str, Any]:
    try:
        return typing.get_type_hints(_unwrapped(fn))
    except Exception:  # hints that name what is not there: the raw annotations will do
        return {}


@dataclass
class Arguments:
    """What a handler is called with."""

    args: list[Any]
    kwargs: dict[str, Any]


def arguments_for(
    specials: tuple[Special, ...],
    values: list[Any],
    named: dict[str, Any],
    make: Callable[[Special], Any],
) -> Arguments:
    """Put the inputs and the special parameters in their places."""
    args, kwargs = list(values), dict(named)
    for special in specials:
        made = make(special)
        if special.position is None or special.position > len(args):
            kwargs[special.name] = made
        else:
            args.insert(special.position, made)
    return Arguments(args, kwargs)


def component_props(**props: Any) -> SimpleNamespace:
    """All properties of a component: what a parameter gets that is annotated with its class.

    The handler may set some and return it, as an update of those.

    Examples
    --------
    >>> box = component_props(value=1, label="A")
    >>> box.label = "B"
    >>> update_of(box)
    {'label': 'B'}
    """
    return SimpleNamespace(**props, _is_component_update=props)


def props_of(component: Component, value: Any) -> SimpleNamespace:
    """Those of a component, with the value that a handler gets."""
    return component_props(**{**component.get_config(), "value": value})


def _is_props(value: Any) -> bool:
    return isinstance(value, SimpleNamespace) and hasattr(value, "_is_component_update")


def with_props(components: Sequence[Block], values: list[Any], places: Sequence[int]) -> list[Any]:
    """Values of inputs, some of them with all that their component is."""
    given = list(values)
    for at in places:
        component = components[at]
        if isinstance(component, Component):
            given[at] = props_of(component, values[at])
    return given


def update_of(value: Any) -> dict[str, Any]:
    """The parameters that an update sets."""
    if _is_props(value):
        before = value._is_component_update
        now = {k: v for k, v in vars(value).items() if k != "_is_component_update"}
        return {k: v for k, v in now.items() if k not in before or (before[k] is not v and before[k] != v)}
    if isinstance(value, Block):
        return {k: v for k, v in value.given.items() if k not in ("render", "key", "preserved_by_key")}
    return {k: v for k, v in value.items() if k != "__type__"}


SKIP: dict[str, Any] = {"__type__": "update"}


def skip() -> dict[str, Any]:
    """Return for an output that is to stay as it is.

    Examples
    --------
    >>> skip()
    {'__type__': 'update'}
    """
    return {"__type__": "update"}


def update(elem_id: str | None = None, elem_classes: Any = None, visible: Any = None, **kwargs: Any) -> dict[str, Any]:
    """Return for an output of which some properties are to change.

    Parameters
    ----------
    elem_id : str, optional
        Its new id in the page.
    elem_classes : str or list of str, optional
        Its new CSS classes.
    visible : bool or "hidden", optional
        Whether it is shown.
    **kwargs
        Any other parameter of the component.

    Examples
    --------
    >>> update(label="Name")
    {'label': 'Name', '__type__': 'update'}
    """
    given = {"elem_id": elem_id, "elem_classes": elem_classes, "visible": visible}
    return {k: v for k, v in given.items() if v is not None} | kwargs | {"__type__": "update"}


def validate(is_valid: bool, message: str) -> dict[str, Any]:
    """Return from a validator, once for each input.

    Parameters
    ----------
    is_valid : bool
        Whether the handler may run with this input.
    message : str
        What is wrong with it.

    Examples
    --------
    >>> validate(False, "Too short")["message"]
    'Too short'
    """
    return {"__type__": "validate", "is_valid": bool(is_valid), "message": message}


def is_update(value: Any) -> bool:
    """Whether a handler's value sets parameters, and is not a value to show."""
    is_one = isinstance(value, Block) or _is_props(value)
    return is_one or (isinstance(value, dict) and value.get("__type__") == "update")


def outputs_of(dependency: Dependency, returned: Any) -> list[tuple[Block, Any]]:
    """What a handler returned, put to its outputs.

    Raises
    ------
    HandlerError
        It returned too few values, or one for a block that is no output.
    """
    outputs = dependency.outputs
    if isinstance(returned, dict) and returned and any(isinstance(k, Block) for k in returned):
        strange = [k for k in returned if k not in outputs]
        if strange:
            raise HandlerError(
                f"{dependency.name} returned a value for {strange[0]!r}, which is not one of its outputs: "
                f"{_listed(outputs)}"
            )
        return [(block, value) for block, value in returned.items()]
    if not outputs:
        if returned is not None and not (isinstance(returned, (tuple, list)) and not returned):
            _extra(dependency, 1 if not isinstance(returned, (tuple, list)) else len(returned))
        return []
    if len(outputs) == 1:
        return [(outputs[0], returned)]
    values = list(returned) if isinstance(returned, (tuple, list)) else [returned]
    if len(values) < len(outputs):
        raise HandlerError(
            f"{dependency.name} returned {len(values)} value{'s' * (len(values) != 1)}, but it has "
            f"{len(outputs)} outputs: {_listed(outputs)}"
        )
    if len(values) > len(outputs):
        _extra(dependency, len(values))
    return list(zip(outputs, values, strict=False))


def _extra(dependency: Dependency, count: int) -> None:
    outputs = dependency.outputs
    warnings.warn(
        f"{dependency.name} returned {count} values, but it has {len(outputs)} outputs"
        f"{': ' + _listed(outputs) if outputs else ''}; the others are dropped",
        NbblocksWarning,
        stacklevel=2,
    )


def _listed(blocks: list[Block]) -> str:
    return ", ".join(map(repr, blocks))
