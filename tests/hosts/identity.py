"""Logins of the tests: each request says who it is of, as a proxy in front of the server would."""

from __future__ import annotations

from typing import Any

from jupyter_server.auth.identity import IdentityProvider, User

__all__ = ["HEADER", "NamedByHeader"]

HEADER = "X-Tests-User"


class NamedByHeader(IdentityProvider):
    """Who asks is named in a header."""

    async def get_user(self, handler: Any) -> User | None:
        """Who asks; None: nobody that is known."""
        name = handler.request.headers.get(HEADER)
        return User(username=name) if name else None
