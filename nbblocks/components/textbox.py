"""A field of one or more lines of text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any, Literal

from ..declare import KW_ONLY, param
from ..events import event
from ..exceptions import DeclarationError, WireError
from ..wire.files import InputHTMLAttributes
from .base import Field, button_names

__all__ = ["Textbox", "attributes"]

#: Attributes that change how text is entered and cannot run a script (HTML Standard, "Input modalities").
SAFE_ATTRIBUTES = ("autocapitalize", "autocorrect", "spellcheck", "autocomplete", "tabindex", "enterkeyhint", "lang")


def attributes(given: InputHTMLAttributes | dict[str, Any] | None) -> dict[str, Any]:
    """Further attributes of a field that a page may get."""
    found = asdict(given) if isinstance(given, InputHTMLAttributes) else dict(given or {})
    return {k: v for k, v in found.items() if k in SAFE_ATTRIBUTES and v is not None}


class Textbox(Field):
    """A field of one or more lines of text.

    Parameters
    ----------
    value : str or callable, optional
        First text; a function is called once per page load.
    type : {"text", "password", "email"}
        Kind of field; a password is not shown.
    lines : int
        Height, in lines.
    max_lines : int, optional
        Lines up to which it grows with its text; None: 20, or `lines` when that is more.
    placeholder : str, optional
        Shown while it is empty.
    autofocus : bool
        Whether it takes the keyboard when the page opens.
    autoscroll : bool
        Whether it scrolls to its end when the text changes.
    text_align : {"left", "right"}, optional
        None: left, or right when `rtl`.
    rtl : bool
        Whether its text runs from right to left.
    buttons : list of str or Button, optional
        Buttons in its corner: "copy", or buttons of your own.
    max_length : int, optional
        Most characters, line ends included.
    submit_btn : bool or str
        Whether a button that submits stands in it; a text is its caption.
    stop_btn : bool or str
        Whether a button that stops stands in it; a text is its caption.
    html_attributes : InputHTMLAttributes, optional
        Further attributes of the element, such as `spellcheck`.

    Examples
    --------
    >>> Textbox(label="Name").preprocess("Ada")
    'Ada'
    """

    value: str | Callable[..., Any] | None = param(default=None, wire=str | None)
    _: KW_ONLY
    type: Literal["text", "password", "email"] = "text"
    lines: int = 1
    max_lines: int | None = None
    placeholder: str | None = None
    autofocus: bool = False
    autoscroll: bool = True
    text_align: Literal["left", "right"] | None = None
    rtl: bool = False
    buttons: Sequence[Any] | None = param(default=None, wire=list[str] | None, encode=button_names)
    max_length: int | None = None
    submit_btn: str | bool | None = False
    stop_btn: str | bool | None = False
    html_attributes: InputHTMLAttributes | dict[str, Any] | None = param(
        default=None, wire=dict[str, Any], encode=attributes
    )

    change = event("The text changed, by the user or by an update.")
    input = event("The user edited the text.")
    submit = event("The user pressed Enter, or the submit button.")
    select = event("The user selected a stretch of the text.", payload=dict)
    focus = event("It got the keyboard.")
    blur = event("It lost the keyboard.")
    stop = event("The user pressed the stop button.")
    copy = event("The user pressed the copy button.", payload=dict)

    def check(self) -> None:
        """Refuse an unknown kind and heights that cannot be."""
        super().check()
        if self.type not in ("text", "password", "email"):
            raise DeclarationError(f"{self!r}: type must be 'text', 'password' or 'email', got {self.type!r}")
        self.fall_back("text_align", (None, "left", "right"))
        if self.max_length is not None and self.max_length < 0:
            raise DeclarationError(f"{self!r}: max_length must not be negative, got {self.max_length!r}")

    @property
    def blank(self) -> str:
        """No text."""
        return ""

    def preprocess(self, payload: str | None) -> str | None:
        """Give the text.

        Raises
        ------
        WireError
            The page sent something else, or more than `max_length` characters.
        """
        if payload is None:
            return None
        if not isinstance(payload, str):
            payload = str(payload)
        if self.max_length is not None and len(payload) > self.max_length:
            raise WireError(f"{self!r}: {len(payload)} characters came, max_length is {self.max_length}")
        return payload

    def postprocess(self, value: Any) -> str | None:
        """Show `str(value)`; None clears."""
        return None if value is None else str(value)

    def api_info(self) -> dict[str, Any]:
        """A string."""
        return {"type": "string"}

    def example_payload(self) -> str:
        """Some text."""
        return "Hello!!"

    def example_value(self) -> str:
        """Some text."""
        return "Hello!!"
