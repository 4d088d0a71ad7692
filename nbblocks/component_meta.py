"""What programs for Gradio import from `gradio.component_meta`."""

from .components import Component

__all__ = ["ComponentMeta"]

ComponentMeta = type(Component)  #: the class of component classes: there is nothing special about them here
