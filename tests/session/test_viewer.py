"""A viewer: its own state, its beginning and its end."""

from __future__ import annotations

import threading

import pytest

import nbblocks as gr
from nbblocks.exceptions import DuplicateBlockError, OutsideBlocksError


def test_two_viewers_never_mix(open_page):
    with gr.Blocks() as demo:
        name, out, state, go = gr.Textbox(), gr.Textbox(), gr.State([]), gr.Button()
        go.click(lambda n, s: (f"{n} {len(s)}", [*s, n]), [name, state], [out, state])
    ada, bob = open_page(demo), open_page(demo)
    ada.click(go, edits={name: "Ada"})
    ada.click(go)
    bob.click(go, edits={name: "Bob"})
    assert (ada.value(out), bob.value(out)) == ("Ada 1", "Bob 0")
    assert [ada.session.states, bob.session.states] == [{state._id: ["Ada", "Ada"]}, {state._id: ["Bob"]}]


def test_a_state_is_a_deep_copy_for_each_viewer(open_page):
    first = {"list": []}
    with gr.Blocks() as demo:
        state, go = gr.State(first), gr.Button()
        go.click(lambda s: s["list"].append(1), state)
    ada, bob = open_page(demo), open_page(demo)
    ada.click(go)
    bob.click(go)
    assert ada.session.states == bob.session.states == {state._id: {"list": [1]}}
    assert first == {"list": []}


def test_a_state_that_cannot_be_copied_is_refused_where_it_is_made():
    with pytest.raises(TypeError, match="cannot be deep-copied"):
        gr.State(threading.Lock())


def test_dropped_states_are_told_to_their_callback_and_a_failing_one_hides_no_other(open_page, caplog):
    dropped = []

    def fail(value):
        raise ValueError("callback")

    with gr.Blocks() as demo:
        a, b = gr.State(1, delete_callback=fail), gr.State(2, delete_callback=dropped.append)
        go = gr.Button()
        go.click(lambda x, y: None, [a, b])
    page = open_page(demo)
    page.click(go)
    page.session.close()
    page.session.close()
    assert dropped == [2]
    assert "ValueError: callback" in caplog.text


def test_load_runs_once_for_each_viewer(open_page):
    with gr.Blocks() as demo:
        text = gr.Textbox()
        loads = []
        demo.load(lambda: loads.append(1) or "loaded", None, text)

        @demo.load(outputs=text)
        def again():
            loads.append(2)
            return gr.skip()

    page = open_page(demo)
    page.settle()
    page.hello(page.seq)
    page.settle()
    assert (sorted(loads), page.value(text)) == ([1, 2], "loaded")
    open_page(demo).settle()
    assert sorted(loads) == [1, 1, 2, 2]


def test_a_value_that_is_a_function_runs_at_each_load_and_when_its_inputs_change(open_page):
    calls = []

    def shout(text):
        calls.append(text)
        return f"{text}!"

    with gr.Blocks() as demo:
        text = gr.Textbox("a")
        out = gr.Textbox(shout, inputs=text)
    page = open_page(demo)
    page.settle()
    assert (calls, page.value(out)) == ([None, "a"], "a!")
    page.click(text, "change", edits={text: "b"})
    assert (calls, page.value(out)) == ([None, "a", "b"], "b!")


def test_what_the_browser_keeps_comes_as_an_edit(open_page):
    with gr.Blocks() as demo:
        kept, text = gr.BrowserState({"n": 0}), gr.Textbox()
        kept.change(lambda k: k["n"], kept, text)
    page = open_page(demo)
    page.click(kept, "change", edits={kept: {"n": 3}})
    assert page.value(text) == "3"


def test_unload_runs_once_when_the_last_page_is_gone(open_page):
    left = threading.Semaphore(0)
    who = []
    with gr.Blocks() as demo:

        @demo.unload
        def bye(request: gr.Request):
            who.append(request.username)
            left.release()

    page = open_page(demo, request=gr.Request(username="ada"))
    page.send(kind="hello", page="second", seq=page.seq)
    page.send(kind="bye", page="second")
    page.send(kind="bye", page="second")
    assert who == []
    page.send(kind="bye", page=page.name)
    page.send(kind="bye", page=page.name)
    assert left.acquire(timeout=10)
    page.app.dispatcher.close(wait=True)
    assert who == ["ada"]


def test_a_closed_session_cancels_its_jobs_and_takes_nothing_more(open_page, gate):
    ran = []
    with gr.Blocks() as demo:
        go = gr.Button()
        go.click(gate.pass_through).then(lambda: ran.append("then"))
    page = open_page(demo)
    page.fire(go)
    with gate.held():
        page.session.close()
    page.fire(go)
    page.settle()
    assert (ran, page.app.sessions) == ([], {})


def test_past_the_capacity_the_viewer_longest_unused_is_dropped(open_page):
    with gr.Blocks() as demo:
        gr.Textbox()
    ada = open_page(demo, state_session_capacity=2)
    bob = open_page(demo)
    ada.hello(ada.seq)
    carol = open_page(demo)
    assert [p.session.is_closed for p in (ada, bob, carol)] == [False, True, False]


# --- apps in apps


def greeter():
    with gr.Blocks() as inner:
        inner.name, inner.out = gr.Textbox(label="Name"), gr.Textbox(label="Out")
        inner.go = gr.Button()
        inner.go.click(lambda n, p=gr.Progress(): p(0.5) and f"Hello {n}", inner.name, inner.out, api_name="greet")
    return inner


def test_an_app_made_before_works_inside_another(open_page):
    inner = greeter()
    with gr.Blocks() as demo:
        gr.Button("first").click(lambda: None, api_name="greet")
        inner.render()
    page = open_page(demo)
    page.click(inner.go, edits={inner.name: "Ada"})
    assert page.value(inner.out) == "Hello Ada"
    assert {m["listener"] for m in page.of_kind("job")} == {1}
    assert [d.api_name for d in demo.fns.values()] == ["greet", "greet_1"]


def test_an_app_made_inside_another_belongs_to_it(open_page):
    with gr.Blocks() as demo:
        with gr.Blocks():
            text, go = gr.Textbox(), gr.Button()
        go.click(lambda: "x", None, text)
    page = open_page(demo)
    page.click(go)
    assert page.value(text) == "x"


def test_an_app_cannot_be_rendered_twice_in_one():
    inner = greeter()
    with gr.Blocks() as demo:
        inner.render()
        before = dict(demo.blocks)
        with pytest.raises(DuplicateBlockError, match="already rendered"):
            inner.render()
        assert demo.blocks == before


def test_a_component_cannot_be_rendered_twice():
    with gr.Blocks():
        text = gr.Textbox(label="Name")
        with pytest.raises(DuplicateBlockError, match=r"Textbox\('Name'\) is already rendered"):
            text.render()


def test_a_listener_outside_of_an_app_is_refused():
    text = gr.Textbox(label="Name")
    with pytest.raises(OutsideBlocksError, match="outside of a Blocks"):
        text.change(print)
    with pytest.raises(OutsideBlocksError, match="outside of a Blocks"):
        gr.on([text.change], print)
