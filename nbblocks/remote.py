"""Apps that run elsewhere: their components here, their functions there."""

from __future__ import annotations

import json
import os
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from . import components as _components
from .blocks import Blocks
from .components import Component
from .exceptions import DeclarationError, Error, warn_once
from .interface import Interface, TabbedInterface

__all__ = ["load", "load_openapi"]

METHODS = ("get", "post", "put", "patch", "delete")
TIMEOUT_S = 60


def load(
    name: str,
    src: str | Callable[..., Any] | None = None,
    token: str | None = None,
    accept_token: bool = False,
    provider: Any = None,
    **kwargs: Any,
) -> Any:
    """Take an app that runs elsewhere into this process: its components here, its functions there.

    Parameters
    ----------
    name : str
        Its address, "http://…"; or "spaces/owner/name" of a model hub, where that can be reached.
    src : {"spaces", "models"} or callable, optional
        What `name` names; a function makes the app itself of the name and the token.
    token : str, optional
        Opens an app that is not public.
    accept_token : bool
        Whether a visitor may give a token of their own: it cannot be, a warning says so, and that of `token` is used.
    provider : object, optional
        Who runs a model of a hub: nobody here does, which a warning says.
    **kwargs
        Further options of `src`, when that is a function.

    Returns
    -------
    Blocks
        The app, to be launched, or rendered in another one.

    Raises
    ------
    DeclarationError
        It names a model, which runs nowhere here, or the `gradio_client` package is missing.
    """
    for parameter, given, why in (
        ("accept_token", accept_token, "the token of `token` is used"),
        ("provider", provider, "no model of a hub runs here"),
    ):
        if given:
            warn_once(f"load.{parameter}", f"gr.load({parameter}=…) has no effect: {why}")
    if callable(src):
        return src(name, token, **kwargs)
    if src is None and "/" in name and not name.startswith(("http://", "https://")):
        src, _, name = name.partition("/")
    if src in ("models", "huggingface"):
        raise DeclarationError(
            f"gr.load({name!r}): a model of a hub does not run here; write a function that calls it and give it to "
            "gr.Interface"
        )
    try:
        from gradio_client import Client
    except ImportError:
        raise DeclarationError("gr.load needs the gradio_client package: pip install gradio_client") from None
    client = Client(name, token=token, verbose=False)
    functions = [_remote(client, d) for d in client.config["dependencies"] if d.get("backend_fn")]
    return Blocks.from_config(client.config, functions, None)


def _remote(client: Any, dependency: dict[str, Any]) -> Callable[..., Any]:
    """A function that runs where the app runs."""
    number = dependency["id"]

    def told(value: Any) -> Any:
        from gradio_client import handle_file

        return handle_file(value) if isinstance(value, str) and os.path.isfile(value) else value

    def values(data: Sequence[Any]) -> Any:
        return data[0] if len(data) == 1 else tuple(data)

    def call(*data: Any) -> Any:
        return client.predict(*map(told, data), fn_index=number)

    def steps(*data: Any) -> Iterator[Any]:
        yield from client.submit(*map(told, data), fn_index=number)

    chosen: Callable[..., Any] = steps if (dependency.get("types") or {}).get("generator") else call
    chosen.__name__ = str(dependency.get("api_name") or "remote")
    return chosen


# --- HTTP services that describe themselves


def load_openapi(
    openapi_spec: str | dict[str, Any],
    base_url: str,
    *,
    paths: Sequence[str] | None = None,
    exclude_paths: Sequence[str] | None = None,
    methods: Sequence[str] | None = None,
    auth_token: str | None = None,
    **interface_kwargs: Any,
) -> Any:
    """Make an app of a service that describes itself: an interface for each of its operations.

    Parameters
    ----------
    openapi_spec : str or dict
        The description, its file, or its address.
    base_url : str
        Where the service is.
    paths, exclude_paths : sequence of str, optional
        Patterns of the paths that are taken, and of those that are not.
    methods : sequence of str, optional
        Which of "get", "post", "put", "patch", "delete"; None: all.
    auth_token : str, optional
        Sent with each request, as a bearer token.
    **interface_kwargs
        Further arguments of each `Interface`.

    Returns
    -------
    Blocks
        A tab for each operation.

    Raises
    ------
    DeclarationError
        No operation fits.
    """
    spec = _spec_of(openapi_spec)
    wanted = {m.lower() for m in methods or METHODS}
    found: list[tuple[str, Interface]] = []
    for path, operations in spec.get("paths", {}).items():
        if paths is not None and not any(re.search(p, path) for p in paths):
            continue
        if any(re.search(p, path) for p in exclude_paths or ()):
            continue
        for method, operation in operations.items():
            if method in METHODS and method in wanted:
                shared = operations.get("parameters", [])
                interface = _interface_of(spec, base_url, path, method, operation, shared, auth_token, interface_kwargs)
                found.append((f"{method.upper()} {path}", interface))
    if not found:
        raise DeclarationError("gr.load_openapi: no operation of the description fits")
    if len(found) == 1:
        return found[0][1]
    title = str(spec.get("info", {}).get("title") or "API")
    return TabbedInterface([i for _, i in found], [n for n, _ in found], title=title)


