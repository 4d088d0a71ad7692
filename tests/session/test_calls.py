"""A click: what the handler gets, and what becomes of what it returns."""

from __future__ import annotations

import functools

import pytest

import nbblocks as gr
from nbblocks.exceptions import NbblocksWarning


def app(fn, inputs=1, outputs=1, **listener):
    """An app of some textboxes, some textboxes for the answers and a button."""
    with gr.Blocks() as demo:
        demo.ins = [gr.Textbox(f"in{i}", label=f"in{i}") for i in range(inputs)]
        demo.outs = [gr.Textbox(f"out{i}", label=f"out{i}") for i in range(outputs)]
        demo.go = gr.Button()
        given = {"inputs": demo.ins, "outputs": demo.outs} | listener
        demo.dep = demo.go.click(fn, **given)
    return demo


def values(page, blocks):
    return [page.value(b) for b in blocks]


def test_a_click_shows_what_the_handler_returns(open_page):
    demo = app(lambda name: f"Hello {name}!")
    page = open_page(demo)
    end = page.click(demo.go, edits={demo.ins[0]: "Ada"})
    assert end["status"] == "done"
    assert values(page, demo.outs) == ["Hello Ada!"]


def test_values_go_through_preprocess_and_postprocess(open_page):
    got = []
    with gr.Blocks() as demo:
        number, text, go = gr.Number(precision=0), gr.Textbox(), gr.Button()
        go.click(lambda n: got.append(n) or n + 1, number, text)
    page = open_page(demo)
    page.click(go, edits={number: 3.0})
    assert (got, type(got[0]), page.value(text)) == ([3], int, "4")


def test_raw_values_go_in_and_out_when_asked(open_page):
    got = []
    with gr.Blocks() as demo:
        number, text, go = gr.Number(precision=0), gr.Textbox(), gr.Button()
        go.click(lambda n: got.append(n) or n, number, text, preprocess=False, postprocess=False)
    page = open_page(demo)
    page.click(go, edits={number: 3.5})
    assert (got, page.value(text)) == ([3.5], 3.5)


def test_inputs_in_a_set_come_as_one_dict(open_page):
    got = []
    demo = app(got.append, inputs=2, outputs=0)
    with demo:
        other = gr.Button()
        other.click(got.append, set(demo.ins))
    page = open_page(demo)
    page.click(other)
    assert got == [{demo.ins[0]: "in0", demo.ins[1]: "in1"}]


def test_inputs_kwargs_come_by_name(open_page):
    got = []
    demo = app(lambda first, *, second: got.append((first, second)), inputs=2, outputs=0)
    with demo:
        other = gr.Button()
        other.click(lambda a, *, b: got.append((a, b)), demo.ins[0], inputs_kwargs={"b": demo.ins[1]})
    page = open_page(demo)
    page.click(other)
    assert got == [("in0", "in1")]


def test_a_returned_dict_leaves_other_outputs_alone(open_page):
    demo = app(lambda x: {demo.outs[1]: "new"}, outputs=2)
    page = open_page(demo)
    page.click(demo.go)
    assert values(page, demo.outs) == ["out0", "new"]


def test_too_few_values_are_an_error_that_names_all(open_page):
    demo = app(lambda x: ("one",), outputs=2)
    page = open_page(demo, show_error=True)
    end = page.click(demo.go)
    assert (end["status"], end["message"]) == (
        "failed",
        f"{demo.dep.name} returned 1 value, but it has 2 outputs: Textbox('out0'), Textbox('out1')",
    )
    assert values(page, demo.outs) == ["out0", "out1"]


def test_too_many_values_warn_and_the_rest_is_dropped(open_page):
    demo = app(lambda x: ("a", "b", "c"), outputs=2)
    page = open_page(demo)
    with pytest.warns(NbblocksWarning, match="returned 3 values, but it has 2 outputs"):
        page.click(demo.go)
    assert values(page, demo.outs) == ["a", "b"]


def test_a_value_for_a_block_that_is_no_output_is_an_error(open_page):
    demo = app(lambda x: {demo.ins[0]: "x"})
    page = open_page(demo, show_error=True)
    end = page.click(demo.go)
    assert end["status"] == "failed"
    assert "Textbox('in0'), which is not one of its outputs: Textbox('out0')" in end["message"]


def test_skip_leaves_an_output_alone(open_page):
    demo = app(lambda x: (gr.skip(), "b"), outputs=2)
    page = open_page(demo)
    page.click(demo.go)
    assert values(page, demo.outs) == ["out0", "b"]


def test_an_update_changes_only_what_it_names(open_page):
    demo = app(lambda x: gr.update(label="New", lines=3))
    page = open_page(demo)
    page.click(demo.go)
    assert page.models == {str(demo.outs[0]._id): {"label": "New", "lines": 3}}


