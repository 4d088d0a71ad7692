"""Examples: what a click fills, what is computed and kept."""

from __future__ import annotations

import asyncio
import csv
import errno
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import nbblocks as gr
from nbblocks.exceptions import NbblocksWarning
from tests.session.driver import Page, launched


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def page_of(request: pytest.FixtureRequest) -> Callable[[gr.Blocks], Page]:
    def make(demo: gr.Blocks) -> Page:
        app = launched(demo)
        request.addfinalizer(app.close)
        return Page(app)

    return make


def choose(page: Page, index: int) -> None:
    """A person clicks a sample."""
    (data,) = [b for b in page.app.blocks.blocks.values() if isinstance(b, gr.Dataset)]
    data.__dict__["label"] = "Samples"
    page.fire("Samples", "click", Samples=index)
    page.settle()


class Counted:
    """A function that counts its calls."""

    def __init__(self) -> None:
        self.calls: list[Any] = []

    def __call__(self, name: str, times: float = 1) -> str:
        self.calls.append(name)
        return f"{name}" * int(times or 1)


def samples(fn: Any = None, **options: Any) -> tuple[gr.Blocks, Any]:
    with gr.Blocks() as demo:
        name, times, out = gr.Textbox(label="Name"), gr.Number(label="Times"), gr.Textbox(label="Out")
        made = gr.Examples([["a", 1], ["b", 2]], [name, times], out, fn, **options)
    return demo, made


# --- what is shown


def test_samples_stand_under_the_labels_of_their_inputs() -> None:
    _, made = samples(label="Try", elem_id="mine", examples_per_page=5, example_labels=["A", "B"], visible=False)
    data = made.dataset
    assert (data.headers, data.samples, data.type) == (["Name", "Times"], [["a", 1], ["b", 2]], "tuple")
    assert (data.label, data.elem_id, data.samples_per_page) == ("Try", "mine", 5)
    assert (data.sample_labels, data.visible) == (["A", "B"], False)


def test_one_input_needs_no_lists_and_empty_columns_are_left_out() -> None:
    with gr.Blocks():
        name, times = gr.Textbox(label="Name"), gr.Number(label="Times")
        one = gr.Examples(["a", "b"], name)
        half = gr.Examples([["a", None], ["b"]], [name, times])
        chosen = gr.Examples([["a", 1]], [name, times], visible_columns=[1])
    assert one.dataset.samples == [["a"], ["b"]]
    assert (half.dataset.headers, half.dataset.samples) == (["Name"], [["a"], ["b"]])
    assert (chosen.dataset.headers, chosen.dataset.samples) == (["Times"], [[1]])
    for none in ([1], []):
        with gr.Blocks(), pytest.raises(ValueError, match="visible_columns"):
            gr.Examples(["a"], gr.Textbox(), visible_columns=none)


def test_a_folder_with_a_log(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "log.csv").write_text("picture,n,out\ngrey.png,3,x\n")
    shutil.copy(gr.Image().example_value(), tmp_path / "data" / "grey.png")
    with gr.Blocks():
        made = gr.Examples("data", [gr.Image(), gr.Number()])
    assert made.examples == [["grey.png", "3"]]
    assert made.dataset.samples == [[str(tmp_path / "data" / "grey.png"), "3"]]


