"""One of several processes that serve an app: what it is told, and how it lives and ends.

The first process ran the script up to its `launch`. Each worker is the same program, run again; it gets from the first
one, over a socket that ends with it, which launch it is to serve and what all workers share.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import signal
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["STARTED_IN", "VARIABLE", "Shared", "Worker", "program", "this_worker", "told", "worker_of"]

#: The first process, and numbers of the socket to it and of the one to listen on.
VARIABLE = "NBBLOCKS_WORKER"


def worker_of(key: str, count: int) -> int:
    """Which of so many workers has what a key names: the same one in every process.

    Examples
    --------
    >>> {worker_of(str(n), 2) for n in range(9)}
    {0, 1}
    """
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big") % count


@dataclass(frozen=True)
class Shared:
    """What is the same in all processes that serve a launch.

    Parameters
    ----------
    launch, count : int
        Which launch of the script it is, and how many processes serve it.
    folder : str, optional
        Where they tell each other of files; nobody else can read it.
    secret, app_id, monitoring_key : str
        What cookies are signed with; what names this start; where the monitoring page is.
    """

    launch: int = 0
    count: int = 1
    folder: str | None = None
    secret: str = field(default_factory=lambda: secrets.token_hex(32))
    app_id: str = field(default_factory=lambda: secrets.token_hex(8))
    monitoring_key: str = field(default_factory=lambda: secrets.token_urlsafe(16))


class Worker:
    """This process, as one of those.

    Parameters
    ----------
    index : int
        Which one.
    url : str
        Where the app is.
    listener : socket
        Where the first process sends it requests.
    control : socket
        Open as long as the first process lives.
    """

    def __init__(self, index: int, url: str, shared: Shared, listener: socket.socket, control: socket.socket) -> None:
        self.index, self.url, self.shared, self.listener = index, url, shared, listener
        self._control = control

    def named(self, make: Callable[[], str]) -> str:
        """A new name of something that this process alone has: one that leads here."""
        while True:
            name = make()
            if worker_of(name, self.shared.count) == self.index:
                return name

    def serve_until_told(self, close: Callable[[], None]) -> None:
        """Say that it serves, and close the app when the first process ends, or says so."""
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C goes to all; the first process ends the others
        self._control.sendall(b"serving\n")

        def listen() -> None:
            with contextlib.suppress(OSError):
                self._control.recv(1)
            close()

        threading.Thread(target=listen, name="nbblocks-worker", daemon=True).start()


@cache
def this_worker() -> Worker | None:
    """What this process was started to be; None: it is a program like any other."""
    first, *numbers = map(int, os.environ.pop(VARIABLE, "0").split(","))
    if first != os.getppid():  # a program that a worker started has the variable, but is none
        return None
    control, listener = (socket.socket(fileno=number) for number in numbers)
    for one in (control, listener):
        one.set_inheritable(False)  # programs that a handler starts have no business with them
    with control.makefile("rb") as lines:
        known: dict[str, Any] = json.loads(lines.readline())
    listener.setblocking(False)
    return Worker(known.pop("index"), known.pop("url"), Shared(**known), listener, control)


def told(index: int, url: str, shared: Shared) -> bytes:
    """What the first process sends to a worker."""
    return json.dumps({"index": index, "url": url, **asdict(shared)}).encode() + b"\n"


# --- the program that is run again

STARTED_IN = os.path.realpath(os.curdir)  #: the folder that names in its command start from


def program() -> list[str] | None:
    """The command that runs this program again; None: it is no script."""
    main = sys.modules.get("__main__")
    file, spec = getattr(main, "__file__", None), getattr(main, "__spec__", None)
    if not hasattr(socket, "AF_UNIX") or not file:
        return None
    is_script = spec is None and Path(file).suffix == ".py"
    is_ours = spec is not None and spec.name.partition(".")[0] == "nbblocks"
    return [sys.executable, *sys.orig_argv[1:]] if is_script or is_ours else None