def test_a_returned_component_changes_what_it_was_given(open_page):
    demo = app(lambda x: gr.Textbox("text", visible=False))
    page = open_page(demo)
    page.click(demo.go)
    assert page.models == {str(demo.outs[0]._id): {"value": "text", "visible": False}}


def test_an_update_of_an_unknown_parameter_is_an_error(open_page):
    demo = app(lambda x: gr.update(colour="red"))
    page = open_page(demo, show_error=True)
    assert "has no parameter 'colour' to update" in page.click(demo.go)["message"]


def test_an_update_holds_for_the_next_call_of_this_viewer_only(open_page):
    demo = app(lambda x: gr.update(max_length=2))
    with demo:
        use = gr.Button()
        use.click(lambda x: x, demo.outs[0], demo.ins[0])
    page, other = open_page(demo), open_page(demo)
    page.click(demo.go)
    assert page.click(use)["status"] == "failed"
    assert other.click(use)["status"] == "done"


def test_a_layout_can_be_hidden_and_has_no_value(open_page):
    with gr.Blocks() as demo:
        with gr.Row() as row:
            gr.Textbox()
        hide, fill = gr.Button(), gr.Button()
        hide.click(lambda: gr.Row(visible=False), None, row)
        fill.click(lambda: "text", None, row)
    page = open_page(demo, show_error=True)
    page.click(hide)
    assert page.prop(row, "visible") is False
    assert "is a layout and has no value" in page.click(fill)["message"]


def test_all_outputs_of_a_call_come_in_one_message(open_page):
    demo = app(lambda x: ("a", "b", "c"), outputs=3)
    page = open_page(demo)
    page.click(demo.go)
    assert [m["models"] for m in page.of_kind("state")] == [
        {str(b._id): {"value": v, "rev": 0} for b, v in zip(demo.outs, "abc", strict=True)}
    ]


def test_nothing_is_shown_when_one_output_cannot_be(open_page):
    with gr.Blocks() as demo:
        text, picture, go = gr.Textbox(), gr.Image(), gr.Button()
        go.click(lambda: ("new", object()), None, [text, picture])
    page = open_page(demo)
    assert page.click(go)["status"] == "failed"
    assert page.models == {}


@pytest.mark.parametrize(
    "fn",
    [
        functools.partial(lambda a, b: f"{a}{b}", "x"),
        type("Callable", (), {"__call__": lambda self, b: f"x{b}"})(),
        str.upper,
    ],
    ids=["partial", "object", "builtin"],
)
def test_any_callable_is_a_handler(open_page, fn):
    demo = app(fn)
    page = open_page(demo)
    page.click(demo.go, edits={demo.ins[0]: "y"})
    assert values(page, demo.outs) == [fn("y")]


def test_a_call_gets_the_values_of_its_own_moment(open_page, gate):
    got = []

    def slow(text):
        gate.pass_through()
        got.append(text)

    demo = app(slow, outputs=0, trigger_mode="multiple")
    page = open_page(demo)
    page.fire(demo.go, edits={demo.ins[0]: "a"})
    page.fire(demo.go, edits={demo.ins[0]: "b"})
    page.send(kind="changes", changes=page.edit(demo.ins[0], "c"))
    gate.open(2)
    page.settle()
    assert got == ["a", "b"]


# --- special parameters


def test_specials_come_by_hint_and_by_default_between_the_inputs(open_page):
    got = []

    def fn(evt: gr.SelectData, text, request: gr.Request, other="default", progress=gr.Progress()):
        got.append((evt.index, evt.value, evt.target, text, request.username, other, type(progress)))

    demo = app(fn, outputs=0)
    page = open_page(demo, request=gr.Request(username="ada"))
    page.click(demo.go, payload={"index": 2, "value": "two"})
    assert got == [(2, "two", demo.go, "in0", "ada", "default", gr.Progress)]


def test_an_optional_hint_and_plain_event_data_are_known(open_page):
    got = []

    def fn(text, evt: gr.EventData | None = None):
        assert evt is not None
        got.append((text, evt.x))

    demo = app(fn, outputs=0)
    open_page(demo).click(demo.go, payload={"x": 1})
    assert got == [("in0", 1)]


def test_progress_is_told_with_the_job_and_its_bars(open_page, gate):
    def fn(text, progress=gr.Progress()):
        progress((1, 4), desc="Counting", unit="sheep")
        gate.pass_through()

    demo = app(fn, outputs=0)
    page = open_page(demo)
    (job,) = page.fire(demo.go)
    with gate.held():
        page.flush()
    page.settle()
    bars = [{"index": 1, "length": 4, "unit": "sheep", "desc": "Counting", "progress": None}]
    told = [m for m in page.of_kind("job") if m["status"] == "progress"]
    assert [(m["job"], m["listener"], m["bars"]) for m in told] == [(job, 0, bars)]


