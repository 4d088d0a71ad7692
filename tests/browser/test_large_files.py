"""A file of 200 MB up and down in a cell: whole, and without the kernel's memory growing with it."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.lab import LabPage

SIZE_BYTES = 200_000_000
LIMIT_MB = 120  #: a window of chunks and its copies, not the file

APP = """
import hashlib, pathlib, resource
import nbblocks as gr

def peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

def digest(path):
    made = hashlib.sha256()
    with open(path, "rb") as f:
        while block := f.read(1 << 20):
            made.update(block)
    return made.hexdigest() + f" {peak_mb() - before:.0f}"

with gr.Blocks() as demo:
    given, out = gr.File(label="Given"), gr.Textbox(label="Out")
    back = gr.DownloadButton("Back")
    given.upload(digest, given, out).then(lambda path: path, given, back)
    gr.Button("Peak").click(lambda: f"peak {peak_mb() - before:.0f}", None, out)
demo.launch()
before = peak_mb()
"""


def digest_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as f:
        while block := f.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


@pytest.mark.skipif("NBBLOCKS_LARGE" not in os.environ, reason="takes minutes: set NBBLOCKS_LARGE=1")
def test_large_file_goes_up_and_down_in_a_cell(lab: LabPage, tmp_path: Path) -> None:
    path = tmp_path / "large.bin"
    block = hashlib.sha256(b"seed").digest() * 31250  # 1 MB
    with path.open("wb") as f:
        for number in range(SIZE_BYTES // len(block)):
            f.write(number.to_bytes(8, "little") + block[8:])
    expected = digest_of(path)
    lab.open([APP])
    lab.run_all()
    lab.app.get_by_label("Given").set_input_files(path)
    expect(lab.app.get_by_label("Out")).to_have_value(re.compile(expected), timeout=240_000)
    _, grown_mb = lab.app.get_by_label("Out").input_value().split()
    assert float(grown_mb) < LIMIT_MB
    with lab.page.expect_download(timeout=240_000) as got:
        lab.app.get_by_role("button", name="Back").click()
    assert digest_of(Path(got.value.path())) == expected
    lab.app.get_by_role("button", name="Peak").click()
    expect(lab.app.get_by_label("Out")).to_have_value(re.compile("peak"))
    assert float(lab.app.get_by_label("Out").input_value().split()[1]) < LIMIT_MB


CUT = "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.reconnect()"


def test_a_file_goes_on_after_the_connection_was_cut(lab: LabPage, tmp_path: Path) -> None:
    path = tmp_path / "cut.bin"
    path.write_bytes(os.urandom(30_000_000))
    lab.open([APP])
    lab.run_all()
    lab.app.get_by_label("Given").set_input_files(path)
    for part in (r"0\.[1-9]", r"0\.[4-9]"):
        expect(lab.app.get_by_role("progressbar")).to_have_attribute("value", re.compile(part), timeout=60_000)
        lab.page.evaluate(CUT)
    expect(lab.app.get_by_label("Out")).to_have_value(re.compile(digest_of(path)), timeout=90_000)
