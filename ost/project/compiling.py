"""Brings a project's state up to date: a small change changes its rows, anything else builds all of
them anew.

Nothing that did not change is parsed again, either way.
"""

import marshal
from collections.abc import Iterable
from contextlib import closing
from datetime import date, timedelta
from typing import IO, TYPE_CHECKING

from ost.config import Settings
from ost.errors import Trouble
from ost.forked import Forked
from ost.judge.catalog import Unloadable, all_rules
from ost.judge.rule import Rule
from ost.project import Found, Known, Progress, keys
from ost.project.choosing import chosen
from ost.project.encoding import decode, encode, no_collector
from ost.publish.ahead import logged
from ost.publish.change import MOST, Changes, TooMuchError, apply
from ost.publish.filling import fill
from ost.publish.rows import Row
from ost.publish.state import STATE, Broken, State, keep, readings, rows_of
from ost.publish.steps import Steps
from ost.read.document import Document
from ost.tree.sections import widened

if TYPE_CHECKING:
    import sqlite3

    from ost.project import Project
    from ost.publish.ahead import Ahead
    from ost.read.diagnostic import Diagnostic


def compile_project(
    project: "Project",
    key: str,
    known: Known,
    found: Found | None,
    progress: Progress | None,
    begun: "Ahead | None" = None,
) -> Known:
    """Compiles what changed, and writes down what the next look needs. `begun` is a copy that is
    kept up with a small change.
    """
    further = further_rules() if known.further or known.key != key else []
    rules, mistaken = chosen(project, further)
    fresh = Known(key=key, further=bool(further))
    with no_collector():
        try:
            if found is not None and known.build and State(project.folder).build() == known.build:
                made = _changed(project, known, found, rules, begun)
                if made is not None:
                    return made
            if begun is not None:
                begun.ended()
            return _anew(project, fresh, rules, mistaken, progress)
        except Broken:
            # What is kept can break: a full disk, a loss of power, somebody's tool.
            if begun is not None:
                begun.ended()
            State(project.folder).clear()
        try:
            return _anew(project, fresh, rules, mistaken, progress)
        except (*Broken, OSError) as error:
            raise Trouble(f"{project.folder}: the state cannot be written: {error}") from None


def _anew(
    project: "Project",
    known: Known,
    rules: tuple[Rule, ...],
    mistaken: "tuple[Diagnostic, ...]",
    progress: Progress | None,
) -> Known:
    """Everything anew, in a process of its own: who serves the project for days stays small."""
    from ost.project.anew import Made, anew

    def work(file: IO[bytes]) -> Made:
        made = anew(project, known, rules, mistaken, progress)
        marshal.dump(tuple(made.known), file)
        return made

    with Forked(work).result() as file:
        return Known(*marshal.load(file))


def _changed(
    project: "Project",
    known: Known,
    found: Found,
    rules: tuple[Rule, ...],
    begun: "Ahead | None",
) -> Known | None:
    """The state with what changed, or None when that is too much to be changed in place."""
    if len(found.contents) > MOST:
        return None
    with closing(State(project.folder).connect()) as db:
        changes = _read(found, db, project.settings)
        content = int(known.content, 16)
        for path, change in changes.items():
            row = db.execute("select blob from file where path = ?", (path,)).fetchone()
            come = (path, change[0]) if change else None
            content = keys.total(content, (path, row[0]) if row else None, come)
        state = project.folder / STATE
        with logged(state, db, Steps(state, keys.boot()), begun):
            made = _carried_out(project, known, db, changes, content, rules)
    if made is not None:
        project.remember(made, found.looked.folders)
    return made


def _carried_out(
    project: "Project",
    known: Known,
    db: "sqlite3.Connection",
    changes: Changes,
    content: int,
    rules: tuple[Rule, ...],
) -> Known | None:
    """The changes in one transaction; None, and nothing changed, when they are too much."""
    today = project.today.isoformat()
    db.execute("begin immediate")
    try:
        again = () if known.holds(today) else rows_of(db, "select node from waiver")
        apply(
            db,
            changes,
            as_of=project.today,
            rules=rules,
            synonyms=widened(project.settings.sections),
            again=[row[0] for row in again],
        )
    except TooMuchError:
        db.execute("rollback")
        return None
    since, until = window(today, (row[0] for row in rows_of(db, _ENDS)))
    build_id = keys.build_id(content, project.settings, rules, since)
    db.execute("delete from meta")
    fill(db, "meta", 2, meta_rows(project, build_id, since, until))
    db.execute("update cache.meta set value = ? where key = 'build'", (build_id,))
    severities: dict[str, int] = dict(
        rows_of(db, "select severity, count(*) from diagnostic group by 1")
    )
    made = known._replace(
        build=build_id,
        content=f"{content:x}",
        since=since,
        until=until,
        files=rows_of(db, "select count(*) from file")[0][0],
        nodes=rows_of(db, "select count(*) from node")[0][0],
        errors=severities.get("error", 0),
        warnings=severities.get("warning", 0),
        notes=severities.get("note", 0),
    )
    db.execute("commit")
    return made


_ENDS = "select until from waiver where until is not null"


def _read(
    found: Found, db: "sqlite3.Connection", settings: Settings
) -> dict[str, tuple[str, Document] | None]:
    """The readings of the contents that differ, by path."""
    changes: dict[str, tuple[str, Document] | None] = {}
    for path, content in found.contents.items():
        if content is None:
            changes[path] = None
            continue
        name, data = content
        encoded = readings(db, [name]).get(name)
        if encoded is None:
            from ost.project.sources import reading
            from ost.project.words import words_of

            encoded = encode(reading(name, data, words_of(settings)))
            keep(db, {name: encoded})
        changes[path] = (name, Document(path, decode(encoded)))
    return changes


def known_rules() -> tuple[type[Rule], ...]:
    """Every rule there is, those of other packages too."""
    return all_rules(further_rules())


def further_rules() -> list[object]:
    """What other packages give as rules; what cannot be loaded is told, and stops nothing.

    Looking for it costs more than most changes.
    """
    from importlib.metadata import entry_points

    found: list[object] = []
    for each in entry_points(group="ost.rules"):
        try:
            found.append(each.load())
        except Exception as error:  # noqa: BLE001 - other people's code may raise anything
            found.append(Unloadable(each.value, f"{type(error).__name__}: {error}"))
    return found


def window(today: str, ends: Iterable[str]) -> tuple[str, str]:
    """The days around today on which no waiver ceases to hold."""
    days = sorted(set(ends))
    past = [each for each in days if each < today]
    since = (date.fromisoformat(past[-1]) + timedelta(1)).isoformat() if past else ""
    return since, next((each for each in days if each >= today), "")


def meta_rows(project: "Project", build_id: str, since: str, until: str) -> list[Row]:
    """What a file says about itself."""
    from ost import __version__
    from ost.publish.schema import VERSION

    settings = project.settings
    said = {
        "schema": str(VERSION),
        "generator": f"ost {__version__}",
        "build": build_id,
        "as_of": since,
        "until": until,
        "title": settings.title,
        "edit_url": settings.edit_url,
    }
    return list(said.items())
