"""Who may come in: `launch(auth=…)` on jupyter_server's identity provider."""

from __future__ import annotations

import asyncio
import hmac
import inspect
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from jupyter_server.auth.identity import IdentityProvider, User
from traitlets import Any as AnyTrait
from traitlets import default

from ...exceptions import DeclarationError

__all__ = ["COOKIE", "BlocksIdentity", "Passwords", "RateLimit"]

COOKIE = "nbblocks-user"
COOKIE_DAYS = 7


class Passwords:
    """Checks a name and a password.

    Parameters
    ----------
    auth : (str, str), list of them, or callable
        As `launch` takes it.
    """

    def __init__(self, auth: Any) -> None:
        self._check: Callable[[str, str], Any] | None = auth if callable(auth) else None
        self._pairs: dict[str, str] = {}
        if self._check is None:
            pairs: Sequence[Any] = [auth] if isinstance(auth, tuple) else list(auth)
            for pair in pairs:
                if not (isinstance(pair, (tuple, list)) and len(pair) == 2 and all(isinstance(p, str) for p in pair)):
                    raise DeclarationError("launch: auth must be (user, password), a list of such pairs, or a function")
                self._pairs[pair[0]] = pair[1]

    async def are_right(self, user: str, password: str) -> bool:
        """Whether this person may come in; takes as long for an unknown name as for a wrong password."""
        if self._check is not None:
            if inspect.iscoroutinefunction(self._check):
                return bool(await self._check(user, password))
            return bool(await asyncio.to_thread(self._check, user, password))
        matches = False
        for known_user, known_password in self._pairs.items():
            same_user = hmac.compare_digest(known_user.encode(), user.encode())
            same_password = hmac.compare_digest(known_password.encode(), password.encode())
            matches |= same_user and same_password
        return matches


class RateLimit:
    """Few wrong tries an address in a while.

    Parameters
    ----------
    tries : int
        That many are free.
    per_s : float
        In so many seconds.
    """

    def __init__(self, tries: int = 10, per_s: float = 60.0) -> None:
        self._tries, self._per_s = tries, per_s
        self._wrong: OrderedDict[str, list[float]] = OrderedDict()

    def is_over(self, address: str) -> bool:
        """Whether this address must wait."""
        since = time.monotonic() - self._per_s
        recent = [t for t in self._wrong.get(address, ()) if t > since]
        return len(recent) >= self._tries

    def was_wrong(self, address: str) -> None:
        """A try of this address failed."""
        since = time.monotonic() - self._per_s
        self._wrong[address] = [t for t in self._wrong.get(address, ()) if t > since] + [time.monotonic()]
        self._wrong.move_to_end(address)
        while len(self._wrong) > 10_000:
            self._wrong.popitem(last=False)


class BlocksIdentity(IdentityProvider):
    """Everyone is a guest without `auth`; with it, whoever holds the signed cookie."""

    passwords = AnyTrait(None, allow_none=True)
    dependency = AnyTrait(None, allow_none=True)

    @default("token")
    def _no_token(self) -> str:
        self.token_generated = False
        return ""

    @property
    def auth_enabled(self) -> bool:
        """Whether anyone must log in."""
        return self.passwords is not None or self.dependency is not None

    login_available = property(lambda self: False)
    logout_available = property(lambda self: False)

    async def get_user(self, handler: Any) -> User | None:
        """Who asks, or None."""
        if self.dependency is not None:
            from .page import anonymous_request_of

            found = self.dependency(anonymous_request_of(handler))
            found = await found if inspect.isawaitable(found) else found
            return User(username=str(found)) if found is not None else None
        if self.passwords is None:
            return User(username="guest")
        cookie = handler.get_signed_cookie(COOKIE, max_age_days=COOKIE_DAYS)
        return User(username=cookie.decode()) if cookie else None

    def should_check_origin(self, handler: Any) -> bool:
        """Always."""
        return True

    def is_token_authenticated(self, handler: Any) -> bool:
        """Never: there are no tokens."""
        return False
