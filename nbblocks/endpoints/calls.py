"""Calls of a program: its session, the events it submitted, what it is told of them."""

from __future__ import annotations

import secrets
import time
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..components import State
from ..dispatch import Job, Outcome
from ..events import Dependency
from ..exceptions import Error, WireError
from ..session.call import kind_of
from ..session.errors import log_error
from ..session.outbox import Outbox
from ..session.request import Request
from ..session.run import Call, InvalidInputError
from ..session.session import Session
from ..tree import Block
from ..wire.diff import differences
from .feed import Feed
from .files import ClientFiles, PublicFiles
from .info import api_inputs

if TYPE_CHECKING:
    from ..session.app import LiveApp

__all__ = ["ApiEvent", "ClientSession", "InvalidCallError", "QueueFullError"]


class InvalidCallError(Error):
    """What a client asked for cannot be; it is told why."""

    def __init__(self, message: str) -> None:
        super().__init__(message, print_exception=False)


class QueueFullError(Exception):
    """No more events are taken at the moment."""


class _Nowhere(Outbox):
    """There is no page: what is put in stays, the latest of each."""

    def _schedule(self) -> None:
        """Nothing goes out."""

    def release(self) -> None:
        """Nothing goes out."""


@dataclass(eq=False)
class ApiEvent:
    """One call of an endpoint.

    Parameters
    ----------
    feed : Feed
        Where its messages go.
    is_simple : bool
        Whether the client gets whole results instead of differences.
    """

    id: str
    dependency: Dependency
    feed: Feed
    is_simple: bool
    job: Job | None = None
    data: list[Any] | None = None  #: the last results
    told: list[Any] | None = None  #: the last results that the client was told
    outcome: Outcome | None = None
    ended: Future[Outcome] = field(default_factory=Future)
    checked: Future[Outcome | None] = field(default_factory=Future)  #: by the validator
    started_at: float = 0.0

    @property
    def is_generator(self) -> bool:
        """Whether there may be several results."""
        return self.dependency.fn is not None and kind_of(self.dependency.fn)[1]


class ApiCall(Call):
    """A call whose inputs come from a program, and whose outputs go back to it."""

    event: ApiEvent

    def __post_init__(self) -> None:
        """Take the inputs as they came."""
        super().__post_init__()
        self._payloads = list(self.inputs or ())
        self.revs = {}

    def give(self, returned: Any, *, is_last: bool = False) -> None:
        """Keep what the function returned or yielded, as the client gets it."""
        session = self.session
        assert isinstance(session, ClientSession)
        given: dict[int, Any] = {}
        with session.lock:
            for block, value in self._prepared(returned):
                if isinstance(block, State):
                    self._give_state(block, value)
                else:
                    session.set_props(block, value)
                    if "value" in value:
                        given[block._id] = value["value"]
        outputs = self.dependency.outputs
        session.gave(self.event, [self._told(b, given) for b in outputs])

    def _told(self, block: Block, given: dict[int, Any]) -> Any:
        if isinstance(block, State):
            return None
        return given[block._id] if block._id in given else self.session.prop(block, "value")


