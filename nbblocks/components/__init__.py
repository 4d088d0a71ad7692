"""Components: blocks that hold a value."""

from .base import Component
from .browser_state import BrowserState
from .button import Button
from .checkbox import Checkbox
from .checkbox_group import CheckboxGroup
from .clear_button import ClearButton
from .code import Code
from .color_picker import ColorPicker
from .dataset import Dataset
from .date_time import DateTime
from .dropdown import Dropdown
from .highlighted_text import HighlightedText
from .html import HTML
from .image import Image, WatermarkOptions, WebcamOptions
from .json import JSON
from .label import Label
from .markdown import Markdown
from .number import Number
from .radio import Radio
from .shortcut import get_component_instance
from .slider import Slider
from .state import State
from .text_area import TextArea
from .textbox import Textbox
from .timer import Timer

Highlight = Highlightedtext = HighlightedText
Json = JSON
Text = Textbox
Checkboxgroup = CheckboxGroup

__all__ = [
    "HTML",
    "JSON",
    "BrowserState",
    "Button",
    "Checkbox",
    "CheckboxGroup",
    "Checkboxgroup",
    "ClearButton",
    "Code",
    "ColorPicker",
    "Component",
    "Dataset",
    "DateTime",
    "Dropdown",
    "Highlight",
    "HighlightedText",
    "Highlightedtext",
    "Image",
    "Json",
    "Label",
    "Markdown",
    "Number",
    "Radio",
    "Slider",
    "State",
    "Text",
    "TextArea",
    "Textbox",
    "Timer",
    "WatermarkOptions",
    "WebcamOptions",
    "get_component_instance",
]
