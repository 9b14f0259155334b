"""Proposes a change to the tree, as a new branch or a patch.

A change beyond the declared limits is refused; reviewers see what it does to the tree.
"""

import posixpath
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, NamedTuple

from msgspec import Meta, Struct

from ost.answers import comparison
from ost.errors import Misuse
from ost.exchange.differences import markdown
from ost.exchange.differences.difference import Difference
from ost.history.change import Change, Verb
from ost.history.git import FILE, Commit, Repository, Touch
from ost.limits import LARGEST_FILE, size
from ost.project.files import transcript_suffix
from ost.project.proposal import DraftCommit, checked_branch, create_branch
from ost.project.revision import Revision
from ost.read.letters import slug
from ost.words import counted, listed

MANY = 20
"""How many names a message lists."""


class Expectation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a change may touch."""

    files: Annotated[int, Meta(description="The most files it may change.", ge=1)]
    nodes: Annotated[
        tuple[str, ...],
        Meta(
            description="The ids of all nodes whose meaning it may change, new ones too. Nodes "
            "above them, which only count their evidence, are implied."
        ),
    ]


class Proposal(Struct, frozen=True, kw_only=True):
    """A change that awaits review (`ost propose`)."""

    branch: Annotated[str, Meta(description="The new branch; empty for a patch.")]
    commit: Annotated[str, Meta(description="The commit; for a patch, the one that was checked.")]
    base: Annotated[str, Meta(description="The commit it is based on.")]
    files: Annotated[tuple[str, ...], Meta(description="The files it changes.")]
    nodes: Annotated[tuple[str, ...], Meta(description="The nodes whose meaning it changes.")]
    review: Annotated[str, Meta(description="The tree diff that its reviewer will see.")]
    difference: Annotated[Difference, Meta(description="The tree diff as a value.")]
    patch: Annotated[str, Meta(description="The change as a patch; empty for a branch.")] = ""


class ProposedChange(NamedTuple):
    """A change: a patch, or whole files by their paths in the content folder (None deletes)."""

    patch: bytes = b""
    files: Mapping[str, str | None] = {}


def propose(
    folder: Path,
    change: ProposedChange,
    message: str,
    expected: Expectation,
    *,
    branch: str = "",
    as_patch: bool = False,
) -> Proposal:
    """Makes the proposal on top of HEAD, or refuses it and leaves no branch behind."""
    if not message.strip():
        raise Misuse("a proposal needs a message that says what it changes and why")
    if bool(change.patch) == bool(change.files):
        raise Misuse("give either a patch or files")
    repository = Repository(folder)
    base = repository.commit("HEAD")
    name = "" if as_patch else checked_branch(repository, branch or _named(message))
    with tempfile.TemporaryDirectory() as index:
        draft = DraftCommit(repository, base, Path(index))
        revision = Revision(repository, base, repository.prefix)
        if change.patch:
            draft.apply(change.patch)
        else:
            draft.put(_inside(revision, change.files))
        touched = draft.changed_files()
        _refuse_files(revision, touched, expected)
        commit = draft.commit(_message(message, expected))
        made = _proposal(repository, base, commit, touched, expected)
        if as_patch:
            return _replaced(made, patch=draft.patch(commit))
    create_branch(repository, name, commit)
    return _replaced(made, branch=name)


def _replaced(made: Proposal, **values: str) -> Proposal:
    from msgspec.structs import replace

    return replace(made, **values)


def _named(message: str) -> str:
    """A branch name from the message."""
    words = "-".join(slug(message.strip().split("\n")[0]).split("-")[:6])
    return f"propose/{words[:60] or 'change'}"


def _message(message: str, expected: Expectation) -> str:
    """The commit's message with the declared limits, for reviewers."""
    reach = [counted(expected.files, "file"), *expected.nodes[:MANY]]
    return f"{message.strip()}\n\nExpect: {', '.join(reach)}\n"


