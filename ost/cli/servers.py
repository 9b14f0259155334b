"""The servers that a command starts. `__main__` passes them in and imports them lazily."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple, Protocol


class AnswerAssistant(Protocol):
    """Answers an assistant about the project in a folder until it disconnects."""

    def __call__(self, folder: Path, today: Callable[[], date], *, propose: bool) -> None:
        """`today` gives the local day; `propose` lets the assistant propose changes."""


class Servers(NamedTuple):
    """Functions that import a server and return the function to run it."""

    lsp: Callable[[], Callable[[], None]]
    mcp: Callable[[], AnswerAssistant]
