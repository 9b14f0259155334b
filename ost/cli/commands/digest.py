"""`ost digest`: what we heard, what was decided and what moved since a day."""

import re
from pathlib import Path

import click

from ost.answers.comparison import Range, Sides, compile_sides, inside
from ost.cli.parameters import folder_option, format_choice
from ost.cli.selectors import select_on_either_side, select_option
from ost.cli.terminal import output
from ost.cli.workspace import CommandProject, progress, today
from ost.days import away, read_day
from ost.digest_parts import WEEK
from ost.errors import Misuse
from ost.exchange.digests.digest import digest, markdown, text
from ost.exchange.reports import json
from ost.history.diff import compare
from ost.history.git import Repository
from ost.history.record import Records
from ost.history.sentences import Both
from ost.project.sides import Side, working


@click.command("digest")
@click.option(
    "--since",
    metavar="DAY|REV",
    default="",
    help="The day (2026-11-01) or revision to start from.  [default: a week ago]",
)
@folder_option
@select_option
@format_choice("json", "markdown", help="For people, for programs, or for a chat.")
def command(since: str, folder: Path, select: str | None, form: str) -> None:
    """Sum up what we heard, what was decided and what moved.

    Compares the tree at the end of that day with the files as they are.

    \b
    ost digest
    ost digest --since 2026-11-01 --format markdown
    ost digest --since v1.0
    ost digest --select target+
    """
    opened = CommandProject(folder)
    begin = since or away(opened.today, -WEEK).isoformat()
    sides = _sides(folder, begin)
    both = Both(sides.before.records, sides.after.records)
    changes = compare(*both)
    if select is not None:
        chosen = select_on_either_side(folder, sides, select)
        changes = tuple(each for each in changes if each.node in chosen)
    found = digest(changes, both, since=begin, until=opened.today.isoformat())
    if form == "json":
        output.write(json.render(found), raw=True)
    elif form == "markdown":
        output.write(markdown(found, both), raw=True)
    else:
        output.write_lines(text(found, both, output.paint()))


def _sides(folder: Path, begin: str) -> Sides:
    """Both sides; the older one is empty if history begins after that day."""
    repository = Repository(folder)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", begin):
        if read_day(begin) is None:
            raise Misuse(f"--since {begin}: there is no such day")
        repository.commit("HEAD")
        try:
            repository.commit(begin)
        except Misuse:
            if repository.shallow:
                raise
            opened = CommandProject(folder)
            empty = Side(None, begin, Records({}), ())
            return Sides(empty, working(opened.project), inside(repository, opened.content))
    with progress() as report:
        return compile_sides(folder, Range(begin, None), today(), report)