def _inside(revision: Revision, files: Mapping[str, str | None]) -> dict[str, bytes | None]:
    """Files by their paths in the repository."""
    found: dict[str, bytes | None] = {}
    for path, text in files.items():
        whole = posixpath.normpath(posixpath.join(revision.path, path))
        if not path or "\0" in path or posixpath.isabs(path) or whole.startswith(".."):
            raise Misuse(f"{path!r} is not a path in the content folder")
        data = None if text is None else text.encode("utf-8", "surrogatepass")
        if data is not None and len(data) > LARGEST_FILE:
            raise Misuse(f"{path}: use at most {size(LARGEST_FILE)}")
        if data is None and not revision.repository.blob(revision.commit, whole):
            raise Misuse(f"{path!r} cannot be deleted: no such file")
        found[whole] = data
    return found


def _refuse_files(revision: Revision, touched: Iterable[Touch], expected: Expectation) -> None:
    """Refuses a change of nothing, of too many files, or of anything but content."""
    given = tuple(touched)
    if not given:
        raise Misuse("the proposal changes nothing")
    outside = [each.path for each in given if not _is_content(revision, each)]
    if outside:
        raise Misuse(f"a proposal may only change content, not {_name_list(outside)}")
    if len(given) > expected.files:
        raise Misuse(
            f"the proposal changes {counted(len(given), 'file')} but expects "
            f"{expected.files:,}: {_name_list(each.path for each in given)}"
        )


def _is_content(revision: Revision, touch: Touch) -> bool:
    folder = f"{revision.path}/" if revision.path else ""
    if not touch.plain or not touch.path.startswith(folder):
        return False
    name = (touch.after if touch.after.strip("0") else touch.before) or touch.after
    return revision.content_of(FILE, name, touch.path.removeprefix(folder)) is not None


def _proposal(
    repository: Repository,
    base: Commit,
    commit: Commit,
    touched: Iterable[Touch],
    expected: Expectation,
) -> Proposal:
    """The proposal with its review; refused if it changes more than was declared."""
    sides = comparison.compile_revisions(
        repository, comparison.Range(base.id, commit.id), commit.id
    )
    named = comparison.named_difference(sides, "ost propose")
    paths = tuple(each.path for each in touched)
    holding = {
        posixpath.join(sides.content, side.records[node].path)
        for side in (sides.before, sides.after)
        for node in side.records
    }
    if empty := [each for each in paths if each not in holding and not transcript_suffix(each)]:
        raise Misuse(f"a proposal may only change the tree, and {_name_list(empty)} holds no node")
    nodes = tuple(_affected(named.difference.changes, sides))
    if beyond := [each for each in nodes if each not in expected.nodes]:
        raise Misuse(
            f"the proposal changes {counted(len(beyond), 'node')} that it does not expect: "
            f"{_name_list(beyond)}"
        )
    return Proposal(
        branch="",
        commit=commit.id,
        base=base.id,
        files=paths,
        nodes=nodes,
        review=markdown.render(named),
        difference=named.difference,
    )


def _affected(changes: Iterable[Change], sides: comparison.Sides) -> list[str]:
    """The nodes whose meaning changes. Nodes above that only count the same evidence are left out:
    their change follows from that of a node listed here.
    """
    verbs: dict[str, set[Verb]] = {}
    for change in changes:
        verbs.setdefault(change.node, set()).add(change.change)
    above = set[str]()
    waiting = list(verbs)
    while waiting:
        node = waiting.pop()
        for records in (sides.before.records, sides.after.records):
            record = records.get(node)
            parents = set(record.parents) - above if record else set()
            above |= parents
            waiting += parents
    return [each for each in verbs if verbs[each] != {Verb.EVIDENCE} or each not in above]


def _name_list(names: Iterable[str]) -> str:
    given = [repr(each) for each in names]
    more = len(given) - MANY
    return listed([*given[:MANY], f"{more:,} more"] if more > 0 else given)
