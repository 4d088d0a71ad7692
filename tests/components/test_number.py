from __future__ import annotations

import numpy as np
import pytest

from nbblocks.components import Number
from nbblocks.exceptions import DeclarationError, Error, WireError


def test_number_of_the_page_reaches_the_handler_unchanged():
    assert [Number().preprocess(v) for v in (3, 3.6, None)] == [3, 3.6, None]


def test_precision_0_gives_an_int_and_others_round():
    results = Number(precision=0).preprocess(3.6), Number(precision=2).preprocess(3.666)
    assert results == (4, 3.67)
    assert type(results[0]) is int


@pytest.mark.parametrize("value", [11, -1, float("inf"), float("nan")])
def test_number_out_of_bounds_tells_the_user(value):
    with pytest.raises(Error):
        Number(minimum=0, maximum=10).preprocess(value)


def test_bounds_are_included():
    number = Number(minimum=0, maximum=10)
    assert [number.preprocess(0), number.preprocess(10)] == [0, 10]


@pytest.mark.parametrize("payload", ["3", True, [3]])
def test_page_that_sends_no_number_is_refused(payload):
    with pytest.raises(WireError):
        Number().preprocess(payload)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(3, 3), ("4.6", 4.6), ("7", 7), (np.float32(2.5), 2.5), (np.int64(3), 3), (None, None), (float("nan"), None)],
)
def test_what_a_handler_returns_is_shown_as_a_json_number(value, shown):
    result = Number().postprocess(value)
    assert result == shown
    assert type(result) in (int, float, type(None))


def test_text_that_is_no_number_is_refused():
    with pytest.raises(ValueError, match="many"):
        Number().postprocess("many")


def test_minimum_above_maximum_is_refused():
    with pytest.raises(DeclarationError):
        Number(minimum=2, maximum=1)


def test_example_stays_within_the_bounds():
    assert (Number().example_payload(), Number(minimum=5).example_value()) == (3, 5)
