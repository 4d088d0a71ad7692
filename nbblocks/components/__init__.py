"""Components: blocks that hold a value."""

from .base import Component
from .button import Button
from .markdown import Markdown
from .state import State
from .textbox import Textbox

__all__ = ["Button", "Component", "Markdown", "State", "Textbox"]
