"""The app's endpoints as tools, resources and prompts of the Model Context Protocol, whatever package speaks it.

https://modelcontextprotocol.io/specification
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import mimetypes
import re
import secrets
from collections.abc import Awaitable, Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

from ..components import State
from ..events import Dependency
from ..events.docstring import Told, told_by
from ..exceptions import Error, warn_once
from ..mcp import Described
from ..session.call import special_parameters
from ..session.oauth import Header
from ..session.request import Request
from ..session.run import InvalidInputError
from ..wire.files import FileData, keep_bytes
from ..wire.plain import plain
from .calls import ApiEvent, InvalidCallError, QueueFullError
from .client import Clients
from .info import api_info_of, refusals
from .schemas import has_files, simple, with_files

__all__ = ["Asked", "NoSuchOfferError", "Offer", "ToolError", "Tools"]

NAME_LENGTH = 120  #: leaves room for a number below the 128 characters that clients take
KEPT_S = 600.0  #: what a call made can be fetched for that long
FILES_HINT = (
    "Where an argument is a file, give its http or https address; a file of this machine is uploaded first, and the "
    "path that the upload gives is the argument."
)

Progress = Callable[[float, "float | None", str], Awaitable[None]]


class ToolError(Exception):
    """A call failed; the caller is told why."""


class NoSuchOfferError(Exception):
    """There is no resource or prompt of that name."""


@dataclass(frozen=True)
class Asked:
    """Who asks, and how.

    Parameters
    ----------
    request : Request
        What a handler may learn of it.
    root : str
        Address of the app, as they ask it.
    only : collection of str, optional
        The offers that they selected; None: all.
    gone : asyncio.Event, optional
        Set when they have left: what they asked for ends.
    """

    request: Request
    root: str
    only: Collection[str] | None = None
    gone: asyncio.Event | None = None


@dataclass(frozen=True)
class Offer:
    """One endpoint as a tool, resource or prompt."""

    name: str
    dependency: Dependency
    endpoint: dict[str, Any]  #: as the API's description has it
    described: Described
    told: Told

    @property
    def parameters(self) -> list[dict[str, Any]]:
        """What it takes."""
        return self.endpoint["parameters"]  # type: ignore[no-any-return]

    @property
    def takes_files(self) -> bool:
        """Whether any of it is a file."""
        return any(has_files(p["type"]) for p in self.parameters)

    @property
    def description(self) -> str:
        """What it does."""
        given = self.dependency.api_description
        if self.described.description is not None:
            return self.described.description
        if given is False:
            return ""
        text = given if isinstance(given, str) else self.told.summary
        if self.takes_files:
            text = f"{text} {FILES_HINT}".lstrip()
        if self.told.returns and not isinstance(given, str):
            text += ("" if text.endswith(".") or not text else ".") + " Returns: " + ", ".join(self.told.returns)
        return text.strip()

    @property
    def schema(self) -> dict[str, Any]:
        """JSON schema of its arguments."""
        definitions: dict[str, Any] = {}
        properties = {}
        for p in self.parameters:
            name = p["parameter_name"]
            told = simple(p["type"], definitions)
            said = self.told.parameters.get(name)
            if said:
                told = {**told, "description": said}
            is_told = not has_files(p["type"])  # a file of the author's is no address that a caller could give
            if p["parameter_has_default"] and is_told and p["parameter_default"] not in (None, "", [], {}):
                told = {**told, "default": p["parameter_default"]}
            properties[name] = told
        schema: dict[str, Any] = {"type": "object", "properties": properties}
        needed = [p["parameter_name"] for p in self.parameters if not p["parameter_has_default"]]
        if needed:
            schema["required"] = needed
        if definitions:
            schema["$defs"] = definitions
        return plain(schema)  # type: ignore[no-any-return]

    @property
    def headers(self) -> list[str]:
        """Headers of the request that its function gets."""
        fn = self.dependency.fn
        special = special_parameters(fn) if fn is not None else ()
        return [s.name.replace("_", "-").lower() for s in special if issubclass(s.kind, Header)]

    def variables(self, uri: str) -> dict[str, str] | None:
        """What the braces of its address stand for in `uri`; None when that is another's."""
        template = self.described.uri_template or ""
        pattern = "".join(
            f"(?P<{part[1:-1]}>[^/]+)" if part.startswith("{") and part[1:-1].isidentifier() else re.escape(part)
            for part in re.split(r"(\{[^{}]+\})", template)
        )
        match = re.fullmatch(pattern, uri) or re.fullmatch(pattern, uri.removesuffix("/"))
        return {k: unquote(v) for k, v in match.groupdict().items()} if match else None


