"""Components: blocks that hold a value."""

import sys
from typing import TYPE_CHECKING

from ..wire.files import InputHTMLAttributes
from . import base
from .annotated_image import AnnotatedImage
from .audio import Audio, WaveformOptions
from .bar_plot import BarPlot
from .base import Keywords
from .browser_state import BrowserState
from .button import Button
from .chatbot import Chatbot, ChatMessage, ExampleMessage, Message, MessageDict, MetadataDict, OptionDict
from .checkbox import Checkbox
from .checkbox_group import CheckboxGroup
from .clear_button import ClearButton
from .code import Code
from .color_picker import ColorPicker
from .custom import Fallback, FormComponent, StreamingInput, StreamingOutput
from .dataframe import Dataframe, List, Matrix, Numpy
from .dataset import Dataset
from .date_time import DateTime
from .dialogue import Dialogue
from .download_button import DownloadButton
from .dropdown import Dropdown
from .file import File
from .file_explorer import FileExplorer
from .files import Files
from .gallery import Gallery
from .highlighted_text import HighlightedText
from .html import HTML
from .hub_buttons import DeepLinkButton, DuplicateButton, LoginButton
from .image import Image, WatermarkOptions, WebcamOptions
from .image_editor import Brush, EditorValue, Eraser, ImageEditor, LayerOptions
from .image_mask import ImageMask
from .image_slider import ImageSlider
from .json import JSON
from .label import Label
from .line_plot import LinePlot
from .markdown import Markdown
from .microphone import Microphone
from .model3d import Model3D
from .multimodal_textbox import MultimodalTextbox
from .native_plot import NativePlot
from .navbar import Navbar
from .number import Number
from .paint import Paint
from .param_viewer import ParamViewer
from .playable_video import PlayableVideo
from .plot import Plot
from .radio import Radio
from .scatter_plot import ScatterPlot
from .shortcut import get_component_instance
from .simple_image import SimpleImage
from .sketchpad import Sketchpad
from .slider import Slider
from .state import State
from .text_area import TextArea
from .textbox import Textbox
from .timer import Timer
from .upload_button import UploadButton
from .video import Video
from .widget import Widget
from .workflow_canvas import WorkflowCanvas

_Keywords = Keywords

Annotatedimage = AnnotatedImage

DataFrame = Dataframe
Highlight = Highlightedtext = HighlightedText
Json = JSON
Mic = Microphone
Text = Textbox
Checkboxgroup = CheckboxGroup

if TYPE_CHECKING:  # what every component is; at run time also what one of one's own can be made from
    from .base import Component
else:
    from .custom import Component

__all__ = [
    "HTML",
    "JSON",
    "AnnotatedImage",
    "Annotatedimage",
    "Audio",
    "BarPlot",
    "BrowserState",
    "Brush",
    "Button",
    "ChatMessage",
    "Chatbot",
    "Checkbox",
    "CheckboxGroup",
    "Checkboxgroup",
    "ClearButton",
    "Code",
    "ColorPicker",
    "Component",
    "DataFrame",
    "Dataframe",
    "Dataset",
    "DateTime",
    "DeepLinkButton",
    "Dialogue",
    "DownloadButton",
    "Dropdown",
    "DuplicateButton",
    "EditorValue",
    "Eraser",
    "ExampleMessage",
    "Fallback",
    "File",
    "FileExplorer",
    "Files",
    "FormComponent",
    "Gallery",
    "Highlight",
    "HighlightedText",
    "Highlightedtext",
    "Image",
    "ImageEditor",
    "ImageMask",
    "ImageSlider",
    "InputHTMLAttributes",
    "Json",
    "Label",
    "LayerOptions",
    "LinePlot",
    "List",
    "LoginButton",
    "Markdown",
    "Matrix",
    "Message",
    "MessageDict",
    "MetadataDict",
    "Mic",
    "Microphone",
    "Model3D",
    "MultimodalTextbox",
    "NativePlot",
    "Navbar",
    "Number",
    "Numpy",
    "OptionDict",
    "Paint",
    "ParamViewer",
    "PlayableVideo",
    "Plot",
    "Radio",
    "ScatterPlot",
    "SimpleImage",
    "Sketchpad",
    "Slider",
    "State",
    "StreamingInput",
    "StreamingOutput",
    "Text",
    "TextArea",
    "Textbox",
    "Timer",
    "UploadButton",
    "Video",
    "WatermarkOptions",
    "WaveformOptions",
    "WebcamOptions",
    "Widget",
    "WorkflowCanvas",
    "get_component_instance",
]

#: Modules that programs for Gradio import by another name.
_MODULES = {
    "checkboxgroup": "checkbox_group",
    "datetime": "date_time",
    "deep_link_button": "hub_buttons",
    "duplicate_button": "hub_buttons",
    "fallback": "custom",
    "imageslider": "image_slider",
    "json_component": "json",
    "login_button": "hub_buttons",
    "paramviewer": "param_viewer",
}
for _name, _own in _MODULES.items():
    sys.modules[f"{__name__}.{_name}"] = sys.modules[f"{__name__}.{_own}"]

# Where Gradio has them; those here stand above what they are imported from.
for _name in ("FormComponent", "StreamingInput", "StreamingOutput", "get_component_instance"):
    setattr(base, _name, globals()[_name])
component = get_component_instance
base.Component = Component  # type: ignore[misc]
for _plot in (BarPlot, LinePlot, ScatterPlot):
    setattr(sys.modules[NativePlot.__module__], _plot.__name__, _plot)
