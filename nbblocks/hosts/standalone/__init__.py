"""A page served by the process that called `launch()`: tornado, with jupyter_server's identity and origin checks."""

from .serve import StandaloneApp
from .start import serve

__all__ = ["StandaloneApp", "serve"]
