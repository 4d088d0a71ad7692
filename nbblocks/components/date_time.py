"""A date, with the time of day or without."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, ClassVar, Literal

from ..declare import KW_ONLY, param
from ..events import event
from ..exceptions import DeclarationError, Error, WireError
from .base import Field, button_names

__all__ = ["DateTime"]

_RELATIVE = re.compile(r"^\s*now\s*(?:-\s*(\d+)\s*([smhd])\s*)?$")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class DateTime(Field):
    """A date, with the time of day or without, typed or picked.

    Parameters
    ----------
    value : float, datetime, str or callable, optional
        Seconds since 1970, a datetime, or text: "2030-12-31 23:59:00", "2030-12-31" without time, "now", or
        "now - 5m" (units s, m, h, d). A function is called once per page load.
    include_time : bool
        Whether the time of day is part of it.
    type : {"timestamp", "datetime", "string"}
        What a handler gets: seconds since 1970, a datetime, or text.
    timezone : str, optional
        Name of the time zone in which it is read and shown, such as "Europe/Paris"; None: the one of this machine.
    buttons : list of Button, optional
        Buttons in its corner.

    Examples
    --------
    >>> DateTime(type="datetime").preprocess("2030-12-31 23:59:00")
    datetime.datetime(2030, 12, 31, 23, 59)
    """

    value: Any = param(default=None, wire=str | None)
    _: KW_ONLY
    include_time: bool = True
    type: Literal["timestamp", "datetime", "string"] = param(default="timestamp", wire=None)
    timezone: str | None = param(default=None, wire=None)
    buttons: Sequence[Any] | None = param(default=None, wire=list[str] | None, encode=button_names)

    chunks: ClassVar[tuple[str, ...]] = ("views-pickers",)

    change = event("The date changed, by the user or by an update.")
    submit = event("The user pressed Enter.")

    def check(self) -> None:
        """Refuse an unknown type or time zone."""
        super().check()
        if self.type not in ("timestamp", "datetime", "string"):
            raise DeclarationError(f"{self!r}: type must be 'timestamp', 'datetime' or 'string', got {self.type!r}")
        try:
            self._zone()
        except (KeyError, ValueError):
            raise DeclarationError(f"{self!r}: there is no time zone {self.timezone!r}") from None

    def _zone(self) -> tzinfo | None:
        if not self.timezone:
            return None
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.timezone)

    @property
    def _format(self) -> str:
        return "%Y-%m-%d %H:%M:%S" if self.include_time else "%Y-%m-%d"

    def _read(self, text: str) -> datetime:
        """The moment that a text means.

        Raises
        ------
        ValueError
            It means none.
        """
        if match := _RELATIVE.match(text):
            back = timedelta(**{_UNITS[match[2]]: int(match[1])}) if match[1] else timedelta()
            return datetime.now(self._zone()) - back
        return datetime.strptime(text.strip(), self._format).replace(tzinfo=self._zone())

    def get_datetime_from_str(self, date: str) -> datetime:
        """The moment that a text means, in its time zone: "2030-12-31 23:59:00", "now", "now - 5m".

        Raises
        ------
        ValueError
            It means none.
        """
        if "now" in date and not _RELATIVE.match(date):
            raise ValueError(f"{self!r}: Invalid 'now' time format {date!r}; it is such as 'now' or 'now - 5m'")
        return self._read(date)

    def preprocess(self, payload: Any) -> float | datetime | str | None:
        """Give the moment as `type` says; None when it is empty.

        Raises
        ------
        Error
            The text means no moment: the user is told.
        WireError
            The page sent no text.
        """
        if payload is None or (isinstance(payload, str) and not payload.strip()):
            return None
        if not isinstance(payload, str):
            raise WireError(f"{self!r}: expected text, got {type(payload).__name__}")
        if self.type == "string" and "now" not in payload:
            return payload
        try:
            moment = self._read(payload)
            if self.type == "datetime":
                return moment
            return moment.timestamp() if self.type == "timestamp" else moment.strftime(self._format)
        except (ValueError, OverflowError):
            shape = "2030-12-31 23:59:00" if self.include_time else "2030-12-31"
            raise Error(f"{payload!r} is no date such as {shape}.", print_exception=False) from None

    def postprocess(self, value: Any) -> str | None:
        """Show a moment; text goes as it is, None clears.

        Raises
        ------
        ValueError
            It is no moment.
        """
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, datetime):
            return value.strftime(self._format)
        if isinstance(value, date):
            return datetime(value.year, value.month, value.day).strftime(self._format)
        if hasattr(value, "item"):  # a numpy scalar
            value = value.item()
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise ValueError(f"{self!r} shows seconds since 1970, a datetime or text, got {type(value).__name__}")
        return datetime.fromtimestamp(value, self._zone()).strftime(self._format)

    def api_info(self) -> dict[str, Any]:
        """A string, with its form in words."""
        shape = "YYYY-MM-DD HH:MM:SS" if self.include_time else "YYYY-MM-DD"
        return {"type": "string", "description": f"{shape}, or relative to now, such as 'now - 5m'"}

    def example_payload(self) -> str:
        """A moment of 2020."""
        return "2020-10-01 05:20:15"

    def example_value(self) -> str:
        """A moment of 2020."""
        return self.example_payload()
