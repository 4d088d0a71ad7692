"""`Blocks`: the context in which an app is declared, and the app itself."""

from __future__ import annotations

import itertools
import re
import threading
import unicodedata
import warnings
import weakref
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol
from urllib.parse import urlsplit

from ..declare import param
from ..events import Dependency, Listener, event
from ..events.listener import check_executor
from ..exceptions import BlocksError, DeclarationError, DuplicateBlockError, warn_once
from ..i18n import translations_of
from ..layouts import Column
from ..themes import ThemeClass, theme_of
from ..themes.css import css_of
from ..tree import Block, Container, Place, Root, place
from ..wire.files import static_paths
from .config import config_of
from .from_config import fill
from .loading import attach_load_events
from .options import LaunchOptions, QueueOptions, env, parse_size
from .render import Rendering
from .template import Route, Template, make_template

if TYPE_CHECKING:
    from typing_extensions import Self

__all__ = ["Blocks", "Launcher", "Route", "close_all"]

_LAUNCH_WORDS = ("theme", "css", "css_paths", "js", "head", "head_paths")


class Running(Protocol):
    """An app that a host shows."""

    local_url: str | None
    share_url: str | None
    app: Any

    def close(self) -> None:
        """Stop showing it and free what it holds."""

    def wait(self) -> None:
        """Block until it is closed or interrupted."""


class Launcher(Protocol):
    """What shows an app: the hosts, which this layer does not know."""

    def __call__(self, blocks: Blocks, options: LaunchOptions) -> Running:
        """Show it."""


#: What may be read of an app that `launch` was told, with what it is before.
_TOLD_AT_LAUNCH: dict[str, Any] = {
    "allowed_paths": [],
    "auth": None,
    "auth_message": None,
    "blocked_paths": [],
    "css": None,
    "favicon_path": None,
    "footer_links": [],
    "head": None,
    "inbrowser": False,
    "js": None,
    "max_file_size": None,
    "max_threads": 40,
    "mcp_server": None,
    "pwa": None,
    "root_path": "",
    "share": False,
    "show_error": True,
    "ssr_mode": False,
    "state_session_capacity": 10000,
}

#: What `footer_links` is where nobody gave any.
FOOTER_LINKS = ("api", "gradio", "settings")

#: Addresses that a page cannot have: they are the app's own.
_TAKEN_PATHS = frozenset(
    {
        "gradio_api",
        "ws",
        "static",
        "file",
        "login",
        "logout",
        "config",
        "info",
        "queue",
        "api",
        "theme.css",
        "favicon.ico",
    }
)


def _route_path(name: str, path: str | None) -> str:
    """The path that was given, or one made from the name."""
    if path is None:
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        return re.sub(r"[\s_-]+", "-", re.sub(r"[^a-z0-9\s_-]", "", plain)).strip("-")
    found = path.strip("/")
    if not re.fullmatch(r"[\w.~!$&'()*+,;=:@\[\]-]+", found, re.ASCII):
        raise DeclarationError(f"Blocks.route: path {path!r} can hold letters, digits and -._~!$&'()*+,;=:@[] only")
    return found


class _load(event):
    """The page's own event; like every event, it is listened to inside of `with`."""

    is_event = False  #: of the page, not of the block

    def __get__(self, obj: Any, owner: type) -> Any:
        return self if obj is None else Listener(None, "load")


_open: weakref.WeakSet[Blocks] = weakref.WeakSet()


