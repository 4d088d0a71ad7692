"""Every parameter of the components of files and pictures, and what shows that it is honoured."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import PIL.Image

import nbblocks as gr
from tests.contract.looks import BUTTON, LABELLED, PICTURE, Look, Made, OwnButton

EDITORS = (gr.ImageEditor, gr.Sketchpad, gr.Paint, gr.ImageMask)
COMPONENTS = (
    gr.File, gr.Files, gr.UploadButton, gr.DownloadButton, gr.FileExplorer, gr.Gallery, gr.AnnotatedImage,
    gr.ImageSlider, gr.SimpleImage, *EDITORS,
)  # fmt: skip


class SomeFile(Made):
    """Stands for the path of a file on this machine."""

    def made(self) -> Any:
        return gr.File().example_value()


class TwoFiles(Made):
    """Stands for the paths of two files."""

    def made(self) -> Any:
        return [gr.File().example_value(), gr.Image().example_value()]


class Marked(Made):
    """Stands for a picture with a marked part."""

    def made(self) -> Any:
        return np.zeros((30, 40, 3), np.uint8), [((5, 5, 20, 20), "dot")]


PAIR = (PICTURE, PICTURE)
FOUR = [PICTURE] * 4
IN_OUT = {**LABELLED, "interactive": Look(False), "buttons": Look(OwnButton())}
FILES = {
    **IN_OUT,
    "value": Look(SomeFile()),
    "file_count": Look("directory"),
    "file_types": Look([".pdf"]),
    "height": Look(20, {"value": SomeFile()}),
    "allow_reordering": Look(True, {"value": TwoFiles(), "file_count": "multiple", "interactive": True}),
}
PRESSED = {name: look for name, look in BUTTON.items() if name not in ("value", "link", "link_target")}
EDITOR = {
    **LABELLED,
    "interactive": Look(False),
    "value": Look(PICTURE),
    "height": Look(300),
    "width": Look(300),
    "sources": Look(["webcam"]),
    "buttons": Look([]),
    "placeholder": Look("begin here"),
    "transforms": Look([]),
    "eraser": Look(False),
    "brush": Look(gr.Brush(colors=["#00ff00"], default_size=9)),
    "layers": Look(gr.LayerOptions(layers=["One"], disabled=True)),
    "canvas_size": Look((50, 60)),
    "fixed_canvas": Look(True, {"value": PICTURE}),
}

SEEN: dict[str, dict[str, Look]] = {
    "File": FILES,
    "Files": FILES,
    "UploadButton": {
        **PRESSED,
        "label": Look("Caption"),
        "file_count": Look("multiple"),
        "file_types": Look([".pdf"]),
    },
    "DownloadButton": {**PRESSED, "label": Look("Caption")},
    "FileExplorer": {
        **LABELLED,
        "buttons": Look(OwnButton()),
        "file_count": Look("single"),
        "height": Look(50),
        "max_height": Look(40),
        "min_height": Look(700),
    },
    "Gallery": {
        **LABELLED,
        "interactive": Look(False),
        "value": Look(FOUR),
        "file_types": Look([".png"]),
        "columns": Look(1, {"value": FOUR}),
        "rows": Look(1, {"value": FOUR}),
        "height": Look(90, {"value": FOUR}),
        "allow_preview": Look(False, {"value": FOUR, "selected_index": 1}),
        "preview": Look(True, {"value": FOUR}),
        "selected_index": Look(2, {"value": FOUR}),
        "object_fit": Look("contain", {"value": FOUR}),
        "buttons": Look([], {"value": FOUR}),
        "fit_columns": Look(False, {"value": [PICTURE]}),
        "sources": Look(["webcam"]),
    },
    "AnnotatedImage": {
        **LABELLED,
        "value": Look(Marked()),
        "show_legend": Look(False, {"value": Marked()}),
        "height": Look(200, {"value": Marked()}),
        "width": Look(150, {"value": Marked()}),
        "color_map": Look({"dot": "#00ff00"}, {"value": Marked()}),
        "buttons": Look([], {"value": Marked()}),
    },
    "ImageSlider": {
        **LABELLED,
        "interactive": Look(False),
        "value": Look(PAIR),
        "height": Look(200, {"value": PAIR}),
        "width": Look(150, {"value": PAIR}),
        "buttons": Look([], {"value": PAIR}),
        "slider_position": Look(20, {"value": PAIR}),
        "max_height": Look(20, {"value": PAIR}),
    },
    "SimpleImage": {
        **LABELLED,
        "interactive": Look(False),
        "value": Look(PICTURE),
        "show_download_button": Look(False, {"value": PICTURE}),
    },
    "ImageEditor": EDITOR,
    "Sketchpad": EDITOR,
    "Paint": EDITOR,
    "ImageMask": {**EDITOR, "layers": Look(True)},
}

PROBES: dict[tuple[str, str], Callable[..., None]] = {}


def probe(names: str | list[str], *parameters: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a probe for parameters of some components."""

    def take(fn: Callable[..., None]) -> Callable[..., None]:
        for name in [names] if isinstance(names, str) else names:
            for parameter in parameters:
                PROBES[name, parameter] = fn
        return fn

    return take


