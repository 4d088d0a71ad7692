"""Ready-made checks for the `validator=` of a listener."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .components.ffmpeg import duration_of
from .docs import document
from .session.call import validate

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["document", "is_audio_correct_length", "is_video_correct_length"]


def _checked(kind: str, length_s: float, min_length: float | None, max_length: float | None) -> dict[str, Any]:
    if min_length is not None and length_s < min_length:
        return validate(False, f"{kind} is too short: {length_s:.1f} s, and it must be at least {min_length} s")
    if max_length is not None and length_s > max_length:
        return validate(False, f"{kind} is too long: {length_s:.1f} s, and it must be at most {max_length} s")
    return validate(True, "")


def is_audio_correct_length(
    audio: tuple[int, NDArray[np.generic]], min_length: float | None, max_length: float | None
) -> dict[str, Any]:
    """Whether a sound is neither too short nor too long.

    Parameters
    ----------
    audio : (int, ndarray)
        Samples a second, and the samples.
    min_length : float or None
        Least seconds.
    max_length : float or None
        Most seconds.

    Returns
    -------
    dict
        As `gr.validate` gives it.

    Examples
    --------
    >>> import numpy as np
    >>> is_audio_correct_length((8000, np.zeros(8000)), 2, 3)["message"]
    'Audio is too short: 1.0 s, and it must be at least 2 s'
    """
    rate_hz, samples = audio
    return _checked("Audio", len(samples) / rate_hz, min_length, max_length)


def is_video_correct_length(video: str, min_length: float | None, max_length: float | None) -> dict[str, Any]:
    """Whether a film is neither too short nor too long.

    Parameters
    ----------
    video : str
        Its path.
    min_length : float or None
        Least seconds.
    max_length : float or None
        Most seconds.

    Returns
    -------
    dict
        As `gr.validate` gives it.
    """
    return _checked("Video", duration_of(video), min_length, max_length)
