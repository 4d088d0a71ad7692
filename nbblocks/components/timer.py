"""A clock that ticks."""

from __future__ import annotations

from typing import Any, ClassVar

from ..declare import KW_ONLY, param
from ..events import event
from ..exceptions import DeclarationError
from ..tree import RenderMethod
from .base import Component

__all__ = ["Timer"]


class Timer(Component):
    """A clock that ticks; nothing of it is seen.

    Parameters
    ----------
    value : float
        Seconds between two ticks.
    active : bool
        Whether it ticks.
    render : bool
        False: not placed where it is made; call `render()` later.

    Examples
    --------
    >>> Timer(0.5, active=False).value
    0.5
    """

    user_props: ClassVar[tuple[str, ...]] = ()

    value: float = param(default=1, wire=float)
    _: KW_ONLY
    active: bool = True
    render: bool = param(default=True, wire=None)

    change = event("Its interval changed.")
    tick = event("The interval is over.")

    def check(self) -> None:
        """Refuse an interval that is none."""
        if isinstance(self.value, bool) or not isinstance(self.value, (int, float)) or not self.value > 0:
            raise DeclarationError(f"{self!r}: value must be a number of seconds above 0, got {self.value!r}")

    def preprocess(self, payload: float | None) -> float | None:
        """Give the interval, in seconds."""
        return payload

    def postprocess(self, value: float | None) -> float | None:
        """Take another interval, in seconds."""
        return value

    def api_info(self) -> dict[str, Any]:
        """A number."""
        return {"type": "number"}

    def example_payload(self) -> float:
        """A second."""
        return 1

    def example_value(self) -> float:
        """A second."""
        return 1


Timer.render = RenderMethod()  # type: ignore[assignment]
