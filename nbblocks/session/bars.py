"""The bars of the tqdm package, for handlers with `Progress(track_tqdm=True)`."""

from __future__ import annotations

import functools
import importlib.util
import threading
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Any

from .progress import Progress

__all__ = ["track"]

_tracking: ContextVar[Progress | None] = ContextVar("nbblocks.tracking", default=None)
_patching = threading.Lock()
_BAR, _GOES_THROUGH = "_nbblocks_bar", "_nbblocks_goes_through"


def track(progress: Progress) -> None:
    """Show in the page the bars that tqdm makes from now on, in this handler and nowhere else."""
    _tracking.set(progress)
    if importlib.util.find_spec("tqdm") is not None:
        _patch()


def _patch() -> None:
    """Let tqdm's bars tell the handler's progress, once in a process; outside of such a handler they do nothing new."""
    import tqdm.std

    cls: Any = tqdm.std.tqdm
    with _patching:
        if "_nbblocks" in cls.__dict__:
            return
        cls._nbblocks = True
        for name, wrap in (("__init__", _init), ("__iter__", _iter), ("update", _update), ("close", _close)):
            original = getattr(cls, name)
            setattr(cls, name, functools.wraps(original)(wrap(original)))


def _init(original: Callable[..., Any]) -> Callable[..., None]:
    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        progress = _tracking.get()
        if progress is not None:
            unit = getattr(self, "unit", "it")
            bar = progress.open_bar(getattr(self, "total", None), _desc(self), "steps" if unit == "it" else unit)
            self.__dict__[_BAR] = (progress, bar)

    return init


def _desc(self: Any) -> str | None:
    return (getattr(self, "desc", "") or "").removesuffix(": ") or None


def _iter(original: Callable[..., Any]) -> Callable[..., Iterator[Any]]:
    def steps(self: Any) -> Iterator[Any]:
        self.__dict__[_GOES_THROUGH] = True
        for item in original(self):
            yield item
            if _BAR in self.__dict__:
                progress, bar = self.__dict__[_BAR]
                progress.step(bar, 1, _desc(self))

    return steps


def _update(original: Callable[..., Any]) -> Callable[..., Any]:
    def update(self: Any, n: float | None = 1) -> Any:
        result = original(self, n)
        if _BAR in self.__dict__ and _GOES_THROUGH not in self.__dict__:
            progress, bar = self.__dict__[_BAR]
            progress.step(bar, n or 0, _desc(self))
        return result

    return update


def _close(original: Callable[..., Any]) -> Callable[..., None]:
    def close(self: Any) -> None:
        original(self)
        progress, bar = self.__dict__.pop(_BAR, (None, None))
        if progress is not None:
            progress.close_bar(bar)

    return close
