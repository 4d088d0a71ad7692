"""The app: its tree, its listeners, its settings."""

from ..tree import Block
from ..tree import Layout as BlockContext
from .api import api
from .app import Blocks, close_all
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
]
