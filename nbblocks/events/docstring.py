"""What a function's docstring tells: what it does, of each parameter, of its result; in the usual styles."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Told", "told_by"]

_INPUTS = ("args", "arguments", "parameters", "params", "other parameters", "keyword args", "keyword arguments")
_RESULTS = ("returns", "return", "yields", "yield")
_OTHERS = ("raises", "example", "examples", "note", "notes", "warning", "warnings", "see also", "references", "todo")
_HEADING = re.compile(rf"({'|'.join((*_INPUTS, *_RESULTS, *_OTHERS))})\s*(:?)\s*$", re.IGNORECASE)
_INLINE = re.compile(r"(returns|yields)\s*:\s*(\S.*)$", re.IGNORECASE)
_FIELD = re.compile(r":(param|parameter|arg|argument|returns?|yields?|rtype|type|raises?)\b([^:]*):\s*(.*)$")
_ENTRY = re.compile(r"\*{0,2}(\w+)\s*(\([^)]*\))?\s*:\s*(.*)$")


@dataclass
class Told:
    """The parts of a docstring."""

    summary: str = ""
    parameters: dict[str, str] = field(default_factory=dict)
    returns: list[str] = field(default_factory=list)


def told_by(fn: Any) -> Told:
    '''Read a function's docstring, of Google's, numpy's or Sphinx's style.

    Examples
    --------
    >>> def count(word, letter):
    ...     """
    ...     Count a letter.
    ...
    ...     Args:
    ...         word (str): Where to look.
    ...         letter: What to look for.
    ...
    ...     Returns:
    ...         How often it occurs.
    ...     """
    >>> told_by(count)
    Told(summary='Count a letter.', parameters={'word': 'Where to look.', 'letter': 'What to look for.'},
         returns=['How often it occurs.'])
    '''
    is_function = hasattr(fn, "__name__")  # else an object that can be called
    doc = inspect.getdoc(fn if is_function else type(fn).__call__) or inspect.getdoc(fn) or ""
    try:
        names = set(inspect.signature(fn).parameters)
    except (TypeError, ValueError):  # some builtins have none
        names = set()
    return _Reader(names).read(doc.splitlines())


class _Reader:
    """Goes through the lines, section by section."""

    def __init__(self, names: set[str]) -> None:
        self._names = names
        self._told = Told()
        self._summary: list[str] = []
        self._section = "summary"
        self._name: str | None = None
        self._is_numpy = False

    def read(self, lines: list[str]) -> Told:
        for at, line in enumerate(lines):
            text = line.strip()
            if not text or (set(text) == {"-"} and at):
                continue
            is_underlined = at + 1 < len(lines) and bool(lines[at + 1].strip()) and set(lines[at + 1].strip()) == {"-"}
            if not self._is_heading(text, is_underlined):
                self._take(line, text)
        self._told.summary = " ".join(self._summary)
        return self._told

    def _is_heading(self, text: str, is_underlined: bool) -> bool:
        match = _HEADING.match(text)
        if match and (match[2] or is_underlined):
            word = match[1].lower()
            self._section = "inputs" if word in _INPUTS else "results" if word in _RESULTS else "other"
            self._name, self._is_numpy = None, is_underlined
            return True
        if match := _INLINE.match(text):
            self._section, self._name, self._is_numpy = "results", None, False
            self._told.returns.append(match[2])
            return True
        if match := _FIELD.match(text):
            self._name = None
            if match[1] in ("param", "parameter", "arg", "argument"):
                self._section = "inputs"
                self._begin((match[2].split() or [""])[-1], match[3])
            elif match[1].startswith(("return", "yield")):
                self._section = "results"
                self._told.returns.append(match[3])
            else:
                self._section = "other"
            return True
        return False

    def _take(self, line: str, text: str) -> None:
        if self._section == "summary":
            self._summary.append(text)
        elif self._section == "results" and not (self._is_numpy and line == line.lstrip()):
            self._told.returns.append(text)
        elif self._section == "inputs":
            self._take_input(line, text)

    def _take_input(self, line: str, text: str) -> None:
        if self._is_numpy and line == line.lstrip():  # `name : type`; what follows is indented
            self._name = None
            for name in text.split(":")[0].split(","):
                self._begin(name.strip().lstrip("*"), "")
            return
        match = None if self._is_numpy else _ENTRY.match(text)
        if match and match[1] in self._names:
            self._begin(match[1], match[3])
        elif self._name is not None:
            before = self._told.parameters[self._name]
            self._told.parameters[self._name] = f"{before} {text}".strip()

    def _begin(self, name: str, text: str) -> None:
        if name in self._names:
            self._name = name
            self._told.parameters[name] = text
