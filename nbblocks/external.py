"""What programs for Gradio import from `gradio.external`: apps and models that run elsewhere."""

from .load_chat import load_chat
from .remote import load, load_openapi

__all__ = ["load", "load_chat", "load_openapi"]
