"""A revision as a change of the current files' state. Most of its files are the same, so most of
what the state holds need not be computed again.
"""

from collections.abc import Mapping
from contextlib import closing
from typing import TYPE_CHECKING

from ost.disk import store
from ost.limits import LARGEST_FILE
from ost.project import MOST, Project
from ost.project.files import MARKDOWN_TRANSCRIPT, content, transcript_suffix
from ost.project.keys import reader
from ost.project.memory import compiled
from ost.project.results import BuildRecord, FileChanges
from ost.project.scan import ScanResult
from ost.project.state import Broken, State
from ost.settings.config import Settings

if TYPE_CHECKING:
    from ost.project.revision import Revision


def current_files(revision: "Revision", settings: Settings) -> Project | None:
    """The project of the current files, as of the revision's day, if its state was built with
    these settings and the revision's own give files the same meaning.
    """
    current, own = Project(revision.root, settings, revision.today), revision.settings
    same = own.sections == settings.sections and reader(own) == reader(settings)
    return current if same and current.build() else None


def changes(revision: "Revision", known: Mapping[str, str]) -> FileChanges:
    """The files of a revision that differ from those `known`, by the ids of their contents."""
    names = revision.contents()
    found: dict[str, tuple[str, bytes] | None] = dict.fromkeys(known.keys() - names.keys())
    wanted: dict[str, list[str]] = {}
    for path, name in names.items():
        if known.get(path) in {name, f"{name}{MARKDOWN_TRANSCRIPT}"}:
            continue
        if name.startswith("unreadable:"):
            found[path] = name, b""
        else:
            wanted.setdefault(name.removesuffix(transcript_suffix(name)), []).append(path)
    for git_id, size, data in revision.repository.blobs(wanted, LARGEST_FILE):
        for path in wanted[git_id]:
            there = content(path, size, data)
            if there[0] != known.get(path):
                found[path] = there
    return FileChanges(ScanResult({}, {}), found)


def copy_state(revision: "Revision") -> tuple[BuildRecord, FileChanges] | None:
    """Copies the current files' state to the revision. Returns the state's record and the changes
    still to make, or None if it cannot be copied or a full build is as fast.
    """
    current = current_files(revision, revision.settings)
    try:
        return None if current is None else _copied(revision, current)
    except (*Broken, OSError):
        return None


def _copied(revision: "Revision", current: Project) -> tuple[BuildRecord, FileChanges] | None:
    with store.locked(current.folder, exclusively=False):
        known, state, own = current.known, State(current.folder), State(revision.folder)
        if not known.build or state.build() != known.build:
            return None
        with closing(state.connect()) as db:
            found = changes(revision, dict(db.execute("select path, blob from file")))
            if len(found.contents) > MOST:
                return None
            memory = compiled(db)
        store.duplicate(state.path, own.path)
    own.remember(memory)
    own.mark(known.build)
    return known, found
