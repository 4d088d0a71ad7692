"""The dispatcher: limits, order, refusals, cancelling, news, ends."""

from __future__ import annotations

import asyncio
import logging
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbblocks.dispatch import Dispatcher, Job, Outcome, Policy, QueueNews
from tests.dispatch.fakes import FakeClock, FakePool

TIMEOUT_S = 10


class Table:
    """A dispatcher on a table: its time and its threads stand still until told."""

    def __init__(self, **options):
        self.clock, self.pool = FakeClock(), FakePool()
        self.dispatcher = Dispatcher(clock=self.clock, pool=self.pool, **options)
        self.log = []

    def job(self, name, policy, error=None, **more):
        def work(job):
            self.log.append((name, "ran"))
            if error is not None:
                raise error

        more.setdefault("work", work)
        return Job(
            name,
            policy,
            on_end=lambda job, how: self.log.append((name, how.status)),
            on_news=lambda job, news: self.log.append((name, news)),
            on_start=lambda job: self.log.append((name, "started")),
            **more,
        )

    def submit(self, name, policy=None, **more):
        job = self.job(name, policy or Policy("f", "f"), **more)
        self.dispatcher.submit(job)
        return job

    def told(self, *kinds):
        return [(name, what) for name, what in self.log if what in kinds]


@pytest.fixture
def table():
    return Table()


def test_a_job_runs_at_once_when_its_group_has_room(table):
    table.submit("a")
    table.pool.work()
    assert table.log == [("a", "ran"), ("a", "done")]


def test_one_more_than_the_limit_waits_and_runs_when_the_first_ends(table):
    table.submit("a")
    table.submit("b")
    assert table.log == [("b", QueueNews(1, 1, None))]
    table.pool.work()
    table.pool.work()
    assert table.log[1:] == [("a", "ran"), ("a", "done"), ("b", "started"), ("b", "ran"), ("b", "done")]


def test_waiting_jobs_run_in_the_order_they_came(table):
    for name in "abcd":
        table.submit(name)
    while table.pool.submitted:
        table.pool.work()
    assert table.told("ran") == [(name, "ran") for name in "abcd"]


def test_groups_do_not_hold_up_each_other(table):
    table.submit("a", Policy("f", "f"))
    table.submit("b", Policy("g", "g"))
    assert len(table.pool.submitted) == 2


def test_no_limit_runs_all_at_once(table):
    for name in "abc":
        table.submit(name, Policy("f", "f", limit=None))
    assert len(table.pool.submitted) == 3


def test_of_several_limits_of_one_group_the_lowest_counts(table):
    for limit in (None, 3, 2, 5):
        table.dispatcher.set_limit("gpu", limit)
    for name in "abcd":
        table.submit(name, Policy(name, "gpu", limit=5))
    assert len(table.pool.submitted) == 2


def test_a_full_queue_refuses_one_more_at_once_and_says_so():
    table = Table(max_size=1)
    refusals = []
    table.submit("a")
    table.submit("b")
    late = Job("c", Policy("f", "f"), work=print, on_end=lambda job, how: refusals.append(how))
    table.dispatcher.submit(late)
    assert refusals == [Outcome("refused", message="The queue is full: 1 of at most 1 wait.")]
    assert late.state == "ended"


def test_queue_false_goes_past_a_full_queue_and_its_limit():
    table = Table(max_size=0)
    table.submit("a")
    table.submit("b", Policy("f", "f", queue=False))
    table.submit("c", Policy("f", "f", queue=False))
    assert len(table.pool.submitted) == 3


def test_an_end_makes_room_before_it_is_told():
    table = Table(max_size=0)
    policy = Policy("f", "f")
    again = table.job("b", policy)
    first = Job("a", policy, work=lambda job: None, on_end=lambda job, how: table.dispatcher.submit(again))
    table.dispatcher.submit(first)
    table.pool.work()
    table.pool.work()
    assert table.log == [("b", "ran"), ("b", "done")]


def test_a_cancelled_job_that_waits_is_dropped(table):
    table.submit("a")
    b = table.submit("b")
    assert table.dispatcher.cancel(b)
    assert not table.dispatcher.cancel(b)
    table.pool.work()
    assert table.log[1:] == [("b", "cancelled"), ("a", "ran"), ("a", "done")]
    assert (table.dispatcher.waiting, table.dispatcher.running, table.pool.submitted) == (0, 0, [])


def test_a_job_cancelled_before_it_is_submitted_ends_at_once(table):
    table.submit("a")
    late = table.job("b", Policy("f", "f"))
    table.dispatcher.cancel(late)
    table.dispatcher.submit(late)
    assert table.log == [("b", "cancelled")]


def test_a_cancelled_plain_job_that_runs_ends_as_cancelled_when_it_is_through(table):
    cancelled = []
    job = table.submit("a", work=lambda job: cancelled.append(table.dispatcher.cancel(job)))
    table.pool.work()
    assert (cancelled, table.log, job.state) == ([True], [("a", "cancelled")], "ended")


