"""`ost history`: the log of changes of meaning."""

from collections.abc import Container, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

import click
from msgspec import Meta, Struct

from ost.cli.parameters import DayParameter, folder_option, format_option
from ost.cli.projects import opened_at
from ost.cli.selectors import select_option, selected
from ost.cli.terminal import output
from ost.cli.workspace import Opened, progress
from ost.config import FILE
from ost.errors import OstError
from ost.exchange.differences.text import PLAIN
from ost.exchange.reports import json
from ost.exchange.reports.paint import Paint, safe
from ost.history.change import DETAIL, Change
from ost.history.diff import compare, matched_ids
from ost.history.git import Commit, Repository, Touch
from ost.history.record import Records
from ost.history.sentences import Both, line
from ost.project.changed_nodes import held_in
from ost.project.results import Progress
from ost.project.revision import Revision
from ost.project.scan import SUFFIXES
from ost.project.sides import records_of


class HistoryEntry(Struct, frozen=True, kw_only=True):
    """What a commit changed in the tree (`ost history`)."""

    commit: Annotated[str, Meta(description="The commit.")]
    date: Annotated[str, Meta(description="When it was committed.")]
    author: Annotated[str, Meta(description="Who wrote it.")]
    subject: Annotated[str, Meta(description="Its first line.")]
    changes: Annotated[
        tuple[Change, ...], Meta(description="Changes of meaning, weightiest first.")
    ]


class ShownCommit(Struct, frozen=True):
    """What a commit changed, with both sides to tell it by."""

    commit: Commit
    changes: tuple[Change, ...]
    both: Both


