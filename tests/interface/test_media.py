"""The sample files are what their names say."""

from __future__ import annotations

import csv
import json
import struct
import wave
from pathlib import Path

import PIL.Image
import pytest

import nbblocks as gr
from nbblocks.media import MEDIA_PATHS, MEDIA_ROOT

FILES = sorted(p for p in MEDIA_ROOT.rglob("*") if p.is_file())


def test_they_are_small() -> None:
    assert sum(p.stat().st_size for p in FILES) < 300_000
    assert {p.parent for p in FILES} == set(MEDIA_PATHS)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_a_file_is_of_its_kind(path: Path) -> None:
    content = path.read_bytes()
    if path.parent.name == "images":
        with PIL.Image.open(path) as image:
            image.load()
    elif path.suffix == ".wav":
        with wave.open(str(path)) as sound:
            assert sound.getnframes() > 1000
    elif path.suffix == ".mp4":
        assert content[4:8] == b"ftyp"
    elif path.suffix == ".glb":
        assert struct.unpack("<4sII", content[:12]) == (b"glTF", 2, len(content))
    elif path.suffix == ".stl":
        assert len(content) == 84 + 50 * struct.unpack("<I", content[80:84])[0]
    elif path.suffix in (".json", ".gltf"):
        json.loads(content)
    elif path.suffix == ".csv":
        rows = list(csv.reader(content.decode().splitlines()))
        assert len({len(row) for row in rows}) == 1
    assert content


def test_one_is_had_by_name_or_by_chance() -> None:
    for get, folder in (
        (gr.get_image, "images"),
        (gr.get_video, "videos"),
        (gr.get_audio, "audio"),
        (gr.get_model3d, "models3d"),
        (gr.get_file, "data"),
    ):
        found = Path(get())
        assert found.parent == MEDIA_ROOT / folder
        assert get(found.name) == get(str(found)) == str(found)
        assert get("https://example.org/x") == "https://example.org/x"
        with pytest.raises(FileNotFoundError, match="there are"):
            get("none.xyz")
