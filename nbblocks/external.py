"""What programs for Gradio import from `gradio.external`: apps and models that run elsewhere."""

from .exceptions import GradioVersionIncompatibleError, ModelNotFoundError, TooManyRequestsError
from .load_chat import load_chat
from .remote import load, load_openapi

__all__ = [
    "GradioVersionIncompatibleError",
    "ModelNotFoundError",
    "TooManyRequestsError",
    "load",
    "load_chat",
    "load_openapi",
]
