from __future__ import annotations

import datetime

import numpy as np
import pandas as pd
import pytest

from nbblocks.components import JSON, Json
from nbblocks.exceptions import Error


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ({"a": np.arange(2), 1: 2}, {"a": [0, 1], "1": 2}),
        ([float("nan"), float("inf"), np.float32(1), np.nan], [None, None, 1.0, None]),
        ({"d": datetime.datetime(2020, 1, 1)}, {"d": "2020-01-01T00:00:00"}),
        ((1, {2}), [1, [2]]),
        (pd.DataFrame({"a": [1, 2]}), [{"a": 1}, {"a": 2}]),
        (pd.Series([1, 2]), [1, 2]),
        ("[1]", [1]),
        ('""', ""),
        (True, True),
        (None, None),
    ],
)
def test_value_is_shown_as_plain_json(value, shown):
    assert JSON().postprocess(value) == shown


def test_text_that_is_no_json_tells_the_user():
    with pytest.raises(Error, match="no JSON"):
        JSON().postprocess("x")


def test_what_json_has_no_place_for_is_refused():
    with pytest.raises(ValueError, match="object"):
        JSON().postprocess([object()])


def test_json_has_an_alias():
    assert Json is JSON
