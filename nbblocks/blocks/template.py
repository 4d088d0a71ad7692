"""What an app looks like to a new viewer: made once, shared by all sessions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .._version import __version__
from ..components import Component
from ..events import Dependency
from ..tree import Block, Container, Placed, Root

__all__ = [
    "Route",
    "Template",
    "block_props",
    "has_place",
    "interactivity",
    "layout_of",
    "listener_config",
    "make_template",
]


@dataclass(frozen=True)
class Route:
    """A page of an app.

    Parameters
    ----------
    path : str
        Below the app's own address; empty: the first page.
    container : Container
        Holds its blocks.
    """

    path: str
    name: str
    show_in_navbar: bool
    container: Container


@dataclass
class Template:
    """What an app looks like to a new viewer.

    Parameters
    ----------
    props : dict
        Synced properties of each block, by id.
    types : dict
        Kind of each block, by id.
    config : dict
        The whole of it, as a page gets it that shows every page of the app.
    listener_pages : dict
        For each listener, the path of its page.
    """

    props: dict[int, dict[str, Any]]
    types: dict[int, str]
    config: dict[str, Any] = field(repr=False)
    listener_pages: dict[int, str] = field(default_factory=dict)

    def page(self, path: str | None) -> dict[str, Any]:
        """What one page of the app gets; None: the whole."""
        layouts = self.config.get("layouts")
        if layouts is None or path is None:
            return self.config
        elsewhere = {i for p, layout in layouts.items() if p != path for i in _ids(layout)}
        return {
            **{k: v for k, v in self.config.items() if k != "layouts"},
            "page": path,
            "layout": layouts[path],
            "blocks": {i: b for i, b in self.config["blocks"].items() if int(i) not in elsewhere},
            "listeners": [x for x in self.config["listeners"] if self.listener_pages[x["id"]] == path],
        }


def _ids(layout: dict[str, Any]) -> Iterator[int]:
    yield layout["id"]
    for child in layout["children"]:
        yield from _ids(child)


def layout_of(block: Block) -> dict[str, Any]:
    """The tree under a block, as ids."""
    children = block.children if isinstance(block, Container) else []
    return {"id": block._id, "children": [layout for child in children for layout in _layouts(child)]}


def _layouts(block: Block) -> list[dict[str, Any]]:
    """What stands for a block among its parent's children: for an app inside an app, what is in it."""
    if isinstance(block, Root) and isinstance(block, Container):
        return [layout for child in block.children for layout in _layouts(child)]
    return [layout_of(block)] if has_place(block) else []


def has_place(block: Block) -> bool:
    """Whether a page is told of it."""
    return not isinstance(block, Root) and (isinstance(block, (Placed, Container)) or bool(block.synced()))


def block_props(block: Block, interactive: bool | None) -> dict[str, Any]:
    """A block's synced properties, its first value among them."""
    names = [p.name for p in block.synced() if p.name != "value"]
    props = block.wire_props(names)
    has_value = any(p.name == "value" for p in block.synced()) or "value" in getattr(block, "extra_props", ())
    if isinstance(block, Component) and has_value:
        props["value"] = block.first_value()
    if "interactive" in props and props["interactive"] is None:
        props["interactive"] = _is_empty(props.get("value")) if interactive is None else interactive
    return props


def _is_empty(value: Any) -> bool:
    """Whether a value is nothing yet: then a component that no listener knows is to be filled in, else it shows."""
    return value is None or (not isinstance(value, dict) and not value)


def interactivity(blocks: dict[int, Block], listeners: dict[int, Dependency]) -> dict[int, bool | None]:
    """Which components a person can edit, when they did not say: inputs; not outputs; None: its value decides.

    One that is bound to a variable sets it, as an input of the notebook.
    """
    inputs = {b._id for d in listeners.values() for b in d.inputs}
    inputs |= {i for i, b in blocks.items() if getattr(b, "bind", None)}
    outputs = {b._id for d in listeners.values() for b in d.outputs}
    return {i: True if i in inputs else False if i in outputs else None for i in blocks}


def listener_config(dependency: Dependency, ids: dict[Dependency, int]) -> dict[str, Any]:
    """A listener's browser half."""
    after = dependency.after
    return {
        "id": ids[dependency],
        "targets": [[t.block._id if t.block else None, t.event] for t in dependency.targets],
        "after": {"listener": ids[after.dependency], "on": after.on} if after and after.dependency in ids else None,
        "inputs": [b._id for b in dependency.inputs],
        "outputs": [b._id for b in dependency.outputs],
        "backend": dependency.fn is not None,
        "js": dependency.js,
        "trigger_mode": dependency.trigger_mode,
        "show_progress": str(dependency.show_progress),
        "show_progress_on": [b._id for b in dependency.show_progress_on],
        "scroll_to_output": dependency.scroll_to_output,
        "cancels": [ids[d] for d in dependency.cancels if d in ids],
        "connection": "stream" if any(t.event == "stream" for t in dependency.targets) else "sse",
        "time_limit": dependency.time_limit,
        "stream_every": dependency.stream_every,
        **({"page": dependency.page} if dependency.page else {}),
        **({"unlisted": True} if dependency.api_visibility != "public" else {}),
    }


def make_template(
    routes: dict[str, Route],
    blocks: dict[int, Block],
    listeners: dict[int, Dependency],
    ids: dict[Dependency, int],
    settings: dict[str, Any],
) -> Template:
    """Describe an app to a new viewer."""
    decided = interactivity(blocks, listeners)
    shown = {i: b for i, b in blocks.items() if has_place(b)}
    props = {i: block_props(b, decided[i]) for i, b in shown.items()}
    types = {i: b.get_block_name() for i, b in shown.items()}
    chunks = sorted({chunk for b in shown.values() for chunk in b.chunks})
    config = {
        "version": __version__,
        **settings,
        "chunks": chunks,
        "layout": layout_of(routes[""].container),
        "blocks": {str(i): {"type": types[i], "props": props[i]} for i in shown},
        "listeners": [listener_config(d, ids) for d in listeners.values()],
    }
    if len(routes) > 1:
        config["pages"] = [[r.path, r.name, r.show_in_navbar] for r in routes.values()]
        config["page"] = ""
        config["layouts"] = {r.path: layout_of(r.container) for r in routes.values()}
    return Template(props, types, config, {ids[d]: d.page for d in listeners.values()})
