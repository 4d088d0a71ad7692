"""Listeners as they are declared: defaults, decorators, refusals."""

from __future__ import annotations

import pytest

import nbblocks as gr
from nbblocks import exceptions
from nbblocks.exceptions import DeclarationError, NbblocksWarning


@pytest.fixture
def parts():
    with gr.Blocks() as demo:
        demo.text, demo.out, demo.go = gr.Textbox(label="Text"), gr.Textbox(label="Out"), gr.Button()
        yield demo


@pytest.fixture
def warns_again(monkeypatch):
    monkeypatch.setattr(exceptions, "_warned", set())


def double(text):
    """Twice."""
    return text * 2


def test_trigger_modes_have_the_defaults_of_their_events(parts):
    assert parts.go.click(double).trigger_mode == "once"
    assert parts.text.change(double).trigger_mode == "always_last"
    assert gr.on([parts.text.change, parts.text.submit], double).trigger_mode == "always_last"


def test_a_decorator_gives_the_function_back(parts):
    @parts.go.click(inputs=parts.text, outputs=parts.out)
    def shout(text):
        return text.upper()

    (dependency,) = parts.fns.values()
    assert (shout("a"), dependency.fn, dependency.inputs, dependency.outputs) == (
        "A",
        shout,
        [parts.text],
        [parts.out],
    )


def test_javascript_alone_listens_to_several_events():
    with gr.Blocks() as demo:
        one, two = gr.Button("One"), gr.Button("Two")
        gr.on([one.click, two.click], js="() => {}")
    (described,) = demo.get_config_file()["dependencies"]
    assert described["backend_fn"] is False
    assert [tuple(t) for t in described["targets"]] == [(one._id, "click"), (two._id, "click")]


def test_js_alone_is_a_browser_listener_that_a_decorator_completes(parts):
    pending = parts.go.click(js="() => 1")
    (dependency,) = parts.fns.values()
    assert (dependency.fn, dependency.js) == (None, "() => 1")
    assert pending(double) is double
    assert dependency.fn is double


def test_js_true_is_refused_and_says_what_to_give(parts):
    with pytest.raises(DeclarationError, match="give the JavaScript source as text"):
        parts.go.click(double, js=True)


def test_on_without_triggers_listens_to_every_input_and_the_load(parts):
    dependency = gr.on(None, double, [parts.text], parts.out)
    assert [(t.block, t.event) for t in dependency.targets] == [(parts.text, "change"), (None, "load")]


def test_on_is_a_decorator_too(parts):
    @gr.on([parts.go.click, parts.text.submit], inputs=parts.text, outputs=parts.out)
    def shout(text):
        return text.upper()

    (dependency,) = parts.fns.values()
    assert [(t.block, t.event) for t in dependency.targets] == [(parts.go, "click"), (parts.text, "submit")]


def test_endpoints_get_names_of_their_own(parts):
    names = [
        parts.go.click(double).api_name,
        parts.go.click(double).api_name,
        parts.go.click(lambda: 1).api_name,
        parts.go.click(double, api_name="double_1").api_name,
        parts.go.click(None, js="() => 1").api_name,
    ]
    assert names == ["double", "double_1", "lambda", "double_1_1", None]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"fn": "text"}, "fn must be a function or None"),
        ({"inputs": ["text"]}, "an input must be a component, got 'text'"),
        ({"inputs": "text"}, "an input must be a component, got 'text'"),
        ({"outputs": [3]}, "an output must be a component or layout, got 3"),
        ({"trigger_mode": "twice"}, "trigger_mode must be one of 'once', 'multiple', 'always_last', got 'twice'"),
        ({"api_visibility": "open"}, "api_visibility must be one of"),
        ({"cancels": ["click"]}, "cancels takes what a listener returned, got 'click'"),
        ({"concurrency_limit": 0}, "concurrency_limit must be 1 or more, None or 'default', got 0"),
        ({"batch": True, "max_batch_size": 0}, "max_batch_size must be 1 or more, got 0"),
    ],
)
def test_what_cannot_work_is_refused_by_name(parts, given, message):
    with pytest.raises(DeclarationError, match=f"^Button\\('Run'\\).click: {message}"):
        parts.go.click(**({"fn": double} | given))
    assert parts.fns == {}


@pytest.mark.parametrize(
    ("given", "meant", "warning"),
    [(True, "full", DeprecationWarning), (False, "hidden", DeprecationWarning), ("hide", "full", NbblocksWarning)],
)
def test_show_progress_of_another_form_is_understood_with_a_warning(parts, given, meant, warning):
    with pytest.warns(warning, match="show_progress is one of"):
        assert parts.go.click(double, show_progress=given).show_progress == meant


def test_a_generator_cannot_run_in_batches(parts):
    def steps(texts):
        yield texts

    with pytest.raises(DeclarationError, match="a generator cannot run in batches"):
        parts.go.click(steps, batch=True)


@pytest.mark.parametrize("given", [{"time_limit": 3}])
@pytest.mark.usefixtures("warns_again")
def test_what_has_no_effect_is_said_once_where_it_is_declared(parts, given):
    (name,) = given
    with pytest.warns(NbblocksWarning, match=f"{name}= has no effect") as warned:
        parts.go.click(double, **given)
    parts.go.click(double, **given)  # a second warning would be an error
    assert [w.filename for w in warned] == [__file__]


def test_a_dependency_can_be_called(parts):
    assert parts.go.click(double)("a") == "aa"
    with pytest.raises(TypeError, match="runs in the browser only"):
        parts.go.click(None, js="() => 1")()


def test_an_event_of_a_class_cannot_be_called():
    with pytest.raises(TypeError, match="on a component, not on the class"):
        gr.Button.click(double)
