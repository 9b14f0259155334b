"""`ost`: an opportunity solution tree knowledge base, compiled from Markdown in git."""

__version__ = "0.1a0"
