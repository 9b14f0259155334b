"""The commits up to a revision that touched the tree's files, with their changes: files and
readings for a walk through history.
"""

import posixpath
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from ost.compile.compiled import Text
from ost.compile.engine import Changes
from ost.compile.inputs import Inputs
from ost.errors import OstError
from ost.history.git import FILE as PLAIN
from ost.history.git import Commit, Repository, Touch
from ost.project.cache import kept
from ost.project.encoding import decode
from ost.project.files import transcript_suffix
from ost.project.readings import read_all
from ost.project.results import Progress
from ost.project.revision import VIRTUAL, Located, Revision, latest_readable
from ost.read.document import Document, Reading
from ost.read.suffixes import MARKDOWN
from ost.read.vocabulary import Vocabulary
from ost.settings.config import FILE
from ost.tree.claims import claims_of
from ost.tree.sections import with_headings

AHEAD = 200
"""How many commits are read at once."""

NEAR = 4096
"""How many readings stay in memory."""

_MERGED = re.compile(r"^Merge pull request #(\d+)")
_SQUASHED = re.compile(r"\(#(\d+)\)$")
_GITLAB = re.compile(r"^See merge request \S*!(\d+)$", re.MULTILINE)

_SETTINGS = f":(top,glob)**/{FILE}"


class TrailCommit(NamedTuple):
    """A commit and its changes to files. With `reset`, other settings apply, nothing earlier
    counts, and the changes are all files.
    """

    commit: Commit
    changes: Changes
    inputs: Inputs
    reset: bool


class Listing(NamedTuple):
    """The project's place in a commit and the names of its contents by path. `plain` says that no
    file is a link or in another program's folder, `settled` that the settings are the commit's own
    and not an earlier one's.
    """

    commit: Commit
    located: Located
    names: dict[str, str]
    plain: bool
    settled: bool


