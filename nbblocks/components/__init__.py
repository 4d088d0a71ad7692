"""Components: blocks that hold a value."""

from .base import Component
from .browser_state import BrowserState
from .button import Button
from .checkbox import Checkbox
from .checkbox_group import CheckboxGroup
from .clear_button import ClearButton
from .code import Code
from .color_picker import ColorPicker
from .date_time import DateTime
from .dialogue import Dialogue
from .dropdown import Dropdown
from .highlighted_text import HighlightedText
from .html import HTML
from .hub_buttons import DeepLinkButton, DuplicateButton, LoginButton
from .image import Image, WatermarkOptions, WebcamOptions
from .json import JSON
from .label import Label
from .markdown import Markdown
from .navbar import Navbar
from .number import Number
from .param_viewer import ParamViewer
from .radio import Radio
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
    "DateTime",
    "DeepLinkButton",
    "Dialogue",
    "Dropdown",
    "DuplicateButton",
    "Highlight",
    "HighlightedText",
    "Highlightedtext",
    "Image",
    "Json",
    "Label",
    "LoginButton",
    "Markdown",
    "Navbar",
    "Number",
    "ParamViewer",
    "Radio",
    "Slider",
    "State",
    "Text",
    "TextArea",
    "Textbox",
    "Timer",
    "WatermarkOptions",
    "WebcamOptions",
]
