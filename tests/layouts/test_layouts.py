from __future__ import annotations

import pytest

from nbblocks.exceptions import DeclarationError, OutsideBlocksError
from nbblocks.layouts import Accordion, Group, Tab, TabItem, Tabs


def test_tab_takes_label_visible_and_interactive_by_position():
    tab = Tab("Settings", False, False)
    assert (tab.label, tab.visible, tab.interactive) == ("Settings", False, False)


def test_tab_expects_tabs_around_it():
    assert Tab("x").get_expected_parent() is Tabs


def test_tab_item_is_tab():
    assert TabItem is Tab


def test_pages_may_set_what_their_user_opens():
    assert (Accordion.user_props, Tabs.user_props, Group.user_props) == (("open",), ("selected",), ())


@pytest.mark.parametrize(
    "make",
    [
        lambda: Tabs(overflow_behavior="scroll"),  # type: ignore[arg-type]
        lambda: Tab(alignment="top"),  # type: ignore[arg-type]
    ],
)
def test_unknown_choice_is_refused(make):
    with pytest.raises(DeclarationError):
        make()


def test_layout_outside_of_a_blocks_says_what_to_write():
    with pytest.raises(OutsideBlocksError, match=r"gr\.Blocks"), Group():
        pass
