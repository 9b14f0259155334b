"""`ost export`: the tree in other formats, including those of installed exporters."""

import inspect
from collections.abc import Callable
from contextlib import closing
from datetime import date
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ost.cli import exports
from ost.cli.parameters import as_of_option, at_option, folder_option
from ost.cli.pictures import FORMS
from ost.cli.projects import open_project
from ost.cli.selectors import select_option, selection
from ost.cli.terminal import output
from ost.cli.workspace import CommandProject, display_path, progress
from ost.errors import Misuse, Trouble
from ost.exchange.formats import Format, formats
from ost.exchange.reports.paint import safe
from ost.export import GROUP, Exporter, ForeignError
from ost.words import counted

if TYPE_CHECKING:
    from sqlite3 import Connection


class Exporters(click.Group):
    """One command for each format and each installed exporter, loaded when needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the formats and of the entry points."""
        return sorted({*formats(), *FORMS, *entry_points(group=GROUP).names})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of one exporter."""
        if cmd_name in formats():
            return exports.command(cmd_name, Format(cmd_name))
        if cmd_name in FORMS:
            return exports.picture(cmd_name)
        found = tuple(entry_points(group=GROUP, name=cmd_name))
        if not found:
            return None
        try:
            return _command(cmd_name, found[0].load())
        except Exception as error:  # noqa: BLE001 - other people's code may raise anything
            why = f"{found[0].value!r} cannot be loaded: {type(error).__name__}: {error}"
            return _unloadable(cmd_name, why)


@click.command("export", cls=Exporters, no_args_is_help=True)
def command() -> None:
    """Write the tree, or a part of it, in another format.

    \b
    ost export mermaid - --select target+
    ost export svg tree.svg
    ost export csv tables
    ost export html site
    ost export html site --select +target+
    """


def _unloadable(name: str, why: str) -> click.Command:
    @click.command(name, help=why, context_settings={"ignore_unknown_options": True})
    @click.argument("out", nargs=-1)
    def run(out: tuple[str, ...]) -> None:
        raise Trouble(f"the exporter {why}")

    return run


def _command(name: str, exporter: Exporter) -> click.Command:
    @click.argument("out", type=click.Path(path_type=Path, file_okay=False))
    @folder_option
    @select_option
    @as_of_option
    @at_option
    def run(
        out: Path, folder: Path, select: str | None, as_of: date | None, at: str | None
    ) -> None:
        opened = open_project(folder, at, as_of)
        opened.refresh()
        _export(exporter, out, opened, select)

    made: Callable[[Any], click.Command] = click.command(name, help=inspect.getdoc(exporter))
    return made(run)


def _export(exporter: Exporter, out: Path, opened: CommandProject, select: str | None) -> None:
    with closing(_tables(opened, select)) as connection, progress() as report:
        try:
            saved = exporter(connection, out, report, opened.root)
        except ForeignError:
            raise Misuse(
                f"{display_path(out)} holds files that no export wrote; name a new or empty folder"
            ) from None
    did = output.paint()("bold green", "wrote") if saved.written + saved.gone else "unchanged:"
    output.write(f"{did} {safe(display_path(saved.first))}\n")
    gone = f", {saved.gone:,} removed" if saved.gone else ""
    files = counted(saved.files, "file")
    output.write(f"{files}, {saved.written:,} of them written{gone}\n")


def _tables(opened: CommandProject, select: str | None) -> "Connection":
    """The tables that the project publishes, or those of the selected part."""
    connection = _part(opened, select)
    if opened.settings.publish.profile != "public":
        return connection
    from ost.project.public import public_copy

    with closing(connection):
        return public_copy(connection)


def _part(opened: CommandProject, select: str | None) -> "Connection":
    connection = opened.project.connect()
    if select is None:
        return connection
    from ost.excerpt.part import part

    with closing(connection):
        ids = selection(opened, select)
        if not ids:
            raise Misuse("no node is selected")
        return part(connection, ids)
