"""What happens between a page's event and what the page is told."""

from __future__ import annotations

import io
import threading

import PIL.Image
import pytest

import nbblocks as gr
from nbblocks.session import LiveApp
from nbblocks.session.outbox import RING_SIZE
from tests.session.driver import Page, launched

apps: list[LiveApp] = []


@pytest.fixture(autouse=True)
def _closed():
    yield
    while apps:
        apps.pop().close()


def shown(demo, **options):
    app = launched(demo, **options)
    apps.append(app)
    return Page(app)


def one(fn, outputs="Out", **listener):
    with gr.Blocks() as demo:
        a, out, other = gr.Textbox(label="In"), gr.Textbox(label="Out"), gr.Textbox(label="Other")
        named = {"Out": out, "Other": other}
        gr.Button("Go").click(fn, a, [named[n] for n in outputs.split()], **listener)
    return demo


def test_a_click_gives_its_answer():
    page = shown(one(lambda t: t.upper()))
    job = page.fire("Go", In="abc")
    assert (page.status(job), page.value("Out")) == ("done", "ABC")


def test_inputs_as_a_set_come_as_one_dict():
    with gr.Blocks() as demo:
        a, b, out = gr.Textbox(label="A"), gr.Number(label="B"), gr.Textbox(label="Out")
        gr.Button("Go").click(lambda d: f"{d[a]}{d[b]}", {a, b}, out)
    page = shown(demo)
    page.fire("Go", A="x", B=2)
    assert page.value("Out") == "x2"


def test_inputs_by_keyword():
    with gr.Blocks() as demo:
        a, out = gr.Textbox(label="A"), gr.Textbox(label="Out")
        gr.Button("Go").click(lambda first, *, word: first + word, a, out, inputs_kwargs={"word": a})
    page = shown(demo)
    page.fire("Go", A="x")
    assert page.value("Out") == "xx"


def test_a_returned_dict_leaves_other_outputs_alone():
    with gr.Blocks() as demo:
        a, b = gr.Textbox("a", label="A"), gr.Textbox("b", label="B")
        gr.Button("Go").click(lambda: {b: "new"}, None, [a, b])
    page = shown(demo)
    page.fire("Go")
    assert (page.value("A"), page.value("B")) == ("a", "new")


def test_too_few_values_name_the_listener_and_the_outputs():
    page = shown(one(lambda t: "one", "Out Other"), show_error=True)
    job = page.fire("Go")
    message = page.failure()["message"]
    assert page.status(job) == "failed"
    assert "1 value" in message
    assert "2 outputs" in message
    assert "Textbox('Other')" in message


def test_too_many_values_warn_and_the_others_are_dropped():
    page = shown(one(lambda t: ("one", "two", "three"), "Out Other"))
    with pytest.warns(UserWarning, match="returned 3 values, but it has 2 outputs"):
        page.fire("Go")
    assert (page.value("Out"), page.value("Other")) == ("one", "two")


def test_a_value_for_a_strange_component_is_an_error():
    with gr.Blocks() as demo:
        a, b = gr.Textbox(label="A"), gr.Textbox(label="B")
        gr.Button("Go").click(lambda: {b: "x"}, None, a)
    page = shown(demo, show_error=True)
    page.fire("Go")
    assert "not one of its outputs" in page.failure()["message"]


def test_skip_update_and_a_returned_component():
    page = shown(one(lambda t: (gr.skip(), gr.update(label="New", value="v")), "Out Other"))
    page.fire("Go")
    assert (page.value("Out"), page.prop("Other", "label"), page.value("Other")) == ("", "New", "v")
    page = shown(one(lambda t: gr.Textbox(placeholder="hint", visible=False)))
    page.fire("Go")
    assert (page.prop("Out", "placeholder"), page.prop("Out", "visible"), page.prop("Out", "lines")) == (
        "hint",
        False,
        1,
    )


