"""A launched app: what all its sessions share."""

from __future__ import annotations

import functools
import logging
import secrets
from collections import OrderedDict
from collections.abc import Callable, Hashable
from importlib.resources import files as package_files
from typing import Any

from ..blocks import Blocks, LaunchOptions
from ..components import Component
from ..dispatch import Clock, Dispatcher, Policy, SystemClock
from ..dispatch.threads import runs_on_loop
from ..events import Dependency
from ..exceptions import WireError
from ..tree import Block
from .call import kind_of, special_parameters
from .elsewhere import Places
from .errors import log_error
from .expiry import KeptFiles
from .files import Files
from .request import Request
from .session import Session
from .updates import assign

__all__ = ["LiveApp"]

log = logging.getLogger("nbblocks")

CHUNK_BYTES = 1 << 20
MAX_LINKS = 1000  #: to states of an app


class LiveApp:
    """A launched app: its template, dispatcher and sessions.

    Parameters
    ----------
    blocks : Blocks
        The app.
    options : LaunchOptions
        What `launch` was told.
    url_of : callable, optional
        For a session's id, the function that gives a file token's address; None: files go over the channel.
    clock : Clock, optional
        A test gives its own.
    """

    def __init__(
        self,
        blocks: Blocks,
        options: LaunchOptions,
        url_of: Callable[[str], Callable[[str], str]] | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.blocks, self.options, self.url_of = blocks, options, url_of
        blocks.start()
        self.chunk_bytes = CHUNK_BYTES
        queue = blocks.queue_options
        self.clock = clock or SystemClock()
        self.places = Places()
        self.dispatcher = Dispatcher(options.max_threads, queue.max_size, queue.status_update_rate, self.clock)
        self.dispatcher.counts = blocks.counts_use
        self.kept: KeptFiles | None = None
        if blocks.delete_cache is not None:
            self.kept = KeptFiles(*blocks.delete_cache, self.clock, self.dispatcher.background)
        self.files = Files(kept=self.kept)
        self.template = blocks.template(options)
        self._share_first_files()
        self.sessions: OrderedDict[str, Session] = OrderedDict()
        self.links: OrderedDict[str, dict[int, dict[str, Any]]] = OrderedDict()
        #: Makes the name of something that only this process has, where several serve the app.
        self.named: Callable[[Callable[[], str]], str] = lambda make: make()
        self.closing: list[Callable[[], None]] = []  #: called when it ends
        self._policies: dict[Dependency, Policy] = {}
        self._by_event: dict[tuple[int | None, str], list[Dependency]] = {}
        self._followers: dict[Dependency, list[Dependency]] = {}
        self.set_by_page: set[int] = set()  #: blocks whose value a listener that lives in the page gives
        for dependency in blocks.listeners.values():
            for target in dependency.targets:
                key = (None if target.block is None or target.block is blocks else target.block._id, target.event)
                self._by_event.setdefault(key, []).append(dependency)
            if dependency.fn is None and dependency.js is not None:
                self.set_by_page.update(b._id for b in dependency.outputs)
            if dependency.after is not None:
                self._followers.setdefault(dependency.after.dependency, []).append(dependency)
            self.policy(dependency)
        self._stops = [block.follow(self._assigned) for block in blocks.blocks.values()]

    def _assigned(self, block: Block, name: str, value: Any) -> None:
        """A cell or thread set a parameter: every page follows, and so does every later one."""
        for session in list(self.sessions.values()):
            assign(session, block, {name: value})
        first = self.template.props.get(block._id, {})
        if name == "value" and name in first and isinstance(block, Component):
            first[name] = self.files.to_wire(block.first_value())
        elif name in first and not (name == "interactive" and value is None):  # None: as it was decided
            first.update(self.files.to_wire(block.wire_props({name})))

    def _share_first_files(self) -> None:
        """Files among the first values may be seen by every session."""
        for block_id, props in self.template.props.items():
            shared = self.files.to_wire(props)
            self.template.props[block_id] = shared
            self.template.config["blocks"][str(block_id)]["props"] = shared

    # --- sessions

    def open(self, request: Request | None = None, interval_s: float = 0.04) -> Session:
        """A new viewer; past the capacity, the one longest unused is dropped."""
        session = Session(self, request, interval_s)
        self.sessions[session.id] = session
        while len(self.sessions) > max(1, self.options.state_session_capacity):
            oldest = next(iter(self.sessions.values()))
            oldest.close()
        return session

    def keep_link(self, values: dict[int, dict[str, Any]]) -> str:
        """Remember values for a link to them; of very many the oldest is forgotten."""
        name = self.named(lambda: secrets.token_urlsafe(12))
        self.links[name] = values
        while len(self.links) > MAX_LINKS:
            self.links.popitem(last=False)
        return name

    def get(self, session_id: str) -> Session | None:
        """A viewer by id; it is now the one used last."""
        session = self.sessions.get(session_id)
        if session is not None:
            self.sessions.move_to_end(session_id)
        return session

    def forget(self, session: Session) -> None:
        """A session has ended."""
        self.sessions.pop(session.id, None)

    def left(self, session: Session) -> None:
        """The last page of a session is gone: what `unload` was given runs."""
        for fn in self.blocks.unloaders:
            self.dispatcher.background(self._unload, fn, session)

    def _unload(self, fn: Callable[..., Any], session: Session) -> None:
        try:
            wants_request = any(issubclass(s.kind, Request) for s in special_parameters(fn))
            with session.surroundings("Blocks.unload"):
                fn(session.request) if wants_request else fn()
        except Exception as error:
            log_error("Blocks.unload", error)

    def close(self) -> None:
        """End every session and let the threads go."""
        for ending in self.closing:
            ending()
        for stop in self._stops:
            stop()
        for session in list(self.sessions.values()):
            session.close()
        self.dispatcher.close()
        self.places.close()
        if self.kept is not None:
            self.kept.close()

    # --- listeners

    def listeners_of(self, block: Block | None, event: str) -> list[Dependency]:
        """Who listens to an event of a block, or of the page."""
        return self._by_event.get((block._id if block is not None else None, event), [])

    def followers_of(self, dependency: Dependency) -> list[Dependency]:
        """Who stands after it in a chain."""
        return self._followers.get(dependency, [])

    def policy(self, dependency: Dependency) -> Policy:
        """How its calls are run."""
        known = self._policies.get(dependency)
        if known is None:
            limit = self._limit(dependency)
            number = self.blocks.listener_ids[dependency]
            fn = dependency.fn
            group = dependency.concurrency_id or (f"fn-{id(fn)}" if fn is not None else f"listener-{number}")
            known = self._policies[dependency] = self._policy(dependency, number, group, limit)
            self.dispatcher.set_limit(group, limit)
        return known

    def own_policy(self, dependency: Dependency, session_id: str) -> Policy:
        """How calls of a listener are run that a render function made for one viewer.

        Its function is another at each run of the render function, so its group ends with its last job.
        """
        limit = self._limit(dependency)
        code: Any = getattr(dependency.fn, "__code__", None)
        name: Hashable = (code.co_filename, code.co_firstlineno) if code else type(dependency.fn).__name__
        shared = dependency.concurrency_id
        if shared is not None:
            self.dispatcher.set_limit(shared, limit)
        group = shared if shared is not None else (session_id, id(dependency.fn))
        return self._policy(dependency, name, group, limit, shared is None)

    def place_of(self, dependency: Dependency) -> Any:
        """The executor that runs a listener's function; None: a thread of this process, or its loop."""
        if dependency.fn is None or dependency.renders is not None:
            return None
        if dependency.executor is not None:
            return dependency.executor
        return self.blocks.queue_options.executor if dependency.queue is not False else None

    def _limit(self, dependency: Dependency) -> int | None:
        limit = dependency.concurrency_limit
        return self.blocks.queue_options.default_concurrency_limit if limit == "default" else limit

    def _policy(
        self, dependency: Dependency, name: Hashable, group: Hashable, limit: int | None, is_passing: bool = False
    ) -> Policy:
        fn = dependency.fn
        return Policy(
            name=name,
            concurrency_id=group,
            limit=limit,
            queue=dependency.queue is not False,
            is_async=fn is not None and (runs_on_loop(*kind_of(fn)) or self.place_of(dependency) is not None),
            batch_size=dependency.max_batch_size if dependency.batch else 1,
            is_passing=is_passing,
        )

    # --- assets

    @staticmethod
    @functools.cache
    def asset(name: str) -> bytes:
        """A file of the browser half.

        Raises
        ------
        WireError
            There is none of that name.
        """
        folder = package_files("nbblocks") / "static"
        names = {f.name for f in folder.iterdir()} if folder.is_dir() else set()
        if name not in names or not name.endswith((".js", ".css", ".json", ".woff2")):
            raise WireError(f"there is no asset {name!r}")
        return (folder / name).read_bytes()
