"""Layouts: blocks that place others."""

from .accordion import Accordion
from .column import Column
from .group import Group
from .row import Row
from .tabs import Tab, TabItem, Tabs

__all__ = ["Accordion", "Column", "Group", "Row", "Tab", "TabItem", "Tabs"]
