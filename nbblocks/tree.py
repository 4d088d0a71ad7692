"""The tree of blocks: what stands inside what, and where the next one goes."""

from __future__ import annotations

import asyncio
import hashlib
import inspect
import itertools
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar, Token
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeVar

from .declare import KW_ONLY, Declared, param
from .exceptions import DuplicateBlockError, NbblocksWarning, OutsideBlocksError
from .wire.fetch import is_url, keep_url
from .wire.files import FileData, cache_dir, keep_file

if TYPE_CHECKING:
    from typing_extensions import Self

__all__ = ["Block", "Container", "Layout", "Place", "Placed", "RenderMethod", "Root", "as_list", "place", "reserve_id"]

_ids = itertools.count()
B = TypeVar("B", bound="Block")


def reserve_id() -> int:
    """The next block id of this process."""
    return next(_ids)


class Root:
    """What the outermost Blocks, or a run of a `gr.render`, offers to the blocks made inside it."""

    blocks: dict[int, Block]

    def holds(self, block: Block) -> bool:
        """Whether a block stands in this tree already."""
        return block._id in self.blocks

    def identify(self, block: Block) -> None:
        """Hook: a block is about to stand in the tree; where its `key` was met before, it takes the id of then."""


@dataclass(frozen=True)
class Place:
    """Where a block made now goes."""

    root: Root
    parent: Container | None


place: ContextVar[Place | None] = ContextVar("nbblocks.place", default=None)


def as_list(value: list[str] | str | None) -> list[str]:
    """One name, several or none, as a list."""
    return [value] if isinstance(value, str) else list(value or ())


def _own_parameters(cls: type, held: dict[str, Any]) -> list[str]:
    """Parameters of constructors of classes of one's own that were kept as attributes, and are no blocks."""
    try:
        made_by = [c.__dict__["__init__"] for c in cls.__mro__ if "__init__" in c.__dict__]
        names = [name for init in made_by for name in inspect.signature(init).parameters]
    except (TypeError, ValueError):
        return []
    return [n for n in names if n in held and not isinstance(held[n], Block)]


