"""What runs now, in this thread or task; and the messages that a handler shows."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from ..events import Dependency
from ..exceptions import Error, warn_once
from .request import Request

__all__ = ["Current", "Error", "Info", "Success", "Warning", "current", "nobody"]


class Teller(Protocol):
    """What messages go to: a session."""

    def tell(self, message: dict[str, Any]) -> None:
        """Send a message to the page."""


@dataclass
class Current:
    """A handler's surroundings."""

    session: Teller
    dependency: Dependency | None
    listener: int  #: id of the dependency in this app
    job: str
    request: Request
    blocks: Any = None  #: the app, where there is no session to ask
    used_cache: Literal["full", "partial"] | None = None  #: whether the result, or a part of it, had been kept


current: ContextVar[Current | None] = ContextVar("nbblocks.current", default=None)


class _Silence:
    """Where messages go that no page can show."""

    def tell(self, message: dict[str, Any]) -> None:
        """Nobody hears it."""


def nobody(dependency: Dependency | None = None, job: str = "", request: Request | None = None) -> Current:
    """What surrounds a call without a page."""
    return Current(_Silence(), dependency, dependency.id if dependency else -1, job, request or Request())


def _toast(
    level: Literal["info", "warning", "success"], message: str, duration: float | None, visible: bool, title: str
) -> None:
    here = current.get()
    if here is None:
        warn_once(
            f"toast.{level}",
            f"gr.{level.title()}({message!r}) outside of a handler has no page to show on",
            stacklevel=4,
        )
        return
    here.session.tell(
        {
            "kind": "toast",
            "level": level,
            "title": title,
            "message": str(message),
            "duration_s": duration,
            "visible": visible,
            "job": here.job,
        }
    )


def Info(message: str = "Info issued.", duration: float | None = 10, visible: bool = True, title: str = "Info") -> None:
    """Show a message; the handler goes on.

    Parameters
    ----------
    message : str
        What to show; may hold HTML, which is sanitised.
    duration : float or None
        Seconds until it goes away; None: it stays until closed.
    visible : bool
        Whether it is shown.
    title : str
        Its heading.
    """
    _toast("info", message, duration, visible, title)


def Warning(
    message: str = "Warning issued.", duration: float | None = 10, visible: bool = True, title: str = "Warning"
) -> None:
    """Show a warning; the handler goes on.

    Parameters
    ----------
    message : str
        What to show; may hold HTML, which is sanitised.
    duration : float or None
        Seconds until it goes away; None: it stays until closed.
    visible : bool
        Whether it is shown.
    title : str
        Its heading.
    """
    _toast("warning", message, duration, visible, title)


def Success(
    message: str = "Success.", duration: float | None = 10, visible: bool = True, title: str = "Success"
) -> None:
    """Show that something went well; the handler goes on.

    Parameters
    ----------
    message : str
        What to show; may hold HTML, which is sanitised.
    duration : float or None
        Seconds until it goes away; None: it stays until closed.
    visible : bool
        Whether it is shown.
    title : str
        Its heading.
    """
    _toast("success", message, duration, visible, title)
