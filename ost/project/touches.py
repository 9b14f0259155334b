"""The files that commits touched, from the stored walk through history, so that git need not
compare all trees every time.
"""

import os
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from typing import TYPE_CHECKING, NamedTuple

from ost.disk import store
from ost.disk.store import PAST
from ost.errors import OstError
from ost.history.git import Repository, Touch
from ost.history.versions import FileVersion
from ost.project.keys import walk_key
from ost.project.past_file import noted_in, touches_of
from ost.project.trail import commits_between

if TYPE_CHECKING:
    from ost.project import Project

TouchesOfCommits = list[tuple[str, tuple[Touch, ...]]]
"""Commits, newest first, with the files that each touched."""


class StoredTouches(NamedTuple):
    """Which content files the commits up to one touched; with `whole`, which files at all."""

    touched: TouchesOfCommits
    whole: bool


def touches(project: "Project", repository: Repository, until: str) -> StoredTouches:
    """The files that commits touched, along the first parents up to one commit; from the walk if it
    has stored them.
    """
    kept = None
    with suppress(OstError, sqlite3.Error, ValueError):
        kept = _kept(project, repository, until)
    if kept is None:
        return StoredTouches(list(repository.touched(until)), whole=True)
    return StoredTouches(kept, whole=False)


def complete(
    kept: StoredTouches, repository: Repository, found: Mapping[str, Iterable[FileVersion]]
) -> TouchesOfCommits:
    """The same, plus all files that were touched by commits which added or renamed one of these
    files: it may have come from outside the content.
    """
    began = dict.fromkeys(
        now.commit
        for each in map(list, found.values())
        for now, before in zip(each, [*each[1:], None], strict=True)
        if before is None or before.path != now.path
    )
    if not began:
        return kept.touched
    full = dict(repository.touched(*began, walk=False))
    return [(commit, full.get(commit, touched)) for commit, touched in kept.touched]


def _kept(project: "Project", repository: Repository, until: str) -> TouchesOfCommits | None:
    """The walk's record; None if the walk does not include that commit, or not everything before
    it.
    """
    file = store.folder(project.root) / PAST
    if not file.is_file():
        return None
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=5)) as db:
        noted = noted_in(db)
        key = walk_key(project.root, project.settings, _prefix(project, repository))
        if noted.get("key") != key or noted.get("reach") != "complete":
            return None
        last = noted.get("last", "")
        if until == last:
            return list(touches_of(db))
        if (passed := list(touches_of(db, until))) and passed[0][0] == until:
            return passed
        ahead = commits_between(repository, repository.commit(until), last) if last else None
        if ahead is None:
            return None
        return [*repository.touched(until, f"^{last}"), *touches_of(db)]


def _prefix(project: "Project", repository: Repository) -> str:
    """The project's folder in its repository, as git names it."""
    inside = os.path.relpath(os.path.realpath(project.root), os.path.realpath(repository.top))
    return "" if inside == os.curdir else f"{inside.replace(os.sep, '/')}/"
