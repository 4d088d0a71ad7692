"""Pages for our own tests, on top of what users test their apps with (`nbblocks.testing`)."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import nbblocks as gr
from nbblocks.blocks import LaunchOptions
from nbblocks.session import LiveApp, Session
from nbblocks.testing import ENDS, Viewer


class Page(Viewer):
    """A page whose blocks are found by their labels."""

    def __init__(self, app: LiveApp, session: Session | None = None, name: str = "p", hello: bool = True) -> None:
        super().__init__(app, session or app.open(), name=name, hello=hello)
        self.app = app

    def say(self, kind: str, buffers: list[Any] | None = None, **fields: Any) -> None:
        self.send(buffers or (), kind=kind, **fields)

    @property
    def acknowledges(self) -> bool:
        return self.acks

    @acknowledges.setter
    def acknowledges(self, does: bool) -> None:
        self.acks = does

    def edit(self, block: Any = None, value: Any = None, **values: Any) -> dict[str, Any]:
        """Changes for a block, or for `label=value`."""
        changes: dict[str, Any] = super().edit(block, value) if block is not None else {}
        for label, value in values.items():
            changes |= super().edit(self.block(label), value)
        return changes

    def block(self, label: str) -> Any:
        for block in [*self.app.blocks.blocks.values(), *self.session.scene.made()]:
            if label in (block.__dict__.get("label"), block.__dict__.get("elem_id")) or (
                isinstance(block, gr.Button) and block.value == label
            ):
                return block
        raise LookupError(label)

    def fire(  # type: ignore[override]
        self, label: str, event: str = "click", payload: Any = None, wait: bool = True, **values: Any
    ) -> str:
        """A person does something; `values` are typed just before. The last job."""
        edits = {self.block(k): v for k, v in values.items()}
        jobs = super().fire(self.block(label), event, payload, edits=edits)
        if wait:
            self.until(lambda: self.status(jobs[-1]) in ENDS)
            self.settle()
        return jobs[-1]

    def status(self, job: str) -> str | None:
        told = self.told(job)
        return told[-1] if told else None

    def failure(self) -> dict[str, Any]:
        self.until(lambda: any(m.get("status") == "failed" for m in self.messages))
        return next(m for m in reversed(self.messages) if m.get("status") == "failed")

    def value(self, label: str) -> Any:
        return self.session.prop(self.block(label), "value")

    def prop_of(self, block: Any, name: str) -> Any:
        return self.session.prop(block, name)

    def prop(self, label: str, name: str) -> Any:
        return self.session.prop(self.block(label), name)

    def settle(self) -> None:
        """Until nothing of this session runs, and everything was told."""
        self.until(lambda: not any(d.jobs for d in list(self.session._listening.values())))
        self.flush()

    def until(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 10
        with self._came:
            while not condition():
                assert time.monotonic() < deadline, self.messages[-10:]
                self._came.wait(0.01)


class WirePage(Viewer):
    """A page whose blocks are given themselves, and that shows what it was told and nothing else."""

    def __init__(self, app, name="page", request=None, acks=True, hello=True, session=None):
        super().__init__(app, session, request=request, name=name, hello=False)
        self.app, self.acks = app, acks
        if hello:
            self.hello()

    @property
    def chunks(self):
        return self.direct

    def prop(self, block, name):
        return self._shown(str(block._id), name)

    def value(self, block):
        return self.prop(block, "value")

    def states_of(self, block):
        """Each value of a block that was sent."""
        return [m["models"][str(block._id)]["value"] for m in self.of_kind("state") if str(block._id) in m["models"]]

    def click(self, block, event="click", **more):
        """Fire an event with one listener, wait until all is quiet; the last that was said of its job."""
        (job,) = self.fire(block, event, **more)
        self.settle()
        return [m for m in self.of_kind("job") if m["job"] == job][-1]


def launched(blocks: gr.Blocks, **options: Any) -> LiveApp:
    return LiveApp(blocks, LaunchOptions(**options))
