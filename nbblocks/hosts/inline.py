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
import ipywidgets
import traitlets
from anywidget._version import _ANYWIDGET_SEMVER_VERSION

from .._version import __version__
from ..blocks import Blocks, LaunchOptions
from ..blocks.options import env
from ..exceptions import WireError
from ..session import LiveApp, Request, Session
from ..session.outbox import flusher
from .launch import ipython_shell
from .snapshot import snapshot

__all__ = ["InlineApp", "show"]

MODELS_AT_ONCE = 50
INTERVAL_S = 0.04  #: JupyterLab loses messages when there are many more than this a second


@cache
def _loader() -> str:
    """The few hundred bytes that every model carries: they find the runtime, or ask the session for it."""
    try:
        return LiveApp.asset("loader.js").decode()
    except WireError:
        raise RuntimeError(
            "the browser half of nbblocks is not built: run `make setup`, or install the package again"
        ) from None


class BlockModel(ipywidgets.Widget):  # type: ignore[misc]  # ipywidgets ships no types
    """The kernel's side of one component: an anywidget model without a Layout, whose state is the session's.

    Its properties are not traits: worker threads would set them, which loses updates. `get_state` reads the session.
    """

    _model_module = traitlets.Unicode("anywidget").tag(sync=True)
    _model_module_version = traitlets.Unicode(_ANYWIDGET_SEMVER_VERSION).tag(sync=True)
    _model_name = traitlets.Unicode("AnyModel").tag(sync=True)
    _view_module = traitlets.Unicode("anywidget").tag(sync=True)
    _view_module_version = traitlets.Unicode(_ANYWIDGET_SEMVER_VERSION).tag(sync=True)
    _view_name = traitlets.Unicode("AnyView").tag(sync=True)

    def __init__(self, display: Display, block_id: int) -> None:
        self._nb_display, self._nb_block = display, block_id
        super().__init__()

    def get_state(self, key: Any = None, drop_defaults: bool = False) -> dict[str, Any]:
        """Everything a page needs of it: the session is asked, so it is never stale."""
        session = self._nb_display.session
        return {
            "_model_module": "anywidget",
            "_model_name": "AnyModel",
            "_model_module_version": _ANYWIDGET_SEMVER_VERSION,
            "_view_module": "anywidget",
            "_view_name": "AnyView",
            "_view_module_version": _ANYWIDGET_SEMVER_VERSION,
            "_view_count": None,
            "_esm": _loader(),
            "_anywidget_id": "nbblocks.Block",
            "_type": session.app.template.types[self._nb_block],
            "_rev": session.revs.get(self._nb_block, 0),
            "_seq": session.outbox.seq,
            "_of": 0,
            **session.full_props(self._nb_block),
        }

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Another widget of the page, such as a jslink, set properties: the same as an edit of the user."""
        block = self._nb_display.session.app.blocks.blocks[self._nb_block]
        props = {k: v for k, v in sync_data.items() if k in getattr(block, "user_props", ())}
        if props:
            rev = self._nb_display.session.revs.get(self._nb_block, 0) + 1
            self._nb_display.receive({"kind": "changes", "changes": {str(self._nb_block): {**props, "rev": rev}}}, [])


@cache
def _session_model_class() -> type[anywidget.AnyWidget]:
    class SessionModel(anywidget.AnyWidget):
        """The one model that shows an app: it finds the others and carries the messages."""

        _esm = _loader()
        template = traitlets.Dict().tag(sync=True)
        models = traitlets.Dict().tag(sync=True)
        session = traitlets.Unicode().tag(sync=True)
        snapshot = traitlets.Unicode().tag(sync=True)
        version = traitlets.Unicode(__version__).tag(sync=True)

    return SessionModel


class Display:
    """One display of an app: a session, its models, its channel."""

    def __init__(self, app: LiveApp) -> None:
        self.app = app
        self.session: Session = app.open(Request(username=_user()), INTERVAL_S)
        self.session.shows_traceback = True
        self.session.around = self._around
        self._parent = _cell_parent()
        self._context = contextvars.copy_context()
        # one comm for all where many cost too much, or where the host cannot give a view its sibling models
        self._is_multiplexed = env("MULTIPLEXED") == "1"
        self._waiting = [] if self._is_multiplexed else list(app.template.props)
        self._has_models = False
        self.models: dict[int, BlockModel] = {}
        self.model = _session_model_class()(
            template=app.template.config,
            session=self.session.id,
            snapshot=snapshot(self.session),
        )
        self.model.on_msg(self._on_message)
        _keep_own_subshell(self.model.comm)
        self.session.outbox.send = self._send

    # --- from the page: only enqueued, for a slow callback holds up every widget of the page

    def _on_message(self, widget: Any, content: Any, buffers: list[Any]) -> None:
        self.receive(content, buffers or [])

    def receive(self, content: Any, buffers: list[Any]) -> None:
        """Take a message of a page, on the flusher's thread, in the context of the message."""
        context = contextvars.copy_context()

        def take() -> None:
            self._context = context
            if isinstance(content, dict) and content.get("kind") == "hello":
                self._is_multiplexed = not self._has_models or bool(content.get("multiplexed"))
                if self._waiting:
                    flusher().soon(self._make_models)
            context.run(self.session.receive, content, buffers)

        flusher().soon(take)

    def _make_models(self) -> None:
        """Make each component's model, some at a time, once the page shows the app.

        The page draws from the session's template, so that nobody waits for a hundred comms; then it takes these.
        """
        if self.session.is_closed:
            return
        now, self._waiting = self._waiting[:MODELS_AT_ONCE], self._waiting[MODELS_AT_ONCE:]
        for block_id in now:
            self.models[block_id] = self._context.run(BlockModel, self, block_id)
        if self._waiting:
            flusher().at(time.monotonic() + INTERVAL_S, self._make_models)
            return
        if not self._has_models:
            self._has_models = True
            references = {str(i): f"IPY_MODEL_{m.model_id}" for i, m in self.models.items()}
            self._context.run(setattr, self.model, "models", references)

    # --- to the page: always on the flusher's thread, in the context of the page's last message (the kernel
    # moves a comm to the loop that last published on it, where it would wait for a running cell)

    def _send(self, message: dict[str, Any], buffers: list[Any]) -> None:
        self._context.run(self._publish, message, buffers)

    def _publish(self, message: dict[str, Any], buffers: list[Any]) -> None:
        if message["kind"] != "state" or self._is_multiplexed or not self._has_models:
            self.model.send(message, buffers)
            return
        models = message["models"]
        if not all(int(block) in self.models for block in models):  # a render function made some: they have no model
            self.model.send(message, buffers)
            return
        for block, props in models.items():
            state = {k: v for k, v in props.items() if k != "rev"}
            state |= {"_seq": message["seq"], "_of": len(models), "_rev": props.get("rev", 0)}
            if message.get("ack"):
                state["_ack"] = message["seq"]
            comm = self.models[int(block)].comm
            if comm is not None:
                comm.send({"method": "update", "state": state, "buffer_paths": []})

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
        """Take the models away."""
        self.session.close()
        for model in self.models.values():
            model.close()
        layout = self.model.layout
        self.model.close()
        layout.close()


