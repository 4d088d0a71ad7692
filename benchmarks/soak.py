"""A long run: visitors come, click, upload, stream, lose their connection, leave or vanish; a kernel is killed.

    python -m benchmarks.soak [--minutes 60] [--sessions 200] [--seed 0]

prints figures every minute and at the end; its exit code is 1 when an answer was lost or another's, when anything else
failed, or when the memory of a server, ours or Jupyter's, grew by more than `GROWTH_MB` between a tenth of the time and
its end. What breaks off in the kernel while it is killed and its app is not there again yet is counted by itself.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tornado.websocket import WebSocketClosedError

from benchmarks.measure import memory_mb, served
from nbblocks.wire.delta import applied
from tests.browser.processes import Server
from tests.hosts.jupyter import Jupyter, Kernel, Visitor, jupyter

GROWTH_MB = 30.0
STAY_S = (10.0, 120.0)  #: how long a visitor stays
REST_S = (0.3, 3.0)  #: between what a visitor does
KILL_S = (40.0, 80.0)  #: between two ends of the kernel
IN_KERNEL = 10  #: visitors of the app in the kernel
ACTS = ("greet", "greet", "count", "stream", "read")  #: of a `Guest`, by how often

APP = """
import nbblocks as gr

def stream(n):
    for i in range(20):
        yield f"{n} " + "word " * i

def read(path):
    with open(path) as f:
        return f.read()

with gr.Blocks(title="Soak") as demo:
    name, out = gr.Textbox(label="Name"), gr.Textbox(label="Out")
    count, file = gr.State(0), gr.File(label="File")
    gr.Button("Greet").click(lambda n: f"Hello {n}", name, out)
    gr.Button("Count").click(lambda n: (n + 1, str(n + 1)), count, [count, out])
    gr.Button("Stream").click(stream, name, out)
    gr.Button("Read").click(read, file, out)
demo.launch(LAUNCH)
"""
STANDALONE = (
    "import sys\n"
    + APP.replace("LAUNCH", "server_port=int(sys.argv[1]), prevent_thread_lock=True")
    + "import threading\nthreading.Event().wait()\n"
)


#: Takes the list that a failure belongs to, and what it was.
Failed = Callable[[list[str], str], None]


class GoneError(Exception):
    """The visitor's process has ended: it was killed."""


class Guest(Visitor):
    """A visitor that checks each answer."""

    seen = 0
    counted = 0

    async def next(self) -> dict[str, Any] | None:
        message = await super().next()
        if message is None:
            raise GoneError
        self.seen = max(self.seen, int(message.get("seq") or 0))
        return message

    async def greet(self, words: str) -> bool:
        return await self._said("Greet", f"Hello {words}", {self.block("Name"): words})

    async def count(self, words: str) -> bool:
        self.counted += 1
        return await self._said("Count", str(self.counted))

    async def stream(self, words: str) -> bool:
        return await self._said("Stream", f"{words} " + "word " * 19, {self.block("Name"): words})

    async def read(self, words: str) -> bool:
        given = await self.upload(self.block("File"), words)
        return await self._said("Read", words, {self.block("File"): given})

    async def _said(self, label: str, wanted: str, changes: dict[int, Any] | None = None) -> bool:
        job = await self.press(label, changes)
        out = str(self.block("Out"))
        said = None
        while True:
            message = await self.heard()
            if message["kind"] == "state" and "value" in message["models"].get(out, {}):
                said = message["models"][out]["value"]
            elif message["kind"] == "delta" and str(message["block"]) == out:
                said = applied(said, message["ops"])
            elif message["kind"] == "job" and message["job"] == job and message["status"] in ("done", "failed"):
                return message["status"] == "done" and said == wanted

    async def cut(self) -> None:
        """The connection breaks, and is made anew."""
        await self.vanish()
        self.boot["seq"] = self.seen
        await self.connect()

    async def vanish(self) -> None:
        """The connection breaks: nothing is said."""
        assert self.socket is not None
        stream = self.socket.protocol.stream if self.socket.protocol is not None else None
        if stream is not None:  # otherwise the server has closed it, which the next act tells
            stream.close()

    async def leave(self) -> None:
        """The page is closed."""
        assert self.socket is not None
        with contextlib.suppress(WebSocketClosedError):
            await self.send({"kind": "bye", "page": "p"})
        self.socket.close(1001)


