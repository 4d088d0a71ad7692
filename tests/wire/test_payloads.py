"""Payloads are JSON, and read as Gradio's data models do."""

import json
import pickle
import subprocess
import sys

import numpy as np
import pytest

import nbblocks as gr
from nbblocks.components.chatbot import ChatbotDataMessages, FileMessage, Message, TextMessage
from nbblocks.components.dialogue import DialogueLine, DialogueModel
from nbblocks.components.gallery import GalleryData, GalleryImage, GalleryVideo
from nbblocks.components.image_editor import EditorData
from nbblocks.components.label import LabelData
from nbblocks.data_classes import FileData, GradioModel, GradioRootModel, ImageData, JsonData, ListFiles
from nbblocks.wire.payloads import Record


class Point(Record):
    required = ("x",)
    defaults = {"y": 0, "tags": []}  # noqa: RUF012


def test_a_record_is_json_with_attributes():
    point = Point(x=1)
    point.y = 2
    assert json.loads(json.dumps(point)) == {"x": 1, "y": 2, "tags": []}
    assert (point.x, point["y"]) == (1, 2)
    assert Point(x=1).tags is not Point(x=2).tags
    with pytest.raises(AttributeError, match="no field 'z'"):
        _ = point.z
    with pytest.raises(ValueError, match="needs 'x'"):
        Point(y=1)


def test_a_record_can_be_copied_and_pickled():
    point = Point(x=1)
    moved = point.model_copy(update={"x": 5})
    assert (point.x, moved.x) == (1, 5)
    assert pickle.loads(pickle.dumps(point)) == point
    assert type(pickle.loads(pickle.dumps(point))) is Point


def test_dumps_leave_out_what_is_not_wanted():
    file = FileData(path="a.txt")
    assert file.model_dump(exclude_none=True).keys() == {"path", "is_stream", "meta"}
    assert file.model_dump(include={"path"}) == {"path": "a.txt"}
    assert json.loads(file.model_dump_json())["path"] == "a.txt"
    assert FileData.model_validate_json(file.model_dump_json()) == file


def test_nested_json_becomes_the_models_it_fits():
    data = GalleryData([{"image": {"path": "a.png"}}, {"video": {"path": "b.mp4"}, "caption": "B"}])
    assert [type(item) for item in data] == [GalleryImage, GalleryVideo]
    assert isinstance(data.root[0].image, ImageData)
    message = Message(role="user", content=[{"text": "Hi"}, {"file": {"path": "a.png"}}])
    assert [type(part) for part in message.content] == [TextMessage, FileMessage]


@pytest.mark.parametrize(
    ("component", "value", "model"),
    [
        (gr.Chatbot(), [{"role": "user", "content": "Hi"}], ChatbotDataMessages),
        (gr.Label(), {"cat": 0.5}, LabelData),
        (gr.Gallery(), [np.zeros((2, 2, 3), np.uint8)], GalleryData),
        (gr.ImageEditor(), np.zeros((2, 2, 3), np.uint8), EditorData),
        (gr.JSON(), {"a": [1]}, JsonData),
        (gr.JSON(), True, JsonData),
        (gr.Dialogue(), [{"speaker": "A", "text": "Hi"}], DialogueModel),
    ],
)
def test_what_is_shown_is_a_model_and_is_taken_back(component, value, model):
    shown = component.postprocess(value)
    assert type(shown) is model
    assert json.dumps(shown.model_dump())
    assert model.model_validate(shown.model_dump()).model_dump() == shown.model_dump()
    assert component.preprocess(shown) is not None


def test_a_dialogue_is_lines_or_a_text():
    lines = DialogueModel(root=[DialogueLine(speaker="A", text="Hi")])
    assert lines.root[0].speaker == "A"
    assert DialogueModel(root="Hi").root == "Hi"


class Box(GradioModel):
    file: FileData
    size: int = 1


class Boxes(GradioRootModel[list[Box]]):
    root: list[Box]


def test_light_payloads_are_fields_of_pydantic_models_and_instances_of_their_bases(tmp_path):
    box = Box(file={"path": "a.txt"})
    assert box.file == FileData(path="a.txt")
    assert box.model_dump()["file"]["path"] == "a.txt"
    with pytest.raises(ValueError, match="expected a file"):
        Box(file=3)
    assert isinstance(box.file, GradioModel)
    assert isinstance(ListFiles([]), GradioRootModel)
    assert not isinstance(box.file, GradioRootModel)
    assert "$ref" not in json.dumps(Box.model_json_schema()["properties"]["file"])

    source = tmp_path / "a.txt"
    source.write_text("text")
    copied = Box(file={"path": str(source)}).copy_to_dir(tmp_path / "kept")
    assert copied.file.path != str(source)
    assert copied.file.path.startswith(str(tmp_path / "kept"))


def test_pydantic_is_not_imported_before_somebody_asks_for_a_model():
    code = "import sys, nbblocks; print('pydantic' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
