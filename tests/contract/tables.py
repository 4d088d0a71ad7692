"""Every parameter of the tables, and what shows that it is honoured."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import nbblocks as gr
from nbblocks.exceptions import WireError
from tests.contract.looks import PLACED, Look, OwnButton

COMPONENTS = (gr.Dataframe, gr.List, gr.Matrix, gr.Numpy)
NAMES = [cls.__name__ for cls in COMPONENTS]

LONG = "a long text that is wider than its column would be, and then longer still than that"
ROWS: dict[str, Any] = {"value": [["one", 2], ["two", 3]], "headers": ["a", "b"]}
MANY: dict[str, Any] = {"value": [[n] for n in range(60)]}
NAMED = {"label": "Name"}

TABLE: dict[str, Look] = {
    **PLACED,
    "label": Look("Another name"),
    "show_label": Look(False, NAMED),
    "interactive": Look(False),
    "value": Look([["one"]]),
    "headers": Look(["x", "y", "z"]),
    "row_count": Look(5),
    "row_limits": Look((None, 2), {**ROWS, "interactive": True}),
    "col_count": Look(2),
    "column_count": Look(2),
    "datatype": Look("markdown", {"value": [["**bold**"]]}),
    "latex_delimiters": Look([], {"value": [["$$x$$"]], "datatype": "markdown"}),
    "max_height": Look(120, MANY),
    "wrap": Look(True, {"value": [[LONG]]}),
    "line_breaks": Look(False, {"value": [["a\nb"]], "datatype": "markdown"}),
    "column_widths": Look([300], ROWS),
    "buttons": Look(OwnButton()),
    "show_row_numbers": Look(True, ROWS),
    "max_chars": Look(5, {"value": [[LONG]]}),
    "show_search": Look("search"),
    "pinned_columns": Look(1, ROWS),
    "static_columns": Look([0], {**ROWS, "interactive": True}),
}
SEEN: dict[str, dict[str, Look]] = dict.fromkeys(NAMES, TABLE)

PROBES: dict[tuple[str, str], Callable[..., None]] = {}


def probe(*parameters: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a probe for parameters of all of them."""

    def take(fn: Callable[..., None]) -> Callable[..., None]:
        PROBES.update({(name, parameter): fn for name in NAMES for parameter in parameters})
        return fn

    return take


@probe("type")
def _type(name: str, parameter: str) -> None:
    payload = {"headers": ["a"], "data": [[1], [2]]}
    kinds = [type(getattr(gr, name)(type=kind).preprocess(payload)).__name__ for kind in ("pandas", "numpy", "array")]
    assert kinds == ["DataFrame", "ndarray", "list"]


@probe("column_limits")  # in a page the menu offers no more: js/src/components/dataframe.test.tsx
def _column_limits(name: str, parameter: str) -> None:
    held = getattr(gr, name)(ROWS["value"]).first_value().to_page()
    edit = {"table": held["table"], "since": 0, "ops": [["insert_columns", 0, ["new"]]]}
    assert getattr(gr, name)().taken(edit, held)["headers"][0] == "new"
    with pytest.raises(WireError, match="3 columns are not allowed"):
        getattr(gr, name)(column_limits=(None, 2)).taken(edit, held)
