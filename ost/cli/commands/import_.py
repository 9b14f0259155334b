"""`ost import`: import notes and trees from other tools as drafts."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ost.cli.parameters import Folder, folder_option, format_option
from ost.cli.terminal import output
from ost.errors import Misuse
from ost.exchange.foreign.imports import Importer, formats
from ost.words import counted, nearest, suggestion

if TYPE_CHECKING:
    from collections.abc import Callable

    from ost.cli.imports import Import

_mapping_option = click.option(
    "--mapping",
    type=Folder(files=True),
    metavar="FILE",
    help="What words in FILE mean here: TOML with kinds, fields, status, headings, people.",
)
_suggest_option = click.option(
    "--suggest-mapping",
    "suggest",
    is_flag=True,
    help="Print a mapping file to start from, and write nothing.",
)
_into_option = click.option(
    "--into", default="", metavar="FOLDER", help="The folder for all new files, in the content."
)
_dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Show what would be written, and write nothing."
)
_files_argument = click.argument(
    "files", type=Folder(files=True), nargs=-1, required=True, metavar="FILE..."
)


def _shared_options(run: "Callable[..., Any]") -> "Callable[..., Any]":
    """The options of every import, in the order in which the help lists them."""
    shared = (
        _dry_run_option,
        _mapping_option,
        _suggest_option,
        _into_option,
        format_option,
        folder_option,
    )
    for option in reversed(shared):
        run = option(run)
    return run


@click.command("import")
@_files_argument
@click.option("--yes", "-y", is_flag=True, help="Write the files without asking.")
@_shared_options
def guessed(
    files: tuple[Path, ...],
    yes: bool,
    dry_run: bool,
    mapping: Path | None,
    suggest: bool,
    into: str,
    form: str,
    folder: Path,
) -> None:
    """Import files and guess their format."""
    from ost.cli.import_report import confirmed, end, show
    from ost.cli.imports import Import

    importing = Import(folder, into=into, mapping=mapping)
    importing.guess(files)
    if suggest:
        output.write(importing.suggestion(), raw=True)
        return
    written = _written(importing, None, yes=yes and not dry_run)
    if form == "json":
        _print(importing, written=written)
        return
    show(importing, "wrote" if written else "would write")
    if not importing.files:
        output.write("nothing to write\n")
    elif not (written or dry_run or output.asking()):
        output.write("nothing was written; add --yes to write the files\n")
    elif written or (not dry_run and confirmed(importing)):
        if not written:
            importing.write()
        output.write(
            f"{output.paint()('bold green', 'wrote')} {counted(len(importing.files), 'file')}\n"
        )
        end(importing)
    else:
        output.write("nothing was written\n")


class Formats(click.Group):
    """One command for each format, found by looking; without one, the format is guessed."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """The context of the group, or of the command that guesses the format of files."""
        first = "" if not args or args[0].startswith("-") else args[0]
        asks_help = set(args) & {"-h", "--help"} and first not in formats()
        if not args or asks_help or args[0] in formats():
            return super().make_context(info_name, args, parent, **extra)
        if first and not _exists(first):
            near = suggestion(nearest(first, formats(), 0.75))
            more = near or "; `ost import` lists the formats"
            raise Misuse(f"no file or format {first!r}{more}")
        return guessed.make_context(info_name, args, parent, **extra)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The options of the group itself; `params` holds those of the guessing command."""
        own = self.get_help_option(ctx)
        return [own] if own else []

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The usage line."""
        return ["[FORMAT]", "[OPTIONS]", "FILE..."]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, and the formats."""
        click.Command.format_options(guessed, ctx, formatter)
        self.format_commands(ctx, formatter)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the formats."""
        return sorted(formats())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of one format."""
        return _command(cmd_name) if cmd_name in formats() else None


@click.command("import", cls=Formats, params=guessed.params, no_args_is_help=True)
def command() -> None:
    """Import notes and trees from other tools as drafts.

    FILE is a file or a folder. It guesses the format, shows the files that it would write and every
    line that it does not understand, and asks first. It never overwrites a file: importing the same
    again adds only what is new. With a FORMAT, it writes at once.

    \b
    ost import roadmap.md
    ost import export.csv vault --yes
    ost import notes notes.md --mapping words.toml --dry-run
    """


def _exists(written: str) -> bool:
    """Whether there is such a file or folder."""
    try:
        return Path(written).exists()
    except (OSError, ValueError):
        return False


def _command(name: str) -> click.Command:
    importer = Importer(name)

    @_files_argument
    @click.option(
        "--output",
        "-o",
        "out",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="The draft's file, if there is only one.",
    )
    @click.option("--tool", default="", help="The source's name.  [default: the file's name]")
    @_shared_options
    def run(
        files: tuple[Path, ...],
        out: Path | None,
        tool: str,
        dry_run: bool,
        mapping: Path | None,
        suggest: bool,
        into: str,
        form: str,
        folder: Path,
    ) -> None:
        from ost.cli.import_report import end, show
        from ost.cli.imports import Import

        importing = Import(folder, into=into, mapping=mapping)
        importing.read(name, files, tool)
        if suggest:
            output.write(importing.suggestion(), raw=True)
            return
        written = _written(importing, out, yes=not dry_run)
        if form == "json":
            _print(importing, written=written)
            return
        show(importing, "wrote" if written else "would write", out)
        if written:
            end(importing)

    example = f"ost import {name} {importer.example}"
    text = f"{importer.help}\n\n\b\n{example}\n{example} --dry-run"
    made: Callable[[Any], click.Command] = click.command(name, help=text)
    return made(run)


def _written(importing: "Import", out: Path | None, *, yes: bool) -> bool:
    """Whether the files are written: there are some, and the user wants them."""
    if not yes or not importing.files:
        return False
    importing.write(out)
    return True


def _print(importing: "Import", *, written: bool) -> None:
    """The result for each file, as JSON."""
    from ost.cli.import_report import record
    from ost.exchange.reports import json

    output.write(json.render(record(importing, written=written)), raw=True)
