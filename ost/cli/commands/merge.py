"""`ost merge`: make two nodes one."""

from pathlib import Path

import click

from ost.cli.ids import complete
from ost.cli.parameters import folder_option
from ost.cli.rewrites import Refactoring, dry_run_option
from ost.edit.merge import merge
from ost.edit.move import resolve


@click.command("merge")
@click.argument("source", metavar="ID", shell_complete=complete)
@click.argument("target", metavar="INTO-ID", shell_complete=complete)
@dry_run_option
@folder_option
def command(source: str, target: str, dry_run: bool, folder: Path) -> None:
    """Merge a node into another of its kind.

    The second node takes over the first one's moments, children and links, keeps its id as an alias
    and gets its text below its own. If both have a field with different values, the first one's
    value stays as a comment.

    \b
    ost merge search-is-slow cannot-find-it-again
    ost merge search-is-slow cannot-find-it-again --dry-run
    """
    work = Refactoring(folder)
    one, other = resolve(work.content, source), resolve(work.content, target)
    work.end(merge(work.content, one, other), f"merged {one} into {other}", dry_run=dry_run)
