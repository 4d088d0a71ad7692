"""A film in a form that every browser plays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from ..declare import KW_ONLY
from .video import Video

__all__ = ["PlayableVideo"]


class PlayableVideo(Video):
    """A film in a form that every browser plays: a `Video` that is MP4, and by default an upload.

    Parameters
    ----------
    format : str, optional
        Suffix of the files that a page and a handler get.
    sources : list of str or str, optional
        From where a film may come; None: from a file.

    Examples
    --------
    >>> PlayableVideo().format
    'mp4'
    """

    is_template: ClassVar[bool] = True

    _: KW_ONLY
    format: str | None = "mp4"
    sources: Sequence[Literal["upload", "webcam"]] | str | None = None

    def check(self) -> None:
        """Take files when nothing else was said."""
        if self.sources is None:
            self.sources = ["upload"]
        super().check()
