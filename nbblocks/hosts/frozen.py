"""An app as one file that stays interactive: what its functions give was computed before, for chosen inputs."""

from __future__ import annotations

import base64
import gzip
import html
import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..blocks import Blocks, LaunchOptions
from ..components import Checkbox, Component, Dropdown, Radio, State
from ..events import Dependency, EventData
from ..exceptions import DeclarationError, NotInThisHost, warn_once
from ..session import LiveApp, Session
from ..session.call import special_parameters
from ..testing import Viewer
from ..tree import Block

__all__ = ["freeze"]

#: Nothing is asked of any server: what the page needs is in it.
CSP = (
    "default-src 'none'; script-src 'unsafe-inline' blob:; style-src 'unsafe-inline'; img-src data: blob:; "
    "media-src data: blob:; font-src data: blob:; connect-src data: blob:; base-uri 'none'; form-action 'none'"
)

#: Starts the runtime, which lies in the page, squeezed, and gives it a session that only remembers.
_BOOT = """
const text = (ref) => document.querySelector(`script[data-ref="${ref}"]`).textContent;
const module = async (name) => {
  const bytes = Uint8Array.from(atob(text(`asset:${name}`)), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const blob = new Blob([await new Response(stream).arrayBuffer()], { type: "text/javascript" });
  return import(URL.createObjectURL(blob));
};
const [{ mountStandalone }, { FrozenChannel }] = await Promise.all([module("runtime.js"), module("chunk-frozen.js")]);
const boot = JSON.parse(text("boot"));
mountStandalone(document.getElementById("nbblocks-root"), boot, new FrozenChannel(boot, JSON.parse(text("runs"))));
"""


class _Recorder(Viewer):
    """A viewer whose session tells everything it does, also what changes nothing."""

    def __init__(self, live: LiveApp) -> None:
        self.record: list[dict[str, Any]] | None = None
        super().__init__(live, live.open(interval_s=0.0001))
        session, set_props, tell = self.session, self.session.set_props, self.session.tell

        def heard(block: Block, props: dict[str, Any], rev: int | None = None) -> bool:
            if self.record is not None:
                self.record.append({"kind": "state", "models": {str(block._id): dict(props)}})
            return set_props(block, props, rev)

        def told(message: dict[str, Any], buffers: list[Any] | None = None) -> None:
            if self.record is not None and message["kind"] in ("job", "toast", "fire"):
                self.record.append(dict(message))
            tell(message, buffers)

        session.set_props = heard  # type: ignore[method-assign]
        session.tell = told  # type: ignore[method-assign]


