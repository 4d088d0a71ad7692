"""`gr.Workflow` as an app: where its graph comes from, its endpoints and form, who may edit it, and what is kept."""

from __future__ import annotations

import importlib.util
import json
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import PIL.Image
import pytest

import nbblocks as gr
from nbblocks.exceptions import DeclarationError, NbblocksWarning
from nbblocks.session.request import Request
from nbblocks.wire.files import FileData
from tests.graphs.test_model import BOTH, edge
from tests.session.driver import Page, launched

ME = Request()


def clean(text: str) -> str:
    return text.strip().lower()


def tag(text: str, times: int = 1) -> str:
    return f"[{text}]" * int(times)


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    gr.close_all(verbose=False)


def cleaning(**more: Any) -> dict[str, Any]:
    return {
        "schema_version": "2",
        "name": "Cleaner",
        "references": [{"id": "a", "label": "Raw", "asset_type": "text", **BOTH, "data": {"out": " ABC "}}],
        "operators": [
            {"id": "b", "label": "clean", "kind": "fn", "fn": "clean", "inputs": [{"id": "x", "type": "text"}],
             "outputs": [{"id": "y", "type": "text"}]}
        ],
        "subjects": [{"id": "c", "label": "Clean text", **BOTH}],
        "edges": [edge("a", "out", "b", "x"), edge("b", "y", "c", "in")],
        **more,
    }  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "flow.json"
    file.write_text(json.dumps(cleaning()))
    return file


def shown(demo: gr.Workflow) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(demo.canvas.first_value())
    return told


def test_without_a_file_the_graph_is_made_of_functions_and_edges(tmp_path: Path):
    demo = gr.Workflow(tmp_path / "my-first_flow.json", bind=[clean, tag], edges=[("clean", "tag.text")])
    told = shown(demo)
    assert (told["name"], [n["fn"] for n in told["operators"]], len(told["edges"])) == (
        "My First Flow",
        ["clean", "tag"],
        1,
    )
    assert demo.title == "My First Flow"
    assert not demo.path.exists()


def test_a_file_is_read_as_it_is_and_edges_in_code_are_for_new_graphs_only(path: Path):
    demo = gr.Workflow(str(path), bind=[clean], edges=[("nobody", "knows")])
    assert shown(demo)["subjects"] == cleaning()["subjects"]


@pytest.mark.parametrize("given", [(), ("workflow.json",)])
def test_a_path_starts_at_the_folder_of_the_program(tmp_path: Path, given: tuple[str, ...]):
    (tmp_path / "workflow.json").write_text(json.dumps(cleaning(name="Beside", operators=[], edges=[])))
    program = tmp_path / "program.py"
    program.write_text(f"import nbblocks as gr\ndemo = gr.Workflow(*{given!r})\n")
    spec = importlib.util.spec_from_file_location("program_of_a_workflow", program)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    sys.modules.pop("program_of_a_workflow", None)
    assert made.demo.flow.name == "Beside"


def test_it_is_an_app_of_its_own(tmp_path: Path):
    with gr.Blocks(), pytest.raises(DeclarationError, match="cannot be made inside another one"):
        gr.Workflow(tmp_path / "a.json")
    with pytest.raises(DeclarationError, match="graph is the path of a file, got dict"):
        gr.Workflow({"nodes": []})


def test_what_cannot_run_is_warned_of_by_name(path: Path):
    with pytest.warns(NbblocksWarning, match="'clean' calls 'clean', which is not among the functions of bind"):
        gr.Workflow(path)


def test_a_pipeline_is_an_endpoint(path: Path):
    demo = gr.Workflow(path, bind=[clean])
    info = demo.get_api_info()["named_endpoints"]
    assert list(info) == ["/_load_initial", "/clean_text"]
    (parameter,), (result,) = info["/clean_text"]["parameters"], info["/clean_text"]["returns"]
    assert {k: parameter[k] for k in ("label", "parameter_name", "parameter_default", "component")} == {
        "label": "Raw", "parameter_name": "in_0", "parameter_default": " ABC ", "component": "Textbox",
    }  # fmt: skip
    assert (result["label"], result["component"]) == ("Clean text", "Textbox")
    every = demo.get_api_info(all_endpoints=True)["named_endpoints"]
    assert set(every) - set(info) == {"/call_space", "/predict_fn_clean"}


