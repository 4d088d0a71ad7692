"""Functions as nodes: which there are, and what ports their signatures make."""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ..exceptions import DeclarationError
from ..session.call import special_parameters

__all__ = ["arguments_of", "bound_functions", "first_graph", "operator_of"]

Functions = dict[str, Callable[..., Any]]

NODE_WIDTH = 220


def bound_functions(bind: Mapping[str, Callable[..., Any]] | Sequence[Callable[..., Any]] | None) -> Functions:
    """The functions of `bind` by name.

    Raises
    ------
    DeclarationError
        Something in it is no function, or two have one name.

    Examples
    --------
    >>> bound_functions([len]), bound_functions({"Length": len})
    ({'len': <built-in function len>}, {'Length': <built-in function len>})
    """
    if bind is None:
        return {}
    if isinstance(bind, Mapping):
        pairs = [(str(name), fn) for name, fn in bind.items()]
    elif isinstance(bind, (list, tuple)):
        pairs = [(getattr(fn, "__name__", type(fn).__name__), fn) for fn in bind]
    else:
        raise DeclarationError(f"Workflow: bind is a list of functions or a dict of them by name, got {bind!r}")
    found: Functions = {}
    for name, fn in pairs:
        if not callable(fn):
            raise DeclarationError(f"Workflow: bind holds functions, got {fn!r}")
        if name in found:
            raise DeclarationError(f"Workflow: two functions of bind are called {name!r}: name them in a dict")
        found[name] = fn
    return found


def arguments_of(fn: Callable[..., Any]) -> list[inspect.Parameter]:
    """The parameters of a function that its ports fill, in their order; none where it tells no signature."""
    try:
        found = inspect.signature(fn).parameters.values()
    except (ValueError, TypeError):
        return [inspect.Parameter("value", inspect.Parameter.POSITIONAL_ONLY)]
    special = {s.name for s in special_parameters(fn)}
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return [p for p in found if p.kind in kinds and p.name not in special]


def operator_of(name: str, fn: Callable[..., Any]) -> dict[str, Any]:
    """A node that calls a function: a port for each parameter, and one for its result.

    Numbers and booleans have ports of their types, all else is text.

    Examples
    --------
    >>> def repeat(text: str, times: int = 2) -> str:
    ...     return text * times
    >>> [port["type"] for port in operator_of("repeat", repeat)["inputs"]]
    ['text', 'number']
    """
    hints = _hints(fn)
    inputs = [
        {
            "id": f"in_{p.name}",
            "label": p.name,
            "type": _type_of(hints.get(p.name)),
            **({"required": True} if p.default is p.empty else {}),
        }
        for p in arguments_of(fn)
    ]
    return {
        "id": f"fn_{name}",
        "label": name,
        "role": "operator",
        "kind": "fn",
        "fn": name,
        "inputs": inputs,
        "outputs": [{"id": "out_0", "label": "output", "type": _type_of(hints.get("return"))}],
        "width": NODE_WIDTH,
        "data": {},
    }


def _hints(fn: Callable[..., Any]) -> dict[str, Any]:
    called: Any = fn if inspect.isroutine(fn) or isinstance(fn, type) else type(fn).__call__
    try:
        return typing.get_type_hints(called)
    except Exception:  # hints that name what is not there: then all is text
        return {}


def _type_of(hint: Any) -> str:
    parts = list(_alternatives(hint))
    if parts and all(part is bool for part in parts):
        return "boolean"
    return "number" if parts and all(part in (int, float) for part in parts) else "text"


def _alternatives(hint: Any) -> Iterator[Any]:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        yield from (part for part in typing.get_args(hint) if part is not type(None))
    else:
        yield hint


def first_graph(name: str, functions: Functions, edges: Sequence[Any] | None) -> dict[str, Any]:
    """A graph of functions that no file describes yet.

    Parameters
    ----------
    name : str
        Of the graph.
    functions : dict of str to callable
        A node each.
    edges : list of (str, str), optional
        From which function to which: "name", or "name.port".

    Raises
    ------
    DeclarationError
        An edge names what there is not.

    Examples
    --------
    >>> graph = first_graph("Demo", {"strip": str.strip, "length": len}, [("strip", "length")])
    >>> graph["edges"][0]["to_node_id"]
    'fn_length'
    """
    operators = {key: operator_of(key, fn) for key, fn in functions.items()}
    made = []
    for at, edge in enumerate(edges or ()):
        if not isinstance(edge, (tuple, list)) or len(edge) != 2 or not all(isinstance(end, str) for end in edge):
            raise DeclarationError(f"Workflow: an edge is a pair (from, to) of names of functions, got {edge!r}")
        source, leaves = _end(edge[0], operators, "outputs")
        target, enters = _end(edge[1], operators, "inputs")
        made.append(
            {
                "id": f"edge_{at}",
                "from_node_id": source["id"],
                "from_port_id": leaves["id"],
                "to_node_id": target["id"],
                "to_port_id": enters["id"],
                "type": leaves["type"],
            }
        )
    return {
        "schema_version": "2",
        "name": name,
        "references": [],
        "operators": list(operators.values()),
        "subjects": [],
        "edges": made,
    }


def _end(told: str, operators: dict[str, dict[str, Any]], side: str) -> tuple[dict[str, Any], dict[str, Any]]:
    name, _, port = (told, "", "") if told in operators else told.rpartition(".")
    node = operators.get(name)
    if node is None:
        raise DeclarationError(f"Workflow: an edge names {told!r}; the functions of bind are {list(operators)}")
    ports: list[dict[str, Any]] = node[side]
    found = [p for p in ports if not port or port in (p["label"], p["id"])]
    if not found:
        raise DeclarationError(
            f"Workflow: an edge names {told!r}; the {side} of {name!r} are {[p['label'] for p in ports]}"
        )
    return node, found[0]
