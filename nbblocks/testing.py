"""Try an app from a test: the real queue and the real handlers, no browser, no server, a clock that stands still.

>>> import nbblocks as gr
>>> with gr.Blocks() as demo:
...     name, out, go = gr.Textbox(label="Name"), gr.Textbox(), gr.Button("Greet")
...     dep = go.click(lambda n: f"Hello {n}!", name, out)
>>> with demo.test() as app:
...     app[name].set("Ada")
...     app["Greet"].click()
...     app[out].value
'Hello Ada!'
"""

from __future__ import annotations

import heapq
import itertools
import mimetypes
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .blocks import Blocks, LaunchOptions
from .components import Component, State, Timer
from .dispatch import Job
from .events import Dependency
from .exceptions import BlocksError
from .session import LiveApp, Request, Session
from .session.outbox import Batch, flusher
from .tree import Block
from .wire.delta import applied

if TYPE_CHECKING:
    from typing_extensions import Self

__all__ = ["AppTest", "BlockTest", "FakeClock", "RefusedError", "Run", "Viewer"]

ENDS = ("done", "failed", "cancelled", "refused", "ignored")


class RefusedError(BlocksError):
    """A page could not have done that: the block is hidden, not interactive, or the value is of the wrong kind."""


# --- time


class FakeClock:
    """Time goes on only by `advance`."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self._due: list[tuple[float, int, _FakeTimer, Callable[[], None]]] = []
        self._order = itertools.count()
        self._lock = threading.Lock()

    def time(self) -> float:
        """Seconds since its making."""
        return self.now_s

    def call_later(self, delay_s: float, fn: Callable[[], None]) -> _FakeTimer:
        """Do something once that much time has gone by."""
        timer = _FakeTimer()
        with self._lock:
            heapq.heappush(self._due, (self.now_s + delay_s, next(self._order), timer, fn))
        return timer

    def advance(self, seconds: float) -> None:
        """Let time go by, and do what is due in it, in order."""
        end_s = self.now_s + seconds
        while True:
            with self._lock:
                if not self._due or self._due[0][0] > end_s:
                    break
                when_s, _, timer, fn = heapq.heappop(self._due)
                self.now_s = max(self.now_s, when_s)
            if not timer.is_cancelled:
                fn()
        self.now_s = end_s


class _FakeTimer:
    is_cancelled = False

    def cancel(self) -> None:
        """Never do it."""
        self.is_cancelled = True


# --- one viewer


def _kept(part: Any) -> Any:
    """What a message was when it came; what it carries beside plain data, such as a table's handle, is not copied."""
    if isinstance(part, dict):
        return {key: _kept(value) for key, value in part.items()}
    return [_kept(value) for value in part] if isinstance(part, list) else part


