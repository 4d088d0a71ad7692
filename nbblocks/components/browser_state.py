"""A value that stays in the browser."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from ..declare import KW_ONLY, param
from ..events import event
from ..tree import RenderMethod
from ..wire.payloads import dumped
from .base import Component

__all__ = ["BrowserState"]


class BrowserState(Component):
    """A value that stays in the browser, also after the page is closed; anything that JSON can carry.

    Parameters
    ----------
    default_value : object
        What it is where the browser holds none.
    storage_key : str, optional
        Its name in the browser's storage; None: a random one, so that it ends with this process.
    secret : str, optional
        Encrypts it there; None: a random one, so that it ends with this process.
    render : bool
        False: not placed where it is made; call `render()` later.

    Examples
    --------
    >>> BrowserState({"name": ""}, storage_key="user", secret="s").default_value
    {'name': ''}
    """

    extra_props: ClassVar[dict[str, Any]] = {"value": Any}

    default_value: Any = param(default=None, wire=Any)
    _: KW_ONLY
    storage_key: str | None = None
    secret: str | None = None
    render: bool = param(default=True, wire=None)

    change = event("The value became another.")

    def check(self) -> None:
        """Name and lock what was given neither name nor secret."""
        self.__dict__["default_value"] = dumped(self.default_value)
        self.storage_key = self.storage_key or secrets.token_urlsafe(12)
        self.secret = self.secret or secrets.token_urlsafe(12)

    def preprocess(self, payload: Any) -> Any:
        """Give what the browser holds; the default when it holds nothing."""
        return self.default_value if payload is None else payload

    def postprocess(self, value: Any) -> Any:
        """Keep a value; a model becomes a dict."""
        return dumped(value)

    def first_value(self) -> Any:
        """The default, until the page tells what the browser holds."""
        return self.default_value

    def api_info(self) -> dict[str, Any]:
        """Anything."""
        return {"type": {}, "description": "any json"}

    def example_payload(self) -> Any:
        """A text."""
        return "test"

    def example_value(self) -> Any:
        """A text."""
        return "test"


BrowserState.render = RenderMethod()  # type: ignore[assignment]
