"""Stores and extends history: walks from the last known commit to the newest; if the last known one
is not on the way, rewinds to one that is.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from functools import partial
from hashlib import sha1
from pathlib import Path
from typing import NamedTuple

import msgspec

from ost.days import monday_of
from ost.disk import store
from ost.disk.store import PAST, STATE
from ost.errors import Trouble
from ost.exchange.differences.text import PLAIN
from ost.history.diff import compare
from ost.history.git import Commit, Repository
from ost.history.headline import headline
from ost.history.record import Encoded, Records
from ost.history.sentences import Both, line
from ost.history.walk import NOWHERE, Point, RevisionStep, advance
from ost.history.weeks import week_of
from ost.project import Project
from ost.project.encoding import no_collector
from ost.project.keys import boot, compiler, reader, walk_key
from ost.project.memory import from_one_piece, in_one_piece
from ost.project.past_file import Past, RevisionLine, note, noted_in
from ost.project.results import Apply, Progress, Published
from ost.project.revision import Revision
from ost.project.state import State
from ost.project.trail import Listing, Trail, TrailCommit, commits_between, pull
from ost.project.words import words_of
from ost.publish.history import take_over
from ost.tree.evidence import EvidenceCounts

POINT, WITH_HISTORY = "past.point", "history.db"
OFTEN = 500
"""How many revisions are walked before the results are saved."""


class Grown(NamedTuple):
    """How far the history goes: how many revisions, how many of them new, and whether it is
    `complete` or only goes back to the commit `since`.
    """

    revisions: int
    new: int
    reach: str
    last: str


class _Place(msgspec.Struct, frozen=True):
    """Where the walk is: the last revision, the state there, the records at the start of its week,
    and the files listed when it was saved.
    """

    n: int
    commit: str
    point: Point
    week: str
    begun: Encoded
    listed: Listing | None = None


class _SavedPlace(msgspec.Struct, frozen=True):
    """A saved position: the engine's state in one piece and, of the records at the start of the
    week, those that differ.
    """

    n: int
    commit: str
    compiled: bytes
    encoded: Encoded
    evidence: Mapping[str, EvidenceCounts]
    week: str
    begun: Mapping[str, bytes | None]
    listed: Listing | None


_START = _Place(0, "", NOWHERE, "", {})


def publish(
    project: Project, output: Path, progress: Progress | None = None
) -> tuple[Published, Grown]:
    """Publishes the state like `Project.publish`, but with all of its history."""
    grown = grow(project, progress)
    with _filled_file(project, grown) as (file, build):
        return project.released(file, build, output), grown


def with_history(project: Project) -> Path:
    """The file that `publish` would publish, up to date."""
    with _filled_file(project, grow(project)) as (file, _):
        return file


@contextmanager
def _filled_file(project: Project, grown: Grown) -> Iterator[tuple[Path, str]]:
    """The file to publish and its build, locked against changes."""
    for _ in range(3):
        with project.locked():
            known = project.known
            if known.build:
                identity = f"{known.build}\n{grown.last}\n{grown.reach}\n{compiler('history')}"
                build = sha1(identity.encode(), usedforsecurity=False).hexdigest()[:12]
                file = project.folder / WITH_HISTORY
                if State(project.folder).named(file) != build:
                    _fill(project, file, build, grown)
                yield file, build
                return
        project.refresh()
    raise Trouble(f"{project.folder}: the state cannot be read")


def _fill(project: Project, file: Path, build: str, grown: Grown) -> None:
    """Updates the file to publish if the changes since its state are known; else rebuilds it."""
    state, past = project.known.build, project.folder / PAST
    meta = {"build": build, "history": grown.reach}
    fill = partial(take_over, past=past, meta=meta, authors=project.settings.publish.authors)
    way, grew = _way_from(project, past, State.named(file)), False
    if way is not None:
        with suppress(sqlite3.Error):  # a damaged file is rebuilt
            fill(file, state=way)
            grew = True
    if not grew:
        for left in ("-journal", "-wal", "-shm"):
            store.delete(file.with_name(f"{WITH_HISTORY}{left}"))
        fresh = file.with_suffix(".new")
        store.duplicate(project.folder / STATE, fresh)
        fill(fresh)
        fresh.replace(file)
    with closing(sqlite3.connect(past, isolation_level=None)) as db:
        note(db, filled=_filled(build, state))


def _way_from(project: Project, past: Path, build: str) -> Apply | None:
    """The update from the state in a file with history to the current one; None if unknown."""
    known, update = project.known.build, project.update
    with closing(sqlite3.connect(past)) as db:
        filled = noted_in(db).get("filled")
    if filled == _filled(build, known):
        return lambda _: None
    if update is not None and update.build == known and filled == _filled(build, update.before):
        return update.apply
    return None


def _filled(build: str, state: str) -> str:
    """Names a file with history, the state in it, and until when the file is complete."""
    return f"{build} {state} {boot()}"


def grow(project: Project, progress: Progress | None = None) -> Grown:
    """Brings history up to HEAD, or up to the project's own revision."""
    repository, head, prefix = _where(project)
    with project.locked(), no_collector(), closing(_cache(project)) as cache:
        walk = _Walk(project, repository)
        words, passed = words_of(project.settings), walk.past.touch
        walk.trail = Trail(repository, prefix, cache, words, progress, passed)
        with closing(walk.past.db), project.reading_more():
            return walk.to(head)


