"""`ost explode`: turn a tree in one file into one file per node."""

from pathlib import Path

import click

from ost.cli.parameters import folder_option
from ost.cli.rewrites import Refactoring, dry_run_option
from ost.edit.explode import explode


@click.command("explode")
@click.argument("file", type=click.Path(dir_okay=False), metavar="FILE")
@dry_run_option
@folder_option
def command(file: str, dry_run: bool, folder: Path) -> None:
    """Turn a tree in one file (`kind: tree`) into one file per node.

    The files go into the same folder. Ids, parents, order, links and comments stay the same, and so
    does the tree. Text that belongs to no node stays in FILE.

    \b
    ost explode content/tree.md --dry-run
    ost explode content/tree.md
    """
    work = Refactoring(folder, whole=True)
    path = work.opened.inner(file)
    rewrite = explode(work.content, path)
    count = len(rewrite.created)
    work.end(rewrite, f"exploded {path} into {count} nodes", dry_run=dry_run)
