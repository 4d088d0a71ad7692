"""Themes: how an app looks.

`gr.themes.Soft(primary_hue="emerald").set(button_primary_shadow="none")` is given to `launch(theme=…)`. Nothing is
fetched: fonts are the viewer's own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import utils
from .base import Base, ThemeClass, built_in, theme_of
from .citrus import Citrus
from .cyberpunk import Cyberpunk
from .default import Default
from .ember import Ember
from .glass import Glass
from .mario import Mario
from .monochrome import Monochrome
from .neon import Neon
from .ocean import Ocean
from .origin import Origin
from .soft import Soft
from .utils import colors, sizes
from .utils.colors import Color
from .utils.fonts import Font, GoogleFont, LocalFont
from .utils.sizes import Size

#: Opens an app in which a theme is put together; the package brings it, for themes know nothing of apps.
builder: Callable[..., Any]

__all__ = [
    "Base",
    "Citrus",
    "Color",
    "Cyberpunk",
    "Default",
    "Ember",
    "Font",
    "Glass",
    "GoogleFont",
    "LocalFont",
    "Mario",
    "Monochrome",
    "Neon",
    "Ocean",
    "Origin",
    "Size",
    "Soft",
    "ThemeClass",
    "builder",
    "built_in",
    "colors",
    "sizes",
    "theme_of",
    "utils",
]
