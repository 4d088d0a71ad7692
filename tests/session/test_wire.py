"""What a page may say and what it is told: order, edits, forgeries, files."""

from __future__ import annotations

import pytest

import nbblocks as gr
from nbblocks.session import LiveApp
from nbblocks.session.outbox import RING_SIZE
from nbblocks.wire.files import cache_dir


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("NBBLOCKS_TEMP_DIR", str(tmp_path / "cache"))


def echo(fn=lambda t: t):
    with gr.Blocks() as demo:
        demo.text, demo.out, demo.go = gr.Textbox("", label="Text"), gr.Textbox("", label="Out"), gr.Button()
        demo.dep = demo.go.click(fn, demo.text, demo.out)
    return demo


def refusals(page):
    return [m["message"] for m in page.of_kind("toast") if m["level"] == "error"]


# --- edits and answers


def test_an_older_answer_does_not_take_back_a_newer_edit(open_page, gate):
    with gr.Blocks() as demo:
        text = gr.Textbox("")
        text.submit(lambda t: gate.pass_through() or gr.update(value=t.upper(), label="Done"), text, text)
    page = open_page(demo)
    page.fire(text, "submit", edits={text: "a"})
    with gate.held():
        page.send(kind="changes", changes=page.edit(text, "ab"))
    page.settle()
    assert (page.value(text), page.prop(text, "label")) == ("ab", "Done")
    assert page.session.prop(text, "value") == "ab"


def test_an_answer_to_the_newest_edit_counts(open_page):
    with gr.Blocks() as demo:
        text = gr.Textbox("")
        text.submit(lambda t: "", text, text)
    page = open_page(demo)
    page.click(text, "submit", edits={text: "sent"})
    assert page.value(text) == ""


def test_an_edit_older_than_one_that_came_is_ignored(open_page):
    demo = echo()
    page = open_page(demo)
    key = str(demo.text._id)
    page.send(kind="changes", changes={key: {"value": "new", "rev": 5}})
    page.send(kind="changes", changes={key: {"value": "old", "rev": 4}})
    assert page.session.prop(demo.text, "value") == "new"


def test_an_edit_is_shown_on_the_other_pages_of_the_session(open_page):
    demo = echo()
    page = open_page(demo)
    page.send(kind="hello", page="second", seq=page.seq)
    page.send(kind="changes", changes={str(demo.text._id): {"value": "x", "rev": 1}})
    page.flush()
    assert page.of_kind("state")[-1]["models"] == {str(demo.text._id): {"value": "x", "rev": 1}}


# --- order, and pages that come back


def test_a_page_that_comes_back_gets_what_it_missed(open_page):
    demo = echo()
    page = open_page(demo)
    page.click(demo.go, edits={demo.text: "a"})
    had, shown = page.seq, len(page.messages)
    page.session.outbox.send = None
    page.fire(demo.go, edits={demo.text: "b"})
    page.settle()
    assert page.value(demo.out) == "a"
    page.session.outbox.send = page._take
    page.hello(had)
    page.flush()
    assert page.value(demo.out) == "b"
    assert [m["seq"] for m in page.messages] == list(range(1, page.seq + 1))
    assert {m["kind"] for m in page.messages[shown:]} == {"state", "job"}


def test_a_page_that_was_away_too_long_gets_the_whole_state(open_page):
    demo = echo()
    page = open_page(demo)
    page.session.outbox.send = None
    for n in range(RING_SIZE):
        page.fire(demo.go, edits={demo.text: str(n)})
        page.settle()
    page.session.outbox.send = page._take
    page.seq = page.session.outbox.seq
    page.models = {}
    page.hello(1)
    page.flush()
    assert page.messages[-1]["kind"] == "reset"
    assert page.messages[-1]["template"] == page.template
    assert page.value(demo.out) == str(RING_SIZE - 1)


def test_what_changes_after_a_reset_was_made_comes_after_it(open_page):
    demo = echo()
    page = open_page(demo)
    page.click(demo.go, edits={demo.text: "a"})
    outbox = page.session.outbox
    with outbox.lock:  # nothing goes out meanwhile
        outbox.put_state(demo.out._id, {"value": "old"})
        page.session.set_props(demo.out, {"value": "before"})
        page.hello(0)
        page.session.set_props(demo.out, {"value": "after"})
    page.flush()
    assert page.messages[-2]["kind"] == "reset"
    assert page.value(demo.out) == "after"


