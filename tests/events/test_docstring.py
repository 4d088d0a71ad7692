"""What tools say of themselves, from docstrings of each style."""

from __future__ import annotations

import pytest

from nbblocks.events.docstring import Told, told_by


def google(word, letter):
    """Count a letter.

    Slowly.

    Args:
        word (str): Where
            to look.
        letter: What: one.

    Returns:
        How often.

    Raises:
        ValueError: never.
    """


def numpys(word, letter):
    """Count a letter.

    Slowly.

    Parameters
    ----------
    word : str
        Where
        to look.
    letter : str
        What: one.

    Returns
    -------
    int
        How often.

    Examples
    --------
    >>> 1
    1
    """


def sphinxs(word, letter):
    """Count a letter.
    Slowly.

    :param str word: Where
        to look.
    :param letter: What: one.
    :type letter: str
    :return: How often.
    :rtype: int
    """


@pytest.mark.parametrize("fn", [google, numpys, sphinxs])
def test_each_style_is_read(fn):
    parameters = {"word": "Where to look.", "letter": "What: one."}
    assert told_by(fn) == Told("Count a letter. Slowly.", parameters, ["How often."])


@pytest.mark.parametrize("fn", [len, print, lambda: None, object()])
def test_what_says_nothing_or_is_built_in_is_read(fn):
    assert told_by(fn).parameters == {}


def test_an_object_is_described_by_its_call():
    class Model:
        """A model."""

        def __call__(self, x):
            """Runs it. Returns: no heading here"""

    assert told_by(Model()).summary == "Runs it. Returns: no heading here"
