"""Events: what a person or a handler makes happen, and who listens."""

from .data import (
    CopyData,
    DeletedFileData,
    DownloadData,
    EditData,
    EventData,
    KeyUpData,
    LikeData,
    RetryData,
    SelectData,
    UndoData,
)
from .injected import Injected
from .listener import Dependency, Listener, event, on
from .names import EventListener, Events

__all__ = [
    "CopyData",
    "DeletedFileData",
    "Dependency",
    "DownloadData",
    "EditData",
    "EventData",
    "EventListener",
    "Events",
    "Injected",
    "KeyUpData",
    "LikeData",
    "Listener",
    "RetryData",
    "SelectData",
    "UndoData",
    "event",
    "on",
]
