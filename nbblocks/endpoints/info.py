"""The app's endpoints as clients read them: parameters and results, as JSON schema and as Python types."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from typing import Any

from ..blocks import Blocks
from ..blocks.template import has_place
from ..components import Component, State
from ..events import Dependency
from ..events.docstring import told_by
from ..session.call import special_parameters
from ..wire.partial import Partial
from .schemas import is_file

__all__ = ["api_info_of", "api_inputs", "api_outputs", "argument_names", "description_of", "endpoint_of", "python_type"]

_PLAIN = {"string": "str", "number": "float", "integer": "int", "boolean": "bool", "null": "None"}


def api_info_of(blocks: Blocks, all_endpoints: bool = False, page: str | None = None) -> dict[str, Any]:
    """Describe the endpoints of an app.

    Parameters
    ----------
    all_endpoints : bool
        Also those that are undocumented.
    page : str, optional
        Of this page of the app only.
    """
    named: dict[str, Any] = {}
    for dependency in blocks.listeners.values():
        if dependency.fn is None or dependency.api_visibility == "private":
            continue
        if page is not None and getattr(dependency, "page", "") != page:
            continue
        if dependency.api_visibility == "public" or all_endpoints:
            named[f"/{dependency.api_name}"] = endpoint_of(dependency)
    return {"named_endpoints": named, "unnamed_endpoints": {}}


def api_inputs(dependency: Dependency) -> list[Any]:
    """The inputs that a client gives: all but State."""
    return [b for b in dependency.inputs if _has_value(b)]


def api_outputs(dependency: Dependency) -> list[Any]:
    """The outputs that a client gets: all but State and layouts."""
    return [b for b in dependency.outputs if _has_value(b)]


def _has_value(block: Any) -> bool:
    return isinstance(block, Component) and not isinstance(block, State) and not block.skip_api


def endpoint_of(dependency: Dependency) -> dict[str, Any]:
    """Describe one endpoint."""
    return {
        "parameters": list(_parameters(dependency)),
        "returns": [_returned(b) for b in api_outputs(dependency)],
        "api_visibility": dependency.api_visibility,
        "description": description_of(dependency),
    }


def description_of(dependency: Dependency) -> str:
    """What an endpoint does: as it was given, else the first paragraph of its function's docstring."""
    given = dependency.api_description
    if given is False:
        return ""
    if isinstance(given, str):
        return given
    return told_by(dependency.fn).summary if hasattr(dependency.fn, "__name__") else ""


def _parameters(dependency: Dependency) -> Iterator[dict[str, Any]]:
    names = argument_names(dependency)
    every: list[Any] = dependency.inputs
    for at, block in enumerate(every):
        name, fn_default = names[at] if at < len(names) else (f"param_{at}", inspect.Parameter.empty)
        if not _has_value(block):
            continue
        schema = block.api_info_as_input()
        value = _first_value(block)
        has_default = value is not None or fn_default is not inspect.Parameter.empty
        default = value if value is not None else None if fn_default is inspect.Parameter.empty else fn_default
        yield {
            "label": _label(block) or f"parameter_{block._id}",
            "parameter_name": name,
            "parameter_has_default": has_default,
            "parameter_default": default,
            "type": schema,
            "python_type": {"type": python_type(schema), "description": _described(schema, is_input=True)},
            "component": _component_name(block),
            "example_input": block.example_inputs(),
        }


def refusals(dependency: Dependency, refused: dict[int, str]) -> list[dict[str, Any]]:
    """What a validator said of each parameter, as Gradio's clients read it.

    Parameters
    ----------
    refused : dict of int to str
        Messages by block id.
    """
    names = argument_names(dependency)
    blocks = dependency.inputs
    return [
        {
            "__type__": "validate",
            "is_valid": block._id not in refused,
            "message": refused.get(block._id, ""),
            "parameter_name": names[at][0] if at < len(names) else f"param_{at}",
        }
        for at, block in enumerate(blocks)
    ]


def _first_value(component: Any) -> Any:
    if component.load_fn is not None or not has_place(component):
        return None
    value = component.first_value()
    if value == component.blank and component.__dict__.get("value") is None:
        return None
    if isinstance(value, Partial):
        return None if value.is_large else value.whole()
    try:
        json.dumps(value)
    except (TypeError, ValueError):  # a file or the like: no default that a client could send
        return value.model_dump() if hasattr(value, "model_dump") else None
    return value


