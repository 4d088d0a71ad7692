"""Starting to serve: what is checked before, how many processes it takes, and what is said."""

from __future__ import annotations

import itertools
import os
import sys
import webbrowser

from ...blocks import Blocks, LaunchOptions
from ...blocks.options import env
from ...exceptions import DeclarationError, NotInThisHost, warn_once
from ..launch import in_notebook
from .serve import StandaloneApp
from .worker import program, this_worker
from .workers import WorkerApp, WorkersApp

__all__ = ["serve"]

_launches = itertools.count()


def serve(blocks: Blocks, options: LaunchOptions) -> StandaloneApp:
    """Serve an app as a page and print where."""
    _check_files(options)
    named = [link for link in options.footer_links or () if isinstance(link, str) and link not in ("api", "runs")]
    if named:
        warn_once(
            "standalone.footer_links",
            f"launch(footer_links={named!r}) has no effect yet: it shows 'api', 'runs' and your own {{label, url}}",
            NotInThisHost,
        )
    app = _started(blocks, options, next(_launches))
    if not options.quiet:
        print(f"* Running on local URL:  {app.local_url}")
        if app.app.mcp is not None:
            print(f"* MCP server (streamable HTTP):  {app.local_url}gradio_api/mcp/")
        if options.enable_monitoring:
            print(f"* Monitoring URL:  {app.local_url}monitoring/{app.app.settings['nbblocks_monitoring_key']}")
    if options.share:
        warn_once(
            "standalone.share",
            "launch(share=True): no tunnel program is installed, so there is no public link; the local URL works. "
            "Name one in NBBLOCKS_TUNNEL",
            NotInThisHost,
        )
    if options.inbrowser and app.local_url:
        webbrowser.open(app.local_url)
    sys.stdout.flush()
    return app


def _started(blocks: Blocks, options: LaunchOptions, launch: int) -> StandaloneApp:
    """Serve it in this process, or in several."""
    worker = this_worker()
    if worker is None:
        count = _count(blocks, options)
        return WorkersApp(blocks, options, count, launch) if count > 1 else StandaloneApp(blocks, options)
    options.quiet, options.inbrowser, options.share = True, False, False  # the first process says and does these
    if launch == worker.shared.launch:
        options.prevent_thread_lock = False  # what follows in the script is the first process's
        return WorkerApp(blocks, options, worker)
    options.server_port = 0  # another launch of the same script, which the first process serves as well
    return StandaloneApp(blocks, options)


def _count(blocks: Blocks, options: LaunchOptions) -> int:
    """How many processes are to serve, as it was said or as the environment has it."""
    asked = options.num_workers if options.num_workers is not None else env("NUM_WORKERS")
    try:
        count = int(1 if asked is None else asked)
    except ValueError:
        count = 0
    if count < 1:
        raise DeclarationError(f"launch: num_workers must be a whole number from 1 on, got {asked!r}")
    why = "it runs in the kernel" if in_notebook() else blocks._one_process
    if why is None and program() is None:
        why = "it is not a script that other processes can run again"
    if count == 1 or why is None:
        return count
    warn_once("standalone.num_workers", f"launch(num_workers=…) has no effect here: {why}", NotInThisHost)
    return 1


def _check_files(options: LaunchOptions) -> None:
    """Refuse files that are not there, before anything starts."""
    if options.ssl_keyfile and not options.ssl_certfile:
        raise DeclarationError("launch: ssl_keyfile needs an ssl_certfile")
    for name in ("ssl_keyfile", "ssl_certfile", "favicon_path"):
        path = getattr(options, name)
        if path and not os.path.exists(path):
            raise DeclarationError(f"launch: {name} {str(path)!r} does not exist")
