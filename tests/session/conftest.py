"""A page without a browser: sends what a page sends, and applies what it is told as a page does."""

from __future__ import annotations

import copy
import itertools
import threading
from contextlib import contextmanager

import pytest

from nbblocks.blocks import LaunchOptions
from nbblocks.session import LiveApp, Request
from nbblocks.session.outbox import flusher

TIMEOUT_S = 10
ENDS = ("done", "failed", "cancelled", "refused", "ignored")


class Page:
    """One viewer of an app."""

    def __init__(self, app, name="page", request=None, acks=True, hello=True, session=None):
        self.app, self.name, self.acks = app, name, acks
        self.session = session or app.open(request or Request(), interval_s=0.0001)
        self.template = app.template.config
        self.models, self.revs = {}, {}
        self.messages, self.seq, self.chunks = [], 0, []
        self._numbers = itertools.count(1)
        self._came = threading.Condition()
        self.session.outbox.send = self._take
        if hello:
            self.hello()

    # --- what it is told

    def _take(self, message, buffers):
        with self._came:
            if message["seq"] == 0:
                self.chunks.append((message, [bytes(b) for b in buffers]))
            elif message["seq"] > self.seq:
                assert message["seq"] == self.seq + 1, "a hole in the order of messages"
                self.seq = message["seq"]
                self.messages.append(copy.deepcopy(message))
                self._apply(message)
            self._came.notify_all()
        if message.get("ack") and self.acks:
            self.send(kind="ack", seq=message["seq"])

    def _apply(self, message):
        if message["kind"] == "state":
            for key, props in message["models"].items():
                rev = props.get("rev", 0)
                late = rev < self.revs.get(key, 0)
                self.models.setdefault(key, {}).update(
                    {k: v for k, v in props.items() if k != "rev" and not (late and k == "value")}
                )
        elif message["kind"] == "delta" and message["rev"] >= self.revs.get(str(message["block"]), 0):
            for op, path, text in message["ops"]:
                assert (op, path) == ("append", [])
                old = self.models.setdefault(str(message["block"]), {})
                shown = old.get(message["prop"], self.template_prop(message["block"], message["prop"]))
                old[message["prop"]] = shown + text
        elif message["kind"] == "reset":
            self.models = {k: {n: v for n, v in p.items() if n != "rev"} for k, p in message["models"].items()}

    def template_prop(self, block_id, name):
        return self.template["blocks"][str(block_id)]["props"].get(name)

    def prop(self, block, name):
        here = self.models.get(str(block._id), {})
        return here[name] if name in here else self.template_prop(block._id, name)

    def value(self, block):
        return self.prop(block, "value")

    def of_kind(self, *kinds):
        return [m for m in self.messages if m["kind"] in kinds]

    def told(self, job):
        """Everything that was said of a job."""
        return [m["status"] for m in self.of_kind("job") if m["job"] == job]

    def states_of(self, block):
        """Each value of a block that was sent."""
        return [m["models"][str(block._id)]["value"] for m in self.of_kind("state") if str(block._id) in m["models"]]

    def wait_for(self, what):
        with self._came:
            assert self._came.wait_for(what, TIMEOUT_S), self.messages

    # --- what it says

    def send(self, buffers=(), **message):
        self.session.receive(message, list(buffers))

    def hello(self, seq=0):
        self.send(kind="hello", version="0", page=self.name, seq=seq)

    def edit(self, block, value):
        """What an edit by the user is on the wire; shown at once."""
        key = str(block._id)
        self.revs[key] = max(self.revs.get(key, 0), self.session.revs.get(block._id, 0)) + 1
        self.models.setdefault(key, {})["value"] = value
        return {key: {"value": value, "rev": self.revs[key]}}

    def fire(self, block, event="click", edits=None, payload=None, inputs=None):
        """Send an event to every listener; the jobs' ids."""
        changes = {}
        for edited, value in (edits or {}).items():
            changes |= self.edit(edited, value)
        jobs = []
        for dependency in self.app.listeners_of(block, event):
            jobs.append(f"{self.name}-{next(self._numbers)}")
            more = {"inputs": inputs} if inputs is not None else {}
            self.send(
                kind="event",
                job=jobs[-1],
                listener=self.app.blocks.listener_ids[dependency],
                target=block._id if block is not None else None,
                event=event,
                payload=payload,
                changes=changes,
                **more,
            )
        return jobs

    def click(self, block, event="click", **more):
        """Fire an event with one listener, wait until all is quiet; the last that was said of its job."""
        (job,) = self.fire(block, event, **more)
        self.settle()
        return [m for m in self.of_kind("job") if m["job"] == job][-1]

    def settle(self):
        """Wait until no job is left and everything was sent."""
        dispatcher = self.app.dispatcher
        with dispatcher._idle:
            assert dispatcher._idle.wait_for(lambda: not dispatcher.waiting and not dispatcher.running, TIMEOUT_S)
        self.flush()

    def flush(self):
        """Wait until everything that waits was sent."""
        for _ in range(2):  # what is sent directly comes after what waits
            sent = threading.Event()
            flusher().soon(self.session.outbox.flush)
            flusher().soon(sent.set)
            assert sent.wait(TIMEOUT_S)


@pytest.fixture
def open_page():
    """Show an app: `open_page(demo)` gives its page; a second call with the same app, another viewer."""
    apps = {}

    def make(demo, *, request=None, acks=True, hello=True, clock=None, **options):
        if demo not in apps:
            apps[demo] = LiveApp(demo, LaunchOptions(**options), clock=clock)
        name = f"page{len(apps[demo].sessions)}"
        return Page(apps[demo], name, request, acks, hello)

    yield make
    for app in apps.values():
        app.close()


class Gate:
    """Holds handlers up until a test lets them go."""

    def __init__(self):
        self.entered = threading.Semaphore(0)
        self.leave = threading.Semaphore(0)

    def pass_through(self):
        self.entered.release()
        assert self.leave.acquire(timeout=TIMEOUT_S)

    def wait_entered(self):
        assert self.entered.acquire(timeout=TIMEOUT_S)

    def open(self, times=1):
        self.leave.release(times)

    @contextmanager
    def held(self):
        self.wait_entered()
        yield
        self.open()


@pytest.fixture
def gate():
    made = Gate()
    yield made
    made.open(100)
