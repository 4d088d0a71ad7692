"""Tables as they are kept: what a component shows of one, orders, finds and edits in it, and gives back.

`Frame` is one of two: `Rows`, a list of lists, or `Native`, a frame of pandas, polars or pyarrow. Neither ever
changes: an edit gives another. `Table` is a frame with its history and look, under a name by which a page asks for
parts of it.
"""

from .cells import json_cell, page_cell
from .data import DataframeData
from .frame import Frame, Order, Query
from .native import Native
from .reading import frame_of, headers_of, is_empty, kinds_of
from .rows import Rows
from .table import PageTable, StaleEditError, Table

__all__ = [
    "DataframeData",
    "Frame",
    "Native",
    "Order",
    "PageTable",
    "Query",
    "Rows",
    "StaleEditError",
    "Table",
    "frame_of",
    "headers_of",
    "is_empty",
    "json_cell",
    "kinds_of",
    "page_cell",
]
