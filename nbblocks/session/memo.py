"""`gr.cache` and `gr.Cache`: results of handlers that are kept, by the content of what they were called with."""

from __future__ import annotations

import copy
import functools
import hashlib
import inspect
import pickle
import sys
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextvars import ContextVar
from typing import Any, ClassVar, Literal

from ..blocks.options import parse_size
from ..events.injected import Injected
from .call import kind_of
from .current import current

__all__ = [
    "Cache",
    "CacheMissError",
    "Cached",
    "NoContentError",
    "Store",
    "cache",
    "content_hash",
    "forget_session",
    "is_probing",
]

Used = Literal["full", "partial"]
_MISSING: Any = object()

#: Whether functions whose results are kept fail where there are none, in place of running.
is_probing: ContextVar[bool] = ContextVar("nbblocks.is_probing", default=False)


class CacheMissError(Exception):
    """A call was to be answered from what is kept, and nothing is."""


class Store:
    """What is kept, the least recently used dropped first.

    Parameters
    ----------
    max_size : int
        Most entries; 0: no limit.
    max_bytes : int, optional
        Most memory.
    per_session : bool
        Whether each viewer has entries of its own, which end with its session.
    """

    def __init__(self, max_size: int = 128, max_bytes: int | None = None, per_session: bool = False) -> None:
        self.max_size, self.max_bytes, self.per_session = max_size, max_bytes, per_session
        self._entries: OrderedDict[tuple[str, Hashable], tuple[Any, int]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()
        _stores.add(self)

    def _space(self) -> str:
        here = current.get()
        return str(here.request.session_hash) if self.per_session and here is not None else ""

    def get(self, key: Hashable) -> Any:
        """What is kept under a key, or `_MISSING`."""
        with self._lock:
            found = self._entries.get((self._space(), key))
            if found is None:
                return _MISSING
            self._entries.move_to_end((self._space(), key))
            return found[0]

    def put(self, key: Hashable, value: Any) -> None:
        """Keep something; what was used longest ago makes room."""
        size = _size_of(value) if self.max_bytes is not None else 0
        with self._lock:
            self._drop((self._space(), key))
            self._entries[(self._space(), key)] = (value, size)
            self._bytes += size
            while self._is_over():
                self._drop(next(iter(self._entries)))

    def _is_over(self) -> bool:
        too_many = bool(self.max_size) and len(self._entries) > self.max_size
        return bool(self._entries) and (too_many or (self.max_bytes is not None and self._bytes > self.max_bytes))

    def _drop(self, key: tuple[str, Hashable]) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self._bytes -= entry[1]

    def __len__(self) -> int:
        return len(self._entries)

    def entries(self) -> list[tuple[Hashable, Any]]:
        """Keys and what is kept under them, of this viewer where each has its own."""
        with self._lock:
            return [(key, value) for (space, key), (value, _) in self._entries.items() if space == self._space()]

    def clear(self, space: str | None = None) -> None:
        """Drop everything; or what a session had."""
        with self._lock:
            for key in [k for k in self._entries if space is None or k[0] == space]:
                self._drop(key)


_stores: weakref.WeakSet[Store] = weakref.WeakSet()


def forget_session(session_id: str) -> None:
    """A session has ended: what was kept for it alone goes."""
    for store in list(_stores):
        if store.per_session:
            store.clear(session_id)


def _mark(used: Used) -> None:
    """The call that runs now used something that was kept."""
    here = current.get()
    if here is not None and here.used_cache != "full":
        here.used_cache = used


# --- by hand


class Cache(Injected):
    """Something kept between calls by hand; a default argument of the handler.

    Parameters
    ----------
    max_size : int
        Most entries, the least recently used dropped first; 0: no limit.
    max_memory : int or str, optional
        Most bytes, or a text such as "512mb".
    per_session : bool
        Whether each viewer has entries of its own, which end with its session.

    Examples
    --------
    >>> kept = Cache()
    >>> kept.set("a", n=1)
    >>> kept.get("a"), kept.get("b")
    ({'n': 1}, None)
    """

    def __init__(self, *, max_size: int = 128, max_memory: str | int | None = None, per_session: bool = False) -> None:
        self._store = Store(max_size, parse_size(max_memory), per_session)

    def get(self, key: Any) -> dict[str, Any] | None:
        """What was set under a key, None when there is nothing.

        Parameters
        ----------
        key : object
            Compared by content, also arrays, frames and pictures.
        """
        found = self._store.get(content_hash(key))
        if found is _MISSING:
            return None
        _mark("partial")
        return dict(found[1])

    def set(self, key: Any, **data: Any) -> None:
        """Keep values under a key.

        Parameters
        ----------
        key : object
            Compared by content, also arrays, frames and pictures.
        **data
            The values, by name.
        """
        self._store.put(content_hash(key), (key, data))

    def keys(self) -> list[Any]:
        """The keys that were set."""
        return [key for _, (key, _) in self._store.entries()]

    def clear(self) -> None:
        """Drop everything."""
        self._store.clear()

    def __len__(self) -> int:
        return len(self._store.entries())


# --- by decorator


class Cached:
    """A function whose results are kept.

    Parameters
    ----------
    fn : callable
        The function.
    store : Store
        Where.
    key : callable, optional
        Takes the arguments as a dict by name, gives what the result depends on.
    """

    is_transparent: ClassVar[bool] = True  #: it is async, or a generator, when its function is

    def __init__(self, fn: Callable[..., Any], store: Store, key: Callable[[dict[str, Any]], Any] | None) -> None:
        functools.update_wrapper(self, fn)
        self.fn, self.store, self._key = fn, store, key

    @property
    def cache(self) -> Store:
        """Where its results are kept."""
        return self.store

    def key_of(self, args: Any, kwargs: dict[str, Any]) -> str | None:
        """What a call is kept under; None: its arguments have no content that can be told."""
        try:
            bound = inspect.signature(self.fn).bind(*args, **kwargs)
            bound.apply_defaults()
            given = bound.arguments
        except (TypeError, ValueError):  # no signature; or a wrong call, which is to fail as it would
            given = {"args": args, **kwargs}
        plain = {k: v for k, v in given.items() if not getattr(type(v), "is_injected", False)}
        try:
            return content_hash(self._key(plain) if self._key is not None else plain)
        except NoContentError:
            return None

    def look(self, args: Any, kwargs: dict[str, Any]) -> list[Any] | None:
        """What the function returned, as a list of one, or all that it yielded; None: it is not kept."""
        key = self.key_of(args, kwargs)
        found = self.store.get(key) if key is not None else _MISSING
        return None if found is _MISSING else [_copied(v) for v in found]

    def keep(self, key: str | None, results: list[Any]) -> None:
        """Keep what it returned or yielded."""
        if key is not None:
            self.store.put(key, [_copied(v) for v in results])

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Give what is kept, else call the function and keep what it gives."""
        is_async, is_generator = kind_of(self.fn)
        if is_generator:
            return self._steps_async(args, kwargs) if is_async else self._steps(args, kwargs)
        if is_async:
            return self._one_async(args, kwargs)
        found, key = self._found(args, kwargs)
        if found is not None:
            return found[0]
        result = self.fn(*args, **kwargs)
        self.keep(key, [result])
        return result

    def _found(self, args: Any, kwargs: dict[str, Any]) -> tuple[list[Any] | None, str | None]:
        key = self.key_of(args, kwargs)
        found = self.store.get(key) if key is not None else _MISSING
        if found is _MISSING:
            if is_probing.get():
                raise CacheMissError(f"nothing is kept of this call of {self.fn!r}")
            return None, key
        here = current.get()
        runs = here.dependency.fn if here is not None and here.dependency is not None else None
        _mark("full" if runs is self else "partial")
        return [_copied(v) for v in found], key

    async def _one_async(self, args: Any, kwargs: dict[str, Any]) -> Any:
        found, key = self._found(args, kwargs)
        if found is not None:
            return found[0]
        result = await self.fn(*args, **kwargs)
        self.keep(key, [result])
        return result

    def _steps(self, args: Any, kwargs: dict[str, Any]) -> Iterator[Any]:
        found, key = self._found(args, kwargs)
        if found is not None:
            yield from found
            return
        steps: list[Any] = []
        for value in self.fn(*args, **kwargs):
            steps.append(_copied(value))
            yield value
        self.keep(key, steps)

    async def _steps_async(self, args: Any, kwargs: dict[str, Any]) -> Any:
        found, key = self._found(args, kwargs)
        if found is not None:
            for value in found:
                yield value
            return
        steps: list[Any] = []
        async for value in self.fn(*args, **kwargs):
            steps.append(_copied(value))
            yield value
        self.keep(key, steps)

    def __get__(self, obj: Any, owner: Any = None) -> Any:
        return self if obj is None else functools.partial(self, obj)


_by_function: weakref.WeakKeyDictionary[Any, Cached] = weakref.WeakKeyDictionary()


def cache(
    fn: Callable[..., Any] | None = None,
    *,
    key: Callable[[dict[str, Any]], Any] | None = None,
    max_size: int = 128,
    max_memory: str | int | None = None,
    per_session: bool = False,
) -> Any:
    """Keep what a function returns, and give it again for the same arguments; a decorator, or a call at run time.

    A handler whose result is kept does not wait in the queue. Of a generator all steps are kept.

    Parameters
    ----------
    fn : callable, optional
        Sync or async, plain or a generator. Not given: a decorator.
    key : callable, optional
        Takes the arguments as a dict by name, gives what the result depends on. None: all of them, by content.
    max_size : int
        Most results, the least recently used dropped first; 0: no limit.
    max_memory : int or str, optional
        Most bytes, or a text such as "512mb".
    per_session : bool
        Whether each viewer has results of its own, which end with its session.

    Returns
    -------
    callable
        The function that keeps, or the decorator.

    Examples
    --------
    >>> calls = []
    >>> @cache
    ... def double(x):
    ...     calls.append(x)
    ...     return 2 * x
    >>> double(2), double(2), calls
    (4, 4, [2])
    """

    def decorate(fn: Callable[..., Any]) -> Cached:
        return Cached(fn, Store(max_size, parse_size(max_memory), per_session), key)

    if fn is None:
        return decorate
    if not callable(fn):
        raise TypeError(
            f"gr.cache: expected a callable, got {type(fn).__name__}. Use gr.cache(fn)(*args): the function goes in, "
            "not its result"
        )
    if isinstance(fn, Cached):
        return fn
    try:  # the same function wrapped again at each call of a handler keeps in the same place
        known = _by_function.get(fn)
        if known is None:
            known = _by_function[fn] = decorate(fn)
    except TypeError:  # it takes no weak references
        return decorate(fn)
    return known


# --- the content of values


class NoContentError(Exception):
    """A value whose content cannot be told."""


def content_hash(value: Any) -> str:
    """A name for the content of a value: the same for equal arrays, frames, pictures, and plain objects.

    Examples
    --------
    >>> content_hash({"a": [1]}) == content_hash({"a": [1]})
    True
    """
    digest = hashlib.sha256()
    _feed(digest, value)
    return digest.hexdigest()


def _feed(digest: Any, value: Any) -> None:
    kind = type(value)
    digest.update(f"{kind.__module__}.{kind.__qualname__}:".encode())
    if value is None or isinstance(value, (bool, int, float, str)):
        digest.update(repr(value).encode())
    elif isinstance(value, (bytes, bytearray, memoryview)):
        digest.update(bytes(value))
    elif isinstance(value, dict):
        for k in sorted(value, key=repr):
            _feed(digest, k)
            _feed(digest, value[k])
    elif isinstance(value, (list, tuple)):
        for item in value:
            _feed(digest, item)
        digest.update(b"]")
    elif isinstance(value, (set, frozenset)):
        for name in sorted(content_hash(item) for item in value):
            digest.update(name.encode())
    elif hasattr(value, "tobytes") and hasattr(value, "dtype") and value.dtype != object:  # arrays
        digest.update(f"{value.dtype}{value.shape}".encode())
        digest.update(value.tobytes())
    elif hasattr(value, "tobytes") and hasattr(value, "mode"):  # pictures
        digest.update(f"{value.mode}{value.size}".encode())
        digest.update(value.tobytes())
    else:
        try:
            digest.update(pickle.dumps(value))
        except Exception as error:
            raise NoContentError(str(error)) from None


def _copied(value: Any) -> Any:
    """A copy, so that who changes it does not change what is kept; the thing itself where none can be made."""
    try:
        return copy.deepcopy(value)
    except Exception:
        return value


def _size_of(value: Any, depth: int = 6) -> int:
    """About how many bytes a value takes."""
    if hasattr(value, "nbytes"):
        return int(value.nbytes)
    if hasattr(value, "memory_usage") and hasattr(value, "columns"):
        return int(value.memory_usage(deep=True).sum())
    if hasattr(value, "getbands") and hasattr(value, "size"):
        return int(value.size[0] * value.size[1] * len(value.getbands()))
    if depth and isinstance(value, dict):  # of containers what they hold: a limit is meant for that
        return sum(_size_of(v, depth - 1) for v in value.values())
    if depth and isinstance(value, (list, tuple, set, frozenset)):
        return sum(_size_of(v, depth - 1) for v in value)
    return sys.getsizeof(value)
