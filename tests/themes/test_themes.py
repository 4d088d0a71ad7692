"""What a theme says, how it is written and read, and that its text can be read."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

import nbblocks as gr
from nbblocks.exceptions import DeclarationError
from nbblocks.themes.css import css_of, default_css, legible_pairs, value_of
from nbblocks.themes.variables import DEFAULTS, VARIABLES

ROOT = Path(__file__).parents[2]
THEMES = sorted(gr.themes.built_in)


def test_set_knows_every_variable_of_gradio() -> None:
    known = dict(inspect.signature(gr.themes.Base.set).parameters)
    known.pop("self")
    assert len(known) == 267
    assert {p.default for p in known.values()} == {None}


def test_stylesheet_of_the_browser_half_is_made_from_the_table() -> None:
    assert (ROOT / "js/src/wire/generated/theme.css").read_text() == default_css()


def test_every_variable_is_used_by_a_stylesheet_or_stands_for_another() -> None:
    used = "".join(p.read_text() for p in (ROOT / "js/src").rglob("*.css") if p.name != "theme.css")
    properties = {"--" + name.removesuffix("_dark").replace("_", "-") for name in VARIABLES}
    # these only ever stand in the values of other variables: shadows of buttons and inputs
    referenced = {"--shadow-drop", "--shadow-inset", "--shadow-spread"}
    assert {p for p in properties if f"var({p})" not in used} <= referenced


def test_a_theme_is_the_same_after_dump_and_load(tmp_path: Path) -> None:
    theme = gr.themes.Soft(primary_hue="rose", font=[gr.themes.GoogleFont("Inter"), "Arial"]).set(body_text_color="red")
    theme.dump(tmp_path / "theme.json")
    loaded = gr.themes.Base.load(tmp_path / "theme.json")
    assert loaded.to_dict() == theme.to_dict()
    assert loaded._font[0] == gr.themes.GoogleFont("Inter")


def test_set_leaves_what_is_none_and_gives_the_theme() -> None:
    theme = gr.themes.Base()
    assert theme.set(body_text_color="red", input_padding=None) is theme
    assert (theme.body_text_color, theme.input_padding) == ("red", DEFAULTS["input_padding"])


def test_set_names_the_nearest_variable() -> None:
    with pytest.raises(TypeError, match="did you mean 'body_text_color'"):
        gr.themes.Base().set(body_text_colour="red")


def test_a_theme_of_ones_own_has_its_own_constructor() -> None:
    class Seafoam(gr.themes.Base):
        def __init__(self, *, primary_hue: object = gr.themes.colors.emerald, spacing_size: object = "lg") -> None:
            super().__init__(primary_hue=primary_hue, spacing_size=spacing_size)  # type: ignore[arg-type]
            super().set(button_primary_background_fill="linear-gradient(90deg, *primary_300, *secondary_400)")

    theme = Seafoam()
    css = css_of(theme)
    assert list(inspect.signature(Seafoam).parameters) == ["primary_hue", "spacing_size"]
    assert "--primary-500:#10b981" in css
    assert "--spacing-xxl:28px" in css
    assert "--button-primary-background-fill:linear-gradient(90deg, var(--primary-300), var(--secondary-400))" in css


def test_css_says_only_what_differs_so_that_the_notebook_shows_through() -> None:
    css = css_of(gr.themes.Base())
    assert "--font" not in css
    assert "--text-md" not in css
    assert "--body-background-fill" not in css


def test_a_value_for_the_light_leaves_the_dark_alone() -> None:
    css = css_of(gr.themes.Base().set(body_background_fill="#fafafa", body_background_fill_dark="#222"))
    light, dark = (re.search(rule + r"\{([^}]*)\}", css)[1] for rule in (r"(?<!,):root,:host", r"(?<!,)\.dark"))  # type: ignore[index]
    assert "--body-background-fill:#fafafa" in light
    assert "--body-background-fill:#222" in dark


def test_text_that_nobody_coloured_can_be_read_on_what_somebody_did() -> None:
    theme = gr.themes.Base().set(button_primary_background_fill="#ffee88", body_background_fill="black")
    found = legible_pairs(theme)
    assert found["light", "button_primary_text_color"] >= 4.5
    assert found["light", "body_text_color"] >= 4.5


def test_colour_that_an_author_chose_stays() -> None:
    theme = gr.themes.Base().set(button_primary_background_fill="#ffee88", button_primary_text_color="white")
    assert "--button-primary-text-color:white" in css_of(theme)


@pytest.mark.parametrize("name", THEMES)
def test_text_of_built_in_theme_can_be_read(name: str) -> None:
    found = legible_pairs(gr.themes.built_in[name]())
    assert {pair: ratio for pair, ratio in found.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("hue", [color.name for color in gr.themes.colors.Color.all if color.name])
def test_text_can_be_read_in_any_hue(hue: str) -> None:
    found = legible_pairs(gr.themes.Default(primary_hue=hue, secondary_hue=hue))
    assert {pair: ratio for pair, ratio in found.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("name", THEMES)
def test_built_in_theme_has_the_parameters_of_base_and_sets_what_there_is(name: str) -> None:
    cls = gr.themes.built_in[name]
    assert list(inspect.signature(cls).parameters) == list(inspect.signature(gr.themes.Base).parameters)
    assert set(cls._variables) - set(VARIABLES) == set()


def test_theme_by_name_and_from_the_hub() -> None:
    assert isinstance(gr.themes.theme_of("soft"), gr.themes.Soft)
    with pytest.warns(UserWarning, match="nothing is fetched"):
        assert isinstance(gr.themes.theme_of("gradio/monochrome"), gr.themes.Monochrome)
    with pytest.warns(UserWarning, match="the default look is used"):
        assert gr.themes.theme_of("someone/unheard-of@0.0.1") is None
    with pytest.raises(DeclarationError, match="theme must be"):
        gr.themes.theme_of(3)


def test_hues_and_sizes_by_name() -> None:
    assert gr.themes.Base(primary_hue="amber", radius_size="none").radius_md == "0px"
    with pytest.raises(DeclarationError, match="'mauve' is none of"):
        gr.themes.Base(primary_hue="mauve")


def test_reference_becomes_a_property() -> None:
    assert value_of("calc(*radius_sm - 1px) 0 *spacing_lg;") == "calc(var(--radius-sm) - 1px) 0 var(--spacing-lg)"
