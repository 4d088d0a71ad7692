"""A number picked along a track."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from ..declare import KW_ONLY, param
from ..events import event
from ..exceptions import DeclarationError
from .base import Field, button_names
from .number import as_number, in_bounds, rounded

__all__ = ["Slider"]


def _step(minimum: float, maximum: float) -> float:
    """The power of ten that makes 100 to 1000 steps."""
    power = math.floor(math.log10(maximum - minimum) - 2)
    return 10**power if power >= 0 else round(10.0**power, -power)


class Slider(Field):
    """A number picked by dragging a thumb along a track.

    Parameters
    ----------
    minimum : float
        Value at the left end; must be below `maximum`.
    maximum : float
        Value at the right end.
    value : float or callable, optional
        First number; None: the minimum. A function is called once per page load.
    step : float, optional
        Distance of the values that can be picked; None: a power of ten, so that there are 100 to 1000.
    precision : int, optional
        Decimal places to which it is rounded; 0 gives an int; None: not rounded.
    randomize : bool
        Whether it starts anywhere on the track, anew at each page load; `value` then says nothing.
    buttons : list of str or Button, optional
        Buttons in its corner: "reset", or buttons of your own.

    Examples
    --------
    >>> Slider(0, 10, step=2).postprocess(None)
    0
    """

    minimum: float = 0
    maximum: float = 100
    value: float | Callable[..., Any] | None = param(default=None, wire=float)
    _: KW_ONLY
    step: float | None = None
    precision: int | None = None
    randomize: bool = param(default=False, wire=None)
    buttons: Sequence[Any] | None = param(default=None, wire=list[str] | None, encode=button_names)

    told_for_none: ClassVar[dict[str, Any]] = {"buttons": None}
    untold: ClassVar[tuple[str, ...]] = ("randomize",)

    change = event("The number changed, by the user or by an update.")
    input = event("The user moved the thumb, or edited the number.")
    release = event("The user let the thumb go.")

    def check(self) -> None:
        """Refuse a track without length; decide the step and the first number."""
        super().check()
        if not self.minimum < self.maximum:
            raise DeclarationError(
                f"{self!r}: minimum must be less than maximum, got {self.minimum} and {self.maximum}"
            )
        if self.step is None:
            self.step = _step(self.minimum, self.maximum)
        if self.step <= 0:
            raise DeclarationError(f"{self!r}: step must be above 0, got {self.step}")
        if self.randomize:
            self.value = self.get_random_value
        elif self.value is None:
            self.value = self.minimum

    def get_random_value(self) -> float:
        """A number on the track, at a whole number of steps from its left end."""
        step = self.step or 1
        steps = math.floor((self.maximum - self.minimum) / step)
        return round(self.minimum + random.randint(0, steps) * step, 12)

    def preprocess(self, payload: Any) -> float:
        """Give the number, rounded to `precision`.

        Raises
        ------
        Error
            It is off the track.
        """
        return rounded(in_bounds(payload, self.minimum, self.maximum, self), self.precision)

    def postprocess(self, value: Any) -> float:
        """Show the number, rounded to `precision`; None and NaN show the minimum."""
        number = as_number(value, self)
        return self.minimum if number is None else rounded(number, self.precision)

    def api_info(self) -> dict[str, Any]:
        """A number, with its bounds in words."""
        kind = "integer" if self.precision == 0 else "number"
        return {"type": kind, "description": f"a number from {self.minimum} to {self.maximum}"}

    def example_payload(self) -> float:
        """The minimum."""
        return self.minimum

    def example_value(self) -> float:
        """The minimum."""
        return self.minimum
