"""A value that stays in Python, one per viewer."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any, ClassVar

from ..declare import KW_ONLY, param
from ..events import event
from ..exceptions import DeclarationError
from ..tree import RenderMethod
from .base import Component

__all__ = ["State"]


class State(Component):
    """A value that stays in Python, one per viewer; any object that can be deep-copied.

    Parameters
    ----------
    value : object
        What each viewer starts with, as a copy.
    render : bool
        False: not placed where it is made.
    time_to_live : float, optional
        Seconds after the last change at which it is dropped; None: it lives as long as the session.
    delete_callback : callable, optional
        Called with the value when it is dropped.

    Examples
    --------
    >>> State([1]).value
    [1]
    """

    stateful: ClassVar[bool] = True
    is_repeatable: ClassVar[bool] = True
    skip_api: ClassVar[bool] = True
    user_props: ClassVar[tuple[str, ...]] = ()

    value: Any = param(default=None, wire=None)
    render: bool = param(default=True, wire=None)
    _: KW_ONLY
    time_to_live: float | None = param(default=None, wire=None)
    delete_callback: Callable[[Any], None] | None = param(default=None, wire=None)

    change = event("The value became another.")

    def check(self) -> None:
        """Refuse a value that cannot be copied for each viewer.

        Raises
        ------
        TypeError
            It cannot be deep-copied.
        """
        if self.time_to_live is not None and not self.time_to_live > 0:
            raise DeclarationError(f"State: time_to_live must be seconds above 0 or None, got {self.time_to_live!r}")
        try:
            copy.deepcopy(self.__dict__.get("value"))
        except TypeError as error:
            raise TypeError(
                f"State: a value of type {type(self.value).__name__} cannot be deep-copied for each viewer ({error})"
            ) from None

    def fresh(self) -> Any:
        """A copy of the first value, for a new viewer."""
        value = self.__dict__.get("value")
        return copy.deepcopy(value() if callable(value) and not isinstance(value, type) else value)

    def first_value(self) -> None:
        """Nothing: a page never sees it."""


State.render = RenderMethod()  # type: ignore[assignment]
