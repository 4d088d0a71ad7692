"""What every component shares: a value, its way to the handler and back, its place on the page."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any, ClassVar

from ..declare import KW_ONLY, param
from ..exceptions import DeclarationError
from ..tree import Block, Place, Placed, as_list
from ..wire.files import FILE_DATA_SCHEMA, META_DEFS, FileData, as_files, cache_dir, copied

__all__ = [
    "Component",
    "ComponentBase",
    "Editable",
    "Field",
    "Keywords",
    "Labelled",
    "Shown",
    "button_names",
    "server",
]


#: What the configuration says of a component that somebody listens to.
_FLAGS = {
    "_selectable": "select",
    "likeable": "like",
    "_retryable": "retry",
    "_undoable": "undo",
    "streamable": "stream",
}


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def button_names(buttons: Sequence[Any] | None) -> list[str] | None:
    """Toolbar buttons by name; None: the component's own choice."""
    return None if buttons is None else [b if isinstance(b, str) else f"#{b._id}" for b in buttons]


def server(fn: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a method of a component of one's own as one that its page may call.

    Examples
    --------
    >>> class Files(Component):
    ...     @server
    ...     def names(self, folder):
    ...         return [folder]
    >>> list(Files().served_functions())
    ['names']
    """
    fn._is_server_fn = True  # type: ignore[attr-defined]
    return fn


def _is_marked(value: Any) -> bool:
    return inspect.isroutine(value) and getattr(value, "_is_server_fn", False) is True


class Keywords(Enum):
    """Marks in place of a value."""

    NO_VALUE = "NO_VALUE"  #: none was given, not even None
    FINISHED_ITERATING = "FINISHED_ITERATING"  #: the generator has yielded all


class Component(Block):
    """A block that holds a value.

    Subclasses say how a page's payload becomes what a handler gets (`preprocess`) and how what it
    returns becomes what a page shows (`postprocess`).
    """

    stateful: ClassVar[bool] = False
    skip_api: ClassVar[bool] = False
    data_model: ClassVar[Any] = None  #: what its payload is, if that has a name
    has_files: ClassVar[bool] = False  #: its payload is, or holds, FileData
    is_heavy: ClassVar[bool] = False  #: pre- or postprocess takes long: never on an event loop
    _notebook: ClassVar[Any] = None  #: what shows a component alone: a host, which this layer does not know
    extra_props: ClassVar[dict[str, Any]] = {}  #: types of what a page gets besides parameters
    user_props: ClassVar[tuple[str, ...]] = ("value",)  #: what a page may set
    told_for_none: ClassVar[dict[str, Any]] = {}  #: what the configuration says of parameters that are None
    untold: ClassVar[tuple[str, ...]] = ()  #: parameters of which the configuration says nothing
    server_fns: ClassVar[tuple[str, ...]] = ()  #: functions that the configuration tells a page of

    @property
    def blank(self) -> Any:
        """What a page holds while no value was given and nobody entered one."""
        return None

    def get_config(self, cls: type[Block] | None = None) -> dict[str, Any]:
        """Parameters as they stand in the app's configuration, with the value as a page shows it."""
        config = {k: v for k, v in super().get_config(cls).items() if k not in ("every", "inputs", "bind")}
        if "value" in config:
            shown = self._shown_first()
            config["value"] = shown.model_dump() if hasattr(shown, "model_dump") else shown
        if "show_label" in config:
            config["show_label"] = (
                self.told_for_none.get("show_label", True)
                if config["show_label"] is None
                else bool(config["show_label"])
            )
        told = {k: self.told_as(k, v) for k, v in config.items() if k not in self.untold}
        names = [*self.server_fns, *self._server_methods()]
        served = {"server_fns": names} if names else {}
        return {**told, "_selectable": False, **self.listened(), **served}

    @classmethod
    def told_as(cls, name: str, value: Any) -> Any:
        """A parameter as a client reads it: what None stands for, and options as JSON."""
        if value is None:
            value = cls.told_for_none.get(name, [] if name == "buttons" else None)
        if name == "buttons" and value is not None:
            return [b if isinstance(b, str) else b.get_config() for b in value]
        if isinstance(value, tuple) and name != "value":
            return list(value)
        return asdict(value) if is_dataclass(value) and not isinstance(value, type) and name != "value" else value

    def listened(self) -> dict[str, bool]:
        """What the configuration says of its events: whether something listens to each."""
        listeners = getattr(self.__dict__.get("_root"), "listeners", {})
        heard = {t.event for d in listeners.values() for t in d.targets if t.block is self}
        return {flag: name in heard for flag, name in _FLAGS.items() if name in self.events}

    def modelled(self, payload: Any) -> Any:
        """A page's payload as the `data_model` that `preprocess` of a class of one's own expects."""
        model = self.data_model
        if payload is None or model is None or not hasattr(model, "model_fields") or isinstance(payload, model):
            return payload
        return model.from_json(payload)

    def preprocess(self, payload: Any) -> Any:
        """What a handler gets for a page's payload."""
        return payload

    def postprocess(self, value: Any) -> Any:
        """What a page shows for what a handler returned."""
        return value

    @classmethod
    def recover_kwargs(cls, props: dict[str, Any], additional_keys: Sequence[str] = ()) -> dict[str, Any]:
        """Those of some properties that are parameters of its constructor.

        Parameters
        ----------
        props : dict
            As the configuration tells them.
        additional_keys : list of str
            Parameters that are left out as well.
        """
        return {k: v for k, v in props.items() if k in cls.params and k not in additional_keys}

    @property
    def takes_chunks(self) -> bool:
        """Whether what a generator yields for it is played one after the other."""
        return False

    def add_chunk(self, value: Any, chunks: list[Any]) -> Any:
        """What a page shows once a generator yielded `value`; `chunks` are those before, to be added to."""
        return self.postprocess(value)

    def end_chunks(self, chunks: list[Any]) -> Any:
        """What a page shows once a generator has yielded all."""
        return chunks[-1]

    def value_after(self, given: dict[str, Any], shown: Any) -> Any:
        """What a page shows once other parameters are `given`; None: the same."""
        return None

    def taken(self, value: Any, held: Any) -> Any:
        """What is kept here of a value that a page set in place of `held`."""
        return value

    def page_functions(self, value: Any) -> dict[str, Callable[..., Any]]:
        """What a page may ask of the value that it shows."""
        return {}

    def _server_methods(self) -> list[str]:
        found = {n: v for c in reversed(type(self).__mro__) for n, v in c.__dict__.items() if _is_marked(v)}
        return [*found, *(n for n, v in self.__dict__.items() if _is_marked(v))]

    def served_functions(self) -> dict[str, Callable[..., Any]]:
        """The functions that a page may call, by name; see `server`."""
        listed = {f.__name__: f for f in getattr(self, "server_functions", None) or ()}
        return listed | {name: getattr(self, name) for name in self._server_methods()}

    def event_data(self, payload: Any, value: Any) -> Any:
        """What a handler is told of an event, for what the page told."""
        return payload

    def _rendered(self, here: Place) -> None:
        """Buttons of one's own stand in its corner, and nowhere else."""
        super()._rendered(here)
        for button in self.__dict__.get("buttons") or ():
            if not isinstance(button, Block):
                continue
            if not button.is_rendered:
                here.root.blocks[button._id] = button
                button._rendered(here)
            elif button.parent is not None and button in button.parent.children:
                button.parent.children.remove(button)
            button.__dict__["is_rendered"] = True

    def first_value(self) -> Any:
        """The value a new viewer sees, as a page gets it; calls a `value` that is a function."""
        shown = self._shown_first()
        return self.blank if shown is None else shown

    def _shown_first(self) -> Any:
        value = self.__dict__.get("value", type(self).params["value"].default if "value" in self.params else None)
        if callable(value) and not isinstance(value, type):
            given = self.__dict__.get("inputs")
            value = value(*[None for _ in _listed(given)]) if given is not None else value()
        return self.postprocess(value)

    @staticmethod
    def get_load_fn_and_initial_value(value: Any, inputs: Any = None) -> tuple[Callable[..., Any] | None, Any]:
        """The function that a value is, if it is one, and the first value: what the function gives without inputs.

        Examples
        --------
        >>> Component.get_load_fn_and_initial_value(3)
        (None, 3)
        """
        if not callable(value):
            return None, value
        return value, None if inputs else value()

    def attach_load_event(self, callable: Callable[..., Any], every: Any = None, inputs: Any = None) -> None:
        """Take the value from a function at each page load."""
        self.__dict__["value"] = callable
        self.__dict__["every"] = every
        self.__dict__["inputs"] = inputs

    @property
    def load_fn(self) -> Callable[..., Any] | None:
        """The function that makes its value at each page load, when `value` is one."""
        value = self.__dict__.get("value")
        return value if callable(value) and not isinstance(value, type) else None

    @property
    def widget(self) -> Any:
        """Its live model in this notebook: an ipywidget, with its properties as traits.

        Read and set `widget.value`, `observe` it, `jslink` it, or put it into a box or tab of ipywidgets. It is that of
        the app's display in this notebook, or of one that is made for it where there is none.
        """
        return self._notebook().widget_of(self)

    def _ipython_display_(self) -> None:
        """Show it, alone, in a notebook; elsewhere its name stands for it."""
        notebook = self._notebook(is_asked=False)
        if notebook is None or not isinstance(self, Placed):
            raise NotImplementedError
        notebook.show_alone(self)

    @classmethod
    def is_interactive(cls) -> bool:
        """Whether a person can edit its value."""
        return "input" in cls.events

    # --- Gradio's names for what a component tells of itself

    @property
    def component_class_id(self) -> str:
        """What tells its class from all others."""
        return hashlib.sha256(f"{type(self).__module__}.{type(self).__qualname__}".encode()).hexdigest()

    @property
    def constructor_args(self) -> dict[str, Any]:
        """What the caller passed."""
        return self.given

    @property
    def load_event_to_attach(self) -> tuple[Callable[..., Any], list[Any], Any] | None:
        """The function that makes its value at each page load, what else calls it, and its inputs."""
        if self.load_fn is None:
            return None
        every = self.__dict__.get("every")
        return self.load_fn, [] if every is None else [every], self.__dict__.get("inputs")

    @property
    def load_event(self) -> dict[str, Any] | None:
        """The listener that makes its value at each page load, as it stands in the configuration."""
        root = self.__dict__.get("_root")
        found = [d for d in getattr(root, "listeners", {}).values() if d.is_load and d.outputs == [self]]
        if root is None or not found:
            return None
        at = root.listener_ids[found[0]]
        told: list[dict[str, Any]] = root.get_config_file()["dependencies"]
        return next(one for one in told if one["id"] == at)

    @property
    def GRADIO_CACHE(self) -> str:
        """Folder that holds what was uploaded and made."""
        return str(self.__dict__.get("_own_cache") or cache_dir())

    @GRADIO_CACHE.setter
    def GRADIO_CACHE(self, folder: str) -> None:
        self.__dict__["_own_cache"] = folder

    def api_info(self) -> dict[str, Any]:
        """JSON schema of its value in an API; that of its `data_model` when that is one of the program's own."""
        if isinstance(self.data_model, type) and issubclass(self.data_model, FileData):
            return {"$defs": META_DEFS, **FILE_DATA_SCHEMA}
        if not hasattr(self.data_model, "model_fields"):
            return {"type": {}}
        schema: dict[str, Any] = self.data_model.model_json_schema()
        return {**schema, "additional_description": schema.pop("description", None)}

    def api_info_as_input(self) -> dict[str, Any]:
        """JSON schema of its value as a parameter."""
        return self.api_info()

    def api_info_as_output(self) -> dict[str, Any]:
        """JSON schema of its value as a result."""
        return self.api_info()

    def example_payload(self) -> Any:
        """A payload that a page could send."""
        return None

    def example_value(self) -> Any:
        """A value that a handler could return."""
        return None

    def example_inputs(self) -> Any:
        """A payload that a page could send."""
        return self.example_payload()

    def process_example(self, value: Any) -> Any:
        """An example as it stands in a table of examples."""
        return self.postprocess(value)

    def as_example(self, input_data: Any) -> Any:
        """An example as it stands in a table of examples."""
        return self.process_example(input_data)

    def flag(self, payload: Any, flag_dir: str | Path = "") -> Any:
        """What is written of a payload into a log of flagged samples: text as it is, all else as JSON.

        Parameters
        ----------
        payload : object
            What a page sends; its files are copied.
        flag_dir : str or Path
            Folder for the copies.
        """
        if payload is None:
            return None
        kept = copied(payload, Path(flag_dir), as_files=self.has_files)
        if isinstance(kept, str) and (self._is_text or not _is_json(kept)):
            return kept
        return json.dumps(kept)

    def read_from_flag(self, payload: Any) -> Any:
        """The payload that `flag` wrote."""
        if self._is_text or not isinstance(payload, str):
            return payload
        if not _is_json(payload):
            return payload or None
        found = as_files(json.loads(payload)) if self.has_files else json.loads(payload)
        model = self.data_model
        return found if model is None or found is None else model.from_json(found)

    @property
    def _is_text(self) -> bool:
        """Whether its value is any text, which is never taken for JSON."""
        info = self.api_info()
        return info.get("type") == "string" and "enum" not in info


ComponentBase = Component  #: Gradio's name for it; `Component` is there what components of one's own are made from


def _listed(blocks: Any) -> list[Any]:
    return [blocks] if isinstance(blocks, Block) else list(blocks or ())


class Shown(Component, Placed):
    """A component with a place on the page.

    Parameters
    ----------
    every : float or Timer, optional
        Seconds between calls of a `value` that is a function; or the timer that calls it.
    inputs : component or list of components, optional
        Given to a `value` that is a function, which is called again whenever one of them changes.
    scale : int, optional
        Share of the width among the children of a Row; None: as wide as its content needs.
    min_width : int
        Pixels below which it moves to the next line.
    preserved_by_key : str or list of str, optional
        Parameters that keep what the user made of them when a re-render meets the same key.
    """

    _: KW_ONLY
    every: Any = param(default=None, wire=None)
    inputs: Any = param(default=None, wire=None)
    scale: int | None = None
    min_width: int | None = 160
    preserved_by_key: list[str] | str | None = param(default="value", wire=None)

    def check(self) -> None:
        """Refuse what no shown component can have; a single source is a list of one."""
        if isinstance(self.__dict__.get("sources"), str):
            self.__dict__["sources"] = [self.__dict__["sources"]]
        if self.scale is not None and (isinstance(self.scale, bool) or not isinstance(self.scale, (int, float))):
            raise DeclarationError(f"{self!r}: scale must be a number or None, got {self.scale!r}")
        if self.visible is not True and self.visible is not False and self.visible != "hidden":
            self.take("visible", bool(self.visible))  # as `visible=found and text` gives it


Shown.interactive = None  # type: ignore[attr-defined]  # what only shows takes no part in it


class Labelled(Shown):
    """A component with a label.

    Parameters
    ----------
    label : str, optional
        Text above it.
    show_label : bool, optional
        None: when there is a label.
    container : bool
        Whether it stands on a surface of its own.
    """

    _: KW_ONLY
    label: str | None = None
    show_label: bool | None = None
    container: bool = True


class Editable(Labelled):
    """A component that a person can edit, or give something.

    Parameters
    ----------
    interactive : bool, optional
        Whether a person can use it. None: unless it is only an output.
    """

    _: KW_ONLY
    interactive: bool | None = None


class Field(Editable):
    """A field of a form.

    Parameters
    ----------
    info : str, optional
        A line under the label; may hold Markdown.
    bind : str, optional
        Name of a variable of the notebook's kernel that has the same value: an edit sets it, and a cell that sets it
        shows here.
    """

    _: KW_ONLY
    info: str | None = None
    bind: str | None = param(default=None, wire=None)

    def check(self) -> None:
        """Refuse what can be no variable."""
        super().check()
        if callable(self.bind) and "bind" not in self.given:  # a class of one's own has a method of that name
            return
        if self.bind is not None and not (isinstance(self.bind, str) and self.bind.isidentifier()):
            raise DeclarationError(f"{self!r}: bind must be the name of a variable, got {self.bind!r}")


__all__ += ["as_list"]
