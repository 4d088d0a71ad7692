"""Looks of conversations: what a page shows of each parameter."""

from __future__ import annotations

from typing import Any

import nbblocks as gr

COMPONENTS = (gr.Chatbot, gr.MultimodalTextbox)

#: Asserted one by one in tests/browser/test_chat.py.
SEEN_OF_PAGE = {
    *(("Chatbot", p) for p in ("resizable", "feedback_options", "feedback_value", "like_user_message", "watermark")),
    ("MultimodalTextbox", "max_plain_text_length"),
}
LONG = "\n".join(f"line {i}" for i in range(30))
PICTURE = gr.Image(render=False).example_value()


def _said(*texts: Any, role: str = "assistant") -> dict[str, Any]:
    return {"value": [{"role": role, "content": text} for text in texts]}


def looks(look: Any, own_button: Any, labelled: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What `SEEN` is to have besides, made of its own parts."""
    chatbot = {
        **labelled,
        "value": look(_said("Hello")["value"]),
        "autoscroll": look(False, {**_said(LONG), "height": 100}),
        "height": look(200),
        "max_height": look(120),
        "min_height": look(480),
        "editable": look("all", _said("Hello")),
        "latex_delimiters": look([{"left": "$", "right": "$", "display": False}], _said("$x$")),
        "rtl": look(True, _said("Hello")),
        "buttons": look(own_button, _said("Hello")),
        "avatar_images": look((None, PICTURE), _said("Hello")),
        "sanitize_html": look(False, _said("<form>Hello</form>")),
        "render_markdown": look(False, _said("**Hello**")),
        "line_breaks": look(False, _said("a\nb")),
        "layout": look("panel", _said("Hello")),
        "placeholder": look("**Hello**"),
        "examples": look([{"text": "Hello"}]),
        "allow_file_downloads": look(False, _said({"path": __file__})),
        "group_consecutive_messages": look(False, _said("a", "b")),
        "allow_tags": look(False, _said("<thought>Hello</thought>")),
        "reasoning_tags": look([("<think>", "</think>")], _said("<think>Hello</think>x")),
    }
    field = {
        **labelled,
        "interactive": look(False),
        "info": look("a hint"),
        "value": look({"text": "text", "files": []}),
        "sources": look(["upload", "microphone"]),
        "file_types": look(["image"]),
        "file_count": look("multiple"),
        "lines": look(4),
        "max_lines": look(3, {"value": LONG}),
        "placeholder": look("type here"),
        "autofocus": look(True),
        "text_align": look("right"),
        "rtl": look(True),
        "submit_btn": look("Send"),
        "stop_btn": look("Halt"),
        "html_attributes": look({"spellcheck": False}),
    }
    return {"Chatbot": chatbot, "MultimodalTextbox": field}