def _keep_own_subshell(comm: Any) -> None:
    """Let the page's messages go to the subshell that JupyterLab chose for them.

    ipykernel 7.4 sends them to the loop that last published on the comm; the cell that opened it did, so the first
    ones would wait for every cell that runs. Private to ipykernel: where it is not there, publishing in the context of
    the page's last message (`Display._send`) does the same from the second message on.
    """
    if hasattr(comm, "_reply_subshell_for"):
        comm._reply_subshell_for = lambda data, default: default


class InlineApp:
    """An app shown in a cell's output."""

    def __init__(self, blocks: Blocks, options: LaunchOptions) -> None:
        self.app: Any = None
        self.local_url: str | None = None
        self.share_url: str | None = None
        self._live = LiveApp(blocks, options)
        self.display = Display(self._live)
        self._cell = _cell_key()
        self._run = _run_key()

    def wait(self) -> None:
        """Keep the cell running until it is interrupted."""
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()

    def close(self) -> None:
        """Stop showing it."""
        shown = _shown.get(self._cell, [])
        if self in shown:
            shown.remove(self)
        self.display.close()
        self._live.close()


_shown: dict[str, list[InlineApp]] = {}


def show(blocks: Blocks, options: LaunchOptions) -> InlineApp:
    """Show an app in the output of the cell that runs; what an earlier run of the cell showed is closed."""
    from IPython.display import publish_display_data

    cell, run = _cell_key(), _run_key()
    for earlier in [a for a in _shown.get(cell, []) if cell and a._run != run]:
        earlier.close()
        earlier._live.blocks.forget(earlier)
    app = InlineApp(blocks, options)
    _shown.setdefault(cell, []).append(app)
    data, metadata = app.display.mimebundle()
    publish: Any = publish_display_data
    publish(data=data, metadata=metadata)
    return app


def _cell_parent() -> dict[str, Any]:
    shell = ipython_shell()
    parent = shell.get_parent() if shell is not None and hasattr(shell, "get_parent") else {}
    return parent or {}


def _cell_key() -> str:
    """The cell that runs, as its notebook names it."""
    metadata = _cell_parent().get("metadata") or {}
    vscode = metadata.get("vscode") or {}
    return str(metadata.get("cellId") or vscode.get("cellId") or metadata.get("cell_id") or "")


def _run_key() -> str:
    """The run of it, as its notebook names it."""
    return str((_cell_parent().get("header") or {}).get("msg_id") or "")


def _user() -> str | None:
    """Who uses the notebook: the hub's name for them, else the system's."""
    try:
        return os.environ.get("JUPYTERHUB_USER") or getpass.getuser()
    except (KeyError, OSError):
        return None
