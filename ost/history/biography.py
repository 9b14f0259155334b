"""Who set each field of a node, when, and in which commit: from the versions of its entry."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ost.history.git import Commit
from ost.history.record import plain_fields, text_digest
from ost.read.document import Entry, Reading

TEXT = "text"
"""The name of the body among the fields."""


class WrittenVersion(NamedTuple):
    """A node after a commit: its fields by name, or None if it did not exist."""

    commit: Commit
    fields: dict[str, object] | None


class Setting(NamedTuple):
    """A field's value and the commit that set it. `first` is the one that set its first value."""

    field: str
    value: object
    commit: Commit
    first: Commit


class FieldStep(NamedTuple):
    """A commit that changed a field's value."""

    commit: Commit
    field: str
    before: object
    after: object


def entry_of(reading: Reading, names: Iterable[str], stem: str) -> Entry | None:
    """The entry of a node in a file, by any of the names that it has had."""
    known = set(names)
    for entry in reading.entries:
        if (entry.id or stem) in known:
            return entry
    return reading.entries[0] if len(reading.entries) == 1 and not reading.entries[0].id else None


def written_in(entry: Entry | None) -> dict[str, object] | None:
    """Everything that an entry says, by name."""
    if entry is None:
        return None
    found = plain_fields(entry)
    if entry.title is not None:
        found["title"] = entry.title.text
    if digest := text_digest(entry):
        found[TEXT] = digest
    return found


def steps(history: Iterable[WrittenVersion]) -> Iterator[FieldStep]:
    """Every change of a field; `history` is oldest first."""
    before: dict[str, object] = {}
    for commit, fields in history:
        after = fields or {}
        for name in sorted(before.keys() | after.keys()):
            if before.get(name) != after.get(name):
                yield FieldStep(commit, name, before.get(name), after.get(name))
        before = after


def settings(history: Iterable[WrittenVersion]) -> list[Setting]:
    """The fields that a node has now, each with the commit that set it."""
    found: dict[str, Setting] = {}
    for step in steps(history):
        if step.after is None:
            found.pop(step.field, None)
            continue
        first = found[step.field].first if step.field in found else step.commit
        found[step.field] = Setting(step.field, step.after, step.commit, first)
    return sorted(found.values(), key=lambda each: (each.field == TEXT, each.field))
