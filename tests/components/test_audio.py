from __future__ import annotations

import struct
import wave
from pathlib import Path

import numpy as np
import pytest

from nbblocks.components import Audio, Microphone, WaveformOptions
from nbblocks.exceptions import DeclarationError, Error, WireError
from nbblocks.wire.files import FileData


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("NBBLOCKS_TEMP_DIR", str(tmp_path / "cache"))


def wav(path: Path, data: bytes, channels=1, width=2, kind=1) -> str:
    head = struct.pack("<HHIIHH", kind, channels, 8000, 8000 * channels * width, channels * width, width * 8)
    body = b"WAVEfmt " + struct.pack("<I", 16) + head + b"LIST" + struct.pack("<I", 2) + b"ab"
    body += b"data" + struct.pack("<I", len(data)) + data
    path.write_bytes(b"RIFF" + struct.pack("<I", len(body)) + body)
    return str(path)


@pytest.mark.parametrize(
    ("samples", "expected"),
    [
        (np.array([0, 5, -5], np.int16), [0, 5, -5]),
        (np.array([0.0, 0.5, -1.0, 0.25]), [0, 16383, -32767, 8191]),
        (np.array([0.0, 0.5, -1.0, 0.25], np.float32), [0, 16383, -32767, 8191]),
        (np.array([0.0, 0.5], np.float16), [0, 32767]),
        (np.zeros(3), [0, 0, 0]),
        (np.array([0.1, np.nan]), [32767, 0]),
        (np.array([0, 2**30, -(2**31)], np.int32), [0, 16384, -32768]),
        (np.array([0, 65535], np.uint16), [-32768, 32767]),
        (np.array([0, 128, 255], np.uint8), [-32768, 128, 32767]),
        (np.array([-128, 127], np.int8), [-32768, 32512]),
        (np.array([], np.float32), []),
    ],
)
@pytest.mark.filterwarnings("ignore:sound of")
def test_samples_of_any_kind_become_16_bits(samples, expected):
    rate, back = Audio().preprocess(Audio().postprocess((8000, samples)))
    assert (rate, back.dtype, back.tolist()) == (8000, np.int16, expected)


def test_a_conversion_is_warned_of_and_16_bits_are_not():
    with pytest.warns(UserWarning, match="float64"):
        Audio().postprocess((8000, np.array([0.5])))


@pytest.mark.parametrize("shape", [(4,), (4, 1), (4, 2), (4, 6)])
def test_channels_stay(shape):
    back = Audio().preprocess(Audio().postprocess((8000, np.ones(shape, np.int16))))[1]
    assert back.shape == ((4,) if shape == (4, 1) else shape)


def test_channels_that_come_as_rows_are_turned():
    assert Audio().preprocess(Audio().postprocess((8000, np.ones((2, 500), np.int16))))[1].shape == (500, 2)


@pytest.mark.parametrize(
    "value",
    [
        (8000, np.array([1, 2])),
        (8000, np.array([True, False])),
        (8000, np.array([1j])),
        (8000, np.zeros((2, 2, 2), np.int16)),
        (0, np.zeros(2, np.int16)),
        (8000,),
        (8000, None),
        3,
        object(),
    ],
)
def test_what_is_no_sound_is_refused(value):
    with pytest.raises(ValueError, match="Audio"):
        Audio().postprocess(value)


@pytest.mark.parametrize(
    ("width", "kind", "data", "dtype", "expected"),
    [
        (1, 1, bytes([0, 128, 255]), np.int8, [-128, 0, 127]),
        (2, 1, struct.pack("<3h", 1, -1, 300), np.int16, [1, -1, 300]),
        (3, 1, b"\x01\x00\x00\xff\xff\xff", np.int32, [256, -256]),
        (4, 1, struct.pack("<2i", 7, -7), np.int32, [7, -7]),
        (4, 3, struct.pack("<2f", 0.5, -2.0), np.int16, [16383, -32767]),
        (8, 3, struct.pack("<2d", 0.5, -2.0), np.int16, [16383, -32767]),
    ],
)
def test_wav_of_any_width_is_read_without_other_libraries(tmp_path, width, kind, data, dtype, expected):
    payload = {"path": wav(tmp_path / "a.wav", data, width=width, kind=kind)}
    rate, samples = Audio().preprocess(payload)
    assert (rate, samples.dtype, samples.tolist()) == (8000, dtype, expected)


def test_a_wav_that_ends_too_early_gives_what_is_there(tmp_path):
    path = Path(wav(tmp_path / "a.wav", struct.pack("<4h", 1, 2, 3, 4)))
    path.write_bytes(path.read_bytes()[:-3])
    assert Audio().preprocess({"path": str(path)})[1].tolist() == [1, 2]


def test_a_file_that_is_no_sound_is_told_to_the_user(tmp_path):
    path = tmp_path / "a.mp3"
    path.write_bytes(b"no sound")
    with pytest.raises(Error, match=r"a\.mp3"):
        Audio().preprocess({"path": str(path)})


