"""What programs for Gradio import from `gradio.oauth`: who signed in."""

from .session.oauth import OAuthProfile, OAuthToken

__all__ = ["OAuthProfile", "OAuthToken"]
