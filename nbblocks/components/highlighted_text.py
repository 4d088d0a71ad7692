"""Text with marked stretches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, TypedDict

from ..declare import KW_ONLY, param
from ..events import event
from ..wire.check import checked
from ..wire.payloads import Record, RecordList
from .base import Editable, button_names
from .number import as_number

__all__ = ["HighlightedText", "HighlightedTextData", "HighlightedToken"]


class TokenJSON(TypedDict):
    """A stretch of text and its mark, as it crosses."""

    token: str
    class_or_confidence: str | float | None


class HighlightedToken(Record):
    """A stretch of text and its mark."""

    required: ClassVar[tuple[str, ...]] = ("token",)
    defaults: ClassVar[dict[str, Any]] = {"class_or_confidence": None}


class HighlightedTextData(RecordList):
    """A text with its marks."""

    kinds: ClassVar[tuple[type[Any], ...]] = (HighlightedToken,)


def _colours(given: Mapping[str, str] | None) -> dict[str, str]:
    return dict(given or {})


class HighlightedText(Editable):
    """Text with marked stretches, each of a class, or of a score from -1 to 1.

    Parameters
    ----------
    value : list of tuple, dict or callable, optional
        `[(text, class or score or None), …]`, or `{"text": …, "entities": [{"entity", "start", "end"}, …]}`. A
        function is called once per page load.
    color_map : dict of str to str, optional
        Colours of classes, as CSS writes them.
    show_legend : bool
        Whether the classes stand above the text.
    show_inline_category : bool
        Whether each stretch carries its class.
    combine_adjacent : bool
        Whether neighbours of one class become one stretch.
    adjacent_separator : str
        Stands between the texts of neighbours that become one.
    show_whitespaces : bool
        Whether white space is kept as it is.
    rtl : bool
        Whether its text runs from right to left.
    buttons : list of Button, optional
        Buttons in its corner.

    Examples
    --------
    >>> HighlightedText().postprocess([("Ada", "person"), (" wrote", None)])[0]
    {'token': 'Ada', 'class_or_confidence': 'person'}
    """

    data_model: ClassVar[Any] = HighlightedTextData

    value: Any = param(default=None, wire=list[TokenJSON] | None)
    _: KW_ONLY
    color_map: dict[str, str] | None = param(default=None, wire=dict[str, str], encode=_colours)
    show_legend: bool = False
    show_inline_category: bool = True
    combine_adjacent: bool = param(default=False, wire=None)
    adjacent_separator: str = param(default="", wire=None)
    show_whitespaces: bool = True
    rtl: bool = False
    buttons: Sequence[Any] | None = param(default=None, wire=list[str] | None, encode=button_names)

    change = event("The text or its marks changed, by the user or by an update.")
    select = event("The user pressed a stretch.", payload=dict)

    def preprocess(self, payload: Any) -> list[dict[str, Any]] | None:
        """Give the stretches, each as `{"token", "class_or_confidence"}`.

        Raises
        ------
        WireError
            The page sent something else.
        """
        if payload is None:
            return None
        given: list[dict[str, Any]] = checked(payload, list[TokenJSON], repr(self))
        return given

    def postprocess(self, value: Any) -> HighlightedTextData | None:
        """Show text with its marks; None and "" clear.

        Raises
        ------
        ValueError
            It is neither a list of pairs nor a dict of text and entities.
        """
        if value is None or (isinstance(value, str) and not value):
            return None
        if isinstance(value, Mapping):
            pairs = self._of_entities(value)
        elif isinstance(value, Iterable) and not isinstance(value, str):
            pairs = [self._pair(item) for item in value]
        else:
            raise self._refused(value)
        if not self.show_whitespaces:
            pairs = [(text.strip(), mark) for text, mark in pairs]
        if self.combine_adjacent:
            pairs = self._combined(pairs)
        return HighlightedTextData.of(HighlightedToken.of(token=text, class_or_confidence=mark) for text, mark in pairs)

    def _refused(self, value: Any) -> ValueError:
        return ValueError(
            f"{self!r} shows [(text, class or score or None), …] or {{'text': …, 'entities': […]}}, got {value!r:.60}"
        )

    def _pair(self, item: Any) -> tuple[str, Any]:
        if isinstance(item, Mapping) and "token" in item:
            return str(item["token"]), item.get("class_or_confidence")
        if not isinstance(item, (tuple, list)) or len(item) != 2:
            raise self._refused(item)
        text, mark = item
        return str(text), mark if mark is None or isinstance(mark, str) else as_number(mark, self)

    def _of_entities(self, value: Mapping[str, Any]) -> list[tuple[str, Any]]:
        """Stretches between and of entities; one that begins within another begins where that ends."""
        text, entities = value.get("text"), value.get("entities")
        if not isinstance(text, str) or not isinstance(entities, Iterable):
            raise self._refused(value)
        pairs: list[tuple[str, Any]] = []
        at = 0
        for entity in sorted(entities, key=lambda e: int(e["start"])):
            start, end = max(int(entity["start"]), at), min(int(entity["end"]), len(text))
            if start >= end:
                continue
            pairs.append((text[at:start], None))
            pairs.append((text[start:end], entity.get("entity_group", entity.get("entity"))))
            at = end
        pairs.append((text[at:], None))
        return pairs

    def _combined(self, pairs: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
        combined: list[tuple[str, Any]] = []
        for text, mark in pairs:
            if not text and mark is None:
                continue
            if combined and combined[-1][1] == mark:
                combined[-1] = (combined[-1][0] + self.adjacent_separator + text, mark)
            else:
                combined.append((text, mark))
        return combined

    def api_info(self) -> dict[str, Any]:
        """A list of stretches."""
        mark = {"anyOf": [{"type": "string"}, {"type": "number"}, {"type": "null"}], "default": None}
        token = {
            "properties": {"token": {"type": "string"}, "class_or_confidence": mark},
            "required": ["token"],
            "type": "object",
        }
        return {
            "$defs": {"HighlightedToken": token},
            "items": {"$ref": "#/$defs/HighlightedToken"},
            "type": "array",
        }

    def example_payload(self) -> Any:
        """Two stretches."""
        return [
            {"token": "The", "class_or_confidence": None},
            {"token": "quick", "class_or_confidence": "adj"},
        ]

    def example_value(self) -> Any:
        """Four stretches."""
        return [("The", None), ("quick", "adj"), ("brown", "adj"), ("fox", "noun")]
