"""Who is logged in, in the words of programs that were written for a model hub; and a header of the request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..events.injected import Injected
from .request import Request

__all__ = ["Header", "OAuthProfile", "OAuthToken"]


class OAuthProfile(dict[str, Any], Injected):
    """Who is logged in; a handler's parameter with this annotation gets it.

    Here that is who logged in by `launch(auth=…)`, and in a notebook its user: nobody is signed in with an account
    of a model hub. `OAuthProfile | None` gets None where nobody is; without `| None` the handler does not run then.

    Parameters
    ----------
    data : dict
        As OpenID Connect names it: `name`, `preferred_username`, `profile`, `picture`.

    Examples
    --------
    >>> OAuthProfile({"name": "Ada", "preferred_username": "ada"}).username
    'ada'
    """

    def __init__(self, data: dict[str, Any]) -> None:
        super().__init__(data)
        self.update(data)

    @property
    def name(self) -> str:
        """Full name."""
        return str(self.get("name", ""))

    @property
    def username(self) -> str:
        """Name of the account."""
        return str(self.get("preferred_username", ""))

    @property
    def profile(self) -> str:
        """Address of a page about them."""
        return str(self.get("profile", ""))

    @property
    def picture(self) -> str:
        """Address of a picture of them."""
        return str(self.get("picture", ""))

    @classmethod
    def of(cls, request: Request) -> OAuthProfile | None:
        """Who asks, None when nobody is logged in."""
        name = request.username
        return cls({"name": name, "preferred_username": name, "profile": "", "picture": ""}) if name else None


@dataclass
class OAuthToken(Injected):
    """A token of a model hub; there is none here, so a parameter annotated `OAuthToken | None` gets None.

    Parameters
    ----------
    token : str
        The token.
    scope : str
        What it allows.
    expires_at : int
        When it ends, in seconds since 1970.
    """

    token: str
    scope: str
    expires_at: int


class Header(str, Injected):
    """A header of the viewer's request: a parameter with this annotation gets the one of its name, `_` for `-`.

    Examples
    --------
    >>> Header("Bearer x").startswith("Bearer")
    True
    """

    __slots__ = ()

    @classmethod
    def of(cls, request: Request, parameter: str) -> Header | None:
        """The header that a parameter is named after, None when the request has none."""
        wanted = parameter.replace("_", "-").lower()
        found = next((v for k, v in request.headers.items() if k.lower() == wanted), None)
        return cls(found) if found is not None else None
