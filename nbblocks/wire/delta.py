"""Changes inside one value: how streamed text, growing lists and dicts travel. Twin of `js/src/wire/delta.ts`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

__all__ = ["applied", "differences"]

Op = list[Any]  #: `[kind, path, value]`; a `delete` has no value
Path = list[Any]

SMALL_CHARS = 64  #: a value that is shorter goes whole
MAX_OPS = 64  #: more changes than that: the value goes whole


class _TooManyError(Exception):
    """There is little in common."""


def differences(old: Any, new: Any) -> list[Op] | None:
    """What makes the new value of the old one, when that is shorter to say than the new value.

    Parameters
    ----------
    old, new : object
        Plain JSON.

    Returns
    -------
    list of list, or None
        Operations for `applied`, in order; None: send the value whole.

    Examples
    --------
    >>> differences("a" * 64, "a" * 64 + "b")
    [['append', [], 'b']]
    >>> differences([{"text": "a" * 64}], [{"text": "a" * 64 + "b"}, {"text": "c"}])
    [['append', [0, 'text'], 'b'], ['append', [], [{'text': 'c'}]]]
    """
    if type(old) is not type(new) or not isinstance(new, (str, list, dict)):
        return None
    if isinstance(new, str):  # the most frequent: a text that grows
        return [["append", [], new[len(old) :]]] if len(old) >= SMALL_CHARS and new.startswith(old) else None
    ops: list[Op] = []
    try:
        _compare(old, new, [], ops)
    except _TooManyError:
        return None
    said = sum(_length(op) for op in ops)
    return ops if said <= SMALL_CHARS or said * 2 < _length(new) else None


def _length(value: Any) -> int:
    return len(json.dumps(value, default=str))


def _compare(old: Any, new: Any, path: Path, ops: list[Op]) -> None:
    if len(ops) > MAX_OPS:
        raise _TooManyError
    if old is new:
        return
    if type(old) is not type(new):
        ops.append(["replace", path, new])
    elif isinstance(new, str):
        if old != new:
            grew = bool(old) and new.startswith(old)
            ops.append(["append", path, new[len(old) :]] if grew else ["replace", path, new])
    elif isinstance(new, list):
        _compare_lists(old, new, path, ops)
    elif isinstance(new, dict):
        _compare_dicts(old, new, path, ops)
    elif old != new:
        ops.append(["replace", path, new])


def _compare_lists(old: list[Any], new: list[Any], path: Path, ops: list[Op]) -> None:
    for at, (a, b) in enumerate(zip(old, new, strict=False)):
        _compare(a, b, [*path, at], ops)
    if len(new) > len(old):
        ops.append(["append", path, new[len(old) :]])
    if len(old) - len(new) > MAX_OPS:
        raise _TooManyError
    ops += [["delete", [*path, at]] for at in reversed(range(len(new), len(old)))]


def _compare_dicts(old: dict[str, Any], new: dict[str, Any], path: Path, ops: list[Op]) -> None:
    for key, value in new.items():
        if key in old:
            _compare(old[key], value, [*path, key], ops)
        else:
            ops.append(["add", [*path, key], value])
    ops += [["delete", [*path, key]] for key in old if key not in new]


def applied(value: Any, ops: Sequence[Sequence[Any]]) -> Any:
    """The value after operations; what was there before is left as it was.

    Examples
    --------
    >>> applied({"a": [1]}, [["append", ["a"], [2]], ["add", ["b"], 3], ["delete", ["a", 0]]])
    {'a': [2], 'b': 3}
    """
    for op in ops:
        value = _apply(value, op, 0)
    return value


def _apply(value: Any, op: Sequence[Any], depth: int) -> Any:
    kind, path = op[0], op[1]
    if depth == len(path):
        return value + op[2] if kind == "append" else op[2]
    key = path[depth]
    copy = list(value) if isinstance(value, list) else dict(value)
    if kind in ("add", "delete") and depth == len(path) - 1:
        if kind == "delete":
            del copy[key]
        elif isinstance(copy, list):
            copy.insert(key, op[2])
        else:
            copy[key] = op[2]
    else:
        copy[key] = _apply(copy[key], op, depth + 1)
    return copy
