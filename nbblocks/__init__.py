"""Gradio-style Blocks for notebooks: Python functions as apps, in a cell, in Voilà, or as a page.

import nbblocks as gr

with gr.Blocks() as demo:
name = gr.Textbox(label="Name")
out = gr.Textbox(label="Greeting")
gr.Button("Greet").click(lambda n: f"Hello {n}!", name, out)

demo.launch()
"""

from typing import TYPE_CHECKING as _TYPE_CHECKING

from . import blocks as _blocks
from . import (
    components,
    data_classes,
    events,
    exceptions,
    flagging,
    layouts,
    mcp,
    media,
    pipelines,
    processing_utils,
    templates,
    themes,
    utils,
    validators,
)
from ._version import __version__
from .blocks import Blocks, api, close_all, render
from .chat_interface import ChatInterface
from .components import (
    HTML,
    JSON,
    AnnotatedImage,
    Annotatedimage,
    Audio,
    BarPlot,
    BrowserState,
    Brush,
    Button,
    Chatbot,
    ChatMessage,
    Checkbox,
    CheckboxGroup,
    Checkboxgroup,
    ClearButton,
    Code,
    ColorPicker,
    Component,
    DataFrame,
    Dataframe,
    Dataset,
    DateTime,
    DeepLinkButton,
    Dialogue,
    DownloadButton,
    Dropdown,
    DuplicateButton,
    Eraser,
    File,
    FileExplorer,
    Files,
    Gallery,
    Highlight,
    HighlightedText,
    Highlightedtext,
    Image,
    ImageEditor,
    ImageMask,
    ImageSlider,
    Json,
    Label,
    LayerOptions,
    LinePlot,
    List,
    LoginButton,
    Markdown,
    Matrix,
    MessageDict,
    MetadataDict,
    Mic,
    Microphone,
    Model3D,
    MultimodalTextbox,
    Navbar,
    Number,
    Numpy,
    Paint,
    ParamViewer,
    PlayableVideo,
    Plot,
    Radio,
    ScatterPlot,
    SimpleImage,
    Sketchpad,
    Slider,
    State,
    Text,
    TextArea,
    Textbox,
    Timer,
    UploadButton,
    Video,
    WatermarkOptions,
    WaveformOptions,
    WebcamOptions,
    Widget,
    WorkflowCanvas,
)
from .components.base import ComponentBase as _AnyComponent
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
from .hosts.frozen import freeze as _freeze
from .hosts.launch import launch as _launch
from .hosts.launch import notebook as _notebook
from .hosts.magic import load_ipython_extension, unload_ipython_extension
from .hosts.mount import mount_gradio_app
from .hosts.snapshot import page_of as _page_of
from .i18n import I18n
from .interface import Interface, TabbedInterface
from .layouts import (
    Accordion,
    Column,
    Draggable,
    Group,
    Row,
    Sidebar,
    Step,
    Tab,
    TabItem,
    Tabs,
    Walkthrough,
)
from .load_chat import load_chat
from .media import get_audio, get_file, get_image, get_model3d, get_video
from .remote import load, load_openapi
from .routes import App as _App
from .session import Info, Progress, Request, Success, Warning
from .session import stages as _stages
from .session.call import skip, update, validate
from .session.direct import call_directly as _call_directly
from .session.memo import Cache, cache
from .session.oauth import Header, OAuthProfile, OAuthToken
from .testing import test_app as _test_app
from .theme_builder import builder as _builder
from .themes import Base as Theme
from .utils import NO_RELOAD, FileSize, set_static_paths
from .wire.files import FileData, InputHTMLAttributes

Blocks._launcher = staticmethod(_launch)
Blocks._application = staticmethod(_App.create_app)
# Where Gradio has them too; one needs components, which need events, the other is a layout.
events.api = api  # type: ignore[attr-defined]
components.Form = layouts.Form  # type: ignore[attr-defined]
Blocks._as_page = staticmethod(_page_of)
Blocks._frozen = staticmethod(_freeze)
_AnyComponent._notebook = staticmethod(_notebook)
themes.builder = _builder
Blocks._caller = staticmethod(_call_directly)
Blocks._stages = _stages
_blocks.postprocess_update_dict = _stages.updated
Blocks._tester = staticmethod(_test_app)
Blocks._describer = staticmethod(_api_info_of)

