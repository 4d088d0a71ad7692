"""A box to tick."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..declare import KW_ONLY, param
from ..events import event
from .base import Field, button_names

__all__ = ["Checkbox"]


class Checkbox(Field):
    """A box to tick.

    Parameters
    ----------
    value : bool or callable
        Whether it is ticked at first; a function is called once per page load.
    label : str, optional
        Text beside it.
    buttons : list of Button, optional
        Buttons in its corner.

    Examples
    --------
    >>> Checkbox(label="Agreed").preprocess(True)
    True
    """

    value: bool | Callable[..., Any] = param(default=False, wire=bool)
    _: KW_ONLY
    buttons: Sequence[Any] | None = param(default=None, wire=list[str] | None, encode=button_names)

    change = event("It was ticked or cleared, by the user or by an update.")
    input = event("The user ticked or cleared it.")
    select = event("The user ticked or cleared it.", payload=dict)

    def preprocess(self, payload: bool | None) -> bool | None:
        """Give whether it is ticked."""
        return payload

    def postprocess(self, value: Any) -> bool:
        """Tick it for anything true; None clears."""
        return bool(value)

    def api_info(self) -> dict[str, Any]:
        """A boolean."""
        return {"type": "boolean"}

    def example_payload(self) -> bool:
        """Ticked."""
        return True

    def example_value(self) -> bool:
        """Ticked."""
        return True
