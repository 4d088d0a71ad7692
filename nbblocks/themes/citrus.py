"""Yellow buttons that stand up and can be pressed down."""

from __future__ import annotations

from typing import Any, ClassVar

from .base import Base
from .utils import colors, fonts, sizes

__all__ = ["Citrus"]


class Citrus(Base):
    """Yellow buttons that stand up and can be pressed down.

    Its parameters are those of `Base`, with other defaults.
    """

    name = "citrus"
    _presets: ClassVar[dict[str, Any]] = {
        "primary_hue": colors.amber,
        "secondary_hue": colors.amber,
        "neutral_hue": colors.stone,
        "spacing_size": sizes.spacing_lg,
        "font": (fonts.LocalFont("Ubuntu", weights=(400,)), "ui-sans-serif", "system-ui", "sans-serif"),
        "font_mono": (fonts.LocalFont("Roboto Mono"), "ui-monospace", "Consolas", "monospace"),
    }
    _variables: ClassVar[dict[str, str]] = {
        "background_fill_primary": "*neutral_50",
        "block_background_fill": "*neutral_100",
        "block_background_fill_dark": "*neutral_900",
        "block_border_color": "*neutral_300",
        "block_border_width": "1px",
        "block_border_width_dark": "1px",
        "block_shadow": "0 3px 0 0 *neutral_300",
        "block_shadow_dark": "0 3px 0 0 *neutral_700",
        "button_border_width": "0px",
        "button_border_width_dark": "0px",
        "button_transform_hover": "translateY(-2px)",
        "button_transform_active": "translateY(1px)",
        "button_transition": "all 0.1s",
        "button_primary_background_fill": "*primary_500",
        "button_primary_background_fill_hover": "*primary_500",
        "button_primary_text_color": "*neutral_950",
        "button_primary_background_fill_dark": "*primary_500",
        "button_primary_background_fill_hover_dark": "*primary_500",
        "button_primary_text_color_dark": "*neutral_950",
        "button_primary_shadow": "0 3px 0 0 *primary_700",
        "button_primary_shadow_dark": "0 3px 0 0 *primary_800",
        "button_primary_shadow_hover": "0 5px 0 0 *primary_700",
        "button_primary_shadow_hover_dark": "0 5px 0 0 *primary_800",
        "button_primary_shadow_active": "0 2px 0 0 *primary_700",
        "button_primary_shadow_active_dark": "0 2px 0 0 *primary_800",
        "button_secondary_background_fill": "*primary_300",
        "button_secondary_background_fill_hover": "*primary_300",
        "button_secondary_text_color": "*neutral_950",
        "button_secondary_background_fill_dark": "*primary_300",
        "button_secondary_background_fill_hover_dark": "*primary_300",
        "button_secondary_text_color_dark": "*neutral_950",
        "button_secondary_shadow": "0 3px 0 0 *primary_500",
        "button_secondary_shadow_dark": "0 3px 0 0 *primary_700",
        "button_secondary_shadow_hover": "0 5px 0 0 *primary_500",
        "button_secondary_shadow_hover_dark": "0 5px 0 0 *primary_700",
        "button_secondary_shadow_active": "0 2px 0 0 *primary_500",
        "button_secondary_shadow_active_dark": "0 2px 0 0 *primary_700",
        "button_cancel_shadow": "0 3px 0 0 #7f1d1d",
        "button_cancel_shadow_dark": "0 3px 0 0 #b91c1c",
        "button_cancel_shadow_hover": "0 5px 0 0 #7f1d1d",
        "button_cancel_shadow_hover_dark": "0 5px 0 0 #b91c1c",
        "button_cancel_shadow_active": "0 2px 0 0 #7f1d1d",
        "button_cancel_shadow_active_dark": "0 2px 0 0 #b91c1c",
        "checkbox_label_background_fill": "*neutral_200",
        "checkbox_label_background_fill_dark": "*neutral_700",
        "checkbox_label_background_fill_selected": "*primary_300",
        "checkbox_label_background_fill_selected_dark": "*primary_400",
        "checkbox_label_text_color_selected": "*neutral_950",
        "checkbox_label_text_color_selected_dark": "*neutral_950",
        "checkbox_label_border_color_selected": "*primary_500",
        "checkbox_label_border_width": "2px",
        "checkbox_label_border_width_dark": "2px",
        "input_background_fill_focus": "*primary_50",
        "panel_border_width": "1px",
        "panel_border_width_dark": "1px",
    }
