"""Conversations as `ChatInterface` handles them: what was said as messages, and as what a browser keeps."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .components import ChatMessage, Component
from .components.messages import as_part, file_of
from .exceptions import Error
from .wire.files import FileData, cache_dir, clean_name

__all__ = ["as_input", "as_messages", "kept", "plain", "restored", "title_of", "without_last_question"]

TITLE_LENGTH = 40
_TOKEN = re.compile(r"([0-9a-f]{32})-(.+)", re.DOTALL)


def as_messages(said: Any, role: str) -> list[dict[str, Any]]:
    """What a user or a function said, as messages of that role.

    Parameters
    ----------
    said : str, dict, ChatMessage, component, or list of those
        Text; `{"text", "files"}`; a message, whose own role does not count; a file, as `{"path"}`; a component.

    Examples
    --------
    >>> as_messages({"text": "Look", "files": ["cat.png"]}, "user")
    [{'role': 'user', 'content': [{'path': 'cat.png'}, 'Look']}]
    """
    if isinstance(said, (list, tuple)):
        return [message for one in said for message in as_messages(one, role)]
    if isinstance(said, ChatMessage):
        return [{"role": role, "content": said.content, "metadata": said.metadata, "options": said.options}]
    if isinstance(said, Mapping) and "content" in said:
        return [{**said, "role": role}]
    if isinstance(said, Mapping) and ("text" in said or "files" in said):
        files = [f if isinstance(f, (FileData, Mapping)) else {"path": str(f)} for f in said.get("files") or ()]
        text = said.get("text") or ""
        content: Any = [*files, *([text] if text else [])]
        return [{"role": role, "content": content or [""]}]
    if isinstance(said, (str, Component, FileData)) or (isinstance(said, Mapping) and "path" in said):
        return [{"role": role, "content": said}]
    if isinstance(said, (int, float)) and not isinstance(said, bool):
        return [{"role": role, "content": str(said)}]
    raise Error(
        "A chat function returns text, a message ({'role', 'content'} or a ChatMessage), a component, "
        f"or a list of those; got {type(said).__name__}."
    )


def plain(said: Any) -> Any:
    """What a function said, as JSON for an API: messages as dicts, components as what they show."""
    if isinstance(said, ChatMessage):
        return {name: plain(getattr(said, name)) for name in ("content", "role", "metadata", "options")}
    if isinstance(said, Component):
        return as_part(said)
    if isinstance(said, Mapping):
        return {name: plain(value) for name, value in said.items()}
    return [plain(one) for one in said] if isinstance(said, (list, tuple)) else said


def as_input(message: Mapping[str, Any], multimodal: bool) -> Any:
    """A user's message as the text field holds it."""
    content = message["content"]
    parts = content if isinstance(content, list) else [content]
    texts = [p if isinstance(p, str) else p["text"] for p in parts if isinstance(p, str) or p.get("type") == "text"]
    if not multimodal:
        return "\n".join(texts)
    files = [file_of(p["file"]) for p in parts if isinstance(p, Mapping) and p.get("type") == "file"]
    return {"text": "\n".join(texts), "files": [f.path or f.url for f in files]}


def without_last_question(history: Sequence[dict[str, Any]]) -> tuple[list[dict[str, Any]], dict[str, Any] | None]:
    """A conversation up to its last message of the user, and that message; None: there is none."""
    for at in range(len(history) - 1, -1, -1):
        if history[at]["role"] == "user":
            return list(history[:at]), history[at]
    return list(history), None


def title_of(conversation: Sequence[Mapping[str, Any]]) -> str:
    """What a conversation is called: the beginning of its first question."""
    first = next((m for m in conversation if m["role"] == "user"), None)
    if first is None:
        return "Conversation"
    said = as_input(first, multimodal=True)
    text = " ".join(said["text"].split())
    short = text if len(text) <= TITLE_LENGTH else text[: TITLE_LENGTH - 1] + "…"
    names = ", ".join(Path(f).name for f in said["files"])
    return f"📎 {short or names}" if names else short or "Conversation"


# --- in a browser


def kept(history: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """A conversation as a browser keeps it: no path of this machine, only names of files in the cache."""
    return [{**message, "content": [_kept_part(p) for p in message["content"]]} for message in history]


def _kept_part(part: dict[str, Any]) -> dict[str, Any]:
    if part["type"] == "file":
        path = Path(str(part["file"]["path"]))
        if path.parent.parent == cache_dir():
            return {**part, "file": {**part["file"], "path": f"{path.parent.name}-{path.name}", "url": None}}
        return part
    part = {k: v for k, v in part.items() if k != "instance"}
    try:
        json.dumps(part)
    except (TypeError, ValueError):
        return {"type": "text", "text": f"({part.get('component')})"}
    return part


def restored(conversation: Any) -> list[dict[str, Any]]:
    """A conversation that a browser kept; it may hold anything, so only files in the cache are found again."""
    if not isinstance(conversation, list):
        return []
    messages = []
    for message in conversation:
        if not isinstance(message, dict) or not isinstance(message.get("content"), list):
            continue
        parts = [_restored_part(p) for p in message["content"] if isinstance(p, dict)]
        messages.append({**message, "role": str(message.get("role", "assistant")), "content": parts})
    return messages


def _restored_part(part: dict[str, Any]) -> dict[str, Any]:
    if part.get("type") == "text":
        return {"type": "text", "text": str(part.get("text", ""))}
    if part.get("type") == "component" and "path" not in part:
        return part
    file = part.get("file")
    if isinstance(file, dict):
        found = _cached(str(file.get("path") or file.get("url") or ""))
        if found is not None:
            return {"type": "file", "file": found, "alt_text": part.get("alt_text")}
        return {"type": "text", "text": f"({file.get('orig_name') or 'file'})"}
    return {"type": "text", "text": ""}


def _cached(token: str) -> FileData | None:
    """A file in the cache by the name that a page knows it by, or an address on the web."""
    if token.startswith(("http://", "https://")):
        return file_of(token)
    known = _TOKEN.fullmatch(token)
    if known is None or clean_name(known[2]) != known[2]:
        return None
    path = cache_dir() / known[1] / known[2]
    return FileData.of(path) if path.is_file() and not path.is_symlink() else None
