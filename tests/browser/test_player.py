"""Sound and film: played, recorded, trimmed, streamed. The browser of the tests has a microphone and a camera that beep."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Standalone
from tests.browser.lab import LabPage

HEAD = """
import time, numpy as np, nbblocks as gr
rate = 8000
def tone(seconds, hz=440):
    t = np.arange(int(rate * seconds)) / rate
    return rate, (np.sin(2 * np.pi * hz * t) * 9000).astype(np.int16)
def told(x):
    return "None" if x is None else f"{x[0]} Hz, {x[1].ndim} axes, {len(x[1]) / x[0]:.1f} s, {x[1].dtype}"
def listen(component, said, names):
    for name in names:
        getattr(component, name)(lambda so_far, name=name: f"{so_far or ''} {name}".strip(), said, said)
"""
SOUND = (
    HEAD
    + """
with gr.Blocks() as demo:
    sound = gr.Audio(tone(1.0), label="Sound", interactive=True)
    said, got = gr.Textbox(label="Said"), gr.Textbox(label="Got")
    listen(sound, said, ["play", "pause", "stop", "clear", "upload"])
    sound.input(told, sound, got)
demo.launch(LAUNCH)
"""
)
MICROPHONE = (
    HEAD
    + """
with gr.Blocks() as demo:
    one = gr.Audio(label="One", sources="microphone")
    said, got = gr.Textbox(label="Said"), gr.Textbox(label="Got")
    listen(one, said, ["start_recording", "pause_recording"])
    one.stop_recording(told, one, got)
    live = gr.Audio(label="Live", streaming=True)
    count, piece = gr.Number(0, label="Pieces"), gr.Textbox(label="Piece")
    live.stream(lambda x, n: (n + 1, told(x)), [live, count], [count, piece], stream_every=0.1)
demo.launch(LAUNCH)
"""
)


def block(page: Page, label: str) -> Locator:
    root = page.locator(".gradio-container")
    return root.locator(".nb-block", has=page.get_by_text(label, exact=True))


def check_playing(page: Page) -> None:
    sound, said = block(page, "Sound"), page.get_by_label("Said")
    slider = sound.get_by_role("slider", name="Position")
    expect(slider).to_have_attribute("aria-valuetext", "0:00 of 0:01")
    sound.get_by_role("button", name="Play", exact=True).click()
    expect(said).to_have_value("play stop")
    slider.press("Home")
    expect(slider).to_have_attribute("aria-valuenow", "0")
    slider.press("Space")
    expect(said).to_have_value("play stop play")
    slider.press("Space")
    expect(said).to_have_value("play stop play pause")
    sound.get_by_role("button", name="Speed: 1 times").click()
    assert sound.locator("audio").evaluate("a => a.playbackRate") == 1.5


def check_trimming(page: Page) -> None:
    sound, got = block(page, "Sound"), page.get_by_label("Got")
    sound.get_by_role("button", name="Trim").click()
    start = sound.get_by_role("slider", name="Start of what is kept")
    start.press("Home")
    for _ in range(4):
        start.press("ArrowRight")
    end = sound.get_by_role("slider", name="End of what is kept")
    end.press("End")
    sound.get_by_role("button", name="Trim", exact=True).click()
    expect(got).to_have_value("44100 Hz, 1 axes, 0.6 s, int16")
    sound.get_by_role("button", name="Undo the trimming").click()
    expect(got).to_have_value("8000 Hz, 1 axes, 1.0 s, int16")


def test_a_sound_is_played_trimmed_and_replaced(page: Page, standalone: Standalone) -> None:
    page.goto(standalone(SOUND.replace("LAUNCH", "")).url)
    check_playing(page)
    check_trimming(page)
    sound = block(page, "Sound")
    sound.hover()
    sound.get_by_role("button", name="Clear").click()
    expect(page.get_by_label("Got")).to_have_value("None")
    wav = bytes.fromhex(
        "524946462c00000057415645666d74201000000001000100401f0000803e00000200100064617461080000000100020003000400"
    )
    sound.get_by_test_id("file-upload").set_input_files({"name": "a.wav", "mimeType": "audio/wav", "buffer": wav})
    expect(page.get_by_label("Got")).to_have_value("8000 Hz, 1 axes, 0.0 s, int16")
    expect(page.get_by_label("Said")).to_have_value("play stop play pause clear upload")


def test_a_sound_is_played_and_trimmed_in_a_cell(lab: LabPage) -> None:
    lab.open([SOUND.replace("LAUNCH", "")])
    lab.run_all()
    check_playing(lab.page)
    check_trimming(lab.page)


def check_microphone(page: Page) -> None:
    one = block(page, "One")
    one.get_by_role("button", name="Record").click()
    expect(one.get_by_test_id("recording-time")).to_have_text("0:01")
    one.get_by_role("button", name="Pause").click()
    expect(one.get_by_text("Paused")).to_be_visible()
    one.get_by_role("button", name="Resume").click()
    expect(one.get_by_test_id("recording-time")).to_have_text("0:02")
    one.get_by_role("button", name="Stop").click()
    expect(page.get_by_label("Got")).to_have_value(re.compile(r"^\d+ Hz, [12] axes, [23]\.\d s, int16$"))
    expect(page.get_by_label("Said")).to_have_value("start_recording pause_recording")
    expect(one.get_by_role("slider", name="Position")).to_be_visible()
    live = block(page, "Live")
    live.get_by_role("button", name="Record").click()
    expect(page.get_by_label("Pieces")).to_have_value(re.compile("^([5-9]|..)$"))
    expect(page.get_by_label("Piece", exact=True)).to_have_value(re.compile(r"Hz.* 0\.\d s"))
    live.get_by_role("button", name="Stop").click()
    expect(live.get_by_role("button", name="Record")).to_be_enabled()


def test_the_microphone_records_and_streams(page: Page, standalone: Standalone) -> None:
    page.goto(standalone(MICROPHONE.replace("LAUNCH", "")).url)
    check_microphone(page)


def test_the_microphone_records_and_streams_in_a_cell(lab: LabPage) -> None:
    lab.open([MICROPHONE.replace("LAUNCH", "")])
    lab.run_all()
    check_microphone(lab.page)


@pytest.mark.parametrize(
    ("name", "words"),
    [("NotAllowedError", "may not be used"), ("NotFoundError", "There is no microphone"), (None, "page with https")],
)
def test_a_microphone_that_cannot_be_had(page: Page, standalone: Standalone, name: str | None, words: str) -> None:
    refuse = f"navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', '{name}'))"
    absent = "Object.defineProperty(navigator, 'mediaDevices', {value: undefined})"
    page.add_init_script(refuse if name else absent)
    page.goto(standalone(MICROPHONE.replace("LAUNCH", "")).url)
    one = block(page, "One")
    one.get_by_role("button", name="Record").click()
    expect(one.get_by_role("alert")).to_contain_text(words)
    expect(one.get_by_role("button", name="Record")).to_be_enabled()


STREAM = (
    HEAD
    + """