class Viewer:
    """One page of an app, without a browser: it says what a page says, and keeps what it is told.

    Parameters
    ----------
    app : LiveApp
        The app.
    session : Session, optional
        Whose page it is; None: a new viewer's.
    request : Request, optional
        Who a new viewer is.
    name : str, optional
        The page's own name.
    hello : bool
        False: it has not come up yet; call `hello()`.
    timeout_s : float
        Longest that `settle` waits, in real time.
    """

    def __init__(
        self,
        app: LiveApp,
        session: Session | None = None,
        *,
        request: Request | None = None,
        name: str | None = None,
        hello: bool = True,
        timeout_s: float = 10.0,
    ) -> None:
        self.live, self.timeout_s = app, timeout_s
        self.session = session or app.open(request or Request(), interval_s=0.0001)
        self.name = name or f"page{next(_names)}"
        self.acks = True
        self.template: dict[str, Any] = app.template.config
        self.models: dict[str, dict[str, Any]] = {}  #: what the page was told of each block, and edited
        self.revs: dict[str, int] = {}
        self.messages: list[dict[str, Any]] = []  #: those that have a place in the order
        self.direct: list[tuple[dict[str, Any], list[bytes]]] = []  #: those that have none, with their bytes
        self.errors: list[BaseException] = []  #: of handlers, not raised yet
        self.seq = 0
        self._numbers = itertools.count(1)
        self._came = threading.Condition()
        self.session.outbox.send = self._take
        self.session.on_error = self._failed
        if hello:
            self.hello()

    # --- what it is told

    def _take(self, batch: Batch) -> None:
        for message, buffers in batch:
            self._take_one(message, buffers)

    def _take_one(self, message: dict[str, Any], buffers: list[Any]) -> None:
        with self._came:
            if message["seq"] == 0:
                self.direct.append((message, [bytes(b) for b in buffers]))
            elif message["seq"] > self.seq:
                self.seq = message["seq"]
                self.messages.append(_kept(message))
                self._apply(message)
            self._came.notify_all()
        if message.get("ack") and self.acks:
            self.send(kind="ack", seq=message["seq"])

    def _apply(self, message: dict[str, Any]) -> None:
        if message["kind"] == "state":
            for key, props in message["models"].items():
                is_late = props.get("rev", 0) < self.revs.get(key, 0)
                new = {k: v for k, v in props.items() if k != "rev" and not (is_late and k == "value")}
                self.models.setdefault(key, {}).update(new)
        elif message["kind"] == "delta":
            key = str(message["block"])
            if message["rev"] >= self.revs.get(key, 0):
                here = self.models.setdefault(key, {})
                here[message["prop"]] = applied(self._shown(key, message["prop"]), message["ops"])
        elif message["kind"] == "tree":
            for key, block in message["blocks"].items():
                self.models[key] = dict(block["props"])
        elif message["kind"] == "reset":
            self.template = message["template"]
            self.models = {k: {n: v for n, v in p.items() if n != "rev"} for k, p in message["models"].items()}

    def _shown(self, key: str, name: str) -> Any:
        here = self.models.get(key, {})
        if name in here:
            return here[name]
        return self.template["blocks"].get(key, {"props": {}})["props"].get(name)

    def _failed(self, error: BaseException, dependency: Dependency) -> None:
        self.errors.append(error)

    def of_kind(self, *kinds: str) -> list[dict[str, Any]]:
        """The messages of a kind, in order; those outside the sequence (answers to uploads and calls) last."""
        return [m for m in (*self.messages, *(m for m, _ in self.direct)) if m["kind"] in kinds]

    def told(self, job: str) -> list[str]:
        """Everything that was said of a job."""
        return [m["status"] for m in self.of_kind("job") if m["job"] == job]

    @property
    def toasts(self) -> list[tuple[str, str]]:
        """Level and text of each message that was shown."""
        return [(m["level"], m["message"]) for m in self.of_kind("toast") if m["visible"]]

    def wait_for(self, what: Callable[[], Any]) -> None:
        """Wait until something has been told."""
        with self._came:
            if not self._came.wait_for(what, self.timeout_s):
                raise TimeoutError(f"{what} did not come in {self.timeout_s} s; the last told: {self.messages[-5:]}")

    # --- what it says

    def send(self, buffers: Any = (), **message: Any) -> None:
        """Say something, as a page does."""
        self.session.receive(message, list(buffers))

    def hello(self, seq: int = 0) -> None:
        """The page comes up, or comes back having seen everything up to `seq`."""
        self.send(kind="hello", version="0", page=self.name, seq=seq)

    def edit(self, block: Block, value: Any, **props: Any) -> dict[str, Any]:
        """What an edit by the user is on the wire; shown at once, not sent yet."""
        key = str(block._id)
        self.revs[key] = max(self.revs.get(key, 0), self.session.revs.get(block._id, 0)) + 1
        self.models.setdefault(key, {}).update({"value": value, **props})
        return {key: {"value": value, **props, "rev": self.revs[key]}}

    def fire(
        self,
        block: Block | None,
        event: str = "click",
        payload: Any = None,
        *,
        edits: dict[Block, Any] | None = None,
        inputs: list[Any] | None = None,
    ) -> list[str]:
        """Send an event to each of its listeners; the jobs' ids."""
        changes: dict[str, Any] = {}
        for edited, value in (edits or {}).items():
            changes |= self.edit(edited, value)
        jobs = []
        for dependency in self.session.scene.listeners_of(block, event):
            jobs.append(f"{self.name}-{next(self._numbers)}")
            more = {"inputs": inputs} if inputs is not None else {}
            self.send(
                kind="event",
                job=jobs[-1],
                listener=self.session.scene.number(dependency),
                target=block._id if block is not None else None,
                event=event,
                payload=payload,
                changes=changes,
                **more,
            )
            changes = {}
        if changes:
            self.send(kind="changes", changes=changes)
        return jobs

    def settle(self) -> None:
        """Wait until no job is left and everything was told.

        Raises
        ------
        TimeoutError
            Something runs on and on.
        """
        if not self.live.dispatcher.wait_idle(self.timeout_s):
            names = sorted({j.subject.dependency.name for j in self.live.dispatcher.jobs() if j.subject is not None})
            raise TimeoutError(f"still running after {self.timeout_s} s: {', '.join(names)}")
        self.flush()

    def flush(self) -> None:
        """Wait until everything that waits was told."""
        for _ in range(2):  # what is sent directly comes after what waits
            sent = threading.Event()
            flusher().soon(self.session.outbox.flush)
            flusher().soon(sent.set)
            if not sent.wait(self.timeout_s):
                raise TimeoutError("messages to the page are held up")

    # --- by block

    def find(self, block: Block | str) -> Block:
        """A block by itself, or by its label, `elem_id`, or a button's caption.

        Raises
        ------
        LookupError
            There is none, or there are several.
        """
        if isinstance(block, Block):
            return block
        every = [*self.live.blocks.blocks.values(), *self.session.scene.made()]
        found = [b for b in every if block in self._names(b)]
        if len(found) != 1:
            known = sorted({str(n) for b in every for n in self._names(b) if n})
            raise LookupError(f"{len(found) or 'no'} blocks are called {block!r}; there are {', '.join(known)}")
        return found[0]

    def _names(self, block: Block) -> list[Any]:
        names = [self.session.prop(block, "label"), self.session.prop(block, "elem_id")]
        if "button" in block.get_block_name():
            names.append(self.session.prop(block, "value"))
        return names

    def __getitem__(self, block: Block | str) -> BlockTest:
        return BlockTest(self, self.find(block))

    def __contains__(self, block: Block | str) -> bool:
        """Whether a block is in the page, and visible."""
        with suppress(LookupError):
            found = self.find(block)
            return self.session.scene.block(found._id) is not None and self.session._is_visible(found)
        return False

    def raise_errors(self) -> None:
        """Raise the first error of a handler that was not raised yet."""
        if self.errors:
            first, self.errors = self.errors[0], []
            raise first

    def close(self) -> None:
        """The page goes, and with it the viewer."""
        self.send(kind="bye", page=self.name)
        self.settle()
        self.session.close()


