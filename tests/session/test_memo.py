"""`gr.cache` and `gr.Cache`: what is kept, for whom, and for how long."""

from __future__ import annotations

import asyncio
import threading

import numpy as np
import pandas as pd
import PIL.Image
import pytest

import nbblocks as gr
from nbblocks.session.memo import content_hash


def one(open_page, fn, **listener):
    with gr.Blocks() as demo:
        demo.text, demo.out, demo.go = gr.Textbox(), gr.Textbox(), gr.Button()
        demo.go.click(fn, demo.text, demo.out, **listener)
    return demo, open_page(demo)


def test_a_handler_that_was_called_with_the_same_input_does_not_run_again(open_page):
    calls = []

    @gr.cache
    def double(x):
        calls.append(x)
        return 2 * x

    demo, page = one(open_page, double)
    told = [page.click(demo.go, edits={demo.text: text}) for text in ("a", "a", "b")]
    assert calls == ["a", "b"]
    assert [t.get("used_cache") for t in told] == [None, "full", None]
    assert page.value(demo.out) == "bb"


def test_what_is_kept_does_not_wait_in_the_queue(open_page, gate):
    @gr.cache
    def slow(x):
        gate.pass_through() if x == "b" else None
        return x

    demo, page = one(open_page, slow, trigger_mode="multiple")
    page.click(demo.go, edits={demo.text: "a"})
    page.fire(demo.go, edits={demo.text: "b"})
    with gate.held():
        (job,) = page.fire(demo.go, edits={demo.text: "a"})
        page.wait_for(lambda: page.told(job) == ["done"])
    page.settle()


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_all_steps_of_a_generator_are_kept(open_page, kind):
    calls = []

    def steps(x):
        calls.append(x)
        yield x
        yield x * 2

    async def steps_async(x):
        calls.append(x)
        yield x
        await asyncio.sleep(0)
        yield x * 2

    demo, page = one(open_page, gr.cache(steps if kind == "sync" else steps_async))
    page.click(demo.go, edits={demo.text: "a"})
    page.click(demo.go, edits={demo.text: "a"})
    assert (calls, page.value(demo.out)) == (["a"], "aa")


def test_a_validator_comes_before_what_is_kept(open_page):
    ok = [True]
    demo, page = one(open_page, gr.cache(lambda x: x), validator=lambda x: gr.validate(ok[0], "no"))
    page.click(demo.go, edits={demo.text: "a"})
    ok[0] = False
    assert page.click(demo.go, edits={demo.text: "a"})["status"] == "failed"


def test_the_key_says_what_a_result_depends_on():
    calls = []

    @gr.cache(key=lambda given: given["a"])
    def f(a, b):
        calls.append((a, b))
        return a

    assert [f(1, 2), f(1, b=3), f(2, 3)] == [1, 1, 2]
    assert calls == [(1, 2), (2, 3)]


def test_the_least_recently_used_result_makes_room():
    calls = []
    f = gr.cache(max_size=2)(lambda x: calls.append(x))
    for x in (1, 2, 1, 3, 1, 2):
        f(x)
    assert calls == [1, 2, 3, 2]


def test_memory_has_a_limit():
    calls = []

    @gr.cache(max_memory="1kb")
    def f(n):
        calls.append(n)
        return np.zeros(n, np.uint8)

    for n in (600, 600, 500, 600):
        f(n)
    assert calls == [600, 500, 600]


def test_a_result_that_is_changed_later_does_not_change_what_is_kept():
    f = gr.cache(lambda: [1])
    f().append(2)
    assert f() == [1]


def test_wrapped_again_a_function_keeps_in_the_same_place():
    calls = []

    def find(x):
        calls.append(x)
        return x

    assert (gr.cache(find)(1), gr.cache(find)(1), calls) == (1, 1, [1])


def test_methods_can_be_kept():
    class Model:
        calls = 0

        @gr.cache
        def run(self, x):
            self.calls += 1
            return x

    model = Model()
    assert model.run(1) == 1


def test_each_session_has_entries_of_its_own_which_end_with_it(open_page):
    calls = []

    @gr.cache(per_session=True)
    def f(x):
        calls.append(x)
        return x

    demo, page = one(open_page, f)
    other = open_page(demo)
    for p in (page, page, other):
        p.click(demo.go, edits={demo.text: "a"})
    assert calls == ["a", "a"]
    assert len(f.store._entries) == 2
    page.session.close()
    assert len(f.store._entries) == 1


def test_a_cache_by_hand_is_one_object_for_all_calls(open_page):
    def fn(x, kept=gr.Cache()):
        hit = kept.get(x)
        if hit is not None:
            return f"kept {hit['length']}"
        kept.set(x, length=len(x))
        return f"new {len(kept)} {kept.keys()}"

    demo, page = one(open_page, fn)
    assert page.click(demo.go, edits={demo.text: "abc"}).get("used_cache") is None
    assert page.value(demo.out) == "new 1 ['abc']"
    assert page.click(demo.go)["used_cache"] == "partial"
    assert page.value(demo.out) == "kept 3"


def test_a_cache_can_be_cleared():
    kept = gr.Cache(max_size=1)
    kept.set(1, a=1)
    kept.set(2, a=2)
    assert (kept.keys(), kept.get(1)) == ([2], None)
    kept.clear()
    assert len(kept) == 0


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (np.arange(3), np.arange(4)),
        (np.arange(3), np.arange(3.0)),
        (PIL.Image.new("RGB", (2, 2)), PIL.Image.new("RGB", (2, 2), "red")),
        (pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [2]})),
        ({"a": 1}, {"a": 2}),
        ([[1], 2], [1, [2]]),
        (1, True),
        ({1, 2}, {1, 3}),
        (b"a", b"b"),
    ],
)
def test_content_tells_values_apart(a, b):
    import copy

    assert content_hash(a) == content_hash(copy.deepcopy(a))
    assert content_hash(a) != content_hash(b)


def test_what_has_no_content_is_not_kept():
    calls = []
    f = gr.cache(lambda x: calls.append(1))
    f(threading.Lock())
    f(threading.Lock())
    assert calls == [1, 1]
