"""Fetch what a client names by address; never from this machine's own network.

A name is resolved once, every address it resolves to must be public, and the connection goes to the one that was
checked: a name that resolves otherwise the next time (rebinding) changes nothing. Each redirect is checked likewise.
"""

from __future__ import annotations

import http.client
import ipaddress
import os
import socket
import ssl
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from ..exceptions import WireError
from ..wire.files import FileData, keep_bytes

__all__ = ["fetch", "is_public"]

TIMEOUT_S = 30.0
MAX_REDIRECTS = 5
MAX_BYTES = 512 << 20


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet.

    Examples
    --------
    >>> is_public("8.8.8.8"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1"), is_public("64:ff9b::7f00:1")
    (True, False, False, False)
    """
    try:
        found = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if found in ipaddress.ip_network("64:ff9b::/96") or found in ipaddress.ip_network("64:ff9b:1::/48"):
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def _resolved(host: str, port: int) -> str:
    """An address of a host, when all of them are public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise WireError(f"{host!r} cannot be resolved") from error
    addresses = [str(entry[4][0]) for entry in found]
    allowed = {h.strip() for h in os.environ.get("NBBLOCKS_FETCH_HOSTS", "").split(",") if h.strip()}
    if host not in allowed and not (addresses and all(map(is_public, addresses))):
        raise WireError(f"{host!r} is not a public address: it is not fetched")
    return addresses[0]


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was checked, whatever the name means by now."""

    def __init__(self, host: str, port: int, address: str, *, is_tls: bool) -> None:
        super().__init__(host, port, timeout=TIMEOUT_S)
        self._address, self._is_tls = address, is_tls

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), TIMEOUT_S)
        if self._is_tls:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def fetch(url: str, max_bytes: int | None = None) -> FileData:
    """Get a file from the web into the cache.

    Raises
    ------
    WireError
        It is no public http(s) address, too large, or cannot be had.
    """
    limit = min(max_bytes or MAX_BYTES, MAX_BYTES)
    for _ in range(MAX_REDIRECTS + 1):
        parts = urlsplit(url)
        try:
            port = parts.port or (443 if parts.scheme == "https" else 80)
        except ValueError:
            raise WireError(f"{url!r} is not an address") from None
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise WireError(f"{url!r} is not an http(s) address")
        connection = _Pinned(parts.hostname, port, _resolved(parts.hostname, port), is_tls=parts.scheme == "https")
        try:
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("GET", target, headers={"User-Agent": "nbblocks", "Accept-Encoding": "identity"})
            answer = connection.getresponse()
            if answer.status in (301, 302, 303, 307, 308) and answer.headers.get("Location"):
                url = urljoin(url, answer.headers["Location"])
                continue
            if answer.status != 200:
                raise WireError(f"{url!r} answered {answer.status}")
            content = answer.read(limit + 1)
        except (OSError, http.client.HTTPException) as error:
            raise WireError(f"{url!r} cannot be fetched: {type(error).__name__}") from error
        finally:
            connection.close()
        if len(content) > limit:
            raise WireError(f"{url!r} is larger than {limit} bytes")
        name = PurePosixPath(unquote(parts.path)).name or "file"
        known = FileData.of(keep_bytes(content, name))
        known.mime_type = (
            answer.headers.get_content_type() if "Content-Type" in answer.headers else None
        ) or known.mime_type
        return known
    raise WireError(f"{url!r} redirects too often")
