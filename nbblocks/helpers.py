"""What programs for Gradio import from `gradio.helpers`; each lives in the module of its own idea."""

from .events import EventData
from .examples import Examples
from .session import Info, Progress, Success, Warning
from .session.call import skip, update, validate

__all__ = ["EventData", "Examples", "Info", "Progress", "Success", "Warning", "skip", "update", "validate"]
