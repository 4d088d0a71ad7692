"""How to call an endpoint, as text to copy: Python, JavaScript, a shell."""

from __future__ import annotations

import json
import shlex
from typing import Any

__all__ = ["snippets_for"]


def _example(parameter: dict[str, Any]) -> Any:
    if parameter["parameter_has_default"] and parameter["parameter_default"] is not None:
        return parameter["parameter_default"]
    return parameter["example_input"]


def _is_file(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value.get("meta"), dict)
        and value["meta"].get("_type") == "gradio.FileData"
    )


def _python(value: Any) -> str:
    if _is_file(value):
        return f"handle_file({_python(value.get('url') or value.get('orig_name') or 'file')})"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def _javascript(value: Any) -> str:
    if _is_file(value):
        return f"handle_file({json.dumps(value.get('url') or value.get('orig_name') or 'file')})"
    return json.dumps(value)


def snippets_for(name: str, endpoint: dict[str, Any], root_url: str) -> dict[str, str]:
    """Programs that call an endpoint.

    Examples
    --------
    >>> snippets_for("/greet", {"parameters": []}, "http://127.0.0.1:7860")["python"].splitlines()[-1]
    'print(result)'
    """
    parameters = endpoint["parameters"]
    values = [_example(p) for p in parameters]
    names = "handle_file, Client" if any(map(_is_file, values)) else "Client"
    keywords = "".join(f"    {p['parameter_name']}={_python(v)},\n" for p, v in zip(parameters, values, strict=True))
    python = (
        f"from gradio_client import {names}\n\n"
        f"client = Client({_python(root_url)})\n"
        f"result = client.predict(\n{keywords}    api_name={_python(name)},\n)\n"
        "print(result)"
    )
    fields = "".join(f"  {p['parameter_name']}: {_javascript(v)},\n" for p, v in zip(parameters, values, strict=True))
    javascript = (
        f'import {{ {names} }} from "@gradio/client";\n\n'
        f"const client = await Client.connect({json.dumps(root_url)});\n"
        f"const result = await client.predict({json.dumps(name)}, {{\n{fields}}});\n"
        "console.log(result.data);"
    )
    body = shlex.quote(json.dumps({p["parameter_name"]: v for p, v in zip(parameters, values, strict=True)}))
    address = f"{root_url}/gradio_api/call"
    bash = (
        f"EVENT_ID=$(curl -X POST {address}/v2{name} -s -H 'Content-Type: application/json' -d {body} "
        "| awk -F'\"' '{ print $4 }')\n"
        f"curl -N {address}{name}/$EVENT_ID"
    )
    return {"python": python, "javascript": javascript, "bash": bash, "cli": bash}
