"""Put inherited parameters' descriptions into a class's numpydoc docstring."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any, TypeVar

__all__ = ["described", "document", "merged_docstring", "own_parameters"]

C = TypeVar("C", bound=Callable[..., Any])
_HEADER = re.compile(r"^(\w+(?:, \w+)*) : (.*)")


def own_parameters(doc: str) -> dict[str, str]:
    """`{name: its block}` of the Parameters section of a numpydoc docstring; names listed together each get one."""
    lines = inspect.cleandoc(doc).splitlines()
    if "Parameters" not in lines:
        return {}
    blocks: dict[str, list[str]] = {}
    names: list[str] = []
    start = lines.index("Parameters") + 2
    for at, line in enumerate(lines[start:], start):
        if match := _HEADER.match(line):
            names = match[1].split(", ")
            blocks |= {name: [f"{name} : {match[2]}"] for name in names}
            continue
        if line and at + 1 < len(lines) and set(lines[at + 1]) == {"-"}:
            break  # the heading of the next section
        for name in names:
            blocks[name].append(line)
    return {n: "\n".join(block).rstrip() for n, block in blocks.items()}


def described(cls: Any) -> dict[str, str]:
    """Every parameter's block, own and inherited."""
    blocks: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        blocks |= own_parameters(base.__dict__.get("_own_doc", ""))
    return blocks


def _sections(doc: str) -> tuple[str, str]:
    """What stands before and after the Parameters section."""
    clean = inspect.cleandoc(doc)
    head, found, rest = clean.partition("\nParameters\n")
    if not found:
        head, found, rest = re.sub(r"\n(\w+)\n---", r"\n\0\1\n---", clean, count=1).partition("\0")
        return head.rstrip(), found and rest
    match = re.search(r"\n(\w+)\n---+\n", rest)
    return head.rstrip(), rest[match.start() + 1 :] if match else ""


def merged_docstring(cls: Any) -> str:
    """The class's own text with every parameter's description in signature order."""
    blocks = described(cls)
    head, tail = _sections(cls._own_doc)
    order = sorted(cls.params, key=lambda n: cls.params[n].kw_only)
    listed = "\n".join(blocks[n] for n in order if n in blocks)
    text = f"{head}\n\nParameters\n----------\n{listed}\n" if listed else head + "\n"
    return f"{text}\n{tail}\n" if tail else text


def document(*names: str, inherit: bool = False, documentation_group: str | None = None) -> Callable[[C], C]:
    """Mark a class for a documentation, as components of one's own do; a decorator.

    Parameters
    ----------
    *names : str
        Methods that are to be described.
    inherit : bool
        Whether also those of its bases are.
    documentation_group : str, optional
        Under which heading.
    """

    def mark(cls: C) -> C:
        cls.documented = (names, inherit, documentation_group)  # type: ignore[attr-defined]
        return cls

    return mark
