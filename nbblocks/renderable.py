"""What programs for Gradio import from `gradio.renderable`."""

from .blocks import Rendering as Renderable
from .blocks import render

__all__ = ["Renderable", "render"]
