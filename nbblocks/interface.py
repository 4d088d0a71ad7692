"""`Interface`: an app from one function, and several of them in tabs."""

from __future__ import annotations

import functools
import html
import inspect
import json
import re
import warnings
import weakref
from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any, ClassVar, Literal, cast

from .blocks import Blocks, close_all, spare_name
from .blocks.options import env
from .components import Button, Component, Markdown, State, get_component_instance
from .declare import KW_ONLY, UNSET, Declared, param
from .events import Dependency, on
from .examples import Examples, ExamplesHelper
from .exceptions import DeclarationError, NbblocksWarning
from .flagging import CSVLogger, FlaggingCallback, FlagMethod
from .layouts import Accordion, Column, Row, Tab, Tabs
from .session.call import kind_of, special_parameters
from .tree import Block, Layout
from .wire.check import checked
from .wire.schema import wire_type

__all__ = ["Interface", "InterfaceTypes", "TabbedInterface", "close_all"]

FLAGGING_MODES = ("auto", "manual", "never")


class InterfaceTypes(Enum):
    """The kinds of interface, by which sides they have."""

    STANDARD = 1
    INPUT_ONLY = 2
    OUTPUT_ONLY = 3
    UNIFIED = 4


def _title(text: str) -> Markdown:
    return Markdown(f"<h1 style='text-align: center; margin-bottom: 1rem'>{text}</h1>")


def _components(given: Any) -> list[Component]:
    if given is None:
        return []
    if not isinstance(given, (str, dict, list, tuple, Block)):
        raise TypeError(f"Interface: inputs and outputs are components, their names, or lists of them, got {given!r}")
    listed = given if isinstance(given, (list, tuple)) else [given]
    found = [get_component_instance(one, unrender=True) for one in listed]
    for one in found:
        if isinstance(one, Layout) or not hasattr(one, "preprocess"):
            raise DeclarationError(f"Interface: inputs and outputs are components, got {one!r}")
    return found


def _reach(examples: Any, places: list[int]) -> bool:
    """Whether some example has a value for one of the inputs at these places."""
    if not isinstance(examples, (list, tuple)):  # a folder
        return True
    rows = [row if isinstance(row, (list, tuple)) else [row] for row in examples]
    return any(at < len(row) and row[at] is not None for row in rows for at in places)


def _argument_names(fn: Callable[..., Any], count: int) -> list[str]:
    """Names of a function's arguments that inputs go to: none for those it gathers in `*args`."""
    try:
        parameters = list(inspect.signature(fn).parameters.values())
    except (ValueError, TypeError):  # some builtins have none
        return [f"input {at}" for at in range(count)]
    special = {s.name for s in special_parameters(fn)}
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return [p.name for p in parameters if p.kind in kinds and p.name not in special]


def _warn_of_arity(fn: Callable[..., Any], count: int) -> None:
    """Say at once that a function cannot be called with this many inputs."""
    try:
        parameters = list(inspect.signature(fn).parameters.values())
    except (ValueError, TypeError):
        return
    special = {s.name for s in special_parameters(fn)}
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    taken = [p for p in parameters if p.kind in kinds and p.name not in special]
    needed = sum(p.default is inspect.Parameter.empty for p in taken)
    gathers = any(p.kind is inspect.Parameter.VAR_POSITIONAL for p in parameters)
    if needed <= count and (gathers or count <= len(taken)):
        return
    name = getattr(fn, "__name__", type(fn).__name__)
    most = "or more" if gathers else f"to {len(taken)}" if len(taken) != needed else ""
    warnings.warn(
        f"{name} takes {needed} {most} argument{'s' * (len(taken) != 1)}, but there are {count} inputs".replace(
            "  ", " "
        ),
        NbblocksWarning,
        stacklevel=6,
    )


def _cleared(component: Component) -> Any:
    """The value of an empty component, as a page has it."""
    if isinstance(component, State):
        return None
    value = component.postprocess(None)
    value = value.model_dump() if hasattr(value, "model_dump") else value
    return value if _is_plain(value) else None


def _is_plain(value: Any) -> bool:
    try:
        json.dumps(value)
    except (TypeError, ValueError):
        return False
    return True


