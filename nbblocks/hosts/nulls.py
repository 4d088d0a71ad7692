"""None, as JupyterLite's kernel hands it to the page's JavaScript and takes it from there.

There a None becomes `undefined`, which the page's messages lose with its key, and a `null` becomes an object of
Pyodide's own (https://pyodide.org/en/stable/usage/type-conversions.html). Everywhere else messages are JSON.
"""

from __future__ import annotations

import sys
from typing import Any

__all__ = ["from_page", "to_page"]

#: What JavaScript takes for null; None: there is another kernel, or a Pyodide that knows none.
_null: Any = getattr(sys.modules.get("pyodide.ffi"), "jsnull", None) if "pyodide_kernel" in sys.modules else None


def to_page(value: Any) -> Any:
    """A message with every None as a null of JavaScript's."""
    return value if _null is None else _replaced(value, None, _null)


def from_page(value: Any) -> Any:
    """A message with every null of JavaScript's as None."""
    return value if _null is None else _replaced(value, _null, None)


def _replaced(value: Any, old: Any, new: Any) -> Any:
    """A copy with something else in each place of a thing.

    >>> _replaced({"a": [None, 1], "b": None}, None, "null")
    {'a': ['null', 1], 'b': 'null'}
    """
    if value is old:
        return new
    if isinstance(value, dict):
        return {k: _replaced(v, old, new) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_replaced(v, old, new) for v in value]
    return value
