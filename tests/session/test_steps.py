"""What runs after what: generators, cancelling, chains, trigger modes, changes."""

from __future__ import annotations

import asyncio
import threading

import pytest

import nbblocks as gr


def streamed(page, block):
    """Every text that was shown, from the states and the growth that the page was told."""
    shown = []
    for m in page.of_kind("state", "delta"):
        if m["kind"] == "delta":
            shown.append(shown[-1] + m["ops"][0][2])
        elif "value" in m["models"].get(str(block._id), {}):
            shown.append(m["models"][str(block._id)]["value"])
    return shown


def one_button(fn, **listener):
    with gr.Blocks() as demo:
        demo.text, demo.go, demo.stop = gr.Textbox(), gr.Button(), gr.Button()
        demo.dep = demo.go.click(fn, None, demo.text, **listener)
        demo.stop.click(None, cancels=demo.dep)
    return demo


# --- generators


def test_a_generator_shows_each_step(open_page, gate):
    def count():
        for n in range(3):
            yield n
            gate.pass_through()

    demo = one_button(count)
    page = open_page(demo)
    (job,) = page.fire(demo.go)
    for n in range(3):
        with gate.held():
            page.flush()
            assert page.value(demo.text) == str(n)
    page.settle()
    assert page.told(job) == ["done"]


def test_an_async_generator_shows_each_step(open_page):
    async def count():
        for n in range(3):
            yield n
            await asyncio.sleep(0)

    demo = one_button(count)
    page = open_page(demo)
    assert page.click(demo.go)["status"] == "done"
    assert page.value(demo.text) == "2"


def test_a_failing_generator_keeps_what_it_showed(open_page):
    def steps():
        yield "so far"
        raise ValueError("no")

    demo = one_button(steps)
    page = open_page(demo)
    assert page.click(demo.go)["status"] == "failed"
    assert page.value(demo.text) == "so far"


def test_a_cancelled_generator_stops_at_its_next_step_and_its_finally_runs(open_page, gate):
    ran = []

    def steps():
        try:
            yield "shown"
            gate.pass_through()
            yield "dropped"
            ran.append("never")
        finally:
            ran.append("finally")

    demo = one_button(steps)
    page = open_page(demo)
    (job,) = page.fire(demo.go)
    with gate.held():
        page.fire(demo.stop)
    page.settle()
    assert (page.told(job), page.value(demo.text), ran) == (["cancelled"], "shown", ["finally"])


@pytest.mark.parametrize("is_generator", [True, False])
def test_a_cancelled_async_handler_ends_at_its_await_and_its_finally_runs(open_page, is_generator):
    waits, ran = threading.Event(), []

    async def wait():
        try:
            waits.set()
            await asyncio.Event().wait()
        finally:
            ran.append("finally")

    async def steps():
        yield "shown"
        await wait()

    demo = one_button(steps if is_generator else wait)
    page = open_page(demo)
    (job,) = page.fire(demo.go)
    assert waits.wait(10)
    page.fire(demo.stop)
    page.settle()
    assert (page.told(job), ran) == (["cancelled"], ["finally"])


def test_an_async_handler_that_swallows_its_cancelling_shows_nothing_more(open_page):
    waits = threading.Event()

    async def stubborn():
        try:
            waits.set()
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            return "late"

    demo = one_button(stubborn)
    page = open_page(demo)
    (job,) = page.fire(demo.go)
    assert waits.wait(10)
    page.fire(demo.stop)
    page.settle()
    assert (page.told(job), page.models) == (["cancelled"], {})


def test_a_cancelled_plain_handler_goes_on_and_its_result_is_dropped(open_page, gate):
    demo = one_button(lambda: gate.pass_through() or "result")
    page = open_page(demo)
    (job,) = page.fire(demo.go)
    with gate.held():
        page.fire(demo.stop)
    page.settle()
    assert (page.told(job), page.models) == (["cancelled"], {})


