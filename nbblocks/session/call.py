"""How a handler is called: its arguments, and what becomes of what it returns."""

from __future__ import annotations

import functools
import inspect
import typing
import warnings
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from ..events import Dependency
from ..events.injected import special_kind
from ..exceptions import HandlerError, NbblocksWarning
from ..tree import Block

__all__ = ["SKIP", "Special", "is_update", "kind_of", "outputs_of", "skip", "special_parameters", "update", "validate"]

_T = TypeVar("_T")


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


def _once(look: Callable[[Callable[..., Any]], _T]) -> Callable[[Callable[..., Any]], _T]:
    """Look at each function once: signatures and hints take longer to read than most handlers to run."""
    seen: weakref.WeakKeyDictionary[Callable[..., Any], _T] = weakref.WeakKeyDictionary()

    @functools.wraps(look)
    def looked(fn: Callable[..., Any]) -> _T:
        try:
            return seen[fn]
        except KeyError:
            found = seen[fn] = look(fn)
            return found
        except TypeError:  # neither hashed nor held weakly: a callable of the user's own, a builtin
            return look(fn)

    return looked


@_once
def kind_of(fn: Callable[..., Any]) -> tuple[bool, bool]:
    """Whether a handler is async, and whether it is a generator."""
    plain = _unwrapped(fn)
    if inspect.isasyncgenfunction(plain):
        return True, True
    return inspect.iscoroutinefunction(plain), inspect.isgeneratorfunction(plain)


@_once
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
    return isinstance(value, Block) or (isinstance(value, dict) and value.get("__type__") == "update")


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
