"""Components whose values pass as they are."""

from __future__ import annotations

import pytest

from nbblocks.components import BrowserState, Code, ColorPicker, State, Text, TextArea, Textbox, Timer
from nbblocks.exceptions import DeclarationError


def test_text_area_is_a_higher_textbox_in_the_page():
    area = TextArea("x")
    assert (area.get_block_name(), area.lines, area.max_lines, area.value) == ("textbox", 7, 20, "x")


def test_text_is_textbox():
    assert Text is Textbox


@pytest.mark.parametrize(("value", "shown"), [("a\n", "a"), ("  x  ", "x"), (None, None)])
def test_code_is_shown_without_blank_ends(value, shown):
    assert Code().postprocess(value) == shown


def test_code_reaches_the_handler_as_it_is():
    assert Code().preprocess("a\n") == "a\n"


@pytest.mark.parametrize("value", [("file.py",), 3])
def test_code_that_is_no_text_is_refused(value):
    with pytest.raises(ValueError, match="text"):
        Code().postprocess(value)


def test_unknown_language_is_refused():
    with pytest.raises(DeclarationError, match="cobol"):
        Code(language="cobol")


@pytest.mark.parametrize(("value", "shown"), [("#fff", "#fff"), ("rgba(1, 2, 3, 1)", "rgba(1, 2, 3, 1)"), (None, None)])
def test_colour_passes_as_it_is(value, shown):
    assert (ColorPicker().postprocess(value), ColorPicker().preprocess(value)) == (shown, shown)


@pytest.mark.parametrize("value", [0, -1, "1", True])
def test_timer_needs_an_interval(value):
    with pytest.raises(DeclarationError, match="seconds"):
        Timer(value)


def test_timer_tells_the_page_its_interval_and_whether_it_ticks():
    assert Timer(0.5, active=False).wire_props() == {"value": 0.5, "active": False}


def test_browser_state_starts_with_its_default():
    state = BrowserState([1], storage_key="k", secret="s")
    assert state.first_value() == [1]
    assert state.wire_props() == {"default_value": [1], "storage_key": "k", "secret": "s"}


def test_browser_states_without_a_name_are_kept_apart():
    assert BrowserState().storage_key != BrowserState().storage_key


@pytest.mark.parametrize("cls", [State, Timer, BrowserState])
def test_what_has_no_place_can_be_rendered_later(cls):
    assert cls(render=False).render() is not None
