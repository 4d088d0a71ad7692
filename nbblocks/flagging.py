"""Flagged samples: what a person marks in an app, kept in CSV files."""

from __future__ import annotations

import contextlib
import csv
import datetime
import io
import json
import os
import re
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from .components import Button, Component
from .events import LikeData
from .exceptions import Error
from .session import Request
from .wire.files import folder_name

__all__ = [
    "CSVLogger",
    "ChatCSVLogger",
    "ClassicCSVLogger",
    "FlagMethod",
    "FlaggingCallback",
    "SimpleCSVLogger",
    "csv_safe",
]

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_AFTER_COMMA = re.compile(r",[=+\-@\t\r\n]")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_NUMBERED = re.compile(r"dataset(\d+)\.csv")


def csv_safe(value: Any) -> Any:
    r"""A cell that no spreadsheet takes for a formula; numbers stay as they are.

    Examples
    --------
    >>> csv_safe("=1+1"), csv_safe("-3"), csv_safe("a\n=1")
    ("'=1+1", '-3', 'a\n=1')
    """
    if not isinstance(value, str) or _NUMBER.fullmatch(value):
        return value
    # https://owasp.org/www-community/attacks/CSV_Injection: also after a comma, for readers that split anew
    return "'" + value if value.startswith(_STARTS_FORMULA) or _AFTER_COMMA.search(value) else value


class FlaggingCallback(ABC):
    """How flagged samples are kept: derive from it, and give an instance as `flagging_callback`.

    Examples
    --------
    >>> class Kept(FlaggingCallback):
    ...     def setup(self, components, flagging_dir):
    ...         self.samples = []
    ...     def flag(self, flag_data, flag_option=None, username=None):
    ...         self.samples.append(flag_data)
    ...         return len(self.samples)
    >>> kept = Kept()
    >>> kept.setup([], "unused")
    >>> kept.flag(["a"])
    1
    """

    @abstractmethod
    def setup(self, components: Sequence[Component], flagging_dir: str | Path) -> None:
        """Get ready; called once, before the first sample.

        Parameters
        ----------
        components : list of components
            Whose payloads a sample has, in this order.
        flagging_dir : str or Path
            Folder for what is kept.
        """

    @abstractmethod
    def flag(self, flag_data: list[Any], flag_option: str | None = None, username: str | None = None) -> int:
        """Keep one sample.

        Parameters
        ----------
        flag_data : list
            A payload for each component.
        flag_option : str, optional
            As what it was flagged.
        username : str, optional
            Who flagged it, when people log in.

        Returns
        -------
        int
            How many samples there are now.
        """


def append_rows(path: Path, rows: list[list[Any]], safe: Callable[[Any], Any] = csv_safe) -> None:
    """Add lines to a file, all of them or, when the disk is full, none; `safe` makes each cell harmless."""
    text = io.StringIO()
    csv.writer(text).writerows([[safe(cell) for cell in row] for row in rows])
    fd = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        size_bytes = os.fstat(fd).st_size
        left = text.getvalue().encode()
        try:
            while left:
                left = left[os.write(fd, left) :]
        except OSError as error:
            with contextlib.suppress(OSError):
                os.ftruncate(fd, size_bytes)
            raise Error(f"The sample could not be kept: {error.strerror}") from error
    finally:
        os.close(fd)


def _headers_of(path: Path) -> list[str]:
    with path.open(newline="", encoding="utf-8") as lines:
        return next(csv.reader(lines), [])


