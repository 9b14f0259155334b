"""The other doors that a command starts: who runs the program hands them over, and imports them
only then.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple, Protocol


class AnswerAssistant(Protocol):
    """Answers an assistant about the project in a folder until it hangs up."""

    def __call__(self, folder: Path, today: Callable[[], date], *, propose: bool) -> None:
        """`today` says the day here; `propose` lets the assistant propose changes."""


class Servers(NamedTuple):
    """Each imports a server and gives what runs it."""

    lsp: Callable[[], Callable[[], None]]
    mcp: Callable[[], AnswerAssistant]
