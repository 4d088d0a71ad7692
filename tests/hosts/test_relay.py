"""The server's end of a kernel, without a server."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
import zmq
from jupyter_client.multikernelmanager import AsyncMultiKernelManager

from nbblocks.hosts.hub.pipe import PipeClosedError
from nbblocks.hosts.hub.relay import KernelRelay
from tests.browser.processes import isolated_jupyter

APP = """
import nbblocks as gr
with gr.Blocks(title="Here") as demo:
    gr.Button("Go")
demo.launch()
"""
REQUEST: dict[str, Any] = {
    "type": "http",
    "http_version": "1.1",
    "scheme": "http",
    "method": "POST",
    "path": "/",
    "query_string": "",
    "root_path": "",
    "headers": [],
    "client": None,
    "server": None,
    "viewer": {"name": "ada", "is_owner": True},
}


def test_a_pipe_ends_with_its_process_also_when_the_next_ones_first_words_are_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in isolated_jupyter(tmp_path).items():
        monkeypatch.setenv(name, value)

    async def run() -> None:
        kernels = AsyncMultiKernelManager()
        kernel_id = await kernels.start_kernel()
        relay = KernelRelay(kernels, kernel_id, kernels.log, use_socket=False)
        try:
            await relay.ready()
            await relay.execute(APP)
            assert await relay.where() == ["here"]
            pipe = await relay.open("here", REQUEST)  # its body never comes: it stays open
            relay._client.iopub_channel.socket.setsockopt(zmq.UNSUBSCRIBE, b"")  # as one that connects again too late
            await kernels.restart_kernel(kernel_id)

            async def rest() -> None:
                while True:
                    await pipe.receive()

            with pytest.raises(PipeClosedError):
                await asyncio.wait_for(rest(), 30)
        finally:
            relay.close()
            await kernels.shutdown_all(now=True)

    asyncio.run(run())
