"""What stands in one viewer's page: the app's blocks and listeners, and those that render functions made for it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..blocks import Rendering
from ..blocks.template import block_props, has_place, interactivity, layout_of, listener_config
from ..components import State
from ..dispatch import Policy
from ..events import Dependency
from ..tree import Block, Container, as_list

if TYPE_CHECKING:
    from .session import Session

__all__ = ["Scene"]

Path = tuple[int, ...]


@dataclass
class _Part:
    """What one run of a render function put into the page."""

    rendering: Rendering
    props: dict[int, dict[str, Any]]
    parents: dict[int, Block]
    followers: dict[Dependency, list[Dependency]] = field(default_factory=dict)


class Scene:
    """The blocks and listeners of one viewer; only ever changed with the session's lock.

    Parameters
    ----------
    session : Session
        Whose page it is.
    """

    def __init__(self, session: Session) -> None:
        self._session, self._app = session, session.app
        self._numbers = itertools.count(max(self._app.blocks.listeners, default=-1) + 1)
        self._parts: dict[Path, _Part] = {}
        self._leaving: list[_Part] = []  #: replaced, but jobs of theirs still run
        self._by_event: dict[tuple[int | None, str], list[Dependency]] = {}
        self._followers: dict[Dependency, list[Dependency]] = {}
        self._policies: dict[Dependency, Policy] = {}

    # --- what there is

    def block(self, block_id: int) -> Block | None:
        """A block by id."""
        found = self._app.blocks.blocks.get(block_id)
        if found is None:
            for part in self._all_parts():
                found = part.rendering.blocks.get(block_id)
                if found is not None:
                    break
        return found

    def made(self) -> list[Block]:
        """The blocks that render functions made and that stand in the page."""
        return [block for part in list(self._parts.values()) for block in part.rendering.blocks.values()]

    def base_props(self, block_id: int) -> dict[str, Any]:
        """A block's properties as they were declared."""
        found = self._app.template.props.get(block_id)
        if found is None and (self._parts or self._leaving):
            found = next((p.props[block_id] for p in self._all_parts() if block_id in p.props), None)
        return found if found is not None else {}

    def _parent(self, block: Block) -> Block | None:
        for part in self._parts.values():
            if block._id in part.parents:
                return part.parents[block._id]
        return block.parent

    def lineage(self, block: Block) -> list[Block]:
        """A block, and all that it stands in."""
        found = [block]
        while (above := self._parent(found[-1]) if self._parts else found[-1].parent) is not None:
            found.append(above)
        return found

    def listener(self, number: int) -> Dependency | None:
        """A listener by number."""
        found = self._app.blocks.listeners.get(number)
        if found is None:
            made = (p.rendering.listeners.get(number) for p in self._all_parts())
            found = next((d for d in made if d is not None), None)
        return found

    def number(self, dependency: Dependency) -> int:
        """The number of a listener; -1 when it stands nowhere."""
        return dependency.id if dependency.home is not None else self._app.blocks.listener_ids.get(dependency, -1)

    def listeners_of(self, block: Block | None, event: str) -> list[Dependency]:
        """Who listens to an event of a block, or of the page."""
        ours = self._by_event.get((block._id if block is not None else None, event))
        theirs = self._app.listeners_of(block, event)
        return [*theirs, *ours] if ours else theirs

    def followers_of(self, dependency: Dependency) -> list[Dependency]:
        """Who stands after a listener in a chain."""
        found = [*self._app.followers_of(dependency), *self._followers.get(dependency, ())]
        for part in self._leaving:
            found += [d for d in part.followers.get(dependency, ()) if d not in found]
        return found

    def policy(self, dependency: Dependency) -> Policy:
        """How a listener's calls are run."""
        if dependency.home is None:
            return self._app.policy(dependency)
        known = self._policies.get(dependency)
        if known is None:
            known = self._policies[dependency] = self._app.own_policy(dependency, self._session.id)
        return known

    def is_set_by_page(self, block: Block) -> bool:
        """Whether a listener that lives in the page gives a block's value."""
        if block._id in self._app.set_by_page:
            return True
        return any(
            d.fn is None and d.js is not None and any(b._id == block._id for b in d.outputs)
            for part in self._parts.values()
            for d in part.rendering.listeners.values()
        )

    def _all_parts(self) -> list[_Part]:
        return [*self._parts.values(), *self._leaving]

    # --- what changes it

    def rendering(self, dependency: Dependency) -> Rendering:
        """A run of a render function, to gather what it makes."""
        path = self._path(dependency)
        before = self._parts.get(path)

        def is_taken(block: Block) -> bool:
            if block._id in self._app.blocks.blocks:
                return True
            others = [p for at, p in list(self._parts.items()) if at[: len(path)] != path]
            return any(block._id in p.rendering.blocks for p in others)

        return Rendering(dependency, path, before.rendering if before else None, is_taken, self._numbers)

    def _path(self, dependency: Dependency) -> Path:
        if dependency.home is None:
            return (self.number(dependency),)
        return next(path for path, inner in dependency.home.inner.items() if inner is dependency)

    def show(self, rendering: Rendering) -> dict[str, Any] | None:
        """Put what a render function made into the page, in place of what it made before.

        Returns
        -------
        dict or None
            The message that tells the page; None when the place to put it is gone.
        """
        if self.block(rendering.container._id) is None:
            return None
        part = self._part(rendering)
        before = self._parts.get(rendering.path)
        gone = [before] if before is not None else []
        depth = len(rendering.path)
        for path in [p for p in self._parts if len(p) > depth and p[:depth] == rendering.path]:
            if path[: depth + 1] not in rendering.inner:  # else it stays until its own next run
                gone.append(self._parts.pop(path))
        for old in gone:
            self._keep(old, part)
        self._parts[rendering.path] = part
        self._index()
        live = {number for p in self._parts.values() for number in p.rendering.listeners}
        removed = sorted({n for old in gone for n in old.rendering.listeners} - live)
        self._leaving += gone
        self.sweep()
        return {
            "kind": "tree",
            "parent": rendering.container._id,
            "layout": layout_of(rendering.top)["children"],
            "blocks": self._block_configs(part),
            "listeners": self._listener_configs(part),
            "removed": removed,
        }

    def _part(self, rendering: Rendering) -> _Part:
        listeners = {n: d for p in self._parts.values() for n, d in p.rendering.listeners.items()}
        decided = interactivity(rendering.blocks, self._app.blocks.listeners | listeners | rendering.listeners)
        props = {
            i: self._session.files.to_wire(block_props(b, decided[i]))
            for i, b in rendering.blocks.items()
            if has_place(b)
        }
        parents: dict[int, Block] = {}

        def walk(container: Container) -> None:
            for child in container.children:
                parents[child._id] = container
                if isinstance(child, Container):
                    walk(child)

        walk(rendering.top)
        part = _Part(rendering, props, parents)
        for dependency in rendering.listeners.values():
            if dependency.after is not None:
                part.followers.setdefault(dependency.after.dependency, []).append(dependency)
        return part

    def _keep(self, old: _Part, new: _Part) -> None:
        """Of blocks that stay, keep what the user or a handler made of the parameters that are to be preserved."""
        session = self._session
        for block_id, block in new.rendering.blocks.items():
            if block_id not in old.rendering.blocks or isinstance(block, State):
                continue
            kept = (
                as_list(block.__dict__.get("preserved_by_key", type(block).params["preserved_by_key"].default))
                if "preserved_by_key" in block.params
                else ["value"]
            )
            overrides = session.props.get(block_id, {})
            session.props[block_id] = {k: v for k, v in overrides.items() if k in kept}
            changed = session.changed_blocks.pop(block_id, None)
            given = {k: changed.__dict__[k] for k in kept if k != "value" and k in changed.__dict__} if changed else {}
            if given:
                session.change_block(block, given)

    def _index(self) -> None:
        self._by_event, self._followers = {}, {}
        for part in self._parts.values():
            for dependency in part.rendering.listeners.values():
                for target in dependency.targets:
                    key = (target.block._id if target.block is not None else None, target.event)
                    self._by_event.setdefault(key, []).append(dependency)
            for dependency, followers in part.followers.items():
                self._followers.setdefault(dependency, []).extend(followers)

    def sweep(self) -> None:
        """Free what was replaced and has no job left that runs."""
        for part in [p for p in self._leaving if not self._session.is_busy(p.rendering.listeners)]:
            self._leaving.remove(part)
            live = {i for p in self._all_parts() for i in p.rendering.blocks}
            for block_id, block in part.rendering.blocks.items():
                if block_id not in live:
                    self._session.drop_block(block)
            for dependency in part.rendering.listeners.values():
                self._policies.pop(dependency, None)

    # --- as a page is told

    def _block_configs(self, part: _Part) -> dict[str, Any]:
        session = self._session
        return {
            str(i): {
                "type": part.rendering.blocks[i].get_block_name(),
                "props": {**props, **session.props.get(i, {})},
                **({"rev": session.revs[i]} if i in session.revs else {}),
            }
            for i, props in part.props.items()
        }

    def _listener_configs(self, part: _Part) -> list[dict[str, Any]]:
        ids = dict(self._app.blocks.listener_ids)
        ids |= {d: d.id for p in self._all_parts() for d in p.rendering.listeners.values()}
        return [listener_config(d, ids) for d in part.rendering.listeners.values()]

    def config(self, page: str | None = None) -> dict[str, Any]:
        """What a new view of this viewer gets: one page of the app, or the whole."""
        config = self._app.template.page(page)
        if not self._parts:
            return config
        blocks, listeners = dict(config["blocks"]), list(config["listeners"])
        contents: dict[int, list[dict[str, Any]]] = {}
        for part in self._parts.values():
            blocks |= {
                i: {"type": c["type"], "props": part.props[int(i)]} for i, c in self._block_configs(part).items()
            }
            listeners += self._listener_configs(part)
            contents[part.rendering.container._id] = layout_of(part.rendering.top)["children"]
        return {**config, "blocks": blocks, "listeners": listeners, "layout": _filled(config["layout"], contents)}


def _filled(node: dict[str, Any], contents: dict[int, list[dict[str, Any]]]) -> dict[str, Any]:
    """A layout with what render functions made in its place."""
    children = [*node["children"], *contents.get(node["id"], ())]
    return {"id": node["id"], "children": [_filled(c, contents) for c in children]}
