"""`gr.api`: endpoints without components; apps from a configuration; who is told where an app runs."""

from __future__ import annotations

from typing import Literal

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
