"""What a handler's special parameters get: the request, progress, the event, who is logged in, a cache."""

from __future__ import annotations

from typing import Any

from ..events import EventData
from ..exceptions import Error
from ..tree import Block
from .call import Special
from .oauth import Header, OAuthProfile, OAuthToken
from .progress import Progress
from .request import Request

__all__ = ["made"]


def made(special: Special, request: Request, target: Block | None, payload: Any) -> Any:
    """What one of the parameters gets.

    Parameters
    ----------
    request : Request
        Who asks.
    target : Block or None
        Where the event happened.
    payload : object
        What the page told of it.

    Raises
    ------
    Error
        It needs someone who is logged in, and nobody is.
    """
    kind = special.kind
    if issubclass(kind, Request):
        return request
    if issubclass(kind, Progress):
        given = special.default if isinstance(special.default, Progress) else Progress()
        return Progress(track_tqdm=given.track_tqdm)
    if issubclass(kind, EventData):
        return kind(target, payload)
    if issubclass(kind, Header):
        return Header.of(request, special.name)
    if issubclass(kind, (OAuthProfile, OAuthToken)):
        found = OAuthProfile.of(request) if issubclass(kind, OAuthProfile) else None
        if found is None and not special.is_optional:
            raise Error("This action is for users who are logged in.", print_exception=False)
        return found
    return special.default  # one object for all calls, such as a Cache
