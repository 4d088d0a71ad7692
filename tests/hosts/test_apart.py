"""Fifty people who look at one notebook of a real Jupyter server, in any order of what they do, stay apart."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.hosts.identity import HEADER
from tests.hosts.jupyter import Jupyter, Visitor, jupyter
from tests.hosts.test_hub import notebook, until

VISITORS = 50
ACTIONS = ("echo", "keep", "stream", "toast", "fail", "write", "read")
PATH = "/nbblocks/app/many.ipynb/"

#: Every answer holds the visitor's own text, and its name as the server knows it.
APP = """
import pathlib, tempfile
import nbblocks as gr

folder = pathlib.Path(tempfile.mkdtemp())

def echo(text, request: gr.Request):
    return f"{text} of {request.username}"

def keep(text, kept):
    kept.append(text)
    return kept, " ".join(kept)

def stream(text):
    for n in range(3):
        yield f"{text} {n}"

def toast(text):
    gr.Info(text)

def fail(text):
    raise gr.Error(text, print_exception=False)

def write(text):
    path = folder / f"{text}.txt"
    path.write_text(text)
    return str(path)

def read(path):
    return pathlib.Path(path).read_text()

with gr.Blocks() as demo:
    text, out, kept = gr.Textbox(label="text"), gr.Textbox(label="out"), gr.State([])
    given, written = gr.File(label="given"), gr.File(label="written", interactive=False)
    every = dict(trigger_mode="multiple", concurrency_limit=None)
    gr.Button("echo").click(echo, text, out, **every)
    gr.Button("keep").click(keep, [text, kept], [kept, out], trigger_mode="multiple")
    gr.Button("recall").click("kept: {}".format, kept, out, **every)
    gr.Button("stream").click(stream, text, out, **every)
    gr.Button("toast").click(toast, text, **every)
    gr.Button("fail").click(fail, text, **every)
    gr.Button("write").click(write, text, written, **every)
    gr.Button("read").click(read, given, out, **every)
demo.launch()
"""


@pytest.fixture(scope="module", params=["socket", "comm"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Jupyter]:
    options = [
        "--ServerApp.identity_provider_class=tests.hosts.identity.NamedByHeader",
        "--ServerApp.authorizer_class=nbblocks.hosts.hub.authorizer.AppsOnlyAuthorizer",
        "--AppsOnlyAuthorizer.owners=owner",
        "--NBBlocks.shared=*.ipynb",
        "--NBBlocks.max_visitors=1000",
        f"--NBBlocks.use_socket={request.param == 'socket'}",
    ]
    with jupyter(tmp_path_factory.mktemp("apart"), *options) as found:
        (found.folder / "many.ipynb").write_text(notebook(APP))

        async def has_started() -> bool:
            asked = {HEADER: "owner", "Accept": "text/html"}
            return (await asyncio.to_thread(found.ask, "GET", PATH, headers=asked)).status_code == 200

        asyncio.run(until(has_started))
        yield found


class Person(Visitor):
    """A visitor who remembers everything that was told, and what each action is to show."""

    def __init__(self, page: httpx.Response, url: str, headers: dict[str, str]) -> None:
        super().__init__(page, url, headers)
        self.n = int(re.sub(r"\D", "", headers[HEADER]))
        self.jobs: list[str] = []
        self.told: list[dict[str, Any]] = []
        self.kept: list[str] = []
        self.toasts: list[str] = []
        self.errors: list[str] = []

    async def act(self, action: str, step: int) -> None:
        """Do something, and do not wait for the answer."""
        text = f"visitor {self.n}. step {step}"
        changes: dict[int, Any] = {self.block("text"): text}
        if action == "read":
            changes[self.block("given")] = await self.upload(self.block("given"), text)
        {"keep": self.kept, "toast": self.toasts, "fail": self.errors}.get(action, []).append(text)
        self.jobs.append(await self.press(action, changes))

    async def settle(self) -> None:
        """Wait until everything is answered."""
        ends = ("done", "failed")
        while not set(self.jobs) <= {m["job"] for m in self.told if m["kind"] == "job" and m["status"] in ends}:
            await self.heard()

    async def heard(self) -> dict[str, Any]:
        message = await super().heard()
        self.told.append(message)
        return message

    def of(self, kind: str, key: str, **fields: Any) -> list[Any]:
        """What messages of a kind say."""
        return [m[key] for m in self.told if m["kind"] == kind and all(m.get(k) == v for k, v in fields.items())]

    def values(self, label: str) -> list[Any]:
        """What a component has shown, in order."""
        block = str(self.block(label))
        states = [models[block] for models in self.of("state", "models") if block in models]
        return [props["value"] for props in states if "value" in props]


everyone = st.lists(
    st.tuples(st.integers(0, VISITORS - 1), st.sampled_from(ACTIONS)), min_size=VISITORS, max_size=3 * VISITORS
)


@given(everyone)
@settings(max_examples=10, deadline=None, phases=[Phase.generate])  # to shrink a script would take minutes
def test_fifty_visitors_of_a_notebook_stay_apart(server: Jupyter, script: list[tuple[int, str]]) -> None:
    asyncio.run(stay_apart(server, script))


async def stay_apart(server: Jupyter, script: list[tuple[int, str]]) -> None:
    people = await asyncio.gather(*(Person.come(server.url + PATH, {HEADER: f"visitor {n}."}) for n in range(VISITORS)))
    for step, (n, action) in enumerate(script):
        await people[n].act(action, step)
    await asyncio.gather(*(person.settle() for person in people))
    for person in people:
        assert person.of("toast", "message") == person.toasts
        assert sorted(person.of("job", "message", status="failed")) == sorted(person.errors)
        assert (await person.click("recall"))[person.block("out")] == f"kept: {person.kept}"
    async with httpx.AsyncClient(base_url=server.url, verify=False) as client:
        for person, neighbour in zip(people, people[1:] + people[:1], strict=True):
            for file in filter(None, person.values("written")):
                await only_its_own(client, person, neighbour, file)
    for person in people:
        said = json.dumps([person.boot, person.told])
        assert {int(n) for n in re.findall(r"visitor (\d+)\.", said)} <= {person.n}
        assert person.socket is not None
        person.socket.close()


async def only_its_own(client: httpx.AsyncClient, person: Person, neighbour: Person, file: dict[str, Any]) -> None:
    """A file is there for who was given it, and neither by its address nor by its name for somebody else."""
    address = f"{PATH}{file['url']}"
    answer = await client.get(address, headers=person.headers)
    assert re.fullmatch(rf"visitor {person.n}\. step \d+", answer.text), answer.text
    assert (await client.get(address, headers=neighbour.headers)).status_code == 404
    own_address = address.replace(person.boot["session"], neighbour.boot["session"])
    assert (await client.get(own_address, headers=neighbour.headers)).status_code == 404
    neighbour.jobs.append(await neighbour.press("read", {neighbour.block("given"): file}))
    await neighbour.settle()
    assert neighbour.of("job", "status", job=neighbour.jobs[-1])[-1] == "failed"
