"""Hosts: the only code that knows ipywidgets or tornado. Each is imported when it is first needed."""
