"""Messages of a conversation: as a program writes them, as a handler gets them, as a page shows them."""

from __future__ import annotations

import hashlib
import inspect
import json
import mimetypes
import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Literal, TypedDict

from ..exceptions import Error, WireError
from ..wire.files import FileData, FileJSON
from ..wire.payloads import Record, RecordList
from .base import Component

__all__ = [
    "ChatMessage",
    "ChatbotDataMessages",
    "ComponentMessage",
    "ExampleMessage",
    "FileMessage",
    "Message",
    "MessageDict",
    "MessageJSON",
    "MetadataDict",
    "NormalizedMessageDict",
    "OptionDict",
    "TextMessage",
    "as_part",
    "file_of",
    "given_part",
    "normalized",
    "shown",
    "with_thoughts",
]

Role = Literal["user", "assistant", "system"]


class MetadataDict(TypedDict, total=False):
    """What makes a message a thought, folded away under its title.

    `id` names it, and a thought whose `parent_id` is that id stands inside it. `log` is a short text beside the
    title, `duration` is in seconds; while `status` is "pending" it spins and is unfolded, "done" folds it.
    """

    title: str
    id: int | str
    parent_id: int | str
    log: str
    duration: float
    status: Literal["pending", "done"]


class _Option(TypedDict):
    value: str


class OptionDict(_Option, total=False):
    """A button under a message; `value` is sent when it is pressed, `label` is its caption."""

    label: str


class _Said(TypedDict):
    content: Any
    role: Role


class MessageDict(_Said, total=False):
    """A message as a program writes it.

    `content` is text, a file (`{"path": …, "alt_text": …}`), a component, or a list of those.
    """

    metadata: MetadataDict
    options: list[OptionDict]


class NormalizedMessageDict(TypedDict):
    """A message as a handler gets it: its content is a list of parts, each with its `type`."""

    content: list[dict[str, Any]]
    role: Role
    metadata: MetadataDict | None
    options: list[OptionDict] | None


class ExampleMessage(TypedDict, total=False):
    """A message to start with: its text and files, and how it is shown."""

    icon: str | FileJSON
    display_text: str
    text: str
    files: Sequence[str | FileJSON]


class MessageJSON(TypedDict, total=False):
    """A message as it crosses; a part of its content is text, a file or a component."""

    role: str
    metadata: dict[str, Any] | None
    content: list[dict[str, Any]]
    options: list[dict[str, Any]] | None


@dataclass
class ChatMessage:
    """A message of a conversation.

    Parameters
    ----------
    content : str, dict, component, or list of those
        Text (Markdown), a file (`{"path": …, "alt_text": …}`), or a component, which is shown inside the message.
    role : {"assistant", "user", "system"}
        Who says it.
    metadata : dict, optional
        Makes it a thought: see `MetadataDict`.
    options : list of dict, optional
        Buttons under it: see `OptionDict`.

    Examples
    --------
    >>> ChatMessage("Looking it up", metadata={"title": "Thinking"}).role
    'assistant'
    """

    content: Any
    role: Role = "assistant"
    metadata: MetadataDict = field(default_factory=lambda: MetadataDict())
    options: list[OptionDict] = field(default_factory=list)


class TextMessage(Record):
    """A part of a message that is text."""

    required: ClassVar[tuple[str, ...]] = ("text",)
    defaults: ClassVar[dict[str, Any]] = {"type": "text"}


class FileMessage(Record):
    """A part of a message that is a file."""

    required: ClassVar[tuple[str, ...]] = ("file",)
    defaults: ClassVar[dict[str, Any]] = {"alt_text": None, "type": "file"}
    kinds: ClassVar[dict[str, tuple[type[Any], ...]]] = {"file": (FileData,)}


class ComponentMessage(Record):
    """A part of a message that is a component: its kind, value and parameters."""

    required: ClassVar[tuple[str, ...]] = ("component", "value", "constructor_args", "props")
    defaults: ClassVar[dict[str, Any]] = {"type": "component"}


class Message(Record):
    """A message whose content is a list of parts already.

    Parameters
    ----------
    role : str
        Who says it.
    content : list
        Its parts, as `ChatMessage` takes them.
    metadata, options : optional
        As those of `ChatMessage`.

    Examples
    --------
    >>> Message(role="user", content=[{"text": "Hello"}]).content[0].type
    'text'
    """

    required: ClassVar[tuple[str, ...]] = ("role", "content")
    defaults: ClassVar[dict[str, Any]] = {"metadata": None, "options": None}
    kinds: ClassVar[dict[str, tuple[type[Any], ...]]] = {"content": (TextMessage, FileMessage, ComponentMessage)}


class ChatbotDataMessages(RecordList):
    """The messages of a conversation."""

    kinds: ClassVar[tuple[type[Any], ...]] = (Message,)


