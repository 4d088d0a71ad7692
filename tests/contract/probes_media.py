"""Probes of what Python shows of the parameters of sound, film and plots."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import nbblocks as gr
from nbblocks.components.ffmpeg import codecs_of, ffmpeg, ffmpeg_path

Probe = Callable[..., None]


def _sound_type(name: str, parameter: str) -> None:
    payload = getattr(gr, name)().example_payload()
    rate, samples = getattr(gr, name)().preprocess(payload)
    assert (rate, samples.dtype) == (8000, np.int16)
    path = getattr(gr, name)(type="filepath").preprocess(payload)
    assert Path(path).suffix == ".wav"


def _sound_format(name: str, parameter: str) -> None:
    made = getattr(gr, name)(format="mp3", type="filepath")
    assert Path(made.preprocess(made.example_payload())).suffix == ".mp3"
    assert Path(made.postprocess((8000, np.zeros(8000, np.int16))).path).suffix == ".mp3"


def _film_streaming(name: str, parameter: str) -> None:
    cls = getattr(gr, name)
    chunks: list[Any] = []
    assert (cls().takes_chunks, cls(streaming=True).takes_chunks) == (False, True)
    shown = cls(streaming=True).add_chunk(cls().example_value(), chunks)
    assert (shown.is_stream, len(shown.meta["chunks"])) == (True, 1)


def _needs_ffmpeg() -> None:
    if ffmpeg_path() is None:
        pytest.skip("no FFmpeg here")


def _film_format(name: str, parameter: str) -> None:
    _needs_ffmpeg()
    cls = getattr(gr, name)
    made = cls(format="webm")
    assert Path(made.preprocess(made.example_payload())).suffix == ".webm"
    assert codecs_of(made.postprocess(made.example_value()).path)["video"] in ("vp8", "vp9")


def _include_audio(name: str, parameter: str, tmp_path: Path) -> None:
    _needs_ffmpeg()
    cls, film = getattr(gr, name), tmp_path / "film.mp4"
    picture, tone = ["-f", "lavfi", "-i", "color=s=16x16:d=0.2"], ["-f", "lavfi", "-i", "sine=d=0.2"]
    ffmpeg("A film", [*picture, *tone, "-pix_fmt", "yuv420p", film])
    for given in (True, False):
        assert ("audio" in codecs_of(cls(include_audio=given).preprocess({"path": str(film)}))) is given


def _film_watermark(name: str, parameter: str, tmp_path: Path) -> None:
    _needs_ffmpeg()
    import PIL.Image

    cls, mark = getattr(gr, name), tmp_path / "mark.png"
    PIL.Image.new("RGB", (8, 8), "white").save(mark)
    shown = cls(watermark=gr.WatermarkOptions(mark, "top-left")).postprocess(cls().example_value())
    frame = ffmpeg("A frame", ["-i", shown.path, "-frames:v", "1", "-f", "image2pipe", "-c:v", "png", "-"])
    pixels = np.asarray(PIL.Image.open(io.BytesIO(frame)).convert("L"))
    assert (pixels[9, 9] > 200, pixels[0, 0] < 50) == (True, True)


def _plot_format(name: str, parameter: str) -> None:
    from matplotlib.figure import Figure

    for given in ("webp", "png"):
        shown: Any = gr.Plot(format=given).postprocess(Figure())
        assert shown.plot.startswith(f"data:image/{given};base64,")
    assert base64.b64decode(shown.plot.partition(",")[2]).startswith(b"\x89PNG")


#: By name of the callable and of the parameter.
PROBES: dict[tuple[str, str], Probe] = {
    **{(name, "type"): _sound_type for name in ("Audio", "Microphone")},
    **{(name, "format"): _sound_format for name in ("Audio", "Microphone")},
    **{(name, "streaming"): _film_streaming for name in ("Video", "PlayableVideo")},
    **{(name, "format"): _film_format for name in ("Video", "PlayableVideo")},
    **{(name, "include_audio"): _include_audio for name in ("Video", "PlayableVideo")},
    **{(name, "watermark"): _film_watermark for name in ("Video", "PlayableVideo")},
    ("Plot", "format"): _plot_format,
}