class Blocks(Container, Root):
    """An app: components, layouts and listeners made inside `with` belong to it.

    Parameters
    ----------
    analytics_enabled : bool, optional
        Whether the local usage counters of the monitoring page run; nothing is ever sent to anyone. None: what
        `NBBLOCKS_ANALYTICS_ENABLED` or `GRADIO_ANALYTICS_ENABLED` says.
    mode : str
        A name for the kind of app.
    title : str
        Title of the page.
    fill_height : bool
        Whether children with a `scale` of 1 or more grow to the height of the page.
    fill_width : bool
        Whether it is as wide as the page, instead of a column in its middle.
    delete_cache : tuple of int, optional
        `(frequency, age)`, in seconds: files that it made and that are older than `age` are removed
        every `frequency` seconds, and all of them at its end. None: no file is removed.

    Examples
    --------
    >>> import nbblocks as gr
    >>> with gr.Blocks() as demo:
    ...     name, greeting = gr.Textbox(label="Name"), gr.Textbox(label="Greeting")
    ...     dep = gr.Button("Greet").click(lambda n: f"Hello {n}!", name, greeting)
    >>> len(demo.fns)
    1
    """

    _launcher: ClassVar[Launcher | None] = None
    _application: ClassVar[Callable[[Blocks], Any] | None] = None
    _as_page: ClassVar[Callable[..., str] | None] = None
    _frozen: ClassVar[Callable[..., str] | None] = None
    _caller: ClassVar[Callable[[Dependency, Sequence[Any]], Any] | None] = None
    _tester: ClassVar[Callable[..., Any] | None] = None
    _stages: ClassVar[Any] = None  #: what runs a call in its stages
    _describer: ClassVar[Callable[..., dict[str, Any]] | None] = None
    _one_process: ClassVar[str | None] = None  #: why several cannot serve it

    analytics_enabled: bool | None = param(default=None, wire=None)
    mode: str = param(default="blocks", wire=None)
    title: str = param(default="nbblocks", wire=None)
    fill_height: bool = param(default=False, wire=None)
    fill_width: bool = param(default=False, wire=None)
    delete_cache: tuple[int, int] | None = param(default=None, wire=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.blocks: dict[int, Block] = {}
        self.listeners: dict[int, Dependency] = {}
        self.listener_ids: dict[Dependency, int] = {}
        self.spared_names: list[str] = []
        self.unloaders: list[Callable[..., Any]] = []
        self.error_handlers: list[Callable[..., Any]] = []
        self.startups: list[Callable[[], None]] = []  #: run once, before it is first launched
        self.routes: dict[str, Route] = {"": Route("", "Home", True, self)}
        self._page = ""  #: the page whose blocks are declared now
        self._next_page: str | None = None
        self.queue_options = QueueOptions(default_concurrency_limit=_env_limit())
        self.running: Running | None = None
        self.has_launched = False  #: whether it was ever launched or mounted
        self.outer: Any = None  #: a FastAPI application that answers before it, of gr.Server
        self.theme: ThemeClass | None = None
        self._launch_words = {k: kwargs.pop(k) for k in _LAUNCH_WORDS if k in kwargs}
        if self._launch_words:
            warnings.warn(
                f"Blocks({', '.join(self._launch_words)}) belong to launch() now", DeprecationWarning, stacklevel=2
            )
        outer, token = place.get(), place.set(None)
        try:
            super().__init__(*args, **kwargs)
        finally:
            place.reset(token)
        self._outer = outer
        self.delete_cache_options = self.delete_cache
        if self.delete_cache is not None:
            numbers = [
                n for n in self.delete_cache if isinstance(n, (int, float)) and not isinstance(n, bool) and n > 0
            ]
            if len(numbers) != 2 or len(self.delete_cache) != 2:
                raise DeclarationError(
                    f"Blocks: delete_cache must be (frequency, age), two numbers of seconds, got {self.delete_cache!r}"
                )

    @property
    def counts_use(self) -> bool:
        """Whether the local counters of the monitoring page run."""
        if self.analytics_enabled is not None:
            return bool(self.analytics_enabled)
        return str(env("ANALYTICS_ENABLED") or "true").lower() not in ("false", "0", "no")

    # --- declaring

    def __enter__(self) -> Self:
        here = place.get()
        if here is not None and here.root is not self and self._id not in here.root.blocks:
            self._render()
        page, self._next_page = self._next_page, None
        self._page = page or ""
        inside = self.routes[page].container if page else self
        self._entered.append(place.set(Place(here.root if here else self, inside)))
        return self

    def __exit__(self, exc_type: Any = None, *exc: Any) -> None:
        """Declaring ends, for now."""
        inside = self.routes[self._page].container
        if inside is not self:
            here = place.get()
            if here is not None:
                inside._wrap_strays(here)
        super().__exit__(exc_type, *exc)
        self._page = ""
        if place.get() is None and exc_type is None:
            attach_load_events(self, self)

    def _rendered(self, here: Place) -> None:
        """Take this app, made before, into another one."""
        root = here.root
        if not isinstance(root, (Blocks, Rendering)):
            return
        twice = {i for i in root.blocks.keys() & self.blocks.keys() if not self.blocks[i].is_repeatable}
        if twice:
            names = ", ".join(repr(self.blocks[i]) for i in sorted(twice))
            raise DuplicateBlockError(f"{names}: already rendered in this Blocks")
        root.blocks.update(self.blocks)
        for dependency in self.listeners.values():
            root.add_listener(dependency)
        if isinstance(root, Blocks):
            for name in self.spared_names:
                root.spare_name(name)
        root.unloaders += self.unloaders
        root.error_handlers += self.error_handlers
        root.startups += self.startups

    @property
    def render(self) -> Callable[[], Self]:
        """Put this app into the one being declared; one made inside of it moves here, the first time."""
        return self._put_here

    def _put_here(self) -> Self:
        here, before = place.get(), self.parent
        is_put = self.__dict__.get("_is_put", False)
        self.__dict__["_is_put"] = True
        if here is None or before is None or is_put or not here.root.holds(self):
            return self._render()
        before.children.remove(self)
        (here.parent or before).add(self)
        return self

    def unrender(self) -> Self:
        """Take this app out of the one it was put into."""
        here = place.get()
        super().unrender()
        if here is not None and isinstance(here.root, Blocks):  # in a render function nothing outlives the run
            for i in self.blocks:
                here.root.blocks.pop(i, None)
            for dependency in self.listeners.values():
                at = here.root.listener_ids.pop(dependency, None)
                if at is not None:
                    del here.root.listeners[at]
        return self

    def route(self, name: str, path: str | None = None, show_in_navbar: bool = True) -> Self:
        """Declare a further page: `with demo.route("Results"):`.

        Its blocks and listeners, its `load` among them, are of that page alone.

        Parameters
        ----------
        name : str
            What its link is called.
        path : str, optional
            Where it is, below the app's own address; None: made from the name.
        show_in_navbar : bool
            Whether it has a link.

        Returns
        -------
        Blocks
            This app, to be used as a context manager.

        Examples
        --------
        >>> import nbblocks as gr
        >>> with gr.Blocks() as demo:
        ...     name = gr.Textbox()
        >>> with demo.route("My results"):
        ...     out = gr.Textbox()
        >>> demo.pages
        [('', 'Home', True), ('my-results', 'My results', True)]
        """
        if place.get() is not None:
            raise DeclarationError(
                "Blocks.route: leave the `with` of the app first; a page does not stand inside another"
            )
        found = _route_path(name, path)
        while path is not None and found in self.routes:
            found = f"_{found}"
        if found in self.routes or found in _TAKEN_PATHS:
            raise DeclarationError(f"Blocks.route: there is a page at {found!r} already")
        inside = Column(render=False)
        self.routes[found] = Route(found, name, show_in_navbar, inside)
        self._next_page = found
        return self

    def page_of(self, block: Block) -> str:
        """Path of the page on which a block stands."""
        top = block
        while top.parent is not None:
            top = top.parent
        return next((r.path for r in self.routes.values() if r.container is top), "")

    @property
    def pages(self) -> list[tuple[str, str, bool]]:
        """Path, name and whether it has a link, of each page."""
        return [(r.path, r.name, r.show_in_navbar) for r in self.routes.values()]

    def add_listener(self, dependency: Dependency) -> None:
        """Register a listener and give it its id and its endpoint's name."""
        dependency.page = self._page
        number = max(self.listeners, default=-1) + 1
        if dependency.id < 0:
            dependency.id = number
        self.name_endpoint(dependency)
        self.listeners[number] = dependency
        self.listener_ids[dependency] = number

    def name_endpoint(self, dependency: Dependency) -> None:
        """Give a listener the name that clients call it by."""
        dependency.api_name = self._endpoint_name(dependency)

    def _endpoint_name(self, dependency: Dependency) -> str | None:
        if dependency.fn is None:
            return None
        wanted: Any = dependency.api_name
        if wanted is False:  # how Gradio 5 said "private"; the function's name is left to those that clients call
            dependency.api_visibility = "private"
            wanted = "false"
        elif not str(wanted or "").strip():
            called = getattr(dependency.fn, "__name__", None) or type(dependency.fn).__name__
            wanted = re.sub(r"[^\w-]", "", called)
        return self._unused_name(str(wanted), dependency)

    def spare_name(self, name: str) -> None:
        """Leave a name of an endpoint, or the next one like it, unused; see the function of that name."""
        self.spared_names.append(self._unused_name(name))

    def _unused_name(self, wanted: str, named: Dependency | None = None) -> str:
        taken = {*self.spared_names, *(d.api_name for d in self.listeners.values() if d is not named)}
        numbered = (f"{wanted}_{n}" for n in itertools.count(1))
        return wanted if wanted not in taken else next(name for name in numbered if name not in taken)

    load = _load("A page was first displayed.")

    def unload(self, fn: Callable[..., Any]) -> Callable[..., Any]:
        """Run a function when a user leaves: closes or reloads the page, or the output is cleared.

        Parameters
        ----------
        fn : callable
            Takes nothing, or a `Request`.

        Returns
        -------
        callable
            `fn`, so that this can be a decorator.
        """
        if not callable(fn):
            raise DeclarationError(f"Blocks.unload: fn must be a function, got {fn!r}")
        here = place.get()
        root = here.root if here is not None and isinstance(here.root, (Blocks, Rendering)) else self
        root.unloaders.append(fn)
        return fn

    # --- what it is

    @property
    def static_paths(self) -> list[str]:
        """Files and folders that are served from where they lie."""
        return [str(p) for p in static_paths()]

    @property
    def fns(self) -> dict[int, Dependency]:
        """The listeners, by id."""
        return self.listeners

    @property
    def dependencies(self) -> list[dict[str, Any]]:
        """The listeners, as they stand in the configuration."""
        return list(self.get_config_file()["dependencies"])

    @property
    def config(self) -> dict[str, Any]:
        """The configuration, as Gradio's clients read it."""
        return self.get_config_file()

    def get_config(self, cls: type[Block] | None = None) -> dict[str, Any]:
        """The layout, the components and the listeners."""
        return self.get_config_file()

    @classmethod
    def from_config(cls, config: dict[str, Any], fns: list[Callable[..., Any]], proxy_url: str | None) -> Blocks:
        """Make an app from a configuration.

        Parameters
        ----------
        config : dict
            As `get_config_file` gives it.
        fns : list of callable
            A function for each listener that runs in Python, in their order.
        proxy_url : str or None
            Address of the server whose app it is; files in the configuration lie there. None: there is none.

        Examples
        --------
        >>> import nbblocks as gr
        >>> with gr.Blocks() as demo:
        ...     name, out = gr.Textbox(label="Name"), gr.Textbox()
        ...     name.submit(str.upper, name, out)
        <Dependency 0: Textbox('Name').submit(upper)>
        >>> again = gr.Blocks.from_config(demo.get_config_file(), [str.upper], None)
        >>> again
        Blocks('nbblocks': 2 blocks, 1 listeners)
        """
        if proxy_url is not None:
            warn_once(
                "from_config.proxy_url", "Blocks.from_config(proxy_url=…) has no effect: files stay where they are"
            )
        return fill(Blocks(mode=config.get("mode", "blocks"), title=config.get("title") or "nbblocks"), config, fns)

    def integrate(self, comet_ml: Any = None, wandb: Any = None, mlflow: Any = None) -> None:
        """Write where the running app is into the log of an experiment.

        Parameters
        ----------
        comet_ml : comet_ml.Experiment, optional
            An experiment of Comet.
        wandb : module, optional
            The package of Weights & Biases, with a run that goes on.
        mlflow : module, optional
            The package of MLflow, with a run that goes on.
        """
        url = self.share_url or self.local_url
        if url is None:
            raise DeclarationError("Blocks.integrate: the app has no address; launch(inline=False) it first")
        if comet_ml is not None:
            comet_ml.log_other("Created from", "nbblocks")
            comet_ml.log_text(f"nbblocks: {url}")
            comet_ml.end()
        if wandb is not None:
            frame = f'<iframe src="{url}" width="100%" height="750" style="border: 0"></iframe>'
            wandb.log({"nbblocks_panel": wandb.Html(frame)})
        if mlflow is not None:
            mlflow.log_param("nbblocks link", url)

    def get_config_file(self) -> dict[str, Any]:
        """The configuration, as Gradio's clients read it."""
        return config_of(self)

    def get_api_info(self, all_endpoints: bool = False, page: str | None = None) -> dict[str, Any]:
        """Describe the endpoints, as Gradio's clients read them.

        Parameters
        ----------
        all_endpoints : bool
            Also those that are not documented.
        page : str, optional
            Of this page of the app only.
        """
        if Blocks._describer is None:
            raise BlocksError("Blocks.get_api_info: import nbblocks, not a part of it")
        return Blocks._describer(self, all_endpoints, page)

    def start(self) -> None:
        """Do what is to be done before anyone sees it, such as computing examples; once."""
        while self.startups:
            self.startups.pop(0)()

    def run_startup_events(self) -> None:
        """Do what is to be done before anyone sees it; once."""
        self.start()

    def get_component(self, id: int) -> Block:
        """The component or layout with an id.

        Raises
        ------
        KeyError
            There is none.
        """
        return self.blocks[id]

    def __call__(self, *inputs: Any, fn_index: int = 0, api_name: str | None = None) -> Any:
        """Call a listener's function as a client does, without a page.

        Parameters
        ----------
        *inputs
            A value for each of its inputs; of a file, its path.
        fn_index : int
            Place of the listener.
        api_name : str, optional
            Name of its endpoint, which goes before its place.

        Returns
        -------
        object
            What its output shows, or a list of that when it has several.

        Raises
        ------
        ValueError
            There is no such listener, or it cannot be called: it is a generator, or has a State.
        """
        if Blocks._caller is None:  # it registers itself with the package
            raise RuntimeError("calling an app needs its sessions: import nbblocks, not nbblocks.blocks")
        if api_name is not None:
            wanted = api_name.lstrip("/")
            found = next((d for d in self.listeners.values() if d.api_name == wanted), None)
        else:
            found = self.listeners.get(fn_index)
        if found is None:
            names = ", ".join(repr(d.api_name) for d in self.listeners.values() if d.api_name) or "none"
            raise DeclarationError(f"{self!r} has no listener {api_name or fn_index!r}; it has {names}")
        return Blocks._caller(found, inputs)

    async def preprocess_data(
        self, block_fn: Dependency, inputs: list[Any], state: Any = None, explicit_call: bool = False
    ) -> list[Any]:
        """What a listener's function gets of payloads; see `nbblocks.session.stages.preprocess_data`."""
        return await self._in_stages().preprocess_data(self, block_fn, inputs, state, explicit_call)  # type: ignore[no-any-return]

    async def call_function(self, block_fn: Dependency | int, processed_input: list[Any], **given: Any) -> Any:
        """Call a listener's function; see `nbblocks.session.stages.call_function`."""
        return await self._in_stages().call_function(self, block_fn, processed_input, **given)

    async def postprocess_data(self, block_fn: Dependency, predictions: Any, state: Any = None) -> list[Any]:
        """What the outputs show of what it returned; see `nbblocks.session.stages.postprocess_data`."""
        return await self._in_stages().postprocess_data(self, block_fn, predictions, state)  # type: ignore[no-any-return]

    async def process_api(
        self, block_fn: Dependency | int, inputs: list[Any], state: Any = None, request: Any = None, **given: Any
    ) -> dict[str, Any]:
        """Run a listener with payloads, as a client does; see `nbblocks.session.stages.process_api`.

        Parameters
        ----------
        block_fn : Dependency or int
            The listener, or its place among `fns`.
        inputs : list
            Payloads, as a page sends them.
        state : SessionState, optional
            What the viewer's calls left; None: nothing.
        request : Request, optional
            Who asks.
        **given
            `iterator`, `event_id`, `event_data`, `explicit_call`, `root_path` and others.

        Returns
        -------
        dict
            `data`, `is_generating`, `iterator`, `duration`, `average_duration`, `changed_state_ids`.
        """
        return await self._in_stages().process_api(self, block_fn, inputs, state, request, **given)  # type: ignore[no-any-return]

    @staticmethod
    def _in_stages() -> Any:
        if Blocks._stages is None:  # they register themselves with the package
            raise RuntimeError("calling an app needs its sessions: import nbblocks, not nbblocks.blocks")
        return Blocks._stages

    @property
    def default_config(self) -> DeclaredConfig:
        """What it was declared with: its blocks and listeners, which a session may change for itself."""
        return DeclaredConfig(self)

    @property
    def local_api_url(self) -> str | None:
        """Where its API is, while it runs standalone."""
        return f"{self.local_url.rstrip('/')}/gradio_api/" if self.local_url else None

    def __getattr__(self, name: str) -> Any:
        """What `launch` was told, by the name of its parameter."""
        if name in _TOLD_AT_LAUNCH:
            options = self.__dict__.get("_launched")
            if options is None:
                return _TOLD_AT_LAUNCH[name]
            told = getattr(options, name)
            return list(FOOTER_LINKS) if name == "footer_links" and told is None else told
        raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")

    def on_error(self, fn: Callable[..., Any]) -> Callable[..., Any]:
        """Run a function whenever a handler fails, besides what the page and the log are told.

        Parameters
        ----------
        fn : callable
            Takes the error and the Dependency whose handler it is.

        Returns
        -------
        callable
            `fn`, so that this can be a decorator.
        """
        if not callable(fn):
            raise DeclarationError(f"Blocks.on_error: fn must be a function, got {fn!r}")
        self.error_handlers.append(fn)
        return fn

    def test(self, **options: Any) -> Any:
        """Try the app in a test: `with demo.test() as app: app[box].set("x")`; see `nbblocks.testing`.

        Parameters
        ----------
        **options
            `request`, `timeout_s`, and what `launch` takes.

        Returns
        -------
        nbblocks.testing.AppTest
            The app and its first viewer; a context manager.
        """
        if Blocks._tester is None:  # it registers itself with the package
            raise RuntimeError("testing an app needs its sessions: import nbblocks, not nbblocks.blocks")
        return Blocks._tester(self, **options)

    def settings(self, options: LaunchOptions) -> dict[str, Any]:
        """What a page is told besides blocks and listeners."""
        return {
            "title": str(self.title or "nbblocks"),
            "mode": self.mode,
            "fill_height": self.fill_height,
            "fill_width": self.fill_width,
            "css": options.css,
            "js": options.js,
            "head": options.head,
            "i18n": translations_of(options.i18n),
            "theme": css_of(options.theme) if options.theme else None,
            "height": options.height,
            "width": options.width,
            "footer_links": options.footer_links,
        }

    def template(self, options: LaunchOptions) -> Template:
        """What it looks like to a new viewer."""
        return make_template(self.routes, self.blocks, self.listeners, self.listener_ids, self.settings(options))

    def __repr__(self) -> str:
        return f"Blocks({self.title!r}: {len(self.blocks)} blocks, {len(self.listeners)} listeners)"

    # --- running it

    def queue(
        self,
        status_update_rate: float | Literal["auto"] = "auto",
        api_open: bool | None = None,
        max_size: int | None = None,
        *,
        default_concurrency_limit: int | Literal["not_set"] | None = "not_set",
        executor: Any = None,
    ) -> Self:
        """Say how events wait.

        Parameters
        ----------
        status_update_rate : float or "auto"
            Seconds between news of a job's place in the queue; "auto": whenever a job ends.
        api_open : bool, optional
            Whether API calls may skip the queue.
        max_size : int, optional
            Most events that wait; one more is refused at once.
        default_concurrency_limit : int, None or "not_set"
            Limit of listeners that give none. None: no limit; not set: what
            `GRADIO_DEFAULT_CONCURRENCY_LIMIT` says, else 1.
        executor : concurrent.futures.Executor or "main", optional
            Runs the handlers, instead of threads of this process: a ProcessPoolExecutor, `client.get_executor()` of
            Dask, `client.executor()` of ipyparallel. "main": the main thread, one at a time, between cells.

        Returns
        -------
        Blocks
            This app.

        Examples
        --------
        >>> import nbblocks as gr
        >>> gr.Blocks().queue(max_size=10).queue_options.max_size
        10
        """
        if max_size is not None and (isinstance(max_size, bool) or not isinstance(max_size, int) or max_size < 0):
            raise DeclarationError(f"queue: max_size must be a whole number or None, got {max_size!r}")
        check_executor("queue", executor)
        self.queue_options = QueueOptions(
            status_update_rate,
            api_open,
            max_size,
            _env_limit() if default_concurrency_limit == "not_set" else default_concurrency_limit,
            executor,
        )
        return self

    def launch(
        self,
        inline: bool | None = None,
        inbrowser: bool = False,
        share: bool | None = None,
        debug: bool = False,
        max_threads: int = 40,
        auth: Callable[[str, str], Any] | tuple[str, str] | list[tuple[str, str]] | None = None,
        auth_message: str | None = None,
        prevent_thread_lock: bool = False,
        show_error: bool = False,
        server_name: str | None = None,
        server_port: int | None = None,
        *,
        height: int = 500,
        width: int | str = "100%",
        favicon_path: str | Path | None = None,
        ssl_keyfile: str | None = None,
        ssl_certfile: str | None = None,
        ssl_keyfile_password: str | None = None,
        ssl_verify: bool = True,
        quiet: bool = False,
        footer_links: list[Any] | None = None,
        run_history: bool | None = None,
        allowed_paths: list[str] | None = None,
        blocked_paths: list[str] | None = None,
        root_path: str | None = None,
        app_kwargs: dict[str, Any] | None = None,
        state_session_capacity: int = 10000,
        share_server_address: str | None = None,
        share_server_protocol: Literal["http", "https"] | None = None,
        share_server_tls_certificate: str | None = None,
        auth_dependency: Callable[..., Any] | None = None,
        max_file_size: str | int | None = None,
        enable_monitoring: bool | None = None,
        strict_cors: bool = True,
        node_server_name: str | None = None,
        node_port: int | None = None,
        ssr_mode: bool | None = None,
        num_workers: int | None = None,
        pwa: bool | None = None,
        mcp_server: bool | None = None,
        i18n: Any = None,
        theme: Any = None,
        css: str | None = None,
        css_paths: str | Path | Sequence[str | Path] | None = None,
        js: str | Literal[True] | None = None,
        head: str | None = None,
        head_paths: str | Path | Sequence[str | Path] | None = None,
        _frontend: bool = True,
    ) -> tuple[Any, str | None, str | None]:
        """Show the app: in the cell's output, or as a page of its own.

        Parameters
        ----------
        inline : bool, optional
            Show it in the cell's output, with no server and no port. None: in a notebook yes, else no.
        inbrowser : bool
            Open the page in a browser.
        share : bool, optional
            Ask for a public link; where none can be had, a warning says what is missing and the local one works.
        debug : bool
            Block, and show errors as they happen.
        max_threads : int
            Most plain handlers at once.
        auth : (str, str), list of them, or callable, optional
            Who may log in: a pair, pairs, or `callable(user, password) -> bool`.
        auth_message : str, optional
            HTML on the login page.
        prevent_thread_lock : bool
            Do not block; the server ends with the script.
        show_error : bool
            Show a handler's errors with their message, not only that there was one.
        server_name : str, optional
            Address to bind to; None: `GRADIO_SERVER_NAME`, else 127.0.0.1.
        server_port : int, optional
            Port to bind to; None: `GRADIO_SERVER_PORT`, else the first free one from 7860.
        height : int
            Most pixels of the inline display, beyond which it scrolls; not given: as high as its content.
        width : int or str
            Width of the inline display.
        favicon_path : str or Path, optional
            Icon of the page.
        ssl_keyfile, ssl_certfile, ssl_keyfile_password : str, optional
            For https.
        ssl_verify : bool
            Whether clients are to verify the certificate.
        quiet : bool
            Print nothing.
        footer_links : list of str or dict, optional
            What the footer shows: "api", "gradio", "settings", "runs", or `{"label", "url"}`.
        run_history : bool, optional
            Keep past runs in each viewer's browser, to be looked at and put back; False deletes those that it has.
            None: `GRADIO_RUN_HISTORY`, else yes where `footer_links` is not given or names "runs".
        allowed_paths : list of str, optional
            Files and folders that may be served, besides what the app made.
        blocked_paths : list of str, optional
            Files and folders that are never served.
        root_path : str, optional
            Prefix or URL under which a reverse proxy shows it.
        app_kwargs : dict, optional
            Settings of the tornado application; and of FastAPI's `lifespan`, whose state handlers find in
            `request.state`, `docs_url`, where the page about the API then is too, and `root_path`.
        state_session_capacity : int
            Most sessions kept in memory.
        share_server_address, share_server_protocol, share_server_tls_certificate : str, optional
            A tunnel server of one's own.
        auth_dependency : callable, optional
            `callable(request) -> user id or None`, in place of `auth`.
        max_file_size : int or str, optional
            Most bytes of an upload, or a text such as "5mb".
        enable_monitoring : bool, optional
            Whether there is a monitoring page; None: its address is printed when somebody asks for `/monitoring`.
        strict_cors : bool
            Refuse requests to this machine from pages of other origins, `null` among them.
        node_server_name, node_port : optional
            There is no Node server here; they have no effect.
        ssr_mode : bool, optional
            Whether the page is readable before its script runs.
        num_workers : int, optional
            Processes that serve a script's page behind one port, each with its own memory, queue and limits; the script
            is run again in each, up to this launch. None: `GRADIO_NUM_WORKERS`, else 1.
        pwa : bool, optional
            Whether the page can be installed.
        mcp_server : bool, optional
            Also serve the functions as tools of an MCP server.
        i18n : I18n, optional
            Translations.
        theme : Theme or str, optional
            How it looks.
        css, css_paths : str, or paths, optional
            Custom CSS; inline, it stays inside the app.
        js : str, optional
            A JavaScript function that runs once when the page opens.
        head, head_paths : str, or paths, optional
            HTML for the page's head; in a notebook its styles stay inside the app, and its scripts run.
        _frontend : bool
            False, as test suites say it, has no effect: the page comes with the API.

        Returns
        -------
        tuple of (app, str or None, str or None)
            The server's application, the local and the public URL; all None inline.
        """
        no_effect = {
            "share_server_address": (share_server_address, "there is no tunnel to give it to"),
            "share_server_protocol": (share_server_protocol, "there is no tunnel to give it to"),
            "share_server_tls_certificate": (share_server_tls_certificate, "there is no tunnel to give it to"),
            "node_server_name": (node_server_name, "there is no Node server"),
            "node_port": (node_port, "there is no Node server"),
            "ssl_verify": (ssl_verify is False or None, "nothing here asks the server for its certificate"),
            "_frontend": (_frontend is False or None, "the page comes with the API"),
        }
        for name, (given, why) in no_effect.items():
            if given is not None:
                warn_once(f"launch.{name}", f"launch({name}=…) has no effect: {why}")
        if auth is not None and auth_dependency is not None:
            raise DeclarationError("launch: give auth or auth_dependency, not both")
        options = LaunchOptions(
            inline=inline,
            inbrowser=inbrowser,
            share=_flag(share, "SHARE"),
            debug=debug or env("DEBUG") == "1",
            max_threads=max_threads,
            auth=auth,
            auth_message=auth_message,
            prevent_thread_lock=prevent_thread_lock,
            show_error=show_error,
            server_name=server_name,
            server_port=server_port,
            height=None if height == 500 else height,
            width=width,
            favicon_path=favicon_path,
            ssl_keyfile=ssl_keyfile,
            ssl_certfile=ssl_certfile,
            ssl_keyfile_password=ssl_keyfile_password,
            ssl_verify=ssl_verify,
            quiet=quiet,
            footer_links=footer_links,
            run_history=run_history,
            allowed_paths=allowed_paths if allowed_paths is not None else _env_list("ALLOWED_PATHS"),
            blocked_paths=blocked_paths if blocked_paths is not None else _env_list("BLOCKED_PATHS"),
            root_path=root_path if root_path is not None else env("ROOT_PATH"),
            app_kwargs=dict(app_kwargs or {}),
            state_session_capacity=state_session_capacity,
            max_file_size=parse_size(max_file_size),
            enable_monitoring=enable_monitoring,
            strict_cors=strict_cors,
            ssr_mode=ssr_mode,
            num_workers=num_workers,
            pwa=pwa,
            mcp_server=mcp_server,
            i18n=i18n,
            auth_dependency=auth_dependency,
            **self.look(theme=theme, css=css, css_paths=css_paths, js=js, head=head, head_paths=head_paths),
        )
        self.told(options)
        launcher = Blocks._launcher
        if launcher is None:  # the hosts register themselves with the package
            raise RuntimeError("no host is installed: import nbblocks, not nbblocks.blocks")
        with _closing:
            self._drop_unlaunched()
            if self.running is not None and not getattr(self.running, "is_unseen", False):
                self.running.close()
            running = self.running = launcher(self, options)
            _open.add(self)
        self._announce(options)
        if options.debug or not (options.inline or options.prevent_thread_lock or _in_kernel()):
            running.wait()  # once it is over, it is no longer this app's
        launched = Launched((running.app, running.local_url, running.share_url))
        launched.view = getattr(running, "view", None)
        return launched

    def _announce(self, options: LaunchOptions) -> None:
        """Say what is to be known of an app that was launched."""

    def told(self, options: LaunchOptions) -> None:
        """Remember what `launch`, or what mounts it, was told: it may be read of the app by name."""
        self.__dict__["_launched"] = options
        self.has_launched = True

    def look(self, **given: Any) -> dict[str, Any]:
        """What `launch` was told of the look, or else Blocks itself: theme, css, js and head, files read."""
        words = {**self._launch_words, **{k: v for k, v in given.items() if v}}
        theme = self.theme = theme_of(words.get("theme"))
        css = "\n".join(text for text in (theme.custom_css if theme else "", words.get("css")) if text)
        return {
            "theme": theme,
            "css": _joined(css, words.get("css_paths")),
            "js": _source(words.get("js")),
            "head": _joined(words.get("head"), words.get("head_paths")),
        }

    @property
    def is_running(self) -> bool:
        """Whether a host shows it."""
        return self.running is not None

    @property
    def app(self) -> Any:
        """The server's application; before a launch, one that a test client may ask."""
        if self.running is not None:
            return self.running.app
        if "_unlaunched" not in self.__dict__ and Blocks._application is not None:
            self.__dict__["_unlaunched"] = Blocks._application(self)
        return self.__dict__.get("_unlaunched")

    def _drop_unlaunched(self) -> None:
        """Close the application that was made before a launch."""
        made = self.__dict__.pop("_unlaunched", None)
        if made is not None:
            made.close()

    @property
    def server_port(self) -> int | None:
        """The port it is at, while it runs standalone."""
        return urlsplit(self.local_url).port if self.local_url else None

    @property
    def server_name(self) -> str | None:
        """The address it is at, while it runs standalone."""
        return urlsplit(self.local_url).hostname if self.local_url else None

    @property
    def local_url(self) -> str | None:
        """Where it is, while it runs standalone."""
        return self.running.local_url if self.running else None

    @property
    def share_url(self) -> str | None:
        """Where it is for others, when there is such an address."""
        return self.running.share_url if self.running else None

    def forget(self, running: Running) -> None:
        """A host has stopped showing it."""
        if self.running is running:
            self.running = None
            _open.discard(self)

    def block_thread(self) -> None:
        """Wait until the app is closed or interrupted."""
        if self.running is not None:
            self.running.wait()

    def close(self, verbose: bool = True) -> None:
        """Stop the app: its server, its sessions, its threads.

        Parameters
        ----------
        verbose : bool
            Whether to print the address that is closed.
        """
        self._drop_unlaunched()
        running, self.running = self.running, None
        _open.discard(self)
        if running is not None:
            if verbose and running.local_url:
                print(f"Closing {running.local_url}")
            running.close()

    def clear(self) -> Self:
        """Take everything out again."""
        self.blocks.clear()
        self.listeners.clear()
        self.listener_ids.clear()
        self.spared_names.clear()
        self.children = []
        self.routes = {"": self.routes[""]}
        return self

    def to_html(self, path: str | Path | None = None) -> str:
        """The app with its present values as a page in which nothing runs: to keep, to send, to print.

        Parameters
        ----------
        path : str or Path, optional
            File to write it to.

        Returns
        -------
        str
            The page.

        Examples
        --------
        >>> import nbblocks as gr
        >>> with gr.Blocks(title="Report") as demo:
        ...     box = gr.Number(3, label="Answer")
        >>> "<b>Answer</b>: 3" in demo.to_html()
        True
        """
        if Blocks._as_page is None:  # the hosts register themselves with the package
            raise RuntimeError("no host is installed: import nbblocks, not nbblocks.blocks")
        return Blocks._as_page(self, path)

    def freeze(
        self,
        path: str | Path | None = None,
        inputs: Mapping[Any, Sequence[Any]] | None = None,
        *,
        max_runs: int = 1000,
    ) -> str:
        """The app as one file that stays interactive without Python: its functions are run now, for chosen inputs.

        The file asks nothing of any server. A number between two that were chosen goes to the nearer one; for other
        inputs that were not chosen, the page says so. What uses a State, makes components or asks what was selected
        cannot be known before: a warning names it, and the page says so when it is used.

        Parameters
        ----------
        path : str or Path, optional
            File to write it to.
        inputs : mapping of component to list, optional
            Values of each component that the functions are run for, in every combination. Of checkboxes, radio buttons
            and lists of choices all values are taken when they are not in it; of others, the one they have at first.
        max_runs : int
            Most calls of functions.

        Returns
        -------
        str
            The page.

        Raises
        ------
        DeclarationError
            More calls would be needed, or a component is not one of this app.

        Examples
        --------
        >>> import nbblocks as gr
        >>> with gr.Blocks() as demo:
        ...     side, area = gr.Slider(1, 3, label="Side"), gr.Number(label="Area")
        ...     _ = side.change(lambda a: a * a, side, area)
        >>> page = demo.freeze(inputs={side: [1, 2, 3]})
        >>> "<script src" in page
        False
        """
        if Blocks._frozen is None:  # the hosts register themselves with the package
            raise RuntimeError("no host is installed: import nbblocks, not nbblocks.blocks")
        return Blocks._frozen(self, path, inputs, max_runs)

    def _ipython_display_(self) -> None:
        self.launch(inline=True)

    def _display_(self) -> Any:
        """The app, in marimo."""
        return self.launch(inline=True)


class DeclaredConfig:
    """Blocks and listeners of an app, or of one session of it.

    Parameters
    ----------
    root_block : Blocks
        The app.
    """

    def __init__(self, root_block: Blocks) -> None:
        self.root_block = root_block
        self.blocks: dict[int, Block] = dict(root_block.blocks)
        self.fns: dict[int, Dependency] = dict(root_block.listeners)

    @property
    def fn_id(self) -> int:
        """The number that the next listener gets."""
        return max(self.fns, default=-1) + 1

    def __copy__(self) -> DeclaredConfig:
        made = DeclaredConfig(self.root_block)
        made.blocks, made.fns = dict(self.blocks), dict(self.fns)
        return made

    def get_config(self) -> dict[str, Any]:
        """Components, layout and dependencies, as in the configuration of the app."""
        config = self.root_block.get_config_file()
        return {k: config[k] for k in ("components", "layout", "dependencies", "page")}


class Launched(tuple[Any, "str | None", "str | None"]):
    """What `launch` returns; a cell that ends in a launch shows the app, not this."""

    view: Any = None  #: what marimo shows in its place

    def _ipython_display_(self) -> None:
        """Show nothing."""

    def _display_(self) -> Any:
        """The app, in marimo, which shows what a cell ends in."""
        return self.view if self.view is not None else ""


_closing = threading.RLock()


def _env_limit() -> int | None:
    given = env("DEFAULT_CONCURRENCY_LIMIT")
    if given is None:
        return 1
    return None if given.lower() == "none" else int(given)


def _env_list(name: str) -> list[str]:
    return [p.strip() for p in (env(name) or "").split(",") if p.strip()]


def _flag(value: bool | None, name: str) -> bool | None:
    return value if value is not None else (env(name) or "").lower() in ("1", "true") or None


def _source(js: Any) -> str | None:
    if js is True:
        raise DeclarationError("launch: js=True has nothing to run; give the JavaScript source as text")
    if isinstance(js, str) and js.strip() and "\n" not in js and js.endswith(".js") and Path(js).exists():
        return Path(js).read_text(encoding="utf-8")
    return js or None


def _joined(text: str | None, paths: Any) -> str:
    found = [paths] if isinstance(paths, (str, Path)) else list(paths or ())
    parts = [text or "", *(Path(p).read_text(encoding="utf-8") for p in found)]
    return "\n".join(p for p in parts if p)


def _in_kernel() -> bool:
    """Whether this process is a notebook's kernel, or an interactive prompt, which a launch must not block."""
    import sys

    if "ipykernel" in sys.modules or hasattr(sys, "ps1"):
        ipython = sys.modules.get("IPython")
        shell = ipython.get_ipython() if ipython else None
        return shell is not None or hasattr(sys, "ps1")
    return False


def close_all(verbose: bool = True) -> None:
    """Close every app of this process.

    Parameters
    ----------
    verbose : bool
        Whether to print the addresses that are closed.
    """
    for blocks in list(_open):
        blocks.close(verbose)


def spare_name(name: str) -> None:
    """Leave a name of an endpoint, or the next one like it, unused in the app being declared.

    Parts of Gradio's listen with functions without a name where these here need none; what its clients call the
    endpoints after them depends on that.
    """
    here = place.get()
    if here is not None and isinstance(here.root, Blocks):
        here.root.spare_name(name)
