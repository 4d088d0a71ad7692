"""A table that stays here while a page shows parts of it, and what the page's user does to it."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..exceptions import WireError
from ..wire.partial import Partial
from .cells import page_cell
from .frame import FILTERS, Frame, Order, Query
from .styles import Look

if TYPE_CHECKING:
    from .data import DataframeData

__all__ = ["PageTable", "Rules", "StaleEditError", "Table", "query_of"]

WHOLE_CELLS = 10_000  #: a table of so many cells goes to the page as a whole
FIRST_ROWS = 100  #: of a larger one, so many
WINDOW_CELLS = 200_000  #: most that a page gets at once
LARGE_CELLS = 200_000  #: of a larger one, a program is not told as the default of a parameter
EDIT_CELLS = 1_000_000  #: most that one edit may hold
ORDERS_KEPT = 2
PAST_STEPS = 100  #: how often an edit can be undone
PAST_CELLS = 40_000_000  #: fewer times where the table is large


class StaleEditError(Exception):
    """A page edited a table that is no longer the one that is kept."""


@dataclass(frozen=True)
class Rules:
    """What a user may do to a table.

    Parameters
    ----------
    static_columns : frozenset of int
        Columns whose cells stay as they are.
    rows, columns : tuple
        Least and most of them; None: no bound.
    """

    static_columns: frozenset[int] = frozenset()
    rows: tuple[int | None, int | None] = (None, None)
    columns: tuple[int | None, int | None] = (None, None)


def query_of(given: Any, columns: int) -> Query:
    """A query that came from a page.

    Raises
    ------
    WireError
        It is none, or names a column that is not there.
    """
    if not isinstance(given, dict):
        raise WireError(f"a query must be an object, got {type(given).__name__}")
    query: Query = {"search": str(given.get("search") or "")[:1000], "filters": [], "sort": []}
    for item in _listed(given.get("filters")):
        if len(item) != 3 or item[1] not in FILTERS:
            raise WireError(f"a filter is [column, test, text], got {item!r:.60}")
        query["filters"].append((_index(item[0], columns, "column"), item[1], str(item[2] or "")[:1000]))
    for item in _listed(given.get("sort")):
        if len(item) != 2 or item[1] not in ("asc", "desc"):
            raise WireError(f"a sort is [column, 'asc' or 'desc'], got {item!r:.60}")
        query["sort"].append((_index(item[0], columns, "column"), item[1]))
    return query


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, list) for item in value) or len(value) > 1000:
        raise WireError(f"expected a list of lists, got {value!r:.60}")
    return value


def _index(value: Any, size: int, what: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < size:
        raise WireError(f"there is no {what} {value!r:.20}")
    return value


class PageTable(dict[str, Any], Partial):
    """A table as a page gets it; the dict is what crosses, the table stays here."""

    def __init__(self, table: Table, shown: dict[str, Any]) -> None:
        super().__init__(shown)
        self.table = table

    def to_page(self) -> PageTable:
        """It is what a page gets."""
        return self

    @property
    def is_large(self) -> bool:
        """Whether all of it is more than what every program should get unasked."""
        return self.table.is_large

    def whole(self) -> dict[str, Any]:
        """All of it, as JSON for a program."""
        return self.table.data().whole()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PageTable):
            return NotImplemented
        return self.table is other.table or self.table.same_as(other.table)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None  # type: ignore[assignment]


@dataclass
class Table:
    """A frame with its history and look, under a name by which a page asks for parts of it.

    Parameters
    ----------
    frame : Frame
        The cells.
    look : Look, optional
        How a Styler shows them.
    given : dict, optional
        `display_value` and `styling` that came with the rows.
    kinds : list of str, optional
        What each column holds, where that is to be told to the page.
    id : str
        Its name.
    applied : int
        How many edits of the page it holds.
    past, future : tuple of Frame
        To be undone, and done again.
    """

    frame: Frame
    look: Look | None = None
    given: dict[str, Any] | None = None
    kinds: list[str] | None = None
    id: str = field(default_factory=lambda: secrets.token_urlsafe(9))
    applied: int = 0
    past: tuple[Frame, ...] = ()
    future: tuple[Frame, ...] = ()
    _orders: OrderedDict[str, Order] = field(default_factory=OrderedDict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def data(self) -> DataframeData:
        """All of it, as it crosses in an API."""
        from .data import DataframeData

        return DataframeData(self.frame.headers, [], table=self)

    @property
    def is_large(self) -> bool:
        """Whether all of it is more than what every program should get unasked."""
        return self.frame.rows * self.frame.columns > LARGE_CELLS

    def metadata(self) -> dict[str, Any] | None:
        """Text and CSS of all cells."""
        return self._look(range(self.frame.rows)) if self.applied == 0 else None

    def _look(self, rows: Sequence[int]) -> dict[str, Any] | None:
        if self.applied:
            return None
        if self.look is not None:
            return self.look.window(list(rows))
        if not self.given:
            return self.given
        is_all = len(rows) == self.frame.rows and isinstance(rows, range)
        return self.given if is_all else {k: _part(v, rows) for k, v in self.given.items()}

    def same_as(self, other: Table) -> bool:
        """Whether a page would show the same."""
        if self.look is not None or other.look is not None:
            return self.look is other.look
        return self.given == other.given and self.frame.same_as(other.frame)

    # --- what a page gets

    def page(self) -> PageTable:
        """All of a small table, the beginning of a large one."""
        frame = self.frame
        rows = frame.rows if frame.rows * max(1, frame.columns) <= WHOLE_CELLS else min(frame.rows, FIRST_ROWS)
        shown = {
            "headers": [page_cell(h) for h in frame.headers],
            "data": [[page_cell(v) for v in row] for row in frame.window(0, rows)],
            "metadata": self._look(range(rows)),
            "rows": frame.rows,
            "table": self.id,
            "applied": self.applied,
        }
        if self.kinds is not None:
            shown["kinds"] = frame.kinds() if self.applied else self.kinds
        return PageTable(self, shown)

    def order(self, query: Query) -> Order:
        """The rows that a query finds; None: all, as they stand."""
        if not any(query.values()):
            return None
        key = repr(sorted(query.items()))
        with self._lock:  # a page asks for several windows at once: the first one sorts
            if key not in self._orders:
                self._orders[key] = self.frame.order(query)
                while len(self._orders) > ORDERS_KEPT:
                    self._orders.popitem(last=False)
            self._orders.move_to_end(key)
            return self._orders[key]

    def window(self, request: Any) -> dict[str, Any]:
        """The rows that a page asks for.

        Parameters
        ----------
        request : dict
            `start`, `stop`, and the `query` of which they are rows.

        Raises
        ------
        WireError
            It asks for what is not there, or for too much.
        """
        start, stop, order = self._asked(request)
        count = self.frame.rows if order is None else len(order)
        stop = min(stop, count)
        rows = range(start, stop) if order is None else [int(at) for at in order[start:stop]]
        window = self.frame.window(start, stop, order)
        answer: dict[str, Any] = {
            "start": start,
            "data": [[page_cell(v) for v in row] for row in window],
            "metadata": self._look(rows),
            "found": count,
            "applied": self.applied,
            "table": self.id,
        }
        if order is not None:
            answer["rows"] = rows
        return answer

    def _asked(self, request: Any) -> tuple[int, int, Order]:
        if not isinstance(request, dict):
            raise WireError(f"a window must be an object, got {type(request).__name__}")
        start, stop = request.get("start", 0), request.get("stop", 0)
        for edge in (start, stop):
            if not isinstance(edge, int) or isinstance(edge, bool) or edge < 0:
                raise WireError(f"a window goes from one row to another, got {start!r:.20} to {stop!r:.20}")
        if (stop - start) * max(1, self.frame.columns) > WINDOW_CELLS:
            raise WireError(f"a window of {stop - start} rows is too large")
        return start, stop, self.order(query_of(request.get("query") or {}, self.frame.columns))

    # --- what its user does

    def taken(self, value: dict[str, Any], rules: Rules) -> Table:
        """The table after the edits of a page that are not in it yet.

        Parameters
        ----------
        value : dict
            `table`, its name; `since`, how many edits there were before `ops`.
        rules : Rules
            What the user may do.

        Raises
        ------
        StaleEditError
            The page edited another table, or edits are missing.
        WireError
            The user may not do that, or it cannot be done.
        """
        ops, since = value.get("ops") or [], value.get("since", 0)
        if value.get("table") != self.id or not isinstance(since, int) or not 0 <= since <= self.applied:
            raise StaleEditError
        table = self
        for op in ops[self.applied - since :]:
            table = table._edited(op, rules)
        return table

    def _edited(self, op: Any, rules: Rules) -> Table:
        name, *arguments = op if isinstance(op, list) and op else (None,)
        if name == "undo" and self.past:
            return self._now(self.past[-1], self.past[:-1], (*self.future, self.frame))
        if name == "redo" and self.future:
            return self._now(self.future[-1], (*self.past, self.frame), self.future[:-1])
        if name in ("undo", "redo"):
            return self._now(self.frame, self.past, self.future)
        edit = _EDITS.get(name) if isinstance(name, str) else None
        if edit is None:
            raise WireError(f"there is no edit {name!r:.20} of a table")
        try:
            frame = edit(self.frame, rules, *arguments)
        except (TypeError, ValueError) as error:
            raise WireError(f"the edit {name!r} cannot be made: {error}") from None
        cells = max(1, frame.rows * frame.columns)
        steps = max(3, min(PAST_STEPS, PAST_CELLS // cells))
        return self._now(frame, (*self.past, self.frame)[-steps:], ())

    def _now(self, frame: Frame, past: tuple[Frame, ...], future: tuple[Frame, ...]) -> Table:
        return Table(frame, kinds=self.kinds, id=self.id, applied=self.applied + 1, past=past, future=future)


def _part(rows: Any, which: Sequence[int]) -> Any:
    return [rows[at] if at < len(rows) else [] for at in which] if isinstance(rows, list) else rows


# --- edits, as a page tells them


def _cells(frame: Frame, rules: Rules, cells: Any) -> Frame:
    """`[[row, column, value], …]`."""
    if not isinstance(cells, list) or len(cells) > EDIT_CELLS:
        raise WireError(f"an edit holds at most {EDIT_CELLS:,} cells")
    taken = []
    for cell in cells:
        if not isinstance(cell, list) or len(cell) != 3:
            raise WireError(f"a cell is [row, column, value], got {cell!r:.60}")
        row, column = _index(cell[0], frame.rows, "row"), _index(cell[1], frame.columns, "column")
        if column in rules.static_columns:
            raise WireError(f"column {column} cannot be edited")
        taken.append((row, column, _plain(cell[2])))
    return frame.with_cells(taken) if taken else frame


def _plain(value: Any) -> Any:
    if value is not None and not isinstance(value, (str, int, float, bool)):
        raise WireError(f"a cell takes text, a number, true or false, got {type(value).__name__}")
    return value


def _insert_rows(frame: Frame, rules: Rules, at: Any, rows: Any) -> Frame:
    """`at`, and the cells of each new row."""
    at = _index(at, frame.rows + 1, "row")
    if not isinstance(rows, list) or not all(isinstance(r, list) and len(r) == frame.columns for r in rows):
        raise WireError(f"a new row has {frame.columns} cells")
    if len(rows) * frame.columns > EDIT_CELLS:
        raise WireError(f"an edit holds at most {EDIT_CELLS:,} cells")
    _within(frame.rows + len(rows), rules.rows, "rows")
    return frame.with_rows(at, [[_plain(v) for v in row] for row in rows])


def _delete_rows(frame: Frame, rules: Rules, which: Any) -> Frame:
    if not isinstance(which, list):
        raise WireError("rows to delete are a list")
    gone = {_index(at, frame.rows, "row") for at in which}
    _within(frame.rows - len(gone), rules.rows, "rows")
    return frame.without_rows(sorted(gone))


def _insert_columns(frame: Frame, rules: Rules, at: Any, headers: Any) -> Frame:
    at = _index(at, frame.columns + 1, "column")
    if not isinstance(headers, list) or not all(isinstance(h, str) for h in headers) or len(headers) > 1000:
        raise WireError("new columns are a list of their names")
    _columns_may_change(rules)
    _within(frame.columns + len(headers), rules.columns, "columns")
    return frame.with_columns(at, headers)


def _delete_columns(frame: Frame, rules: Rules, which: Any) -> Frame:
    if not isinstance(which, list):
        raise WireError("columns to delete are a list")
    gone = {_index(at, frame.columns, "column") for at in which}
    _columns_may_change(rules)
    _within(max(1, frame.columns - len(gone)) if len(gone) < frame.columns else 0, rules.columns, "columns")
    if len(gone) >= frame.columns:
        raise WireError("a table keeps one column at least")
    return frame.without_columns(sorted(gone))


def _rename(frame: Frame, rules: Rules, at: Any, header: Any) -> Frame:
    if not isinstance(header, str):
        raise WireError("a column's name is text")
    at = _index(at, frame.columns, "column")
    if at in rules.static_columns:
        raise WireError(f"column {at} cannot be edited")
    return frame.renamed(at, header[:1000])


def _columns_may_change(rules: Rules) -> None:
    if rules.static_columns:
        raise WireError("columns cannot be added or deleted where some cannot be edited")


def _within(count: int, bounds: tuple[int | None, int | None], what: str) -> None:
    least, most = bounds
    if (least is not None and count < least) or (most is not None and count > most):
        raise WireError(f"{count} {what} are not allowed here")


_EDITS: dict[str, Callable[..., Frame]] = {
    "cells": _cells,
    "insert_rows": _insert_rows,
    "delete_rows": _delete_rows,
    "insert_columns": _insert_columns,
    "delete_columns": _delete_columns,
    "rename": _rename,
}
