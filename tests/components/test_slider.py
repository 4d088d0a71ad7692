from __future__ import annotations

import pytest

from nbblocks.components import Slider
from nbblocks.exceptions import DeclarationError, Error, WireError


@pytest.mark.parametrize(
    ("bounds", "step"),
    [((0, 1), 0.01), ((0, 100), 1), ((0, 10), 0.1), ((1, 1000), 1), ((0, 0.1), 0.001), ((0, 1e5), 1000), ((0, 255), 1)],
)
def test_step_follows_from_the_length_of_the_track(bounds, step):
    assert Slider(*bounds).step == step


def test_it_starts_at_the_minimum():
    slider = Slider(2, 5)
    assert (slider.value, slider.first_value(), slider.postprocess(None)) == (2, 2, 2)


def test_bounds_and_value_come_by_position():
    slider = Slider(1, 9, 3)
    assert (slider.minimum, slider.maximum, slider.value) == (1, 9, 3)


@pytest.mark.parametrize("payload", [101, -0.1, float("nan")])
def test_number_off_the_track_tells_the_user(payload):
    with pytest.raises(Error):
        Slider(0, 100).preprocess(payload)


@pytest.mark.parametrize("payload", [None, "3", True])
def test_page_that_sends_no_number_is_refused(payload):
    with pytest.raises(WireError):
        Slider().preprocess(payload)


def test_precision_rounds_both_ways():
    slider = Slider(precision=0)
    assert (slider.preprocess(3.55), slider.postprocess(3.55)) == (4, 4)


def test_handler_may_show_a_number_off_the_track():
    assert Slider(0, 100).postprocess(200) == 200


def test_randomized_one_starts_on_the_track_anew_for_each_viewer():
    slider = Slider(0, 1000, step=1, randomize=True)
    starts = {slider.first_value() for _ in range(50)}
    assert len(starts) > 1
    assert all(0 <= start <= 1000 for start in starts)
    assert slider.load_fn is not None


@pytest.mark.parametrize("given", [{"minimum": 5, "maximum": 5}, {"minimum": 6, "maximum": 5}, {"step": 0}])
def test_track_without_length_is_refused(given):
    with pytest.raises(DeclarationError):
        Slider(**given)
