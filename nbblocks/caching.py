"""What programs for Gradio import from `gradio.caching`."""

from __future__ import annotations

from contextvars import Token
from dataclasses import replace
from typing import Any

from .session.current import Current, current, nobody
from .session.memo import Cache, NoContentError, cache, content_hash
from .session.memo import forget_session as clear_session_caches

__all__ = ["Cache", "TrackManualCacheUsage", "cache", "cache_hash", "clear_session_caches", "used_manual_cache"]


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
