"""What is measured of a process, an import or a page, and how a program is served."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_client.manager import start_new_kernel
from playwright.sync_api import Page

from tests.browser.processes import Server, free_port, running, until_it_listens

#: How a program is run that takes its port.
SCRIPT = ("SCRIPT", "PORT")

QUIET = {"GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_OFFLINE": "1", "GRADIO_SSR_MODE": "False"}


@dataclass(frozen=True)
class Import:
    cpu_s: float
    memory_mb: float


def importing(python: str, module: str, runs: int = 5) -> Import:
    """CPU time and memory of a process that imports a module, beyond one that imports nothing."""
    code = (
        "import resource, sys; {}; u = resource.getrusage(resource.RUSAGE_SELF); "
        "kb = next(int(l.split()[1]) for l in open('/proc/self/status') if 'VmHWM' in l); "
        "print(u.ru_utime + u.ru_stime, kb / 1024)"
    )

    def once(statement: str) -> tuple[float, float]:
        env = {**os.environ, **QUIET, "PYTHONDONTWRITEBYTECODE": ""}
        printed = subprocess.run(
            [python, "-c", code.format(statement)], capture_output=True, text=True, env=env, check=True
        )
        cpu_s, memory_mb = printed.stdout.split()[-2:]
        return float(cpu_s), float(memory_mb)

    once(f"import {module}")  # writes the bytecode
    bare = [once("pass") for _ in range(runs)]
    full = [once(f"import {module}") for _ in range(runs)]
    medians = [[statistics.median(column) for column in zip(*rows, strict=True)] for rows in (bare, full)]
    return Import(medians[1][0] - medians[0][0], medians[1][1] - medians[0][1])


def kernel_cpu(source: str, runs: int = 7) -> float:
    """CPU milliseconds of a kernel that runs a cell, median; the first run, which imports, is left out."""
    code = (
        "import time\n"
        f"for _ in range({runs + 1}):\n"
        "    started = time.process_time()\n"
        f"    exec({source!r}, {{}})\n"
        "    print('cpu', time.process_time() - started, flush=True)\n"
    )
    printed: list[str] = []

    def keep(message: dict[str, Any]) -> None:
        if message["msg_type"] == "stream":
            printed.append(message["content"]["text"])

    manager, client = start_new_kernel(extra_arguments=["--log-level=ERROR"])
    try:
        reply = client.execute_interactive(code, output_hook=keep, timeout=60)
        if reply["content"]["status"] != "ok":
            raise RuntimeError("\n".join(reply["content"]["traceback"]))
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    times = [float(line.split()[1]) for line in "".join(printed).splitlines() if line.startswith("cpu ")]
    return statistics.median(times[1:]) * 1000


@contextmanager
def served(python: str, source: str, directory: Path, command: Sequence[str] = SCRIPT) -> Iterator[Server]:
    """Run a program that serves a page; SCRIPT and PORT in the command are filled in."""
    port = str(free_port())
    script = directory / f"app_{port}.py"
    script.write_text(source, encoding="utf-8")
    given = {"SCRIPT": str(script), "PORT": port}
    environment = {**QUIET, "PYTHONPATH": str(Path(__file__).parent.parent)}
    if python != sys.executable:
        environment["PYTHONPATH"] = ""
    words = [python, *(given.get(word, word) for word in command)]
    with running(words, address=r"https?://[^\s'\"]+", cwd=directory, environment=environment) as server:
        until_it_listens(server.url)
        yield server


class Received:
    """What a page gets from now on: bytes as they cross the wire, of a socket as they are unpacked.

    A browser tells of each chunk its size unpacked, now and then a size on the wire, and the whole of an answer when it
    has ended; of an answer that has not ended what was told of the wire counts, or else its chunks.

    Attributes
    ----------
    requests : list of str
        The addresses that it asked for, a socket's among them.
    """

    def __init__(self, page: Page) -> None:
        self.requests: list[str] = []
        self._ended = 0
        self._before = 0
        self._going: dict[str, tuple[int, int]] = {}  # unpacked, on the wire
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", lambda event: self.requests.append(event["request"]["url"]))
        session.on("Network.webSocketCreated", lambda event: self.requests.append(event["url"]))
        session.on("Network.dataReceived", self._chunk)
        session.on("Network.loadingFinished", self._end)
        session.on("Network.webSocketFrameReceived", self._frame)

    @property
    def bytes(self) -> int:
        """So far, since it was cleared."""
        return self._total() - self._before

    def clear(self) -> None:
        """Count anew."""
        self._before = self._total()

    def _total(self) -> int:
        return self._ended + sum(wire or unpacked for unpacked, wire in self._going.values())

    def _chunk(self, event: dict[str, Any]) -> None:
        unpacked, wire = self._going.get(event["requestId"], (0, 0))
        self._going[event["requestId"]] = unpacked + event["dataLength"], wire + event["encodedDataLength"]

    def _end(self, event: dict[str, Any]) -> None:
        self._going.pop(event["requestId"], None)
        self._ended += int(event["encodedDataLength"])

    def _frame(self, event: dict[str, Any]) -> None:
        opcode, content = event["response"]["opcode"], event["response"]["payloadData"]
        self._ended += len(content.encode()) if opcode == 1 else len(content) * 3 // 4  # a binary one is told in base64


def page_mb(page: Page) -> float:
    """Megabytes of a page's objects, after a collection."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    used = session.send("Runtime.getHeapUsage")["usedSize"]
    session.detach()
    return float(used) / 1e6


def memory_mb(pid: int) -> float:
    """Megabytes of memory that a process has."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1000


def cpu_s(pid: int) -> float:
    """Seconds that a process has computed."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
