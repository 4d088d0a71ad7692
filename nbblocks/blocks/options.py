"""What `launch()` and `queue()` were told."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from ..exceptions import DeclarationError

__all__ = ["LaunchOptions", "QueueOptions", "env", "parse_size"]

_UNITS = {"b": 1, "kb": 1 << 10, "mb": 1 << 20, "gb": 1 << 30, "tb": 1 << 40}


def env(name: str) -> str | None:
    """The value of `NBBLOCKS_<name>`, or of `GRADIO_<name>`."""
    return os.environ.get(f"NBBLOCKS_{name}") or os.environ.get(f"GRADIO_{name}")


def parse_size(size: int | str | None) -> int | None:
    """A size in bytes from a number or a text such as `"5mb"`.

    Examples
    --------
    >>> parse_size("5 MB")
    5242880
    """
    if size is None or isinstance(size, int):
        return size
    text = size.replace(" ", "").lower()
    for unit in ("tb", "gb", "mb", "kb", "b"):
        if text.endswith(unit):
            try:
                return int(float(text[: -len(unit)]) * _UNITS[unit])
            except ValueError:
                break
    raise DeclarationError(f"max_file_size must be bytes or a text such as '5mb', got {size!r}")


@dataclass
class QueueOptions:
    """How events wait.

    Parameters
    ----------
    status_update_rate : float or "auto"
        Seconds between news of the position in the queue; "auto": whenever a job ends.
    api_open : bool, optional
        Whether API calls may skip the queue.
    max_size : int, optional
        Most events waiting.
    default_concurrency_limit : int or None
        Limit of listeners that give none; None: no limit.
    executor : concurrent.futures.Executor, optional
        Runs the handlers.
    """

    status_update_rate: float | Literal["auto"] = "auto"
    api_open: bool | None = None
    max_size: int | None = None
    default_concurrency_limit: int | None = 1
    executor: Any = None


@dataclass
class LaunchOptions:
    """What `launch()` was told; its parameters are described there."""

    inline: bool | None = None
    inbrowser: bool = False
    share: bool | None = None
    debug: bool = False
    max_threads: int = 40
    auth: Any = None
    auth_message: str | None = None
    prevent_thread_lock: bool = False
    show_error: bool = False
    server_name: str | None = None
    server_port: int | None = None
    height: int | None = None
    width: int | str = "100%"
    favicon_path: str | os.PathLike[str] | None = None
    ssl_keyfile: str | None = None
    ssl_certfile: str | None = None
    ssl_keyfile_password: str | None = None
    ssl_verify: bool = True
    quiet: bool = False
    footer_links: list[Any] | None = None
    run_history: bool | None = None
    allowed_paths: Sequence[str] = ()
    blocked_paths: Sequence[str] = ()
    root_path: str | None = None
    app_kwargs: dict[str, Any] = field(default_factory=dict)
    state_session_capacity: int = 10000
    max_file_size: int | None = None
    enable_monitoring: bool | None = None
    strict_cors: bool = True
    ssr_mode: bool | None = None
    num_workers: int | None = None
    pwa: bool | None = None
    mcp_server: bool | None = None
    i18n: Any = None
    theme: Any = None
    css: str = ""
    js: str | None = None
    head: str = ""
    auth_dependency: Callable[..., Any] | None = None

    @property
    def keeps_runs(self) -> bool:
        """Whether the browser keeps past runs: as it was said, else where the footer may show them."""
        if self.run_history is not None:
            return self.run_history
        asked = (env("RUN_HISTORY") or "").lower()
        return asked in ("1", "true") if asked else self.footer_links is None or "runs" in self.footer_links

    @property
    def has_mcp(self) -> bool:
        """Whether the endpoints are served as tools, too: as it was said, else as the environment has it."""
        asked = self.mcp_server
        return (env("MCP_SERVER") or "").lower() in ("1", "true") if asked is None else asked