@pytest.mark.parametrize("level", ["info", "warning", "success"])
def test_a_toast_reaches_the_page_and_the_handler_goes_on(open_page, level):
    show = getattr(gr, level.title())
    demo = app(lambda x: show("<b>text</b>", duration=None, title="T") or "after")
    page = open_page(demo)
    page.click(demo.go)
    (toast,) = page.of_kind("toast")
    assert {k: toast[k] for k in ("level", "title", "message", "duration_s", "visible")} == {
        "level": level,
        "title": "T",
        "message": "<b>text</b>",
        "duration_s": None,
        "visible": True,
    }
    assert values(page, demo.outs) == ["after"]


# --- errors


def failing(error):
    def fn(x):
        raise error

    return app(fn)


def test_an_error_of_ours_is_shown_whole(open_page):
    demo = failing(gr.Error("Too large", duration=3, title="Size", print_exception=False))
    end = open_page(demo).click(demo.go)
    assert {k: end[k] for k in ("status", "title", "message", "duration_s", "visible", "traceback")} == {
        "status": "failed",
        "title": "Size",
        "message": "Too large",
        "duration_s": 3,
        "visible": True,
        "traceback": None,
    }


@pytest.mark.parametrize(
    ("show_error", "message"), [(True, "secret"), (False, "An error occurred. The app's log says more.")]
)
def test_the_text_of_other_errors_is_shown_only_when_asked(open_page, caplog, show_error, message):
    demo = failing(ValueError("secret"))
    end = open_page(demo, show_error=show_error).click(demo.go)
    assert (end["status"], end["message"]) == ("failed", message)
    assert "ValueError: secret" in caplog.text


# --- validators


def validated(calls, verdict):
    def fn(*values):
        calls.append(values)
        return "ran"

    return app(fn, inputs=2, validator=verdict)


def test_valid_inputs_reach_the_handler(open_page):
    calls = []
    demo = validated(calls, lambda a, b: [gr.validate(True, ""), gr.validate(True, "unused")])
    page = open_page(demo)
    assert page.click(demo.go)["status"] == "done"
    assert (calls, values(page, demo.outs)) == ([("in0", "in1")], ["ran"])


def test_an_invalid_input_is_told_by_name_and_the_handler_does_not_run(open_page):
    calls = []
    demo = validated(calls, lambda a, b: [gr.validate(True, ""), gr.validate(a == b, "They differ")])
    page = open_page(demo)
    end = page.click(demo.go)
    assert (end["status"], end["message"], end["invalid"], calls) == (
        "failed",
        "They differ",
        {str(demo.ins[1]._id): "They differ"},
        [],
    )


def test_an_async_validator_goes_past_a_full_queue(open_page, gate):
    async def verdict(a, b):
        return gr.validate(False, "no"), gr.validate(True, "")

    demo = validated([], verdict)
    with demo:
        slow = gr.Button()
        slow.click(lambda: gate.pass_through(), concurrency_id="only")
        demo.dep.concurrency_id = "only"
    page = open_page(demo)
    page.fire(slow)
    with gate.held():
        (job,) = page.fire(demo.go)
        page.wait_for(lambda: page.told(job) == ["failed"])
    page.settle()


def test_a_validator_that_says_too_little_is_an_error(open_page):
    demo = validated([], lambda a, b: True)
    end = open_page(demo, show_error=True).click(demo.go)
    assert "must return gr.validate(…) for each of 2 inputs, got True" in end["message"]


# --- batches


def test_waiting_calls_run_as_one_with_tuples_and_each_gets_its_own(open_page, gate):
    calls = []

    def fn(texts):
        calls.append(texts)
        gate.pass_through()
        return [[t.upper() for t in texts]]

    demo = app(fn, batch=True, max_batch_size=3, trigger_mode="multiple")
    pages = [open_page(demo) for _ in range(4)]
    jobs = [pages[0].fire(demo.go, edits={demo.ins[0]: "a"})]
    gate.wait_entered()
    jobs += [page.fire(demo.go, edits={demo.ins[0]: text}) for page, text in zip(pages[1:], "bcd", strict=True)]
    gate.open(2)
    for page in pages:
        page.settle()
    assert calls == [("a",), ("b", "c", "d")]
    assert [page.value(demo.outs[0]) for page in pages] == list("ABCD")
    assert [page.told(job)[-1] for page, (job,) in zip(pages, jobs, strict=True)] == ["done"] * 4


def test_a_batch_that_returns_too_little_fails_and_says_what_it_must_return(open_page):
    demo = app(lambda texts: "x", batch=True)
    end = open_page(demo, show_error=True).click(demo.go)
    assert "for 1 call it must return 1 list of 1, got 'x'" in end["message"]


def test_an_async_batch_works_as_well(open_page):
    async def fn(texts):
        return [[t * 2 for t in texts]]

    demo = app(fn, batch=True)
    page = open_page(demo)
    page.click(demo.go)
    assert values(page, demo.outs) == ["in0in0"]
