"""A call in its stages, without a page."""

import asyncio
from pathlib import Path

import numpy as np
import pytest

import nbblocks as gr
from nbblocks.components.base import Keywords
from nbblocks.exceptions import ComponentProcessingError, InvalidPathError
from nbblocks.state_holder import SessionState, StateHolder


def run(coroutine):
    return asyncio.run(coroutine)


def shout_app(fn=str.upper, **listener):
    with gr.Blocks() as demo:
        name, out = gr.Textbox(), gr.Textbox()
        gr.Button().click(fn, name, out, **listener)
    return demo


def test_payloads_go_in_and_what_is_shown_comes_out():
    demo = shout_app()
    first = run(demo.process_api(0, ["a"]))
    assert (first["data"], first["is_generating"]) == (["A"], False)
    assert first["average_duration"] == first["duration"]
    assert demo.fns[0].total_runs == 1


def test_a_generator_goes_on_where_it_was():
    def count(text):
        yield from text

    demo = shout_app(count)

    async def steps():
        found, iterator = [], None
        while True:
            result = await demo.call_function(0, ["ab"], iterator=iterator)
            found.append(result["prediction"])
            iterator = result["iterator"]
            if iterator is None:
                return found

    assert run(steps()) == ["a", "b", Keywords.FINISHED_ITERATING]


def test_an_async_function_and_a_request_are_served():
    async def greet(name, request: gr.Request):
        return f"{name} of {request.headers['x-place']}"

    request = gr.Request(headers={"x-place": "London"})
    assert run(shout_app(greet).process_api(0, ["Ada"], request=request))["data"] == ["Ada of London"]


def test_states_are_of_a_session():
    with gr.Blocks() as demo:
        count, out = gr.State(lambda: {"n": 0}), gr.Number()
        gr.Button().click(lambda c: (c["n"] + 1, {"n": c["n"] + 1}), count, [out, count])
    held = SessionState(demo)
    assert run(demo.process_api(0, [None], state=held))["data"] == [1, None]
    second = run(demo.process_api(0, [None], state=held))
    assert (second["data"][0], second["changed_state_ids"]) == (2, [count._id])
    assert SessionState(demo)[count._id] == {"n": 0}


def test_updates_hold_for_the_session_and_are_told():
    with gr.Blocks() as demo:
        box = gr.Number()
        gr.Button().click(lambda: gr.Number(value=2.04, precision=1), None, box)
        gr.Button().click(lambda: gr.update(value=None, strange=1), None, box)
    held = SessionState(demo)
    assert run(demo.process_api(0, [], state=held))["data"] == [{"precision": 1, "value": 2.0, "__type__": "update"}]
    assert held[box._id].precision == 1
    assert box.precision is None
    assert run(demo.process_api(1, [], state=held))["data"] == [{"value": None, "__type__": "update"}]


def test_batches_go_column_by_column():
    demo = shout_app(lambda names: ([n.upper() for n in names],), batch=True, max_batch_size=2)
    assert run(demo.process_api(0, [["a", "b"]]))["data"] == [["A", "B"]]
    with pytest.raises(ValueError, match="max_batch_size"):
        run(demo.process_api(0, [["a", "b", "c"]]))


def test_what_is_wrong_names_the_component_its_place_and_the_function():
    def process(n):
        return n

    with gr.Blocks() as demo:
        number = gr.Number()
        gr.Button().click(process, number, number)
    with pytest.raises(ComponentProcessingError, match=r"index 0 of the function 'process' is a number.*'x'"):
        run(demo.preprocess_data(demo.fns[0], ["x"], None))
    with pytest.raises(ComponentProcessingError, match="cannot show"):
        run(demo.postprocess_data(demo.fns[0], {"a": 1}, None))


@pytest.mark.parametrize(("returned", "message"), [(["a"], "returned 1 values"), ({}, "returned 1 values")])
def test_too_few_values_are_refused(returned, message):
    with gr.Blocks() as demo:
        a, b = gr.Textbox(), gr.Textbox()
        gr.Button().click(lambda: None, None, [a, b])
    with pytest.raises(ValueError, match=message):
        run(demo.postprocess_data(demo.fns[0], returned))


