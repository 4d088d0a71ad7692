"""What ends by itself: a State with a time to live, a stream with a limit; bars of the tqdm package."""

from __future__ import annotations

import threading

import pytest

import nbblocks as gr
from nbblocks.exceptions import DeclarationError
from tests.dispatch.fakes import FakeClock


def counting(**given):
    with gr.Blocks() as demo:
        demo.n = gr.State(0, **given)
        demo.out, demo.go = gr.Number(), gr.Button()
        demo.go.click(lambda n: (n + 1, n + 1), demo.n, [demo.n, demo.out])
    return demo


def test_a_state_is_dropped_so_long_after_its_last_change(open_page):
    dropped = []
    clock = FakeClock()
    demo = counting(time_to_live=5, delete_callback=dropped.append)
    page = open_page(demo, clock=clock)
    page.click(demo.go)
    clock.advance(4)
    page.click(demo.go)
    clock.advance(4)
    assert (page.session.state_of(demo.n), dropped) == (2, [])
    clock.advance(1)
    page.app.dispatcher.background(lambda: None)
    page.settle()
    page.click(demo.go)
    assert (page.value(demo.out), dropped) == (1, [2])


def test_a_state_of_a_closed_session_is_dropped_once(open_page):
    dropped = []
    clock = FakeClock()
    page = open_page(counting(time_to_live=5, delete_callback=dropped.append), clock=clock)
    page.click(page.app.blocks.go)
    page.session.close()
    clock.advance(10)
    assert dropped == [1]


def test_a_time_to_live_is_a_number_above_0():
    with pytest.raises(DeclarationError, match="time_to_live"):
        gr.State(time_to_live=0)


def test_a_stream_ends_when_its_time_is_up(open_page, gate):
    closed = threading.Event()

    def steps(_):
        try:
            for n in range(3):
                yield str(n)
                gate.pass_through()
        finally:
            closed.set()

    clock = FakeClock()
    with gr.Blocks() as demo:
        sound, text = gr.Audio(streaming=True), gr.Textbox()
        sound.stream(steps, sound, text, time_limit=3)
    page = open_page(demo, clock=clock)
    (job,) = page.fire(sound, "stream")
    with gate.held():
        clock.advance(3)
    page.settle()
    assert (page.told(job), page.value(text), closed.is_set()) == (["done"], "0", True)


def bars(page):
    return [
        [(b["index"], b["length"], b["desc"]) for b in m["bars"]]
        for m in page.of_kind("job")
        if m["status"] == "progress"
    ]


def told_bars(open_page, fn):
    """Every state of the bars that a handler told, not only those that a page got."""
    told = []
    with gr.Blocks() as demo:
        demo.go = gr.Button()
        demo.go.click(fn)
    page = open_page(demo)
    tell = page.session.tell
    page.session.tell = lambda message, *rest: (told.append(message), tell(message, *rest))
    page.click(demo.go)
    return [
        [(b["index"], b["length"], b["desc"]) for b in m["bars"]]
        for m in told
        if m["kind"] == "job" and m["status"] == "progress"
    ]


def test_bars_of_tqdm_are_shown_nested(open_page):
    tqdm = pytest.importorskip("tqdm")

    def fn(progress=gr.Progress(track_tqdm=True)):
        for _ in tqdm.tqdm(range(2), desc="outer", leave=False):
            for _ in tqdm.tqdm([1], desc="inner", leave=False):
                pass

    assert told_bars(open_page, fn)[:4] == [
        [(0, 2, "outer")],
        [(0, 2, "outer"), (0, 1, "inner")],
        [(0, 2, "outer"), (1, 1, "inner")],
        [(0, 2, "outer")],
    ]


def test_bars_that_are_moved_by_hand_are_shown(open_page):
    tqdm = pytest.importorskip("tqdm")

    def fn(progress=gr.Progress(track_tqdm=True)):
        with tqdm.tqdm(total=4) as bar:
            bar.update(3)
            bar.set_description("late")
            bar.update(1)

    assert told_bars(open_page, fn) == [[(0, 4, None)], [(3, 4, None)], [(4, 4, "late")], []]


def test_bars_of_others_are_not_shown(open_page):
    tqdm = pytest.importorskip("tqdm")

    def fn(progress=gr.Progress()):
        for _ in tqdm.tqdm(range(2)):
            pass

    assert told_bars(open_page, fn) == []
    assert list(tqdm.tqdm(range(2))) == [0, 1]
