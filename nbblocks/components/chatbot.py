"""A conversation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Literal

from ..declare import KW_ONLY, param
from ..events import event
from ..exceptions import DeclarationError, Error, WireError
from ..wire.files import FileData, FileJSON
from .base import Labelled, button_names
from .markdown import delimiters
from .messages import (
    ChatbotDataMessages,
    ChatMessage,
    ComponentMessage,
    ExampleMessage,
    FileMessage,
    Message,
    MessageDict,
    MessageJSON,
    MetadataDict,
    NormalizedMessageDict,
    OptionDict,
    TextMessage,
    file_of,
    given_part,
    shown,
)

__all__ = [
    "ChatMessage",
    "Chatbot",
    "ChatbotDataMessages",
    "ComponentMessage",
    "ExampleMessage",
    "FileMessage",
    "Message",
    "MessageDict",
    "MetadataDict",
    "NormalizedMessageDict",
    "OptionDict",
    "TextMessage",
    "shown_examples",
]

#: Buttons that had a parameter of their own before they were listed in `buttons`.
_OLD_BUTTONS = {"show_share_button": "share", "show_copy_button": "copy", "show_copy_all_button": "copy_all"}


def _avatars(given: Any) -> list[FileData | None]:
    user, bot = given or (None, None)
    return [None if image is None else file_of(image) for image in (user, bot)]


def shown_examples(given: Sequence[ExampleMessage] | None) -> list[dict[str, Any]] | None:
    """Messages to start with, as a page shows them."""
    if given is None:
        return None
    shown_ones: list[dict[str, Any]] = []
    for example in given:
        one: dict[str, Any] = {k: v for k, v in example.items() if k in ("text", "display_text") and v is not None}
        if example.get("files"):
            one["files"] = [file_of(file) for file in example["files"]]
        if example.get("icon") is not None:
            one["icon"] = file_of(example["icon"])
        shown_ones.append(one)
    return shown_ones


def _tags(given: Any) -> Any:
    return given if isinstance(given, bool) else [str(tag) for tag in given]


class Chatbot(Labelled):
    """A conversation: messages of a user and of an assistant, with files, components, thoughts and options in them.

    Parameters
    ----------
    value : list of dict or ChatMessage, or callable, optional
        The first messages. A function is called once per page load.
    autoscroll : bool
        Whether it follows new text, as long as the reader is at its end.
    height, max_height, min_height : int or str, optional
        In pixels, or any CSS length; what is higher scrolls.
    resizable : bool
        Whether a person can drag its lower edge.
    editable : {"user", "all"}, optional
        Which messages a person can edit; None: none.
    latex_delimiters : list of dict, optional
        `{"left", "right", "display"}` of formulas; None: `$$` on both sides.
    rtl : bool
        Whether its text runs from right to left.
    buttons : list of str or Button, optional
        "copy" of a message, "copy_all" of the conversation, "share", or buttons of your own. None: the named ones,
        but "share" only where the browser can share.
    watermark : str, optional
        Added to text that is copied, after an empty line.
    avatar_images : (user, bot), optional
        Pictures beside the messages of each: files or URLs, or None.
    sanitize_html : bool
        Whether HTML in messages is made harmless.
    render_markdown : bool
        Whether messages are Markdown; False: shown as they are written.
    feedback_options : list of str, optional
        What a person can say of a message; "Like" and "Dislike" are thumbs, others stand in a menu. They are there
        once something listens to `like`.
    feedback_value : list of (str or None), optional
        What was said of each of the assistant's messages, in their order.
    line_breaks : bool
        Whether a line end in a message is one on the page.
    layout : {"bubble", "panel"}, optional
        Speech bubbles, or full-width panels; None: bubbles.
    placeholder : str, optional
        Markdown or HTML that is shown while there are no messages.
    examples : list of dict, optional
        Messages to start with, shown while there are none: see `ExampleMessage`.
    allow_file_downloads : bool
        Whether files in messages can be downloaded.
    group_consecutive_messages : bool
        Whether messages of the same side share one bubble.
    allow_tags : bool or list of str
        Which HTML-like tags outside of Markdown's own stand in messages as HTML: all, or those named; False: none,
        they are shown as text.
    reasoning_tags : list of (str, str), optional
        Pairs such as `("<think>", "</think>")`: what stands between them becomes a thought.
    like_user_message : bool
        Whether a person can give feedback on the user's messages as well.

    Examples
    --------
    >>> Chatbot().postprocess([{"role": "user", "content": "Hello"}])[0]["content"]
    [{'text': 'Hello', 'type': 'text'}]
    """

    has_files: ClassVar[bool] = True
    data_model: ClassVar[Any] = ChatbotDataMessages
    chunks: ClassVar[tuple[str, ...]] = ("markdown", "views-chat")

    value: Any = param(default=None, wire=list[MessageJSON])
    _: KW_ONLY
    autoscroll: bool = True
    height: int | str | None = 400
    resizable: bool = False
    max_height: int | str | None = None
    min_height: int | str | None = None
    editable: Literal["user", "all"] | None = None
    latex_delimiters: list[dict[str, Any]] | None = param(default=None, wire=list[dict[str, Any]], encode=delimiters)
    rtl: bool = False
    buttons: Sequence[Any] | None = param(default=None, wire=list[str] | None, encode=button_names)
    watermark: str | None = None
    avatar_images: tuple[Any, Any] | list[Any] | None = param(default=None, wire=list[FileJSON | None], encode=_avatars)
    sanitize_html: bool = True
    render_markdown: bool = True
    feedback_options: Sequence[str] | None = param(
        default=("Like", "Dislike"), wire=list[str], encode=lambda given: list(given or ())
    )
    feedback_value: Sequence[str | None] | None = param(default=None, wire=list[str | None] | None)
    line_breaks: bool = True
    layout: Literal["panel", "bubble"] | None = None
    placeholder: str | None = None
    examples: Sequence[ExampleMessage] | None = param(
        default=None, wire=list[dict[str, Any]] | None, encode=shown_examples
    )
    allow_file_downloads: bool = True
    group_consecutive_messages: bool = True
    allow_tags: list[str] | bool = param(default=True, wire=bool | list[str], encode=_tags)
    reasoning_tags: list[tuple[str, str]] | None = param(default=None, wire=None)
    like_user_message: bool = False

    change = event("The conversation changed, by a message or by an edit.")
    select = event("The user pressed a message.", payload=dict)
    like = event("The user said what they think of a message.", payload=dict)
    retry = event("The user wants the last message answered again.", payload=dict)
    undo = event("The user takes the last message back.", payload=dict)
    example_select = event("The user pressed an example.", payload=dict)
    option_select = event("The user pressed an option of a message.", payload=dict)
    clear = event("The user emptied the conversation.")
    copy = event("The user copied a message.", payload=dict)
    edit = event("The user edited a message.", payload=dict)

    told_for_none: ClassVar[dict[str, Any]] = {
        "avatar_images": [None, None],
        "buttons": ["share", "copy", "copy_all"],
        "latex_delimiters": [{"left": "$$", "right": "$$", "display": True}],
    }

    def _renamed(self, kwargs: dict[str, Any]) -> dict[str, Any]:
        """Take what older programs say: the form of messages, buttons by a parameter each."""
        if "type" in kwargs and kwargs.pop("type") not in ("messages", None):
            raise DeclarationError(
                "Chatbot(type='tuples'): pairs of (user, bot) are no longer taken; give a list of messages, "
                "each {'role': 'user' or 'assistant', 'content': …}"
            )
        old = {name: kwargs.pop(name) for name in _OLD_BUTTONS if name in kwargs}
        if old:
            kept = list(kwargs.get("buttons") or ("share", "copy", "copy_all"))
            kwargs["buttons"] = [
                b for b in kept if old.get(next((o for o, n in _OLD_BUTTONS.items() if n == b), ""), True)
            ]
        for name in ("bubble_full_width", "likeable"):
            kwargs.pop(name, None)
        return super()._renamed(kwargs)

    def check(self) -> None:
        """Refuse an unknown layout or kind of editing."""
        super().check()
        self.fall_back("layout", (None, "bubble", "panel"))
        if self.editable not in (None, "user", "all"):
            raise DeclarationError(f"{self!r}: editable must be 'user', 'all' or None, got {self.editable!r}")

    def preprocess(self, payload: Any) -> list[dict[str, Any]]:
        """Give the messages as a list of `NormalizedMessageDict`.

        Raises
        ------
        WireError
            The page sent something else.
        """
        if payload is None:
            return []
        if not isinstance(payload, list):
            raise WireError(f"{self!r}: expected a list of messages, got {type(payload).__name__}")
        return [self._received(message) for message in payload]

    def _received(self, message: Any) -> dict[str, Any]:
        if not isinstance(message, dict) or not isinstance(message.get("role"), str):
            raise WireError(f"{self!r}: expected a message with a role, got {type(message).__name__}")
        content = message.get("content")
        parts = content if isinstance(content, list) else [content]
        return {
            "role": message["role"],
            "metadata": message.get("metadata"),
            "content": [given_part({"text": p, "type": "text"} if isinstance(p, str) else p) for p in parts],
            "options": message.get("options"),
        }

    def postprocess(self, value: Any) -> ChatbotDataMessages:
        """Show a list of messages; None and "" show none.

        Raises
        ------
        Error
            It is no list of messages.
        ValueError
            A message holds what cannot be shown.
        """
        if value is None or (isinstance(value, str) and not value):
            return ChatbotDataMessages()
        if isinstance(value, (str, dict, ChatMessage, Message)) or not hasattr(value, "__iter__"):
            raise Error(
                "A Chatbot shows a list of messages, each a ChatMessage or a dict with 'role' and 'content'; "
                f"got {type(value).__name__}."
            )
        return ChatbotDataMessages.of(shown(value, self.reasoning_tags))

    def api_info(self) -> dict[str, Any]:
        """A list of messages."""
        return API

    def example_payload(self) -> list[dict[str, Any]]:
        """A greeting and its answer."""
        return self.example_value()

    def example_value(self) -> list[dict[str, Any]]:
        """A greeting and its answer."""
        return self.postprocess(
            [{"role": "user", "content": "Hello!"}, {"role": "assistant", "content": "How can I help you?"}]
        )


def _either(*kinds: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"anyOf": list(kinds), **more}


_NULL = {"type": "null"}
_STRING = {"type": "string"}
_ID = _either({"type": "integer"}, _STRING)
_OPTIONAL_STRING = _either(_STRING, _NULL, default=None)

#: JSON schema of a conversation in an API.
API: dict[str, Any] = {
    "$defs": {
        "ComponentMessage": {
            "properties": {
                "component": _STRING,
                "value": {},
                "constructor_args": {"additionalProperties": True, "type": "object"},
                "props": {"additionalProperties": True, "type": "object"},
                "type": {"const": "component", "default": "component", "type": "string"},
            },
            "required": ["component", "value", "constructor_args", "props"],
            "type": "object",
        },
        "FileData": {
            "properties": {
                "path": _STRING,
                "url": _OPTIONAL_STRING,
                "size": _either({"type": "integer"}, _NULL, default=None),
                "orig_name": _OPTIONAL_STRING,
                "mime_type": _OPTIONAL_STRING,
                "is_stream": {"default": False, "type": "boolean"},
                "meta": {"$ref": "#/$defs/FileDataMeta"},
            },
            "required": ["path"],
            "type": "object",
        },
        "FileDataMeta": {
            "properties": {"_type": {"const": "gradio.FileData", "type": "string"}},
            "required": ["_type"],
            "type": "object",
        },
        "FileMessage": {
            "properties": {
                "file": {"$ref": "#/$defs/FileData"},
                "alt_text": _OPTIONAL_STRING,
                "type": {"const": "file", "default": "file", "type": "string"},
            },
            "required": ["file"],
            "type": "object",
        },
        "Message": {
            "properties": {
                "role": _STRING,
                "metadata": _either({"$ref": "#/$defs/MetadataDict"}, _NULL, default=None),
                "content": {
                    "items": _either(*({"$ref": f"#/$defs/{kind}Message"} for kind in ("Text", "File", "Component"))),
                    "type": "array",
                },
                "options": _either({"items": {"$ref": "#/$defs/OptionDict"}, "type": "array"}, _NULL, default=None),
            },
            "required": ["role", "content"],
            "type": "object",
        },
        "MetadataDict": {
            "properties": {
                "title": _STRING,
                "id": _ID,
                "parent_id": _ID,
                "log": _STRING,
                "duration": {"type": "number"},
                "status": {"enum": ["pending", "done"], "type": "string"},
            },
            "type": "object",
        },
        "OptionDict": {
            "properties": {"value": _STRING, "label": _STRING},
            "required": ["value"],
            "type": "object",
        },
        "TextMessage": {
            "properties": {"text": _STRING, "type": {"const": "text", "default": "text", "type": "string"}},
            "required": ["text"],
            "type": "object",
        },
    },
    "items": {"$ref": "#/$defs/Message"},
    "type": "array",
}
