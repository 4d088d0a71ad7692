"""Parameters of a handler that get something other than an input."""

from __future__ import annotations

import functools
import inspect
import typing
import weakref
from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from ..tree import Block

__all__ = ["Injected", "component_parameters", "once_each", "special_kind"]

_T = TypeVar("_T")


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


def once_each(look: Callable[[Callable[..., Any]], _T]) -> Callable[[Callable[..., Any]], _T]:
    """Look at each function once: its signature and hints take longer to read than most handlers to run.

    Examples
    --------
    >>> seen = []
    >>> look = once_each(lambda fn: seen.append(fn))
    >>> look(once_each), look(once_each), len(seen)
    (None, None, 1)
    """
    known: weakref.WeakKeyDictionary[Callable[..., Any], _T] = weakref.WeakKeyDictionary()

    @functools.wraps(look)
    def looked(fn: Callable[..., Any]) -> _T:
        try:
            return known[fn]
        except KeyError:
            found = known[fn] = look(fn)
            return found
        except TypeError:  # neither hashed nor held weakly: a callable of the user's own, a builtin
            return look(fn)

    return looked


@once_each
def component_parameters(fn: Callable[..., Any]) -> list[tuple[int, str]]:
    """Positional parameters annotated with a component, each by its place among those that get an input.

    Examples
    --------
    >>> import nbblocks as gr
    >>> def double(request: gr.Request, factor, x: gr.Number): ...
    >>> component_parameters(double)
    [(1, 'x')]
    """
    try:
        parameters = inspect.signature(fn).parameters.values()
        hints = typing.get_type_hints(fn) if inspect.isroutine(fn) else {}
    except Exception:  # no signature, or hints that name what is not there
        return []
    found: list[tuple[int, str]] = []
    at = 0
    for p in parameters:
        if p.kind not in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD):
            break
        hint = hints.get(p.name, p.annotation)
        if special_kind(hint, p.default) is not None:
            continue
        if inspect.isclass(hint) and issubclass(hint, Block) and hasattr(hint, "preprocess"):
            found.append((at, p.name))
        at += 1
    return found
