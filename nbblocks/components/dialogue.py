"""Lines with speakers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Literal

from ..declare import KW_ONLY, param
from ..events import event
from ..exceptions import DeclarationError, Error
from ..wire.payloads import Record, RecordList, RecordText
from .base import Field, button_names

__all__ = ["Dialogue", "DialogueLine", "DialogueModel"]

Line = dict[str, str]
_LINE = re.compile(r"^\s*\[([^\]]*)\]\s*(.*)$", re.DOTALL)


class DialogueLine(Record):
    """What a speaker says."""

    required: ClassVar[tuple[str, ...]] = ("speaker", "text")


class DialogueModel(RecordList):
    """Lines, or the whole as text."""

    kinds: ClassVar[tuple[type[Any], ...]] = (DialogueLine,)

    def __new__(cls, root: Any = ()) -> Any:
        """A list, or a text."""
        return RecordText(root) if isinstance(root, str) else super().__new__(cls)


class Dialogue(Field):
    r"""Lines that speakers say, or a text in which tags are completed.

    Parameters
    ----------
    value : list of dict, str or callable, optional
        Lines `{"speaker": …, "text": …}`, or the whole as text.
    type : {"text", "list"}
        A handler gets the lines as one text, or as a list of dicts.
    speakers : list of str, optional
        Who may speak; none: it is a text field with tags.
    formatter, unformatter : callable, optional
        `(speaker, text) -> str` makes a line of text, `(str) -> {"speaker", "text"}` takes one apart; None:
        `[speaker] text`.
    tags : list of str, optional
        Words that a menu offers after a colon.
    separator : str
        Between the lines of the text.
    color_map : dict of str to str, optional
        The colour of each speaker.
    placeholder : str, optional
        Shown while it is empty.
    autofocus : bool
        Whether it has the keyboard when the page opens.
    autoscroll : bool
        Whether it scrolls to its end when its value changes.
    max_lines : int, optional
        Most lines that a person can add.
    buttons : list of {"copy"} and Button, optional
        Buttons in its corner.
    submit_btn : bool or str
        A button that submits; a text is its caption.
    ui_mode : {"dialogue", "text", "both"}
        Whether it is edited line by line, as one text, or either way.

    Examples
    --------
    >>> Dialogue(speakers=["A", "B"]).preprocess([{"speaker": "A", "text": "Hi"}, {"speaker": "B", "text": "Yes?"}])
    '[A] Hi\n[B] Yes?'
    """

    data_model: ClassVar[Any] = DialogueModel
    chunks: ClassVar[tuple[str, ...]] = ("views-parts",)

    value: list[Line] | Callable[..., Any] | str | None = param(default=None, wire=list[dict[str, str]] | str | None)
    _: KW_ONLY
    type: Literal["list", "text"] = param(default="text", wire=None)
    speakers: list[str] | None = None
    formatter: Callable[..., Any] | None = param(default=None, wire=None)
    unformatter: Callable[..., Any] | None = param(default=None, wire=None)
    tags: list[str] | None = None
    separator: str = "\n"
    color_map: dict[str, str] | None = None
    label: str | None = "Dialogue"
    info: str | None = "Type colon (:) in the dialogue line to see the available tags"
    placeholder: str | None = None
    autofocus: bool = False
    autoscroll: bool = True
    max_lines: int | None = None
    buttons: Sequence[Any] | None = param(default=None, wire=list[str] | None, encode=button_names)
    submit_btn: str | bool | None = False
    ui_mode: Literal["dialogue", "text", "both"] = "both"

    change = event("The lines changed, by the user or by an update.")
    input = event("The user edited a line.")
    submit = event("The user submitted it.")

    def check(self) -> None:
        """Refuse an unknown type or mode; without tags there is nothing to say of them."""
        super().check()
        for name, choices in (("type", ("list", "text")), ("ui_mode", ("dialogue", "text", "both"))):
            if getattr(self, name) not in choices:
                raise DeclarationError(f"{self!r}: {name} must be one of {choices}, got {getattr(self, name)!r}")
        if "info" not in self.given and not self.tags:
            self.__dict__["info"] = None

    def format(self, lines: list[Line]) -> str:
        """Lines as one text.

        Parameters
        ----------
        lines : list of dict
            Each with `speaker` and `text`.
        """
        made = self.formatter or self.default_formatter
        return self.separator.join(str(made(line.get("speaker", ""), line.get("text", ""))) for line in lines)

    def unformat(self, text: str) -> list[Line]:
        """One text as lines.

        Parameters
        ----------
        text : str
            As `format` gives it.
        """
        first = next(iter(self.speakers or ()), "")
        made = self.unformatter or (lambda part: self.default_unformatter(part, first))
        return [dict(made(part)) for part in text.split(self.separator) if part.strip()]

    def default_formatter(self, speaker: str, text: str) -> str:
        """A line as text: the speaker in brackets."""
        return f"[{speaker}] {text}" if speaker else text

    def default_unformatter(self, line: str, default_speaker: str = "") -> Line:
        """The speaker in brackets, if there is one, and the text."""
        found = _LINE.match(line)
        return {"speaker": found[1], "text": found[2]} if found else {"speaker": default_speaker, "text": line.strip()}

    told_for_none: ClassVar[dict[str, Any]] = {"tags": []}
    server_fns: ClassVar[tuple[str, ...]] = ("format", "unformat")

    @property
    def server_functions(self) -> list[Callable[..., Any]]:
        """What a page asks when it goes from lines to a text and back."""
        return [self.format, self.unformat]

    def preprocess(self, payload: Any) -> str | list[Line] | None:
        """Give the text, or with `type="list"` the lines.

        Raises
        ------
        Error
            Someone speaks who is none of the speakers, or there are more than `max_lines`.
        """
        if isinstance(payload, list):
            lines = [{"speaker": str(line["speaker"]), "text": str(line["text"])} for line in map(_whole, payload)]
            self._check_lines(lines)
            return lines if self.type == "list" else self.format(lines)
        if isinstance(payload, str) and self.type == "list" and self.speakers:
            said = [part for part in payload.split(self.separator) if part.strip()]
            lines = self.unformat(payload)
            if self.unformatter is not None or all(_LINE.match(part) for part in said):
                self._check_lines(lines)
                return lines
        return None if payload is None else str(payload)

    def _check_lines(self, lines: list[Line]) -> None:
        if self.max_lines is not None and len(lines) > self.max_lines:
            raise Error(f"{len(lines)} lines are too many: {self.max_lines} are allowed.")
        for line in lines:
            if self.speakers and line["speaker"] not in self.speakers:
                raise Error(f"{line['speaker']!r} is none of the speakers: {', '.join(self.speakers)}.")

    def process_example(self, value: Any) -> str:
        """The lines as one text."""
        return value if isinstance(value, str) else self.format(list(value or ()))

    def postprocess(self, value: Any) -> Any:
        """Show lines or a text; None shows nothing.

        Raises
        ------
        DeclarationError
            It is a list of something else.
        """
        if value is None:
            return None
        if isinstance(value, str):
            return RecordText(value)
        if not isinstance(value, (list, tuple)) or not all(
            isinstance(line, dict) and {"speaker", "text"} <= line.keys() for line in value
        ):
            raise DeclarationError(f"{self!r}: expected text or a list of {{'speaker', 'text'}}, got {value!r:.80}")
        return DialogueModel([{"speaker": str(line["speaker"]), "text": str(line["text"])} for line in value])

    def api_info(self) -> dict[str, Any]:
        """A list of lines, or a string."""
        text = {"type": "string"}
        line = {"type": "object", "properties": {"speaker": text, "text": text}, "required": ["speaker", "text"]}
        return {
            "$defs": {"DialogueLine": line},
            "anyOf": [{"type": "array", "items": {"$ref": "#/$defs/DialogueLine"}}, {"type": "string"}],
        }

    def example_payload(self) -> Any:
        """Two lines."""
        return [
            {"speaker": "Speaker 1", "text": "Hello, how are you?"},
            {"speaker": "Speaker 2", "text": "I'm fine, thank you!"},
        ]

    def example_value(self) -> Any:
        """Two lines."""
        return self.example_payload()


def _whole(line: Any) -> Any:
    if not isinstance(line, dict) or not {"speaker", "text"} <= line.keys():
        raise Error("A line needs a speaker and a text.")
    return line
