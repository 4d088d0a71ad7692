"""Many clients at once, as pages speak: over websockets to nbblocks, by gradio's queue routes to gradio."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx

from benchmarks.measure import cpu_s
from tests.browser.processes import Server
from tests.hosts.jupyter import Visitor

NOT_WAITING = httpx.Timeout(120)


@dataclass(frozen=True)
class Load:
    clients: int
    events: int
    lost: int  #: events whose answer did not come, or was another's
    cpu_ms: float  #: of the server, an event
    events_per_s: float


def nbblocks(server: Server, clients: int, events: int) -> Load:
    """Each client loads the page, opens its socket, and presses the button again and again."""

    async def come(n: int) -> Visitor:
        visitor = await Visitor.come(server.url.rstrip("/") + "/", {})
        await press(visitor, f"{n} warm")
        return visitor

    async def press(visitor: Visitor, text: str) -> bool:
        values = await visitor.click("Go", {visitor.block("Name"): text})
        return values.get(visitor.block("Out")) == f"Hello {text}"

    async def stay(n: int, visitor: Visitor) -> int:
        return sum([not await press(visitor, f"{n} {i}") for i in range(events)])

    async def run() -> Load:
        visitors = [await come(n) for n in range(clients)]
        started, before_s = time.perf_counter(), cpu_s(server.process.pid)
        lost = sum(await asyncio.gather(*(stay(n, v) for n, v in enumerate(visitors))))
        return _load(server, clients, events, lost, started, before_s)

    return asyncio.run(run())


def gradio(server: Server, clients: int, events: int) -> Load:
    """Each client asks the queue, as gradio's own page does, and hears the answers on one stream."""

    async def answers(http: httpx.AsyncClient, session: str) -> AsyncIterator[dict[str, object]]:
        url = f"{server.url.rstrip('/')}/gradio_api/queue/data"
        async with http.stream("GET", url, params={"session_hash": session}) as stream:
            async for line in stream.aiter_lines():
                if line.startswith("data:"):
                    yield json.loads(line[5:])

    async def press(http: httpx.AsyncClient, session: str, function: int, text: str) -> bool:
        body = {"data": [text], "fn_index": function, "session_hash": session, "trigger_id": None, "event_data": None}
        await http.post(f"{server.url.rstrip('/')}/gradio_api/queue/join", json=body)
        async for message in answers(http, session):
            if message["msg"] == "process_completed":
                return message["output"] == {**message["output"], "data": [f"Hello {text}"]}  # type: ignore[dict-item]
        return False

    async def run() -> Load:
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
        async with httpx.AsyncClient(timeout=NOT_WAITING, limits=limits) as http:
            config = (await http.get(f"{server.url.rstrip('/')}/config")).json()
            function = config["dependencies"][0]["id"]

            async def stay(n: int) -> int:
                return sum([not await press(http, f"s{n}", function, f"{n} {i}") for i in range(events)])

            for n in range(clients):
                await http.get(server.url)
                await press(http, f"s{n}", function, f"{n} warm")
            started, before_s = time.perf_counter(), cpu_s(server.process.pid)
            lost = sum(await asyncio.gather(*(stay(n) for n in range(clients))))
            return _load(server, clients, events, lost, started, before_s)

    return asyncio.run(run())


def _load(server: Server, clients: int, events: int, lost: int, started: float, before_s: float) -> Load:
    took_s = time.perf_counter() - started
    count = clients * events
    return Load(clients, events, lost, (cpu_s(server.process.pid) - before_s) / count * 1000, count / took_s)