@pytest.mark.parametrize("by", ["jobs", "listeners"])
def test_a_page_can_cancel_by_job_and_by_listener(open_page, gate, by):
    demo = one_button(lambda: gate.pass_through() or "result")
    page = open_page(demo)
    (job,) = page.fire(demo.go)
    with gate.held():
        page.send(kind="cancel", **{by: [job] if by == "jobs" else [0]})
    page.settle()
    assert page.told(job) == ["cancelled"]


def test_cancelling_also_drops_the_event_that_was_to_run_next(open_page, gate):
    demo = one_button(lambda: gate.pass_through() or "result", trigger_mode="always_last")
    page = open_page(demo)
    (first,) = page.fire(demo.go)
    with gate.held():
        (second,) = page.fire(demo.go)
        page.fire(demo.stop)
    page.settle()
    assert (page.told(first), page.told(second)) == (["cancelled"], ["cancelled"])


# --- chains


def chained(fn, ran):
    with gr.Blocks() as demo:
        demo.go, demo.stop = gr.Button(), gr.Button()
        demo.dep = demo.go.click(fn)
        demo.stop.click(None, cancels=demo.dep)
        demo.dep.then(lambda: ran.append("then")).then(lambda: ran.append("then.then"))
        demo.dep.success(lambda: ran.append("success"))
        demo.dep.failure(lambda: ran.append("failure"))
    return demo


def test_after_a_good_end_then_and_success_run(open_page):
    ran = []
    demo = chained(lambda: None, ran)
    open_page(demo).click(demo.go)
    assert sorted(ran) == ["success", "then", "then.then"]
    assert ran.index("then") < ran.index("then.then")


def test_after_an_error_then_and_failure_run(open_page):
    ran = []

    def fail():
        raise gr.Error("no", print_exception=False)

    demo = chained(fail, ran)
    open_page(demo).click(demo.go)
    assert sorted(ran) == ["failure", "then", "then.then"]


def test_after_a_cancel_only_then_runs(open_page, gate):
    ran = []
    demo = chained(gate.pass_through, ran)
    page = open_page(demo)
    page.fire(demo.go)
    with gate.held():
        page.fire(demo.stop)
    page.settle()
    assert sorted(ran) == ["then", "then.then"]


def test_a_chain_of_browser_listeners_goes_by_way_of_the_page(open_page):
    with gr.Blocks() as demo:
        text, go = gr.Textbox(), gr.Button()
        go.click(lambda: "a", None, text).then(lambda t: t + "!", text, text, js="t => t.toUpperCase()")
    page = open_page(demo)
    page.click(go)
    (fire,) = page.of_kind("fire")
    assert (fire["listener"], fire["trigger"]) == (1, [None, "then"])
    page.send(kind="event", job="page-j", listener=1, target=None, event="then", inputs=["A"], changes={})
    page.settle()
    assert page.value(text) == "A!"


# --- trigger modes


def test_once_ignores_events_while_one_is_pending(open_page, gate):
    demo = one_button(lambda: gate.pass_through() or "x", trigger_mode="once")
    page = open_page(demo)
    jobs = page.fire(demo.go)
    with gate.held():
        jobs += page.fire(demo.go) + page.fire(demo.go)
    page.settle()
    assert [page.told(job) for job in jobs] == [["done"], ["ignored"], ["ignored"]]


def test_multiple_runs_every_event(open_page, gate):
    gate.open(3)
    demo = one_button(lambda: gate.pass_through() or "x", trigger_mode="multiple")
    page = open_page(demo)
    jobs = page.fire(demo.go) + page.fire(demo.go) + page.fire(demo.go)
    page.settle()
    assert [page.told(job)[-1] for job in jobs] == ["done"] * 3


