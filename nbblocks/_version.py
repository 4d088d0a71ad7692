"""The version, read by the build, the package and the browser half."""

__version__ = "0.1.0"
