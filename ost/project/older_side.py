"""The older side of a comparison, even if the project was in another folder then."""

import os
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date

from ost.errors import OstError
from ost.history.git import FILE, Commit, Repository
from ost.history.record import Records
from ost.project.results import Progress
from ost.project.revision import Revision, revision_at
from ost.project.rule_selection import RuleSelection
from ost.project.sides import Side, committed
from ost.read.suffixes import MARKDOWN
from ost.settings.config import Settings


def older_side(
    repository: Repository,
    commit: Commit,
    day: date,
    settings: Settings,
    after: Side,
    report: Progress | None = None,
    rules: RuleSelection | None = None,
) -> Side:
    """A commit's tree, judged by `settings` on a day; empty if it has no such folder.

    If it shares no node with `after`, the project may have been in another folder.
    """
    revision = revision_at(repository, commit, day)
    side = Side(commit.id, commit.at, Records({}), ())
    if revision is not None:
        side = committed(revision, settings, report, rules)
    if strangers(side, after):
        moved = find_older_folder(repository, commit, day, after)
        if moved is not None:
            other = committed(moved, settings, report, rules)
            return side if strangers(other, after) else other
    return side


def strangers(one: Side, other: Side) -> bool:
    """Whether two trees have no node in common."""
    return one.records.encoded.keys().isdisjoint(other.records.encoded)


def find_older_folder(
    repository: Repository, commit: Commit, day: date | None, other: Side
) -> Revision | None:
    """The project of a commit in the folder that holds most files of the `other` side's tree, by
    their paths there. Files that the other side also has in that folder do not count, because a
    copy is another tree.
    """
    votes: Counter[str] = Counter()
    files = {other.records[each].path for each in other.records}
    entries = repository.entries(commit.tree) if files else []
    stays = _files_of(repository, other) if entries else str.isspace
    for entry in entries:
        if entry.type == FILE and entry.path.endswith(MARKDOWN) and not stays(entry.path):
            votes.update(_folders(entry.path, files))
    if votes:
        folder = min(votes, key=lambda each: (-votes[each], len(each), each))
        with suppress(OstError):
            return Revision(repository, commit, folder and f"{folder}/", day)
    return None


def _files_of(repository: Repository, side: Side) -> Callable[[str], bool]:
    """Tells whether a side has a file, in its content or elsewhere in the repository."""
    if side.revision is None:
        return lambda path: os.path.lexists(repository.top / path)
    tree = repository.commit(side.revision).tree
    return {each.path for each in repository.entries(tree)}.__contains__


def _folders(path: str, files: Iterable[str]) -> list[str]:
    """The folders ("" for the top) in which a path leads to one of the files."""
    slashes = [at for at, letter in enumerate(path) if letter == "/"]
    found = [path[:at] for at in slashes if path[at + 1 :] in files]
    return ["", *found] if path in files else found