def pieces():
    for hz in (400, 500, 600):
        yield tone(0.4, hz)
        time.sleep(0.1)
with gr.Blocks() as demo:
    out = gr.Audio(label="Stream", streaming=True, autoplay=True, interactive=False)
    said, got = gr.Textbox(label="Said"), gr.Textbox(label="Got")
    listen(out, said, ["play", "stop"])
    gr.Button("Go").click(pieces, None, out).then(told, out, got)
demo.launch(LAUNCH)
"""
)


def check_stream(page: Page) -> None:
    page.get_by_role("button", name="Go").click()
    stream = block(page, "Stream")
    expect(page.get_by_label("Got")).to_have_value("8000 Hz, 1 axes, 1.2 s, int16")
    expect(page.get_by_label("Said")).to_have_value("play stop")
    expect(stream.get_by_role("slider", name="Position")).to_have_attribute("aria-valuetext", "0:00 of 0:01")


def test_a_streamed_sound_is_played_as_it_comes_and_is_a_whole_file_in_the_end(
    page: Page, standalone: Standalone
) -> None:
    page.goto(standalone(STREAM.replace("LAUNCH", "")).url)
    check_stream(page)


def test_a_streamed_sound_is_played_in_a_cell(lab: LabPage) -> None:
    lab.open([STREAM.replace("LAUNCH", "")])
    lab.run_all()
    check_stream(lab.page)


VIDEO = """
import time, nbblocks as gr
from pathlib import Path
film = FILM
def told(x):
    return "None" if x is None else Path(x).suffix
def listen(component, said, names):
    for name in names:
        getattr(component, name)(lambda so_far, name=name: f"{so_far or ''} {name}".strip(), said, said)
def pieces():
    for _ in range(2):
        yield film
        time.sleep(0.1)
with gr.Blocks() as demo:
    shown = gr.Video(film, label="Film", interactive=False, subtitles=[{"text": "Hello", "timestamp": [0, 1]}])
    taken = gr.Video(label="Taken", sources="webcam")
    stream = gr.Video(label="Stream", streaming=True, autoplay=True)
    said, got = gr.Textbox(label="Said"), gr.Textbox(label="Got")
    listen(shown, said, ["play", "pause", "end"])
    taken.stop_recording(told, taken, got)
    streamed = gr.Textbox(label="Streamed")
    listen(stream, streamed, ["play", "end"])
    gr.Button("Go").click(pieces, None, stream)
