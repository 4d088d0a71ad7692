"""An app as plain HTML, without a script: what a saved notebook shows where nothing runs, and `demo.to_html()`."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..blocks import Blocks, LaunchOptions
from ..blocks.template import layout_of
from ..exceptions import WireError
from ..session import LiveApp, Session
from ..tree import Block

__all__ = ["first_paint", "page_of", "snapshot"]

LIMIT_BYTES = 50_000  #: a saved notebook must stay small
PICTURE_BYTES = 20_000  #: of a picture that stands in a saved notebook
PAGE_PICTURE_BYTES = 10 << 20  #: of a picture in a page of its own
ROWS = 50  #: of a table
_HIDDEN = frozenset({"state", "timer", "browserstate", "navbar", "widget"})
_TITLED = frozenset({"tab", "accordion", "step", "sidebar"})
_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.2rem .5rem;text-align:start}"
    "img{max-width:100%}pre{white-space:pre-wrap}"
)


def page_of(blocks: Blocks, path: str | Path | None = None) -> str:
    """An app with its present values as a page, written to a file where one is named."""
    running: Any = blocks.running
    live: LiveApp | None = getattr(running, "_live", None) or getattr(getattr(running, "app", None), "live", None)
    display = getattr(running, "display", None)
    made = LiveApp(blocks, LaunchOptions()) if live is None else None
    session = display.session if display is not None else (live or made).open()  # type: ignore[union-attr]
    try:
        parts = _Parts(session, PAGE_PICTURE_BYTES)
        for route in blocks.routes.values():
            if len(blocks.routes) > 1:
                parts.out.append(f"<h1>{html.escape(route.name)}</h1>")
            parts.add(layout_of(route.container))
    finally:
        if display is None:
            session.close()
        if made is not None:
            made.close()
    title = html.escape(str(blocks.title or "nbblocks"))
    text = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body>{''.join(parts.out)}</body></html>\n"
    )
    if path is not None:
        Path(path).write_text(text, encoding="utf-8")
    return text


def snapshot(session: Session, block: Block | None = None) -> str:
    """The tree with its present values.

    Parameters
    ----------
    session : Session
        Whose values.
    block : Block, optional
        Only this one, and what is inside it.

    Returns
    -------
    str
        HTML of headings, tables and text only, below 50 kB: a viewer that strips scripts and styles shows all of it.
    """
    parts = _Parts(session, PICTURE_BYTES)
    parts.add(session.app.template.config["layout"] if block is None else layout_of(block))
    text = "".join(parts.out)
    if len(text.encode()) > LIMIT_BYTES:
        text = text.encode()[:LIMIT_BYTES].decode("utf-8", "ignore")
        text = text[: text.rfind("<")] + "<p>…</p>"
    return f"<div>{text}<p><small>Run the cell to use this app.</small></p></div>"


def first_paint(session: Session, layout: dict[str, Any]) -> str:
    """A page's blocks with their present values, for a reader whose browser runs no script."""
    parts = _Parts(session, PICTURE_BYTES)
    parts.add(layout)
    return "".join(parts.out)


class _Parts:
    """Gathers the HTML of a tree."""

    def __init__(self, session: Session, picture_bytes: int) -> None:
        self.session, self.picture_bytes = session, picture_bytes
        self.out: list[str] = []

    def add(self, node: dict[str, Any]) -> None:
        """One block, and all inside of it."""
        kind = self.session.app.template.types.get(node["id"], "blocks")
        props = self.session.full_props(node["id"])
        if props.get("visible", True) is not True or kind in _HIDDEN:
            return
        if kind in _TITLED and props.get("label"):
            self.out.append(f"<p><b>{_text(props['label'])}</b></p>")
        if not node["children"] and "value" in props:
            self.out.append(self._component(kind, props))
        for child in node["children"]:
            self.add(child)

    def _component(self, kind: str, props: dict[str, Any]) -> str:
        value, label = props.get("value"), props.get("label")
        if kind.endswith("button"):
            return f"<p>[ {_text(value)} ]</p>"
        if kind == "textbox" and props.get("type") == "password":
            value = "••••" if value else value
        if isinstance(value, dict) and isinstance(value.get("path"), str):
            shown = self._file(value)
        else:
            shown = _KINDS.get(kind, _text)(value)
        if props.get("show_label") is False or not label or kind in ("markdown", "html"):
            return f"<div>{shown}</div>"
        return (
            f"<p><b>{_text(label)}</b>: {shown}</p>" if "<" not in shown[:5] else f"<p><b>{_text(label)}</b></p>{shown}"
        )

    def _file(self, file: dict[str, Any]) -> str:
        name = _text(file.get("orig_name") or file.get("path"))
        mime_type = str(file.get("mime_type") or "")
        try:
            path = self.session.files.path_of(str(file["path"]))
            if mime_type.startswith("image/") and path.stat().st_size <= self.picture_bytes:
                data = base64.b64encode(path.read_bytes()).decode()
                return f'<img alt="{name}" src="data:{html.escape(mime_type)};base64,{data}">'
        except (WireError, OSError):  # it is gone: its name is left
            pass
        return name


