"""What programs for Gradio import from `gradio.networking`: whether a server answers. There is no tunnel here."""

from __future__ import annotations

import time
import urllib.error
import urllib.request

from .exceptions import NotInThisHost, warn_once

__all__ = ["setup_tunnel", "url_ok"]

TRIES, PAUSE_S = 5, 0.5


def url_ok(url: str) -> bool:
    """Whether a server answers at an address, within a few seconds; also with a login page or a redirect.

    Examples
    --------
    >>> url_ok("http://127.0.0.1:1/")
    False
    """
    asked = urllib.request.Request(url, method="HEAD")
    for attempt in range(TRIES):
        try:
            with urllib.request.urlopen(asked, timeout=3):
                return True
        except urllib.error.HTTPError as error:
            if error.code in (401, 302, 303, 307):
                return True
        except (OSError, ValueError):
            pass
        if attempt < TRIES - 1:
            time.sleep(PAUSE_S)
    return False


def setup_tunnel(
    local_host: str,
    local_port: int,
    share_token: str,
    share_server_address: str | None = None,
    share_server_tls_certificate: str | None = None,
) -> str:
    """Not done here: no tunnel program comes with the package.

    Returns
    -------
    str
        The address on this machine.
    """
    warn_once("networking.setup_tunnel", "setup_tunnel() opens no tunnel: none comes with the package", NotInThisHost)
    return f"http://{local_host}:{local_port}"
