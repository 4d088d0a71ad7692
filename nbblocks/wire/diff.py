"""What changed between two results, as clients of the protocol "sse_v3" apply it."""

from __future__ import annotations

from typing import Any

__all__ = ["differences"]

Difference = list[Any]  # [action, path, value]


def differences(before: Any, after: Any) -> list[Difference]:
    """The steps that make `after` of `before`.

    Examples
    --------
    >>> differences("Hel", "Hello")
    [['append', [], 'lo']]
    >>> differences({"a": 1, "b": [1]}, {"a": 2, "b": [1, 2]})
    [['replace', ['a'], 2], ['add', ['b', 1], 2]]
    """
    found: list[Difference] = []
    _compare(before, after, [], found)
    return found


def _compare(before: Any, after: Any, path: list[Any], found: list[Difference]) -> None:
    if type(before) is type(after):
        if before == after:
            return
        if isinstance(before, str) and after.startswith(before):
            found.append(["append", path, after[len(before) :]])
            return
        if isinstance(before, list):
            _compare_lists(before, after, path, found)
            return
        if isinstance(before, dict):
            for key in before.keys() - after.keys():
                found.append(["delete", [*path, key], None])
            for key, value in after.items():
                if key in before:
                    _compare(before[key], value, [*path, key], found)
                else:
                    found.append(["add", [*path, key], value])
            return
    found.append(["replace", path, after])


def _compare_lists(before: list[Any], after: list[Any], path: list[Any], found: list[Difference]) -> None:
    shared = min(len(before), len(after))
    for at in range(shared):
        _compare(before[at], after[at], [*path, at], found)
    found.extend(["delete", [*path, shared], None] for _ in before[shared:])  # each takes the place of the one before
    for at in range(shared, len(after)):
        found.append(["add", [*path, at], after[at]])
