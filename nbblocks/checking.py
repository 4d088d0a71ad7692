"""Which of the names and launch parameters that a program uses are supported, read from its text."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

__all__ = ["Finding", "check"]

_PACKAGES = ("gradio", "nbblocks")


@dataclass(frozen=True, order=True)
class Finding:
    """A name or a parameter that a program uses.

    Parameters
    ----------
    line : int
        Where first.
    name : str
        `gr.Textbox`, `gr.Textbox(lines=…)`, or `launch(share=…)`.
    is_supported : bool
        Whether it works.
    note : str
        Where it works, or why it does not.
    """

    line: int
    name: str
    is_supported: bool = True
    note: str = ""


def check(source: str, filename: str = "<app>") -> list[Finding]:
    r"""What a program uses of the package; nothing of it is run.

    Parameters
    ----------
    source : str
        The program.
    filename : str
        What a syntax error calls it.

    Examples
    --------
    >>> [(f.name, f.is_supported) for f in check("import gradio as gr\ngr.Textbox(lines=2)\ngr.Nothing()")]
    [('gr.Textbox', True), ('gr.Textbox(lines=…)', True), ('gr.Nothing', False)]
    """
    tree = ast.parse(source, filename)
    names = _Names(tree)
    first: dict[str, Finding] = {}
    for found in sorted(_findings(tree, names), key=lambda f: (f.line, f.name)):
        first.setdefault(found.name, found)
    return list(first.values())


class _Names:
    """What the names of a program mean: each imported one with its dotted place in the package."""

    def __init__(self, tree: ast.AST) -> None:
        self.places: dict[str, str] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    package, _, rest = alias.name.partition(".")
                    if package in _PACKAGES:
                        self.places[alias.asname or package] = rest if alias.asname else ""
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                package, _, rest = (node.module or "").partition(".")
                if package in _PACKAGES:
                    for alias in node.names:
                        self.places[alias.asname or alias.name] = f"{rest}.{alias.name}".lstrip(".")

    def place_of(self, node: ast.AST) -> tuple[str, str] | None:
        """A name as it is written, and its place in the package; None when it is of something else."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.insert(0, node.attr)
            node = node.value
        if not isinstance(node, ast.Name) or node.id not in self.places:
            return None
        place = ".".join(filter(None, [self.places[node.id], *parts]))
        return ".".join([node.id, *parts]), place


def _findings(tree: ast.AST, names: _Names) -> Iterator[Finding]:
    inner = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in _PACKAGES and node.level == 0:
            rest = (node.module or "").partition(".")[2]
            for alias in node.names:
                if alias.name != "*":
                    place = f"{rest}.{alias.name}".lstrip(".")
                    yield Finding(node.lineno, alias.name, *_support(place))
        if isinstance(node, ast.Attribute) and id(node) not in inner and (known := names.place_of(node)):
            yield Finding(node.lineno, known[0], *_support(known[1]))
        if isinstance(node, ast.Call):
            yield from _parameters(node, names)


def _parameters(node: ast.Call, names: _Names) -> Iterator[Finding]:
    words = [word.arg for word in node.keywords if word.arg]
    known = names.place_of(node.func)
    if known is not None:
        accepted = _accepted(_found(known[1]))
        for word in words:
            is_known = accepted is None or word in accepted
            yield Finding(node.lineno, f"{known[0]}({word}=…)", is_known, "" if is_known else "no such parameter")
    elif isinstance(node.func, ast.Attribute) and node.func.attr == "launch":
        for word in words:
            yield Finding(node.lineno, f"launch({word}=…)", *_launch_support(word))


def _launch_support(word: str) -> tuple[bool, str]:
    from .blocks import Blocks
    from .hosts.launch import STANDALONE_ONLY

    if word not in inspect.signature(Blocks.launch).parameters:
        return False, "no such parameter"
    if word in STANDALONE_ONLY:
        return True, f"on a page of its own; in a cell {STANDALONE_ONLY[word]}"
    return True, ""


_MISSING = object()


def _found(place: str) -> Any:
    """What stands at a place in the package."""
    import importlib

    found: Any = importlib.import_module("nbblocks")
    at = "nbblocks"
    for part in filter(None, place.split(".")):
        at = f"{at}.{part}"
        if hasattr(found, part):
            found = getattr(found, part)
            continue
        try:
            found = importlib.import_module(at)
        except ImportError:
            return _MISSING
    return found


def _support(place: str) -> tuple[bool, str]:
    return (True, "") if _found(place) is not _MISSING else (False, "not there")


def _accepted(found: Any) -> set[str] | None:
    """The parameters that something takes; None when it takes any."""
    if found is _MISSING or not callable(found):
        return None
    try:
        parameters = inspect.signature(found).parameters
    except (TypeError, ValueError):
        return None
    if any(p.kind is p.VAR_KEYWORD for p in parameters.values()):
        return None
    return set(parameters)
