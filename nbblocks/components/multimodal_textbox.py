"""A field for text and files."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal, TypedDict

from ..declare import KW_ONLY, param
from ..events import event
from ..exceptions import DeclarationError, Error, WireError
from ..wire.files import FileData, FileJSON, InputHTMLAttributes
from ..wire.payloads import Record
from .base import Field
from .chatbot import API as CHAT_API
from .image import Image
from .messages import file_of
from .textbox import attributes

__all__ = ["MultimodalData", "MultimodalTextbox", "MultimodalValue"]

SOURCES = ("upload", "microphone")


class MultimodalValue(TypedDict, total=False):
    """Text and the paths of files."""

    text: str
    files: list[str]


class MultimodalJSON(TypedDict, total=False):
    """Text and files, as they cross."""

    text: str
    files: list[FileJSON]


class MultimodalData(Record):
    """Text and files."""

    required: ClassVar[tuple[str, ...]] = ("text",)
    defaults: ClassVar[dict[str, Any]] = {"files": []}
    kinds: ClassVar[dict[str, tuple[type[Any], ...]]] = {"files": (FileData,)}


def _sources(given: Sequence[str] | str | None) -> list[str]:
    return [given] if isinstance(given, str) else list(("upload",) if given is None else given)


def _is_of(file: FileData, kinds: Sequence[str]) -> bool:
    """Whether a file is of one of some kinds: suffixes, or kinds such as "image"."""
    name = (file.orig_name or file.path or "").lower()
    mime = mimetypes.guess_type(name)[0] or file.mime_type or ""
    for kind in kinds:
        if kind in ("file", "*", ""):
            return True
        if kind.startswith(".") and name.endswith(kind.lower()):
            return True
        if "/" in kind and (mime == kind or (kind.endswith("/*") and mime.startswith(kind[:-1]))):
            return True
        if mime.startswith(f"{kind}/"):
            return True
    return False


class MultimodalTextbox(Field):
    """A field for text and files, as one message.

    Parameters
    ----------
    value : dict, str or callable, optional
        `{"text", "files"}` at first, with paths or URLs of files; or the text. A function is called once per page
        load.
    sources : list of str or str, optional
        From where files may come: "upload", "microphone"; None: from an upload.
    file_types : list of str, optional
        Suffixes (".pdf"), or kinds: "image", "video", "audio", "text", "file". None: any.
    file_count : {"single", "multiple", "directory"}
        How many files can be chosen at once; several can be added one after the other in any case.
    lines : int
        Height, in lines.
    max_lines : int
        Lines up to which it grows with its text.
    placeholder : str, optional
        Shown while it is empty.
    autofocus : bool
        Whether it takes the keyboard when the page opens.
    autoscroll : bool
        Whether it scrolls to its end when the text changes.
    text_align : {"left", "right"}, optional
        None: left, or right when `rtl`.
    rtl : bool
        Whether its text runs from right to left.
    submit_btn : bool or str
        Whether a button that submits stands in it; a text is its caption.
    stop_btn : bool or str
        Whether a button that stops stands in it; a text is its caption.
    max_plain_text_length : int
        Most characters that are pasted as text; longer ones become a file.
    html_attributes : InputHTMLAttributes, optional
        Further attributes of the field, such as `spellcheck`.

    Examples
    --------
    >>> MultimodalTextbox().postprocess("Hello")
    {'text': 'Hello', 'files': []}
    """

    data_model: ClassVar[Any] = MultimodalData
    has_files: ClassVar[bool] = True
    chunks: ClassVar[tuple[str, ...]] = ("views-chat",)

    value: Any = param(default=None, wire=MultimodalJSON | None)
    _: KW_ONLY
    sources: Sequence[Literal["upload", "microphone"]] | str | None = param(
        default=None, wire=list[Literal["upload", "microphone"]], encode=_sources
    )
    file_types: list[str] | None = None
    file_count: Literal["single", "multiple", "directory"] = "single"
    lines: int = 1
    max_lines: int = 20
    placeholder: str | None = None
    autofocus: bool = False
    autoscroll: bool = True
    text_align: Literal["left", "right"] | None = None
    rtl: bool = False
    submit_btn: str | bool | None = True
    stop_btn: str | bool | None = False
    max_plain_text_length: int = 1000
    html_attributes: InputHTMLAttributes | dict[str, Any] | None = param(
        default=None, wire=dict[str, Any], encode=attributes
    )

    change = event("The text or the files changed, by the user or by an update.")
    input = event("The user edited the text or the files.")
    select = event("The user selected a stretch of the text.", payload=dict)
    submit = event("The user pressed Enter, or the submit button.")
    focus = event("It got the keyboard.")
    blur = event("It lost the keyboard.")
    stop = event("The user pressed the stop button.")

    told_for_none: ClassVar[dict[str, Any]] = {"sources": ["upload"]}

    def check(self) -> None:
        """Refuse unknown sources and counts, and file types that are no list."""
        super().check()
        for source in _sources(self.sources):
            if source not in SOURCES:
                raise DeclarationError(f"{self!r}: sources are some of {SOURCES}, got {source!r}")
        if self.file_types is not None and not isinstance(self.file_types, (list, tuple)):
            raise DeclarationError(f"{self!r}: file_types must be a list or None, got {self.file_types!r}")
        if self.file_count not in ("single", "multiple", "directory"):
            raise DeclarationError(
                f"{self!r}: file_count must be 'single', 'multiple' or 'directory', got {self.file_count!r}"
            )
        self.fall_back("text_align", (None, "left", "right"))

    def preprocess(self, payload: Any) -> MultimodalValue | None:
        """Give `{"text", "files"}`, the files as paths; None when there is nothing.

        Raises
        ------
        Error
            A file is not of `file_types`: the user is told.
        WireError
            The page sent something else.
        """
        if payload is None:
            return None
        if not isinstance(payload, Mapping):
            raise WireError(f"{self!r}: expected text and files, got {type(payload).__name__}")
        paths = []
        for given in payload.get("files") or ():
            file = given if isinstance(given, FileData) else FileData(**{"path": None, **given})
            if self.file_types and not _is_of(file, self.file_types):
                raise Error(
                    f"{file.orig_name or 'The file'} is not one of {', '.join(self.file_types)}.",
                    title="Refused",
                    print_exception=False,
                )
            if path := file.path or file.url:
                paths.append(path)
        text = payload.get("text") or ""
        if not isinstance(text, str):
            raise WireError(f"{self!r}: expected text, got {type(text).__name__}")
        return {"text": text, "files": paths}

    def postprocess(self, value: Any) -> MultimodalData:
        """Show text and files; None clears.

        Raises
        ------
        ValueError
            It is something else.
        """
        if value is None:
            return MultimodalData(text="")
        if isinstance(value, str):
            return MultimodalData(text=value)
        if not isinstance(value, Mapping):
            raise ValueError(f"{self!r} shows text or a dict with 'text' and 'files', got {type(value).__name__}")
        text = value.get("text", "")
        if not isinstance(text, str):
            raise TypeError(f"{self!r}: 'text' must be text, got {type(text).__name__}")
        return MultimodalData(text=text, files=[file_of(file) for file in value.get("files") or ()])

    def api_info(self) -> dict[str, Any]:
        """Text and files."""
        return API

    def example_payload(self) -> dict[str, Any]:
        """Text and a small picture."""
        return {"text": "Describe this image", "files": [Image(render=False).example_payload()]}

    def example_value(self) -> dict[str, Any]:
        """Text and the path of a small picture."""
        return {"text": "Describe this image", "files": [Image(render=False).example_value()]}


#: JSON schema of text and files in an API.
API: dict[str, Any] = {
    "$defs": {name: CHAT_API["$defs"][name] for name in ("FileData", "FileDataMeta")},
    "properties": {
        "text": {"type": "string"},
        "files": {"items": {"$ref": "#/$defs/FileData"}, "type": "array"},
    },
    "required": ["text"],
    "type": "object",
}
