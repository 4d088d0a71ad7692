"""How a parameter is looked at: two instances on one page, and what many components share."""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field
from typing import Any

import nbblocks as gr


@dataclass
class Look:
    """Two instances: one with the parameter at `first`, one at `other`; both with `more`.

    Parameters
    ----------
    first : object
        `DEFAULT`: not given.
    """

    other: Any
    more: dict[str, Any] = field(default_factory=dict)
    first: Any = inspect.Parameter.empty


DEFAULT = inspect.Parameter.empty
LONG = "\n".join(f"line {i}" for i in range(30))
TALL = {"value": "<br>".join(f"line {i}" for i in range(30))}
PICTURE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='40' height='30'%3E%3Crect width='40' "
    "height='30' fill='red'/%3E%3C/svg%3E"
)


class Made:
    """Stands for a value that each instance makes of its own."""

    def made(self) -> Any:
        """The value."""
        raise NotImplementedError


class OwnButton(Made):
    """Stands for a list that holds a new Button: each instance needs one of its own."""

    def made(self) -> list[gr.Button]:
        return [gr.Button("Mine")]


class PictureFile(Made):
    """Stands for the path of a picture on this machine."""

    def made(self) -> str:
        return gr.Image().example_value()


PLACED = {
    "visible": Look(False),
    "elem_id": Look("mark-id"),
    "elem_classes": Look(["mark-class"]),
    "scale": Look(3),
    "min_width": Look(500),
}
HEIGHTS = {"height": Look(50), "max_height": Look(40)}
LAYOUT = {name: PLACED[name] for name in ("visible", "elem_id", "elem_classes")}
LABELLED = {
    **PLACED,
    "label": Look("Another name"),
    "show_label": Look(False),
    "container": Look(False),
}
FIELD = {**LABELLED, "interactive": Look(False), "info": Look("a hint"), "buttons": Look(OwnButton())}
BUTTON = {
    **PLACED,
    "value": Look("Caption"),
    "variant": Look("primary"),
    "size": Look("sm"),
    "icon": Look(PictureFile()),
    "link": Look("https://example.org"),
    "link_target": Look("_blank", {"link": "https://example.org"}),
    "interactive": Look(False),
}