def test_a_reset_names_the_jobs_that_run(open_page, gate):
    demo = echo(lambda t: gate.pass_through())
    page = open_page(demo)
    (job,) = page.fire(demo.go)
    page.session.set_props(demo.out, {"value": "x"})
    page.flush()
    with gate.held():
        page.hello(0)
        page.flush()
    (reset,) = page.of_kind("reset")
    assert [(m["job"], m["listener"], m["status"]) for m in reset["running"]] == [(job, 0, "started")]
    page.settle()


# --- a page that is slow


def test_without_acks_what_waits_is_merged_and_bounded(open_page):
    demo = echo()
    page = open_page(demo, acks=False)
    outbox = page.session.outbox
    sizes = []
    for n in range(5000):
        page.session.set_props(demo.out, {"value": str(n)})
        with outbox.lock:
            sizes.append(len(outbox._state) + len(outbox._bases) + len(outbox._messages) + len(outbox._unacked))
    assert max(sizes) <= 4
    assert len(outbox._ring) <= RING_SIZE
    page.wait_for(lambda: page.value(demo.out) == "4999")


def test_growing_text_loses_nothing_however_slow_the_page(open_page):
    demo = echo()
    page = open_page(demo, acks=False)
    text = "start of a text that is long enough to grow by deltas, which short ones are not: "
    page.session.set_props(demo.out, {"value": text})
    page.flush()
    for n in range(2000):
        text += f"{n} "
        page.session.set_props(demo.out, {"value": text})
    page.wait_for(lambda: page.value(demo.out) == text)
    assert page.of_kind("delta")


def test_growth_that_answers_another_edit_is_told_whole(open_page):
    demo = echo()
    page = open_page(demo)
    long = "x" * 40
    page.session.set_props(demo.out, {"value": long})
    page.flush()
    with page.session.outbox.lock:
        page.session.set_props(demo.out, {"value": long + "a"})
        page.session.revs[demo.out._id] = 3
        page.session.set_props(demo.out, {"value": long + "ab"})
    page.flush()
    assert page.messages[-1]["models"] == {str(demo.out._id): {"value": long + "ab", "rev": 3}}


# --- forgeries


@pytest.mark.parametrize(
    "message",
    [
        None,
        [],
        "hello",
        {},
        {"kind": "unknown"},
        {"kind": []},
        {"kind": {}},
        {"kind": "hello"},
        {"kind": "hello", "page": [], "seq": 0},
        {"kind": "hello", "page": "p", "seq": "0"},
        {"kind": "event"},
        {"kind": "event", "job": "j", "listener": []},
        {"kind": "event", "job": "j", "listener": 99},
        {"kind": "event", "job": ["j"], "listener": 0},
        {"kind": "event", "job": "j" * 1000, "listener": 0},
        {"kind": "event", "job": "j", "listener": 0, "target": {}, "event": "click"},
        {"kind": "event", "job": "j", "listener": 0, "target": -1, "event": "click"},
        {"kind": "changes", "changes": "x"},
        {"kind": "changes", "changes": {"9" * 400: {"value": 1}}},
        {"kind": "changes", "changes": {"inf": {"value": 1}}},
        {"kind": "cancel", "jobs": 3},
        {"kind": "cancel", "jobs": [{}]},
        {"kind": "cancel", "listeners": "ab"},
        {"kind": "ack", "seq": "1"},
        {"kind": "fetch", "ref": 3},
        {"kind": "fetch", "ref": "asset:x", "chunk": -1},
        {"kind": "upload", "file": 1, "chunk": 0},
        {"kind": "call", "block": 0, "function": "x"},
        {"kind": "call", "block": [], "function": []},
        {"kind": "bye", "page": {}},
    ],
    ids=str,
)
def test_garbage_is_refused_and_the_session_lives_on(open_page, message):
    ran = []
    demo = echo(lambda t: ran.append(t) or t)
    page = open_page(demo)
    page.session.receive(message)
    page.settle()
    assert len(refusals(page)) == 1
    assert ran == []
    assert page.click(demo.go, edits={demo.text: "a"})["status"] == "done"


@pytest.mark.parametrize(
    ("prop", "value"),
    [("label", "x"), ("visible", True), ("value", 3), ("value", ["a"]), ("rev", -1), ("rev", 1 << 60)],
)
def test_a_page_cannot_set_what_is_not_the_users(open_page, prop, value):
    demo = echo()
    page = open_page(demo)
    changes = {str(demo.go._id): {}, str(demo.text._id): {"value": "x", prop: value}}
    page.send(kind="changes", changes=changes)
    page.flush()
    assert len(refusals(page)) == 1
    assert page.session.props == {}


