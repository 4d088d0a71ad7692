"""Who asks, as the Jupyter server has found out: nothing that the visitor sent says it."""

from __future__ import annotations

import getpass
import os
from typing import Any

from jupyter_server.auth.identity import User
from traitlets import Bool

from ..standalone.identity import BlocksIdentity

__all__ = ["RelayedIdentity"]


class RelayedIdentity(BlocksIdentity):
    """The server's own user, handed over beside the request.

    Parameters
    ----------
    is_shared : bool
        Whether others than the server's owner may come in.
    """

    is_shared = Bool(False)

    async def get_user(self, handler: Any) -> User | None:
        """Who asks; None when that person may not."""
        viewer = getattr(handler.request.connection.context, "viewer", None)
        if not viewer or not (viewer["is_owner"] or self.is_shared):
            return None
        return User(username=viewer["name"] or own_name() or "guest")


def own_name() -> str | None:
    """The owner, where the server knows nobody by name."""
    try:
        return os.environ.get("JUPYTERHUB_USER") or getpass.getuser()
    except (KeyError, OSError):
        return None
