"""Pages of which one is shown at a time."""

from __future__ import annotations

from typing import ClassVar, Literal

from ..declare import KW_ONLY, Declared
from ..events import event
from ..exceptions import DeclarationError
from ..tree import Layout

__all__ = ["Tab", "TabItem", "Tabs"]


class Tabs(Layout):
    """A row of tabs, each a page of blocks, of which one is shown.

    Parameters
    ----------
    selected : int or str, optional
        The `id` of the tab shown first; None: the first that is visible.
    overflow_behavior : {"menu", "wrap"}
        Where tabs go that find no room in the row: into a menu at its end, or into another row below. The tab that is
        open stays in the row.

    Examples
    --------
    >>> import nbblocks as gr
    >>> with gr.Blocks() as demo, gr.Tabs(selected="b") as tabs:
    ...     with gr.Tab("First", id="a"):
    ...         gr.Markdown("one")
    ...     with gr.Tab("Second", id="b"):
    ...         gr.Markdown("two")
    Markdown(#...)
    Markdown(#...)
    >>> [tab.label for tab in tabs.children]
    ['First', 'Second']
    """

    user_props: ClassVar[tuple[str, ...]] = ("selected",)

    _: KW_ONLY
    selected: int | str | None = None
    overflow_behavior: Literal["menu", "wrap"] = "menu"

    change = event("Another tab is shown, by the user or by an update.")
    select = event("The user chose a tab.", payload=dict)

    def check(self) -> None:
        """Refuse an unknown way to overflow."""
        super().check()
        if self.overflow_behavior not in ("menu", "wrap"):
            raise DeclarationError(
                f"{self!r}: overflow_behavior must be 'menu' or 'wrap', got {self.overflow_behavior!r}"
            )


class _Titled(Declared):
    """What has a title before anything else: listed as the last base, its parameter is the first.

    Parameters
    ----------
    label : str, optional
        What stands on its tab.
    """

    label: str | None = None


class Tab(Layout, _Titled):
    """One page of `Tabs`; tabs that stand elsewhere get a `Tabs` of their own around them.

    Parameters
    ----------
    visible : bool or "hidden"
        Whether its tab stands in the row.
    interactive : bool
        Whether it can be chosen.
    id : int or str, optional
        By which `Tabs(selected=…)` names it.
    alignment : {"left", "right"}
        End of the row at which its tab stands.
    scale : int, optional
        Share of the height or width in its parent.
    height, max_height : int or str, optional
        Of the page, in pixels, or any CSS length; what is higher scrolls.
    render_children : bool
        Whether its blocks are built before it is first shown.

    Examples
    --------
    >>> import nbblocks as gr
    >>> with gr.Blocks() as demo, gr.Tab("Settings") as tab:
    ...     box = gr.Textbox()
    >>> tab
    Tab('Settings')
    """

    visible: bool | Literal["hidden"] = True
    interactive: bool = True
    _: KW_ONLY
    id: int | str | None = None
    alignment: Literal["left", "right"] = "left"
    scale: int | None = None
    height: int | str | None = None
    max_height: int | str | None = None
    render_children: bool = False

    select = event("The user chose it.", payload=dict)

    def get_expected_parent(self) -> type[Tabs]:
        """A tab stands in `Tabs`."""
        return Tabs

    def check(self) -> None:
        """Refuse an unknown alignment."""
        super().check()
        if self.alignment not in ("left", "right"):
            raise DeclarationError(f"{self!r}: alignment must be 'left' or 'right', got {self.alignment!r}")


TabItem = Tab
