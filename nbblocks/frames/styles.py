"""How a pandas Styler shows cells: their text and CSS."""

from __future__ import annotations

from typing import Any

__all__ = ["Look", "look_of"]


class Look:
    """The text and CSS of a Styler's cells, made for those rows that are shown.

    Parameters
    ----------
    styler : pandas.io.formats.style.Styler
        Its styles are worked out here, once; cells are written out when asked for.
    """

    def __init__(self, styler: Any) -> None:
        self._styler = styler._copy(deepcopy=False) if hasattr(styler, "_copy") else styler
        self._styler = self._styler._compute()
        hidden = {int(c) for c in getattr(styler, "hidden_columns", [])}
        self._columns = [at for at in range(len(styler.data.columns)) if at not in hidden]
        self._data = styler.data

    def window(self, rows: list[int]) -> dict[str, list[Any]]:
        """Text and CSS of some rows."""
        funcs, styles = self._styler._display_funcs, self._styler.ctx
        columns = [self._data.iloc[rows, at].tolist() for at in self._columns]
        text = [[funcs[row, at](columns[n][i]) for n, at in enumerate(self._columns)] for i, row in enumerate(rows)]
        css = [
            ["; ".join(f"{name}: {value}" for name, value in styles.get((row, at), ())) for at in self._columns]
            for row in rows
        ]
        return {"display_value": [[_plain(v) for v in row] for row in text], "styling": css}


def _plain(value: Any) -> Any:
    from .cells import json_cell

    return json_cell(value)


def look_of(value: Any) -> Look | None:
    """How a Styler shows its cells; None for what is none."""
    from .reading import is_styler

    return Look(value) if is_styler(value) else None
