"""A parameter or result of an endpoint that has no component; nothing of it is seen."""

from __future__ import annotations

from typing import Any, ClassVar

from ..declare import param
from .base import ComponentBase

__all__ = ["Api"]


class Api(ComponentBase):
    """A value of a `gr.api` endpoint.

    Parameters
    ----------
    value : object
        The parameter's default, None when it has none.
    schema : dict
        JSON schema of it.
    label : str
        Its name in the description of the API.

    Examples
    --------
    >>> Api("x", {"type": "string"}, "1st").api_info()
    {'type': 'string'}
    """

    user_props: ClassVar[tuple[str, ...]] = ()

    value: Any = param(default=None, wire=None)
    schema: Any = param(default=None, wire=None)
    label: str | None = param(default=None, wire=None)

    def api_info(self) -> dict[str, Any]:
        """JSON schema of its type hint."""
        return dict(self.schema or {})

    def example_payload(self) -> Any:
        """The default, or a text that says there is something to give."""
        return self.value if self.value is not None else "..."

    def example_value(self) -> Any:
        """The default."""
        return self.value