class Tools:
    """What an app offers to language models.

    Parameters
    ----------
    clients : Clients
        Sessions and endpoints of the app.
    """

    def __init__(self, clients: Clients) -> None:
        self.clients = clients
        self.live = clients.app

    @property
    def title(self) -> str:
        """What the server is called."""
        return str(self.live.blocks.title or "Gradio App")

    def warn_of_state(self) -> None:
        """Each call has a session of its own, so State is always new: say so once."""
        for offer in self.offers():
            if any(isinstance(b, State) for b in offer.dependency.inputs):
                warn_once(
                    "mcp.state",
                    f"The tool {offer.name!r} takes a State: each call over MCP gets its first value, for a call "
                    "knows nothing of the calls before it",
                )

    # --- what there is

    def offers(self, kind: str | None = None, only: Collection[str] | None = None) -> Iterator[Offer]:
        """The public endpoints, in order.

        Parameters
        ----------
        kind : {"tool", "resource", "prompt"}, optional
            Those alone.
        only : collection of str, optional
            Names of those that were selected.
        """
        endpoints = api_info_of(self.live.blocks)["named_endpoints"]
        by_name = {f"/{d.api_name}": d for d in reversed(self.live.blocks.listeners.values()) if d.fn is not None}
        taken: set[str] = set()
        for path, endpoint in endpoints.items():
            dependency = by_name[path]
            described = getattr(dependency.fn, "__mcp__", None) or Described("tool")
            name = _unique(described.name or _function_name(dependency), taken)
            taken.add(name)
            if (kind is None or described.kind == kind) and (only is None or name in only):
                yield Offer(name, dependency, endpoint, described, told_by(dependency.fn))

    def tools(self, asked: Asked) -> list[dict[str, Any]]:
        """The tools, as `tools/list` tells them."""
        return [
            {
                "name": offer.name,
                "description": offer.description,
                "inputSchema": offer.schema,
                **({"_meta": offer.described.meta} if offer.described.meta else {}),
            }
            for offer in self.offers("tool", asked.only)
        ]

    def resources(self, asked: Asked) -> list[dict[str, Any]]:
        """The resources that have one address."""
        return [
            {"uri": offer.described.uri_template, **self._resource(offer)}
            for offer in self.offers("resource", asked.only)
            if "{" not in str(offer.described.uri_template)
        ]

    def templates(self, asked: Asked) -> list[dict[str, Any]]:
        """The resources whose address has places in braces."""
        return [
            {"uriTemplate": offer.described.uri_template, **self._resource(offer)}
            for offer in self.offers("resource", asked.only)
            if "{" in str(offer.described.uri_template)
        ]

    @staticmethod
    def _resource(offer: Offer) -> dict[str, Any]:
        return {
            "name": offer.name,
            "description": offer.description,
            "mimeType": offer.described.mime_type or "text/plain",
        }

    def prompts(self, asked: Asked) -> list[dict[str, Any]]:
        """The prompts."""
        return [
            {
                "name": offer.name,
                "description": offer.description,
                "arguments": [
                    {
                        "name": p["parameter_name"],
                        "description": offer.told.parameters.get(p["parameter_name"], ""),
                        "required": not p["parameter_has_default"],
                    }
                    for p in offer.parameters
                ],
            }
            for offer in self.offers("prompt", asked.only)
        ]

    def schema(self, asked: Asked) -> list[dict[str, Any]]:
        """Everything, for those who read it without a connection."""
        return [
            {
                "name": offer.name,
                "description": offer.description,
                "inputSchema": offer.schema,
                "meta": {
                    "file_data_present": offer.takes_files,
                    "mcp_type": offer.described.kind,
                    "endpoint_name": offer.dependency.api_name,
                    **({"headers": offer.headers} if offer.headers else {}),
                },
            }
            for offer in self.offers(None, asked.only)
        ]

    # --- calls

    async def call(self, asked: Asked, name: str, arguments: dict[str, Any], tell: Progress) -> dict[str, Any]:
        """Call a tool; its result as `tools/call` tells it, a failure too."""
        offer = next((o for o in self.offers("tool", asked.only) if _is_called(o, name)), None)
        try:
            if offer is None:
                raise ToolError(f"There is no tool {name!r}")
            values = await self._values(offer, asked, arguments, tell)
        except ToolError as error:
            return {"content": [_text(str(error))], "isError": True}
        content = [part for value in values for part in self._parts(value, asked.root)]
        result: dict[str, Any] = {"content": content, "isError": False}
        if offer.described.structured_output:
            result["structuredContent"] = {"result": content}
        if offer.described.meta:
            result["_meta"] = offer.described.meta
        return result

    async def read(self, asked: Asked, uri: str, tell: Progress) -> dict[str, Any]:
        """Read a resource, as `resources/read` tells it.

        Raises
        ------
        NoSuchOfferError
            There is none at that address.
        ToolError
            Its function failed.
        """
        for offer in self.offers("resource"):
            variables = offer.variables(uri)
            if variables is not None:
                values = await self._values(offer, asked, variables, tell)
                kind = offer.described.mime_type or "text/plain"
                return {"contents": [{"uri": uri, "mimeType": kind, **self._content(values, kind)}]}
        raise NoSuchOfferError(f"There is no resource {uri!r}")

    async def prompt(self, asked: Asked, name: str, arguments: dict[str, Any], tell: Progress) -> dict[str, Any]:
        """Fill in a prompt, as `prompts/get` tells it.

        Raises
        ------
        NoSuchOfferError
            There is none of that name.
        ToolError
            Its function failed.
        """
        offer = next((o for o in self.offers("prompt") if _is_called(o, name)), None)
        if offer is None:
            raise NoSuchOfferError(f"There is no prompt {name!r}")
        values = await self._values(offer, asked, arguments, tell)
        text = str(values[0]) if values else ""
        return {"description": offer.description, "messages": [{"role": "user", "content": _text(text)}]}

    async def _values(self, offer: Offer, asked: Asked, arguments: dict[str, Any], tell: Progress) -> list[Any]:
        """The results of a call in a session of its own: the last ones of a generator."""
        key = secrets.token_hex(12)
        session = self.clients.session(key, asked.request, asked.root)
        try:
            data = self._data(offer, arguments)
            event = await asyncio.to_thread(
                session.submit, offer.dependency, data, is_simple=True, own_feed=True, request=asked.request
            )
        except (InvalidCallError, QueueFullError) as error:
            raise ToolError(getattr(error, "message", str(error))) from None
        finally:
            asyncio.get_running_loop().call_later(KEPT_S, self.clients.end, key, asked.request.username)

        async def end_with(gone: asyncio.Event) -> None:
            await gone.wait()
            session.cancel_event(event.id)

        watch = asyncio.ensure_future(end_with(asked.gone)) if asked.gone is not None else None
        try:
            refused = await asyncio.wrap_future(event.checked)
            if refused is not None:
                raise ToolError(_refusal(event, refused.error))
            values = await _result(event, tell)
            outputs = event.dependency.outputs
            return [v for block, v in zip(outputs, values, strict=False) if not isinstance(block, State)]
        except asyncio.CancelledError:
            session.cancel_event(event.id)
            raise
        finally:
            if watch is not None:
                watch.cancel()

    def _data(self, offer: Offer, arguments: dict[str, Any]) -> list[Any]:
        given = dict(arguments)
        for p in offer.parameters:
            name = p["parameter_name"]
            if name in given:
                given[name] = with_files(given[name], p["type"], self._file)
        return self.clients.arguments(offer.dependency, given)

    def _file(self, address: str) -> dict[str, Any]:
        meta = {"_type": "gradio.FileData"}
        if not address.startswith("data:"):
            return {"path": address, "meta": meta}
        head, _, body = address.partition(",")
        try:
            content = base64.b64decode(body, validate=True) if head.endswith(";base64") else unquote_to_bytes(body)
        except (binascii.Error, ValueError):
            raise InvalidCallError("A data: URL is not valid base64") from None
        limit = self.live.options.max_file_size
        if limit is not None and len(content) > limit:
            raise InvalidCallError(f"A file has {len(content)} bytes; at most {limit} are taken")
        kind = head[len("data:") :].split(";")[0] or "text/plain"
        name = f"file{mimetypes.guess_extension(kind) or ''}"
        path = self.clients.public.share(FileData.of(keep_bytes(content, name)))
        return {"path": path, "orig_name": name, "mime_type": kind, "meta": meta}

    # --- results

    def _parts(self, value: Any, root: str) -> list[dict[str, Any]]:
        """One result: an image as itself and its address, another file as its address, all else as text."""
        value = plain(value)
        if not isinstance(value, dict) or "url" not in value or "path" not in value:
            return [_text(str(value))]
        url = str(value["url"] or "")
        if url.startswith("data:image/"):
            head, _, body = url.partition(",")
            content = base64.b64decode(body) if head.endswith(";base64") else unquote_to_bytes(body)
            kind = head[len("data:") :].split(";")[0]
            name = str(value.get("orig_name") or f"image{mimetypes.guess_extension(kind) or ''}")
            return self._image(content, kind, str(self._told(keep_bytes(content, name), root)))
        path = Path(str(value["path"]))
        kind = str(value.get("mime_type") or mimetypes.guess_type(path.name)[0] or "")
        if kind.startswith("image/") and path.is_file():
            return self._image(path.read_bytes(), kind, url or str(path))
        return [_text(url or str(value["path"]))]

    def _told(self, path: str, root: str) -> str:
        from urllib.parse import quote

        return f"{root}/gradio_api/file={quote(self.clients.public.share(FileData.of(path)))}"

    @staticmethod
    def _image(content: bytes, kind: str, address: str) -> list[dict[str, Any]]:
        data = base64.b64encode(content).decode("ascii")
        return [{"type": "image", "data": data, "mimeType": kind}, _text(f"Image URL: {address}")]

    @staticmethod
    def _content(values: list[Any], kind: str) -> dict[str, str]:
        value = plain(values[0]) if values else ""
        if isinstance(value, dict) and isinstance(value.get("path"), str) and Path(value["path"]).is_file():
            content = Path(value["path"]).read_bytes()
            if kind.startswith("text/"):
                return {"text": content.decode("utf-8", "replace")}
            return {"blob": base64.b64encode(content).decode("ascii")}
        if kind.startswith("text/") or not _is_base64(value):
            return {"text": value if isinstance(value, str) else str(value)}
        return {"blob": str(value)}