def _spec_of(given: str | dict[str, Any]) -> dict[str, Any]:
    if isinstance(given, dict):
        return given
    if given.startswith(("http://", "https://")):
        with urllib.request.urlopen(given, timeout=TIMEOUT_S) as answer:
            text = answer.read().decode()
    else:
        text = given if given.lstrip().startswith("{") else Path(given).read_text(encoding="utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


def _resolved(spec: dict[str, Any], part: Any) -> Any:
    while isinstance(part, dict) and "$ref" in part:
        at: Any = spec
        for key in part["$ref"].lstrip("#/").split("/"):
            at = at[key]
        part = at
    return part


def _field(spec: dict[str, Any], name: str, schema: Any, text: str) -> Component:
    schema = _resolved(spec, schema) or {}
    default, label, info = schema.get("default"), schema.get("title") or name, text or None
    if "enum" in schema:
        return _components.Dropdown(schema["enum"], value=default, label=label, info=info)
    kind = schema.get("type")
    if kind == "boolean":
        return _components.Checkbox(bool(default), label=label, info=info)
    if kind in ("integer", "number"):
        return _components.Number(default, label=label, info=info, precision=0 if kind == "integer" else None)
    if kind in ("object", "array"):
        shown = None if default is None else json.dumps(default)
        return _components.Textbox(shown, label=label, info=info or "JSON", lines=2)
    return _components.Textbox(default, label=label, info=info)


def _interface_of(
    spec: dict[str, Any],
    base_url: str,
    path: str,
    method: str,
    operation: dict[str, Any],
    shared: list[Any],
    auth_token: str | None,
    more: dict[str, Any],
) -> Interface:
    fields: list[tuple[str, str, Any]] = []  #: where it goes, its name, its schema
    inputs: list[Component] = []
    for parameter in (_resolved(spec, p) for p in [*shared, *operation.get("parameters", [])]):
        fields.append((parameter["in"], parameter["name"], _resolved(spec, parameter.get("schema"))))
        inputs.append(_field(spec, parameter["name"], parameter.get("schema"), parameter.get("description", "")))
    content = (_resolved(spec, operation.get("requestBody")) or {}).get("content", {}).get("application/json", {})
    body = _resolved(spec, content.get("schema")) or {}
    for name, schema in (body.get("properties") or {}).items():
        fields.append(("body", name, _resolved(spec, schema)))
        inputs.append(_field(spec, name, schema, (_resolved(spec, schema) or {}).get("description", "")))

    def call(*values: Any) -> Any:
        return _request(base_url, path, method, fields, values, auth_token)

    call.__name__ = re.sub(r"\W+", "_", str(operation.get("operationId") or f"{method}{path}")).strip("_")
    call.__doc__ = operation.get("summary") or operation.get("description") or ""
    output = _components.JSON(label="Answer")
    title = {"title": f"{method.upper()} {path}", "description": operation.get("description"), **more}
    return Interface(call, inputs or None, output, **title)


def _request(
    base_url: str, path: str, method: str, fields: list[tuple[str, str, Any]], values: Sequence[Any], token: str | None
) -> Any:
    target, query, body = path, {}, {}
    headers = {"Accept": "application/json"}
    for (where, name, schema), value in zip(fields, values, strict=True):
        if value is None or value == "":
            continue
        is_json = isinstance(value, str) and (schema or {}).get("type") in ("object", "array")
        given = json.loads(value) if is_json else value
        if where == "path":
            target = target.replace("{" + name + "}", urllib.parse.quote(str(given), safe=""))
        elif where == "query":
            query[name] = given
        elif where == "header":
            headers[name] = str(given)
        elif where == "body":
            body[name] = given
    url = base_url.rstrip("/") + target + ("?" + urllib.parse.urlencode(query, doseq=True) if query else "")
    data = json.dumps(body).encode() if body or method in ("post", "put", "patch") else None
    if data is not None:
        headers["Content-Type"] = "application/json"
    if token:
        headers["Authorization"] = f"Bearer {token}"
    request = urllib.request.Request(url, data, headers, method=method.upper())
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:
            text = answer.read().decode()
    except urllib.error.HTTPError as error:
        raise Error(f"{url} answers {error.code}: {error.read(500).decode('utf-8', 'replace')}") from None
    except OSError as error:
        raise Error(f"{url} cannot be reached: {error}") from None
    try:
        return json.loads(text)
    except ValueError:
        return {"text": text}
