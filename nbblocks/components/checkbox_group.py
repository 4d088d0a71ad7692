"""Several of several choices, all in view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

from ..declare import KW_ONLY, param
from ..events import event
from ..exceptions import DeclarationError, WireError
from .base import Field, button_names
from .choices import Choice, Choices, chosen, pairs, values_of

__all__ = ["CheckboxGroup"]


class CheckboxGroup(Field):
    """Several of several choices, all in view.

    Parameters
    ----------
    choices : list of str, int or float, or of pairs (name, value), optional
        What there is to choose; of a pair, the name is shown.
    value : list, or a single choice, or callable, optional
        The choices at first. A function is called once per page load.
    type : {"value", "index"}
        What a handler gets: a list of the choices' values, or of their indices.
    show_select_all : bool
        Whether a box that ticks all of them stands beside its label.
    buttons : list of Button, optional
        Buttons in its corner.

    Examples
    --------
    >>> CheckboxGroup(["a", "b", "c"], type="index").preprocess(["a", "c"])
    [0, 2]
    """

    choices: Sequence[Any] | None = param(default=None, wire=Choices, encode=pairs)
    _: KW_ONLY
    value: Sequence[Choice] | Choice | Callable[..., Any] | None = param(default=None, wire=list[Choice])
    type: Literal["value", "index"] = param(default="value", wire=None)
    show_select_all: bool = False
    buttons: Sequence[Any] | None = param(default=None, wire=list[str] | None, encode=button_names)

    change = event("The choices changed, by the user or by an update.")
    input = event("The user ticked or cleared one.")
    select = event("The user ticked or cleared one.", payload=dict)

    def check(self) -> None:
        """Refuse an unknown type."""
        super().check()
        if self.type not in ("value", "index"):
            raise DeclarationError(f"{self!r}: type must be 'value' or 'index', got {self.type!r}")
        self.choices = pairs(self.choices)

    def preprocess(self, payload: Any) -> list[Any]:
        """Give the choices' values or indices.

        Raises
        ------
        Error
            One is none of the choices.
        WireError
            The page sent no list.
        """
        if not isinstance(payload, (list, tuple)) and payload is not None:
            raise WireError(f"{self!r}: expected a list of choices, got {type(payload).__name__}")
        return [chosen(one, self.choices, as_index=self.type == "index") for one in payload or ()]

    def postprocess(self, value: Any) -> list[Any]:
        """Tick these; a single value is a list of one, None ticks none."""
        if value is None:
            return []
        return list(value) if isinstance(value, (list, tuple, set, frozenset)) else [value]

    def api_info(self) -> dict[str, Any]:
        """A list of some of the values."""
        items = {"enum": values_of(self.choices), "type": "string"}
        return {"items": items, "title": "Checkbox Group", "type": "array"}

    def example_payload(self) -> Any:
        """The first choice alone."""
        return values_of(self.choices)[:1] or None

    def example_value(self) -> Any:
        """The first choice alone."""
        return self.example_payload()
