"""A real JupyterHub of two users, with its proxy."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.browser.processes import free_port, isolated_jupyter, running
from tests.hosts.jupyter import REPOSITORY, Jupyter

ADMIN = "a-token-of-the-tests-that-may-do-everything"
AUTHORIZER = "nbblocks.hosts.hub.authorizer.AppsOnlyAuthorizer"

CONFIG = """
c = get_config()
c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_port = {hub_port}
c.JupyterHub.db_url = "sqlite://"
c.JupyterHub.cookie_secret_file = "{folder}/secret"
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = "pw"
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = "{folder}/home/{{username}}"
c.ConfigurableHTTPProxy.command = {proxy!r}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api_port}"
c.ConfigurableHTTPProxy.pid_file = "{folder}/proxy.pid"
c.Spawner.cmd = [{python!r}, "-m", "jupyterhub.singleuser"]
c.Spawner.args = ["--allow-root", "--ServerApp.authorizer_class={authorizer}", "--NBBlocks.shared=apps/*.py"]
c.Spawner.environment = {environment!r}
c.Spawner.notebook_dir = "{folder}/home/{{username}}"
c.JupyterHub.services = [{{"name": "tests", "api_token": "{admin}"}}]
c.JupyterHub.load_roles = [
    {{"name": "tests", "services": ["tests"], "scopes": ["admin:users", "admin:servers", "tokens", "shares"]}},
]
"""


def find_proxy() -> list[str] | None:
    """The command of configurable-http-proxy, which npm installs; None where it is not."""
    own = REPOSITORY / "js" / "node_modules" / ".bin" / "configurable-http-proxy"
    found = str(own) if own.exists() else shutil.which("configurable-http-proxy")
    return [found] if found else None


class Hub:
    """A JupyterHub that runs."""

    def __init__(self, url: str, folder: Path, runtime: Path) -> None:
        self.url, self.folder, self.runtime = url, folder, runtime
        self._servers: dict[str, Jupyter] = {}

    def api(self, method: str, path: str, **words: Any) -> httpx.Response:
        """A request of the hub's administrator."""
        headers = {"Authorization": f"token {ADMIN}"}
        return httpx.request(method, f"{self.url}/hub/api{path}", headers=headers, timeout=60, **words)

    def headers(self, user: str) -> dict[str, str]:
        """What a program of a user sends."""
        self.api("POST", f"/users/{user}")
        token = self.api("POST", f"/users/{user}/tokens", json={}).json()["token"]
        return {"Authorization": f"token {token}"}

    def server(self, user: str) -> Jupyter:
        """A user's own server, with what that user's programs send."""
        known = self._servers.get(user)
        if known is None:
            token = self.headers(user)["Authorization"].removeprefix("token ")
            self.api("POST", f"/users/{user}/server").raise_for_status()
            with httpx.stream(
                "GET",
                f"{self.url}/hub/api/users/{user}/server/progress",
                headers={"Authorization": f"token {ADMIN}"},
                timeout=60,
            ) as progress:
                assert any('"ready": true' in line for line in progress.iter_lines())
            home = self.folder / "home" / user
            known = Jupyter(None, home, self.runtime, f"{self.url}/user/{user}", token)
            self._servers[user] = known
        return known

    def close(self) -> None:
        """Let the kernels' channels go, and end every user's server: the hub leaves them running."""
        for server in self._servers.values():
            server.close()
        for user in self.api("GET", "/users").json():
            if user["servers"]:
                self.api("DELETE", f"/users/{user['name']}/server")
        end = time.monotonic() + 30
        while any(user["servers"] for user in self.api("GET", "/users").json()):  # a stop may take a while
            assert time.monotonic() < end, "a user's server does not end"

    def share(self, owner: str, guest: str) -> None:
        """Let somebody come to another's server, as its owner does it."""
        scopes = [f"access:servers!server={owner}/"]
        self.api("POST", f"/shares/{owner}/", json={"user": guest, "scopes": scopes}).raise_for_status()


@contextmanager
def jupyterhub(folder: Path, proxy: list[str], authorizer: str = AUTHORIZER) -> Iterator[Hub]:
    """Run a hub whose servers have the extension."""
    environment = isolated_jupyter(folder / "jupyter")
    enabled = folder / "jupyter" / "config" / "jupyter_server_config.d"
    enabled.mkdir(parents=True)
    (enabled / "nbblocks.json").write_bytes((REPOSITORY / "jupyter_server_config.json").read_bytes())
    routes = {"ServerApp": {"jpserver_extensions": {"tests.hosts.routes": True}}}
    (enabled / "routes.json").write_text(json.dumps(routes))
    environment = {
        **environment,
        "PYTHONPATH": str(REPOSITORY),
        "JUPYTER_NO_CONFIG": "",
        "NBBLOCKS_TEST_ROUTES": str(folder),
        **{k: v for k, v in os.environ.items() if k in ("JUPYTER_CONFIG_PATH", "JUPYTER_PATH")},
    }
    port, hub_port, api_port = free_port(), free_port(), free_port()
    config = folder / "jupyterhub_config.py"
    config.write_text(
        CONFIG.format(
            port=port, hub_port=hub_port, api_port=api_port, folder=folder, proxy=proxy, python=sys.executable,
            authorizer=authorizer, environment=environment, admin=ADMIN,
        )
    )  # fmt: skip
    command = [sys.executable, "-m", "jupyterhub", "-f", str(config)]
    address = re.escape(f"JupyterHub is now running at http://127.0.0.1:{port}")
    with running(command, address=address, cwd=folder, environment=environment):
        found = Hub(f"http://127.0.0.1:{port}", folder, folder / "jupyter" / "runtime")
        try:
            yield found
        finally:
            found.close()