class _Counter:
    """Rows of CSV files, each read once and then counted on, as long as nobody else writes to it."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[int | None, int]] = {}

    def after_one_more(self, path: Path, size_before: int) -> int:
        size, rows = self._known.get(path, (None, 0))
        if size == size_before:
            rows += 1
        else:
            with path.open(newline="", encoding="utf-8") as lines:
                rows = sum(1 for _ in csv.reader(lines))
        self._known[path] = (path.stat().st_size, rows)
        return rows


class _CSV(FlaggingCallback):
    """What the CSV loggers share: the folder, one writer at a time, cells."""

    simplify_file_data = True

    def setup(self, components: Sequence[Component], flagging_dir: str | Path) -> None:
        """Remember what is kept where; the folder is made with the first sample."""
        self.components = list(components)
        self.flagging_dir = Path(flagging_dir)
        self._lock = threading.RLock()
        self._counter = _Counter()

    def _labels(self) -> list[str]:
        return [str(getattr(c, "label", None) or f"component {at}") for at, c in enumerate(self.components)]

    def _cells(self, flag_data: list[Any]) -> list[Any]:
        """A sample as cells; its files are copied into a folder for each component."""
        cells = []
        try:
            for at, (component, payload) in enumerate(zip(self.components, flag_data, strict=False)):
                if isinstance(payload, dict) and payload.get("__type__") == "update":
                    cells.append(str(payload))
                    continue
                label = getattr(component, "label", None) or f"component {at}"
                kept = component.flag(payload, self.flagging_dir / folder_name(str(label), f"component {at}"))
                cells.append("" if kept is None else self._simple(kept) if self.simplify_file_data else kept)
        except OSError as error:
            raise Error(f"The sample could not be kept: {error.strerror}") from error
        return cells

    @staticmethod
    def _simple(cell: Any) -> Any:
        """Only the path, where a cell is nothing but one file."""
        if not (isinstance(cell, str) and cell.startswith("{") and '"gradio.FileData"' in cell):
            return cell
        try:
            file = json.loads(cell)
        except ValueError:
            return cell
        is_file = isinstance(file, dict) and file.get("meta", {}).get("_type") == "gradio.FileData"
        return file["path"] or file.get("url") or "" if is_file else cell

    def _write(self, path: Path, headers: list[str] | None, row: list[Any]) -> int:
        """Add a row, below the headers when it is the first; how many rows there are."""
        try:
            self.flagging_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Error(f"The sample could not be kept: {error.strerror}") from error
        size_before = path.stat().st_size if path.exists() else 0
        rows = [row] if size_before or headers is None else [headers, row]
        append_rows(path, rows)
        return self._counter.after_one_more(path, size_before)


class SimpleCSVLogger(_CSV):
    r"""Keeps samples in `log.csv`, one line each, without headers.

    Examples
    --------
    >>> import tempfile, nbblocks as gr
    >>> logger = SimpleCSVLogger()
    >>> logger.setup([gr.Textbox()], folder := tempfile.mkdtemp())
    >>> logger.flag(["a"])
    0
    >>> (Path(folder) / "log.csv").read_text()
    'a\n'
    """

    simplify_file_data = False

    def flag(self, flag_data: list[Any], flag_option: str | None = None, username: str | None = None) -> int:
        """Keep one sample; the number of those before it."""
        with self._lock:
            return self._write(self.flagging_dir / "log.csv", None, self._cells(flag_data)) - 1


class ClassicCSVLogger(_CSV):
    """Keeps samples in `log.csv`, under the labels, `flag`, `username` and `timestamp`."""

    def __init__(self, simplify_file_data: bool = True) -> None:
        self.simplify_file_data = simplify_file_data

    def flag(self, flag_data: list[Any], flag_option: str | None = None, username: str | None = None) -> int:
        """Keep one sample; the number of samples."""
        headers = [*self._labels(), "flag", "username", "timestamp"]
        with self._lock:
            row = [*self._cells(flag_data), flag_option, username or "", str(datetime.datetime.now())]
            return self._write(self.flagging_dir / "log.csv", headers, row) - 1


class CSVLogger(_CSV):
    """Keeps samples in `dataset1.csv`, under the labels; when these change, in `dataset2.csv`, and so on.

    Parameters
    ----------
    simplify_file_data : bool
        Whether a file is one path in the CSV, rather than all that is known of it.
    verbose : bool
        Whether to print which file is used.
    dataset_file_name : str, optional
        Name of the one file to use.

    Notes
    -----
    Columns `flag` and `username` are there only once a sample has them.

    Examples
    --------
    >>> import tempfile, nbblocks as gr
    >>> logger = CSVLogger(verbose=False)
    >>> logger.setup([gr.Textbox(label="Text")], folder := tempfile.mkdtemp())
    >>> logger.flag(["=1+1"], "odd")
    1
    >>> (Path(folder) / "dataset1.csv").read_text().splitlines()[1][:9]
    "'=1+1,odd"
    """

    def __init__(
        self, simplify_file_data: bool = True, verbose: bool = True, dataset_file_name: str | None = None
    ) -> None:
        self.simplify_file_data, self.verbose, self.dataset_file_name = simplify_file_data, verbose, dataset_file_name
        self.dataset_filepath: Path | None = None

    def setup(self, components: Sequence[Component], flagging_dir: str | Path) -> None:
        """Remember what is kept where; the file is chosen with the first sample."""
        super().setup(components, flagging_dir)
        self.dataset_filepath = None

    def flag(self, flag_data: list[Any], flag_option: str | None = None, username: str | None = None) -> int:
        """Keep one sample; the number of samples in its file."""
        more = {"flag": flag_option, "username": username}
        with self._lock:
            cells = self._cells(flag_data)
            headers = [*self._labels(), *(name for name, given in more.items() if given), "timestamp"]
            path, headers = self._file_for(headers)
            given = [more[name] or "" for name in headers[len(cells) : -1]]
            return self._write(path, headers, [*cells, *given, str(datetime.datetime.now())]) - 1

    def _file_for(self, headers: list[str]) -> tuple[Path, list[str]]:
        """The newest file with room for these columns, or the next one; and its own columns."""
        if self.dataset_file_name:
            path = self.flagging_dir / folder_name(self.dataset_file_name, "dataset.csv")
            found = _headers_of(path) if path.exists() else []
            if found and not _fits(headers, found):
                raise Error(f"{path} has other columns ({', '.join(found)}); give another dataset_file_name")
            return self._told(path, found or headers)
        numbered = {int(m[1]): p for p in self.flagging_dir.glob("dataset*.csv") if (m := _NUMBERED.fullmatch(p.name))}
        last = max(numbered, default=0)
        if last and _fits(headers, found := _headers_of(numbered[last])):
            return self._told(numbered[last], found)
        return self._told(self.flagging_dir / f"dataset{last + 1}.csv", headers)

    def _told(self, path: Path, headers: list[str]) -> tuple[Path, list[str]]:
        if path != self.dataset_filepath and self.verbose:
            print(f"{'Adding samples to' if path.exists() else 'Keeping samples in'} {path}")
        self.dataset_filepath = path
        return path, headers


def _fits(headers: list[str], found: list[str]) -> bool:
    """Whether a file has these columns, and otherwise at most those that may stay empty."""
    safe = [csv_safe(h) for h in headers]
    own = [h for h in found if h in safe or h not in ("flag", "username")]
    return own == safe


class FlagMethod:
    """What a flag button runs: gives the sample to the callback, and says so on the button.

    Parameters
    ----------
    flagging_callback : FlaggingCallback
        Keeps the sample.
    label : str
        Caption of the button.
    value : str, optional
        As what the sample is flagged.
    visual_feedback : bool
        Whether there is a button to answer with.
    """

    __name__ = "Flag"

    def __init__(
        self, flagging_callback: FlaggingCallback, label: str, value: str | None, visual_feedback: bool = True
    ) -> None:
        self.flagging_callback, self.label, self.value = flagging_callback, label, value
        self.visual_feedback = visual_feedback

    def __call__(self, request: Request, *flag_data: Any) -> Any:
        """Keep the sample; the button says "Saved!"."""
        self.flagging_callback.flag(list(flag_data), flag_option=self.value, username=request.username)
        return Button("Saved!", interactive=False) if self.visual_feedback else None

    def reset(self) -> Button:
        """The button as it was."""
        return Button(self.label, interactive=True)


class ChatCSVLogger:
    """Keeps what people think of a chat's answers in `log.csv`, each line with the whole conversation.

    Examples
    --------
    >>> import tempfile, nbblocks as gr
    >>> logger = ChatCSVLogger()
    >>> logger.setup(folder := tempfile.mkdtemp())
    >>> logger.flag([], gr.LikeData(None, {"index": 1, "value": ["Yes"]}), "Like")
    >>> next(csv.DictReader((Path(folder) / "log.csv").read_text().splitlines()))["flag"]
    'Like'
    """

    def setup(self, flagging_dir: str | Path) -> None:
        """Remember the folder; it is made with the first line."""
        self.flagging_dir = Path(flagging_dir)
        self._lock = threading.Lock()

    def flag(
        self,
        conversation: list[dict[str, Any]],
        feedback: LikeData,
        flag_option: str | None = None,
        username: str | None = None,
    ) -> None:
        """Keep one opinion.

        Parameters
        ----------
        conversation : list of dict
            The messages.
        feedback : LikeData
            Of which message it is.
        flag_option : str, optional
            The opinion.
        username : str, optional
            Whose it is, when people log in.
        """
        path = self.flagging_dir / "log.csv"
        value = feedback.value if isinstance(feedback.value, str) else json.dumps(feedback.value, default=str)
        headers = ["conversation", "index", "value", "flag", "username", "timestamp"]
        told = json.dumps(conversation, default=str)
        row = [told, json.dumps(feedback.index), value, flag_option, username or "", str(datetime.datetime.now())]
        with self._lock:
            try:
                self.flagging_dir.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise Error(f"The sample could not be kept: {error.strerror}") from error
            has_lines = path.exists() and path.stat().st_size > 0
            append_rows(path, [row] if has_lines else [headers, row])