class Block(Declared):
    """A node of the tree: a component or a layout."""

    parent: ClassVar[Container | None] = None
    is_rendered: ClassVar[bool] = False
    events: ClassVar[list[str]] = []
    EVENTS: ClassVar[list[str]] = []
    is_repeatable: ClassVar[bool] = False  #: it may be put twice into an app, where it stands once
    is_template: ClassVar[bool] = False  #: this class only has other defaults than its base
    user_props: ClassVar[tuple[str, ...]] = ()  #: what a page may set
    FRONTEND_DIR: ClassVar[str] = "../../frontend/"  #: where a package for Gradio has its browser half, of no use here
    TEMPLATE_DIR: ClassVar[str] = "./templates/"
    #: Lazy parts of the browser half that it needs at once; "views-x" is the family that has its view.
    chunks: ClassVar[tuple[str, ...]] = ()

    _make_event: ClassVar[Callable[[Any], Any] | None] = None  #: makes an event of its name; what it is stands above

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Make an event of each name in `EVENTS`, as classes of one's own list them."""
        for listed in cls.__dict__.get("EVENTS", ()):
            if Block._make_event is not None and isinstance(getattr(cls, str(listed), ""), str):
                made = Block._make_event(listed)
                made.__set_name__(cls, str(listed))
                setattr(cls, str(listed), made)
        super().__init_subclass__(**kwargs)
        found = list(cls.EVENTS)
        for name, value in cls.__dict__.items():
            if getattr(value, "is_event", False) and name not in found:
                found.append(name)
        cls.EVENTS = cls.events = found

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._id = reserve_id()
        super().__init__(*args, **kwargs)
        if self.__dict__.get("render", True) is True:
            self._render()

    def take(self, name: str, value: object) -> None:
        """Put another value in the place of one that was passed; for `check`."""
        self.__dict__[name] = value
        if name in self.__dict__["_given"]:
            self.__dict__["_given"][name] = value

    def fall_back(self, name: str, choices: Sequence[object]) -> None:
        """Warn of a choice in matters of look that is none, and take the default: no app fails for it.

        Parameters
        ----------
        name : str
            The parameter.
        choices : sequence
            What it may be.
        """
        given = getattr(self, name)
        if given not in choices:
            default = self.params[name].default
            warnings.warn(
                f"{self!r}: {name} must be one of {tuple(choices)}, got {given!r}; {default!r} is taken",
                NbblocksWarning,
                stacklevel=5,
            )
            self.take(name, default)

    def _render(self) -> Self:
        here = place.get()
        if here is None:
            return self
        if here.root.holds(self):
            if self.is_repeatable:
                return self
            raise DuplicateBlockError(
                f"{self!r} is already rendered in this Blocks; make another one, or unrender() it first"
            )
        here.root.identify(self)
        if here.parent is not None:
            here.parent.add(self)
        here.root.blocks[self._id] = self
        self.__dict__["_root"] = here.root
        self.__dict__["is_rendered"] = True
        self._rendered(here)
        return self

    def _rendered(self, here: Place) -> None:
        """Hook: the block now stands in a tree."""

    def unrender(self) -> Self:
        """Take the block out of its tree; its listeners stay."""
        parent = self.__dict__.pop("parent", None)
        if parent is not None and self in parent.children:
            parent.children.remove(self)
        here = place.get()
        if here is not None:
            here.root.blocks.pop(self._id, None)
        self.__dict__["is_rendered"] = False
        return self

    def __setattr__(self, name: str, value: Any) -> None:
        """Set an attribute; pages that show the block follow when it is a parameter."""
        super().__setattr__(name, value)
        if name in self.params:
            for follow in self.__dict__.get("_followers", ()):
                follow(self, name, value)

    def follow(self, fn: Callable[[Block, str, Any], None]) -> Callable[[], None]:
        """Be told of each parameter that is set from now on.

        Returns
        -------
        callable
            Ends it.
        """
        self.__dict__["_followers"] = (*self.__dict__.get("_followers", ()), fn)

        def stop() -> None:
            self.__dict__["_followers"] = tuple(f for f in self.__dict__["_followers"] if f is not fn)

        return stop

    @classmethod
    def get_block_name(cls) -> str:
        """Name of the kind of block on the wire: in lower case, that of the nearest class with a browser half."""
        ours = __name__.partition(".")[0] + "."
        for base in cls.__mro__:
            if base.__module__.startswith(ours) and not base.__dict__.get("is_template", False):
                return base.__name__.lower()
        return cls.__name__.lower()

    def get_config(self, cls: type[Block] | None = None) -> dict[str, Any]:
        """Parameters as they stand in the app's configuration; those of class `cls` alone, if it is given."""
        of = cls or type(self)
        names = [*of.params, *(_own_parameters(of, self.__dict__) if of._own_init else ())]
        given = {n: getattr(self, n, None) for n in dict.fromkeys(names) if n != "render"}
        for name in ("elem_classes", "preserved_by_key"):
            if name in given:
                named = given[name]
                given[name] = [named] if isinstance(named, str) else list(named or ())
        return {**given, "proxy_url": None, "name": self.get_block_name()}

    @classmethod
    def has_event(cls, event: str) -> bool:
        """Whether it has an event of that name."""
        return event in cls.events

    @classmethod
    def get_component_class_id(cls) -> str:
        """What tells this class from all others."""
        return hashlib.sha256(f"{cls.__module__}.{cls.__qualname__}".encode()).hexdigest()

    def breaks_grouping(self) -> bool:
        """Whether fields after it stand in a group of their own."""
        return True

    def serve_static_file(self, url_or_file_path: str | Path | dict[str, Any] | None) -> dict[str, Any] | None:
        """A file as the configuration tells it, such as an icon.

        Parameters
        ----------
        url_or_file_path : str, Path or dict, optional
            Its path or address; a file that is told already stays as it is.
        """
        if url_or_file_path is None or isinstance(url_or_file_path, dict):
            return url_or_file_path
        if is_url(str(url_or_file_path)):
            address = str(url_or_file_path)
            return FileData(path=address, url=address).model_dump()
        return FileData.of(url_or_file_path, missing_ok=True).model_dump()

    def move_resource_to_block_cache(self, url_or_file_path: str | Path | None) -> str | None:
        """Take a file, or what lies at an address, into the cache; its path there."""
        if url_or_file_path is None:
            return None
        if is_url(str(url_or_file_path)):
            return keep_url(str(url_or_file_path))
        path = Path(url_or_file_path).resolve()
        if path.is_relative_to(cache_dir()) or not path.exists():
            return str(path)
        return keep_file(path)

    async def async_move_resource_to_block_cache(self, url_or_file_path: str | Path | None) -> str | None:
        """Do the same without waiting for a disk or a server."""
        return await asyncio.to_thread(self.move_resource_to_block_cache, url_or_file_path)

    def get_block_class(self) -> str:
        """Name of the class, in lower case."""
        return type(self).__name__.lower()

    def get_expected_parent(self) -> type[Container] | None:
        """Kind of layout that wraps it when it stands in another; None: any will do."""
        return None

    @property
    def unique_key(self) -> Any:
        """Identity across re-renders, None when it has none."""
        return self.__dict__.get("key")

    def __repr__(self) -> str:
        label = self.__dict__.get("label")
        return f"{type(self).__name__}({label!r})" if label else f"{type(self).__name__}(#{self._id})"


