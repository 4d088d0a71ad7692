"""Running nodes: which values functions get, what becomes of their results, and what goes wrong."""

from __future__ import annotations

import asyncio
import base64
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import PIL.Image
import pytest

import nbblocks as gr
from nbblocks.graphs import Executor, Graph, Node, run_operator
from nbblocks.graphs.ports import component_for, for_component, for_function, for_page, from_component
from nbblocks.session.request import Request
from nbblocks.wire.files import FileData
from tests.graphs.test_model import BOTH, edge, graph

PORTS = ("text", "text")


def operator(fn: str = "f", inputs: Any = PORTS, outputs: Any = ("text",), **more: Any) -> Node:
    told = [{"id": f"in_{at}", "type": kind} for at, kind in enumerate(inputs)]
    given = [{"id": f"out_{at}", "type": kind} for at, kind in enumerate(outputs)]
    return Node.of({"id": "a", "label": "Node", "fn": fn, "inputs": told, "outputs": given, **more}, "operator")


def test_values_come_in_the_order_of_the_ports_and_a_default_stands_in_for_none():
    def f(a: str, b: str = "second") -> str:
        return f"{a} {b}"

    assert run_operator(operator(), {"in_0": "first"}, {"f": f}) == {"out_0": "first second"}
    assert run_operator(operator(), {"in_1": "x"}, {"f": f}) == {"out_0": "None x"}


def test_who_asks_is_told_where_a_parameter_is_annotated_so():
    def f(request: gr.Request, a: str) -> str:
        return f"{request.username} {a}"

    node = operator(inputs=("text",))
    assert run_operator(node, {"in_0": "x"}, {"f": f}, Request(username="ada")) == {"out_0": "ada x"}


def test_async_functions_and_generators_give_what_they_give_last():
    async def later(a: str) -> str:
        await asyncio.sleep(0)
        return a * 2

    def several(a: str) -> Iterator[str]:
        yield from (a, a + a)

    async def both(a: str) -> AsyncIterator[str]:
        yield a
        yield a * 3

    for fn, given in ((later, "xx"), (several, "xx"), (both, "xxx")):
        assert run_operator(operator(inputs=("text",)), {"in_0": "x"}, {"f": fn}) == {"out_0": given}


def test_several_outputs_take_their_part_of_the_result():
    node = operator(inputs=(), outputs=("text", "number"))
    assert run_operator(node, {}, {"f": lambda: ("a", 1)}) == {"out_0": "a", "out_1": 1}
    with pytest.raises(gr.Error, match="has 2 outputs, and its function gave 1 results"):
        run_operator(node, {}, {"f": lambda: "a"})
    assert run_operator(operator(inputs=()), {}, {"f": lambda: ("a", 1)}) == {"out_0": ("a", 1)}


@pytest.mark.parametrize(
    ("node", "said"),
    [
        (operator("gone"), "calls 'gone', which is not in bind"),
        (operator(kind="space", space_id="o/s"), "calls the space 'o/s' of a model hub, and nbblocks calls none"),
        (
            Node.of({"id": "a", "fn": "f", "inputs": [{"id": "x", "label": "Size", "required": True}]}, "operator"),
            "'a' needs a value for 'Size'",
        ),
    ],
)
def test_a_node_that_cannot_run_says_why(node: Node, said: str):
    with pytest.raises(gr.Error, match=said):
        run_operator(node, {}, {"f": print})


def two_results() -> Graph:
    """From one text: what a function makes of it, and what a model would."""
    both = {"inputs": [{"id": "x", "type": "text"}], "outputs": [{"id": "y", "type": "text"}]}
    ends = [("a", "out", "f", "x"), ("f", "y", "c", "in"), ("a", "out", "m", "x"), ("m", "y", "d", "in")]
    model = {"id": "m", "label": "M", "kind": "model", "model_id": "o/m", **both}
    return graph(
        references=[{"id": "a", "label": "A", **BOTH}],
        operators=[{"id": "f", "fn": "f", **both}, model],
        subjects=[{"id": "c", "label": "C", **BOTH}, {"id": "d", "label": "D", **BOTH}],
        edges=[edge(*one) for one in ends],
    )


def test_results_that_need_a_model_hub_are_left_out_and_told():
    flow, told = two_results(), []
    assert Executor({"f": str.upper}, tell=told.append).pipeline(flow, flow.pipelines()[0], ["x"]) == ["X", None]
    assert told == ["'M' calls the model 'o/m' of a model hub, and nbblocks calls none."]


def test_where_all_results_need_a_model_hub_it_is_an_error():
    flow = Graph({**two_results().told, "edges": two_results().told["edges"][2:]})
    with pytest.raises(gr.Error, match="calls the model 'o/m'"):
        Executor({}).pipeline(flow, next(p for p in flow.pipelines() if p.name == "d"), ["x"])


