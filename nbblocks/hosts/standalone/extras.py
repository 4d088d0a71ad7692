"""What a launch can add to the page: a view of its load, its installation, and a page about its API."""

from __future__ import annotations

import hmac
import html
import io
import json
import re
import sys
from collections.abc import Iterator
from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado import web

from ...endpoints import api_info_of
from ...endpoints.snippets import snippets_for
from ...session import LiveApp
from .api import ApiHandler
from .handlers import Base

__all__ = ["PWA_HEAD", "api_page", "document", "extra_routes"]

ICON_SIZES = (192, 512)  #: https://developer.mozilla.org/docs/Web/Progressive_web_apps/Manifest/Reference/icons

PWA_HEAD = (
    '<link rel="manifest" href="manifest.json" crossorigin="use-credentials">'
    '<script>navigator.serviceWorker?.register("service-worker.js")</script>'
)

#: Keeps the files that never change under their address; everything else is asked of the app each time.
_WORKER = """
const kept = "nbblocks-static";
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { pathname } = new URL(event.request.url);
  if (event.request.method !== "GET" || !/\\/static\\/[0-9a-f]+\\//.test(pathname)) return;
  event.respondWith(
    caches.open(kept).then(async (cache) => {
      const known = await cache.match(event.request);
      if (known) return known;
      const answer = await fetch(event.request);
      if (answer.ok) cache.put(event.request, answer.clone());
      return answer;
    }),
  );
});
"""

_STYLE = """
:root{color-scheme:light dark;font:15px/1.5 system-ui,sans-serif}
body{max-width:60rem;margin:2rem auto;padding:0 1rem;background:Canvas;color:CanvasText}
table{border-collapse:collapse;width:100%}
th,td{text-align:start;padding:.3rem .75rem .3rem 0;border-bottom:1px solid #8884}
td.n,th.n{text-align:end;font-variant-numeric:tabular-nums}
pre{overflow-x:auto;padding:.75rem;border-radius:6px;background:#8882}h2{margin-top:2rem}
"""


def document(title: str, body: str) -> str:
    """A plain page; `body` is HTML."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(title)}</title><style>{_STYLE}</style></head><body><main>{body}</main></body></html>"
    )


# --- load


def _endpoints(live: LiveApp) -> Iterator[dict[str, Any]]:
    """How often each listener ran, and how long that took."""
    dispatcher = live.dispatcher
    listeners: dict[Any, Any] = {number: listener for listener, number in live.blocks.listener_ids.items()}
    counts: dict[Any, dict[str, int]] = {}
    for (name, status), count in list(dispatcher.ended.items()):
        counts.setdefault(name, {})[status] = count
    for name, ended in counts.items():
        dependency = listeners.get(name)
        yield {
            "name": str(getattr(dependency, "api_name", None) or name),
            "ended": ended,
            "seconds": dispatcher.spent_s.get(name, 0.0),
        }


class MonitoringHandler(ApiHandler):
    """How much the app is used; at an address that only its author was told."""

    def _check_enabled(self) -> None:
        if self.live.options.enable_monitoring is False:
            raise web.HTTPError(403, reason="Monitoring is switched off")

    @web.authenticated
    async def get(self, key: str, kind: str | None = None) -> None:
        """A page, or the same as JSON."""
        self._check_enabled()
        if not hmac.compare_digest(key.encode(), str(self.settings["nbblocks_monitoring_key"]).encode()):
            raise web.HTTPError(403, reason="Forbidden")
        live, found = self.live, list(_endpoints(self.live))
        if kind:
            now = {"sessions": len(live.sessions), "running": live.dispatcher.running}
            self.answer({**now, "waiting": live.dispatcher.waiting, "endpoints": found})
            return
        rows = "".join(
            f"<tr><td>{html.escape(e['name'])}</td>"
            + "".join(f'<td class="n">{e["ended"].get(s, 0)}</td>' for s in ("done", "failed", "cancelled"))
            + f'<td class="n">{1000 * e["seconds"] / max(1, sum(e["ended"].values())):.0f} ms</td></tr>'
            for e in found
        )
        head = "".join(
            f'<th scope="col" class="n">{name}</th>' for name in ("Done", "Failed", "Cancelled", "Mean time")
        )
        title = f"Monitoring: {live.blocks.title or 'nbblocks'}"
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(
            document(
                title,
                f"<h1>{html.escape(title)}</h1><p>{len(live.sessions)} sessions; {live.dispatcher.running} calls run, "
                f"{live.dispatcher.waiting} wait.</p><table><thead><tr><th scope='col'>Endpoint</th>{head}</tr></thead>"
                f"<tbody>{rows}</tbody></table>",
            )
        )


class MonitoringLinkHandler(MonitoringHandler):
    """Where that is: its author alone sees what the program prints."""

    @web.authenticated
    async def get(self) -> None:
        """Print it."""
        self._check_enabled()
        if not self.settings["nbblocks_monitoring_told"]:  # whoever asks again prints nothing
            self.settings["nbblocks_monitoring_told"] = True
            address = f"{self.root_url}/monitoring/{self.settings['nbblocks_monitoring_key']}"
            sys.stdout.write(f"* Monitoring URL:  {address}\n")
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(document("Monitoring", "<p>The address is printed where the app was launched.</p>"))


class DocsHandler(ApiHandler):
    """The page about the API, at an address of the author's."""

    @web.authenticated
    async def get(self) -> None:
        """Answer with it."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(api_page(self.live, self.root_url))


class MetricsHandler(ApiHandler):
    """The same numbers for a collector: https://prometheus.io/docs/instrumenting/exposition_formats/."""

    @web.authenticated
    async def get(self) -> None:
        """Answer with them."""
        live = self.live
        lines = []
        for name, value in (
            ("sessions", len(live.sessions)),
            ("calls_running", live.dispatcher.running),
            ("calls_waiting", live.dispatcher.waiting),
        ):
            lines += [f"# TYPE nbblocks_{name} gauge", f"nbblocks_{name} {value}"]
        found = [(_label(e["name"]), e) for e in _endpoints(live)]
        lines.append("# TYPE nbblocks_calls_total counter")
        for name, e in found:
            lines += [f'nbblocks_calls_total{{endpoint="{name}",status="{s}"}} {n}' for s, n in e["ended"].items()]
        lines.append("# TYPE nbblocks_call_seconds_total counter")
        lines += [f'nbblocks_call_seconds_total{{endpoint="{name}"}} {e["seconds"]:.6f}' for name, e in found]
        self.set_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        self.finish("\n".join(lines) + "\n")


