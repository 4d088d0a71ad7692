"""What a theme is: its variables, how they are set, read, written and turned into CSS."""

from __future__ import annotations

import inspect
import json
import re
import warnings
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any, ClassVar

from .._version import __version__
from ..exceptions import DeclarationError, warn_once
from .css import css_of
from .utils import colors, fonts, sizes
from .variables import DEFAULTS, VARIABLES

if TYPE_CHECKING:
    from typing_extensions import Self

__all__ = ["Base", "ThemeClass", "built_in", "theme_of"]

_REFERENCE = re.compile(r"\*(\w+)")
_MOST_REFERENCES = 100

#: The themes that come along, by name.
built_in: dict[str, type[Base]] = {}


class ThemeClass:
    """A set of named CSS values; in a value, `*name` stands for another one of the theme."""

    name: str = "base"
    custom_css: str = ""

    def __init__(self) -> None:
        self._stylesheets: list[str] = []  # nothing is ever fetched
        self._font_css: list[str] = []
        self._said: set[str] = set()  #: what was set, though it may be as it was

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Each variable is an attribute."""

    def to_dict(self) -> dict[str, Any]:
        """Every value, as it stands in a theme's file.

        Examples
        --------
        >>> from nbblocks.themes import Soft
        >>> Soft(primary_hue="red").to_dict()["theme"]["primary_600"]
        '#dc2626'
        """
        names = sorted({*dir(type(self)), *self.__dict__})
        kept = [n for n in names if not n.startswith("_") or n in ("_font", "_font_mono", "_font_css", "_stylesheets")]
        found = {n: getattr(self, n) for n in kept}
        return {"theme": {n: v for n, v in found.items() if isinstance(v, (str, list))}, "gradio_version": __version__}

    @classmethod
    def from_dict(cls, theme: dict[str, dict[str, Any]]) -> Self:
        """A theme of such values; what they lack is as in `Base`.

        Parameters
        ----------
        theme : dict
            What `to_dict` gave, here or in Gradio.
        """
        made = cls()
        for name, value in theme["theme"].items():
            if name not in ("_font_css", "_stylesheets"):
                setattr(made, name, value)
        for name, value in Base().__dict__.items():
            if not hasattr(made, name):
                setattr(made, name, value)
        return made

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """Read a theme's file.

        Parameters
        ----------
        path : str or Path
            A JSON file that `dump` wrote, here or in Gradio.
        """
        return cls.from_dict(json.loads(Path(path).read_text(encoding="utf-8"), object_hook=fonts.as_font))

    def dump(self, filename: str | Path) -> None:
        """Write a theme's file.

        Parameters
        ----------
        filename : str or Path
            The JSON file.
        """
        Path(filename).write_text(json.dumps(self.to_dict(), cls=fonts.FontEncoder), encoding="utf-8")

    @classmethod
    def from_hub(cls, repo_name: str, token: str | None = None) -> ThemeClass:
        """The built-in theme of that name: no theme is fetched from anywhere.

        Parameters
        ----------
        repo_name : str
            `"<author>/<theme>@<version>"`; the part between counts.
        token : str, optional
            Has no effect: nobody is asked.

        Raises
        ------
        DeclarationError
            There is no built-in theme of that name.
        """
        name = repo_name.partition("@")[0].rpartition("/")[2].lower()
        if name not in built_in:
            raise DeclarationError(
                f"themes: {repo_name!r} cannot be had, for nothing is fetched from the network; save its "
                "theme_schema.json and use themes.Base.load(path)"
            )
        warn_once(
            f"themes.{repo_name}", f"themes: {repo_name!r} is the built-in theme {name!r} here; nothing is fetched"
        )
        return built_in[name]()

    def push_to_hub(
        self,
        repo_name: str,
        org_name: str | None = None,
        version: str | None = None,
        token: str | None = None,
        theme_name: str | None = None,
        description: str | None = None,
        private: bool = False,
    ) -> None:
        """Refuse to upload: nothing is sent to anyone; `dump` writes the file to share.

        Raises
        ------
        DeclarationError
            Always.
        """
        raise DeclarationError(
            f"themes: {theme_name or repo_name!r} is not uploaded, for nothing is sent to anyone; "
            "dump('theme_schema.json') writes the file that a theme's repository holds"
        )

    def _get_theme_css(self) -> str:
        return css_of(self)

    def _get_computed_value(self, property: str) -> str:
        """A variable's value with all its references followed."""
        value = str(getattr(self, property))
        for _ in range(_MOST_REFERENCES):
            found = _REFERENCE.search(value)
            if found is None:
                return value
            stands_for = getattr(self, found[1], None)
            if stands_for is None:
                dark = found[1].endswith("_dark")
                stands_for = getattr(self, found[1].removesuffix("_dark"), "") if dark else ""
            value = value[: found.start()] + str(stands_for) + value[found.end() :]
        raise DeclarationError(f"themes: {property} refers to itself")

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name!r})"