#: What metadata may say, and of which types.
_METADATA: dict[str, Any] = {
    "title": str,
    "id": (int, str),
    "parent_id": (int, str),
    "log": str,
    "duration": (int, float),
    "status": str,
}


def _metadata(given: Any) -> dict[str, Any] | None:
    if given is None:
        return None
    if not isinstance(given, Mapping):
        raise ValueError(f"metadata of a message must be a dict, got {type(given).__name__}")
    kept = {k: v for k, v in given.items() if k in _METADATA and v is not None}
    for name, value in kept.items():
        if not isinstance(value, _METADATA[name]) or isinstance(value, bool):
            raise ValueError(f"metadata[{name!r}] of a message cannot be {value!r}")
    if kept.get("status", "done") not in ("pending", "done"):
        raise ValueError(f"metadata['status'] of a message must be 'pending' or 'done', got {kept['status']!r}")
    return kept


def _options(given: Any) -> list[dict[str, Any]] | None:
    if given is None:
        return None
    kept = []
    for option in given:
        if not isinstance(option, Mapping) or "value" not in option:
            raise ValueError(f"an option of a message is a dict with 'value' and perhaps 'label', got {option!r}")
        kept.append({k: option[k] for k in ("value", "label") if option.get(k) is not None})
    return kept


def file_of(path: Any, orig_name: str | None = None) -> FileData:
    """A file by its path, or an address on the web, which the page opens itself."""
    if isinstance(path, FileData):
        return path
    if isinstance(path, Mapping):
        if not isinstance(path.get("path"), str) and not isinstance(path.get("url"), str):
            raise ValueError(f"a file is a path or a dict with 'path', got {dict(path)!r}")
        return file_of(path.get("path") or path.get("url"), path.get("orig_name") or orig_name)
    text = str(path)
    if text.startswith(("http://", "https://", "data:")):
        bare = re.split(r"[?#]", text)[0] if not text.startswith("data:") else ""
        kind = mimetypes.guess_type(bare)[0] or (text[5:].split(";")[0].split(",")[0] if not bare else None)
        return FileData(url=text, orig_name=orig_name or bare.rsplit("/", 1)[-1] or None, mime_type=kind)
    return FileData.of(text, orig_name, missing_ok=True)


# --- components inside messages

#: How components inside messages were made, by what a page is told of it: only these are made again.
_made: OrderedDict[str, tuple[type[Component], dict[str, Any]]] = OrderedDict()
_MOST_MADE = 4096


def _component(component: Component, value: Any = None) -> dict[str, Any]:
    """A component as a part of a message."""
    component.unrender()
    given = {k: v for k, v in component.given.items() if k != "render"}
    arguments = {k: v for k, v in given.items() if k != "value" and _is_plain(v)}
    props = component.wire_props([p.name for p in component.synced() if p.name != "value"])
    if "interactive" in props and props["interactive"] is None:
        props["interactive"] = False
    name = component.get_block_name()
    made = hashlib.sha256(f"{name} {json.dumps(arguments, sort_keys=True)}".encode()).hexdigest()[:16]
    _made[made] = (type(component), {k: v for k, v in given.items() if k != "value"})
    _made.move_to_end(made)
    while len(_made) > _MOST_MADE:
        _made.popitem(last=False)
    return ComponentMessage.of(
        component=name,
        value=component.first_value(),
        constructor_args={**arguments, "render": False},
        props={**props, "name": name},
        type="component",
        made=made,
    )


def as_part(component: Component) -> dict[str, Any]:
    """A component as a client of an API is told of it: its kind, the value that it was given, and its parameters."""
    part = _component(component)
    given = component.given.get("value")
    return {
        "component": part["component"],
        "value": given if given is not None and _is_plain(given) else part["value"],
        "constructor_args": part["constructor_args"],
        "props": part["props"],
    }


def _is_plain(value: Any) -> bool:
    try:
        json.dumps(value)
    except (TypeError, ValueError):
        return False
    return True


def _instance(part: Mapping[str, Any]) -> Component | None:
    """The component of a part, when it is one that this process made: a page cannot ask for another."""
    known = _made.get(str(part.get("made")))
    if known is None or part.get("component") != known[0].get_block_name():
        return None
    return known[0](**known[1], render=False)


# --- what a program writes, as a page shows it


def _text(text: str) -> dict[str, Any]:
    return TextMessage.of(text=inspect.cleandoc(text) if "\n" in text or text[:1].isspace() else text, type="text")


def _file(file: Any, alt_text: Any = None) -> dict[str, Any]:
    return FileMessage.of(file=file_of(file), alt_text=None if alt_text is None else str(alt_text), type="file")


