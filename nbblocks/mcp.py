"""What a function tells of itself as a tool, resource or prompt of the Model Context Protocol.

The decorators keep it on the function, `fn.__mcp__`, and change nothing else: the function stays what it was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

__all__ = ["Described", "prompt", "resource", "tool"]

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Described:
    """What was said of a function.

    Parameters
    ----------
    kind : {"tool", "resource", "prompt"}
        What it is offered as.
    name, description : str, optional
        None: those of the function.
    uri_template, mime_type : str, optional
        Of a resource.
    structured_output : bool
        Of a tool: whether its result is an object.
    meta : dict, optional
        Further facts that go with a tool.
    """

    kind: Literal["tool", "resource", "prompt"]
    name: str | None = None
    description: str | None = None
    uri_template: str | None = None
    mime_type: str | None = None
    structured_output: bool = False
    meta: dict[str, Any] | None = None


def _marked(described: Described) -> Callable[[F], F]:
    def mark(fn: F) -> F:
        fn.__mcp__ = described  # type: ignore[attr-defined]
        return fn

    return mark


def tool(
    name: str | None = None,
    description: str | None = None,
    structured_output: bool = False,
    _meta: dict[str, Any] | None = None,
) -> Callable[[F], F]:
    """Offer a function as a tool. A decorator.

    Parameters
    ----------
    name, description : str, optional
        None: the function's own name and docstring.
    structured_output : bool
        Whether its result is an object.
    _meta : dict, optional
        Further facts that go with it.

    Examples
    --------
    >>> @tool(description="Adds two numbers")
    ... def add(a: int, b: int) -> int:
    ...     return a + b
    >>> add(1, 2), add.__mcp__.description
    (3, 'Adds two numbers')
    """
    return _marked(Described("tool", name, description, structured_output=structured_output, meta=_meta))


def resource(uri_template: str, description: str | None = None, mime_type: str | None = None) -> Callable[[F], F]:
    """Offer a function as a resource. A decorator.

    Parameters
    ----------
    uri_template : str
        Its address, with the function's parameters in braces: "greeting://{name}".
    description : str, optional
        None: the function's docstring.
    mime_type : str, optional
        What it gives.

    Examples
    --------
    >>> @resource("greeting://{name}", mime_type="text/plain")
    ... def greeting(name: str) -> str:
    ...     return f"Hello {name}"
    >>> greeting.__mcp__.uri_template
    'greeting://{name}'
    """
    return _marked(Described("resource", None, description, uri_template, mime_type))


def prompt(name: str | None = None, description: str | None = None) -> Callable[[F], F]:
    """Offer a function as a prompt. A decorator.

    Parameters
    ----------
    name, description : str, optional
        None: the function's own name and docstring.

    Examples
    --------
    >>> @prompt(name="Greet")
    ... def greet(name: str) -> str:
    ...     return f"Greet {name}"
    >>> greet.__mcp__.name
    'Greet'
    """
    return _marked(Described("prompt", name, description))
