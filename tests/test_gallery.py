"""The gallery of components: its notebooks are made from one file, one for each component that there is."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

import nbblocks as gr

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"


def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_gallery", NOTEBOOKS / "make_gallery.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MAKER = maker()


@pytest.mark.parametrize("name", MAKER.GALLERY)
def test_notebook_is_made_from_its_entry(name: str) -> None:
    assert (NOTEBOOKS / "components" / f"{name.lower()}.ipynb").read_text(encoding="utf-8") == MAKER.text_of(name)
    assert hasattr(gr, name)


def test_there_is_no_notebook_without_an_entry() -> None:
    found = {p.stem for p in (NOTEBOOKS / "components").glob("*.ipynb")}
    assert found == {name.lower() for name in MAKER.GALLERY}