def test_one_wrong_edit_leaves_the_others_undone(open_page):
    demo = echo()
    page = open_page(demo)
    page.send(kind="changes", changes={str(demo.text._id): {"value": "x", "rev": 1}, str(demo.out._id): {"value": "y"}})
    page.flush()
    assert refusals(page) == ["Textbox('Out') is not interactive: a page cannot set its value"]
    assert page.session.props == {}


def forged(page, demo, **given):
    message = {"kind": "event", "job": "forged", "listener": 0, "target": demo.go._id, "event": "click"} | given
    page.session.receive(message)
    page.settle()
    return page.told("forged"), refusals(page)[-1]


def test_an_event_that_nothing_listens_to_is_refused(open_page):
    demo = echo()
    page = open_page(demo)
    told, why = forged(page, demo, target=demo.text._id)
    assert told == ["failed"]
    assert why.endswith(f"does not listen to 'click' of {demo.text._id}")


@pytest.mark.parametrize(
    ("update", "why"), [({"interactive": False}, "is not interactive"), ({"visible": False}, "is not visible")]
)
def test_a_block_that_cannot_be_used_has_no_events(open_page, update, why):
    demo = echo()
    page = open_page(demo)
    page.session.set_props(demo.go, update)
    told, message = forged(page, demo)
    assert told == ["failed"]
    assert why in message


def test_a_block_in_a_hidden_row_has_no_events_and_takes_no_edits(open_page):
    with gr.Blocks() as demo:
        with gr.Row(visible=False):
            text, demo.go = gr.Textbox(), gr.Button()
        demo.go.click(lambda t: t, text, text)
    page = open_page(demo)
    assert "is not visible" in forged(page, demo)[1]
    page.send(kind="changes", changes={str(text._id): {"value": "x", "rev": 1}})
    page.flush()
    assert page.session.props == {}


def test_a_job_that_is_pending_cannot_come_again(open_page, gate):
    demo = echo(lambda t: gate.pass_through())
    page = open_page(demo)
    (job,) = page.fire(demo.go)
    with gate.held():
        page.send(kind="event", job=job, listener=0, target=demo.go._id, event="click")
        page.flush()
        assert refusals(page) == [f"a new job cannot be called {job!r}"]
    page.settle()


def test_inputs_come_only_for_listeners_with_js(open_page):
    demo = echo()
    assert "it has no js that could give them" in forged(open_page(demo), demo, inputs=["x"])[1]


# --- files


@pytest.fixture
def picture_app():
    with gr.Blocks() as demo:
        demo.picture, demo.go = gr.Image(type="filepath"), gr.Button()
        demo.paths = []
        demo.go.click(demo.paths.append, demo.picture)
    return demo


def upload(page, block, chunks, name="cat.png", size=None, file="f"):
    for n, chunk in enumerate(chunks):
        page.send(
            buffers=[chunk],
            kind="upload",
            file=file,
            block=block._id,
            name=name,
            size_bytes=sum(map(len, chunks)) if size is None else size,
            mime_type="image/png",
            chunk=n,
            last=n == len(chunks) - 1,
        )
    page.flush()
    return [m for m, _ in page.chunks if m["kind"] == "ack"]


def parts():
    return [p for p in cache_dir().rglob("*") if p.suffix == ".part"]


def test_an_upload_in_chunks_becomes_a_file_of_the_session(open_page, picture_app, tmp_path):
    page = open_page(picture_app)
    acks = upload(page, picture_app.picture, [b"abc", b"def"])
    assert [(a["chunk"], a.get("error")) for a in acks] == [(0, None), (1, None)]
    value = acks[-1]["value"]
    assert (value["orig_name"], value["size"], value["mime_type"]) == ("cat.png", 6, "image/png")
    assert str(tmp_path) not in value["path"]
    assert page.session.files.path_of(value["path"]).read_bytes() == b"abcdef"
    assert parts() == []


