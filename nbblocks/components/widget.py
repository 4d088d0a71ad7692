"""Any ipywidget as a component."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
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

    It stays the widget that it is: its own traits, `observe` and links go on working beside the app's listeners. All
    sessions of an app share it. A handler that returns a widget shows that one instead; one that returns anything else
    sets the trait.

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
        self._setting = self.__dict__.get("_setting") or threading.Lock()

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
        self._widgets[reference] = widget
        return {"model": reference, "data": self._data(widget)}

    def _data(self, widget: Any) -> Any:
        """The trait as its page has it; None where it is no plain data, such as an array, or another widget."""
        trait = widget.traits().get(self.trait)
        if trait is None:
            return None
        value = trait.metadata.get("to_json", lambda value, _: value)(getattr(widget, self.trait), widget)
        try:
            json.dumps(value, allow_nan=False)
        except (TypeError, ValueError):
            return None
        return value

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
        if trait is None or data is None:  # arrays and the like come by the widget's own comm
            return getattr(widget, self.trait, None)
        return trait.metadata.get("from_json", lambda value, _: value)(data, widget)

    def postprocess(self, value: Any) -> Any:
        """Show another widget, or set the trait; None changes nothing."""
        if _is_widget(value):
            self._widgets[""] = value
        elif value is not None:
            if self._now is None or not self._now.has_trait(self.trait):
                raise DeclarationError(f"{self!r} has no trait {self.trait!r} that could be {value!r:.60}")
            with self._setting:  # two threads that set traits of one widget at once lose updates
                setattr(self._now, self.trait, value)
        return self._told(self._now)