def test_a_layout_is_updated_and_has_no_value():
    with gr.Blocks() as demo:
        with gr.Row(elem_id="row") as row:
            gr.Textbox()
        gr.Button("Hide").click(lambda: gr.Row(visible=False), None, row)
        gr.Button("Wrong").click(lambda: "text", None, row)
    page = shown(demo, show_error=True)
    page.fire("Hide")
    assert page.prop("row", "visible") is False
    page.fire("Wrong")
    assert "is a layout and has no value" in page.failure()["message"]


def test_an_update_with_an_unknown_parameter_is_an_error():
    page = shown(one(lambda t: gr.update(lable="x")), show_error=True)
    page.fire("Go")
    assert "'lable'" in page.failure()["message"]


def test_generators_show_each_step():
    def steps(t):
        yield "one"
        yield "two"

    async def async_steps(t):
        yield "three"
        yield "four"

    for fn, last in ((steps, "two"), (async_steps, "four")):
        page = shown(one(fn))
        page.fire("Go")
        assert page.value("Out") == last


def test_a_cancelled_generator_runs_its_finally_and_shows_no_more():
    at_yield, finals = threading.Event(), []

    def steps(t):
        try:
            for n in range(1000):
                yield str(n)
                at_yield.set()
                threading.Event().wait(0.005)
        finally:
            finals.append("closed")

    with gr.Blocks() as demo:
        out, after = gr.Textbox(label="Out"), gr.Textbox(label="After")
        run = gr.Button("Go").click(steps, out, out)
        run.then(lambda: "then ran", None, after)
        gr.Button("Stop").click(None, cancels=run)
    page = shown(demo)
    job = page.fire("Go", wait=False)
    assert at_yield.wait(5)
    page.fire("Stop", wait=False)
    page.until(lambda: page.status(job) == "cancelled")
    page.settle()
    page.until(lambda: page.value("After") == "then ran")
    assert finals == ["closed"]
    assert int(page.value("Out")) < 999


@pytest.mark.parametrize(
    ("fails", "ran"),
    [
        (False, {"then": "yes", "success": "yes", "failure": ""}),
        (True, {"then": "yes", "success": "", "failure": "yes"}),
    ],
)
def test_chains_follow_how_it_ended(fails, ran):
    def maybe():
        if fails:
            raise gr.Error("no")

    with gr.Blocks() as demo:
        boxes = {name: gr.Textbox(label=name) for name in ("then", "success", "failure")}
        dep = gr.Button("Go").click(maybe)
        for name, box in boxes.items():
            getattr(dep, name)(lambda: "yes", None, box)
    page = shown(demo)
    page.fire("Go")
    page.until(lambda: {name: page.value(name) for name in boxes} == ran)
    page.settle()
    assert {name: page.value(name) for name in boxes} == ran


@pytest.mark.parametrize(("mode", "calls"), [("once", 1), ("multiple", 3), ("always_last", 2)])
def test_trigger_modes_hold_in_the_session(mode, calls):
    free, ran = threading.Event(), []

    def slow(t):
        ran.append(t)
        free.wait(5)

    page = shown(one(slow, trigger_mode=mode))
    for n in "abc":
        page.fire("Go", wait=False, In=n)
    page.until(lambda: bool(ran))
    free.set()
    page.until(lambda: len(ran) >= calls)
    page.settle()
    assert len(ran) == calls
    if mode == "always_last":
        assert ran == ["a", "c"] or ran == ["c", "c"]


def test_a_click_that_follows_the_news_of_the_end_at_once_is_not_ignored(open_page):
    demo = one(str.upper, trigger_mode="once")
    page = open_page(demo)
    go, take = page.find("Go"), page.session.outbox.send
    ended = threading.Event()

    def answer_at_once(batch):
        take(batch)
        if any(m["kind"] == "job" and m["status"] == "done" for m, _ in batch):
            if len(page.of_kind("job")) < 50:
                page.fire(go)
            else:
                ended.set()

    page.session.outbox.send = answer_at_once
    page.fire(go)
    assert ended.wait(10)
    assert {m["status"] for m in page.of_kind("job")} == {"done"}


