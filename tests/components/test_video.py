from __future__ import annotations

from pathlib import Path

import pytest

from nbblocks.components import Model3D, PlayableVideo, Video, WatermarkOptions, ffmpeg
from nbblocks.components.ffmpeg import codecs_of, ffmpeg_path
from nbblocks.exceptions import DeclarationError, Error, NbblocksWarning, WireError

needs_ffmpeg = pytest.mark.skipif(ffmpeg_path() is None, reason="no FFmpeg here")


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("NBBLOCKS_TEMP_DIR", str(tmp_path / "cache"))


def film(path: Path, *options: str) -> str:
    picture = ["-f", "lavfi", "-i", "testsrc=s=32x24:r=10:d=1"]
    ffmpeg.ffmpeg("A film", [*picture, *options, path])
    return str(path)


def test_files_and_addresses(tmp_path):
    path = tmp_path / "a.mp4"
    path.write_bytes(Path(Video().example_value()).read_bytes())
    shown = Video().postprocess(path)
    assert (shown.path, shown.orig_name) == (str(path), "a.mp4")
    assert Video().postprocess("https://example.org/a.mp4").url == "https://example.org/a.mp4"
    assert [Video().postprocess(v) for v in (None, (None, None), [None, None])] == [None] * 3
    assert Video().preprocess({"path": str(path)}) == str(path)
    assert Video().preprocess(None) is None


@pytest.mark.parametrize("value", [3, ("a.mp4", "b.srt"), object()])
def test_what_is_no_film_is_refused(value):
    with pytest.raises(ValueError, match="Video"):
        Video().postprocess(value)


def test_a_payload_without_a_file_is_refused():
    with pytest.raises(WireError):
        Video().preprocess({"path": ""})


@pytest.mark.parametrize(
    "given",
    [{"sources": "x"}, {"sources": ["x"]}, {"subtitles": "a.txt"}, {"watermark": {"position": "middle"}}],
)
def test_what_cannot_be_declared(given):
    with pytest.raises(DeclarationError):
        Video(**given)


def test_defaults_follow_from_one_another():
    assert (Video().sources, Video().include_audio) == (["upload", "webcam"], True)
    assert Video(sources="webcam").include_audio is False
    assert (PlayableVideo().sources, PlayableVideo().format) == (["upload"], "mp4")
    assert Video(watermark="mark.png").watermark == WatermarkOptions("mark.png")


@needs_ffmpeg
def test_what_browsers_do_not_play_is_converted(tmp_path):
    path = film(tmp_path / "a.avi", "-c:v", "mpeg4")
    with pytest.warns(NbblocksWarning, match="mpeg4"):
        shown = Video().postprocess(path)
    assert (Path(shown.path).suffix, codecs_of(shown.path)) == (".mp4", {"video": "h264"})


@needs_ffmpeg
def test_formats_odd_sizes_and_muting(tmp_path):
    path = film(tmp_path / "a.webm", "-vf", "crop=31:23", "-c:v", "libvpx")
    assert Path(Video(format="mp4").preprocess({"path": path})).suffix == ".mp4"
    sounding = film(tmp_path / "b.mp4", "-f", "lavfi", "-i", "sine=d=1", "-pix_fmt", "yuv420p")
    assert "audio" not in codecs_of(Video(include_audio=False).preprocess({"path": sounding}))
    assert Video(include_audio=True).preprocess({"path": sounding}) == sounding


@needs_ffmpeg
def test_a_film_is_trimmed(tmp_path):
    path = film(tmp_path / "a.mp4", "-pix_fmt", "yuv420p")
    shown = Video().trim(Video().postprocess(path), 0.2, 0.6)
    told = ffmpeg.ffmpeg("Counting", ["-i", shown.path, "-f", "framemd5", "-"]).decode()
    assert len([line for line in told.splitlines() if not line.startswith("#")]) == 4
    for start, end in ((0.6, 0.2), (0, float("nan"))):
        with pytest.raises(WireError):
            Video().trim(Video().postprocess(path), start, end)


@needs_ffmpeg
def test_pieces_of_a_stream_become_one_film(tmp_path):
    video, chunks = Video(streaming=True), []
    for name in ("a.ts", "b.ts"):
        piece = film(tmp_path / name, "-pix_fmt", "yuv420p", "-c:v", "libx264")
        shown = video.add_chunk(piece, chunks)
    assert [Path(c.path).suffix for c in shown.meta["chunks"]] == [".mp4", ".mp4"]
    whole = video.end_chunks(chunks)
    told = ffmpeg.ffmpeg("Counting", ["-i", whole.path, "-f", "framemd5", "-"]).decode()
    assert len([line for line in told.splitlines() if not line.startswith("#")]) == 20


def test_without_ffmpeg_a_conversion_says_what_is_missing(tmp_path, monkeypatch):
    from nbblocks.components import video

    for module in (ffmpeg, video):
        monkeypatch.setattr(module, "ffmpeg_path", lambda: None)
    path = tmp_path / "a.webm"
    path.write_bytes(b"")
    with pytest.raises(Error, match="needs FFmpeg"):
        Video(format="mp4").preprocess({"path": str(path)})
    assert Video().postprocess(path).path == str(path)
    with pytest.warns(NbblocksWarning, match="include_audio"):
        assert Video(include_audio=False).preprocess({"path": str(path)}) == str(path)


@needs_ffmpeg
def test_a_file_that_names_others_brings_none_of_them(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    playlist = tmp_path / "a.mp4"
    playlist.write_text(f"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10,\nhttp://127.0.0.1:9/{secret}\n")
    with pytest.raises(Error, match="failed"):
        Video(format="webm").preprocess({"path": str(playlist)})


def test_a_model_is_a_path(tmp_path):
    path = Model3D().example_value()
    shown = Model3D().postprocess(path)
    assert (Model3D().preprocess(shown), Path(shown.path).suffix) == (path, ".obj")
    assert Model3D().postprocess(None) is None
    for given in ({"clear_color": (1, 1, 1)}, {"camera_position": (1, 2)}):
        with pytest.raises(DeclarationError):
            Model3D(**given)
    with pytest.raises(ValueError, match="Model3D"):
        Model3D().postprocess(3)
