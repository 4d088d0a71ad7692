"""Names and small behaviours that programs and test suites written for Gradio rely on."""

import asyncio
import warnings

import pytest

import nbblocks as gr
from nbblocks import caching, helpers, processing_utils, utils
from nbblocks.components.base import Keywords
from nbblocks.context import LocalContext
from nbblocks.exceptions import InvalidPathError


def test_the_configuration_of_two_same_apps_differs_in_numbers_only():
    one, other = (gr.Interface(str.upper, "text", "text") for _ in range(2))
    third = gr.Interface(str.upper, gr.Textbox(lines=3), "text")
    assert utils.assert_configs_are_equivalent_besides_ids(one.get_config_file(), other.get_config_file())
    with pytest.raises(ValueError, match="properties of component"):
        utils.assert_configs_are_equivalent_besides_ids(one.get_config_file(), third.get_config_file())


def test_files_move_into_the_cache_and_others_stay_out(tmp_path, monkeypatch):
    monkeypatch.setenv("NBBLOCKS_TEMP_DIR", str(tmp_path / "kept"))
    source = tmp_path / "50% off.txt"
    source.write_text("text")
    payload = {"path": str(source), "meta": {"_type": "gradio.FileData"}}
    moved = processing_utils.move_files_to_cache(payload, gr.File(), postprocess=True)
    assert moved["url"].endswith("50%25%20off.txt")
    assert moved["path"].startswith(str(tmp_path / "kept"))
    processing_utils.check_all_files_in_cache([moved])
    with pytest.raises(InvalidPathError):
        processing_utils.check_all_files_in_cache({"a": payload})
    assert processing_utils.move_files_to_cache(payload, gr.JSON()) == payload