def test_what_a_function_raises_is_raised_as_it_is():
    def f(text: str) -> str:
        raise RuntimeError("it broke")

    flow = two_results()
    with pytest.raises(RuntimeError, match="it broke"):
        Executor({"f": f}).pipeline(flow, flow.pipelines()[0], ["x"])


def test_one_function_runs_as_often_at_once_as_is_allowed():
    entered, leave = threading.Event(), threading.Event()

    def f(text: str) -> str:
        entered.set()
        leave.wait(10)
        return text

    executor = Executor({"f": f}, lambda: 1)
    node = operator(inputs=("text",))
    running = threading.Thread(target=executor.operator, args=(node, {"in_0": "x"}))
    running.start()
    assert entered.wait(10)
    turn = executor._turn("f")
    assert turn is not None
    assert not turn.acquire(blocking=False)
    leave.set()
    running.join()
    assert executor.operator(node, {"in_0": "y"}) == {"out_0": "y"}
    assert Executor({})._turn("f") is None


@pytest.fixture
def picture(tmp_path: Path) -> str:
    path = str(tmp_path / "a picture.png")
    PIL.Image.new("RGB", (4, 3)).save(path)
    return path


def test_a_function_gets_files_as_dicts_with_path_and_address(picture: str):
    told = for_function("image", FileData.of(picture))
    assert told["path"] == picture
    assert told["url"] == "/gradio_api/file=" + picture.replace(" ", "%20")
    assert from_component("image", picture) == told
    assert from_component("gallery", [(picture, "one")])[0]["caption"] == "one"
    assert for_function("image", FileData(path="https://example.org/a.png"))["url"] == "https://example.org/a.png"
    assert for_function("gallery", [(picture, "one")])[0]["caption"] == "one"
    assert for_function("any", {"a": [FileData.of(picture)]})["a"][0]["path"] == picture


def test_a_function_may_return_a_file_as_gradio_wants_it_or_the_picture_itself(picture: str):
    for given in (
        {"path": picture, "url": "…", "is_file": True},
        {"url": "/gradio_api/file=" + picture.replace(" ", "%20")},
        picture,
        "data:image/png;base64," + base64.b64encode(Path(picture).read_bytes()).decode(),
        PIL.Image.open(picture),
        np.zeros((3, 4, 3), np.uint8),
    ):
        assert PIL.Image.open(for_page("image", given).path).size == (4, 3)
    shown = for_page("gallery", [picture, {"path": picture, "caption": "b"}])
    assert [item["caption"] for item in shown] == [None, "b"]


def test_a_path_that_a_function_gave_is_what_the_next_one_gets(picture: str):
    assert PIL.Image.open(for_function("image", for_page("image", picture))).size == (4, 3)
    assert for_function("image", for_page("image", PIL.Image.open(picture)))["is_file"]
    assert for_function("image", "data:image/png;base64,AA==") == "data:image/png;base64,AA=="


def test_a_table_is_headers_and_rows():
    frame = pd.DataFrame({"a": [1, 2], "b": ["x", None]})
    told = {"headers": ["a", "b"], "data": [[1, "x"], [2, None]]}
    assert from_component("dataframe", frame) == for_page("dataframe", frame) == for_page("dataframe", told) == told
    shown = component_for("dataframe", "x", told)
    assert for_component("dataframe", from_component("dataframe", shown.preprocess(shown.first_value()))) == told


def test_results_fit_the_types_of_their_ports():
    assert (for_page("text", 3), for_page("text", ["a"]), for_page("number", "2.5")) == ("3", '["a"]', 2.5)
    assert (for_page("json", {"a": (1,)}), for_page("any", None), for_page("boolean", True)) == ({"a": [1]}, None, True)
    for kind, value, said in (
        ("number", "x", "A number was expected, got 'x'"),
        ("json", object(), "A result that is JSON was expected, got object"),
        ("image", "/no/such/file.png", "There is no file '/no/such/file.png'"),
    ):
        with pytest.raises(gr.Error, match=said):
            for_page(kind, value)


def test_each_type_has_a_component(picture: str):
    names = ("text", "number", "boolean", "json", "any", "gallery", "file", "dataframe", "markdown", "colour")
    kinds = {kind: type(component_for(kind, "x")).__name__ for kind in names}
    assert kinds == {
        "text": "Textbox", "number": "Number", "boolean": "Checkbox", "json": "Code", "any": "Textbox",
        "gallery": "Gallery", "file": "File", "dataframe": "Dataframe", "markdown": "Textbox", "colour": "Textbox",
    }  # fmt: skip
    shown = [type(component_for(kind, "x", is_output=True)).__name__ for kind in ("json", "markdown")]
    assert shown == ["JSON", "Markdown"]
    assert component_for("image", "x", {"path": picture}).given["value"] == picture
    assert component_for("image", "x", {"path": "/gone.png"}).given["value"] is None
    assert for_component("gallery", [{"path": picture, "caption": "c"}]) == [(picture, "c")]
