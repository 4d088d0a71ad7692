"""Small public helpers that programs for Gradio import from `gradio.utils`."""

from __future__ import annotations

import asyncio
import copy
import importlib
import inspect
import io
import json
import os
import re
import sys
import time
import typing
import warnings
from collections.abc import Callable, Collection, Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from .blocks.config import SPOKEN
from .blocks.options import env, parse_size
from .events.docstring import told_by
from .events.injected import special_kind
from .exceptions import Error
from .session.call import special_parameters
from .session.stages import Steps as SyncToAsyncIterator
from .themes import theme_of as get_theme
from .tree import Block
from .wire.diff import differences as diff
from .wire.fetch import FetchError, fetch, is_url
from .wire.files import cache_dir, set_static_paths

__all__ = [
    "NO_RELOAD",
    "FileSize",
    "MatplotlibBackendMananger",
    "NamedString",
    "SyncToAsyncIterator",
    "UnhashableKeyDict",
    "abspath",
    "append_unique_suffix",
    "assert_configs_are_equivalent_besides_ids",
    "check_function_inputs_match",
    "colab_check",
    "component_or_layout_class",
    "core_gradio_components",
    "delete_none",
    "diff",
    "download_if_url",
    "error_payload",
    "get_all_components",
    "get_cache_folder",
    "get_default_args",
    "get_extension_from_file_path_or_url",
    "get_function_description",
    "get_function_params",
    "get_heartbeat_rate",
    "get_icon_path",
    "get_package_version",
    "get_space",
    "get_theme",
    "get_type_hints",
    "get_upload_folder",
    "ipython_check",
    "is_allowed_file",
    "is_hosted_notebook",
    "is_in_or_equal",
    "is_prop_update",
    "is_special_typed_parameter",
    "none_or_singleton_to_list",
    "parse_escaped_json",
    "remove_html_tags",
    "resolve_singleton",
    "safe_aclose_iterator",
    "safe_deepcopy",
    "sanitize_list_for_csv",
    "sanitize_value_for_csv",
    "set_directory",
    "set_static_paths",
    "simplify_file_data_in_str",
    "tex2svg",
    "validate_url",
]

_parse_file_size = parse_size


class FileSize:
    """Bytes in a unit, for `launch(max_file_size=5 * FileSize.MB)`.

    Examples
    --------
    >>> 5 * FileSize.MB
    5242880
    """

    B = 1
    KB = 1 << 10
    MB = 1 << 20
    GB = 1 << 30
    TB = 1 << 40


class NamedString(str):
    """A path that has a `name`, as an open file has.

    Examples
    --------
    >>> NamedString("/tmp/a.txt").name
    '/tmp/a.txt'
    """

    @property
    def name(self) -> str:
        """The path."""
        return str(self)


class _Reloading(int):
    """True the first time that a program runs; a program that is run again in place sets it to False."""

    is_first: bool

    def __new__(cls, is_first: bool) -> _Reloading:
        made = super().__new__(cls, is_first)
        made.is_first = is_first
        return made

    def set(self, value: bool) -> None:
        """Say whether the program runs for the first time."""
        self.is_first = bool(value)

    @property
    def value(self) -> bool:
        """Whether the program runs for the first time."""
        return self.is_first

    def __bool__(self) -> bool:
        return self.is_first


#: `if gr.NO_RELOAD:` guards what is to run once only, however often the file is loaded again.
NO_RELOAD = _Reloading(True)


def colab_check() -> bool:
    """Whether this runs in a notebook of Google Colab."""
    return "google.colab" in sys.modules


def ipython_check() -> bool:
    """Whether this runs in a shell of IPython, such as a notebook's."""
    found = sys.modules.get("IPython")
    return found is not None and found.get_ipython() is not None


def is_hosted_notebook() -> bool:
    """Whether this runs in a notebook of Kaggle or SageMaker, whose ports nobody can reach."""
    return bool(os.environ.get("KAGGLE_KERNEL_RUN_TYPE") or os.path.exists("/home/ec2-user/SageMaker"))


def get_space() -> str | None:
    """Name of the hosted space that runs this, None where none does."""
    return os.environ.get("SPACE_ID")


def get_upload_folder() -> str:
    """Folder that holds what was uploaded and made."""
    return str(cache_dir())