@pytest.mark.parametrize("is_uploaded", [True, False])
@pytest.mark.parametrize("make", [gr.File, gr.Blocks])
def test_a_launched_app_takes_no_file_from_elsewhere(make, is_uploaded, tmp_path):
    with gr.Blocks() as demo:
        gr.File()
    payload = [{"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}]
    demo.has_launched = True
    token = LocalContext.blocks.set(demo)
    try:
        with pytest.raises(InvalidPathError):
            processing_utils.move_files_to_cache(payload, make(), True, check_in_upload_folder=is_uploaded)
        with pytest.raises(InvalidPathError):
            asyncio.run(processing_utils.async_move_files_to_cache(payload, make(), True, is_uploaded))
        (tmp_path / "a.txt").write_text("a")
        here = [{**payload[0], "path": str(tmp_path / "a.txt")}]
        if not is_uploaded:
            assert processing_utils.move_files_to_cache(here, make(), True)[0]["url"]
        demo.blocked_paths = [str(tmp_path)]
        with pytest.raises(InvalidPathError):
            processing_utils.move_files_to_cache(here, make(), True, check_in_upload_folder=is_uploaded)
    finally:
        LocalContext.blocks.reset(token)


@pytest.mark.parametrize("kind", [gr.Image, gr.ImageEditor, gr.Audio, gr.MultimodalTextbox])
def test_one_source_is_a_list_of_one(kind):
    assert kind(sources="upload").sources == ["upload"]


def test_a_script_in_html_is_warned_of():
    with pytest.warns(UserWarning, match="<script>"):
        gr.HTML("<script>1</script>")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        gr.HTML("<b>fine</b>")


def test_what_launch_was_told_can_be_read():
    with gr.Blocks() as demo:
        gr.Textbox()
    assert (demo.show_error, demo.css, demo.share) == (True, None, False)
    demo.launch(inline=False, prevent_thread_lock=True, quiet=True, css="b {}", allowed_paths=["/tmp"])
    try:
        assert (demo.show_error, demo.css.strip(), demo.allowed_paths) == (False, "b {}", ["/tmp"])
        assert demo.local_api_url == f"{demo.local_url}gradio_api/"
    finally:
        demo.close(verbose=False)
    with pytest.raises(AttributeError, match="no attribute 'shre'"):
        _ = demo.shre


def test_an_event_is_listened_to_inside_of_an_app_only():
    with gr.Blocks() as demo:
        box = gr.Textbox()
    for listen in (demo.load, box.change):
        with pytest.raises(AttributeError, match="outside of a Blocks"):
            listen(lambda: "x", None, box)


def test_triggers_read_as_pairs_and_a_set_of_inputs_keeps_their_order():
    with gr.Blocks() as demo:
        a, b, go = gr.Textbox(), gr.Textbox(), gr.Button()
        go.click(lambda given: given[a] + given[b], {b, a}, b)
        gr.on(None, lambda x: x, a, b)
        demo.load(lambda: "x", None, a)
    clicked, implied, loaded = demo.fns.values()
    assert clicked.targets == [(go._id, "click")]
    assert clicked.targets[0][1] == "click"
    assert clicked.inputs == [a, b]
    told = [d["targets"] for d in demo.config["dependencies"]]
    assert told == [[(go._id, "click")], [(a._id, "change"), (0, "load")], [(demo._id, "load")]]
    assert (implied.component_prop_inputs, loaded.input_keyword_names) == ([], [])


def test_special_arguments_stand_in_their_places():
    def handler(a, request: gr.Request, b=5, progress=gr.Progress()):
        return a, request, b, progress

    request = gr.Request(username="ada")
    arguments, progress_at, event_at, with_all = helpers.special_args(handler, [1], request)
    assert arguments[:3] == [1, request, 5]
    assert isinstance(arguments[3], gr.Progress)
    assert (progress_at, event_at, with_all) == (3, None, [])

    def of_event(a, event: gr.SelectData):
        return a, event

    with pytest.warns(UserWarning, match="'a'"):
        found, *_ = helpers.special_args(of_event, [], None, gr.SelectData(None, {"index": 2}))
    assert (found[0], found[1].index) == (None, 2)


def test_a_request_may_be_set_where_no_handler_runs():
    kept = gr.Cache(per_session=True)
    for name in ("a", "b"):
        token = LocalContext.request.set(gr.Request(session_hash=name))
        kept.set("k", value=name)
        LocalContext.request.reset(token)
    caching.clear_session_caches("a")
    token = LocalContext.request.set(gr.Request(session_hash="b"))
    assert kept.get("k") == {"value": "b"}
    LocalContext.request.reset(token)
    assert LocalContext.request.get(None) is None
    with pytest.raises(TypeError, match="expected a callable"):
        gr.cache(3)


def test_values_of_functions_are_told_as_what_loads_them():
    with gr.Blocks() as demo:
        box, quiet = gr.Number(lambda: 3, every=1), gr.Number(3)
    assert box.load_event in demo.config["dependencies"]
    assert (box.load_event["outputs"], quiet.load_event) == ([box._id], None)
    function, others, inputs = box.load_event_to_attach
    assert (function(), len(others), inputs, quiet.load_event_to_attach) == (3, 1, None, None)


def test_classes_are_told_apart_and_constructors_remember():
    assert gr.Textbox().component_class_id == gr.Textbox().component_class_id
    assert len({gr.Textbox().component_class_id, gr.Audio().component_class_id, gr.Mic().component_class_id}) == 3
    assert gr.Textbox(max_lines=3).constructor_args == {"max_lines": 3}
    assert gr.components._Keywords is Keywords


def positional_only(first, second, /):
    return first


@pytest.mark.parametrize(
    ("fn", "inputs", "name", "message"),
    [
        (lambda first, second: first, 2, "second", "both `inputs` and `inputs_kwargs`"),
        (positional_only, 1, "second", "Positional-only"),
        (lambda first, second: first, 1, "third", "Unexpected keyword arguments.*first, second"),
        (lambda first, progress=gr.Progress(): first, 1, "progress", "filled in without it"),
    ],
)
def test_inputs_by_keyword_that_cannot_be_are_refused_where_they_are_declared(fn, inputs, name, message):
    with gr.Blocks():
        boxes, go = [gr.Textbox() for _ in range(inputs)], gr.Button()
        with pytest.raises(ValueError, match=message):
            go.click(fn, boxes, inputs_kwargs={name: gr.Textbox()})
        with pytest.raises(ValueError, match="use `inputs_kwargs` instead"):
            go.click(fn, {"first": boxes[0]})


def test_a_validator_must_take_the_same_keywords():
    with gr.Blocks():
        a, b, go = gr.Textbox(), gr.Textbox(), gr.Button()
        with pytest.raises(ValueError, match="Unexpected keyword arguments"):
            go.click(lambda x, *, y: x, [a], inputs_kwargs={"y": b}, validator=lambda x, z: None)
        go.click(lambda x, *, y: x, [a], inputs_kwargs={"y": b}, validator=lambda *args, **more: None)


def test_a_state_may_stand_in_several_interfaces_of_one_app():
    state = gr.State("")
    shared = [gr.Interface(lambda s, t: (s, t), [state, "text"], [state, "text"]) for _ in range(2)]
    demo = gr.TabbedInterface(shared, ["A", "B"])
    assert sum(block is state for block in demo.blocks.values()) == 1
    box = gr.Textbox()
    with gr.Blocks():
        box.render()
        with pytest.raises(ValueError, match="already rendered"):
            box.render()


class Counter(gr.Component):
    def preprocess(self, payload):
        return payload

    def postprocess(self, value):
        return value


def test_a_component_of_ones_own_loads_what_its_function_gives():
    with gr.Blocks() as demo:
        counter = Counter(lambda: 7)
    assert counter.first_value() == 7
    assert [d.outputs for d in demo.fns.values()] == [[counter]]
    assert Counter(load_fn=lambda: 8).first_value() == 8


def test_where_an_app_is_can_be_read():
    with gr.Blocks() as demo:
        gr.Textbox()
    assert (demo.server_port, demo.server_name) == (None, None)
    demo.launch(inline=False, prevent_thread_lock=True, quiet=True)
    assert demo.local_url == f"http://{demo.server_name}:{demo.server_port}/"
    demo.close(verbose=False)


def test_properties_become_arguments_again_and_updates_are_told():
    assert gr.Audio.recover_kwargs({"format": "wav", "value": "a", "strange": 1}, ["value"]) == {"format": "wav"}
    assert gr.blocks.postprocess_update_dict(gr.Textbox(), {"value": 2.0, "strange": 1}) == {
        "value": "2.0",
        "__type__": "update",
    }
