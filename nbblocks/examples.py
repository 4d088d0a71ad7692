"""Examples: samples of inputs to click, whose results can be computed ahead and kept."""

from __future__ import annotations

import asyncio
import contextlib
import csv
import hashlib
import inspect
import json
import shutil
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, cast

from . import utils
from .blocks import Blocks
from .blocks.options import env
from .components import Component, Dataset, State
from .events import Dependency
from .exceptions import DeclarationError, NbblocksWarning
from .flagging import append_rows, csv_safe
from .session.call import is_update, kind_of
from .session.direct import payload_of, steps_of
from .tree import Block, place
from .wire.files import FileData, folder_name

__all__ = ["Examples", "ExamplesHelper"]


def _kept_cell(cell: Any) -> Any:
    """As in a log for people, so that no spreadsheet takes it for a formula; and so that it can be read back."""
    return "'" + cell if isinstance(cell, str) and (cell.startswith("'") or csv_safe(cell) != cell) else cell


def _fingerprint(examples: Any, fn: Callable[..., Any], outputs: Sequence[Block]) -> str:
    """What a kept result depends on, as far as can be told."""
    try:
        code = inspect.getsource(fn)
    except (OSError, TypeError):
        code = getattr(fn, "__qualname__", type(fn).__qualname__)
    text = repr((examples, code, [b.get_block_name() for b in outputs]))
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()


class _Cache:
    """Results of examples in a folder: a row of `log.csv` each, and in `indices.csv` of which example it is."""

    def __init__(self, folder: Path, outputs: Sequence[Component], fingerprint: str) -> None:
        self.folder, self.outputs, self.fingerprint = folder, outputs, fingerprint
        self.log, self.indices, self.key = folder / "log.csv", folder / "indices.csv", folder / "key.txt"
        self._lock = threading.RLock()
        self._opened = False

    def _open(self) -> None:
        """Forget what other examples, or another function, left here, or what was cut off half way."""
        if self._opened:
            return
        self._opened = True
        if not self.folder.exists():
            return
        is_reset = (env("RESET_EXAMPLES_CACHE") or "").lower() in ("1", "true")
        is_other = self.key.exists() and self.key.read_text() != self.fingerprint
        rows = len(_rows(self.log))
        is_cut = self.indices.exists() and rows != len(_rows(self.indices)) + 1
        if is_reset or is_other or is_cut or rows < 2:
            shutil.rmtree(self.folder, ignore_errors=True)

    def known(self) -> list[int]:
        """The examples whose results are there, in the order of the rows."""
        with self._lock:
            self._open()
            if not self.indices.exists():  # made by hand, or by an older program: one row for each
                return list(range(len(_rows(self.log)) - 1))
            return [int(row[0]) for row in _rows(self.indices) if row]

    def get(self, index: int) -> list[Any] | None:
        """The payloads of an example's result; None: it is not there."""
        with self._lock:
            known = self.known()
            if index not in known:
                return None
            row = _rows(self.log)[known.index(index) + 1]
        return [self._read(component, cell) for component, cell in zip(self.outputs, row, strict=False)]

    def _read(self, component: Component, cell: str) -> Any:
        if cell.startswith("{") and '"__type__"' in cell:
            with contextlib.suppress(ValueError):
                kept = json.loads(cell)
                if is_update(kept):  # parameters of the component, and no text that looks so
                    return kept
        payload = component.read_from_flag(cell[1:] if cell.startswith("'") else cell)
        return self._found(payload)

    def _found(self, payload: Any) -> Any:
        """Files where they lie now: the folder may have been moved since."""
        if isinstance(payload, FileData) and payload.path and not Path(payload.path).exists():
            moved = self.folder.joinpath(*Path(payload.path).parts[-3:])
            if moved.exists():
                payload.path = str(moved)
        elif isinstance(payload, dict):
            for key, value in payload.items():
                payload[key] = self._found(value)
        elif isinstance(payload, list):
            payload[:] = [self._found(value) for value in payload]
        return payload

    def put(self, index: int, payloads: list[Any]) -> None:
        """Keep the payloads of an example's result; on a full disk it warns, and they are computed again."""
        try:
            with self._lock:
                if index in self.known():
                    return
                self.folder.mkdir(parents=True, exist_ok=True)
                names = [str(getattr(c, "label", None) or f"component {at}") for at, c in enumerate(self.outputs)]
                cells = [
                    component.flag(payload, self.folder / folder_name(name))
                    for component, name, payload in zip(self.outputs, names, payloads, strict=False)
                ]
                if not self.log.exists():
                    self.key.write_text(self.fingerprint)
                    append_rows(self.log, [names], _kept_cell)
                append_rows(self.log, [["" if cell is None else cell for cell in cells]], _kept_cell)
                append_rows(self.indices, [[index]])
        except Exception as error:
            self._opened = False  # what was written half is dropped
            warnings.warn(f"the result of example {index} was not kept: {error}", NbblocksWarning, stacklevel=2)


