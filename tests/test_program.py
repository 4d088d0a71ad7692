"""The program `nbblocks`: running and watching a script, and saying what of it is supported."""

from __future__ import annotations

import json
import os
import queue
import re
import socket
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path

import pytest

from nbblocks.__main__ import Watched, demo, main
from nbblocks.checking import check

HERE = Path(__file__).parent.parent

APP = """
import gradio as gr
from gradio import Blocks, themes
from gradio.components import Textbox as Box
import gradio.themes as looks

with gr.Blocks() as demo:
    box = gr.Textbox(lines=2, wrong=1)
    gr.Nothing()
    gr.themes.Soft()
    looks.Base()
    Box()
    other.launch(1)
demo.queue().launch(share=True, num_workers=2, nonsense=1)
"""


def test_a_check_runs_nothing_and_says_what_is_there():
    found = {f.name: f for f in check(APP.replace("import gradio as gr", "import gradio as gr\nraise SystemExit"))}
    assert {name for name, f in found.items() if not f.is_supported} == {
        "gr.Nothing",
        "gr.Textbox(wrong=…)",
        "launch(nonsense=…)",
    }
    yes = {"gr.Blocks", "Blocks", "themes", "Textbox", "Box", "gr.themes.Soft", "looks.Base", "launch(share=…)"}
    assert yes - {"Box"} <= found.keys()
    assert found["gr.Nothing"].line == 10


def test_a_check_prints_a_line_for_each(tmp_path, capsys):
    path = tmp_path / "app.py"
    path.write_text("import nbblocks as gr\ngr.Interface(print, 'text', 'text').launch(server_port=1)\n")
    assert main(["check", str(path)]) == 0
    printed = capsys.readouterr().out
    assert re.search(r"yes .*app\.py:2  gr\.Interface\n", printed)
    assert "launch(server_port=…)  (on a page of its own" in printed
    path.write_text("import nbblocks as gr\ngr.Nothing()\n")
    assert main(["check", str(path)]) == 1
    path.write_text("def")
    assert main(["check", str(path)]) == 2


def test_the_demo_answers():
    made = demo()
    try:
        greeting, picture, letters = made.fns[0].fn("Ada", 3)
        assert (greeting, picture.shape, letters) == ("Hello Ada!", (160, 320, 3), {"a": 2 / 3, "d": 1 / 3})
    finally:
        made.close(verbose=False)


def test_a_change_is_seen_once(tmp_path):
    (tmp_path / "a.py").write_text("1")
    (tmp_path / ".hidden").mkdir()
    watched = Watched([tmp_path])
    assert watched.changed() is None
    (tmp_path / ".hidden" / "b.py").write_text("1")
    (tmp_path / "notes.txt").write_text("1")
    assert watched.changed() is None
    for change in (
        lambda: os.utime(tmp_path / "a.py", (1, 1)),
        lambda: (tmp_path / "b.py").write_text("1"),
        lambda: (tmp_path / "b.py").unlink(),
    ):
        change()
        assert watched.changed() is not None
        assert watched.changed() is None


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Running:
    """The program, and the lines that it prints."""

    def __init__(self, *words, **env):
        self.lines = queue.Queue()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "nbblocks", *map(str, words)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONPATH": str(HERE), "PYTHONUNBUFFERED": "1", **env},
        )
        threading.Thread(target=lambda: [self.lines.put(line) for line in self.process.stdout], daemon=True).start()

    def line(self, part):
        seen = []
        while True:
            try:
                seen.append(self.lines.get(timeout=60))
            except queue.Empty:
                raise AssertionError(f"{part!r} was not printed, but {seen}") from None
            if part in seen[-1]:
                return seen[-1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(2)
        try:
            self.process.wait(20)
        finally:
            self.process.kill()


def title(url):
    with urllib.request.urlopen(url + "config", timeout=20) as answer:
        return json.load(answer)["title"]


def test_run_starts_it_and_starts_it_again_after_a_change(tmp_path):
    path = tmp_path / "app.py"
    text = "import nbblocks as gr\nwith gr.Blocks(title='{}') as demo:\n    gr.Textbox()\ndemo.launch()\n"
    path.write_text(text.format("first"))
    with Running("run", path, GRADIO_SERVER_PORT=str(free_port())) as running:
        url = running.line("Running on local URL").split()[-1]
        assert title(url) == "first"
        path.write_text("raise ValueError('half written')")
        running.line("a change starts it again")
        path.write_text(text.format("second"))
        url = running.line("Running on local URL").split()[-1]
        assert title(url) == "second"


def test_run_launches_the_app_that_is_named(tmp_path):
    path = tmp_path / "app.py"
    path.write_text("import nbblocks as gr\nwith gr.Blocks(title='named') as page:\n    gr.Textbox()\n")
    port = str(free_port())
    with Running(path, "page", "--no-reload", GRADIO_SERVER_PORT=port) as running:
        assert title(running.line("Running on local URL").split()[-1]) == "named"
    with Running("run", path, "--no-reload", GRADIO_SERVER_PORT=port) as running:
        running.line("has no Blocks named 'demo': it has page")


def test_what_is_not_there_is_told(capsys):
    assert main(["run", "missing.py"]) == 2
    assert "there is no file 'missing.py'" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main([])
