"""Handlers in processes, on a Dask or ipyparallel cluster, on the main thread: as in a thread, and nothing is lost."""

from __future__ import annotations

import asyncio
import concurrent.futures
import gc
import multiprocessing
import os
import signal
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest

import nbblocks as gr
from nbblocks.dispatch import main_thread
from nbblocks.exceptions import DeclarationError

pytest.importorskip("cloudpickle")


@pytest.fixture(scope="module")
def processes():
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        yield pool


@pytest.fixture(scope="module")
def dask():
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(n_workers=1, threads_per_worker=2, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client.get_executor()


@pytest.fixture(scope="module")
def engines():
    ipyparallel = pytest.importorskip("ipyparallel")
    with ipyparallel.Cluster(n=1) as client:
        yield client.executor()


@pytest.fixture(params=["processes", "dask", "engines"])
def far(request):
    return request.getfixturevalue(request.param)


def one_button(fn, **listener):
    with gr.Blocks() as demo:
        demo.text, demo.out, demo.go, demo.stop = gr.Textbox("a"), gr.Textbox(), gr.Button(), gr.Button()
        demo.dep = demo.go.click(fn, demo.text, demo.out, **listener)
        demo.stop.click(None, cancels=demo.dep)
    return demo


def clicked(open_page, fn, **listener):
    demo = one_button(fn, **listener)
    page = open_page(demo)
    told = page.click(demo.go)
    return told, page.value(demo.out), page


def test_a_closure_runs_in_another_process(open_page, far):
    word = "b"
    told, value, _ = clicked(open_page, lambda text: f"{text}{word}{os.getpid()}", executor=far)
    assert (told["status"], value[:2]) == ("done", "ab")
    assert value[2:] != str(os.getpid())


def test_an_async_handler_runs_there_too(open_page, processes):
    async def fn(text):
        await asyncio.sleep(0)
        return f"{text}{os.getpid() != 0}"

    assert clicked(open_page, fn, executor=processes)[1] == "aTrue"


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_the_steps_of_a_generator_come_back(open_page, far, kind):
    def steps(text):
        for n in range(3):
            yield f"{text}{n}"

    async def steps_async(text):
        for n in range(3):
            yield f"{text}{n}"

    told, value, _ = clicked(open_page, steps if kind == "sync" else steps_async, executor=far)
    assert (told["status"], value) == ("done", "a2")


def test_progress_and_messages_come_back(open_page, far):
    def fn(text, progress=gr.Progress()):
        progress(0.5, desc="half")
        gr.Info("on the way")
        return text

    told, value, page = clicked(open_page, fn, executor=far)
    assert (told["status"], value) == ("done", "a")
    assert [m["bars"][0]["desc"] for m in page.of_kind("job") if m["status"] == "progress"] == ["half"]
    assert [m["message"] for m in page.of_kind("toast")] == ["on the way"]


def test_an_error_is_told_with_its_traceback_from_there(open_page, far, caplog):
    def fn(text):
        def inner():
            raise ZeroDivisionError("there")

        inner()

    told, _, _ = clicked(open_page, fn, executor=far)
    assert told["status"] == "failed"
    assert "in inner" in caplog.text


def test_an_error_for_the_user_is_the_same_as_here(open_page, far):
    def fn(text):
        raise gr.Error("for you", duration=3, title="T")

    told, _, _ = clicked(open_page, fn, executor=far)
    assert (told["message"], told["duration_s"], told["title"]) == ("for you", 3, "T")


def test_the_request_and_the_event_travel(open_page, processes):
    def fn(text, request: gr.Request, event: gr.EventData):
        return f"{request.session_hash is not None} {event.target} {event.x}"

    demo = one_button(fn, executor=processes)
    page = open_page(demo)
    page.click(demo.go, payload={"x": 3})
    assert page.value(demo.out) == "True None 3"


def test_calls_of_a_batch_run_there_as_one(open_page, processes):
    def fn(texts):
        return [[f"{t}{len(texts)}" for t in texts]]

    assert clicked(open_page, fn, executor=processes, batch=True)[1] == "a1"


def test_the_queue_s_executor_runs_every_handler_but_those_past_the_queue(open_page, processes):
    with gr.Blocks() as demo:
        there, here, go = gr.Number(), gr.Number(), gr.Button()
        go.click(os.getpid, None, there)
        go.click(os.getpid, None, here, queue=False)
        gr.render()(lambda: gr.Textbox("made here"))
    demo.queue(executor=processes)
    page = open_page(demo)
    page.fire(go)
    page.settle()
    assert (page.value(there) != os.getpid(), page.value(here) == os.getpid()) == (True, True)
    assert page.of_kind("tree")


def test_a_generator_that_is_cancelled_stops_there(open_page, processes, tmp_path):
    mark = str(tmp_path / "closed")

    def steps(text):
        try:
            for n in range(10_000):
                yield str(n)
                time.sleep(0.01)
        finally:
            open(mark, "w").close()

    demo = one_button(steps, executor=processes)
    page = open_page(demo)
    (job,) = page.fire(demo.go)
    page.wait_for(lambda: page.value(demo.out))
    page.fire(demo.stop)
    page.settle()
    assert page.told(job)[-1] == "cancelled"
    assert os.path.exists(mark)


def test_after_a_killed_worker_the_next_call_works(open_page, caplog):
    def fn(text):
        if text == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        return text

    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        demo = one_button(fn, executor=pool)
        page = open_page(demo)
        told = page.click(demo.go, edits={demo.text: "die"})
        assert (told["status"], told["title"]) == ("failed", "Worker lost")
        assert "killed" in told["message"]
        assert page.click(demo.go, edits={demo.text: "live"})["status"] == "done"
        assert page.value(demo.out) == "live"
        gc.collect()
        assert "never retrieved" not in caplog.text, "asyncio has nothing to add to what was told"


def test_what_cannot_travel_is_told(open_page, processes):
    lock = threading.Lock()
    demo = one_button(lambda text: str(lock), executor=processes)
    demo.show_error = True
    page = open_page(demo, show_error=True)
    told = page.click(demo.go)
    assert told["status"] == "failed"
    assert "cannot be sent to another process" in told["message"]


class Other(concurrent.futures.Executor):
    """Runs at once."""

    def submit(self, fn, /, *args, **kwargs):
        future = concurrent.futures.Future()
        future.set_result(fn(*args, **kwargs))
        return future


def test_any_other_executor_runs_plain_functions_and_no_generators(open_page):
    assert clicked(open_page, lambda text: text * 2, executor=Other())[1] == "aa"

    def steps(text):
        yield text

    page = open_page(one_button(steps, executor=Other()), show_error=True)
    told = page.click(page.app.blocks.go)
    assert "Other has no way to bring its steps back" in told["message"]


@pytest.mark.parametrize("kind", ["plain", "async", "generator"])
def test_threads_of_one_s_own(open_page, kind):
    def plain(text):
        return threading.current_thread().name[:3]

    async def coroutine(text):
        return plain(text)

    def steps(text):
        yield "first"
        yield plain(text)

    fn = {"plain": plain, "async": coroutine, "generator": steps}[kind]
    with ThreadPoolExecutor(1, thread_name_prefix="own") as pool:
        assert clicked(open_page, fn, executor=pool)[1] == "own"


def test_the_main_thread_runs_what_is_to_run_there(open_page):
    def fn(text):
        yield "first"
        yield str(threading.current_thread() is threading.main_thread())

    demo = one_button(fn, executor="main")
    page = open_page(demo)
    (job,) = page.fire(demo.go)
    deadline = time.monotonic() + 10
    while page.told(job) != ["done"] and time.monotonic() < deadline:
        main_thread().run_waiting()
        time.sleep(0.001)
        page.flush()
    assert page.value(demo.out) == "True"


def test_the_main_thread_of_a_script_serves_until_it_is_over():
    main = type(main_thread())()
    over = threading.Event()

    def other():
        assert main.submit(threading.current_thread).result(10) is threading.main_thread()
        over.set()
        main.wake()

    threading.Thread(target=other).start()
    main.serve(over.is_set)


def test_the_main_thread_of_a_notebook_runs_things_in_its_loop():
    main = type(main_thread())()

    async def cells():
        main.attach()
        return await asyncio.wrap_future(await asyncio.to_thread(main.submit, threading.current_thread))

    assert asyncio.run(cells()) is threading.main_thread()


def test_what_is_no_executor_is_refused_at_once():
    with gr.Blocks() as demo, pytest.raises(DeclarationError, match="'main' or a concurrent"):
        gr.Button().click(len, executor="threads")
    with pytest.raises(DeclarationError, match="'main' or a concurrent"):
        demo.queue(executor=3)