def _rows(path: Path) -> list[list[str]]:
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8") as lines:
        return list(csv.reader(lines))


def _from_folder(folder: Path, inputs: int) -> list[list[Any]]:
    """Examples in a folder: its `log.csv`, or a file each."""
    if not folder.is_dir():
        raise FileNotFoundError(f"there is no folder of examples {str(folder)!r}")
    if (folder / "log.csv").exists():
        return [[cell or None for cell in row[:inputs]] for row in _rows(folder / "log.csv")[1:]]
    if inputs != 1:
        raise FileNotFoundError(f"{folder} has no log.csv: for {inputs} inputs it says which files belong together")
    return [[p.name] for p in sorted(folder.iterdir()) if p.is_file() and not p.name.startswith(".")]


class ExamplesHelper:
    """What `gr.Examples` returns: the dataset shown, and what it listens to.

    Attributes
    ----------
    dataset : Dataset
        The table or gallery of samples.
    load_input_event : Dependency or None
        Puts a clicked sample into the inputs; `.then` runs after it, or after the kept results are shown.
    cache_event : Dependency or None
        Shows the kept results of a clicked sample.
    """

    def __init__(
        self,
        examples: Any,
        inputs: Block | Sequence[Block],
        outputs: Block | Sequence[Block] | None = None,
        fn: Callable[..., Any] | None = None,
        *,
        cache_examples: bool | Literal["lazy"] | None,
        cache_mode: Literal["eager", "lazy"] | None,
        examples_per_page: int,
        label: str | None,
        elem_id: str | None,
        run_on_click: bool,
        preprocess: bool,
        postprocess: bool,
        api_visibility: Literal["public", "private", "undocumented"],
        api_name: str | None,
        api_description: str | Literal[False] | None,
        batch: bool,
        example_labels: list[str] | None,
        visible_columns: list[int] | None,
        visible: bool | Literal["hidden"],
        preload: int | Literal[False],
    ) -> None:
        self.inputs = cast("list[Component]", [inputs] if isinstance(inputs, Block) else list(inputs))
        self.outputs = cast("list[Component]", [outputs] if isinstance(outputs, Block) else list(outputs or ()))
        self.fn, self.batch, self.preprocess, self.postprocess = fn, batch, preprocess, postprocess
        self.run_on_click, self.preload = run_on_click, preload
        self.api_name, self.api_visibility, self.api_description = api_name, api_visibility, api_description
        self.working_directory = Path.cwd()
        self.examples = self._listed(examples)
        self._values = [[self._resolved(c, v) for c, v in zip(self.inputs, row, strict=False)] for row in self.examples]
        self.input_has_examples = [any(len(row) > at and row[at] is not None for row in self.examples)
                                   for at in range(len(self.inputs))]  # fmt: skip
        self.inputs_with_examples = self._chosen(self.inputs)
        self.non_none_examples = [self._chosen(row) for row in self.examples]
        self._choose_caching(cache_examples, cache_mode)
        if self.cache_examples and any(self._is_partial(row) for row in self.examples):
            warnings.warn(
                "Examples will be cached but not all input components have a value in each: where one is missing, the "
                "function gets the component's first value, or None",
                NbblocksWarning,
                stacklevel=4,
            )
        shown = self._shown(visible_columns)
        self.visible_input_positions = shown
        self.dataset = Dataset(
            components=[self.inputs[at] for at in shown],
            samples=[[row[at] if at < len(row) else None for at in shown] for row in self._values] or [],
            type="tuple",
            label=label,
            samples_per_page=examples_per_page,
            elem_id=elem_id,
            visible=visible,
            sample_labels=example_labels,
        )
        self.cached_folder = utils.get_cache_folder() / str(self.dataset._id)
        self.cached_file, self.cached_indices_file = self.cached_folder / "log.csv", self.cached_folder / "indices.csv"
        self._cache = (
            _Cache(self.cached_folder, self.outputs, _fingerprint(self._values, fn, self.outputs))
            if self.cache_examples and fn is not None
            else None
        )
        self._in_work = [threading.Lock() for _ in self.examples]
        self.load_input_event: Dependency | None = None
        self.cache_event: Dependency | None = None
        if place.get() is not None:
            self.create()
        else:
            warnings.warn(
                "Examples made outside of a Blocks show nothing by themselves: call examples.dataset.render() in one, "
                "and examples.create() there, so that they listen",
                NbblocksWarning,
                stacklevel=4,
            )

    # --- what was given

    def _is_partial(self, row: list[Any]) -> bool:
        return len([value for value in row if value is not None]) < len(self.inputs)

    def _listed(self, examples: Any) -> list[list[Any]]:
        count = len(self.inputs)
        if isinstance(examples, (str, Path)):
            self.working_directory = Path(examples).absolute()
            found: list[Any] = _from_folder(Path(examples), count)
        elif isinstance(examples, (list, tuple)):
            found = list(examples)
        else:
            raise DeclarationError(f"examples are a list or the path of a folder, got {type(examples).__name__}")
        if count == 1 and not all(isinstance(row, list) for row in found):
            found = [[row] for row in found]
        for row in found:
            if not isinstance(row, (list, tuple)):
                raise DeclarationError(
                    f"examples for {count} inputs are lists, each with a value for every input, got {row!r}"
                )
            if len(row) > count:
                raise DeclarationError(f"an example has {len(row)} values for {count} inputs: {row!r}")
        return [list(row) for row in found]

    def _resolved(self, component: Component, value: Any) -> Any:
        """A file of the examples' folder by its whole path."""
        if not (isinstance(value, str) and component.has_files) or Path(value).is_absolute():
            return value
        path = self.working_directory / value
        return str(path) if not value.startswith(("http://", "https://", "data:")) and path.exists() else value

    def _chosen(self, row: Sequence[Any]) -> list[Any]:
        return [v for v, has in zip(row, self.input_has_examples, strict=False) if has]

    def _shown(self, visible_columns: list[int] | None) -> list[int]:
        with_examples = [at for at, has in enumerate(self.input_has_examples) if has]
        if visible_columns is None:
            return with_examples
        if not visible_columns:
            raise DeclarationError("visible_columns: at least one column is shown; None shows all")
        for at in visible_columns:
            if isinstance(at, bool) or not isinstance(at, int) or not 0 <= at < len(self.inputs):
                raise DeclarationError(f"visible_columns are positions of inputs, 0 to {len(self.inputs) - 1}: {at!r}")
        return [at for at in with_examples if at in visible_columns]

    def _choose_caching(self, given: bool | Literal["lazy"] | None, mode: Literal["eager", "lazy"] | None) -> None:
        can = self.fn is not None and bool(self.outputs)
        if given is None:
            by_env = (env("CACHE_EXAMPLES") or "").lower()
            given = "lazy" if by_env == "lazy" else by_env in ("1", "true")
            given = given if can else False
        if given not in (True, False, "lazy"):
            raise DeclarationError(f"cache_examples is True, False or 'lazy', got {given!r}")
        if given and not can:
            raise DeclarationError("cache_examples needs fn and outputs: what is computed, and what it gives")
        mode = mode or cast("Any", (env("CACHE_MODE") or "").lower() or "eager")
        if mode not in ("eager", "lazy"):
            raise DeclarationError(f"cache_mode is 'eager' or 'lazy', got {mode!r}")
        self.cache_examples: bool | Literal["lazy"] = "lazy" if given and mode == "lazy" else given

    # --- listening

    def create(self) -> None:
        """Listen to clicks, in the Blocks being declared."""
        here = place.get()
        quiet: dict[str, Any] = {"show_progress": "hidden", "queue": False}
        named: dict[str, Any] = {
            "api_name": self.api_name,
            "api_visibility": self.api_visibility,
            "api_description": self.api_description,
        }
        if self._cache is not None:
            quiet |= {"api_visibility": "undocumented", "api_description": False}
            filled = self.dataset.click(
                self._load_example_input, self.dataset, self.inputs_with_examples,
                api_name="load_example_input", **quiet,
            )  # fmt: skip
            self.cache_event = self.load_input_event = filled.then(
                self._output_fn(), self.dataset, self.outputs, postprocess=False, **named
            )
            root = here.root if here is not None else None
            if isinstance(root, Blocks) and self.cache_examples is True:
                root.startups.append(self._fill_cache)
                self._listen_to_load(root, quiet)
            return
        self.load_input_event = self.dataset.click(
            self._load_example, self.dataset, self.inputs_with_examples, **{**quiet, **named}
        )
        if self.run_on_click:
            if self.fn is None:
                raise DeclarationError("run_on_click needs fn: what a click runs")
            self.load_input_event.then(
                self.fn, self.inputs, self.outputs, api_visibility="undocumented", batch=self.batch,
                preprocess=self.preprocess, postprocess=self.postprocess,
            )  # fmt: skip

    def _listen_to_load(self, root: Blocks, quiet: dict[str, Any]) -> None:
        """Show an example and its kept result at once, unless its author gave the inputs values."""
        at = self.preload
        if at is False or not 0 <= at < len(self.examples):
            return
        if any("value" in c.given for c in self.inputs_with_examples):  # a Dropdown has its first choice anyhow
            return
        root.load(
            self._load_example_input, State(at), self.inputs_with_examples, api_name="load_example_input", **quiet
        )
        root.load(
            self._output_fn(), State(at), self.outputs, postprocess=False, api_name="load_example_output",
            show_progress="hidden", api_visibility="undocumented",
        )  # fmt: skip

    def _sample(self, index: int) -> Any:
        row = [*self._values[index], *[None] * len(self.inputs)][: len(self.inputs)]
        chosen = self._chosen(row)
        return chosen[0] if len(chosen) == 1 else tuple(chosen)

    @property
    def _load_example(self) -> Callable[..., Any]:
        def load_example(example: Any) -> Any:
            """Put a sample into the inputs."""
            return self._sample(_index(example))

        return load_example

    @property
    def _load_example_input(self) -> Callable[..., Any]:
        def load_example_input(example: Any) -> Any:
            """Put a sample into the inputs."""
            return self._sample(_index(example))

        return load_example_input

    def _output_fn(self) -> Callable[..., Any]:
        """Shows a kept result; one that is not there yet step by step, as it comes."""

        def load_example_output(example: Any) -> Any:
            """Show the result of a sample."""
            return self._given(self.load_from_cache(_index(example)))

        def load_example_steps(example: Any) -> Iterator[Any]:
            """Show the result of a sample."""
            for payloads in self._computed(_index(example)):
                yield self._given(payloads)

        is_generator = self.fn is not None and kind_of(self.fn)[1]
        return load_example_steps if is_generator else load_example_output

    def _given(self, payloads: list[Any]) -> Any:
        return payloads[0] if len(self.outputs) == 1 else tuple(payloads)

    # --- kept results

    @property
    def _kept(self) -> _Cache:
        if self._cache is None:
            raise DeclarationError("these examples' results are not kept: give cache_examples=True")
        return self._cache

    def _computed(self, index: int) -> Iterator[list[Any]]:
        """The payloads of an example's result: what is kept, or each step of what is computed, then kept."""
        cache = self._kept
        kept = cache.get(index)
        if kept is None:
            with self._in_work[index]:  # two who click it at once wait for one computation
                kept = cache.get(index)
                if kept is None:
                    yield from self._fresh(index)
                    return
        yield kept

    def _fresh(self, index: int) -> Iterator[list[Any]]:
        cache = self._kept
        payloads = [payload_of(c, _posted(c, v)) for c, v in zip(self.inputs, self._values[index], strict=False)]
        for c in self.inputs[len(payloads) :]:  # inputs that the examples do not have keep what they start with
            payloads.append(c.first_value())
        steps = steps_of(
            cast("Callable[..., Any]", self.fn), self.inputs, self.outputs, payloads,
            preprocess=self.preprocess, postprocess=self.postprocess, batch=self.batch,
        )  # fmt: skip
        last: list[Any] | None = None
        for last in steps:
            yield last
        if last is not None:
            cache.put(index, last)

    def load_from_cache(self, example_id: int) -> list[Any]:
        """The payloads of an example's result; they are computed when they are not kept yet.

        Parameters
        ----------
        example_id : int
            Place of the example.
        """
        *_, last = self._computed(example_id)
        return last

    def _fill_cache(self) -> None:
        """Compute what is not kept yet."""
        known = self._kept.known()
        missing = [at for at in range(len(self.examples)) if at not in known]
        if missing:
            print(f"Computing {len(missing)} examples, kept in {self.cached_folder.absolute()}")
        for at in missing:
            self.load_from_cache(at)

    async def cache(self) -> None:
        """Compute what is not kept yet, in a thread."""
        await asyncio.to_thread(self._fill_cache)

    async def get_processed_example(self, example: list[Any]) -> list[Any]:
        """An example as payloads, as pages get them."""
        return [_posted(c, v) for c, v in zip(self.inputs, example, strict=False)]


