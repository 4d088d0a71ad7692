"""What programs for Gradio import from `gradio.helpers`; each lives in the module of its own idea."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable
from typing import Any

from .events import EventData
from .events.injected import component_parameters
from .examples import Examples
from .exceptions import NbblocksWarning
from .session import Info, Progress, Request, Success, Warning
from .session.call import Special, arguments_for, skip, special_parameters, update, validate
from .session.call import component_props as _props
from .session.special import made

__all__ = [
    "EventData",
    "Examples",
    "Info",
    "Progress",
    "Success",
    "Warning",
    "create_examples",
    "skip",
    "special_args",
    "update",
    "validate",
]


create_examples = Examples  #: Gradio's name for it in this module


def special_args(
    fn: Callable[..., Any],
    inputs: list[Any] | None = None,
    request: Any = None,
    event_data: EventData | None = None,
    component_props: dict[int, dict[str, Any]] | None = None,
    token: Any = None,
) -> tuple[list[Any], int | None, int | None, list[int]]:
    """Put what a handler gets besides its inputs in its place among them.

    Parameters
    ----------
    fn : callable
        The handler.
    inputs : list, optional
        Values of its inputs, which are added to; None: only the places are wanted.
    request : Request, optional
        For a parameter annotated with it.
    event_data : EventData, optional
        The event, for a parameter annotated with a kind of it.
    component_props : dict of int to dict, optional
        All properties of the component, by the place of a parameter that is annotated with its class.
    token : OAuthToken, optional
        For a parameter annotated with it.

    Returns
    -------
    tuple of (list, int or None, int or None, list of int)
        The arguments; where the Progress is, where the event is, and which are annotated with a component.

    Examples
    --------
    >>> import nbblocks as gr
    >>> def greet(name, request: gr.Request, progress=gr.Progress()): ...
    >>> arguments, progress_at, _, _ = special_args(greet, ["Ada"], gr.Request(username="ada"))
    >>> arguments[:2], progress_at
    (['Ada', Request(request=None, username='ada', ...)], 2)
    """
    specials = special_parameters(fn)
    progress_at = _place(specials, Progress)
    event_at = _place(specials, EventData)
    places = [p.name for p in _positional(fn)]
    with_all = [places.index(name) for _, name in component_parameters(fn)]
    if inputs is None:
        return [], progress_at, event_at, with_all

    def special(wanted: Special) -> Any:
        if issubclass(wanted.kind, Request):
            return request
        if issubclass(wanted.kind, EventData):
            return None if event_data is None else wanted.kind(event_data.target, event_data._data)
        if issubclass(wanted.kind, Progress) and isinstance(wanted.default, Progress):
            return wanted.default
        if token is not None and isinstance(token, wanted.kind):
            return token
        return made(wanted, request if isinstance(request, Request) else Request(), None, None)

    names = {s.name for s in specials}
    given = list(inputs)
    for p in [p for p in _positional(fn) if p.name not in names][len(given) :]:
        if p.default is p.empty:
            warnings.warn(f"{fn!r}: nothing was given for {p.name!r}; it gets None", NbblocksWarning, stacklevel=2)
        given.append(None if p.default is p.empty else p.default)
    found = arguments_for(specials, given, {}, special)
    for at in with_all:
        if component_props and at in component_props and at < len(found.args):
            found.args[at] = _props(**component_props[at])
    return found.args, progress_at, event_at, with_all


def _place(specials: tuple[Special, ...], kind: type) -> int | None:
    return next((s.position for s in specials if issubclass(s.kind, kind)), None)


def _positional(fn: Callable[..., Any]) -> list[inspect.Parameter]:
    try:
        parameters = list(inspect.signature(fn).parameters.values())
    except (TypeError, ValueError):  # some builtins have none
        return []
    return [p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
