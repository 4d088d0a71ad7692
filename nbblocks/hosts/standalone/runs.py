"""Which app a browser's past runs belong to."""

from __future__ import annotations

import hashlib
import json

from ...blocks.template import Template

__all__ = ["runs_scope"]


def runs_scope(template: Template, username: str | None) -> str:
    """A name for the runs that one person made of an app: the same after a restart, another once the app changed.

    Parameters
    ----------
    username : str, optional
        Who logged in; persons who share a browser do not share their runs.

    Examples
    --------
    >>> template = Template({}, {}, {"title": "A", "listeners": []})
    >>> runs_scope(template, None) == runs_scope(template, "ann")
    False
    """
    shape = [[i, kind, template.props[i].get("label")] for i, kind in template.types.items()]
    wires = [[d["id"], d["inputs"], d["outputs"]] for d in template.config["listeners"]]
    told = json.dumps([template.config["title"], shape, wires, username], default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:24]
