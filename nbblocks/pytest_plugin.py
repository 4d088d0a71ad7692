"""Fixtures for tests of apps; pytest finds them when nbblocks is installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .testing import AppTest


@pytest.fixture
def blocks_app() -> Iterator[Callable[..., AppTest]]:
    """Try apps: `app = blocks_app(demo)`; each is ended with the test, and the errors of its handlers are raised.

    Examples
    --------
    ::

        def test_it_greets(blocks_app):
            app = blocks_app(demo)
            app["Name"].set("Ada")
            app["Greet"].click()
            assert app["Greeting"].value == "Hello Ada!"
    """
    with ExitStack() as apps:

        def show(blocks: Any, **options: Any) -> AppTest:
            app: AppTest = apps.enter_context(blocks.test(**options))
            return app

        yield show
