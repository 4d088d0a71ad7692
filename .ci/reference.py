"""`make docs`: a reference of every public name, in Markdown, from its signature and its docstring.

python .ci/reference.py FOLDER
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import nbblocks  # noqa: E402
from nbblocks import exceptions, testing, themes  # noqa: E402
from nbblocks.events.listener import Listener  # noqa: E402
from nbblocks.tree import Block  # noqa: E402

HEADING = re.compile(r"^(\w[\w ]*)\n-{3,}\n", re.MULTILINE)
ENTRY = re.compile(r"^(\*{0,2}\w+(?:, \*{0,2}\w+)*)(?: : (.*))?$")
#: Pages in order; a name stands on the first whose modules hold it.
PAGES = {
    "components": "nbblocks.components",
    "layouts": "nbblocks.layouts",
    "themes": "nbblocks.themes",
    "events": "nbblocks.events",
    "testing": "nbblocks.testing",
    "exceptions": "nbblocks.exceptions",
    "apps": "nbblocks",
}


def main(folder: Path) -> None:
    """Write the pages, and an index of them."""
    folder.mkdir(parents=True, exist_ok=True)
    pages: dict[str, list[tuple[str, Any]]] = {page: [] for page in PAGES}
    for name, found in public():
        module = getattr(found, "__module__", "nbblocks")
        page = next(page for page, prefix in PAGES.items() if f"{module}.".startswith(f"{prefix}."))
        pages[page].append((name, found))
    for page, names in pages.items():
        text = "\n".join(entry(name, found) for name, found in names)
        (folder / f"{page}.md").write_text(f"# {page.capitalize()}\n\n{text}", encoding="utf-8")
    lines = [
        f"- [{page.capitalize()}]({page}.md): " + ", ".join(f"`{n}`" for n, _ in names) for page, names in pages.items()
    ]
    head = f"# Reference of nbblocks {nbblocks.__version__}\n\nWritten by `make docs`.\n\n"
    (folder / "README.md").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def public() -> Iterator[tuple[str, Any]]:
    """Every class and function that a program can name, once; first what every event of a component takes."""
    yield "component.event", Listener.__call__
    seen: set[int] = set()
    for prefix, module in (
        ("gr", nbblocks),
        ("gr.themes", themes),
        ("nbblocks.testing", testing),
        ("nbblocks.exceptions", exceptions),
    ):
        for name in sorted(module.__all__, key=str.lower):
            found = getattr(module, name)
            if (inspect.isclass(found) or callable(found)) and id(found) not in seen:
                seen.add(id(found))
                yield f"{prefix}.{name}", found


def entry(name: str, found: Any) -> str:
    """One class or function."""
    own_name = name.rpartition(".")[2]
    parts = [f"## {own_name}\n", f"```python\n{name}{signature(found)}\n```\n", prose(inspect.getdoc(found) or "")]
    events = [(e, getattr(found, e)) for e in getattr(found, "events", ())] if inspect.isclass(found) else []
    if events:
        parts.append("**Events**\n\n" + "".join(f"- `{e}`: {listener.__doc__}\n" for e, listener in events))
    for method, made in methods_of(found):
        parts.append(f"### {own_name}.{method}\n\n```python\n{method}{signature(made)}\n```\n")
        parts.append(prose(inspect.getdoc(made) or ""))
    return "\n".join(part for part in parts if part)


def methods_of(found: Any) -> list[tuple[str, Any]]:
    """The methods that a class defines itself; of a component, those that say what a handler gets and may return."""
    if not inspect.isclass(found):
        return []
    own = [(n, m) for n, m in vars(found).items() if n[0] != "_" and inspect.isfunction(m) and m.__doc__]
    is_part = issubclass(found, Block) and not issubclass(found, nbblocks.Blocks)
    return [(n, m) for n, m in own if n in ("preprocess", "postprocess")] if is_part else own


def signature(found: Any) -> str:
    """As one would write it, without types: those stand beside each parameter."""
    try:
        known = inspect.signature(found)
    except (TypeError, ValueError):
        return "(…)"
    bare = [p.replace(annotation=p.empty) for p in known.parameters.values() if p.name != "self"]
    return str(known.replace(parameters=bare, return_annotation=known.empty))


def prose(doc: str) -> str:
    """A numpydoc docstring as Markdown."""
    head, *rest = HEADING.split(doc)
    text = [head.strip(), ""] if head.strip() else []
    for title, body in zip(rest[::2], rest[1::2], strict=True):
        text.append(f"**{title}**\n")
        text.append(f"```pycon\n{body.strip()}\n```\n" if title == "Examples" else listed(body))
    return "\n".join(text)


def listed(body: str) -> str:
    """The entries of a section as a list."""
    lines: list[str] = []
    for line in body.strip().splitlines():
        match = ENTRY.match(line)
        if match and not line.startswith(" "):
            names = ", ".join(f"`{n}`" for n in match[1].split(", "))
            lines.append(f"- {names}" + (f" ({match[2]})" if match[2] else "") + ":")
        elif line.startswith(" ") and lines:
            lines[-1] += f" {line.strip()}"
        elif line:
            lines.append(f"- {line}:")
    return "\n".join(line.removesuffix(":") for line in lines) + "\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
