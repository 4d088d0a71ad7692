"""Themes as style sheets.

Components are drawn with tokens (`--nb-*`) and with the variables of a theme. Without a theme the variables are made
of the tokens, which follow the notebook; with one, the tokens are made of its variables.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .utils import colors, sizes
from .variables import DARK, LIGHT

if TYPE_CHECKING:
    from .base import ThemeClass

__all__ = ["default_css", "theme_css"]

_ACCENT, _LINE, _TEXT, _BG = "var(--nb-accent)", "var(--nb-line)", "var(--nb-text)", "var(--nb-bg)"
_DANGER = "var(--nb-danger)"

#: Variables that are made of tokens where there is no theme.
_OF_TOKENS: dict[str, str] = {
    "body_background_fill": _BG,
    "body_text_color": _TEXT,
    "body_text_color_subdued": "var(--nb-text-2)",
    "body_text_size": "var(--nb-text-md)",
    "background_fill_primary": _BG,
    "background_fill_secondary": "var(--nb-surface)",
    "border_color_primary": _LINE,
    "border_color_accent": _ACCENT,
    "color_accent": _ACCENT,
    "color_accent_soft": "var(--nb-surface-2)",
    **{f"link_text_color{state}": _ACCENT for state in ("", "_active", "_hover", "_visited")},
    "code_background_fill": "var(--nb-surface-2)",
    "shadow_drop_lg": "var(--nb-shadow)",
    "block_label_text_size": "var(--nb-text-xs)",
    "block_title_text_size": "var(--nb-text-xs)",
    "block_info_text_size": "var(--nb-text-xs)",
    "block_background_fill": "transparent",
    "block_radius": "var(--nb-radius)",
    "layout_gap": "var(--nb-gap)",
    "checkbox_background_color_selected": _ACCENT,
    "checkbox_border_color_focus": _ACCENT,
    "checkbox_border_color_selected": _ACCENT,
    "checkbox_border_color": "var(--nb-outline)",
    "checkbox_border_color_hover": "var(--nb-outline)",
    "error_background_fill": "var(--nb-surface)",
    "error_border_color": _DANGER,
    "error_text_color": _DANGER,
    "error_icon_color": _DANGER,
    "input_border_color": "var(--nb-outline)",
    "input_border_color_hover": "var(--nb-outline)",
    "input_border_color_focus": "var(--nb-outline)",
    "input_padding": "calc((var(--nb-control-h) - 1.5em - 2px) / 2) var(--nb-space-2)",
    "input_placeholder_color": "var(--nb-text-2)",
    "input_radius": "var(--nb-radius)",
    "input_text_size": "inherit",
    "loader_color": _ACCENT,
    "slider_color": _ACCENT,
    "stat_background_fill": _ACCENT,
    "button_large_padding": "0 var(--nb-space-4)",
    "button_medium_padding": "0 var(--nb-space-4)",
    "button_small_padding": "0 var(--nb-space-3)",
    **{f"button_{size}_radius": "var(--nb-radius)" for size in ("large", "medium", "small")},
    "button_large_text_size": "var(--nb-text-md)",
    "button_medium_text_size": "var(--nb-text-md)",
    "button_small_text_size": "var(--nb-text-xs)",
    "button_primary_background_fill": _ACCENT,
    "button_primary_background_fill_hover": "var(--nb-accent-hover)",
    "button_primary_border_color": "transparent",
    "button_primary_text_color": "var(--nb-accent-text)",
    "button_secondary_background_fill": _BG,
    "button_secondary_background_fill_hover": "var(--nb-surface-2)",
    "button_secondary_border_color": "var(--nb-outline)",
    "button_secondary_text_color": _TEXT,
    "button_cancel_background_fill": _DANGER,
    "button_cancel_background_fill_hover": "var(--nb-danger-hover)",
    "button_cancel_border_color": "transparent",
    "button_cancel_text_color": "var(--nb-danger-text)",
}

#: Tokens that are made of a theme's variables, in light and dark.
_TOKENS: dict[str, str] = {
    "font": "var(--font)",
    "font-mono": "var(--font-mono)",
    "text-xs": "var(--text-sm)",
    "text-sm": "var(--text-sm)",
    "text-md": "var(--body-text-size)",
    "text-lg": "var(--text-lg)",
    "radius": "var(--input-radius)",
    "bg": "var(--background-fill-primary)",
    "surface": "var(--background-fill-secondary)",
    "surface-2": "var(--neutral-100)",
    "line": "var(--border-color-primary)",
    "outline": "var(--input-border-color)",
    "text": "var(--body-text-color)",
    "text-2": "var(--body-text-color-subdued)",
    "accent": "var(--color-accent)",
    "accent-hover": "var(--primary-800)",
    "accent-text": "white",
    "focus": "var(--input-border-color-focus)",
    "shadow": "var(--shadow-drop-lg)",
}
_DARK_TOKENS = {
    "surface-2": "var(--neutral-800)",
    "accent": "var(--slider-color)",
    "accent-hover": "var(--primary-300)",
    "accent-text": "var(--neutral-950)",
}
_APP = ".gradio-container"


def _css_name(variable: str) -> str:
    return "--" + variable.replace("_", "-")


def _value(value: str) -> str:
    """A value with what it names in it: `*primary_500` is `var(--primary-500)`."""
    return re.sub(r"\*(\w+)", lambda found: f"var({_css_name(found[1])})", value)


def _rule(selector: str, values: dict[str, str]) -> str:
    return f"{selector}{{{''.join(f'{_css_name(name)}:{_value(value)};' for name, value in values.items())}}}\n"


def theme_css(theme: ThemeClass) -> str:
    """A theme's variables, and the tokens made of them."""
    values: dict[str, Any] = theme.variables
    light = {k: v for k, v in values.items() if not k.endswith("_dark")}
    dark = {k.removesuffix("_dark"): v for k, v in values.items() if k.endswith("_dark")}
    app = _APP * 2  # stronger than what holds without a theme
    tokens = {f"nb_{name}": value for name, value in _TOKENS.items()}
    dark_tokens = {f"nb_{name}": value for name, value in _DARK_TOKENS.items()}
    return (
        _rule(app, light | tokens)
        + _rule(f"{app}.dark", dark | dark_tokens)
        + _rule(f"{app}.nb-standalone", {"nb_gap": "*layout_gap"})
    )


def default_css() -> str:
    """The variables where there is no theme: made of tokens."""
    palette = {
        f"{kind}_{step}": color
        for kind, hue in (("primary", colors.blue), ("secondary", colors.blue), ("neutral", colors.gray))
        for step, color in zip(colors.STEPS, hue.expand(), strict=True)
    }
    scales = {
        f"{kind}_{step}": length
        for kind, size in (("text", sizes.text_md), ("spacing", sizes.spacing_md), ("radius", sizes.radius_md))
        for step, length in zip(sizes.STEPS, size.expand(), strict=True)
    }
    fonts = {"font": "var(--nb-font)", "font_mono": "var(--nb-font-mono)"}
    dark = {k: v for k, v in DARK.items() if k not in _OF_TOKENS}
    head = "/* Made from nbblocks/themes by `make codegen`; never edited. */\n"
    return head + _rule(_APP, palette | scales | fonts | LIGHT | _OF_TOKENS) + _rule(f"{_APP}.dark", dark)