def test_always_last_runs_once_more_with_the_newest_values(open_page, gate):
    got = []
    with gr.Blocks() as demo:
        text = gr.Textbox()
        text.change(lambda t: gate.pass_through() or got.append(t), text)
    page = open_page(demo)
    jobs = page.fire(text, "change", edits={text: "a"})
    with gate.held():
        jobs += page.fire(text, "change", edits={text: "ab"})
        jobs += page.fire(text, "change", edits={text: "abc"})
    gate.open()
    page.settle()
    assert got == ["a", "abc"]
    assert [page.told(job) for job in jobs] == [["done"], ["ignored"], ["done"]]


def test_what_js_gave_is_kept_for_the_event_that_runs_next(open_page, gate):
    got = []
    with gr.Blocks() as demo:
        text, go = gr.Textbox(), gr.Button()
        go.click(lambda t: gate.pass_through() or got.append(t), text, js="t => t", trigger_mode="always_last")
    page = open_page(demo)
    page.fire(go, inputs=["a"])
    with gate.held():
        page.fire(go, inputs=["b"])
    gate.open()
    page.settle()
    assert got == ["a", "b"]


# --- changes


def test_an_output_that_changes_a_value_fires_change_and_only_that(open_page):
    fired = []
    with gr.Blocks() as demo:
        text, go = gr.Textbox("old"), gr.Button()
        go.click(lambda: "new", None, text)
        text.change(lambda: fired.append("change"))
        text.input(lambda: fired.append("input"))
    page = open_page(demo)
    page.click(go)
    page.click(go)
    assert fired == ["change"]


def test_listeners_that_change_each_other_come_to_rest(open_page):
    calls = []
    with gr.Blocks() as demo:
        a, b, go = gr.Textbox(), gr.Textbox(), gr.Button()
        a.change(lambda t: calls.append("a") or t, a, b)
        b.change(lambda t: calls.append("b") or t, b, a)
        go.click(lambda: "x", None, a)
    page = open_page(demo)
    page.click(go)
    assert (calls, page.value(b)) == (["a", "b"], "x")


def test_a_state_fires_change_only_when_it_changed(open_page):
    fired = []
    with gr.Blocks() as demo:
        state, same, other = gr.State([1]), gr.Button(), gr.Button()
        same.click(lambda s: list(s), state, state)
        other.click(lambda s: [*s, 2], state, state)
        state.change(fired.append, state)
    page = open_page(demo)
    page.click(same)
    page.click(other)
    assert fired == [[1, 2]]


# --- State


def test_a_state_that_was_changed_in_place_and_returned_has_changed(open_page):
    seen = []
    with gr.Blocks() as demo:
        tasks, go, same = gr.State([]), gr.Button(), gr.Button()
        go.click(lambda t: (t.append(1), t)[1], tasks, tasks)
        same.click(lambda t: list(t), tasks, tasks)
        tasks.change(lambda t: seen.append(list(t)), tasks)
    page = open_page(demo)
    for button in (go, go, same):
        page.click(button)
    assert seen == [[1], [1, 1]]


def test_a_state_whose_content_cannot_be_told_changes_with_the_object(open_page):
    seen, lock = [], threading.Lock()
    with gr.Blocks() as demo:
        state, go, other = gr.State(None), gr.Button(), gr.Button()
        go.click(lambda: lock, None, state)
        other.click(lambda: threading.Lock(), None, state)
        state.change(lambda: seen.append(1))
    page = open_page(demo)
    for button in (go, go, other):
        page.click(button)
    assert seen == [1, 1]


def test_one_output_gets_what_was_returned_whole(open_page):
    with gr.Blocks() as demo:
        value, go = gr.JSON(), gr.Button()
        go.click(lambda: ("a",), None, value)
    page = open_page(demo)
    page.click(go)
    assert page.value(value) == ["a"]


def test_a_text_that_was_emptied_is_an_empty_text(open_page):
    seen = []
    with gr.Blocks() as demo:
        text, number, go = gr.Textbox("a"), gr.Number(1), gr.Button()
        go.click(lambda: (None, None), None, [text, number]).then(lambda *v: seen.append(v), [text, number])
    open_page(demo).click(go)
    assert seen == [("", None)]
