"""Components with other defaults, under the names that they go by."""

from __future__ import annotations

import sys
from typing import Any

_NAMES = (
    "Files",
    "ImageMask",
    "List",
    "Matrix",
    "Mic",
    "Microphone",
    "Numpy",
    "Paint",
    "PlayableVideo",
    "Sketchpad",
    "TextArea",
)


def __getattr__(name: str) -> Any:
    """The same class as in the package itself."""
    if name in _NAMES:
        return getattr(sys.modules[__name__.partition(".")[0]], name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return list(_NAMES)
