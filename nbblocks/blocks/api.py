"""`gr.api`: an endpoint without components."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable
from typing import Any, Literal, cast, get_args, get_origin

from ..components.api import Api
from ..events import Dependency, Listener
from ..events.injected import special_kind
from ..events.listener import FN, ApiVisibility
from ..exceptions import DeclarationError, OutsideBlocksError
from ..tree import Block, Place, place
from ..wire.hints import schema_of_hint

__all__ = ["api"]


def api(
    fn: Callable[..., Any] | Literal["decorator"] = FN,
    *,
    api_name: str | None = None,
    api_description: str | None = None,
    queue: bool = True,
    batch: bool = False,
    max_batch_size: int = 4,
    concurrency_limit: int | Literal["default"] | None = "default",
    concurrency_id: str | None = None,
    api_visibility: ApiVisibility = "public",
    time_limit: float | None = None,
    stream_every: float = 0.5,
) -> Any:
    """Offer a function as an endpoint of the app's API, with no components: its type hints say what it takes and gives.

    Parameters
    ----------
    fn : callable
        Every parameter has a type hint, but those for a Request, a Progress or the like. Not given: a decorator.
    api_name : str, optional
        Endpoint's name; None: the function's.
    api_description : str, optional
        Endpoint's description; None: the docstring.
    queue : bool
        False: run at once, past the queue.
    batch : bool
        Waiting calls become one call with lists; `fn` returns a list per result.
    max_batch_size : int
        Most calls in one batch.
    concurrency_limit : int, None or "default"
        Most calls at once; None: no limit.
    concurrency_id : str, optional
        Endpoints and listeners with the same id share one limit.
    api_visibility : {"public", "undocumented", "private"}
        "undocumented": can be called, is not listed; "private": neither.
    time_limit : float, optional
        Seconds after which a streaming call ends.
    stream_every : float
        Seconds between chunks of a streaming call.

    Returns
    -------
    Dependency
        The endpoint; as a decorator, the plain function.

    Examples
    --------
    >>> import nbblocks as gr
    >>> with gr.Blocks() as demo:
    ...     def add(a: int, b: int = 1) -> int:
    ...         return a + b
    ...     endpoint = gr.api(add)
    >>> endpoint.api_name
    'add'
    """
    given = {k: v for k, v in locals().items() if k != "fn"}
    if fn is FN:
        return lambda f: (_register(f, given), f)[1]
    return _register(cast("Callable[..., Any]", fn), given)


def _register(fn: Callable[..., Any], given: dict[str, Any]) -> Dependency:
    here = place.get()
    if here is None:
        raise OutsideBlocksError("gr.api is used outside of a Blocks: put it inside `with gr.Blocks():`")
    inputs = [_placed(here, Api(default, schema_of_hint(hint), _ordinal(at))) for at, (hint, default) in _taken(fn)]
    outputs = [_placed(here, Api(None, schema_of_hint(hint), _ordinal(at))) for at, hint in enumerate(_given(fn))]
    made = Listener(None, "api", targets=[])(fn, inputs, outputs, show_progress="hidden", **given)
    return cast("Dependency", made)


def _placed(here: Place, block: Api) -> Block:
    """A block of the app without a place on its page."""
    if block.parent is not None:
        block.parent.children.remove(block)
        del block.__dict__["parent"]
    return block


def _ordinal(at: int) -> str:
    number = at + 1
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _taken(fn: Callable[..., Any]) -> typing.Iterator[tuple[int, tuple[Any, Any]]]:
    """Hint and default of each parameter that a client gives."""
    hints = _hints(fn)
    at = 0
    for name, p in inspect.signature(fn).parameters.items():
        if p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD, p.KEYWORD_ONLY):
            continue
        if special_kind(hints.get(name), p.default) is not None:
            continue
        if name not in hints:
            raise DeclarationError(
                f"gr.api: {getattr(fn, '__name__', fn)!r} needs a type hint for each parameter, {name!r} has none"
            )
        yield at, (hints[name], None if p.default is p.empty else p.default)
        at += 1


def _given(fn: Callable[..., Any]) -> list[Any]:
    """The hint of each result; of a generator, that of what it yields."""
    hint = _hints(fn).get("return")
    if hint in (None, type(None)):
        return []
    origin = get_origin(hint)
    if inspect.isgeneratorfunction(fn) or inspect.isasyncgenfunction(fn):
        hint = get_args(hint)[0] if get_args(hint) else Any
        origin = get_origin(hint)
    args = get_args(hint)
    return list(args) if origin is tuple and args and Ellipsis not in args else [hint]


def _hints(fn: Callable[..., Any]) -> dict[str, Any]:
    plain = fn if inspect.isroutine(fn) else type(fn).__call__
    try:
        return typing.get_type_hints(plain)
    except Exception:  # hints that name what is not there
        return {n: h for n, h in getattr(plain, "__annotations__", {}).items() if not isinstance(h, str)}
