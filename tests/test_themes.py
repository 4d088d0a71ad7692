"""Themes: palettes, variables, files, names."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path

import pytest

import nbblocks as gr
from nbblocks.exceptions import DeclarationError, NbblocksWarning
from nbblocks.themes import builtin, by_name, theme_of
from nbblocks.themes.css import default_css
from nbblocks.themes.utils import colors, sizes

each_theme = pytest.mark.parametrize("name", ["Base", *builtin.__all__])


def values_of(css: str, selector: str) -> dict[str, str]:
    (body,) = re.findall(rf"^{re.escape(selector)}{{(.*)}}$", css, re.M)
    return dict(part.split(":", 1) for part in body.split(";") if part)


@each_theme
def test_every_reference_has_a_target(name: str) -> None:
    css = getattr(gr.themes, name)().css()
    assert "*" not in css
    defined = set(re.findall(r"(--[\w-]+):", css))
    assert set(re.findall(r"var\((--[\w-]+)", css)) <= defined


def test_every_reference_without_a_theme_has_a_target() -> None:
    css = default_css()
    defined = set(re.findall(r"(--[\w-]+):", css))
    own = (Path(__file__).parent.parent / "js/src/styles.css").read_text()
    tokens = set(re.findall(r"(--nb-[\w-]+):", own))
    assert set(re.findall(r"var\((--[\w-]+)", css)) <= defined | tokens
    assert set(re.findall(r"var\((--(?!nb-|jp-|vscode-)[\w-]+)", own)) <= defined


def channels(color: str) -> list[float]:
    named = {"white": "#ffffff", "black": "#000000"}
    text = named.get(color, color)
    return [int(text[i : i + 2], 16) / 255 for i in (1, 3, 5)]


def luminance(color: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(color)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


PAIRS = [
    ("body-text-color", "background-fill-primary", 4.5),
    ("body-text-color", "background-fill-secondary", 4.5),
    ("body-text-color-subdued", "background-fill-primary", 4.5),
    ("link-text-color", "background-fill-primary", 4.5),
    ("input-placeholder-color", "input-background-fill", 4.5),
    ("button-primary-text-color", "button-primary-background-fill", 4.5),
    ("button-primary-text-color-hover", "button-primary-background-fill-hover", 4.5),
    ("button-secondary-text-color", "button-secondary-background-fill", 4.5),
    ("button-cancel-text-color", "button-cancel-background-fill", 4.5),
    ("slider-color", "background-fill-primary", 3.0),
    ("input-border-color", "background-fill-primary", 3.0),
]


@each_theme
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_text_and_outlines_stand_out(name: str, mode: str) -> None:
    css = getattr(gr.themes, name)().css()
    app = ".gradio-container.gradio-container"
    values = values_of(css, app)
    if mode == "dark":
        values |= values_of(css, f"{app}.dark")

    def resolved(value: str) -> list[str]:
        """The colours of a value: more than one in a gradient."""
        while "var(" in value:
            value = re.sub(r"var\(--([\w-]+)\)", lambda m: values[f"--{m[1]}"], value)
        if value.startswith("linear-gradient"):
            return re.findall(r"#[0-9a-f]{6}|white|black", value)
        return [value] if value in ("white", "black") or value.startswith("#") else []

    for front, back, least in PAIRS:
        for a in resolved(values[f"--{front}"]):
            for b in resolved(values[f"--{back}"]):
                assert contrast(a, b) >= least, (front, a, back, b, contrast(a, b))


def test_set_takes_every_variable_and_nothing_else() -> None:
    names = list(inspect.signature(gr.themes.Base.set).parameters)[1:]
    assert len(names) == 267
    theme = gr.themes.Base().set(**dict.fromkeys(names, "1px"))
    assert {getattr(theme, n) for n in names} == {"1px"}
    with pytest.raises(TypeError, match="no variable 'nothing'"):
        gr.themes.Base().set(nothing="1px")


@pytest.mark.parametrize("value", ["red; } body { display: none", "url(http://evil.example)", "</style><script>", "/*"])
def test_a_value_cannot_end_its_rule_or_fetch(value: str) -> None:
    with pytest.raises(DeclarationError, match="no CSS value"):
        gr.themes.Base().set(block_padding=value)


def test_palettes_and_scales_by_name() -> None:
    theme = gr.themes.Soft(primary_hue="green", spacing_size="lg", radius_size=sizes.radius_none, font="Arial")
    assert (theme.primary_500, theme.spacing_md, theme.radius_md) == (
        colors.green.c500, sizes.spacing_lg.md, "0px",
    )  # fmt: skip
    assert theme.font == "'Arial'"
    with pytest.raises(DeclarationError, match="no color 'mud'"):
        gr.themes.Base(primary_hue="mud")
    with pytest.raises(TypeError, match="takes no argument 'hue'"):
        gr.themes.Soft(hue="green")


def test_a_theme_goes_to_a_file_and_back(tmp_path: Path) -> None:
    theme = gr.themes.Ocean(font=[gr.themes.GoogleFont("Inter"), "serif"]).set(button_primary_shadow="0 0 1px red")
    path = tmp_path / "theme.json"
    theme.dump(str(path))
    again = gr.themes.Base.load(str(path))
    assert again.css() == theme.css()
    assert json.loads(path.read_text())["name"] == "ocean"


def test_names_and_paths(tmp_path: Path) -> None:
    assert by_name("gradio/soft") is not None
    assert theme_of("glass").css() == gr.themes.Glass().css()  # type: ignore[union-attr]
    assert theme_of(gr.themes.Citrus).css() == gr.themes.Citrus().css()  # type: ignore[union-attr]
    with pytest.warns(NbblocksWarning, match="not fetched"):
        theme_of("someone/own")
    with pytest.raises(DeclarationError, match="theme must be"):
        theme_of(3)


def test_nothing_is_sent() -> None:
    with pytest.raises(DeclarationError, match="nothing is sent"):
        gr.themes.Base().push_to_hub("me/mine")