def test_a_folder_of_files(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    for name in ("b.png", "a.png", ".hidden"):
        shutil.copy(gr.Image().example_value(), tmp_path / "data" / name)
    with gr.Blocks():
        assert gr.Examples(str(tmp_path / "data"), gr.Image()).examples == [["a.png"], ["b.png"]]
        for folder, inputs in (("none", [gr.Image()]), (str(tmp_path / "data"), [gr.Image(), gr.Image()])):
            with pytest.raises(FileNotFoundError):
                gr.Examples(folder, inputs)


def test_outside_of_a_blocks_it_says_what_to_do() -> None:
    with pytest.warns(NbblocksWarning, match=r"dataset\.render"):
        gr.Examples(["a"], gr.Textbox(render=False))


def test_a_bad_example_stands_there_as_text() -> None:
    with gr.Blocks():
        made = gr.Examples([[object()]], gr.Image())
    assert made.dataset.wire_props({"samples"})["samples"][0][0].startswith("<object")


# --- what a click does


def test_a_click_fills_the_inputs(page_of: Any) -> None:
    demo, made = samples()
    page = page_of(demo)
    choose(page, 1)
    assert (page.value("Name"), page.value("Times"), page.value("Out")) == ("b", 2, "")
    assert (made.load_input_event.api_name, made.load_input_event.api_visibility) == ("load_example", "undocumented")


def test_a_click_can_run_the_function(page_of: Any) -> None:
    demo, _ = samples(Counted(), run_on_click=True)
    page = page_of(demo)
    choose(page, 1)
    assert page.value("Out") == "bb"
    with pytest.raises(ValueError, match="run_on_click"):
        samples(run_on_click=True)


def test_options_of_the_endpoint() -> None:
    _, made = samples(api_name="take", api_visibility="public", api_description="Takes one")
    event = made.load_input_event
    assert (event.api_name, event.api_visibility, event.api_description) == ("take", "public", "Takes one")


def test_raw_values_in_and_out(page_of: Any) -> None:
    with gr.Blocks() as demo:
        number, out = gr.Number(label="N", precision=0), gr.Textbox(label="Out")
        gr.Examples([[1.5]], number, out, lambda n: n, run_on_click=True, preprocess=False, postprocess=False)
    page = page_of(demo)
    choose(page, 0)
    assert page.value("Out") == page.value("N")


# --- what is kept


def kept(made: Any) -> list[list[str]]:
    with made.cached_file.open(newline="") as lines:
        return list(csv.reader(lines))


def test_results_are_computed_at_the_launch_and_kept(page_of: Any) -> None:
    fn = Counted()
    demo, made = samples(fn, cache_examples=True)
    assert made.cached_folder == Path(".gradio/cached_examples") / str(made.dataset._id)
    assert not made.cached_folder.exists()
    page = page_of(demo)
    assert fn.calls == ["a", "b"]
    assert kept(made) == [["Out"], ["a"], ["bb"]]
    choose(page, 1)
    assert (page.value("Name"), page.value("Out"), fn.calls) == ("b", "bb", ["a", "b"])


def test_the_first_result_is_there_when_the_page_opens(page_of: Any) -> None:
    demo, _ = samples(Counted(), cache_examples=True)
    page = page_of(demo)
    page.settle()
    assert (page.value("Name"), page.value("Out")) == ("a", "a")
    for options in ({"preload": 1}, {"preload": False}):
        demo, _ = samples(Counted(), cache_examples=True, **options)
        page = page_of(demo)
        page.settle()
        assert page.value("Name") == ("b" if options["preload"] else "")


@pytest.mark.parametrize(("value", "shown"), [({}, "y"), ({"value": "x"}, "x")])
def test_only_a_value_of_the_authors_keeps_the_first_result_away(page_of: Any, value: Any, shown: str) -> None:
    with gr.Blocks() as demo:
        choice, out = gr.Dropdown(["x", "y"], label="Choice", **value), gr.Textbox(label="Out")
        gr.Examples([["y"]], choice, out, lambda v: v * 2, cache_examples=True)
    page = page_of(demo)
    page.settle()
    assert (page.value("Choice"), page.value("Out")) == (shown, "yy" if shown == "y" else "")


@pytest.mark.parametrize("options", [{"cache_examples": True, "cache_mode": "lazy"}, {"cache_examples": "lazy"}])
def test_results_can_be_computed_at_the_first_click(page_of: Any, options: Any) -> None:
    fn = Counted()
    demo, made = samples(fn, **options)
    page = page_of(demo)
    assert fn.calls == []
    for _ in range(2):
        choose(page, 1)
        assert page.value("Out") == "bb"
    assert fn.calls == ["b"]
    assert made.cached_indices_file.read_text().split() == ["1"]


@pytest.mark.parametrize(
    ("env", "caching"),
    [
        ({"GRADIO_CACHE_EXAMPLES": "true"}, True),
        ({"GRADIO_CACHE_EXAMPLES": "lazy"}, "lazy"),
        ({"GRADIO_CACHE_EXAMPLES": "true", "GRADIO_CACHE_MODE": "lazy"}, "lazy"),
        ({"GRADIO_CACHE_EXAMPLES": "false"}, False),
        ({}, False),
    ],
)
def test_the_environment_can_say_so(monkeypatch: pytest.MonkeyPatch, env: dict[str, str], caching: Any) -> None:
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert samples(Counted())[1].cache_examples == caching
    assert samples()[1].cache_examples is False  # nothing to compute


def test_the_environment_can_say_where(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GRADIO_EXAMPLES_CACHE", str(tmp_path / "elsewhere"))
    assert samples(Counted(), cache_examples=True)[1].cached_folder.parent == tmp_path / "elsewhere"


def test_caching_needs_something_to_compute() -> None:
    with pytest.raises(ValueError, match="fn and outputs"):
        samples(cache_examples=True)


def again(made: Any, fn: Any, **options: Any) -> Any:
    """The same examples after a restart."""
    _, other = samples(fn, cache_examples=True, **options)
    other.cached_folder.parent.mkdir(parents=True, exist_ok=True)
    made.cached_folder.rename(other.cached_folder)
    return other


def test_results_survive_a_restart_and_a_move() -> None:
    _, made = samples(Counted(), cache_examples=True)
    asyncio.run(made.cache())
    fn = Counted()
    other = again(made, fn)
    assert ([other.load_from_cache(at) for at in range(2)], fn.calls) == ([["a"], ["bb"]], [])


def test_files_among_the_results_survive_a_move_too(tmp_path: Path) -> None:
    def picture(n: float) -> Any:
        return np.zeros((2, int(n), 3), np.uint8)

    def made_in(folder: str) -> Any:
        with gr.Blocks():
            return gr.Examples([3], gr.Number(), gr.Image(label="../P"), picture, cache_examples=True)

    made = made_in("a")
    (first,) = made.load_from_cache(0)
    other = made_in("b")
    made.cached_folder.rename(other.cached_folder)
    (second,) = other.load_from_cache(0)
    assert Path(second.path).is_relative_to(other.cached_folder)
    assert Path(second.path).read_bytes() == Path(first.path).read_bytes()


def test_another_function_is_computed_anew() -> None:
    _, made = samples(Counted(), cache_examples=True)
    made.load_from_cache(0)
    other = again(made, lambda name, times: name.upper())
    assert other.load_from_cache(0) == ["A"]


@pytest.mark.parametrize("damage", ["log", "indices", "env"])
def test_what_is_damaged_or_unwanted_is_computed_anew(monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
    _, made = samples(Counted(), cache_examples=True)
    made.load_from_cache(0)
    made.load_from_cache(1)
    if damage == "log":
        made.cached_file.write_text("Out\n")
    elif damage == "indices":
        made.cached_indices_file.write_text("0\n")
    else:
        monkeypatch.setenv("GRADIO_RESET_EXAMPLES_CACHE", "True")
    fn = Counted()
    other = again(made, fn)
    assert (other.load_from_cache(1), fn.calls) == (["bb"], ["b"])


@pytest.mark.parametrize("text", ["=1+1", "'=1", "'quoted'", 'a,\n"b"', "-3", "1", "null", "ünï"])
def test_any_text_comes_back_as_it_was(text: str) -> None:
    with gr.Blocks():
        made = gr.Examples([text], gr.Textbox(), gr.Textbox(), lambda t: t, cache_examples=True)
    assert [made.load_from_cache(0), made.load_from_cache(0)] == [[text], [text]]


def test_a_full_disk_is_said_and_results_still_come(monkeypatch: pytest.MonkeyPatch) -> None:
    _, made = samples(Counted(), cache_examples=True)

    def full(fd: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        with pytest.warns(NbblocksWarning, match="not kept"):
            assert made.load_from_cache(0) == ["a"]
    assert made.load_from_cache(1) == ["bb"]
    assert made.load_from_cache(0) == ["a"]
    assert made.cached_indices_file.read_text().split() == ["1", "0"]


def test_a_generator_is_seen_step_by_step_then_its_last_value(page_of: Any) -> None:
    wait = threading.Event()

    def steps(name: str, times: float) -> Any:
        yield "first"
        wait.wait(10)
        yield "last"

    demo, made = samples(steps, cache_examples="lazy")
    page = page_of(demo)
    made.dataset.__dict__["label"] = "Samples"
    page.fire("Samples", "click", Samples=0, wait=False)
    page.until(lambda: page.value("Out") == "first")
    wait.set()
    page.until(lambda: page.value("Out") == "last")
    assert made.load_from_cache(0) == ["last"]


def test_two_at_once_wait_for_one_computation() -> None:
    fn = Counted()
    _, made = samples(fn, cache_examples="lazy")
    threads = [threading.Thread(target=made.load_from_cache, args=(0,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert fn.calls == ["a"]


def test_what_examples_do_not_give_keeps_its_first_value() -> None:
    with gr.Blocks():
        inputs = [gr.Textbox(), gr.Number(3)]
        with pytest.warns(NbblocksWarning, match="the component's first value"):
            made = gr.Examples([["a"]], inputs, gr.Textbox(), lambda a, n: f"{a}{n}", cache_examples=True)
    assert made.load_from_cache(0) == ["a3"]


def test_async_functions_and_batches_are_kept_too() -> None:
    async def later(name: str, times: float) -> str:
        await asyncio.sleep(0)
        return name

    async def steps(name: str, times: float) -> Any:
        yield "first"
        yield name

    def batch(names: list[str], times: list[float]) -> list[list[str]]:
        return [[name + "!" for name in names]]

    for fn, options, result in ((later, {}, "a"), (steps, {}, "a"), (batch, {"batch": True}, "a!")):
        assert samples(fn, cache_examples=True, **options)[1].load_from_cache(0) == [result]


# --- of an interface


def test_an_interface_has_examples(page_of: Any) -> None:
    fn = Counted()
    demo = gr.Interface(
        fn,
        "text",
        "text",
        examples=[["a", 1], ["b", 3]],
        additional_inputs=[gr.Number(2, label="times")],
        examples_per_page=1,
        example_labels=["A", "B"],
        flagging_mode="never",
    )
    made = demo.examples_handler
    assert made is not None
    data = made.dataset
    assert (data.samples, data.samples_per_page, data.sample_labels) == ([["a"], ["b"]], 1, ["A", "B"])
    page = page_of(demo)
    choose(page, 1)
    assert (page.value("name"), page.value("times")) == ("b", 3)


def test_an_interface_with_a_state_keeps_results(page_of: Any) -> None:
    def count(name: str, seen: int) -> tuple[str, int]:
        return f"{name}{seen}", seen + 1

    demo = gr.Interface(count, ["text", gr.State(5)], ["text", "state"], examples=[["a"]], cache_examples=True)
    page = page_of(demo)
    page.settle()
    assert page.value("output 0") == "a5"
    stepwise = gr.Interface(
        lambda n, s: (n, s),
        ["text", "state"],
        ["text", "state"],
        examples=["a"],
        cache_mode="lazy",
        preload_example=False,
    )
    assert stepwise.examples_handler is not None


def test_examples_in_tabs_are_computed_at_the_launch(page_of: Any) -> None:
    fn = Counted()
    page_of(gr.TabbedInterface([gr.Interface(fn, ["text"], "text", examples=["a"], cache_examples=True)]))
    assert fn.calls == ["a"]


def test_examples_that_are_kept_say_when_one_lacks_a_value():
    with gr.Blocks(), pytest.warns(NbblocksWarning, match="not all input components have"):
        gr.Examples(
            [["a", "b"], ["c", None]],
            [gr.Textbox(), gr.Textbox()],
            gr.Textbox(),
            lambda a, b="": a,
            cache_examples="lazy",
        )
