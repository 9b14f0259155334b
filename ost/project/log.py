"""What commits changed: from the stored walk through history or, failing that, by comparison."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from ost.disk import store
from ost.disk.store import PAST
from ost.errors import OstError
from ost.exchange.differences.text import PLAIN
from ost.history.change import Change, Verb
from ost.history.diff import compare, matched_ids
from ost.history.git import Commit, Repository, Touch
from ost.history.record import Records
from ost.history.sentences import Both, line
from ost.project.commit_records import CommitRecords
from ost.project.keys import reader, walk_key
from ost.project.older_side import find_older_folder
from ost.project.past_file import changes_of, noted_in, numbers_of
from ost.project.results import Progress
from ost.project.revision import Revision, project_in_history
from ost.project.scan import SUFFIXES
from ost.project.sides import Side
from ost.project.trail import settles
from ost.settings import config


class ChangeSentence(NamedTuple):
    """A change with its sentence."""

    change: Change
    sentence: str


class ChangeLog:
    """The changes of the commits along the first parents of a walk."""

    def __init__(self, file: Path, key: str) -> None:
        """Opens the log in a file; it is empty if the file is damaged, or if other code or words
        wrote it.
        """
        self._db: sqlite3.Connection | None = None
        self._numbers: dict[str, int] = {}
        with suppress(sqlite3.Error, ValueError):
            db = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=5)
            noted = noted_in(db)
            if noted.get("key") == key:
                self._db = db
                self._numbers = numbers_of(db, whole=noted.get("reach") == "complete")

    def covers(self, commit: str) -> bool:
        """Whether a commit's changes are stored. If so, those of all commits before it along the
        first parents are stored, too.
        """
        return commit in self._numbers

    def of(self, commit: str) -> tuple[ChangeSentence, ...] | None:
        """A commit's changes, most important first; None if they cannot be read."""
        number = self._numbers.get(commit)
        if self._db is None or number is None:
            return ()
        try:
            return tuple(ChangeSentence(*each) for each in changes_of(self._db, number))
        except (sqlite3.Error, ValueError):
            return None


class ChangeFilter(Struct):
    """Which changes to show. Further back, nodes have their former ids; None means all nodes."""

    nodes: frozenset[str] | None
    kinds: frozenset[str]
    words: frozenset[str]

    def asks(self, change: Change) -> bool:
        """Whether to show a change."""
        return (
            (self.nodes is None or change.node in self.nodes)
            and (not self.kinds or change.kind in self.kinds)
            and (not self.words or change.change.value in self.words)
        )


class ShownCommit(Struct, frozen=True):
    """A commit's changes with their sentences."""

    commit: Commit
    changes: tuple[ChangeSentence, ...]


def shown_commits(
    folder: Path,
    repository: Repository,
    commits: list[tuple[Commit, bool]],
    limit: int,
    wanted: ChangeFilter,
    report: Progress | None,
    complain: Callable[[str], None],
) -> Iterator[ShownCommit]:
    """The changes of up to `limit` commits that touch the tree (0 for all). It never reads commits
    that did not touch the folder, nor those whose changes a walk through history has stored.
    """
    asked = dict(commits)
    touching, settled = _touching(repository, [each for each, _ in commits])
    log = _log(folder, repository, touching, settled)
    if wanted.nodes is None:
        touching = [commit for commit in touching if asked[commit]]
    asking = touching[: limit or None]
    with CommitRecords(repository) as records:
        trees = _Trees(repository, records)
        known = False
        for done, commit in enumerate(asking):
            if report is not None:
                report("reading history", done, len(asking))
            known = known or (log is not None and log.covers(commit.id))
            stored = log.of(commit.id) if log is not None and known else None
            step = trees.step(commit, wanted) if stored is None else _kept(stored, wanted)
            if step is None:
                complain(repository.edge(commit))
                return
            if step.changes and asked[commit]:
                yield ShownCommit(commit, step.changes)
            if wanted.nodes is not None:
                wanted.nodes = frozenset(step.back.get(each, each) for each in wanted.nodes)


class _Step(NamedTuple):
    """The requested changes of a commit, and the former ids of nodes by their later ones."""

    changes: tuple[ChangeSentence, ...]
    back: Mapping[str, str]


