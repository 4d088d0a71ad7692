"""Buttons of services round an app: who is logged in, a copy of it, a link to its present state."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar, Literal

from ..declare import KW_ONLY, param
from ..exceptions import NotInThisHost, warn_once
from ..tree import Place
from .button import Button, picture_of

__all__ = ["DeepLinkButton", "DuplicateButton", "LoginButton"]

_ICONS = Path(__file__).parent / "icons"
_PERSON, _CHAIN = str(_ICONS / "person.svg"), str(_ICONS / "link.svg")


class LoginButton(Button):
    """A button that shows who logged in by `launch(auth=…)`, and logs them out.

    Nobody is signed in with an account of a model hub here: where nobody logged in, pressing it says so.

    Parameters
    ----------
    value : str or callable
        Its caption while nobody is logged in.
    logout_value : str
        Its caption for who is logged in; `{}` stands for the name.
    icon : str or Path, optional
        Picture before the caption: a file or a URL.

    Examples
    --------
    >>> LoginButton(logout_value="Leave ({})").logout_value
    'Leave ({})'
    """

    chunks: ClassVar[tuple[str, ...]] = ("views-parts",)

    value: str | Callable[..., Any] = param(default="Sign in with Hugging Face", wire=str | None)
    logout_value: str = "Logout ({})"
    _: KW_ONLY
    variant: Literal["primary", "secondary", "stop", "huggingface"] = "huggingface"
    icon: str | Path | None = param(default=_PERSON, wire=dict[str, Any] | None, encode=picture_of)

    def _rendered(self, here: Place) -> None:
        """Gradio's listens with a function without a name, which moves the names of those after it."""
        super()._rendered(here)
        if hasattr(here.root, "spare_name"):
            here.root.spare_name("lambda")

    def activate(self) -> None:
        """Nothing is left to do: the page knows who is logged in."""

    def example_payload(self) -> str:
        """A caption."""
        return "Sign in with Hugging Face"

    def example_value(self) -> str:
        """A caption."""
        return "Sign in with Hugging Face"


class DuplicateButton(Button):
    """A button that copies the app's Space on Hugging Face; elsewhere there is nothing to copy, and it is hidden.

    Parameters
    ----------
    value : str or callable
        Its caption.

    Examples
    --------
    >>> DuplicateButton().size
    'sm'
    """

    is_template: ClassVar[bool] = True

    value: str | Callable[..., Any] = param(default="Duplicate Space", wire=str | None)
    _: KW_ONLY
    variant: Literal["primary", "secondary", "stop", "huggingface"] = "huggingface"
    size: Literal["sm", "md", "lg"] = "sm"
    scale: int | None = 0

    def check(self) -> None:
        """Learn which Space it is that would be copied."""
        super().check()
        space = os.environ.get("SPACE_ID")
        if space is not None and self.link is None:
            self.__dict__["link"] = f"https://huggingface.co/spaces/{space}?duplicate=true"
            self.__dict__.setdefault("link_target", "_blank")
        elif space is None and self.visible is True and self.link is None:
            self.__dict__["visible"] = False

    def _rendered(self, here: Place) -> None:
        """Say why it is not there."""
        super()._rendered(here)
        if "SPACE_ID" not in os.environ and not self.visible:
            warn_once(
                "duplicatebutton", "DuplicateButton is hidden: this app is no Space that it could copy", NotInThisHost
            )

    def activate(self) -> None:
        """Nothing is left to do: it is a link."""


class DeepLinkButton(Button):
    """A button that copies a link to the app as it is now: whoever opens the link finds these values.

    Links live as long as the app does. Inline there is no address to link to, and it cannot be pressed.

    Parameters
    ----------
    value : str or callable
        Its caption.
    copied_value : str
        Its caption for a moment after the link was copied.
    icon : str or Path, optional
        Picture before the caption: a file or a URL.

    Examples
    --------
    >>> DeepLinkButton("Share").copied_value
    'Link Copied!'
    """

    chunks: ClassVar[tuple[str, ...]] = ("views-parts",)
    session_functions: ClassVar[tuple[str, ...]] = ("deep_link",)  #: what its page may ask the session for

    value: str | Callable[..., Any] = param(default="Share via Link", wire=str | None)
    copied_value: str = "Link Copied!"
    _: KW_ONLY
    icon: str | Path | None = param(default=_CHAIN, wire=dict[str, Any] | None, encode=picture_of)

    def activate(self) -> None:
        """Nothing is left to do: the page asks for the link when it is pressed."""
