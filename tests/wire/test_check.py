from __future__ import annotations

from typing import Any, Literal, TypedDict

import pytest

from nbblocks.exceptions import WireError
from nbblocks.wire.check import checked, fits


class Point(TypedDict):
    x: float
    name: str | None


class Options(TypedDict, total=False):
    mirror: bool


@pytest.mark.parametrize(
    ("value", "wire"),
    [
        (True, bool),
        (3, int),
        (3, float),
        (3.5, float),
        ("a", str),
        (None, None),
        (None, str | None),
        ([1, "a"], list[int | str]),
        ([], list[int]),
        ({"a": [1]}, dict[str, list[int]]),
        ([3, "a"], tuple[int, str]),
        ("sm", Literal["sm", "lg"]),
        ("hidden", bool | Literal["hidden"]),
        ({"x": 1, "name": None}, Point),
        ({}, Options),
        ([{"x": 1.5, "name": "a"}], list[Point] | None),
        ({"anything": [None]}, Any),
        ([1, "a"], list),
        ({"a": 1}, dict),
    ],
)
def test_value_of_the_type_passes(value, wire):
    assert checked(value, wire, "here") == value


@pytest.mark.parametrize(
    ("value", "wire"),
    [
        (1, bool),
        (True, int),
        (True, float),
        (float("nan"), float),
        (float("inf"), float),
        (3.5, int),
        (3, str),
        (0, None),
        ("xl", Literal["sm", "lg"]),
        (True, Literal[1]),
        ([1, "a"], list[int]),
        ("ab", list[str]),
        ([1], tuple[int, int]),
        ({1: "a"}, dict[str, str]),
        ({"x": 1}, Point),
        ({"x": 1, "name": "a", "more": 1}, Point),
        ([], Point),
        ("x", int | None),
    ],
)
def test_value_of_another_type_is_refused(value, wire):
    assert not fits(value, wire)


@pytest.mark.parametrize(
    ("value", "wire", "message"),
    [
        ("a", int, "Slider.value: expected an integer, got 'a'"),
        ([1, True], list[int], "Slider.value[1]: expected an integer, got True"),
        ({"x": "1", "name": None}, Point, "Slider.value.x: expected a number, got '1'"),
        ({"name": None}, Point, "Slider.value: 'x' is missing"),
        ([1, "a"], list[int] | None, "Slider.value[1]: expected an integer, got 'a'"),
        (3, str | None, "Slider.value: expected text or null, got 3"),
        ("x", Literal["a", "b"], "Slider.value: expected 'a' or 'b', got 'x'"),
    ],
)
def test_message_says_where_and_what_was_expected(value, wire, message):
    with pytest.raises(WireError) as error:
        checked(value, wire, "Slider.value")
    assert str(error.value) == message


def test_long_values_are_cut_in_the_message():
    with pytest.raises(WireError) as error:
        checked("a" * 1000, int, "x")
    assert len(str(error.value)) < 120


def test_what_is_no_wire_type_is_a_mistake_of_ours():
    with pytest.raises(TypeError):
        checked(3, set, "x")