def _kept(changes: tuple[ChangeSentence, ...], wanted: ChangeFilter) -> _Step:
    """A step from the stored walk."""
    back = {
        each.change.node: str(each.change.before)
        for each in changes
        if each.change.change is Verb.RENAMED
    }
    return _Step(tuple(each for each in changes if wanted.asks(each.change)), back)


class _Trees:
    """The trees before and after commits. Going back in time, the tree before one commit is the
    tree after the next.
    """

    def __init__(self, repository: Repository, records: CommitRecords) -> None:
        self._repository, self._of = repository, records.of
        self._kept: dict[str, Records] = {}

    def step(self, commit: Commit, wanted: ChangeFilter) -> _Step | None:
        """What a commit changed; None where the clone ends."""
        now = project_in_history(self._repository, commit)
        if self._repository.is_edge(commit):
            return None
        parent = self._repository.commit(commit.parents[0]) if commit.parents else None
        was = project_in_history(self._repository, parent) if parent is not None else None
        if _same(was, now):
            return _Step((), {})
        after, before = self._records(now), self._records(was)
        if parent is not None and before.encoded.keys().isdisjoint(after.encoded):
            was = (
                find_older_folder(self._repository, parent, None, Side(commit.id, "", after, ()))
                or was
            )
            before = self._records(was)
        self._kept = {was.tree_id: before} if was is not None else {}
        both = Both(before, after)
        changes = [each for each in compare(before, after) if wanted.asks(each)]
        back = {}
        if wanted.nodes is not None:
            back = {new: old for old, new in matched_ids(before, after).items()}
        sentences = (ChangeSentence(each, line(each, both, PLAIN).sentence()) for each in changes)
        return _Step(tuple(sentences), back)

    def _records(self, revision: Revision | None) -> Records:
        known = self._kept.get(revision.tree_id) if revision is not None else None
        return known or self._of(revision)


def _log(
    folder: Path, repository: Repository, touching: list[Commit], settled: Iterable[Revision]
) -> ChangeLog | None:
    """The log of a walk through history; None if some of the commits use other words for kinds."""
    try:
        root, settings = config.load(folder)
        inside = Repository(root)
    except OstError:
        return None
    # The walk is of the project's folder, whichever folder in it was requested.
    if inside.prefix != repository.prefix or not touching:
        return None
    log = ChangeLog(store.folder(root) / PAST, walk_key(root, settings, inside.prefix))
    oldest = project_in_history(repository, touching[-1])
    projects = (*settled, *((oldest,) if oldest is not None else ()))
    return log if all(reader(each.settings) == reader(settings) for each in projects) else None


def _touching(repository: Repository, commits: list[Commit]) -> tuple[list[Commit], list[Revision]]:
    """The commits that touch what is read, and the project at the newest commit and at each commit
    that changed its settings.
    """
    by_id = {each.id: each for each in commits}
    ends = [commits[0].id] if commits else []
    if not ends:
        return [], []
    folder = repository.prefix.strip("/")
    touched = repository.touched(*ends, folder=folder)
    found = {commit: touches for commit, touches in touched if commit in by_id}
    # The content folder can only change if settings do.
    settled = [each for each, touches in found.items() if settles(touches)]
    asked = [commits[0], *(by_id[each] for each in settled)]
    before = {parent for each in asked for parent in each.parents[:1]}
    asked += [by_id.get(each) or repository.commit(each) for each in sorted(before)]
    found_in = (project_in_history(repository, each) for each in asked)
    projects = [each for each in found_in if each is not None]
    folders = {each.path for each in projects}
    touching = [
        by_id[commit]
        for commit, touches in found.items()
        if settles(touches) or any(_in_content(each, folders) for each in touches)
    ]
    return touching, projects


def _in_content(touch: Touch, folders: Iterable[str]) -> bool:
    inside = any(not each or touch.path.startswith(f"{each}/") for each in folders)
    return inside and touch.path.endswith(SUFFIXES)


def _same(was: Revision | None, now: Revision | None) -> bool:
    """Whether all files that are read are the same."""
    if was is None or now is None:
        return was is now
    return was.tree_id == now.tree_id and was.settings == now.settings
