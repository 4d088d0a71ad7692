"""Files from the web, fetched once into the cache: only from public addresses, and only for the app's author."""

from __future__ import annotations

import hashlib
import http.client
import ipaddress
import socket
import ssl
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from ..exceptions import BlocksError
from .files import cache_dir, cached_path, clean_name

__all__ = ["FetchError", "keep_url"]

TIMEOUT_S = 15.0
MAX_BYTES = 1 << 30
MAX_REDIRECTS = 5


class FetchError(BlocksError):
    """A file on the web cannot be had."""


def keep_url(url: str) -> str:
    """Fetch a file from the web into the cache; the path. A URL is fetched once.

    Raises
    ------
    FetchError
        It cannot be had, is not on the web, or is too large.
    """
    digest = hashlib.sha256(url.encode()).hexdigest()
    name = clean_name(unquote(urlsplit(url).path).rpartition("/")[2] or "file")
    target = cache_dir() / digest[:32] / name
    if target.exists():
        return str(target)
    try:
        return str(_fetched(url, digest, name))
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise FetchError(f"{url} cannot be fetched: {error}") from error


def _fetched(url: str, digest: str, name: str) -> Path:
    for _ in range(MAX_REDIRECTS + 1):
        connection = _connected(url)
        try:
            parts = urlsplit(url)
            asked = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("GET", asked, headers={"User-Agent": "nbblocks", "Accept": "*/*"})
            answer = connection.getresponse()
            if answer.status in (301, 302, 303, 307, 308) and answer.getheader("Location"):
                url = urljoin(url, str(answer.getheader("Location")))
                continue
            if answer.status != 200:
                raise ValueError(f"the server answered {answer.status} {answer.reason}")
            return _written(answer, digest, name)
        finally:
            connection.close()
    raise ValueError("it is redirected without end")


def _written(answer: http.client.HTTPResponse, digest: str, name: str) -> Path:
    target = cached_path(digest, name)
    part = target.with_name(f".{target.name}.part")
    size_bytes = 0
    try:
        with part.open("wb") as out:
            while block := answer.read(1 << 18):
                size_bytes += len(block)
                if size_bytes > MAX_BYTES:
                    raise ValueError(f"it is larger than {MAX_BYTES} bytes")
                out.write(block)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return target


def _connected(url: str) -> http.client.HTTPConnection:
    """A connection to the very address that was looked at, so that a name cannot lead elsewhere meanwhile."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("it is no address on the web")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    for *_, address in found:
        if not _is_public(str(address[0])):
            raise ValueError(f"{parts.hostname} is on a private network")
    reached = socket.create_connection((str(found[0][4][0]), port), timeout=TIMEOUT_S)
    connection = http.client.HTTPConnection(parts.hostname, port, timeout=TIMEOUT_S)
    if parts.scheme == "https":
        reached = ssl.create_default_context().wrap_socket(reached, server_hostname=parts.hostname)
    connection.sock = reached
    return connection


def _is_public(address: str) -> bool:
    """Whether an address is one of the internet's, not of this machine or its networks.

    Examples
    --------
    >>> _is_public("127.0.0.1"), _is_public("169.254.169.254"), _is_public("::ffff:10.0.0.1"), _is_public("8.8.8.8")
    (False, False, False, True)
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None)
    ip = mapped or ip
    return ip.is_global and not ip.is_multicast
