"""Components: blocks that hold a value."""

from .base import Component
from .browser_state import BrowserState
from .button import Button
from .checkbox import Checkbox
from .checkbox_group import CheckboxGroup
from .clear_button import ClearButton
from .code import Code
from .color_picker import ColorPicker
from .dropdown import Dropdown
from .html import HTML
from .image import Image, WatermarkOptions, WebcamOptions
from .markdown import Markdown
from .number import Number
from .radio import Radio
from .slider import Slider
from .state import State
from .text_area import TextArea
from .textbox import Textbox
from .timer import Timer

Text = Textbox
Checkboxgroup = CheckboxGroup

__all__ = [
    "HTML",
    "BrowserState",
    "Button",
    "Checkbox",
    "CheckboxGroup",
    "Checkboxgroup",
    "ClearButton",
    "Code",
    "ColorPicker",
    "Component",
    "Dropdown",
    "Image",
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
]
