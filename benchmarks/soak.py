"""A long run: visitors come, click, upload, stream, lose their connection, leave or vanish; a kernel is killed.

    python -m benchmarks.soak [--minutes 60] [--sessions 200] [--seed 0]

prints figures every minute and at the end; its exit code is 1 when an answer was lost or wrong, when anything failed,
or when the server's memory grew by more than `GROWTH_MB` between a tenth of the time and its end.
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
        stream = getattr(self.socket, "stream", None) or self.socket.protocol.stream  # type: ignore[union-attr]
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

    @property
    def is_on(self) -> bool:
        return time.monotonic() < self.until

    async def visitors(self, url: str, headers: dict[str, str], *, may_end: bool) -> None:
        """One comes after the other, as long as it goes on; where `may_end`, the process may be killed meanwhile."""
        while self.is_on:
            try:
                await self._visit(url, headers)
            except Exception as error:  # told at the end
                if may_end and not isinstance(error, AssertionError):
                    self.events["sessions ended by a kill"] += 1
                elif may_end:  # a page that says that the app is not there
                    self.events["waited for the app"] += 1
                else:
                    self.lost.append(f"{type(error).__name__}: {error}")
                await asyncio.sleep(0.5)

    async def _visit(self, url: str, headers: dict[str, str]) -> None:
        guest = await Guest.come(url, headers)
        self.events["sessions"] += 1
        until = min(self.until, time.monotonic() + self.chance.uniform(*STAY_S))
        acts = [guest.greet, guest.greet, guest.count, guest.stream, guest.read]
        while time.monotonic() < until:
            await asyncio.sleep(self.chance.uniform(*REST_S))
            if self.chance.random() < 0.05:
                await guest.cut()
                self.events["cuts"] += 1
            act = self.chance.choice(acts)
            if not await act(f"words {self.chance.random()}"):
                self.lost.append(f"{act.__name__}: another's answer, or none")
            self.events[act.__name__] += 1
        await (guest.leave() if self.chance.random() < 0.5 else guest.vanish())

    async def kills(self, server: Jupyter, kernel: Kernel) -> None:
        """Kill the kernel, and run the app in the one that the server starts instead."""
        while self.is_on:
            await asyncio.sleep(min(self.chance.uniform(*KILL_S), max(0.0, self.until - time.monotonic())))
            if not self.is_on:
                return
            pid = int(await asyncio.to_thread(kernel.run, "import os; print(os.getpid())"))
            os.kill(pid, signal.SIGKILL)
            self.events["kills"] += 1
            await asyncio.to_thread(_wait_for_another, server, kernel, pid)
            await asyncio.to_thread(kernel.run, APP.replace("LAUNCH", "inline=False"))


def _wait_for_another(server: Jupyter, kernel: Kernel, pid: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with contextlib.suppress(Exception):
            kernel.client.wait_for_ready(timeout=5)
            if int(kernel.run("import os; print(os.getpid())")) != pid:
                return
    raise TimeoutError("the server started no other kernel")


async def run(soak: Soak, server: Server, hub: Jupyter, kernel: Kernel, sessions: int, minutes: float) -> list[float]:
    """Let it all go on; the standalone server's memory in megabytes: at a tenth of the time, each minute, at its end."""
    memory: list[float] = []
    begun = time.monotonic()

    async def watch() -> None:
        await asyncio.sleep(minutes * 6)
        while soak.is_on:
            memory.append(memory_mb(server.process.pid))
            done = sum(soak.events[name] for name in ("greet", "count", "stream", "read"))
            print(f"{(time.monotonic() - begun) / 60:6.1f} min  {done} events  {memory[-1]:.1f} MB", flush=True)
            await asyncio.sleep(min(60.0, max(1.0, soak.until - time.monotonic())))

    in_kernel = f"{hub.url}{kernel.path('soak')}"
    await asyncio.gather(
        watch(),
        soak.kills(hub, kernel),
        *(soak.visitors(server.url.rstrip("/") + "/", {}, may_end=False) for _ in range(sessions)),
        *(soak.visitors(in_kernel, hub.headers, may_end=True) for _ in range(IN_KERNEL)),
    )
    memory.append(memory_mb(server.process.pid))
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
        kernel = hub.start_kernel()
        kernel.run(APP.replace("LAUNCH", "inline=False"))
        soak = Soak(time.monotonic() + given.minutes * 60, given.seed)
        memory = asyncio.run(run(soak, server, hub, kernel, given.sessions, given.minutes))
    growth_mb = memory[-1] - memory[0]
    print(dict(soak.events))
    print(f"lost {len(soak.lost)}", *soak.lost[:10], sep="\n  ")
    print(
        f"memory {memory[0]:.1f} MB at first, {memory[len(memory) // 2]:.1f} in the middle, {memory[-1]:.1f} at the end"
    )
    sys.exit(bool(soak.lost) or growth_mb > GROWTH_MB)


if __name__ == "__main__":
    main()