def _preset(given: Any, presets: list[Any], prefix: str = "") -> Any:
    """A color or size by its name, or itself."""
    if not isinstance(given, str):
        return given
    for preset in presets:
        if preset.name in (f"{prefix}{given}", given):
            return preset
    names = ", ".join(sorted(p.name.removeprefix(prefix) for p in presets if p.name and p.name.startswith(prefix)))
    raise DeclarationError(f"themes: {given!r} is none of {names}")


def _listed(given: Any) -> list[Any]:
    return [given] if isinstance(given, (str, fonts.Font)) else list(given)


def _family(names: Iterable[Any]) -> str:
    return ", ".join(str(name) for name in names)


class Base(ThemeClass):
    """The theme that says least: other hues, sizes and fonts make others of it, and `set` any variable.

    Parameters
    ----------
    primary_hue : Color or str
        Of what stands out; a `Color` or the name of one of `themes.colors`.
    secondary_hue : Color or str
        Of what stands out less.
    neutral_hue : Color or str
        Of text, lines and surfaces.
    text_size, spacing_size, radius_size : Size or str
        Scales; a `Size` or the last part of the name of one of `themes.sizes`, such as "lg".
    font, font_mono : Font, str, or list of them
        Families for text and for code, the first one that the viewer has installed.

    Examples
    --------
    >>> from nbblocks.themes import Base
    >>> theme = Base(primary_hue="emerald").set(button_primary_border_color="*primary_800")
    >>> theme._get_computed_value("button_primary_border_color")
    '#065f46'
    """

    set: Callable[..., Any]

    #: What a subclass has for what its constructor is not given.
    _presets: ClassVar[dict[str, Any]] = {
        "primary_hue": colors.blue,
        "secondary_hue": colors.blue,
        "neutral_hue": colors.zinc,
        "text_size": sizes.text_md,
        "spacing_size": sizes.spacing_md,
        "radius_size": sizes.radius_md,
        "font": (fonts.LocalFont("IBM Plex Sans"), "ui-sans-serif", "system-ui", "sans-serif"),
        "font_mono": (fonts.LocalFont("IBM Plex Mono"), "ui-monospace", "Consolas", "monospace"),
    }
    #: What a subclass sets.
    _variables: ClassVar[dict[str, str]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls._presets = {**cls.__mro__[1]._presets, **cls.__dict__.get("_presets", {})}  # type: ignore[attr-defined]
        if getattr(cls.__init__, "__code__", None) is Base.__init__.__code__:  # it has no constructor of its own
            _give_signature(cls)
        if cls.__module__.startswith(__package__ or "nbblocks"):
            built_in[cls.name] = cls

    def __init__(
        self,
        *,
        primary_hue: colors.Color | str | None = None,
        secondary_hue: colors.Color | str | None = None,
        neutral_hue: colors.Color | str | None = None,
        text_size: sizes.Size | str | None = None,
        spacing_size: sizes.Size | str | None = None,
        radius_size: sizes.Size | str | None = None,
        font: fonts.Font | str | Iterable[fonts.Font | str] | None = None,
        font_mono: fonts.Font | str | Iterable[fonts.Font | str] | None = None,
    ) -> None:
        super().__init__()
        self.name = type(self).name
        preset = type(self)._presets
        for kind, hue in (("primary", primary_hue), ("secondary", secondary_hue), ("neutral", neutral_hue)):
            color = _preset(hue if hue is not None else preset[f"{kind}_hue"], colors.Color.all)
            for step, value in zip(colors.STEPS, color.expand(), strict=True):
                setattr(self, f"{kind}_{step}", value)
        for kind, size in (("text", text_size), ("spacing", spacing_size), ("radius", radius_size)):
            scale = _preset(size if size is not None else preset[f"{kind}_size"], sizes.Size.all, f"{kind}_")
            for name, value in zip(sizes.STEPS, scale.expand(), strict=True):
                setattr(self, f"{kind}_{name}", value)
        self._font = _listed(font if font is not None else preset["font"])
        self._font_mono = _listed(font_mono if font_mono is not None else preset["font_mono"])
        self.font, self.font_mono = _family(self._font), _family(self._font_mono)
        self.__dict__.update(DEFAULTS)
        for cls in reversed(type(self).__mro__):
            self.__dict__.update(cls.__dict__.get("_variables", {}))
            self._said |= cls.__dict__.get("_variables", {}).keys()


def _set(self: Base, **variables: str | None) -> Base:
    """Set variables.

    Parameters
    ----------
    **variables : str
        CSS by the variable's name, in which `*name` stands for another variable of the theme; the name with `_dark`
        at its end is the dark mode's. None leaves a variable as it is.

    Returns
    -------
    Base
        This theme.
    """
    for name, value in variables.items():
        if name not in DEFAULTS:
            near = get_close_matches(name, VARIABLES, 1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise TypeError(f"themes: there is no variable {name!r}{hint}")
        if value is not None:
            setattr(self, name, value)
            self._said.add(name)
    return self


def _give_signature(cls: type[Base]) -> None:
    """The same constructor, as a function whose signature has the class's own defaults."""
    init: Any = Base.__init__
    own: Any = FunctionType(init.__code__, init.__globals__, "__init__", init.__defaults__, init.__closure__)
    own.__kwdefaults__ = init.__kwdefaults__
    me = inspect.Parameter("self", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    kind = inspect.Parameter.KEYWORD_ONLY
    own.__signature__ = inspect.Signature(
        [me, *(inspect.Parameter(name, kind, default=value) for name, value in cls._presets.items())]
    )
    cls.__init__ = own  # type: ignore[method-assign]


def _set_signature() -> inspect.Signature:
    me = inspect.Parameter("self", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    kind = inspect.Parameter.KEYWORD_ONLY
    names = [inspect.Parameter(name, kind, default=None, annotation="str | None") for name in VARIABLES]
    return inspect.Signature([me, *names])


_set.__name__ = "set"
_set.__qualname__ = "Base.set"
_set.__signature__ = _set_signature()  # type: ignore[attr-defined]
Base.set = _set
built_in["base"] = Base
_give_signature(Base)


def theme_of(given: Any) -> ThemeClass | None:
    """The theme that was asked for: an instance, a built-in's name, a file, or a repository's name.

    Parameters
    ----------
    given : ThemeClass, str or None
        None: no theme, which follows the notebook's colors. A name that nothing is known of: a warning, and no theme.
    """
    if given is None or isinstance(given, ThemeClass):
        return given
    if isinstance(given, type) and issubclass(given, ThemeClass):
        return given()
    if not isinstance(given, str):
        raise DeclarationError(f"theme must be a theme, a name or None, got {given!r}")
    if given.lower() in built_in:
        return built_in[given.lower()]()
    if given.endswith(".json") and Path(given).exists():
        return Base.load(given)
    try:
        return ThemeClass.from_hub(given)
    except Exception as error:  # a matter of look: no app fails for it
        warnings.warn(f"Cannot load {given}: {error}; the default look is used", UserWarning, stacklevel=3)
        return None
