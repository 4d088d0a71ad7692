"""Values of ports: what a function gets of them, what it may return, and the component that shows each type."""

from __future__ import annotations

import base64
import json
import mimetypes
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, unquote_to_bytes

from ..components import (
    JSON,
    Audio,
    Checkbox,
    Code,
    Component,
    Dataframe,
    File,
    Gallery,
    Image,
    Markdown,
    Model3D,
    Number,
    Textbox,
    Video,
)
from ..exceptions import Error
from ..wire.fetch import is_url
from ..wire.files import FileData, keep_bytes

__all__ = ["MEDIA", "component_for", "for_component", "for_function", "for_page", "from_component", "is_missing"]

FILE_ROUTE = "/gradio_api/file="

#: Types whose values are files, and what takes and shows each.
MEDIA: dict[str, type[Component]] = {
    "image": Image, "audio": Audio, "video": Video, "model3d": Model3D, "file": File, "gallery": Gallery,
}  # fmt: skip

_PATHS: dict[str, dict[str, Any]] = {kind: {"type": "filepath"} for kind in ("image", "audio", "gallery")}


def component_for(kind: str, label: str, value: Any = None, *, is_output: bool = False) -> Component:
    """The component for values of a type.

    Parameters
    ----------
    kind : str
        Type of a port.
    label : str
        What stands above it.
    value : object
        Its first value, as a file of a graph has it.
    is_output : bool
        Whether it shows a result.

    Examples
    --------
    >>> component_for("number", "Size", 3)
    Number('Size')
    """
    value = None if is_output or is_missing(value) else for_component(kind, value)
    if kind in MEDIA:
        return MEDIA[kind](value, label=label, **_PATHS.get(kind, {}))
    if kind == "number":
        return Number(value, label=label)
    if kind == "boolean":
        return Checkbox(bool(value), label=label)
    if kind == "json":
        return JSON(value, label=label) if is_output else Code(value, language="json", label=label)
    if kind == "dataframe":
        return Dataframe(value, label=label)
    if kind == "markdown" and is_output:
        return Markdown(value, label=label)
    return Textbox(value, label=label)


def is_missing(value: Any) -> bool:
    """Whether a port has no value; an empty text is one."""
    return value is None or (isinstance(value, (list, dict)) and not value)


def file_json(file: Any) -> dict[str, Any]:
    """A file as a function gets it: a dict with its path and address.

    Parameters
    ----------
    file : FileData or str
        The file, its path, or an address on the web.
    """
    file = file if isinstance(file, FileData) else FileData(path=str(file))
    where = str(file.path or file.url or "")
    if is_url(where):
        return {"path": None, "url": where, "orig_name": file.orig_name, "is_file": True}
    told = {"path": where, "url": FILE_ROUTE + quote(where), "orig_name": file.orig_name or Path(where).name}
    return {**told, "is_file": True}


def from_component(kind: str, value: Any) -> Any:
    """What a node holds of what the component of its type gives: files and tables as dicts."""
    if kind == "gallery" and isinstance(value, (list, tuple)):
        return [_of_gallery(item) for item in value]
    if kind in MEDIA and isinstance(value, str) and value:
        return file_json(value)
    return _table(value) if kind == "dataframe" else value


def for_function(kind: str, value: Any) -> Any:
    """What a function gets of a value: files as dicts, or as the path that a function before it gave."""
    if kind == "gallery" and isinstance(value, (list, tuple)):
        return [_of_gallery(item) for item in value]
    if isinstance(value, FileData):
        return value.path if value.meta.get("given") == "path" else file_json(value)
    if isinstance(value, Mapping):
        return {k: for_function("any", v) for k, v in value.items()}
    return [for_function("any", v) for v in value] if isinstance(value, (list, tuple)) else value


def _table(value: Any) -> Any:
    """A data frame as headers and rows; all else as it is."""
    if not hasattr(value, "columns") or not hasattr(value, "values"):
        return value
    rows = [[_plain(cell) for cell in row] for row in value.values.tolist()]
    return {"headers": [str(name) for name in value.columns], "data": rows}