class Trail:
    """The commits up to a revision, for the project in the folder `prefix` of a repository."""

    def __init__(
        self,
        repository: Repository,
        prefix: str,
        cache: sqlite3.Connection,
        words: Vocabulary,
        progress: Progress | None = None,
        passed: Callable[[str, tuple[Touch, ...]], None] = lambda commit, touches: None,
    ) -> None:
        """Readings come from the `cache` and are added to it, all with the project's current words
        for kinds. `passed` is called with each commit and the files it touched.
        """
        self._passed = passed
        self._words = words
        self._repository, self._prefix, self._cache = repository, prefix, cache
        self._progress = progress
        self._revision: Revision | None = None
        self._settled = True
        self._plain = True
        self._names: dict[str, str] = {}
        self._known: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._reading = lru_cache(NEAR)(self._read)

    def begin(self, commit: Commit) -> TrailCommit:
        """All files of a commit, to continue from."""
        self._revision = latest_readable(self._repository, commit, self._prefix)
        self._take(commit)
        self._learn(self._names.values())
        return self._stage(commit, {**self._names}, reset=True)

    def turn(self, revision: Revision) -> TrailCommit:
        """Moves to another commit: the files that differ, or all if other settings apply."""
        before, names = self._revision, self._names
        self._list(revision)
        reset = not _same(before, revision)
        changed = _differing({} if reset else names, self._names)
        self._learn(changed.values())
        return self._stage(revision.commit, changed, reset=reset)

    @property
    def listed(self) -> Listing | None:
        """What is listed at the current commit; None if it has no project."""
        revision = self._revision
        if revision is None:
            return None
        located = Located(revision.inside, revision.settings, revision.tree_id)
        return Listing(revision.commit, located, self._names, self._plain, self._settled)

    def resume(self, texts: Mapping[str, Text], listed: Listing) -> None:
        """Continues from a commit whose files are `listed`."""
        self._revision = Revision(
            self._repository, listed.commit, self._prefix, found=listed.located
        )
        self._names, self._plain, self._settled = {**listed.names}, listed.plain, listed.settled
        for path, text in texts.items():
            self._texts[path] = text.blob
            if path in self._names:
                self._known[self._names[path]] = text.blob

    def stages(self, commits: Iterable[Commit], *since: str) -> Iterator[TrailCommit]:
        """The commits that changed files, oldest first. `since` are revisions whose ancestors are
        left out, like `^REV`.
        """
        asked = list(commits)
        if not asked:
            return
        touched = self._touched(asked[-1], since)
        touching = [each for each in asked if each.id in touched]
        for first in range(0, len(touching), AHEAD):
            ahead = touching[first : first + AHEAD]
            self._read_ahead(touch for each in ahead for touch in touched[each.id])
            for done, commit in enumerate(ahead):
                if self._progress is not None:
                    self._progress("reading history", first + done, len(touching))
                self._passed(commit.id, touched[commit.id])
                stage = self._follow(commit, touched[commit.id])
                if stage is not None:
                    yield stage

    def _touched(self, head: Commit, since: tuple[str, ...]) -> dict[str, tuple[Touch, ...]]:
        """The changes of commits to settings and to any earlier or current content folder."""
        ends, revision = (head.id, *since), self._revision
        if not self._settled:  # any commit may add the folder that settings name
            return dict(self._repository.touched(*ends))
        if revision is not None:
            paths = _paths([revision])
            found = dict(self._repository.touched(*ends, paths=paths))
            if not paths or not (_usual(revision) or any(map(settles, found.values()))):
                return found
        named = [each for each, _ in self._repository.touched(*ends, paths=(_SETTINGS,))]
        settled = [*map(self._repository.commit, named)]
        before = [parent for each in settled for parent in each.parents[:1]]
        commits = (head, *settled, *map(self._repository.commit, before))
        there = [each for each in (revision, *map(self._revision_at, commits)) if each is not None]
        return dict(self._repository.touched(*ends, paths=_paths(there)))

    def _revision_at(self, commit: Commit) -> Revision | None:
        """The project at a commit; None if it is missing or cannot be read."""
        try:
            return Revision(self._repository, commit, self._prefix)
        except OstError:
            return None

    def _follow(self, commit: Commit, touches: tuple[Touch, ...]) -> TrailCommit | None:
        revision = self._revision
        changed = None
        plain = self._settled and self._plain
        if revision is not None and plain and not _disturbed(revision, touches):
            changed = self._changed(revision, touches)
            before = {path: self._names.get(path, "") for path in changed}
            self._rename(changed)
            if not self._names and revision.path == _usual(revision):
                self._rename(before)  # if the folder is gone, another one counts
                changed = None
        reset = False
        if changed is None:
            names = self._names
            self._take(commit)
            reset = not _same(revision, self._revision)
            changed = _differing({} if reset else names, self._names)
        if not changed and not reset:
            return None
        self._learn(changed.values())
        return self._stage(commit, changed, reset=reset)

    def _rename(self, changed: Mapping[str, str]) -> None:
        for path, name in changed.items():
            if name:
                self._names[path] = name
            else:
                self._names.pop(path, None)

    def _changed(self, revision: Revision, touches: tuple[Touch, ...]) -> dict[str, str]:
        """The new names of plain files' contents, "" for deleted files."""
        changed = {}
        for touch in touches:
            path = _below(revision.path, touch.path)
            content = path and revision.content_of(PLAIN, touch.after or touch.before, path)
            if content:
                changed[content[0]] = content[1] if touch.after else ""
        return changed

    def _take(self, commit: Commit) -> None:
        """Lists all files of a commit. If its settings cannot be read, the earlier ones stay."""
        revision = self._revision_at(commit)
        self._settled = revision is not None
        if revision is None and self._revision is not None and self._is_there(commit):
            revision = self._revision.at(commit)
        self._list(revision)

    def _list(self, revision: Revision | None) -> None:
        """Lists all files of a project in a commit."""
        entries = revision.entries() if revision is not None else []
        self._revision = revision
        self._names = revision.contents(entries) if revision is not None else {}
        self._plain = all(
            each.type == PLAIN and each.path.rpartition("/")[2] != VIRTUAL for each in entries
        )

    def _is_there(self, commit: Commit) -> bool:
        return not self._prefix or bool(self._repository.tree(commit, self._prefix))

    def _stage(self, commit: Commit, changed: Mapping[str, str], *, reset: bool) -> TrailCommit:
        texts: dict[str, Text | None] = {}
        for path, name in changed.items():
            called = self._known.get(name, "")
            note = called and not transcript_suffix(called)
            if note:
                self._texts[path] = called
                document = Document(path, self._reading(called))
                texts[path] = Text(called, claims_of(document))
            elif not reset:
                texts[path] = None
        sections = self._revision.settings.sections if self._revision is not None else {}
        inputs = Inputs(
            document=lambda path: Document(path, self._reading(self._texts[path])),
            transcripts={},
            synonyms=with_headings(sections),
            rules=(),
            suggests=False,
            as_of=date.fromisoformat(commit.day),
        )
        return TrailCommit(commit, texts, inputs, reset)

    def _read_ahead(self, touches: Iterable[Touch]) -> None:
        """Reads the contents that will be needed, as far as names alone tell."""
        revision = self._revision
        names = (
            (revision.content_of(PLAIN, touch.after, path) if revision is not None else None)
            for touch in touches
            if touch.after and touch.plain
            for path in (_below(revision.path if revision is not None else "", touch.path),)
            if path and path.endswith(MARKDOWN)
        )
        self._learn(each[1] for each in names if each)

    def _learn(self, names: Iterable[str]) -> None:
        """Looks up contents in the cache and adds the missing ones."""
        wanted = {each for each in names if each and each not in self._known}
        for name in [each for each in wanted if transcript_suffix(each)]:
            self._known[name] = name  # history does not use the words of transcripts
            wanted.discard(name)
        for name, called, _ in read_all(sorted(wanted), self._repository, self._cache, self._words):
            self._known[name] = called

    def _read(self, called: str) -> Reading:
        return decode(kept(self._cache, called))