@click.command("history")
@click.argument("revisions", default="HEAD")
@folder_option
@click.option("--node", help="Only what happened to this node, under former ids too.")
@select_option
@click.option("--kind", multiple=True, help="Only what happened to nodes of this kind.")
@click.option("--change", "words", multiple=True, metavar="WORD", help="Only these changes.")
@click.option("--author", default="", help="Only commits whose author's name holds this.")
@click.option("--since", "first", type=DayParameter(), help="Only commits from this day on.")
@click.option("--until", "last", type=DayParameter(), help="Only commits up to this day.")
@click.option(
    "--limit",
    type=click.IntRange(0),
    default=50,
    show_default=True,
    help="Look at so many commits that touch the tree; 0 for all.",
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
    """Say what each commit changed in the tree, newest first.

    Reads the commits on the way of first parents that touch the tree.

    \b
    ost history                         the last fifty commits
    ost history main~200..main --limit 0
    ost history --node cant-agree       one node's life
    ost history --select target+        the target, and what is below it now
    ost history --change target-chosen --since 2026-10-01
    """
    repository = Repository(folder)
    nodes = None if node is None else frozenset((node,))
    if select is not None:
        chosen = _chosen(folder, revisions, select)
        nodes = chosen if nodes is None else nodes & chosen
    wanted = Wanted(nodes, frozenset(kind), frozenset(words))
    with progress() as report:
        commits = _commits(repository, revisions, author, first, last)
        found = list(_told(repository, commits, limit, wanted, report))
    if form == "json":
        output.write(json.render([_json(each) for each in found]), raw=True)
        return
    output.write("\n".join(part for each in found for part in _lines(each, output.paint())))
    output.write("\n" if found else "")


def days(opened: Opened, nodes: Container[str]) -> list[tuple[str, list[str]]]:
    """What the last fifty commits changed in some nodes, by day, newest first; nothing outside of
    a git repository.
    """
    path = opened.path
    try:
        repository = Repository(path if path.is_dir() else path.parent)
        project = opened.project
        newest = project.commit.id if isinstance(project, Revision) else "HEAD"
        commits = _commits(repository, newest, "", None, None)
    except OstError:
        return []
    found: dict[str, list[str]] = {}
    with progress() as report:
        for step in _told(
            repository, commits, _LOGGED, Wanted(None, frozenset(), frozenset()), report
        ):
            said = [
                line(change, step.both, PLAIN).sentence()
                for change in step.changes
                if change.node in nodes
            ]
            if said:
                found.setdefault(step.commit.day, []).extend(said)
    return list(found.items())


_LOGGED = 50


class Wanted(Struct):
    """Which changes are shown. The nodes have their former ids further back; None for all."""

    nodes: frozenset[str] | None
    kinds: frozenset[str]
    words: frozenset[str]

    def among(self, changes: tuple[Change, ...]) -> tuple[Change, ...]:
        """Those that are asked for."""
        return tuple(
            each
            for each in changes
            if (self.nodes is None or each.node in self.nodes)
            and (not self.kinds or each.kind in self.kinds)
            and (not self.words or each.change.value in self.words)
        )


def _chosen(folder: Path, revisions: str, select: str) -> frozenset[str]:
    """What a selector chooses in the newest of the revisions."""
    begin, dots, end = revisions.partition("..")
    opened = opened_at(folder, (end if dots else begin) or "HEAD")
    opened.refresh()
    return selected(opened, select)


def _commits(
    repository: Repository, revisions: str, author: str, first: date | None, last: date | None
) -> list[tuple[Commit, bool]]:
    """The commits, newest first, and whether each is asked for."""
    begin, dots, end = revisions.partition("..")
    ends = [repository.commit(end if dots and end else begin if not dots else "HEAD").id]
    if dots:
        ends.append(f"^{repository.commit(begin or 'HEAD').id}")
    found = repository.commits(*ends, first_parent=True)
    return [
        (
            each,
            author.casefold() in each.author.casefold()
            and (first is None or each.day >= first.isoformat())
            and (last is None or each.day <= last.isoformat()),
        )
        for each in found
    ]


def _told(
    repository: Repository,
    commits: list[tuple[Commit, bool]],
    limit: int,
    wanted: Wanted,
    report: Progress | None,
) -> Iterator[ShownCommit]:
    """What each commit changed. A commit that left the folder as it was is never read."""
    asked = dict(commits)
    touching = _touching(repository, [each for each, _ in commits])
    if wanted.nodes is None:
        touching = [commit for commit in touching if asked[commit]]
    kept: dict[str, Records] = {}
    for done, commit in enumerate(touching[: limit or None]):
        if report is not None:
            report("reading history", done, min(len(touching), limit or len(touching)))
        now = held_in(repository, commit, None)
        if repository.is_edge(commit):
            output.complain(repository.edge(commit))
            return
        parent = repository.commit(commit.parents[0]) if commit.parents else None
        was = held_in(repository, parent, None) if parent is not None else None
        if _same(was, now):
            continue
        after = _records(now, kept)
        before = _records(was, kept)
        kept = {was.tree_id: before} if was is not None else {}
        changes = wanted.among(compare(before, after))
        if changes and asked[commit]:
            yield ShownCommit(commit, changes, Both(before, after))
        if wanted.nodes is not None:
            back = {new: old for old, new in matched_ids(before, after).items()}
            wanted.nodes = frozenset(back.get(each, each) for each in wanted.nodes)


def _touching(repository: Repository, commits: list[Commit]) -> list[Commit]:
    by_id = {each.id: each for each in commits}
    ends = [commits[0].id] if commits else []
    if not ends:
        return []
    folder = repository.prefix.strip("/")
    touched = repository.touched(*ends, folder=folder)
    found = {commit: touches for commit, touches in touched if commit in by_id}
    # Where the content is may change only where settings do.
    settled = [each for each, touches in found.items() if _settles(touches)]
    asked = [commits[0], *(by_id[each] for each in settled)]
    held = (held_in(repository, each, None) for each in asked)
    folders = {each.path for each in held if each is not None}
    return [
        by_id[commit]
        for commit, touches in found.items()
        if _settles(touches) or any(_in_content(each, folders) for each in touches)
    ]


def _settles(touches: Iterable[Touch]) -> bool:
    return any(each.path.rpartition("/")[2] == FILE for each in touches)


def _in_content(touch: Touch, folders: Iterable[str]) -> bool:
    inside = any(not each or touch.path.startswith(f"{each}/") for each in folders)
    return inside and touch.path.endswith(SUFFIXES)


def _same(was: Revision | None, now: Revision | None) -> bool:
    """Whether nothing that is read differs."""
    if was is None or now is None:
        return was is now
    return was.tree_id == now.tree_id and was.settings == now.settings


def _records(held: Revision | None, kept: dict[str, Records]) -> Records:
    if held is None:
        return Records({})
    return kept.get(held.tree_id) or records_of(held)


def _json(step: ShownCommit) -> HistoryEntry:
    commit = step.commit
    return HistoryEntry(
        commit=commit.id,
        date=commit.at,
        author=commit.author,
        subject=commit.subject,
        changes=step.changes,
    )


def _lines(step: ShownCommit, paint: Paint) -> Iterator[str]:
    commit = step.commit
    about = f"{commit.id[:8]} {commit.day} {safe(commit.author)}"
    yield f"{paint('bold', about)}  {safe(commit.subject)}"
    for change in step.changes:
        mark = "!" if change.weight > 2 else "·" if change.weight == DETAIL else "~"
        yield f"  {mark} {line(change, step.both, PLAIN).sentence()}"
    yield ""
