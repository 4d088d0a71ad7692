"""`load_chat`: a chat with any server that speaks OpenAI's chat protocol."""

from __future__ import annotations

import base64
import json
import mimetypes
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from .chat_interface import ChatInterface
from .components import MultimodalTextbox
from .exceptions import DeclarationError, Error

__all__ = ["load_chat"]

FileType = Literal["text_encoded", "image"]
#: Kinds of text that a model reads as it is written.
TEXT_SUFFIXES = [
    "text", ".txt", ".md", ".rst", ".csv", ".tsv", ".json", ".jsonl", ".yaml", ".yml", ".toml", ".xml", ".html", ".css",
    ".py", ".ipynb", ".js", ".jsx", ".ts", ".tsx", ".c", ".h", ".cpp", ".java", ".go", ".rs", ".rb", ".php", ".sh",
    ".sql", ".r", ".tex", ".log", ".ini", ".cfg", ".env",
]  # fmt: skip
TIMEOUT_S = 600.0


def load_chat(
    base_url: str,
    model: str,
    token: str | None = None,
    *,
    file_types: FileType | list[FileType] | None = "text_encoded",
    system_message: str | None = None,
    streaming: bool = True,
    **kwargs: Any,
) -> ChatInterface:
    """Make a chat with a model that a server offers through OpenAI's chat protocol.

    Parameters
    ----------
    base_url : str
        Address of its API, such as `"http://localhost:11434/v1/"`.
    model : str
        Name of the model.
    token : str, optional
        Sent as a bearer token.
    file_types : {"text_encoded", "image"}, list of them, or None
        Files that people can send: text goes to the model within the message, pictures as pictures. None: no files.
    system_message : str, optional
        Stands before every conversation.
    streaming : bool
        Whether answers are shown as they come.
    **kwargs
        Further parameters of the `ChatInterface`.

    Returns
    -------
    ChatInterface
        The chat, to launch or to put into Blocks.

    Examples
    --------
    >>> load_chat("http://localhost:11434/v1", "some-model").multimodal
    True
    """
    kinds = [file_types] if isinstance(file_types, str) else list(file_types or ())
    strange = [k for k in kinds if k not in ("text_encoded", "image")]
    if strange:
        raise DeclarationError(f"load_chat: file_types are 'text_encoded' and 'image', got {strange[0]!r}")
    server = _Server(base_url, model, token, system_message)

    def open_api(message: Any, history: list[dict[str, Any]] | None) -> str:
        return server.answer(server.messages(message, history))

    def open_api_stream(message: Any, history: list[dict[str, Any]] | None) -> Iterator[str]:
        answer = ""
        for piece in server.pieces(server.messages(message, history)):
            answer += piece
            yield answer

    if kinds and "textbox" not in kwargs:
        suffixes = [*(TEXT_SUFFIXES if "text_encoded" in kinds else ()), *(["image"] if "image" in kinds else ())]
        kwargs["textbox"] = MultimodalTextbox(
            label="Message", show_label=False, placeholder="Type a message…", scale=7, autofocus=True,
            file_types=suffixes, file_count="multiple", render=False,
        )  # fmt: skip
    return ChatInterface(open_api_stream if streaming else open_api, multimodal=bool(kinds), **kwargs)


class _Server:
    """A server that speaks OpenAI's chat protocol.

    https://platform.openai.com/docs/api-reference/chat/create
    """

    def __init__(self, base_url: str, model: str, token: str | None, system_message: str | None) -> None:
        if not base_url.startswith(("http://", "https://")):
            raise DeclarationError(f"load_chat: base_url is an http or https address, got {base_url!r}")
        self.url = base_url.rstrip("/") + "/chat/completions"
        self.model, self.token, self.system_message = model, token, system_message

    def messages(self, message: Any, history: Sequence[Mapping[str, Any]] | None) -> list[dict[str, Any]]:
        """A conversation and a new message as the server takes them."""
        first = [{"role": "system", "content": self.system_message}] if self.system_message else []
        before = [{"role": m["role"], "content": _content(m["content"])} for m in history or ()]
        return [*first, *before, {"role": "user", "content": _content(message)}]

    def answer(self, messages: list[dict[str, Any]]) -> str:
        """The whole answer."""
        with self._open(messages, stream=False) as response:
            choices = json.load(response).get("choices") or [{}]
        return str(choices[0].get("message", {}).get("content") or "")

    def pieces(self, messages: list[dict[str, Any]]) -> Iterator[str]:
        """The answer as it comes."""
        with self._open(messages, stream=True) as response:
            for line in response:
                data = line.decode("utf-8", "replace").strip()
                if not data.startswith("data:") or data[5:].strip() == "[DONE]":
                    continue
                for choice in json.loads(data[5:]).get("choices") or ():
                    if piece := choice.get("delta", {}).get("content"):
                        yield piece

    def _open(self, messages: list[dict[str, Any]], *, stream: bool) -> Any:
        body = json.dumps({"model": self.model, "messages": messages, "stream": stream}).encode()
        request = urllib.request.Request(self.url, body, {"Content-Type": "application/json"})
        if self.token:
            request.add_unredirected_header("Authorization", f"Bearer {self.token}")
        try:
            return urllib.request.urlopen(request, timeout=TIMEOUT_S)
        except urllib.error.HTTPError as error:
            said = error.read(500).decode("utf-8", "replace")
            raise Error(f"The model's server refused ({error.code}): {said}", print_exception=False) from None
        except OSError as error:
            reason = getattr(error, "reason", error)
            raise Error(f"The model's server cannot be reached: {reason}", print_exception=False) from None


def _content(said: Any) -> Any:
    """Text, `{"text", "files"}` or a list of parts, as the server takes them."""
    if isinstance(said, str):
        return said
    if isinstance(said, Mapping):
        paths = [f if isinstance(f, str) else f["path"] for f in said.get("files") or ()]
        return _joined([*map(_file, paths), said.get("text") or ""])
    pieces: list[Any] = []
    for part in said:
        if isinstance(part, str):
            pieces.append(part)
        elif part.get("type") == "text":
            pieces.append(part["text"])
        elif part.get("type") == "file":
            pieces.append(_file(part["file"]["path"]))
    return _joined(pieces)


def _joined(pieces: list[Any]) -> Any:
    """One text, or, with pictures, a list of parts."""
    pieces = [p for p in pieces if p]
    if all(isinstance(p, str) for p in pieces):
        return "\n".join(pieces)
    return [{"type": "text", "text": p} if isinstance(p, str) else p for p in pieces]


def _file(path: str) -> Any:
    """A picture as a part of its own; any other file as text."""
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    if kind.startswith("image/"):
        url = path
        if not path.startswith(("http://", "https://")):
            url = f"data:{kind};base64,{base64.b64encode(Path(path).read_bytes()).decode()}"
        return {"type": "image_url", "image_url": {"url": url}}
    text = Path(path).read_text(encoding="utf-8", errors="replace")
    return f"### {Path(path).name}\n\n{text}"
