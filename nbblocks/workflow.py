"""`Workflow`: an app from a graph of functions, which is edited and run in its page."""

from __future__ import annotations

import hmac
import inspect
import json
import os
import re
import secrets
import sys
import threading
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from .blocks import Blocks, LaunchOptions, api, render
from .components import Button, Component, Markdown, State, WorkflowCanvas
from .context import get_blocks_context
from .declare import KW_ONLY, Declared, param
from .events import Dependency
from .exceptions import BlocksError, DeclarationError, Error, NbblocksWarning
from .graphs import Executor, Graph, Node, Pipeline, bound_functions, first_graph, operator_of
from .graphs.ports import MEDIA, component_for, for_component, for_page, is_missing, location
from .layouts import Column, Row, Tab, Tabs
from .session import Request, Warning
from .tree import Block, Container
from .wire.fetch import is_url
from .wire.files import FileData

__all__ = ["Workflow"]

_TOKEN = "write_token"
_REMOTE = "nbblocks calls no model hub: bind a function that does"


class _Head(Declared):
    """What comes first: listed as the last base, its parameter is the first.

    Parameters
    ----------
    graph : str or Path, optional
        File of the graph, JSON; from the folder of the program that makes it. None: `workflow.json` there. One that is
        not there yet is written at the first edit.
    """

    graph: str | os.PathLike[str] | None = param(default=None, wire=None)


