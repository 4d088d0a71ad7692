"""Parameters of a handler that get something other than an input."""

from __future__ import annotations

import inspect
import typing
from typing import Any, ClassVar

__all__ = ["Injected", "special_kind"]


class Injected:
    """Marks a class: a parameter annotated with it, or with an instance as its default, gets one made for the call."""

    is_injected: ClassVar[bool] = True


def special_kind(hint: Any, default: Any) -> type | None:
    """The class of which such a parameter gets an instance; None: it is an ordinary one.

    Parameters
    ----------
    hint : object
        The parameter's annotation; a union counts when one of its members does.
    default : object
        The parameter's default.
    """
    if getattr(type(default), "is_injected", False):
        return type(default)
    for option in [hint, *typing.get_args(hint)]:
        if inspect.isclass(option) and getattr(option, "is_injected", False):
            return option
    return None
