"""`%%blocks`: a cell whose components are an app."""

from __future__ import annotations

import ast
import shlex
from typing import Any

from ..blocks import Blocks
from ..exceptions import DeclarationError

__all__ = ["blocks_cell", "load_ipython_extension", "unload_ipython_extension"]

#: Calls that make an app themselves: a cell with one of them is run as it is.
_APPS = frozenset({"Blocks", "Interface", "ChatInterface", "TabbedInterface"})


def _makes_an_app(source: str) -> bool:
    calls = (node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return any(getattr(f, "attr", None) in _APPS or getattr(f, "id", None) in _APPS for f in calls)


def blocks_cell(shell: Any, line: str, cell: str) -> None:
    """Run a cell as the inside of an app, and show the app.

    Parameters
    ----------
    shell : InteractiveShell
        Whose cell it is.
    line : str
        The rest of the magic's line: a name for the app, `demo` without one, and options of `launch` as `--height 300`.
    cell : str
        The code. Where it makes an app itself, that one is shown.
    """
    name, options = _read(line)
    source = shell.transform_cell(cell)
    if _makes_an_app(source):
        before = {id(v) for v in shell.user_ns.values() if isinstance(v, Blocks) and v.is_running}
        _run(shell, source)
        apps = [v for v in shell.user_ns.values() if isinstance(v, Blocks)]
        shown = [app for app in apps if app.is_running and id(app) not in before]
        if not shown and apps:
            apps[-1].launch(inline=True, **options)
        return
    app = Blocks()
    shell.user_ns[name] = app
    with app:
        _run(shell, source)
    app.launch(inline=True, **options)


def _run(shell: Any, source: str) -> None:
    exec(compile(source, "<blocks cell>", "exec"), shell.user_ns)  # the user's own cell


def _read(line: str) -> tuple[str, dict[str, Any]]:
    """The app's name and the options of a magic's line.

    Examples
    --------
    >>> _read("app --height 300 --debug")
    ('app', {'height': 300, 'debug': True})
    """
    name, options = "demo", {}
    words = shlex.split(line)
    while words:
        word = words.pop(0)
        if not word.startswith("-"):
            name = word
            continue
        value: Any = True
        if words and not words[0].startswith("-"):
            try:
                value = ast.literal_eval(words[0])
            except (ValueError, SyntaxError):
                value = words[0]
            words.pop(0)
        options[word.lstrip("-").replace("-", "_")] = value
    if not name.isidentifier():
        raise DeclarationError(f"%%blocks: {name!r} can be no variable")
    return name, options


def load_ipython_extension(shell: Any) -> None:
    """Make `%%blocks` known: `%load_ext nbblocks`."""
    shell.register_magic_function(lambda line, cell: blocks_cell(shell, line, cell), "cell", "blocks")


def unload_ipython_extension(shell: Any) -> None:
    """Forget `%%blocks`."""
    shell.magics_manager.magics["cell"].pop("blocks", None)
