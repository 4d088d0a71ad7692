"""Kinds of payloads, by the names under which components written for Gradio import them."""

from __future__ import annotations

import copy
import functools
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypedDict, TypeVar, get_args, get_type_hints

from .wire.files import FileData, ImageData, set_static_paths, static_paths

if TYPE_CHECKING:
    from typing_extensions import Self, dataclass_transform
else:

    def dataclass_transform(**_):
        return lambda cls: cls


__all__ = ["FileData", "FileDataDict", "GradioModel", "GradioRootModel", "ImageData", "ListFiles"]

T = TypeVar("T")


class _StaticFiles:
    """What `set_static_paths` was told, for all apps of this process."""

    all_paths: ClassVar[list[Path]] = static_paths()

    @classmethod
    def clear(cls) -> None:
        """Forget it."""
        set_static_paths([])


class FileDataDict(TypedDict, total=False):
    """A file, as JSON."""

    path: str
    url: str | None
    size: int | None
    orig_name: str | None
    mime_type: str | None
    is_stream: bool | None
    meta: dict[str, Any]


def _dumped(value: Any) -> Any:
    if hasattr(value, "model_dump"):
        return value.model_dump()
    if isinstance(value, dict):
        return {k: _dumped(v) for k, v in value.items()}
    return [_dumped(v) for v in value] if isinstance(value, (list, tuple)) else value


def _loaded(hint: Any, value: Any) -> Any:
    """A value as its hint says: dicts become files and models."""
    options = [hint, *get_args(hint)]
    if isinstance(value, dict):
        for option in options:
            if isinstance(option, type) and issubclass(option, FileData):
                return option.from_payload(value)
            if isinstance(option, type) and issubclass(option, GradioModel):
                return option(**value)
    if isinstance(value, list):
        inner = next((get_args(o)[0] for o in options if getattr(o, "__origin__", None) is list), Any)
        return [_loaded(inner, v) for v in value]
    return value


@dataclass_transform(kw_only_default=True)
class GradioModel:
    """A payload with named fields, which are the annotations of its subclass.

    Examples
    --------
    >>> class Point(GradioModel):
    ...     x: int
    ...     y: int = 0
    >>> Point(x=1).model_dump()
    {'x': 1, 'y': 0}
    """

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for name in cls.__dict__.get("__annotations__", {}):
            default = cls.__dict__.get(name)
            if isinstance(default, (list, dict, set)):  # each instance gets one of its own
                setattr(cls, name, field(default_factory=functools.partial(copy.deepcopy, default)))
        dataclass(kw_only=True)(cls)

    def __post_init__(self) -> None:
        """Make files and models of dicts."""
        hints = get_type_hints(type(self))
        for f in fields(self):  # type: ignore[arg-type]
            setattr(self, f.name, _loaded(hints[f.name], getattr(self, f.name)))

    def model_dump(self) -> dict[str, Any]:
        """As JSON."""
        return {f.name: _dumped(getattr(self, f.name)) for f in fields(self)}  # type: ignore[arg-type]

    @classmethod
    def model_validate(cls, payload: Any) -> Self:
        """From JSON."""
        return payload if isinstance(payload, cls) else cls(**payload)

    from_json = model_validate


class GradioRootModel(Generic[T]):
    """A payload that is one value: a list, a text.

    Parameters
    ----------
    root : object
        The value.

    Examples
    --------
    >>> class Names(GradioRootModel):
    ...     root: list[str]
    >>> Names(["a"]).model_dump()
    ['a']
    """

    root: Any

    def __init__(self, root: Any = None, **data: Any) -> None:
        if data:  # the fields of a root that is an object
            root = {**(root or {}), **data}
        self.root = _loaded(get_type_hints(type(self)).get("root", Any), root)

    def model_dump(self) -> Any:
        """As JSON."""
        return _dumped(self.root)

    @classmethod
    def model_validate(cls, payload: Any) -> Self:
        """From JSON."""
        return payload if isinstance(payload, cls) else cls(payload)

    from_json = model_validate


class ListFiles(GradioRootModel[list[FileData]]):
    """Several files.

    Examples
    --------
    >>> [f.path for f in ListFiles([{"path": "a.txt"}])]
    ['a.txt']
    """

    root: list[FileData]

    def __getitem__(self, index: int) -> FileData:
        return self.root[index]

    def __iter__(self) -> Iterator[FileData]:
        return iter(self.root)

    def __len__(self) -> int:
        return len(self.root)