class _Head(Declared):
    """What comes first: listed as the last base, its parameters are the first.

    Parameters
    ----------
    fn : callable
        The function: gets a value for each input, and returns one for each output, or a tuple; a generator's
        values are shown one after the other.
    inputs : str, component, list of them, or None
        What its arguments come from: components, or their names, such as `"text"` and `"image"`. None: there are none.
    outputs : str, component, list of them, or None
        What its results go to. None: they are not shown.
    examples : list, list of list, or str, optional
        Samples of the inputs to click, below them; see `Examples`.
    """

    fn: Callable[..., Any] = param(default=UNSET, wire=None)
    inputs: Any = param(default=UNSET, wire=None)
    outputs: Any = param(default=UNSET, wire=None)
    examples: list[Any] | list[list[Any]] | str | None = param(default=None, wire=None)


class Interface(Blocks, _Head):
    """An app from one function: its inputs, its outputs, and buttons to run it.

    Parameters
    ----------
    cache_examples : bool or "lazy", optional
        Whether the examples' results are kept; see `Examples`.
    cache_mode : {"eager", "lazy"}, optional
        When they are computed: at the launch, or at the first click.
    examples_per_page : int
        How many are shown at a time.
    example_labels : list of str, optional
        Shown in place of each example.
    preload_example : int or False
        Which example is shown when the page opens, when results are kept; False: none.
    live : bool
        Whether the function runs at each change of an input, without a button.
    title : str, optional
        Above it, and of the page.
    description : str, optional
        Below the title; Markdown and HTML.
    article : str, optional
        Below it all; Markdown and HTML.
    flagging_mode : {"manual", "auto", "never"}, optional
        "manual": a button keeps what a person finds worth it; "auto": every call is kept. None: what
        `GRADIO_FLAGGING_MODE` says, else "manual".
    flagging_options : list of str, or of pairs (caption, value), optional
        A button each, in place of "Flag".
    flagging_dir : str
        Folder of what is flagged.
    flagging_callback : FlaggingCallback, optional
        How it is kept; None: a `CSVLogger`.
    batch : bool
        Whether the function takes and returns lists, of several calls at once.
    max_batch_size : int
        Most calls at once.
    api_visibility : {"public", "undocumented", "private"}
        Of its endpoint: "undocumented": can be called, is not listed; "private": neither.
    api_name : str, optional
        Of its endpoint; None: the function's.
    api_description : str or False, optional
        Of its endpoint; None: the function's docstring; False: none.
    allow_duplication : bool
        Whether there is a button that copies the app to a hub.
    concurrency_limit : int, None or "default"
        Most calls at the same time; None: no limit; "default": the queue's.
    additional_inputs : str, component, or list of them, optional
        Further arguments, folded away below the inputs.
    additional_inputs_accordion : str or Accordion, optional
        What they are folded into, or its label.
    submit_btn, stop_btn : str or Button
        The buttons that run it, and that end a generator.
    clear_btn : str, Button or None
        The button that empties inputs and outputs; None: there is none.
    show_progress : {"full", "minimal", "hidden"}
        As of every listener.
    time_limit : float, optional
        Seconds after which a stream ends.
    stream_every : float
        Seconds between chunks of a stream.
    deep_link : bool or DeepLinkButton, optional
        Whether there is a button that copies a link to what is shown. None: where a hub can keep it.
    validator : callable, optional
        Runs before the function; returns `gr.validate(ok, message)` for each input.

    Examples
    --------
    >>> import nbblocks as gr
    >>> demo = gr.Interface(lambda name: f"Hello {name}!", "text", "text", title="Greeter")
    >>> demo("Ada")
    'Hello Ada!'
    """

    is_template: ClassVar[bool] = True  # to a page it is a Blocks
    _deprecated_names: ClassVar[dict[str, str]] = {"allow_flagging": "flagging_mode"}
    instances: ClassVar[weakref.WeakSet[Interface]] = weakref.WeakSet()

    _: KW_ONLY
    cache_examples: bool | Literal["lazy"] | None = param(default=None, wire=None)
    cache_mode: Literal["eager", "lazy"] | None = param(default=None, wire=None)
    examples_per_page: int = param(default=10, wire=None)
    example_labels: list[str] | None = param(default=None, wire=None)
    preload_example: int | Literal[False] = param(default=0, wire=None)
    live: bool = param(default=False, wire=None)
    title: str | None = param(default=None, wire=None)  # type: ignore[assignment]
    description: str | None = param(default=None, wire=None)
    article: str | None = param(default=None, wire=None)
    flagging_mode: Literal["auto", "manual", "never"] | None = param(default=None, wire=None)
    flagging_options: list[str] | list[tuple[str, str]] | None = param(default=None, wire=None)
    flagging_dir: str = param(default=".gradio/flagged", wire=None)
    flagging_callback: FlaggingCallback | None = param(default=None, wire=None)
    analytics_enabled: bool | None = param(default=None, wire=None)
    batch: bool = param(default=False, wire=None)
    max_batch_size: int = param(default=4, wire=None)
    api_visibility: Literal["public", "private", "undocumented"] = param(default="public", wire=None)
    api_name: str | None = param(default=None, wire=None)
    api_description: str | Literal[False] | None = param(default=None, wire=None)
    allow_duplication: bool = param(default=False, wire=None)
    concurrency_limit: int | Literal["default"] | None = param(default="default", wire=None)
    additional_inputs: Any = param(default=None, wire=None)
    additional_inputs_accordion: str | Accordion | None = param(default=None, wire=None)
    submit_btn: str | Button = param(default="Submit", wire=None)
    stop_btn: str | Button = param(default="Stop", wire=None)
    clear_btn: str | Button | None = param(default="Clear", wire=None)
    delete_cache: tuple[int, int] | None = param(default=None, wire=None)
    show_progress: Literal["full", "minimal", "hidden"] = param(default="full", wire=None)
    fill_width: bool = param(default=False, wire=None)
    time_limit: float | None = param(default=30, wire=None)
    stream_every: float = param(default=0.5, wire=None)
    deep_link: Any = param(default=None, wire=None)
    validator: Callable[..., Any] | None = param(default=None, wire=None)
    mode: str = param(default="interface", wire=None)
    fill_height: bool = param(default=False, wire=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._decide()
        Interface.instances.add(self)
        with self:
            self._build()

    @classmethod
    def get_instances(cls) -> list[Interface]:
        """Every interface of this process that is still in use."""
        return list(Interface.instances)

    @classmethod
    def from_pipeline(cls, pipeline: Any, **kwargs: Any) -> Interface:
        """An interface for a pipeline of transformers or diffusers.

        Parameters
        ----------
        pipeline : Pipeline
            Such as `transformers.pipeline("sentiment-analysis")`.
        **kwargs
            Further parameters of the interface, which win over what the pipeline suggests.
        """
        from .pipelines import interface_of

        return cls(**{**interface_of(pipeline), **kwargs})

    # --- what it is

    def _decide(self) -> None:
        """Turn what was given into components and options, or refuse it."""
        if not callable(self.fn):
            raise TypeError(f"Interface: fn must be a function, got {self.fn!r}")
        if self.inputs is None and self.outputs is None:
            raise DeclarationError("Interface: give inputs or outputs, or both")
        self.main_input_components = _components(self.inputs)
        self.additional_input_components = _components(self.additional_inputs)
        self.input_components = self.main_input_components + self.additional_input_components
        self.output_components = self._outputs_for(_components(self.outputs))
        both = [c for c in self.output_components if any(c is i for i in self.input_components)]
        shown = [c for c in self.output_components if not isinstance(c, State)]
        if not self.input_components:
            kind = InterfaceTypes.OUTPUT_ONLY
        elif not self.output_components:
            kind = InterfaceTypes.INPUT_ONLY
        elif shown and all(any(c is b for b in both) for c in shown):
            kind = InterfaceTypes.UNIFIED
        else:
            kind = InterfaceTypes.STANDARD
        self.interface_type = kind
        self._decide_flagging()
        self._name_components()
        _warn_of_arity(self.fn, len(self.input_components))
        self.simple_description = re.sub(r"<[^>]*>", "", html.unescape(self.description or "")).strip()
        self.is_generator = kind_of(self.fn)[1]
        self.examples_handler: ExamplesHelper | None = None

    def _outputs_for(self, outputs: list[Component]) -> list[Component]:
        """A State that is named on both sides is one."""
        ins = [c for c in self.input_components if isinstance(c, State)]
        outs = [at for at, c in enumerate(outputs) if isinstance(c, State)]
        if len(ins) != len(outs):
            raise DeclarationError(
                f"Interface: {len(ins)} of the inputs and {len(outs)} of the outputs are a State; the function must "
                "take and return each"
            )
        for state, at in zip(ins, outs, strict=True):
            outputs[at] = state
        return outputs

    def _decide_flagging(self) -> None:
        mode = self.flagging_mode if self.flagging_mode is not None else env("FLAGGING_MODE") or "manual"
        if mode not in FLAGGING_MODES:
            raise DeclarationError(f"flagging_mode is 'auto', 'manual' or 'never', got {mode!r}")
        self.flagging_mode = cast("Any", mode)
        given = self.flagging_options
        if given is None:
            self.flagging_options = cast("Any", [("Flag", None)])
        elif not isinstance(given, (list, tuple)):
            raise DeclarationError(f"flagging_options are a list of texts or of pairs (caption, value), got {given!r}")
        else:
            pairs = [(f"Flag as {o}", o) if isinstance(o, str) else tuple(o) for o in given]
            if not all(len(p) == 2 for p in pairs):
                raise DeclarationError(
                    f"flagging_options are a list of texts or of pairs (caption, value), got {given!r}"
                )
            self.flagging_options = cast("Any", pairs)
        if self.flagging_callback is None:
            self.flagging_callback = CSVLogger()

    def _name_components(self) -> None:
        """Labels for those that have none: the arguments' names, and "output"."""
        names = _argument_names(self.fn, len(self.input_components))
        for component, name in zip(self.input_components, names, strict=False):
            if "label" in component.params and getattr(component, "label", None) is None:
                component.__dict__["label"] = name
        for at, component in enumerate(self.output_components):
            if isinstance(component, State) or any(component is c for c in self.input_components):
                continue
            if "label" in component.params and getattr(component, "label", None) is None:
                component.__dict__["label"] = "output" if len(self.output_components) == 1 else f"output {at}"
            if "interactive" in component.params and component.interactive is None:  # type: ignore[attr-defined]
                component.__dict__["interactive"] = False

    def __repr__(self) -> str:
        name = getattr(self.fn, "__name__", type(self.fn).__name__)
        ins = ", ".join(map(repr, self.input_components)) or "nothing"
        outs = ", ".join(map(repr, self.output_components)) or "nothing"
        return f"Interface({name}: {ins} → {outs})"

    # --- what it looks like

    def _build(self) -> None:
        self._submit_btn: Button | None = None
        self._clear_btn: Button | None = None
        self._stop_btn: Button | None = None
        self._flag_btns: list[Button] = []
        self._input_column: Column | None = None
        deep_link = self._made_deep_link()
        if self.title:
            _title(self.title)
        if self.description:
            Markdown(self.description)
        with Row():
            if self.interface_type in (InterfaceTypes.STANDARD, InterfaceTypes.INPUT_ONLY, InterfaceTypes.UNIFIED):
                self._place_inputs(deep_link)
            if self.interface_type in (InterfaceTypes.STANDARD, InterfaceTypes.OUTPUT_ONLY):
                self._place_outputs(deep_link)
        ran = self._listen_to_runs(deep_link)
        self._listen_to_clear()
        self._listen_to_flags(ran)
        if self.examples:
            self._place_examples()
        if self.article:
            Markdown(self.article)

    def _place_inputs(self, deep_link: Button | None) -> None:
        with Column():
            self._input_column = Column()
            with self._input_column:
                for component in self.main_input_components:
                    component._render()
                if self.additional_input_components:
                    with self._accordion():
                        for component in self.additional_input_components:
                            component._render()
            with Row():
                self._place_buttons("Submit")
                if self.interface_type is InterfaceTypes.UNIFIED:
                    self._place_side_buttons(deep_link)

    def _accordion(self) -> Accordion:
        given = self.additional_inputs_accordion
        if isinstance(given, Accordion):
            if given.is_rendered:
                given.unrender()
            return given._render()
        return Accordion("Additional Inputs", open=False) if given is None else Accordion(given, open=True)

    def _place_outputs(self, deep_link: Button | None) -> None:
        with Column():
            for component in self.output_components:
                if not any(component is c for c in self.input_components):
                    component._render()
            with Row():
                if self.interface_type is InterfaceTypes.OUTPUT_ONLY:
                    self._place_buttons("Generate")
                self._place_side_buttons(deep_link)

    def _place_buttons(self, caption: str) -> None:
        """Clear, Submit and, for a generator, Stop."""
        given = self.clear_btn
        self._clear_btn = self._button("Clear" if given is None else given, visible=given is not None)
        if self.live and self.interface_type is not InterfaceTypes.OUTPUT_ONLY:
            return
        submit = self.submit_btn if self.submit_btn != "Submit" else caption
        self._submit_btn = self._button(submit, variant="primary")
        if self.is_generator and not self.live:
            self._stop_btn = self._button(self.stop_btn, variant="stop", visible=False)

    @staticmethod
    def _button(given: str | Button, **more: Any) -> Button:
        if not isinstance(given, Button):
            return Button(given, **more)
        if given.is_rendered:
            given.unrender()
        if more.get("visible") is False:
            given.__dict__["visible"] = False
        return given._render()

    def _place_side_buttons(self, deep_link: Button | None) -> None:
        """Share, Flag and Duplicate."""
        if deep_link is not None:
            deep_link._render()
        if self.flagging_mode == "manual":
            self._flag_btns = [Button(caption) for caption, _ in cast("Any", self.flagging_options)]
        if self.allow_duplication:
            get_component_instance("duplicatebutton", render=True)

    def _made_deep_link(self) -> Button | None:
        given = self.deep_link
        if given is None or given is False:
            return None
        return cast("Button", get_component_instance("deeplinkbutton" if given is True else given, unrender=True))

    def _place_examples(self) -> None:
        shown = [at for at, c in enumerate(self.input_components) if not isinstance(c, State)]
        components = [self.input_components[at] for at in shown]
        main = [at for at, c in enumerate(components) if any(c is m for m in self.main_input_components)]
        self.examples_handler = Examples(
            self.examples or [],
            components,
            [c for c in self.output_components if not isinstance(c, State)],
            self._fn_of_examples(shown),
            cache_examples=self.cache_examples,
            cache_mode=self.cache_mode,
            examples_per_page=self.examples_per_page,
            example_labels=self.example_labels,
            batch=self.batch,
            visible_columns=main if _reach(self.examples, main) else None,
            preload=self.preload_example,
        )

    def _fn_of_examples(self, shown: list[int]) -> Callable[..., Any]:
        """The function, for examples, which have no State."""
        if len(shown) == len(self.input_components):
            return self.fn
        inputs, outputs = self.input_components, self.output_components

        def given(values: tuple[Any, ...]) -> list[Any]:
            rest = iter(values)
            return [c.fresh() if isinstance(c, State) else next(rest, None) for c in inputs]

        def kept(returned: Any) -> Any:
            each = list(returned) if isinstance(returned, (tuple, list)) and len(outputs) > 1 else [returned]
            left = [v for c, v in zip(outputs, each, strict=False) if not isinstance(c, State)]
            return left[0] if len(left) == 1 else tuple(left)

        if self.is_generator:

            @functools.wraps(self.fn, updated=())
            def steps(*values: Any) -> Any:
                for returned in self.fn(*given(values)):
                    yield kept(returned)

            return _hiding_signature(steps)

        @functools.wraps(self.fn, updated=())
        def call(*values: Any) -> Any:
            return kept(self.fn(*given(values)))

        return _hiding_signature(call)

    # --- what it does

    def _listen_to_runs(self, deep_link: Button | None) -> Dependency:
        """Run the function: by a button or Enter, or live."""
        ran = self._listen_live() if self.live else self._listen_to_submit()
        if deep_link is not None:
            ran.then(
                lambda: type(deep_link)(interactive=True), None, deep_link,
                api_visibility="undocumented", show_progress="hidden",
            )  # fmt: skip
        return ran

    @property
    def _run(self) -> dict[str, Any]:
        """What every listener that runs the function has."""
        return {
            "fn": self.fn,
            "inputs": self.input_components,
            "outputs": self.output_components,
            "api_name": self.api_name,
            "api_description": self.api_description,
            "api_visibility": self.api_visibility,
            "batch": self.batch,
            "max_batch_size": self.max_batch_size,
            "concurrency_limit": self.concurrency_limit,
            "show_progress": self.show_progress,
            "stream_every": self.stream_every,
            "validator": self.validator,
        }

    def _listen_live(self) -> Dependency:
        streaming = [c for c in self.input_components if getattr(c, "streaming", False) and "stream" in c.EVENTS]
        if self.interface_type is InterfaceTypes.OUTPUT_ONLY:
            triggers: list[Any] = [self.load, cast("Button", self._submit_btn).click]
        elif streaming:
            triggers = [cast("Any", c).stream for c in streaming]
        else:
            triggers = [cast("Any", c).change for c in self.input_components if "change" in c.EVENTS]
        run = self._run
        if streaming:
            run |= {"show_progress": "hidden", "time_limit": self.time_limit}
        return cast("Dependency", on(triggers, **run))

    def _listen_to_submit(self) -> Dependency:
        submit, stop = cast("Button", self._submit_btn), self._stop_btn
        triggers: list[Any] = [submit.click]
        triggers += [cast("Any", c).submit for c in self.input_components if "submit" in c.EVENTS]
        run = {**self._run, "scroll_to_output": True}
        if stop is None:
            return cast("Dependency", on(triggers, **run))
        quiet: dict[str, Any] = {"queue": False, "api_visibility": "undocumented", "show_progress": "hidden"}
        was_visible = submit.visible

        def start() -> Any:
            """Show Stop in the place of Submit."""
            return Button(visible=False), Button(visible=True)

        def cleanup() -> Any:
            """Show Submit again."""
            return Button(visible=was_visible), Button(visible=False)

        started = on(triggers, start, None, [submit, stop], **quiet)
        ran = started.then(**run)
        ran.then(cleanup, None, [submit, stop], **quiet)
        stop.click(cleanup, None, [submit, stop], cancels=ran, **quiet)
        return cast("Dependency", ran)

    def _listen_to_clear(self) -> None:
        """Empty everything, in the page itself; a State gets its first value again."""
        if self._clear_btn is None:
            return
        emptied = [c for c in [*self.input_components, *self.output_components] if not isinstance(c, State)]
        emptied = list({c._id: c for c in emptied}.values())
        in_page = [c for c in emptied if "value" in {p.name for p in c.synced()} and _fits(c, _cleared(c))]
        elsewhere = [c for c in emptied if c not in in_page]
        quiet: dict[str, Any] = {"queue": False, "api_visibility": "undocumented", "show_progress": "hidden"}
        if in_page:
            values = json.dumps([_cleared(c) for c in in_page])
            self._clear_btn.click(None, None, in_page, js=f"() => {values}", **{**quiet, "api_visibility": "private"})
        states = [c for c in self.input_components if isinstance(c, State)]
        reset = [*states, *elsewhere]
        if reset:

            def clear() -> Any:
                """Empty what cannot be emptied in the page."""
                values = [c.fresh() if isinstance(c, State) else None for c in reset]
                return values[0] if len(values) == 1 else tuple(values)

            self._clear_btn.click(clear, None, reset, **quiet)

    def _listen_to_flags(self, ran: Dependency) -> None:
        """Keep samples: at a button, or at each call that went well."""
        if self.flagging_mode == "never" or self.interface_type is InterfaceTypes.INPUT_ONLY:
            return
        is_unified = self.interface_type is InterfaceTypes.UNIFIED
        components = self.output_components if is_unified else [*self.input_components, *self.output_components]
        callback = cast("FlaggingCallback", self.flagging_callback)
        callback.setup(components, self.flagging_dir)
        quiet: dict[str, Any] = {"queue": False, "api_visibility": "undocumented", "show_progress": "hidden"}
        if self.flagging_mode == "auto":
            (caption, value), *_ = cast("Any", self.flagging_options)
            ran.success(FlagMethod(callback, caption, value, False), components, None, preprocess=False, **quiet)
            return
        for button, (caption, value) in zip(self._flag_btns, cast("Any", self.flagging_options), strict=True):
            spare_name("lambda")
            flag = FlagMethod(callback, caption, value)
            button.click(flag, components, button, preprocess=False, **quiet)
            if self._clear_btn is not None:
                self._clear_btn.click(flag.reset, None, button, **quiet)

    def __call__(self, *inputs: Any, fn_index: int = 0, api_name: str | None = None) -> Any:
        """Call the function as a client does.

        Parameters
        ----------
        *inputs
            A value for each input; of a file, its path.
        fn_index : int
            Another listener, by its place.
        api_name : str, optional
            Another listener, by its endpoint's name.
        """
        if api_name is None and fn_index == 0:
            own = [n for n, d in self.listeners.items() if d.fn is self.fn]
            fn_index = own[0] if own else 0
        return super().__call__(*inputs, fn_index=fn_index, api_name=api_name)


def _hiding_signature(fn: Callable[..., Any]) -> Callable[..., Any]:
    """It takes the examples' values, whatever the function that it wraps takes."""
    del fn.__wrapped__  # type: ignore[attr-defined]
    return fn


def _fits(component: Component, value: Any) -> bool:
    """Whether a page may set this value."""
    cls = cast("Any", type(component))
    try:
        checked(value, wire_type(cls.params["value"]), "value")
    except Exception:
        return False
    return True


class _TabsHead(Declared):
    """What comes first: listed as the last base, its parameters are the first.

    Parameters
    ----------
    interface_list : list of Blocks
        An app for each tab.
    tab_names : list of str, optional
        Their titles; None: "Tab 0", "Tab 1", …
    title : str, optional
        Above them, and of the page.
    analytics_enabled : bool, optional
        As of every Blocks.
    tabs_kwargs : dict, optional
        Parameters of the `Tabs` around them.
    """

    interface_list: Sequence[Blocks] = param(default=UNSET, wire=None)
    tab_names: list[str] | None = param(default=None, wire=None)
    title: Any = param(default=None, wire=None)
    analytics_enabled: bool | None = param(default=None, wire=None)
    tabs_kwargs: dict[str, Any] | None = param(default=None, wire=None)


class TabbedInterface(Blocks, _TabsHead):
    """Several apps, each in a tab.

    Examples
    --------
    >>> import nbblocks as gr
    >>> hello = gr.Interface(lambda name: f"Hello {name}!", "text", "text", api_name="hello")
    >>> bye = gr.Interface(lambda name: f"Bye {name}!", "text", "text", api_name="bye")
    >>> demo = gr.TabbedInterface([hello, bye], ["Hello", "Bye"])
    >>> demo("Ada", api_name="bye")
    'Bye Ada!'
    """

    is_template: ClassVar[bool] = True

    title: str | None = param(default=None, wire=None)  # type: ignore[assignment]
    analytics_enabled: bool | None = param(default=None, wire=None)
    _: KW_ONLY
    mode: str = param(default="tabbed_interface", wire=None)
    fill_height: bool = param(default=True, wire=None)
    fill_width: bool = param(default=False, wire=None)
    delete_cache: tuple[int, int] | None = param(default=None, wire=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = self.tab_names or [f"Tab {at}" for at in range(len(self.interface_list))]
        if len(names) != len(self.interface_list):
            raise DeclarationError(f"TabbedInterface: {len(self.interface_list)} apps have {len(names)} tab_names")
        for one in self.interface_list:
            if not isinstance(one, Blocks):
                raise DeclarationError(f"TabbedInterface: interface_list has apps, got {one!r}")
        with self:
            if self.title:
                _title(self.title)
            with Tabs(**self.tabs_kwargs or {}):
                for app, name in zip(self.interface_list, names, strict=True):
                    with Tab(label=name, scale=1 if app.fill_height else None):
                        app._render()
