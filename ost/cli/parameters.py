"""Arguments and options that several commands share."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click

from ost.errors import Misuse

OptionDecorator = Callable[[Callable[..., Any]], Callable[..., Any]]
"""Adds an option to a command's function."""


class DayParameter(click.ParamType[date]):
    """A day, as `2027-03-01`."""

    name = "day"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """The day."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a day; write it as 2027-03-01", param, ctx)


class Folder(click.ParamType[Path]):
    """An existing folder, or a file if `files` are allowed."""

    name = "path"

    def __init__(self, *, files: bool = False, piped: bool = False) -> None:
        """Accepts folders and, if set, files and `-` for standard input."""
        self.files, self.piped = files, piped

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path:
        """The path; a usage error if it does not exist."""
        path = Path(str(value))
        if self.piped and str(value) == "-":
            return path
        from ost.project.root import existing

        existing(path, "file or folder" if self.files else "folder")
        if not self.files and not path.is_dir():
            raise Misuse(f"{str(value)!r} is a file, not a folder")
        return path

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> "list[click.shell_completion.CompletionItem]":
        """Let the shell complete paths."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type="file" if self.files else "dir")]


class KindParameter(click.ParamType[str]):
    """A kind's name, including kinds of other packages."""

    name = "kind"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The kind of that name."""
        from ost.read.kinds import unknown_kind

        kinds = _kinds()
        written = str(value).strip().casefold()
        if written not in kinds:
            self.fail(unknown_kind(written), param, ctx)
        return written

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None) -> str:
        """The kinds to choose from."""
        return f"Choose from: {', '.join(_kinds())}"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> "list[click.shell_completion.CompletionItem]":
        """The kinds that begin with this."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(kind) for kind in _kinds() if kind.startswith(incomplete)]


def _kinds() -> Iterable[str]:
    """The kinds of node, including kinds of other packages."""
    from ost.project.kinds import load_kinds
    from ost.tree.model import KINDS

    load_kinds()
    return KINDS


folder_argument = click.argument("folder", type=Folder(), default=".")

folder_option = click.option(
    "--folder",
    "-C",
    type=Folder(),
    default=".",
    metavar="FOLDER",
    help="The project's folder, or a folder in it.",
)


def format_choice(*forms: str, help: str) -> OptionDecorator:
    """`--format` with these forms and `text`, the default."""
    choice = click.Choice(["text", *forms])
    return click.option("--format", "form", type=choice, default="text", help=help)


def set_option(example: str) -> OptionDecorator:
    """`--set FIELD=VALUE` for a drafted file."""
    return click.option(
        "--set",
        "-s",
        "given",
        multiple=True,
        metavar="FIELD=VALUE",
        help=f"Set a field, such as {example}.",
    )


format_option = format_choice("json", help="text for people, json for programs.")

reports_option = click.option(
    "--output",
    "outputs",
    multiple=True,
    metavar="FORMAT[:FILE]",
    help="Also write a report; repeatable.",
)

at_option = click.option(
    "--at",
    "at",
    metavar="REV",
    help="Read the tree at this git revision or day; nothing is checked out.",
)

as_of_option = click.option(
    "--as-of",
    type=DayParameter(),
    metavar="DAY",
    help="Judge as of this day (2027-03-01) instead of today.",
)

paranoid_option = click.option(
    "--paranoid",
    is_flag=True,
    help="Compare with a clean build; exit with 3 if they differ. For rule authors.",
)
