"""One viewer: what differs from the template, the jobs that run, the messages to the page."""

from __future__ import annotations

import contextlib
import contextvars
import copy
import functools
import logging
import secrets
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from ..blocks import Rendering
from ..components import Component, State
from ..dispatch import Job, Outcome, Policy, QueueNews, Timer
from ..events import Dependency
from ..exceptions import Error, WireError
from ..frames import StaleEditError
from ..tree import Block
from ..wire.check import checked, plain_types
from ..wire.files import FileData
from ..wire.schema import wire_type
from .call import kind_of, with_special
from .current import Current, current
from .errors import log_error, readable_traceback
from .files import Files, Upload
from .memo import NoContentError, content_hash, forget_session
from .outbox import Outbox, flusher
from .request import Request
from .run import Call, InvalidInputError, checks_for, has_checks, work_for
from .scene import Scene
from .updates import short

if TYPE_CHECKING:
    from .app import LiveApp

__all__ = ["Session"]

log = logging.getLogger("nbblocks")

MAX_REV = 1 << 53  #: the largest whole number that JavaScript counts to
MAX_UPLOADS = 16  #: files of one session that come up at once
MAX_PAGES = 64  #: views of one session; of more, those that came first are taken to be gone
MAX_JOB_ID = 128  #: characters

#: Events that only a component a person can use brings forth.
_NEEDS_INTERACTIVE = frozenset(
    {"click", "input", "change", "submit", "upload", "clear", "release", "edit", "apply", "delete", "stream"}
)


@dataclass
class _Listening:
    """What one listener does in one session."""

    jobs: dict[str, Job] = field(default_factory=dict)
    again: tuple[str, Any, Any, Any] | None = None  #: an event that came meanwhile: job, target, payload, inputs


