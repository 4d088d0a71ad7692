"""Sound from the microphone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from ..declare import KW_ONLY
from .audio import Audio

__all__ = ["Microphone"]


class Microphone(Audio):
    """Sound from the microphone: an `Audio` that takes no files.

    Parameters
    ----------
    sources : list of str or str, optional
        From where a sound may come; None: from the microphone.
    format : {"wav", "mp3"}, optional
        As what it goes to a handler that gets a path.

    Examples
    --------
    >>> Microphone().sources
    ['microphone']
    """

    is_template: ClassVar[bool] = True

    _: KW_ONLY
    sources: Sequence[Literal["upload", "microphone"]] | str | None = None
    format: Literal["wav", "mp3"] | None = "wav"

    def check(self) -> None:
        """Take sound from the microphone when nothing else was said."""
        if self.sources is None:
            self.sources = ["microphone"]
        super().check()