def _part(part: Any) -> dict[str, Any]:
    """One part of a content."""
    if isinstance(part, str):
        return _text(part)
    if isinstance(part, Component):
        return _component(part)
    if isinstance(part, FileData):
        return _file(part)
    if isinstance(part, Path):
        return _file(str(part))
    if isinstance(part, Mapping):
        if isinstance(part.get("path"), str):
            return _file(part, part.get("alt_text"))
        if part.get("type", "text") == "text" and isinstance(part.get("text"), str):
            return TextMessage.of(text=part["text"], type="text")
        if isinstance(part.get("file"), (str, Mapping, FileData)):
            return _file(part["file"], part.get("alt_text"))
        if isinstance(part.get("component"), str) and "props" in part:
            return ComponentMessage.of(**{k: v for k, v in part.items() if k != "instance"})
    raise ValueError(
        "a message holds text, a file ({'path': …}), a component or a list of those; "
        f"got {type(part).__name__} {str(part)[:80]!r}"
    )


def normalized(message: Any) -> dict[str, Any]:
    """A message as a page shows it.

    Raises
    ------
    Error
        It is no message: neither a dict with role and content, nor a ChatMessage.
    ValueError
        It holds what cannot be shown.
    """
    if isinstance(message, ChatMessage):
        role, content, metadata, options = message.role, message.content, message.metadata, message.options
    elif isinstance(message, Mapping) and "role" in message and "content" in message:
        role, content = message["role"], message["content"]
        metadata, options = message.get("metadata"), message.get("options")  # type: ignore[assignment]
    else:
        old = isinstance(message, (list, tuple)) and len(message) == 2
        hint = " Pairs of (user, bot) are an old form: write two messages instead." if old else ""
        raise Error(
            "A Chatbot shows a list of messages, each a ChatMessage or a dict with 'role' and 'content'; "
            f"got {type(message).__name__}.{hint}"
        )
    if not isinstance(role, str):
        raise ValueError(f"role of a message must be text, got {role!r}")
    parts = content if isinstance(content, (list, tuple)) and not isinstance(content, str) else [content]
    if isinstance(content, tuple):
        raise ValueError(f"a tuple is no content of a message: for a file write {{'path': …}}, got {content!r}")
    return Message.of(
        role=role,
        metadata=_metadata(metadata),
        content=[_part(part) for part in parts],
        options=_options(options),
    )


def with_thoughts(message: dict[str, Any], tags: Sequence[tuple[str, str]]) -> Iterator[dict[str, Any]]:
    """A message, with what its text has between tags as messages of their own."""
    for part in message["content"]:
        if part["type"] != "text":
            yield {**message, "content": [part]}
            continue
        for text, status in _between(part["text"], tags):
            thought = None if status is None else {"title": "Reasoning", "status": status}
            of = message if thought is None else {"role": message["role"], "metadata": thought, "options": None}
            yield {**of, "content": [{"text": text, "type": "text"}]}


def _between(text: str, tags: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str | None]]:
    """Stretches of a text, in order: outside of tags (None), and inside ("done", or "pending" while it is open)."""
    at = 0
    while True:
        starts = [(found, left, right) for left, right in tags if (found := text.find(left, at)) >= 0]
        if not starts:
            break
        start, left, right = min(starts)
        if before := text[at:start].strip():
            yield before, None
        end = text.find(right, start + len(left))
        inside = text[start + len(left) : end if end >= 0 else None].strip()
        if inside or end < 0:
            yield inside, "pending" if end < 0 else "done"
        at = len(text) if end < 0 else end + len(right)
    rest = text[at:].strip() if at else text
    if rest or not at:
        yield rest, None


def shown(messages: Iterable[Any], tags: Sequence[tuple[str, str]] | None) -> list[dict[str, Any]]:
    """Messages as a page shows them; those without content are left out."""
    found = (normalized(message) for message in messages)
    if tags:
        return [Message(each) for message in found for each in with_thoughts(message, tags)]
    return [message for message in found if message["content"]]


# --- what a page sends, as a handler gets it


def given_part(part: Any) -> dict[str, Any]:
    """One part of a content, as a handler gets it.

    Raises
    ------
    WireError
        It is no part.
    """
    kind = part.get("type") if isinstance(part, Mapping) else None
    if kind == "text" and isinstance(part.get("text"), str):
        return {"text": part["text"], "type": "text"}
    if kind == "file" and isinstance(part.get("file"), (FileData, Mapping)):
        file = part["file"]
        told = file.model_dump() if isinstance(file, FileData) else {**FileData().model_dump(), **file}
        if told["path"] is None:
            told["path"] = told["url"]
        alt_text = part.get("alt_text")
        return {"file": told, "alt_text": alt_text if isinstance(alt_text, str) else None, "type": "file"}
    if kind == "component" and isinstance(part.get("component"), str):
        kept = {k: part.get(k) for k in ("component", "value", "constructor_args", "props", "type", "made")}
        instance = _instance(part)
        return kept if instance is None else {**kept, "instance": instance}
    raise WireError(f"a message holds text, files or components, got {str(part)[:80]!r}")
