"""Queue, limits, order, cancelling, news."""

from __future__ import annotations

import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nbblocks.dispatch import Dispatcher, Job, Policy, QueueNews
from tests.dispatch.fakes import Bench, FakeClock


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def bench(clock):
    made = Bench(Dispatcher(max_threads=8, clock=clock))
    yield made
    made.close()


def test_one_at_a_time_in_the_order_of_submission(bench):
    for name in "abc":
        bench.submit(name)
    for n, name in enumerate("abc", 1):
        bench.until(lambda n=n: len(bench.started) == n)
        bench.finish(name)
    assert bench.started == ["a", "b", "c"]
    assert bench.ended == [("a", "done"), ("b", "done"), ("c", "done")]


def test_groups_do_not_hold_each_other_up(bench):
    bench.submit("a", "one")
    bench.submit("b", "two")
    bench.until(lambda: sorted(bench.started) == ["a", "b"])


def test_no_limit_runs_all_at_once(bench):
    for name in "abcd":
        bench.submit(name, limit=None)
    bench.until(lambda: len(bench.started) == 4)


def test_the_lowest_limit_of_a_shared_group_counts(bench):
    bench.dispatcher.set_limit("g", 3)
    bench.dispatcher.set_limit("g", 2)
    bench.dispatcher.set_limit("g", 5)
    for name in "abc":
        bench.submit(name, limit=5)
    bench.until(lambda: len(bench.started) == 2)
    assert bench.dispatcher.waiting == 1


def test_a_full_queue_refuses_one_more_at_once(clock):
    bench = Bench(Dispatcher(max_size=2, clock=clock))
    for name in "abcd":
        bench.submit(name)
    assert bench.ended == [("d", "refused")]
    bench.finish("a")
    bench.submit("e")
    assert bench.ended == [("d", "refused"), ("a", "done")]
    bench.close()


def test_queue_false_goes_past_the_queue(bench):
    bench.submit("a")
    bench.submit("b")
    bench.submit("urgent", queue=False)
    bench.until(lambda: bench.started == ["a", "urgent"])


def test_a_waiting_job_that_is_cancelled_never_starts(bench):
    bench.submit("a")
    waiting = bench.submit("b")
    bench.submit("c")
    assert bench.dispatcher.cancel(waiting)
    assert not bench.dispatcher.cancel(waiting)
    bench.finish("a")
    bench.until(lambda: bench.started == ["a", "c"])
    assert bench.ended == [("b", "cancelled"), ("a", "done")]


def test_a_running_job_that_is_cancelled_ends_as_cancelled(bench):
    job = bench.submit("a")
    bench.until(lambda: bench.started == ["a"])
    bench.dispatcher.cancel(job)
    bench.finish("a")
    assert bench.ended == [("a", "cancelled")]


def test_an_error_frees_its_place_and_is_told(bench):
    bench.submit("a")
    bench.submit("b")
    bench.finish("a", ValueError("no"))
    bench.until(lambda: bench.started == ["a", "b"])
    assert bench.ended == [("a", "failed")]


def test_places_in_the_queue_are_told_when_they_change(bench, clock):
    for name in "abc":
        bench.submit(name)
    assert bench.news == [("b", QueueNews(1, 1, None)), ("c", QueueNews(2, 2, None))]
    bench.until(lambda: bench.started == ["a"])
    clock.advance(2.0)
    bench.finish("a")
    bench.until(lambda: bench.started == ["a", "b"])
    bench.until(lambda: bool(clock.timers))
    clock.advance(1.0)
    assert bench.news[2:] == [("c", QueueNews(1, 1, 2.0))]


def test_async_work_is_cancelled_where_it_waits():
    ended, begun = threading.Event(), threading.Event()
    finals: list[str] = []

    async def work(job: Job) -> None:
        import asyncio

        begun.set()
        try:
            await asyncio.sleep(60)
        finally:
            finals.append("finally")

    dispatcher = Dispatcher()
    outcomes: list[str] = []
    job = Job("a", Policy("f", "f", is_async=True), work, lambda j, o: (outcomes.append(o.status), ended.set()))
    dispatcher.submit(job)
    assert begun.wait(5)
    dispatcher.cancel(job)
    assert ended.wait(5)
    assert (outcomes, finals) == (["cancelled"], ["finally"])
    dispatcher.close()


def test_async_work_that_blocks_does_not_stop_the_queue(bench):
    free = threading.Event()

    async def blocks(job: Job) -> None:
        free.wait(10)

    bench.dispatcher.submit(Job("x", Policy("x", "x", is_async=True), blocks, lambda j, o: None))
    bench.submit("a")
    bench.until(lambda: bench.started == ["a"])
    free.set()


def test_close_cancels_what_waits_and_refuses_what_comes(bench):
    bench.submit("a")
    bench.submit("b")
    bench.until(lambda: bench.started == ["a"])
    bench.dispatcher.close()
    assert bench.ended == [("b", "cancelled")]
    bench.submit("c")
    assert bench.ended == [("b", "cancelled"), ("c", "refused")]


STEPS = st.lists(st.tuples(st.sampled_from(["submit", "finish", "fail", "cancel"]), st.integers(0, 9)), max_size=30)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, limits=st.tuples(*[st.integers(1, 3)] * 2))
def test_any_interleaving_keeps_limits_and_ends_each_job_once(steps, limits):
    bench = Bench(Dispatcher(max_threads=16, clock=FakeClock()))
    jobs: list[tuple[str, int, Job]] = []

    def running() -> list[str]:
        done = {n for n, _ in bench.ended}
        return [n for n in bench.started if n not in done]

    for n, (action, number) in enumerate(steps):
        if action == "submit" or not jobs:
            group = number % 2
            jobs.append((f"j{n}", group, bench.submit(f"j{n}", f"g{group}", limits[group])))
        else:
            name, _, job = jobs[number % len(jobs)]
            if action == "cancel":
                bench.dispatcher.cancel(job)
            elif name in running():
                bench.finish(name, ValueError("x") if action == "fail" else None)
        for group in (0, 1):
            mine = {name for name, g, _ in jobs if g == group}
            assert len(mine & set(running())) <= limits[group]
    while len(bench.ended) < len(jobs):
        open_jobs = {name for name, _, _ in jobs} - {n for n, _ in bench.ended}
        bench.until(lambda open_jobs=open_jobs: bool(open_jobs & set(bench.started)) or len(bench.ended) == len(jobs))
        for name in list(running()):
            bench.finish(name)
    assert sorted(n for n, _ in bench.ended) == sorted(name for name, _, _ in jobs)
    assert bench.dispatcher.waiting == 0
    for group in (0, 1):
        order = [name for name, g, _ in jobs if g == group]
        started = [n for n in bench.started if n in order]
        assert started == [n for n in order if n in started] or limits[group] > 1
    bench.close()
