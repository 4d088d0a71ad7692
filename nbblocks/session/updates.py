"""New parameters of a block in one session: by a handler's return, or by an assignment in a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..components import Component, State
from ..exceptions import BlocksError, Error
from ..tree import Block

if TYPE_CHECKING:
    from ..events import Dependency
    from .session import Session

__all__ = ["assign", "posted", "short", "updated_props"]


def posted(session: Session, component: Component, value: Any, where: Dependency | str) -> Any:
    """A value as the page gets it; an error names who gave it and what refused it."""
    try:
        shown = component.postprocess(value)
    except (Error, BlocksError):
        raise
    except Exception as error:
        raise BlocksError(
            f"{_name(where)}: {component!r} cannot show {type(value).__name__} {short(value)}: {error}"
        ) from error
    return session.files.to_wire(shown)


def updated_props(
    session: Session, block: Block, given: dict[str, Any], where: Dependency | str, postprocess: bool = True
) -> dict[str, Any]:
    """The properties that follow from new parameters; the session remembers them."""
    strange = given.keys() - block.params.keys()
    if strange:
        raise BlocksError(
            f"{_name(where)}: {block!r} has no parameter {', '.join(map(repr, sorted(strange)))} to update"
        )
    changed = session.change_block(block, given) if given else block
    props = changed.wire_props(given.keys() - {"value"})
    if "value" in given and isinstance(changed, Component):
        value = given["value"]() if callable(given["value"]) else given["value"]
        props["value"] = posted(session, changed, value, where) if postprocess else value
    elif isinstance(changed, Component):
        again = changed.value_after(given, session.prop(block, "value"))
        if again is not None:
            props["value"] = again
    return session.files.to_wire(props)  # type: ignore[no-any-return]


def assign(session: Session, block: Block, given: dict[str, Any]) -> None:
    """Set parameters from outside of a handler; whoever listens to `change` runs."""
    if isinstance(block, State):
        session.set_state(block, given["value"])
        session.value_changed(block)
        return
    props = updated_props(session, block, given, f"setting {', '.join(given)}")
    if session.set_props(block, props):
        session.value_changed(block)


def _name(where: Dependency | str) -> str:
    return where if isinstance(where, str) else where.name


def short(value: Any) -> str:
    """A value as messages show it."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"
