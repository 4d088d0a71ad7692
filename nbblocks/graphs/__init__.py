"""Graphs of `Workflow`: what stands in their files, the functions they call, and running them."""

from .bound import bound_functions, first_graph, operator_of
from .model import Edge, Graph, Node, Pipeline, Port
from .running import Executor, run_operator

__all__ = [
    "Edge",
    "Executor",
    "Graph",
    "Node",
    "Pipeline",
    "Port",
    "bound_functions",
    "first_graph",
    "operator_of",
    "run_operator",
]
