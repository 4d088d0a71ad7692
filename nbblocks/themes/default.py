"""The notebook blocks in orange: what Gradio's own default is."""

from __future__ import annotations

from typing import Any, ClassVar

from .base import Base
from .utils import colors, fonts

__all__ = ["Default"]


class Default(Base):
    """The notebook blocks in orange: what Gradio's own default is.

    Its parameters are those of `Base`, with other defaults.
    """

    name = "default"
    _presets: ClassVar[dict[str, Any]] = {
        "primary_hue": colors.orange,
        "font": (fonts.LocalFont("Source Sans Pro"), "ui-sans-serif", "system-ui", "sans-serif"),
    }
