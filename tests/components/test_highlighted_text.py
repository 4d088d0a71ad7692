from __future__ import annotations

import pytest

from nbblocks.components import HighlightedText
from nbblocks.exceptions import WireError


def shown(value, **given):
    tokens = HighlightedText(**given).postprocess(value)
    return None if tokens is None else [(t["token"], t["class_or_confidence"]) for t in tokens]


@pytest.mark.parametrize(
    ("value", "pairs"),
    [
        ([("a", None), ("b", "x")], [("a", None), ("b", "x")]),
        ([["a", 0.5]], [("a", 0.5)]),
        ([], []),
        (None, None),
        ({"text": "", "entities": []}, [("", None)]),
    ],
)
def test_pairs_are_shown_as_they_are(value, pairs):
    assert shown(value) == pairs


def test_entities_mark_stretches_of_the_text():
    entities = [{"entity": "B", "start": 6, "end": 11}, {"entity_group": "A", "start": 0, "end": 3}]
    assert shown({"text": "hello world!", "entities": entities}) == [
        ("", None),
        ("hel", "A"),
        ("lo ", None),
        ("world", "B"),
        ("!", None),
    ]
    assert shown({"text": "hello", "entities": []}) == [("hello", None)]


def test_text_under_two_entities_is_shown_once():
    entities = [{"entity": "A", "start": 0, "end": 3}, {"entity": "B", "start": 2, "end": 50}]
    stretches = [pair for pair in shown({"text": "hello", "entities": entities}) if pair[0]]
    assert stretches == [("hel", "A"), ("lo", "B")]


def test_neighbours_of_one_class_become_one():
    pairs = [("a", "x"), ("b", "x"), ("c", None), ("d", None), ("e", "y")]
    assert shown(pairs, combine_adjacent=True, adjacent_separator="-") == [("a-b", "x"), ("c-d", None), ("e", "y")]


@pytest.mark.parametrize("value", ["x", {"text": "x"}, [("a", "b", "c")], 3, ["ab"]])
def test_other_values_are_refused(value):
    with pytest.raises(ValueError, match="HighlightedText"):
        shown(value)


def test_handler_gets_the_stretches():
    payload = [{"token": "a", "class_or_confidence": "x"}]
    assert (HighlightedText().preprocess(payload), HighlightedText().preprocess(None)) == (payload, None)


def test_page_that_sends_no_stretches_is_refused():
    with pytest.raises(WireError):
        HighlightedText().preprocess([{"token": 3, "class_or_confidence": None}])
