"""What one viewer's calls leave behind where there is no page: states, and components as updates have made them."""

from __future__ import annotations

import copy
import datetime
import threading
from collections import OrderedDict
from collections.abc import Iterator
from typing import Any, Protocol

from ..components import Component, State
from ..tree import Block

__all__ = ["SessionState", "StateHolder"]

#: How long states of a session that was closed stay, for a viewer who comes back.
KEPT_S = 3600


class _App(Protocol):
    blocks: dict[int, Block]

    @property
    def default_config(self) -> Any:
        """What the app was declared with."""


class _Configs(dict[int, dict[str, Any]]):
    """What the configuration says of each block in this session; told when it is first asked for."""

    def __init__(self, held: SessionState) -> None:
        super().__init__()
        self._held = held

    def __missing__(self, key: int) -> dict[str, Any]:
        block = self._held.blocks_config.blocks[key]
        props = block.get_config()
        told = self[key] = {"id": key, "type": props.get("name", block.get_block_name()), "props": props}
        return told


class SessionState:
    """States of one viewer by the id of their component; of any other id, the component as it now is.

    Parameters
    ----------
    blocks : Blocks
        The app.

    Examples
    --------
    >>> import nbblocks as gr
    >>> with gr.Blocks() as demo:
    ...     count = gr.State(0)
    >>> held = SessionState(demo)
    >>> held[count._id] += 1
    >>> held[count._id], SessionState(demo)[count._id]
    (1, 0)
    """

    STATE_TTL_WHEN_CLOSED = KEPT_S

    def __init__(self, blocks: _App) -> None:
        self.blocks_config = copy.copy(blocks.default_config)
        self.state_data: dict[int, Any] = {}
        self.config_values = _Configs(self)
        self.is_closed = False
        self._set_at: dict[int, datetime.datetime] = {}

    def __contains__(self, key: int) -> bool:
        return key in self.blocks_config.blocks

    def __getitem__(self, key: int) -> Any:
        block = self.blocks_config.blocks[key]
        if not isinstance(block, State):
            return block
        if key not in self.state_data:
            self.state_data[key] = block.fresh()
        return self.state_data[key]

    def get(self, key: int, default: Any = None) -> Any:
        """The state or component of an id; `default` where there is none."""
        return self[key] if key in self else default  # noqa: SIM401

    def __setitem__(self, key: int, value: Any) -> None:
        if isinstance(self.blocks_config.blocks.get(key), State):
            self.state_data[key] = value
            self._set_at[key] = datetime.datetime.now()
        else:
            self.blocks_config.blocks[key] = value
            self.config_values.pop(key, None)

    def show(self, key: int, shown: Any) -> None:
        """Keep what a component shows now."""
        self.config_values[key]["props"]["value"] = shown

    @property
    def state_components(self) -> Iterator[tuple[State, Any, bool]]:
        """Each state that was used, its value, and whether its time is over."""
        now = datetime.datetime.now()
        for key, value in list(self.state_data.items()):
            state = self.blocks_config.blocks[key]
            if not isinstance(state, State):
                continue
            age_s = (now - self._set_at.get(key, now)).total_seconds()
            limit_s = self.STATE_TTL_WHEN_CLOSED if self.is_closed else state.time_to_live
            yield state, value, limit_s is not None and age_s > limit_s

    def changed(self, component: Component, given: dict[str, Any]) -> Component:
        """A component with other parameters, from now on in this session."""
        known = {k: v for k, v in given.items() if k in component.params}
        made = copy.copy(self.get(component._id, component))
        made.__dict__.update(known)
        made.__dict__["_given"] = {**made.__dict__["_given"], **known}
        made.__dict__["_followers"] = ()
        made.check()
        self[component._id] = made
        return made  # type: ignore[no-any-return]


class StateHolder:
    """The sessions of an app by their hash, made when first asked for; the least lately used go beyond `capacity`.

    Examples
    --------
    >>> import nbblocks as gr
    >>> with gr.Blocks() as demo:
    ...     count = gr.State(0)
    >>> holder = StateHolder()
    >>> holder.set_blocks(demo)
    >>> holder["ada"][count._id] = 5
    >>> holder["ada"][count._id], holder["bob"][count._id]
    (5, 0)
    """

    def __init__(self) -> None:
        self.capacity = 10000
        self.session_data: OrderedDict[str, SessionState] = OrderedDict()
        self.time_last_used: dict[str, datetime.datetime] = {}
        self.lock = threading.Lock()

    def set_blocks(self, blocks: Any) -> None:
        """Hold the sessions of this app."""
        self.blocks = blocks

    def __contains__(self, session_id: str) -> bool:
        return session_id in self.session_data

    def __getitem__(self, session_id: str) -> SessionState:
        with self.lock:
            if session_id not in self.session_data:
                self.session_data[session_id] = SessionState(self.blocks)
            self.session_data.move_to_end(session_id)
            self.time_last_used[session_id] = datetime.datetime.now()
            while len(self.session_data) > self.capacity:
                oldest, _ = self.session_data.popitem(last=False)
                del self.time_last_used[oldest]
            return self.session_data[session_id]

    def delete_all_expired_state(self) -> None:
        """Forget every state whose time is over."""
        for session_id in list(self.session_data):
            self.delete_state(session_id, expired_only=True)

    def delete_state(self, session_id: str, expired_only: bool = False) -> None:
        """Forget the states of a session, each after its `delete_callback`.

        Parameters
        ----------
        expired_only : bool
            Only those whose time is over.
        """
        held = self.session_data.get(session_id)
        for state, value, is_over in held.state_components if held is not None else ():
            if not expired_only or is_over:
                if state.delete_callback is not None:
                    state.delete_callback(value)
                held.state_data.pop(state._id, None)  # type: ignore[union-attr]
