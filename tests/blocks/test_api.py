"""`gr.api`: endpoints without components; apps from a configuration; who is told where an app runs."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, Literal

import pytest

import nbblocks as gr
from nbblocks.endpoints.info import api_info_of
from nbblocks.exceptions import DeclarationError


def info(demo):
    return api_info_of(demo)["named_endpoints"]


def types(endpoint):
    return [(p["parameter_name"], p["python_type"]["type"]) for p in endpoint["parameters"]]


def test_hints_say_what_an_endpoint_takes_and_gives():
    with gr.Blocks() as demo:

        def f(
            a: int, b: list[str], c: float | None = None, d: Literal["p", "q"] = "p", e: dict[str, int] | None = None
        ) -> tuple[int, str]:
            """Do it."""
            return a, ""

        gr.api(f, api_name="do")
    endpoint = info(demo)["/do"]
    assert types(endpoint) == [
        ("a", "int"), ("b", "list[str]"), ("c", "None | float"), ("d", "Literal['p', 'q']"),
        ("e", "None | dict(str, int)"),
    ]  # fmt: skip
    assert [r["python_type"]["type"] for r in endpoint["returns"]] == ["int", "str"]
    assert endpoint["parameters"][0]["label"] == "1st"
    assert [p["parameter_has_default"] for p in endpoint["parameters"]] == [False, False, True, True, True]
    assert endpoint["description"] == "Do it."
    assert {p["component"] for p in endpoint["parameters"]} == {"Api"}


def test_as_a_decorator_the_function_stays_itself():
    with gr.Blocks() as demo:

        @gr.api()
        def twice(n: int) -> int:
            return 2 * n

    assert twice(2) == 4
    assert "/twice" in info(demo)


def test_parameters_that_a_client_does_not_give_need_no_hint():
    with gr.Blocks() as demo:

        def f(a: int, request: gr.Request, progress=gr.Progress()) -> None:
            pass

        gr.api(f)
    assert types(info(demo)["/f"]) == [("a", "int")]
    assert info(demo)["/f"]["returns"] == []


def test_a_parameter_without_a_hint_is_refused_by_name():
    with gr.Blocks(), pytest.raises(DeclarationError, match="'b' has none"):
        gr.api(lambda b: b)
    with pytest.raises(DeclarationError, match="outside of a Blocks"):
        gr.api(len)


def test_a_page_is_told_nothing_of_it():
    with gr.Blocks() as demo:
        gr.Textbox()
        gr.api(lambda: 1)
        endpoint = gr.api(lambda: 1, api_visibility="private")
    assert endpoint.api_visibility == "private"
    assert len(demo.children) == 1


def test_an_app_can_be_made_from_its_configuration():
    with gr.Blocks(title="T") as demo:
        with gr.Row():
            name = gr.Textbox(label="Name", lines=3)
            out = gr.Textbox(label="Out")
        state = gr.State(1)
        go = gr.Button("Go", variant="primary")
        dep = go.click(lambda n, s: n, [name, state], out, trigger_mode="multiple")
        dep.success(lambda: None)
        go.click(None, cancels=dep)
    again = gr.Blocks.from_config(demo.get_config_file(), [lambda n, s: n + "!", lambda: None], None)
    old, new = demo.get_config_file(), again.get_config_file()
    by_type = [sorted(((c["type"], c["props"]) for c in config["components"]), key=str) for config in (old, new)]
    assert by_type[0] == by_type[1]
    keep = ("trigger_mode", "trigger_only_on_success", "api_name")
    assert [[d[k] for k in keep] for d in old["dependencies"]] == [[d[k] for k in keep] for d in new["dependencies"]]
    assert again.fns[2].cancels == [again.fns[0]]
    with pytest.raises(DeclarationError, match="fewer functions"):
        gr.Blocks.from_config(demo.get_config_file(), [], None)


def test_experiments_learn_where_the_app_is():
    told: list[Any] = []
    demo = gr.Blocks()
    with pytest.raises(DeclarationError, match="no address"):
        demo.integrate()
    demo.running = SimpleNamespace(local_url="http://127.0.0.1:1/", share_url=None, app=None)
    comet = SimpleNamespace(
        log_other=lambda *a: told.append(a), log_text=lambda *a: told.append(a), end=lambda: told.append("end")
    )
    wandb = SimpleNamespace(log=told.append, Html=lambda text: text)
    mlflow = SimpleNamespace(log_param=lambda *a: told.append(a))
    demo.integrate(comet, wandb, mlflow)
    assert "end" in told
    assert all("127.0.0.1:1" in str(t) for t in told if t not in ("end", ("Created from", "nbblocks")))


def test_tabs_and_steps_come_back_from_a_configuration():
    with gr.Blocks() as demo:
        with gr.Tab("A"):
            gr.Textbox()
        with gr.Walkthrough(), gr.Step("One"):
            gr.ClearButton()
    again = gr.Blocks.from_config(demo.get_config_file(), [], None)
    kinds = [type(b).__name__ for b in again.blocks.values()]
    assert kinds == ["Tabs", "Tab", "Textbox", "Walkthrough", "Step", "Button"]
