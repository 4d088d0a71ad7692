"""Every public parameter is honoured, or a warning says by name that it is not: none is accepted and ignored.

The walk over the signatures asks each parameter for a probe: a look in `parameters.SEEN`, a function here, or a named
warning. A parameter without one fails.
"""

from __future__ import annotations

import itertools
import json
import re
import ssl
import subprocess
import threading
import time
import urllib.error
import urllib.request
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import ipywidgets
import numpy as np
import PIL.Image
import pytest

import nbblocks as gr
from nbblocks import exceptions
from nbblocks.blocks import LaunchOptions
from nbblocks.blocks.config import config_of
from nbblocks.exceptions import NbblocksWarning
from nbblocks.hosts import binding, inline, launch
from nbblocks.hosts.standalone.serve import StandaloneApp
from nbblocks.session import LiveApp
from nbblocks.testing import Viewer
from tests.contract import files, probes_media, tables
from tests.contract.parameters import CALLABLES, COMPONENTS, LAYOUTS, SEEN, SEEN_OF_PAGE, WALK, parameters_of
from tests.dispatch.fakes import FakeClock
from tests.session.driver import Page, launched

Probe = Callable[..., None]
PROBES: dict[tuple[str, str], Probe] = dict(probes_media.PROBES)
PLACED = [cls.__name__ for cls in (*COMPONENTS, *LAYOUTS) if "elem_id" in cls.params]
SHOWN = [name for name in PLACED if "every" in CALLABLES[name].params]


def probe(names: str | list[str], *parameters: str) -> Callable[[Probe], Probe]:
    """Register a probe for parameters of some callables; it gets their name and the parameter's."""

    def take(fn: Probe) -> Probe:
        for name in [names] if isinstance(names, str) else names:
            for parameter in parameters:
                PROBES[name, parameter] = fn
        return fn

    return take