class Freezer:
    """Runs an app's functions over inputs and keeps what a page would be told.

    Parameters
    ----------
    inputs : mapping of component to list
        Values of each; those of components that are not in it follow from their choices, or are what they are at first
        and what functions give them.
    max_runs : int
        Most calls.
    """

    def __init__(self, blocks: Blocks, inputs: Mapping[Block, Sequence[Any]], max_runs: int) -> None:
        self.live = LiveApp(blocks, LaunchOptions(inline=False, show_error=True, **blocks.look()))
        self.max_runs, self.runs_made = max_runs, 0
        self.first = _Recorder(self.live)
        self.first.settle()
        self.first.raise_errors()
        self.values: dict[int, list[Any]] = {}
        self.given = {block._id: list(values) for block, values in inputs.items()}
        for block_id, values in self.given.items():
            block = blocks.blocks.get(block_id)
            if not isinstance(block, Component) or isinstance(block, State) or not values:
                raise DeclarationError(f"freeze: {block!r} is no component of this app with a list of values")
            wire = [self.first.session.files.to_wire(block.postprocess(v)) for v in values]
            self.values[block_id] = list(self._distinct([*wire, self._shown(block_id)]))

    def _shown(self, block_id: int) -> Any:
        return self.first._shown(str(block_id), "value")

    @staticmethod
    def _distinct(values: list[Any]) -> Iterator[Any]:
        seen = set()
        for value in values:
            key = json.dumps(value, sort_keys=True)
            if key not in seen:
                seen.add(key)
                yield value

    def _values_of(self, block: Block) -> list[Any]:
        known = self.values.get(block._id)
        if known is None:
            shown = self._shown(block._id)
            known = self.values[block._id] = list(self._distinct([shown, *self._natural(block)]))
        return known

    @staticmethod
    def _natural(block: Block) -> list[Any]:
        """Every value of a component that has few."""
        if isinstance(block, Checkbox):
            return [True, False]
        is_one = isinstance(block, Radio) or (isinstance(block, Dropdown) and not block.multiselect)
        if is_one and not getattr(block, "allow_custom_value", False):
            return [value for _, value in getattr(block, "choices", None) or ()]
        return []

    # --- listeners

    def refusal(self, dependency: Dependency) -> str | None:
        """Why a listener's results cannot be known before."""
        name = dependency.name
        everything = [*dependency.inputs, *dependency.inputs_kwargs.values(), *dependency.outputs]
        if dependency.renders is not None:
            return f"{name} makes components"
        if any(isinstance(block, State) for block in everything):
            return f"{name} uses a State, which holds what happened before"
        if any(target.event in ("tick", "stream") for target in dependency.targets):
            return f"{name} runs on and on"
        fn = dependency.fn
        if fn is not None and any(issubclass(s.kind, EventData) for s in special_parameters(fn)):
            return f"{name} asks what was selected"
        return None

    def reached(self, dependency: Dependency) -> list[Dependency]:
        """A listener and those that run because it ran."""
        found, waiting = [dependency], [dependency]
        while waiting:
            at = waiting.pop()
            after = [*self.live.followers_of(at), *(d for b in at.outputs for d in self.live.listeners_of(b, "change"))]
            for other in after:
                if other not in found:
                    found.append(other)
                    waiting.append(other)
        return found

    def frozen(self) -> dict[str, Any]:
        """Each listener that a person can set off: what it depends on, and what happens for which values."""
        ids = self.live.blocks.listener_ids
        listeners: dict[str, dict[str, Any]] = {}
        for dependency in self.live.blocks.listeners.values():
            starts = [t for t in dependency.targets if t.block is not None]
            if dependency.fn is None or not starts:
                continue
            together = self.reached(dependency)
            refusal = next((why for d in together if d.fn is not None and (why := self.refusal(d))), None)
            if refusal is not None:
                warn_once(f"freeze.{dependency.name}", f"freeze: {refusal}: the file leaves it out", NotInThisHost)
                listeners[str(ids[dependency])] = {"refused": refusal, "keys": [], "runs": []}
                continue
            keys = list({b._id: b for d in together for b in [*d.inputs, *d.inputs_kwargs.values()]})
            listeners[str(ids[dependency])] = {"keys": keys, "runs": []}
        todo = True
        while todo:  # what one function gives may be what another takes
            todo = False
            for number, listener in listeners.items():
                todo |= self._run_all(int(number), listener)
        return listeners

    def _run_all(self, number: int, listener: dict[str, Any]) -> bool:
        """Run it for every combination of values that was not run yet; whether there was any."""
        if "refused" in listener:
            return False
        dependency = self.live.blocks.listeners[number]
        blocks = [self.live.blocks.blocks[i] for i in listener["keys"]]
        done = {json.dumps(run["values"], sort_keys=True) for run in listener["runs"]}
        did = False
        for values in itertools.product(*(list(self._values_of(b)) for b in blocks)):
            if json.dumps(list(values), sort_keys=True) in done:
                continue
            self.runs_made += 1
            if self.runs_made > self.max_runs:
                raise DeclarationError(
                    f"freeze: more than {self.max_runs} calls are needed; give fewer inputs, or a larger max_runs"
                )
            did = True
            messages = self._run(dependency, dict(zip(listener["keys"], values, strict=True)))
            listener["runs"].append({"values": list(values), "messages": messages})
            for message in messages:
                for key, props in message.get("models", {}).items():
                    if "value" in props and int(key) in self.values and int(key) not in self.given:
                        known = self.values[int(key)]
                        self.values[int(key)] = list(self._distinct([*known, props["value"]]))
        return did

    def _run(self, dependency: Dependency, values: dict[int, Any]) -> list[dict[str, Any]]:
        """What a page is told when a listener runs with these values."""
        viewer = _Recorder(self.live)
        viewer.settle()
        session: Session = viewer.session
        for block_id, value in values.items():
            session.props.setdefault(block_id, {})["value"] = value
        for reached in self.reached(dependency):
            for block in reached.outputs:
                if block._id not in values:  # so that what it gives is always another value: a page may show any
                    session.props.setdefault(block._id, {})["value"] = _NOTHING
        viewer.record = []
        target = next(t.block for t in dependency.targets if t.block is not None)
        session.trigger(dependency, "job", target, None)
        viewer.settle()
        record = viewer.record
        self._keep_files(session, record)
        viewer.close()
        return record

    # --- files

    @property
    def files(self) -> dict[str, tuple[str, bytes]]:
        """Type and content of each file that a page may show, by token."""
        return self.__dict__.setdefault("_files", {})  # type: ignore[no-any-return]

    def _keep_files(self, session: Session, part: Any) -> None:
        if isinstance(part, dict):
            if isinstance(part.get("path"), str) and "meta" in part and part["path"] not in self.files:
                known = session.files.data_of(part["path"])
                content = session.files.path_of(part["path"]).read_bytes()
                self.files[part["path"]] = (known.mime_type or "application/octet-stream", content)
            for value in part.values():
                self._keep_files(session, value)
        elif isinstance(part, list):
            for value in part:
                self._keep_files(session, value)

    def boot(self) -> dict[str, Any]:
        """The first paint: after what runs when a page loads."""
        session = self.first.session
        template = self.live.template.page(None)
        models = {key: props for key, props in self.first.models.items() if props}
        self._keep_files(session, [template["blocks"], models])
        return {"template": template, "models": models, "session": "frozen", "seq": 0, "socket": "", "user": None}


