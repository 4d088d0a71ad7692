"""A tree of JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, ClassVar

from ..declare import KW_ONLY, param
from ..events import event
from ..exceptions import Error
from ..wire.payloads import Root
from ..wire.plain import plain
from .base import Labelled, button_names

__all__ = ["JSON"]


class JSON(Labelled):
    """A tree of JSON, to be folded and unfolded.

    Parameters
    ----------
    value : dict, list, str or callable, optional
        What is shown first; text is read as JSON. A function is called once per page load.
    open : bool
        Whether all of it is unfolded at first.
    show_indices : bool
        Whether items of lists are numbered.
    height, max_height, min_height : int or str, optional
        In pixels, or any CSS length; what is longer scrolls.
    buttons : list of str or Button, optional
        Buttons in its corner: "copy", or buttons of your own; None: "copy".

    Examples
    --------
    >>> JSON().postprocess('{"a": [1, 2]}')
    {'a': [1, 2]}
    """

    data_model: ClassVar[Any] = Root
    user_props: ClassVar[tuple[str, ...]] = ()

    value: Any = param(default=None, wire=Any)
    _: KW_ONLY
    open: bool = False
    show_indices: bool = False
    height: int | str | None = None
    max_height: int | str | None = 500
    min_height: int | str | None = None
    buttons: Sequence[Any] | None = param(default=None, wire=list[str] | None, encode=button_names)

    change = event("What is shown changed.")

    told_for_none: ClassVar[dict[str, Any]] = {"buttons": ["copy"]}

    def preprocess(self, payload: Any) -> Any:
        """Give what is shown."""
        return payload.root if isinstance(payload, Root) else payload

    def postprocess(self, value: Any) -> Root | None:
        """Show a value; text is read as JSON, arrays and frames become lists, None shows nothing.

        Raises
        ------
        Error
            The text is no JSON.
        ValueError
            Part of the value is of a kind that JSON has no place for.
        """
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except json.JSONDecodeError as error:
                raise Error(f"{self!r}: the text is no JSON ({error}); give the object itself") from None
        if value is None:
            return None
        try:
            return Root(plain(value))
        except ValueError as error:
            raise ValueError(f"{self!r}: {error}") from None

    def api_info(self) -> dict[str, Any]:
        """Anything."""
        return {"type": {}, "description": "any json"}

    def example_payload(self) -> Any:
        """A small object."""
        return {"foo": "bar"}

    def example_value(self) -> Any:
        """A small object."""
        return {"foo": "bar"}
