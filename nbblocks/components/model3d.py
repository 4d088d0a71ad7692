"""A 3D model, shown or given."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal

from ..declare import KW_ONLY, param
from ..events import event
from ..exceptions import DeclarationError
from ..wire.files import FileData, FileJSON, keep_bytes
from .base import Editable, button_names
from .media import API_FILE, received, shown_file

__all__ = ["Model3D"]

MODES = ("solid", "point_cloud", "wireframe")
Position = tuple[float | None, float | None, float | None]


def _color(given: Any) -> list[float]:
    return [0, 0, 0, 0] if given is None else [float(c) for c in given]


def _position(given: Any) -> list[float | None]:
    return [None, None, None] if given is None else list(given)


class Model3D(Editable):
    """A 3D model, shown or given by upload.

    Parameters
    ----------
    value : str, Path or callable, optional
        First model: a file, or a URL, that ends in .glb, .gltf, .obj, .stl, .ply or .splat. A function is called once
        per page load.
    display_mode : {"solid", "point_cloud", "wireframe"}, optional
        How it is drawn; None: solid, or as points where it has no faces. Splats are always drawn as such.
    clear_color : tuple of float, optional
        Red, green, blue and alpha of the background, each from 0 to 1; None: that of the page.
    camera_position : tuple of float or None
        Two angles in degrees, round the vertical axis and down from it, and the distance from the model's middle;
        None, each: what shows the whole model.
    zoom_speed, pan_speed : float
        How fast the wheel, and dragging with the right button, move the camera.
    height : int or str, optional
        In pixels, or any CSS length.
    buttons : list of Button, optional
        Buttons in its corner.

    Examples
    --------
    >>> Model3D(clear_color=(1, 1, 1, 1)).wire_props(["clear_color"])
    {'clear_color': [1.0, 1.0, 1.0, 1.0]}
    """

    chunks: ClassVar[tuple[str, ...]] = ("views-model3d",)
    data_model: ClassVar[Any] = FileData
    has_files: ClassVar[bool] = True

    value: Any = param(default=None, wire=FileJSON | None)
    _: KW_ONLY
    display_mode: Literal["solid", "point_cloud", "wireframe"] | None = None
    clear_color: tuple[float, float, float, float] | None = param(default=None, wire=list[float], encode=_color)
    camera_position: Position = param(default=(None, None, None), wire=list[float | None], encode=_position)
    zoom_speed: float = 1
    pan_speed: float = 1
    height: int | str | None = None
    buttons: Sequence[Any] | None = param(default=None, wire=list[str] | None, encode=button_names)

    change = event("Another model is shown, by the user or by an update.")
    upload = event("The user gave a file.")
    edit = event("The user moved the camera.")
    clear = event("The user took the model away.")

    told_for_none: ClassVar[dict[str, Any]] = {"clear_color": [0, 0, 0, 0]}

    def check(self) -> None:
        """Refuse an unknown mode, and colours and positions of another length."""
        super().check()
        if self.display_mode not in (None, *MODES):
            raise DeclarationError(f"{self!r}: display_mode must be one of {MODES}, got {self.display_mode!r}")
        if len(_color(self.clear_color)) != 4:
            raise DeclarationError(f"{self!r}: clear_color has four numbers, got {self.clear_color!r}")
        if len(_position(self.camera_position)) != 3:
            raise DeclarationError(f"{self!r}: camera_position has three numbers, got {self.camera_position!r}")

    def preprocess(self, payload: Any) -> str | None:
        """Give the path of the model's file.

        Raises
        ------
        WireError
            The page sent something else than a file.
        """
        return None if payload is None else str(received(payload, self, "model"))

    def postprocess(self, value: Any) -> FileData | None:
        """Show a file or a URL; None clears.

        Raises
        ------
        ValueError
            It is something else.
        """
        if value is None:
            return None
        if isinstance(value, (FileData, dict)):
            return FileData.from_payload(value)
        if not isinstance(value, (str, Path)):
            raise ValueError(f"{self!r} shows a path or a URL, got {type(value).__name__}")
        return shown_file(str(value))

    def process_example(self, value: Any) -> str:
        """The name of a model as it stands in a table of examples."""
        return Path(value).name if value else ""

    def api_info(self) -> dict[str, Any]:
        """A file."""
        return API_FILE

    def example_payload(self) -> dict[str, Any]:
        """A small model, as a page sends one."""
        return self._triangle().model_dump()

    def example_value(self) -> str:
        """Path of a small model."""
        return str(self._triangle().path)

    def _triangle(self) -> FileData:
        """One triangle, in the cache."""
        path = keep_bytes(b"v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n", "triangle.obj")
        return FileData(path=path, orig_name="triangle.obj")
