"""Every variable of a theme, with what it is when nobody sets it.

A value is CSS in which `*name` stands for another variable of the theme. The third column is the dark mode's value, of
the variable `<name>_dark`; without one the variable is the same in both. The browser half's stylesheet begins with this
table (`js/src/wire/generated/theme.css`), so that these defaults are what an app without a theme looks like.
"""

from __future__ import annotations

__all__ = ["DARK", "DARK_MARKS", "DEFAULTS", "IN_THE_DARK", "LIGHT", "LIGHT_MARKS", "VARIABLES", "check_mark"]


def check_mark(color: str) -> str:
    """The mark of a chosen checkbox, in a color."""
    return _drawn(color, "%3cpath d='M3.5 8.5l3 3 6-7' fill='none' stroke-width='2' stroke='COLOR'/%3e")


def _drawn(color: str, shape: str) -> str:
    shape = shape.replace("COLOR", color.replace("#", "%23"))
    return (
        f"url(\"data:image/svg+xml,%3csvg viewBox='0 0 16 16' xmlns='http://www.w3.org/2000/svg'%3e{shape}%3c/svg%3e\")"
    )


def _dot(color: str) -> str:
    return _drawn(color, "%3ccircle cx='8' cy='8' r='3.5' fill='COLOR'/%3e")


