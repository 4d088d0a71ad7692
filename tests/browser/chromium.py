"""Which Chromium the browser tests drive.

In this order: the path in `NBBLOCKS_CHROMIUM`, the one `playwright install` downloaded, one on the
`PATH`. Run as a module, it downloads playwright's if there is none yet.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.node import use_own_node

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
# A sandbox cannot be set up by root nor in most containers; the rest keeps the browser off the net,
# and gives pages a camera that shows a clock.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)


def find_chromium(bundled: str) -> str | None:
    """Find an executable that starts; `bundled` is where playwright keeps its own.

    Raises
    ------
    FileNotFoundError
        `NBBLOCKS_CHROMIUM` names a file that is not there.
    """
    if given := os.environ.get("NBBLOCKS_CHROMIUM"):
        if not Path(given).is_file():
            raise FileNotFoundError(f"NBBLOCKS_CHROMIUM={given!r} is not a file")
        return given
    found = [bundled, *filter(None, map(shutil.which, NAMES))]
    return next((path for path in found if Path(path).is_file() and _starts(path)), None)


def _starts(executable: str) -> bool:
    """Whether the system has the libraries that it needs."""
    return subprocess.run([executable, "--version"], capture_output=True).returncode == 0


def main() -> None:
    """Make sure there is a Chromium, or say that the tests that need one are skipped."""
    use_own_node()
    with sync_playwright() as playwright:
        bundled = playwright.chromium.executable_path
    if find_chromium(bundled):
        return
    print("No Chromium here yet: playwright downloads one.", flush=True)
    download = [sys.executable, "-m", "playwright", "install", "chromium"]
    if subprocess.run(download).returncode or not find_chromium(bundled):
        print(
            "\n*** The browser tests will be SKIPPED: no Chromium that starts, and none could be downloaded."
            "\n*** Install one (Debian: apt-get install chromium), or set NBBLOCKS_CHROMIUM.\n",
            file=sys.stderr,
        )


if __name__ == "__main__":
    main()
