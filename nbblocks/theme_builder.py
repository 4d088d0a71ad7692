"""An app in which a theme is put together: choose, look, copy the code."""

from __future__ import annotations

import html
import re
from typing import Any

from .blocks import Blocks
from .components import HTML, Button, Checkbox, CheckboxGroup, Code, Dropdown, Label, Markdown, Radio, Slider, Textbox
from .events import on
from .layouts import Accordion, Column, Group, Row
from .themes import built_in
from .themes.css import css_of
from .themes.utils import colors, sizes
from .themes.variables import VARIABLES

__all__ = ["builder"]

_HUES = ("primary_hue", "secondary_hue", "neutral_hue")
_SIZES = ("text_size", "spacing_size", "radius_size")
_AS_IT_IS = "as the theme has it"
_SETTING = re.compile(r"^\s*(\w+)\s*=\s*(.+?)\s*$")


def _settings(text: str) -> dict[str, str]:
    """`name = value` by line, of variables that there are."""
    found = (_SETTING.match(line) for line in (text or "").splitlines())
    return {m[1]: m[2].strip("\"'") for m in found if m and m[1] in VARIABLES}


def _made(name: str, *chosen: str) -> tuple[str, str]:
    """The style element that shows the theme, and the code that makes it."""
    *presets, font, variables = chosen
    arguments = {n: v for n, v in zip((*_HUES, *_SIZES), presets, strict=True) if v and v != _AS_IT_IS}
    if font:
        arguments["font"] = font
    theme = built_in[name](**arguments)
    settings = _settings(variables)
    theme.set(**settings)
    code = f"theme = gr.themes.{type(theme).__name__}("
    code += "".join(f"\n    {n}={v!r}," for n, v in arguments.items()) + ("\n)" if arguments else ")")
    if settings:
        code += ".set(" + "".join(f"\n    {n}={v!r}," for n, v in settings.items()) + "\n)"
    # inside the app's root, so that it is the preview's own too where several apps share a page
    css = (
        css_of(theme).replace(":root,:host,.dark{", ".gradio-container{").replace(":root,:host{", ".gradio-container{")
    )
    css = css.replace("}.dark{", "}.gradio-container.dark{")
    return (
        f"<style>{html.escape(css, quote=False).replace('&amp;', '&')}</style>",
        code + "\n\ndemo.launch(theme=theme)",
    )


def _app() -> Blocks:
    hues = [_AS_IT_IS, *(c.name for c in colors.Color.all if c.name)]
    kinds = {n: n.removesuffix("_size") for n in _SIZES}
    scales = {
        n: [_AS_IT_IS, *(s.name.partition("_")[2] for s in sizes.Size.all if s.name and s.name.startswith(kind))]
        for n, kind in kinds.items()
    }
    with Blocks(title="Theme builder") as demo:
        style = HTML(container=False)
        with Row():
            with Column(scale=1, min_width=260):
                name = Dropdown(sorted(built_in), value="base", label="Theme")
                with Accordion("Hues", open=True):
                    chosen: list[Any] = [Dropdown(hues, label=n.removesuffix("_hue").title()) for n in _HUES]
                with Accordion("Sizes and type", open=False):
                    chosen += [Dropdown(scales[n], label=kinds[n].title()) for n in _SIZES]
                    chosen.append(Textbox(label="Font", placeholder="Inter"))
                chosen.append(
                    Textbox(
                        label="Variables",
                        info="One a line, such as: button_primary_border_color = *primary_800",
                        lines=4,
                    )
                )
                code = Code(label="Code", language="python")
            with Column(scale=2, min_width=320):
                _preview()
        inputs = [name, *chosen]
        on([demo.load, *(c.change for c in inputs)], _made, inputs, [style, code], show_progress="hidden")
    return demo


def _preview() -> None:
    Markdown(
        "# A preview\nText with a [link](#), `code`, and\n\n| a | table |\n|---|---|\n| of | two |\n| rows | each |"
    )
    with Group():
        Textbox(label="Text", info="It has a line of explanation", placeholder="Placeholder")
        Slider(0, 10, 4, label="Slider")
    Radio(["one", "two", "three"], value="two", label="Radio")
    CheckboxGroup(["one", "two", "three"], value=["one"], label="Checkboxes")
    Checkbox(True, label="Checkbox")
    Dropdown(["one", "two", "three"], value=["one"], multiselect=True, label="Dropdown")
    with Row():
        Button("Primary", variant="primary")
        Button("Secondary")
        Button("Stop", variant="stop")
    Label({"cat": 0.7, "dog": 0.3}, label="Label")


def builder(*args: Any, **kwargs: Any) -> Any:
    """Open an app in which a theme is put together: hues, sizes, fonts, variables; it shows the code to copy.

    Parameters
    ----------
    *args, **kwargs
        As for `Blocks.launch`.

    Returns
    -------
    tuple
        As of `Blocks.launch`.
    """
    return _app().launch(*args, **kwargs)
