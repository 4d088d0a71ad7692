"""A picture to draw on, in layers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal, TypedDict

from ..declare import KW_ONLY, param
from ..events import event
from ..exceptions import DeclarationError, WireError
from ..wire.files import FILE_DATA_SCHEMA, META_DEFS, FileData, FileJSON, ImageData
from ..wire.payloads import Record
from .base import Editable, button_names
from .image import SOURCES, WebcamOptions, WebcamOptionsJSON, webcam_json
from .pictures import TYPES, given, grey_pixel, received, shown

__all__ = ["Brush", "EditorData", "EditorValue", "Eraser", "ImageEditor", "LayerOptions"]

TRANSFORMS = ("crop", "resize")
PALETTE = ("rgb(204, 50, 50)", "rgb(173, 204, 50)", "rgb(50, 204, 112)", "rgb(50, 112, 204)", "rgb(173, 50, 204)")

Colour = str | tuple[str, float]


class EditorValue(TypedDict):
    """What a handler gets of an editor, and may return: pictures as its `type` says."""

    background: Any
    layers: list[Any]
    composite: Any


class EditorJSON(TypedDict, total=False):
    """An edited picture as it crosses: what is under the layers, the layers from below, all of it as one."""

    background: FileJSON | None
    layers: list[FileJSON]
    composite: FileJSON | None
    id: str | None


class EditorData(Record):
    """An edited picture: what is under the layers, the layers from below, all of it as one."""

    defaults: ClassVar[dict[str, Any]] = {"background": None, "layers": [], "composite": None, "id": None}
    kinds: ClassVar[dict[str, tuple[type[Any], ...]]] = dict.fromkeys(
        ("background", "layers", "composite"), (FileData,)
    )


@dataclass
class Eraser:
    """How the eraser starts.

    Parameters
    ----------
    default_size : int or "auto"
        Its radius in pixels; "auto": by the size of the picture.
    """

    default_size: int | Literal["auto"] = "auto"


@dataclass
class Brush(Eraser):
    """How the brush starts.

    Parameters
    ----------
    default_size : int or "auto"
        Its radius in pixels; "auto": by the size of the picture.
    colors : list of colours, or one, optional
        What can be chosen: CSS colours, or pairs (colour, opacity from 0 to 1); None: five.
    default_color : colour, optional
        The one at first; None: the first of `colors`.
    color_mode : {"fixed", "defaults"}
        Whether those are all, or any other can be picked too.
    """

    colors: list[Colour] | Colour | None = None
    default_color: Colour | None = None
    color_mode: Literal["fixed", "defaults"] = "defaults"

    def __post_init__(self) -> None:
        if self.color_mode not in ("fixed", "defaults"):
            raise DeclarationError(f"Brush: color_mode must be 'fixed' or 'defaults', got {self.color_mode!r}")
        if self.colors is None:
            self.colors = list(PALETTE)
        if self.default_color is None:
            self.default_color = self.colors[0] if isinstance(self.colors, list) else self.colors


@dataclass
class LayerOptions:
    """Which layers there are to draw on.

    Parameters
    ----------
    allow_additional_layers : bool
        Whether a user can add more.
    layers : list of str, optional
        Names of those at first, from below; None: one.
    disabled : bool
        True: there is one, and nothing of layers is shown.
    """

    allow_additional_layers: bool = True
    layers: list[str] | None = None
    disabled: bool = False

    def __post_init__(self) -> None:
        if not self.layers:
            self.layers = ["Layer 1"]


class EraserJSON(TypedDict):
    """How the eraser starts."""

    default_size: int | Literal["auto"]


class BrushJSON(TypedDict):
    """How the brush starts; a colour is CSS, or a pair of it and its opacity."""

    default_size: int | Literal["auto"]
    colors: list[str | list[Any]]
    default_color: str | list[Any]
    color_mode: Literal["fixed", "defaults"]


class LayerOptionsJSON(TypedDict):
    """Which layers there are."""

    allow_additional_layers: bool
    layers: list[str]
    disabled: bool


def _colour_json(colour: Any) -> Any:
    return list(colour) if isinstance(colour, tuple) else colour


def _brush_json(brush: Brush | Literal[False] | None) -> Any:
    if brush is False:
        return False
    told = asdict(brush or Brush())
    colours = told["colors"] if isinstance(told["colors"], list) else [told["colors"]]
    return {
        **told,
        "colors": [_colour_json(one) for one in colours],
        "default_color": _colour_json(told["default_color"]),
    }


def _eraser_json(eraser: Eraser | Literal[False] | None) -> Any:
    return False if eraser is False else {"default_size": (eraser or Eraser()).default_size}


def layer_options(layers: LayerOptions | bool | None) -> LayerOptions:
    """Options that `layers=` stands for."""
    return layers if isinstance(layers, LayerOptions) else LayerOptions(disabled=not layers)


def _layers_json(layers: LayerOptions | bool) -> Any:
    return asdict(layer_options(layers))


def _listed(names: Iterable[str] | str | None) -> list[str]:
    return [names] if isinstance(names, str) else list(names or ())


def _editor_schema() -> dict[str, Any]:
    one = {"anyOf": [{"$ref": "#/$defs/FileData"}, {"type": "null"}], "default": None}
    return {
        "$defs": {"FileData": FILE_DATA_SCHEMA, **META_DEFS},
        "properties": {
            "background": one,
            "layers": {"default": [], "items": {"$ref": "#/$defs/FileData"}, "type": "array"},
            "composite": one,
            "id": {"anyOf": [{"type": "string"}, {"type": "null"}], "default": None},
        },
        "type": "object",
    }


class ImageEditor(Editable):
    """A picture to draw on, in layers, to crop and to resize.

    Parameters
    ----------
    value : EditorValue, ndarray, PIL image, str, Path or callable, optional
        First picture; a dict has its "background", "layers" and "composite". A function is called once per page load.
    height, width : int or str, optional
        Of the whole component, in pixels or any CSS length; the picture is shown smaller to fit.
    image_mode : str
        PIL's name of the channels that a handler gets; where it has no alpha, transparency becomes white.
    sources : list of str or str, optional
        From where a picture may come: "upload", "webcam", "clipboard".
    type : {"numpy", "pil", "filepath"}
        What a handler gets of each picture.
    buttons : list of str or Button, optional
        Buttons in its corner: "download", "share", "fullscreen", or buttons of your own; None: all of the named.
    placeholder : str, optional
        Shown where there is no picture yet, with how to begin; may hold Markdown.
    transforms : list of str
        What can be done to the whole: "crop", "resize".
    eraser : Eraser or False, optional
        How the eraser starts; False: there is none.
    brush : Brush or False, optional
        How the brush starts; False: there is none.
    format : str
        How arrays and PIL images go to the page, and a drawn picture to a path: "webp", "png", …
    layers : LayerOptions or bool
        Which layers there are; False: one, and nothing is shown of it.
    canvas_size : tuple of int
        Width and height in pixels of a new drawing.
    fixed_canvas : bool
        Whether a picture is made smaller to fit `canvas_size`; False: the drawing takes its size.
    webcam_options : WebcamOptions or dict, optional
        How the webcam is used.

    Examples
    --------
    >>> import numpy as np
    >>> editor = ImageEditor()
    >>> drawn = editor.preprocess(editor.postprocess(np.zeros((4, 6, 3), np.uint8)))
    >>> drawn["composite"].shape, drawn["layers"]
    ((4, 6, 4), [])
    """

    data_model: ClassVar[Any] = EditorData
    chunks: ClassVar[tuple[str, ...]] = ("views-editor",)
    has_files: ClassVar[bool] = True
    is_heavy: ClassVar[bool] = True

    value: Any = param(default=None, wire=EditorJSON | None)
    _: KW_ONLY
    height: int | str | None = None
    width: int | str | None = None
    image_mode: str = param(default="RGBA", wire=None)
    sources: Iterable[Literal["upload", "webcam", "clipboard"]] | str | None = param(
        default=("upload", "webcam", "clipboard"),
        wire=list[Literal["upload", "webcam", "clipboard"]],
        encode=_listed,
    )
    type: Literal["numpy", "pil", "filepath"] = param(default="numpy", wire=None)
    buttons: Sequence[Any] | None = param(default=None, wire=list[str] | None, encode=button_names)
    placeholder: str | None = None
    transforms: Iterable[Literal["crop", "resize"]] | None = param(
        default=("crop", "resize"), wire=list[Literal["crop", "resize"]], encode=_listed
    )
    eraser: Eraser | Literal[False] | None = param(default=None, wire=EraserJSON | Literal[False], encode=_eraser_json)
    brush: Brush | Literal[False] | None = param(default=None, wire=BrushJSON | Literal[False], encode=_brush_json)
    format: str = param(default="webp", wire=None)
    layers: LayerOptions | bool = param(default=True, wire=LayerOptionsJSON, encode=_layers_json)
    canvas_size: tuple[int, int] = param(default=(800, 800), wire=tuple[int, int])
    fixed_canvas: bool = False
    webcam_options: WebcamOptions | dict[str, Any] | None = param(
        default=None, wire=WebcamOptionsJSON, encode=webcam_json
    )

    clear = event("The user took the picture away.")
    change = event("Another picture is shown, by the user or by an update.")
    input = event("The user changed the picture.")
    select = event("The user pressed on the picture; the index is (x, y) in its pixels.", payload=dict)
    upload = event("The user gave a file.")
    apply = event("The user asked to apply what is drawn.")

    told_for_none: ClassVar[dict[str, Any]] = {
        "brush": Brush(),
        "buttons": None,
        "eraser": Eraser(),
        "webcam_options": WebcamOptions(),
    }

    @classmethod
    def told_as(cls, name: str, value: Any) -> Any:
        """With the layers as options, also where only True or False was given."""
        is_choice = name == "layers" and isinstance(value, bool)
        return super().told_as(name, LayerOptions(disabled=not value) if is_choice else value)

    def check(self) -> None:
        """Refuse a type, source, transform or size that there is not."""
        super().check()
        if self.type not in TYPES:
            raise DeclarationError(f"{self!r}: type must be one of {TYPES}, got {self.type!r}")
        for name, known in (("sources", SOURCES), ("transforms", TRANSFORMS)):
            for one in _listed(getattr(self, name)):
                if one not in known:
                    raise DeclarationError(f"{self!r}: {name} are some of {known}, got {one!r}")
        size = self.canvas_size
        is_size = isinstance(size, (tuple, list)) and len(size) == 2
        if not is_size or not all(isinstance(side, int) and side > 0 for side in size):
            raise DeclarationError(f"{self!r}: canvas_size is (width, height) in pixels, got {size!r}")

    def preprocess(self, payload: Any) -> EditorValue | None:
        """Give the background, the layers from below, and all of it as one, each as `type` says.

        Raises
        ------
        Error
            One is no picture, or has too many pixels: the user is told.
        WireError
            The page sent something else.
        """
        if payload is None:
            return None
        if not isinstance(payload, dict):
            raise WireError(f"{self!r}: expected a picture with its layers, got {type(payload).__name__}")
        layers = payload.get("layers") or []
        if not isinstance(layers, (list, tuple)):
            raise WireError(f"{self!r}: expected a list of layers, got {type(layers).__name__}")
        return EditorValue(
            background=self._taken(payload.get("background"), on_white=True),
            layers=[self._taken(layer) for layer in layers if layer is not None],
            composite=self._taken(payload.get("composite"), on_white=True),
        )

    def _taken(self, payload: Any, *, on_white: bool = False) -> Any:
        if payload is None:
            return None
        file = received(payload, self)
        as_format = Path(file.orig_name).suffix.lstrip(".").lower() if file.orig_name else self.format
        return given(file, self.type, self.image_mode, self, on_white=on_white, as_format=as_format or self.format)

    def postprocess(self, value: Any) -> EditorData | None:
        """Show a picture to draw on, or one with its layers; None clears.

        Raises
        ------
        ValueError
            It is neither a picture nor a dict of pictures.
        """
        if value is None:
            return None
        if isinstance(value, dict) and not isinstance(value.get("path"), str):
            layers = [self._shown(layer) for layer in value.get("layers") or ()]
            return EditorData(
                background=self._shown(value.get("background")),
                layers=[layer for layer in layers if layer is not None],
                composite=self._shown(value.get("composite")),
            )
        one = self._shown(value)
        return EditorData(background=one, composite=one)

    def _shown(self, value: Any) -> ImageData | FileData | None:
        return shown(value, self.format, self)

    def process_example(self, value: Any) -> Any:
        """The picture as it stands in a table of examples."""
        return self.postprocess(value)

    def api_info(self) -> dict[str, Any]:
        """Background, layers and composite."""
        return _editor_schema()

    def example_payload(self) -> dict[str, Any]:
        """A small picture, as a page sends one."""
        return {"background": grey_pixel().model_dump(), "layers": [], "composite": None}

    def example_value(self) -> dict[str, Any]:
        """Path of a small picture."""
        return {"background": grey_pixel().path, "layers": [], "composite": None}
