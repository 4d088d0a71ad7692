"""A `value` that is a function: it runs at each page load, at each tick of `every`, and when an input changes."""

from __future__ import annotations

from typing import Any, Protocol

from ..components import Component, Timer
from ..events import Dependency, Listener
from ..events.listener import Target
from ..tree import Block, Container

__all__ = ["attach_load_events", "changes_of"]


class Loading(Protocol):
    """What components and listeners are made in: a Blocks, or a run of a render function."""

    blocks: dict[int, Block]
    listeners: dict[int, Dependency]

    def page_of(self, block: Block) -> str:
        """The page of the app on which a block stands."""


def attach_load_events(root: Loading, layout: Container) -> None:
    """Listen for whatever makes a component's `value` anew; timers made for it go into `layout`."""
    attached = {d.outputs[0]._id for d in root.listeners.values() if d.is_load}
    for block in list(root.blocks.values()):
        if isinstance(block, Component) and block.load_fn is not None and block._id not in attached:
            inputs = block.__dict__.get("inputs")
            ticks = _ticks(root, layout, block.__dict__.get("every"))
            changes = changes_of(inputs)
            targets = [Target(None, "load"), *changes, *ticks]
            listener: Any = Listener(None, "load", root=root, targets=targets)  # type: ignore[arg-type]
            dependency = listener(
                block.load_fn, inputs, block, show_progress="hidden", trigger_mode="always_last" if changes else "once",
            )  # fmt: skip
            dependency.is_load = True
            dependency.page = root.page_of(block)


def changes_of(inputs: Any) -> list[Target]:
    """The `change` of each input that has one."""
    blocks = [inputs] if isinstance(inputs, Block) else list(inputs or ())
    return [Target(b, "change") for b in blocks if "change" in b.events]


def _ticks(root: Loading, layout: Container, every: float | Timer | None) -> list[Target]:
    """The ticks of a timer, which is made and put on the page when seconds were given."""
    if every is None:
        return []
    timer = every
    if not isinstance(timer, Timer):
        timer = Timer(timer, render=False)
        layout.add(timer)
        root.blocks[timer._id] = timer
    return [Target(timer, "tick")]