@probe(["File", "Files", "UploadButton"], "type")
def _file_type(name: str, parameter: str) -> None:
    path = gr.File().example_value()
    given: list[Any] = [getattr(gr, name)(type=kind, file_count="single") for kind in ("filepath", "binary")]
    assert [one.preprocess({"path": path}) for one in given] == [path, Path(path).read_bytes()]


@probe(["UploadButton", "DownloadButton"], "value")
def _held(name: str, parameter: str) -> None:
    path = gr.File().example_value()
    assert getattr(gr, name)(value=path).first_value().path == path


@probe("FileExplorer", "glob", "root_dir", "ignore_glob")
def _listed(name: str, parameter: str, tmp_path: Path) -> None:
    for file in ("a.py", "b.txt"):
        (tmp_path / file).write_text("")
    given: dict[str, Any] = {"root_dir": tmp_path}
    if parameter != "root_dir":
        given[parameter] = "*.py"
    found = [entry["name"] for entry in gr.FileExplorer(**given).ls()]
    assert found == {"glob": ["a.py"], "root_dir": ["a.py", "b.txt"], "ignore_glob": ["b.txt"]}[parameter]


@probe("FileExplorer", "value", "interactive")
def _chosen(name: str, parameter: str) -> None:
    told = gr.FileExplorer(value="a/b.txt", interactive=False)
    assert (told.first_value(), told.wire_props(["interactive"])) == ([["a", "b.txt"]], {"interactive": False})


@probe(["Gallery", "AnnotatedImage", "ImageSlider", *[cls.__name__ for cls in EDITORS]], "format")
def _format(name: str, parameter: str) -> None:
    array = np.zeros((4, 4, 3), np.uint8)
    values: dict[str, Any] = {"Gallery": [array], "AnnotatedImage": (array, []), "ImageSlider": (array, None)}
    endings = []
    for given in ({}, {"format": "png"}):
        shown: Any = getattr(gr, name)(**given).postprocess(values.get(name, array))
        file = {"Gallery": lambda s: s[0]["image"], "ImageSlider": lambda s: s[0]}.get(
            name, lambda s: s.get("image") or s["background"]
        )(shown)
        endings.append(Path(file.path).suffix)
    assert endings == [".webp", ".png"]


@probe("Gallery", "type")
@probe(["ImageSlider", *[cls.__name__ for cls in EDITORS]], "type", "image_mode")
def _kind(name: str, parameter: str) -> None:
    path = str(gr.Image(format="png").postprocess(np.zeros((4, 4, 3), np.uint8)).path)  # type: ignore[union-attr]
    file = {"path": path, "orig_name": "a.png"}
    payload: Any = {"Gallery": [{"image": file}], "ImageSlider": [file, None]}.get(name, {"background": file})

    def of(**given: Any) -> Any:
        got = getattr(gr, name)(**given).preprocess(payload)
        return got[0][0] if name == "Gallery" else got[0] if name == "ImageSlider" else got["background"]

    assert isinstance(of(type="pil"), PIL.Image.Image)
    assert isinstance(of(type="filepath"), str)
    if name != "Gallery":
        assert of(type="numpy", image_mode="L").shape == (4, 4)


@probe([cls.__name__ for cls in EDITORS], "webcam_options")  # in a page: tests/browser/test_camera.py
def _webcam(name: str, parameter: str) -> None:
    told = getattr(gr, name)(webcam_options={"mirror": False}).wire_props(["webcam_options"])
    assert told == {"webcam_options": {"mirror": False, "constraints": None}}
