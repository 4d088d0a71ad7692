"""Where a program stands: the app being built, and the handler that runs. By Gradio's names for them.

Components that stand alone, and helpers that add blocks to "the app around me", ask here.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import Token
from dataclasses import replace
from typing import Any

from .blocks import Blocks
from .session.current import Current, current, nobody
from .tree import Block, Container, Root, place

__all__ = ["Context", "LocalContext", "get_blocks_context", "get_render_context"]


class _Building(type):
    """Reads what is being built from where the next block would go."""

    @property
    def root_block(cls) -> Root | None:
        """The app whose `with` is open; None outside of one."""
        here = place.get()
        return here.root if here is not None else None

    @property
    def block(cls) -> Container | None:
        """The layout whose `with` is open; None outside of one."""
        here = place.get()
        if here is None:
            return None
        return here.parent

    @property
    def token(cls) -> str | None:
        """The account that models are loaded with: none is kept."""
        return None


class Context(metaclass=_Building):
    """What is being built.

    Examples
    --------
    >>> import nbblocks as gr
    >>> Context.root_block is None
    True
    >>> with gr.Blocks() as demo:
    ...     inside = Context.root_block
    >>> inside is demo
    True
    """


class _Now:
    """A value of the handler that runs now, read as a context variable is."""

    def __init__(self, read: Callable[[Any], Any], otherwise: Any = None, field: str | None = None) -> None:
        self._read = read
        self._otherwise = otherwise
        self._field = field

    def set(self, value: Any) -> Token[Current | None]:
        """Let it be another value from here on, as a test does that stands for a handler.

        Parameters
        ----------
        value : object
            Such as a `Request`.

        Returns
        -------
        Token
            For `reset`.
        """
        here = current.get() or nobody()
        return current.set(replace(here, **{self._field: value}) if self._field else here)

    def reset(self, token: Token[Current | None]) -> None:
        """Let it be what it was before `set`."""
        current.reset(token)

    def get(self, *default: Any) -> Any:
        """The value.

        Parameters
        ----------
        *default
            What is given outside of a handler; else what stands for nothing.
        """
        here = current.get()
        if here is not None:
            return self._read(here)
        return default[0] if default else self._otherwise


class LocalContext:
    """What surrounds the handler that runs now.

    Examples
    --------
    >>> LocalContext.request.get(None) is None
    True
    >>> LocalContext.in_event_listener.get(False)
    False
    """

    request = _Now(lambda here: here.request, field="request")
    event_id = _Now(lambda here: here.job, field="job")
    in_event_listener = _Now(lambda here: True, False)
    blocks = _Now(
        lambda here: here.blocks or getattr(getattr(here.session, "app", None), "blocks", None), field="blocks"
    )


def get_blocks_context() -> Root | None:
    """What holds the blocks that are made now; None outside of an app."""
    here = place.get()
    return here.root if here is not None else None


def get_render_context() -> Block | Blocks | None:
    """The layout that blocks made now go into; None outside of an app."""
    return Context.block
