from __future__ import annotations

import pytest

from nbblocks.components import CheckboxGroup, Dropdown, Radio
from nbblocks.exceptions import DeclarationError, Error, WireError

PAIRS = [("Small", 1), ("Large", 2)]
each = pytest.mark.parametrize("cls", [Radio, CheckboxGroup, Dropdown])


@each
def test_choices_are_pairs_of_name_and_value(cls):
    component = cls(["a", 2.5, ["Name", 3]])
    assert component.choices == [("a", "a"), ("2.5", 2.5), ("Name", 3)]
    assert component.wire_props(["choices"])["choices"] == component.choices


@each
def test_unknown_type_is_refused(cls):
    with pytest.raises(DeclarationError, match="'index'"):
        cls(["a"], type="x")


@each
def test_triple_is_no_choice(cls):
    with pytest.raises(DeclarationError, match="pair"):
        cls([("a", "b", "c")])


def test_radio_gives_the_value_or_the_index():
    assert Radio(PAIRS).preprocess(2) == 2
    assert Radio(PAIRS, type="index").preprocess(2) == 1
    assert Radio(PAIRS).preprocess(None) is None


@pytest.mark.parametrize("payload", ["Small", "1", 3])
def test_radio_tells_the_user_of_what_is_no_choice(payload):
    with pytest.raises(Error, match="none of the choices"):
        Radio(PAIRS).preprocess(payload)


def test_radio_shows_what_a_handler_returns():
    assert [Radio(PAIRS).postprocess(v) for v in (1, 7, None)] == [1, 7, None]


def test_radio_names_its_values_in_the_api():
    assert (Radio(PAIRS).api_info()["enum"], Radio(PAIRS).example_payload()) == ([1, 2], 1)


def test_checkbox_group_gives_values_or_indices():
    assert CheckboxGroup(PAIRS).preprocess([2]) == [2]
    assert CheckboxGroup(PAIRS, type="index").preprocess([2, 1]) == [1, 0]
    assert CheckboxGroup(PAIRS).preprocess(None) == []


def test_checkbox_group_refuses_what_is_no_list():
    with pytest.raises(WireError):
        CheckboxGroup(["a", "b"]).preprocess("ab")


def test_checkbox_group_tells_the_user_of_what_is_no_choice():
    with pytest.raises(Error):
        CheckboxGroup(["a"]).preprocess(["a", "z"])


@pytest.mark.parametrize(("value", "shown"), [(["a"], ["a"]), ("a", ["a"]), (None, []), (("a", "b"), ["a", "b"])])
def test_checkbox_group_shows_a_list(value, shown):
    assert CheckboxGroup(["a", "b"]).postprocess(value) == shown


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ({}, "a"),
        ({"value": None}, None),
        ({"value": "b"}, "b"),
        ({"multiselect": True}, []),
        ({"multiselect": True, "value": "b"}, ["b"]),
        ({"multiselect": True, "value": ["a", "b"]}, ["a", "b"]),
    ],
)
def test_dropdown_starts_with_the_first_choice_unless_told(given, value):
    assert Dropdown(["a", "b"], **given).value == value


def test_dropdown_without_choices_starts_with_none():
    assert Dropdown().value is None


def test_dropdown_update_of_choices_does_not_touch_the_value():
    assert Dropdown(choices=["x"]).given == {"choices": ["x"]}


def test_dropdown_gives_one_or_several():
    assert Dropdown(PAIRS).preprocess(2) == 2
    assert Dropdown(PAIRS, type="index").preprocess(2) == 1
    assert Dropdown(PAIRS, multiselect=True).preprocess([1, 2]) == [1, 2]
    assert Dropdown(PAIRS).preprocess(None) is None


def test_dropdown_takes_other_text_only_when_allowed():
    assert Dropdown(["a"], allow_custom_value=True).preprocess("z") == "z"
    assert Dropdown(["a"], allow_custom_value=True, type="index").preprocess("z") is None
    with pytest.raises(Error):
        Dropdown(["a"]).preprocess("z")


def test_dropdown_gives_a_list_for_a_list_of_its_choices():
    assert Dropdown(["a", "b"]).preprocess(["a"]) == ["a"]
    assert Dropdown(["a", "b"], multiselect=True).preprocess("a") == "a"
    with pytest.raises(Error, match="none of the choices"):
        Dropdown(["a"]).preprocess(["a", "c"])
    with pytest.raises(WireError):
        Dropdown(["a"]).preprocess({"a": 1})


def test_dropdown_refuses_more_than_max_choices():
    with pytest.raises(Error, match="1 are allowed"):
        Dropdown(["a", "b"], multiselect=True, max_choices=1).preprocess(["a", "b"])


def test_dropdown_shows_a_list_when_several_can_be_chosen():
    assert Dropdown(["a"], multiselect=True).postprocess("a") == ["a"]
    assert Dropdown(["a"]).postprocess("a") == "a"


def test_dropdown_tells_the_api_of_a_list():
    assert Dropdown(["a"], multiselect=True).api_info() == {
        "type": "array",
        "items": {"type": "string", "enum": ["a"]},
    }