def test_an_upload_goes_on_whatever_a_connection_lost_of_it(open_page, picture_app):
    page = open_page(picture_app)

    def send(n, data):
        page.send(
            buffers=[data],
            kind="upload",
            file="f",
            block=picture_app.picture._id,
            name="cat.png",
            size_bytes=3,
            chunk=n,
            last=n == 2,
        )
        page.flush()
        return [m for m, _ in page.chunks if m["kind"] == "ack"]

    send(0, b"a")
    assert [a["chunk"] for a in send(2, b"c")] == [0]  # the one between was lost: it waits for both
    assert [a["chunk"] for a in send(0, b"a")] == [0, 0]  # an acknowledgement was lost
    send(1, b"b")
    made = send(2, b"c")[-1]["value"]
    assert page.session.files.path_of(made["path"]).read_bytes() == b"abc"
    assert send(2, b"c")[-1]["value"] == made  # also that of the last
    assert parts() == []


@pytest.mark.parametrize(
    ("chunks", "size", "why"),
    [
        ([b"x" * 11], None, "has 11 bytes; at most 10 are taken"),
        ([b"xx", b"xxxx"], 4, "is larger than the 4 bytes that were announced"),
        ([b"xx", b"xx"], 9, "4 bytes came, 9 were announced"),
    ],
)
def test_an_upload_that_does_not_fit_is_refused_and_its_part_removed(open_page, picture_app, chunks, size, why):
    page = open_page(picture_app, max_file_size=10)
    last = upload(page, picture_app.picture, chunks, size=size)[-1]
    assert why in last["error"]
    assert (parts(), page.session.files.uploads) == ([], {})


@pytest.mark.parametrize("size", [{}, "many", -1])
def test_an_upload_of_no_size_is_refused(open_page, picture_app, size):
    page = open_page(picture_app)
    (ack,) = upload(page, picture_app.picture, [b"x"], size=size)
    assert ack["error"]
    assert parts() == []


def test_only_a_component_that_takes_files_gets_one(open_page):
    demo = echo()
    (ack,) = upload(open_page(demo), demo.text, [b"x"])
    assert ack["error"] == "Textbox('Text') takes no files"


def test_an_upload_that_was_begun_goes_with_its_session(open_page, picture_app):
    page = open_page(picture_app)
    page.send(
        buffers=[b"x"],
        kind="upload",
        file="f",
        block=picture_app.picture._id,
        name="a.png",
        size_bytes=2,
        chunk=0,
        last=False,
    )
    assert len(parts()) == 1
    page.session.close()
    assert parts() == []


@pytest.mark.parametrize("path", ["/etc/passwd", "../../etc/passwd", "0" * 32 + "-passwd"])
def test_a_file_that_the_session_was_not_given_is_refused(open_page, picture_app, path):
    page = open_page(picture_app)
    end = page.click(picture_app.go, edits={picture_app.picture: {"path": path}})
    assert (end["status"], end["message"], picture_app.paths) == ("failed", "this session has no such file", [])


def test_a_file_of_another_session_is_refused(open_page, picture_app):
    ada, bob = open_page(picture_app), open_page(picture_app)
    token = upload(ada, picture_app.picture, [b"ada's"])[-1]["value"]["path"]
    assert bob.click(picture_app.go, edits={picture_app.picture: {"path": token}})["status"] == "failed"
    bob.send(kind="fetch", ref=f"file:{token}", chunk=0)
    bob.flush()
    assert bob.chunks[-1][0]["error"] == "this session has no such file"


def test_a_file_comes_in_chunks_as_many_as_there_is_credit_for(open_page, picture_app):
    page = open_page(picture_app)
    page.app.chunk_bytes = 4
    token = upload(page, picture_app.picture, [b"0123456789"])[-1]["value"]["path"]
    page.chunks.clear()
    page.send(kind="fetch", ref=f"file:{token}", chunk=0, credit=2)
    page.send(kind="fetch", ref=f"file:{token}", chunk=2, credit=2)
    page.flush()
    assert [(m["chunk"], m["chunks"], m["size_bytes"], m["mime_type"], b) for m, b in page.chunks] == [
        (0, 3, 10, "image/png", [b"0123"]),
        (1, 3, 10, "image/png", [b"4567"]),
        (2, 3, 10, "image/png", [b"89"]),
    ]


def test_an_asset_comes_by_name_and_nothing_else_does(open_page, monkeypatch):
    demo = echo()
    page = open_page(demo)
    real = LiveApp.asset
    monkeypatch.setattr(LiveApp, "asset", staticmethod(lambda name: b"code" if name == "a.js" else real(name)))
    for ref in ("asset:a.js", "asset:../__init__.py", "asset:/etc/passwd", "other:a.js", "a.js"):
        page.send(kind="fetch", ref=ref)
    page.flush()
    assert [(b, "error" in m) for m, b in page.chunks] == [([b"code"], False)] + [([], True)] * 4
