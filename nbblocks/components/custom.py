"""Bases of components that are made outside of this package, as programs for Gradio make them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from ..declare import KW_ONLY, param
from ..events import event
from . import base

__all__ = ["Component", "Fallback", "FormComponent", "StreamingInput", "StreamingOutput"]


_Every = base.Component  #: what all are; `base.Component` is the class below, once the package is there


class _AnyComponent(type):
    """Every component counts as an instance of `gr.Component`, and every class of one as its subclass."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, _Every) if cls.__name__ == "Component" else super().__instancecheck__(instance)

    def __subclasscheck__(cls, subclass: type) -> bool:
        return issubclass(subclass, _Every) if cls.__name__ == "Component" else super().__subclasscheck__(subclass)


class Component(base.Field, metaclass=_AnyComponent):
    """A component of one's own: a page shows its value as a tree of JSON.

    Parameters
    ----------
    value : object
        Its first value, or a function that gives it.
    load_fn : callable, optional
        Called with nothing at each page load; gives the value.

    Examples
    --------
    >>> import nbblocks as gr
    >>> class Size(gr.Component):
    ...     def preprocess(self, payload): return tuple(payload)
    ...     def postprocess(self, value): return list(value) if value else None
    >>> Size((2, 3), label="Size").first_value()
    [2, 3]
    """

    value: Any = param(default=None, wire=Any)
    _: KW_ONLY
    min_width: int | None = None
    load_fn: Callable[..., Any] | None = param(default=None, wire=None)
    untold: ClassVar[tuple[str, ...]] = ("load_fn",)

    def check(self) -> None:
        """Take the value from `load_fn`, when there is one."""
        super().check()
        load_fn = self.__dict__.pop("load_fn", None)
        if load_fn is not None:
            self.__dict__["value"] = load_fn

    @classmethod
    def get_block_name(cls) -> str:
        """The kind that shows it: a tree of JSON."""
        found = super().get_block_name()
        return "json" if found in ("component", "formcomponent", "fallback") else found

    def preprocess(self, payload: Any) -> Any:
        """What a handler gets for a page's payload."""
        return payload

    def postprocess(self, value: Any) -> Any:
        """What a page shows for what a handler returned."""
        return value


Component.load_fn = _Every.load_fn  # what is given lies in `value`


class FormComponent(Component):
    """A component of one's own that stands in a form."""


class Fallback(Component):
    """A component without a browser half: its value is shown as a tree of JSON."""

    change = event("The value became another.")

    def api_info(self) -> dict[str, Any]:
        """Anything."""
        return {"type": {}, "description": "any valid json"}

    def example_payload(self) -> Any:
        """Some JSON."""
        return {"foo": "bar"}

    def example_value(self) -> Any:
        """Some JSON."""
        return {"foo": "bar"}


class StreamingInput:
    """Marks a component that sends its value while it is made, such as a microphone's."""

    def check_streamable(self) -> None:
        """Raise what is wrong when it cannot."""


class StreamingOutput:
    """Marks a component that plays what a generator yields, piece by piece."""