_TABLE = f"""
body_background_fill                      | *background_fill_primary          | *background_fill_primary
body_text_color                           | *neutral_900                      | *neutral_100
body_text_size                            | *text_md
body_text_color_subdued                   | *neutral_600                      | *neutral_400
body_text_weight                          | 400
embed_radius                              | *radius_sm
background_fill_primary                   | white                             | *neutral_950
background_fill_secondary                 | *neutral_50                       | *neutral_900
border_color_accent                       | *primary_300                      | *neutral_600
border_color_accent_subdued               | *border_color_accent              | *border_color_accent
border_color_primary                      | *neutral_200                      | *neutral_700
color_accent                              | *primary_600
color_accent_soft                         | *primary_50                       | *neutral_800
link_text_color                           | *color_accent                     | *color_accent
link_text_color_active                    | *link_text_color                  | *link_text_color
link_text_color_hover                     | *link_text_color                  | *link_text_color
link_text_color_visited                   | *link_text_color                  | *link_text_color
prose_text_size                           | *text_md
prose_text_weight                         | 400
prose_header_text_weight                  | 600
code_background_fill                      | *neutral_100                      | *neutral_800
shadow_drop                               | 0 1px 2px rgb(20 25 40 / 10%)
shadow_drop_lg                            | 0 4px 16px rgb(20 25 40 / 18%)
shadow_inset                              | inset 0 1px 3px rgb(20 25 40 / 10%)
shadow_spread                             | 3px                               | 1px
block_background_fill                     | none                              | none
block_border_color                        | *border_color_primary             | *border_color_primary
block_border_width                        | 0px                               | 0px
block_info_text_color                     | *body_text_color_subdued          | *body_text_color_subdued
block_info_text_size                      | *text_sm
block_info_text_weight                    | 400
block_label_background_fill               | none                              | none
block_label_border_color                  | *border_color_primary             | *border_color_primary
block_label_border_width                  | 0px                               | 0px
block_label_shadow                        | none
block_label_text_color                    | *body_text_color                  | *body_text_color
block_label_margin                        | 0px
block_label_padding                       | 0px
block_label_radius                        | *radius_sm
block_label_right_radius                  | *radius_sm
block_label_text_size                     | *text_sm
block_label_text_weight                   | 500
block_padding                             | 0px
block_radius                              | *radius_md
block_shadow                              | none                              | none
block_title_background_fill               | none                              | none
block_title_border_color                  | *border_color_primary             | *border_color_primary
block_title_border_width                  | 0px                               | 0px
block_title_text_color                    | *body_text_color                  | *body_text_color
block_title_padding                       | 0px
block_title_radius                        | *radius_sm
block_title_text_size                     | *text_sm
block_title_text_weight                   | 500
container_radius                          | *radius_md
form_gap_width                            | 1px
layout_gap                                | *spacing_xxl
panel_background_fill                     | *background_fill_secondary        | *background_fill_secondary
panel_border_color                        | *border_color_primary             | *border_color_primary
panel_border_width                        | 0px                               | 0px
section_header_text_size                  | *text_md
section_header_text_weight                | 500
accordion_text_color                      | *body_text_color                  | *body_text_color
table_text_color                          | *body_text_color                  | *body_text_color
checkbox_background_color                 | *background_fill_primary          | *background_fill_primary
chatbot_text_size                         | *text_md
checkbox_background_color_focus           | *checkbox_background_color        | *checkbox_background_color
checkbox_background_color_hover           | *checkbox_background_color        | *checkbox_background_color
checkbox_background_color_selected        | *color_accent                     | *color_accent
checkbox_border_color                     | *neutral_500                      | *neutral_500
checkbox_border_color_focus               | *checkbox_border_color            | *checkbox_border_color
checkbox_border_color_hover               | *neutral_600                      | *neutral_400
checkbox_border_color_selected            | *checkbox_background_color_selected | *checkbox_background_color_selected
checkbox_border_radius                    | *radius_sm
checkbox_border_width                     | 1px                               | 1px
checkbox_check                            | {check_mark("white")}
radio_circle                              | {_dot("white")}
checkbox_shadow                           | none
checkbox_label_background_fill            | none                              | none
checkbox_label_background_fill_hover      | *checkbox_label_background_fill   | *checkbox_label_background_fill
checkbox_label_background_fill_selected   | *checkbox_label_background_fill   | *checkbox_label_background_fill
checkbox_label_border_color               | *border_color_primary             | *border_color_primary
checkbox_label_border_color_hover         | *checkbox_label_border_color      | *checkbox_label_border_color
checkbox_label_border_color_selected      | *checkbox_label_border_color      | *checkbox_label_border_color
checkbox_label_border_width               | 0px                               | 0px
checkbox_label_gap                        | *spacing_xxl
checkbox_label_padding                    | 0px
checkbox_label_shadow                     | none                              | none
checkbox_label_shadow_hover               | *checkbox_label_shadow            | *checkbox_label_shadow
checkbox_label_shadow_active              | *checkbox_label_shadow            | *checkbox_label_shadow
checkbox_label_text_size                  | *text_md
checkbox_label_text_weight                | 400
checkbox_label_text_color                 | *body_text_color                  | *body_text_color
checkbox_label_text_color_selected        | *checkbox_label_text_color        | *checkbox_label_text_color
error_background_fill                     | *background_fill_primary          | *background_fill_primary
error_border_color                        | #b3261e                           | #ff9b93
error_border_width                        | 1px                               | 1px
error_text_color                          | *body_text_color                  | *body_text_color
error_icon_color                          | #b3261e                           | #ff9b93
input_background_fill                     | *background_fill_primary          | *background_fill_primary
input_background_fill_focus               | *input_background_fill            | *input_background_fill
input_background_fill_hover               | *input_background_fill            | *input_background_fill
input_border_color                        | *neutral_500                      | *neutral_500
input_border_color_focus                  | *input_border_color               | *input_border_color
input_border_color_hover                  | *neutral_600                      | *neutral_400
input_border_width                        | 1px                               | 1px
input_padding                             | calc((var(--nb-control-h) - 1.5em - 2px) / 2) *spacing_lg
input_placeholder_color                   | *body_text_color_subdued          | *body_text_color_subdued
input_radius                              | *radius_md
input_shadow                              | none                              | none
input_shadow_focus                        | *input_shadow                     | *input_shadow
input_text_size                           | *text_md
input_text_weight                         | 400
loader_color                              | *color_accent                     | *color_accent
slider_color                              | *color_accent                     | *color_accent
stat_background_fill                      | *color_accent                     | *color_accent
table_border_color                        | *border_color_primary             | *border_color_primary
table_even_background_fill                | *background_fill_primary          | *background_fill_primary
table_odd_background_fill                 | *background_fill_primary          | *background_fill_primary
table_radius                              | *radius_md
table_row_focus                           | *color_accent_soft                | *color_accent_soft
button_border_width                       | 1px                               | 1px
button_transform_hover                    | none
button_transform_active                   | none
button_transition                         | background-color 120ms
button_large_padding                      | 0px *spacing_xxl
button_large_radius                       | *radius_md
button_large_text_size                    | *text_md
button_large_text_weight                  | 500
button_small_padding                      | 0px calc(*spacing_xxl - 4px)
button_small_radius                       | *radius_md
button_small_text_size                    | *text_sm
button_small_text_weight                  | 500
button_medium_padding                     | 0px *spacing_xxl
button_medium_radius                      | *radius_md
button_medium_text_size                   | *text_md
button_medium_text_weight                 | 500
button_primary_background_fill            | *color_accent                     | *color_accent
button_primary_background_fill_hover      | *primary_700                      | *primary_300
button_primary_border_color               | transparent                       | transparent
button_primary_border_color_hover         | *button_primary_border_color      | *button_primary_border_color
button_primary_text_color                 | white                             | *neutral_950
button_primary_text_color_hover           | *button_primary_text_color        | *button_primary_text_color
button_primary_shadow                     | none                              | none
button_primary_shadow_hover               | *button_primary_shadow            | *button_primary_shadow
button_primary_shadow_active              | *button_primary_shadow            | *button_primary_shadow
button_secondary_background_fill          | *background_fill_primary          | *background_fill_primary
button_secondary_background_fill_hover    | *neutral_100                      | *neutral_800
button_secondary_border_color             | *neutral_500                      | *neutral_500
button_secondary_border_color_hover       | *button_secondary_border_color    | *button_secondary_border_color
button_secondary_text_color               | *body_text_color                  | *body_text_color
button_secondary_text_color_hover         | *button_secondary_text_color      | *button_secondary_text_color
button_secondary_shadow                   | none                              | none
button_secondary_shadow_hover             | *button_secondary_shadow          | *button_secondary_shadow
button_secondary_shadow_active            | *button_secondary_shadow          | *button_secondary_shadow
button_cancel_background_fill             | #b3261e                           | #ff9b93
button_cancel_background_fill_hover       | #93201a                           | #ffb8b2
button_cancel_border_color                | transparent                       | transparent
button_cancel_border_color_hover          | *button_cancel_border_color       | *button_cancel_border_color
button_cancel_text_color                  | white                             | #2a0805
button_cancel_text_color_hover            | *button_cancel_text_color         | *button_cancel_text_color
button_cancel_shadow                      | none                              | none
button_cancel_shadow_hover                | *button_cancel_shadow             | *button_cancel_shadow
button_cancel_shadow_active               | *button_cancel_shadow             | *button_cancel_shadow
"""


