"""Gradio-style Blocks for notebooks: Python functions as apps, in a cell, in Voilà, or as a page.

import nbblocks as gr

with gr.Blocks() as demo:
name = gr.Textbox(label="Name")
out = gr.Textbox(label="Greeting")
gr.Button("Greet").click(lambda n: f"Hello {n}!", name, out)

demo.launch()
"""

from . import components, events, exceptions, layouts
from ._version import __version__
from .blocks import Blocks, close_all
from .components import (
    HTML,
    JSON,
    Audio,
    BarPlot,
    BrowserState,
    Button,
    Checkbox,
    CheckboxGroup,
    Checkboxgroup,
    ClearButton,
    Code,
    ColorPicker,
    Component,
    DateTime,
    Dropdown,
    Highlight,
    HighlightedText,
    Highlightedtext,
    Image,
    Json,
    Label,
    LinePlot,
    Markdown,
    Mic,
    Microphone,
    Model3D,
    Number,
    PlayableVideo,
    Plot,
    Radio,
    ScatterPlot,
    Slider,
    State,
    Text,
    TextArea,
    Textbox,
    Timer,
    Video,
    WatermarkOptions,
    WaveformOptions,
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
from .exceptions import Error
from .hosts.launch import launch as _launch
from .hosts.mount import mount_gradio_app
from .layouts import Accordion, Column, Group, Row, Tab, TabItem, Tabs
from .session import Info, Progress, Request, Success, Warning
from .session.call import skip, update, validate
from .wire.files import FileData, InputHTMLAttributes

Blocks._launcher = staticmethod(_launch)
Blocks._describer = staticmethod(_api_info_of)

__all__ = [
    "HTML",
    "JSON",
    "Accordion",
    "Audio",
    "BarPlot",
    "Blocks",
    "BrowserState",
    "Button",
    "Checkbox",
    "CheckboxGroup",
    "Checkboxgroup",
    "ClearButton",
    "Code",
    "ColorPicker",
    "Column",
    "Component",
    "CopyData",
    "DateTime",
    "DeletedFileData",
    "DownloadData",
    "Dropdown",
    "EditData",
    "Error",
    "EventData",
    "FileData",
    "Group",
    "Highlight",
    "HighlightedText",
    "Highlightedtext",
    "Image",
    "Info",
    "InputHTMLAttributes",
    "Json",
    "KeyUpData",
    "Label",
    "LikeData",
    "LinePlot",
    "Markdown",
    "Mic",
    "Microphone",
    "Model3D",
    "Number",
    "PlayableVideo",
    "Plot",
    "Progress",
    "Radio",
    "Request",
    "RetryData",
    "Row",
    "ScatterPlot",
    "SelectData",
    "Slider",
    "State",
    "Success",
    "Tab",
    "TabItem",
    "Tabs",
    "Text",
    "TextArea",
    "Textbox",
    "Timer",
    "UndoData",
    "Video",
    "Warning",
    "WatermarkOptions",
    "WaveformOptions",
    "WebcamOptions",
    "__version__",
    "close_all",
    "components",
    "events",
    "exceptions",
    "layouts",
    "mount_gradio_app",
    "on",
    "skip",
    "update",
    "validate",
]
