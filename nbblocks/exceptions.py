"""Every exception and warning of nbblocks.

Exception
├── BlocksError            anything of ours
│   ├── DeclarationError   (also ValueError) a component or listener was declared in a way that cannot work
│   │   └── OutsideBlocksError (also AttributeError) something that needs a Blocks was used outside of one
│   ├── DuplicateBlockError(also ValueError) a block was rendered twice
│   ├── ComponentProcessingError (also ValueError) a component cannot take a payload, or show a value
│   ├── HandlerError       what a handler returned does not fit its outputs
│   ├── WireError          a page sent something that cannot be
│   └── InvalidComponentError, InvalidBlockError, InvalidApiNameError, ReloadError, ServerFailedToStartError,
│       ChecksumMismatchError, InvalidPathError, ModelNotFoundError, RenderError, GradioVersionIncompatibleError: for
│       programs that catch them by name
└── Error                  (also ValueError) raised by a handler to show a message to the user
    └── TooManyRequestsError
UserWarning
└── NbblocksWarning
└── NotInThisHost      a parameter that cannot work in the present host
"""

from __future__ import annotations

import warnings

__all__ = [
    "BlocksError",
    "ChecksumMismatchError",
    "ComponentProcessingError",
    "DeclarationError",
    "DuplicateBlockError",
    "Error",
    "GradioVersionIncompatibleError",
    "HandlerError",
    "InvalidApiNameError",
    "InvalidBlockError",
    "InvalidComponentError",
    "InvalidPathError",
    "ModelNotFoundError",
    "NbblocksWarning",
    "NotInThisHost",
    "OutsideBlocksError",
    "ReloadError",
    "RenderError",
    "ServerFailedToStartError",
    "TooManyRequestsError",
    "WireError",
    "warn_once",
]


class BlocksError(Exception):
    """Anything that nbblocks itself refuses."""


class DeclarationError(BlocksError, ValueError):
    """A component or listener was declared in a way that cannot work."""


class OutsideBlocksError(DeclarationError, AttributeError):
    """Something that needs a Blocks around it was used outside of one."""


class DuplicateBlockError(BlocksError, ValueError):
    """A block was rendered twice, or two blocks share an id."""


class HandlerError(BlocksError):
    """What a handler returned does not fit its outputs."""


class ComponentProcessingError(BlocksError, ValueError):
    """A component cannot take what was given for an input, or show what a handler returned."""


class WireError(BlocksError):
    """A page sent a message that the app it shows cannot have sent."""


class Error(ValueError):
    """Raise in a handler to end it and show a message to the user.

    Parameters
    ----------
    message : str
        What is shown; may hold HTML, which is sanitised.
    duration : float or None
        Seconds until the message goes away; None: it stays until closed.
    visible : bool
        False: the handler fails without a message.
    title : str
        Heading of the message.
    print_exception : bool
        Whether the traceback goes to the log as well.

    Examples
    --------
    >>> Error("Too large", duration=3).message
    'Too large'
    """

    def __init__(
        self,
        message: str = "Error raised.",
        duration: float | None = 10,
        visible: bool = True,
        title: str = "Error",
        print_exception: bool = True,
    ) -> None:
        self.message = str(message)
        self.duration = duration
        self.visible = visible
        self.title = title
        self.print_exception = print_exception
        super().__init__(self.message)

    def __str__(self) -> str:
        return repr(self.message)


class InvalidComponentError(DeclarationError):
    """A component cannot be used here."""


class InvalidBlockError(DeclarationError):
    """A block cannot be used here."""


class InvalidApiNameError(DeclarationError):
    """An endpoint cannot have that name, or there is none of that name."""


class ReloadError(BlocksError, ValueError):
    """A program could not be loaded again in place."""


class ServerFailedToStartError(BlocksError):
    """The server did not answer after its start."""


class ChecksumMismatchError(BlocksError):
    """A downloaded program is not the one that was expected."""


class InvalidPathError(BlocksError, ValueError):
    """A file is not one that the app may show."""


class ModelNotFoundError(BlocksError):
    """There is no model of that name."""


class GradioVersionIncompatibleError(BlocksError):
    """An app of another version cannot be used."""


class RenderError(BlocksError):
    """A block cannot stand where it is put."""


class TooManyRequestsError(Error):
    """A service refuses more requests for now.

    Parameters
    ----------
    message : str
        What is shown.
    """

    def __init__(self, message: str = "Too many requests. Please try again later.") -> None:
        super().__init__(message)


class NbblocksWarning(UserWarning):
    """Something works otherwise than its author may expect."""


class NotInThisHost(NbblocksWarning):
    """A parameter that cannot work in the present host, and works in others."""


_warned: set[str] = set()


def warn_once(key: str, message: str, category: type[Warning] = NbblocksWarning, stacklevel: int = 3) -> None:
    """Warn, the first time that `key` comes up in this process."""
    if key not in _warned:
        _warned.add(key)
        warnings.warn(message, category, stacklevel=stacklevel)
