"""A server extension that writes down every route of the server it is loaded into."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    from re import _parser
else:
    import sre_parse as _parser


def path_of(pattern: str) -> str | None:
    """A path that a route's pattern matches; None where none is found."""
    path = _example(_parser.parse(pattern))
    return path if re.match(pattern, path) else None


def _example(parsed: Any) -> str:
    """A text as a parsed regular expression asks for it."""
    text = ""
    for kind, argument in parsed:
        name = str(kind)
        if name == "LITERAL":
            text += chr(argument)
        elif name in ("ANY", "NOT_LITERAL", "CATEGORY"):
            text += "x"
        elif name == "RANGE":
            text += chr(argument[0])
        elif name == "IN":
            text += "x" if str(argument[0][0]) == "NEGATE" else _example(argument[:1])
        elif name in ("MAX_REPEAT", "MIN_REPEAT"):
            least, _, inner = argument
            text += _example(inner) * max(1, least)
        elif name == "SUBPATTERN":
            text += _example(argument[-1])
        elif name == "BRANCH":
            text += _example(argument[1][0])
    return text


def _load_jupyter_server_extension(server: Any) -> None:
    def write() -> None:
        rules = [r for rule in server.web_app.default_router.rules for r in getattr(rule.target, "rules", [])]
        patterns = [r.matcher.regex.pattern for r in rules if hasattr(r.matcher, "regex")]
        name = os.environ["JUPYTERHUB_USER"]
        Path(os.environ["NBBLOCKS_TEST_ROUTES"], f"{name}.json").write_text(json.dumps(patterns))

    server.io_loop.add_callback(write)
