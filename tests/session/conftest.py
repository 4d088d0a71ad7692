"""What the tests of sessions share: apps that are ended with the test, and a gate for handlers."""

from __future__ import annotations

import threading
from contextlib import contextmanager

import pytest

from nbblocks.blocks import LaunchOptions
from nbblocks.session import LiveApp
from tests.session.driver import WirePage

TIMEOUT_S = 10


@pytest.fixture
def open_page():
    """Show an app: `open_page(demo)` gives its page; a second call with the same app, another viewer."""
    apps = {}

    def make(demo, *, request=None, acks=True, hello=True, clock=None, **options):
        if demo not in apps:
            apps[demo] = LiveApp(demo, LaunchOptions(**options), clock=clock)
        name = f"page{len(apps[demo].sessions)}"
        return WirePage(apps[demo], name, request, acks, hello)

    yield make
    for app in apps.values():
        app.close()


class Gate:
    """Holds handlers up until a test lets them go."""

    def __init__(self):
        self.entered = threading.Semaphore(0)
        self.leave = threading.Semaphore(0)

    def pass_through(self):
        self.entered.release()
        assert self.leave.acquire(timeout=TIMEOUT_S)

    def wait_entered(self):
        assert self.entered.acquire(timeout=TIMEOUT_S)

    def open(self, times=1):
        self.leave.release(times)

    @contextmanager
    def held(self):
        self.wait_entered()
        yield
        self.open()


@pytest.fixture
def gate():
    made = Gate()
    yield made
    made.open(100)
