"""`ost git-diff-driver`: git's own diff of a file speaks of the tree."""

from pathlib import Path

import click

from ost.answers.file_changes import file_changes
from ost.cli.terminal import output
from ost.exchange.reports.paint import safe


@click.command("git-diff-driver")
@click.argument("path")
@click.argument("old_file", type=click.Path(path_type=Path))
@click.argument("old_hex")
@click.argument("old_mode")
@click.argument("new_file", type=click.Path(path_type=Path))
@click.argument("new_hex")
@click.argument("new_mode")
@click.argument("renamed", nargs=-1)
def command(
    path: str,
    old_file: Path,
    old_hex: str,
    old_mode: str,
    new_file: Path,
    new_hex: str,
    new_mode: str,
    renamed: tuple[str, ...],
) -> None:
    """Say what changed in one file, when git asks (`git log -p --ext-diff`, `git diff`).

    Set up once; git gives the arguments:

    \b
    echo '*.md diff=ost' >> .gitattributes
    git config diff.ost.command 'ost git-diff-driver'
    """
    after = renamed[0] if renamed else path
    sentences = list(file_changes(path, old_file, after, new_file))
    output.write(f"ost {safe(after)}\n")
    for sentence in sentences or ["nothing of meaning changed"]:
        output.write(f"  {sentence}\n")
