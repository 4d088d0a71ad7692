"""One of several choices, all in view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

from ..declare import KW_ONLY, param
from ..events import event
from ..exceptions import DeclarationError
from .base import Field, button_names
from .choices import Choice, Choices, chosen, pairs, values_of

__all__ = ["Radio"]


class Radio(Field):
    """One of several choices, all in view.

    Parameters
    ----------
    choices : list of str, int or float, or of pairs (name, value), optional
        What there is to choose; of a pair, the name is shown.
    value : str, int, float or callable, optional
        The choice at first; None: none. A function is called once per page load.
    type : {"value", "index"}
        What a handler gets: the choice's value, or its index.
    rtl : bool
        Whether its text runs from right to left.
    buttons : list of Button, optional
        Buttons in its corner.

    Examples
    --------
    >>> Radio([("Small", 1), ("Large", 2)], type="index").preprocess(2)
    1
    """

    choices: Sequence[Any] | None = param(default=None, wire=Choices, encode=pairs)
    _: KW_ONLY
    value: Choice | Callable[..., Any] | None = param(default=None, wire=Choice | None)
    type: Literal["value", "index"] = param(default="value", wire=None)
    rtl: bool = False
    buttons: Sequence[Any] | None = param(default=None, wire=list[str] | None, encode=button_names)

    change = event("The choice changed, by the user or by an update.")
    input = event("The user chose.")
    select = event("The user chose.", payload=dict)

    def check(self) -> None:
        """Refuse an unknown type."""
        super().check()
        if self.type not in ("value", "index"):
            raise DeclarationError(f"{self!r}: type must be 'value' or 'index', got {self.type!r}")
        self.choices = pairs(self.choices)

    def preprocess(self, payload: Any) -> Any:
        """Give the choice's value or index; None when there is none.

        Raises
        ------
        Error
            It is none of the choices.
        """
        return None if payload is None else chosen(payload, self.choices, as_index=self.type == "index")

    def postprocess(self, value: Any) -> Any:
        """Choose a value; None chooses none."""
        return value

    def api_info(self) -> dict[str, Any]:
        """One of the values."""
        return {"enum": values_of(self.choices), "title": "Radio", "type": "string"}

    def example_payload(self) -> Any:
        """The first choice."""
        return next(iter(values_of(self.choices)), None)

    def example_value(self) -> Any:
        """The first choice."""
        return self.example_payload()
