"""A socket that is cut again and again: nothing is lost, nothing comes twice, in order."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections.abc import Iterator

import nbblocks as gr
from tests.hosts.jupyter import Visitor

CUTS = 100


def make() -> gr.Blocks:
    with gr.Blocks() as demo:
        gr.Textbox(label="Name")
        count, out, log = gr.State(0), gr.Number(label="Count"), gr.State([])

        def add(n: int, seen: list[int]) -> tuple[int, int, list[int]]:
            return n + 1, n + 1, [*seen, n]

        def grow(n: int) -> Iterator[int]:
            yield from range(20)

        # each click counts, however many are on their way
        gr.Button("Add").click(add, [count, log], [count, out, log], concurrency_limit=1, trigger_mode="multiple")
        steps = gr.Number(label="Steps")
        gr.Button("Grow").click(grow, count, steps, trigger_mode="multiple")
    return demo


async def cut_and_come_again(url: str) -> tuple[list[int], float, int]:
    """The numbers of all messages that came, the last count, and how many clicks were answered."""
    chance = random.Random(7)
    visitor = await Visitor.come(f"{url.rstrip('/')}/", {})
    button, grow = visitor.block("Add"), visitor.block("Grow")
    count = visitor.block("Count")
    listeners = {
        b: next(x for x in visitor.boot["template"]["listeners"] if [b, "click"] in x["targets"])
        for b in (button, grow)
    }
    seqs: list[int] = []
    done: set[str] = set()
    last, value = int(visitor.boot["seq"]), 0.0

    async def take(patience_s: float) -> bool:
        nonlocal last, value
        try:
            message = await asyncio.wait_for(visitor.next(), patience_s)
        except asyncio.TimeoutError:
            return False
        if message is None:
            return False
        if message["seq"]:
            if message["seq"] > last + 1:  # as a page does: what lies between is asked for again
                await visitor.send({"kind": "hello", "page": "p", "seq": last, "version": "0"})
            if message["seq"] != last + 1:
                return True
            last = message["seq"]
            seqs.append(last)
        if message.get("ack"):
            await visitor.send({"kind": "ack", "seq": message["seq"]})
        if message["kind"] == "state" and "value" in message["models"].get(str(count), {}):
            value = message["models"][str(count)]["value"]
        if message["kind"] == "job" and message["status"] == "done":
            assert message["job"] not in done, "an end that was told twice"
            done.add(message["job"])
        return True

    for n in range(CUTS):
        for target in (button, grow):
            job = f"p-{target}-{n}"
            event = {
                "kind": "event",
                "job": job,
                "listener": listeners[target]["id"],
                "target": target,
                "event": "click",
            }
            await visitor.send({**event, "payload": None, "changes": {}})
        for _ in range(chance.randrange(4)):
            await take(0.02)
        assert visitor.socket is not None
        visitor.socket.close()
        while await visitor.socket.read_message() is not None:
            pass  # what was on its way is lost with the connection
        visitor._came.clear()
        visitor.boot["seq"] = last
        await visitor.connect()
    while len(done) < 2 * CUTS and await take(10):
        pass
    assert visitor.socket is not None
    visitor.socket.close()
    return seqs, value, len(done)


def test_a_hundred_cuts_lose_nothing_and_double_nothing() -> None:
    demo = make()
    demo.launch(inline=False, prevent_thread_lock=True, quiet=True)
    try:
        assert demo.local_url is not None
        seqs, value, answered = asyncio.run(cut_and_come_again(demo.local_url))
    finally:
        demo.close(verbose=False)
    assert value == CUTS
    assert answered == 2 * CUTS
    assert all(later == earlier + 1 for earlier, later in itertools.pairwise(seqs)), "a gap, or one twice"
