"""Files at addresses on the web, where a handler needs their bytes."""

from __future__ import annotations

from pathlib import Path

from ..exceptions import Error
from .fetch import FetchError, is_url, keep_url

__all__ = ["downloaded", "is_url"]


def downloaded(url: str) -> Path:
    """The file at an address, in the cache.

    Raises
    ------
    Error
        It cannot be had: the user is told.
    """
    try:
        return Path(keep_url(url))
    except FetchError as error:
        raise Error(str(error), print_exception=False) from None
