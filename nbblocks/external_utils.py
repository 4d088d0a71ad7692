"""What programs for Gradio import from `gradio.external_utils`: answers of models in the form of components."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

__all__ = ["cols_to_rows", "format_ner_list"]


def format_ner_list(input_string: str, ner_groups: Sequence[Mapping[str, Any]]) -> list[tuple[str, str | None]]:
    """A text and what was recognised in it as `HighlightedText` takes it.

    Parameters
    ----------
    ner_groups : list of dict
        Each with "start", "end" and "entity_group" (or "entity").

    Examples
    --------
    >>> format_ner_list("Ada in Rome", [{"entity_group": "PER", "start": 0, "end": 3}])
    [('', None), ('Ada', 'PER'), (' in Rome', None)]
    """
    parts: list[tuple[str, str | None]] = []
    end = 0
    for group in ner_groups:
        parts.append((input_string[end : group["start"]], None))
        end = group["end"]
        parts.append((input_string[group["start"] : end], group.get("entity_group") or group.get("entity")))
    return [*parts, (input_string[end:], None)]


def cols_to_rows(example_data: Mapping[str, Sequence[Any] | None]) -> tuple[list[str], list[list[Any]]]:
    """A table by column as its headers and its rows; what is missing is empty.

    Examples
    --------
    >>> cols_to_rows({"a": [1, 2], "b": [3]})
    (['a', 'b'], [[1, 3], [2, '']])
    """
    columns = [list(values or ()) for values in example_data.values()]
    return list(example_data), [list(row) for row in zip_longest(*columns, fillvalue="")]
