"""`gr.Slider(bind="alpha")`: a component and a variable of the kernel have one value."""

from __future__ import annotations

import sys
import threading
import weakref
from typing import Any

from ..components.base import Field
from ..exceptions import Error
from ..session import LiveApp, Session
from ..tree import Block
from .launch import ipython_shell

__all__ = ["bind", "edited", "take_first_values"]

_MISSING = object()
_apps: weakref.WeakSet[LiveApp] = weakref.WeakSet()
_known: weakref.WeakKeyDictionary[Block, Any] = weakref.WeakKeyDictionary()
_is_listening = False
_following = threading.local()


def _bound(blocks: dict[int, Block]) -> list[tuple[Field, str]]:
    return [(b, b.bind) for b in blocks.values() if isinstance(b, Field) and isinstance(b.bind, str) and b.bind]


def take_first_values(blocks: dict[int, Block]) -> None:
    """The variables that are there give the first values; those that are not get the components'."""
    shell = ipython_shell()
    if shell is None:
        return
    for block, name in _bound(blocks):
        value = shell.user_ns.get(name, _MISSING)
        if value is _MISSING:
            shell.user_ns[name] = value = block.preprocess(block.first_value())
        else:
            block.value = value
        _known[block] = value


def bind(app: LiveApp) -> None:
    """Follow the variables after every cell, and set them at every edit."""
    global _is_listening
    shell = ipython_shell()
    if shell is None or not _bound(app.blocks.blocks):
        return
    _apps.add(app)
    if not _is_listening:
        shell.events.register("post_run_cell", _after_cell)
        _is_listening = True


def _after_cell(result: Any = None) -> None:
    """A cell has run: components follow the variables that it set."""
    shell = ipython_shell()
    for app in list(_apps):
        for block, name in _bound(app.blocks.blocks):
            value = shell.user_ns.get(name, _MISSING)
            if value is _MISSING or _is_same(value, _known.get(block, _MISSING)):
                continue
            _known[block] = value
            _following.now = True  # the variable keeps what the cell gave it, not what the component makes of it
            try:
                block.value = value
            except Exception as error:  # the cell itself went well: say it, do not fail
                sys.stderr.write(f"{block!r} cannot show {name} = {value!r:.80}: {error}\n")
            finally:
                _following.now = False


def edited(session: Session, block: Block) -> None:
    """A page, or a handler, gave a component another value: its variable gets it."""
    shell = ipython_shell()
    name = block.bind if isinstance(block, Field) else None
    if not isinstance(name, str) or shell is None or getattr(_following, "now", False):
        return
    try:
        component: Any = session.component(block)
        value = component.preprocess(session.files.from_wire(session.prop(block, "value")))
    except Error:  # half typed, out of bounds: the variable keeps what it has
        return
    _known[block] = value
    shell.user_ns[name] = value


def _is_same(a: Any, b: Any) -> bool:
    if a is b:
        return True
    try:
        return type(a) is type(b) and bool(a == b)
    except Exception:  # arrays and frames do not say: another object is another value
        return False
