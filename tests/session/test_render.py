"""`gr.render`: blocks and listeners of one viewer, made by a function and replaced at its next run."""

from __future__ import annotations

import threading

import pytest

import nbblocks as gr
from nbblocks.exceptions import DeclarationError, DuplicateBlockError, NbblocksWarning
from tests.session.driver import Page, launched


@pytest.fixture
def show():
    apps = []

    def make(demo):
        apps.append(launched(demo))
        page = Page(apps[-1])
        page.settle()
        return page

    yield make
    for app in apps:
        app.close()


def trees(page):
    return page.of_kind("tree")


def drawn(page, at=-1):
    """Type, label and value of what one run put into the page."""
    return [
        (b["type"], b["props"].get("label"), b["props"].get("value"))
        for b in trees(page)[at]["blocks"].values()
        if b["type"] not in ("row", "column")
    ]


def rerun(page, label="Again"):
    count = len(trees(page))
    page.fire(label, wait=False)
    page.until(lambda: len(trees(page)) > count)
    page.settle()


def test_a_render_function_runs_at_load_and_at_each_change_of_its_inputs(show):
    with gr.Blocks() as demo:
        text = gr.Textbox(label="Text")

        @gr.render(inputs=text)
        def split(text):
            if len(text) == 0:
                gr.Markdown("nothing")
            for letter in text:
                with gr.Row():
                    gr.Textbox(letter, label="L")

    page = show(demo)
    assert drawn(page) == [("markdown", None, "nothing")]
    page.fire("Text", "change", wait=False, Text="ab")
    page.until(lambda: len(trees(page)) == 2)
    assert drawn(page) == [("textbox", "L", "a"), ("textbox", "L", "b")]


def test_listeners_in_a_loop_keep_their_own_values_and_reach_blocks_outside(show):
    with gr.Blocks() as demo:
        total = gr.Textbox(label="Total")

        @gr.render()
        def boxes():
            for i in range(3):
                box = gr.Textbox(f"v{i}", label=f"Box {i}")
                gr.Button(f"Go {i}").click(lambda value, i=i: f"{i}:{value}", box, total)

    page = show(demo)
    page.fire("Go 1", **{"Box 1": "typed"})
    assert page.value("Total") == "1:typed"
    page.fire("Go 2")
    assert page.value("Total") == "2:v2"


def test_a_listener_goes_with_the_run_that_made_it(show):
    with gr.Blocks() as demo:
        again, out = gr.Button("Again"), gr.Number(0, label="Out")

        @gr.render(triggers=[demo.load, again.click])
        def part():
            again.click(lambda n: n + 1, out, out)

    page = show(demo)
    rerun(page)
    rerun(page)
    first = trees(page)[0]["listeners"][0]["id"]
    assert first in trees(page)[1]["removed"]
    page.say("event", job="old", listener=first, target=page.block("Again")._id, event="click", payload=None)
    page.until(lambda: page.status("old") == "failed")


@pytest.mark.parametrize(
    ("given", "value"),
    [({"key": 1}, "typed"), ({}, "first"), ({"key": 1, "preserved_by_key": None}, "first")],
)
def test_what_the_user_typed_stays_with_the_key(show, given, value):
    with gr.Blocks() as demo:
        again, out = gr.Button("Again"), gr.Textbox(label="Out")

        @gr.render(triggers=[demo.load, again.click])
        def part():
            box = gr.Textbox("first", label="Box", **given)
            gr.Button("Read").click(lambda v: v, box, out)

    page = show(demo)
    page.fire("Read", Box="typed")
    assert page.value("Out") == "typed"
    rerun(page)
    assert drawn(page)[0] == ("textbox", "Box", value)
    page.fire("Read")
    assert page.value("Out") == value


def test_parameters_that_a_key_preserves_also_reach_the_handler(show):
    with gr.Blocks() as demo:
        again, out = gr.Button("Again"), gr.Textbox(label="Out")

        @gr.render(triggers=[demo.load, again.click])
        def part():
            pick = gr.Dropdown(["a"], label="Pick", key="p", preserved_by_key=["value", "choices"])
            gr.Button("More").click(lambda: gr.Dropdown(choices=["a", "b"], value="b"), None, pick)
            gr.Button("Read").click(lambda v: v, pick, out)

    page = show(demo)
    page.fire("More")
    rerun(page)
    page.fire("Read")
    assert page.value("Out") == "b"


