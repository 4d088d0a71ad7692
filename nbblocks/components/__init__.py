"""Components: blocks that hold a value."""

from .audio import Audio, WaveformOptions
from .bar_plot import BarPlot
from .base import Component
from .browser_state import BrowserState
from .button import Button
from .checkbox import Checkbox
from .checkbox_group import CheckboxGroup
from .clear_button import ClearButton
from .code import Code
from .color_picker import ColorPicker
from .date_time import DateTime
from .dropdown import Dropdown
from .highlighted_text import HighlightedText
from .html import HTML
from .image import Image, WatermarkOptions, WebcamOptions
from .json import JSON
from .label import Label
from .line_plot import LinePlot
from .markdown import Markdown
from .microphone import Microphone
from .model3d import Model3D
from .native_plot import NativePlot
from .number import Number
from .playable_video import PlayableVideo
from .plot import Plot
from .radio import Radio
from .scatter_plot import ScatterPlot
from .slider import Slider
from .state import State
from .text_area import TextArea
from .textbox import Textbox
from .timer import Timer
from .video import Video

Highlight = Highlightedtext = HighlightedText
Json = JSON
Mic = Microphone
Text = Textbox
Checkboxgroup = CheckboxGroup

__all__ = [
    "HTML",
    "JSON",
    "Audio",
    "BarPlot",
    "BrowserState",
    "Button",
    "Checkbox",
    "CheckboxGroup",
    "Checkboxgroup",
    "ClearButton",
    "Code",
    "ColorPicker",
    "Component",
    "DateTime",
    "Dropdown",
    "Highlight",
    "HighlightedText",
    "Highlightedtext",
    "Image",
    "Json",
    "Label",
    "LinePlot",
    "Markdown",
    "Mic",
    "Microphone",
    "Model3D",
    "NativePlot",
    "Number",
    "PlayableVideo",
    "Plot",
    "Radio",
    "ScatterPlot",
    "Slider",
    "State",
    "Text",
    "TextArea",
    "Textbox",
    "Timer",
    "Video",
    "WatermarkOptions",
    "WaveformOptions",
    "WebcamOptions",
]
