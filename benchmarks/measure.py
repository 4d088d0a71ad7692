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


def received(page: Page) -> list[int]:
    """Bytes as they come, also of an answer that never ends; what a socket brings counts as it is unpacked."""
    came: list[int] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.webSocketFrameReceived", lambda event: came.append(_frame_bytes(event)))
    session.on("Network.dataReceived", lambda event: came.append(event["encodedDataLength"] or event["dataLength"]))
    return came


def weigh(page: Page) -> tuple[list[int], list[str]]:
    """Bytes that a page gets and what it asks for, from now on."""
    weight: list[int] = []
    requests: list[str] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: weight.append(int(event["encodedDataLength"])))
    session.on("Network.requestWillBeSent", lambda event: requests.append(event["request"]["url"]))
    session.on("Network.webSocketCreated", lambda event: requests.append(event["url"]))
    session.on("Network.webSocketFrameReceived", lambda event: weight.append(_frame_bytes(event)))
    return weight, requests


def _frame_bytes(event: dict[str, Any]) -> int:
    """The size of a frame of a socket, of which a browser tells in base64 where it is binary."""
    told = event["response"]
    return len(told["payloadData"].encode()) if told["opcode"] == 1 else len(told["payloadData"]) * 3 // 4


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
