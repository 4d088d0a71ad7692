"""Samples to choose from, such as the examples of an app."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any, ClassVar, Literal

from ..declare import KW_ONLY, param
from ..events import event
from ..exceptions import DeclarationError, NbblocksWarning, WireError, warn_once
from ..tree import Placed
from .base import Component
from .image_editor import EditorData
from .shortcut import get_component_instance

__all__ = ["Dataset"]

TYPES = ("values", "index", "tuple")
LAYOUTS = (None, "gallery", "table")

#: Parameters of a component that its cells are shown by.
_CELL_PROPS = ("type", "choices", "language", "latex_delimiters", "height", "multiselect", "headers", "file_count")


def _cell(component: Component, value: Any) -> Any:
    """A value as it stands in the table; what its component cannot show stands there as text."""
    if value is None:
        return None
    try:
        shown = component.process_example(value)
        return (shown.composite or shown.background) if isinstance(shown, EditorData) else shown
    except FileNotFoundError:
        raise
    except Exception:  # an example that is to show how bad input is answered
        return str(value)


def _kinds(components: Sequence[Any] | None) -> list[str]:
    return [get_component_instance(c).get_block_name() for c in components or ()]


def _listed(given: Sequence[Any] | None) -> list[Any]:
    return list(given or ())


class Dataset(Component, Placed):
    """Samples to choose from, as a table or a gallery: to click one gives it to a handler.

    Parameters
    ----------
    label : str, optional
        What stands above; None: "Examples".
    show_label : bool
        Whether that is shown.
    components : list of component or str, optional
        One for each value of a sample: it is shown as that component shows an example.
    component_props : list of dict, optional
        For each, parameters that its cells are shown by; None: those of the components.
    samples : list of list, optional
        The samples, each a list of values.
    headers : list of str, optional
        Heading of each column; None: the components' labels.
    type : {"values", "index", "tuple"}
        What a handler gets: the sample, its index, or both.
    layout : {"gallery", "table"}, optional
        None: a gallery when samples have one value, else a table.
    samples_per_page : int
        How many are shown at a time.
    container : bool
        Whether it stands on a surface of its own.
    scale : int, optional
        Share of the width among the children of a Row.
    min_width : int
        Pixels below which it moves to the next line.
    preserved_by_key : str or list of str, optional
        Parameters that keep what the user made of them when a re-render meets the same key.
    proxy_url : str, optional
        Has no effect here.
    sample_labels : list of str, optional
        Shown in place of each sample.

    Examples
    --------
    >>> data = Dataset(components=["text", "number"], samples=[["a", 1], ["b", 2]], type="tuple")
    >>> data.preprocess(1)
    (1, ['b', 2])
    """

    user_props: ClassVar[tuple[str, ...]] = ("value",)
    chunks: ClassVar[tuple[str, ...]] = ("views-dataset",)
    extra_props: ClassVar[dict[str, Any]] = {"value": int | None}

    _: KW_ONLY
    label: str | None = None
    show_label: bool = True
    components: Sequence[Component | str] | None = param(default=None, wire=list[str], encode=_kinds)
    component_props: list[dict[str, Any]] | None = param(default=None, wire=list[dict[str, Any]], encode=_listed)
    samples: list[list[Any]] | None = param(default=None, wire=list[list[Any]], encode=_listed)
    headers: list[str] | None = param(default=None, wire=list[str], encode=_listed)
    type: Literal["values", "index", "tuple"] = param(default="values", wire=None)
    layout: Literal["gallery", "table"] | None = None
    samples_per_page: int = 10
    container: bool = True
    scale: int | None = None
    min_width: int | None = 160
    preserved_by_key: list[str] | str | None = param(default="value", wire=None)
    proxy_url: str | None = param(default=None, wire=None)
    sample_labels: list[str] | None = None

    change = event("Other samples are shown.")
    click = event("The user chose a sample.")
    select = event("The user chose a sample; the index is its place, the value the sample.", payload=dict)

    def check(self) -> None:
        """Refuse an unknown type or layout, and samples that do not fit the components."""
        if self.type not in TYPES:
            raise DeclarationError(f"{self!r}: type must be one of {TYPES}, got {self.type!r}")
        self.fall_back("layout", LAYOUTS)
        if self.samples_per_page < 1:
            raise DeclarationError(f"{self!r}: samples_per_page must be 1 or more, got {self.samples_per_page!r}")
        if self.proxy_url is not None:
            warn_once("dataset.proxy_url", f"{self!r}: proxy_url= has no effect: no server stands between")
        if "components" in self.__dict__:
            self.__dict__["components"] = [get_component_instance(c) for c in self.components or ()]
        made = self.__dict__.get("_made_headers")
        if self.headers is None or self.headers is made:  # as the components say, which an update may change
            labels = [getattr(c, "label", None) or "" for c in self.components or ()]
            self.__dict__["headers"] = self.__dict__["_made_headers"] = labels if any(labels) else []
        if self.samples is None:
            self.__dict__["samples"] = [[]]
        for sample in self.samples or ():
            if not isinstance(sample, (list, tuple)):
                raise DeclarationError(f"{self!r}: each sample is a list of values, got {sample!r}")

    def get_config(self, cls: Any = None) -> dict[str, Any]:
        """Parameters as they stand in the app's configuration, with its components' own."""
        made: list[Component] = list(self.components or ())  # type: ignore[arg-type]
        props = self.component_props
        return {
            **super().get_config(cls),
            "components": [{"name": c.get_block_name(), "class_id": c.component_class_id} for c in made],
            "component_ids": [c._id for c in made],
            "component_props": [c.get_config() for c in made] if props is None else props,
        }

    @property
    def raw_samples(self) -> list[list[Any]]:
        """The samples, as they were given."""
        return self.samples or []

    def wire_props(self, names: Any = None) -> dict[str, Any]:
        """Its synced properties: samples as their components show them in a table."""
        props = super().wire_props(names)
        components: list[Component] = list(self.components or ())  # type: ignore[arg-type]
        if "samples" in props:
            props["samples"] = [self._cells(sample, components) for sample in self.raw_samples if len(sample)]
        if "component_props" in props and self.component_props is None:
            props["component_props"] = [c.wire_props(_CELL_PROPS) for c in components]
        return props

    @staticmethod
    def _cells(sample: Sequence[Any], components: list[Component]) -> list[Any]:
        shown = [_cell(component, value) for component, value in zip(components, sample, strict=False)]
        return [*shown, *sample[len(shown) :]]

    def preprocess(self, payload: Any) -> Any:
        """Give the chosen sample, its index, or both, as `type` says; None when none is chosen.

        Raises
        ------
        WireError
            There is no such sample.
        """
        if payload is None:
            return None
        samples = self.raw_samples
        if isinstance(payload, bool) or not isinstance(payload, int) or not 0 <= payload < len(samples):
            raise WireError(f"{self!r} has {len(samples)} samples: there is none with index {payload!r}")
        if self.type == "index":
            return payload
        sample = list(samples[payload])
        return (payload, sample) if self.type == "tuple" else sample

    def postprocess(self, value: Any) -> int | None:
        """Choose a sample by its index; None chooses none. New samples come as `gr.Dataset(samples=…)`."""
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        warnings.warn(
            f"{self!r} shows another set of samples when a handler returns gr.Dataset(samples=…), not a list",
            NbblocksWarning,
            stacklevel=2,
        )
        return self.raw_samples.index(value) if value in self.raw_samples else None

    def api_info(self) -> dict[str, Any]:
        """An index."""
        return {"type": "integer", "description": "index of selected example"}

    def example_payload(self) -> int:
        """The first sample."""
        return 0

    def example_value(self) -> list[Any]:
        """No sample."""
        return []
