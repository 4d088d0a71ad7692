"""A figure of a plotting library."""

from __future__ import annotations

import base64
import importlib
import importlib.util
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar, TypedDict

from ..declare import KW_ONLY, param
from ..events import event
from ..exceptions import Error, WireError
from ..wire.files import FileData, keep_file
from ..wire.payloads import Record
from .base import Labelled, button_names

__all__ = ["Plot", "PlotData", "PlotJSON"]

#: Scripts that a library's own Python package brings, from the package's folder.
SCRIPTS = {
    "plotly": ("plotly", ["package_data/plotly.min.js"]),
    "bokeh": (
        "bokeh",
        [
            f"server/static/js/{name}.min.js"
            for name in ("bokeh", "bokeh-gl", "bokeh-widgets", "bokeh-tables", "bokeh-mathjax")
        ],
    ),
}
_MIME_KINDS = (
    ("application/vnd.plotly.v1+json", "plotly"),
    ("application/vnd.vegalite.v6+json", "altair"),
    ("application/vnd.vegalite.v5+json", "altair"),
    ("application/vnd.vega.v6+json", "altair"),
    ("application/vnd.vega.v5+json", "altair"),
    ("text/html", "html"),
    ("image/svg+xml", "svg"),
    ("image/png", "png"),
    ("image/jpeg", "jpeg"),
)


class PlotJSON(TypedDict):
    """A figure: `type` is its library, or "html"; `plot` JSON, HTML, or a data URL of a picture."""

    type: str
    plot: str


class PlotData(Record):
    """A figure as it crosses; its parts are attributes too.

    Examples
    --------
    >>> PlotData(type="html", plot="<b>x</b>").type
    'html'
    """


class Plot(Labelled):
    """A figure of Matplotlib, seaborn, Plotly, Altair, Bokeh, or of any library that notebooks can show.

    None of these libraries is needed to use the others. What only brings HTML is shown in a frame of its own, which
    cannot reach the page.

    Parameters
    ----------
    value : figure or callable, optional
        The first figure. A function is called once per page load.
    format : str
        As what a figure of Matplotlib goes to the page: "webp", "png", "jpg", "svg".
    buttons : list of Button, optional
        Buttons in its corner.

    Examples
    --------
    >>> class Shape:
    ...     def _repr_html_(self):
    ...         return "<b>a shape</b>"
    >>> Plot().postprocess(Shape())
    {'type': 'html', 'plot': '<b>a shape</b>'}
    """

    chunks: ClassVar[tuple[str, ...]] = ("views-plots",)
    is_heavy: ClassVar[bool] = True
    user_props: ClassVar[tuple[str, ...]] = ()

    value: Any = param(default=None, wire=PlotJSON | None)
    _: KW_ONLY
    format: str = param(default="webp", wire=None)
    buttons: Sequence[Any] | None = param(default=None, wire=list[str] | None, encode=button_names)

    change = event("Another figure is shown.")

    @property
    def server_functions(self) -> list[Callable[..., Any]]:
        """What the page may ask of it."""
        return [library]

    def preprocess(self, payload: Any) -> PlotData | None:
        """Give the figure as the page has it: with `type` and `plot`.

        Raises
        ------
        WireError
            The page sent something else.
        """
        if payload is None:
            return None
        if not isinstance(payload, dict) or not {"type", "plot"} <= payload.keys():
            raise WireError(f"{self!r}: a figure has a type and a plot")
        return PlotData(payload)

    def postprocess(self, value: Any) -> PlotData | None:
        """Show a figure; None shows nothing.

        Raises
        ------
        ValueError
            It is nothing that can be shown as a figure.
        """
        if value is None:
            return None
        if isinstance(value, dict) and {"type", "plot"} <= value.keys():
            return PlotData(value)
        picture = _of_matplotlib(value)
        if picture is not None:
            return PlotData(type="matplotlib", plot=_saved(picture, self.format))
        library_name = type(value).__module__.partition(".")[0]
        if library_name == "bokeh":
            from bokeh.embed import json_item

            return PlotData(type="bokeh", plot=json.dumps(json_item(value)))
        if library_name == "altair" or (library_name == "plotly" and hasattr(value, "to_json")):
            return PlotData(type=library_name, plot=value.to_json())
        shown = _of_mime_bundle(value)
        if shown is None:
            raise ValueError(
                f"{self!r} shows figures, or objects that a notebook shows as HTML or a picture, "
                f"got {type(value).__name__}"
            )
        return shown

    def api_info(self) -> dict[str, Any]:
        """A library and a figure of it."""
        kinds = ["altair", "bokeh", "plotly", "matplotlib"]
        properties = {"type": {"enum": kinds, "type": "string"}, "plot": {"type": "string"}}
        return {"properties": properties, "required": ["type", "plot"], "type": "object"}


