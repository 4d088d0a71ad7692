"""`Interface` in all its kinds, driven as a page drives it."""

from __future__ import annotations

import asyncio
import csv
import functools
import json
import threading
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import PIL.Image
import pytest

import nbblocks as gr
from nbblocks.exceptions import DeclarationError, NbblocksWarning
from nbblocks.interface import InterfaceTypes
from tests.session.driver import Page, launched


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is flagged and kept goes below the present folder."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def page_of(request: pytest.FixtureRequest) -> Any:
    def make(demo: gr.Blocks) -> Page:
        app = launched(demo)
        request.addfinalizer(app.close)
        return Page(app)

    return make


def greet(name: str, times: float = 1) -> str:
    """Greet someone."""
    return f"Hello {name}" + "!" * int(times or 0)


def kinds(demo: gr.Blocks) -> list[str]:
    return [type(b).__name__ for b in demo.walk()]


def labels(components: list[gr.Component]) -> list[Any]:
    return [getattr(c, "label", None) for c in components]


def shape(block: Any) -> Any:
    name = getattr(block, "value", None) if isinstance(block, gr.Button) else block.__dict__.get("label")
    name = name or type(block).__name__
    return [name, *map(shape, block.children)] if getattr(block, "children", None) else name


# --- what stands where


def test_a_standard_one_has_inputs_beside_outputs() -> None:
    demo = gr.Interface(greet, ["text", "number"], "text", title="Title", description="*D*", article="End")
    assert shape(demo) == [
        "Interface",
        "Markdown",
        "Markdown",
        [
            "Row",
            ["Column", ["Column", "name", "times"], ["Row", "Clear", "Submit"]],
            ["Column", "output", ["Row", "Flag"]],
        ],
        "Markdown",
    ]
    assert demo.interface_type is InterfaceTypes.STANDARD
    assert (demo.mode, demo.title) == ("interface", "Title")


def test_only_outputs_are_generated() -> None:
    demo = gr.Interface(lambda: "x", None, "text")
    assert shape(demo) == ["Interface", ["Row", ["Column", "output", ["Row", "Clear", "Generate", "Flag"]]]]


def test_only_inputs_have_nothing_to_flag() -> None:
    demo = gr.Interface(greet, ["text"], None)
    assert shape(demo) == ["Interface", ["Row", ["Column", ["Column", "name"], ["Row", "Clear", "Submit"]]]]


def test_the_same_component_in_and_out_is_one() -> None:
    box = gr.Textbox()
    demo = gr.Interface(greet, box, box)
    assert shape(demo) == ["Interface", ["Row", ["Column", ["Column", "name"], ["Row", "Clear", "Submit", "Flag"]]]]
    assert demo.interface_type is InterfaceTypes.UNIFIED
    assert box.interactive is None


def test_additional_inputs_are_folded() -> None:
    demo = gr.Interface(greet, "text", "text", additional_inputs="number", flagging_mode="never")
    column = demo.children[0].children[0].children[0]  # type: ignore[attr-defined]
    assert shape(column) == ["Column", "name", ["Additional Inputs", "times"]]
    assert labels(demo.additional_input_components) == ["times"]
    open_ = gr.Interface(greet, "text", "text", additional_inputs="number", additional_inputs_accordion="More")
    own = gr.Accordion("Mine", open=False, render=False)
    mine = gr.Interface(greet, "text", "text", additional_inputs="number", additional_inputs_accordion=own)
    found = [next(b for b in d.walk() if isinstance(b, gr.Accordion)) for d in (demo, open_, mine)]
    assert [(a.label, a.open) for a in found] == [("Additional Inputs", False), ("More", True), ("Mine", False)]


def test_buttons_of_ones_own() -> None:
    go = gr.Button("Go", variant="stop")
    demo = gr.Interface(greet, ["text"], "text", submit_btn=go, clear_btn=None, flagging_options=["odd", "even"])
    captions = [(b.value, b.variant, b.visible) for b in demo.walk() if isinstance(b, gr.Button)]
    assert captions == [
        ("Clear", "secondary", False),
        ("Go", "stop", True),
        ("Flag as odd", "secondary", True),
        ("Flag as even", "secondary", True),
    ]
    renamed = gr.Interface(greet, ["text"], "text", submit_btn="Run", clear_btn="Empty", flagging_mode="never")
    assert [b.value for b in renamed.walk() if isinstance(b, gr.Button)] == ["Empty", "Run"]


