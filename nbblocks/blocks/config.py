"""The app's configuration, as Gradio's clients read it (`GET /config`)."""

from __future__ import annotations

import inspect
import itertools
import typing
from typing import TYPE_CHECKING, Any

from .._version import __version__
from ..components import JSON, Component
from ..events import Dependency, EventData
from ..events.listener import Target
from ..tree import Block, Root
from ..wire.payloads import dumped
from .template import interactivity, layout_of

if TYPE_CHECKING:
    from .app import Blocks

__all__ = ["config_of"]

#: The release of Gradio whose protocol is spoken; its clients choose how to talk by it.
SPOKEN = "6.31.0"


def config_of(blocks: Blocks) -> dict[str, Any]:
    """Describe an app: components, layout, dependencies."""
    decided = interactivity(blocks.blocks, blocks.listeners)
    components = [_component(b, decided[i]) for i, b in blocks.blocks.items() if not isinstance(b, Root)]
    layouts = {r.path: layout_of(r.container) for r in blocks.routes.values()}
    first = layouts[""]
    everything = {"id": first["id"], "children": [c for layout in layouts.values() for c in layout["children"]]}
    dependencies = [dependency_config(d, blocks.listener_ids, blocks._id) for d in blocks.listeners.values()]
    _name_the_rest(dependencies)
    return {
        "version": SPOKEN,
        "nbblocks_version": __version__,
        "api_prefix": "/gradio_api",
        "mode": blocks.mode,
        "title": str(blocks.title or "nbblocks"),
        "protocol": "sse_v3",
        "connect_heartbeat": True,
        "enable_queue": True,
        "fill_height": blocks.fill_height,
        "fill_width": blocks.fill_width,
        "components": components,
        "layout": everything,
        "dependencies": dependencies,
        "pages": [list(page) for page in blocks.pages],
        "analytics_enabled": False,
        "app_id": None,
        "body_css": None,
        "css": None,
        "dev_mode": False,
        "footer_links": [],
        "head": None,
        "i18n_translations": None,
        "is_colab": False,
        "js": None,
        "max_file_size": None,
        "mcp_server": False,
        "pwa": False,
        "run_history": True,
        "show_error": True,
        "space_id": None,
        "stylesheets": [],
        "theme": blocks.theme.name if blocks.theme else None,
        "theme_hash": None,
        "vibe_mode": False,
        "page": {
            path: {
                "layout": {"id": first["id"], "children": layout["children"]},
                "components": [c["id"] for c in components if blocks.page_of(blocks.blocks[c["id"]]) == path],
                "dependencies": [i for i, d in blocks.listeners.items() if d.page == path],
            }
            for path, layout in layouts.items()
        },
    }


def _name_the_rest(dependencies: list[dict[str, Any]]) -> None:
    """Tell of listeners without a function in Python as Gradio does: they have a name, too, that nobody calls."""
    taken = {d["api_name"] for d in dependencies}
    for told in dependencies:
        if told["backend_fn"]:
            continue
        wanted = "js_fn" if told["js"] else "unnamed"
        names = itertools.chain([wanted], (f"{wanted}_{n}" for n in itertools.count(1)))
        name = next(name for name in names if name not in taken)
        taken.add(name)
        told |= {"api_name": name, "queue": False, "api_visibility": "private"}


#: Kinds that Gradio's clients know by another name.
_NAMES = {
    "tab": "tabitem",
    "step": "walkthroughstep",
    "clearbutton": "button",
    "deeplinkbutton": "button",
    "loginbutton": "button",
}


def _component(block: Block, interactive: bool | None) -> dict[str, Any]:
    shown_as = block.get_block_name()
    name = _NAMES.get(shown_as, shown_as)
    if shown_as == "json" and not isinstance(block, JSON):  # a class of the program's own without a browser half
        name = block.get_block_class()
    props = {k: dumped(v) for k, v in block.get_config().items() if v is not None and not callable(v)}
    described: dict[str, Any] = {
        "id": block._id,
        "type": name,
        "props": {**props, "name": props.get("name", name) if name == "nativeplot" else name},
        "skip_api": getattr(block, "skip_api", True),
        "component_class_id": block.component_class_id
        if isinstance(block, Component)
        else f"{type(block).__module__}.{type(block).__qualname__}",
        "key": block.unique_key,
    }
    if isinstance(block, Component) and not block.skip_api:
        described |= {
            "api_info": block.api_info(),
            "api_info_as_input": block.api_info_as_input(),
            "api_info_as_output": block.api_info_as_output(),
            "example_inputs": block.example_inputs(),
        }
    return described


def _target(target: Target, blocks_id: int) -> int:
    """The id of a trigger; the app's own stands for the page, and 0 for a load that nobody named."""
    return target.block._id if target.block else 0 if target.is_implied else blocks_id


def dependency_config(dependency: Dependency, ids: dict[Dependency, int], blocks_id: int) -> dict[str, Any]:
    """Describe a listener."""
    after = dependency.after
    return {
        "id": ids[dependency],
        "targets": [(_target(t, blocks_id), t.event) for t in dependency.targets]
        or ([(None, after.on)] if after else []),
        "inputs": [b._id for b in dependency.inputs],
        "outputs": [b._id for b in dependency.outputs],
        "backend_fn": dependency.fn is not None,
        "js": dependency.js,
        "queue": dependency.queue,
        "api_name": dependency.api_name,
        "api_description": dependency.api_description,
        "scroll_to_output": dependency.scroll_to_output,
        "show_progress": str(dependency.show_progress),
        "show_progress_on": [b._id for b in dependency.show_progress_on] or None,
        "batch": dependency.batch,
        "max_batch_size": dependency.max_batch_size,
        "cancels": [ids[d] for d in dependency.cancels if d in ids],
        "types": {
            "generator": inspect.isgeneratorfunction(dependency.fn) or inspect.isasyncgenfunction(dependency.fn),
            "cancel": bool(dependency.cancels),
        },
        "trigger_after": ids.get(after.dependency) if after else None,
        "trigger_only_on_success": after is not None and after.on == "success",
        "trigger_only_on_failure": after is not None and after.on == "failure",
        "trigger_mode": dependency.trigger_mode,
        "api_visibility": dependency.api_visibility,
        "connection": "stream" if any(t.event == "stream" for t in dependency.targets) else "sse",
        "time_limit": dependency.time_limit,
        "stream_every": dependency.stream_every,
        "collects_event_data": _takes_event_data(dependency.fn),
        "rendered_in": None,
        "render_id": None,
        "event_specific_args": ["stream_every"] if any(t.event == "stream" for t in dependency.targets) else None,
        "component_prop_inputs": dependency.component_prop_inputs,
        "js_implementation": None,
    }


def _takes_event_data(fn: Any) -> bool:
    """Whether a parameter of the function is annotated with a kind of EventData."""
    try:
        parameters = inspect.signature(fn).parameters.values()
        hints = typing.get_type_hints(fn) if inspect.isroutine(fn) else {}
    except Exception:  # no signature, or hints that name what is not there
        return False
    kinds = [hints.get(p.name, p.annotation) for p in parameters]
    return any(inspect.isclass(kind) and issubclass(kind, EventData) for kind in kinds)