class Session:
    """One viewer of an app.

    Parameters
    ----------
    app : LiveApp
        The app it is a viewer of.
    request : Request
        Who the viewer is.
    interval_s : float
        Shortest time between two batches of messages to the page.
    """

    def __init__(self, app: LiveApp, request: Request | None = None, interval_s: float = 0.04) -> None:
        self.app = app
        self.id = app.named(lambda: secrets.token_urlsafe(18))
        self.request = request or Request()
        self.request.session_hash = self.id
        self.page: str | None = None  #: path of the app's page that it shows; None: it shows each in turn
        self.lock = threading.RLock()
        self.outbox = Outbox(interval_s)
        self.files = Files(app.url_of(self.id) if app.url_of else None, app.files)
        self.props: dict[int, dict[str, Any]] = {}
        self.revs: dict[int, int] = {}
        self.states: dict[int, Any] = {}
        self._touched: dict[int, float] = {}  #: when each State with a time to live was last set
        self._expiring: dict[int, Timer] = {}
        self._contents: dict[int, str] = {}  #: of each State that is listened to, when it was last set
        self.changed_blocks: dict[int, Block] = {}
        self.scene = Scene(self)
        self.pages: dict[str, None] = {}  #: in the order in which they came
        self.shows_traceback = False
        self.around: Callable[[str], Any] | None = None  #: a host's context manager round each handler
        self.watch: Callable[[Block, dict[str, Any]], None] | None = None  #: a host is told of new properties
        self.on_error: Callable[[BaseException, Dependency], None] | None = None  #: is told of errors of handlers
        self.pace: Callable[[Job], None] | None = None  #: called after each step of a generator; may hold it up
        self._listening: dict[int, _Listening] = {}
        self._made = 0
        self._is_loaded = False
        self.is_closed = False
        self._unloaded = False

    # --- what changes its state

    def set_props(self, block: Block, props: dict[str, Any], rev: int | None = None) -> bool:
        """New properties of a block; the page is told of those that differ.

        Parameters
        ----------
        rev : int, optional
            The edit that a `value` answers; a newer edit of the user wins over it.

        Returns
        -------
        bool
            Whether its value changed.
        """
        with self.lock:
            here = self.props.setdefault(block._id, {})
            base = self.scene.base_props(block._id)
            known_rev = self.revs.get(block._id, 0)
            if rev is not None and rev < known_rev:
                props = {k: v for k, v in props.items() if k != "value"}
            known = {**base, **here}
            new = {k: v for k, v in props.items() if k not in known or not _same(known[k], v)}
            if not new and not (rev is not None and "value" in props):
                return False
            old_value = known.get("value")
            here.update(new)
            answered = known_rev if rev is None else rev
            if new:
                self.outbox.put_state(block._id, new, answered, old_value)
        if self.watch is not None and new:
            self.watch(block, new)
        return "value" in new

    def apply_changes(self, changes: Any) -> None:
        """Take the user's edits; refuses what a page cannot edit."""
        if not isinstance(changes, dict):
            raise WireError(f"changes must be an object, got {type(changes).__name__}")
        refused: WireError | None = None
        with self.lock:
            edits = [self._edit(key, entry) for key, entry in changes.items()]
            for block, props, rev in edits:  # all are right: now take them
                if rev < self.revs.get(block._id, 0):
                    props.pop("value", None)
                else:
                    self.revs[block._id] = rev
                if "value" in props:
                    refused = self._take_value(block, props, rev) or refused
                self.props.setdefault(block._id, {}).update(props)
                if len(self.pages) > 1:
                    self.outbox.put_state(block._id, props, self.revs.get(block._id, 0))
        if self.watch is not None:
            for block, props, _ in edits:
                self.watch(block, props)
        if refused is not None:
            raise refused

    def _take_value(self, block: Block, props: dict[str, Any], rev: int) -> WireError | None:
        """Keep a value as its component does; where that refuses it, the page gets the one that is kept."""
        component = self.component(block)
        if not isinstance(component, Component):
            return None
        held = self.prop(block, "value")
        try:
            props["value"] = component.taken(props["value"], held)
        except (StaleEditError, WireError) as error:
            props["value"] = held
            self.outbox.put_state(block._id, {"value": held}, rev)
            return error if isinstance(error, WireError) else None
        return None

    def _edit(self, key: Any, entry: Any) -> tuple[Block, dict[str, Any], int]:
        """An edit of one block, when it is one that a page can make."""
        block = self._block(key)
        if not isinstance(entry, dict):
            raise WireError(f"{block!r}: a change must be an object, got {type(entry).__name__}")
        rev = entry.get("rev", 0)
        if type(rev) is not int:
            checked(rev, int, f"{block!r}.rev")
        if not 0 <= rev <= MAX_REV:
            raise WireError(f"{block!r}: there is no edit {rev}")
        props = {k: v for k, v in entry.items() if k != "rev"}
        strange = props.keys() - set(block.user_props)
        if "value" in strange and self.scene.is_set_by_page(block):
            strange.remove("value")
        if strange:
            raise WireError(f"{block!r}: a page cannot set {', '.join(sorted(strange))}")
        if "value" in props and not self._may_edit(block):
            raise WireError(f"{block!r} is not interactive: a page cannot set its value")
        for name, value in props.items():
            cls: Any = type(block)  # to mypy a class is not hashable when its instances define a hash
            kind = _type_of(cls, name)
            if type(value) not in plain_types(kind):
                checked(value, kind, f"{block!r}.{name}")
        return block, props, rev

    def _may_edit(self, block: Block) -> bool:
        return self.scene.is_set_by_page(block) or (self._is_interactive(block) and self._is_visible(block))

    def _is_interactive(self, block: Block) -> bool:
        return self.prop(block, "interactive") is not False

    def _is_visible(self, block: Block) -> bool:
        """Whether it, and all that it stands in, are in the page."""
        return all(self.prop(at, "visible") is not False for at in self.scene.lineage(block))

    def prop(self, block: Block, name: str) -> Any:
        """A property as the page has it."""
        here = self.props.get(block._id, {})
        return here[name] if name in here else self.scene.base_props(block._id).get(name)

    def full_props(self, block_id: int) -> dict[str, Any]:
        """Every property of a block."""
        with self.lock:
            return {**self.scene.base_props(block_id), **self.props.get(block_id, {})}

    def _block(self, key: Any) -> Block:
        try:
            found = self.scene.block(int(key))
        except (ValueError, TypeError, OverflowError):
            found = None
        if found is None:
            raise WireError(f"there is no block {key!r} in this app")
        return found

    def component(self, block: Block) -> Block:
        """A block as updates have made it in this session."""
        return self.changed_blocks.get(block._id, block)

    def change_block(self, block: Block, given: dict[str, Any]) -> Block:
        """Remember that parameters of a block are others in this session."""
        changed = copy.copy(self.component(block))
        changed.__dict__.update(given)
        changed.__dict__["_id"] = block._id
        changed.__dict__["_followers"] = ()  # what `check` decides is of this copy alone
        changed.check()
        self.changed_blocks[block._id] = changed
        return changed

    def state_of(self, state: State) -> Any:
        """The viewer's value of a State."""
        with self.lock:
            if state._id not in self.states:
                self.set_state(state, state.fresh())
            return self.states[state._id]

    def set_state(self, state: State, value: Any) -> bool:
        """Give the viewer's State another value; its time to live begins anew.

        Returns
        -------
        bool
            Whether the value is another one, and someone listens for that.
        """
        with self.lock:
            old, self.states[state._id] = self.states.get(state._id), value
            is_another = self._is_another(state, old, value)
            if state.time_to_live is not None:
                self._touched[state._id] = self.app.clock.time()
                if state._id not in self._expiring:
                    self._expire_later(state, state.time_to_live)
            return is_another

    def _is_another(self, state: State, old: Any, new: Any) -> bool:
        """Whether a State's content changed; also of an object that a handler changed and returned."""
        if not self.scene.listeners_of(state, "change"):
            return False
        known = self._contents.get(state._id)
        try:
            self._contents[state._id] = content_hash(new)
        except NoContentError:
            self._contents.pop(state._id, None)
            return old is not new
        return known != self._contents[state._id]

    def _expire_later(self, state: State, delay_s: float) -> None:
        def due() -> None:
            with self.lock:
                del self._expiring[state._id]
                if state._id not in self.states or self.is_closed:
                    return
                left_s = self._touched[state._id] + (state.time_to_live or 0.0) - self.app.clock.time()
                if left_s > 0:
                    self._expire_later(state, left_s)
                    return
                value = self.states.pop(state._id)
            self.app.dispatcher.background(self._drop_state, state, value)

        self._expiring[state._id] = self.app.clock.call_later(delay_s, due)

    # --- messages from the page

    def receive(self, message: Any, buffers: list[Any] | None = None) -> None:
        """Take a message from a page; a wrong one is answered with an error, and changes nothing."""
        try:
            if not isinstance(message, dict):
                raise WireError(f"a message must be an object, got {type(message).__name__}")
            if self.is_closed:
                return
            self.app.get(self.id)  # it is now the one used last
            kind = message.get("kind")
            handler = self._handlers.get(kind) if isinstance(kind, str) else None
            if handler is None:
                raise WireError(f"there is no message of kind {short(kind)}")
            handler(self, message, buffers or [])
        except WireError as error:
            log.warning("a page's message was refused: %s", error)
            self.tell(
                {
                    "kind": "toast",
                    "level": "error",
                    "title": "Refused",
                    "message": str(error),
                    "duration_s": 10,
                    "visible": True,
                }
            )
            if isinstance(message, dict) and message.get("kind") == "event" and isinstance(message.get("job"), str):
                self._tell_job(
                    str(message["job"]),
                    message.get("listener"),
                    "failed",
                    title="Refused",
                    message=str(error),
                    visible=False,
                    duration_s=10,
                    traceback=None,
                )

    def _on_hello(self, message: dict[str, Any], buffers: list[Any]) -> None:
        page = checked(message.get("page"), str, "hello.page")
        seq = checked(message.get("seq", 0), int, "hello.seq")
        query = message.get("query")
        with self.lock:
            if len(self.pages) >= MAX_PAGES and page not in self.pages:  # not every page can say that it leaves
                del self.pages[next(iter(self.pages))]
            self.pages[page] = None
            self._unloaded = False
            if isinstance(query, dict) and not self.request.query_params:
                self.request.query_params = {str(k): str(v) for k, v in query.items()}
            if isinstance(message.get("url"), str) and self.request.url is None:
                self.request.url = message["url"]
            held = self.outbox.resume(seq)
            if held is None or (seq == 0 and self.outbox.seq > 0):
                self.outbox.put_reset(self._reset())
            else:
                for old, old_buffers in held:
                    self._direct(old, old_buffers)
                if self._is_loaded:  # a page that was away learns which of its jobs still run
                    for news in self._running_news():
                        self.tell(news)
            first, self._is_loaded = not self._is_loaded, True
        if first:
            self._load(self.page or "")

    def _load(self, path: str) -> None:
        """A page of the app is shown: its `load` listeners run."""
        for dependency in self.app.listeners_of(None, "load"):
            if dependency.page == path and dependency.fn is not None and dependency.js is None:
                self.trigger(dependency, self._new_job(), None, None)

    def _on_open(self, message: dict[str, Any], buffers: list[Any]) -> None:
        path = checked(message.get("path"), str, "open.path")
        if path not in self.app.blocks.routes or self.page is not None:
            raise WireError(f"there is no page {short(path)} to open here")
        self._load(path)

    def _reset(self) -> dict[str, Any]:
        models = {
            str(i): {**props, **({"rev": self.revs[i]} if i in self.revs else {})} for i, props in self.props.items()
        }
        return {
            "kind": "reset",
            "template": self.scene.config(self.page),
            "models": models,
            "running": self._running_news(),
        }

    def _running_news(self) -> list[dict[str, Any]]:
        return [
            {"kind": "job", "job": job_id, "listener": listener, "status": "started", "eta_s": None}
            for listener, doing in self._listening.items()
            for job_id in doing.jobs
        ]

    def _on_event(self, message: dict[str, Any], buffers: list[Any]) -> None:
        number = checked(message.get("listener"), int, "event.listener")
        job = checked(message.get("job"), str, "event.job")
        target = checked(message.get("target"), int | None, "event.target")
        event = message.get("event")
        dependency = self.scene.listener(number)
        if dependency is None:
            raise WireError(f"there is no listener {number}")
        if len(job) > MAX_JOB_ID or self._is_pending(job):
            raise WireError(f"a new job cannot be called {short(job)}")
        pairs = [(t.block._id if t.block else None, t.event) for t in dependency.targets]
        after = dependency.after
        is_chained = after is not None and (dependency.js is not None or after.dependency.fn is None)
        if (target, event) not in pairs and not is_chained:
            raise WireError(f"{dependency.name} does not listen to {event!r} of {target!r}")
        block = self.scene.block(target) if target is not None else None
        if block is not None and not self._is_visible(block):
            raise WireError(f"{block!r} is not visible: it has no events")
        may_be_of_user = block is None or self._is_interactive(block) or self.scene.is_set_by_page(block)
        if event in _NEEDS_INTERACTIVE and not may_be_of_user and dependency.js is None:
            raise WireError(f"{block!r} is not interactive: it has no {event} of a user")
        self.apply_changes(message.get("changes") or {})
        inputs = message.get("inputs")
        if inputs is not None and not (isinstance(inputs, list) and dependency.js is not None):
            raise WireError(f"{dependency.name}: inputs came, but it has no js that could give them")
        self.trigger(dependency, job, block, message.get("payload"), inputs)

    def _is_pending(self, job_id: str) -> bool:
        with self.lock:
            return any(
                job_id in doing.jobs or (doing.again is not None and doing.again[0] == job_id)
                for doing in self._listening.values()
            )

    def _on_changes(self, message: dict[str, Any], buffers: list[Any]) -> None:
        self.apply_changes(message.get("changes") or {})

    def _on_cancel(self, message: dict[str, Any], buffers: list[Any]) -> None:
        listeners = checked(message.get("listeners") or [], list[int], "cancel.listeners")
        jobs = checked(message.get("jobs") or [], list[str], "cancel.jobs")
        self._cancel(set(listeners), set(jobs))

    def _on_ack(self, message: dict[str, Any], buffers: list[Any]) -> None:
        self.outbox.acknowledge(checked(message.get("seq"), int, "ack.seq"))

    def _on_fetch(self, message: dict[str, Any], buffers: list[Any]) -> None:
        ref = checked(message.get("ref"), str, "fetch.ref")
        chunk = checked(message.get("chunk", 0), int, "fetch.chunk")
        credit = checked(message.get("credit", 1), int, "fetch.credit")
        if chunk < 0:
            raise WireError(f"there is no chunk {chunk}")
        try:
            source, mime_type = self._source(ref)
            size_bytes = len(source) if isinstance(source, bytes) else source.stat().st_size
        except (WireError, OSError) as error:
            self._direct({"kind": "chunk", "seq": 0, "ref": ref, "chunk": chunk, "error": str(error)}, [])
            return
        length = self.app.chunk_bytes
        chunks = max(1, -(-size_bytes // length))
        for n in range(chunk, min(chunks, chunk + min(credit, 64))):
            if isinstance(source, bytes):
                data = source[n * length : (n + 1) * length]
            else:
                with source.open("rb") as f:
                    f.seek(n * length)
                    data = f.read(length)
            told = {
                "kind": "chunk",
                "seq": 0,
                "ref": ref,
                "chunk": n,
                "chunks": chunks,
                "size_bytes": size_bytes,
                "mime_type": mime_type,
            }
            self._direct(told, [data])

    def _source(self, ref: str) -> tuple[Any, str | None]:
        scheme, _, name = ref.partition(":")
        if scheme == "asset":
            return self.app.asset(name), "text/javascript"
        if scheme == "file":
            known = self.files.data_of(name)
            return self.files.path_of(name), known.mime_type
        raise WireError(f"{ref!r} is neither an asset nor a file")

    def _on_upload(self, message: dict[str, Any], buffers: list[Any]) -> None:
        file = checked(message.get("file"), str, "upload.file")
        chunk = checked(message.get("chunk"), int, "upload.chunk")
        answer: dict[str, Any] = {"kind": "ack", "seq": 0, "file": file, "chunk": chunk}
        if len(buffers) != 1:
            raise WireError("upload needs the bytes of a chunk")
        try:
            block = self._block(message.get("block"))
            if not getattr(block, "has_files", False) or not self._may_edit(block):
                raise WireError(f"{block!r} takes no files")
            if file in self.files.uploaded and message.get("last"):  # its acknowledgement was lost
                self._direct({**answer, "value": self.files.uploaded[file]}, [])
                return
            upload = self.files.uploads.get(file)
            if upload is None:
                if len(self.files.uploads) >= MAX_UPLOADS:
                    raise WireError("too many uploads at once")
                upload = self.files.uploads[file] = Upload(
                    file,
                    checked(message.get("name") or "file", str, "upload.name"),
                    checked(message.get("size_bytes") or 0, int, "upload.size_bytes"),
                    checked(message.get("mime_type"), str | None, "upload.mime_type"),
                    self.app.options.max_file_size,
                )
            if chunk < upload.next_chunk:  # sent again after a lost connection
                self._direct({"kind": "ack", "seq": 0, "file": file, "chunk": chunk}, [])
                return
            if chunk > upload.next_chunk:  # one before it was lost: the page sends both again
                return
            upload.take(chunk, buffers[0])
            if message.get("last"):
                known = FileData.of(upload.finish())
                known.mime_type = upload.mime_type or known.mime_type
                answer["value"] = self.files.uploaded[file] = self.files.to_wire(known)
                del self.files.uploads[file]
                while len(self.files.uploaded) > MAX_UPLOADS:
                    del self.files.uploaded[next(iter(self.files.uploaded))]
        except (WireError, OSError) as error:
            dropped = self.files.uploads.pop(file, None)
            if dropped is not None:
                dropped.drop()
            answer["error"] = str(error)
        self._direct(answer, [])

    def _on_call(self, message: dict[str, Any], buffers: list[Any]) -> None:
        block = self._block(message.get("block"))
        name = checked(message.get("function"), str, "call.function")
        component = self.component(block)
        functions: dict[str, Callable[..., Any]]
        functions = component.served_functions() if isinstance(component, Component) else {}
        functions |= {n: getattr(self, n) for n in getattr(block, "session_functions", ())}
        if isinstance(component, Component):
            functions |= component.page_functions(self.prop(block, "value"))
        answer: dict[str, Any] = {"kind": "result", "seq": 0, "call": message.get("call")}
        if name not in functions:
            self._direct({**answer, "error": f"{block!r} has no server function {name!r}"}, [])
            return
        data = message.get("data")
        args = data if isinstance(data, list) else [data]
        if getattr(component, "has_files", False):
            args = self.files.from_wire(args)

        def run() -> None:
            current.set(Current(self, None, -1, "", self.request))  # its messages go to this page
            try:
                whole = with_special(functions[name], args, self.request)
                with self.surroundings(f"{block!r}.{name}"):
                    value = functions[name](*whole)
                self._direct({**answer, "value": self.files.to_wire(value)}, [])
            except Exception as error:
                if getattr(error, "print_exception", True):
                    log_error(f"{block!r}.{name}", error)
                self._direct({**answer, "error": self._said(error)}, [])

        self.app.dispatcher.background(contextvars.copy_context().run, run)

    def deep_link(self) -> str:
        """Keep the values of now; the name under which a later page finds them."""
        with self.lock:
            held = {i: copy.copy(props) for i, props in self.props.items()}
        return self.app.keep_link({i: self.files.from_wire(props) for i, props in held.items()})

    def follow_link(self, name: str) -> None:
        """Take the values that were kept under a name; an unknown one is a page as any other."""
        for block_id, props in self.app.links.get(name, {}).items():
            self.props.setdefault(block_id, {}).update(self.files.to_wire(props))

    def _on_bye(self, message: dict[str, Any], buffers: list[Any]) -> None:
        self.leave(checked(message.get("page"), str, "bye.page"))

    def _on_ping(self, message: dict[str, Any], buffers: list[Any]) -> None:
        self._direct({"kind": "pong", "seq": 0}, [])

    _handlers: ClassVar[dict[str, Callable[[Session, dict[str, Any], list[Any]], None]]] = {
        "hello": _on_hello,
        "event": _on_event,
        "changes": _on_changes,
        "cancel": _on_cancel,
        "ack": _on_ack,
        "fetch": _on_fetch,
        "upload": _on_upload,
        "call": _on_call,
        "open": _on_open,
        "ping": _on_ping,
        "bye": _on_bye,
    }

    # --- jobs

    def _new_job(self) -> str:
        self._made += 1
        return f"s-{self._made}"

    def trigger(
        self,
        dependency: Dependency,
        job_id: str,
        target: Block | None,
        payload: Any,
        inputs: list[Any] | None = None,
    ) -> None:
        """Run a listener, as its trigger mode says."""
        number = self.scene.number(dependency)
        with self.lock:
            if self.is_closed:
                return
            doing = self._listening.setdefault(number, _Listening())
            if doing.jobs and dependency.trigger_mode != "multiple":
                if dependency.trigger_mode == "once":
                    self._tell_job(job_id, number, "ignored")
                    return
                if doing.again is not None:
                    self._tell_job(doing.again[0], number, "ignored")
                doing.again = (job_id, target, payload, inputs)
                return
            call = Call(self, dependency, target, payload, inputs)
            job = self._job(dependency, number, job_id, call)
            doing.jobs[job_id] = job
        self._cancel({self.scene.number(d) for d in dependency.cancels}, set())
        if dependency.fn is None:
            self._ended(job, Outcome("done", time_s=0.0), dependency, number)
        elif has_checks(dependency):
            self.app.dispatcher.submit(self._validation(job, dependency, number))
        else:
            self.app.dispatcher.submit(job)

    def _job(self, dependency: Dependency, number: int, job_id: str, call: Call) -> Job:
        context = contextvars.copy_context()
        limit_s = dependency.time_limit
        if limit_s is not None and not dependency.is_stream:
            limit_s = None
        call.here = Current(self, dependency, number, job_id, self.request)
        context.run(current.set, call.here)

        def news(job: Job, item: QueueNews) -> None:
            self._tell_job(job.id, number, "queued", position=item.position, size=item.size, eta_s=item.eta_s)

        job = Job(
            id=job_id,
            policy=self.scene.policy(dependency),
            work=work_for(call),
            on_end=lambda job, outcome: self._ended(job, outcome, dependency, number),
            on_news=news,
            on_start=lambda job: self._tell_job(job.id, number, "started", eta_s=None),
            context=context,
            subject=call,
        )
        if limit_s is not None:
            self._limit_time(job, limit_s)
        return job

    def _validation(self, job: Job, dependency: Dependency, number: int) -> Job:
        """What runs before a job, past the queue, and submits it when its inputs are valid and its result not kept."""

        def ended(check: Job, outcome: Outcome) -> None:
            if outcome.status == "done" and not job.subject.is_answered:
                self.app.dispatcher.submit(job)
            else:
                self._ended(job, outcome, dependency, number)

        is_async = dependency.validator is not None and kind_of(dependency.validator)[0]
        return Job(
            id=job.id,
            policy=Policy(("validator", number), ("validator", number), None, queue=False, is_async=is_async),
            work=checks_for(job.subject),
            on_end=ended,
            context=job.context.copy(),
        )

    def _cancel(self, listeners: set[int], job_ids: set[str]) -> None:
        """End jobs by id, and all of some listeners, what they were to do next as well."""
        jobs: list[Job] = []
        with self.lock:
            for number, doing in self._listening.items():
                jobs += [j for j in doing.jobs.values() if number in listeners or j.id in job_ids]
                again = doing.again
                if again is not None and (number in listeners or again[0] in job_ids):
                    doing.again = None
                    self._tell_job(again[0], number, "cancelled", time_s=None)
        for job in jobs:
            self.app.dispatcher.cancel(job)

    def _limit_time(self, job: Job, limit_s: float) -> None:
        """End a job after so long; what it has given by then is its result."""

        def over() -> None:
            job.subject.is_over = True
            self.app.dispatcher.cancel(job)

        self.app.clock.call_later(limit_s, over)

    def _ended(self, job: Job, outcome: Outcome, dependency: Dependency, number: int) -> None:
        if outcome.status == "cancelled" and job.subject.is_over:
            outcome = Outcome("done", time_s=outcome.time_s)
        with self.lock:  # before the page is told: its next click may come at once, and must not find it running
            doing = self._listening[number]
            doing.jobs.pop(job.id, None)
            again, doing.again = (doing.again, None) if not doing.jobs else (None, doing.again)
        if outcome.status == "failed" and outcome.error is not None:
            self._tell_failure(job.id, number, dependency, outcome)
        elif outcome.status == "refused":
            self._tell_job(job.id, number, "refused", message=outcome.message)
        elif outcome.status == "cancelled":
            self._tell_job(job.id, number, "cancelled", time_s=outcome.time_s)
        else:
            here = job.subject.here
            used = {"used_cache": here.used_cache} if here is not None and here.used_cache else {}
            self._tell_job(job.id, number, "done", time_s=outcome.time_s, **used)
        job.subject.let_go()
        followers = ["then"]
        if outcome.status == "done":
            followers.append("success")
        elif outcome.status in ("failed", "refused"):
            followers.append("failure")
        for follower in self.scene.followers_of(dependency):
            if follower.after is not None and follower.after.on in followers:
                self._trigger_own(follower, None)
        if again is not None:
            self.trigger(dependency, *again)
        if dependency.home is not None:
            with self.lock:
                self.scene.sweep()

    def _trigger_own(self, dependency: Dependency, target: Block | None) -> None:
        """Run a listener that the session itself triggers; one with `js` goes by way of the page."""
        if dependency.js is not None:
            number = self.scene.number(dependency)
            event = dependency.after.on if dependency.after else "load" if target is None else "change"
            self.tell({"kind": "fire", "listener": number, "trigger": [target._id if target else None, event]})
        else:
            self.trigger(dependency, self._new_job(), target, None)

    def surroundings(self, what: Dependency | str) -> Any:
        """What the host puts round a handler, such as where its prints go."""
        if self.around is None:
            return contextlib.nullcontext()
        return self.around(what if isinstance(what, str) else what.name)

    def value_changed(self, block: Block) -> None:
        """A handler gave a block another value: whoever listens to `change` runs."""
        for dependency in self.scene.listeners_of(block, "change"):
            self._trigger_own(dependency, block)

    # --- render functions

    def show(self, rendering: Rendering) -> None:
        """Put what a render function made into the page; what it made that runs at load runs now."""
        with self.lock, self.outbox.lock:
            if self.is_closed:
                return
            told = self.scene.show(rendering)
            if told is None:
                return
            self.outbox.put_sealed(told)
        for dependency in rendering.listeners.values():
            if any(t.block is None and t.event == "load" for t in dependency.targets):
                self._trigger_own(dependency, None)

    def is_busy(self, numbers: Iterable[int]) -> bool:
        """Whether jobs of any of these listeners run or wait."""
        return any(doing.jobs or doing.again for n in numbers if (doing := self._listening.get(n)) is not None)

    def drop_block(self, block: Block) -> None:
        """Forget a block that a render function made and does not make any more."""
        for held in (self.props, self.revs, self.changed_blocks, self._contents):
            held.pop(block._id, None)
        if block._id in self.states:
            self.app.dispatcher.background(self._drop_state, block, self.states.pop(block._id))

    @staticmethod
    def _drop_state(state: Block | None, value: Any) -> None:
        if isinstance(state, State) and state.delete_callback is not None:
            try:
                state.delete_callback(value)
            except Exception as error:  # the other values are dropped too
                log_error(f"{state!r}.delete_callback", error)

    @staticmethod
    def _tell_error(tell: Callable[..., Any], error: BaseException, dependency: Dependency) -> None:
        try:
            tell(error, dependency)
        except Exception as another:  # what is told of errors must not make more of them
            log_error("on_error", another)

    def _tell_failure(self, job_id: str, number: int, dependency: Dependency, outcome: Outcome) -> None:
        error = outcome.error
        assert error is not None
        for tell in (self.on_error, *self.app.blocks.error_handlers):
            if tell is not None:
                self._tell_error(tell, error, dependency)
        is_on_page = self.shows_traceback and bool(self.pages)  # the page's own log shows it
        if not is_on_page and not (isinstance(error, Error) and not error.print_exception):
            with self.surroundings(dependency):
                log_error(dependency.name, error)
        told: dict[str, Any] = {"time_s": outcome.time_s, "duration_s": 10, "visible": True, "traceback": None}
        if isinstance(error, Error):
            told |= {
                "title": error.title,
                "message": error.message,
                "duration_s": error.duration,
                "visible": error.visible,
            }
            if isinstance(error, InvalidInputError):
                told["invalid"] = {str(block): message for block, message in error.inputs.items()}
        else:
            told |= {"title": "Error", "message": self._said(error)}
        if self.shows_traceback and not isinstance(error, Error):
            told["traceback"] = readable_traceback(error)
        self._tell_job(job_id, number, "failed", **told)

    def _said(self, error: BaseException) -> str:
        """What the page is told of an error: the text of any only where that is wanted, or in a cell."""
        if isinstance(error, Error):
            return error.message
        if self.app.options.show_error or self.shows_traceback:
            return str(error) or type(error).__name__
        return "An error occurred. The app's log says more."

    # --- messages to the page

    def tell(self, message: dict[str, Any], buffers: list[Any] | None = None) -> None:
        """Send a message to the page, after what was sent before."""
        self.outbox.put(message, buffers)

    def _tell_job(self, job_id: str, listener: Any, status: str, **rest: Any) -> None:
        self.tell({"kind": "job", "job": job_id, "listener": listener, "status": status, **rest})

    def _direct(self, message: dict[str, Any], buffers: list[Any]) -> None:
        flusher().soon(lambda: self.outbox.tell([(message, buffers)]))

    # --- its end

    def leave(self, page: str) -> None:
        """A page is gone; when it was the last, `unload` runs."""
        with self.lock:
            self.pages.pop(page, None)
            gone = not self.pages and self._is_loaded and not self._unloaded
            if gone:
                self._unloaded = True
        if gone:
            self.app.left(self)

    def close(self) -> None:
        """End it: jobs are cancelled, what it holds is freed."""
        with self.lock:
            if self.is_closed:
                return
            self.is_closed = True
            jobs = [job for doing in self._listening.values() for job in doing.jobs.values()]
            uploads, self.files.uploads = list(self.files.uploads.values()), {}
        for job in jobs:
            self.app.dispatcher.cancel(job)
        for upload in uploads:
            upload.drop()
        self.outbox.send = None
        self.app.forget(self)
        forget_session(str(self.request.session_hash))
        with self.lock:
            states, self.states = self.states, {}
            for timer in self._expiring.values():
                timer.cancel()
        for block_id, value in states.items():
            self._drop_state(self.scene.block(block_id), value)


@functools.cache
def _type_of(cls: Any, name: str) -> Any:
    """The type of a property that a page may set."""
    extra: dict[str, Any] = getattr(cls, "extra_props", {})
    return extra[name] if name in extra else wire_type(cls.params[name])


def _same(a: Any, b: Any) -> bool:
    if type(a) is not type(b):
        return False
    try:
        return bool(a == b)
    except Exception:  # values of other libraries may refuse to be compared
        return False
