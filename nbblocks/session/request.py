"""Who asks: what a handler can learn of the viewer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from ..events.injected import Injected

__all__ = ["Headers", "Request"]


class Headers(dict[str, str]):
    """Headers of a request by name, however it is written; several of one name are joined by commas.

    Examples
    --------
    >>> Headers({"user-agent": "curl"})["User-Agent"]
    'curl'
    """

    def __init__(self, given: Mapping[str, str] | Iterable[tuple[str, str]] = ()) -> None:
        super().__init__()
        for name, value in given.items() if isinstance(given, Mapping) else given:
            key = name.lower()
            super().__setitem__(key, f"{self[key]}, {value}" if key in self else value)

    def __getitem__(self, name: str) -> str:
        return super().__getitem__(name.lower())

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and super().__contains__(name.lower())

    def get(self, name: str, default: Any = None) -> Any:
        """One of them; `default` where it was not sent."""
        return super().get(name.lower(), default)

    def keys(self) -> list[str]:  # type: ignore[override]
        """The names, in small letters."""
        return list(super().keys())

    def values(self) -> list[str]:  # type: ignore[override]
        """What they say."""
        return list(super().values())

    def items(self) -> list[tuple[str, str]]:  # type: ignore[override]
        """Both."""
        return list(super().items())

    def __reduce__(self) -> Any:
        return Headers, (dict(super().items()),)


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
    state : object
        What the server's `lifespan` gave, by name: `launch(app_kwargs={"lifespan": …})`, or the application's own
        where the app is mounted in one.

    Examples
    --------
    >>> Request(username="ada").username
    'ada'
    """

    request: Any = None
    username: str | None = None
    session_hash: str | None = None
    headers: dict[str, str] = field(default_factory=Headers)
    cookies: dict[str, str] = field(default_factory=dict)
    query_params: dict[str, str] = field(default_factory=dict)
    path_params: dict[str, str] = field(default_factory=dict)
    client: Any = field(default_factory=lambda: SimpleNamespace(host=None, port=None))
    url: str | None = None
    kwargs: dict[str, Any] = field(default_factory=dict)
    state: Any = field(default_factory=SimpleNamespace)

    def __post_init__(self) -> None:
        """Names of headers are told in any case."""
        if not isinstance(self.headers, Headers):
            self.headers = Headers(self.headers)

    def __getstate__(self) -> dict[str, Any]:
        """All but the host's own request and its server's state, which stay where they came from."""
        return {**self.__dict__, "request": None, "state": SimpleNamespace()}
