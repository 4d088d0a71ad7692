"""Who asks: what a handler can learn of the viewer."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from ..events.injected import Injected

__all__ = ["Request"]


@dataclass
class Request(Injected):
    """Who asks, given to a handler that has a parameter with this annotation.

    Parameters
    ----------
    request : object, optional
        The host's own request.
    username : str, optional
        Who logged in; inline, the user of the notebook.
    session_hash : str, optional
        The viewer's session.
    headers, cookies, query_params : dict of str to str
        Of the request that opened the page; empty inline.
    client : object
        `host` and `port` of the viewer; both None inline.
    url : str, optional
        Address of the page.

    Examples
    --------
    >>> Request(username="ada").username
    'ada'
    """

    request: Any = None
    username: str | None = None
    session_hash: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    query_params: dict[str, str] = field(default_factory=dict)
    path_params: dict[str, str] = field(default_factory=dict)
    client: Any = field(default_factory=lambda: SimpleNamespace(host=None, port=None))
    url: str | None = None
    kwargs: dict[str, Any] = field(default_factory=dict)

    def __getstate__(self) -> dict[str, Any]:
        """All but the host's own request, which stays where it came from."""
        return {**self.__dict__, "request": None}
