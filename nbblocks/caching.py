"""What programs for Gradio import from `gradio.caching`."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextvars import Token
from dataclasses import replace
from typing import Any

from .session.current import Current, current, nobody
from .session.memo import Cache, CacheMissError, NoContentError, cache, content_hash, is_probing
from .session.memo import forget_session as clear_session_caches

__all__ = [
    "Cache",
    "CacheMissError",
    "ProbeCache",
    "TrackManualCacheUsage",
    "cache",
    "cache_hash",
    "clear_session_caches",
    "resolve_generator",
    "used_manual_cache",
]


def cache_hash(value: Any) -> str:
    """A name for the content of a value: the same for equal arrays, frames, pictures, and plain objects.

    Raises
    ------
    TypeError
        Its content cannot be told.

    Examples
    --------
    >>> cache_hash({"a": 1, "b": 2}) == cache_hash({"b": 2, "a": 1})
    True
    """
    try:
        return content_hash(value)
    except NoContentError as error:
        raise TypeError(f"gr.cache cannot tell the content of a {type(value).__name__}: {error}") from None


def resolve_generator(fn: Callable[..., Any]) -> tuple[Callable[..., Any], list[Any]]:
    """A generator function as one that returns what it yields last, and the list of all that it yields.

    Parameters
    ----------
    fn : callable
        May be async; then so is what is returned.

    Examples
    --------
    >>> last, values = resolve_generator(range)
    >>> last(3), values
    (2, [0, 1, 2])
    """
    values: list[Any] = []

    def last(*args: Any, **kwargs: Any) -> Any:
        values.extend(fn(*args, **kwargs))
        return values[-1] if values else None

    async def last_async(*args: Any, **kwargs: Any) -> Any:
        async for value in fn(*args, **kwargs):
            values.append(value)
        return values[-1] if values else None

    return (last_async if inspect.isasyncgenfunction(fn) else last), values


class ProbeCache:
    """Within it, a function of `gr.cache` fails with `CacheMissError` where nothing is kept of a call.

    Examples
    --------
    >>> @cache
    ... def double(n):
    ...     return 2 * n
    >>> with ProbeCache():
    ...     double(4)
    Traceback (most recent call last):
    nbblocks.session.memo.CacheMissError: nothing is kept of this call of <function double at ...>
    """

    _probing: Token[bool]

    def __enter__(self) -> None:
        self._probing = is_probing.set(True)

    def __exit__(self, *exc: object) -> None:
        is_probing.reset(self._probing)


class TrackManualCacheUsage:
    """Within it, `used_manual_cache` tells whether something that was kept has been used.

    Examples
    --------
    >>> kept = Cache()
    >>> kept.set("a", value=1)
    >>> with TrackManualCacheUsage():
    ...     before = used_manual_cache()
    ...     found = kept.get("a")
    ...     before, used_manual_cache()
    (False, True)
    """

    _token: Token[Current | None]

    def __enter__(self) -> None:
        self._token = current.set(replace(current.get() or nobody(), used_cache=None))

    def __exit__(self, *of_error: object) -> None:
        current.reset(self._token)


def used_manual_cache() -> bool:
    """Whether the call that runs now used something that was kept."""
    here = current.get()
    return here is not None and here.used_cache is not None
