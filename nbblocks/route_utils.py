"""What programs and test suites for Gradio import from `gradio.route_utils`."""

from .session import Request
from .session.oauth import Header

__all__ = ["API_PREFIX", "Header", "Request"]

#: Where the endpoints of an app begin.
API_PREFIX = "/gradio_api"
