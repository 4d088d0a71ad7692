from __future__ import annotations

import numpy as np
import pytest

from nbblocks.components import Label


def test_classes_are_shown_by_falling_confidence():
    assert Label(num_top_classes=2).postprocess({"a": 0.2, "b": 0.7, "c": 0.1}) == {
        "label": "b",
        "confidences": [{"label": "b", "confidence": 0.7}, {"label": "a", "confidence": 0.2}],
    }


@pytest.mark.parametrize(("value", "label"), [("x", "x"), (3, "3"), (2.5, "2.5"), (np.int64(3), "3")])
def test_one_label_is_shown_as_text(value, label):
    assert Label().postprocess(value) == {"label": label, "confidences": None}


@pytest.mark.parametrize("value", [None, {}])
def test_nothing_is_shown_for_nothing(value):
    assert Label().postprocess(value) == {}


def test_confidences_of_numpy_become_numbers():
    shown = Label().postprocess({"a": np.float32(0.5)})
    assert type(shown["confidences"][0]["confidence"]) is float


def test_file_of_json_is_read(tmp_path):
    path = tmp_path / "classes.json"
    path.write_text('{"a": 0.5, "b": 0.6}')
    assert Label().postprocess(str(path))["label"] == "b"


@pytest.mark.parametrize("value", [[1], {"a": "much"}])
def test_what_is_no_label_is_refused(value):
    with pytest.raises(ValueError, match="Label"):
        Label().postprocess(value)


def test_handler_gets_back_what_was_shown():
    label = Label()
    assert label.preprocess(label.postprocess({"a": 0.5, "b": 0.25})) == {"a": 0.5, "b": 0.25}
    assert label.preprocess(label.postprocess("a")) == "a"
    assert label.preprocess({}) is None


def test_what_is_shown_can_be_shown_again():
    label = Label()
    shown = label.postprocess({"a": 0.5, "b": 0.25})
    assert label.postprocess(shown) == shown
