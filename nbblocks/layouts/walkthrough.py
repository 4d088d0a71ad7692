"""Pages that are gone through in order."""

from __future__ import annotations

from typing import ClassVar, Literal

from ..declare import KW_ONLY
from ..events import event
from ..tree import Layout
from .tabs import _Titled

__all__ = ["Step", "Walkthrough"]


class Walkthrough(Layout):
    """Numbered steps, each a page of blocks, of which one is shown.

    A handler goes on by returning `gr.Walkthrough(selected=…)`; a user can go back to steps that were done.

    Parameters
    ----------
    selected : int, optional
        The `id` of the step shown first, or its number from 0; None: the first that is visible.

    Examples
    --------
    >>> import nbblocks as gr
    >>> with gr.Blocks() as demo, gr.Walkthrough(selected=1) as walk:
    ...     with gr.Step("Image", id=1):
    ...         on = gr.Button("Next")
    ...     with gr.Step("Prompt", id=2):
    ...         prompt = gr.Textbox()
    ...     dep = on.click(lambda: gr.Walkthrough(selected=2), outputs=walk)
    >>> [step.label for step in walk.children]
    ['Image', 'Prompt']
    """

    chunks: ClassVar[tuple[str, ...]] = ("views-parts",)
    user_props: ClassVar[tuple[str, ...]] = ("selected",)

    _: KW_ONLY
    selected: int | None = None

    change = event("Another step is shown, by the user or by an update.")
    select = event("The user chose a step.", payload=dict)


class Step(Layout, _Titled):
    """One step of a `Walkthrough`.

    Parameters
    ----------
    visible : bool or "hidden"
        Whether it is one of the steps.
    interactive : bool
        Whether a user can go back to it.
    id : int, optional
        By which `Walkthrough(selected=…)` names it; None: its number from 0.
    scale : int, optional
        Share of the height or width in its parent.

    Examples
    --------
    >>> import nbblocks as gr
    >>> with gr.Blocks() as demo, gr.Walkthrough(), gr.Step("First") as step:
    ...     box = gr.Textbox()
    >>> step
    Step('First')
    """

    visible: bool | Literal["hidden"] = True
    interactive: bool = True
    _: KW_ONLY
    id: int | None = None
    scale: int | None = None

    select = event("The user went back to it.", payload=dict)

    def get_expected_parent(self) -> type[Walkthrough]:
        """A step stands in a `Walkthrough`."""
        return Walkthrough
