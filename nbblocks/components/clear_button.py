"""A button that clears others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Literal

from ..declare import KW_ONLY, param
from ..exceptions import DeclarationError
from ..tree import Place
from .base import Component
from .button import Button
from .state import State

__all__ = ["ClearButton"]


def _cleared(component: Component) -> Any:
    return component.fresh() if isinstance(component, State) else None


class ClearButton(Button):
    """A button that clears components: a `State` gets its first value again, any other one None.

    Parameters
    ----------
    components : component or list of components, optional
        What it clears; see also `add`.
    value : str or callable
        Its caption.
    api_name : str, optional
        Name of the endpoint that clears; None: "clear", made unique.
    api_visibility : {"public", "undocumented", "private"}
        "undocumented": can be called, is not listed; "private": neither.

    Examples
    --------
    >>> from nbblocks.components import Textbox
    >>> box = Textbox(label="Name")
    >>> ClearButton(box).cleared
    [Textbox('Name')]
    """

    components: Sequence[Component] | Component | None = param(default=None, wire=None)
    _: KW_ONLY
    value: str | Callable[..., Any] = param(default="Clear", wire=str | None)
    api_name: str | None = param(default=None, wire=None)
    api_visibility: Literal["public", "private", "undocumented"] = param(default="undocumented", wire=None)

    untold: ClassVar[tuple[str, ...]] = ("components",)

    def check(self) -> None:
        """Refuse to clear what is no component."""
        super().check()
        self.cleared: list[Component] = []
        self._take(self.components)

    def add(self, components: Component | Sequence[Component] | None) -> ClearButton:
        """Clear more components.

        Parameters
        ----------
        components : component or list of components
            They are cleared besides those it has.

        Returns
        -------
        ClearButton
            The button itself.
        """
        added = self._take(components)
        if self.is_rendered:
            self._listen(added)
        return self

    def _take(self, components: Component | Sequence[Component] | None) -> list[Component]:
        taken = [components] if isinstance(components, Component) else list(components or ())
        for component in taken:
            if not isinstance(component, Component):
                raise DeclarationError(f"{self!r} clears components, got {component!r}")
        self.cleared += taken
        return taken

    def _rendered(self, here: Place) -> None:
        """Listen to its own click, now that there is a tree."""
        self._listen(self.cleared)

    def _listen(self, components: list[Component]) -> None:
        if not components:
            return
        components = list(components)

        def clear() -> Any:
            values = [_cleared(component) for component in components]
            return values[0] if len(values) == 1 else tuple(values)

        self.click(
            clear,
            outputs=components,
            api_name=self.api_name,
            api_visibility=self.api_visibility,
            show_progress="hidden",
            queue=False,
        )

    def example_payload(self) -> str:
        """A caption."""
        return "Clear"

    def example_value(self) -> str:
        """A caption."""
        return "Clear"
