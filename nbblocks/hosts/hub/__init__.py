"""A page on the user's own Jupyter server, for an app that runs in a kernel.

`kernel` is the half in the kernel; `extension` and what it imports is the half in the Jupyter server.
"""
