"""The programs that talk to an app: a session each, by the name it gives itself."""

from __future__ import annotations

import difflib
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from ..events import Dependency
from ..session.request import Request
from ..wire.fetch import is_url
from ..wire.files import FileData
from .calls import ApiEvent, ClientSession, InvalidCallError
from .files import PublicFiles
from .info import endpoint_of

if TYPE_CHECKING:
    from ..session.app import LiveApp

__all__ = ["Clients", "UnknownEndpointError"]


class UnknownEndpointError(Exception):
    """There is no endpoint of that name, or none that a program may call."""


class Clients:
    """The sessions of an app's clients.

    Parameters
    ----------
    app : LiveApp
        The app.
    public : PublicFiles
        What its clients may read.
    """

    def __init__(self, app: LiveApp, public: PublicFiles) -> None:
        self.app, self.public = app, public
        self._sessions: OrderedDict[tuple[str | None, str], ClientSession] = OrderedDict()
        self._events: OrderedDict[str, tuple[ClientSession, ApiEvent]] = OrderedDict()
        self._lock = threading.Lock()

    def session(self, key: str, request: Request, root: str = "") -> ClientSession:
        """The session of that name and user; made when it is new."""
        name = (request.username, key)
        with self._lock:
            session = self._sessions.get(name)
            if session is None or session.is_closed:
                session = ClientSession(self.app, request, key, self.public, root)
                self._sessions[name] = session
            self._sessions.move_to_end(name)
            dropped = []
            while len(self._sessions) > max(1, self.app.options.state_session_capacity):
                dropped.append(self._sessions.popitem(last=False)[1])
        session.root = root or session.root
        for old in dropped:
            old.close()
        return session

    def known(self, key: str, username: str | None) -> ClientSession | None:
        """A session, if there is one."""
        return self._sessions.get((username, key))

    def keep(self, session: ClientSession, event: ApiEvent) -> None:
        """Remember a call until its results are asked for."""
        with self._lock:
            self._events[event.id] = (session, event)
            while len(self._events) > 10_000:
                self._events.popitem(last=False)

    def event(self, event_id: str) -> tuple[ClientSession, ApiEvent] | None:
        """A call that was remembered."""
        return self._events.get(event_id)

    def forget_event(self, event_id: str) -> None:
        """Its results were told."""
        with self._lock:
            self._events.pop(event_id, None)

    def end(self, key: str, username: str | None) -> None:
        """A client has left."""
        with self._lock:
            session = self._sessions.pop((username, key), None)
        if session is not None:
            self.app.left(session)
            session.close()

    def close(self) -> None:
        """End all of them."""
        with self._lock:
            sessions = list(self._sessions.values())
            self._sessions.clear()
        for session in sessions:
            session.close()

    # --- endpoints

    def endpoint(self, name: str | None = None, number: int | None = None) -> Dependency:
        """What a client may call, by name or number.

        Raises
        ------
        UnknownEndpointError
            There is none, or it is private.
        """
        listeners = self.app.blocks.listeners
        found = None
        if number is not None:
            found = listeners.get(number)
        elif name is not None:
            wanted = name.lstrip("/")
            found = next((d for d in listeners.values() if d.api_name == wanted and self._is_open(d)), None)
        if found is None or not self._is_open(found):
            raise UnknownEndpointError(self._near(name if name is not None else str(number)))
        return found

    @staticmethod
    def _is_open(dependency: Dependency) -> bool:
        return dependency.fn is not None and dependency.api_visibility != "private"

    def _default(self, value: Any) -> Any:
        """A parameter's default as if a client had given it: a file of the author's is one that clients may name."""
        if not isinstance(value, dict) or not value.get("path") or "meta" not in value or is_url(value["path"]):
            return value
        return {**value, "path": self.public.share(FileData.from_payload(value))}

    def _near(self, name: str) -> str:
        names = [str(d.api_name) for d in self.app.blocks.listeners.values() if self._is_open(d) and d.api_name]
        near = difflib.get_close_matches(name.lstrip("/"), names, n=3, cutoff=0.5)
        hint = f"; near it: {', '.join('/' + n for n in near)}" if near else ""
        return f"There is no endpoint {name!r}{hint}"

    def arguments(self, dependency: Dependency, named: dict[str, Any]) -> list[Any]:
        """Named arguments in their order; those left out have their defaults.

        Raises
        ------
        InvalidCallError
            One is unknown, or one that has no default is missing.
        """
        parameters = endpoint_of(dependency)["parameters"]
        strange = named.keys() - {p["parameter_name"] for p in parameters}
        if strange:
            raise InvalidCallError(f"/{dependency.api_name} has no parameter {', '.join(sorted(strange))}")
        data = []
        for p in parameters:
            name = p["parameter_name"]
            if name not in named and not p["parameter_has_default"]:
                raise InvalidCallError(
                    f"/{dependency.api_name}: the parameter {name!r} has no default and was not given"
                )
            data.append(named[name] if name in named else self._default(p["parameter_default"]))
        return data