def test_a_cancelled_job_that_has_not_begun_never_begins(table):
    table.dispatcher.cancel(table.submit("a"))
    table.pool.work()
    assert table.log == [("a", "cancelled")]


@pytest.mark.parametrize("error", [ValueError("no"), SystemExit(1), KeyboardInterrupt()])
def test_an_error_of_a_handler_reaches_its_end(table, error):
    ends = []
    table.dispatcher.submit(
        Job(
            "a", Policy("f", "f"), work=lambda job: (_ for _ in ()).throw(error), on_end=lambda j, how: ends.append(how)
        )
    )
    table.clock.advance(2)
    table.pool.work()
    assert ends == [Outcome("failed", error, None, 2.0)]


def test_an_error_while_an_end_is_told_is_logged_and_stops_nothing(table, caplog):
    def on_end(job, how):
        raise RuntimeError("the page is broken")

    table.dispatcher.submit(Job("a", Policy("f", "f"), work=lambda job: None, on_end=on_end))
    table.submit("b")
    with caplog.at_level(logging.ERROR, "nbblocks"):
        table.pool.work()
    table.pool.work()
    assert "the page is broken" in caplog.text
    assert table.told("done") == [("b", "done")]


def test_news_of_places_are_sent_after_a_job_ends_and_tell_the_time_left(table):
    for name in "abc":
        table.submit(name)
    table.clock.advance(4)
    table.pool.work()
    table.log.clear()
    table.clock.advance(1)
    assert table.log == [("c", QueueNews(1, 1, 4.0))]


def test_many_ends_in_a_moment_send_news_once(table):
    for name in "abcde":
        table.submit(name)
    for _ in range(3):
        table.pool.work()
    table.log.clear()
    table.clock.advance(1)
    assert table.log == [("e", QueueNews(1, 1, 0.0))]


def test_news_can_come_at_a_rate_and_stop_with_the_queue():
    table = Table(news_every_s=5)
    table.submit("a")
    b = table.submit("b")
    table.log.clear()
    table.clock.advance(11)
    assert table.log == [("b", QueueNews(1, 1, None))] * 2
    table.dispatcher.cancel(b)
    table.log.clear()
    table.clock.advance(20)
    assert table.log == []


def test_close_drops_what_waits_and_refuses_what_comes(table):
    table.submit("a")
    table.submit("b")
    table.dispatcher.close()
    table.submit("c")
    table.pool.work()
    assert table.log[1:] == [("b", "cancelled"), ("c", "refused"), ("a", "cancelled")]
    assert (table.dispatcher.waiting, table.dispatcher.running) == (0, 0)


def test_close_can_wait_for_everything_that_was_submitted():
    ends = []
    dispatcher = Dispatcher()
    for name in "abcd":
        policy = Policy("f", "f", is_async=name in "bd")

        async def work(job):
            await asyncio.sleep(0)

        dispatcher.submit(
            Job(
                name,
                policy,
                work=work if policy.is_async else (lambda job: None),
                on_end=lambda job, how: ends.append((job.id, how.status)),
            )
        )
    dispatcher.close(wait=True)
    assert ends == [(name, "done") for name in "abcd"]


# --- async handlers, on the real loop


class Ends:
    """Ends of jobs, to be waited for."""

    def __init__(self):
        self._ends = {}
        self._changed = threading.Condition()

    def __call__(self, job, how):
        with self._changed:
            self._ends.setdefault(job.id, []).append(how.status)
            self._changed.notify_all()

    def of(self, job):
        with self._changed:
            assert self._changed.wait_for(lambda: job.id in self._ends, TIMEOUT_S)
            return self._ends[job.id]


@pytest.fixture
def dispatcher():
    made = Dispatcher()
    yield made
    made.close()


def test_an_async_job_that_runs_is_cancelled_and_its_finally_runs(dispatcher):
    ends, steps, begun = Ends(), [], threading.Event()

    async def work(job):
        try:
            begun.set()
            await asyncio.Event().wait()
        finally:
            steps.append("finally")

    job = Job("a", Policy("f", "f", is_async=True), work=work, on_end=ends)
    dispatcher.submit(job)
    assert begun.wait(TIMEOUT_S)
    dispatcher.cancel(job)
    assert (ends.of(job), steps) == (["cancelled"], ["finally"])


def test_an_async_job_cancelled_before_its_first_step_ends_and_makes_room(dispatcher):
    ends, loop_is_free, blocked = Ends(), threading.Event(), threading.Event()

    async def block(job):
        blocked.set()
        loop_is_free.wait(TIMEOUT_S)

    async def work(job):
        pass

    dispatcher.submit(Job("blocker", Policy("g", "g", is_async=True), work=block, on_end=ends))
    assert blocked.wait(TIMEOUT_S)
    first = Job("a", Policy("f", "f", is_async=True), work=work, on_end=ends)
    second = Job("b", Policy("f", "f", is_async=True), work=work, on_end=ends)
    dispatcher.submit(first)
    dispatcher.submit(second)
    dispatcher.cancel(first)
    loop_is_free.set()
    assert (ends.of(first), ends.of(second)) == (["cancelled"], ["done"])


