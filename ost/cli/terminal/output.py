"""Output to the terminal: colour only where wanted, and no error if no one reads it."""

import os
import sys
from pathlib import Path

from ost.exchange import escape
from ost.exchange.escape import log, terminal
from ost.exchange.reports.paint import Paint, coloured, plain, wrapped_lines


def write(text: str, *, raw: bool = False) -> None:
    """Print to standard output. A closed pipe (`| head`) is not an error.

    Text cannot control a terminal or a CI server, unless it is `raw`: output for programs has its
    own escapes.
    """
    text = text if raw else log(text, _OURS if linking() else "")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _leave()
    except UnicodeEncodeError:
        encoding = sys.stdout.encoding or "ascii"
        sys.stdout.write(text.encode(encoding, "replace").decode(encoding))


def write_lines(text: str) -> None:
    """Print lines for people. A terminal gets them broken between words."""
    write(wrapped_lines(text, columns()) if sys.stdout.isatty() else text)


def paged(text: str) -> None:
    """Show a long text page by page, by the user's own pager."""
    import click

    click.echo_via_pager(log(text), color=coloring())


def complain(text: str) -> None:
    """Print a line to standard error."""
    try:
        sys.stderr.write(f"{log(terminal(text))}\n")
        sys.stderr.flush()
    except (BrokenPipeError, UnicodeEncodeError):
        pass


def close() -> None:
    """Flush the rest, so that the interpreter ends without an error message."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _leave()


def paint() -> Paint:
    """Colour, if standard output is a terminal and `NO_COLOR` does not forbid it."""
    return coloured if coloring() else plain


def coloring() -> bool:
    """Whether to use colour: never with `NO_COLOR`, always with `FORCE_COLOR`."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def link(path: Path, shown: str) -> str:
    """A file's name, as a link to the file if the terminal supports links."""
    if not linking() or not path.is_absolute():
        return shown
    return escape.link(path.as_uri(), shown, _OURS)


def linking() -> bool:
    """Whether standard output is a terminal that supports links."""
    return sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"


_OURS = os.urandom(8).hex()
"""Marks links that this process made, so that content cannot make one."""


def columns() -> int:
    """The terminal's width; `COLUMNS` wins; 100 where there is no terminal."""
    import shutil

    return max(shutil.get_terminal_size((100, 24)).columns, 40)


def asking() -> bool:
    """Whether there is someone to ask."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _leave() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