demo.launch(LAUNCH)
"""


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A WebM of a second, which every build of Chromium plays."""
    from nbblocks.components.ffmpeg import ffmpeg, ffmpeg_path

    if ffmpeg_path() is None:
        pytest.skip("no FFmpeg to make a film")
    path = tmp_path_factory.mktemp("film") / "film.webm"
    ffmpeg("A film", ["-f", "lavfi", "-i", "testsrc=s=160x120:r=10:d=1", "-c:v", "libvpx", path])
    return repr(str(path))


def check_video(page: Page) -> None:
    shown = block(page, "Film")
    video = shown.locator("video")
    page.wait_for_function("v => v.readyState > 0 && v.textTracks[0].cues?.length === 1", arg=video.element_handle())
    video.evaluate("v => v.play()")
    expect(page.get_by_label("Said")).to_have_value("play end")
    taken = block(page, "Taken")
    taken.get_by_role("button", name="Start the camera").click()
    taken.get_by_role("button", name="Record").click()
    expect(taken.get_by_text(re.compile("^0:0[1-9]$"))).to_be_visible()
    taken.get_by_role("button", name="Stop").click()
    expect(page.get_by_label("Got")).to_have_value(".webm")
    expect(taken.get_by_test_id("Taken-player")).to_be_visible()
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_label("Streamed")).to_have_value("play end")


def test_films_are_played_recorded_and_streamed(page: Page, standalone: Standalone, film: str) -> None:
    page.goto(standalone(VIDEO.replace("LAUNCH", "").replace("FILM", film)).url)
    check_video(page)


def test_films_are_played_recorded_and_streamed_in_a_cell(lab: LabPage, film: str) -> None:
    lab.open([VIDEO.replace("LAUNCH", "").replace("FILM", film)])
    lab.run_all()
    check_video(lab.page)


#: Heights of the camera's picture, from when it stands there until it plays.
HEIGHTS = """(start) => new Promise((done) => {
    const heights = new Set();
    const look = () => {
        const video = document.querySelector("video[aria-label=Camera]");
        if (video) heights.add(Math.round(video.getBoundingClientRect().height));
        if (video?.videoWidth) requestAnimationFrame(() => done([...heights]));
        else requestAnimationFrame(look);
    };
    look();
    start.click();
})"""


def test_nothing_moves_when_the_cameras_picture_comes(page: Page, standalone: Standalone, film: str) -> None:
    page.goto(standalone(VIDEO.replace("LAUNCH", "").replace("FILM", film)).url)
    start = block(page, "Taken").get_by_role("button", name="Start the camera")
    assert len(page.evaluate(HEIGHTS, start.element_handle())) == 1


PARAMETERS = """
import nbblocks as gr
with gr.Blocks() as demo:
    sound = gr.Audio(label="Sound", sources="microphone", recording=True)
    got = gr.Textbox(label="Got")
    sound.stop_recording(lambda x: f"{x[0]} Hz", sound, got)
    gr.Button("Stop it").click(lambda: gr.Audio(recording=False), None, sound)
    gr.Video(FILM, label="Film", playback_position=0.5, interactive=False)
    gr.Video(label="Mirrored", sources="webcam")
    gr.Video(label="Plain", sources="webcam", webcam_options=gr.WebcamOptions(mirror=False, constraints={"width": 320}))
demo.launch(LAUNCH)
"""


def test_recording_position_and_camera_follow_their_parameters(page: Page, standalone: Standalone, film: str) -> None:
    page.goto(standalone(PARAMETERS.replace("LAUNCH", "").replace("FILM", film)).url)
    expect(block(page, "Sound").get_by_text("Recording")).to_be_visible()
    page.get_by_role("button", name="Stop it").click()
    expect(page.get_by_label("Got")).to_have_value(re.compile(r"^\d+ Hz$"))
    page.wait_for_function("() => document.querySelector('[data-testid=Film-player]').currentTime === 0.5")
    for label, mirrored in (("Mirrored", True), ("Plain", False)):
        camera = block(page, label)
        camera.get_by_role("button", name="Start the camera").click()
        screen = camera.get_by_label("Camera", exact=True)
        transform = screen.evaluate("v => getComputedStyle(v).transform")
        assert (transform != "none") is mirrored
    page.wait_for_function("v => v.videoWidth === 320", arg=screen.element_handle())
