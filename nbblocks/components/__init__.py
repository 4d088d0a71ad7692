"""Components: blocks that hold a value."""

from .base import Component
from .button import Button
from .checkbox import Checkbox
from .clear_button import ClearButton
from .html import HTML
from .image import Image, WatermarkOptions, WebcamOptions
from .markdown import Markdown
from .number import Number
from .state import State
from .textbox import Textbox

__all__ = [
    "HTML",
    "Button",
    "Checkbox",
    "ClearButton",
    "Component",
    "Image",
    "Markdown",
    "Number",
    "State",
    "Textbox",
    "WatermarkOptions",
    "WebcamOptions",
]
