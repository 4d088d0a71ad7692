"""One or several of many choices, in a list to search."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

from ..declare import KW_ONLY, param
from ..events import event
from ..exceptions import DeclarationError, Error, WireError
from .base import Field, button_names
from .choices import Choice, Choices, chosen, pairs, values_of

__all__ = ["DefaultValue", "Dropdown"]


class DefaultValue:
    """Stands for "the first choice, or none where several can be chosen"."""


DEFAULT_VALUE: Any = DefaultValue()


class Dropdown(Field):
    """One or several of many choices, in a list to search.

    Parameters
    ----------
    choices : list of str, int or float, or of pairs (name, value), optional
        What there is to choose; of a pair, the name is shown.
    value : str, int, float, list of them, or callable, optional
        The choice at first. Not given: the first one, or none with `multiselect`; None: none. A function is called
        once per page load.
    type : {"value", "index"}
        What a handler gets: values, or indices.
    multiselect : bool, optional
        Whether several can be chosen, as a list; None: no.
    allow_custom_value : bool
        Whether other text can be entered.
    max_choices : int, optional
        Most that can be chosen, with `multiselect`.
    num_choices_shown : int
        How many stand in the list before it is scrolled.
    filterable : bool
        Whether typing narrows the list.
    buttons : list of Button, optional
        Buttons in its corner.

    Examples
    --------
    >>> Dropdown(["a", "b"]).value
    'a'
    >>> Dropdown(["a", "b"], multiselect=True, type="index").preprocess(["b"])
    [1]
    """

    choices: Sequence[Any] | None = param(default=None, wire=Choices, encode=pairs)
    _: KW_ONLY
    value: Choice | Sequence[Choice] | Callable[..., Any] | DefaultValue | None = param(
        default=DEFAULT_VALUE, wire=Choice | list[Choice] | None
    )
    type: Literal["value", "index"] = param(default="value", wire=None)
    multiselect: bool | None = param(default=None, wire=bool, encode=bool)
    allow_custom_value: bool = False
    max_choices: int | None = None
    num_choices_shown: int = 100
    filterable: bool = True
    buttons: Sequence[Any] | None = param(default=None, wire=list[str] | None, encode=button_names)

    change = event("The choice changed, by the user or by an update.")
    input = event("The user chose.")
    select = event("The user chose or took back a choice.", payload=dict)
    focus = event("It got the keyboard.")
    blur = event("It lost the keyboard.")
    key_up = event("A key went up in its text.", payload=dict)

    def check(self) -> None:
        """Refuse an unknown type; decide the first choice."""
        super().check()
        if self.type not in ("value", "index"):
            raise DeclarationError(f"{self!r}: type must be 'value' or 'index', got {self.type!r}")
        self.choices = pairs(self.choices)
        if self.value is DEFAULT_VALUE:
            self.value = [] if self.multiselect else next(iter(values_of(self.choices)), None)
        elif self.multiselect and self.value is not None and not callable(self.value):
            self.value = self.postprocess(self.value)

    def preprocess(self, payload: Any) -> Any:
        """Give the choice's value or index, or a list of them for a list; None when there is none.

        Raises
        ------
        Error
            It is none of the choices, or there are more than `max_choices`.
        WireError
            The page sent something else.
        """
        if payload is None:
            return None
        if isinstance(payload, dict):
            raise WireError(f"{self!r}: expected a choice, got {type(payload).__name__}")
        if not isinstance(payload, (list, tuple)):
            return self._chosen(payload)
        several = list(payload)
        if self.max_choices is not None and len(several) > self.max_choices:
            raise Error(f"{len(several)} are chosen, {self.max_choices} are allowed.")
        return [self._chosen(one) for one in several]

    def _chosen(self, payload: Any) -> Any:
        return chosen(payload, self.choices, as_index=self.type == "index", any_text=self.allow_custom_value)

    def postprocess(self, value: Any) -> Any:
        """Choose a value, or several with `multiselect`; None chooses none."""
        if value is None or not self.multiselect:
            return value
        return list(value) if isinstance(value, (list, tuple, set, frozenset)) else [value]

    def api_info(self) -> dict[str, Any]:
        """One of the values, or a list of some."""
        one: dict[str, Any] = {"type": "string"}
        if not self.allow_custom_value:
            one["enum"] = values_of(self.choices)
        return {"type": "array", "items": one} if self.multiselect else one

    def example_payload(self) -> Any:
        """The first choice."""
        first = values_of(self.choices)[:1]
        return first if self.multiselect else next(iter(first), None)

    def example_value(self) -> Any:
        """The first choice."""
        return self.example_payload()
