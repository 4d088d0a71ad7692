"""How a handler that runs elsewhere tells its steps and its progress while it runs, and learns that it is cancelled.

A line has two ends. `Near` stays in this process; its `far` travels with the call, pickled.
"""

from __future__ import annotations

import contextlib
import multiprocessing.connection
import pickle
import secrets
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from typing import Any, Protocol

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
        return _EngineNear(executor, receive)
    return None


# --- processes of this machine: a socket that only who has the key can use


class _Exchange:
    """Where the far ends of this machine's processes call; one for all of them."""

    def __init__(self) -> None:
        self.key = secrets.token_bytes(32)
        self._listener = multiprocessing.connection.Listener(authkey=self.key)
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


_exchange: _Exchange | None = None
_starting = threading.Lock()


def _the_exchange() -> _Exchange:
    global _exchange
    with _starting:
        if _exchange is None:
            _exchange = _Exchange()
        return _exchange


class _SocketNear:
    def __init__(self, receive: Receive) -> None:
        self.receive = receive
        self.name = secrets.token_bytes(16)
        self._connection: Any = None
        self._is_cancelled = False
        self._lock = threading.Lock()
        exchange = _the_exchange()
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
        _the_exchange().forget(self)


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


# --- ipyparallel: messages are data that the engine publishes; a handler that runs is interrupted


class _EngineNear:
    def __init__(self, executor: Any, receive: Receive) -> None:
        self._client: Any = executor.view.client
        self._receive = receive
        self.far: Far = _EngineFar()
        self._engine: int | None = None

    def cancel(self, future: Future[Any]) -> None:
        import signal

        asked: Any = future
        with contextlib.suppress(Exception):  # it has ended, or its cluster passes no signals on
            asked.abort()
        engine = getattr(asked, "engine_id", None)
        if engine is not None:
            with contextlib.suppress(Exception):
                self._client.send_signal(signal.SIGINT, targets=[engine])

    def close(self) -> None:
        """Nothing is left open."""


class _EngineFar:
    def __init__(self) -> None:
        self._sent = 0

    def send(self, message: bytes) -> None:
        from ipyparallel.datapub import publish_data

        publish_data({f"nbblocks-{self._sent}": message})
        self._sent += 1

    def is_cancelled(self) -> bool:
        return False

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