def _text(value: Any) -> str:
    return html.escape("" if value is None else str(value))[:2000]


def _markdown(value: Any) -> str:
    """Headings, emphasis, code and paragraphs; the rest stands as it was written."""
    blocks = []
    for part in re.split(r"\n\s*\n", str(value or "").strip()):
        line = html.escape(part)
        line = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", line)
        line = re.sub(r"(?<!\w)[*_](\S.*?)[*_](?!\w)", r"<i>\1</i>", line)
        line = re.sub(r"`([^`]+)`", r"<code>\1</code>", line)
        heading = re.match(r"(#{1,6})\s+(.*)", line)
        if heading:
            level = len(heading[1])
            blocks.append(f"<h{level}>{heading[2]}</h{level}>{line[heading.end() :]}")
        else:
            blocks.append(f"<p>{line}</p>")
    return "".join(blocks)


def _free_html(value: Any) -> str:
    """The text of free HTML: nobody has made it harmless."""
    text = re.sub(r"(?s)<(script|style)\b.*?</\1\s*>", " ", str(value or ""))
    return _text(html.unescape(re.sub(r"<[^>]*>", " ", text)).strip())


def _table(value: Any) -> str:
    if not isinstance(value, dict) or "data" not in value:
        return _text(value)
    head = "".join(f"<th>{_text(cell)}</th>" for cell in value.get("headers") or ())
    rows = "".join(
        f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in row)}</tr>" for row in (value.get("data") or ())[:ROWS]
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _classes(value: Any) -> str:
    if not isinstance(value, dict):
        return _text(value)
    rows = "".join(
        f"<li>{_text(c.get('label'))}: {round(100 * (c.get('confidence') or 0))} %</li>"
        for c in value.get("confidences") or ()
    )
    return f"{_text(value.get('label'))}{f'<ul>{rows}</ul>' if rows else ''}"


def _json(value: Any) -> str:
    return f"<pre>{html.escape(json.dumps(value, indent=1, default=str)[:4000])}</pre>"


def _code(value: Any) -> str:
    return f"<pre>{html.escape(str(value or ''))[:4000]}</pre>"


def _marked(value: Any) -> str:
    spans = value if isinstance(value, list) else []
    return "".join(
        f"<b>{_text(s.get('token'))}</b> ({_text(s['class_or_confidence'])}) "
        if s.get("class_or_confidence") is not None
        else _text(s.get("token"))
        for s in spans
        if isinstance(s, dict)
    )


def _choices(value: Any) -> str:
    return _text(", ".join(map(str, value)) if isinstance(value, list) else value)


def _lines(value: Any) -> str:
    if not isinstance(value, list):
        return _text(value)
    said = "".join(
        f"<li><b>{_text(m.get('role') or m.get('speaker'))}</b>: {_said(m)}</li>" for m in value if isinstance(m, dict)
    )
    return f"<ul>{said}</ul>"


def _said(message: dict[str, Any]) -> str:
    content = message.get("content", message.get("text"))
    parts = content if isinstance(content, list) else [content]
    return " ".join(_text(p.get("text") if isinstance(p, dict) else p) for p in parts)


_KINDS: dict[str, Callable[[Any], str]] = {
    "chatbot": _lines,
    "checkboxgroup": _choices,
    "code": _code,
    "dataframe": _table,
    "dialogue": _lines,
    "dropdown": _choices,
    "highlightedtext": _marked,
    "html": _free_html,
    "json": _json,
    "label": _classes,
    "markdown": _markdown,
}
