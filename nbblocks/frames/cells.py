"""One cell: as JSON carries it, as a page shows it, as text that a user typed becomes it."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal, InvalidOperation
from typing import Any

__all__ = ["CannotReadError", "is_missing", "json_cell", "number_of", "page_cell", "read_as"]

SAFE_INTEGER = 1 << 53  #: the largest whole number that JavaScript counts to


class CannotReadError(ValueError):
    """A text is no value of the kind that its column holds."""


def is_missing(value: Any) -> bool:
    """Whether a cell is empty: None, NaN, NaT or NA.

    Examples
    --------
    >>> is_missing(float("nan")), is_missing(0), is_missing("")
    (True, False, False)
    """
    if value is None:
        return True
    if isinstance(value, float):
        return math.isnan(value)
    return type(value).__name__ in ("NaTType", "NAType") or (isinstance(value, Decimal) and value.is_nan())


def json_cell(value: Any) -> Any:
    """A cell as JSON can carry it: numbers, text, true and false as they are, nothing as null, all else as text.

    Examples
    --------
    >>> import datetime
    >>> json_cell(datetime.datetime(2024, 5, 1)), json_cell(float("inf")), json_cell((1, 2))
    ('2024-05-01 00:00:00', None, [1, 2])
    """
    kind = type(value)
    if kind is str or kind is bool or kind is int or value is None:
        return value
    if kind is float:
        return value if math.isfinite(value) else None
    if is_missing(value):
        return None
    if isinstance(value, dict):
        return {str(k): json_cell(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [json_cell(v) for v in value]
    if hasattr(value, "tolist"):  # a scalar or array of numpy
        return json_cell(value.tolist())
    if isinstance(value, (bool, int, float, str)):  # of a kind of its own, such as an enumeration's
        return json_cell(next(k for k in (bool, int, float, str) if isinstance(value, k))(value))
    return str(value)


def page_cell(value: Any) -> Any:
    """A cell as a page shows it: as JSON, but nothing that JavaScript would round or drop.

    Examples
    --------
    >>> page_cell(2**60), page_cell(float("-inf"))
    ('1152921504606846976', '-inf')
    """
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return value
    if kind is int:
        return value if -SAFE_INTEGER < value < SAFE_INTEGER else str(value)
    if kind is float:
        return value if math.isfinite(value) else None if math.isnan(value) else str(value)
    plain = json_cell(value)
    return page_cell(plain) if type(plain) in (int, float) else plain


def number_of(text: str) -> int | float | None:
    """The number that a text is, or None.

    Examples
    --------
    >>> number_of("42"), number_of(" 1.5e3 "), number_of("4,2"), number_of("nan")
    (42, 1500.0, None, None)
    """
    text = text.strip()
    try:
        return int(text) if text.lstrip("+-").isdigit() and "_" not in text else _finite(float(text))
    except ValueError:
        return None


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


_TRUE, _FALSE = ("true", "yes", "1"), ("false", "no", "0")


def read_as(value: Any, kind: str, zone: dt.tzinfo | None = None) -> Any:
    """What a user typed, as a value of the kind that the column holds; nothing typed is None.

    Parameters
    ----------
    value : str, int, float, bool or None
        As the page sent it.
    kind : {"int", "float", "bool", "datetime", "date", "time", "duration", "decimal", "str"}
        What the column holds.
    zone : tzinfo, optional
        Of a column of times; without one in the text, it is meant.

    Raises
    ------
    CannotReadError
        It is no such value.

    Examples
    --------
    >>> read_as("12", "int"), read_as("2024-05-01", "date"), read_as("", "float")
    (12, datetime.date(2024, 5, 1), None)
    """
    if kind == "str":
        return value if value is None or isinstance(value, str) else _text(value)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    try:
        return _READERS[kind](value, zone)
    except (ValueError, TypeError, InvalidOperation, OverflowError) as error:
        raise CannotReadError(f"{value!r} is no {kind}") from error


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _int(value: Any, zone: Any) -> int:
    number = number_of(value) if isinstance(value, str) else value
    if number is None or number != int(number):
        raise CannotReadError(f"{value!r} is no whole number")
    return int(number)


def _float(value: Any, zone: Any) -> float:
    return float(value)


def _bool(value: Any, zone: Any) -> bool:
    if isinstance(value, str):
        text = value.strip().lower()
        if text not in _TRUE + _FALSE:
            raise CannotReadError(f"{value!r} is neither true nor false")
        return text in _TRUE
    if value not in (0, 1):
        raise CannotReadError(f"{value!r} is neither true nor false")
    return bool(value)


def _datetime(value: Any, zone: dt.tzinfo | None) -> dt.datetime:
    text = str(value).strip()
    read = dt.datetime.fromisoformat(text[:-1] + "+00:00" if text.endswith(("Z", "z")) else text)
    if read.tzinfo is None:
        return read.replace(tzinfo=zone)
    return read.astimezone(dt.timezone.utc).replace(tzinfo=None) if zone is None else read.astimezone(zone)


def _date(value: Any, zone: Any) -> dt.date:
    return dt.datetime.fromisoformat(str(value).strip()).date()


def _time(value: Any, zone: Any) -> dt.time:
    return dt.time.fromisoformat(str(value).strip())


def _duration(value: Any, zone: Any) -> dt.timedelta:
    """`[days "days",] hours:minutes:seconds`, or a number of seconds."""
    text = str(value).strip().lower().replace("days", "day").replace(",", " ")
    days, found, clock = text.partition("day")
    if not found:
        days, clock = "0", text
    sign = -1 if clock.strip().startswith("-") else 1
    parts = [float(p) for p in clock.strip().lstrip("+-").split(":")] if clock.strip() else [0.0]
    if len(parts) > 3:
        raise CannotReadError(f"{value!r} is no duration")
    seconds = 0.0
    for part in parts:
        seconds = seconds * 60 + part
    return dt.timedelta(days=float(days), seconds=sign * seconds)


def _decimal(value: Any, zone: Any) -> Decimal:
    read = Decimal(str(value).strip())
    if not read.is_finite():
        raise CannotReadError(f"{value!r} is no number")
    return read


_READERS: dict[str, Any] = {
    "int": _int,
    "float": _float,
    "bool": _bool,
    "datetime": _datetime,
    "date": _date,
    "time": _time,
    "duration": _duration,
    "decimal": _decimal,
}
