"""What is read of the files of graphs, what is wrong with them, and which endpoints they make."""

from __future__ import annotations

import json
from typing import Any

import pytest

from nbblocks.exceptions import DeclarationError
from nbblocks.graphs import Graph, bound_functions, first_graph, operator_of
from nbblocks.graphs.model import slug

TEXT = {"label": "Text", "type": "text"}
BOTH: dict[str, Any] = {"inputs": [{"id": "in", **TEXT}], "outputs": [{"id": "out", **TEXT}]}


def edge(*ends: str) -> dict[str, str]:
    return dict(zip(("from_node_id", "from_port_id", "to_node_id", "to_port_id"), ends, strict=True))


def graph(**parts: Any) -> Graph:
    return Graph({"schema_version": "2", **parts})


def test_the_first_version_of_the_format_becomes_the_second():
    old = {
        "version": "1",
        "name": "Old",
        "nodes": [
            {"id": "a", "kind": "input", "label": "In", "source": "local", "outputs": [{"id": "out", "type": "image"}]},
            {"id": "b", "kind": "transform", "source": "fn", "fn": "f", "inputs": [{"id": "x", "type": "image"}]},
            {"id": "c", "kind": "transform", "label": "S", "source": "space", "space_id": "o/s", "x": 5},
            {"id": "d", "kind": "output", "label": "Out", "inputs": [{"id": "in", "type": "text"}]},
        ],
        "edges": [edge("a", "out", "b", "x")],
    }  # fmt: skip
    told = Graph(old)
    assert [(n.id, n.role, n.kind, n.target) for n in told.nodes.values()] == [
        ("a", "reference", "", ""), ("b", "operator", "fn", "f"), ("c", "operator", "space", "o/s"),
        ("d", "subject", "", ""),
    ]  # fmt: skip
    assert told.nodes["a"].port("inputs", "in") is not None
    assert told.told["operators"][1]["x"] == 5
    assert Graph.read(told.to_json()).told == told.told


def test_parts_that_hang_together_are_one_endpoint_named_by_its_first_result():
    made = graph(
        references=[{"id": "a", "label": "A", **BOTH}, {"id": "b", "label": "B", **BOTH}, {"id": "x", **BOTH}],
        subjects=[{"id": "c", "label": "Same Name!", **BOTH}, {"id": "d", "label": "D", **BOTH},
                  {"id": "e", "label": "same name", **BOTH}],
        edges=[edge("a", "out", "c", "in"), edge("a", "out", "d", "in"), edge("b", "out", "e", "in")],
    )  # fmt: skip
    told = [(p.name, [n.id for n in p.inputs], [n.id for n in p.outputs]) for p in made.pipelines()]
    assert told == [("same_name", ["a"], ["c", "d"]), ("same_name_1", ["b"], ["e"])]


def test_a_reference_that_is_computed_is_no_parameter():
    made = graph(
        references=[{"id": "a", **BOTH}, {"id": "b", **BOTH}],
        subjects=[{"id": "c", **BOTH}],
        edges=[edge("a", "out", "b", "in"), edge("b", "out", "c", "in")],
    )
    assert [n.id for n in made.pipelines()[0].inputs] == ["a"]


def test_a_label_without_letters_still_makes_a_name():
    assert (slug("Straße 1"), slug("???")) == ("stra_e_1", "output")


