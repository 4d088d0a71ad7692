from __future__ import annotations

import datetime as dt

import pytest

from nbblocks.components import DateTime
from nbblocks.exceptions import DeclarationError, Error, WireError

TEXT = "2020-10-01 05:20:15"


@pytest.mark.parametrize(
    ("given", "payload", "got"),
    [
        ({"timezone": "UTC"}, TEXT, 1601529615.0),
        ({"timezone": "Asia/Tokyo"}, TEXT, 1601497215.0),
        ({"timezone": "UTC", "include_time": False}, "2020-10-01", 1601510400.0),
        ({"type": "datetime"}, TEXT, dt.datetime(2020, 10, 1, 5, 20, 15)),
        ({"type": "string"}, TEXT, TEXT),
        ({}, None, None),
        ({}, "", None),
    ],
)
def test_handler_gets_the_moment_as_type_says(given, payload, got):
    assert DateTime(**given).preprocess(payload) == got


@pytest.mark.parametrize(("text", "seconds"), [("now", 0), ("now - 5m", 300), ("now-1d", 86400), ("now - 2h", 7200)])
def test_text_may_be_relative_to_now(text, seconds):
    moment = DateTime().preprocess(text)
    assert dt.datetime.now().timestamp() - moment == pytest.approx(seconds, abs=5)


@pytest.mark.parametrize("text", ["bad", "2020-10-01", "2020-13-01 00:00:00", "now + 5m"])
def test_text_that_is_no_date_tells_the_user(text):
    with pytest.raises(Error, match="no date"):
        DateTime().preprocess(text)


def test_page_that_sends_no_text_is_refused():
    with pytest.raises(WireError):
        DateTime().preprocess(3)


@pytest.mark.parametrize(
    ("given", "value", "shown"),
    [
        ({"timezone": "UTC"}, 0, "1970-01-01 00:00:00"),
        ({"timezone": "Asia/Tokyo"}, 0, "1970-01-01 09:00:00"),
        ({"timezone": "UTC", "include_time": False}, 1600000000.5, "2020-09-13"),
        ({}, dt.datetime(2020, 1, 2, 3, 4, 5), "2020-01-02 03:04:05"),
        ({"timezone": "Asia/Tokyo"}, dt.datetime(2020, 1, 2, tzinfo=dt.timezone.utc), "2020-01-02 00:00:00"),
        ({}, dt.date(2020, 1, 2), "2020-01-02 00:00:00"),
        ({}, "now", "now"),
        ({}, None, None),
    ],
)
def test_moment_is_shown_as_text(given, value, shown):
    assert DateTime(**given).postprocess(value) == shown


def test_what_is_no_moment_is_refused():
    with pytest.raises(ValueError, match="list"):
        DateTime().postprocess([])


@pytest.mark.parametrize("given", [{"type": "x"}, {"timezone": "Nowhere/City"}])
def test_unknown_type_or_time_zone_is_refused(given):
    with pytest.raises(DeclarationError):
        DateTime(**given)
