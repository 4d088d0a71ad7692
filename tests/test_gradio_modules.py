"""Modules that public programs import from, by Gradio's paths."""

import importlib

import numpy as np
import pytest

import nbblocks as gr

NAMES = {
    "context": ["Context", "LocalContext", "get_blocks_context"],
    "helpers": ["Examples", "Progress", "EventData", "skip", "update", "validate", "Info", "Warning"],
    "external": ["load", "load_chat", "load_openapi"],
    "oauth": ["OAuthProfile", "OAuthToken"],
    "renderable": ["render"],
    "caching": ["cache", "Cache"],
    "route_utils": ["API_PREFIX", "Request", "Header"],
    "image_utils": ["decode_base64_to_image", "encode_image_to_base64"],
    "blocks": ["Blocks", "Block", "BlockContext"],
    "exceptions": ["InvalidPathError", "ModelNotFoundError", "RenderError"],
    "components.base": ["Component", "ComponentBase", "FormComponent", "StreamingInput", "get_component_instance"],
    "components.checkboxgroup": ["CheckboxGroup"],
    "components.datetime": ["DateTime"],
    "components.duplicate_button": ["DuplicateButton"],
    "components.imageslider": ["ImageSlider"],
    "components.json_component": ["JSON"],
    "components.login_button": ["LoginButton"],
    "components.native_plot": ["BarPlot", "LinePlot", "ScatterPlot"],
    "components.paramviewer": ["ParamViewer"],
}


@pytest.mark.parametrize("module", NAMES)
def test_names_are_where_programs_import_them_from(module):
    found = importlib.import_module(f"nbblocks.{module}")
    assert [n for n in NAMES[module] if not hasattr(found, n)] == []


def test_the_context_tells_what_is_being_built():
    from nbblocks.context import Context, get_blocks_context

    assert [Context.root_block, Context.block, get_blocks_context()] == [None, None, None]
    with gr.Blocks() as demo, gr.Row() as row:
        assert Context.root_block is demo
        assert Context.block is row
        assert get_blocks_context() is demo


def test_the_context_tells_a_helper_of_the_handler_that_runs():
    from nbblocks.context import LocalContext

    def helper():
        return LocalContext.request.get().session_hash is not None and LocalContext.in_event_listener.get(False)

    with gr.Blocks() as demo:
        out = gr.Textbox()
        demo.load(lambda: str(helper() and LocalContext.blocks.get() is demo), None, out)
    with demo.test() as app:
        assert app[out].value == "True"
    assert LocalContext.request.get(None) is None


def test_a_layout_counts_as_a_block_context():
    from nbblocks.blocks import Block, BlockContext

    assert isinstance(gr.Row(), BlockContext)
    assert not isinstance(gr.Textbox(), BlockContext)
    assert isinstance(gr.Textbox(), Block)


def test_pictures_go_through_text_and_back():
    from nbblocks.image_utils import decode_base64_to_image_array, encode_image_array_to_base64

    picture = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)
    assert (decode_base64_to_image_array(encode_image_array_to_base64(picture)) == picture).all()


def test_hashes_of_a_file_and_of_its_bytes_agree(tmp_path):
    from nbblocks import processing_utils

    (tmp_path / "a.bin").write_bytes(b"x" * 100_000)
    assert processing_utils.hash_file(tmp_path / "a.bin") == processing_utils.hash_bytes(b"x" * 100_000)


def test_paths_of_this_process_are_forgotten_by_the_name_that_tests_use(tmp_path):
    from nbblocks import data_classes

    gr.set_static_paths(tmp_path)
    assert data_classes._StaticFiles.all_paths == [tmp_path.resolve()]
    data_classes._StaticFiles.clear()
    assert data_classes._StaticFiles.all_paths == []


def test_all_components_and_layouts_are_told_and_none_of_a_programs_own():
    class Mine(gr.Textbox):
        pass

    told = gr.utils.core_gradio_components()
    assert {gr.Textbox, gr.State, gr.Row, gr.Tab, gr.components.FormComponent} <= set(told)
    assert Mine not in told
    assert gr.Blocks not in told


def test_a_component_of_ones_own_is_made_from_the_base_where_gradio_has_it():
    base = importlib.import_module("nbblocks.components.base")

    class Size(base.Component):
        def __init__(self, value=None, *, label=None, unit="px"):
            self.unit = unit
            super().__init__(value, label=label)

    with gr.Blocks() as demo:
        Size([1, 2], label="Size", unit="cm")
    (told,) = [c["props"] for c in demo.get_config_file()["components"]]
    assert (told["label"], told["value"]) == ("Size", [1, 2])
    assert isinstance(gr.Textbox(render=False), base.Component)