def _paths(revisions: Iterable[Revision]) -> tuple[str, ...]:
    """The content folders and settings of projects; empty if other folders may matter."""
    folders = sorted({each.path for each in revisions})
    # Without settings, the content folder depends on the folders that exist.
    if not all(folders) or any(each.path == _usual(each) for each in revisions) or not folders:
        return ()
    return (*(f":(top,literal){each}" for each in folders), _SETTINGS)


def settles(touches: Iterable[Touch]) -> bool:
    """Whether a commit touched settings."""
    return any(each.path.rpartition("/")[2] == FILE for each in touches)


def _disturbed(revision: Revision, touches: Iterable[Touch]) -> bool:
    """Whether the changed files may not be all that changes, because of links, settings, other
    programs' folders or a new default content folder.
    """
    usual = f"{_usual(revision)}/"
    return any(
        not each.plain
        or each.path.rpartition("/")[2] in {FILE, VIRTUAL}
        or (usual not in {f"{revision.path}/", "/"} and each.path.startswith(usual))
        for each in touches
    )


def _usual(revision: Revision) -> str:
    """The default content folder; "" if settings name one."""
    return "" if "content" in revision.settings.text else posixpath.join(revision.inside, "content")


def _differing(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """The new names of contents that differ; "" for deleted files."""
    return {
        path: after.get(path, "")
        for path in before.keys() | after.keys()
        if before.get(path) != after.get(path)
    }


def _below(folder: str, path: str) -> str:
    """A path as seen from a folder; "" for one outside."""
    if not folder:
        return path
    return path.removeprefix(f"{folder}/") if path.startswith(f"{folder}/") else ""


def _same(one: Revision | None, other: Revision | None) -> bool:
    """Whether texts mean the same under both settings."""
    if one is None or other is None:
        return one is other
    return (one.path, one.settings.sections) == (other.path, other.settings.sections)


def commits_between(repository: Repository, head: Commit, last: str) -> list[Commit] | None:
    """The commits along the first parents from one (exclusive) to the head, oldest first; None if
    the first is not among them.
    """
    if head.id == last:
        return []
    try:
        found = list(repository.commits(head.id, f"^{last}", first_parent=True))
    except OstError:
        return None
    if not found or found[-1].parents[:1] != (last,):
        return None
    return found[::-1]


def pull(commit: Commit) -> str | None:
    """The pull or merge request that a commit's message names."""
    for pattern, text in ((_MERGED, commit.subject), (_SQUASHED, commit.subject)):
        if found := pattern.search(text):
            return found[1]
    found = _GITLAB.search(commit.body)
    return found[1] if found else None
