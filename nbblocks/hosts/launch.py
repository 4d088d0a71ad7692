"""Choose the host that shows an app."""

from __future__ import annotations

import os
import sys
from typing import Any

from ..blocks import Blocks, LaunchOptions
from ..blocks.app import Running
from ..dispatch import main_thread
from ..exceptions import BlocksError, NotInThisHost, warn_once

__all__ = [
    "STANDALONE_ONLY",
    "cell_key",
    "cell_parent",
    "in_notebook",
    "ipython_shell",
    "keep_own_subshell",
    "launch",
    "notebook",
    "run_key",
]

#: Parameters that only a page of its own can honour.
STANDALONE_ONLY = {
    "auth": "the notebook's own login guards it",
    "auth_dependency": "the notebook's own login guards it",
    "auth_message": "the notebook's own login guards it",
    "server_name": "it has no server",
    "server_port": "it has no server",
    "ssl_keyfile": "it has no server",
    "ssl_certfile": "it has no server",
    "root_path": "it has no server",
    "favicon_path": "it has no page of its own",
    "inbrowser": "it has no page of its own",
    "footer_links": "it has no footer",
    "run_history": "it has no footer to show past runs under",
    "pwa": "it has no page of its own",
    "num_workers": "it runs in the kernel",
    "mcp_server": "it has no server",
    "app_kwargs": "it has no server",
    "ssl_keyfile_password": "it has no server",
    "ssr_mode": "it has no page of its own",
    "enable_monitoring": "it has no server",
    "allowed_paths": "it has no server",
    "blocked_paths": "it has no server",
}

#: Those of them that the page honours which the Jupyter server shows of an app in a cell.
OF_A_PAGE = {
    "favicon_path",
    "footer_links",
    "run_history",
    "mcp_server",
    "pwa",
    "ssr_mode",
    "allowed_paths",
    "blocked_paths",
}

#: Those that ask for a server of the app's own.
OF_A_SERVER = ("auth", "auth_dependency", "server_name", "server_port", "ssl_keyfile", "ssl_certfile", "root_path")


def ipython_shell() -> Any:
    """IPython's shell, or None: the package is looked up, never imported, for a plain script must not pay for it."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython is not None else None


def keep_own_subshell(comm: Any) -> None:
    """Let the page's messages go to the subshell that the Jupyter server or its page chose for them.

    ipykernel 7.4 sends them to the loop that last published on the comm; the cell that opened it did, so the first
    ones would wait for every cell that runs. Private to ipykernel: where it is not there, publishing in the context of
    the page's last message (`inline.Display._send`) does the same from the second message on.
    """
    if hasattr(comm, "_reply_subshell_for"):
        comm._reply_subshell_for = lambda data, default: default


def cell_parent() -> dict[str, Any]:
    """The message that asked for the cell that runs."""
    shell = ipython_shell()
    parent = shell.get_parent() if shell is not None and hasattr(shell, "get_parent") else {}
    return parent or {}


def cell_key() -> str:
    """The cell that runs, as its notebook names it."""
    metadata = cell_parent().get("metadata") or {}
    vscode = metadata.get("vscode") or {}
    return str(metadata.get("cellId") or vscode.get("cellId") or metadata.get("cell_id") or "")


def run_key() -> str:
    """The run of it, as its notebook names it."""
    return str((cell_parent().get("header") or {}).get("msg_id") or "")


def in_notebook() -> bool:
    """Whether this process is the kernel of a notebook."""
    return getattr(ipython_shell(), "kernel", None) is not None


def notebook(is_asked: bool = True) -> Any:
    """The host that shows a component in a cell; None where there is no notebook.

    Raises
    ------
    BlocksError
        There is no notebook, and one was asked for.
    """
    if not in_notebook():
        if is_asked:
            raise BlocksError("there is no notebook here: a component has a widget in a kernel's process only")
        return None
    from . import inline

    return inline


def _is_on_hub(options: LaunchOptions) -> bool:
    """Whether the kernel's own Jupyter server is to show the app as a page."""
    if not in_notebook():
        return False
    if os.environ.get("NBBLOCKS_PROGRAM"):  # it was started to show this app, whatever the notebook says
        return True
    is_asked = options.inline is False and bool(os.environ.get("NBBLOCKS_SERVER_URL"))
    return is_asked and not any(getattr(options, name) for name in OF_A_SERVER)


def _warn_of(instead: dict[str, str], options: LaunchOptions) -> None:
    """Say of parameters that were given that they have no effect in a cell, and why."""
    for name, why in instead.items():
        if getattr(options, name):
            warn_once(
                f"inline.{name}",
                f"launch({name}=…) has no effect inline: {why}; launch(inline=False) honours it",
                NotInThisHost,
            )


def launch(blocks: Blocks, options: LaunchOptions) -> Running:
    """Show an app inline or standalone."""
    main_thread().attach()
    if _is_on_hub(options):
        from .hub.kernel import serve as serve_on_hub

        return serve_on_hub(blocks, options)
    if "marimo" in sys.modules and options.inline is not False:
        from .marimo import in_marimo
        from .marimo import show as show_in_marimo

        if in_marimo():
            options.inline = True
            _warn_of(STANDALONE_ONLY, options)
            return show_in_marimo(blocks, options)
    if options.inline is None:
        options.inline = in_notebook()
    if options.inline and not in_notebook():
        warn_once(
            "launch.inline",
            "launch(inline=True): there is no notebook here; the app is served as a page",
            NotInThisHost,
        )
        options.inline = False
    if options.inline:
        from .inline import show

        if not options.strict_cors:
            warn_once(
                "inline.strict_cors",
                "launch(strict_cors=…) has no effect inline: it has no server; launch(inline=False) honours it",
                NotInThisHost,
            )

        is_page_too = bool(os.environ.get("NBBLOCKS_SERVER_URL"))  # the Jupyter server shows what runs in this kernel
        named = STANDALONE_ONLY.items()
        _warn_of({k: why for k, why in named if not (is_page_too and k in OF_A_PAGE)}, options)
        if options.share and not is_page_too:
            warn_once(
                "inline.share",
                "launch(share=True) inline makes no public link: others see the app through the notebook's own server",
                NotInThisHost,
            )
        running = show(blocks, options)
        from .hub.kernel import offer

        offer(blocks, running, options)
        return running
    if any(getattr(block, "bind", None) for block in blocks.blocks.values()):
        warn_once("standalone.bind", "bind=… has no effect on a page of its own: it has no kernel", NotInThisHost)
    from .standalone import serve

    if blocks.running is not None:  # made unseen for a widget of one of its components
        blocks.running.close()
    return serve(blocks, options)
