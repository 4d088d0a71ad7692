"""The events that components have, by name, for components of one's own: `EVENTS = [Events.change, Events.submit]`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["EventListener", "Events"]


class EventListener(str):
    """The name of an event in `EVENTS`, with what a component of one's own says of it.

    Parameters
    ----------
    event_name : str
        The name; components have a method of that name.
    callback : callable, optional
        Called with the component when something listens to it the first time: to tell the page that it is wanted.
    doc : str
        When it happens.

    Examples
    --------
    >>> EventListener("opened", doc="The menu is open.") == "opened"
    True
    """

    def __new__(cls, event_name: str, *args: Any, **kwargs: Any) -> EventListener:
        """Make a text, which the other parameters do not change."""
        return super().__new__(cls, event_name)

    def __init__(
        self,
        event_name: str,
        has_trigger: bool = True,
        config_data: Callable[..., dict[str, Any]] = dict,
        show_progress: str = "full",
        callback: Callable[[Any], None] | None = None,
        trigger_after: int | None = None,
        trigger_only_on_success: bool = False,
        trigger_only_on_failure: bool = False,
        doc: str = "",
        connection: str = "sse",
        event_specific_args: list[dict[str, str]] | None = None,
    ) -> None:
        super().__init__()
        self.event_name, self.callback, self.doc = str(event_name), callback, doc
        self.has_trigger, self.show_progress, self.connection = has_trigger, show_progress, connection


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
