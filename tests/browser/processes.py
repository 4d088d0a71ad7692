"""Servers the browser tests start, each ended with everything it started."""

from __future__ import annotations

import json
import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

START_TIMEOUT_S = 60
END_TIMEOUT_S = 10


class Server:
    """A process that prints the address it serves.

    Attributes
    ----------
    url : str
        What it printed, without a trailing slash.
    process : Popen
    lines : list of str
        What it has printed so far, to standard output or standard error.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        address: str,
        environment: Mapping[str, str],
        cwd: Path,
        end_signal: signal.Signals,
    ) -> None:
        self.lines: list[str] = []
        self._end_signal = end_signal
        # A shell's background job, and so each process it starts, would ignore it.
        if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        self.process = subprocess.Popen(
            command,
            cwd=cwd,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._printed: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        try:
            self.url = self.wait_for_line(address)[0].rstrip("/")
        except BaseException:
            self.end()
            raise

    @property
    def output(self) -> str:
        """Everything printed so far."""
        return "".join(self.lines)

    def wait_for_line(self, pattern: str, timeout_s: float = START_TIMEOUT_S) -> re.Match[str]:
        """Wait until a line not yet waited for matches `pattern`, a regular expression.

        Raises
        ------
        RuntimeError
            The process ended, or `timeout_s` passed without any output. The message shows the
            output.
        """
        while True:
            try:
                line = self._printed.get(timeout=timeout_s)
            except queue.Empty:
                raise RuntimeError(f"no line like {pattern!r} in:\n{self.output}") from None
            if line is None:
                raise RuntimeError(
                    f"ended with status {self.process.wait()}, no line like {pattern!r} in:\n{self.output}"
                )
            if match := re.search(pattern, line):
                return match

    def end(self) -> int:
        """Ask the process to end, then end its whole group by force; return its status."""
        self._signal(self._end_signal)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(END_TIMEOUT_S)
        self._signal(signal.SIGKILL)
        return self.process.wait()

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line)
            self._printed.put(line)
        self._printed.put(None)


@contextmanager
def running(
    command: Sequence[str],
    *,
    address: str,
    cwd: Path,
    environment: Mapping[str, str],
    end_signal: signal.Signals = signal.SIGINT,
) -> Iterator[Server]:
    """Run a server; `address` is a regular expression for what it prints once it listens."""
    server = Server(command, address=address, environment=environment, cwd=cwd, end_signal=end_signal)
    try:
        yield server
    finally:
        server.end()


def until_it_listens(url: str) -> None:
    """Wait until a server can be asked: Jupyter says its address a moment before."""
    host, _, port = url.partition("://")[2].partition("/")[0].partition(":")
    end = time.monotonic() + START_TIMEOUT_S
    while True:
        try:
            socket.create_connection((host, int(port)), timeout=START_TIMEOUT_S).close()
            return
        except ConnectionRefusedError:
            if time.monotonic() > end:
                raise


def free_port() -> int:
    """Find a port of 127.0.0.1 nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def isolated_jupyter(directory: Path) -> dict[str, str]:
    """Environment in which Jupyter keeps its files in `directory`, and asks its user nothing."""
    names = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
    }
    (directory / "data").mkdir(parents=True)
    notification = directory / "settings" / "@jupyterlab" / "apputils-extension"
    notification.mkdir(parents=True)
    settings = {"checkForUpdates": False, "fetchNews": "false"}
    (notification / "notification.jupyterlab-settings").write_text(json.dumps(settings))
    binaries = str(Path(sys.executable).parent)
    return {
        **{variable: str(directory / name) for variable, name in names.items()},
        "JUPYTER_NO_CONFIG": "1",
        "PATH": os.pathsep.join([binaries, os.environ.get("PATH", os.defpath)]),
    }