class _Nothing:
    """Stands for a value that no function gives."""


_NOTHING = _Nothing()


def freeze(
    blocks: Blocks,
    path: str | Path | None = None,
    inputs: Mapping[Any, Sequence[Any]] | None = None,
    max_runs: int = 1000,
) -> str:
    """`Blocks.freeze`."""
    freezer = Freezer(blocks, inputs or {}, max_runs)
    try:
        runs = freezer.frozen()
        boot = freezer.boot()
        text = _document(boot, runs, freezer.files)
    finally:
        freezer.live.close()
    if path is not None:
        Path(path).write_text(text, encoding="utf-8")
    return text


def _document(boot: dict[str, Any], runs: dict[str, Any], files: dict[str, tuple[str, bytes]]) -> str:
    parts = [_part("boot", _json(boot)), _part("runs", _json(runs))]
    parts += [
        _part(f"asset:{name}", base64.b64encode(gzip.compress(LiveApp.asset(name), 9, mtime=0)).decode(), squeezed=True)
        for name in _assets(boot, runs)
    ]
    parts += [
        _part(f"file:{token}", base64.b64encode(content).decode(), mime_type)
        for token, (mime_type, content) in files.items()
    ]
    title = html.escape(str(boot["template"]["title"]))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{html.escape(CSP)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title></head><body>"
        '<div id="nbblocks-root" class="gradio-container"></div><noscript><p>This app needs JavaScript.</p></noscript>'
        f'{"".join(parts)}<script type="module">{_BOOT}</script></body></html>'
    )


def _assets(boot: dict[str, Any], runs: dict[str, Any]) -> list[str]:
    """The files of the browser half that this app may ask for."""
    names = {"runtime.js", "chunk-frozen.js", "chunk-markdown.js"}  # markdown: toasts are made harmless by it
    names |= {f"chunk-{name}.js" for name in boot["template"]["chunks"]}
    said = json.dumps([boot["template"]["blocks"], boot["models"], runs])
    if "```" in said or "paramviewer" in said:
        names.add("chunk-highlight.js")
    if "$" in said or "\\\\(" in said or "\\\\[" in said:
        names.add("chunk-katex.js")
    if '"altair"' in said or "nativeplot" in said or "plot" in said:
        names.add("chunk-vega.js")
    if '"model3d"' in said:
        names.add("chunk-three.js")
    known = json.loads(LiveApp.asset("manifest.json"))
    return sorted(name for name in known if name in names or name.startswith("chunk-lang-"))


def _part(ref: str, text: str, mime_type: str = "", *, squeezed: bool = False) -> str:
    kind = f' data-type="{html.escape(mime_type)}"' if mime_type else ""
    kind += " data-gzip" if squeezed else ""
    return f'<script type="text/plain" data-ref="{html.escape(ref)}"{kind}>{text}</script>'


def _json(value: Any) -> str:
    """JSON that cannot end the script element it stands in."""
    return json.dumps(value, separators=(",", ":")).replace("<", "\\u003c")