class Soak:
    """All that goes on, and what came of it.

    Parameters
    ----------
    until : float
        Time of the monotonic clock at which it ends.
    """

    def __init__(self, until: float, seed: int) -> None:
        self.until = until
        self.chance = random.Random(seed)
        self.events: Counter[str] = Counter()
        self.lost: list[str] = []
        self.errors: list[str] = []
        self.app_is_gone = False  #: of the kernel: it was killed, and its app does not run again yet

    @property
    def is_on(self) -> bool:
        return time.monotonic() < self.until

    @property
    def done(self) -> int:
        """Events that were answered."""
        return sum(self.events[name] for name in set(ACTS))

    async def visitors(self, url: str, headers: dict[str, str], *, in_kernel: bool) -> None:
        """One comes after the other, as long as it goes on."""
        while self.is_on:
            kills, came_to_no_app = self.events["kills"], in_kernel and self.app_is_gone
            self.events["sessions"] += 1

            def failed(kind: list[str], what: str, kills: int = kills, came_to_no_app: bool = came_to_no_app) -> None:
                if came_to_no_app or (in_kernel and self.events["kills"] != kills):
                    self.events["broken off by a kill"] += 1
                else:
                    kind.append(what)

            try:
                await self._visit(url, headers, failed)
            except Exception as error:  # told at the end
                failed(self.errors, f"{type(error).__name__}: {error}")
                await asyncio.sleep(0.5)

    async def _visit(self, url: str, headers: dict[str, str], failed: Failed) -> None:
        guest = await Guest.come(url, headers)
        until = min(self.until, time.monotonic() + self.chance.uniform(*STAY_S))
        while time.monotonic() < until:
            await asyncio.sleep(self.chance.uniform(*REST_S))
            if self.chance.random() < 0.05:
                await guest.cut()
                self.events["cuts"] += 1
            name = self.chance.choice(ACTS)
            try:
                is_answered = await getattr(guest, name)(f"words {self.chance.random()}")
            except Exception as error:
                failed(self.lost, f"{name}: {type(error).__name__} {error}")
                await guest.vanish()
                return
            if is_answered:
                self.events[name] += 1
            else:
                failed(self.lost, f"{name}: another's answer, or none")
        await (guest.leave() if self.chance.random() < 0.5 else guest.vanish())

    async def kills(self, kernel: Kernel) -> None:
        """Kill the kernel, and run the app in the one that the server starts instead."""
        while self.is_on:
            await asyncio.sleep(min(self.chance.uniform(*KILL_S), max(0.0, self.until - time.monotonic())))
            if not self.is_on:
                return
            pid = int(await asyncio.to_thread(kernel.run, "import os; print(os.getpid())"))
            self.events["kills"] += 1
            self.app_is_gone = True
            os.kill(pid, signal.SIGKILL)
            await asyncio.to_thread(_wait_for_another, kernel, pid)
            await asyncio.to_thread(kernel.run, APP.replace("LAUNCH", "inline=False"))
            self.app_is_gone = False


def _wait_for_another(kernel: Kernel, pid: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with contextlib.suppress(Exception):
            kernel.client.wait_for_ready(timeout=5)
            if int(kernel.run("import os; print(os.getpid())")) != pid:
                return
    raise TimeoutError("the server started no other kernel")


async def run(
    soak: Soak, servers: Mapping[str, Server], hub: Jupyter, kernel: Kernel, sessions: int, minutes: float
) -> dict[str, list[float]]:
    """Let it all go on.

    Returns
    -------
    dict of str to list of float
        Megabytes of each server: at a tenth of the time, each minute, and at its end.
    """
    memory: dict[str, list[float]] = {name: [] for name in servers}
    begun = time.monotonic()

    def look() -> str:
        for name, server in servers.items():
            if server.process.poll() is not None:
                raise RuntimeError(f"{name} ended with status {server.process.poll()}:\n{server.output[-2000:]}")
            memory[name].append(memory_mb(server.process.pid))
        return ", ".join(f"{name} {taken[-1]:.1f} MB" for name, taken in memory.items())

    async def watch() -> None:
        await asyncio.sleep(minutes * 6)
        while soak.is_on:
            failed = f"{len(soak.lost)} lost, {len(soak.errors)} errors"
            print(f"{(time.monotonic() - begun) / 60:6.1f} min  {soak.done} events, {failed}, {look()}", flush=True)
            await asyncio.sleep(min(60.0, max(1.0, soak.until - time.monotonic())))

    page = servers["nbblocks"].url.rstrip("/") + "/"
    in_kernel = f"{hub.url}{kernel.path('soak')}"
    await asyncio.gather(
        watch(),
        soak.kills(kernel),
        *(soak.visitors(page, {}, in_kernel=False) for _ in range(sessions)),
        *(soak.visitors(in_kernel, hub.headers, in_kernel=True) for _ in range(IN_KERNEL)),
    )
    look()
    return memory


def main() -> None:
    """Run it and say what came of it."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--minutes", type=float, default=60)
    asked.add_argument("--sessions", type=int, default=200)
    asked.add_argument("--seed", type=int, default=0)
    given = asked.parse_args()
    with (
        tempfile.TemporaryDirectory() as name,
        served(sys.executable, STANDALONE, Path(name)) as server,
        jupyter(Path(name) / "hub") as hub,
    ):
        assert hub.server is not None
        kernel = hub.start_kernel()
        kernel.run(APP.replace("LAUNCH", "inline=False"))
        soak = Soak(time.monotonic() + given.minutes * 60, given.seed)
        servers = {"nbblocks": server, "jupyter": hub.server}
        memory = asyncio.run(run(soak, servers, hub, kernel, given.sessions, given.minutes))
        soak.errors += [f"the server printed {line.strip()}" for line in server.lines if "Traceback" in line]
    print(f"{soak.done} events of {soak.events['sessions']} sessions: {dict(soak.events)}")
    print(f"lost {len(soak.lost)}", *soak.lost[:10], sep="\n  ")
    print(f"errors {len(soak.errors)}", *soak.errors[:10], sep="\n  ")
    has_grown = False
    for which, mb in memory.items():
        print(
            f"memory of {which}: {mb[0]:.1f} MB at first, {mb[len(mb) // 2]:.1f} in the middle, {mb[-1]:.1f} at the end"
        )
        has_grown |= mb[-1] - mb[0] > GROWTH_MB
    print(f"it is to grow by {GROWTH_MB} MB at most: {'MISSED' if has_grown else 'ok'}")
    sys.exit(bool(soak.lost or soak.errors or has_grown))


if __name__ == "__main__":
    main()