def _posted(component: Component, value: Any) -> Any:
    return None if value is None else component.postprocess(value)


def _index(example: Any) -> int:
    """Place of a sample: of what a Dataset gives, or itself."""
    return int(example[0] if isinstance(example, (tuple, list)) else example)


def Examples(
    examples: list[Any] | list[list[Any]] | str,
    inputs: Block | Sequence[Block],
    outputs: Block | Sequence[Block] | None = None,
    fn: Callable[..., Any] | None = None,
    cache_examples: bool | Literal["lazy"] | None = None,
    cache_mode: Literal["eager", "lazy"] | None = None,
    examples_per_page: int = 10,
    _api_mode: bool = False,
    label: str | None = None,
    elem_id: str | None = None,
    run_on_click: bool = False,
    preprocess: bool = True,
    postprocess: bool = True,
    api_visibility: Literal["public", "private", "undocumented"] = "undocumented",
    api_name: str | None = "load_example",
    api_description: str | Literal[False] | None = None,
    batch: bool = False,
    *,
    example_labels: list[str] | None = None,
    visible_columns: list[int] | None = None,
    visible: bool | Literal["hidden"] = True,
    preload: int | Literal[False] = 0,
) -> ExamplesHelper:
    """Show samples of inputs: a click puts one into the components, and can run a function.

    Parameters
    ----------
    examples : list, list of list, or str
        A value for each input, in a list for each sample; for a single input also just the values; or a folder: of its
        `log.csv`, whose columns are the inputs, or, for a single input, of its files. None: an input is left empty.
    inputs : component or list of components
        What a click fills.
    outputs : component or list of components, optional
        What the results of `fn` go to.
    fn : callable, optional
        Computes the results, when they are kept or when a click runs it.
    cache_examples : bool or "lazy", optional
        Whether results are kept in `.gradio/cached_examples` (`GRADIO_EXAMPLES_CACHE`), so that a click shows them at
        once. None: what `GRADIO_CACHE_EXAMPLES` says, else no.
    cache_mode : {"eager", "lazy"}, optional
        "eager": all are computed at the launch; "lazy": each at its first click. None: what `GRADIO_CACHE_MODE` says,
        else "eager".
    examples_per_page : int
        How many are shown at a time.
    label : str, optional
        What stands above; None: "Examples".
    elem_id : str, optional
        The `id` of its element in the page.
    run_on_click : bool
        Whether a click runs `fn`, where results are not kept.
    preprocess, postprocess : bool
        False: raw values into `fn`, or out of it.
    api_visibility : {"public", "undocumented", "private"}
        Of the endpoint that loads a sample.
    api_name : str, optional
        Of that endpoint.
    api_description : str or False, optional
        Of that endpoint.
    batch : bool
        Whether `fn` takes and returns lists.
    example_labels : list of str, optional
        Shown in place of each sample.
    visible_columns : list of int, optional
        Which inputs have a column; None: all that have a value in some sample.
    visible : bool or "hidden"
        Whether it is shown.
    preload : int or False
        Which sample is shown at once when the page opens, with its result, when these are kept and no input
        has a value of its own; False: none.

    Returns
    -------
    ExamplesHelper
        With the `dataset` shown and the events that it runs.

    Examples
    --------
    >>> import nbblocks as gr
    >>> with gr.Blocks() as demo:
    ...     name, age = gr.Textbox(label="Name"), gr.Number(label="Age")
    ...     people = gr.Examples([["Ada", 36], ["Alan", 41]], [name, age])
    >>> people.dataset.headers
    ['Name', 'Age']
    """
    given = {k: v for k, v in locals().items() if k != "_api_mode"}
    return ExamplesHelper(**given)