_names = itertools.count(1)


class BlockTest:
    """One block of a viewer's page.

    Every event of the block is a method of its name: `app[box].submit()`, `app[table].select({"index": [0, 1]})`.
    It sends the event, waits until all that follows has ended, and raises the error of a handler.
    """

    def __init__(self, viewer: Viewer, block: Block) -> None:
        self._viewer, self.block = viewer, block

    @property
    def value(self) -> Any:
        """What the page shows; of a State, the viewer's value."""
        session = self._viewer.session
        if isinstance(self.block, State):
            return session.state_of(self.block)
        return session.prop(self.block, "value")

    @property
    def props(self) -> dict[str, Any]:
        """Every property that the page has of it."""
        return self._viewer.session.full_props(self.block._id)

    @property
    def is_visible(self) -> bool:
        """Whether it, and all that it stands in, are shown."""
        return self.block in self._viewer

    @property
    def is_interactive(self) -> bool:
        """Whether a user can edit or press it."""
        return self._viewer.session._may_edit(self.block)

    def set(self, value: Any) -> None:
        """Enter a value as a user does, also a path where a file is asked for; what listens to that runs.

        Raises
        ------
        RefusedError
            A user could not have entered that.
        """
        component = self.block
        if isinstance(component, Component) and component.has_files:
            value = self._uploaded(value)
        self._edit(value)

    def _edit(self, value: Any, event: str = "input") -> None:
        viewer = self._viewer
        before = self.value
        changes = viewer.edit(self.block, value)
        with self._refusals():
            viewer.send(kind="changes", changes=changes)
            if value != before:
                viewer.fire(self.block, event)
                viewer.fire(self.block, "change")
        viewer.settle()
        viewer.raise_errors()

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        """What a session refuses of a page is an error of the test."""
        viewer = self._viewer
        viewer.flush()
        count = len(viewer.messages)
        yield
        viewer.flush()
        for message in viewer.messages[count:]:
            if message["kind"] == "toast" and message["title"] == "Refused":
                raise RefusedError(message["message"])

    def _uploaded(self, value: Any) -> Any:
        if isinstance(value, (str, Path)) and Path(value).is_file():
            return self._upload(Path(value))
        if isinstance(value, list):
            return [self._uploaded(v) for v in value]
        return {k: self._uploaded(v) for k, v in value.items()} if isinstance(value, dict) else value

    def _upload(self, path: Path) -> Any:
        viewer = self._viewer
        name = f"{viewer.name}-f{next(viewer._numbers)}"
        content = path.read_bytes()
        viewer.send(
            [content],
            kind="upload",
            file=name,
            block=self.block._id,
            name=path.name,
            size_bytes=len(content),
            mime_type=mimetypes.guess_type(path.name)[0],
            chunk=0,
            last=True,
        )
        viewer.wait_for(lambda: any(m.get("file") == name for m, _ in viewer.direct))
        answer = next(m for m, _ in viewer.direct if m.get("file") == name)
        if "error" in answer:
            raise RefusedError(answer["error"])
        return answer["value"]

    def upload(self, *paths: str | Path) -> None:
        """Give it files as a user does; `upload` listeners run as well."""
        given = [self._upload(Path(path)) for path in paths]
        is_list = self.props.get("file_count", "single") != "single" or len(given) > 1
        self._edit(given if is_list else given[0], "upload")

    def fire(self, event: str, payload: Any = None, *, inputs: list[Any] | None = None) -> None:
        """Send one of its events, wait until all that follows has ended, raise the error of a handler.

        Parameters
        ----------
        event : str
            Its name.
        payload : object, optional
            What the page tells of it; a handler gets it as EventData.
        inputs : list, optional
            What the listener's `js` would have returned.
        """
        viewer = self._viewer
        with self._refusals():
            viewer.fire(self.block, event, payload, inputs=inputs)
        viewer.settle()
        viewer.raise_errors()

    def start(self, event: str = "click", payload: Any = None) -> Run:
        """Send one of its events, and go through what follows step by step.

        Examples
        --------
        >>> import nbblocks as gr
        >>> def count():
        ...     yield "one"
        ...     yield "two"
        >>> with gr.Blocks() as demo:
        ...     out, go = gr.Textbox(), gr.Button()
        ...     dep = go.click(count, None, out)
        >>> with demo.test() as app:
        ...     run = app[go].start()
        ...     while run.step():
        ...         print(app[out].value)
        one
        two
        """
        return Run(self._viewer, self.block, event, payload)

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name in self.block.events:
            return lambda payload=None, **more: self.fire(name, payload, **more)
        raise AttributeError(f"{self.block!r} has no event {name!r}; it has {', '.join(self.block.events) or 'none'}")

    def __repr__(self) -> str:
        return f"<{self.block!r}: {self.value!r}>"