def test_inside_a_blocks_it_stands_where_it_is_made() -> None:
    with gr.Blocks() as demo, gr.Row():
        gr.Markdown("above")
        gr.Interface(greet, ["text"], "text")
    assert kinds(demo)[:4] == ["Row", "Markdown", "Interface", "Row"]
    assert demo.fns[0].api_name == "greet"


def test_components_are_named_after_arguments_unless_they_have_names() -> None:
    def fn(first: str, *, request: gr.Request, progress: Any = gr.Progress()) -> tuple[str, str]:
        return first, first

    demo = gr.Interface(fn, "text", [gr.Textbox(label="Mine"), "text"])
    assert labels([*demo.input_components, *demo.output_components]) == ["first", "Mine", "output 1"]
    assert [getattr(c, "interactive", None) for c in demo.output_components] == [False, False]
    spread = gr.Interface(lambda *values: values[0], ["text", "text"], "text")
    assert labels(spread.input_components) == [None, None]
    bound = gr.Interface(functools.partial(greet, times=2), "text", "text")
    assert labels(bound.input_components) == ["name"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("text", gr.Textbox),
        ("textbox", gr.Textbox),
        ("TextArea", gr.TextArea),
        ("text_area", gr.TextArea),
        ("image", gr.Image),
        ("number", gr.Number),
        ("label", gr.Label),
        ("checkbox", gr.Checkbox),
        ("checkboxgroup", gr.CheckboxGroup),
        ("check box group", gr.CheckboxGroup),
        ("json", gr.JSON),
        ("highlight", gr.HighlightedText),
        ("colorpicker", gr.ColorPicker),
        ("html", gr.HTML),
        ("state", gr.State),
        ({"name": "slider", "maximum": 3}, gr.Slider),
    ],
)
def test_a_name_stands_for_a_component(name: Any, kind: type) -> None:
    assert type(gr.components.get_component_instance(name)) is kind


def test_a_component_of_a_program_has_a_name_too() -> None:
    class Shouted(gr.Textbox):
        pass

    assert isinstance(gr.Interface(greet, "shouted", "text").input_components[0], Shouted)


# --- what is refused


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"inputs": "texbox"}, "did you mean 'textbox'"),
        ({"inputs": [3]}, "a component is"),
        ({"inputs": "row"}, "inputs and outputs are components"),
        ({"inputs": None, "outputs": None}, "give inputs or outputs"),
        ({"flagging_mode": "sometimes"}, "flagging_mode"),
        ({"flagging_options": "good"}, "flagging_options"),
        ({"flagging_options": [("a", "b", "c")]}, "flagging_options"),
        ({"inputs": ["text", "state"]}, "State"),
        ({"examples": ["a", "b"], "inputs": ["text", "text"]}, "lists"),
        ({"examples": [["a", "b"]]}, "2 values for 1 inputs"),
        ({"examples": 3}, "list or the path"),
        ({"examples": ["a"], "cache_examples": "never"}, "cache_examples"),
        ({"examples": ["a"], "cache_examples": True, "cache_mode": "often"}, "cache_mode"),
    ],
)
@pytest.mark.filterwarnings("ignore::nbblocks.exceptions.NbblocksWarning")
def test_what_cannot_work_is_refused(given: dict[str, Any], text: str) -> None:
    with pytest.raises(ValueError, match=text):
        gr.Interface(**{"fn": greet, "inputs": "text", "outputs": "text", **given})


def test_what_is_no_function_is_refused() -> None:
    with pytest.raises(TypeError, match="must be a function"):
        gr.Interface([greet], "text", "text")
    with pytest.raises(TypeError, match="their names"):
        gr.Interface(greet, 3, "text")


@pytest.mark.parametrize(("inputs", "warned"), [(0, True), (1, False), (2, False), (3, True)])
def test_a_wrong_number_of_inputs_is_said(inputs: int, warned: bool) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        gr.Interface(greet, ["text"] * inputs or None, "text")
    assert ["greet takes 1 to 2 arguments" in str(w.message) for w in caught] == [True] * warned


def test_an_older_word_for_flagging_mode() -> None:
    with pytest.warns(DeprecationWarning, match="flagging_mode"):
        demo = gr.Interface(greet, ["text"], "text", allow_flagging="never")
    assert demo.flagging_mode == "never"


# --- what it does


def test_submit_runs_the_function_and_clear_empties_all(page_of: Any) -> None:
    demo = gr.Interface(greet, ["text", gr.Slider(1, 9)], "text", flagging_mode="never")
    page = page_of(demo)
    page.fire("Submit", name="Ada", times=3)
    assert page.value("output") == "Hello Ada!!!"
    page.fire("name", "submit", name="Alan")
    assert page.value("output") == "Hello Alan!!!"
    (clear,) = [d for d in demo.fns.values() if d.js]
    assert (clear.js, clear.outputs) == ("() => [null, 1, null]", demo.input_components + demo.output_components)