def _read(table: str) -> tuple[dict[str, str], dict[str, str]]:
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    for row in table.strip().splitlines():
        name, value, *rest = (cell.strip() for cell in row.split(" | "))
        light[name] = value
        if rest:
            dark[name] = rest[0]
    return light, dark


#: Values by name; `DARK` holds those that can differ in the dark, under the same names.
LIGHT, DARK = _read(_TABLE)
#: Every variable by the name that `set` knows it by.
DEFAULTS: dict[str, str] = {}
for _name, _value in LIGHT.items():
    DEFAULTS[_name] = _value
    if _name in DARK:
        DEFAULTS[f"{_name}_dark"] = DARK[_name]
VARIABLES: tuple[str, ...] = tuple(DEFAULTS)

#: What a variable without a dark twin is in the dark, as long as no theme sets it.
IN_THE_DARK = {
    "color_accent": "*primary_400",
    "checkbox_check": check_mark("#16181d"),
    "radio_circle": _dot("#16181d"),
    "shadow_drop": "0 1px 2px rgb(0 0 0 / 40%)",
    "shadow_drop_lg": "0 4px 16px rgb(0 0 0 / 55%)",
}
#: Marks for light surfaces: what is chosen there is drawn dark.
DARK_MARKS = {"checkbox_check": IN_THE_DARK["checkbox_check"], "radio_circle": IN_THE_DARK["radio_circle"]}
LIGHT_MARKS = {"checkbox_check": LIGHT["checkbox_check"], "radio_circle": LIGHT["radio_circle"]}
