"""An app as plain HTML, without a script: what a saved notebook shows where nothing runs."""

from __future__ import annotations

import html
from typing import Any

from ..blocks.template import layout_of
from ..session import Session
from ..tree import Block

__all__ = ["snapshot"]

LIMIT_BYTES = 50_000  #: a saved notebook must stay small
_HIDDEN = ("state", "timer", "browserstate")


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
    parts: list[str] = []
    _add(session, session.app.template.config["layout"] if block is None else layout_of(block), parts)
    text = "".join(parts)
    if len(text.encode()) > LIMIT_BYTES:
        text = text.encode()[:LIMIT_BYTES].decode("utf-8", "ignore")
        text = text[: text.rfind("<")] + "<p>…</p>"
    return f"<div>{text}<p><small>Run the cell to use this app.</small></p></div>"


def _add(session: Session, node: dict[str, Any], parts: list[str]) -> None:
    kind = session.app.template.types.get(node["id"], "blocks")
    props = session.full_props(node["id"])
    if props.get("visible", True) is not True or kind in _HIDDEN:
        return
    if kind in ("tab", "accordion") and props.get("label"):
        parts.append(f"<p><b>{html.escape(str(props['label']))}</b></p>")
    if not node["children"] and kind not in ("row", "column", "group", "tabs", "blocks"):
        parts.append(_component(kind, props))
    for child in node["children"]:
        _add(session, child, parts)


def _component(kind: str, props: dict[str, Any]) -> str:
    value, label = props.get("value"), props.get("label")
    if kind == "textbox" and props.get("type") == "password":
        value = "••••" if value else value
    if kind.endswith("button"):
        return f"<p>[ {html.escape(str(value or ''))} ]</p>"
    if kind == "markdown":
        return f"<pre>{html.escape(str(value or ''))}</pre>"
    if isinstance(value, dict) and "orig_name" in value:
        value = value.get("orig_name")
    name = f"<b>{html.escape(str(label))}</b>: " if label else ""
    shown = html.escape("" if value is None else str(value))
    return f"<p>{name}{shown[:2000]}</p>"
