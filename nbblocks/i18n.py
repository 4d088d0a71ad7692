"""Texts in the viewer's language."""

from __future__ import annotations

import html
import json
import re
import warnings
from typing import Any

from .exceptions import DeclarationError

__all__ = ["I18n", "I18nData", "translated", "translations_of"]

_LOCALE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*")  # enough of https://www.rfc-editor.org/info/bcp47
_Q = '(?:"|&quot;)'  # a mark may stand in HTML
_MARK = re.compile(rf"__i18n__\{{{_Q}__type__{_Q}: {_Q}translation_metadata{_Q}, {_Q}key{_Q}: {_Q}(.*?){_Q}\}}")


class I18nData(str):
    """A text to be translated by the page: a mark that stands for it, which can be part of a longer text.

    Parameters
    ----------
    key : str
        Its key in the translations.
    """

    key: str
    __slots__ = ("key",)

    def __new__(cls, key: str) -> I18nData:
        """Make the mark."""
        made = super().__new__(cls, f"__i18n__{json.dumps({'__type__': 'translation_metadata', 'key': key})}")
        made.key = key
        return made

    def to_dict(self) -> dict[str, Any]:
        """What the mark holds."""
        return {"__type__": "translation_metadata", "key": self.key}

    tojson = to_dict


class I18n:
    """Translations by language; the page shows those of its browser's language, else the English ones, else the key.

    Parameters
    ----------
    **translations : dict of str to str
        Texts by key, for each language as BCP 47 names it: `en`, `de`, or by `**{"pt-BR": …}`.

    Examples
    --------
    >>> import nbblocks as gr
    >>> i18n = gr.I18n(en={"greet": "Hello"}, de={"greet": "Hallo"})
    >>> i18n("greet").key
    'greet'
    """

    def __init__(self, **translations: dict[str, str]) -> None:
        for locale, texts in translations.items():
            if not isinstance(texts, dict):
                raise DeclarationError(f"I18n: {locale} must be a dict of texts by key, got {type(texts).__name__}")
            if not _LOCALE.fullmatch(locale):
                warnings.warn(f"I18n: {locale!r} is no language's code, such as 'en' or 'pt-BR'", stacklevel=2)
        self.translations: dict[str, dict[str, str]] = translations

    @property
    def translations_dict(self) -> dict[str, dict[str, str]]:
        """The translations by language."""
        return self.translations

    def __call__(self, key: str) -> I18nData:
        """The text of a key, in the viewer's language."""
        return I18nData(key)


def translations_of(given: Any) -> dict[str, dict[str, str]] | None:
    """The translations that `launch(i18n=…)` was given."""
    if given is None:
        return None
    if isinstance(given, dict):
        given = I18n(**given)
    if not isinstance(given, I18n):
        raise DeclarationError(f"launch: i18n must be an I18n or None, got {given!r}")
    return given.translations


def translated(text: str, translations: dict[str, dict[str, str]] | None, locale: str = "en") -> str:
    """A text with its marks replaced, where no page does it.

    Examples
    --------
    >>> translated(f"{I18nData('greet')}!", {"en": {"greet": "Hello"}})
    'Hello!'
    """
    texts = (translations or {}).get(locale, {})

    def said(found: re.Match[str]) -> str:
        key: str = json.loads(f'"{html.unescape(found[1])}"')
        return texts.get(key, key)

    return _MARK.sub(said, text) if "__i18n__" in text else text