def test_a_live_one_runs_at_each_change(page_of: Any) -> None:
    page = page_of(gr.Interface(greet, ["text"], "text", live=True, clear_btn=None, flagging_mode="never"))
    page.fire("name", "change", name="Ada")
    assert page.value("output") == "Hello Ada!"
    assert page.app.blocks.fns[0].trigger_mode == "always_last"


def test_a_live_one_without_inputs_runs_at_load(page_of: Any) -> None:
    page = page_of(gr.Interface(lambda: "there", None, "text", live=True))
    page.settle()
    assert page.value("output") == "there"


def test_a_generator_shows_stop_in_the_place_of_submit(page_of: Any) -> None:
    going = threading.Event()

    def count(name: str) -> Any:
        yield "one"
        going.wait(10)
        yield "two"

    page = page_of(gr.Interface(count, "text", "text", flagging_mode="never"))
    page.fire("Submit", wait=False)
    page.until(lambda: page.value("output") == "one")
    assert (page.prop("Submit", "visible"), page.prop("Stop", "visible")) == (False, True)
    page.fire("Stop", wait=False)
    page.until(lambda: page.prop("Submit", "visible") is True)
    going.set()
    page.settle()
    assert (page.value("output"), page.prop("Stop", "visible")) == ("one", False)


def test_a_generator_that_ends_shows_submit_again(page_of: Any) -> None:
    def count(name: str) -> Any:
        yield "one"
        yield "two"

    page = page_of(gr.Interface(count, "text", "text", flagging_mode="never"))
    page.fire("Submit")
    page.settle()
    assert (page.value("output"), page.prop("Submit", "visible"), page.prop("Stop", "visible")) == ("two", True, False)


def test_a_state_is_kept_and_cleared(page_of: Any) -> None:
    def count(name: str, seen: list[str]) -> tuple[int, list[str]]:
        return len(seen) + 1, [*seen, name]

    demo = gr.Interface(count, ["text", gr.State([])], ["number", "state"], flagging_mode="never")
    page = page_of(demo)
    page.fire("Submit", name="a")
    page.fire("Submit", name="b")
    assert page.value("output 0") == 2
    page.fire("Clear")
    page.fire("Submit", name="c")
    assert page.value("output 0") == 1


def test_a_batch_function_gets_lists(page_of: Any) -> None:
    page = page_of(gr.Interface(lambda ns: [[n + 1 for n in ns]], "number", "number", batch=True, max_batch_size=3))
    page.fire("Submit", ns=4)
    assert page.value("output") == 5
    assert page.app.blocks.fns[0].max_batch_size == 3


def test_a_validator_runs_first(page_of: Any) -> None:
    def valid(name: str) -> Any:
        return gr.validate(name != "", "a name is needed")

    page = page_of(gr.Interface(greet, ["text"], "text", validator=valid))
    page.fire("Submit", name="")
    assert page.failure()["message"] == "a name is needed"


def test_options_reach_the_listener() -> None:
    demo = gr.Interface(
        greet,
        ["text"],
        "text",
        api_name="hello",
        api_description="Says hello",
        api_visibility="undocumented",
        concurrency_limit=3,
        show_progress="minimal",
        stream_every=0.2,
    )
    run = demo.fns[0]
    assert (run.api_name, run.api_description, run.api_visibility) == ("hello", "Says hello", "undocumented")
    assert (run.concurrency_limit, run.show_progress, run.stream_every) == (3, "minimal", 0.2)
    assert run.scroll_to_output


