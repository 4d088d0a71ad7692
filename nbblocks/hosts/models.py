"""The kernel's side of one component: an ipywidgets model whose state is the session's."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Literal

import ipywidgets
import traitlets
from anywidget._version import _ANYWIDGET_SEMVER_VERSION

from ..components import Component
from ..exceptions import WireError
from ..session import LiveApp
from ..session.updates import assign
from .launch import ipython_shell
from .nulls import from_page, to_page

if TYPE_CHECKING:
    from .inline import Display

__all__ = ["BlockModel", "loader", "model_of"]


@cache
def loader(name: Literal["loader", "member"] = "loader") -> str:
    """The few hundred bytes that a session's model carries: they find the runtime, or ask the session for it.

    What a component's own carries, "member", leaves that to its session's: a page keeps each of them for ever.
    """
    try:
        return LiveApp.asset(f"{name}.js").decode()
    except WireError:
        raise RuntimeError(
            "the browser half of nbblocks is not built: run `make setup`, or install the package again"
        ) from None


class _Live(traitlets.Any):
    """A property of a component as a trait: reading asks the session, setting is an assignment from a cell."""

    def get(self, obj: Any, cls: Any = None) -> Any:
        return obj._nb_get(self.name)

    def set(self, obj: Any, value: Any) -> None:
        obj._nb_set(self.name, value)


class BlockModel(ipywidgets.Widget):  # type: ignore[misc]  # ipywidgets ships no types
    """An anywidget model without a Layout, whose state is the session's.

    Its properties hold no values: worker threads would set them, which loses updates. `get_state` reads the session.
    """

    _model_module = traitlets.Unicode("anywidget").tag(sync=True)
    _model_module_version = traitlets.Unicode(_ANYWIDGET_SEMVER_VERSION).tag(sync=True)
    _model_name = traitlets.Unicode("AnyModel").tag(sync=True)
    _view_module = traitlets.Unicode("anywidget").tag(sync=True)
    _view_module_version = traitlets.Unicode(_ANYWIDGET_SEMVER_VERSION).tag(sync=True)
    _view_name = traitlets.Unicode("AnyView").tag(sync=True)

    def __init__(self, display: Display, block_id: int) -> None:
        self._nb_display, self._nb_block = display, block_id
        self._nb_known: dict[str, Any] = {}
        super().__init__()

    @property
    def component(self) -> Any:
        """The component that it is the model of."""
        return self._nb_display.session.app.blocks.blocks[self._nb_block]

    def get_state(self, key: Any = None, drop_defaults: bool = False) -> dict[str, Any]:
        """Everything a page needs of it: the session is asked, so it is never stale."""
        session = self._nb_display.session
        state: dict[str, Any] = {
            "_model_module": "anywidget",
            "_model_name": "AnyModel",
            "_model_module_version": _ANYWIDGET_SEMVER_VERSION,
            "_view_module": "anywidget",
            "_view_name": "AnyView",
            "_view_module_version": _ANYWIDGET_SEMVER_VERSION,
            "_view_count": None,
            "_esm": loader("member"),
            "_anywidget_id": "nbblocks.Block",
            "_type": session.app.template.types[self._nb_block],
            "_block": self._nb_block,
            "session": f"IPY_MODEL_{self._nb_display.model.model_id}",
            "_rev": session.revs.get(self._nb_block, 0),
            "_seq": session.outbox.seq,
            "_of": 0,
            **session.full_props(self._nb_block),
        }
        told: dict[str, Any] = to_page(state)
        return told

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Another widget of the page, such as a jslink, set properties: the same as an edit of the user."""
        props = {k: from_page(v) for k, v in sync_data.items() if k in getattr(self.component, "user_props", ())}
        if props:
            rev = self._nb_display.session.revs.get(self._nb_block, 0) + 1
            self._nb_display.receive({"kind": "changes", "changes": {str(self._nb_block): {**props, "rev": rev}}}, [])

    # --- as traits: what Python sees of it

    def _nb_get(self, name: str) -> Any:
        session = self._nb_display.session
        block = session.component(self.component)
        shown = session.prop(block, name)
        if name == "value" and isinstance(block, Component):
            return block.preprocess(session.files.from_wire(shown))
        return shown

    def _nb_set(self, name: str, value: Any) -> None:
        assign(self._nb_display.session, self.component, {name: value})

    def tell_observers(self, props: dict[str, Any]) -> None:
        """Properties changed: who observes them is called on the kernel's main thread, between cells."""
        names = [name for name in props if name in self._trait_notifiers or traitlets.All in self._trait_notifiers]
        if not names:
            return
        shell = ipython_shell()
        loop = getattr(getattr(shell, "kernel", None), "io_loop", None)
        if loop is None:
            self._nb_notify(names)
        else:
            loop.add_callback(self._nb_notify, names)

    def _nb_notify(self, names: list[str]) -> None:
        for name in names:
            if not self.has_trait(name):
                continue
            new, old = self._nb_get(name), self._nb_known.get(name)
            self._nb_known[name] = new
            change = traitlets.Bunch(name=name, old=old, new=new, owner=self, type="change")
            traitlets.HasTraits.notify_change(self, change)  # not a widget's, which would send it to the page again

    def observe(self, handler: Any, names: Any = traitlets.All, type: str = "change") -> None:
        """Call a function when properties change.

        Parameters
        ----------
        handler : callable
            Gets a bunch with `name`, `old`, `new`, `owner` and `type`.
        names : str or list of str
            Properties, such as "value".
        type : str
            "change".
        """
        known = self.__dict__.get("_nb_known")  # not there while traitlets sets the instance up
        if known is not None:
            listed = [names] if isinstance(names, str) else names if isinstance(names, (list, tuple)) else ["value"]
            for name in listed:
                if self.has_trait(name):
                    known.setdefault(name, self._nb_get(name))
        super().observe(handler, names, type)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """A view of it, for a cell's output."""
        return {
            "text/plain": repr(self),
            "application/vnd.jupyter.widget-view+json": {
                "version_major": 2,
                "version_minor": 0,
                "model_id": self.model_id,
            },
        }

    def __repr__(self) -> str:
        return f"{self.component!r}.widget"


@cache
def _class_of(names: tuple[str, ...]) -> type[BlockModel]:
    """Models of a kind of component: its synced properties are traits."""
    return type("BlockModel", (BlockModel,), {name: _Live().tag(sync=True) for name in names})


def model_of(display: Display, block_id: int) -> BlockModel:
    """Make the model of a component of one display."""
    taken = set(dir(BlockModel))
    names = [n for n in display.session.app.template.props[block_id] if n not in taken and not n.startswith("_")]
    return _class_of(tuple(names))(display, block_id)
