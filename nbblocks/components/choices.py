"""What the components that offer choices share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ..exceptions import DeclarationError, Error

__all__ = ["Choice", "Choices", "chosen", "pairs", "values_of"]

Choice = str | int | float | bool
Choices = list[tuple[str, Choice]]


def pairs(choices: Iterable[Any] | None) -> list[tuple[str, Any]]:
    """Choices as (name, value), each given as a value or as such a pair.

    Examples
    --------
    >>> pairs(["a", 2, ("Three", 3)])
    [('a', 'a'), ('2', 2), ('Three', 3)]
    """
    found: list[tuple[str, Any]] = []
    for choice in choices or ():
        if isinstance(choice, (tuple, list)):
            if len(choice) != 2:
                raise DeclarationError(f"a choice is a value or a pair (name, value), got {choice!r}")
            found.append((str(choice[0]), choice[1]))
        else:
            found.append((str(choice), choice))
    return found


def values_of(choices: Iterable[Any] | None) -> list[Any]:
    """The choices' values."""
    return [value for _, value in pairs(choices)]


def chosen(payload: Any, choices: Sequence[Any] | None, *, as_index: bool, any_text: bool = False) -> Any:
    """The choice that a page sent, as its value or its index.

    Parameters
    ----------
    payload : str, int, float or bool
        A value, as a page sends it.
    choices : sequence, optional
        What there is to choose.
    as_index : bool
        Whether its index is wanted.
    any_text : bool
        Whether other text will do, whose index is None.

    Raises
    ------
    Error
        It is none of the choices: the user is told.
    """
    values = values_of(choices)
    for at, value in enumerate(values):
        if value == payload and isinstance(value, str) == isinstance(payload, str):
            return at if as_index else value
    if any_text and isinstance(payload, str):
        return None if as_index else payload
    raise Error(f"{payload!r} is none of the choices: {', '.join(map(repr, values)) or 'there are none'}.")