def test_an_output_that_changes_fires_change_once_and_not_for_ever():
    counts = []
    with gr.Blocks() as demo:
        a, b = gr.Textbox(label="A"), gr.Textbox(label="B")
        gr.Button("Go").click(lambda: "x", None, a)
        a.change(lambda t: (counts.append("a"), t)[1], a, b)
        b.change(lambda t: (counts.append("b"), t)[1], b, a)
    page = shown(demo)
    page.fire("Go")
    page.until(lambda: len(counts) == 2)
    page.fire("Go")
    page.settle()
    assert (counts, page.value("B")) == (["a", "b"], "x")


def test_state_is_each_viewers_own_copy():
    with gr.Blocks() as demo:
        seen, out = gr.State([]), gr.Textbox(label="Out")
        gr.Button("Go").click(lambda s: ([*s, len(s)], str(s)), seen, [seen, out])
        seen.change(lambda s: None, seen)
    app = launched(demo)
    apps.append(app)
    one_page, other = Page(app), Page(app)
    for _ in range(3):
        one_page.fire("Go")
    other.fire("Go")
    assert (one_page.value("Out"), other.value("Out")) == ("[0, 1]", "[]")


def test_event_data_request_and_progress_come_by_annotation():
    def told(t, event: gr.SelectData, request: gr.Request, progress=gr.Progress()):
        progress(0.5, desc="half")
        return f"{t} {event.index} {event.value} {event.selected} {request.session_hash is not None}"

    with gr.Blocks() as demo:
        a, out = gr.Textbox(label="In"), gr.Textbox(label="Out")
        a.select(told, a, out)
    page = shown(demo)
    page.fire("In", "select", {"index": [0, 2], "value": "ab"}, In="abc")
    assert page.value("Out") == "abc [0, 2] ab True True"
    (progress,) = [m for m in page.of_kind("job") if m["status"] == "progress"]
    assert progress["bars"] == [{"index": None, "length": None, "unit": "steps", "desc": "half", "progress": 0.5}]


def test_toasts_do_not_end_the_handler():
    def handler(t):
        gr.Info("i", duration=None)
        gr.Warning("w")
        gr.Success("s")
        return "went on"

    page = shown(one(handler))
    page.fire("Go")
    page.until(lambda: len(page.of_kind("toast")) == 3)
    assert [(m["level"], m["message"], m["duration_s"]) for m in page.of_kind("toast")] == [
        ("info", "i", None), ("warning", "w", 10), ("success", "s", 10),
    ]  # fmt: skip
    assert page.value("Out") == "went on"


@pytest.mark.parametrize(("show_error", "text"), [(True, "secret path"), (False, "An error occurred")])
def test_the_text_of_an_error_is_shown_as_show_error_says(show_error, text):
    def fail(t):
        raise ValueError("secret path")

    page = shown(one(fail), show_error=show_error)
    page.fire("Go")
    assert text in page.failure()["message"]
    assert page.failure()["traceback"] is None


def test_a_gr_error_always_shows_its_text():
    def fail(t):
        raise gr.Error("too large", title="Sorry", duration=3)

    page = shown(one(fail))
    page.fire("Go")
    assert {k: page.failure()[k] for k in ("title", "message", "duration_s", "visible")} == {
        "title": "Sorry", "message": "too large", "duration_s": 3, "visible": True,
    }  # fmt: skip


def test_a_newer_edit_wins_over_an_older_answer():
    free, begun = threading.Event(), threading.Event()

    def slow(t):
        begun.set()
        free.wait(5)
        return "answer to " + t

    with gr.Blocks() as demo:
        a = gr.Textbox(label="In")
        a.change(slow, a, a)
    page = shown(demo)
    job = page.fire("In", "change", wait=False, In="old")
    assert begun.wait(5)
    page.say("changes", changes=page.edit(In="newer"))
    free.set()
    page.until(lambda: page.status(job) == "done")
    assert page.value("In") == "newer"