class RenderMethod:
    """`block.render()`, where `render=` is also a parameter: a data-free descriptor that hides its value."""

    def __get__(self, block: Any, owner: type) -> Any:
        return True if block is None else block._render

    def __set__(self, block: Any, value: Any) -> None:
        block.__dict__["render"] = value


class Placed(Block):
    """Anything shown on a page.

    Parameters
    ----------
    visible : bool or "hidden"
        Whether it is shown; "hidden" keeps it in the page, unseen.
    elem_id : str, optional
        The `id` of its element in the page, for CSS and JavaScript.
    elem_classes : str or list of str, optional
        CSS classes of its element.
    render : bool
        False: not placed where it is made; call `render()` later.
    key : int, str or tuple, optional
        Identity across re-renders of a `gr.render`.
    preserved_by_key : str or list of str, optional
        Parameters that keep what the user made of them when a re-render meets the same key.
    """

    _: KW_ONLY
    visible: bool | Literal["hidden"] = True
    elem_id: str | None = None
    elem_classes: list[str] | str | None = param(default=None, wire=list[str], encode=as_list)
    render: bool = param(default=True, wire=None)
    key: int | str | tuple[int | str, ...] | None = param(default=None, wire=None)
    preserved_by_key: list[str] | str | None = param(default=None, wire=None)


Placed.render = RenderMethod()  # type: ignore[assignment]


class Container(Block):
    """A block that holds others; a context manager."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.children: list[Block] = []
        self._entered: list[Token[Place | None]] = []
        super().__init__(*args, **kwargs)

    def add(self, child: Block) -> None:
        """Put a block at the end."""
        child.__dict__["parent"] = self
        self.children.append(child)

    def add_child(self, child: Block) -> None:
        """Put a block at the end."""
        self.add(child)

    def __enter__(self) -> Self:
        here = place.get()
        if here is None:
            raise OutsideBlocksError(
                f"{type(self).__name__} is used outside of a Blocks: write `with gr.Blocks():` first"
            )
        self._entered.append(place.set(Place(here.root, self)))
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc: BaseException | None = None,
        tb: TracebackType | None = None,
    ) -> None:
        here = place.get()
        place.reset(self._entered.pop())
        if here is not None:
            self._wrap_strays(here)

    def _wrap_strays(self, here: Place) -> None:
        """Give children that need a certain parent, such as a Tab made without Tabs, one that they share."""
        kept: list[Block] = []
        wrapper: Container | None = None
        for child in self.children:
            expected = child.get_expected_parent()
            if expected is None or isinstance(self, expected):
                kept.append(child)
                wrapper = None if isinstance(child, (Container, Placed)) else wrapper
                continue
            if not (wrapper is not None and isinstance(wrapper, expected)):
                wrapper = expected(render=False)
                wrapper.__dict__["parent"] = self
                here.root.blocks[wrapper._id] = wrapper
                kept.append(wrapper)
            wrapper.add(child)
        self.children = kept

    def postprocess(self, value: Any) -> Any:
        """What a page shows for what a handler returned: a layout has no value, only properties."""
        return value

    def walk(self) -> Iterator[Block]:
        """Every block inside, depth first."""
        for child in self.children:
            yield child
            if isinstance(child, Container):
                yield from child.walk()


class Layout(Container, Placed):
    """A container with a place on the page.

    Examples
    --------
    >>> import nbblocks as gr
    >>> with gr.Blocks() as demo:
    ...     with gr.Row() as row:
    ...         name = gr.Textbox(label="Name")
    >>> row.children
    [Textbox('Name')]
    """
