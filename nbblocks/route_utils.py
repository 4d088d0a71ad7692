"""What programs and test suites for Gradio import from `gradio.route_utils`."""

from __future__ import annotations

import hmac
import re
import unicodedata
from typing import Any
from urllib.parse import urlsplit

from .session import Request
from .session.oauth import Header

__all__ = [
    "API_PREFIX",
    "Header",
    "Request",
    "compare_passwords_securely",
    "get_api_call_path",
    "get_first_header_value",
    "get_request_origin",
    "get_root_url",
    "slugify",
    "starts_with_protocol",
]

#: Where the endpoints of an app begin.
API_PREFIX = "/gradio_api"

_PROTOCOL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://|[/\\\\]{2}")


def get_first_header_value(request: Any, header_name: str) -> str | None:
    """What the outermost of several proxies wrote into a header; None: nothing.

    Parameters
    ----------
    request : starlette.requests.Request
        What was asked.
    header_name : str
        Name of the header.
    """
    value = request.headers.get(header_name)
    return value.split(",")[0].strip() if value else None


def _asked(request: Any, route_path: str) -> str:
    """Address below which a route was asked: by the proxy's words, or as the server has it."""
    host, scheme = (get_first_header_value(request, f"x-forwarded-{name}") for name in ("host", "proto"))
    url = f"http://{host}" if host else str(request.url).partition("?")[0].rstrip("/")
    if not host:
        url = url.removesuffix(route_path.rstrip("/")) if route_path.rstrip("/") else url
    return f"{scheme}://{url.partition('://')[2]}" if scheme else url


def get_request_origin(request: Any, route_path: str) -> Any:
    """Address of the app that a request asked, as an `httpx.URL` without a slash at its end.

    Parameters
    ----------
    request : starlette.requests.Request
        What was asked.
    route_path : str
        Path of the route that answers, below the app's own address.
    """
    import httpx

    return httpx.URL(_asked(request, route_path).rstrip("/"))


def get_root_url(request: Any, route_path: str, root_path: str | None) -> str:
    """Public address of the app that a request asked, without a slash at its end.

    Parameters
    ----------
    request : starlette.requests.Request
        What was asked.
    route_path : str
        Path of the route that answers, below the app's own address.
    root_path : str, optional
        Where the app is for others: an address, which is the answer, or its path.
    """
    if root_path and re.match("https?://", root_path):
        return root_path.rstrip("/")
    url = _asked(request, route_path).rstrip("/")
    path = (root_path or "").strip("/")
    return f"{url}/{path}" if path and urlsplit(url).path.strip("/") != path else url


def get_api_call_path(request: Any) -> str:
    """The part of an address that names a call: the queue's entrance, or the endpoint.

    Parameters
    ----------
    request : starlette.requests.Request
        What was asked.

    Raises
    ------
    ValueError
        The address is not one of a call.
    """
    url = str(request.url).partition("?")[0].partition("%3F")[0]  # some proxies quote what begins the query
    queue = f"{API_PREFIX}/queue/join"
    if url.endswith(queue):
        return queue
    _, call, name = url.partition(f"{API_PREFIX}/call/")
    if not call:
        raise ValueError(f"get_api_call_path: {url!r} names neither {queue} nor an endpoint below {API_PREFIX}/call/")
    return f"{call}{name}"


def slugify(value: object) -> str:
    """A text as part of an address.

    Parameters
    ----------
    value : object
        The text.

    Examples
    --------
    >>> slugify("Crème  brûlée!")
    'creme-brulee'
    """
    text = unicodedata.normalize("NFKD", str(value)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", text)).strip("-_")


def compare_passwords_securely(input_password: str, correct_password: str) -> bool:
    """Whether two passwords are equal, in a time that does not tell where they differ.

    Parameters
    ----------
    input_password, correct_password : str
        The passwords.

    Examples
    --------
    >>> compare_passwords_securely("ä", "ä"), compare_passwords_securely("ä", "a")
    (True, False)
    """
    return hmac.compare_digest(input_password.encode(), correct_password.encode())


def starts_with_protocol(string: str) -> bool:
    r"""Whether a path names a protocol or another machine, and so is no file of this one.

    Parameters
    ----------
    string : str
        The path.

    Examples
    --------
    >>> [starts_with_protocol(text) for text in ("ftp://a", r"\\machine\share", "C:/a", "/a//b")]
    [True, True, False, False]
    """
    return _PROTOCOL.match(string) is not None