def is_in_or_equal(path_1: str | Path, path_2: str | Path) -> bool:
    """Whether a path is another, or lies in it.

    Parameters
    ----------
    path_1 : str or Path
        A file or folder.
    path_2 : str or Path
        A folder, or the same.

    Examples
    --------
    >>> is_in_or_equal("/a/b/c.txt", "/a/b"), is_in_or_equal("/a/b/../c.txt", "/a/b")
    (True, False)
    """
    inner, outer = (Path(re.sub("^//+", "/", os.path.abspath(path))) for path in (path_1, path_2))
    return inner == outer or outer in inner.parents


def core_gradio_components() -> list[type]:
    """All classes of components and layouts that an app is made from, without those of others.

    Examples
    --------
    >>> sorted(c.__name__ for c in core_gradio_components())[:3]
    ['Accordion', 'AnnotatedImage', 'Audio']
    """
    from . import components, layouts
    from .tree import Block

    found = [*vars(components).values(), *vars(layouts).values()]
    made = {c for c in found if isinstance(c, type) and issubclass(c, Block)}
    left_out = ("Component", "NativePlot", "Widget")  # bases, and what Gradio has not
    return sorted((c for c in made if c.__name__ not in left_out), key=lambda c: c.__name__)


class MatplotlibBackendMananger:
    """While it is entered, matplotlib draws without a window; the name is written as programs import it.

    Examples
    --------
    >>> import matplotlib
    >>> with MatplotlibBackendMananger():
    ...     matplotlib.get_backend().lower()
    'agg'
    """

    def __enter__(self) -> None:
        matplotlib: Any = importlib.import_module("matplotlib")
        self._before: str = matplotlib.get_backend()
        matplotlib.use("agg")

    def __exit__(self, *of_error: object) -> None:
        importlib.import_module("matplotlib").use(self._before)


_FORMULA = ("=", "+", "-", "@", "\t", "\n")


def sanitize_value_for_csv(value: str | float) -> str | float:
    """A value that a spreadsheet does not run as a formula: it gets a quote in front.

    https://owasp.org/www-community/attacks/CSV_Injection

    Parameters
    ----------
    value : str or float
        What goes into the cell.

    Examples
    --------
    >>> sanitize_value_for_csv("=1+1"), sanitize_value_for_csv(-3)
    ("'=1+1", -3)
    """
    if isinstance(value, (int, float)):
        return value
    text = str(value)
    is_risky = text.startswith(_FORMULA) or any(
        f"{delimiter}{sign}" in text for delimiter in (",", ";") for sign in _FORMULA
    )
    return f"'{text}" if is_risky else text


def sanitize_list_for_csv(values: list[Any]) -> list[Any]:
    """A row, or rows, of values that a spreadsheet does not run: see `sanitize_value_for_csv`.

    Examples
    --------
    >>> sanitize_list_for_csv([1, ["ab", "=de"]])
    [1, ['ab', "'=de"]]
    """
    return [sanitize_list_for_csv(v) if isinstance(v, list) else sanitize_value_for_csv(v) for v in values]


def parse_escaped_json(text: str) -> Any:
    """What a cell of a log of samples says in JSON, without the quote that keeps a spreadsheet from running it.

    Raises
    ------
    json.JSONDecodeError
        It is no JSON.

    Examples
    --------
    >>> parse_escaped_json("'-0.5"), parse_escaped_json("[1]")
    (-0.5, [1])
    """
    return json.loads(text[1:] if text.startswith("'") else text)


def simplify_file_data_in_str(s: str) -> str:
    """What a log of samples says of a payload, with the path of each file in place of all that is known of it.

    Examples
    --------
    >>> simplify_file_data_in_str('[{"path": "a.png", "meta": {"_type": "gradio.FileData"}}]')
    '["a.png"]'
    >>> simplify_file_data_in_str("a text")
    'a text'
    """
    try:
        found = _with_paths(json.loads(s))
    except json.JSONDecodeError:
        return s
    return found if isinstance(found, str) else json.dumps(found)


def _with_paths(value: Any) -> Any:
    if isinstance(value, list):
        return [_with_paths(v) for v in value]
    if not isinstance(value, dict):
        return value
    meta = value.get("meta")
    is_file = isinstance(meta, dict) and meta.get("_type") == "gradio.FileData" and "path" in value
    return value["path"] if is_file else {k: _with_paths(v) for k, v in value.items()}


