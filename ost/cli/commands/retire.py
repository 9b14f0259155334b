"""`ost retire`: drop a solution or park an opportunity, and say why."""

import shlex
from pathlib import Path

import click

from ost.cli.ids import complete
from ost.cli.parameters import folder_option
from ost.cli.questions import ask
from ost.cli.rewrites import Refactoring, dry_run_option
from ost.edit.move import resolve
from ost.edit.status import retire, retired_status


@click.command("retire")
@click.argument("node", metavar="ID", shell_complete=complete)
@click.option("--because", metavar="WORDS", default="", help="The reason, in a few words.")
@dry_run_option
@folder_option
def command(node: str, because: str, dry_run: bool, folder: Path) -> None:
    """Drop a solution or park an opportunity, with the reason.

    At a terminal, it asks for the reason.

    \b
    ost retire phones-as-ballots --because "two of eight tried it twice"
    """
    work = Refactoring(folder)
    found = resolve(work.content, node)
    retired_status(work.content, found)
    needed = f"a reason is needed: ost retire {shlex.quote(found)} --because WORDS"
    words = because or ask("Because", needed)
    work.end(retire(work.content, found, words), f"retired {found}", dry_run=dry_run)
