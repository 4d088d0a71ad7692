"""What programs for Gradio import from `gradio.caching`."""

from .session.memo import Cache, cache

__all__ = ["Cache", "cache"]
