"""Writes the variables' defaults for the browser half, `js/src/wire/generated/theme.css`."""

from __future__ import annotations

import sys
from pathlib import Path

from .css import default_css

__all__ = ["main"]


def main(target: str) -> None:
    """Write the stylesheet.

    Parameters
    ----------
    target : str
        The file.
    """
    Path(target).write_text(default_css(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
