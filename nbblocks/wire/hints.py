"""JSON schema of a function's type hints, for endpoints that have no components."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping, Sequence, Set
from typing import Any, Literal, Union, get_args, get_origin

__all__ = ["schema_of_hint"]

_PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    None: {"type": "null"},
    type(None): {"type": "null"},
    bytes: {"type": "string", "format": "byte"},
}


def schema_of_hint(hint: Any) -> dict[str, Any]:
    """JSON schema of what a type hint stands for; `{}`, anything, where JSON knows no such kind.

    Examples
    --------
    >>> schema_of_hint(dict[str, int])
    {'type': 'object', 'additionalProperties': {'type': 'integer'}}
    >>> schema_of_hint(float | None)
    {'oneOf': [{'type': 'null'}, {'type': 'number'}]}
    """
    try:
        if hint in _PLAIN:
            return dict(_PLAIN[hint])
    except TypeError:  # a hint that cannot be hashed
        return {}
    if typing.is_typeddict(hint):
        fields = {name: schema_of_hint(kind) for name, kind in typing.get_type_hints(hint).items()}
        return {"type": "object", "properties": fields, "required": sorted(hint.__required_keys__)}
    if hasattr(hint, "model_json_schema"):
        return dict(hint.model_json_schema())
    origin, args = get_origin(hint) or hint, get_args(hint)
    if origin is Literal:
        return {"enum": list(args)}
    if origin is typing.Annotated:
        return schema_of_hint(args[0])
    if origin in (Union, types.UnionType):
        return _union(args)
    return _container(origin, args)


def _union(args: tuple[Any, ...]) -> dict[str, Any]:
    others = [a for a in args if a is not type(None)]
    if len(others) == len(args):
        return {"anyOf": [schema_of_hint(a) for a in args]}
    found = schema_of_hint(others[0]) if len(others) == 1 else _union(tuple(others))
    return {"oneOf": [{"type": "null"}, found]}


def _container(origin: Any, args: tuple[Any, ...]) -> dict[str, Any]:
    if not isinstance(origin, type):
        return {}
    if issubclass(origin, tuple):
        if not args or args[-1] is Ellipsis:
            return {"type": "array", "items": schema_of_hint(args[0]) if args else {}}
        parts = [schema_of_hint(a) for a in args]
        return {"type": "array", "prefixItems": parts, "minItems": len(parts), "maxItems": len(parts)}
    if issubclass(origin, (set, frozenset, Set)):
        return {"type": "array", "uniqueItems": True, "items": schema_of_hint(args[0]) if args else {}}
    if issubclass(origin, (dict, Mapping)):
        return {"type": "object", "additionalProperties": schema_of_hint(args[1]) if len(args) > 1 else {}}
    if issubclass(origin, (list, Sequence)):
        return {"type": "array", "items": schema_of_hint(args[0]) if args else {}}
    return {}
