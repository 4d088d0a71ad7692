"""A code editor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from ..declare import KW_ONLY, param
from ..events import event
from ..exceptions import DeclarationError
from .base import Editable, button_names

__all__ = ["Code"]

_SQL = (
    *("msSQL", "mySQL", "mariaDB", "sqlite", "cassandra", "plSQL", "hive", "pgSQL", "gql", "gpSQL", "sparkSQL"),
    "esper",
)
LANGUAGES = (
    *("python", "c", "cpp", "markdown", "latex", "json", "html", "css", "javascript", "jinja2", "typescript"),
    *("yaml", "dockerfile", "shell", "r", "sql", *(f"sql-{dialect}" for dialect in _SQL)),
)


class Code(Editable):
    r"""A code editor, with the colours of its language.

    Parameters
    ----------
    value : str or callable, optional
        First text; a function is called once per page load.
    language : str, optional
        "python", "c", "cpp", "markdown", "latex", "json", "html", "css", "javascript", "jinja2", "typescript", "yaml",
        "dockerfile", "shell", "r", "sql" or one of its dialects such as "sql-sqlite"; None: plain text.
    lines : int
        Height at least, in lines.
    max_lines : int, optional
        Lines up to which it grows with its text; None: without end.
    wrap_lines : bool
        Whether long lines are wrapped.
    show_line_numbers : bool
        Whether lines are numbered.
    autocomplete : bool
        Whether it offers completions while one types.
    buttons : list of str or Button, optional
        Buttons in its corner: "copy", "download", or buttons of your own; None: both of the named.

    Examples
    --------
    >>> Code(language="python").postprocess("x = 1\n")
    'x = 1'
    """

    value: str | Callable[..., Any] | None = param(default=None, wire=str | None)
    language: str | None = None
    _: KW_ONLY
    lines: int = 5
    max_lines: int | None = None
    wrap_lines: bool = False
    show_line_numbers: bool = True
    autocomplete: bool = False
    buttons: Sequence[Any] | None = param(default=None, wire=list[str] | None, encode=button_names)

    chunks: ClassVar[tuple[str, ...]] = ("code",)

    change = event("The text changed, by the user or by an update.")
    input = event("The user edited the text.")
    focus = event("It got the keyboard.")
    blur = event("It lost the keyboard.")

    told_for_none: ClassVar[dict[str, Any]] = {"buttons": ["copy", "download"]}

    languages: ClassVar[list[str | None]] = [*LANGUAGES, None]

    def check(self) -> None:
        """Refuse an unknown language."""
        super().check()
        if self.language is not None and self.language not in LANGUAGES:
            raise DeclarationError(f"{self!r}: language is one of {', '.join(LANGUAGES)}; got {self.language!r}")

    @property
    def blank(self) -> str:
        """No text."""
        return ""

    def preprocess(self, payload: str | None) -> str | None:
        """Give the text."""
        return payload

    def postprocess(self, value: Any) -> str | None:
        """Show text, without blank lines at its ends; None clears.

        Raises
        ------
        ValueError
            It is no text.
        """
        if value is None:
            return None
        if not isinstance(value, str):
            raise ValueError(f"{self!r} shows text, got {type(value).__name__}; of a file, give its text")
        return value.strip()

    def api_info(self) -> dict[str, Any]:
        """A string."""
        return {"type": "string"}

    def example_payload(self) -> str:
        """A line of Python."""
        return "print('Hello World')"

    def example_value(self) -> str:
        """A line of Python."""
        return "print('Hello World')"