def test_an_async_handler_that_blocks_does_not_stop_the_queue(dispatcher):
    ends, release, blocked = Ends(), threading.Event(), threading.Event()

    async def block(job):
        blocked.set()
        release.wait(TIMEOUT_S)

    plain = [Job(str(n), Policy("f", "f"), work=lambda job: None, on_end=ends) for n in range(3)]
    stuck = Job("stuck", Policy("g", "g", is_async=True), work=block, on_end=ends)
    dispatcher.submit(stuck)
    assert blocked.wait(TIMEOUT_S)
    for job in plain:
        dispatcher.submit(job)
    assert [ends.of(job) for job in plain] == [["done"]] * 3
    release.set()
    assert ends.of(stuck) == ["done"]


def test_an_async_error_reaches_its_end(dispatcher):
    ends = Ends()

    async def work(job):
        raise ValueError("no")

    job = Job("a", Policy("f", "f", is_async=True), work=work, on_end=ends)
    dispatcher.submit(job)
    assert ends.of(job) == ["failed"]


# --- several as one


def batch_policy(size=3):
    return Policy("f", "f", batch_size=size)


def test_waiting_jobs_of_a_batch_listener_run_as_one(table):
    runs = []

    def work(job):
        runs.append([j.id for j in job.together])

    for name in "abcde":
        table.submit(name, batch_policy(), work=work)
    while table.pool.submitted:
        table.pool.work()
    assert runs == [["a"], ["b", "c", "d"], ["e"]]
    assert table.told("done") == [(name, "done") for name in "abcde"]


def test_a_batch_takes_only_jobs_of_its_own_listener(table):
    runs = []
    other = Policy("g", "f")
    for name, policy in [("a", batch_policy()), ("b", batch_policy()), ("x", other), ("c", batch_policy())]:
        table.submit(name, policy, work=lambda job: runs.append([j.id for j in job.together]))
    while table.pool.submitted:
        table.pool.work()
    assert runs == [["a"], ["b", "c"], ["x"]]


def test_one_of_a_batch_can_be_cancelled_or_fail_alone(table):
    def work(job):
        for each in job.together:
            if each.id == "c":
                each.error = ValueError("this one")

    jobs = {name: table.submit(name, batch_policy(), work=work) for name in "abcd"}
    table.pool.work()
    table.dispatcher.cancel(jobs["b"])
    table.pool.work()
    assert table.told("done", "failed", "cancelled") == [
        ("a", "done"),
        ("b", "cancelled"),
        ("c", "failed"),
        ("d", "done"),
    ]


# --- whatever happens, in whatever order

steps = st.lists(
    st.one_of(
        st.tuples(st.just("submit"), st.sampled_from("xyz"), st.booleans(), st.sampled_from([1, 1, 3])),
        st.tuples(st.sampled_from(["finish", "fail", "cancel"]), st.integers(0, 20)),
        st.tuples(st.just("wait"), st.floats(0, 5)),
    ),
    max_size=60,
)


@given(steps, st.sampled_from([None, 0, 3]), st.sampled_from(["auto", 1.0]))
def test_any_interleaving_keeps_limits_order_and_one_end_each(script, max_size, rate):
    limits = {"x": 1, "y": 2, "z": None}
    table = Table(max_size=max_size, news_every_s=rate)
    jobs, ends, begun, failing = [], {}, [], set()

    def work(job):
        if job in failing:
            raise ValueError("as told")

    def running(group):
        leads = {id(j.together) for j in jobs if j.state == "running" and j.policy.concurrency_id == group}
        past = sum(1 for j in jobs if j.state == "running" and not j.policy.queue and j.policy.concurrency_id == group)
        return len(leads) - past

    for step in script:
        if step[0] == "submit":
            _, group, queue, batch_size = step
            policy = Policy(group, group, limits[group], queue, batch_size=batch_size if queue else 1)
            job = Job(
                str(len(jobs)),
                policy,
                work=work,
                on_end=lambda job, how: ends.setdefault(job.id, []).append(how.status),
                on_start=lambda job: begun.append((job.policy.concurrency_id, int(job.id))),
            )
            jobs.append(job)
            table.dispatcher.submit(job)
        elif step[0] == "cancel" and jobs:
            table.dispatcher.cancel(jobs[step[1] % len(jobs)])
        elif step[0] == "wait":
            table.clock.advance(step[1])
        elif table.pool.submitted:
            at = step[1] % len(table.pool.submitted)
            if step[0] == "fail":
                failing.add(table.pool.submitted[at][1][1])
            table.pool.work(at)
        for group, limit in limits.items():
            assert limit is None or running(group) <= limit
        assert max_size is None or table.dispatcher.waiting <= max_size
    while table.pool.submitted:
        table.pool.work()
    assert {job_id: len(told) for job_id, told in ends.items()} == {job.id: 1 for job in jobs}
    assert (table.dispatcher.waiting, table.dispatcher.running) == (0, 0)
    for group in limits:
        sizes = {j.policy.batch_size for j in jobs if j.policy.concurrency_id == group}
        order = [n for g, n in begun if g == group]
        assert sizes - {1} or order == sorted(order)
