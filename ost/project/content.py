"""What a state was built from and what it says: enough to build the same tree at any time."""

from collections.abc import Mapping
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ost.errors import Trouble
from ost.project.cache import readings
from ost.project.encoding import decode, no_collector
from ost.project.files import transcript_suffix
from ost.project.queries import diagnostics
from ost.project.rules import rule_names
from ost.project.state import Broken, State
from ost.project.stored_transcripts import StoredTranscripts
from ost.read.diagnostic import Diagnostic
from ost.read.document import Document
from ost.tree.build import build
from ost.tree.sections import with_headings
from ost.tree.tree import Tree

if TYPE_CHECKING:
    from ost.project import Project


class Contents(NamedTuple):
    """One state: the diagnostics, the rule names by code, the encoded readings of all files by
    path, and the paths of transcripts.
    """

    diagnostics: tuple[Diagnostic, ...]
    names: Mapping[str, str]
    readings: Mapping[str, bytes]
    transcripts: frozenset[str]
    sections: Mapping[str, tuple[str, ...]]
    as_of: date

    def tree(self) -> Tree:
        """The tree of the files, without touching them or the state."""
        blobs = {path: path for path in self.transcripts}
        with no_collector():
            return build(
                (
                    Document(path, decode(data))
                    for path, data in self.readings.items()
                    if path not in self.transcripts
                ),
                as_of=self.as_of,
                synonyms=self.sections,
                transcripts=StoredTranscripts(lambda: blobs, self.readings.__getitem__),
            )


def contents(project: "Project") -> Contents:
    """The contents of the project's state at one moment, even if other processes change it
    meanwhile. A damaged state is rebuilt.
    """
    try:
        return _contents(project)
    except (*Broken, KeyError):
        State(project.folder).clear()
        project.refresh()
    try:
        return _contents(project)
    except (*Broken, KeyError) as error:
        raise Trouble(f"{project.folder}: the state cannot be read: {error}") from None


def _contents(project: "Project") -> Contents:
    with closing(State(project.folder).connect()) as db:
        db.execute("begin")
        blobs = dict(db.execute("select path, blob from file"))
        encoded = readings(db, blobs.values())
        found = diagnostics(db)
        return Contents(
            found,
            rule_names(found, dict(db.execute("select code, name from rule"))),
            {path: encoded[blob] for path, blob in blobs.items()},
            frozenset(path for path, blob in blobs.items() if transcript_suffix(blob)),
            with_headings(project.settings.sections),
            project.today,
        )
