"""A table of parameters, as documentation shows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Literal, TypedDict

from ..declare import Declared, param
from ..events import event
from ..exceptions import DeclarationError
from ..tree import RenderMethod
from .base import Shown

__all__ = ["ParamViewer", "Parameter"]


class Parameter(TypedDict, total=False):
    """What is told of one parameter."""

    type: str
    description: str
    default: str | None


class _First(Declared):
    """What stands first by position: listed as the last base, its parameters are the first."""

    value: Any = None
    language: str = "python"
    linkify: Any = None
    every: Any = None
    inputs: Any = None
    render: Any = True
    key: Any = None
    preserved_by_key: Any = "value"


class ParamViewer(Shown, _First):
    """Names, types, defaults and descriptions of parameters; each can be unfolded.

    Parameters
    ----------
    value : dict or callable, optional
        For each parameter's name a dict of `type`, `description`, `default`; in a description links may be Markdown.
    language : {"python", "typescript"}
        How types and defaults are coloured.
    linkify : list of str, optional
        Words in types that link to the parameter of that name.
    header : str, optional
        Text above, beside a button that unfolds all; None: neither.
    anchor_links : bool or str
        Whether each parameter has an address of its own; a text is put before its name there.
    max_height : int or str, optional
        In pixels, or any CSS length; what is higher scrolls.

    Examples
    --------
    >>> ParamViewer({"size": {"type": "int", "description": "In pixels.", "default": "3"}}).value["size"]["type"]
    'int'
    """

    chunks: ClassVar[tuple[str, ...]] = ("views-parts",)
    user_props: ClassVar[tuple[str, ...]] = ()

    value: dict[str, Parameter] | Callable[..., Any] | None = param(default=None, wire=dict[str, Any] | None)
    language: Literal["python", "typescript"] = "python"
    linkify: Sequence[str] | None = param(default=None, wire=list[str] | None)
    every: Any = param(default=None, wire=None)
    inputs: Any = param(default=None, wire=None)
    render: bool = param(default=True, wire=None)
    key: int | str | tuple[int | str, ...] | None = param(default=None, wire=None)
    preserved_by_key: list[str] | str | None = param(default="value", wire=None)
    header: str | None = "Parameters"
    anchor_links: bool | str = False
    max_height: int | str | None = None

    change = event("The parameters changed.")
    upload = event("A file was uploaded; nothing here does that.")

    def check(self) -> None:
        """Refuse an unknown language."""
        super().check()
        if self.language not in ("python", "typescript"):
            raise DeclarationError(f"{self!r}: language must be 'python' or 'typescript', got {self.language!r}")

    def preprocess(self, payload: dict[str, Any] | None) -> dict[str, Any] | None:
        """Give the parameters as they are."""
        return payload

    def postprocess(self, value: dict[str, Any] | None) -> dict[str, Any] | None:
        """Show a dict of parameters; None shows none."""
        if value is not None and not isinstance(value, dict):
            raise DeclarationError(f"{self!r}: expected a dict of parameters, got {type(value).__name__}")
        return value

    def api_info(self) -> dict[str, Any]:
        """Anything."""
        return {"type": {}, "description": "any json"}

    def example_payload(self) -> Any:
        """One parameter."""
        return {"array": {"type": "numpy", "default": "None"}}

    def example_value(self) -> Any:
        """One parameter."""
        return self.example_payload()


ParamViewer.render = RenderMethod()  # type: ignore[assignment]