def test_endpoints_answer_clients(path: Path):
    pytest.importorskip("gradio_client")
    from gradio_client import Client
    from gradio_client.exceptions import AppError

    def fail(text: str) -> str:
        raise gr.Error("it went wrong", print_exception=False)

    demo = gr.Workflow(path, bind={"clean": clean, "My tag": tag, "fail": fail})
    demo.launch(inline=False, prevent_thread_lock=True, quiet=True)
    client = Client(demo.local_url, verbose=False)
    assert client.predict(" X ", api_name="/clean_text") == "x"
    assert client.predict(api_name="/clean_text") == "abc"
    assert client.predict('["a", 2]', api_name="/predict_fn_My_tag") == '"[a][a]"'
    assert "calls no model hub" in client.predict("[]", api_name="/call_space")
    with pytest.raises(AppError, match="it went wrong"):
        client.predict('["a"]', api_name="/predict_fn_fail")


def test_the_form_shows_what_the_graph_needs_and_gives(path: Path):
    app = launched(gr.Workflow(path, bind=[clean]))
    page = Page(app)
    page.settle()
    made = page.session.scene.made()
    assert [type(b).__name__ for b in made if isinstance(b, (gr.Textbox, gr.Button))] == [
        "Textbox",
        "Button",
        "Textbox",
    ]
    field, go, out = (b for b in made if isinstance(b, (gr.Textbox, gr.Button)))
    gr.Viewer if hasattr(gr, "Viewer") else None
    super(Page, page).fire(go, "click", edits={field: " Q "})
    page.until(lambda: page.prop_of(out, "value") == "q")
    app.close()


def test_who_may_edit(path: Path):
    demo = gr.Workflow(path, bind=[clean])
    asked = Request(request=object(), url="http://x/", query_params={"write_token": demo.write_token})
    other = Request(request=object(), url="http://x/", query_params={"write_token": "guess"})
    assert [demo.get_write_access(r) for r in (ME, asked, other, Request(request=object()))] == [
        True,
        True,
        False,
        False,
    ]
    assert "open the link" in json.loads(demo.save_workflow(cleaning(name="Mine"), other))["error"]
    assert demo.flow.name == "Cleaner"


def test_the_link_to_edit_is_told_at_the_launch(path: Path, capsys: pytest.CaptureFixture[str]):
    demo = gr.Workflow(path, bind=[clean])
    assert demo.write_url is None
    demo.launch(inline=False, prevent_thread_lock=True)
    assert f"{demo.local_url}?write_token={demo.write_token}" in capsys.readouterr().out
    demo.close(verbose=False)
    demo.launch(inline=False, prevent_thread_lock=True, quiet=True)
    assert "write_token" not in capsys.readouterr().out


def test_an_edit_is_kept_and_the_endpoints_follow(path: Path):
    pytest.importorskip("gradio_client")
    from gradio_client import Client

    demo = gr.Workflow(path, bind=[clean])
    demo.launch(inline=False, prevent_thread_lock=True, quiet=True)
    told = cleaning(subjects=[{"id": "c", "label": "Tidy", **BOTH}])
    assert json.loads(demo.save_workflow(told, ME)) == {"error": None}
    assert json.loads(path.read_text())["subjects"][0]["label"] == "Tidy"
    assert [f.name for f in path.parent.iterdir()] == ["flow.json"]
    assert list(demo.get_api_info()["named_endpoints"]) == ["/_load_initial", "/tidy"]
    assert Client(demo.local_url, verbose=False).predict(" X ", api_name="/tidy") == "x"


def test_an_edit_that_is_no_graph_is_refused_and_nothing_is_written(path: Path):
    demo = gr.Workflow(path, bind=[clean])
    before = path.read_text()
    assert "operators is a list" in json.loads(demo.save_workflow({"operators": 3}, ME))["error"]
    assert json.loads(demo.save_workflow("{nope", ME))["error"]
    assert path.read_text() == before


def test_a_file_that_was_changed_is_read_at_the_next_page(path: Path):
    demo = gr.Workflow(path, bind=[clean])
    path.write_text(json.dumps(cleaning(name="Changed")))
    assert json.loads(demo._load_initial()[0])["name"] == "Changed"
    path.write_text("{nope")
    with pytest.warns(NbblocksWarning, match="the graph stays as it was"):
        assert json.loads(demo._load_initial()[0])["name"] == "Changed"


def test_a_page_that_is_opened_after_an_edit_shows_it(path: Path):
    demo = gr.Workflow(path, bind=[clean])
    app = launched(demo)
    first = Page(app)
    first.settle()
    demo.save_workflow(cleaning(subjects=[{"id": "c", "label": "Tidy", **BOTH}]), ME)
    path.write_text(json.dumps(cleaning(name="By hand", subjects=[{"id": "c", "label": "Neat", **BOTH}])))
    page = Page(app)
    page.until(lambda: any(getattr(b, "label", None) == "Neat" for b in page.session.scene.made()))
    assert json.loads(page.prop_of(demo.canvas, "value"))["name"] == "By hand"
    app.close()


