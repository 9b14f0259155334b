"""`ost merge`: make two nodes one."""

from pathlib import Path

import click

from ost.cli.ids import complete
from ost.cli.parameters import folder_option
from ost.cli.rewrites import Refactoring, dry_run_option
from ost.edit.merge import merge
from ost.edit.move import meant


@click.command("merge")
@click.argument("source", metavar="ID", shell_complete=complete)
@click.argument("target", metavar="INTO-ID", shell_complete=complete)
@dry_run_option
@folder_option
def command(source: str, target: str, dry_run: bool, folder: Path) -> None:
    """Merge a node into another of its kind.

    Moments, children and links of the first lead to the second, which keeps the first one's id as
    an alias and its text below its own. Fields that both have with different values stay as
    comments.

    \b
    ost merge search-is-slow cannot-find-it-again
    ost merge search-is-slow cannot-find-it-again --dry-run
    """
    work = Refactoring(folder)
    one, other = meant(work.content, source), meant(work.content, target)
    work.end(merge(work.content, one, other), f"merged {one} into {other}", dry_run=dry_run)