def _label(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


# --- installation


class ManifestHandler(ApiHandler):
    """What an installed app is called and looks like: https://www.w3.org/TR/appmanifest/."""

    @web.authenticated
    async def get(self) -> None:
        """Answer with it."""
        title = str(self.live.blocks.title or "nbblocks")
        icons = [{"src": f"icon-{n}.png", "sizes": f"{n}x{n}", "type": "image/png"} for n in ICON_SIZES]
        look = {"display": "standalone", "background_color": "#ffffff", "theme_color": "#1f5fd0"}
        self.set_header("Content-Type", "application/manifest+json")
        self.finish(json.dumps({"name": title, "short_name": title, "start_url": "./", "icons": icons, **look}))


class IconHandler(Base):
    """The app's icon, in the sizes of home screens."""

    @allow_unauthenticated
    async def get(self, size: str) -> None:
        """The author's picture, or ours."""
        self.set_header("Content-Type", "image/png")
        self.finish(_icon(self.live.options.favicon_path, int(size)))


def _icon(path: Any, size: int) -> bytes:
    from PIL import Image, ImageDraw, ImageOps, UnidentifiedImageError

    picture = None
    if path is not None:
        try:
            with Image.open(path) as given:
                picture = ImageOps.pad(given.convert("RGBA"), (size, size), color=(0, 0, 0, 0))
        except (OSError, UnidentifiedImageError):  # a drawing: ours stands in
            pass
    if picture is None:
        picture = Image.new("RGBA", (size, size), "#ffffff")
        draw, unit = ImageDraw.Draw(picture), size / 16
        for x0, y0, x1, y1, color in ((2, 2, 7, 7, "#1f5fd0"), (9, 2, 14, 14, "#7aa5ee"), (2, 9, 7, 14, "#7aa5ee")):
            draw.rounded_rectangle([x0 * unit, y0 * unit, x1 * unit, y1 * unit], 1.2 * unit, fill=color)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


class WorkerHandler(ApiHandler):
    """The script that keeps an installed app's own files."""

    @web.authenticated
    async def get(self) -> None:
        """Answer with it."""
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("Cache-Control", "no-cache")
        self.finish(_WORKER)


# --- the API


def api_page(live: LiveApp, root_url: str) -> str:
    """A page with each endpoint: what it takes and gives, and how it is called."""
    title = f"API: {live.blocks.title or 'nbblocks'}"
    parts = [f"<h1>{html.escape(title)}</h1>"]
    if live.options.has_mcp:
        address = html.escape(f"{root_url.rstrip('/')}/gradio_api/mcp/")
        parts.append(
            f"<p>For programs with a language model there is an MCP server: <a href='{address}'>{address}</a></p>"
        )
    for name, endpoint in api_info_of(live.blocks)["named_endpoints"].items():
        parts.append(
            f"<h2><code>{html.escape(name)}</code></h2><p>{html.escape(endpoint.get('description') or '')}</p>"
        )
        for word, rows in (("Takes", endpoint["parameters"]), ("Gives", endpoint["returns"])):
            parts.append(f"<h3>{word}</h3>" + ("<table><tbody>" if rows else "<p>Nothing.</p>"))
            for row in rows:
                default = "" if not row.get("parameter_has_default") else f"default {row['parameter_default']!r}"
                cells = (row.get("parameter_name", ""), row["label"], row["python_type"]["type"], default)
                parts.append("<tr>" + "".join(f"<td>{html.escape(str(c))}</td>" for c in cells) + "</tr>")
            parts.append("</tbody></table>" if rows else "")
        for language, code in snippets_for(name, endpoint, root_url).items():
            parts.append(f"<h3>{html.escape(language)}</h3><pre tabindex='0'><code>{html.escape(code)}</code></pre>")
    return document(title, "".join(parts))


def extra_routes(options: Any) -> list[tuple[str, type[web.RequestHandler]]]:
    """The routes of what this launch adds."""
    routes: list[tuple[str, type[web.RequestHandler]]] = [
        ("/monitoring/?", MonitoringLinkHandler),
        (r"/monitoring/([\w-]+)(?:/(summary))?", MonitoringHandler),
    ]
    if options.enable_monitoring:
        routes.append(("/metrics", MetricsHandler))
    docs_url = options.app_kwargs.get("docs_url")
    if docs_url:
        routes.append((re.escape("/" + str(docs_url).strip("/")), DocsHandler))
    if options.pwa:
        routes += [("/manifest.json", ManifestHandler), ("/service-worker.js", WorkerHandler)]
        routes += [(rf"/icon-({'|'.join(map(str, ICON_SIZES))})\.png", IconHandler)]
    return routes
