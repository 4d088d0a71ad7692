"""Any ipywidget as a component."""

from __future__ import annotations

import base64
import json
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar, TypedDict

from ..declare import KW_ONLY, param
from ..events import event
from ..exceptions import DeclarationError, Error
from .base import Editable

__all__ = ["Widget"]


class WidgetData(TypedDict):
    """Which widget, and the present value of its trait where that is plain data."""

    model: str
    data: Any


def _is_widget(value: Any) -> bool:
    return hasattr(value, "model_id") and hasattr(value, "traits")


class Widget(Editable):
    """Any ipywidget or anywidget, in an app in a notebook: to look at, as an input, as an output.

    In a notebook it stays the widget that it is: its own traits, `observe` and links go on working beside the app's
    listeners, and all sessions of an app share it. On a page of its own each visitor has a copy, as the widget was when
    the app first showed it: its trait is the component's value there, and what else a visitor changes stays in the
    page. A handler that returns a widget shows that one instead; one that returns anything else sets the trait.

    Parameters
    ----------
    value : ipywidgets.Widget or callable, optional
        The widget, or a function that makes it at each page load.
    trait : str
        Its trait that is the component's value.

    Examples
    --------
    >>> import ipywidgets
    >>> slider = ipywidgets.IntSlider(3)
    >>> widget = Widget(slider)
    >>> widget.preprocess(widget.first_value())
    3
    """

    chunks: ClassVar[tuple[str, ...]] = ("views-guests",)
    skip_api: ClassVar[bool] = True

    value: Any = param(default=None, wire=WidgetData | None)
    _: KW_ONLY
    trait: str = "value"
    container: bool = False

    change = event("The trait changed, by the user or by an update.")
    input = event("The user changed the trait.")

    def check(self) -> None:
        """Refuse what is no widget."""
        super().check()
        if not (self.value is None or _is_widget(self.value) or callable(self.value)):
            raise DeclarationError(f"{self!r} holds an ipywidget, got {type(self.value).__name__}")
        self._widgets: dict[str, Any] = self.__dict__.get("_widgets", {})
        self._states: dict[str, dict[str, Any]] = self.__dict__.get("_states", {})
        self._setting = self.__dict__.get("_setting") or threading.RLock()

    @property
    def load_fn(self) -> Callable[..., Any] | None:
        """The function that makes the widget; a widget is none, even where it can be called."""
        return None if _is_widget(self.value) else super().load_fn

    @property
    def _now(self) -> Any:
        """The widget that is shown now."""
        return self._widgets.get("", self.value if _is_widget(self.value) else None)

    def first_value(self) -> Any:
        """The widget, as a page gets it."""
        return self._told(self._now) if self.load_fn is None else super().first_value()

    def _told(self, widget: Any) -> dict[str, Any] | None:
        if widget is None:
            return None
        reference = f"IPY_MODEL_{widget.model_id}"
        if self._widgets.get(reference) is not widget:
            self._widgets[reference] = widget
            self._states[reference] = dict(_states_of(widget))
        return {"model": reference, "data": self._data(widget)}

    def _data(self, widget: Any) -> Any:
        """The trait as its page has it; None where it is no plain data."""
        return self._plain(widget)[1]

    def _plain(self, widget: Any) -> tuple[bool, Any]:
        """Whether the trait is plain data, other than an array or another widget; and that data."""
        trait = widget.traits().get(self.trait)
        if trait is None:
            return False, None
        value = trait.metadata.get("to_json", lambda value, _: value)(getattr(widget, self.trait), widget)
        try:
            json.dumps(value, allow_nan=False)
        except (TypeError, ValueError):
            return False, None
        return True, value

    def preprocess(self, payload: Any) -> Any:
        """Give the trait's value.

        Raises
        ------
        Error
            The page speaks of a widget that this component never showed.
        """
        if payload is None:
            return None
        widget = self._widgets.get(payload.get("model"))
        if widget is None:
            raise Error("This widget is not there any more.")
        trait, data = widget.traits().get(self.trait), payload.get("data")
        if trait is None or data is None or not self._plain(widget)[0]:  # arrays come by the widget's own comm
            return getattr(widget, self.trait, None)
        return trait.metadata.get("from_json", lambda value, _: value)(data, widget)

    def postprocess(self, value: Any) -> Any:
        """Show another widget, or set the trait; None changes nothing."""
        if _is_widget(value):
            self._widgets[""] = value
            return self._told(value)
        if value is None:
            return self._told(self._now)
        with self._setting:  # two threads that set traits of one widget at once lose updates, and tell each other's
            if self._now is None or not self._now.has_trait(self.trait):
                raise DeclarationError(f"{self!r} has no trait {self.trait!r} that could be {value!r:.60}")
            setattr(self._now, self.trait, value)
            return self._told(self._now)

    def page_functions(self, value: Any) -> dict[str, Callable[..., Any]]:
        """What a page without a notebook asks for: the widget's state, and the modules that draw it."""
        known = self._states.get(str((value or {}).get("model")), {})

        def models(reference: str) -> dict[str, Any]:
            if reference != (value or {}).get("model") or not known:
                raise Error("This widget is not there any more.")
            return {model_id: _saved(state) for model_id, state in known.items()}

        def module(name: str) -> str:
            names = {state.get(key) for state in known.values() for key in ("_model_module", "_view_module")}
            if name not in names:
                raise Error("No widget here is drawn by that module.")
            return _module_source(name)

        return {"models": models, "module": module}


def _states_of(widget: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """The state of a widget and of those that it is made of, by model id."""
    waiting, seen = [widget], set()
    while waiting:
        found = waiting.pop()
        if found.model_id in seen:
            continue
        seen.add(found.model_id)
        yield found.model_id, found.get_state()
        waiting += [w for name in found.keys for w in _widgets_in(getattr(found, name, None))]


def _widgets_in(value: Any) -> list[Any]:
    if _is_widget(value):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
    return [w for part in parts for w in _widgets_in(part)]


def _saved(state: dict[str, Any]) -> dict[str, Any]:
    """A state as notebooks save it: bytes stand beside it, by the path to their place.

    https://ipywidgets.readthedocs.io/en/stable/dev-guide/notebook-format.html
    """
    buffers: list[dict[str, Any]] = []

    def plain(value: Any, path: list[str | int]) -> Any:
        if isinstance(value, (bytes, bytearray, memoryview)):
            data = base64.b64encode(bytes(value)).decode()
            buffers.append({"path": path, "data": data, "encoding": "base64"})
            return None
        if isinstance(value, dict):
            return {key: plain(part, [*path, key]) for key, part in value.items()}
        if isinstance(value, (list, tuple)):
            return [plain(part, [*path, n]) for n, part in enumerate(value)]
        return value

    return {
        "model_name": state["_model_name"],
        "model_module": state["_model_module"],
        "model_module_version": state["_model_module_version"],
        "state": {key: plain(value, [key]) for key, value in state.items()},
        "buffers": buffers,
    }


def _module_source(name: str) -> str:
    """The module of a package of widgets, as its own package installed it for notebooks."""
    from jupyter_core.paths import jupyter_path

    if not re.fullmatch(r"(@[\w-]+/)?[\w-]+", name):
        raise Error("That is no module of widgets.")
    for folder in jupyter_path("nbextensions"):
        file = Path(folder, name, "index.js")
        if file.is_file():
            return file.read_text(encoding="utf-8")
    raise Error(f"{name} is not installed where the app runs.")
