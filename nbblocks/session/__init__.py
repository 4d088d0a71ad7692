"""One live instance of the tree: its state, its jobs, its files, its lifetime."""

from .app import LiveApp
from .current import Error, Info, Success, Warning, current
from .progress import Progress
from .request import Request
from .session import Session

__all__ = ["Error", "Info", "LiveApp", "Progress", "Request", "Session", "Success", "Warning", "current"]
