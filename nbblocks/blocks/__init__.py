"""The app: its tree, its listeners, its settings."""

from .app import Blocks, close_all
from .options import LaunchOptions, QueueOptions
from .render import Rendering, render

__all__ = ["Blocks", "LaunchOptions", "QueueOptions", "Rendering", "close_all", "render"]
