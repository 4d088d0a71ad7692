"""The likeliest classes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, TypedDict

from ..declare import KW_ONLY, param
from ..events import event
from ..wire.payloads import Record
from .base import Labelled, button_names
from .number import as_number

__all__ = ["Label", "LabelConfidence", "LabelData"]


class ConfidenceJSON(TypedDict):
    """A class and how sure it is, from 0 to 1, as it crosses."""

    label: str | float | None
    confidence: float | None


class LabelJSON(TypedDict, total=False):
    """A label, or the likeliest of several with all of them, as it crosses."""

    label: str | float | None
    confidences: list[ConfidenceJSON] | None


class LabelConfidence(Record):
    """A class and how sure it is, from 0 to 1."""

    defaults: ClassVar[dict[str, Any]] = {"label": None, "confidence": None}


class LabelData(Record):
    """A label, or the likeliest of several with all of them."""

    defaults: ClassVar[dict[str, Any]] = {"label": None, "confidences": None}
    kinds: ClassVar[dict[str, tuple[type[Any], ...]]] = {"confidences": (LabelConfidence,)}


_NAMED = {"anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "number"}, {"type": "null"}], "default": None}


class Label(Labelled):
    """A label, or the likeliest classes with a bar each.

    Parameters
    ----------
    value : dict, str, number, Path or callable, optional
        `{class: confidence from 0 to 1}`, or one label, or the path of a JSON file that holds such a dict. A function
        is called once per page load.
    num_top_classes : int, optional
        How many are shown; None: all.
    color : str, optional
        Background of the label, as CSS writes it.
    show_heading : bool
        Whether the likeliest stands above the bars as well.
    buttons : list of Button, optional
        Buttons in its corner.

    Examples
    --------
    >>> Label(num_top_classes=1).postprocess({"cat": 0.2, "dog": 0.8})
    {'label': 'dog', 'confidences': [{'label': 'dog', 'confidence': 0.8}]}
    """

    data_model: ClassVar[Any] = LabelData
    user_props: ClassVar[tuple[str, ...]] = ()

    value: Mapping[Any, float] | str | float | Path | Callable[..., Any] | None = param(default=None, wire=LabelJSON)
    _: KW_ONLY
    num_top_classes: int | None = None
    color: str | None = None
    show_heading: bool = True
    buttons: Sequence[Any] | None = param(default=None, wire=list[str] | None, encode=button_names)

    change = event("What is shown changed.")
    select = event("The user pressed a class.", payload=dict)

    def preprocess(self, payload: Any) -> Any:
        """Give `{class: confidence}`, or the label when there are no confidences; None when nothing is shown."""
        if not payload:
            return None
        confidences = payload.get("confidences")
        if confidences is None:
            return payload.get("label")
        return {one["label"]: one["confidence"] for one in confidences}

    def postprocess(self, value: Any) -> LabelData | dict[str, Any]:
        """Show classes by falling confidence, or a label; None or an empty dict shows nothing.

        Raises
        ------
        ValueError
            It is something else, or a confidence is no number.
        """
        if isinstance(value, (str, Path)) and str(value).endswith(".json") and Path(value).exists():
            value = json.loads(Path(value).read_text(encoding="utf-8"))
        if hasattr(value, "item"):  # a numpy scalar
            value = value.item()
        if value is None or value == {}:
            return {}
        if isinstance(value, (str, int, float)):
            return LabelData(label=str(value))
        if not isinstance(value, Mapping):
            raise ValueError(f"{self!r} shows a label or a dict {{class: confidence}}, got {type(value).__name__}")
        if isinstance(value.get("confidences"), list):  # as it is shown already
            value = {one["label"]: one["confidence"] for one in value["confidences"]}
        classes = [(k, as_number(v, self)) for k, v in value.items()]
        classes.sort(key=lambda pair: -(pair[1] if pair[1] is not None else float("-inf")))
        shown = [LabelConfidence(label=k, confidence=v) for k, v in classes[: self.num_top_classes]]
        return LabelData(label=classes[0][0], confidences=shown)

    def api_info(self) -> dict[str, Any]:
        """A label and confidences."""
        confidence = {"anyOf": [{"type": "number"}, {"type": "null"}], "default": None}
        one = {"properties": {"label": _NAMED, "confidence": confidence}, "type": "object"}
        several = {"items": {"$ref": "#/$defs/LabelConfidence"}, "type": "array"}
        return {
            "$defs": {"LabelConfidence": one},
            "properties": {"label": _NAMED, "confidences": {"anyOf": [several, {"type": "null"}], "default": None}},
            "type": "object",
        }

    def example_payload(self) -> Any:
        """A cat, rather than a dog."""
        return {
            "label": "Cat",
            "confidences": [{"label": "cat", "confidence": 0.9}, {"label": "dog", "confidence": 0.1}],
        }

    def example_value(self) -> Any:
        """A cat, rather than a dog."""
        return {"cat": 0.9, "dog": 0.1}