def _plain(cell: Any) -> Any:
    """A cell as JSON can hold it; what is not there as None."""
    if cell is None or cell != cell:
        return None
    return cell if isinstance(cell, (bool, int, float, str)) else str(cell)


def _of_gallery(item: Any) -> Any:
    """A picture or film of a gallery, with its caption."""
    caption = None
    if isinstance(item, tuple) and len(item) == 2:
        item, caption = item
    if isinstance(item, Mapping) and not _is_file(item):
        caption, item = item.get("caption"), item.get("image") or item.get("video")
    file = item if isinstance(item, FileData) else location(item)
    return {**file_json(file), "caption": caption}


def _is_file(value: Any) -> bool:
    return isinstance(value, Mapping) and (isinstance(value.get("path"), str) or isinstance(value.get("url"), str))


def location(value: Any) -> Any:
    """Where a file lies that a function told of as a dict: its path, or its address; all else as it is."""
    if isinstance(value, FileData):
        return value.path or value.url
    if not _is_file(value):
        return value
    if value.get("path"):
        return value["path"]
    address = value["url"]
    return unquote(address.split(FILE_ROUTE, 1)[1]) if FILE_ROUTE in address else address


def for_component(kind: str, value: Any) -> Any:
    """What a component shows of a value: paths of files, numbers, text; JSON of what is no text."""
    if value is None:
        return None
    if kind == "gallery":
        return [_captioned(item) for item in (value if isinstance(value, (list, tuple)) else [value])]
    if kind in MEDIA:
        found = _kept(location(value))
        is_lost = isinstance(found, str) and not is_url(found) and not os.path.exists(found)
        return None if is_lost else found
    if kind == "number":
        return _number(value)
    if kind == "boolean":
        return value
    if kind == "json":
        return value if isinstance(value, str) else json.loads(_json(value))
    if kind == "dataframe":
        return _table(value)
    return value if isinstance(value, str) else _text(value)


def _kept(found: Any) -> Any:
    """A file whose bytes stand in a `data:` URL, as the path of one that holds them."""
    if not isinstance(found, str) or not found.startswith("data:"):
        return found
    head, _, body = found.partition(",")
    content = base64.b64decode(body) if head.endswith(";base64") else unquote_to_bytes(body)
    kind = head[len("data:") :].partition(";")[0]
    return keep_bytes(content, f"file{mimetypes.guess_extension(kind) or ''}")


def _captioned(item: Any) -> Any:
    if isinstance(item, Mapping) and not _is_file(item):
        return _kept(location(item.get("image") or item.get("video"))), item.get("caption")
    caption = item.get("caption") if isinstance(item, Mapping) else None
    return (_kept(location(item)), caption) if caption else _kept(location(item))


def _number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise Error(f"A number was expected, got {value!r}", print_exception=False)
    try:
        return float(value) if isinstance(value, str) else value
    except ValueError:
        raise Error(f"A number was expected, got {value!r}", print_exception=False) from None


def _text(value: Any) -> str:
    return _json(value) if isinstance(value, (dict, list, tuple)) else str(value)


def _json(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError):
        raise Error(f"A result that is JSON was expected, got {type(value).__name__}", print_exception=False) from None


def for_page(kind: str, value: Any) -> Any:
    """A result as a page's node holds it: files that the page can ask for, all else as JSON."""
    if is_missing(value):
        return value
    if kind in MEDIA:
        if kind != "gallery" and isinstance(location(value), str) and for_component(kind, value) is None:
            raise Error(f"There is no file {location(value)!r}", print_exception=False)
        shown = component_for(kind, kind).postprocess(for_component(kind, value))
        if isinstance(value, str) and isinstance(shown, FileData):
            shown.meta["given"] = "path"
        return shown.model_dump() if hasattr(shown, "model_dump") and not isinstance(shown, FileData) else shown
    if kind in ("number", "boolean"):
        return for_component(kind, value)
    if kind == "text":
        return value if isinstance(value, str) else _text(value)
    value = _table(value)
    if _is_file(value):
        return FileData.of(location(value)) if not is_url(location(value)) else FileData(path=location(value))
    return json.loads(_json(value)) if not isinstance(value, str) else value
