"""Looks of sound, film, 3D models and plots: what a page shows of each parameter."""

from __future__ import annotations

from typing import Any

import pandas as pd

import nbblocks as gr

COMPONENTS = (
    gr.Audio, gr.Microphone, gr.Video, gr.PlayableVideo, gr.Model3D, gr.Plot, gr.LinePlot, gr.BarPlot, gr.ScatterPlot,
)  # fmt: skip
SOUNDS, FILMS, CHARTS = ("Audio", "Microphone"), ("Video", "PlayableVideo"), ("LinePlot", "BarPlot", "ScatterPlot")

#: Asserted one by one in tests/browser/test_player.py and test_model3d.py.
SEEN_OF_PAGE = {
    *((name, "recording") for name in SOUNDS),
    *((name, parameter) for name in FILMS for parameter in ("playback_position", "webcam_options")),
    *(("Model3D", p) for p in ("value", "display_mode", "clear_color", "camera_position", "zoom_speed", "pan_speed")),
}
CUES = [{"text": "Hello", "timestamp": [0, 1]}]
SOUND: dict[str, Any] = {"value": gr.Audio().example_value()}
FILM: dict[str, Any] = {"value": gr.Video().example_value()}
FRAME = pd.DataFrame(
    {
        "a": [1, 2, 3, 4, 5, 6],
        "b": [3.0, 1.0, 4.0, 1.0, 5.0, 9.0],
        "c": ["x", "y", "x", "z", "y", "x"],
        "d": [1.0, 2.0, 1.0, 2.0, 1.0, 2.0],
    }
)
CHART: dict[str, Any] = {"value": FRAME, "x": "a", "y": "b"}
NAMED = {**CHART, "x": "c"}
COLORED: dict[str, Any] = {**CHART, "color": "c"}


def looks(look: Any, own_button: Any, labelled: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What `SEEN` is to have besides, made of its own parts."""
    field = {**labelled, "interactive": look(False)}
    sound = {
        **field,
        "value": look(SOUND["value"]),
        "sources": look(["upload"], first=["microphone"]),
        "streaming": look(True, SOUND),
        "autoplay": look(True, SOUND),
        "editable": look(False, {**SOUND, "interactive": True}),
        "buttons": look([], SOUND),
        "waveform_options": look({"waveform_color": "red"}, SOUND),
        "loop": look(True, SOUND),
        "subtitles": look(CUES, SOUND),
        "playback_position": look(0.2, SOUND),
    }
    film = {
        **field,
        "value": look(FILM["value"]),
        "sources": look(["webcam"]),
        "height": look(200, FILM),
        "width": look(150, FILM),
        "autoplay": look(True, FILM),
        "buttons": look([], FILM),
        "loop": look(True, FILM),
        "subtitles": look(CUES, FILM),
    }
    model = {**field, "height": look(333), "buttons": look(own_button)}
    chart = {
        **labelled,
        "label": look("Another name", {"show_label": True}),
        "show_label": look(True, {"label": "Name"}, first=False),
        "container": look(False, {"label": "Name"}),
        "value": look(FRAME, {"x": "a", "y": "b"}),
        "x": look("d", CHART),
        "y": look("a", {**CHART, "x": "d"}),
        "color": look("c", CHART),
        "title": look("Title", CHART),
        "x_title": look("Across", CHART),
        "y_title": look("Up", CHART),
        "color_title": look("Kind", COLORED),
        "x_bin": look(3, CHART),
        "y_aggregate": look("max", {**CHART, "x_bin": 3}),
        "color_map": look({"x": "red"}, COLORED),
        "colors_in_legend": look(["x"], COLORED),
        "x_lim": look([2, 4], CHART),
        "y_lim": look([0, 20], CHART),
        "x_label_angle": look(45, CHART),
        "y_label_angle": look(45, CHART),
        "x_axis_format": look(".2e", CHART),
        "y_axis_format": look(".2e", CHART),
        "x_axis_labels_visible": look(False, CHART),
        "caption": look("A caption", CHART),
        "sort": look("-x", NAMED),
        "tooltip": look("all", CHART),
        "height": look(200, CHART),
        "buttons": look(["export"], CHART),
    }
    plot = {**labelled, "value": look({"type": "html", "plot": "<b>bold</b>"}), "buttons": look(own_button)}
    return {
        **dict.fromkeys(SOUNDS, sound),
        **dict.fromkeys(FILMS, film),
        "Model3D": model,
        "Plot": plot,
        **dict.fromkeys(CHARTS, chart),
    }