def test_messages_are_numbered_without_gaps_and_a_page_that_comes_back_gets_the_rest():
    page = shown(one(lambda t: t))
    for n in range(5):
        page.fire("Go", In=str(n))
    numbers = [m["seq"] for m in page.messages]
    assert numbers == list(range(1, len(numbers) + 1))
    again = Page(page.app, page.session, "q", hello=False)
    again.say("hello", page="q", seq=numbers[2])
    again.until(lambda: len(again.messages) >= len(numbers) - 3)
    assert [m["seq"] for m in again.messages] == numbers[3:]


def test_a_page_that_was_away_too_long_gets_the_whole_state():
    page = shown(one(lambda t: t))
    for n in range(RING_SIZE):
        page.fire("Go", In=str(n))
    again = Page(page.app, page.session, "q", hello=False)
    again.say("hello", page="q", seq=1)
    again.until(lambda: bool(again.of_kind("reset")))
    (reset,) = again.of_kind("reset")
    assert reset["models"][str(page.block("Out")._id)]["value"] == str(RING_SIZE - 1)


def test_a_page_that_does_not_paint_gets_little_and_loses_nothing():
    def words(t):
        text = ""
        for n in range(300):
            text += f"{n} "
            yield text

    page = shown(one(words))
    page.acknowledges = False
    page.fire("Go")
    assert page.value("Out") == "".join(f"{n} " for n in range(300))
    assert len(page.messages) < 100
    text = ""
    for message in page.messages:
        if message["kind"] == "delta":
            text += message["ops"][0][2]
        elif message["kind"] == "state":
            text = next(iter(message["models"].values())).get("value", text)
    assert text == page.value("Out")


def hostile_messages():
    with gr.Blocks() as demo:
        a = gr.Textbox(label="In", max_length=5)
        gr.Textbox(label="Fixed", interactive=False)
        gr.Textbox(label="Gone", visible=False)
        gr.Button("Go").click(lambda t: t, a, a)
        gr.Button("Off", interactive=False).click(lambda: None)
        gr.Button("Hidden", visible=False).click(lambda: None)
        gr.Markdown("m", elem_id="md")
    return demo


@pytest.mark.parametrize(
    "make",
    [
        lambda p: "text",
        lambda p: {"kind": "strange"},
        lambda p: {"kind": "hello"},
        lambda p: {"kind": "event", "job": "j", "listener": 99, "target": None, "event": "click"},
        lambda p: {"kind": "event", "job": "j", "listener": 0, "target": p.block("Off")._id, "event": "click"},
        lambda p: {"kind": "event", "job": "j", "listener": 0, "target": p.block("Go")._id, "event": "load"},
        lambda p: {"kind": "event", "job": "j", "listener": 1, "target": p.block("Off")._id, "event": "click"},
        lambda p: {"kind": "event", "job": "j", "listener": 2, "target": p.block("Hidden")._id, "event": "click"},
        lambda p: {"kind": "event", "job": 3, "listener": 0, "target": p.block("Go")._id, "event": "click"},
        lambda p: {"kind": "changes", "changes": {"999": {"value": "x"}}},
        lambda p: {"kind": "changes", "changes": [1]},
        lambda p: {"kind": "changes", "changes": {str(p.block("In")._id): "x"}},
        lambda p: {"kind": "changes", "changes": {str(p.block("In")._id): {"label": "x"}}},
        lambda p: {"kind": "changes", "changes": {str(p.block("In")._id): {"value": "x", "rev": "1"}}},
        lambda p: {"kind": "changes", "changes": {str(p.block("Fixed")._id): {"value": "x", "rev": 1}}},
        lambda p: {"kind": "changes", "changes": {str(p.block("Gone")._id): {"value": "x", "rev": 1}}},
        lambda p: {"kind": "changes", "changes": {str(p.block("md")._id): {"value": "x", "rev": 1}}},
        lambda p: {"kind": "upload", "file": "f", "chunk": 0},
        lambda p: {"kind": "fetch", "ref": 3},
    ],
)
def test_a_forged_message_is_refused_and_changes_nothing(make):
    page = shown(hostile_messages())
    before = dict(page.session.props)
    page.session.receive(make(page))
    page.until(lambda: any(m["title"] == "Refused" for m in page.of_kind("toast")))
    assert page.session.props == before


