"""What a graph is: nodes with typed ports, edges between them, and the pipelines that they make."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from ..exceptions import DeclarationError

__all__ = ["REMOTE_KINDS", "Edge", "Graph", "Node", "Pipeline", "Port", "fits"]

#: Operators that call a model hub, and under which key each names what it calls.
REMOTE_KINDS = {"space": "space_id", "model": "model_id", "dataset": "dataset_id"}

#: The three lists of a file, and the role of the nodes in each.
ROLES = {"references": "reference", "operators": "operator", "subjects": "subject"}
Role = Literal["reference", "operator", "subject"]

_OLD_KINDS = {"input": "references", "transform": "operators", "output": "subjects"}


def fits(source: str, target: str) -> bool:
    """Whether what leaves a port of one type may enter a port of another.

    Examples
    --------
    >>> fits("text", "text"), fits("text", "image"), fits("any", "image")
    (True, False, True)
    """
    return source == target or "any" in (source, target)


@dataclass(frozen=True)
class Port:
    """Where values enter a node, or leave it.

    Parameters
    ----------
    id : str
        Its name among the ports of its side.
    label : str
        What a person sees.
    type : str
        Such as "text", "number", "boolean", "image" or "any"; of another one the values are text.
    required : bool
        Whether its node cannot run without a value.
    output_index : int, optional
        Which of several results it carries.
    """

    id: str
    label: str
    type: str
    required: bool = False
    output_index: int | None = None

    @classmethod
    def of(cls, told: Any, where: str) -> Port:
        """A port as a file has it."""
        if not isinstance(told, dict) or not isinstance(told.get("id"), str):
            raise DeclarationError(f"{where}: a port is an object with an id, got {told!r}")
        kind = told.get("type", "any")
        if not isinstance(kind, str):
            raise DeclarationError(f"{where}: the type of port {told['id']!r} is a text, got {kind!r}")
        at = told.get("output_index")
        return cls(
            told["id"], str(told.get("label") or told["id"]), kind, bool(told.get("required")),
            at if isinstance(at, int) else None,
        )  # fmt: skip


@dataclass(frozen=True)
class Node:
    """One node: an input of the graph, a step of it, or a result.

    Parameters
    ----------
    id : str
        Its name in the graph.
    label : str
        What a person sees.
    role : {"reference", "operator", "subject"}
        An input, a step, a result.
    kind : str
        Of an operator: "fn", or what of a hub it calls: "space", "model", "dataset".
    target : str
        Of an operator: the name of its function, or of what it calls.
    inputs, outputs : tuple of Port
        Its ports.
    data : dict
        Values that were entered, by the id of a port.
    """

    id: str
    label: str
    role: Role
    kind: str
    target: str
    inputs: tuple[Port, ...]
    outputs: tuple[Port, ...]
    data: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, told: Any, role: Role) -> Node:
        """A node as a file has it.

        Raises
        ------
        DeclarationError
            It is none.
        """
        if not isinstance(told, dict) or not isinstance(told.get("id"), str) or not told["id"]:
            raise DeclarationError(f"Workflow: a node is an object with an id, got {told!r}")
        where = f"Workflow: node {told['id']!r}"
        kind = str(told.get("kind") or "fn") if role == "operator" else ""
        if role == "operator" and kind != "fn" and kind not in REMOTE_KINDS:
            raise DeclarationError(f"{where}: kind must be 'fn', 'space', 'model' or 'dataset', got {kind!r}")
        sides = {}
        for side in ("inputs", "outputs"):
            ports = told.get(side) or []
            if not isinstance(ports, list):
                raise DeclarationError(f"{where}: {side} is a list of ports, got {ports!r}")
            sides[side] = tuple(Port.of(port, where) for port in ports)
        data = told.get("data") or {}
        if not isinstance(data, dict):
            raise DeclarationError(f"{where}: data is an object of values by port, got {data!r}")
        target = str(told.get(REMOTE_KINDS.get(kind, "fn")) or "")
        return cls(told["id"], str(told.get("label") or told["id"]), role, kind, target, **sides, data=data)

    @property
    def type(self) -> str:
        """What a reference or a subject holds."""
        ports = self.outputs or self.inputs
        return ports[0].type if ports else "any"

    @property
    def is_remote(self) -> bool:
        """Whether it calls a model hub."""
        return self.kind in REMOTE_KINDS

    @property
    def remote_call(self) -> str:
        """Why it gives nothing here, when it calls a model hub."""
        return f"{self.label!r} calls the {self.kind} {self.target!r} of a model hub, and nbblocks calls none."

    @property
    def entered(self) -> Any:
        """The value that a reference holds."""
        for port in (*self.outputs, *self.inputs):
            if self.data.get(port.id) is not None:
                return self.data[port.id]
        return None

    def port(self, side: Literal["inputs", "outputs"], name: str) -> Port | None:
        """One of its ports by id."""
        ports = self.inputs if side == "inputs" else self.outputs
        return next((port for port in ports if port.id == name), None)


@dataclass(frozen=True)
class Edge:
    """Values of one port go to another.

    Parameters
    ----------
    from_node, from_port, to_node, to_port : str
        Ids.
    """

    from_node: str
    from_port: str
    to_node: str
    to_port: str


@dataclass(frozen=True)
class Pipeline:
    """Nodes that hang together and end in results: one endpoint of the app.

    Parameters
    ----------
    name : str
        Of its endpoint: made of the label of its first result.
    inputs : tuple of Node
        References that nothing computes.
    outputs : tuple of Node
        Its results.
    """

    name: str
    inputs: tuple[Node, ...]
    outputs: tuple[Node, ...]


def slug(label: str) -> str:
    """A name of an endpoint.

    Examples
    --------
    >>> slug("Shouted! (loud)")
    'shouted_loud'
    """
    return re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_") or "output"


class Graph:
    """Nodes and the edges between them.

    Parameters
    ----------
    told : dict
        As a file has it, of either version; it is brought to the second.

    Raises
    ------
    DeclarationError
        It is no graph.

    Examples
    --------
    >>> port = {"id": "out", "type": "text"}
    >>> graph = Graph({"references": [{"id": "a", "label": "Text", "outputs": [port]}],
    ...     "subjects": [{"id": "b", "label": "Same text", "inputs": [{**port, "id": "in"}]}],
    ...     "edges": [{"from_node_id": "a", "from_port_id": "out", "to_node_id": "b", "to_port_id": "in"}]})
    >>> [pipeline.name for pipeline in graph.pipelines()]
    ['same_text']
    """

    def __init__(self, told: Any) -> None:
        self.told = _upgraded(told)
        self.name = str(self.told.get("name") or "Workflow")
        self.nodes: dict[str, Node] = {}
        for key, role in ROLES.items():
            for one in _list(self.told, key):
                node = Node.of(one, cast("Role", role))
                if node.id in self.nodes:
                    raise DeclarationError(f"Workflow: there are two nodes {node.id!r}; each needs an id of its own")
                self.nodes[node.id] = node
        self.edges: list[Edge] = []
        self.broken: list[str] = []  #: what is wrong with edges that are left out, in sentences
        for one in _list(self.told, "edges"):
            self._take(one)

    @classmethod
    def read(cls, text: str, where: str = "Workflow") -> Graph:
        """A graph from JSON.

        Parameters
        ----------
        text : str
            JSON.
        where : str
            Where it came from, for messages.
        """
        try:
            told = json.loads(text)
        except json.JSONDecodeError as error:
            raise DeclarationError(f"{where}: this is not JSON: {error}") from None
        return cls(told)

    def _take(self, told: Any) -> None:
        if not isinstance(told, dict):
            raise DeclarationError(f"Workflow: an edge is an object, got {told!r}")
        edge = Edge(*(str(told.get(key, "")) for key in ("from_node_id", "from_port_id", "to_node_id", "to_port_id")))
        source, target = self.nodes.get(edge.from_node), self.nodes.get(edge.to_node)
        ends = ((source, edge.from_node, "outputs", edge.from_port), (target, edge.to_node, "inputs", edge.to_port))
        for node, name, side, port in ends:
            if node is None:
                self.broken.append(f"an edge names a node {name!r}, and there is none")
                return
            if node.port(cast("Any", side), port) is None:
                self.broken.append(f"an edge names a port {port!r} among the {side} of {node.label!r}: there is none")
                return
        self.edges.append(edge)

    def to_json(self) -> str:
        """As a file has it."""
        return json.dumps(self.told, ensure_ascii=False)

    # --- how it hangs together

    def of_role(self, role: Role) -> list[Node]:
        """Its nodes of one role, in their order."""
        return [node for node in self.nodes.values() if node.role == role]

    def into(self, node: Node, port: Port) -> Edge | None:
        """The edge that fills an input; of several the last."""
        found = [e for e in self.edges if e.to_node == node.id and e.to_port == port.id]
        return found[-1] if found else None

    def is_computed(self, node: Node) -> bool:
        """Whether an edge fills one of its inputs."""
        return any(edge.to_node == node.id for edge in self.edges)

    def needed(self, targets: list[Node]) -> list[Node]:
        """The nodes that some nodes need, and they themselves: each after those that it takes values of.

        Raises
        ------
        DeclarationError
            There is a circle.
        """
        found: list[Node] = []
        state: dict[str, bool] = {}  #: False: being looked at; True: done

        def visit(node: Node) -> None:
            if node.id in state:
                if not state[node.id]:
                    raise DeclarationError(f"Workflow: {node.label!r} takes, over other nodes, its own result")
                return
            state[node.id] = False
            for edge in self.edges:
                if edge.to_node == node.id:
                    visit(self.nodes[edge.from_node])
            state[node.id] = True
            found.append(node)

        for target in targets:
            visit(target)
        return found

    def pipelines(self) -> list[Pipeline]:
        """Its independent parts that have results, by the order of these."""
        made: list[Pipeline] = []
        names: set[str] = set()
        for part in self._parts():
            outputs = tuple(n for n in self.of_role("subject") if n.id in part)
            inputs = tuple(n for n in self.of_role("reference") if n.id in part and not self.is_computed(n))
            name = first = slug(outputs[0].label)
            at = 0
            while name in names:
                at += 1
                name = f"{first}_{at}"
            names.add(name)
            made.append(Pipeline(name, inputs, outputs))
        return made

    def _parts(self) -> Iterator[set[str]]:
        beside: dict[str, list[str]] = {name: [] for name in self.nodes}
        for edge in self.edges:
            beside[edge.from_node].append(edge.to_node)
            beside[edge.to_node].append(edge.from_node)
        seen: set[str] = set()
        for subject in self.of_role("subject"):
            if subject.id in seen:
                continue
            part, waiting = {subject.id}, deque([subject.id])
            while waiting:
                for name in beside[waiting.popleft()]:
                    if name not in part:
                        part.add(name)
                        waiting.append(name)
            seen |= part
            yield part

    def problems(self, functions: Any) -> list[str]:
        """What keeps parts of it from running, in sentences.

        Parameters
        ----------
        functions : dict of str to callable
            What `bind` names.
        """
        found = list(self.broken)
        for node in self.of_role("operator"):
            if node.is_remote:
                found.append(f"the node {node.remote_call} Bind a function that does.")
            elif node.target not in functions:
                found.append(f"the node {node.label!r} calls {node.target!r}, which is not among the functions of bind")
        for edge in self.edges:
            source, target = self.nodes[edge.from_node], self.nodes[edge.to_node]
            leaves, enters = source.port("outputs", edge.from_port), target.port("inputs", edge.to_port)
            if leaves and enters and not fits(leaves.type, enters.type):
                found.append(
                    f"an edge takes {leaves.type} of {source.label!r} to {enters.label!r} of {target.label!r}, which "
                    f"takes {enters.type}"
                )
        try:
            self.needed(list(self.nodes.values()))
        except DeclarationError as error:
            found.append(str(error).removeprefix("Workflow: "))
        return found


def _list(told: dict[str, Any], key: str) -> list[Any]:
    listed = told.get(key) or []
    if not isinstance(listed, list):
        raise DeclarationError(f"Workflow: {key} is a list, got {type(listed).__name__}")
    return listed


def _upgraded(told: Any) -> dict[str, Any]:
    """A file's content in its second version: of the first, whose nodes stand in one list, too."""
    if not isinstance(told, dict):
        raise DeclarationError(f"Workflow: a graph is a JSON object, got {type(told).__name__}")
    base = {**told, "schema_version": "2"}
    if "nodes" not in told:
        return {**base, **{key: _list(told, key) for key in (*ROLES, "edges")}}
    listed: dict[str, list[Any]] = {key: [] for key in ROLES}
    for node in _list(told, "nodes"):
        if not isinstance(node, dict) or node.get("kind") not in _OLD_KINDS:
            raise DeclarationError(f"Workflow: a node's kind is one of {tuple(_OLD_KINDS)}, got {node!r}")
        key = _OLD_KINDS[node["kind"]]
        changed = {k: v for k, v in node.items() if k not in ("kind", "source")} | {"role": ROLES[key]}
        if key == "operators":
            changed["kind"] = node.get("source", "fn")
        else:
            ports = node.get("outputs") or node.get("inputs") or [{}]
            changed.setdefault("asset_type", ports[0].get("type", "any"))
            _both_sides(changed, key)
        listed[key].append(changed)
    rest = {k: v for k, v in base.items() if k not in ("nodes", "version")}
    return {**rest, **listed, "edges": _list(told, "edges")}


def _both_sides(node: dict[str, Any], key: str) -> None:
    """In the second version a reference and a subject have both an input and an output."""
    for side, other, name in (("inputs", "outputs", "in"), ("outputs", "inputs", "out")):
        if not node.get(side) and node.get(other):
            node[side] = [{**node[other][0], "id": name}]
