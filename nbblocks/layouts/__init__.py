"""Layouts: blocks that place others."""

from .column import Column
from .row import Row

__all__ = ["Column", "Row"]
