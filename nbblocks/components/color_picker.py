"""A colour."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from ..declare import param
from ..events import event
from .base import Field

__all__ = ["ColorPicker"]


class ColorPicker(Field):
    """A colour, as CSS writes it.

    Parameters
    ----------
    value : str or callable, optional
        First colour, such as "#ff8000"; a function is called once per page load.

    Examples
    --------
    >>> ColorPicker("#ff8000").preprocess("#000000")
    '#000000'
    """

    value: str | Callable[..., Any] | None = param(default=None, wire=str | None)

    chunks: ClassVar[tuple[str, ...]] = ("views-pickers",)

    change = event("The colour changed, by the user or by an update.")
    input = event("The user picked a colour.")
    submit = event("The user pressed Enter.")
    focus = event("It got the keyboard.")
    blur = event("It lost the keyboard.")
    release = event("The user let the pointer go after dragging.")

    def preprocess(self, payload: Any) -> str | None:
        """Give the colour, as the browser writes it: `#rrggbb` or `rgba(…)`."""
        return None if payload is None else str(payload)

    def postprocess(self, value: Any) -> str | None:
        """Show the colour; None clears."""
        return None if value is None else str(value)

    def api_info(self) -> dict[str, Any]:
        """A string."""
        return {"type": "string"}

    def example_payload(self) -> str:
        """Black."""
        return "#000000"

    def example_value(self) -> str:
        """Black."""
        return "#000000"
