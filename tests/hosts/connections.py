"""A server's own kind of connection to kernels, as an administrator may choose one."""

from __future__ import annotations

import socket
from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

__all__ = ["TellingConnection"]


class TellingConnection(ZMQChannelsWebsocketConnection):
    """Prints whether small messages are sent at once."""

    def connect(self) -> Any:
        """Open it."""
        handler: Any = self.websocket_handler
        sent_by = handler.ws_connection.stream.socket
        print(f"TCP_NODELAY is {sent_by.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)}", flush=True)
        return super().connect()
