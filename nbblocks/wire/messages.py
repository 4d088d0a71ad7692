"""The messages between a page and a session; explained in docs/protocol.md, twin of `js/src/wire/messages.ts`."""

from __future__ import annotations

from typing import Any, Literal, TypedDict

__all__ = [
    "Ack",
    "Bye",
    "Call",
    "Cancel",
    "Changes",
    "Chunk",
    "Delta",
    "Event",
    "Fetch",
    "Fire",
    "FromPage",
    "Hello",
    "JobNews",
    "Open",
    "Reset",
    "Result",
    "State",
    "ToPage",
    "Toast",
    "Tree",
    "Upload",
    "UploadAck",
]

BlockChanges = dict[str, Any]  #: props of one block, and `rev` of its value


class Hello(TypedDict):
    """A page is there, or there again."""

    kind: Literal["hello"]
    version: str
    page: str
    locale: str
    theme: Literal["light", "dark"]
    seq: int
    multiplexed: bool
    query: dict[str, str]
    url: str


class _EventBase(TypedDict):
    kind: Literal["event"]
    job: str
    listener: int
    target: int | None
    event: str
    payload: Any
    changes: dict[str, BlockChanges]


class Event(_EventBase, total=False):
    """Something happened, and a listener is to run."""

    inputs: list[Any]


class Changes(TypedDict):
    """What was edited and no event carried."""

    kind: Literal["changes"]
    changes: dict[str, BlockChanges]


class Cancel(TypedDict, total=False):
    """Jobs, or all jobs of listeners, are to end."""

    kind: Literal["cancel"]
    jobs: list[str]
    listeners: list[int]


class Ack(TypedDict):
    """The page has painted everything up to `seq`."""

    kind: Literal["ack"]
    seq: int


class Fetch(TypedDict):
    """The page wants bytes of an asset or a file."""

    kind: Literal["fetch"]
    ref: str
    chunk: int
    credit: int


class Upload(TypedDict):
    """A part of a file; its bytes are the message's one buffer."""

    kind: Literal["upload"]
    file: str
    block: int
    name: str
    size_bytes: int
    mime_type: str
    chunk: int
    last: bool


class Call(TypedDict):
    """A component's server function is to run."""

    kind: Literal["call"]
    call: str
    block: int
    function: str
    data: Any


class Bye(TypedDict):
    """A page is going."""

    kind: Literal["bye"]
    page: str


class Open(TypedDict):
    """A page that shows the pages of an app in turn goes to another one."""

    kind: Literal["open"]
    path: str


class Ping(TypedDict):
    """A page asks whether it is heard."""

    kind: Literal["ping"]


FromPage = Hello | Event | Changes | Cancel | Ack | Fetch | Upload | Call | Open | Ping | Bye


class _Ordered(TypedDict, total=False):
    seq: int
    ack: bool


class State(_Ordered):
    """New props of blocks, painted together."""

    kind: Literal["state"]
    models: dict[str, BlockChanges]


class Delta(_Ordered):
    """A change inside one prop."""

    kind: Literal["delta"]
    block: int
    prop: str
    ops: list[list[Any]]
    rev: int


class JobNews(_Ordered, total=False):
    """What becomes of a job."""

    kind: Literal["job"]
    job: str
    listener: int
    status: Literal["queued", "started", "progress", "done", "failed", "cancelled", "refused", "ignored"]
    position: int
    size: int
    eta_s: float | None
    bars: list[dict[str, Any]]
    title: str
    message: str
    visible: bool
    duration_s: float | None
    traceback: str | None
    invalid: dict[str, str]
    time_s: float | None


class Fire(_Ordered):
    """The page is to run a listener's `js`, then send its event."""

    kind: Literal["fire"]
    listener: int
    trigger: tuple[int | None, str]


class Toast(_Ordered):
    """A message for the user."""

    kind: Literal["toast"]
    level: Literal["info", "warning", "success", "error"]
    title: str
    message: str
    duration_s: float | None
    visible: bool


class Chunk(_Ordered, total=False):
    """Bytes of an asset or a file, as the message's one buffer."""

    kind: Literal["chunk"]
    ref: str
    chunk: int
    chunks: int
    size_bytes: int
    mime_type: str | None
    error: str


class UploadAck(_Ordered, total=False):
    """A part of an upload is held; with the last, what became of it."""

    kind: Literal["ack"]
    file: str
    chunk: int
    value: dict[str, Any]
    error: str


class Result(_Ordered, total=False):
    """What a server function returned."""

    kind: Literal["result"]
    call: str
    value: Any
    error: str


class Pong(_Ordered):
    """It is."""

    kind: Literal["pong"]


class Tree(_Ordered):
    """The children of one block are others now."""

    kind: Literal["tree"]
    parent: int
    layout: list[dict[str, Any]]
    blocks: dict[str, dict[str, Any]]
    listeners: list[dict[str, Any]]
    removed: list[int]


class Reset(_Ordered):
    """The whole state."""

    kind: Literal["reset"]
    template: dict[str, Any]
    models: dict[str, BlockChanges]
    running: list[dict[str, Any]]


ToPage = State | Delta | JobNews | Fire | Toast | Chunk | UploadAck | Result | Pong | Tree | Reset
