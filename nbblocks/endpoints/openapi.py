"""The endpoints as an OpenAPI document: https://spec.openapis.org/oas/v3.0.2.html."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from ..blocks import Blocks
from .info import api_info_of

__all__ = ["openapi_of"]


def _json(schema: dict[str, Any], text: str) -> dict[str, Any]:
    return {"description": text, "content": {"application/json": {"schema": schema}}}


_EVENT_ID = {"type": "object", "properties": {"event_id": {"type": "string"}}, "required": ["event_id"]}
#: One of the events of a stream.
_EVENT = {"type": "object", "properties": {"event": {"type": "string"}, "data": {"type": "string"}}}
_DETAIL = {"type": "object", "properties": {"detail": {"type": "string"}}}


def openapi_of(blocks: Blocks, root_url: str) -> dict[str, Any]:
    """Describe the calls of an app."""
    paths: dict[str, Any] = {}
    for name, endpoint in api_info_of(blocks)["named_endpoints"].items():
        slug = quote(name.lstrip("/"))
        values = [_schema(p["type"]) for p in endpoint["parameters"]]
        named = {p["parameter_name"]: _schema(p["type"]) for p in endpoint["parameters"]}
        required = [p["parameter_name"] for p in endpoint["parameters"] if not p["parameter_has_default"]]
        data = {
            "type": "array",
            "items": {"anyOf": values} if values else {},
            "minItems": len(values),
            "maxItems": len(values),
        }
        text = endpoint["description"] or f"Call {name}"
        refused = {"404": _json(_DETAIL, "No such endpoint"), "422": _json(_DETAIL, "The values do not fit")}
        full = {"503": _json(_DETAIL, "The queue is full")}
        body = {"type": "object", "properties": {"data": data}, "required": ["data"]}
        paths[f"/gradio_api/call/{slug}"] = {"post": _post(f"call_{slug}", text, body, refused | full)}
        v2: dict[str, Any] = {"type": "object", "properties": named}
        if required:
            v2["required"] = required
        paths[f"/gradio_api/call/v2/{slug}"] = {"post": _post(f"call_v2_{slug}", text, v2, refused | full)}
        paths[f"/gradio_api/call/{slug}/{{event_id}}"] = {
            "get": {
                "operationId": f"result_{slug}",
                "summary": f"The results of a call of {name}, as server-sent events",
                "parameters": [{"name": "event_id", "in": "path", "required": True, "schema": {"type": "string"}}],
                "responses": {
                    "200": {"description": "Results", "content": {"text/event-stream": {"schema": _EVENT}}},
                    "404": _json(_DETAIL, "No such call"),
                },
            }
        }
    return {
        "openapi": "3.0.2",
        "info": {"title": str(blocks.title or "nbblocks"), "version": "1.0.0"},
        "servers": [{"url": root_url}],
        "paths": paths,
    }


def _post(operation: str, text: str, body: dict[str, Any], refused: dict[str, Any]) -> dict[str, Any]:
    return {
        "operationId": operation,
        "summary": text,
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {"200": _json(_EVENT_ID, "The call's id"), **refused},
    }


def _schema(schema: Any, definitions: dict[str, Any] | None = None) -> Any:
    """A JSON schema in OpenAPI 3.0's dialect: no `$defs`, no `null` type, no `const`."""
    if not isinstance(schema, dict):
        return {}
    definitions = {**(definitions or {}), **schema.get("$defs", {})}
    if "$ref" in schema:
        return _schema(definitions.get(str(schema["$ref"]).rsplit("/", 1)[-1], {}), definitions)
    made: dict[str, Any] = {}
    for key, value in schema.items():
        if key in ("$defs", "additional_description", "title", "prefixItems", "default"):
            continue
        if key in ("anyOf", "oneOf"):
            options = [s for s in value if s != {"type": "null"}]
            if len(options) < len(value):
                made["nullable"] = True
            made["anyOf"] = [_schema(s, definitions) for s in options]
        elif key == "const":
            made["enum"] = [value]
        elif key == "type" and not isinstance(value, str):
            continue
        elif key == "properties":
            made[key] = {name: _schema(s, definitions) for name, s in value.items()}
        elif key in ("items", "additionalProperties") and isinstance(value, dict):
            made[key] = _schema(value, definitions)
        else:
            made[key] = value
    if made.get("type") == "array" and "items" not in made:
        made["items"] = {}
    if "enum" in made:
        made.pop("type", None)
    return made