def is_prop_update(val: Any) -> bool:
    """Whether a value is what `gr.update` or a component that a handler returns becomes.

    Examples
    --------
    >>> is_prop_update({"__type__": "update", "visible": False}), is_prop_update({"visible": False})
    (True, False)
    """
    return isinstance(val, dict) and "update" in str(val.get("__type__", ""))


def resolve_singleton(_list: Any) -> Any:
    """The one thing in a list of one, else the list."""
    return _list[0] if len(_list) == 1 else _list


def none_or_singleton_to_list(value: Any) -> list[Any]:
    """A list of what may be none, one or several.

    Examples
    --------
    >>> none_or_singleton_to_list(None), none_or_singleton_to_list(1), none_or_singleton_to_list((1, 2))
    ([], [1], [1, 2])
    """
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]


def remove_html_tags(raw_html: str | None) -> str:
    """A text without what stands in angle brackets.

    Examples
    --------
    >>> remove_html_tags("<b>Hi</b>")
    'Hi'
    """
    return re.sub(r"<[^>]*>", "", raw_html or "")


def get_default_args(func: Callable[..., Any]) -> list[Any]:
    """The default of each parameter of a function; None where it has none."""
    parameters = inspect.signature(func).parameters.values()
    return [None if p.default is inspect.Parameter.empty else p.default for p in parameters]


def get_package_version() -> str:
    """The release of Gradio whose programs run here."""
    return SPOKEN


def get_all_components() -> list[type]:
    """All classes of components and layouts, those of the program among them."""
    ours = core_gradio_components()
    waiting: list[type] = [Block]
    found: dict[type, None] = {}
    while waiting:
        below: list[type] = waiting.pop().__subclasses__()
        new = [c for c in below if c not in found]
        found |= dict.fromkeys(new)
        waiting += new
    package = __name__.partition(".")[0] + "."
    return [c for c in found if c in ours or not c.__module__.startswith(package)]


def component_or_layout_class(cls_name: str) -> type:
    """The class of a name in lower case, such as "textbox", "text" or "row".

    Raises
    ------
    ValueError
        There is none.

    Examples
    --------
    >>> component_or_layout_class("color_picker").__name__
    'ColorPicker'
    """
    from . import components, layouts

    named = {c.__name__.lower(): c for c in get_all_components()}
    for module in (layouts, components):
        named |= {n.lower(): c for n, c in vars(module).items() if isinstance(c, type) and issubclass(c, Block)}
    wanted = cls_name.replace("_", "").lower()
    if wanted not in named:
        raise ValueError(f"there is no component or layout {cls_name!r}; import the module that has it first")
    return named[wanted]


@contextmanager
def set_directory(path: str | Path) -> Iterator[None]:
    """Work in another folder for a while."""
    before = Path.cwd()
    os.chdir(path)
    try:
        yield
    finally:
        os.chdir(before)


def error_payload(error: BaseException | None, show_error: bool) -> dict[str, Any]:
    """What a client is told of an exception.

    Parameters
    ----------
    show_error : bool
        Whether the text of one that was not raised for the user is told, too.

    Examples
    --------
    >>> error_payload(ZeroDivisionError("division by zero"), False)
    {'error': None}
    >>> error_payload(ZeroDivisionError("division by zero"), True)
    {'error': 'division by zero', 'visible': True}
    """
    looks = ("duration", "visible", "title")
    if isinstance(error, Error) or all(hasattr(error, name) for name in ("message", *looks)):
        return {"error": str(getattr(error, "message", error)), **{name: getattr(error, name) for name in looks}}
    return {"error": str(error), "visible": True} if show_error and error is not None else {"error": None}


def get_heartbeat_rate() -> float:
    """Seconds between signs of life to a client that waits: `GRADIO_HEARTBEAT_INTERVAL`, else 15."""
    given = env("HEARTBEAT_INTERVAL")
    if not given:
        return 0.25 if env("IS_E2E_TEST") else 15.0
    try:
        seconds = float(given)
    except ValueError:
        seconds = 0.0
    if seconds > 0:
        return seconds
    warnings.warn(f"GRADIO_HEARTBEAT_INTERVAL={given!r} is no number of seconds; 15 is taken", stacklevel=2)
    return 15.0