def test_a_streaming_input_streams() -> None:
    camera = gr.Image(streaming=True, sources=["webcam"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NbblocksWarning)
        demo = gr.Interface(lambda p: p, camera, "image", live=True, time_limit=5, stream_every=0.1)
    run = demo.fns[0]
    assert [(t.block, t.event) for t in run.targets] == [(camera, "stream")]
    assert (run.time_limit, run.stream_every, run.show_progress, run.trigger_mode) == (5, 0.1, "hidden", "multiple")


# --- flagging


def flagged(folder: str = ".gradio/flagged") -> list[dict[str, str]]:
    with (Path(folder) / "dataset1.csv").open(newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_flag_button_keeps_the_sample_and_says_so(page_of: Any) -> None:
    page = page_of(gr.Interface(greet, ["text"], "text", flagging_options=["odd", ("Fine!", "fine")]))
    assert not Path(".gradio").exists()
    page.fire("Submit", name="=Ada")
    page.fire("Flag as odd")
    assert [(r["name"], r["output"], r["flag"]) for r in flagged()] == [("'=Ada", "Hello =Ada!", "odd")]
    assert (page.prop("Flag as odd", "value"), page.prop("Flag as odd", "interactive")) == ("Saved!", False)
    page.fire("Clear")
    assert (page.prop("Flag as odd", "value"), page.prop("Flag as odd", "interactive")) == ("Flag as odd", True)
    page.fire("Fine!")
    assert [r["flag"] for r in flagged()] == ["odd", "fine"]


def test_automatic_flagging_keeps_every_call(page_of: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADIO_FLAGGING_MODE", "auto")
    demo = gr.Interface(greet, ["text"], "text", flagging_dir="kept")
    assert "Flag" not in [b.value for b in demo.walk() if isinstance(b, gr.Button)]
    page = page_of(demo)
    for name in ("a", "b"):
        page.fire("Submit", name=name)
    page.settle()
    assert [r["name"] for r in flagged("kept")] == ["a", "b"]


def test_a_callback_of_ones_own(page_of: Any) -> None:
    class Kept(gr.FlaggingCallback):
        def setup(self, components: Any, flagging_dir: Any) -> None:
            self.told = [(list(components), str(flagging_dir))]

        def flag(self, flag_data: Any, flag_option: Any = None, username: Any = None) -> int:
            self.told.append((flag_data, flag_option))
            return 1

    kept = Kept()
    demo = gr.Interface(greet, ["text"], "text", flagging_callback=kept, flagging_dir="there")
    page = page_of(demo)
    page.fire("Submit", name="Ada")
    page.fire("Flag")
    assert kept.told == [
        (demo.input_components + demo.output_components, "there"),
        (["Ada", "Hello Ada!"], None),
    ]


def test_a_flagged_picture_is_copied(page_of: Any) -> None:
    demo = gr.Interface(lambda n: np.zeros((2, 3, 3), np.uint8), "number", gr.Image(label="Picture"))
    page = page_of(demo)
    page.fire("Submit", n=1)
    page.fire("Flag")
    assert PIL.Image.open(flagged()[0]["Picture"]).size == (3, 2)


# --- called like a function


def test_it_can_be_called() -> None:
    assert gr.Interface(greet, ["text", "number"], "text")("Ada", 2) == "Hello Ada!!"
    both = gr.Interface(lambda a, b: (a + b, a * b), ["number", "number"], ["number", "number"])
    assert both(2, 3) == [5, 6]
    assert gr.Interface(lambda ns: [[n + 1 for n in ns]], "number", "number", batch=True)(1) == 2
    picture = gr.Interface(np.flipud, "image", "image")
    assert PIL.Image.open(picture(np.zeros((4, 6, 3), np.uint8))).size == (6, 4)
    assert PIL.Image.open(picture(gr.Image().example_value())).size == (1, 1)


def test_a_blocks_can_be_called_by_place_or_name() -> None:
    async def double(n: float) -> float:
        await asyncio.sleep(0)
        return n * 2

    with gr.Blocks() as demo:
        n, out, state = gr.Number(), gr.Number(), gr.State(0)
        n.change(lambda n: n + 1, n, out, api_name="more")
        n.change(double, {n}, out)
        n.submit(double, n, out)
        n.submit(lambda n, s: (n, s), [n, state], [out, state], api_name="stateful")
        n.blur(lambda *, n: n - 1, None, out, inputs_kwargs={"n": n}, api_name="less")
    assert demo(3) == 4
    assert demo(3, api_name="/double_1") == 6
    assert demo(3, api_name="less") == 2
    for given, text in (({"api_name": "no"}, "'more'"), ({"fn_index": 9}, "9"), ({"api_name": "stateful"}, "State")):
        with pytest.raises(ValueError, match=text):
            demo(3, **given)
    with pytest.raises(ValueError, match="takes 1 inputs, got 2"):
        demo(3, 4)


def test_inside_a_running_loop_too() -> None:
    async def later(n: float) -> float:
        await asyncio.sleep(0)
        return n + 1

    async def in_a_loop() -> Any:
        return gr.Interface(later, "number", "number")(1)

    assert asyncio.run(in_a_loop()) == 2


def test_a_generator_cannot_be_called() -> None:
    def count(n: float) -> Any:
        yield n

    with pytest.raises(ValueError, match="generator"):
        gr.Interface(count, "number", "number")(1)


# --- several in tabs


def test_tabs_hold_an_app_each(page_of: Any) -> None:
    hello = gr.Interface(greet, ["text"], "text", title="Inner")
    with gr.Blocks() as bye:
        name, out = gr.Textbox(label="who"), gr.Textbox(label="bye")
        gr.Button("Go").click(lambda n: f"Bye {n}", name, out, api_name="bye")
    demo = gr.TabbedInterface([hello, bye], ["Hello", "Bye"], "Title", tabs_kwargs={"selected": "x"})
    assert [b.label for b in demo.walk() if isinstance(b, gr.Tab)] == ["Hello", "Bye"]
    assert next(b for b in demo.walk() if isinstance(b, gr.Tabs)).selected == "x"
    assert (demo.mode, demo.title) == ("tabbed_interface", "Title")
    page = page_of(demo)
    json.dumps(page.app.template.config)  # all of it goes to a page
    assert not {hello._id, bye._id} & page.app.template.props.keys()  # only what is in them
    page.fire("Go", who="Ada")
    page.fire("Submit", name="Ada")
    assert (page.value("bye"), page.value("output")) == ("Bye Ada", "Hello Ada!")
    assert demo("Ada", api_name="bye") == "Bye Ada"


def test_tabs_without_names_are_counted() -> None:
    demo = gr.TabbedInterface([gr.Interface(greet, ["text"], "text") for _ in range(2)])
    assert [b.label for b in demo.walk() if isinstance(b, gr.Tab)] == ["Tab 0", "Tab 1"]
    assert [d.api_name for d in demo.fns.values() if d.api_visibility == "public"] == ["greet", "greet_1"]
    with pytest.raises(DeclarationError, match="1 apps have 2"):
        gr.TabbedInterface([gr.Interface(greet, ["text"], "text")], ["a", "b"])


# --- pipelines


class Pipeline:
    def __init__(self, task: str, result: Any) -> None:
        self.task, self.result = task, result

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        self.called = (args, kwargs)
        return self.result


@pytest.mark.parametrize(
    ("task", "result", "given", "shown"),
    [
        ("text-classification", [{"label": "good", "score": 0.5}], ["x"], {"good": 0.5}),
        ("text-generation", [{"generated_text": "more"}], ["x"], "more"),
        ("translation_en_to_de", [{"translation_text": "ja"}], ["yes"], "ja"),
        ("summarization", [{"summary_text": "short"}], ["long"], "short"),
        ("question-answering", {"answer": "a", "score": 0.25}, ["c", "q"], ("a", 0.25)),
        ("zero-shot-classification", {"labels": ["a"], "scores": [1.0]}, ["x", "a, b", True], {"a": 1.0}),
        ("fill-mask", [{"token_str": "x", "score": 0.1}], ["[MASK]"], {"x": 0.1}),
        ("image-to-text", [{"generated_text": "a cat"}], ["p"], "a cat"),
    ],
)
def test_a_pipeline_becomes_an_interface(task: str, result: Any, given: list[Any], shown: Any) -> None:
    pipeline = Pipeline(task, result)
    demo = gr.Interface.from_pipeline(pipeline, title="Mine")
    assert demo.title == "Mine"
    assert demo.fn(*given) == shown
    if task == "zero-shot-classification":
        assert pipeline.called == (("x", ["a", "b"]), {"multi_label": True})


def test_what_is_no_pipeline_is_refused() -> None:
    with pytest.raises(ValueError, match="cooking"):
        gr.Interface.from_pipeline(Pipeline("cooking", None))
    with pytest.raises(ValueError, match="got int"):
        gr.Interface.from_pipeline(3)


# --- to Gradio's client


def test_a_client_calls_it_loads_an_example_and_is_refused(request: pytest.FixtureRequest) -> None:
    gradio_client = pytest.importorskip("gradio_client")

    def valid(name: str) -> Any:
        return gr.validate(name != "", "a name is needed")

    demo = gr.Interface(greet, ["text"], "text", examples=["Ada"], cache_examples=True, validator=valid)
    _, url, _ = demo.launch(inline=False, prevent_thread_lock=True, quiet=True)
    request.addfinalizer(lambda: demo.close(verbose=False))
    client = gradio_client.Client(url, verbose=False)
    request.addfinalizer(client.close)
    assert client.predict("Alan", api_name="/greet") == "Hello Alan!"
    assert client.predict(0, api_name="/load_example") == "Hello Ada!"
    with pytest.raises(gradio_client.exceptions.ValidationError, match="name: a name is needed"):
        client.predict("", api_name="/greet")
