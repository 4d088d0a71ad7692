"""Payloads with names: JSON objects and lists that also read as Gradio's data models do."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from typing_extensions import Self

__all__ = ["Model", "ModelList", "Record", "RecordList", "RecordText", "Root", "dumped", "fields_of", "selected"]


def dumped(value: Any) -> Any:
    """A payload as plain JSON: every file, record and model in it as what it holds.

    Examples
    --------
    >>> dumped({"a": Record(b=1)})
    {'a': {'b': 1}}
    """
    if isinstance(value, dict):
        return {k: dumped(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [dumped(v) for v in value]
    return value.model_dump() if hasattr(value, "model_dump") else value


class Model:
    """What all kinds of payloads offer: to be read from JSON, and written as it."""

    json_schema: ClassVar[dict[str, Any]] = {}  #: what a client is told of it

    def model_dump(self, **how: Any) -> Any:
        """As plain JSON.

        Parameters
        ----------
        **how
            `exclude_none=True` leaves out what is None; `include` and `exclude` name fields.
        """
        raise NotImplementedError

    def model_dump_json(self, **how: Any) -> str:
        """As the text of JSON; `how` is as that of `model_dump`, with `indent`."""
        indent = how.pop("indent", None)
        return json.dumps(self.model_dump(**how), indent=indent, separators=None if indent else (",", ":"))

    def model_copy(self, *, update: dict[str, Any] | None = None, deep: bool = False) -> Self:
        """The same once more, with other values for some fields."""
        made = copy.deepcopy(self) if deep else copy.copy(self)
        for name, value in (update or {}).items():
            setattr(made, name, value)
        return made

    def copy_to_dir(self, dir: str | Path) -> Self:
        """The same, with its files copied into a folder, each into one named by its content."""
        from .files import as_files, copied

        return self.model_validate(as_files(copied(self.model_dump(), Path(dir), as_files=True)))

    @classmethod
    def model_validate(cls, payload: Any) -> Self:
        """From JSON."""
        raise NotImplementedError

    @classmethod
    def from_json(cls, payload: Any) -> Self:
        """From JSON."""
        return cls.model_validate(payload)

    @classmethod
    def model_validate_json(cls, text: str | bytes) -> Self:
        """From the text of JSON."""
        return cls.model_validate(json.loads(text))

    @classmethod
    def model_json_schema(cls, **_: Any) -> dict[str, Any]:
        """JSON schema of it."""
        return copy.deepcopy(cls.json_schema)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """How a pydantic model takes one as a field: https://docs.pydantic.dev/latest/concepts/types/."""
        from pydantic_core import core_schema

        def taken(payload: Any) -> Any:
            try:
                return cls.model_validate(payload)
            except (TypeError, LookupError) as error:
                raise ValueError(str(error)) from None

        told = core_schema.plain_serializer_function_ser_schema(lambda kept: kept.model_dump())
        return core_schema.no_info_plain_validator_function(taken, serialization=told)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, Any]:
        """What a pydantic model says of such a field; definitions stand in place, for it has its own."""
        told = cls.model_json_schema()
        return _inlined(told, told.pop("$defs", {}))  # type: ignore[no-any-return]


def selected(told: Any, **how: Any) -> Any:
    """What is wanted of a payload: without None, or without some fields."""
    exclude_none, include, exclude = how.get("exclude_none"), how.get("include"), how.get("exclude") or ()
    if isinstance(told, list):
        return [selected(v, exclude_none=exclude_none) for v in told]
    if not isinstance(told, dict):
        return told
    return {
        k: selected(v, exclude_none=exclude_none)
        for k, v in told.items()
        if not (exclude_none and v is None) and k not in exclude and (include is None or k in include)
    }


def _inlined(told: Any, definitions: dict[str, Any]) -> Any:
    if isinstance(told, list):
        return [_inlined(v, definitions) for v in told]
    if not isinstance(told, dict):
        return told
    name = str(told.get("$ref", "")).rpartition("/")[2]
    if name in definitions:
        return _inlined(definitions[name], definitions)
    return {k: _inlined(v, definitions) for k, v in told.items()}


def fields_of(model: Model) -> Any:
    """What a model holds: its root, or its fields by name, with the files in it as they are."""
    if isinstance(model, ModelList):
        return model.root
    names = getattr(type(model), "model_fields", None)
    if names is None:
        return model.model_dump()
    held = {name: getattr(model, name) for name in names}
    return held.get("root", held)


