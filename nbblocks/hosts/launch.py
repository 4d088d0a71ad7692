"""Choose the host that shows an app."""

from __future__ import annotations

import sys
from typing import Any

from ..blocks import Blocks, LaunchOptions
from ..blocks.app import Running
from ..exceptions import BlocksError, NotInThisHost, warn_once

__all__ = ["NOT_YET", "STANDALONE_ONLY", "in_notebook", "ipython_shell", "launch", "notebook"]

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
    "head": "it has no page of its own",
    "inbrowser": "it has no page of its own",
    "footer_links": "it has no footer",
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

#: Parameters that a later version brings to life, in any host; a launch that gives one is told so.
NOT_YET = {
    "run_history": "past runs are not kept",
    "i18n": "texts are shown as they are",
}


def ipython_shell() -> Any:
    """IPython's shell, or None: the package is looked up, never imported, for a plain script must not pay for it."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython is not None else None


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


def launch(blocks: Blocks, options: LaunchOptions) -> Running:
    """Show an app inline or standalone."""
    if options.inline is None:
        options.inline = in_notebook()
    if options.inline and not in_notebook():
        warn_once(
            "launch.inline",
            "launch(inline=True): there is no notebook here; the app is served as a page",
            NotInThisHost,
        )
        options.inline = False
    for name, instead in NOT_YET.items():
        if getattr(options, name):
            warn_once(f"launch.{name}", f"launch({name}=…) has no effect yet: {instead}", NotInThisHost)
    if options.inline:
        from .inline import show

        if not options.strict_cors:
            warn_once(
                "inline.strict_cors",
                "launch(strict_cors=…) has no effect inline: it has no server; launch(inline=False) honours it",
                NotInThisHost,
            )

        for name, why in STANDALONE_ONLY.items():
            if getattr(options, name):
                warn_once(
                    f"inline.{name}",
                    f"launch({name}=…) has no effect inline: {why}; launch(inline=False) honours it",
                    NotInThisHost,
                )
        if options.share:
            warn_once(
                "inline.share",
                "launch(share=True) inline makes no public link: others see the app through the notebook's own server",
                NotInThisHost,
            )
        return show(blocks, options)
    if any(getattr(block, "bind", None) for block in blocks.blocks.values()):
        warn_once("standalone.bind", "bind=… has no effect on a page of its own: it has no kernel", NotInThisHost)
    from .standalone import serve

    if blocks.running is not None:  # made unseen for a widget of one of its components
        blocks.running.close()
    return serve(blocks, options)