def test_a_chain_of_a_run_that_was_replaced_still_ends(show):
    with gr.Blocks() as demo:
        tasks = gr.State([])
        out = gr.Textbox(label="Out")

        @gr.render(inputs=tasks)
        def todo(given):
            name = gr.Textbox(label="Name")
            add = gr.Button("Add").click(lambda t, n: [*t, n], [tasks, name], tasks)
            add.then(lambda n: f"added {n}", name, out)
            for task in given:
                gr.Checkbox(label=task)

    page = show(demo)
    page.fire("Add", wait=False, Name="milk")
    page.until(lambda: len(trees(page)) == 2 and page.value("Out") == "added milk")
    page.settle()
    assert drawn(page)[-1] == ("checkbox", "milk", False)
    assert page.session.scene._leaving == []


def test_a_generator_outlives_the_run_that_made_its_button(show):
    step = threading.Semaphore(0)
    with gr.Blocks() as demo:
        again, out = gr.Button("Again"), gr.Textbox(label="Out")

        @gr.render(triggers=[demo.load, again.click])
        def part():
            inner = gr.Textbox(label="Inner")

            def count():
                for n in range(3):
                    yield str(n), str(n)
                    step.acquire(timeout=5)

            gr.Button("Go").click(count, None, [out, inner])

    page = show(demo)
    job = page.fire("Go", wait=False)
    page.until(lambda: page.value("Out") == "0")
    rerun_from = len(trees(page))
    page.fire("Again", wait=False)
    page.until(lambda: len(trees(page)) > rerun_from)
    step.release(3)
    page.until(lambda: page.status(job) == "done")
    page.settle()
    assert (page.value("Out"), page.session.scene._leaving) == ("2", [])


def test_a_render_function_inside_another_runs_with_it_and_by_itself(show):
    with gr.Blocks() as demo:
        count = gr.Number(1, label="Count")

        @gr.render(inputs=count)
        def outer(n):
            box = gr.Textbox(label="Box", key="box")

            @gr.render(inputs=box)
            def inner(text):
                gr.Markdown(f"{n} {text}")
                gr.Textbox(label="Deep", key="deep")

    page = show(demo)
    page.until(lambda: len(trees(page)) == 2)
    assert drawn(page)[0] == ("markdown", None, "1 ")
    page.fire("Box", "change", wait=False, Box="x", Deep="kept")
    page.until(lambda: len(trees(page)) == 3)
    assert drawn(page) == [("markdown", None, "1 x"), ("textbox", "Deep", "kept")]
    page.settle()
    page.fire("Count", "change", wait=False, Count=2)
    page.until(lambda: len(trees(page)) == 5)
    page.settle()
    assert drawn(page) == [("markdown", None, "2 x"), ("textbox", "Deep", "kept")]
    assert len(page.session.scene._parts) == 2


def test_two_viewers_have_their_own_parts(show):
    with gr.Blocks() as demo:
        name = gr.Textbox(label="Name")

        @gr.render(inputs=name)
        def hello(name):
            gr.Textbox(name, label="Hello")

    page = show(demo)
    other = Page(page.app, name="q")
    other.fire("Name", "change", wait=False, Name="ada")
    other.until(lambda: len(trees(other)) == 2)
    assert (drawn(page), drawn(other)) == ([("textbox", "Hello", "")], [("textbox", "Hello", "ada")])


def test_a_component_made_outside_can_be_rendered_inside(show):
    with gr.Blocks() as demo:
        again = gr.Button("Again")
        box = gr.Textbox("v", label="Box", interactive=True, render=False)

        @gr.render(triggers=[demo.load, again.click])
        def part():
            with gr.Tab("T"):
                box.render()

    page = show(demo)
    page.say("changes", changes=page.edit(Box="typed"))
    rerun(page)
    assert ("textbox", "Box", "typed") in drawn(page)
    assert [b["type"] for b in trees(page)[-1]["blocks"].values()].count("tabs") == 1


