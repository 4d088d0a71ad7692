"""How a handler that runs elsewhere tells its steps and its progress while it runs, and learns that it is cancelled.

A line has two ends. `Near` stays in this process; its `far` travels with the call, pickled.
"""

from __future__ import annotations

import contextlib
import multiprocessing.connection
import pickle
import secrets
import socket
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from typing import Any, Protocol
from urllib.parse import urlsplit

__all__ = ["Far", "Near", "line_to"]

Receive = Callable[[bytes], None]


class Far(Protocol):
    """The end that the handler holds."""

    def send(self, message: bytes) -> None:
        """Tell something, in order."""

    def is_cancelled(self) -> bool:
        """Whether nobody waits for more."""

    def close(self) -> None:
        """The handler has ended."""


class Near(Protocol):
    """The end that stays here."""

    far: Far

    def cancel(self, future: Future[Any]) -> None:
        """Let the handler know that nobody waits for more."""

    def close(self) -> None:
        """The handler has ended."""


def line_to(executor: Executor, receive: Receive) -> Near | None:
    """A line to where an executor runs things; None: there is no way.

    Parameters
    ----------
    receive : callable
        Called with each message, in order, on any thread.
    """
    kind = f"{type(executor).__module__}.{type(executor).__qualname__}"
    if isinstance(executor, ProcessPoolExecutor) or kind.startswith("loky."):
        return _SocketNear(receive)
    if kind == "distributed.cfexecutor.ClientExecutor":
        return _DaskNear(executor, receive)
    if kind == "ipyparallel.client.view.ViewExecutor":
        return _SocketNear(receive, _host_towards(executor))
    return None


# --- processes of this machine, or of machines that reach this one: a socket that only who has the key can use


class _Exchange:
    """Where far ends call; one for all of them.

    Parameters
    ----------
    host : str, optional
        The address by which other machines reach this one; None: only processes of this machine call.
    """

    def __init__(self, host: str | None) -> None:
        self.key = secrets.token_bytes(32)
        where = (host, 0) if host is not None else None
        self._listener = multiprocessing.connection.Listener(where, authkey=self.key)
        self.address: Any = self._listener.address
        self._lines: dict[bytes, _SocketNear] = {}
        threading.Thread(target=self._accept, name="nbblocks-exchange", daemon=True).start()

    def expect(self, line: _SocketNear) -> None:
        """A far end will call by this line's name."""
        self._lines[line.name] = line

    def forget(self, line: _SocketNear) -> None:
        """It has ended."""
        self._lines.pop(line.name, None)

    def _accept(self) -> None:
        while True:
            try:
                connection: Any = self._listener.accept()
            except (OSError, EOFError, multiprocessing.AuthenticationError):  # someone else called, or hung up
                continue
            threading.Thread(target=self._listen, args=(connection,), name="nbblocks-line", daemon=True).start()

    def _listen(self, connection: Any) -> None:
        with contextlib.suppress(OSError, EOFError), connection:  # it ends by hanging up
            line = self._lines.get(connection.recv_bytes())
            if line is None:
                return
            line.answered(connection)
            while True:
                line.receive(connection.recv_bytes())


_exchanges: dict[str | None, _Exchange] = {}
_starting = threading.Lock()


def _exchange_at(host: str | None) -> _Exchange:
    with _starting:
        if host not in _exchanges:
            _exchanges[host] = _Exchange(host)
        return _exchanges[host]


def _host_towards(executor: Any) -> str | None:
    """The address of this machine as the engines of an ipyparallel cluster reach it; None: they are on it.

    ipyparallel's own way, `publish_data`, is lost under ipykernel 7: nothing that an engine publishes arrives.
    """
    registration = urlsplit(
        str(executor.view.client._config.get("registration") or executor.view.client._config["interface"])
    )
    if registration.hostname in ("127.0.0.1", "localhost", "::1", None):
        return None
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:  # sends nothing: it only asks for the route
        probe.connect((registration.hostname, 9))
        return str(probe.getsockname()[0])


class _SocketNear:
    def __init__(self, receive: Receive, host: str | None = None) -> None:
        self.receive = receive
        self.name = secrets.token_bytes(16)
        self._connection: Any = None
        self._is_cancelled = False
        self._lock = threading.Lock()
        self._exchange = exchange = _exchange_at(host)
        exchange.expect(self)
        self.far: Far = _SocketFar(exchange.address, exchange.key, self.name)

    def answered(self, connection: Any) -> None:
        """The far end has called."""
        with self._lock:
            self._connection = connection
            if self._is_cancelled:
                self._tell_cancelled()

    def cancel(self, future: Future[Any]) -> None:
        with self._lock:
            self._is_cancelled = True
            if self._connection is not None:
                self._tell_cancelled()

    def _tell_cancelled(self) -> None:
        with contextlib.suppress(OSError):  # it has ended meanwhile
            self._connection.send_bytes(b"cancel")

    def close(self) -> None:
        self._exchange.forget(self)


class _SocketFar:
    def __init__(self, address: Any, key: bytes, name: bytes) -> None:
        self.address, self.key, self.name = address, key, name
        self._connection: Any = None

    def _called(self) -> Any:
        if self._connection is None:
            self._connection = multiprocessing.connection.Client(self.address, authkey=self.key)
            self._connection.send_bytes(self.name)
        return self._connection

    def send(self, message: bytes) -> None:
        self._called().send_bytes(message)

    def is_cancelled(self) -> bool:
        return bool(self._called().poll())

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()


# --- Dask: messages are events of a topic, which the scheduler passes on


class _DaskNear:
    def __init__(self, executor: Any, receive: Receive) -> None:
        import distributed

        self._client: Any = executor._client
        self._name = f"nbblocks-{secrets.token_hex(8)}"
        self._client.subscribe_topic(self._name, lambda event: receive(event[1]))
        event: Any = distributed.Event
        self._flag = event(self._name, client=self._client)
        self.far: Far = _DaskFar(self._name)

    def cancel(self, future: Future[Any]) -> None:
        self._flag.set()

    def close(self) -> None:
        with contextlib.suppress(Exception):  # the cluster may be gone
            self._client.unsubscribe_topic(self._name)
            self._flag.clear()


class _DaskFar:
    def __init__(self, name: str) -> None:
        self.name = name

    def send(self, message: bytes) -> None:
        import distributed

        distributed.get_worker().log_event(self.name, message)

    def is_cancelled(self) -> bool:
        import distributed

        event: Any = distributed.Event
        return bool(event(self.name, client=distributed.get_client()).is_set())

    def close(self) -> None:
        """Nothing is left open."""


def pickled(value: Any) -> bytes:
    """A value as bytes, with functions and classes of a notebook's cells by what they are and not by name.

    Raises
    ------
    pickle.PicklingError, TypeError, AttributeError
        It cannot travel.
    """
    try:
        import cloudpickle
    except ModuleNotFoundError:
        return pickle.dumps(value)
    made: bytes = cloudpickle.dumps(value)
    return made
