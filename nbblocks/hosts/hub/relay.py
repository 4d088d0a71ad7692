"""The Jupyter server's end of one kernel: pipes to the apps that it offers.

By the kernel's unix socket when both are on one machine, else by comms on a subshell of its own, which a cell that runs
does not hold up.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import stat
import uuid
from typing import Any

from .pipe import TARGET, CommPipe, Pipe, PipeClosedError, SocketPipe

__all__ = ["ANSWER_S", "KernelBusyError", "KernelGoneError", "KernelRelay"]

ANSWER_S = 10.0  #: a kernel that says nothing for so long is busy, or not there
WATCH_S = 2.0  #: between two looks whether a silent kernel is still there


class KernelGoneError(Exception):
    """The kernel is not there, or offers no apps."""


class KernelBusyError(KernelGoneError):
    """The kernel does not answer now."""


class KernelRelay:
    """Pipes to one kernel.

    Parameters
    ----------
    kernels : MultiKernelManager
        The server's.
    kernel_id : str
        The kernel's name in it.
    use_socket : bool
        Whether to use the kernel's unix socket where there is one.
    """

    def __init__(self, kernels: Any, kernel_id: str, log: logging.Logger, use_socket: bool = True) -> None:
        self.kernels, self.kernel_id, self.log, self.use_socket = kernels, kernel_id, log, use_socket
        self.apps: list[str] = []
        self.is_closed = False
        self._client: Any = None
        self._tasks: list[asyncio.Task[None]] = []
        self._pipes: dict[str, CommPipe] = {}
        self._replies: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._subshell: str | None = None
        self._socket: str | None = None
        self._process: str | None = None
        self._pid: int | None = None
        self._is_asked = False
        self._asking = asyncio.Lock()

    # --- its life

    @property
    def is_there(self) -> bool:
        """Whether the server still has the kernel."""
        return not self.is_closed and self.kernel_id in self.kernels

    def _start(self) -> None:
        if self._client is None:
            if not self.is_there:
                raise KernelGoneError("the kernel is not running")
            self._client = self.kernels.get_kernel(self.kernel_id).client()
            self._look()
            self._client.start_channels(shell=True, iopub=True, stdin=False, hb=False, control=True)
            self._tasks = [
                asyncio.ensure_future(self._hear()),
                asyncio.ensure_future(self._collect(self._client.get_shell_msg)),
                asyncio.ensure_future(self._collect(self._client.get_control_msg)),
            ]

    def close(self) -> None:
        """End every pipe and let the kernel's channels go."""
        self.is_closed = True
        self._forget()
        for task in self._tasks:
            task.cancel()
        if self._client is not None:
            self._client.stop_channels()
            self._client = None

    def _forget(self) -> None:
        """The kernel is another process now, or none."""
        self._is_asked, self._subshell, self._socket, self.apps = False, None, None, []
        for pipe in list(self._pipes.values()):
            pipe.end()
        self._pipes.clear()
        for reply in list(self._replies.values()):
            if not reply.done():
                reply.set_exception(KernelGoneError("the kernel has stopped"))
        self._replies.clear()

    # --- what the kernel says

    async def _hear(self) -> None:
        from queue import Empty

        while True:
            try:
                message = await self._client.get_iopub_msg(timeout=WATCH_S)
            except Empty:
                if not self.is_there or not await self._is_alive():
                    self.close()
                    return
                self._look()
                continue
            self._recognise(message)
            kind, content = message["msg_type"], message["content"]
            pipe = self._pipes.get(content.get("comm_id", ""))
            if pipe is None:
                continue
            if kind == "comm_msg":
                pipe.feed(content["data"], message.get("buffers") or [])
            elif kind == "comm_close":
                pipe.end()

    def _recognise(self, message: dict[str, Any]) -> None:
        """Each process of a kernel has a session of its own: with another one, nothing holds that was known."""
        session = message["header"].get("session")
        if self._process is not None and session != self._process:
            self._forget()
            if self.is_there:
                self._pid = self._current_pid()
        self._process = session

    def _look(self) -> None:
        """Forget a process that was replaced; its successor's first message may come before the channels are there."""
        pid = self._current_pid()
        if self._pid is not None and pid != self._pid:
            self._forget()
            self._process = None  # whoever speaks next is no other than this one
        self._pid = pid

    def _current_pid(self) -> int | None:
        kernel = self.kernels.get_kernel(self.kernel_id)
        found: int | None = getattr(kernel.provisioner, "pid", None)
        return found

    async def _is_alive(self) -> bool:
        with contextlib.suppress(KeyError):
            alive = self.kernels.get_kernel(self.kernel_id).is_alive()
            return bool(await alive) if asyncio.iscoroutine(alive) else bool(alive)
        return False

    async def _collect(self, next_reply: Any) -> None:
        while True:
            message = await next_reply(timeout=None)
            self._recognise(message)
            reply = self._replies.pop(message["parent_header"].get("msg_id", ""), None)
            if reply is not None and not reply.done():
                reply.set_result(message["content"])

    # --- what it is asked

    async def _ask(self, channel: str, kind: str, content: dict[str, Any], timeout_s: float | None) -> dict[str, Any]:
        self._start()
        session = self._client.session
        message = session.msg(kind, content)
        reply = self._replies[message["header"]["msg_id"]] = asyncio.get_running_loop().create_future()
        session.send(getattr(self._client, f"{channel}_channel").socket, message)
        try:
            return await asyncio.wait_for(reply, timeout_s)
        except asyncio.TimeoutError:
            raise KernelBusyError("the kernel does not answer") from None
        finally:
            self._replies.pop(message["header"]["msg_id"], None)

    async def execute(self, code: str) -> dict[str, Any]:
        """Run code as a cell of a notebook; the reply. Raises KernelGoneError."""
        content = {
            "code": code,
            "silent": False,
            "store_history": False,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": True,
        }
        return await self._ask("shell", "execute_request", content, None)

    async def ready(self) -> None:
        """Wait until the kernel answers at all. Raises KernelGoneError."""
        await self._ask("shell", "kernel_info_request", {}, 60.0)

    async def where(self) -> list[str]:
        """Ask which apps there are, and where; their names. Raises KernelGoneError."""
        async with self._asking:
            if not self._subshell and not self._is_asked:
                self._subshell = await self._own_subshell()
            pipe = self._comm({"type": "where"})
            try:
                answer, _ = await asyncio.wait_for(pipe.receive(), ANSWER_S)
            except PipeClosedError:
                raise KernelGoneError("the kernel offers no app") from None
            except asyncio.TimeoutError:
                raise KernelBusyError("the kernel is busy") from None
            finally:
                pipe.close()
            self.apps = [str(name) for name in answer["apps"]]
            self._socket = answer["socket"] if self.use_socket and is_own_socket(answer["socket"]) else None
            self._is_asked = True
            return self.apps

    async def _own_subshell(self) -> str | None:
        """A subshell; None where the kernel has none, and comms wait for the cell that runs.

        Asked on the control channel, which a cell does not hold up.
        """
        info = await self._ask("control", "kernel_info_request", {}, ANSWER_S)
        if "kernel subshells" not in (info.get("supported_features") or ()):
            return None
        reply = await self._ask("control", "create_subshell_request", {}, ANSWER_S)
        found: str | None = reply.get("subshell_id")
        return found

    def _comm(self, first: dict[str, Any]) -> CommPipe:
        """A comm to the kernel's half, opened with its first message."""
        self._start()
        comm_id = uuid.uuid4().hex
        session, channel = self._client.session, self._client.shell_channel.socket

        def tell(kind: str, content: dict[str, Any], buffers: list[bytes]) -> None:
            message = session.msg(kind, {"comm_id": comm_id, **content})
            if self._subshell is not None:
                message["header"]["subshell_id"] = self._subshell
            session.send(channel, message, buffers=buffers)

        def closed() -> None:
            self._pipes.pop(comm_id, None)
            if not self.is_closed:
                tell("comm_close", {"data": {}}, [])

        pipe = CommPipe(lambda data, buffers: tell("comm_msg", {"data": data}, buffers), closed)
        self._pipes[comm_id] = pipe
        tell("comm_open", {"target_name": TARGET, "data": first}, [])
        return pipe

    async def open(self, app: str, scope: dict[str, Any]) -> Pipe:
        """A pipe for one request or websocket of an app. Raises KernelGoneError."""
        first = {"type": "open", "app": app, "scope": scope}
        if not self._is_asked:
            await self.where()
        if self._socket is not None:
            try:
                pipe: Pipe = SocketPipe(*await asyncio.open_unix_connection(self._socket, limit=1 << 20))
                await pipe.send(first)
                return pipe
            except (OSError, PipeClosedError):  # the kernel was started again: it has another one
                self._is_asked, self._socket = False, None
                await self.where()
                if self._socket is not None:
                    pipe = SocketPipe(*await asyncio.open_unix_connection(self._socket, limit=1 << 20))
                    await pipe.send(first)
                    return pipe
        return self._comm(first)


def is_own_socket(path: Any) -> bool:
    """Whether a path is a socket of this user that nobody else can open: then nobody else listens there."""
    if not isinstance(path, str):
        return False
    try:
        found, folder = os.lstat(path), os.lstat(os.path.dirname(path))
    except OSError:
        return False
    is_private = stat.S_ISSOCK(found.st_mode) and not found.st_mode & 0o077 and not folder.st_mode & 0o077
    return is_private and found.st_uid == folder.st_uid == os.getuid()
