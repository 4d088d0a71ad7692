"""A field for a number."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from ..declare import KW_ONLY, param
from ..events import event
from ..exceptions import DeclarationError, Error, WireError
from .base import Field, button_names

__all__ = ["Number", "as_number", "in_bounds", "rounded"]


def rounded(value: float, precision: int | None) -> float:
    """Rounded to so many decimal places; to an int for 0; as it is for None."""
    if precision is None or not math.isfinite(value):
        return value
    return round(value) if precision == 0 else round(value, precision)


def as_number(value: Any, where: object) -> float | None:
    """A number that JSON can carry, for a number, numpy scalar or text of one; None when it is none at all.

    Raises
    ------
    ValueError
        It is no number.
    """
    if hasattr(value, "item"):  # a numpy scalar
        value = value.item()
    if isinstance(value, str):
        try:
            value = float(value) if not value.strip().lstrip("+-").isdigit() else int(value)
        except ValueError:
            raise ValueError(f"{where!r} shows numbers, got the text {value!r}") from None
    if value is None:
        return None
    if isinstance(value, bool):
        return int(value)
    if not isinstance(value, (int, float)):
        try:  # Decimal, Fraction
            value = float(value)
        except (TypeError, ValueError):
            raise ValueError(f"{where!r} shows numbers, got {type(value).__name__}") from None
    return value if math.isfinite(value) else None


def in_bounds(value: Any, minimum: float | None, maximum: float | None, where: object) -> float:
    """The number that a page sent, unless it is none or out of bounds.

    Raises
    ------
    Error
        It is below the minimum or above the maximum: the user is told.
    WireError
        It is no number.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise WireError(f"{where!r}: expected a number, got {type(value).__name__}")
    if minimum is not None and not value >= minimum:
        raise Error(f"{value} is less than the minimum of {minimum}.")
    if maximum is not None and not value <= maximum:
        raise Error(f"{value} is greater than the maximum of {maximum}.")
    return value


class Number(Field):
    """A field for a number.

    Parameters
    ----------
    value : float or callable, optional
        First number; a function is called once per page load.
    placeholder : str, optional
        Shown while it is empty.
    buttons : list of Button, optional
        Buttons in its corner.
    precision : int, optional
        Decimal places to which it is rounded; 0 gives an int; None: not rounded.
    minimum, maximum : float, optional
        Bounds, both included; a number outside of them is refused.
    step : float
        By how much the arrow keys change it.

    Examples
    --------
    >>> Number(precision=0).preprocess(3.6)
    4
    """

    value: float | Callable[..., Any] | None = param(default=None, wire=float | None)
    _: KW_ONLY
    placeholder: str | None = None
    buttons: Sequence[Any] | None = param(default=None, wire=list[str] | None, encode=button_names)
    precision: int | None = None
    minimum: float | None = None
    maximum: float | None = None
    step: float = 1

    change = event("The number changed, by the user or by an update.")
    input = event("The user edited the number.")
    submit = event("The user pressed Enter.")
    focus = event("It got the keyboard.")
    blur = event("It lost the keyboard.")

    def check(self) -> None:
        """Refuse bounds between which there is nothing."""
        super().check()
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise DeclarationError(f"{self!r}: minimum {self.minimum} is above maximum {self.maximum}")

    @property
    def blank(self) -> int | None:
        """Zero, where that is within the bounds."""
        is_low = self.minimum is not None and self.minimum > 0
        is_high = self.maximum is not None and self.maximum < 0
        return None if is_low or is_high else 0

    @staticmethod
    def round_to_precision(num: float, precision: int | None) -> float:
        """A number with so many decimal places: 0 gives an int, None the number as it is."""
        return rounded(num, precision)

    @staticmethod
    def raise_if_out_of_bounds(num: float, minimum: float | None, maximum: float | None) -> None:
        """Tell the user of a number that is below or above what it may be."""
        in_bounds(num, minimum, maximum, "Number")

    def preprocess(self, payload: float | None) -> float | None:
        """Give the number, rounded to `precision`.

        Raises
        ------
        Error
            It is out of bounds.
        """
        if payload is None:
            return None
        return rounded(in_bounds(payload, self.minimum, self.maximum, self), self.precision)

    def postprocess(self, value: Any) -> float | None:
        """Show the number, rounded to `precision`; None, NaN and infinities clear."""
        number = as_number(value, self)
        return None if number is None else rounded(number, self.precision)

    def api_info(self) -> dict[str, Any]:
        """A number; a whole one where `precision` is 0."""
        return {"type": "integer" if self.precision == 0 else "number"}

    def example_payload(self) -> float:
        """A number within the bounds."""
        return rounded(3 if self.minimum is None else self.minimum, self.precision)

    def example_value(self) -> float:
        """A number within the bounds."""
        return self.example_payload()
