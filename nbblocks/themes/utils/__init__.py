"""What themes are made of: colors, sizes, fonts."""

from . import colors, fonts, sizes

__all__ = ["colors", "fonts", "sizes"]
