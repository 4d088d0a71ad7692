"""An editor of graphs: nodes with ports, and edges between them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from ..declare import KW_ONLY, param
from ..events import event
from ..exceptions import DeclarationError
from ..tree import Container
from .base import Labelled

__all__ = ["WorkflowCanvas"]


def _names(functions: Sequence[Callable[..., Any]] | None) -> list[str]:
    return [function.__name__ for function in functions or ()]


class WorkflowCanvas(Container, Labelled):
    """An editor of graphs, as `Workflow` has one: nodes with ports, and edges between them.

    Its value is the graph as JSON text; docs/guides/workflows.md says what stands in it. Blocks made inside
    `with gr.WorkflowCanvas():` stand under it.

    Parameters
    ----------
    value : str or callable, optional
        First graph, as JSON text. A function is called once per page load.
    label : str, optional
        Name of the editor for who cannot see it; shown with `show_label=True`.
    show_label : bool
        Whether its label is shown.
    container : bool
        Whether it stands on a surface of its own.
    server_functions : list of callable, optional
        What the page may call, by their names. `list_bound_fns()` gives the nodes that can be added, as JSON;
        `run_node(node, values)` runs one and gives its results by output; `get_write_access()` says whether who looks
        may edit; `save_workflow(graph)` keeps an edited graph, and gives JSON whose `error` says why it did not;
        `get_files()` gives the files that nodes hold, by node and port. What needs one that is not there is left out.
    app_view : str, optional
        `elem_id` of what shows the graph as a form; there is a switch between the two then.

    Examples
    --------
    >>> canvas = WorkflowCanvas('{"name": "Empty"}')
    >>> canvas.postprocess({"name": "Empty"})
    '{"name": "Empty"}'
    """

    chunks: ClassVar[tuple[str, ...]] = ("views-workflow",)
    skip_api: ClassVar[bool] = True
    has_files: ClassVar[bool] = True
    is_heavy: ClassVar[bool] = True

    value: str | Callable[..., Any] | None = param(default=None, wire=str | None)
    _: KW_ONLY
    label: str | None = None
    show_label: bool = False
    container: bool = False
    server_functions: Sequence[Callable[..., Any]] | None = param(default=None, wire=list[str], encode=_names)
    app_view: str | None = None

    change = event("The graph changed, by the user or by an update.")

    untold: ClassVar[tuple[str, ...]] = ("server_functions",)

    def check(self) -> None:
        """Refuse functions that a page could not call by name."""
        super().check()
        for function in self.server_functions or ():
            if not callable(function) or not getattr(function, "__name__", "").isidentifier():
                raise DeclarationError(f"{self!r}: server_functions takes functions that have a name, got {function!r}")

    @property
    def server_fns(self) -> list[str]:  # type: ignore[override]
        """Names of what the page may call."""
        return _names(self.server_functions)

    def preprocess(self, payload: Any) -> str | None:
        """Give the graph, as JSON text."""
        return payload if payload is None or isinstance(payload, str) else json.dumps(payload)

    def postprocess(self, value: Any) -> str | None:
        """Show a graph: JSON text, or what it stands for; None: an empty one."""
        return value if value is None or isinstance(value, str) else json.dumps(value)

    def api_info(self) -> dict[str, Any]:
        """A string."""
        return {"type": "string"}

    def example_payload(self) -> None:
        """Nothing."""

    def example_value(self) -> None:
        """Nothing."""