def get_icon_path(icon_name: str) -> str:
    """Where an icon of the package lies: `person.svg`, `link.svg`."""
    return str(Path(__file__).parent / "components" / "icons" / icon_name)


async def safe_aclose_iterator(iterator: Any, timeout: float = 60.0, retry_interval: float = 0.05) -> None:
    """Close an iterator whose step may still run: wait for that as long as `timeout`.

    Parameters
    ----------
    timeout, retry_interval : float
        Seconds: in all, and between two tries.

    Raises
    ------
    ValueError
        It still runs.
    """
    over_at = time.monotonic() + timeout
    while True:
        try:
            await iterator.aclose()
        except (RuntimeError, ValueError) as error:
            if "already" not in str(error) or time.monotonic() >= over_at:
                raise
            await asyncio.sleep(retry_interval)
        else:
            return


def tex2svg(formula: str, *args: Any) -> str:
    """A formula as a drawing; needs matplotlib.

    Parameters
    ----------
    formula : str
        In TeX, without its dollar signs.

    Returns
    -------
    str
        SVG, in the color of the text around it.
    """
    from matplotlib import mathtext
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    text = f"${formula}$"
    mathtext.MathTextParser("path").parse(text)  # a formula that is none fails here, before anything is drawn
    figure = Figure(figsize=(0.01, 0.01))
    figure.text(0, 0, text, fontsize=12)
    FigureCanvasSVG(figure)
    drawn = io.StringIO()
    figure.savefig(drawn, format="svg", bbox_inches="tight", pad_inches=0.0, transparent=True)
    svg = drawn.getvalue()
    return svg[svg.index("<svg") :].replace("#000000", "currentColor")


def get_cache_folder() -> Path:
    """Folder that keeps the results of examples: `GRADIO_EXAMPLES_CACHE`, else `.gradio/cached_examples`."""
    return Path(env("EXAMPLES_CACHE") or ".gradio/cached_examples")


def delete_none(given: dict[Any, Any], skip_value: bool = False) -> dict[Any, Any]:
    """Take out of a dict what is None.

    Parameters
    ----------
    given : dict
        It is changed, and given back.
    skip_value : bool
        Whether a None under "value" stays.

    Examples
    --------
    >>> delete_none({"a": 1, "b": None, "value": None}, skip_value=True)
    {'a': 1, 'value': None}
    """
    for key in [k for k, v in given.items() if v is None and not (skip_value and k == "value")]:
        del given[key]
    return given


def abspath(path: str | Path) -> Path:
    """An absolute path; links in it stay what they are."""
    return Path(os.path.abspath(path))


def append_unique_suffix(name: str, list_of_names: Collection[str]) -> str:
    """A name that is none of those there are: itself, or with the first number that is free.

    Examples
    --------
    >>> append_unique_suffix("test", ["test", "test_1"])
    'test_2'
    """
    found, n = name, 0
    while found in list_of_names:
        n += 1
        found = f"{name}_{n}"
    return found


def get_extension_from_file_path_or_url(file_path_or_url: str) -> str:
    """Ending of the name of a file, without its dot; of an address, without what follows "?".

    Examples
    --------
    >>> get_extension_from_file_path_or_url("https://example.com/a.mp4?x=1")
    'mp4'
    """
    bare = re.split(r"[?#]", file_path_or_url)[0] if is_url(file_path_or_url) else file_path_or_url
    return os.path.splitext(re.split(r"[\\/]", bare)[-1])[1][1:]


def validate_url(possible_url: str) -> bool:
    """Whether something can be had from an address on the web."""
    if not is_url(possible_url):
        return False
    try:
        fetch(possible_url)
    except FetchError:
        return False
    return True


def download_if_url(article: str) -> str:
    """The text that lies at an address on the web; any other text as it is."""
    if not is_url(article) or not article.isprintable():
        return article
    try:
        return Path(str(fetch(article))).read_text(encoding="utf-8")
    except (FetchError, ValueError):  # no address, or no text
        return article


