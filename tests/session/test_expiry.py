"""Files of an app that are removed when they are old."""

from __future__ import annotations

from pathlib import Path

import pytest

from nbblocks.session.expiry import KeptFiles
from nbblocks.testing import FakeClock
from nbblocks.wire.files import keep_bytes


@pytest.fixture
def clock(tmp_path, monkeypatch):
    monkeypatch.setenv("NBBLOCKS_TEMP_DIR", str(tmp_path / "cache"))
    return FakeClock()


@pytest.fixture
def kept(clock):
    made = KeptFiles(10, 60, clock, lambda look: look())
    yield made
    made.close()


def files(tmp_path):
    return {path.name for path in (tmp_path / "cache").rglob("*.txt")}


def test_a_file_goes_when_nobody_was_told_of_it_for_long(clock, kept, tmp_path):
    old, used = keep_bytes(b"old", "old.txt"), keep_bytes(b"used", "used.txt")
    kept.note(old)
    kept.note(used)
    clock.advance(45)
    kept.note(used)
    assert files(tmp_path) == {"old.txt", "used.txt"}
    clock.advance(30)
    assert files(tmp_path) == {"used.txt"}
    clock.advance(60)
    assert files(tmp_path) == set()


def test_what_is_declared_stays_to_the_end(clock, kept, tmp_path):
    kept.note(keep_bytes(b"declared", "declared.txt"), for_ever=True)
    clock.advance(1000)
    assert files(tmp_path) == {"declared.txt"}
    kept.close()
    assert files(tmp_path) == set()


def test_files_elsewhere_and_of_other_apps_are_left_alone(clock, kept, tmp_path):
    own = tmp_path / "own.txt"
    own.write_text("own")
    other = keep_bytes(b"other", "other.txt")
    kept.note(own)
    clock.advance(1000)
    kept.close()
    assert own.exists()
    assert files(tmp_path) == {"other.txt"}
    assert Path(other).read_bytes() == b"other"


def test_one_that_is_gone_already_is_no_error(clock, kept):
    path = keep_bytes(b"gone", "gone.txt")
    kept.note(path)
    Path(path).unlink()
    clock.advance(1000)