def _of_matplotlib(value: Any) -> Any:
    """What can be saved as a picture: a figure, that of some axes or of a seaborn grid, `pyplot` itself; else None."""
    if isinstance(value, ModuleType):
        return value if value.__name__ == "matplotlib.pyplot" else None
    family = type(value).__module__.partition(".")[0]
    if family not in ("matplotlib", "seaborn") and not _is_figure(value):
        return None
    if hasattr(value, "savefig"):
        return getattr(value, "figure", value) if family == "seaborn" else value
    if family == "seaborn" and hasattr(value, "plot") and hasattr(value, "save"):  # seaborn.objects.Plot
        return value.plot()._figure
    figure = getattr(value, "figure", None) or getattr(value, "get_figure", lambda: None)()
    if figure is None and hasattr(value, "__iter__"):  # what `ax.bar` gives: a container of artists
        figure = next((getattr(one, "figure", None) for one in value), None)
    return figure


def _is_figure(value: Any) -> bool:
    """Whether its class, in another package, is one of Matplotlib's figures."""
    return any(base.__module__ == "matplotlib.figure" for base in type(value).__mro__)


def _saved(figure: Any, file_format: str) -> str:
    """A picture of a figure as a data URL; one that pyplot holds is closed, or each call would leave one behind."""
    buffer = io.BytesIO()
    file_format = file_format or "png"
    figure.savefig(buffer, format=file_format)
    pyplot = None if isinstance(figure, ModuleType) else importlib.import_module("matplotlib.pyplot")
    if pyplot is not None and _is_figure(figure):
        pyplot.close(figure)
    mime = {"svg": "svg+xml", "jpg": "jpeg"}.get(file_format, file_format)
    return f"data:image/{mime};base64,{base64.b64encode(buffer.getvalue()).decode()}"


def _of_mime_bundle(value: Any) -> PlotData | None:
    """The best of what a notebook would show; None: nothing but text."""
    if isinstance(value, type):
        return None
    bundle: dict[str, Any] = {}
    if callable(make := getattr(value, "_repr_mimebundle_", None)):
        made = make()
        bundle = dict((made[0] if isinstance(made, tuple) else made) or {})
    named = {"_repr_html_": "text/html", "_repr_svg_": "image/svg+xml", "_repr_png_": "image/png"}
    for method, mime in {**named, "_repr_jpeg_": "image/jpeg"}.items():
        if mime not in bundle and callable(make := getattr(value, method, None)) and (made := make()) is not None:
            bundle[mime] = made[0] if isinstance(made, tuple) else made
    for mime, kind in _MIME_KINDS:
        if mime not in bundle:
            continue
        found = bundle[mime]
        if kind in ("plotly", "altair"):
            return PlotData(type=kind, plot=found if isinstance(found, str) else json.dumps(found))
        if kind == "html":
            return PlotData(type="html", plot=str(found))
        content = found.encode() if isinstance(found, str) and kind == "svg" else found
        text = content if isinstance(content, str) else base64.b64encode(content).decode()
        return PlotData(type="matplotlib", plot=f"data:{mime};base64,{text.strip()}")
    return None


def library(name: str) -> list[FileData]:
    """The scripts that draw a library's figures, from its own Python package.

    Raises
    ------
    Error
        The package is not installed here, or brings none.
    """
    if name not in SCRIPTS:
        raise Error(f"There is no library {name!r} for figures.")
    package, paths = SCRIPTS[name]
    spec = importlib.util.find_spec(package)
    folder = Path(spec.origin).parent if spec is not None and spec.origin else None
    found = [folder / p for p in paths if (folder / p).is_file()] if folder else []
    if not found:
        raise Error(f"The Python package {package} is not installed where the app runs: its figures cannot be drawn.")
    # kept as the app's own: an environment's folder is none that handlers may give files from
    return [FileData(path=keep_file(p), orig_name=p.name, mime_type="text/javascript") for p in found]