def argument_names(dependency: Dependency) -> list[tuple[str, Any]]:
    """The names of the function's arguments, in the order of its inputs, with their defaults."""
    fn: Any = dependency.fn
    kwargs = list(dependency.inputs_kwargs)
    count = len(dependency.positional)
    try:
        parameters = inspect.signature(fn).parameters
    except (TypeError, ValueError):  # some builtins have none
        parameters = {}  # type: ignore[assignment]
    special = {s.name for s in special_parameters(fn)}
    found: list[tuple[str, Any]] = []
    for name, p in parameters.items():
        if name in special or name in kwargs:
            continue
        if p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD, p.KEYWORD_ONLY):
            break
        found.append((name, p.default))
    found = found[:count] + [(f"param_{at}", inspect.Parameter.empty) for at in range(len(found), count)]
    return [
        *found,
        *[(name, parameters[name].default if name in parameters else inspect.Parameter.empty) for name in kwargs],
    ]


def _returned(block: Any) -> dict[str, Any]:
    schema = block.api_info_as_output()
    return {
        "label": _label(block) or f"value_{block._id}",
        "type": schema,
        "python_type": {"type": python_type(schema), "description": _described(schema, is_input=False)},
        "component": _component_name(block),
    }


def _label(block: Any) -> str | None:
    return getattr(block, "label", None)  # a Timer and a BrowserState have none


def _component_name(block: Any) -> str:
    name = block.get_block_name()
    is_own = not type(block).__module__.startswith(f"{__name__.partition('.')[0]}.")  # a class of the program's
    return str(block.get_block_class() if is_own or name == "nativeplot" else name).capitalize()


def _described(schema: dict[str, Any], is_input: bool) -> str | None:
    if "additional_description" in schema:
        return schema["additional_description"]  # type: ignore[no-any-return]
    if is_file(schema):
        return "A local filepath or publicly available URL."
    return "" if is_input else str(schema.get("description") or "")


def python_type(schema: Any, definitions: dict[str, Any] | None = None) -> str:
    """A JSON schema as a Python type.

    Examples
    --------
    >>> python_type({"type": "array", "items": {"enum": ["a", "b"]}})
    "list[Literal['a', 'b']]"
    """
    if not isinstance(schema, dict) or not schema:
        return "Any"
    definitions = {**(definitions or {}), **schema.get("$defs", {})}
    if "$ref" in schema:
        return python_type(definitions.get(schema["$ref"].rsplit("/", 1)[-1], {}), definitions)
    if is_file(schema):
        return "filepath"
    if "const" in schema:
        return f"Literal[{schema['const']!r}]"
    if "enum" in schema:
        return f"Literal[{', '.join(repr(str(v)) for v in schema['enum'])}]"
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return " | ".join(dict.fromkeys(python_type(s, definitions) for s in schema[key]))
    if "allOf" in schema:
        return python_type(schema["allOf"][0], definitions)
    kind = schema.get("type")
    if isinstance(kind, list):
        return " | ".join(_PLAIN.get(k, "Any") for k in kind)
    if kind == "array":
        return _list_type(schema, definitions)
    if kind == "object":
        return _dict_type(schema, definitions)
    if kind == {} and "json" in str(schema.get("description")):  # as clients in Python write it
        return "str | float | bool | list | dict"
    return _PLAIN.get(str(kind), "Any")


def _list_type(schema: dict[str, Any], definitions: dict[str, Any]) -> str:
    if "prefixItems" in schema:
        return f"tuple[{', '.join(python_type(s, definitions) for s in schema['prefixItems'])}]"
    return f"list[{python_type(schema.get('items'), definitions)}]"


def _dict_type(schema: dict[str, Any], definitions: dict[str, Any]) -> str:
    properties = schema.get("properties")
    if properties:
        fields = ", ".join(
            f"{name}: {_field_type(s, definitions)}" for name, s in properties.items() if name != "$defs"
        )
        return f"dict({fields})"
    values = schema.get("additionalProperties")
    return f"dict(str, {python_type(values, definitions)})" if isinstance(values, dict) else "dict(str, Any)"


def _field_type(schema: dict[str, Any], definitions: dict[str, Any]) -> str:
    text = schema.get("description") if isinstance(schema, dict) else None
    return python_type(schema, definitions) + (f" ({text})" if text else "")
