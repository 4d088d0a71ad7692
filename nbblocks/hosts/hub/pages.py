"""What a visitor sees where there is no app to see: it starts, it ended, it is full."""

from __future__ import annotations

import html

__all__ = ["CSP", "notice"]

#: The pages load nothing; their one script asks whether there is something to see by now.
CSP = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; base-uri 'none'"

_STYLE = """
:root{color-scheme:light dark;font:15px/1.5 system-ui,sans-serif}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:Canvas;color:CanvasText}
main{width:min(36rem,calc(100vw - 3rem))}h1{font-size:1.15rem;margin:0 0 .5rem}p{margin:.25rem 0}
pre{overflow-x:auto;padding:.75rem;border-radius:6px;background:#8882;font-size:.8rem}
progress{width:100%}
"""

#: Loads the page again as soon as the answer is another one.
_SCRIPT = """
const seen = document.querySelector("main").dataset.state;
const look = async () => {
  let state = seen;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "application/json" } });
    state = answer.headers.get("X-Nbblocks-State") ?? "shown";
  } catch {}
  if (state !== seen) location.reload();
  else setTimeout(look, 1000);
};
setTimeout(look, 500);
"""


def notice(title: str, text: str, state: str, *, detail: str = "", part: float | None = None) -> str:
    """A page that says why there is no app, and gives way to it when there is.

    Parameters
    ----------
    state : str
        Short text that differs when the page would.
    detail : str
        What only the owner sees, such as a traceback.
    part : float, optional
        How much of the start is done, 0 to 1.
    """
    bar = "" if part is None else f'<progress max="1" value="{part:.2f}" aria-label="Progress"></progress>'
    more = f"<pre tabindex='0'>{html.escape(detail)}</pre>" if detail else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(title)}</title><style>{_STYLE}</style>"
        '<noscript><meta http-equiv="refresh" content="3"></noscript></head><body>'
        f'<main role="status" data-state="{html.escape(state)}"><h1>{html.escape(title)}</h1>'
        f"<p>{html.escape(text)}</p>{bar}{more}</main><script>{_SCRIPT}</script></body></html>"
    )