class Run:
    """A generator handler, stepped by the test."""

    def __init__(self, viewer: Viewer, block: Block, event: str, payload: Any) -> None:
        self._viewer = viewer
        self._reached, self._may_go = threading.Semaphore(0), threading.Semaphore(0)
        self._is_first = True
        viewer.session.pace = self._pace
        self.jobs = viewer.fire(block, event, payload)

    def _pace(self, job: Job) -> None:
        if job.id.startswith(f"{self._viewer.name}-"):  # what the page began, not what followed
            self._reached.release()
            self._may_go.acquire(timeout=self._viewer.timeout_s)

    def step(self) -> bool:
        """Let it go to its next `yield`; False: it has ended."""
        if not self._is_first:
            self._may_go.release()
        self._is_first = False
        deadline = time.monotonic() + self._viewer.timeout_s
        while not self._reached.acquire(timeout=0.005):
            if self._viewer.live.dispatcher.wait_idle(0):
                self._over()
                return False
            if time.monotonic() > deadline:
                raise TimeoutError(f"no step in {self._viewer.timeout_s} s")
        self._viewer.flush()
        return True

    def finish(self) -> None:
        """Let it run to its end."""
        self._viewer.session.pace = None
        self._may_go.release(1_000_000)
        self._over()

    def cancel(self) -> None:
        """Cancel it as a page does, and let it close."""
        self._viewer.send(kind="cancel", jobs=self.jobs)
        self.finish()

    def _over(self) -> None:
        self._viewer.session.pace = None
        self._viewer.settle()
        self._viewer.raise_errors()


