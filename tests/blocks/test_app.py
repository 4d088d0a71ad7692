"""`Blocks`: its settings, its launch, its end."""

from __future__ import annotations

import pytest

import nbblocks as gr
from nbblocks import exceptions
from nbblocks.blocks import LaunchOptions, QueueOptions
from nbblocks.exceptions import DeclarationError
from nbblocks.session import LiveApp


class FakeHost:
    """Shows nothing."""

    def __init__(self, blocks, options):
        self.blocks, self.options, self.closed = blocks, options, 0
        self.local_url, self.share_url, self.app = "http://127.0.0.1:1/", None, object()

    def wait(self):
        raise AssertionError("a launch that must not block has blocked")

    def close(self):
        self.closed += 1


@pytest.fixture
def hosts(monkeypatch):
    made = []
    monkeypatch.setattr(gr.Blocks, "_launcher", staticmethod(lambda *a: made.append(FakeHost(*a)) or made[-1]))
    yield made
    gr.close_all(verbose=False)


@pytest.fixture
def warns_again(monkeypatch):
    monkeypatch.setattr(exceptions, "_warned", set())


def test_words_of_launch_in_blocks_warn_where_they_stand_and_work(hosts):
    with pytest.warns(DeprecationWarning, match=r"Blocks\(theme, css\) belong to launch\(\) now") as warned:
        demo = gr.Blocks(theme="soft", css="a{}")
    assert warned[0].filename == __file__
    demo.launch(prevent_thread_lock=True)
    assert (hosts[0].options.theme.name, hosts[0].options.css) == ("soft", "a{}")


def test_launch_gives_the_app_and_its_addresses(hosts):
    demo = gr.Blocks()
    assert demo.launch(prevent_thread_lock=True) == (hosts[0].app, "http://127.0.0.1:1/", None)
    assert demo.is_running


def test_a_second_launch_closes_the_first(hosts):
    demo = gr.Blocks()
    demo.launch(prevent_thread_lock=True)
    demo.launch(prevent_thread_lock=True)
    assert [h.closed for h in hosts] == [1, 0]


def test_close_all_closes_every_app_once(hosts, capsys):
    demos = [gr.Blocks(), gr.Blocks()]
    for demo in demos:
        demo.launch(prevent_thread_lock=True)
    gr.close_all()
    gr.close_all()
    assert [h.closed for h in hosts] == [1, 1]
    assert [d.is_running for d in demos] == [False, False]
    assert capsys.readouterr().out == "Closing http://127.0.0.1:1/\n" * 2


@pytest.mark.usefixtures("hosts")
def test_auth_and_auth_dependency_exclude_each_other():
    with pytest.raises(DeclarationError, match="not both"):
        gr.Blocks().launch(auth=("a", "b"), auth_dependency=lambda r: "a")


def test_limits_are_those_of_the_listener_then_the_queue_then_the_environment(monkeypatch):
    monkeypatch.setenv("GRADIO_DEFAULT_CONCURRENCY_LIMIT", "5")

    def limits_of(**queue):
        with gr.Blocks() as demo:
            go = gr.Button()
            own, default, none = (
                go.click(lambda: 1, concurrency_limit=2),
                go.click(lambda: 1),
                go.click(lambda: 1, concurrency_limit=None),
            )
        if queue:
            demo.queue(**queue)
        live = LiveApp(demo, LaunchOptions())
        live.close()
        return [live.policy(d).limit for d in (own, default, none)]

    assert limits_of() == [2, 5, None]
    assert limits_of(default_concurrency_limit=3) == [2, 3, None]
    assert limits_of(default_concurrency_limit=None) == [2, None, None]


def test_listeners_of_one_function_share_its_limit_and_queue_none_is_queued():
    def fn():
        pass

    with gr.Blocks() as demo:
        go = gr.Button()
        a, b, c = go.click(fn), go.click(fn, queue=None), go.click(lambda: 1, queue=False)
    live = LiveApp(demo, LaunchOptions())
    live.close()
    policies = [live.policy(d) for d in (a, b, c)]
    assert policies[0].concurrency_id == policies[1].concurrency_id != policies[2].concurrency_id
    assert [p.queue for p in policies] == [True, True, False]


def test_queue_keeps_what_it_was_told():
    demo = gr.Blocks().queue(2.0, max_size=7, default_concurrency_limit=None)
    assert demo.queue_options == QueueOptions(2.0, None, 7, None, None)


@pytest.mark.parametrize("max_size", [-1, True, "3"])
def test_a_queue_size_that_is_none_is_refused(max_size):
    with pytest.raises(DeclarationError, match="max_size must be a whole number or None"):
        gr.Blocks().queue(max_size=max_size)


def test_what_cannot_run_handlers_is_no_executor():
    with pytest.raises(DeclarationError, match=r"queue: executor must be 'main' or a concurrent\.futures\.Executor"):
        gr.Blocks().queue(executor=object())


def test_a_component_of_a_variable_is_editable_also_with_a_value():
    with gr.Blocks() as demo:
        bound, alone = gr.Slider(0, 10, value=2, bind="alpha"), gr.Slider(0, 10, value=2)
    shown = demo.template(LaunchOptions()).props
    assert (shown[bound._id]["interactive"], shown[alone._id]["interactive"]) == (True, False)


def test_a_component_is_editable_unless_it_is_only_an_output():
    with gr.Blocks() as demo:
        given, out, both, alone = (gr.Textbox() for _ in range(4))
        fixed = gr.Textbox(interactive=True)
        gr.Button().click(lambda a, b: 1, [given, both], [out, both, fixed])
    template = demo.template(LaunchOptions())
    shown = [template.props[b._id]["interactive"] for b in (given, out, both, alone, fixed)]
    assert shown == [True, False, True, True, True]


def test_a_listener_that_is_no_endpoint_leaves_the_functions_name_to_others():
    def double(n):
        return 2 * n

    with gr.Blocks() as demo:
        n = gr.Number()
        n.submit(double, n, n, api_name=False)
        n.change(double, n, n, api_name=False)
        n.blur(double, n, n, api_name=" ")
    told = [(d.api_name, d.api_visibility) for d in demo.listeners.values()]
    assert told == [("false", "private"), ("false_1", "private"), ("double", "public")]


def test_a_decorator_with_javascript_makes_an_endpoint_of_the_functions_name():
    with gr.Blocks() as demo:
        name = gr.Textbox()

        @name.submit(inputs=name, outputs=name, js="x => x")
        def greet(text):
            return text

        @name.change(inputs=name, outputs=name, js="x => x", api_name="louder")
        def shout(text):
            return text.upper()

    assert list(demo.get_api_info()["named_endpoints"]) == ["/greet", "/louder"]
