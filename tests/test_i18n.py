"""Texts in the viewer's language, as far as Python knows of them."""

from __future__ import annotations

import json

import pytest

import nbblocks as gr
from nbblocks.blocks import LaunchOptions
from nbblocks.exceptions import DeclarationError
from nbblocks.hosts.snapshot import page_of
from nbblocks.i18n import translated, translations_of

GREET = {"en": {"greet": "Hello", "ask": "Your name"}, "de": {"greet": "Hallo", "ask": "Dein Name"}}


def test_a_text_is_a_mark_that_can_stand_anywhere_in_a_text() -> None:
    i18n = gr.I18n(**GREET)
    mark = str(i18n("greet"))
    assert json.loads(mark.removeprefix("__i18n__")) == {"__type__": "translation_metadata", "key": "greet"}
    assert f"# {i18n('greet')}" == f"# {mark}"
    assert i18n("greet").to_dict() == {"__type__": "translation_metadata", "key": "greet"}


def test_page_gets_the_marks_and_the_translations() -> None:
    i18n = gr.I18n(**GREET)
    with gr.Blocks() as demo:
        gr.Textbox(label=i18n("ask"))
    config = demo.template(LaunchOptions(i18n=i18n)).config
    (block,) = [b for b in config["blocks"].values() if b["type"] == "textbox"]
    assert config["i18n"] == GREET
    assert block["props"]["label"] == i18n("ask")
    assert demo.template(LaunchOptions()).config["i18n"] is None


def test_html_without_a_script_is_in_english() -> None:
    i18n = gr.I18n(**GREET)
    with gr.Blocks(title=i18n("greet")) as demo:
        gr.Markdown(f"{i18n('greet')} there")
    assert translated(str(demo.title), GREET) == "Hello"
    assert "greet there" in page_of(demo)  # no translations without a launch: the key


def test_a_language_that_is_none_warns_and_stays() -> None:
    with pytest.warns(UserWarning, match="'xx_bad' is no language's code"):
        i18n = gr.I18n(xx_bad={"a": "b"})
    assert i18n.translations == {"xx_bad": {"a": "b"}}


def test_what_is_no_translation_is_refused() -> None:
    with pytest.raises(DeclarationError, match="de must be a dict"):
        gr.I18n(de="Hallo")  # type: ignore[arg-type]
    with pytest.raises(DeclarationError, match="i18n must be"):
        translations_of("de")


def test_key_with_quotes() -> None:
    i18n = gr.I18n(en={'say "hi"': "Say hi"})
    assert translated(i18n('say "hi"'), i18n.translations) == "Say hi"