def _is_base64(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(base64.b64decode(value, validate=True))
    except (binascii.Error, ValueError):
        return False


def _text(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text}


def _function_name(dependency: Dependency) -> str:
    fn: Any = dependency.fn
    while not hasattr(fn, "__name__") and hasattr(fn, "func"):  # functools.partial
        fn = fn.func
    return str(getattr(fn, "__name__", None) or type(fn).__name__ or dependency.api_name)


def _unique(name: str, taken: Collection[str]) -> str:
    base = found = re.sub(r"[^a-zA-Z0-9]", "_", name)[:NAME_LENGTH]
    number = 0
    while found in taken:
        number += 1
        found = f"{base}_{number}"
    return found


def _is_called(offer: Offer, name: str) -> bool:
    """Whether a name means it: its own, the one that was given before characters were replaced, its function's."""
    return name in (offer.name, offer.described.name) or (
        offer.described.name is not None and name == _function_name(offer.dependency)
    )


def _refusal(event: ApiEvent, error: BaseException | None) -> str:
    if isinstance(error, InvalidInputError):
        refused = refusals(event.dependency, error.inputs)
        return "; ".join(f"{r['parameter_name']}: {r['message']}" for r in refused if not r["is_valid"])
    return error.message if isinstance(error, Error) else str(error)


async def _result(event: ApiEvent, tell: Progress) -> list[Any]:
    """Wait for the end, and tell what happens before."""
    step = 0
    while True:
        message = await event.feed.take(3600)
        if message is None:
            continue
        if message["msg"] == "process_completed":
            output = message["output"]
            if message["success"]:
                return list(output.get("data") or [])
            raise ToolError(str(output.get("error") or "The call failed, and the app does not tell why"))
        news = _news(message)
        if news is not None:
            await tell(step, None, news)
            step += 1


def _news(message: dict[str, Any]) -> str | None:
    """What a caller is told of a message."""
    kind = message["msg"]
    if kind == "estimation":
        return f"Waiting: place {message['rank'] + 1} of {message['queue_size']}"
    if kind == "progress":
        bars = message.get("progress_data") or []
        return " > ".join(map(_bar, bars)) or None
    if kind == "log":
        return str(message["log"])
    return "Working" if kind in ("process_starts", "process_generating") else None


def _bar(bar: dict[str, Any]) -> str:
    title = bar.get("desc") or "Progress"
    index, length, share = bar.get("index"), bar.get("length"), bar.get("progress")
    if index is not None:
        return f"{title}: {index}" + (f" of {length}" if length is not None else "")
    return f"{title}: {share:.0%}" if isinstance(share, (int, float)) else str(title)