if _TYPE_CHECKING:
    from .server import Server as Server
    from .workflow import Workflow as Workflow


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """Where the Jupyter server finds its half."""
    return [{"module": "nbblocks.hosts.hub.extension"}]


def __getattr__(name: str) -> object:
    """What needs a package that few have, and what few programs use, is imported when it is used."""
    if name == "Server":
        from .server import Server

        return Server
    if name == "Workflow":
        from .workflow import Workflow

        return Workflow
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """What can be had here: `Server` where its packages are installed."""
    from importlib.util import find_spec

    return sorted({*globals(), "Workflow", *(["Server"] if find_spec("fastapi") and find_spec("uvicorn") else [])})


__all__ = [
    "HTML",
    "JSON",
    "NO_RELOAD",
    "Accordion",
    "AnnotatedImage",
    "Annotatedimage",
    "Audio",
    "BarPlot",
    "Blocks",
    "BrowserState",
    "Brush",
    "Button",
    "CSVLogger",
    "Cache",
    "ChatInterface",
    "ChatMessage",
    "Chatbot",
    "Checkbox",
    "CheckboxGroup",
    "Checkboxgroup",
    "ClearButton",
    "Code",
    "ColorPicker",
    "Column",
    "Component",
    "CopyData",
    "DataFrame",
    "Dataframe",
    "Dataset",
    "DateTime",
    "DeepLinkButton",
    "DeletedFileData",
    "Dialogue",
    "DownloadButton",
    "DownloadData",
    "Draggable",
    "Dropdown",
    "DuplicateButton",
    "EditData",
    "Eraser",
    "Error",
    "EventData",
    "Examples",
    "File",
    "FileData",
    "FileExplorer",
    "FileSize",
    "Files",
    "FlaggingCallback",
    "Gallery",
    "Group",
    "Header",
    "Highlight",
    "HighlightedText",
    "Highlightedtext",
    "I18n",
    "Image",
    "ImageEditor",
    "ImageMask",
    "ImageSlider",
    "Info",
    "InputHTMLAttributes",
    "Interface",
    "Json",
    "KeyUpData",
    "Label",
    "LayerOptions",
    "LikeData",
    "LinePlot",
    "List",
    "LoginButton",
    "Markdown",
    "Matrix",
    "MessageDict",
    "MetadataDict",
    "Mic",
    "Microphone",
    "Model3D",
    "MultimodalTextbox",
    "Navbar",
    "Number",
    "Numpy",
    "OAuthProfile",
    "OAuthToken",
    "Paint",
    "ParamViewer",
    "PlayableVideo",
    "Plot",
    "Progress",
    "Radio",
    "Request",
    "RetryData",
    "Row",
    "ScatterPlot",
    "SelectData",
    "Sidebar",
    "SimpleCSVLogger",
    "SimpleImage",
    "Sketchpad",
    "Slider",
    "State",
    "Step",
    "Success",
    "Tab",
    "TabItem",
    "TabbedInterface",
    "Tabs",
    "Text",
    "TextArea",
    "Textbox",
    "Theme",
    "Timer",
    "UndoData",
    "UploadButton",
    "Video",
    "Walkthrough",
    "Warning",
    "WatermarkOptions",
    "WaveformOptions",
    "WebcamOptions",
    "Widget",
    "Workflow",
    "WorkflowCanvas",
    "__version__",
    "api",
    "cache",
    "close_all",
    "components",
    "data_classes",
    "events",
    "exceptions",
    "flagging",
    "get_audio",
    "get_file",
    "get_image",
    "get_model3d",
    "get_video",
    "layouts",
    "load",
    "load_chat",
    "load_ipython_extension",
    "load_openapi",
    "mcp",
    "media",
    "mount_gradio_app",
    "on",
    "pipelines",
    "processing_utils",
    "render",
    "set_static_paths",
    "skip",
    "templates",
    "themes",
    "unload_ipython_extension",
    "update",
    "utils",
    "validate",
    "validators",
]
