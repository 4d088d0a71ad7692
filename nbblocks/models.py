"""Kinds of payloads of one's own, as pydantic models; this module alone imports pydantic, when they are asked for."""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, RootModel

from .wire.payloads import Model, ModelList

__all__ = ["Base64ImageData", "GradioBaseModel", "GradioModel", "GradioRootModel"]

T = TypeVar("T")


class _Kind(type(BaseModel)):  # type: ignore[misc]
    """Light payloads of this package count as instances of the models whose place they take."""

    def __instancecheck__(cls, instance: Any) -> bool:
        return super().__instancecheck__(instance) or cls._stands_for(type(instance))

    def __subclasscheck__(cls, subclass: type) -> bool:
        return super().__subclasscheck__(subclass) or cls._stands_for(subclass)

    def _stands_for(cls, other: type) -> bool:
        """Whether it is a light payload of this kind: one of named fields, or one that is a value of its own."""
        light = cls.__dict__.get("_light")
        return light is not None and issubclass(other, light) and issubclass(other, ModelList) == (light is ModelList)


class GradioModel(BaseModel, Model):  # type: ignore[misc]  # pydantic's own methods come first
    """A payload with named fields, which are the annotations of its subclass.

    Examples
    --------
    >>> class Point(GradioModel):
    ...     x: int
    ...     y: int = 0
    >>> Point(x=1).model_dump()
    {'x': 1, 'y': 0}
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)
    _light: ClassVar[type] = Model


class GradioRootModel(RootModel[T], Model):  # type: ignore[misc]
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

    root: T
    _light: ClassVar[type] = ModelList


GradioModel.__class__ = _Kind  # type: ignore[method-assign]
GradioRootModel.__class__ = _Kind  # type: ignore[method-assign]


#: What all kinds of payloads are.
GradioBaseModel = Model


class Base64ImageData(GradioModel):
    """A picture as a `data:` URL.

    Examples
    --------
    >>> Base64ImageData(url="data:image/png;base64,").url
    'data:image/png;base64,'
    """

    url: str
