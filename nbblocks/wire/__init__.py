"""What crosses between a page and a session."""
