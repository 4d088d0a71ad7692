"""In a cell's output: each component is an anywidget model on its own comm; no server, no port."""

from __future__ import annotations

import contextlib
import contextvars
import getpass
import os
import sys
import threading
import time
from collections.abc import Iterator
from functools import cache
from typing import Any

import anywidget
import traitlets

from .._version import __version__
from ..blocks import Blocks, LaunchOptions
from ..blocks.options import env
from ..dispatch import threads
from ..exceptions import BlocksError
from ..session import LiveApp, Request, Session
from ..session.outbox import Batch, flusher
from ..tree import Block
from . import binding
from .entered import Entered, enter, entered_in
from .launch import cell_key, cell_parent, keep_own_subshell, run_key
from .models import BlockModel, loader, model_of
from .nulls import from_page, to_page
from .snapshot import snapshot

__all__ = ["InlineApp", "own_app", "show", "show_alone", "widget_of"]

MODELS_AT_ONCE = 50
COLAB_CHUNK_BYTES = 1 << 18  #: Colab drops messages above about 1 MB
SNAPSHOT_AFTER_S = 1.5
#: A handler that takes less answers before the kernel tells the page that it is idle again: otherwise the two run for
#: the interpreter's lock and for the page's attention, and the answer comes last. No longer, for meanwhile no widget
#: of the notebook gets a message.
PATIENCE_S = 0.003
INTERVAL_S = 0.04  #: JupyterLab loses messages when there are many more than this a second


@cache
def _session_model_class() -> type[anywidget.AnyWidget]:
    class SessionModel(anywidget.AnyWidget):
        """The one model that shows an app: it finds the others and carries the messages."""

        _esm = loader()
        template = traitlets.Dict().tag(sync=True)
        models = traitlets.Dict().tag(sync=True)
        session = traitlets.Unicode().tag(sync=True)
        snapshot = traitlets.Unicode().tag(sync=True)
        version = traitlets.Unicode(__version__).tag(sync=True)

        def get_state(self, key: Any = None, drop_defaults: bool = False) -> Any:
            """What a page needs of it."""
            return to_page(super().get_state(key, drop_defaults))

        def send(self, content: Any, buffers: Any = None) -> None:
            """Send a message to the page."""
            super().send(to_page(content), buffers)

    return SessionModel


