"""Gradio-style Blocks for notebooks: Python functions as apps, in a cell, in Voilà, or as a page.

import nbblocks as gr

with gr.Blocks() as demo:
name = gr.Textbox(label="Name")
out = gr.Textbox(label="Greeting")
gr.Button("Greet").click(lambda n: f"Hello {n}!", name, out)

demo.launch()
"""

from . import components, events, exceptions, flagging, layouts, pipelines, templates
from ._version import __version__
from .blocks import Blocks, close_all
from .components import (
    HTML,
    JSON,
    BrowserState,
    Button,
    Checkbox,
    CheckboxGroup,
    Checkboxgroup,
    ClearButton,
    Code,
    ColorPicker,
    Component,
    Dataset,
    DateTime,
    Dropdown,
    Highlight,
    HighlightedText,
    Highlightedtext,
    Image,
    Json,
    Label,
    Markdown,
    Number,
    Radio,
    Slider,
    State,
    Text,
    TextArea,
    Textbox,
    Timer,
    WatermarkOptions,
    WebcamOptions,
)
from .endpoints.info import api_info_of as _api_info_of
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
from .examples import Examples
from .exceptions import Error
from .flagging import CSVLogger, FlaggingCallback, SimpleCSVLogger
from .hosts.launch import launch as _launch
from .hosts.mount import mount_gradio_app
from .interface import Interface, TabbedInterface
from .layouts import Accordion, Column, Group, Row, Tab, TabItem, Tabs
from .session import Info, Progress, Request, Success, Warning
from .session.call import skip, update, validate
from .session.direct import call_directly as _call_directly
from .wire.files import FileData, InputHTMLAttributes

Blocks._launcher = staticmethod(_launch)
Blocks._caller = staticmethod(_call_directly)
Blocks._describer = staticmethod(_api_info_of)

__all__ = [
    "HTML",
    "JSON",
    "Accordion",
    "Blocks",
    "BrowserState",
    "Button",
    "CSVLogger",
    "Checkbox",
    "CheckboxGroup",
    "Checkboxgroup",
    "ClearButton",
    "Code",
    "ColorPicker",
    "Column",
    "Component",
    "CopyData",
    "Dataset",
    "DateTime",
    "DeletedFileData",
    "DownloadData",
    "Dropdown",
    "EditData",
    "Error",
    "EventData",
    "Examples",
    "FileData",
    "FlaggingCallback",
    "Group",
    "Highlight",
    "HighlightedText",
    "Highlightedtext",
    "Image",
    "Info",
    "InputHTMLAttributes",
    "Interface",
    "Json",
    "KeyUpData",
    "Label",
    "LikeData",
    "Markdown",
    "Number",
    "Progress",
    "Radio",
    "Request",
    "RetryData",
    "Row",
    "SelectData",
    "SimpleCSVLogger",
    "Slider",
    "State",
    "Success",
    "Tab",
    "TabItem",
    "TabbedInterface",
    "Tabs",
    "Text",
    "TextArea",
    "Textbox",
    "Timer",
    "UndoData",
    "Warning",
    "WatermarkOptions",
    "WebcamOptions",
    "__version__",
    "close_all",
    "components",
    "events",
    "exceptions",
    "flagging",
    "layouts",
    "mount_gradio_app",
    "on",
    "pipelines",
    "skip",
    "templates",
    "update",
    "validate",
]