def test_problems_are_told_in_sentences():
    out = {"id": "y", **TEXT}
    made = graph(
        operators=[
            {"id": "a", "label": "A", "fn": "f", "inputs": [{"id": "x", "type": "number"}], "outputs": [out]},
            {"id": "b", "label": "B", "kind": "model", "model_id": "o/m", "inputs": [{"id": "x", **TEXT}]},
        ],
        edges=[edge("a", "y", "a", "x"), edge("a", "y", "gone", "x"), edge("a", "y", "b", "z")],
    )  # fmt: skip
    assert [e.to_node for e in made.edges] == ["a"]
    assert made.problems({}) == [
        "an edge names a node 'gone', and there is none",
        "an edge names a port 'z' among the inputs of 'B': there is none",
        "the node 'A' calls 'f', which is not among the functions of bind",
        "the node 'B' calls the model 'o/m' of a model hub, and nbblocks calls none. Bind a function that does.",
        "an edge takes text of 'A' to 'x' of 'A', which takes number",
        "'A' takes, over other nodes, its own result",
    ]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("{nope", "bad.json: this is not JSON"),
        ("[1]", "a graph is a JSON object, got list"),
        ('{"operators": 3}', "operators is a list, got int"),
        ('{"operators": [3]}', "a node is an object with an id, got 3"),
        ('{"operators": [{"id": "a", "kind": "magic"}]}', "kind must be 'fn', 'space', 'model' or 'dataset', got"),
        ('{"operators": [{"id": "a", "inputs": 3}]}', "inputs is a list of ports, got 3"),
        ('{"operators": [{"id": "a", "inputs": [3]}]}', "a port is an object with an id, got 3"),
        ('{"operators": [{"id": "a", "inputs": [{"id": "x", "type": 3}]}]}', "the type of port 'x' is a text, got 3"),
        ('{"operators": [{"id": "a", "data": 3}]}', "data is an object of values by port, got 3"),
        ('{"operators": [{"id": "a"}, {"id": "a"}]}', "there are two nodes 'a'"),
        ('{"edges": [3]}', "an edge is an object, got 3"),
        ('{"nodes": [{"id": "a", "kind": "magic"}]}', "a node's kind is one of"),
    ],
)  # fmt: skip
def test_what_is_no_graph_is_refused_by_name(told: str, said: str):
    with pytest.raises(DeclarationError, match=r".*" + said.replace("[", r"\[")):
        Graph.read(told, "bad.json")


def test_functions_become_nodes_by_their_signatures():
    def f(text: str, times: int = 2, part: float | None = None, loud: bool = False, *more: str, last: str = "") -> int:
        return 0

    node = operator_of("f", f)
    ports = [(p["label"], p["type"], p.get("required", False)) for p in node["inputs"]]
    assert ports == [
        ("text", "text", True), ("times", "number", False), ("part", "number", False), ("loud", "boolean", False),
    ]  # fmt: skip
    assert node["outputs"] == [{"id": "out_0", "label": "output", "type": "number"}]


def test_objects_that_can_be_called_and_builtins_are_functions_too():
    class Adder:
        def __call__(self, a: float, b: float) -> float:
            return a + b

    assert [p["type"] for p in operator_of("add", Adder())["inputs"]] == ["number", "number"]
    assert [p["label"] for p in operator_of("max", max)["inputs"]] == ["value"]


@pytest.mark.parametrize(
    ("bind", "said"),
    [
        (len, "bind is a list of functions or a dict"),
        ([3], "bind holds functions, got 3"),
        ([lambda a: a, lambda b: b], "two functions of bind are called '<lambda>'"),
    ],
)
def test_what_binds_no_functions_is_refused(bind: Any, said: str):
    with pytest.raises(DeclarationError, match=said):
        bound_functions(bind)


def test_edges_in_code_name_functions_and_ports():
    def a(x: str) -> str:
        return x

    def b(y: str, z: str) -> str:
        return y + z

    told = first_graph("Demo", {"a": a, "b.c": b}, [("a", "b.c"), ("a.output", "b.c.z")])
    assert [(e["from_port_id"], e["to_node_id"], e["to_port_id"]) for e in told["edges"]] == [
        ("out_0", "fn_b.c", "in_y"), ("out_0", "fn_b.c", "in_z"),
    ]  # fmt: skip
    assert json.loads(Graph(told).to_json())["name"] == "Demo"


@pytest.mark.parametrize(
    ("edges", "said"),
    [
        ([("a", "gone")], r"names 'gone'; the functions of bind are \['a'\]"),
        ([("a", "a.q")], r"names 'a.q'; the inputs of 'a' are \['x'\]"),
        (["a"], r"an edge is a pair \(from, to\)"),
    ],
)
def test_edges_that_name_what_there_is_not_are_refused(edges: Any, said: str):
    def a(x: str) -> str:
        return x

    with pytest.raises(DeclarationError, match=said):
        first_graph("Demo", {"a": a}, edges)
