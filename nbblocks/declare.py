"""Declare a component's parameters once, as typed class attributes.

A subclass of `Declared` gets, from its annotations alone:

* a constructor that type checkers and editors see in full (`dataclass_transform`, PEP 681),
* the same signature at run time, for IPython's completion and `help()`, made when first read,
* plain attribute reads: a parameter that was not given costs no memory, its default is the class attribute,
* `given`: what the caller passed, which is what `return gr.Slider(step=2)` updates.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from difflib import get_close_matches
from types import FunctionType
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from .docs import merged_docstring

if TYPE_CHECKING:
    from typing_extensions import Self, dataclass_transform
else:  # 3.10 has it in typing_extensions only, and at run time it does nothing

    def dataclass_transform(**_):
        return lambda cls: cls


__all__ = ["KW_ONLY", "UNSET", "Declared", "Param", "param"]

T = TypeVar("T")
UNSET: Any = inspect.Parameter.empty


class _Lazy:
    """A class attribute made when first read: import pays for no signature and no docstring."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        self.make = make

    def __get__(self, obj: object, owner: Any) -> Any:
        return self.make(owner)


def _signature(cls: type[Declared]) -> inspect.Signature:
    kinds = {True: inspect.Parameter.KEYWORD_ONLY, False: inspect.Parameter.POSITIONAL_OR_KEYWORD}
    listed = [
        inspect.Parameter(p.name, kinds[p.kw_only], default=p.default, annotation=p.annotation)
        for p in sorted(cls.params.values(), key=lambda p: p.kw_only)
        if p.name != cls._rest
    ]
    if cls._rest:
        listed.append(inspect.Parameter(cls._rest, inspect.Parameter.VAR_KEYWORD))
    return inspect.Signature(listed)


class _InitSignature(inspect.Signature):
    """The signature of a class's `__init__`, made when first looked at."""

    __slots__ = ("_made", "_owner")

    def __init__(self, owner: type[Declared]) -> None:
        super().__init__()
        self._owner, self._made = owner, False

    @property
    def parameters(self) -> Any:
        """`self`, then the class's own parameters."""
        if not self._made:
            me = inspect.Parameter("self", inspect.Parameter.POSITIONAL_OR_KEYWORD)
            made = inspect.Signature([me, *inspect.signature(self._owner).parameters.values()])
            self._parameters, self._made = made.parameters, True
        return self._parameters


@dataclass(frozen=True)
class Param:
    """What is known of one parameter."""

    name: str
    annotation: str
    default: Any
    kw_only: bool
    wire: Any  #: UNSET: as the annotation; None: it stays in Python; else the type of the synced property
    encode: Callable[[Any], Any] | None  #: turns what the caller gave into the synced property
    owner: type

    @property
    def synced(self) -> bool:
        """Whether the page gets it."""
        return self.wire is not None

    def encoded(self, value: Any) -> Any:
        """The synced property for what the caller gave."""
        return self.encode(value) if self.encode else value


@dataclass(frozen=True)
class _Placeholder(Generic[T]):
    default: T
    wire: Any
    encode: Callable[[Any], Any] | None


def param(*, default: T, wire: Any = UNSET, encode: Callable[[Any], Any] | None = None) -> T:
    """Declare a parameter whose browser half differs from its annotation.

    Parameters
    ----------
    default : object
        Its default. By keyword: type checkers take a specifier's first positional argument for none.
    wire : type, optional
        Type of the synced property; None: it has none and stays in Python.
    encode : callable, optional
        Turns what the caller gave into the synced property.
    """
    return _Placeholder(default, wire, encode)  # type: ignore[return-value]


