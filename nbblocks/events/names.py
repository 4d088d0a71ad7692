"""The events that components have, by name, for components of one's own: `EVENTS = [Events.change, Events.submit]`."""

from __future__ import annotations

__all__ = ["Events"]


class Events:
    """Names of events.

    Examples
    --------
    >>> Events.change
    'change'
    """

    apply = "apply"
    blur = "blur"
    change = "change"
    clear = "clear"
    click = "click"
    collapse = "collapse"
    copy = "copy"
    delete = "delete"
    double_click = "double_click"
    download = "download"
    edit = "edit"
    end = "end"
    example_select = "example_select"
    expand = "expand"
    focus = "focus"
    input = "input"
    key_up = "key_up"
    like = "like"
    load = "load"
    option_select = "option_select"
    pause = "pause"
    pause_recording = "pause_recording"
    play = "play"
    release = "release"
    retry = "retry"
    select = "select"
    start_recording = "start_recording"
    stop = "stop"
    stop_recording = "stop_recording"
    stream = "stream"
    submit = "submit"
    tick = "tick"
    undo = "undo"
    upload = "upload"
