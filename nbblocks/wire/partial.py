"""Values that are too large for a page, which gets a part of them and asks for more."""

from __future__ import annotations

from typing import Any

__all__ = ["Partial", "whole"]


class Partial:
    """A value of which a page gets a part."""

    def to_page(self) -> Any:
        """What a page gets."""
        raise NotImplementedError

    @property
    def is_large(self) -> bool:
        """Whether all of it is more than what every program should get unasked."""
        raise NotImplementedError

    def whole(self) -> Any:
        """All of it, as JSON for a program."""
        raise NotImplementedError


def whole(value: Any) -> Any:
    """A value as a program gets it: all of it.

    Examples
    --------
    >>> whole([1])
    [1]
    """
    return value.whole() if isinstance(value, Partial) else value
