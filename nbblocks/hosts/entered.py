"""What a user entered into an app, so that the same code run again shows it again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..components import Component
from ..session import Session
from ..tree import Block, Container

__all__ = ["Entered", "enter", "entered_in"]

#: A component's place, kind and label, and the value that its code gives: what was entered there.
Entered = dict[tuple[Any, ...], tuple[Any, Any]]


def _named(root: Container, place: tuple[int, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Block]]:
    """Each block with what makes it the same in another run: its place in the tree, its kind, its label."""
    for at, child in enumerate(root.children):
        here = (*place, at)
        yield (here, type(child).__name__, child.__dict__.get("label")), child
        if isinstance(child, Container):
            yield from _named(child, here)


def _blocks(session: Session) -> Iterator[tuple[tuple[Any, ...], Block]]:
    for path, route in session.app.blocks.routes.items():
        for name, block in _named(route.container):
            yield (path, *name), block


def entered_in(session: Session) -> Entered:
    """What the user of a session entered, with the first values that they stand for."""
    found: Entered = {}
    for name, block in _blocks(session):
        first = session.app.template.props.get(block._id, {})
        if session.revs.get(block._id, 0) > 0 and isinstance(block, Component) and block.load_fn is None:
            value = session.prop(block, "value")
            found[name] = (_plain(session, first.get("value")), session.files.from_wire(value))
    return found


def enter(session: Session, entered: Entered) -> None:
    """Enter it into another session, where the code still gives the same first value."""
    for name, block in _blocks(session) if entered else ():
        if name not in entered or not isinstance(block, Component) or block.load_fn is not None:
            continue
        first, value = entered[name]
        if _plain(session, session.app.template.props.get(block._id, {}).get("value")) != first:
            continue
        try:
            block.preprocess(value)  # what is no choice any more, or out of bounds, is not entered
        except Exception:  # whatever it is that this code does not take
            continue
        session.set_props(block, {"value": session.files.to_wire(value)})
        session.revs[block._id] = 1


def _plain(session: Session, value: Any) -> Any:
    """A value without what differs from run to run: a file's address."""
    if isinstance(value, dict):
        return {k: _plain(session, v) for k, v in value.items() if k != "url"}
    return [_plain(session, v) for v in value] if isinstance(value, list) else value