def is_allowed_file(
    path: str | Path,
    blocked_paths: Sequence[str | Path],
    allowed_paths: Sequence[str | Path],
    created_paths: Sequence[str | Path],
) -> tuple[bool, Literal["in_blocklist", "allowed", "created", "not_created_or_allowed"]]:
    """Whether a file may be served, and why.

    Examples
    --------
    >>> is_allowed_file("/a/b.txt", ["/a"], ["/"], []), is_allowed_file("/a/b.txt", [], ["/a"], [])
    ((False, 'in_blocklist'), (True, 'allowed'))
    """
    if any(is_in_or_equal(str(path).lower(), str(blocked).lower()) for blocked in blocked_paths):
        return False, "in_blocklist"
    if any(is_in_or_equal(path, allowed) for allowed in allowed_paths):
        return True, "allowed"
    if any(is_in_or_equal(path, created) for created in created_paths):
        return True, "created"
    return False, "not_created_or_allowed"


# --- functions


def get_type_hints(fn: Callable[..., Any]) -> dict[str, Any]:
    """Annotations of a function, of what an object does when it is called, or {} where they name what is not there."""
    plain = fn if inspect.isroutine(fn) else getattr(type(fn), "__call__", None)  # noqa: B004
    try:
        return typing.get_type_hints(plain) if plain is not None else {}
    except Exception:  # whatever an annotation raises when it is read
        return {}


def is_special_typed_parameter(name: str, parameter_types: dict[str, Any]) -> bool:
    """Whether a parameter gets something else than an input, by its annotation: a Request, an event or the like."""
    return special_kind(parameter_types.get(name), None) is not None


def get_function_params(func: Callable[..., Any]) -> list[tuple[str, bool, Any, Any]]:
    """Name, whether it has a default, the default, and the annotation, of each parameter that gets an input.

    Examples
    --------
    >>> def greet(name: str, times=2): ...
    >>> get_function_params(greet)
    [('name', False, None, <class 'str'>), ('times', True, 2, None)]
    """
    hints = get_type_hints(func)
    special = {s.name for s in special_parameters(func)}
    found = []
    for name, p in inspect.signature(func).parameters.items():
        if p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD, p.KEYWORD_ONLY):
            break
        if name not in special:
            has_default = p.default is not p.empty
            found.append((name, has_default, p.default if has_default else None, hints.get(name)))
    return found


def get_function_description(fn: Callable[..., Any]) -> tuple[str, dict[str, str], list[str]]:
    """What a function's docstring says: of it, of each parameter, of what it returns."""
    told = told_by(fn)
    names = list(inspect.signature(fn).parameters) if told.parameters else []
    return told.summary, {name: told.parameters.get(name, "") for name in names if name != "self"}, told.returns


