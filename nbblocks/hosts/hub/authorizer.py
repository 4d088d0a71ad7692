"""Sharing apps without sharing the server.

A Jupyter server gives everyone who may come in everything: kernels, files, terminals. With `AppsOnlyAuthorizer` only
its owner has that; others have the apps that the owner shares.
"""

from __future__ import annotations

import os
import re
from typing import Any

from jupyter_server.auth.authorizer import Authorizer
from jupyter_server.auth.identity import User
from jupyter_server.utils import ensure_async
from tornado import web
from traitlets import Set, Unicode

__all__ = ["RESOURCE", "AppsOnlyAuthorizer", "guard"]

RESOURCE = "nbblocks"
ACTIONS = ("read", "write")  #: never "execute"


class AppsOnlyAuthorizer(Authorizer):
    """The owner may do everything, everyone else may use shared apps and nothing besides.

    Examples
    --------
    In `jupyter_server_config.py`, or in a hub's configuration for the servers that it starts::

        c.ServerApp.authorizer_class = "nbblocks.hosts.hub.authorizer.AppsOnlyAuthorizer"
    """

    owners = Set(Unicode(), help="Names of those who may do everything; on a hub, the one whose server it is.").tag(
        config=True
    )

    def _default_owners(self) -> set[str]:
        hub_user = os.environ.get("JUPYTERHUB_USER")
        return {hub_user} if hub_user else set()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not self.owners:
            self.owners = self._default_owners()
        if not self.owners:
            raise ValueError("AppsOnlyAuthorizer: nobody is named in c.AppsOnlyAuthorizer.owners, and there is no hub")

    def is_owner(self, user: User) -> bool:
        """Whether it is somebody who may do everything."""
        return user.username in self.owners

    def is_authorized(self, handler: Any, user: User, action: str, resource: str) -> bool:
        """Whether somebody may do something with something of the server."""
        return self.is_owner(user) or (resource == RESOURCE and action in ACTIONS)


def guard(server: Any) -> None:
    """Close to others what never asks an authorizer.

    Many routes of extensions (settings, workspaces, proxies to other ports) only ask that somebody is logged in. With
    an `AppsOnlyAuthorizer`, somebody who is no owner is logged in at the apps' addresses alone.
    """
    authorizer, provider = server.authorizer, server.identity_provider
    if not isinstance(authorizer, AppsOnlyAuthorizer):
        return
    apps = re.compile(re.escape(server.base_url.rstrip("/")) + r"/nbblocks/")
    known = provider.get_user

    async def get_user(handler: Any) -> User | None:
        user: User | None = await ensure_async(known(handler))
        if user is None or authorizer.is_owner(user) or apps.match(handler.request.path):
            return user
        method = getattr(handler, str(handler.request.method).lower(), None)
        if getattr(method, "__allow_unauthenticated", False):
            return None
        handler.current_user = handler._jupyter_current_user = None  # the page that says why asks for it
        raise web.HTTPError(403, reason="Only apps are shared here")

    provider.get_user = get_user
