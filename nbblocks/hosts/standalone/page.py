"""The page: its HTML with the whole first paint, and the login page."""

from __future__ import annotations

import html
import json
from types import SimpleNamespace
from typing import Any

from ...session import LiveApp, Request, Session
from ...session.request import Headers
from ..snapshot import first_paint
from .identity import COOKIE
from .runs import runs_scope

__all__ = ["anonymous_request_of", "login_page", "page", "request_of"]

_STYLE = """
:root{color-scheme:light dark;font:15px/1.5 system-ui,sans-serif}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:Canvas;color:CanvasText}
form{width:min(20rem,calc(100vw - 3rem));display:grid;gap:.75rem}
h1{font-size:1.15rem;margin:0 0 .25rem}
label{display:grid;gap:.25rem;font-size:.85rem;font-weight:500}
input{font:inherit;padding:.45rem .6rem;border:1px solid GrayText;border-radius:6px;background:Field;color:FieldText}
button{font:inherit;font-weight:500;padding:.5rem;border:0;border-radius:6px;background:#1f5fd0;color:#fff;cursor:pointer}
input:focus-visible,button:focus-visible{outline:2px solid #1f5fd0;outline-offset:2px}
.error{color:#b3261e;margin:0}
@media(prefers-color-scheme:dark){.error{color:#ff8a80}button{background:#3b78e7}}
"""


def _json_in_html(value: Any) -> str:
    """JSON that cannot end the script element it stands in."""
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def page(app: LiveApp, session: Session, assets: dict[str, str], head: str) -> str:
    """The page of a new session.

    Parameters
    ----------
    assets : dict of str to str
        Relative address of each file of the browser half.
    head : str
        HTML that the app's author put into the head.
    """
    links = [*(["runs"] if app.options.keeps_runs else []), *_links(app.options.footer_links)]
    template = {**app.template.page(session.page), "footer_links": links}
    unscripted = first_paint(session, template["layout"]) if app.options.ssr_mode else ""
    if app.options.pwa:
        from .extras import PWA_HEAD

        head = PWA_HEAD + head
    boot = {
        "template": template,
        "models": {str(i): p for i, p in session.props.items()},
        "session": session.id,
        "seq": session.outbox.seq,
        "socket": "ws",
        "assets": assets,
        "user": session.request.username,
        "runs": {"scope": runs_scope(app.template, session.request.username), "kept": app.options.keeps_runs},
    }
    preload = "".join(
        f'<link rel="modulepreload" href="{assets[name]}">'
        for chunk in template["chunks"]
        if (name := f"chunk-{chunk}.js") in assets
    )
    return (
        "<!doctype html>"
        '<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(str(template['title']))}</title>"
        '<link rel="icon" href="favicon.ico">'
        f"{preload}{head}</head><body>"
        f'<script type="application/json" id="nbblocks-boot">{_json_in_html(boot)}</script>'
        # scripts of programs look for the element round the app by this name
        '<gradio-app style="display: block"><div id="nbblocks-root" class="gradio-container"></div></gradio-app>'
        f"<noscript>{unscripted}<p>This app needs JavaScript.</p></noscript>"
        f'<script type="module" src="{assets["runtime.js"]}"></script>'
        "</body></html>"
    )


def _links(given: list[Any] | None) -> list[Any]:
    """The footer's links; "api" is the page about the app's API."""
    api = {"label": "Use via API", "url": "?view=api"}
    return [api if link == "api" else link for link in given or () if link != "runs"]


def login_page(title: str, message: str | None, error: str | None, xsrf: str, target: str) -> str:
    """The login page; `message` is the author's own HTML."""
    shown_error = f'<p class="error" role="alert">{html.escape(error)}</p>' if error else ""
    return (
        "<!doctype html>"
        '<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Log in: {html.escape(title)}</title><style>{_STYLE}</style></head><body>"
        f'<form method="post"><h1>{html.escape(title)}</h1>{message or ""}{shown_error}'
        f'<input type="hidden" name="_xsrf" value="{html.escape(xsrf)}">'
        f'<input type="hidden" name="next" value="{html.escape(target)}">'
        '<label>Username<input name="username" autocomplete="username" required autofocus></label>'
        '<label>Password<input name="password" type="password" autocomplete="current-password" required></label>'
        '<button type="submit">Log in</button></form></body></html>'
    )


def request_of(handler: Any) -> Request:
    """What a handler of the app may learn of the request; the login's cookie is not part of it."""
    user = getattr(handler, "current_user", None)
    return anonymous_request_of(handler, getattr(user, "username", None))


def anonymous_request_of(handler: Any, name: str | None = None) -> Request:
    """The same before it is known who asks."""
    asked = handler.request
    of_server = getattr(_context(asked), "state", None) or getattr(handler.application, "lifespan_state", {})
    return Request(
        request=asked,
        username=None if name == "guest" else name,
        headers=Headers((k, v) for k, v in asked.headers.get_all() if k.lower() not in ("cookie", "authorization")),
        cookies={k: m.value for k, m in asked.cookies.items() if k not in (COOKIE, "_xsrf")},
        query_params={k: handler.get_query_argument(k) for k in asked.query_arguments},
        client=SimpleNamespace(host=asked.remote_ip, port=None),
        url=asked.full_url(),
        state=SimpleNamespace(**of_server),
    )


def _context(asked: Any) -> Any:
    """What is known of the connection that a request came by."""
    return getattr(getattr(asked, "connection", None), "context", None)