def check_function_inputs_match(
    fn: Callable[..., Any], inputs: Sequence[Any], inputs_as_dict: bool, inputs_kwargs: dict[str, Any] | None = None
) -> str | None:
    """What is wrong with the number of inputs of a function, None when nothing is.

    Examples
    --------
    >>> check_function_inputs_match(lambda a, b: a, ["x", "y"], False) is None
    True
    >>> check_function_inputs_match(lambda a: a, ["x", "y"], False)
    '<lambda> takes 1 to 1 inputs, and gets 2'
    """
    try:
        parameters = inspect.signature(fn).parameters.values()
    except (TypeError, ValueError):  # some builtins have none
        return None
    special = {s.name for s in special_parameters(fn)} | set(inputs_kwargs or ())
    taken = [p for p in parameters if p.name not in special]
    positional = [p for p in taken if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    least = sum(p.default is p.empty for p in positional)
    most = None if any(p.kind is p.VAR_POSITIONAL for p in taken) else len(positional)
    count = 1 if inputs_as_dict else len(inputs)
    if count < least or (most is not None and count > most):
        name = getattr(fn, "__name__", type(fn).__name__)
        return f"{name} takes {least} to {'any number of' if most is None else most} inputs, and gets {count}"
    return None


# --- values


def safe_deepcopy(obj: Any) -> Any:
    """A copy in depth, or where that cannot be, as deep as it can."""
    try:
        return copy.deepcopy(obj)
    except Exception:  # whatever a part of it raises
        if isinstance(obj, dict):
            return {k: safe_deepcopy(v) for k, v in obj.items()}
        if isinstance(obj, (list, tuple)):
            return type(obj)(safe_deepcopy(v) for v in obj)
        return copy.copy(obj)


class UnhashableKeyDict(MutableMapping[Any, Any]):
    """A mapping whose keys are compared as they are, arrays among them.

    Examples
    --------
    >>> known = UnhashableKeyDict()
    >>> known[[1, 2]] = "a"
    >>> known[[1, 2]], len(known)
    ('a', 1)
    """

    def __init__(self) -> None:
        self.data: list[tuple[Any, Any]] = []

    @staticmethod
    def _is_same(one: Any, other: Any) -> bool:
        equal = one == other
        return bool(equal.all()) if hasattr(equal, "all") else bool(equal)

    def _at(self, key: Any) -> int:
        for at, (known, _) in enumerate(self.data):
            if type(known) is type(key) and self._is_same(known, key):
                return at
        raise KeyError(key)

    def __getitem__(self, key: Any) -> Any:
        return self.data[self._at(key)][1]

    def __setitem__(self, key: Any, value: Any) -> None:
        try:
            self.data[self._at(key)] = (key, value)
        except KeyError:
            self.data.append((key, value))

    def __delitem__(self, key: Any) -> None:
        del self.data[self._at(key)]

    def __iter__(self) -> Iterator[Any]:
        return iter([key for key, _ in self.data])

    def __len__(self) -> int:
        return len(self.data)


def assert_configs_are_equivalent_besides_ids(
    config1: dict[str, Any], config2: dict[str, Any], root_keys: tuple[str, ...] = ("mode",)
) -> bool:
    """Whether two configurations are of the same app, however its blocks are numbered.

    Parameters
    ----------
    config1, config2 : dict
        As `Blocks.get_config_file` gives them.
    root_keys : tuple of str
        What else must be the same.

    Raises
    ------
    ValueError
        They are not: the message says where.

    Examples
    --------
    >>> import nbblocks as gr
    >>> apps = [gr.Interface(str.upper, "text", "text") for _ in range(2)]
    >>> assert_configs_are_equivalent_besides_ids(*[app.get_config_file() for app in apps])
    True
    """
    for key in root_keys:
        _same(config1.get(key), config2.get(key), key)
    numbers: dict[Any, Any] = {}
    _pair(config1["layout"], config2["layout"], numbers)
    others = {c["id"]: c for c in config2["components"]}
    _same(len(config1["components"]), len(config2["components"]), "number of components")
    for one in config1["components"]:
        other = others.get(numbers.get(one["id"], one["id"]))
        if other is None:
            raise ValueError(f"component {one['id']} ({one['type']}) is in one configuration only")
        numbers.setdefault(one["id"], other["id"])
        _same(one["type"], other["type"], f"type of component {one['id']}")
        _same(_told_props(one), _told_props(other), f"properties of component {one['id']}")
    _same(len(config1["dependencies"]), len(config2["dependencies"]), "number of dependencies")
    for at, (one, other) in enumerate(zip(config1["dependencies"], config2["dependencies"], strict=True)):
        _same(_renumbered(one, numbers), _renumbered(other, {}), f"dependency {at}")
    return True


def _told_props(component: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in component["props"].items() if k not in ("component_ids", "proxy_url", "_id")}


def _renumbered(dependency: dict[str, Any], numbers: dict[Any, Any]) -> dict[str, Any]:
    told = {k: v for k, v in dependency.items() if k not in ("id", "rendered_in", "render_id")}
    for key in ("inputs", "outputs", "show_progress_on"):
        if told.get(key) is not None:
            told[key] = [numbers.get(i, i) for i in told[key]]
    told["targets"] = [[numbers.get(block, block), event] for block, event in told.get("targets", [])]
    return told


def _pair(one: dict[str, Any], other: dict[str, Any], numbers: dict[Any, Any]) -> None:
    numbers[one["id"]] = other["id"]
    children, others = one.get("children") or [], other.get("children") or []
    _same(len(children), len(others), f"number of blocks in {one['id']}")
    for child, its in zip(children, others, strict=True):
        _pair(child, its, numbers)


def _same(one: Any, other: Any, what: str) -> None:
    if one != other:
        raise ValueError(f"{what}: {one!r:.200} is not {other!r:.200}")
