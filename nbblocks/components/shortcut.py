"""Components by name: `"text"`, `"image"`, `"sketchpad"`, … as `Interface` and `Dataset` take them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from ..exceptions import DeclarationError
from ..tree import Block, Layout
from .base import Component

__all__ = ["component_class", "get_component_instance"]


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _subclasses(cls: type[Block]) -> Iterator[type[Block]]:
    for sub in cls.__subclasses__():
        yield sub
        yield from _subclasses(sub)


def _named() -> dict[str, type[Block]]:
    """Every component and layout by its plain name: a program's own, then ours, then our other names for them."""
    ours = __name__.partition(".")[0]
    classes = [*_subclasses(Component), *_subclasses(Layout)]
    named = {_plain(c.__name__): c for c in classes if not c.__module__.startswith(ours + ".")}
    named |= {_plain(c.__name__): c for c in classes if c.__module__.startswith(ours + ".")}
    aliases = vars(sys.modules[ours]).items()
    return {_plain(n): c for n, c in aliases if isinstance(c, type) and issubclass(c, (Component, Layout))} | named


def component_class(name: str) -> type[Block]:
    """The class that a name stands for; case, spaces and underscores do not matter.

    Raises
    ------
    ValueError
        There is none.

    Examples
    --------
    >>> import nbblocks
    >>> component_class("text").__name__, component_class("checkbox_group").__name__
    ('Textbox', 'CheckboxGroup')
    """
    named = _named()
    found = named.get(_plain(name))
    if found is None:
        near = get_close_matches(_plain(name), named, 1)
        hint = f"did you mean {near[0]!r}?" if near else "is the package that has it imported?"
        raise DeclarationError(f"there is no component or layout {name!r}; {hint}")
    return found


def get_component_instance(comp: str | dict[str, Any] | Block, render: bool = False, unrender: bool = False) -> Any:
    """A component from its name, from a dict with `name` and its parameters, or from itself.

    Parameters
    ----------
    comp : str, dict or component
        What stands for it.
    render : bool
        Whether it is placed here, when it stands nowhere yet.
    unrender : bool
        Whether it is taken from where it stands.

    Raises
    ------
    ValueError
        It is something else, or there is no such component.

    Examples
    --------
    >>> get_component_instance({"name": "textbox", "label": "Name"})
    Textbox('Name')
    """
    if isinstance(comp, str):
        made: Block = component_class(comp)(render=False)
    elif isinstance(comp, dict):
        given = {k: v for k, v in comp.items() if k not in ("name", "render")}
        made = component_class(str(comp.get("name", "")))(**given, render=False)
    elif isinstance(comp, Block):
        made = comp
    else:
        raise DeclarationError(f"a component is an instance, its name, or a dict with 'name', got {comp!r}")
    if unrender and made.is_rendered:
        made.unrender()
    if render and not made.is_rendered:
        made._render()
    return made