def test_too_few_inputs_are_refused():
    with pytest.raises(ValueError, match="1 inputs"):
        run(shout_app().preprocess_data(shout_app().fns[0], []))


def test_files_come_with_their_address_and_only_those_of_the_app_go_in(tmp_path, monkeypatch):
    monkeypatch.setenv("NBBLOCKS_TEMP_DIR", str(tmp_path / "kept"))
    other = tmp_path / "secret.txt"
    other.write_text("secret")
    with gr.Blocks() as demo:
        file, image = gr.File(), gr.Image()
        gr.Button().click(lambda path: (Path(path).name, np.zeros((2, 2, 3), np.uint8))[1], file, image)
    payload = {"path": str(other), "meta": {"_type": "gradio.FileData"}}
    with pytest.raises(InvalidPathError):
        run(demo.process_api(0, [payload]))
    (shown,) = run(demo.process_api(0, [payload], explicit_call=True, root_path="http://x/"))["data"]
    assert shown["url"].startswith("http://x/gradio_api/file=")
    assert shown["path"].startswith(str(tmp_path / "kept"))


def test_a_component_may_stand_for_one_of_the_same_key():
    with gr.Blocks():
        stale = gr.Number(key="n")
    with gr.Blocks() as demo:
        now = gr.Number(key="n")
        gr.Button().click(lambda: None, None, [now])
    assert run(demo.postprocess_data(demo.fns[0], {stale: 42})) == [42]


def describe(box: gr.Number, name):
    return f"{box.label} {box.maximum} {box.value} {name}"


def test_a_parameter_annotated_with_a_component_gets_all_of_it():
    with gr.Blocks() as demo:
        box, name, out = gr.Number(3, label="Age", maximum=9), gr.Textbox("Ada"), gr.Textbox()
        gr.Button().click(describe, [box, name], out)
    assert demo.fns[0].component_prop_inputs == [0]
    assert demo.get_config_file()["dependencies"][0]["component_prop_inputs"] == [0]
    assert run(demo.process_api(0, [4, "Bob"]))["data"] == ["Age 9 4 Bob"]
    given = {"label": "Size", "maximum": 7, "value": 5}
    assert run(demo.process_api(0, [given, "Bob"]))["data"] == ["Size 7 5 Bob"]
    assert demo(4, "Bob") == "Age 9 4 Bob"


def test_a_page_gives_all_of_it_and_takes_what_was_changed(open_page):
    def rename(box: gr.Number):
        box.label = f"{box.label}!"
        box.value = 1 + float(str(box.value))
        return box

    with gr.Blocks() as demo:
        box, go = gr.Number(3, label="Age"), gr.Button()
        go.click(rename, box, box)
    page = open_page(demo)
    page.click(go)
    page.click(go)
    assert (page.prop(box, "label"), page.value(box)) == ("Age!!", 5)


def test_sessions_beyond_the_capacity_are_forgotten():
    with gr.Blocks() as demo:
        count = gr.State(0)
    holder = StateHolder()
    holder.set_blocks(demo)
    holder.capacity = 2
    for name in ("a", "b", "a", "c"):
        holder[name][count._id] += 1
    assert list(holder.session_data) == ["a", "c"]
    assert holder["a"][count._id] == 2
    assert holder.time_last_used.keys() == {"a", "c"}


def test_expired_states_are_dropped_after_their_callback():
    dropped = []
    with gr.Blocks() as demo:
        state = gr.State("x", delete_callback=dropped.append)
    holder = StateHolder()
    holder.set_blocks(demo)
    assert holder["a"][state._id] == "x"
    holder.delete_all_expired_state()
    assert dropped == []
    holder.delete_state("a")
    assert dropped == ["x"]
    assert holder["a"].state_data == {}
