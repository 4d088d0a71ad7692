"""Sample files of our own, for demos: pictures, sounds, films, models, tables and texts."""

from __future__ import annotations

import random
from pathlib import Path

__all__ = ["MEDIA_PATHS", "MEDIA_ROOT", "get_audio", "get_file", "get_image", "get_model3d", "get_video"]

MEDIA_ROOT = Path(__file__).parent / "media_assets"
MEDIA_PATHS = [MEDIA_ROOT / name for name in ("images", "videos", "audio", "models3d", "data")]


def _sample(folder: str, filename: str | None) -> str:
    if filename is not None and filename.startswith(("http://", "https://")):
        return filename
    names = sorted(p.name for p in (MEDIA_ROOT / folder).iterdir() if p.is_file())
    chosen = random.choice(names) if filename is None else filename
    path = MEDIA_ROOT / folder / chosen  # of an absolute path, that path
    if not path.exists():
        raise FileNotFoundError(f"there is no sample {chosen!r} among {folder}; there are {', '.join(names)}")
    return str(path)


def get_image(filename: str | None = None) -> str:
    """Path of a sample picture.

    Parameters
    ----------
    filename : str, optional
        Such as "tower.jpg"; None: any; a URL or the path of another file is given back.

    Raises
    ------
    FileNotFoundError
        There is none of that name.

    Examples
    --------
    >>> Path(get_image("tower.jpg")).name
    'tower.jpg'
    """
    return _sample("images", filename)


def get_video(filename: str | None = None) -> str:
    """Path of a sample film.

    Parameters
    ----------
    filename : str, optional
        Such as "world.mp4"; None: any.
    """
    return _sample("videos", filename)


def get_audio(filename: str | None = None) -> str:
    """Path of a sample sound.

    Parameters
    ----------
    filename : str, optional
        Such as "cantina.wav"; None: any.
    """
    return _sample("audio", filename)


def get_model3d(filename: str | None = None) -> str:
    """Path of a sample model.

    Parameters
    ----------
    filename : str, optional
        Such as "Duck.glb"; None: any.
    """
    return _sample("models3d", filename)


def get_file(filename: str | None = None) -> str:
    """Path of a sample table or text.

    Parameters
    ----------
    filename : str, optional
        Such as "titanic.csv"; None: any.
    """
    return _sample("data", filename)