class Record(Model, dict[str, Any]):
    """A JSON object whose fields are attributes as well.

    Subclasses name the fields that may be left out, with what stands for them, in `defaults`; those that may not in
    `required`; and in `kinds` the model of a field, or of each item of a field that is a list.

    Examples
    --------
    >>> class Point(Record):
    ...     required = ("x",)
    ...     defaults = {"y": 0}
    >>> point = Point(x=1)
    >>> point.x, point["y"], point.model_dump()
    (1, 0, {'x': 1, 'y': 0})
    """

    required: ClassVar[tuple[str, ...]] = ()
    defaults: ClassVar[dict[str, Any]] = {}
    kinds: ClassVar[dict[str, tuple[type[Any], ...]]] = {}

    def __init__(self, *args: Any, **fields: Any) -> None:
        super().__init__(*args, **fields)
        for name in self.required:
            if name not in self:
                missing = ", ".join(repr(n) for n in self.required if n not in self)
                raise ValueError(f"{type(self).__name__} needs {missing}")
        for name, default in self.defaults.items():
            if name not in self:
                self[name] = copy.copy(default) if isinstance(default, (list, dict)) else default
        for name, kinds in self.kinds.items():
            if name in self:
                self[name] = _made(kinds, self[name])

    @classmethod
    def of(cls, **fields: Any) -> Self:
        """One of which all fields are there and right: nothing is looked at."""
        made = cls.__new__(cls)
        made.update(fields)
        return made

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"{type(self).__name__} has no field {name!r}") from None

    def __setattr__(self, name: str, value: Any) -> None:
        self[name] = value

    def model_dump(self, **how: Any) -> dict[str, Any]:
        """As plain JSON; `how` is as that of other models."""
        return selected(dumped(dict(self)), **how)  # type: ignore[no-any-return]

    def __copy__(self) -> Self:
        return type(self)(self)

    def __reduce__(self) -> Any:
        return (type(self), (dict(self),))

    @classmethod
    def model_validate(cls, payload: Any) -> Self:
        """From JSON.

        Raises
        ------
        ValueError
            It is no object, or a field is missing.
        """
        if isinstance(payload, cls):
            return payload
        if not isinstance(payload, dict):
            raise ValueError(f"{cls.__name__}: expected an object, got {type(payload).__name__}")
        return cls(payload)


def _made(kinds: tuple[type[Any], ...], value: Any) -> Any:
    """A field as the first model that takes it; any other value as it is."""
    if isinstance(value, (list, tuple)):
        return [_made(kinds, one) for one in value] if kinds else value
    if not isinstance(value, dict) or isinstance(value, kinds):
        return value
    for kind in kinds:
        if not all(name in value for name in getattr(kind, "required", ())):
            continue
        try:
            return kind.model_validate(value)
        except (TypeError, ValueError, LookupError):
            continue
    return value


class ModelList(Model):
    """A payload that is one value, its `root`."""

    @property
    def root(self) -> Any:
        """The value."""
        raise NotImplementedError


class RecordList(ModelList, list[Any]):
    """A JSON list that is also called its `root`; `kinds` are the models of its items.

    Examples
    --------
    >>> names = RecordList(root=["Ada"])
    >>> names.root[0], names.model_dump()
    ('Ada', ['Ada'])
    """

    kinds: ClassVar[tuple[type[Any], ...]] = ()

    def __init__(self, root: Any = ()) -> None:
        super().__init__(_made(self.kinds, list(root)))

    @classmethod
    def of(cls, items: Iterable[Any]) -> Self:
        """One whose items are right: nothing is looked at."""
        made = cls.__new__(cls)
        made.extend(items)
        return made

    @property
    def root(self) -> list[Any]:
        """The list itself."""
        return self

    def model_dump(self, **how: Any) -> Any:
        """As plain JSON; `how` is as that of other models."""
        return selected(dumped(list(self)), **how)

    @classmethod
    def model_validate(cls, payload: Any) -> Self:
        """From JSON.

        Raises
        ------
        ValueError
            It is no list.
        """
        if isinstance(payload, cls):
            return payload
        if not isinstance(payload, (list, tuple)):
            raise ValueError(f"{cls.__name__}: expected a list, got {type(payload).__name__}")
        return cls(payload)


class RecordText(ModelList, str):
    """A text that is also called its `root`.

    Examples
    --------
    >>> RecordText("Hello").root
    'Hello'
    """

    __slots__ = ()

    @property
    def root(self) -> str:
        """The text itself."""
        return str(self)

    def model_dump(self, **_: Any) -> str:
        """As plain JSON."""
        return str(self)

    @classmethod
    def model_validate(cls, payload: Any) -> Self:
        """From JSON."""
        return cls(payload)


class Root(ModelList):
    """Any one value of JSON, called its `root`.

    Parameters
    ----------
    root : object
        The value.

    Examples
    --------
    >>> Root(True).model_dump(), Root([1]) == [1]
    (True, True)
    """

    __slots__ = ("_root",)
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, root: Any) -> None:
        self._root = root

    @property
    def root(self) -> Any:
        """The value."""
        return self._root

    def model_dump(self, **how: Any) -> Any:
        """As plain JSON; `how` is as that of other models."""
        return selected(dumped(self._root), **how)

    @classmethod
    def model_validate(cls, payload: Any) -> Self:
        """From JSON."""
        return payload if isinstance(payload, cls) else cls(payload)

    def __getitem__(self, key: Any) -> Any:
        return self._root[key]

    def __iter__(self) -> Any:
        return iter(self._root)

    def __len__(self) -> int:
        return len(self._root)

    def __eq__(self, other: object) -> bool:
        return bool(self._root == (other._root if isinstance(other, Root) else other))

    def __repr__(self) -> str:
        return repr(self._root)
