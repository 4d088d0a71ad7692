"""An app from its configuration and its functions, as `Blocks.from_config` makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from .. import components, layouts
from ..events import Dependency, Listener
from ..events.listener import After, Target
from ..exceptions import DeclarationError, InvalidBlockError
from ..tree import Block, Container

if TYPE_CHECKING:
    from .app import Blocks

__all__ = ["fill"]

_SAME = ("api_name", "api_description", "api_visibility", "scroll_to_output", "show_progress", "queue", "batch",
         "max_batch_size", "trigger_mode", "js", "time_limit", "stream_every")  # fmt: skip


def _kinds() -> dict[str, type[Block]]:
    """Every kind of block, by its name in a configuration."""
    found: dict[str, type[Block]] = {}
    for module in (layouts, components):
        for name in module.__all__:
            cls = getattr(module, name)
            if isinstance(cls, type) and issubclass(cls, Block):
                found.setdefault(cls.__name__.lower(), cls)
    return {**found, "tabitem": layouts.Tab, "walkthroughstep": layouts.Step}


def fill(blocks: Blocks, config: dict[str, Any], fns: list[Callable[..., Any]]) -> Blocks:
    """Make the blocks and listeners that a configuration describes, inside an empty app.

    Parameters
    ----------
    config : dict
        As `get_config_file` gives it.
    fns : list of callable
        A function for each listener that runs in Python, in the order of the listeners.
    """
    described = {c["id"]: c for c in config["components"]}
    kinds, made = _kinds(), {}

    def place(node: dict[str, Any]) -> None:
        one = described[node["id"]]
        cls = kinds.get(one["type"])
        if cls is None:
            raise InvalidBlockError(f"Blocks.from_config: there is no kind of block {one['type']!r}")
        props = {k: v for k, v in one["props"].items() if k in cls.params and k != "name"}
        block = made[node["id"]] = cls(**props)
        if isinstance(block, Container):
            with block:
                for child in node.get("children") or ():
                    place(child)

    with blocks:
        for node in config["layout"].get("children") or ():
            place(node)
        for one in config["components"]:  # those without a place, such as State
            if one["id"] not in made and one["type"] in kinds and one["id"] != config["layout"]["id"]:
                place({"id": one["id"]})
        functions = iter(fns)
        known: dict[int, Dependency] = {}
        for described_dependency in config["dependencies"]:
            known[described_dependency["id"]] = _listen(described_dependency, made, known, functions)
    return blocks


def _listen(
    described: dict[str, Any], made: dict[int, Block], known: dict[int, Dependency], fns: Iterator[Callable[..., Any]]
) -> Dependency:
    fn = None
    if described["backend_fn"]:
        fn = next(fns, None)
        if fn is None:
            raise DeclarationError("Blocks.from_config: there are fewer functions than listeners that need one")
    targets = [Target(made.get(i), event, is_implied=i == 0) for i, event in described["targets"]]
    before = described.get("trigger_after")
    after = None
    if before is not None:
        on: Any = "then"
        on = "success" if described.get("trigger_only_on_success") else on
        on = "failure" if described.get("trigger_only_on_failure") else on
        after = After(known[before], on)
    chained = after.on if after else "on"
    listener = Listener(None, chained, after, targets=targets)
    given = {name: described[name] for name in _SAME if described.get(name) is not None}
    dependency: Dependency = listener(
        fn,
        [made[i] for i in described["inputs"]],
        [made[i] for i in described["outputs"]],
        cancels=[known[i] for i in described.get("cancels") or () if i in known],
        **given,
    )
    return dependency
