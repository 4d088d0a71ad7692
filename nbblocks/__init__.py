"""Gradio-style Blocks for notebooks: Python functions as apps, in a cell, in Voilà, or as a page.

    import nbblocks as gr

    with gr.Blocks() as demo:
        name = gr.Textbox(label="Name")
        out = gr.Textbox(label="Greeting")
        gr.Button("Greet").click(lambda n: f"Hello {n}!", name, out)

    demo.launch()
"""

from ._version import __version__
from .blocks import Blocks, close_all
from .components import Button, Component, Markdown, State, Textbox
from .events import (
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
    on,
)
from .exceptions import Error
from .hosts.launch import launch as _launch
from .layouts import Column, Row
from .session import Info, Progress, Request, Success, Warning
from .session.call import skip, update
from .wire.files import FileData, InputHTMLAttributes

Blocks._launcher = staticmethod(_launch)

__all__ = [
    "Blocks",
    "Button",
    "Column",
    "Component",
    "CopyData",
    "DeletedFileData",
    "DownloadData",
    "EditData",
    "Error",
    "EventData",
    "FileData",
    "Info",
    "InputHTMLAttributes",
    "KeyUpData",
    "LikeData",
    "Markdown",
    "Progress",
    "Request",
    "RetryData",
    "Row",
    "SelectData",
    "State",
    "Success",
    "Textbox",
    "UndoData",
    "Warning",
    "__version__",
    "close_all",
    "on",
    "skip",
    "update",
]
