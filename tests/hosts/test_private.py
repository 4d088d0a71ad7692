"""What we use of other packages that is private to them: these tests fail when it changes, and say what to look at."""

from __future__ import annotations

import inspect

import ipykernel
from ipykernel.comm import Comm


def test_a_comm_of_ipykernel_tells_on_which_subshell_its_messages_are_handled():
    """`hosts.launch.keep_own_subshell` answers in its place.

    Without it, events of a page may wait for the cell that runs; that they do not, is seen in
    tests/browser/test_notebook.py::test_clicks_are_answered_while_a_cell_runs.
    """
    if int(ipykernel.__version__.partition(".")[0]) < 7:
        assert not hasattr(Comm, "_reply_subshell_for")  # it has no subshells
        return
    assert list(inspect.signature(Comm._reply_subshell_for).parameters) == ["self", "data", "default"]
