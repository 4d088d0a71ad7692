"""What programs and test suites for Gradio import from `gradio.state_holder`."""

from .session.held import SessionState, StateHolder

__all__ = ["SessionState", "StateHolder"]
