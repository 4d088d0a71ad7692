"""The other half's view of a component: JSON schema and TypeScript, made from its declared parameters."""

from __future__ import annotations

import json
import re
import sys
import types
import typing
from collections.abc import Iterable, Sequence
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from ..declare import UNSET, Declared, Param
from ..docs import described

__all__ = ["json_schema", "props_of", "props_schema", "ts_type", "typescript", "wire_type"]

#: Decided before a page gets them, so narrower there than in Python.
DECIDED: dict[str, Any] = {"interactive": bool}

_JSON_NAMES: dict[Any, str] = {
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    type(None): "null",
    list: "array",
    dict: "object",
}


def wire_type(param: Param) -> Any:
    """The type of a parameter as a page gets it; None: it stays in Python.

    Examples
    --------
    >>> class Knob(Declared):
    ...     steps: int | None = None
    >>> wire_type(Knob.params["steps"])
    int | None
    """
    if param.wire is not UNSET:
        return param.wire
    names = vars(sys.modules[param.owner.__module__])
    return eval(param.annotation, {**vars(typing), **names})  # annotations of our own classes


def props_of(cls: type[Declared]) -> dict[str, Any]:
    """`{name: wire type}` of what a page gets of a class."""
    props = {p.name: DECIDED.get(p.name, wire_type(p)) for p in cls.synced()}
    return {**props, **getattr(cls, "extra_props", {})}


def json_schema(wire: Any) -> dict[str, Any]:
    """JSON schema of a wire type.

    Examples
    --------
    >>> json_schema(list[str] | None)
    {'anyOf': [{'type': 'array', 'items': {'type': 'string'}}, {'type': 'null'}]}
    """
    if wire is Any:
        return {}
    if wire is None:
        return {"type": "null"}
    if is_typeddict(wire):
        fields = {name: json_schema(hint) for name, hint in get_type_hints(wire).items()}
        schema: dict[str, Any] = {"type": "object", "properties": fields, "additionalProperties": False}
        return {**schema, "required": sorted(wire.__required_keys__)} if wire.__required_keys__ else schema
    if wire in _JSON_NAMES:
        return {"type": _JSON_NAMES[wire]}
    origin, args = get_origin(wire), get_args(wire)
    if origin is Literal:
        return {"enum": list(args)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [json_schema(a) for a in args]}
    if origin is list:
        return {"type": "array", "items": json_schema(args[0])}
    if origin is tuple:
        items = [json_schema(a) for a in args]
        return {"type": "array", "prefixItems": items, "minItems": len(args), "maxItems": len(args)}
    if origin is dict:
        return {"type": "object", "additionalProperties": json_schema(args[1])}
    raise TypeError(f"{wire!r} is no wire type")


def props_schema(cls: type[Declared]) -> dict[str, Any]:
    """JSON schema of what a page gets of a class."""
    props = {name: json_schema(wire) for name, wire in props_of(cls).items()}
    return {"title": cls.__name__, "type": "object", "properties": props, "required": list(props)}


def ts_type(wire: Any) -> str:
    """TypeScript of a wire type; a TypedDict is named.

    Examples
    --------
    >>> ts_type(list[int | str] | None)
    'Array<number | string> | null'
    """
    plain = {bool: "boolean", int: "number", float: "number", str: "string", type(None): "null"}
    if wire is Any:
        return "any"
    if wire is None:
        return "null"
    if is_typeddict(wire):
        return str(wire.__name__)
    if wire in plain:
        return plain[wire]
    if wire is list:
        return "Array<any>"
    if wire is dict:
        return "Record<string, any>"
    origin, args = get_origin(wire), get_args(wire)
    if origin is Literal:
        return " | ".join(json.dumps(a) for a in args)
    if origin in (Union, types.UnionType):
        return " | ".join(dict.fromkeys(ts_type(a) for a in args))
    if origin is list:
        return f"Array<{ts_type(args[0])}>"
    if origin is tuple:
        return f"[{', '.join(ts_type(a) for a in args)}]"
    if origin is dict:
        return f"Record<string, {ts_type(args[1])}>"
    raise TypeError(f"{wire!r} is no wire type")


def _named(wire: Any, found: dict[str, Any]) -> None:
    """Gather the TypedDicts in a wire type."""
    if is_typeddict(wire):
        found[wire.__name__] = wire
        for hint in get_type_hints(wire).values():
            _named(hint, found)
    for part in get_args(wire):
        if not isinstance(part, (str, int)):
            _named(part, found)


def _comment(block: str, indent: str) -> str:
    """The text of a parameter's description as a JSDoc block."""
    text = re.sub(r"\s+", " ", " ".join(block.splitlines()[1:])).strip().replace("*/", "* /")
    return f"{indent}/** {text} */\n" if text else ""


def _interface(name: str, fields: Iterable[str], doc: str) -> str:
    return f"/** {doc} */\nexport interface {name} {{\n{''.join(fields)}}}\n"


def _first_line(doc: str | None) -> str:
    return (doc or "").strip().splitlines()[0].replace("*/", "* /") if doc else ""


def _union(names: Sequence[str]) -> str:
    return " | ".join(json.dumps(n) for n in names) or "never"


def typescript(classes: Sequence[Any]) -> str:
    """TypeScript of what a page gets of each class: an interface each, and maps from their names on the wire.

    Parameters
    ----------
    classes : sequence of type
        Components and layouts with a browser half.

    Returns
    -------
    str
        The same text for the same classes, in whatever order they come.
    """
    ordered = sorted(classes, key=lambda cls: str(cls.__name__).lower())
    named: dict[str, Any] = {}
    interfaces = []
    for cls in ordered:
        texts = described(cls)
        fields = []
        for name, wire in props_of(cls).items():
            _named(wire, named)
            fields.append(f"{_comment(texts.get(name, ''), '  ')}  {name}: {ts_type(wire)};\n")
        interfaces.append(_interface(f"{cls.__name__}Props", fields, _first_line(cls._own_doc)))
    types_ = [
        _interface(
            name,
            [
                f"  {key}{'' if key in wire.__required_keys__ else '?'}: {ts_type(hint)};\n"
                for key, hint in get_type_hints(wire).items()
            ],
            _first_line(wire.__doc__),
        )
        for name, wire in sorted(named.items())
    ]
    maps = [
        _interface(
            "ComponentProps",
            [f"  {cls.get_block_name()}: {cls.__name__}Props;\n" for cls in ordered],
            "What a page gets of each kind of block.",
        ),
        _interface(
            "ComponentEvents",
            [f"  {cls.get_block_name()}: {_union(cls.events)};\n" for cls in ordered],
            "Events of each kind of block.",
        ),
        _interface(
            "UserProps",
            [f"  {cls.get_block_name()}: {_union(cls.user_props)};\n" for cls in ordered],
            "What a page may set of each kind of block.",
        ),
    ]
    lazy = {
        cls.get_block_name(): chunk.removeprefix("views-")
        for cls in ordered
        for chunk in cls.chunks
        if chunk.startswith("views-")
    }
    entries = "".join(f"  {name}: {json.dumps(family)},\n" for name, family in lazy.items())
    families = (
        "/** The family of views that has the view of a kind of block. */\n"
        f"export const FAMILIES: Record<string, string> = {{\n{entries}}};\n"
    )
    head = "// Made from the Python half by `make codegen`; never edited.\n"
    return "\n".join([head, *types_, *interfaces, *maps, families])
