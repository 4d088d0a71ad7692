"""HTML of one's own, and the base of components of one's own."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from ..declare import KW_ONLY, param
from ..events import Listener, event
from ..exceptions import DeclarationError, NbblocksWarning, NotInThisHost, warn_once
from ..tree import Block, Container
from .base import Shown, button_names

__all__ = ["HTML"]

_ON_LOAD = "element.addEventListener('click', function() { trigger('click') });"


def _names(functions: Sequence[Callable[..., Any]] | None) -> list[str]:
    return [function.__name__ for function in functions or ()]


class HTML(Container, Shown):
    """HTML of one's own: a value, put into a template, with styles and a script.

    Any keyword besides those below is a property, which templates and the script read.
    Make a subclass for a component of your own: its defaults are its template and properties.
    Blocks made inside `with gr.HTML(…):` stand where the template says `@children`, else at its end.

    Parameters
    ----------
    value : object or callable, optional
        What `${value}` stands for in the template; text is HTML. Scripts in it do not run.
    label : str, optional
        Text above it.
    html_template : str
        `${…}` holds a JavaScript expression, `{{…}}` a Handlebars one; both see `value` and the properties.
    css_template : str
        Styles of this component alone, a template as well; rules outside of braces are those of its own element.
    js_on_load : str, optional
        Body of a function that runs once it is shown, with `element`, `props`, `trigger(event, data)`, `server`,
        `upload(file)` and `watch(names, callback)`, which calls back when a handler has changed one of these
        properties. Any event name in quotes here can be listened to.
    apply_default_css : bool
        Whether the app's own text styles hold in it.
    show_label : bool
        Whether its label is shown.
    min_height, max_height : int or str, optional
        In pixels, or any CSS length; what is higher scrolls.
    container : bool
        Whether it stands on a surface of its own.
    padding : bool
        Whether it keeps a distance from its edge.
    autoscroll : bool
        Whether it scrolls to its end when it changes.
    buttons : list of Button, optional
        Buttons in its corner.
    head : str, optional
        HTML for the page's head, such as `<script src=…>`; loaded before `js_on_load` runs.
    server_functions : list of callable, optional
        Functions that the script calls as `await server.name(…)`.
    props : dict
        All further keywords.

    Examples
    --------
    >>> HTML("world", html_template="<b>${greeting} ${value}</b>", greeting="Hello").props
    {'greeting': 'Hello'}
    """

    _rest: ClassVar[str] = "props"
    user_props: ClassVar[tuple[str, ...]] = ("value", "props")

    value: Any = param(default=None, wire=Any)
    _: KW_ONLY
    label: str | None = None
    html_template: str = "${value}"
    css_template: str = ""
    js_on_load: str | None = _ON_LOAD
    apply_default_css: bool = True
    show_label: bool = False
    min_width: int | None = None
    min_height: int | str | None = None
    max_height: int | str | None = None
    container: bool = False
    padding: bool = False
    autoscroll: bool = False
    buttons: Sequence[Any] | None = param(default=None, wire=list[str] | None, encode=button_names)
    head: str | None = None
    server_functions: Sequence[Callable[..., Any]] | None = param(default=None, wire=list[str], encode=_names)
    props: dict[str, Any] = param(default={}, wire=dict[str, Any])

    if TYPE_CHECKING:  # a keyword of any name is a property

        def __init__(self, value: Any = None, **props: Any) -> None: ...

    change = event("The value changed.")
    input = event("The script says that the user changed the value.")
    click = event("The user pressed it, unless the script does otherwise.")
    double_click = event("As the script triggers it.")
    submit = event("As the script triggers it.")
    stop = event("As the script triggers it.")
    edit = event("As the script triggers it.")
    clear = event("As the script triggers it.")
    play = event("As the script triggers it.")
    pause = event("As the script triggers it.")
    end = event("As the script triggers it.")
    start_recording = event("As the script triggers it.")
    pause_recording = event("As the script triggers it.")
    stop_recording = event("As the script triggers it.")
    focus = event("As the script triggers it.")
    blur = event("As the script triggers it.")
    upload = event("As the script triggers it.")
    release = event("As the script triggers it.")
    select = event("As the script triggers it.")
    stream = event("As the script triggers it.")
    like = event("As the script triggers it.")
    example_select = event("As the script triggers it.")
    option_select = event("As the script triggers it.")
    load = event("As the script triggers it.")
    key_up = event("As the script triggers it.")
    apply = event("As the script triggers it.")
    delete = event("As the script triggers it.")
    tick = event("As the script triggers it.")
    undo = event("As the script triggers it.")
    retry = event("As the script triggers it.")
    expand = event("As the script triggers it.")
    collapse = event("As the script triggers it.")
    download = event("As the script triggers it.")
    copy = event("As the script triggers it.")

    def __getattr__(self, name: str) -> Listener:
        if not name.startswith("_"):
            script = self.js_on_load or ""
            if f"'{name}'" in script or f'"{name}"' in script:
                return Listener(self, name)
        raise AttributeError(
            f"{type(self).__name__} has no {name!r}; an event of its own needs its name, in quotes, in js_on_load"
        )

    def check(self) -> None:
        """Refuse functions that the script could not call by name."""
        super().check()
        # an update names some properties: those that it does not name stay
        self.__dict__["props"] = self.__dict__["_props"] = {**self.__dict__.get("_props", {}), **self.props}
        if isinstance(self.value, str) and "<script" in self.value.lower():
            warnings.warn(
                f"{self!r}: a <script> in value does not run; its code goes into js_on_load=, a library into head=",
                NbblocksWarning,
                stacklevel=4,
            )
        for function in self.server_functions or ():
            if not callable(function) or not getattr(function, "__name__", "").isidentifier():
                raise DeclarationError(f"{self!r}: server_functions takes functions that have a name, got {function!r}")

    @property
    def served(self) -> dict[str, Callable[..., Any]]:
        """The functions that a page may call, by name."""
        return {function.__name__: function for function in self.server_functions or ()}

    untold: ClassVar[tuple[str, ...]] = ("server_functions",)

    def get_config(self, cls: type[Block] | None = None) -> dict[str, Any]:
        """Parameters as they stand in the app's configuration, with the name of its class."""
        return {**super().get_config(cls), "component_class_name": type(self).__name__}

    def push_to_hub(
        self,
        name: str | None = None,
        head: str | None = None,
        description: str = "",
        author: str = "",
        tags: list[str] | None = None,
        repo_url: str | None = None,
        token: str | None = None,
    ) -> str:
        """Not done here: it would send the component to a service of others.

        Returns
        -------
        str
            Never an address.
        """
        warn_once(
            "html.push_to_hub",
            f"{type(self).__name__}.push_to_hub() publishes nothing: share the class as a file or a package",
            NotInThisHost,
        )
        return ""

    def api_info(self) -> dict[str, Any]:
        """A string."""
        return {"type": "string"}

    def example_payload(self) -> Any:
        """A paragraph."""
        return "<p>Hello</p>"

    def example_value(self) -> Any:
        """A paragraph."""
        return "<p>Hello</p>"