@pytest.fixture(autouse=True)
def _afresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each warning comes again; every app is closed."""
    monkeypatch.setattr(exceptions, "_warned", set())
    monkeypatch.setenv("SPACE_ID", "me/app")  # elsewhere a DuplicateButton says that it is hidden
    yield
    while _open:
        _open.pop().close()
    gr.close_all(verbose=False)


_open: list[Any] = []


def page_of(demo: gr.Blocks, **options: Any) -> Page:
    app = launched(demo, **options)
    _open.append(app)
    return Page(app)


@pytest.mark.parametrize(("name", "parameter"), WALK)
@pytest.mark.filterwarnings("ignore::nbblocks.exceptions.NbblocksWarning")
def test_a_parameter_is_honoured(
    name: str, parameter: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if parameter in SEEN.get(name, {}) or (name, parameter) in SEEN_OF_PAGE:
        return  # tests/browser/test_parameters.py
    assert (name, parameter) in PROBES or (name, parameter) in WARNED, (
        f"{name}({parameter}=…) has no probe: it may be ignored"
    )
    if (name, parameter) in WARNED:
        warns(name, parameter, WARNED[name, parameter])
    else:
        probed = PROBES[name, parameter]
        tools: dict[str, Any] = {"tmp_path": tmp_path, "monkeypatch": monkeypatch, "capsys": capsys}
        wanted = probed.__code__.co_varnames[: probed.__code__.co_argcount]
        probed(name, parameter, **{k: v for k, v in tools.items() if k in wanted})


@probe("Slider", "precision", "randomize")
def _slider(name: str, parameter: str) -> None:
    assert (gr.Slider(step=0.01).preprocess(3.66), gr.Slider(step=0.01, precision=1).preprocess(3.66)) == (3.66, 3.7)
    values = {gr.Slider(0, 10**6, randomize=True).first_value() for _ in range(5)}
    assert len(values) > 1


@probe(["Radio", "CheckboxGroup", "Dropdown"], "type")
def _index(name: str, parameter: str) -> None:
    payload: Any = ["b"] if name == "CheckboxGroup" else "b"
    given = [CALLABLES[name](["a", "b"], type=kind).preprocess(payload) for kind in ("value", "index")]
    assert given == ([["b"], [1]] if name == "CheckboxGroup" else ["b", 1])


@probe("Dropdown", "allow_custom_value", "max_choices")
def _dropdown(name: str, parameter: str) -> None:
    assert gr.Dropdown(["a"], allow_custom_value=True).preprocess("other") == "other"
    for payload, given in (("other", {}), (["a", "b"], {"multiselect": True, "max_choices": 1})):
        with pytest.raises(gr.Error):
            gr.Dropdown(["a", "b"], **given).preprocess(payload)


@probe("Dropdown", "num_choices_shown")  # in a page: tests/browser/test_choices.py
@probe("Code", "autocomplete")  # in a page: js/src/components/code.test.tsx
@probe(["Textbox", "TextArea", "MultimodalTextbox"], "autoscroll")  # in a page: js/src/components/textbox.test.tsx, …
@probe("Dialogue", "separator", "autoscroll")  # in a page: js/src/components/parts.test.tsx
@probe(["Navbar"], "value", "visible", "main_page_name", "elem_id", "elem_classes")  # tests/browser/test_parts.py
@probe("LoginButton", "logout_value")  # tests/browser/test_parts.py
@probe("DeepLinkButton", "copied_value")  # tests/browser/test_parts.py
def _told(name: str, parameter: str) -> None:
    given: Any = {
        "num_choices_shown": 7, "autocomplete": True, "separator": "|", "autoscroll": False, "visible": False,
        "value": [["Docs", "docs"]], "elem_id": "mine", "elem_classes": ["mine"],
    }.get(parameter, "text")  # fmt: skip
    with gr.Blocks() as demo:
        block = CALLABLES[name](**{parameter: given})
    assert page_of(demo).app.template.props[block._id][parameter] == given


@probe([name for name in CALLABLES if "bind" in parameters_of(name)], "bind")
def _bind(name: str, parameter: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shell = SimpleNamespace(user_ns={}, events=SimpleNamespace(register=lambda *_: None))
    monkeypatch.setattr(binding, "ipython_shell", lambda: shell)
    with gr.Blocks() as demo:
        block = CALLABLES[name](bind="mine")
    binding.take_first_values(demo.blocks)
    assert shell.user_ns == {"mine": block.preprocess(block.first_value())}
    with pytest.raises(ValueError, match="bind"):
        CALLABLES[name](bind="not a name")


@probe("Widget", "value", "trait")
def _widget(name: str, parameter: str) -> None:
    slider = ipywidgets.IntSlider(3, max=9)
    for trait, given in (("value", 3), ("max", 9)):
        block = gr.Widget(slider, trait=trait)
        assert block.preprocess(block.first_value()) == given


@probe("DateTime", "type", "timezone")
def _date(name: str, parameter: str) -> None:
    payload = "2024-02-03 04:05:06"
    assert gr.DateTime(type="string").preprocess(payload) == payload
    zones: Any = (gr.DateTime(timezone=zone).preprocess(payload) for zone in ("Asia/Tokyo", "America/New_York"))
    east, west = zones
    assert west - east == 14 * 3600


@probe("TextArea", "type")
def _area_type(name: str, parameter: str) -> None:
    with pytest.raises(ValueError, match="type"):
        gr.TextArea(type="strange")  # type: ignore[arg-type]


@probe("Dialogue", "type", "formatter", "unformatter")
def _dialogue(name: str, parameter: str) -> None:
    lines = [{"speaker": "A", "text": "Hi"}]
    assert gr.Dialogue(type="list").preprocess(lines) == lines
    own = gr.Dialogue(
        formatter=lambda who, what: f"{who}: {what}", unformatter=lambda line: {"speaker": "?", "text": line}
    )
    assert (own.preprocess(lines), own.unformat("x")) == ("A: Hi", [{"speaker": "?", "text": "x"}])


@pytest.mark.parametrize("key", sorted(PROBES))
def test_every_probe_is_of_a_parameter(key: tuple[str, str]) -> None:
    assert key in WALK


# --- what has no effect yet, and says so

LISTENING = ["Listener", "on"]
WARNED: dict[tuple[str, str], Any] = {
    **{(name, "time_limit"): 3 for name in LISTENING},
    ("Dataset", "proxy_url"): "https://example.org",
    ("launch", "inline"): True,
    ("launch", "share"): True,
    ("launch", "share_server_address"): "tunnel:1",
    ("launch", "share_server_protocol"): "http",
    ("launch", "share_server_tls_certificate"): "file",
    ("launch", "node_server_name"): "node",
    ("launch", "node_port"): 1,
    ("launch", "_frontend"): False,
    ("launch", "ssl_verify"): False,
}


def give(name: str, **given: Any) -> None:
    """Use one of the callables with a parameter."""
    if name == "Blocks":
        gr.Blocks(**given)
    elif name == "queue":
        gr.Blocks().queue(**given)
    elif name == "launch":
        serve(gr.Blocks(), **given)
    else:
        with gr.Blocks():
            button = gr.Button("Go")
            if name == "Listener":
                button.click(len, **given)
            elif name == "on":
                gr.on([button.click], len, **given)
            else:
                CALLABLES[name](**given)


def warns(name: str, parameter: str, value: Any) -> None:
    """Exactly one warning that names the parameter, and at the second time none."""
    for times in (1, 0):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            give(name, **{parameter: value})
        told = [str(w.message) for w in caught if issubclass(w.category, NbblocksWarning)]
        assert [f"{parameter}=" in message for message in told] == [True] * times, told


def serve(demo: gr.Blocks, **options: Any) -> str:
    demo.launch(**{"prevent_thread_lock": True, "quiet": True, "inline": False, **options})
    return str(demo.local_url)


def fetch(url: str, body: bytes | None = None, **headers: str) -> tuple[int, str]:
    insecure = ssl._create_unverified_context() if url.startswith("https") else None
    if body is not None:
        headers["Content-Type"] = "application/json"
    request = urllib.request.Request(url, body, headers)
    try:
        with urllib.request.urlopen(request, timeout=10, context=insecure) as answer:
            return answer.status, answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


# --- components


@probe([*PLACED, "State", "Timer", "BrowserState"], "render")
def _render(name: str, parameter: str) -> None:
    with gr.Blocks() as demo, gr.Tabs() if name == "Tab" else gr.Row() as parent:
        shown, later = CALLABLES[name](), CALLABLES[name](render=False)
        assert (later._id in demo.blocks, later in parent.children) == (False, False)
        later.render()
    assert {shown._id, later._id} <= demo.blocks.keys()


@probe(PLACED, "key", "preserved_by_key")
def _kept_by_key(name: str, parameter: str) -> None:
    """What a handler made of a block in a render function stays, or not, when the function runs again."""
    kept = {"key": {"key": "k", "preserved_by_key": ["elem_id"]}, "preserved_by_key": {"key": "k"}}[parameter]
    made: list[Any] = []
    with gr.Blocks() as demo:
        again, mark = gr.Button("Again"), gr.Button("Mark")

        @gr.render(triggers=[again.click])
        def part() -> None:
            with gr.Tabs() if name == "Tab" else gr.Row():
                made.append(CALLABLES[name](elem_id="first", **kept))
            mark.click(lambda: gr.update(elem_id="changed"), None, made[-1])

    page = page_of(demo)
    page.fire("Again")
    page.fire("Mark")
    page.fire("Again")
    assert made[0]._id == made[1]._id
    assert page.session.prop(made[1], "elem_id") == ("changed" if parameter == "key" else "first")


@probe(["Row", "Column"], "show_progress")
def _progress_of_a_layout(name: str, parameter: str) -> None:
    with gr.Blocks() as demo:
        layout = CALLABLES[name](show_progress=True)
    assert page_of(demo).prop_of(layout, "show_progress") is True


@probe(SHOWN, "every")
def _every(name: str, parameter: str) -> None:
    with gr.Blocks() as demo:
        block = CALLABLES[name](value=lambda: None, every=3)
    (dependency,) = demo.listeners.values()
    timer = dependency.targets[-1].block
    assert (dependency.outputs, dependency.targets[-1].event, timer.value) == ([block], "tick", 3)  # type: ignore[union-attr]


@probe(SHOWN, "inputs")
def _inputs(name: str, parameter: str) -> None:
    seen: list[Any] = []
    with gr.Blocks() as demo:
        gr.Textbox("word", label="A")
        box = next(iter(demo.blocks.values()))
        CALLABLES[name](value=lambda *args: seen.append(args), inputs=box)
    page = page_of(demo)
    page.settle()
    seen.clear()
    page.fire("A", "change", A="other")
    assert seen == [("other",)]


@probe("ClearButton", "components")
def _components(name: str, parameter: str) -> None:
    with gr.Blocks() as demo:
        box = gr.Textbox("text", label="A")
        gr.ClearButton(box)
    page = page_of(demo)
    page.fire("Clear")
    assert page.value("A") is None


@probe("ClearButton", "api_name", "api_visibility")
def _clear_api(name: str, parameter: str) -> None:
    given: dict[str, Any] = {parameter: {"api_name": "wipe", "api_visibility": "private"}[parameter]}
    with gr.Blocks() as demo:
        gr.ClearButton(gr.Textbox(), **given)
    assert config_of(demo)["dependencies"][0][parameter] == given[parameter]


@probe("Number", "precision")
def _precision(name: str, parameter: str) -> None:
    assert (gr.Number().preprocess(3.6), gr.Number(precision=0).preprocess(3.6)) == (3.6, 4)


@probe("Image", "format")
def _format(name: str, parameter: str) -> None:
    array = np.zeros((4, 4, 3), np.uint8)
    images: list[Any] = [gr.Image().postprocess(array), gr.Image(format="png").postprocess(array)]
    assert [Path(image.path).suffix for image in images] == [".webp", ".png"]


@probe("Image", "webcam_options")  # in a page: tests/browser/test_camera.py
def _webcam_options(name: str, parameter: str) -> None:
    told = gr.Image(webcam_options={"mirror": False}).wire_props(["webcam_options"])
    assert told == {"webcam_options": {"mirror": False, "constraints": None}}


@probe("Image", "type", "image_mode")
def _image_kind(name: str, parameter: str) -> None:
    file = gr.Image(format="png").postprocess(np.zeros((4, 4, 3), np.uint8))
    given: list[Any] = [gr.Image().preprocess(file), gr.Image(image_mode="L").preprocess(file)]
    assert [array.shape for array in given] == [(4, 4, 3), (4, 4)]
    assert isinstance(gr.Image(type="pil").preprocess(file), PIL.Image.Image)


@probe("Image", "watermark")
def _watermark(name: str, parameter: str) -> None:
    mark = np.full((2, 2, 3), 255, np.uint8)
    marked = gr.Image(format="png", watermark={"watermark": mark, "position": (0, 0)})
    shown: Any = gr.Image().preprocess(marked.postprocess(np.zeros((20, 20, 3), np.uint8)))
    assert (shown[0, 0, 0], shown[19, 19, 0]) == (255, 0)


@probe("Dataset", "type")
def _type_of_samples(name: str, parameter: str) -> None:
    given = {"components": ["text"], "samples": [["one"], ["two"]]}
    got = [gr.Dataset(**given, type=kind).preprocess(1) for kind in ("values", "index", "tuple")]  # type: ignore[arg-type]
    assert got == [["two"], 1, (1, ["two"])]


@probe("State", "value", "delete_callback")
def _state(name: str, parameter: str) -> None:
    dropped: list[Any] = []
    with gr.Blocks() as demo:
        state, out = gr.State("first", delete_callback=dropped.append), gr.Textbox(label="Out")
        gr.Button("Go").click(lambda s: s, state, out)
    page = page_of(demo)
    page.fire("Go")
    page.session.close()
    assert (page.value("Out"), dropped) == ("first", ["first"])


PROBES |= files.PROBES | tables.PROBES


# --- listeners: the same probes for `component.event(...)` and `gr.on(...)`


def listen(name: str, button: Any, fn: Any = None, **given: Any) -> Any:
    if name == "on":
        return gr.on([button.click], fn, **given)
    return button.click(fn, **given)


def one(name: str, fn: Any = lambda t: f"<{t}>", **given: Any) -> Page:
    """One listener of a button "Go", from A to B."""
    with gr.Blocks() as demo:
        a, b = gr.Textbox("a", label="A"), gr.Textbox(label="B")
        listen(name, gr.Button("Go"), fn, **{"inputs": a, "outputs": b, **given})
    return page_of(demo)


@probe(LISTENING, "fn", "inputs", "outputs", "preprocess", "postprocess")
def _call(name: str, parameter: str) -> None:
    page = one(name)
    page.fire("Go")
    assert page.value("B") == "<a>"
    with gr.Blocks() as demo:
        number, out = gr.Number(2.6, precision=0, label="A"), gr.Number(precision=0, label="B")
        for word in ("preprocess", "postprocess"):
            listen(name, gr.Button(word), lambda n: n + 0.2, inputs=number, outputs=out, **{word: False})
    page = page_of(demo)
    page.fire("preprocess", A=2.6)
    assert page.value("B") == 3  # 2.8, rounded where it is shown
    page.fire("postprocess", A=2.6)
    assert page.value("B") == 3.2  # 3, then shown as it is


@probe(LISTENING, "inputs_kwargs")
def _inputs_kwargs(name: str, parameter: str) -> None:
    with gr.Blocks() as demo:
        a, b = gr.Textbox("a", label="A"), gr.Textbox(label="B")
        listen(name, gr.Button("Go"), lambda *, word: word * 2, outputs=b, inputs_kwargs={"word": a})
    page = page_of(demo)
    page.fire("Go")
    assert page.value("B") == "aa"


@probe("on", "triggers")
def _triggers(name: str, parameter: str) -> None:
    with gr.Blocks() as demo:
        a, b = gr.Textbox("a", label="A"), gr.Textbox(label="B")
        gr.on([a.submit, gr.Button("Go").click], lambda t: t.upper(), a, b)
    page = page_of(demo)
    page.fire("A", "submit", A="b")
    assert page.value("B") == "B"


@probe(LISTENING, "api_name", "api_description", "api_visibility")
def _api(name: str, parameter: str) -> None:
    value = {"api_name": "mine", "api_description": "what it does", "api_visibility": "private"}[parameter]
    page = one(name, **{parameter: value})
    assert config_of(page.app.blocks)["dependencies"][0][parameter] == value


@probe(LISTENING, "show_progress", "show_progress_on", "stream_every", "js")
def _on_the_wire(name: str, parameter: str) -> None:
    with gr.Blocks() as demo:
        a, b = gr.Textbox(label="A"), gr.Textbox(label="B")
        given = {"show_progress": "minimal", "show_progress_on": a, "stream_every": 2, "js": "x => x"}[parameter]
        listen(name, gr.Button("Go"), len, inputs=a, outputs=b, **{parameter: given})
    (told,) = page_of(demo).app.template.config["listeners"]
    assert told[parameter] == ([a._id] if parameter == "show_progress_on" else given)


@probe("State", "time_to_live")
def _time_to_live(name: str, parameter: str) -> None:
    with gr.Blocks() as demo:
        state, go = gr.State(1, time_to_live=5), gr.Button("Go")
        go.click(lambda: 2, None, state)
    clock = FakeClock()
    app = LiveApp(demo, LaunchOptions(), clock=clock)
    _open.append(app)
    page = Page(app)
    page.fire("Go")
    assert page.session.state_of(state) == 2
    clock.advance(6)
    assert page.session.state_of(state) == 1


@probe([*LISTENING, "queue"], "executor")
def _executor(name: str, parameter: str) -> None:
    with ThreadPoolExecutor(1, thread_name_prefix="mine") as pool:
        given = {} if name == "queue" else {"executor": pool}
        with gr.Blocks() as demo:
            out = gr.Textbox(label="Out")
            listen(
                name if name != "queue" else "Listener",
                gr.Button("Go"),
                lambda: threading.current_thread().name,
                outputs=out,
                **given,
            )
        if name == "queue":
            demo.queue(executor=pool)
        page = page_of(demo)
        page.fire("Go")
        assert page.value("Out").startswith("mine")


@probe(LISTENING, "key")
def _keyed(name: str, parameter: str) -> None:
    """A listener with a key is the same one after its render function ran again."""
    made: list[Any] = []
    with gr.Blocks() as demo:
        again = gr.Button("Again")

        @gr.render(triggers=[again.click])
        def part() -> None:
            listen(name, gr.Button("Go"), lambda: None, key="k")
            made.append(gr.Button("Go 2").click(lambda: None))

    page = page_of(demo)
    page.fire("Again")
    page.fire("Again")
    first, second = page.of_kind("tree")
    assert first["listeners"][0]["id"] == second["listeners"][0]["id"]
    assert first["listeners"][1]["id"] != second["listeners"][1]["id"]


@probe("render", "inputs", "triggers")
def _render_runs(name: str, parameter: str) -> None:
    ran: list[Any] = []
    with gr.Blocks() as demo:
        box, again = gr.Textbox(label="Box"), gr.Button("Again")
        gr.render(**{"inputs": {"inputs": box}, "triggers": {"triggers": [again.click]}}[parameter])(
            lambda *given: ran.append(given)
        )
    page = page_of(demo)
    page.settle()
    assert ran == {"inputs": [("",)], "triggers": []}[parameter]
    page.fire("Again", wait=False) if parameter == "triggers" else page.fire("Box", "change", Box="a")
    page.until(lambda: len(ran) == {"inputs": 2, "triggers": 1}[parameter])


@probe("render", "queue", "trigger_mode", "concurrency_limit", "concurrency_id", "show_progress")
def _render_as_a_listener(name: str, parameter: str) -> None:
    given = {
        "queue": False,
        "trigger_mode": "once",
        "concurrency_limit": 3,
        "concurrency_id": "x",
        "show_progress": "hidden",
    }[parameter]
    with gr.Blocks() as demo:
        gr.render(**{parameter: given})(lambda: None)
    (dependency,) = demo.listeners.values()
    assert getattr(dependency, parameter) == given


def most_at_once(name: str, options: dict[str, Any] | None = None, **given: Any) -> int:
    """How many of three calls run at once; they stay until no more come."""
    at_once, running, lock, end = [0], [0], threading.Lock(), threading.Event()

    def work() -> None:
        with lock:
            running[0] += 1
            at_once[0] = max(at_once[0], running[0])
        end.wait(5)
        with lock:
            running[0] -= 1

    with gr.Blocks() as demo:
        button = gr.Button("Go")
        functions = [lambda: work(), lambda: work(), lambda: work()] if "concurrency_id" in given else [work]
        for fn in functions:
            listen(name, button, fn, trigger_mode="multiple", **given)
    demo.queue(**{k: v for k, v in (options or {}).items() if k == "default_concurrency_limit"})
    page = page_of(demo, **{k: v for k, v in (options or {}).items() if k == "max_threads"})
    for _ in range(3 // len(functions)):
        page.fire("Go", wait=False)
    deadline = time.monotonic() + 0.5
    while time.monotonic() < deadline and at_once[0] < 3:
        time.sleep(0.02)
    end.set()
    page.settle()
    return at_once[0]


@probe(LISTENING, "queue", "concurrency_limit", "concurrency_id")
def _limits(name: str, parameter: str) -> None:
    if parameter == "concurrency_id":
        assert most_at_once(name, concurrency_id="one", concurrency_limit=1) == 1
    else:
        given: dict[str, Any] = {parameter: {"queue": False, "concurrency_limit": 3}[parameter]}
        assert most_at_once(name) == 1
        assert most_at_once(name, **given) == 3


@probe(LISTENING, "trigger_mode")
def _trigger_mode(name: str, parameter: str) -> None:
    for mode, calls in (("once", 1), ("multiple", 3), ("always_last", 2)):
        came, end = itertools.count(), threading.Event()

        def work(came: Any = came, end: Any = end) -> None:
            next(came)
            end.wait(5)

        page = one(name, lambda work=work: work(), inputs=None, outputs=None, trigger_mode=mode)
        for _ in range(3):
            page.fire("Go", wait=False)
        end.set()
        page.settle()
        assert next(came) == calls, mode


@probe(LISTENING, "cancels")
def _cancels(name: str, parameter: str) -> None:
    go_on = threading.Event()

    def steps() -> Iterator[str]:
        while not go_on.wait(0.01):
            yield "step"
        yield "end"

    with gr.Blocks() as demo:
        out = gr.Textbox(label="B")
        running = gr.Button("Start").click(steps, None, out)
        listen(name, gr.Button("Stop"), None, cancels=[running])
    page = page_of(demo)
    job = page.fire("Start", wait=False)
    page.until(lambda: page.value("B") == "step")
    page.fire("Stop", wait=False)
    page.until(lambda: page.status(job) == "cancelled")


@probe(LISTENING, "batch", "max_batch_size")
def _batch(name: str, parameter: str) -> None:
    sizes: list[int] = []
    end = threading.Event()

    def work(texts: list[str]) -> list[list[str]]:
        sizes.append(len(texts))
        end.wait(5)
        return [[t.upper() for t in texts]]

    page = one(name, work, batch=True, max_batch_size=2, trigger_mode="multiple")
    for _ in range(5):
        page.fire("Go", wait=False)
    end.set()
    page.settle()
    assert (page.value("B"), sizes) == ("A", [1, 2, 2])


@probe(LISTENING, "validator")
def _validator(name: str, parameter: str) -> None:
    calls: list[str] = []
    page = one(name, calls.append, validator=lambda t: gr.validate(t != "a", "not a"))
    job = page.fire("Go")
    assert (page.status(job), calls) == ("failed", [])


# --- Blocks and queue


@probe("queue", "default_concurrency_limit")
def _default_limit(name: str, parameter: str) -> None:
    assert most_at_once("Listener", {"default_concurrency_limit": 3}) == 3


@probe("queue", "max_size")
def _max_size(name: str, parameter: str) -> None:
    end = threading.Event()
    with gr.Blocks() as demo:
        gr.Button("Go").click(lambda: end.wait(5), trigger_mode="multiple")
    page = page_of(demo.queue(max_size=1))
    jobs = [page.fire("Go", wait=False) for _ in range(3)]
    page.until(lambda: page.status(jobs[2]) == "refused")
    end.set()
    page.until(lambda: [page.status(job) for job in jobs] == ["done", "done", "refused"])


@probe("queue", "status_update_rate")
def _status_rate(name: str, parameter: str) -> None:
    end = threading.Event()
    with gr.Blocks() as demo:
        gr.Button("Go").click(lambda: end.wait(5), trigger_mode="multiple")
    page = page_of(demo.queue(status_update_rate=0.02))
    page.fire("Go", wait=False)
    job = page.fire("Go", wait=False)
    page.until(lambda: len([m for m in page.of_kind("job") if m["job"] == job and m["status"] == "queued"]) > 3)
    end.set()
    page.settle()


# --- launch, standalone


def asked_for(file: Path, **options: Any) -> int:
    return fetch(f"{serve(gr.Blocks(), **options)}gradio_api/file={file}")[0]


@probe("launch", "allowed_paths")
def _allowed(name: str, parameter: str, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("hello")
    assert asked_for(file) == 403
    assert asked_for(file, allowed_paths=[str(tmp_path)]) == 200


@probe("launch", "blocked_paths")
def _blocked(name: str, parameter: str, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("hello")
    assert asked_for(file, allowed_paths=[str(tmp_path)], blocked_paths=[str(file)]) == 403


@probe("launch", "inbrowser")
def _inbrowser(name: str, parameter: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    url = serve(gr.Blocks(), inbrowser=True)
    assert opened == [url]


@probe("launch", "debug", "prevent_thread_lock")
def _waits(name: str, parameter: str, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[bool] = []
    monkeypatch.setattr(StandaloneApp, "wait", lambda self: waited.append(True))
    for given, waits in (({}, 0), ({"debug": True}, 1), ({"prevent_thread_lock": False}, 1)):
        waited.clear()
        serve(gr.Blocks(), **given)
        assert len(waited) == waits, given


@probe("launch", "max_threads")
def _max_threads(name: str, parameter: str) -> None:
    assert most_at_once("Listener", {"max_threads": 2}, queue=False) == 2
    demo = gr.Blocks()
    serve(demo, max_threads=2)
    assert demo.running.app.live.options.max_threads == 2  # type: ignore[union-attr]


@probe("launch", "auth", "auth_message", "auth_dependency")
def _auth(name: str, parameter: str) -> None:
    url = serve(gr.Blocks(), auth=("me", "secret"), auth_message="<b>Ask me</b>")
    status, text = fetch(url)
    assert (status, "<b>Ask me</b>" in text, "nbblocks-boot" in text) == (200, True, False)
    demo = gr.Blocks()
    url = serve(demo, auth_dependency=lambda request: request.headers.get("x-user"))
    assert "nbblocks-boot" in fetch(url, **{"X-User": "me"})[1]
    assert "nbblocks-boot" not in fetch(url)[1]


@probe("launch", "show_error")
def _show_error(name: str, parameter: str) -> None:
    def fail() -> None:
        raise ValueError("the reason")

    for shows in (False, True):
        with gr.Blocks() as demo:
            gr.Button("Go").click(fail)
        page = page_of(demo, show_error=shows)
        page.fire("Go")
        assert ("the reason" in page.failure()["message"]) is shows


@probe("launch", "server_name", "server_port")
def _address(name: str, parameter: str) -> None:
    first = serve(gr.Blocks(), server_name="localhost")
    assert first.startswith("http://localhost:")
    port = int(first.rstrip("/").rpartition(":")[2])
    gr.close_all(verbose=False)
    assert serve(gr.Blocks(), server_port=port) == f"http://127.0.0.1:{port}/"


@probe("launch", "height", "width")
def _size(name: str, parameter: str) -> None:
    template = launched(gr.Blocks(), height=200, width=300)
    _open.append(template)
    assert (template.template.config["height"], template.template.config["width"]) == (200, 300)


@probe("launch", "favicon_path")
def _favicon(name: str, parameter: str, tmp_path: Path) -> None:
    (tmp_path / "icon.svg").write_text("<svg/>")
    assert fetch(serve(gr.Blocks(), favicon_path=tmp_path / "icon.svg") + "favicon.ico") == (200, "<svg/>")


@probe("launch", "ssl_keyfile", "ssl_certfile", "ssl_keyfile_password")
def _tls(name: str, parameter: str, tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-passout",
        "pass:word",
        "-days",
        "2",
        "-subj",
        "/CN=a",
    ]
    try:
        subprocess.run([*command, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("no openssl here")
    url = serve(gr.Blocks(), ssl_keyfile=str(key), ssl_certfile=str(certificate), ssl_keyfile_password="word")
    assert url.startswith("https://")
    assert fetch(url)[0] == 200
    with pytest.raises(ssl.SSLError):
        serve(gr.Blocks(), ssl_keyfile=str(key), ssl_certfile=str(certificate), ssl_keyfile_password="other")


@probe("launch", "quiet")
def _quiet(name: str, parameter: str, capsys: pytest.CaptureFixture[str]) -> None:
    for quiet in (True, False):
        serve(gr.Blocks(), quiet=quiet)
        assert bool(capsys.readouterr().out) is not quiet


@probe("launch", "root_path")
def _root_path(name: str, parameter: str) -> None:
    url = serve(gr.Blocks(), root_path="/apps/one")
    assert url.endswith("/apps/one/")
    taken_away = url.replace("/apps/one/", "/")  # by a proxy
    assert fetch(url)[0] == fetch(taken_away)[0] == 200
    assert json.loads(fetch(url + "config")[1])["root"].endswith("/apps/one")


@probe("launch", "enable_monitoring")
def _monitoring(name: str, parameter: str, capsys: pytest.CaptureFixture[str]) -> None:
    url = serve(gr.Blocks(), enable_monitoring=True, quiet=False)
    (address,) = re.findall(r"Monitoring URL: +(\S+)", capsys.readouterr().out)
    assert fetch(address)[0] == fetch(url + "metrics")[0] == 200
    assert fetch(url + "monitoring/guessed")[0] == 403
    assert fetch(serve(gr.Blocks()) + "metrics")[0] == 404


@probe("Blocks", "analytics_enabled")
def _analytics_enabled(name: str, parameter: str) -> None:
    for counts in (True, False):
        with gr.Blocks(analytics_enabled=counts) as demo:
            gr.Button("Go").click(lambda: None, api_name="counted")
        url = serve(demo, enable_monitoring=True)
        fetch(url + "gradio_api/run/counted", b'{"data": []}')
        assert ('endpoint="counted",status="done"' in fetch(url + "metrics")[1]) == counts


@probe("Workflow", "graph", "bind", "edges")
def _workflow(name: str, parameter: str, tmp_path: Path) -> None:
    first = gr.Workflow(tmp_path / "one.json", bind=[str.upper, len], edges=[("upper", "len")])
    assert (len(first.flow.nodes), len(first.flow.edges)) == (2, 1)
    (tmp_path / "two.json").write_text('{"name": "Second"}')
    assert gr.Workflow(tmp_path / "two.json").flow.name == "Second"


@probe("Workflow", "title", "fill_height", "fill_width", "mode", "analytics_enabled", "delete_cache")
def _workflow_as_blocks(name: str, parameter: str, tmp_path: Path) -> None:
    other = {"title": "Mine", "fill_height": True, "fill_width": False, "mode": "mine", "analytics_enabled": False,
             "delete_cache": (10, 100)}[parameter]  # fmt: skip
    demo = gr.Workflow(tmp_path / "flow.json", **{parameter: other})
    if parameter == "analytics_enabled":
        assert not demo.counts_use
    elif parameter == "delete_cache":
        assert demo.delete_cache_options == other
    else:
        assert demo.template(LaunchOptions()).config[parameter] == other


@probe("queue", "api_open")
def _api_open(name: str, parameter: str) -> None:
    for is_open, status in ((True, 200), (False, 404)):
        with gr.Blocks() as demo:
            gr.Button("Go").click(lambda: None, api_name="go")
        url = serve(demo.queue(api_open=is_open))
        assert fetch(url + "gradio_api/run/go", b'{"data": []}')[0] == status


@probe("Blocks", "delete_cache")
def _delete_cache(name: str, parameter: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NBBLOCKS_TEMP_DIR", str(tmp_path / "cache"))
    (tmp_path / "made.txt").write_text("made")
    with gr.Blocks(delete_cache=(10, 100)) as demo:
        made = gr.File(label="made")
        gr.File(str(tmp_path / "made.txt"), label="declared")
        gr.Button("Go").click(lambda: str(tmp_path / "other.txt"), None, made)
    (tmp_path / "other.txt").write_text("other")
    clock = FakeClock()
    live = LiveApp(demo, LaunchOptions(), clock=clock)
    page = Viewer(live)
    page["Go"].click()

    def kept() -> set[str]:
        return {p.name for p in (tmp_path / "cache").rglob("*.txt")}

    assert kept() == {"made.txt", "other.txt"}
    clock.advance(50)
    live.dispatcher.wait_idle(5)
    assert kept() == {"made.txt", "other.txt"}
    clock.advance(70)
    assert live.kept is not None
    live.kept.sweep()  # the clock's own may still be on its way
    assert kept() == {"made.txt"}
    live.close()
    assert kept() == set()
    with pytest.raises(gr.exceptions.DeclarationError):
        gr.Blocks(delete_cache=(10,))


@probe("launch", "mcp_server")
def _mcp_server(name: str, parameter: str, capsys: pytest.CaptureFixture[str]) -> None:
    serve(gr.Blocks(), mcp_server=True, quiet=False)
    (address,) = re.findall(r"MCP server .*: +(\S+)", capsys.readouterr().out)
    assert fetch(address)[0] == fetch(address + "schema")[0] == 200
    assert fetch(serve(gr.Blocks(), mcp_server=False) + "gradio_api/mcp/schema")[0] == 404


@probe("launch", "pwa")
def _pwa(name: str, parameter: str) -> None:
    for pwa, status in ((True, 200), (False, 404)):
        url = serve(gr.Blocks(title="Installed"), pwa=pwa)
        assert fetch(url + "manifest.json")[0] == fetch(url + "service-worker.js")[0] == status
        assert ('rel="manifest"' in fetch(url)[1]) is pwa


@probe("launch", "num_workers")  # what it does: tests/hosts/test_workers.py
def _num_workers(name: str, parameter: str) -> None:
    with pytest.raises(ValueError, match="num_workers must be a whole number"):
        serve(gr.Blocks(), num_workers=0)
    with pytest.warns(NbblocksWarning, match="num_workers=…. has no effect here: it is not a script"):
        serve(gr.Blocks(), num_workers=2)


@probe("launch", "run_history")  # in a page: tests/browser/test_runs.py
def _run_history(name: str, parameter: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[tuple[dict[str, Any], bool]] = [
        ({}, True),
        ({"footer_links": ["api"]}, False),
        ({"footer_links": ["api"], "run_history": True}, True),
        ({"run_history": False}, False),
    ]
    for given, keeps in tried:
        assert told_of_runs(**given) == (keeps, keeps), given
    monkeypatch.setenv("GRADIO_RUN_HISTORY", "False")
    assert told_of_runs() == (False, False)
    assert told_of_runs(run_history=True) == (True, True)


def told_of_runs(**given: Any) -> tuple[bool, bool]:
    """What a client, and what the page, is told of past runs."""
    url = serve(gr.Blocks(), **given)
    return json.loads(fetch(url + "config")[1])["run_history"], '"kept":true' in fetch(url)[1]


@probe("launch", "ssr_mode")
def _ssr_mode(name: str, parameter: str) -> None:
    with gr.Blocks() as demo:
        gr.Markdown("# Read me")
    for ssr_mode in (True, False):
        assert ("<h1>Read me</h1>" in fetch(serve(demo, ssr_mode=ssr_mode))[1]) is ssr_mode


@probe("launch", "app_kwargs")
def _app_kwargs(name: str, parameter: str) -> None:
    demo = gr.Blocks()
    serve(demo, app_kwargs={"my_setting": 3})
    assert demo.app.settings["my_setting"] == 3


@probe("launch", "state_session_capacity")
def _capacity(name: str, parameter: str) -> None:
    app = launched(gr.Blocks(), state_session_capacity=2)
    _open.append(app)
    first, *_ = [app.open() for _ in range(3)]
    assert (len(app.sessions), first.is_closed) == (2, True)


@probe("launch", "max_file_size")
def _max_file_size(name: str, parameter: str) -> None:
    for limit, refused in (("1kb", True), ("1mb", False)):
        with gr.Blocks() as demo:
            gr.Image(label="A")
        serve(demo, max_file_size=limit)
        page = Page(demo.running.app.live)  # type: ignore[union-attr]
        at = {"block": page.block("A")._id, "file": "f", "chunk": 0, "last": True}
        page.say("upload", [bytes(2000)], name="a.png", size_bytes=2000, **at)
        page.settle()
        while not page.of_kind("ack"):
            time.sleep(0.01)
        assert ("error" in page.of_kind("ack")[0]) is refused


# --- launch, inline: what only a page of its own can honour says so


@pytest.mark.parametrize("name", [*launch.STANDALONE_ONLY, "share", "strict_cors"])
def test_a_parameter_without_effect_inline_says_so(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(launch, "in_notebook", lambda: True)
    monkeypatch.setattr(inline, "show", lambda blocks, options: StandIn())
    given: Any = {"strict_cors": False, "auth": ("a", "b"), "server_port": 1, "num_workers": 2}.get(name, True)
    given = {"allowed_paths": ["a"], "blocked_paths": ["a"], "app_kwargs": {"a": 1}}.get(name, given)
    given = "text" if name in ("head", "root_path", "auth_message", "server_name") else given
    with pytest.warns(NbblocksWarning, match=rf"{name}="):
        gr.Blocks().launch(inline=True, **{name: given})


class StandIn:
    app = local_url = share_url = None

    def close(self) -> None: ...

    def wait(self) -> None: ...


def test_the_tables_name_parameters_only() -> None:
    known = set(WALK)
    strange = [key for key in [*WARNED, *SEEN_OF_PAGE] if key not in known]
    strange += [(name, p) for name, looks in SEEN.items() for p in looks if (name, p) not in known]
    assert json.dumps(strange) == "[]"
