"""The program `nbblocks`: run an app and restart it when it changes, see what of it is supported, look at one."""

from __future__ import annotations

import argparse
import runpy
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from . import Blocks, Button, Column, Image, Label, Row, Slider, Textbox, __version__
from .checking import Finding, check

__all__ = ["Watched", "demo", "main"]

POLL_S = 0.5
PATIENCE_S = 5.0  #: that long a stopped app may take to leave


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line says.

    Parameters
    ----------
    argv : sequence of str, optional
        Its words; None: those of this process.

    Returns
    -------
    int
        The status to leave with.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    if words and words[0].endswith(".py"):  # as `gradio app.py` is written
        name = ["--demo-name", words[1]] if words[1:] and not words[1].startswith("-") else []
        words = ["run", words[0], *name, *words[2 if name else 1 :]]
    parser = argparse.ArgumentParser(prog="nbblocks", description="Blocks apps: run one, check one, see one.")
    parser.add_argument("--version", action="version", version=f"nbblocks {__version__}")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="run an app; restart it when its files change")
    run.add_argument("path", type=Path, help="the app's script")
    run.add_argument("--demo-name", default="demo", help="the Blocks in it, where it launches none (default: demo)")
    run.add_argument("--watch-dirs", nargs="*", type=Path, default=[], help="folders whose files are watched too")
    run.add_argument("--no-reload", action="store_true", help="run it once")
    checks = commands.add_parser("check", help="say which names and parameters of an app are supported; runs nothing")
    checks.add_argument("paths", nargs="+", type=Path, help="scripts")
    shown = commands.add_parser("demo", help="a small app, to see that all works")
    shown.add_argument("--server-port", type=int)
    shown.add_argument("--server-name")
    known = parser.parse_args(words)
    if known.command == "check":
        return _check(known.paths)
    if known.command == "demo":
        demo().launch(inline=False, server_port=known.server_port, server_name=known.server_name)
        return 0
    if not known.path.is_file():
        print(f"nbblocks run: there is no file {str(known.path)!r}", file=sys.stderr)
        return 2
    if known.no_reload:
        _run(known.path, known.demo_name)
        return 0
    return _run_and_watch(known.path, known.demo_name, known.watch_dirs)


# --- run


class Watched:
    """Files of Python, and whether one of them changed.

    Parameters
    ----------
    folders : sequence of Path
        Where they are.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders
        self._seen = self._now()

    def _files(self) -> Iterator[Path]:
        for folder in self._folders:
            for path in folder.rglob("*.py"):
                parts = path.relative_to(folder).parts
                if not any(part.startswith(".") or part in ("__pycache__", "node_modules", "venv") for part in parts):
                    yield path

    def _now(self) -> dict[Path, tuple[int, int]]:
        found = {}
        for path in self._files():
            try:
                stat = path.stat()
            except OSError:  # an editor is just replacing it
                continue
            found[path] = (stat.st_mtime_ns, stat.st_size)
        return found

    def changed(self) -> Path | None:
        """A file that came, went or changed since this was asked last."""
        before, self._seen = self._seen, self._now()
        for path in before.keys() | self._seen.keys():
            if before.get(path) != self._seen.get(path):
                return path
        return None


def _run_and_watch(path: Path, name: str, folders: Sequence[Path]) -> int:
    """Run it in a process of its own, and anew after each change, until Ctrl+C."""
    watched = Watched([path.resolve().parent, *(f.resolve() for f in folders)])
    command = [sys.executable, "-u", "-m", "nbblocks", "run", str(path), "--demo-name", name, "--no-reload"]
    print(f"Watching {path.resolve().parent}", flush=True)
    child = subprocess.Popen(command)
    is_told = False
    try:
        while True:
            time.sleep(POLL_S)
            changed = watched.changed()
            if changed is not None:
                print(f"{changed.name} changed: restarting", flush=True)
                _stop(child)
                child, is_told = subprocess.Popen(command), False
            elif child.poll() is not None and not is_told:
                print(f"The app ended with status {child.returncode}; a change starts it again", flush=True)
                is_told = True
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(child)


def _stop(child: subprocess.Popen[Any]) -> None:
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _run(path: Path, name: str) -> None:
    """Run a script as itself; an app that it made and did not launch is launched."""
    sys.path.insert(0, str(path.resolve().parent))
    sys.argv = [str(path)]
    found = runpy.run_path(str(path), run_name="__main__")
    made = {key: value for key, value in found.items() if isinstance(value, Blocks)}
    if any(blocks.is_running for blocks in made.values()):  # launched without waiting
        next(blocks for blocks in made.values() if blocks.is_running).block_thread()
    elif "launch" not in path.read_text(encoding="utf-8"):
        if name not in made:
            there = f": it has {', '.join(made)}; name one with --demo-name" if made else ""
            raise SystemExit(f"nbblocks run: {path} has no Blocks named {name!r}{there}")
        made[name].launch(inline=False)


# --- check


def _check(paths: Sequence[Path]) -> int:
    """Print what was found; 1 when something is not supported."""
    status = 0
    for path in paths:
        try:
            findings = check(path.read_text(encoding="utf-8"), str(path))
        except (OSError, SyntaxError, UnicodeDecodeError) as error:
            print(f"{path}: {error}", file=sys.stderr)
            status = 2
            continue
        for found in findings:
            print(_line(path, found))
        missing = sum(not found.is_supported for found in findings)
        print(f"{path}: {len(findings)} names and parameters, {missing} not supported")
        status = max(status, int(missing > 0))
    return status


def _line(path: Path, found: Finding) -> str:
    mark = "yes" if found.is_supported else "NO "
    note = f"  ({found.note})" if found.note else ""
    return f"{mark}  {path}:{found.line}  {found.name}{note}"


# --- demo


def demo() -> Blocks:
    """A small app: text, a picture, and a number that follow what one does."""
    with Blocks(title="nbblocks") as made:
        with Row():
            with Column():
                name = Textbox("world", label="Name")
                waves = Slider(1, 12, value=4, step=1, label="Waves")
                draw = Button("Draw", variant="primary")
            with Column():
                greeting = Textbox(label="Greeting", interactive=False)
                picture = Image(label="Picture", interactive=False)
                letters = Label(label="Letters")
        draw.click(_draw, [name, waves], [greeting, picture, letters], api_name="draw")
        waves.change(_draw, [name, waves], [greeting, picture, letters], api_visibility="private")
        made.load(_draw, [name, waves], [greeting, picture, letters], api_visibility="private")
    return made


def _draw(name: str, waves: float) -> tuple[str, Any, dict[str, float]]:
    import numpy as np

    x = np.linspace(0, 1, 320)
    height = (np.sin(2 * np.pi * waves * x) + 1) / 2
    y = np.linspace(1, 0, 160)[:, None]
    is_below = y < height
    shade = np.where(is_below[..., None], [31, 95, 208], [222, 232, 250]).astype(np.uint8)
    letters = [c for c in name.lower() if c.isalpha()]
    shares = {c: letters.count(c) / len(letters) for c in sorted(set(letters))} or {"none": 1.0}
    return f"Hello {name}!", shade, shares


if __name__ == "__main__":
    sys.exit(main())
