"""A page without a browser: it says what a page says, and keeps what it is told."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import nbblocks as gr
from nbblocks.blocks import LaunchOptions
from nbblocks.session import LiveApp, Session
from nbblocks.session.outbox import flusher


class Page:
    """One page of one session."""

    def __init__(self, app: LiveApp, session: Session | None = None, name: str = "p", hello: bool = True) -> None:
        self.app, self.name = app, name
        self.session = session or app.open()
        self.messages: list[dict[str, Any]] = []
        self.buffers: list[list[Any]] = []
        self.acknowledges = True
        self._revs: dict[int, int] = {}
        self._made = 0
        self._changed = threading.Condition()
        self.session.outbox.send = self._told
        if hello:
            self.say("hello", page=name, seq=0)

    def _told(self, message: dict[str, Any], buffers: list[Any]) -> None:
        with self._changed:
            self.messages.append(message)
            self.buffers.append(buffers)
            self._changed.notify_all()
        if message.get("ack") and self.acknowledges:
            self.session.receive({"kind": "ack", "seq": message["seq"]})

    def say(self, kind: str, buffers: list[Any] | None = None, **fields: Any) -> None:
        self.session.receive({"kind": kind, **fields}, buffers)

    def edit(self, **values: Any) -> dict[str, Any]:
        """Changes for `label=value`."""
        return {str(self.block(k)._id): {"value": v, "rev": self._next_rev(self.block(k))} for k, v in values.items()}

    def _next_rev(self, block: Any) -> int:
        self._revs[block._id] = self.session.revs.get(block._id, 0) + 1
        return self._revs[block._id]

    def block(self, label: str) -> Any:
        made = [b for part in self.session.scene._parts.values() for b in part.rendering.blocks.values()]
        for block in [*self.app.blocks.blocks.values(), *made]:
            if label in (block.__dict__.get("label"), block.__dict__.get("elem_id")) or (
                isinstance(block, gr.Button) and block.value == label
            ):
                return block
        raise LookupError(label)

    def fire(self, label: str, event: str = "click", payload: Any = None, wait: bool = True, **values: Any) -> str:
        """A person does something; `values` are typed just before."""
        block = self.block(label)
        numbers = [self.session.scene.number(d) for d in self.session.scene.listeners_of(block, event)]
        changes = self.edit(**values)
        for number in numbers:
            self._made += 1
            job = f"{self.name}-{self._made}"
            self.say("event", job=job, listener=number, target=block._id, event=event, payload=payload, changes=changes)
            changes = {}
        if wait:
            self.until(lambda: self.status(job) in ("done", "failed", "cancelled", "refused", "ignored"))
            self.settle()
        return job

    def status(self, job: str) -> str | None:
        told = [m["status"] for m in self.messages if m["kind"] == "job" and m["job"] == job]
        return told[-1] if told else None

    def of_kind(self, kind: str) -> list[dict[str, Any]]:
        return [m for m in self.messages if m["kind"] == kind]

    def failure(self) -> dict[str, Any]:
        return next(m for m in reversed(self.messages) if m.get("status") == "failed")

    def value(self, label: str) -> Any:
        return self.session.prop(self.block(label), "value")

    def prop_of(self, block: Any, name: str) -> Any:
        return self.session.prop(block, name)

    def prop(self, label: str, name: str) -> Any:
        return self.session.prop(self.block(label), name)

    def settle(self) -> None:
        """Until nothing runs, and everything was told."""
        self.until(lambda: not any(d.jobs for d in list(self.session._listening.values())))
        for _ in range(2):  # what is sent directly comes after what waits
            sent = threading.Event()
            flusher().soon(self.session.outbox.flush)
            flusher().soon(sent.set)
            assert sent.wait(10)

    def until(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 10
        with self._changed:
            while not condition():
                assert time.monotonic() < deadline, self.messages[-10:]
                self._changed.wait(0.01)


def launched(blocks: gr.Blocks, **options: Any) -> LiveApp:
    return LiveApp(blocks, LaunchOptions(**options))
