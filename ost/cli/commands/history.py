"""`ost history`: the log of changes in meaning."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

import click
from msgspec import Meta, Struct

from ost.cli.commits import requested_commits
from ost.cli.parameters import DayParameter, folder_option, format_option
from ost.cli.projects import open_project
from ost.cli.selectors import select_nodes, select_option
from ost.cli.terminal import output
from ost.cli.workspace import progress
from ost.exchange.reports import json
from ost.exchange.reports.paint import Paint, safe
from ost.history.change import DETAIL, Change
from ost.history.git import Repository
from ost.project.log import ChangeFilter, ShownCommit, shown_commits
from ost.words import counted

MOST = 50
"""The maximum of changes of a commit in a list of commits: a first commit may have thousands."""


class HistoryEntry(Struct, frozen=True, kw_only=True):
    """What a commit changed in the tree (`ost history`)."""

    commit: Annotated[str, Meta(description="The commit.")]
    date: Annotated[str, Meta(description="When it was committed.")]
    author: Annotated[str, Meta(description="Who wrote it.")]
    subject: Annotated[str, Meta(description="Its first line.")]
    changes: Annotated[
        tuple[Change, ...], Meta(description="Changes of meaning, weightiest first.")
    ]


@click.command("history")
@click.argument("revisions", default="HEAD")
@folder_option
@click.option("--node", help="Only what happened to this node, former ids included.")
@select_option
@click.option("--kind", multiple=True, help="Only what happened to nodes of this kind.")
@click.option("--change", "words", multiple=True, metavar="WORD", help="Only these changes.")
@click.option("--author", default="", help="Only commits whose author's name contains this.")
@click.option("--since", "first", type=DayParameter(), help="Only commits from this day on.")
@click.option("--until", "last", type=DayParameter(), help="Only commits up to this day.")
@click.option(
    "--limit",
    type=click.IntRange(0),
    default=50,
    show_default=True,
    help="The number of commits to read, among those that touch the tree; 0 for all.",
)
@format_option
def command(
    revisions: str,
    folder: Path,
    node: str | None,
    select: str | None,
    kind: tuple[str, ...],
    words: tuple[str, ...],
    author: str,
    first: date | None,
    last: date | None,
    limit: int,
    form: str,
) -> None:
    """Show what each commit changed in the tree, newest first.

    Follows first parents and reads the commits that touch the tree. Shows up to 50 changes of each
    commit, and all with --limit 1 or if you ask for nodes, kinds or changes.

    \b
    ost history                         the last fifty commits
    ost history main~200..main --limit 0
    ost history --node cant-agree       one node's life
    ost history --select target+        the target and what is below it now
    ost history --change target-chosen --since 2026-10-01
    """
    repository = Repository(folder)
    nodes = None if node is None else frozenset((node,))
    if select is not None:
        chosen = _chosen(folder, revisions, select)
        nodes = chosen if nodes is None else nodes & chosen
    wanted = ChangeFilter(nodes, frozenset(kind), frozenset(words))
    with progress() as report:
        commits = requested_commits(repository, revisions, author, first, last)
        found = list(
            shown_commits(folder, repository, commits, limit, wanted, report, output.complain)
        )
    if form == "json":
        output.write(json.render([_json(each) for each in found]), raw=True)
        return
    narrowed = nodes is not None or kind or words
    most = None if limit == 1 or narrowed else MOST
    lines = [part for each in found for part in _lines(each, output.paint(), most)]
    output.write_lines("\n".join([*lines, ""]) if found else "")


def _chosen(folder: Path, revisions: str, select: str) -> frozenset[str]:
    """What a selector chooses in the newest of the revisions."""
    begin, dots, end = revisions.partition("..")
    opened = open_project(folder, (end if dots else begin) or "HEAD")
    opened.refresh()
    return select_nodes(opened, select)


def _json(step: ShownCommit) -> HistoryEntry:
    commit = step.commit
    return HistoryEntry(
        commit=commit.id,
        date=commit.at,
        author=commit.author,
        subject=commit.subject,
        changes=tuple(change for change, _ in step.changes),
    )


def _lines(step: ShownCommit, paint: Paint, most: int | None) -> Iterator[str]:
    """A commit and its changes, at most so many: they are sorted by weight."""
    commit = step.commit
    about = f"{commit.id[:8]} {commit.day} {safe(commit.author)}"
    yield f"{paint('bold', about)}  {safe(commit.subject)}"
    for change, sentence in step.changes[:most]:
        mark = "!" if change.weight > 2 else "·" if change.weight == DETAIL else "~"
        yield f"  {mark} {sentence}"
    if most is not None and len(step.changes) > most:
        rest = counted(len(step.changes) - most, "more change")
        yield f"  {rest}: ost history {commit.id[:8]} --limit 1"
    yield ""
