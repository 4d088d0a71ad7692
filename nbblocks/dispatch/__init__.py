"""Queue, concurrency, cancelling: takes calls, applies policy, runs them. Knows no host and no session."""

from .clock import Clock, SystemClock, Timer
from .dispatcher import Dispatcher
from .job import Job, Outcome, Policy, QueueNews
from .main_thread import MainThread, main_thread

__all__ = [
    "Clock",
    "Dispatcher",
    "Job",
    "MainThread",
    "Outcome",
    "Policy",
    "QueueNews",
    "SystemClock",
    "Timer",
    "main_thread",
]