def test_a_page_that_comes_back_gets_what_was_rendered(show):
    with gr.Blocks() as demo:
        with gr.Row():
            gr.Textbox(label="Before")

        @gr.render()
        def part():
            gr.Textbox("v", label="Inside", interactive=True)
            gr.Button("Go").click(lambda: None)

    page = show(demo)
    page.say("changes", changes=page.edit(Inside="typed"))
    page.say("hello", page="again", seq=0)
    page.until(lambda: page.of_kind("reset"))
    reset = page.of_kind("reset")[-1]
    inside = page.block("Inside")._id
    container = trees(page)[0]["parent"]
    assert reset["models"][str(inside)]["value"] == "typed"
    assert str(inside) in reset["template"]["blocks"]
    assert [told["targets"] for told in reset["template"]["listeners"][1:]] == [[[page.block("Go")._id, "click"]]]
    (node,) = [n for n in reset["template"]["layout"]["children"] if n["id"] == container]
    assert [c["id"] for c in node["children"]] == [inside, page.block("Go")._id]


def test_values_that_are_functions_run_in_a_render_function_too(show):
    calls = []
    with gr.Blocks() as demo:

        @gr.render()
        def part():
            source = gr.Number(2, label="Source")
            gr.Number(lambda n: (n or 0) * 2, inputs=source, label="Twice")
            gr.Textbox(lambda: calls.append(1) or "now", label="Now")

    page = show(demo)
    page.until(lambda: page.value("Twice") == 4)
    page.fire("Source", "change", Source=5)
    assert (page.value("Twice"), page.value("Now")) == (10, "now")


def test_an_async_render_function_and_one_with_a_request(show):
    with gr.Blocks() as demo:

        @gr.render()
        async def part(request: gr.Request):
            gr.Textbox(str(request.session_hash is not None), label="Async")

    assert drawn(show(demo)) == [("textbox", "Async", "True")]


def test_an_error_leaves_what_was_there(show):
    with gr.Blocks() as demo:
        count = gr.Number(2, label="Count")

        @gr.render(inputs=count)
        def part(n):
            gr.Textbox(str(10 / n), label="Out")

    page = show(demo)
    page.fire("Count", "change", wait=False, Count=0)
    page.until(lambda: any(m.get("status") == "failed" for m in page.messages))
    assert len(trees(page)) == 1
    assert page.value("Out") == "5.0"


def test_what_a_run_no_longer_makes_is_forgotten(show):
    dropped = []
    with gr.Blocks() as demo:
        again = gr.Button("Again")

        @gr.render(triggers=[demo.load, again.click])
        def part():
            state = gr.State([1], delete_callback=dropped.append)
            box = gr.Textbox(label="Box")
            gr.Button("Go").click(lambda s: (s, "x"), state, [state, box])

    page = show(demo)
    for _ in range(5):
        page.fire("Go")
        rerun(page)
    assert dropped == [[1]] * 5
    assert len(page.session.props) <= 1
    assert len(page.app.dispatcher._groups) <= 2


def test_a_key_given_twice_is_told(show):
    with gr.Blocks() as demo:

        @gr.render()
        def part():
            gr.Textbox(key=1)
            gr.Textbox(key=1)

    with pytest.warns(NbblocksWarning, match="given twice"):
        page = show(demo)
    assert len(trees(page)[0]["layout"]) == 2


def test_what_cannot_be_rendered_is_refused():
    with pytest.raises(DeclarationError, match="outside of a Blocks"):
        gr.render()(lambda: None)
    with gr.Blocks(), pytest.raises(DeclarationError, match="generator"):

        @gr.render()
        def part():
            yield 1


def test_a_block_that_stands_outside_cannot_stand_inside_too(show):
    with gr.Blocks() as demo:
        box = gr.Textbox()
        gr.render()(lambda: box.render())
    page = show(demo)
    page.until(lambda: page.failure()["message"] != "")
    assert issubclass(DuplicateBlockError, ValueError)
    assert trees(page) == []