def test_a_value_that_the_component_refuses_never_reaches_the_handler():
    page = shown(hostile_messages())
    page.fire("Go", In="far too long")
    assert "max_length is 5" in page.failure()["message"]


def test_files_are_had_by_token_only_by_the_session_that_was_given_them(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    with gr.Blocks() as demo:
        shown_image, out = gr.Image(label="Image", type="filepath"), gr.Textbox(label="Out")
        gr.Button("Go").click(lambda path: str(path), shown_image, out)
    app = launched(demo)
    apps.append(app)
    page, other = Page(app), Page(app)
    picture = io.BytesIO()
    PIL.Image.new("RGB", (2, 2)).save(picture, "png")
    pixel = picture.getvalue()
    block = page.block("Image")._id
    page.say(
        "upload",
        [pixel],
        file="f",
        block=block,
        name="../../a.png",
        size_bytes=len(pixel),
        mime_type="image/png",
        chunk=0,
        last=True,
    )
    page.until(lambda: bool(page.of_kind("ack")))
    value = page.of_kind("ack")[0]["value"]
    assert value["orig_name"] == "a.png"
    for thief, stolen in ((other, value["path"]), (page, str(secret)), (page, "../" * 8 + "etc/passwd")):
        thief.say("fetch", ref=f"file:{stolen}", chunk=0, credit=1)
        thief.until(lambda thief=thief: bool(thief.of_kind("chunk")))
        assert "error" in thief.of_kind("chunk")[-1]
        job = thief.fire("Go", Image={**value, "path": stolen})
        assert thief.status(job) == "failed"
        thief.messages.clear()
    page.fire("Go", Image=value)
    assert page.value("Out").endswith("a.png")


def test_an_upload_over_the_limit_is_refused_as_it_arrives():
    with gr.Blocks() as demo:
        gr.Image(label="Image")
    page = shown(demo, max_file_size=10)
    block = page.block("Image")._id
    for name, announced, data in (("a", 11, b"x" * 5), ("b", 4, b"x" * 8)):
        page.say(
            "upload",
            [data],
            file=name,
            block=block,
            name="a.png",
            size_bytes=announced,
            mime_type="image/png",
            chunk=0,
            last=False,
        )
        page.until(lambda name=name: any(m["file"] == name for m in page.of_kind("ack")))
    assert all("error" in m for m in page.of_kind("ack"))
    assert page.session.files.uploads == {}


def test_load_runs_once_per_session_and_value_functions_with_it():
    loads = []
    with gr.Blocks() as demo:
        gr.Textbox(lambda: f"made {len(loads)}", label="Made")
        demo.load(lambda: loads.append("load"))
    app = launched(demo)
    apps.append(app)
    page = Page(app)
    page.until(lambda: loads == ["load"])
    page.say("hello", page="p2", seq=0)
    page.settle()
    Page(app).until(lambda: loads == ["load", "load"])


def test_unload_runs_once_when_the_last_page_leaves():
    left = threading.Event()
    count = []
    with gr.Blocks() as demo:
        gr.Textbox()
        demo.unload(lambda: (count.append(1), left.set()))
    page = shown(demo)
    page.say("hello", page="q", seq=0)
    page.say("bye", page="p")
    assert count == []
    page.say("bye", page="q")
    page.say("bye", page="q")
    assert left.wait(5)
    assert count == [1]


def test_a_value_set_from_outside_reaches_the_page_and_its_listeners():
    with gr.Blocks() as demo:
        a, b = gr.Textbox(label="A"), gr.Textbox(label="B")
        a.change(lambda t: t.upper(), a, b)
    page = shown(demo)
    a.value = "set"
    page.until(lambda: page.value("B") == "SET")
    a.label = "Renamed"
    assert page.prop("Renamed", "label") == "Renamed"


def test_a_value_set_before_anyone_looks_is_what_the_first_viewer_sees(tmp_path):
    picture = tmp_path / "a.png"
    PIL.Image.new("RGB", (2, 2)).save(picture)
    with gr.Blocks() as demo:
        a, image = gr.Textbox("old", label="A"), gr.Image(label="Image")
    app = launched(demo)
    apps.append(app)
    a.value, image.value = "new", str(picture)
    page = Page(app)
    assert page.value("A") == "new"
    page.say("fetch", ref=f"file:{page.value('Image')['path']}", chunk=0, credit=1)
    page.until(lambda: bool(page.of_kind("chunk")))
    assert "error" not in page.of_kind("chunk")[0]


def test_an_app_put_into_another_brings_its_listeners():
    with gr.Blocks() as inner:
        a, b = gr.Textbox(label="A"), gr.Textbox(label="B")
        gr.Button("Go").click(lambda t: t + "!", a, b)
    with gr.Blocks() as outer:
        gr.Markdown("outer")
        inner.render()
    page = shown(outer)
    page.fire("Go", A="x")
    assert page.value("B") == "x!"
    with gr.Blocks():
        inner.render()
        with pytest.raises(gr.exceptions.DuplicateBlockError):
            inner.render()


def test_an_app_made_inside_another_may_be_put_where_it_goes_once():
    with gr.Blocks() as outer:
        inner = gr.Interface(lambda t: t + "!", "text", "text", api_name="shout")
        with gr.Tab("Inner") as tab:
            inner.render()
            with pytest.raises(gr.exceptions.DuplicateBlockError):
                inner.render()
    assert inner in tab.children
    assert inner not in outer.children
    assert [d.api_name for d in outer.listeners.values()].count("shout") == 1


def test_a_listener_outside_of_a_blocks_says_so():
    box = gr.Textbox()
    with pytest.raises(AttributeError, match="outside of a Blocks"):
        box.change(lambda t: t)


def test_a_listener_with_a_strange_output_says_which_and_what_it_got():
    with gr.Blocks():
        button = gr.Button("Go")
        with pytest.raises(ValueError, match=r"Button\('Go'\).click: an output must be a component.*'out'"):
            button.click(lambda: 1, None, "out")


def test_a_listener_that_lives_in_the_page_sets_its_outputs_and_is_followed():
    with gr.Blocks() as demo:
        a, out, after = gr.Textbox(label="In"), gr.Textbox(label="Out"), gr.Textbox(label="After")
        note = gr.Markdown("m", elem_id="note")
        gr.Textbox(label="Guarded", interactive=False)
        step = gr.Button("Go").click(None, a, [out, note], js="(x) => [x + '!', x]")
        then = step.then(lambda text: f"then {text}", out, after)
    page = shown(demo)
    page.say("changes", changes=page.edit(Out="a!", note="a"))
    assert (page.value("Out"), page.value("note"), page.of_kind("toast")) == ("a!", "a", [])
    number = next(n for n, d in page.app.blocks.listeners.items() if d is then)
    page.say(
        "event",
        job="p-1",
        listener=number,
        target=page.block("Go")._id,
        event="click",
        payload=None,
        changes={},
    )
    page.until(lambda: page.status("p-1") == "done")
    page.settle()
    assert page.value("After") == "then a!"
    page.say("changes", changes=page.edit(Guarded="forged"))
    page.until(lambda: page.of_kind("toast") != [])
    assert "not interactive" in page.of_kind("toast")[0]["message"]
    assert page.value("Guarded") != "forged"


def test_pages_that_never_said_that_they_leave_keep_no_other_out():
    page = shown(one(str.upper))
    for n in range(200):  # a phone that died, a tab that crashed
        Page(page.app, page.session, name=f"gone {n}")
    last = Page(page.app, page.session, name="last")
    last.fire("Go", In="abc")
    assert last.value("Out") == "ABC"
    assert len(last.session.pages) <= 64
