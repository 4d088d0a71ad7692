"""The two halves speak of the same messages."""

import re
from pathlib import Path
from typing import get_args, get_type_hints

from nbblocks.session import Session
from nbblocks.wire.messages import FromPage, ToPage

ROOT = Path(__file__).parent.parent.parent


def kinds(union):
    return {get_args(get_type_hints(message)["kind"])[0] for message in get_args(union)}


def test_the_session_takes_every_message_of_a_page_and_no_other():
    assert set(Session._handlers) == kinds(FromPage)


def test_both_halves_know_the_same_kinds():
    source = (ROOT / "js/src/wire/messages.ts").read_text(encoding="utf-8")
    theirs = set(re.findall(r'kind: "(\w+)"', source))
    assert theirs == kinds(FromPage) | kinds(ToPage)


def test_the_protocol_explains_every_kind():
    explained = (ROOT / "docs/protocol.md").read_text(encoding="utf-8")
    for kind in kinds(FromPage) | kinds(ToPage):
        assert f"| `{kind}` |" in explained
