"""Files at addresses on the web, fetched where a handler needs their bytes.

An address can come from a person, by way of a handler that shows what it was given. So only hosts on the public
internet are asked, by the very address that was looked up, and redirections are looked up again.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from ..exceptions import Error
from .files import keep_bytes

__all__ = ["downloaded", "is_url"]

LIMIT_BYTES = 1 << 30
REDIRECTS = 5
TIMEOUT_S = 30
_REDIRECTING = (301, 302, 303, 307, 308)


def is_url(text: str) -> bool:
    """Whether it is an address that a browser opens.

    Examples
    --------
    >>> is_url("https://example.org/a.wav"), is_url("C:/a.wav")
    (True, False)
    """
    return text.startswith(("http://", "https://"))


def downloaded(url: str) -> Path:
    """The file at an address, in the cache.

    Raises
    ------
    Error
        It cannot be had: the user is told.
    """
    at = url
    try:
        for _ in range(REDIRECTS):
            status, location, content = _get(at)
            if status in _REDIRECTING and location:
                at = urljoin(at, location)
                continue
            if status != 200:
                raise Error(f"{_host(url)} answers {status} to {url}", print_exception=False)
            return Path(keep_bytes(content, Path(urlsplit(url).path).name or "file"))
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Error(f"{url} cannot be fetched: {error}", print_exception=False) from None
    raise Error(f"{url} cannot be fetched: it redirects too often", print_exception=False)


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


def _get(url: str) -> tuple[int, str | None, bytes]:
    parts = urlsplit(url)
    if not is_url(url) or not parts.hostname:
        raise ValueError(f"{url} is no address of a file")
    is_secure = parts.scheme == "https"
    address = _public_address(parts.hostname, parts.port or (443 if is_secure else 80))
    connection = _Pinned(parts.hostname, parts.port, address, is_secure)
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", target, headers={"User-Agent": "nbblocks", "Accept": "*/*"})
        answer = connection.getresponse()
        content = answer.read(LIMIT_BYTES + 1)
        if len(content) > LIMIT_BYTES:
            raise ValueError(f"it is larger than {LIMIT_BYTES} bytes")
        return answer.status, answer.getheader("Location"), content
    finally:
        connection.close()


def _public_address(host: str, port: int) -> str:
    """One of a host's addresses, all of which must be on the public internet."""
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for address in found:
        ip = ipaddress.ip_address(address.partition("%")[0])
        inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None) or ip
        if not (ip.is_global and inner.is_global) or ip.is_multicast:
            raise ValueError(f"{host} is not on the public internet")
    return found[0]


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was looked up, under the host's name."""

    def __init__(self, host: str, port: int | None, address: str, is_secure: bool) -> None:
        super().__init__(host, port or (443 if is_secure else 80), timeout=TIMEOUT_S)
        self._address, self._is_secure = address, is_secure

    def connect(self) -> None:
        """Open it."""
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._is_secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
