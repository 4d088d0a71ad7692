"""The app: its tree, its listeners, its settings."""

from .api import api
from .app import Blocks, close_all
from .options import LaunchOptions, QueueOptions
from .render import Rendering, render

__all__ = ["Blocks", "LaunchOptions", "QueueOptions", "Rendering", "api", "close_all", "render"]