class Workflow(Blocks, _Head):
    """An app from a graph: nodes that hold values, call functions and show results, and edges between them.

    It is edited on a canvas, in a cell or through the link that `launch` prints, and run there node by node. Its
    results are a form as well, and an endpoint for each part of the graph that hangs together.

    Parameters
    ----------
    bind : list of callable, or dict of str to callable, optional
        Functions that nodes may call, by their names; their parameters become ports.
    edges : list of (str, str), optional
        Edges of a graph that no file describes yet, between functions of `bind`: "name", or "name.port" where it is not
        the first. Nothing is made of them where the file is there.

    Examples
    --------
    >>> import nbblocks as gr
    >>> def clean(text: str) -> str:
    ...     return text.strip()
    >>> def shout(text: str) -> str:
    ...     return text.upper() + "!"
    >>> demo = gr.Workflow("no-such-file.json", bind=[clean, shout], edges=[("clean", "shout")])
    >>> [node.label for node in demo.flow.nodes.values()], len(demo.flow.edges)
    (['clean', 'shout'], 1)
    """

    is_template: ClassVar[bool] = True  # to a page it is a Blocks

    _: KW_ONLY
    bind: Mapping[str, Callable[..., Any]] | Sequence[Callable[..., Any]] | None = param(default=None, wire=None)
    edges: Sequence[tuple[str, str]] | None = param(default=None, wire=None)
    mode: str = param(default="workflow", wire=None)
    fill_width: bool = param(default=True, wire=None)

    _one_process = "its graph is edited in one process"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if get_blocks_context() is not None:
            raise DeclarationError("Workflow: it is an app of its own, and cannot be made inside another one")
        folder = _folder_of(sys._getframe(1))
        super().__init__(*args, **kwargs)
        if self.graph is not None and not isinstance(self.graph, (str, os.PathLike)):
            raise DeclarationError(f"Workflow: graph is the path of a file, got {type(self.graph).__name__}")
        self.path = folder / (self.graph if self.graph is not None else "workflow.json")
        self.functions = bound_functions(self.bind)
        self.write_token = secrets.token_urlsafe(32)
        self.executor = Executor(self.functions, lambda: self.queue_options.default_concurrency_limit, Warning)
        self._lock = threading.RLock()
        self._text = ""  #: of the file, when it was last read
        self.flow = self._first_flow()
        if "title" not in self.given:
            self.title = self.flow.name
        for problem in self.flow.problems(self.functions):
            warnings.warn(f"Workflow: {problem}", NbblocksWarning, stacklevel=2)
        with self:
            self._build()

    @property
    def write_url(self) -> str | None:
        """Where the graph can be edited, while it runs as a page; whoever has it can change the graph."""
        return f"{self.local_url}?{_TOKEN}={self.write_token}" if self.local_url else None

    def launch(self, *args: Any, **kwargs: Any) -> Any:
        """Show the app, as `Blocks.launch`; as a page it prints a link with which the graph can be edited.

        Parameters
        ----------
        *args, **kwargs
            Those of `Blocks.launch`.
        """
        return super().launch(*args, **kwargs)

    def _announce(self, options: LaunchOptions) -> None:
        if self.write_url and not options.quiet:
            print(f"Edit the graph at {self.write_url} (keep it to yourself: it changes what all visitors see)")

    # --- the graph

    def _first_flow(self) -> Graph:
        if self.path.is_file():
            return self._read()
        words = re.sub(r"[-_]+", " ", self.path.stem).title()
        return Graph(first_graph(words, self.functions, self.edges))

    def _read(self) -> Graph:
        self._text = self.path.read_text(encoding="utf-8")
        return Graph.read(self._text, str(self.path))

    def _refresh(self) -> None:
        """Take over a file that was changed since it was read; one that is no graph changes nothing."""
        with self._lock:
            if not self.path.is_file() or self.path.read_text(encoding="utf-8") == self._text:
                return
            try:
                self._take(self._read())
            except DeclarationError as error:
                warnings.warn(f"{error}; the graph stays as it was", NbblocksWarning, stacklevel=2)

    def _take(self, flow: Graph) -> None:
        is_same = flow.pipelines() == self.flow.pipelines()
        self.flow = flow
        self.canvas.__dict__["value"] = flow.to_json()
        self._form.__dict__["value"] = _form_of(flow)
        if not is_same:
            self._drop_endpoints()
            with self, self._offered:
                self._offer()

    # --- its parts

    def _build(self) -> None:
        self.canvas = WorkflowCanvas(
            self.flow.to_json(), label=f"Workflow {self.flow.name}", app_view="workflow-app",
            server_functions=[self.get_write_access, self.list_bound_fns, self.get_files, self.run_node,
                              self.save_workflow],
        )  # fmt: skip
        self._form = State(_form_of(self.flow))
        self.load(self._load_initial, None, [self.canvas, self._form], show_progress="hidden")
        api(_remote_call, api_name="call_space", api_visibility="undocumented")
        for name in self.functions:
            self._offer_function(name)
        self._offered = Column(visible=False)
        self._endpoints: list[Dependency] = []
        with self._offered:
            self._offer()
        self.canvas.change(
            self._form_of_text, [self.canvas, self._form], self._form, show_progress="hidden", api_visibility="private",
            queue=False,
        )  # fmt: skip
        with Column(elem_id="workflow-app"):
            render(self._form, [self.load, self._form.change], show_progress="hidden")(self._show_form)

    def _load_initial(self) -> tuple[str, str]:
        self._refresh()
        return self.flow.to_json(), _form_of(self.flow)

    def _offer_function(self, name: str) -> None:
        """An endpoint of a function alone: its arguments as JSON, its result as JSON."""
        node = Node.of(operator_of(name, self.functions[name]), "operator")

        def predict(args: str, request: Request) -> Any:
            given = json.loads(args)
            if not isinstance(given, list):
                raise ValueError(f"the arguments are a JSON list, got {type(given).__name__}")
            values = {port.id: value for port, value in zip(node.inputs, given, strict=False)}
            return json.dumps(self.executor.operator(node, values, request)[node.outputs[0].id], default=str)

        api(predict, api_name="predict_fn_" + re.sub(r"[^\w-]", "_", name), api_visibility="undocumented")

    def _offer(self) -> None:
        """An endpoint for each pipeline."""
        for pipeline in self.flow.pipelines():
            inputs, outputs = _inputs_of(pipeline), _outputs_of(pipeline)
            self._endpoints.append(
                Button("Run").click(
                    self._runner(pipeline), inputs, outputs, api_name=pipeline.name, api_description=False
                )
            )

    def _drop_endpoints(self) -> None:
        for dependency in self._endpoints:
            self.listeners.pop(self.listener_ids.pop(dependency))
        self._endpoints = []
        for block in _all_in(self._offered):
            self.blocks.pop(block._id, None)
        self._offered.children = []

    def _runner(self, pipeline: Pipeline, flow: Graph | None = None) -> Callable[..., Any]:
        """The function of a pipeline: from what its inputs' components give to what those of its results show."""
        graph = flow or self.flow

        def run(*values: Any) -> Any:
            *given, request = values
            results = self.executor.pipeline(graph, pipeline, given, request)
            shown = [for_component(node.type, value) for node, value in zip(pipeline.outputs, results, strict=True)]
            return shown[0] if len(shown) == 1 else tuple(shown)

        kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
        named = [inspect.Parameter(f"in_{at}", kind) for at in range(len(pipeline.inputs))]
        whole = inspect.Signature([*named, inspect.Parameter("request", kind, annotation=Request)])
        run.__signature__ = whole  # type: ignore[attr-defined]
        run.__name__ = pipeline.name
        return run

    def _form_of_text(self, text: str | None, before: str, request: Request) -> str:
        """What the form shows of a canvas' value: as before, while that is no graph, or of who may not edit."""
        if not self.get_write_access(request):
            return before
        try:
            return _form_of(Graph.read(text or "{}"))
        except DeclarationError:
            return before

    def _show_form(self, text: str) -> None:
        """The graph as a form: what it needs at the left, what it gives at the right."""
        flow = Graph.read(text)
        pipelines = flow.pipelines()
        Markdown(f"# {flow.name}")
        if not pipelines:
            Markdown("The graph has no results yet: add a result to it, and it is a form.")
        elif len(pipelines) == 1:
            self._show_pipeline(flow, pipelines[0])
        else:
            with Tabs():
                for pipeline in pipelines:
                    with Tab(pipeline.outputs[0].label):
                        self._show_pipeline(flow, pipeline)

    def _show_pipeline(self, flow: Graph, pipeline: Pipeline) -> None:
        with Row():
            with Column():
                inputs = _inputs_of(pipeline)
                go = Button("Run", variant="primary")
            with Column():
                outputs = _outputs_of(pipeline)
        go.click(self._runner(pipeline, flow), inputs, outputs, api_visibility="private")

    # --- what its page asks

    def get_write_access(self, request: Request) -> bool:
        """Whether who looks may edit: in a notebook, or with the link that `launch` printed.

        Parameters
        ----------
        request : Request
            Of the page.
        """
        if request.request is None:  # a cell: who sees it runs the kernel
            return True
        told = str(request.query_params.get(_TOKEN, ""))
        return hmac.compare_digest(told.encode(), self.write_token.encode())

    def list_bound_fns(self) -> str:
        """The nodes that can be made of functions, as JSON."""
        return json.dumps([operator_of(name, fn) for name, fn in self.functions.items()])

    def get_files(self) -> dict[str, dict[str, Any]]:
        """Files that nodes of the graph hold, by node and port, as a page can ask for them."""
        found: dict[str, dict[str, Any]] = {}
        for node in self.flow.nodes.values():
            for port in (*node.inputs, *node.outputs):
                value = node.data.get(port.id)
                if port.type in MEDIA and not is_missing(value) and for_component(port.type, value):
                    found.setdefault(node.id, {})[port.id] = for_page(port.type, value)
        return found

    def run_node(self, node: dict[str, Any], values: dict[str, Any], request: Request) -> dict[str, Any]:
        """Run one node with what its inputs hold.

        Parameters
        ----------
        node : dict
            An operator; its function is one of `bind`. Of who may not edit, one of the graph.
        values : dict
            By the ids of its inputs.
        request : Request
            Of the page.

        Returns
        -------
        dict
            By the ids of its outputs.
        """
        operator = Node.of(node, "operator")
        if not self.get_write_access(request):  # a visitor runs what stands in the graph, as it stands there
            known = self.flow.nodes.get(operator.id)
            if known is None or known.role != "operator":
                raise Error(f"There is no node {operator.label!r} in the graph.", print_exception=False)
            operator = known
        if not isinstance(values, dict):
            raise DeclarationError(f"Workflow: values are an object by port, got {type(values).__name__}")
        try:
            results = self.executor.operator(operator, values, request)
        except (Error, BlocksError):
            raise
        except Exception as error:
            if not self.get_write_access(request):
                raise
            raise Error(str(error) or type(error).__name__) from error  # who may edit is told what went wrong
        return {port.id: for_page(port.type, results[port.id]) for port in operator.outputs}

    def save_workflow(self, graph: Any, request: Request) -> str:
        """Keep an edited graph in its file; the form and the endpoints follow.

        Parameters
        ----------
        graph : dict or str
            The graph, or it as JSON.
        request : Request
            Of the page.

        Returns
        -------
        str
            JSON; `error` says why it was not kept.
        """
        if not self.get_write_access(request):
            return json.dumps({"error": "To edit the graph, open the link that was printed when it was launched."})
        try:
            told = json.loads(graph) if isinstance(graph, str) else graph
            flow = Graph(_kept(told))
            with self._lock:
                self._write(json.dumps(flow.told, ensure_ascii=False, indent=2) + "\n")
                self._take(flow)
        except (DeclarationError, OSError, json.JSONDecodeError) as error:
            return json.dumps({"error": str(error)})
        return json.dumps({"error": None})

    def _write(self, text: str) -> None:
        """Into the file, whole or not at all."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        part = self.path.with_name(f".{self.path.name}.{secrets.token_hex(4)}")
        try:
            part.write_text(text, encoding="utf-8")
            part.replace(self.path)
        finally:
            part.unlink(missing_ok=True)
        self._text = text


def _folder_of(frame: Any) -> Path:
    """The folder of the program that a frame is of; in a notebook, the one it runs in."""
    file = frame.f_globals.get("__file__")
    return Path(file).resolve().parent if isinstance(file, str) and os.path.exists(file) else Path.cwd()


def _inputs_of(pipeline: Pipeline) -> list[Component]:
    return [component_for(node.type, node.label, node.entered) for node in pipeline.inputs]


def _outputs_of(pipeline: Pipeline) -> list[Component]:
    return [component_for(node.type, node.label, is_output=True) for node in pipeline.outputs]


def _all_in(container: Container) -> list[Block]:
    found: list[Block] = []
    for child in container.children:
        found += [child, *(_all_in(child) if isinstance(child, Container) else [])]
    return found


def _form_of(flow: Graph) -> str:
    """What the form shows of a graph: the same text for graphs whose nodes only stand elsewhere."""
    told = {k: v for k, v in flow.told.items() if k != "view"}
    for key in ("references", "operators", "subjects"):
        told[key] = [{k: v for k, v in node.items() if k not in ("x", "y", "width", "height")} for node in told[key]]
    return json.dumps(told, ensure_ascii=False)


def _kept(value: Any) -> Any:
    """A graph with its files as JSON that a file can hold."""
    if isinstance(value, FileData):
        path = location(value)
        return {"url": path} if is_url(path) else {"path": path, "orig_name": value.orig_name, "is_file": True}
    if isinstance(value, dict):
        return {k: _kept(v) for k, v in value.items()}
    return [_kept(v) for v in value] if isinstance(value, list) else value


def _remote_call(args: str) -> Any:
    """Refuse what calls a model hub, as clients of Gradio's read it."""
    return json.dumps({"error": f"{_REMOTE}.", "error_type": "unavailable", "suggestion": ""})
