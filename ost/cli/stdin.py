"""One file from standard input, for editors: checked as it is in the editor, not on disk."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from ost.cli.workspace import CommandProject
from ost.errors import Misuse
from ost.limits import LARGEST_FILE
from ost.read.diagnostic import Diagnostic
from ost.read.place import lines_of

NAMELESS = "standard-input.md"


def existing(name: str) -> Path:
    """The nearest existing folder of a file that may not exist yet."""
    above = Path(name).parent
    return next((each for each in (above, *above.parents) if each.is_dir()), Path())


class StandardInput:
    """Standard input as a file of the project around `name`, or alone without a name."""

    def __init__(self, name: str, opened: CommandProject) -> None:
        """Reads all of standard input."""
        self.opened, self.name = opened, name
        self.data = sys.stdin.buffer.read(LARGEST_FILE + 1)
        self.lines = lines_of(self.data)
        self.path = NAMELESS
        if name:
            whole = Path(os.path.abspath(name))  # noqa: PTH100 - links stay as they were given
            if not whole.is_relative_to(opened.content):
                raise Misuse(f"--stdin-filename {name}: outside {opened.content}")
            self.path = whole.relative_to(opened.content).as_posix()

    def judged(
        self, select: Sequence[str], ignore: Sequence[str], *, calendar: bool
    ) -> tuple[Diagnostic, ...]:
        """Its diagnostics."""
        from ost.project.in_memory import FilesInMemory

        in_memory = FilesInMemory(
            self.opened.project, select=select, ignore=ignore, calendar=calendar
        )
        found = in_memory.judged({self.path: self.data}, alone=not self.name)
        return tuple(each for each in found if each.path == self.path)

    def line(self, path: str, number: int) -> str:
        """A line of the input."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def shown(self, path: str) -> str:
        """The given name."""
        return self.name or "-"