def head(project: Project) -> Commit:
    """The last commit of history. Raises `Trouble` if there is none."""
    return _where(project)[1]


def _cache(project: Project) -> sqlite3.Connection:
    return State(project.readings).cache(reader(project.settings))


def _where(project: Project) -> tuple[Repository, Commit, str]:
    if isinstance(project, Revision):
        return project.repository, project.commit, project.inside
    repository = Repository(project.root)
    return repository, repository.commit("HEAD"), repository.prefix.strip("/")


class _Walk:
    """A walk and its position."""

    trail: Trail

    def __init__(self, project: Project, repository: Repository) -> None:
        self.folder, self.repository = project.folder, repository
        self.key = walk_key(project.root, project.settings, repository.prefix)
        self.past = self._opened()
        self.kept = self._kept()
        self.place = self.kept or self._begun()

    def to(self, head: Commit) -> Grown:
        """Walks to the head and records the changes on the way."""
        ahead, since = self._way(head)
        begun = self.place.n
        torn = bool(begun) and not self.past.knows_week(self.place.n)
        if begun and (ahead or torn):
            self.place = self._placed(self.place)
        self.past.db.execute("begin immediate")
        for stage in self.trail.stages(ahead, *since):
            self._pass(stage)
            if not (self.place.n - begun) % OFTEN:
                self._write_down(self.place.commit)
                self.past.db.execute("begin immediate")
        if self.place.n > begun or torn:
            self._end_week()
        self._write_down(head.id)
        noted = noted_in(self.past.db)
        return Grown(self.place.n, self.place.n - begun, noted["reach"], head.id)

    def _opened(self) -> Past:
        """The stored rows, if they are intact and this compiler wrote them."""
        file = self.folder / PAST
        try:
            past = Past(file)
            if noted_in(past.db).get("key") == self.key:
                return past
            past.db.close()
        except Exception:  # noqa: BLE001, S110 - any damage: it is rebuilt
            pass
        for old in self.folder.glob(f"{PAST}*"):
            store.delete(old)
        past = Past(file)
        note(past.db, key=self.key)
        return past

    def _kept(self) -> _Place | None:
        """The saved position, if the rows end there."""
        last, kept = self.past.last(), store.load(self.folder / POINT, _SavedPlace)
        if not last or not kept or (kept.n, kept.commit) != (last.n, last.commit_id):
            return None
        point = Point(from_one_piece(kept.compiled), kept.encoded, kept.evidence)
        records = {**kept.encoded, **kept.begun}
        begun = {node_id: record for node_id, record in records.items() if record is not None}
        return _Place(kept.n, kept.commit, point, kept.week, begun, kept.listed)

    def _begun(self) -> _Place:
        """The position at the end of the rows, without the state there."""
        last = self.past.last()
        return _Place(last.n, last.commit_id, NOWHERE, "", {}) if last else _START

    def _way(self, head: Commit) -> tuple[list[Commit], tuple[str, ...]]:
        """The commits ahead, oldest first, and those whose ancestors to leave out. Rewinds if
        necessary.
        """
        noted = noted_in(self.past.db)
        last = noted.get("last", "")
        if self.place.n and last and not self._deeper(noted):
            ahead = commits_between(self.repository, head, last)
            if ahead is not None:
                return ahead, (f"^{last}",) if ahead else ()
        every = list(self.repository.commits(head.id, first_parent=True))
        found = None if self._deeper(noted) else self.past.newest_of(each.id for each in every)
        oldest = every[-1]
        reach = f"since {oldest.id}" if self.repository.shallow else "complete"
        note(self.past.db, reach=reach, oldest=oldest.id)
        if found is None:
            self.past.untouch("")
            self.past.rewind(0, "")
            self.place = _START
            return every[::-1], ()
        self.past.untouch(found.commit_id)
        if found.n != self.place.n:
            self.past.rewind(found.n, monday_of(found.day))
            self.place = _Place(found.n, found.commit_id, NOWHERE, "", {})
        ahead = commits_between(self.repository, head, found.commit_id)
        return ahead or [], (f"^{found.commit_id}",)

    def _deeper(self, noted: dict[str, str]) -> bool:
        """Whether the clone now reaches further back than the oldest commit."""
        shallow = noted.get("reach", "").startswith("since")
        if not shallow:
            return False
        try:
            return bool(self.repository.commit(noted["oldest"]).parents)
        except Trouble:
            return True

    def _placed(self, place: _Place) -> _Place:
        """A position with its state, computed from all files if it was not saved."""
        line = self.past.last()
        if line is None:
            return place
        if place.listed is not None:
            self.trail.resume(place.point.compiled.texts, place.listed)
            return place
        week = monday_of(line.day)
        before = self.past.before(week)
        begun = self._point(before.commit_id).encoded if before is not None else {}
        point = self._point(place.commit)
        return _Place(place.n, place.commit, point, week, begun)

    def _point(self, commit: str) -> Point:
        """The state at a commit, computed from all of its files."""
        stage = self.trail.begin(self.repository.commit(commit))
        return advance(NOWHERE, stage.changes, stage.inputs)[0]

    def _pass(self, stage: TrailCommit) -> None:
        """Records one revision."""
        before, commit = self.place, stage.commit
        point = (
            Point(NOWHERE.compiled, before.point.encoded, before.point.evidence)
            if stage.reset
            else before.point
        )
        after, step = advance(point, stage.changes, stage.inputs)
        last = self.past.last()
        day = max(commit.day, last.day if last else "")
        at = RevisionLine(
            before.n + 1, commit.id, commit.at, day, commit.author, commit.subject, pull(commit)
        )
        week, begun = monday_of(day), before.begun
        if week != before.week and before.n:
            self._end_week()
            begun = before.point.encoded
        is_complete = before.n > 0 or noted_in(self.past.db)["reach"] == "complete"
        self.past.add(at, step, _sentences(step), with_changes=is_complete)
        if not is_complete:
            begun = after.encoded
        self.place = _Place(at.n, commit.id, after, week, begun)

    def _end_week(self) -> None:
        place = self.place
        both = Both(Records(place.begun), Records(place.point.encoded))
        changes = compare(both.before, both.after)
        look = sum(each.weight > 2 for each in changes)
        summary = headline(changes, both, PLAIN, look=look) if changes else "Nothing changed."
        self.past.add_week(place.week, place.n, len(changes), summary, week_of(place.point))

    def _write_down(self, last: str) -> None:
        self.past.lead_ids()
        note(self.past.db, last=last)
        self.past.db.execute("commit")
        if self.place is not self.kept:
            store.save(self.folder / POINT, _saved(self.place, self.trail.listed))
            self.kept = self.place


def _saved(place: _Place, listed: Listing | None) -> _SavedPlace:
    point, before = place.point, place.begun
    begun = {
        each: before.get(each)
        for each in before.keys() | point.encoded.keys()
        if before.get(each) != point.encoded.get(each)
    }
    kept = in_one_piece(point.compiled)
    return _SavedPlace(
        place.n, place.commit, kept, point.encoded, point.evidence, place.week, begun, listed
    )


def _sentences(step: RevisionStep) -> Iterator[str]:
    both = Both(step.before, step.after)
    return (line(each, both, PLAIN).sentence() for each in step.changes)
