"""Every example of the documentation runs, and what the documentation names exists.

The Python blocks of a page are one program, from its first to its last. Three comments of HTML, which readers do not
see, speak to this test:

- ``<!-- not run: reason -->`` before a block: it needs what a test has not.
- ``<!-- check`` … ``-->``: Python that runs at that place, to see that what the page says is so.
- ``<!-- runs in a notebook -->`` anywhere: the page's blocks are cells of a notebook, run by a kernel.
"""

from __future__ import annotations

import inspect
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest

import nbblocks as gr
from nbblocks.__main__ import main
from nbblocks.pytest_plugin import blocks_app  # noqa: F401 - also where the package is not installed
from tests.browser.processes import free_port

ROOT = Path(__file__).parent.parent
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
LANGUAGES = {"python", "bash", "text", "jsonc", "html", "css", "nginx", "dockerfile", "javascript"}
IN_A_NOTEBOOK = "<!-- runs in a notebook -->"
#: Programs that come from elsewhere.
PROGRAMS = {"python", "pytest", "jupyter", "voila", "marimo", "uvicorn", ".venv/bin/pre-commit"}

PART = re.compile(
    r"^<!-- not run: (?P<reason>\S[^\n]*) -->\s*\n"
    r"|^<!-- check\n(?P<check>.*?)^-->"
    r"|^```(?P<language>[^\n]*)\n(?P<block>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass
class Part:
    """A block of a page, or a check between its blocks."""

    language: str  #: a check's is "python"
    source: str
    line: int  #: of the page, where the source starts
    is_check: bool = False
    reason: str | None = None  #: why it is not run


def parts_of(text: str) -> Iterator[Part]:
    reason = None
    for found in PART.finditer(text):
        if found["reason"]:
            reason = found["reason"]
            continue
        is_check = found["check"] is not None
        group = "check" if is_check else "block"
        line = text.count("\n", 0, found.start(group)) + 1
        yield Part("python" if is_check else found["language"], found[group], line, is_check, reason)
        reason = None


def programs_of(path: Path) -> list[Part]:
    text = path.read_text(encoding="utf-8")
    return [part for part in parts_of(text) if part.language == "python" and part.reason is None]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def is_notebook(path: Path) -> bool:
    return IN_A_NOTEBOOK in path.read_text(encoding="utf-8")


SCRIPTS = [path for path in PAGES if programs_of(path) and not is_notebook(path)]
NOTEBOOKS = [path for path in PAGES if programs_of(path) and is_notebook(path)]


# --- Python


@pytest.fixture
def unblocked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Apps that are launched are served, at any free port, and the program goes on; they are closed at the end."""
    launch = gr.Blocks.launch

    def launched(self: gr.Blocks, *args: Any, **kwargs: Any) -> Any:
        here = {
            "prevent_thread_lock": True,
            "quiet": True,
            **({"server_port": free_port()} if "server_port" in kwargs else {}),
        }
        return launch(self, *args, **{**kwargs, **here})

    monkeypatch.setattr(gr.Blocks, "launch", launched)
    yield
    gr.close_all(verbose=False)


@pytest.mark.parametrize("path", SCRIPTS, ids=name_of)
@pytest.mark.usefixtures("unblocked")
def test_examples_run(path, tmp_path, monkeypatch, request):
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"__name__": "__main__"}
    for part in programs_of(path):
        source = "\n" * (part.line - 1) + part.source  # a traceback tells the page's own line
        before = dict(names)
        exec(compile(source, str(path), "exec"), names)
        for name, made in names.items():  # tests that a page shows are run as pytest does
            if name.startswith("test_") and made is not before.get(name):
                words = made.__code__.co_varnames[: made.__code__.co_argcount]
                made(*[request.getfixturevalue(word) for word in words])


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name_of)
def test_examples_run_as_cells(path, tmp_path):
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_code_cell(part.source) for part in programs_of(path)]
    where = {"metadata": {"path": str(tmp_path)}}
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3", resources=where).execute()
    shown = [output for cell in notebook.cells for output in cell.outputs if output.output_type == "display_data"]
    assert any("application/vnd.jupyter.widget-view+json" in output.data for output in shown)


def test_a_wrong_example_is_found_at_its_line():
    (part,) = parts_of("# Page\n\n```python\nx = 1\n```\n")
    assert (part.source, part.line) == ("x = 1\n", 4)
    reasoned, check = parts_of("<!-- not run: needs a hub -->\n```python\nno\n```\n\n<!-- check\nassert x\n-->\n")
    assert (reasoned.reason, check.reason, check.is_check) == ("needs a hub", None, True)


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_blocks_say_what_they_are(path):
    text = path.read_text(encoding="utf-8")
    assert {part.language for part in parts_of(text)} <= LANGUAGES
    assert len(re.findall(r"^```", text, re.MULTILINE)) == 2 * sum(not part.is_check for part in parts_of(text))
    assert text.count("<!-- not run") == sum(part.reason is not None for part in parts_of(text))


# --- what is typed at a prompt


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def extras() -> set[str]:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    section = text.split("[project.optional-dependencies]")[1].split("\n[")[0]
    return set(re.findall(r"^([\w-]+) = \[", section, re.MULTILINE))


def commands_of(text: str) -> Iterator[str]:
    """Lines of shell blocks, and what the prose puts between backquotes and is a command of ours."""
    for part in parts_of(text):
        if part.language == "bash":
            yield from part.source.replace("\\\n", " ").splitlines()
        elif part.language == "python":
            yield from (line.strip()[1:] for line in part.source.splitlines() if re.match(r"\s*[%!]pip ", line))
    prose = PART.sub("", text)
    yield from re.findall(r"`((?:make|nbblocks|pip install) [^`]+)`", prose)


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_commands_exist(path, capsys):
    for line in commands_of(path.read_text(encoding="utf-8")):
        words = shlex.split(line, comments=True)
        while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
            words.pop(0)
        if not words:
            continue
        program, *rest = words
        if program == "make":
            assert set(rest) <= targets(), line
        elif program == "pip":
            named = {extra for word in rest for part in re.findall(r"\[([\w,]+)\]", word) for extra in part.split(",")}
            assert named <= extras(), line
        elif program == "nbblocks":
            assert _is_ours(rest, capsys), line
        else:
            assert program in PROGRAMS, line


def _is_ours(words: list[str], capsys: pytest.CaptureFixture[str]) -> bool:
    """Whether the program has this command with these options."""
    command = "run" if words[0].endswith(".py") else words[0]
    with pytest.raises(SystemExit) as left:
        main([command, "--help"])
    told = capsys.readouterr().out
    return left.value.code == 0 and all(word in told for word in words if word.startswith("--"))


# --- what a page points to


def anchors_of(text: str) -> set[str]:
    heads = re.findall(r"^#+ (.*)$", PART.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head).lower().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_links_lead_somewhere(path):
    text = path.read_text(encoding="utf-8")
    for to in re.findall(r"\]\(([^)\s]+)\)", PART.sub("", text)):
        if re.match(r"https?:", to):
            continue
        file, _, anchor = to.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), to
        if anchor and target.suffix == ".md":
            assert anchor in anchors_of(target.read_text(encoding="utf-8")), to


@pytest.mark.parametrize("path", [page for page in PAGES if page.name != "CHANGELOG.md"], ids=name_of)
def test_files_that_are_named_exist(path):
    prose = PART.sub("", path.read_text(encoding="utf-8"))
    for named in re.findall(r"`((?:nbblocks|js|tests|docs|notebooks|benchmarks|\.ci)/[\w./-]+)`", prose):
        assert "NNNN" in named or (ROOT / named).exists(), named


def test_the_index_names_every_page():
    index = ROOT / "docs" / "README.md"
    links = re.findall(r"\]\(([^)\s#]+)\)", index.read_text(encoding="utf-8"))
    named = {(index.parent / link).resolve() for link in links}
    assert [name_of(p) for p in PAGES if ROOT / "docs" in p.parents and p != index and p.resolve() not in named] == []


def test_the_table_of_launch_parameters_has_them_all():
    text = (ROOT / "docs" / "compatibility.md").read_text(encoding="utf-8")
    (table,) = re.findall(r"^\| Parameter \|.*?\n\n", text, re.MULTILINE | re.DOTALL)
    named = [name for row in table.strip().splitlines() for name in re.findall(r"`(\w+)`", row.split("|")[1])]
    taken = [name for name in inspect.signature(gr.Blocks.launch).parameters if name != "self" and name[0] != "_"]
    assert sorted(named) == sorted(taken)


def test_the_reference_has_every_public_name_with_its_parameters(tmp_path):
    subprocess.run([sys.executable, str(ROOT / ".ci" / "reference.py"), str(tmp_path)], check=True)
    pages = {page.stem: page.read_text(encoding="utf-8") for page in tmp_path.glob("*.md")}
    for name in gr.__all__:
        found = getattr(gr, name)
        if inspect.isclass(found) or inspect.isfunction(found):
            heads = [n for n in gr.__all__ if getattr(gr, n) is found]  # one of the names it goes by
            assert any(f"\n## {head}\n" in text for head in heads for text in pages.values()), name
    (slider,) = re.findall(r"^## Slider\n.*?(?=^## )", pages["components"], re.MULTILINE | re.DOTALL)
    for parameter in gr.Slider.params:
        assert re.search(rf"^- `{parameter}` \(.+\): .+", slider, re.MULTILINE), parameter
    for event in gr.Slider.events:
        assert f"- `{event}`: " in slider
