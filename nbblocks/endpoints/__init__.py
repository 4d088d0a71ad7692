"""The app for programs: what its endpoints are, and calls of them."""

from .calls import ApiEvent, ClientSession, InvalidCallError, QueueFullError
from .client import Clients
from .files import PublicFiles
from .info import api_info_of

__all__ = ["ApiEvent", "ClientSession", "Clients", "InvalidCallError", "PublicFiles", "QueueFullError", "api_info_of"]
