"""Apps of several pages."""

from __future__ import annotations

import pytest

import nbblocks as gr
from nbblocks.blocks import LaunchOptions
from nbblocks.exceptions import DeclarationError


def two_pages() -> tuple[gr.Blocks, gr.Textbox, gr.Textbox]:
    with gr.Blocks() as demo:
        first = gr.Textbox(label="First")
        demo.load(lambda: "a", None, first)
    with demo.route("Second page"):
        second = gr.Textbox(lambda: "value", label="Second")
        gr.Button("Go").click(lambda t: t, first, second)
        demo.load(lambda: "b", None, second)
    return demo, first, second


def test_a_page_holds_its_own_blocks_and_listeners() -> None:
    demo, first, second = two_pages()
    template = demo.template(LaunchOptions())
    here, there = template.page(""), template.page("second-page")
    assert str(second._id) not in here["blocks"]
    assert str(first._id) not in there["blocks"]
    assert [len(page["listeners"]) for page in (here, there)] == [1, 3]
    assert here["pages"] == [["", "Home", True], ["second-page", "Second page", True]]


def test_the_configuration_tells_of_every_page() -> None:
    demo, first, _ = two_pages()
    config = demo.get_config_file()
    assert config["pages"] == [["", "Home", True], ["second-page", "Second page", True]]
    assert [first._id in page["components"] for page in config["page"].values()] == [True, False]
    assert [page["dependencies"] for page in config["page"].values()] == [[0], [1, 2, 3]]


@pytest.mark.parametrize(
    ("name", "path", "found"),
    [("A  B c!", None, "a-b-c"), ("Über", None, "uber"), ("x", "/deep/", "deep"), ("x", "a.b~c", "a.b~c")],
)
def test_a_path_is_given_or_made_from_the_name(name: str, path: str | None, found: str) -> None:
    demo = gr.Blocks()
    with demo.route(name, path):
        pass
    assert demo.pages[-1][0] == found


@pytest.mark.parametrize(("name", "path"), [("x", "a b"), ("x", "a/b"), ("x", "/"), ("login", None), ("Here", None)])
def test_a_path_that_cannot_be_is_refused(name: str, path: str | None) -> None:
    demo = gr.Blocks()
    with demo.route("Here"):
        pass
    with pytest.raises(DeclarationError):
        demo.route(name, path)


def test_a_page_does_not_stand_inside_another() -> None:
    with gr.Blocks() as demo, pytest.raises(DeclarationError):
        demo.route("Inside")


def test_another_app_can_be_a_page() -> None:
    with gr.Blocks() as inner:
        box = gr.Textbox()
        box.submit(len, box, box)
    demo = gr.Blocks()
    with demo.route("Inner"):
        inner.render()
    config = demo.get_config_file()["page"]["inner"]
    assert (box._id in config["components"], config["dependencies"]) == (True, [0])
