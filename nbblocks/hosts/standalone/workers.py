"""`launch(num_workers=…)`: several processes behind one port; this is the first, which starts and ends the others."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import logging
import os
import shutil
import socket
import subprocess
import tempfile
import time
from concurrent.futures import Future
from pathlib import Path

from tornado import httpserver

from ...blocks import Blocks, LaunchOptions
from ...exceptions import BlocksError
from .api import MAX_JSON_BYTES
from .front import Front
from .serve import StandaloneApp, bind, tls
from .worker import STARTED_IN, VARIABLE, Shared, Worker, program, told

__all__ = ["WorkerApp", "WorkersApp"]

log = logging.getLogger("nbblocks")

LEAVE_S = 5.0  #: that long a worker may take to end
FIRST_WAIT_S, LONGEST_WAIT_S = 0.1, 30.0  #: before one that ended at once is started again
SETTLED_S = 10.0  #: one that served so long did not end at once


class WorkersApp(StandaloneApp):
    """An app served by several processes.

    Parameters
    ----------
    count : int
        How many.
    launch : int
        Which launch of the script it is.
    """

    start_s = None  # a program may take long to come to its launch
    stop_s = 2 * LEAVE_S

    def __init__(self, blocks: Blocks, options: LaunchOptions, count: int, launch: int) -> None:
        self._folder = tempfile.mkdtemp(prefix="nbblocks-")  # 0700: nobody else comes to the workers
        self._shared = Shared(launch, count, self._folder)
        self._listeners: list[socket.socket] = []
        self._started: dict[int, tuple[subprocess.Popen[bytes], socket.socket]] = {}
        self._watching: list[asyncio.Task[None]] = []
        atexit.register(self._end)
        try:
            super().__init__(blocks, options, self._shared)
        except BaseException:
            self._end()
            raise

    def _name(self, index: int) -> str:
        return f"Worker {index + 1} of {self._shared.count}"

    @property
    def pids(self) -> list[int]:
        """The processes that serve now."""
        return [process.pid for process, _ in self._started.values()]

    async def _main(self, host: str, ready: Future[str]) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopping = asyncio.Event()
        sockets = bind(host, self.options.server_port)
        self._public_url = self._url(host, sockets[0].getsockname()[1])
        places = [str(Path(self._folder, str(index))) for index in range(self._shared.count)]
        for place in places:
            listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            listener.bind(place)
            listener.listen(128)  # who comes while a worker is started waits
            self._listeners.append(listener)
        try:
            await asyncio.gather(*(self._start_worker(index) for index in range(self._shared.count)))
        except BaseException:
            for one in sockets:
                one.close()
            raise
        front = Front(self._shared, places, self.app.base, MAX_JSON_BYTES)
        server = httpserver.HTTPServer(
            front,
            ssl_options=tls(self.options),
            xheaders=bool(self.options.root_path),
            max_body_size=1 << 60,  # a worker has its limits
            max_header_size=64 << 10,
        )
        server.add_sockets(sockets)
        ready.set_result(self._public_url)
        await self._stopping.wait()
        server.stop()
        for task in self._watching:
            task.cancel()
        await asyncio.to_thread(self._end)
        await server.close_all_connections()

    async def _start_worker(self, index: int) -> None:
        """Start one; it serves when this returns.

        Raises
        ------
        BlocksError
            It ended before.
        """
        ours, theirs = socket.socketpair()
        numbers = theirs.fileno(), self._listeners[index].fileno()
        command = program()
        assert command is not None
        process = subprocess.Popen(
            command,
            cwd=STARTED_IN,
            env={**os.environ, VARIABLE: f"{os.getpid()},{numbers[0]},{numbers[1]}"},
            pass_fds=numbers,
            stdin=subprocess.DEVNULL,
        )
        theirs.close()
        ours.setblocking(False)
        self._started[index] = process, ours
        with contextlib.suppress(OSError):
            await self._loop.sock_sendall(ours, told(index, self._public_url, self._shared))
        if await _read(self._loop, ours) != b"serving\n":
            status = await asyncio.to_thread(process.wait)
            ours.close()
            raise BlocksError(f"{self._name(index)} ended with status {status} before it served the app")
        self._watching.append(asyncio.ensure_future(self._watch(index, process, ours)))

    async def _watch(self, index: int, process: subprocess.Popen[bytes], control: socket.socket) -> None:
        """Start a worker again when it ends."""
        wait_s = FIRST_WAIT_S
        since = time.monotonic()
        await _read(self._loop, control)
        while not self._stopping.is_set():
            status = await asyncio.to_thread(process.wait)
            if time.monotonic() - since > SETTLED_S:
                wait_s = FIRST_WAIT_S
            log.warning(
                "%s ended with status %s; it is started again, and the sessions that it had begin anew",
                self._name(index),
                status,
            )
            control.close()
            await asyncio.sleep(wait_s)
            wait_s = min(2 * wait_s, LONGEST_WAIT_S)
            try:
                await self._start_worker(index)
            except BlocksError:
                process = self._started[index][0]
                continue
            return

    def _end(self) -> None:
        """End the workers, and forget what they shared."""
        for _, control in self._started.values():
            control.close()
        until = time.monotonic() + LEAVE_S
        for process, _ in self._started.values():
            try:
                process.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for listener in self._listeners:
            listener.close()
        shutil.rmtree(self._folder, ignore_errors=True)
        atexit.unregister(self._end)


class WorkerApp(StandaloneApp):
    """An app in one of the processes that serve it."""

    def __init__(self, blocks: Blocks, options: LaunchOptions, worker: Worker) -> None:
        self._of = worker
        super().__init__(blocks, options, worker.shared, worker)

    def wait(self) -> None:
        """Serve until the first process ends; nothing after the launch is run."""
        self._of.serve_until_told(lambda: self.app.blocks.close(verbose=False))
        super().wait()
        self._thread.join(self.stop_s)
        shutil.rmtree(str(self._of.shared.folder), ignore_errors=True)  # the first process may have had no time to
        raise SystemExit(0)


async def _read(loop: asyncio.AbstractEventLoop, control: socket.socket) -> bytes:
    """What a worker says; nothing: it has ended."""
    try:
        return await loop.sock_recv(control, 64)
    except OSError:
        return b""
