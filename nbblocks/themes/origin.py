"""Buttons that shade from corner to corner: how Gradio looked at first."""

from __future__ import annotations

from typing import Any, ClassVar

from .base import Base
from .utils import colors, fonts

__all__ = ["Origin"]


class Origin(Base):
    """Buttons that shade from corner to corner: how Gradio looked at first.

    Its parameters are those of `Base`, with other defaults.
    """

    name = "origin"
    _presets: ClassVar[dict[str, Any]] = {
        "primary_hue": colors.orange,
        "neutral_hue": colors.gray,
        "font": (fonts.LocalFont("Source Sans Pro"), "ui-sans-serif", "system-ui", "sans-serif"),
    }
    _variables: ClassVar[dict[str, str]] = {
        "block_shadow": "*shadow_drop",
        "block_shadow_dark": "*shadow_drop",
        "button_transition": "none",
        "button_primary_background_fill": "linear-gradient(to bottom right, *primary_100, *primary_300)",
        "button_primary_background_fill_hover": "linear-gradient(to bottom right, *primary_100, *primary_200)",
        "button_primary_border_color": "*primary_200",
        "button_primary_text_color": "*primary_900",
        "button_primary_background_fill_dark": "linear-gradient(to bottom right, *primary_700, *primary_800)",
        "button_primary_background_fill_hover_dark": "linear-gradient(to bottom right, *primary_700, *primary_700)",
        "button_primary_border_color_dark": "*primary_600",
        "button_primary_text_color_dark": "white",
        "button_primary_shadow": "*shadow_drop",
        "button_primary_shadow_hover": "*shadow_drop_lg",
        "button_primary_shadow_active": "*shadow_inset",
        "button_secondary_background_fill": "linear-gradient(to bottom right, *neutral_100, *neutral_200)",
        "button_secondary_background_fill_hover": "linear-gradient(to bottom right, *neutral_100, *neutral_100)",
        "button_secondary_border_color": "*neutral_200",
        "button_secondary_background_fill_dark": "linear-gradient(to bottom right, *neutral_600, *neutral_700)",
        "button_secondary_background_fill_hover_dark": "linear-gradient(to bottom right, *neutral_600, *neutral_600)",
        "button_secondary_border_color_dark": "*neutral_600",
        "button_secondary_shadow": "*shadow_drop",
        "button_secondary_shadow_hover": "*shadow_drop_lg",
        "button_secondary_shadow_active": "*shadow_inset",
        "button_cancel_background_fill": "linear-gradient(to bottom right, #fee2e2, #fecaca)",
        "button_cancel_background_fill_hover": "#fee2e2",
        "button_cancel_border_color": "#fecaca",
        "button_cancel_text_color": "#991b1b",
        "button_cancel_background_fill_dark": "linear-gradient(to bottom right, #b91c1c, #991b1b)",
        "button_cancel_background_fill_hover_dark": "#b91c1c",
        "button_cancel_text_color_dark": "white",
        "checkbox_label_background_fill": "linear-gradient(to top, *neutral_50, white)",
        "checkbox_label_background_fill_hover": "linear-gradient(to top, *neutral_100, white)",
        "checkbox_label_background_fill_dark": "linear-gradient(to top, *neutral_900, *neutral_800)",
        "checkbox_label_background_fill_hover_dark": "*neutral_800",
        "checkbox_label_shadow": "*shadow_drop",
        "checkbox_label_border_width": "1px",
        "checkbox_label_border_width_dark": "1px",
        "stat_background_fill": "linear-gradient(to right, *primary_400, *primary_300)",
        "stat_background_fill_dark": "linear-gradient(to right, *primary_400, *primary_600)",
        "input_background_fill_dark": "*neutral_800",
    }
