"""`gr.render`: a part of the page that a function makes, anew for each viewer and whenever its inputs change."""

from __future__ import annotations

import contextlib
import inspect
import itertools
import warnings
from collections.abc import Callable, Hashable, Iterator, Sequence, Set
from typing import Any, Literal, TypeVar, cast

from ..events import Dependency, Listener
from ..events.listener import ShowProgress, Target, TriggerMode, targets_of
from ..exceptions import DeclarationError, NbblocksWarning, OutsideBlocksError
from ..layouts import Column, Row
from ..tree import Block, Container, Place, Root, place
from .loading import attach_load_events, changes_of

__all__ = ["Rendering", "render"]

F = TypeVar("F", bound=Callable[..., Any])
Path = tuple[int, ...]


class Rendering(Root):
    """One run of a render function: it takes the blocks and listeners that are made meanwhile.

    Parameters
    ----------
    dependency : Dependency
        The listener whose function is the render function.
    path : tuple of int
        Names the render function: its listener's number; for one made inside another, also its place there.
    before : Rendering, optional
        The run whose content it replaces.
    is_taken : callable
        Whether a block stands elsewhere in the app.
    numbers : iterator of int
        Gives listeners their numbers.
    """

    def __init__(
        self,
        dependency: Dependency,
        path: Path,
        before: Rendering | None,
        is_taken: Callable[[Block], bool],
        numbers: itertools.count[int],
    ) -> None:
        self.dependency, self.path, self._is_taken, self._numbers = dependency, path, is_taken, numbers
        self.container = cast("Container", dependency.renders)
        self.blocks: dict[int, Block] = {}
        self.listeners: dict[int, Dependency] = {}
        self.unloaders: list[Callable[..., Any]] = []
        self.error_handlers: list[Callable[..., Any]] = []
        self.startups: list[Callable[[], None]] = []
        self.keys: dict[Hashable, int] = {}
        self._keys_before = before.keys if before is not None else {}
        self.top = Column(render=False)
        self.top.__dict__["parent"] = self.container

    def holds(self, block: Block) -> bool:
        """Whether a block stands in this run's content, or elsewhere in the app."""
        return block._id in self.blocks or self._is_taken(block)

    def identify(self, block: Block) -> None:
        """Give a block with a key the id that the run before gave it."""
        key = self._key(type(block), block.unique_key)
        if key is not None:
            block._id = self.keys[key] = self._keys_before.get(key, block._id)

    def add_listener(self, dependency: Dependency) -> None:
        """Register a listener; one with a key takes the number that the run before gave it."""
        key = self._key(Dependency, dependency.key)
        number = next(self._numbers)
        if key is not None:
            number = self.keys[key] = self._keys_before.get(key, number)
        dependency.id, dependency.home, dependency.page = number, self, self.dependency.page
        self.listeners[number] = dependency

    def page_of(self, block: Block) -> str:
        """The page of the app on which a block of this run stands: the render function's own."""
        return self.dependency.page

    def _key(self, kind: type, key: Any) -> Hashable | None:
        if key is None:
            return None
        if isinstance(key, list):
            key = tuple(key)
        if (kind, key) in self.keys:
            warnings.warn(
                f"{self.dependency.name}: the key {key!r} was given twice; the second has none",
                NbblocksWarning,
                stacklevel=2,
            )
            return None
        return (kind, key)

    @contextlib.contextmanager
    def gathering(self) -> Iterator[None]:
        """Round the render function: what is made meanwhile is this run's."""
        token = place.set(Place(self, None))
        try:
            with self.top:
                yield
            attach_load_events(self, self.top)
        finally:
            place.reset(token)

    @property
    def inner(self) -> dict[Path, Dependency]:
        """The render functions made inside, by path."""
        made = [d for d in self.listeners.values() if d.renders is not None]
        return {(*self.path, at): dependency for at, dependency in enumerate(made)}


def render(
    inputs: Block | Sequence[Block] | Set[Block] | None = None,
    triggers: Sequence[Any] | Any | None = None,
    *,
    queue: bool = True,
    trigger_mode: TriggerMode | None = "always_last",
    concurrency_limit: int | Literal["default"] | None = None,
    concurrency_id: str | None = None,
    show_progress: ShowProgress = "full",
) -> Callable[[F], F]:
    """Let a function make a part of the page; it runs anew when its inputs change. A decorator.

    Components and listeners made in the function are of one viewer, and replaced at its next run. A component
    with a `key` stays the same one from run to run, and keeps of it what `preserved_by_key` names.

    Parameters
    ----------
    inputs : component, or list or set of them
        Whose values the function gets.
    triggers : event or list of events, optional
        When it runs. None: when the page loads, and at the `change` of each input.
    queue : bool
        False: run at once, past the queue.
    trigger_mode : {"once", "multiple", "always_last"}
        What a trigger does while it runs; as of every listener.
    concurrency_limit : int, None or "default"
        Most runs at once, over all viewers; None: no limit.
    concurrency_id : str, optional
        Listeners with the same id share one limit.
    show_progress : {"full", "minimal", "hidden"}
        What its part of the page shows while it runs.

    Returns
    -------
    callable
        The decorator; it gives the function back.

    Examples
    --------
    >>> import nbblocks as gr
    >>> with gr.Blocks() as demo:
    ...     count = gr.Slider(1, 5, 3, step=1)
    ...     @gr.render(inputs=count)
    ...     def boxes(n):
    ...         for i in range(n):
    ...             gr.Textbox(label=f"Box {i}", key=i)
    >>> demo.fns[0].trigger_mode
    'always_last'
    """
    here = place.get()
    if here is None:
        raise OutsideBlocksError("gr.render is used outside of a Blocks: put it inside `with gr.Blocks():`")
    after = None
    if triggers is None:
        targets = [Target(None, "load"), *changes_of(inputs)]
    else:
        targets, after = targets_of(triggers, "gr.render")

    def decorate(fn: F) -> F:
        if inspect.isgeneratorfunction(fn) or inspect.isasyncgenfunction(fn):
            raise DeclarationError("gr.render: the function cannot be a generator; it makes its part of the page once")
        container: Container = (Row if isinstance(here.parent, Row) else Column)(show_progress=True)
        dependency: Dependency = Listener(None, "render", after, targets=targets)(
            fn,
            inputs,
            queue=queue,
            trigger_mode=trigger_mode,
            concurrency_limit=concurrency_limit,
            concurrency_id=concurrency_id,
            show_progress=show_progress,
            show_progress_on=container,
            api_name="apply",
            api_visibility="private",
        )
        dependency.renders = container
        return fn

    return decorate
