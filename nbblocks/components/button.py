"""A button that runs something."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar, Literal

from ..declare import KW_ONLY, param
from ..events import event
from ..exceptions import DeclarationError
from ..wire.files import FileData
from .base import Shown

__all__ = ["Button", "check_button", "picture_of"]


def picture_of(icon: str | Path | None) -> FileData | None:
    """A picture as a file, or as an address on the web, which the page opens itself."""
    if icon is None:
        return None
    if str(icon).startswith(("http://", "https://", "data:")):
        return FileData(url=str(icon))
    return FileData.of(icon, missing_ok=True)


def check_button(button: Any) -> None:
    """Refuse an unknown variant or size of a button of any kind."""
    variants = ("primary", "secondary", "stop", "huggingface")
    for name, choices in (("variant", variants), ("size", ("sm", "md", "lg"))):
        if getattr(button, name) not in choices:
            raise DeclarationError(f"{button!r}: {name} must be one of {choices}, got {getattr(button, name)!r}")


class Button(Shown):
    """A button that runs something.

    Parameters
    ----------
    value : str or callable
        Its caption.
    variant : {"primary", "secondary", "stop", "huggingface"}
        How much it stands out.
    size : {"sm", "md", "lg"}
        Its height.
    icon : str or Path, optional
        Picture before the caption: a file or a URL.
    link : str, optional
        Address to open when pressed.
    link_target : {"_self", "_blank", "_parent", "_top"}
        Where the address opens.
    interactive : bool
        Whether it can be pressed.

    Examples
    --------
    >>> Button("Run", variant="primary").value
    'Run'
    """

    _deprecated_names: ClassVar[dict[str, str]] = {"label": "value"}
    skip_api: ClassVar[bool] = True
    user_props: ClassVar[tuple[str, ...]] = ()

    value: str | Callable[..., Any] = param(default="Run", wire=str | None)
    _: KW_ONLY
    variant: Literal["primary", "secondary", "stop", "huggingface"] = "secondary"
    size: Literal["sm", "md", "lg"] = "lg"
    icon: str | Path | None = param(default=None, wire=dict[str, Any] | None, encode=picture_of)
    link: str | None = None
    link_target: Literal["_self", "_blank", "_parent", "_top"] = "_self"
    interactive: bool = True
    min_width: int | None = None

    change = event("Its caption changed.")
    click = event("The user pressed it.")

    def check(self) -> None:
        """Refuse an unknown variant or size."""
        super().check()
        check_button(self)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.value!r})"

    def preprocess(self, payload: str | None) -> str | None:
        """Give the caption."""
        return payload

    def postprocess(self, value: Any) -> str | None:
        """Show `str(value)` as the caption."""
        return None if value is None else str(value)

    def api_info(self) -> dict[str, Any]:
        """A string."""
        return {"type": "string"}

    def example_payload(self) -> str:
        """A caption."""
        return "Run"

    def example_value(self) -> str:
        """A caption."""
        return "Run"
