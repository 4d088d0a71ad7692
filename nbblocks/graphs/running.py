"""Running nodes: one, as a page asks for it, or all that some results need."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import threading
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

from ..exceptions import Error
from ..session.call import special_parameters
from ..session.request import Request
from ..session.special import made
from .bound import arguments_of
from .model import Graph, Node, Pipeline
from .ports import for_function, from_component, is_missing

__all__ = ["Executor", "run_operator"]

Functions = Mapping[str, Callable[..., Any]]


def run_operator(
    node: Node, values: Mapping[str, Any], functions: Functions, request: Request | None = None
) -> dict[str, Any]:
    """Call the function of a node; its results by the ids of its outputs.

    Parameters
    ----------
    node : Node
        An operator.
    values : dict
        What its inputs hold, by their ids; of one that is not there, the function's default is used.
    functions : dict of str to callable
        Those it may call.
    request : Request, optional
        Who asks, for a function that has a parameter for it.

    Raises
    ------
    Error
        It cannot run. What its function raises is raised as it is.

    Examples
    --------
    >>> told = {"id": "a", "fn": "upper", "inputs": [{"id": "x", "type": "text"}], "outputs": [{"id": "y"}]}
    >>> run_operator(Node.of(told, "operator"), {"x": "ada"}, {"upper": str.upper})
    {'y': 'ADA'}
    """
    if node.is_remote:
        raise Error(node.remote_call, print_exception=False)
    fn = functions.get(node.target)
    if fn is None:
        raise Error(f"{node.label!r} calls {node.target!r}, which is not in bind.", print_exception=False)
    for port in node.inputs:
        if port.required and is_missing(values.get(port.id)):
            raise Error(f"{node.label!r} needs a value for {port.label!r}.", print_exception=False)
    result = _result(fn, _arguments(fn, node, values), request or Request())
    return _by_port(node, result)


def _arguments(fn: Callable[..., Any], node: Node, values: Mapping[str, Any]) -> list[Any]:
    """The values of its ports in their order; where there is none, the default of that parameter."""
    parameters = arguments_of(fn)
    given = []
    for at, port in enumerate(node.inputs):
        value = values.get(port.id)
        default = parameters[at].default if at < len(parameters) else inspect.Parameter.empty
        if is_missing(value) and default is not inspect.Parameter.empty:
            given.append(default)
        else:
            given.append(for_function(port.type, value))
    return given


def _result(fn: Callable[..., Any], args: list[Any], request: Request) -> Any:
    """What a function returns: what an async one will, and the last that a generator yields."""
    named = {}
    for special in special_parameters(fn):
        value = made(special, request, None, None)
        if special.position is None:
            named[special.name] = value
        else:
            args.insert(special.position, value)
    result = fn(*args, **named)
    if inspect.isawaitable(result):
        result = asyncio.run(_awaited(result))
    elif inspect.isasyncgen(result):
        result = asyncio.run(_last(result))
    elif inspect.isgenerator(result):
        result = next(iter(deque(result, maxlen=1)), None)
    return result


async def _awaited(result: Any) -> Any:
    return await result


async def _last(results: Any) -> Any:
    return next(iter(deque([result async for result in results], maxlen=1)), None)


def _by_port(node: Node, result: Any) -> dict[str, Any]:
    """A result for each output: several in the order that the function gave, or by `output_index`."""
    if len(node.outputs) == 1:
        at = node.outputs[0].output_index
        is_several = isinstance(result, tuple) and at is not None and at < len(result)
        return {node.outputs[0].id: result[at] if is_several and at is not None else result}
    if not node.outputs:
        return {}
    several = result if isinstance(result, (tuple, list)) else [result]
    places = [port.output_index if port.output_index is not None else at for at, port in enumerate(node.outputs)]
    if max(places) >= len(several):
        raise Error(
            f"{node.label!r} has {len(node.outputs)} outputs, and its function gave {len(several)} results.",
            print_exception=False,
        )
    return {port.id: several[at] for port, at in zip(node.outputs, places, strict=True)}


class Executor:
    """Runs what stands in graphs, each function as often at once as is allowed.

    Parameters
    ----------
    functions : dict of str to callable
        Those that nodes may call.
    limit : callable
        Gives the most calls of one function at once; None: no limit.
    tell : callable
        Gets why some results are missing.
    """

    def __init__(
        self,
        functions: Functions,
        limit: Callable[[], int | None] = lambda: None,
        tell: Callable[[str], object] = lambda _: None,
    ) -> None:
        self.functions = functions
        self._limit, self._tell = limit, tell
        self._turns: dict[str, threading.BoundedSemaphore] = {}
        self._lock = threading.Lock()

    def operator(self, node: Node, values: Mapping[str, Any], request: Request | None = None) -> dict[str, Any]:
        """Run one node; as `run_operator`, but in turn."""
        turn = self._turn(node.target)
        with turn if turn is not None else contextlib.nullcontext():
            return run_operator(node, values, self.functions, request)

    def _turn(self, name: str) -> threading.BoundedSemaphore | None:
        limit = self._limit()
        if limit is None:
            return None
        with self._lock:
            return self._turns.setdefault(name, threading.BoundedSemaphore(limit))

    def pipeline(self, graph: Graph, wanted: Pipeline, given: list[Any], request: Request | None = None) -> list[Any]:
        """The results of a pipeline; None for one that needs a model hub, unless all do.

        Parameters
        ----------
        given : list
            A value for each of its inputs.

        Raises
        ------
        Error
            A node cannot run. What a function raises is raised as it is.

        Examples
        --------
        >>> out, into = {"id": "out", "type": "text"}, {"id": "in", "type": "text"}
        >>> graph = Graph({"references": [{"id": "a", "outputs": [out]}],
        ...     "subjects": [{"id": "b", "inputs": [into]}],
        ...     "edges": [{"from_node_id": "a", "from_port_id": "out", "to_node_id": "b", "to_port_id": "in"}]})
        >>> Executor({}).pipeline(graph, graph.pipelines()[0], ["hello"])
        ['hello']
        """
        values: dict[tuple[str, str], Any] = {}
        entered = {n.id: from_component(n.type, value) for n, value in zip(wanted.inputs, given, strict=True)}
        lost: dict[str, str] = {}  #: why a node has no value
        for node in graph.needed(list(wanted.outputs)):
            before = (lost[e.from_node] for e in graph.edges if e.to_node == node.id and e.from_node in lost)
            reason = node.remote_call if node.is_remote else next(before, None)
            if reason is not None:
                lost[node.id] = reason
                continue
            inputs = {port.id: self._input(graph, node, port, values) for port in node.inputs}
            if node.role == "operator":
                for port_id, value in self.operator(node, inputs, request).items():
                    values[node.id, port_id] = value
                continue
            held = entered.get(node.id)
            if node.id not in entered:
                held = next((v for v in inputs.values() if v is not None), None)
                held = node.entered if held is None and not graph.is_computed(node) else held
            values |= {(node.id, port.id): held for port in node.outputs}
            values[node.id, ""] = held
        reasons = list(dict.fromkeys(lost[node.id] for node in wanted.outputs if node.id in lost))
        if reasons and all(node.id in lost for node in wanted.outputs):
            raise Error(" ".join(reasons), print_exception=False)
        for reason in reasons:
            self._tell(reason)
        return [values.get((node.id, "")) for node in wanted.outputs]

    def _input(self, graph: Graph, node: Node, port: Any, values: dict[tuple[str, str], Any]) -> Any:
        edge = graph.into(node, port)
        return node.data.get(port.id) if edge is None else values.get((edge.from_node, edge.from_port))
