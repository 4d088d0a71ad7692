"""Write the TypeScript types of every component and layout: `python -m nbblocks.components.codegen FILE`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from .. import components, layouts
from ..tree import Block
from ..wire.schema import typescript

__all__ = ["classes", "main"]


def classes() -> list[Any]:
    """Every component and layout that has a browser half of its own."""
    found: dict[str, Any] = {}
    for module in (components, layouts):
        for name in module.__all__:
            cls = getattr(module, name)
            if isinstance(cls, type) and issubclass(cls, Block) and cls.__name__.lower() == cls.get_block_name():
                found[cls.__name__] = cls
    found.pop("Component", None)
    return list(found.values())


def main(argv: list[str]) -> int:
    """Write the file named; without one, write to the standard output."""
    text = typescript(classes())
    if argv:
        Path(argv[0]).parent.mkdir(parents=True, exist_ok=True)
        Path(argv[0]).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
