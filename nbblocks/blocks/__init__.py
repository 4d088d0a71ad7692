"""The app: its tree, its listeners, its settings."""

from .app import Blocks, close_all
from .options import LaunchOptions, QueueOptions

__all__ = ["Blocks", "LaunchOptions", "QueueOptions", "close_all"]