@dataclass_transform(field_specifiers=(param,))
class Declared:
    """Base of everything whose constructor is its annotated attributes."""

    params: ClassVar[dict[str, Param]] = {}
    _own: ClassVar[dict[str, Param]] = {}
    _own_doc: ClassVar[str] = ""
    _positional: ClassVar[tuple[str, ...]] = ()
    _required: ClassVar[tuple[str, ...]] = ()
    _rest: ClassVar[str] = ""  #: parameter, a dict, that takes every keyword not declared; "": none does
    _own_init: ClassVar[bool] = False  #: whether a class outside of this package has its own constructor
    _deprecated_names: ClassVar[dict[str, str]] = {}  #: old keyword → present keyword, "" to ignore it

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        found: dict[str, Param] = {}
        for base in reversed(cls.__mro__[1:]):  # the order dataclasses use, so the checkers' order
            found |= base.__dict__.get("_own", {})
        own = cls._own = {}
        kw_only = False
        ours = __name__.partition(".")[0] + "."
        has_own_init = "__init__" in cls.__dict__ and not cls.__module__.startswith(ours)
        for name, given in () if has_own_init else inspect.get_annotations(cls).items():
            annotation = given if isinstance(given, str) else inspect.formatannotation(given).removeprefix("typing.")
            if annotation == "KW_ONLY":
                kw_only = True
            elif not (name.startswith("_") or annotation.startswith("ClassVar")):
                default, wire, encode = cls.__dict__.get(name, UNSET), UNSET, None
                inherited = found.get(name)
                if isinstance(default, _Placeholder):
                    default, wire, encode = default.default, default.wire, default.encode
                    setattr(cls, name, default)
                elif inherited is not None:  # another default or place, the same browser half
                    wire, encode = inherited.wire, inherited.encode
                own[name] = Param(name, annotation, default, kw_only, wire, encode, cls)
        cls.params = found | own
        cls._own_init = any(
            "__init__" in base.__dict__
            and not (base.__module__.startswith(ours) or hasattr(base.__dict__["__init__"], "__wrapped__"))
            for base in cls.__mro__[:-1]
        )
        if not cls._own_init:  # the same code, as a function whose signature is this class's
            init: Any = cls.__init__
            own_init: Any = FunctionType(init.__code__, init.__globals__, "__init__", None, init.__closure__)
            own_init.__wrapped__ = cls
            own_init.__signature__ = _InitSignature(cls)
            cls.__init__ = own_init  # type: ignore[method-assign]
        cls._positional = tuple(p.name for p in cls.params.values() if not p.kw_only)
        cls._required = tuple(p.name for p in cls.params.values() if p.default is UNSET)
        cls.__signature__ = _Lazy(_signature)  # type: ignore[attr-defined]
        cls._own_doc = cls.__dict__.get("__doc__") or ""
        cls.__doc__ = _Lazy(merged_docstring)  # type: ignore[assignment]

    def __new__(cls, *args: Any, **kwargs: Any) -> Self:
        """Remember the caller's arguments where a subclass has its own constructor."""
        self = super().__new__(cls)
        if cls._own_init:
            self.__dict__["_called"] = (args, kwargs)
        return self

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if args:
            if len(args) > len(self._positional):
                raise TypeError(
                    f"{type(self).__name__} takes at most {len(self._positional)} positional "
                    f"arguments ({', '.join(self._positional)}), got {len(args)}"
                )
            for name, value in zip(self._positional, args, strict=False):
                if name in kwargs:
                    raise TypeError(f"{type(self).__name__} got {name!r} twice")
                kwargs[name] = value
        if not kwargs.keys() <= self.params.keys():
            kwargs = self._renamed(kwargs)
        self.__dict__.update(kwargs)
        self.__dict__["_given"] = kwargs
        for name in self._required:
            if name not in kwargs:
                raise TypeError(f"{type(self).__name__} needs {name!r}")
        self.check()

    @property
    def given(self) -> dict[str, Any]:
        """What the caller passed, by name; where a subclass has its own constructor, what was passed to that."""
        given: dict[str, Any] = self.__dict__["_given"]
        if "_called" not in self.__dict__:
            return given
        args, kwargs = self.__dict__["_called"]
        names = {*kwargs, *list(inspect.signature(type(self).__init__).parameters)[1 : len(args) + 1]}
        kept = {name: value for name, value in given.items() if name in names}
        if rest := {name: value for name, value in given.get(self._rest, {}).items() if name in names}:
            kept[self._rest] = rest
        return kept

    def check(self) -> None:
        """Refuse a combination of parameters that cannot work; raises ValueError."""

    def _renamed(self, kwargs: dict[str, Any]) -> dict[str, Any]:
        """Old keywords under their present names, with a warning; refuses or gathers unknown ones."""
        import warnings

        known: dict[str, Any] = {}
        rest: dict[str, Any] = {}
        for name, value in kwargs.items():
            if name in self.params:
                known[name] = value
            elif name in self._deprecated_names:
                new = self._deprecated_names[name]
                hint = f"use {new!r}" if new else "it has no effect"
                warnings.warn(
                    f"{type(self).__name__}({name}=…) is deprecated: {hint}",
                    DeprecationWarning,
                    stacklevel=4,
                )
                if new:
                    known.setdefault(new, value)
            elif self._rest:
                rest[name] = value
            else:
                near = get_close_matches(name, self.params, 1)
                hint = f"did you mean {near[0]!r}?" if near else f"it takes {', '.join(self.params)}"
                raise TypeError(f"{type(self).__name__} has no parameter {name!r}; {hint}")
        if rest:
            known[self._rest] = {**known.get(self._rest, {}), **rest}
        return known

    @classmethod
    def synced(cls) -> tuple[Param, ...]:
        """The parameters that the page gets."""
        cached: tuple[Param, ...] | None = cls.__dict__.get("_synced")
        if cached is None:
            cached = tuple(p for p in cls.params.values() if p.synced)
            cls._synced = cached  # type: ignore[attr-defined]
        return cached

    def wire_props(self, names: Any = None) -> dict[str, Any]:
        """Synced properties as they go to the page.

        Parameters
        ----------
        names : container of str, optional
            Only these; None: all.
        """
        return {p.name: p.encoded(getattr(self, p.name)) for p in self.synced() if names is None or p.name in names}
