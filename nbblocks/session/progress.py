"""How far a handler has come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..events.injected import Injected
from .current import current

__all__ = ["Progress"]


class Progress(Injected, Iterable[Any]):
    """Shows how far a handler has come; a default argument of the handler.

    Parameters
    ----------
    track_tqdm : bool
        Also show the bars of the tqdm package inside the handler.

    Examples
    --------
    >>> def slow(n, progress=Progress()):
    ...     return sum(progress.tqdm(range(n), desc="Adding"))
    >>> slow(4)
    6
    """

    def __init__(self, track_tqdm: bool = False) -> None:
        self.track_tqdm = track_tqdm
        self._bars: list[dict[str, Any]] = []
        self._iterator: Iterator[Any] | None = None

    def __call__(
        self,
        progress: float | tuple[int, int | None] | None,
        desc: str | None = None,
        total: int | None = None,
        unit: str = "steps",
        _tqdm: Any = None,
    ) -> float | tuple[int, int | None] | None:
        """Say how far it is.

        Parameters
        ----------
        progress : float, (int, int) or None
            A fraction from 0 to 1; or steps done and steps in all; None: no bar.
        desc : str, optional
            What goes on.
        total : int, optional
            Steps in all, when `progress` does not say so.
        unit : str
            What the steps are.
        """
        if progress is None:
            self._tell([])
            return None
        bar: dict[str, Any] = {"index": None, "length": None, "unit": unit, "desc": desc, "progress": None}
        if isinstance(progress, tuple):
            index, length = progress
            bar |= {"index": index, "length": length if length is not None else total}
        elif total is not None:
            bar |= {"index": progress, "length": total}
        else:
            bar["progress"] = min(max(float(progress), 0.0), 1.0)
        self._tell([*self._bars, bar])
        return progress

    def tqdm(
        self,
        iterable: Iterable[Any] | None,
        desc: str | None = None,
        total: int | None = None,
        unit: str = "steps",
        _tqdm: Any = None,
    ) -> Progress | Iterator[Any]:
        """Go through something and show how far.

        Parameters
        ----------
        iterable : iterable or None
            What to go through; None: call `update` yourself.
        desc : str, optional
            What goes on.
        total : int, optional
            How many there are; None: its length, when it has one.
        unit : str
            What they are.
        """
        length = total if total is not None else (len(iterable) if hasattr(iterable, "__len__") else None)  # type: ignore[arg-type]
        bar = {"index": 0, "length": length, "unit": unit, "desc": desc, "progress": None}
        self._bars.append(bar)
        self._tell(self._bars)
        if iterable is None:
            return self
        self._iterator = self._steps(iterable, bar)
        return self

    def _steps(self, iterable: Iterable[Any], bar: dict[str, Any]) -> Iterator[Any]:
        try:
            for item in iterable:
                yield item
                bar["index"] += 1
                self._tell(self._bars)
        finally:
            if bar in self._bars:
                self._bars.remove(bar)

    def __iter__(self) -> Iterator[Any]:
        if self._iterator is None:
            raise TypeError("Progress: iterate over progress.tqdm(iterable), not over progress itself")
        iterator, self._iterator = self._iterator, None
        return iterator

    def __next__(self) -> Any:
        """The next item of what `tqdm` was given."""
        if self._iterator is None:
            raise StopIteration
        return next(self._iterator)

    def __len__(self) -> int:
        return int(self._bars[-1]["length"] or 0) if self._bars else 0

    def update(self, n: int = 1) -> None:
        """Say that the innermost bar is `n` steps further."""
        if self._bars:
            bar = self._bars[-1]
            bar["index"] = (bar["index"] or 0) + n
            self._tell(self._bars)

    def close(self, _tqdm: Any = None) -> None:
        """Take the innermost bar away."""
        if self._bars:
            self._bars.pop()
            self._tell(self._bars)

    @staticmethod
    def _tell(bars: list[dict[str, Any]]) -> None:
        here = current.get()
        if here is not None:
            here.session.tell(
                {
                    "kind": "job",
                    "job": here.job,
                    "listener": here.listener,
                    "status": "progress",
                    "bars": [dict(b) for b in bars],
                }
            )
