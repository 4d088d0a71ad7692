from __future__ import annotations

import copy

import pytest

from nbblocks.components import HTML
from nbblocks.exceptions import DeclarationError


class Stars(HTML):
    def __init__(self, value=0, size=3, **rest):
        super().__init__(value=value, size=size, html_template="<b>${value} of ${size}</b>", **rest)


def test_keywords_of_any_name_are_properties():
    assert HTML("x", size=3, colour="red").wire_props(["value", "props"]) == {
        "value": "x",
        "props": {"size": 3, "colour": "red"},
    }


def test_properties_of_one_component_are_not_those_of_another():
    HTML().props["size"] = 3
    assert HTML().props == {}


def test_subclass_is_shown_by_the_html_component():
    stars = Stars(4, size=5, label="Stars")
    assert (stars.get_block_name(), stars.value, stars.props, stars.label) == ("html", 4, {"size": 5}, "Stars")


def test_every_event_can_be_listened_to():
    assert len(HTML.events) == 34


def test_event_named_in_the_script_can_be_listened_to():
    html = HTML(js_on_load="element.onclick = () => trigger('bought', {count: 1})")
    assert html.bought.event_name == "bought"


def test_event_that_the_script_does_not_name_is_refused():
    with pytest.raises(AttributeError, match="sold"):
        HTML().sold  # noqa: B018


def test_page_learns_the_names_of_server_functions_only():
    def stock():
        return 3

    html = HTML(server_functions=[stock])
    assert html.wire_props(["server_functions"]) == {"server_functions": ["stock"]}
    assert html.served == {"stock": stock}


def test_server_function_without_a_name_is_refused():
    with pytest.raises(DeclarationError):
        HTML(server_functions=[lambda: 3])


@pytest.mark.parametrize("value", ["<b>x</b>", None, 3, {"a": [1]}])
def test_value_passes_unchanged(value):
    assert HTML().preprocess(HTML().postprocess(value)) == value


def test_subclass_given_back_updates_only_what_its_caller_named():
    assert Stars(size=5).given == {"props": {"size": 5}}
    assert Stars(4, label="x").given == {"value": 4, "label": "x"}


def test_update_keeps_the_properties_that_it_does_not_name():
    stars = Stars(size=5, colour="red")
    changed = copy.copy(stars)
    changed.__dict__.update(Stars(size=6).given)
    changed.check()
    assert (changed.props, stars.props) == ({"size": 6, "colour": "red"}, {"size": 5, "colour": "red"})
