"""Notebooks and scripts as apps: one kernel each, for all its visitors."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import re
import time
from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import Any

from jupyter_server.utils import ensure_async

from .relay import KernelBusyError, KernelRelay

__all__ = ["Program", "Programs"]

START_TRIES = 6  #: how often a kernel that has just started is asked for its apps
ANSI = re.compile(r"\x1b\[[0-9;]*m")


class Program:
    """A notebook or script, and the kernel that runs it while somebody looks.

    Parameters
    ----------
    path : str
        As the server's contents have it.
    """

    def __init__(self, programs: Programs, path: str) -> None:
        self.programs, self.path = programs, path
        self.relay: KernelRelay | None = None
        self.app: str | None = None
        self.state = "stopped"  #: or "starting", "ready", "failed"
        self.done, self.total = 0, 0
        self.error, self.traceback = "", ""
        self.visitors = 0
        self._failed_at = 0.0
        self._starting: asyncio.Task[None] | None = None
        self._culling: asyncio.TimerHandle | None = None

    @property
    def is_ready(self) -> bool:
        """Whether the app can be shown now."""
        if self.state == "ready" and not (self.relay is not None and self.relay.is_there and self.app):
            self.state = "stopped"
        return self.state == "ready"

    def start(self) -> None:
        """Start it, unless it runs, starts, or has failed just now."""
        if self.is_ready or self.state == "starting":
            return
        if self.state == "failed" and time.monotonic() - self._failed_at < self.programs.retry_s:
            return
        self.state, self.error, self.traceback = "starting", "", ""
        self.done, self.total = 0, 0
        self._starting = asyncio.ensure_future(self._start())

    async def _start(self) -> None:
        try:
            await self._run()
            self.state = "ready"
            self._cull_later()
        except Exception as error:  # whatever it is, those who wait are told, and it is tried again
            self.programs.log.warning("nbblocks: %s does not start: %s", self.path, error)
            self.state, self._failed_at = "failed", time.monotonic()
            self.error = str(error)
            await self._stop()

    async def _run(self) -> None:
        await self._stop()
        cells, kernel_name = await self.programs.source(self.path)
        self.total = len(cells)
        kernels = self.programs.kernels
        folder = self.path.rpartition("/")[0]
        env = {**os.environ, "NBBLOCKS_PROGRAM": self.path, "JPY_SESSION_NAME": self.path}
        kernel_id = await ensure_async(kernels.start_kernel(path=folder, kernel_name=kernel_name, env=env))
        kernels.add_restart_callback(kernel_id, self._died, "restart")
        kernels.add_restart_callback(kernel_id, self._died, "dead")
        self.relay = self.programs.relay_of(kernel_id)
        await self.relay.ready()
        for source in cells:
            reply = await self.relay.execute(source)
            if reply.get("status") != "ok":
                self.traceback = ANSI.sub("", "\n".join(reply.get("traceback") or []))
                raise RuntimeError(f"{reply.get('ename', 'Error')}: {reply.get('evalue', '')}")
            self.done += 1
        apps = await self._apps(self.relay)
        if not apps:
            raise RuntimeError("it has run, and launched no app")
        self.app = apps[-1]

    async def _apps(self, relay: KernelRelay) -> list[str]:
        """Ask which apps it has launched; on a machine that has much to do, the answer may take a while."""
        for _ in range(START_TRIES - 1):
            with contextlib.suppress(KernelBusyError):
                return await relay.where()
        return await relay.where()

    def _died(self, *args: Any) -> None:
        """The kernel has died: its restarted process has run nothing."""
        if self.state == "ready":
            self.state = "stopped"

    async def _stop(self) -> None:
        relay, self.relay, self.app = self.relay, None, None
        if relay is not None:
            relay.close()
            with contextlib.suppress(KeyError, RuntimeError, TimeoutError):
                if relay.kernel_id in self.programs.kernels:
                    await ensure_async(self.programs.kernels.shutdown_kernel(relay.kernel_id, now=True))

    # --- visitors

    def came(self) -> None:
        """Somebody opened it."""
        self.visitors += 1
        if self._culling is not None:
            self._culling.cancel()
            self._culling = None

    def left(self) -> None:
        """Somebody has gone; when it was the last, the kernel ends after a while."""
        self.visitors -= 1
        self._cull_later()

    def _cull_later(self) -> None:
        if self.visitors == 0 and self.programs.cull_idle_s > 0:
            if self._culling is not None:
                self._culling.cancel()
            self._culling = asyncio.get_running_loop().call_later(self.programs.cull_idle_s, self._cull)

    def _cull(self) -> None:
        if self.visitors == 0 and self.state == "ready":
            self.state = "stopped"
            self._starting = asyncio.ensure_future(self._stop())


class Programs:
    """The programs that this server shows as apps.

    Parameters
    ----------
    shared : list of str
        Patterns of the paths that others than the server's owner may open.
    cull_idle_s : float
        A kernel ends when it had no visitor for so long; 0: never.
    """

    def __init__(
        self,
        kernels: Any,
        contents: Any,
        relay_of: Callable[[str], KernelRelay],
        log: logging.Logger,
        shared: list[str],
        cull_idle_s: float,
        retry_s: float,
    ) -> None:
        self.kernels, self.contents, self.relay_of, self.log = kernels, contents, relay_of, log
        self.shared, self.cull_idle_s, self.retry_s = shared, cull_idle_s, retry_s
        self._programs: dict[str, Program] = {}

    def is_shared(self, path: str) -> bool:
        """Whether others may open it."""
        return any(fnmatchcase(path, pattern) for pattern in self.shared)

    async def get(self, path: str) -> Program | None:
        """The program at a path; None when there is none."""
        known = self._programs.get(path)
        if known is None:
            is_plain = all(part and not part.startswith(".") for part in path.split("/")) and "\\" not in path
            if not is_plain or not await ensure_async(self.contents.file_exists(path)):
                return None
            known = self._programs[path] = Program(self, path)
        return known

    async def source(self, path: str) -> tuple[list[str], str | None]:
        """What to run, piece by piece, and the name of the kernel that is to run it."""
        if path.endswith(".ipynb"):
            notebook = (await ensure_async(self.contents.get(path, content=True, type="notebook")))["content"]
            cells = [c["source"] for c in notebook["cells"] if c["cell_type"] == "code" and c["source"].strip()]
            return cells, notebook["metadata"].get("kernelspec", {}).get("name")
        text = (await ensure_async(self.contents.get(path, content=True, type="file", format="text")))["content"]
        name = path.rpartition("/")[2]
        return [f"__file__ = {name!r}\nexec(compile({text!r}, {name!r}, 'exec'))"], None