class ClientSession(Session):
    """One program's session with an app.

    Parameters
    ----------
    app : LiveApp
        The app.
    request : Request
        Who asks.
    key : str
        What the program calls its session.
    public : PublicFiles
        What clients may read.
    root : str
        Address of the app, as this client asks it.
    """

    def __init__(self, app: LiveApp, request: Request, key: str, public: PublicFiles, root: str = "") -> None:
        super().__init__(app, request)
        self.key, self.root = key, root
        self.request.session_hash = key
        self.outbox = _Nowhere(1.0)
        self.files = ClientFiles(public, lambda: self.root, app.files, lambda: getattr(app.blocks, "static_paths", ()))
        self.feed = Feed()
        self.events: dict[str, ApiEvent] = {}
        self.listeners = 0  #: heartbeats that are listened to
        self._durations: deque[float] = deque(maxlen=50)

    # --- calls

    def submit(
        self,
        dependency: Dependency,
        data: list[Any],
        *,
        is_simple: bool = False,
        own_feed: bool = False,
        trigger: int | None = None,
        event_data: Any = None,
        request: Request | None = None,
    ) -> ApiEvent:
        """Start a call.

        Parameters
        ----------
        data : list
            A payload for each input.
        is_simple : bool
            Whether each of several results is told whole.
        own_feed : bool
            Whether its messages go to itself and not to the session.
        trigger : int, optional
            Id of the block whose event this is.

        Raises
        ------
        QueueFullError
            As many wait as may.
        """
        if request is not None:
            self.request = request
            self.request.session_hash = self.key
        name = self.app.named(lambda: secrets.token_hex(16))
        event = ApiEvent(name, dependency, Feed() if own_feed else self.feed, is_simple)
        target = self.app.blocks.blocks.get(trigger) if trigger is not None else None
        if target is None and dependency.targets:
            target = dependency.targets[0].block
        try:
            call = ApiCall(self, dependency, target, event_data, self._whole(dependency, data))
        except InvalidCallError as error:
            return self._refused(event, error)
        except WireError as error:  # a payload that no page sends
            return self._refused(event, InvalidCallError(str(error)))
        call.event = event
        number = self.app.blocks.listener_ids[dependency]
        job = self._job(dependency, number, event.id, call)
        event.job = job
        job.tells_start = True
        with self.lock:
            self.events[event.id] = event
        event.started_at = time.monotonic()
        if dependency.validator is not None:
            self.app.dispatcher.submit(self._validation(job, dependency, number))
        else:
            event.checked.set_result(None)
            self.app.dispatcher.submit(job)
        if event.outcome is not None and event.outcome.status == "refused":
            raise QueueFullError(event.outcome.message or "The queue is full.")
        return event

    def _whole(self, dependency: Dependency, data: list[Any]) -> list[Any]:
        """A payload for each input; State has none, and what is given beyond the last input says nothing."""
        blocks = dependency.inputs
        wanted = api_inputs(dependency)
        if len(data) >= len(blocks):
            return list(data[: len(blocks)])
        if len(data) < len(wanted):
            names = ", ".join(repr(getattr(b, "label", None) or b.get_block_name()) for b in wanted)
            raise InvalidCallError(
                f"/{dependency.api_name} takes {len(wanted)} value{'s' * (len(wanted) != 1)}"
                f"{f' ({names})' if names else ''}, got {len(data)}"
            )
        values = iter(data)
        return [next(values) if block in wanted else None for block in blocks]

    def _refused(self, event: ApiEvent, error: InvalidCallError) -> ApiEvent:
        """A call that fails before it starts."""
        told = {"error": error.message, "duration": 10, "visible": True, "title": "Error"}
        outcome = Outcome("failed", error)
        event.feed.put(
            {"msg": "process_completed", "event_id": event.id, "output": told, "success": False, "title": "Error"}
        )
        event.outcome = outcome
        event.checked.set_result(None)
        event.ended.set_result(outcome)
        return event

    def cancel_event(self, event_id: str) -> bool:
        """Stop a call; whether there was one."""
        event = self.events.get(event_id)
        if event is None or event.job is None:
            return False
        self.app.dispatcher.cancel(event.job)
        return True

    # --- what the dispatcher and the handlers tell

    def gave(self, event: ApiEvent, data: list[Any]) -> None:
        """A result, the last or one of many."""
        event.data = data
        if not event.is_generator:
            return
        if event.told is None:
            told: list[Any] = data
        elif event.is_simple:
            told = data
        else:
            told = [differences(old, new) for old, new in zip(event.told, data, strict=True)]
        event.told = data
        event.feed.put(
            {
                "msg": "process_generating",
                "event_id": event.id,
                "output": self._output(event, told, is_generating=True),
                "success": True,
                "time_limit": event.dependency.time_limit,
            }
        )

    def _output(self, event: ApiEvent, data: list[Any], *, is_generating: bool) -> dict[str, Any]:
        duration = time.monotonic() - event.started_at
        if not is_generating:
            self._durations.append(duration)
        return {
            "data": data,
            "is_generating": is_generating,
            "duration": duration,
            "average_duration": duration if self._average() is None else self._average(),
            "render_config": None,
            "changed_state_ids": [b._id for b in event.dependency.outputs if isinstance(b, State)],
        }

    def _average(self) -> float | None:
        """Seconds that calls took so far."""
        return sum(self._durations) / len(self._durations) if self._durations else None

    def tell(self, message: dict[str, Any], buffers: list[Any] | None = None) -> None:
        """Put what a page would hear into a client's words."""
        event = self.events.get(str(message.get("job")))
        if event is None:
            return
        kind, status = message["kind"], message.get("status")
        if kind == "toast":
            event.feed.put(
                {
                    "msg": "log",
                    "event_id": event.id,
                    "log": message["message"],
                    "level": message["level"],
                    "duration": message["duration_s"],
                    "visible": message["visible"],
                    "title": message["title"],
                }
            )
        elif kind == "job" and status == "queued":
            event.feed.put(
                {
                    "msg": "estimation",
                    "event_id": event.id,
                    "rank": message["position"] - 1,
                    "queue_size": message["size"],
                    "rank_eta": message["eta_s"],
                }
            )
        elif kind == "job" and status == "started":
            event.started_at = time.monotonic()
            event.feed.put({"msg": "process_starts", "event_id": event.id, "eta": self._average()})
        elif kind == "job" and status == "progress":
            event.feed.put({"msg": "progress", "event_id": event.id, "progress_data": message["bars"]})

    def _ended(self, job: Job, outcome: Outcome, *rest: Any) -> None:
        event = self.events.get(job.id)
        if event is None:
            return
        event.outcome = outcome
        with self.lock:
            self.events.pop(job.id, None)
        message: dict[str, Any] = {"msg": "process_completed", "event_id": event.id, "success": True}
        if outcome.status == "done":
            empty = [None] * len(event.dependency.outputs)
            message["output"] = self._output(event, empty if event.data is None else event.data, is_generating=False)
        elif outcome.status == "failed":
            message |= {"success": False, "output": self._failure(event, outcome)}
            message["title"] = message["output"].get("title", "Error")
        elif outcome.status == "refused":
            message |= {"success": False, "output": {"error": outcome.message}, "title": "Error"}
        else:
            message["output"] = {}
        if not event.checked.done():
            event.checked.set_result(outcome if outcome.status == "failed" else None)
        event.feed.put(message)
        event.ended.set_result(outcome)

    def _failure(self, event: ApiEvent, outcome: Outcome) -> dict[str, Any]:
        error = outcome.error
        assert error is not None
        if not (isinstance(error, Error) and not error.print_exception):
            with self.surroundings(event.dependency):
                log_error(event.dependency.name, error)
        if isinstance(error, Error):
            told: dict[str, Any] = {
                "error": error.message,
                "duration": error.duration,
                "visible": error.visible,
                "title": error.title,
            }
            if isinstance(error, InvalidInputError):
                told["invalid"] = {str(block): message for block, message in error.inputs.items()}
            return told
        if not self.app.options.show_error:
            return {"error": None}
        return {"error": str(error) or type(error).__name__, "visible": True}