# --- the app


class AppTest(Viewer):
    """An app under test, and its first viewer; `demo.test()` makes one. A context manager.

    Parameters
    ----------
    blocks : Blocks
        The app.
    request : Request, optional
        Who the first viewer is.
    timeout_s : float
        Longest that a step of the test may take, in real time.
    **options
        As `launch` takes them: `max_threads`, `show_error`, `max_file_size`, …
    """

    def __init__(
        self, blocks: Blocks, *, request: Request | None = None, timeout_s: float = 10.0, **options: Any
    ) -> None:
        self.clock = FakeClock()
        self._ticked: dict[tuple[str, int], float] = {}
        self._viewers: list[Viewer] = [self]
        super().__init__(
            LiveApp(blocks, LaunchOptions(**options), clock=self.clock), request=request, timeout_s=timeout_s
        )
        self.settle()

    def viewer(self, request: Request | None = None) -> Viewer:
        """One more viewer, at the same time.

        Parameters
        ----------
        request : Request, optional
            Who it is.
        """
        made = Viewer(self.live, request=request, timeout_s=self.timeout_s)
        self._viewers.append(made)
        made.settle()
        made.raise_errors()
        return made

    def advance(self, seconds: float) -> None:
        """Let time go by: timers tick, a State's time to live ends, a stream's limit is reached.

        Examples
        --------
        >>> import nbblocks as gr
        >>> with gr.Blocks() as demo:
        ...     count, clock = gr.Number(0), gr.Timer(2)
        ...     dep = clock.tick(lambda n: n + 1, count, count)
        >>> with demo.test() as app:
        ...     app.advance(5)
        ...     app[count].value
        2
        """
        end_s = self.clock.now_s + seconds
        while True:
            due = min(self._due_ticks(), key=lambda tick: tick[0], default=None)
            if due is None or due[0] > end_s:
                break
            when_s, viewer, timer = due
            self.clock.advance(max(0.0, when_s - self.clock.now_s))
            self._ticked[viewer.name, timer._id] = when_s
            viewer.fire(timer, "tick")
            viewer.settle()
            viewer.raise_errors()
        self.clock.advance(end_s - self.clock.now_s)
        for viewer in self._viewers:
            viewer.settle()
            viewer.raise_errors()

    def _due_ticks(self) -> Iterator[tuple[float, Viewer, Timer]]:
        for viewer in self._viewers:
            session = viewer.session
            for timer in [*self.live.blocks.blocks.values(), *session.scene.made()]:
                if not isinstance(timer, Timer):
                    continue
                key = (viewer.name, timer._id)
                if session.is_closed or not session.prop(timer, "active"):
                    self._ticked.pop(key, None)
                    continue
                yield self._ticked.setdefault(key, self.clock.now_s) + session.prop(timer, "value"), viewer, timer

    def __enter__(self) -> Self:
        self._due_ticks_start()
        self.raise_errors()
        return self

    def _due_ticks_start(self) -> None:
        for _ in self._due_ticks():
            """Timers count from now."""

    def __exit__(self, exc_type: type[BaseException] | None = None, *exc: Any) -> None:
        self.stop()
        if exc_type is None:
            self.raise_errors()

    def stop(self) -> None:
        """End every viewer and let the threads go."""
        for viewer in self._viewers:
            viewer.session.pace = None
        self.live.close()


def test_app(blocks: Blocks, **options: Any) -> AppTest:
    """What `demo.test()` calls."""
    return AppTest(blocks, **options)


test_app.__test__ = False  # type: ignore[attr-defined]  # to pytest it is no test
