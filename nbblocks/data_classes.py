"""Kinds of payloads, by the names under which components written for Gradio import them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypedDict

from .wire.files import FileData, ImageData, ListFiles, set_static_paths, static_paths
from .wire.payloads import Root as JsonData

if TYPE_CHECKING:
    from .models import Base64ImageData, GradioBaseModel, GradioModel, GradioRootModel

__all__ = [
    "Base64ImageData",
    "FileData",
    "FileDataDict",
    "GradioBaseModel",
    "GradioModel",
    "GradioRootModel",
    "ImageData",
    "JsonData",
    "ListFiles",
    "MediaStreamChunk",
]


def __getattr__(name: str) -> Any:
    """Models of one's own are pydantic's, which takes long to import: only who asks for them waits."""
    if name in ("Base64ImageData", "GradioBaseModel", "GradioModel", "GradioRootModel"):
        from . import models

        found = globals()[name] = getattr(models, name)
        return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class _StaticFiles:
    """What `set_static_paths` was told, for all apps of this process."""

    all_paths: ClassVar[list[Path]] = static_paths()

    @classmethod
    def clear(cls) -> None:
        """Forget it."""
        set_static_paths([])


class MediaStreamChunk(TypedDict, total=False):
    """A piece of a stream: bytes of a file of its own, and how many seconds of it."""

    data: bytes
    duration: float
    extension: str
    id: str


class FileDataDict(TypedDict, total=False):
    """A file, as JSON."""

    path: str
    url: str | None
    size: int | None
    orig_name: str | None
    mime_type: str | None
    is_stream: bool | None
    meta: dict[str, Any]
