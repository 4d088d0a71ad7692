"""In a marimo notebook: the app is one anywidget, and everything goes over its one comm.

marimo gives a view no sibling models, and shows what a cell ends in: what `launch()` returns, or the app.
https://docs.marimo.io/api/inputs/anywidget/
"""

from __future__ import annotations

import sys
from typing import Any

from ..blocks import Blocks, LaunchOptions
from .inline import InlineApp

__all__ = ["MarimoApp", "in_marimo", "show"]


def in_marimo() -> bool:
    """Whether this process runs cells of a marimo notebook; the package is looked up, never imported."""
    marimo = sys.modules.get("marimo")
    return marimo is not None and bool(marimo.running_in_notebook())


def _cell() -> str | None:
    """The cell that runs."""
    context = sys.modules.get("marimo._runtime.context")
    found = context.safe_get_context() if context is not None else None
    return getattr(found, "cell_id", None)


class MarimoApp(InlineApp):
    """An app that a marimo cell ends in."""

    is_multiplexed = True

    def show(self) -> None:
        """Nothing is published: marimo asks for `view`."""
        self.is_shown = True

    @property
    def view(self) -> Any:
        """What marimo shows."""
        return sys.modules["marimo"].ui.anywidget(self.display.model)


_shown: dict[str | None, MarimoApp] = {}


def show(blocks: Blocks, options: LaunchOptions) -> MarimoApp:
    """Show an app as what the cell that runs ends in; what an earlier run of the cell showed is closed."""
    cell = _cell()
    earlier = _shown.pop(cell, None) if cell is not None else None
    if earlier is not None:
        earlier.close()
        earlier._live.blocks.forget(earlier)
    app = _shown[cell] = MarimoApp(blocks, options)
    app.show()
    return app
