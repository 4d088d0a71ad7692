from __future__ import annotations

import os

import pytest

from nbblocks.components import FileExplorer
from nbblocks.exceptions import DeclarationError, WireError


@pytest.fixture
def root(tmp_path):
    top = tmp_path / "data"
    (top / "inner" / "deep").mkdir(parents=True)
    (tmp_path / "datasecret").mkdir()
    (tmp_path / "datasecret" / "key.txt").write_text("secret")
    for name in ("a.py", "b.txt", "inner/c.py", "inner/deep/d.py", ".hidden"):
        (top / name).write_text("")
    return top


def names(entries):
    return [(entry["name"], entry["type"]) for entry in entries]


def test_folders_come_first_then_files_by_name(root):
    assert names(FileExplorer(root_dir=root).ls()) == [
        ("inner", "folder"),
        (".hidden", "file"),
        ("a.py", "file"),
        ("b.txt", "file"),
    ]


def test_folder_is_listed_on_its_own(root):
    assert names(FileExplorer(root_dir=root).ls(["inner"])) == [("deep", "folder"), ("c.py", "file")]


@pytest.mark.parametrize("glob", ["*.py", "**/*.py"])
def test_files_that_do_not_fit_are_left_out_and_folders_stay(root, glob):
    assert names(FileExplorer(glob, root_dir=root).ls()) == [("inner", "folder"), ("a.py", "file")]


def test_ignored_files_and_folders_are_neither_shown_nor_taken(root):
    explorer = FileExplorer(root_dir=root, ignore_glob="**/inner*")
    assert "inner" not in [name for name, _ in names(explorer.ls())]
    for parts in (["inner"], ["inner", "c.py"]):
        with pytest.raises(WireError, match="left out"):
            explorer.preprocess([parts])


def test_handler_gets_absolute_paths(root):
    assert FileExplorer(root_dir=root).preprocess([["a.py"], ["inner", "c.py"]]) == [
        str(root / "a.py"),
        str(root / "inner" / "c.py"),
    ]
    one = FileExplorer(root_dir=root, file_count="single")
    assert (one.preprocess([["a.py"]]), one.preprocess([]), one.preprocess(None)) == (str(root / "a.py"), None, None)
    with pytest.raises(ValueError, match="one file"):
        one.preprocess([["a.py"], ["b.txt"]])


@pytest.mark.parametrize(
    "parts", [["..", "datasecret", "key.txt"], ["inner", "..", "..", "x"], ["/etc/passwd"], ["a\0b"], ["../datasecret"]]
)
def test_nothing_outside_is_taken_or_listed(root, parts):
    explorer = FileExplorer(root_dir=root)
    with pytest.raises(WireError):
        explorer.preprocess([parts])
    with pytest.raises(WireError):
        explorer.ls(parts)


def test_link_that_leads_outside_is_neither_shown_nor_taken(root):
    os.symlink(root.parent / "datasecret", root / "link")
    explorer = FileExplorer(root_dir=root)
    assert "link" not in [name for name, _ in names(explorer.ls())]
    with pytest.raises(WireError, match="inside"):
        explorer.preprocess([["link", "key.txt"]])


@pytest.mark.parametrize("payload", [3, "a.py", ["a.py"], [[3]]])
def test_payload_that_is_no_list_of_paths_is_refused(root, payload):
    with pytest.raises(WireError):
        FileExplorer(root_dir=root).preprocess(payload)


def test_value_may_be_absolute_or_from_the_folder(root):
    explorer = FileExplorer(root_dir=root)
    assert explorer.postprocess([str(root / "inner" / "c.py"), "a.py"]) == [["inner", "c.py"], ["a.py"]]
    assert (explorer.postprocess("a.py"), explorer.postprocess(None)) == ([["a.py"]], None)


def test_folder_that_is_gone_is_empty(root):
    assert FileExplorer(root_dir=root / "no").ls() == []


def test_unknown_count_is_refused():
    with pytest.raises(DeclarationError, match="file_count"):
        FileExplorer(file_count="many")


def test_a_page_is_told_that_the_folder_is_another_one_but_not_where_it_lies(root):
    one, other = (FileExplorer(root_dir=folder).wire_props() for folder in (root, root / "inner"))
    assert one["root_dir"] != other["root_dir"]
    assert str(root) not in str(one)
