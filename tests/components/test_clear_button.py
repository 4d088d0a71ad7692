from __future__ import annotations

from typing import Any

import pytest

from nbblocks.components import ClearButton, State, Textbox
from nbblocks.exceptions import DeclarationError
from nbblocks.tree import Place, Root, place


class Recorder(Root):
    def __init__(self) -> None:
        self.blocks: dict[int, Any] = {}
        self.listeners: list[Any] = []

    def add_listener(self, dependency: Any) -> None:
        self.listeners.append(dependency)


@pytest.fixture
def root():
    recorder = Recorder()
    token = place.set(Place(recorder, None))
    yield recorder
    place.reset(token)


def test_click_clears_components_and_resets_states(root):
    box, state = Textbox("x"), State([1])
    button = ClearButton([box, state])

    (listener,) = root.listeners

    assert (listener.targets[0].block, listener.targets[0].event) == (button, "click")
    assert listener.outputs == [box, state]
    assert listener.fn() == (None, [1])
    assert (listener.queue, listener.show_progress, listener.api_visibility) == (False, "hidden", "undocumented")


def test_state_gets_a_copy_of_its_first_value_each_time(root):
    ClearButton(State([1]))
    clear = root.listeners[0].fn
    clear().append(2)
    assert clear() == [1]


def test_component_added_to_a_placed_button_is_cleared_too(root):
    a, b = Textbox(), Textbox()
    button = ClearButton(a)
    assert button.add([b]) is button
    assert [listener.outputs for listener in root.listeners] == [[a], [b]]


def test_button_placed_later_listens_once_it_is_placed(root):
    button = ClearButton(render=False)
    button.add(Textbox())
    assert root.listeners == []
    button.render()
    assert len(root.listeners) == 1


def test_button_with_nothing_to_clear_listens_to_nothing(root):
    ClearButton()
    assert root.listeners == []


def test_endpoint_has_the_name_it_was_given(root):
    ClearButton(Textbox(), api_name="reset", api_visibility="public")
    assert (root.listeners[0].api_name, root.listeners[0].api_visibility) == ("reset", "public")


def test_what_is_no_component_is_refused():
    with pytest.raises(DeclarationError, match="'x'"):
        ClearButton(["x"])
