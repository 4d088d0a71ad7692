"""Schemas of inputs in a form that language models fill in well: a file is the text of its address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["has_files", "is_file", "simple", "with_files"]

FILE_SCHEMA = {"type": "string", "format": "uri"}
FILE_HINT = "A file: its http or https address, or a data: URL."


def is_file(schema: Any) -> bool:
    """Whether a schema is that of a file."""
    properties = schema.get("properties") if isinstance(schema, dict) else None
    return isinstance(properties, dict) and {"path", "meta"} <= properties.keys()


def _resolved(schema: Any, definitions: dict[str, Any]) -> Any:
    while isinstance(schema, dict) and "$ref" in schema:
        schema = definitions.get(str(schema["$ref"]).rsplit("/", 1)[-1], {})
    return schema


def simple(schema: Any, definitions: dict[str, Any]) -> Any:
    """The schema with each file as an address.

    Parameters
    ----------
    definitions : dict
        Takes what the schema refers to: the references are to the root of the whole.

    Examples
    --------
    >>> simple({"type": "array", "items": {"properties": {"path": {}, "meta": {}}}}, {})["items"]["format"]
    'uri'
    """
    found: dict[str, Any] = {}
    told = _simple(schema, {**schema.get("$defs", {})}, found, frozenset())
    definitions |= found
    return told


def _simple(schema: Any, known: dict[str, Any], found: dict[str, Any], inside: frozenset[str]) -> Any:
    if isinstance(schema, list):
        return [_simple(s, known, found, inside) for s in schema]
    if not isinstance(schema, dict):
        return schema
    if is_file(_resolved(schema, known)):
        return {**FILE_SCHEMA, "description": str(schema.get("description") or FILE_HINT)}
    if "$ref" in schema:
        name = str(schema["$ref"]).rsplit("/", 1)[-1]
        if name in known and name not in inside and name not in found:
            found[name] = _simple(known[name], known, found, inside | {name})
        return dict(schema)
    return {
        k: _simple(v, known, found, inside) for k, v in schema.items() if k not in ("$defs", "additional_description")
    }


def has_files(schema: Any) -> bool:
    """Whether there is a file anywhere in it."""
    if isinstance(schema, list):
        return any(has_files(s) for s in schema)
    return isinstance(schema, dict) and (is_file(schema) or any(has_files(s) for s in schema.values()))


def with_files(
    value: Any, schema: Any, make: Callable[[str], dict[str, Any]], definitions: dict[str, Any] | None = None
) -> Any:
    """A value with each address of a file as that file.

    Parameters
    ----------
    schema : dict
        The value's own, not the simple one.
    make : callable
        Gives the file of an address.

    Examples
    --------
    >>> file = {"properties": {"path": {}, "meta": {}}}
    >>> with_files(["a"], {"type": "array", "items": file}, lambda address: {"path": address})
    [{'path': 'a'}]
    """
    if not isinstance(schema, dict):
        return value
    definitions = {**(definitions or {}), **schema.get("$defs", {})}
    schema = _resolved(schema, definitions)
    if not isinstance(schema, dict):
        return value
    if is_file(schema):
        return make(value) if isinstance(value, str) else value
    for key in ("anyOf", "oneOf", "allOf"):
        for choice in schema.get(key, ()):
            value = with_files(value, choice, make, definitions)
    if isinstance(value, list):
        first = schema.get("prefixItems", [])
        rest = schema.get("items")
        return [with_files(v, first[at] if at < len(first) else rest, make, definitions) for at, v in enumerate(value)]
    if isinstance(value, dict):
        properties, rest = schema.get("properties", {}), schema.get("additionalProperties")
        return {k: with_files(v, properties.get(k, rest), make, definitions) for k, v in value.items()}
    return value
