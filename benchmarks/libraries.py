"""The libraries that are measured: which program of each does what, and how it is run."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import apps, peers
from benchmarks.measure import SCRIPT, served
from tests.browser.processes import Server

_SOLARA = ("-m", "solara", "run", "SCRIPT", "--host", "127.0.0.1", "--port", "PORT", "--no-open", "--production")
_STREAMLIT = (
    *("-m", "streamlit", "run", "SCRIPT", "--server.address", "127.0.0.1", "--server.port", "PORT"),
    *("--server.headless", "true", "--browser.gatherUsageStats", "false"),
)


@dataclass(frozen=True)
class Library:
    """Parameters
    ----------
    python : str
        A Python that has it.
    programs : mapping of str to str
        By what is measured; what a library does not have is left out.
    command : sequence of str
        What is given to the Python to run a program.
    """

    python: str
    programs: Mapping[str, str]
    command: Sequence[str] = SCRIPT

    def served(self, job: str, directory: Path, **words: int) -> AbstractContextManager[Server]:
        """Run a program, its words in capitals filled in."""
        source = self.programs[job]
        for word, given in words.items():
            source = source.replace(word, str(given))
        return served(self.python, source, directory, self.command)


def _blocks(module: str) -> dict[str, str]:
    return {
        "page": apps.PAGE.format(module=module),
        "typing": apps.TYPING.format(module=module),
        "stream": apps.GROWTH + apps.GROWING.format(module=module),
        "answer": apps.CHAT.format(module=module),
        "conversation": apps.SAID + apps.LONG_CHAT.format(module=module),
        "picture": apps.SCENE + apps.PICTURE.format(module=module, format=""),
        "picture as PNG": apps.SCENE + apps.PICTURE.format(module=module, format="format='png'"),
        "table": apps.FRAME + apps.TABLE.format(module=module),
        "table page": apps.FRAME + apps.TABLE_PAGE.format(module=module),
    }


def libraries(gradio: str | None, others: str | None) -> dict[str, Library]:
    """Those that there is a Python for, ours first."""
    found = {"nbblocks": Library(sys.executable, _blocks("nbblocks"))}
    if gradio:
        found["gradio"] = Library(gradio, _blocks("gradio"))
    if others:
        found["panel"] = Library(others, peers.PANEL)
        found["solara"] = Library(others, peers.SOLARA, _SOLARA)
        found["streamlit"] = Library(others, peers.STREAMLIT, _STREAMLIT)
        found["itables"] = Library(others, peers.ITABLES)
    return found
