"""The app: its tree, its listeners, its settings."""

import importlib
from typing import Any

from ..tree import Block
from ..tree import Layout as BlockContext
from .api import api
from .app import Blocks, close_all, spare_name
from .options import LaunchOptions, QueueOptions
from .render import Rendering, render

__all__ = [
    "Block",
    "BlockContext",
    "Blocks",
    "LaunchOptions",
    "QueueOptions",
    "Rendering",
    "api",
    "close_all",
    "render",
    "spare_name",
]


def __getattr__(name: str) -> Any:
    """What stands above this layer, and what programs import from Gradio's module of this name all the same."""
    if name in ("Context", "LocalContext"):
        return getattr(importlib.import_module("nbblocks.context"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
