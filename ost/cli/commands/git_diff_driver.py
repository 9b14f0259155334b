"""`ost git-diff-driver`: lets git show what a change of a file means for the tree."""

from pathlib import Path

import click

from ost.answers.file_changes import file_changes
from ost.cli.terminal import output
from ost.errors import Misuse, OstError
from ost.exchange.reports.paint import safe
from ost.settings.config import Settings, defaults, load


@click.command("git-diff-driver")
@click.argument("path")
@click.argument("old_file", type=click.Path(path_type=Path), required=False)
@click.argument("old_hex", required=False)
@click.argument("old_mode", required=False)
@click.argument("new_file", type=click.Path(path_type=Path), required=False)
@click.argument("new_hex", required=False)
@click.argument("new_mode", required=False)
@click.argument("renamed", nargs=-1)
def command(
    path: str,
    old_file: Path | None,
    old_hex: str | None,
    old_mode: str | None,
    new_file: Path | None,
    new_hex: str | None,
    new_mode: str | None,
    renamed: tuple[str, ...],
) -> None:
    """Show what changed in one file, for git (`git log -p --ext-diff`, `git diff`).

    Set it up once; git passes the arguments:

    \b
    echo '*.md diff=ost' >> .gitattributes
    git config diff.ost.command 'ost git-diff-driver'
    """
    after = renamed[0] if renamed else path
    if old_file is None:  # git passes only the name of a file with conflicts
        sentences = ["not merged yet; resolve its conflicts"]
    elif new_file is None or new_mode is None:
        raise Misuse("git passes the arguments; set `diff.ost.command` to 'ost git-diff-driver'")
    else:
        sentences = list(file_changes((path, old_file), (after, new_file), _settings(path)))
    output.write(f"ost {safe(after)}\n")
    for sentence in sentences or ["no change to the tree"]:
        output.write(f"  {sentence}\n")


def _settings(path: str) -> Settings:
    """The settings of the project around a path; the defaults if they cannot be read."""
    there = next(each for each in Path(path).absolute().parents if each.exists())
    try:
        return load(there)[1]
    except OstError:
        return defaults(there)
