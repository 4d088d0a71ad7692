"""Files from the web, fetched into the cache; never from this machine's own network.

An address can come from anyone: a client names it, or a handler shows what it was given. A name is resolved once, every
address it resolves to must be public, and the connection goes to the one that was checked: a name that resolves
otherwise the next time (rebinding) changes nothing. Each redirect is checked likewise.
"""

from __future__ import annotations

import hashlib
import http.client
import ipaddress
import os
import socket
import ssl
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from ..exceptions import BlocksError
from .files import cache_dir, cached_path, clean_name

__all__ = ["FetchError", "fetch", "is_public", "is_url", "keep_url"]

TIMEOUT_S = 30.0
MAX_REDIRECTS = 5
MAX_BYTES = 1 << 30
_REDIRECTING = (301, 302, 303, 307, 308)


class FetchError(BlocksError):
    """A file on the web cannot be had."""


def is_url(text: object) -> bool:
    """Whether it is an address on the web.

    Examples
    --------
    >>> is_url("https://example.org/a.wav"), is_url("C:/a.wav"), is_url(None)
    (True, False, False)
    """
    return isinstance(text, str) and text.startswith(("http://", "https://"))


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet.

    Examples
    --------
    >>> is_public("8.8.8.8"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1"), is_public("64:ff9b::7f00:1")
    (True, False, False, False)
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if found in ipaddress.ip_network("64:ff9b::/96") or found in ipaddress.ip_network("64:ff9b:1::/48"):
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def fetch(url: str, max_bytes: int | None = None) -> Path:
    """Fetch a file into the cache, in a folder named by its content's hash.

    Raises
    ------
    FetchError
        It cannot be had, is not on the public web, or is too large.
    """
    digest = hashlib.sha256()
    part = _downloaded(url, max_bytes, digest)
    target = cached_path(digest.hexdigest(), _name(url))
    part.replace(target)
    return target


def keep_url(url: str) -> str:
    """Fetch a file into the cache, once for each address; the path. Raises as `fetch`."""
    key = hashlib.sha256(url.encode())
    target = cache_dir() / key.hexdigest()[:32] / clean_name(_name(url))
    if not target.exists():
        _downloaded(url, None, hashlib.sha256()).replace(cached_path(key.hexdigest(), _name(url)))
    return str(target)


def _name(url: str) -> str:
    return unquote(urlsplit(url).path).rpartition("/")[2] or "file"


def _downloaded(url: str, max_bytes: int | None, digest: hashlib._Hash) -> Path:
    at = url
    try:
        for _ in range(MAX_REDIRECTS + 1):
            connection = _connection(at)
            try:
                parts = urlsplit(at)
                asked = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
                connection.request("GET", asked, headers={"User-Agent": "nbblocks", "Accept-Encoding": "identity"})
                answer = connection.getresponse()
                location = answer.getheader("Location")
                if answer.status in _REDIRECTING and location:
                    at = urljoin(at, location)
                    continue
                if answer.status != 200:
                    raise ValueError(f"the server answers {answer.status}")
                return _written(answer, min(max_bytes or MAX_BYTES, MAX_BYTES), digest)
            finally:
                connection.close()
        raise ValueError("it redirects too often")
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise FetchError(f"{url} cannot be fetched: {error}") from error


def _written(answer: http.client.HTTPResponse, limit: int, digest: hashlib._Hash) -> Path:
    folder = cache_dir() / "uploads"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = folder / f"{os.urandom(16).hex()}.part"
    size_bytes = 0
    try:
        with part.open("wb") as out:
            while block := answer.read(1 << 18):
                size_bytes += len(block)
                if size_bytes > limit:
                    raise ValueError(f"it is larger than {limit} bytes")
                digest.update(block)
                out.write(block)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return part


def _connection(url: str) -> http.client.HTTPConnection:
    parts = urlsplit(url)
    if not is_url(url) or not parts.hostname:
        raise ValueError("it is no address on the web")
    is_secure = parts.scheme == "https"
    port = parts.port or (443 if is_secure else 80)
    return _Pinned(parts.hostname, port, _public_address(parts.hostname, port), is_secure)


def _public_address(host: str, port: int) -> str:
    """One of a host's addresses, all of which must be public."""
    try:
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except UnicodeError:
        found = []
    if not found or not all(map(is_public, found)):
        raise ValueError(f"{host} is not on the public internet")
    return found[0]


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was looked up, under the host's name."""

    def __init__(self, host: str, port: int, address: str, is_secure: bool) -> None:
        super().__init__(host, port, timeout=TIMEOUT_S)
        self._address, self._is_secure = address, is_secure

    def connect(self) -> None:
        """Open it."""
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._is_secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
