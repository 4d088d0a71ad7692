from __future__ import annotations

import pytest

from nbblocks.components import Checkbox


@pytest.mark.parametrize(("value", "shown"), [(True, True), (None, False), ("x", True), (0, False)])
def test_what_a_handler_returns_ticks_the_box_when_true(value, shown):
    assert Checkbox().postprocess(value) is shown


def test_handler_gets_whether_it_is_ticked():
    assert [Checkbox().preprocess(v) for v in (True, False, None)] == [True, False, None]


def test_it_starts_unticked():
    assert (Checkbox().value, Checkbox().first_value()) == (False, False)