class Display:
    """One display of an app: a session, its models, its channel."""

    def __init__(self, app: LiveApp, is_multiplexed: bool = False) -> None:
        self.app = app
        self.session: Session = app.open(Request(username=_user()), INTERVAL_S)
        self.session.shows_traceback = True
        self.session.around = self._around
        self.session.watch = self._changed
        self._parent = cell_parent()
        self._context = contextvars.copy_context()
        # one comm for all where many cost too much, or where the host cannot give a view its sibling models
        self._is_multiplexed = is_multiplexed or env("MULTIPLEXED") == "1"
        self._waiting = [] if self._is_multiplexed else list(app.template.props)
        self._has_models = False
        self.models: dict[int, BlockModel] = {}
        self._answered = threading.Event()
        self._making = threading.RLock()
        self.model = _session_model_class()(
            template=app.template.config,
            session=self.session.id,
            snapshot=snapshot(self.session),
        )
        self.model.on_msg(self._on_message)
        keep_own_subshell(self.model.comm)
        self.session.outbox.send = self._send

    # --- from the page: only enqueued, for a slow callback holds up every widget of the page

    def _on_message(self, widget: Any, content: Any, buffers: list[Any]) -> None:
        self.receive(from_page(content), buffers or [])

    def receive(self, content: Any, buffers: list[Any]) -> None:
        """Take a message of a page in the flusher's turn, in the context of the message."""
        context = contextvars.copy_context()

        def take() -> None:
            self._context = context
            if isinstance(content, dict) and content.get("kind") == "hello":
                self._is_multiplexed = not self._has_models or bool(content.get("multiplexed"))
                if self._waiting:
                    flusher().soon(self._make_models)
            context.run(self.session.receive, content, buffers)

        if isinstance(content, dict) and content.get("kind") == "event":
            self._answered.clear()
            flusher().now(take)
            if threads.HAS_THREADS:
                self._answered.wait(PATIENCE_S)
        else:
            flusher().soon(take)

    def _make_models(self) -> None:
        """Make each component's model, some at a time, once the page shows the app.

        The page draws from the session's template, so that nobody waits for a hundred comms; then it takes these.
        """
        now, self._waiting = self._waiting[:MODELS_AT_ONCE], self._waiting[MODELS_AT_ONCE:]
        for block_id in now:
            with self._making:  # `close` runs on another thread, and takes away only what is there
                if self.session.is_closed:
                    return
                self._context.run(self.model_of, block_id)
        if self._waiting:
            flusher().at(time.monotonic() + INTERVAL_S, self._make_models)
            return
        if not self._has_models:
            self._has_models = True
            references = {str(i): f"IPY_MODEL_{m.model_id}" for i, m in self.models.items()}
            self._context.run(setattr, self.model, "models", references)

    def model_of(self, block_id: int) -> BlockModel:
        """A component's own model, made when it is first asked for."""
        with self._making:
            known = self.models.get(block_id)
            if known is None:
                known = self.models[block_id] = model_of(self, block_id)
                keep_own_subshell(known.comm)
            return known

    # --- to the page: always in the flusher's turn, in the context of the page's last message (the kernel
    # moves a comm to the loop that last published on it, where it would wait for a running cell)

    def _send(self, batch: Batch) -> None:
        self._context.run(self._publish, batch)

    def _publish(self, batch: Batch) -> None:
        self._tell(batch)
        self._answered.set()

    def _tell(self, batch: Batch) -> None:
        (message, buffers), *rest = batch
        if not self._goes_by_models(message):
            self.model.send(message, buffers)
        elif any(buffers for _, buffers in rest):
            self._update(message["seq"], message, [])
        else:  # what follows goes with it: each message costs the page's way from the kernel once more
            self._update(message["seq"], message, [m for m, _ in rest])
            return
        if rest:
            self._tell(rest)

    def _goes_by_models(self, message: dict[str, Any]) -> bool:
        if message["kind"] != "state" or self._is_multiplexed or not self._has_models:
            return False
        return all(int(block) in self.models for block in message["models"])  # a render function's have no model

    def _update(self, seq: int, message: dict[str, Any], following: list[dict[str, Any]]) -> None:
        """The update of each component's own model that a state is; the page puts it together again."""
        models = message["models"]
        for at, (block, props) in enumerate(models.items(), 1):
            state = {k: v for k, v in props.items() if k != "rev"}
            state |= {"_seq": seq, "_of": len(models), "_rev": props.get("rev", 0)}
            if message.get("ack"):
                state["_ack"] = seq
            if following and at == len(models):
                state["_then"] = following
            comm = self.models[int(block)].comm
            if comm is not None:
                comm.send({"method": "update", "state": to_page(state), "buffer_paths": []})

    def _changed(self, block: Block, props: dict[str, Any]) -> None:
        """Properties are others, by the user or a handler: who watches them in the kernel is told."""
        model = self.models.get(block._id)
        if model is not None:
            model.tell_observers(props)
        if "value" in props:
            binding.edited(self.session, block)
        self._settle()

    def _settle(self) -> None:
        """What a saved notebook shows follows, a while after the last change."""
        due = self._snapshot_due = time.monotonic() + SNAPSHOT_AFTER_S

        def refresh() -> None:
            if due == self._snapshot_due and not self.session.is_closed:
                self.model.snapshot = snapshot(self.session)

        flusher().at(due, lambda: self._context.run(refresh))

    @contextlib.contextmanager
    def _around(self, name: str) -> Iterator[None]:
        """What a handler prints goes to the cell that shows the app."""
        tokens: list[tuple[Any, Any]] = []
        streams: tuple[Any, ...] = (sys.stdout, sys.stderr)
        for stream in streams:
            if self._parent and hasattr(stream, "set_thread_parent"):
                tokens.append((stream, stream.set_thread_parent(self._parent)))
        try:
            yield
        finally:
            for stream, token in tokens:
                stream.reset_thread_parent(token)

    def mimebundle(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """What the cell's output holds."""
        bundle: Any = self.model._repr_mimebundle_()
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        data = dict(data or {})
        data["text/html"] = snapshot(self.session)
        data["text/plain"] = f"nbblocks: {self.app.blocks.title or 'app'}"
        return data, dict(metadata)

    def close(self) -> None:
        """Take the models away; who still looked at it has left."""
        for page in list(self.session.pages):
            self.session.leave(page)
        self.session.close()
        with self._making:
            for model in self.models.values():
                model.close()
        layout = self.model.layout
        self.model.close()
        layout.close()


class InlineApp:
    """An app shown in a cell's output."""

    is_multiplexed = False  #: whether everything goes over one comm from the start

    def __init__(self, blocks: Blocks, options: LaunchOptions) -> None:
        self.app: Any = None
        self.local_url: str | None = None
        self.share_url: str | None = None
        binding.take_first_values(blocks.blocks)
        self._live = LiveApp(blocks, options)
        if "google.colab" in sys.modules:
            self._live.chunk_bytes = COLAB_CHUNK_BYTES
        binding.bind(self._live)
        self.display = Display(self._live, self.is_multiplexed)
        self.is_shown = False
        self._blocks = len(blocks.blocks)
        self._cell = cell_key()
        self._run = run_key()

    def show(self) -> None:
        """Put it into the output of the cell that runs."""
        from IPython.display import publish_display_data

        self.is_shown = True
        self._cell, self._run = cell_key(), run_key()
        _shown.setdefault(self._cell, []).append(self)
        data, metadata = self.display.mimebundle()
        publish: Any = publish_display_data
        publish(data=data, metadata=metadata)

    @property
    def is_unseen(self) -> bool:
        """Whether it was made for a widget of one of its components, and nobody has seen the whole."""
        return not self.is_shown

    def goes_on(self, options: LaunchOptions) -> bool:
        """Show it now when it was made unseen, for a widget of one of its components."""
        if self.is_shown or len(self._live.blocks.blocks) != self._blocks:
            return False
        self._live.options = options
        self._live.template.config.update(self._live.blocks.settings(options))
        self.display.model.template = dict(self._live.template.config)
        earlier = _earlier()
        enter(self.display.session, _entered_in(earlier))
        self.show()
        for one in earlier:
            one.give_way()
        return True

    def wait(self) -> None:
        """Keep the cell running until it is interrupted."""
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()

    def close(self) -> None:
        """Stop showing it."""
        self._forget()
        self._end()

    def give_way(self) -> None:
        """Stop showing it, once what takes its place was sent: closing a hundred comms takes longer than showing."""
        self._forget()
        self._live.blocks.forget(self)
        context = contextvars.copy_context()
        flusher().soon(lambda: context.run(self._end))

    def _forget(self) -> None:
        shown = _shown.get(self._cell, [])
        if self in shown:
            shown.remove(self)

    def _end(self) -> None:
        self.display.close()
        self._live.close()


_shown: dict[str, list[InlineApp]] = {}


def show(blocks: Blocks, options: LaunchOptions) -> InlineApp:
    """Show an app in the output of the cell that runs; what an earlier run of the cell showed is closed.

    What a user had entered there is entered here as well, where the code still gives the same first value.
    """
    unseen = blocks.running
    if isinstance(unseen, InlineApp):
        if unseen.goes_on(options):
            return unseen
        unseen.close()
    earlier = _earlier()
    app = InlineApp(blocks, options)
    enter(app.display.session, _entered_in(earlier))
    app.show()
    for one in earlier:
        one.give_way()
    return app


def _earlier() -> list[InlineApp]:
    """What an earlier run of the cell that runs showed."""
    cell, run = cell_key(), run_key()
    return [app for app in _shown.get(cell, []) if cell and app._run != run]


def _entered_in(apps: list[InlineApp]) -> Entered:
    entered: Entered = {}
    for app in apps:
        entered |= entered_in(app.display.session)
    return entered


def own_app(block: Block) -> InlineApp:
    """The app that a component or an app has in this notebook; made now, unseen, when there is none."""
    blocks = block if isinstance(block, Blocks) else root_of(block)
    running = blocks.running
    if not isinstance(running, InlineApp):
        if running is not None:
            raise BlocksError(
                f"{block!r}: its app is served as a page, so it has no widget; launch(inline=True) gives it"
            )
        running = InlineApp(blocks, LaunchOptions(inline=True))
        blocks.running = running
    return running


def root_of(block: Block) -> Blocks:
    """The app that a block stands in; one of its own is made for a block that stands nowhere."""
    known = block.__dict__.get("_root")
    if isinstance(known, Blocks):
        return known
    with Blocks() as alone:
        block._render()
    return alone


def widget_of(block: Block) -> BlockModel:
    """A component's live model in this notebook: an ipywidget."""
    app = own_app(block)
    if block._id not in app._live.template.props:
        raise BlocksError(f"{block!r} has nothing to show, so it has no widget")
    return app.display.model_of(block._id)


def show_alone(block: Block) -> None:
    """Show one component, alone, in the output of the cell that runs."""
    from IPython.display import publish_display_data

    for earlier in _earlier():
        earlier.give_way()
    app = own_app(block)
    model = widget_of(block)
    if not app.is_shown:
        app.is_shown = True
        app._cell, app._run = cell_key(), run_key()
        _shown.setdefault(app._cell, []).append(app)
    publish: Any = publish_display_data
    bundle = {**model._repr_mimebundle_(), "text/plain": repr(block), "text/html": snapshot(app.display.session, block)}
    publish(data=bundle)


def _user() -> str | None:
    """Who uses the notebook: the hub's name for them, else the system's."""
    try:
        return os.environ.get("JUPYTERHUB_USER") or getpass.getuser()
    except (KeyError, OSError):
        return None