def test_files_of_nodes_are_kept_by_where_they_lie_and_shown_again(path: Path, tmp_path: Path):
    picture = tmp_path / "p.png"
    PIL.Image.new("RGB", (3, 3)).save(picture)
    port = {"id": "out", "type": "image"}
    node = {"id": "p", "label": "Picture", "asset_type": "image", "inputs": [], "outputs": [port]}
    demo = gr.Workflow(path, bind=[clean])
    told = cleaning(references=[{**node, "data": {"out": FileData.of(picture)}}], edges=[])
    assert json.loads(demo.save_workflow(told, ME)) == {"error": None}
    again = gr.Workflow(path, bind=[clean])
    found = again.get_files()["p"]["out"]
    assert PIL.Image.open(found.path).size == (3, 3)


def test_a_page_runs_one_node(path: Path):
    demo = gr.Workflow(path, bind=[clean])
    node = cleaning()["operators"][0]
    assert demo.run_node(node, {"x": " Hi "}, ME) == {"y": "hi"}
    with pytest.raises(DeclarationError, match="values are an object by port, got list"):
        demo.run_node(node, [], ME)  # type: ignore[arg-type]
    with pytest.raises(gr.Error, match="calls 'eval', which is not in bind"):
        demo.run_node({**node, "fn": "eval"}, {"x": "1"}, ME)


def test_what_a_function_says_is_shown_on_the_page_that_runs_it(path: Path):
    def speaks(text: str, progress: gr.Progress = gr.Progress()) -> str:
        progress(0.5)
        gr.Info("half of it")
        return text

    demo = gr.Workflow(path, bind={"clean": speaks})
    app = launched(demo)
    page, other = Page(app), Page(app)
    page.say(
        "call", call="c", block=demo.canvas._id, function="run_node", data=[cleaning()["operators"][0], {"x": "a"}]
    )
    page.until(lambda: any(m["kind"] == "toast" and m["message"] == "half of it" for m in page.messages))
    assert not any(m["kind"] == "toast" for m in other.messages)
    app.close()


def change(page: Page, demo: gr.Workflow, told: dict[str, Any]) -> None:
    super(Page, page).fire(demo.canvas, "change", edits={demo.canvas: json.dumps(told)})


def test_a_visitor_runs_what_stands_in_the_graph_and_nothing_else(path: Path):
    demo = gr.Workflow(path, bind={"clean": clean, "other": tag})
    visitor = Request(request=object(), url="http://x/", query_params={"write_token": "é"})
    node = cleaning()["operators"][0]
    assert demo.run_node({**node, "fn": "other", "outputs": [{"id": "y", "type": "file"}]}, {"x": " A "}, visitor) == {
        "y": "a"
    }
    with pytest.raises(gr.Error, match="There is no node 'clean' in the graph"):
        demo.run_node({**node, "id": "new"}, {"x": "a"}, visitor)
    other = json.dumps(cleaning(name="Mine"))
    assert demo._form_of_text(other, "before", visitor) == "before"
    assert demo._form_of_text("{nope", "before", ME) == "before"
    assert json.loads(demo._form_of_text(other, "before", ME))["name"] == "Mine"


def test_what_went_wrong_is_told_to_who_may_edit(path: Path):
    def fails(text: str) -> str:
        raise RuntimeError("the secret is 7")

    demo = gr.Workflow(path, bind={"clean": fails})
    node = cleaning()["operators"][0]
    with pytest.raises(gr.Error, match="the secret is 7"):
        demo.run_node(node, {"x": "a"}, ME)
    with pytest.raises(RuntimeError):
        demo.run_node(node, {"x": "a"}, Request(request=object()))


def test_nodes_that_only_moved_leave_the_form_alone(path: Path):
    demo = gr.Workflow(path, bind=[clean])
    app = launched(demo)
    page = Page(app)
    page.settle()
    before = [b._id for b in page.session.scene.made()]
    moved = cleaning()
    moved["operators"][0] |= {"x": 5, "y": 6}
    change(page, demo, moved)
    page.settle()
    assert [b._id for b in page.session.scene.made()] == before
    change(page, demo, {**moved, "name": "Else"})
    page.until(lambda: [b._id for b in page.session.scene.made()] != before)
    app.close()


def test_a_workflow_can_be_shown_without_a_warning(path: Path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        gr.Workflow(path, bind=[clean])
