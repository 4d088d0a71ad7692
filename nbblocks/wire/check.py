"""Check what a page sent against the type that it should have."""

from __future__ import annotations

import math
import types
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from ..exceptions import WireError

__all__ = ["checked", "fits", "plain_types", "type_name"]

_KINDS = {bool: "a boolean", int: "an integer", float: "a number", str: "text", type(None): "null"}


def type_name(wire: Any) -> str:
    """A wire type in words."""
    if wire is None:
        return "null"
    if wire in _KINDS:
        return _KINDS[wire]
    origin, args = get_origin(wire), get_args(wire)
    if origin is Literal:
        return " or ".join(repr(a) for a in args)
    if origin in (Union, types.UnionType):
        return " or ".join(type_name(a) for a in args)
    if origin is list:
        return f"a list of {type_name(args[0])}" if args else "a list"
    if origin is tuple:
        return f"a list of {len(args)}: {', '.join(type_name(a) for a in args)}"
    if wire is list:
        return "a list"
    if is_typeddict(wire):
        return f"{{{', '.join(get_type_hints(wire))}}}"
    if origin is dict or wire is dict:
        return "an object"
    return "anything"


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


@cache
def plain_types(wire: Any) -> frozenset[type]:
    """The Python types whose every value has a wire type; most values that a page sends are of one."""
    if wire in (str, int, bool, type(None)):
        return frozenset((wire,))
    if get_origin(wire) in (Union, types.UnionType):
        return frozenset().union(*map(plain_types, get_args(wire)))
    return frozenset()


def checked(value: Any, wire: Any, where: str) -> Any:
    """Give back a JSON value if it has the type that it should have.

    Parameters
    ----------
    value : object
        As it came out of JSON.
    wire : type
        bool, int, float, str, None, Any, Literal, a union, `list[X]`, `tuple[X, Y]` (a list of that length),
        `dict[str, X]` or a TypedDict. A bool is no number, an int is a float, NaN is neither.
    where : str
        What it is, for the message.

    Returns
    -------
    object
        The value itself.

    Raises
    ------
    WireError
        It has another type; the message says where.

    Examples
    --------
    >>> checked([1, 2], list[int], "Slider.value")
    [1, 2]
    >>> checked(True, int, "Tabs.selected")
    Traceback (most recent call last):
    nbblocks.exceptions.WireError: Tabs.selected: expected an integer, got True
    """
    if type(value) in plain_types(wire):
        return value
    origin, args = get_origin(wire), get_args(wire)
    if is_typeddict(wire):
        _check_fields(value, wire, where)
    elif (origin is list or wire is list) and isinstance(value, list):
        for at, item in enumerate(value) if args else ():
            checked(item, args[0], f"{where}[{at}]")
    elif origin is tuple and isinstance(value, (list, tuple)) and len(value) == len(args):
        for at, (item, item_type) in enumerate(zip(value, args, strict=True)):
            checked(item, item_type, f"{where}[{at}]")
    elif (origin is dict or wire is dict) and isinstance(value, dict):
        for key, item in value.items() if args else ():
            checked(key, args[0], f"key of {where}")
            checked(item, args[1], f"{where}[{key!r}]")
    elif origin in (Union, types.UnionType):
        if not any(fits(value, a) for a in args):
            containers = [a for a in args if isinstance(value, get_origin(a) or dict if _is_container(a) else ())]
            if len(containers) == 1:  # say what is wrong inside
                checked(value, containers[0], where)
            raise WireError(f"{where}: expected {type_name(wire)}, got {_shown(value)}")
    elif not _fits_plain(value, wire):
        raise WireError(f"{where}: expected {type_name(wire)}, got {_shown(value)}")
    return value


def fits(value: Any, wire: Any) -> bool:
    """Whether a JSON value has a wire type.

    Examples
    --------
    >>> fits(3, float), fits(True, float), fits(None, str | None)
    (True, False, True)
    """
    try:
        checked(value, wire, "")
    except WireError:
        return False
    return True


def _is_container(wire: Any) -> bool:
    return is_typeddict(wire) or get_origin(wire) in (list, dict)


def _fits_plain(value: Any, wire: Any) -> bool:
    if wire is Any or wire is object:
        return True
    if get_origin(wire) is Literal:
        return any(value == a and type(value) is type(a) for a in get_args(wire))
    if wire is None or wire is type(None):
        return value is None
    if wire is bool or wire is str:
        return isinstance(value, wire)
    if wire is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if wire is float:
        return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    if wire in (list, dict) or get_origin(wire) in (list, dict, tuple):
        return False  # a value of that kind is looked into
    raise TypeError(f"{wire!r} is no wire type")


def _check_fields(value: Any, wire: Any, where: str) -> None:
    if not isinstance(value, Mapping):
        raise WireError(f"{where}: expected {type_name(wire)}, got {_shown(value)}")
    hints = get_type_hints(wire)
    for key, item in value.items():
        if key not in hints:
            raise WireError(f"{where}: {key!r} is none of {', '.join(hints)}")
        checked(item, hints[key], f"{where}.{key}")
    missing = sorted(wire.__required_keys__ - value.keys())
    if missing:
        raise WireError(f"{where}: {missing[0]!r} is missing")
