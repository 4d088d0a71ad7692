"""What an installation brings: the extension answers on a Jupyter server that nobody has configured."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from tests.browser.processes import free_port, isolated_jupyter, running, until_it_listens
from tests.hosts.jupyter import REPOSITORY, TOKEN, Jupyter
from tests.hosts.test_hub import app, started

pytest.importorskip("hatchling", reason="hatchling is not installed")


def installed(folder: Path) -> Path:
    """Python of an environment in which the package is, as its wheel has it; all else is this environment's."""
    python = folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    venv.create(folder / "venv", with_pip=False)
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    # the browser half is there already, or the page's own script would be missed
    subprocess.run(build, cwd=REPOSITORY, env={**os.environ, "HATCH_BUILD_NO_HOOKS": "true"}, check=True)
    (wheel,) = folder.glob("*.whl")
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-index", "--no-deps", str(wheel)]
    subprocess.run(install, env={k: v for k, v in os.environ.items() if k != "PYTHONPATH"}, check=True)
    (packages,) = folder.glob("venv/**/site-packages")
    (packages / "others.pth").write_text(sysconfig.get_path("purelib"))
    return python


def test_a_server_without_any_configuration_has_the_extension(tmp_path: Path) -> None:
    python = installed(tmp_path)
    files = tmp_path / "files"
    files.mkdir()
    (files / "app.py").write_text(app(""))
    port = f"--ServerApp.port={free_port()}"
    command = [str(python), "-m", "jupyter_server", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", port]
    environment = {
        **isolated_jupyter(tmp_path / "jupyter"),
        "JUPYTER_NO_CONFIG": "",
        "JUPYTER_TOKEN": TOKEN,
        "PYTHONPATH": "",
    }
    address = r"(http://127\.0\.0\.1:\d+)/\S*token="
    with running(command, address=address, cwd=files, environment=environment) as process:
        url = re.match(r"http://[^/]+", process.url)
        assert url is not None
        until_it_listens(url[0])
        server = Jupyter(process, files, tmp_path / "jupyter" / "runtime", url[0])

        async def visit() -> str:
            visitor = await started(server, "/nbblocks/app/app.py/")
            return str(await visitor.click("Greet", {visitor.block("Name"): "Ada"}))

        assert "Hello Ada" in asyncio.run(visit())
