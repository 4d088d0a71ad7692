"""Make plain JSON of what handlers return."""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import KeysView, Mapping, ValuesView
from dataclasses import fields, is_dataclass
from pathlib import PurePath
from typing import Any

__all__ = ["plain"]


def plain(value: Any) -> Any:
    """The same as JSON can carry it: arrays and frames become lists, dates text, NaN and infinities null.

    Raises
    ------
    ValueError
        Part of it is of a kind that JSON has no place for.

    Examples
    --------
    >>> plain({"a": (1, float("nan")), 2: {3}})
    {'a': [1, None], '2': [3]}
    """
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {_key(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, (KeysView, ValuesView)):  # of a dict, in its order
        return [plain(v) for v in value]
    if isinstance(value, (set, frozenset)):
        return [plain(v) for v in sorted(value, key=repr)]
    if isinstance(value, (datetime.date, datetime.time)):  # datetime and pandas' Timestamp among them
        return value.isoformat()
    if isinstance(value, PurePath):
        return str(value)
    if hasattr(value, "to_json") and hasattr(value, "columns"):  # a frame of pandas
        return json.loads(value.to_json(orient="records", date_format="iso"))
    if hasattr(value, "model_dump"):
        return plain(value.model_dump())
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    for method in ("tolist", "to_dicts", "to_list"):  # arrays and scalars of numpy, frames of polars
        if hasattr(value, method):
            return plain(getattr(value, method)())
    raise ValueError(f"a {type(value).__name__} has no place in JSON")


def _key(key: Any) -> str:
    return key if isinstance(key, str) else str(plain(key))
