"""Errors as people read them: the user's frames first, ours folded."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from types import TracebackType

__all__ = ["log_error", "readable_traceback"]

log = logging.getLogger("nbblocks")
_OURS = str(Path(__file__).resolve().parent.parent)


def _user_part(tb: TracebackType | None) -> TracebackType | None:
    """The traceback from the first frame that is not ours, or all of it when every frame is."""
    at = tb
    while at is not None and at.tb_frame.f_code.co_filename.startswith((_OURS, "<frozen")):
        at = at.tb_next
    return at or tb


def readable_traceback(error: BaseException) -> str:
    """The traceback as text, from the user's own frames on."""
    return "".join(traceback.format_exception(type(error), error, _user_part(error.__traceback__)))


def log_error(where: str, error: BaseException) -> None:
    """Write an error of a handler to the log."""
    log.error("%s failed:\n%s", where, readable_traceback(error).rstrip())