def test_another_format_without_soundfile_and_ffmpeg_names_what_to_install(tmp_path, monkeypatch):
    from nbblocks.components import ffmpeg, sound

    monkeypatch.setattr(sound, "_soundfile", lambda: None)
    monkeypatch.setattr(ffmpeg, "ffmpeg_path", lambda: None)
    path = tmp_path / "a.mp3"
    path.write_bytes(b"ID3")
    with pytest.raises(Error, match="needs FFmpeg"):
        Audio().preprocess({"path": str(path)})
    with pytest.raises(Error, match="needs FFmpeg"):
        Audio(format="mp3").postprocess((8000, np.zeros(8, np.int16)))


def test_files_bytes_and_addresses(tmp_path):
    path = wav(tmp_path / "a.wav", bytes(4))
    shown = Audio().postprocess(path)
    assert (shown.path, shown.orig_name) == (path, "a.wav")
    assert Path(Audio().postprocess(Path(path).read_bytes()).path).suffix == ".wav"
    assert Audio().postprocess(Path(path)).path == path
    web = Audio().postprocess("https://example.org/a.mp3?x=1")
    assert (web.path, web.url) == ("https://example.org/a.mp3?x=1",) * 2
    assert Audio().postprocess(None) is None


def test_a_path_is_given_in_the_format_that_was_asked_for(tmp_path):
    path = wav(tmp_path / "a.wav", bytes(8))
    assert Audio(type="filepath").preprocess({"path": path}) == path
    assert Audio(type="filepath", format="wav").preprocess({"path": path}) == path


@pytest.mark.parametrize("payload", [3, "a.wav", {"url": "x"}, {"path": ""}, []])
def test_what_is_no_file_is_refused(payload):
    with pytest.raises(WireError):
        Audio().preprocess(payload)


@pytest.mark.parametrize(
    "given",
    [
        {"type": "pil"},
        {"sources": "x"},
        {"sources": ["upload", "x"]},
        {"format": "ogg"},
        {"format": "../x"},
        {"streaming": True, "sources": ["upload"]},
        {"subtitles": "words.txt"},
        {"subtitles": [{"text": "x"}]},
        {"subtitles": [3]},
    ],
)
def test_what_cannot_be_declared(given):
    with pytest.raises(DeclarationError):
        Audio(**given)


def test_defaults_follow_from_one_another():
    assert (Audio().sources, Audio(streaming=True).sources) == (["upload", "microphone"], ["microphone"])
    assert (Audio(format="WAV").format, Audio(sources="microphone").sources) == ("wav", ["microphone"])
    assert (Microphone().sources, Microphone().format) == (["microphone"], "wav")
    assert Audio(waveform_options={"skip_length": 9}).wire_props(["waveform_options"])["waveform_options"] == {
        **vars(WaveformOptions()),
        "skip_length": 9,
    }


SRT = "1\n00:00:00,000 --> 00:00:01,500\nHello\nthere\n\n2\n00:01:02,000 --> 01:00:03,250\nBye\n"
VTT = (
    "WEBVTT\n\nNOTE x\n\n00:00.000 --> 00:01.500 align:start\nHello\nthere\n\nid\n00:01:02.000 --> 01:00:03.250\nBye\n"
)
JSON = '[{"text": "Hello\\nthere", "timestamp": [0, 1.5]}, {"text": "Bye", "timestamp": [62, 3603.25]}]'


@pytest.mark.parametrize(("name", "text"), [("a.srt", SRT), ("a.vtt", VTT), ("a.json", JSON)])
def test_subtitles_of_each_kind_of_file(tmp_path, name, text):
    (tmp_path / name).write_text(text, newline="\r\n")
    told = Audio(subtitles=tmp_path / name).wire_props(["subtitles"])["subtitles"]
    assert told == [
        {"start": 0, "end": 1.5, "text": "Hello\nthere"},
        {"start": 62, "end": 3603.25, "text": "Bye"},
    ]


def test_pieces_of_a_stream_and_the_whole(tmp_path):
    audio, chunks = Audio(streaming=True), []
    piece = np.ones(100, np.int16)
    first = audio.add_chunk((8000, piece), chunks)
    second = audio.add_chunk((8000, piece * 2), chunks)
    assert (first.is_stream, len(first.meta["chunks"]), len(second.meta["chunks"])) == (True, 1, 2)
    whole = audio.end_chunks(chunks)
    assert (whole.is_stream, whole.meta["stream"]) == (False, first.meta["stream"])
    assert audio.preprocess(whole)[1].tolist() == [1] * 100 + [2] * 100
    assert audio.add_chunk(None, []) is None


def test_pieces_of_bytes_are_put_together():
    audio, chunks = Audio(streaming=True), []
    for part in (b"ID3one", b"ID3two"):
        audio.add_chunk(part, chunks)
    whole = audio.end_chunks(chunks)
    assert (Path(whole.path).read_bytes(), Path(whole.path).suffix) == (b"ID3oneID3two", ".mp3")


def test_examples_are_sounds(tmp_path):
    with wave.open(Audio().example_value()) as read:
        assert (read.getframerate(), read.getnframes()) == (8000, 2000)
    assert Audio().process_example("/a/b.wav") == "b.wav"
    assert isinstance(Audio().preprocess(FileData(path=Audio().example_value())), tuple)
