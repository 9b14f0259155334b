"""Drafts an interview from a transcript and its project."""

import re
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from ost.cli.questions import fields
from ost.cli.terminal import output
from ost.cli.transcript_file import ReadFile, read_file
from ost.cli.workspace import CommandProject, display_path
from ost.errors import Misuse
from ost.exchange.snapshots.snapshot import DraftRequest, Snapshot, snapshot
from ost.exchange.snapshots.speech import why_not
from ost.exchange.snapshots.vectors import LONGEST_LINE, WordVectors
from ost.exchange.snapshots.vectors import read as read_vectors
from ost.exchange.snapshots.wording import words
from ost.project.content import contents
from ost.project.templates import template
from ost.read.transcript import Transcript
from ost.tree.model import Interview, Opportunity
from ost.tree.participants import people
from ost.tree.tree import Tree


class AskedDraft(NamedTuple):
    """The options of a draft: its title, who asks, who answers (`SPEAKER=P07`), given fields, a
    file of word vectors, and how close to an opportunity these must place a passage.
    """

    title: str
    asks: tuple[str, ...]
    answers: tuple[str, ...]
    given: tuple[str, ...]
    vectors: Path | None
    close: float
    again: bool
    """Draft even if an interview already has the transcript."""


class TranscriptDraft(NamedTuple):
    """A draft, the transcript as read, and the transcript's path in the content folder ("" if it is
    outside).
    """

    snapshot: Snapshot
    read: ReadFile
    inside: str


def draft_of(
    file: Path, encoding: str, opened: CommandProject, asked: AskedDraft
) -> TranscriptDraft:
    """Drafts an interview from a transcript; a usage error if the file is not one."""
    read = _read(file, encoding)
    found = contents(opened.project)
    tree, inside = found.tree(), _inside(file, opened)
    if not asked.again:
        _refuse_second_draft(file, inside, tree, opened)
    named = [each.partition("=") for each in asked.answers]
    values = fields(Interview, asked.given)
    if any(pseudonym for _, _, pseudonym in named):
        values["participant"] = ", ".join(pseudonym or speaker for speaker, _, pseudonym in named)
    opportunities, file_of_vectors = _opportunities(tree), asked.vectors
    request = DraftRequest(
        title=asked.title,
        fields={**_fields(file, inside), **values},
        today=opened.today,
        template=template("new/interview.md", root=opened.root),
        asks=asked.asks,
        answers=tuple(speaker for speaker, _, _ in named),
        taken=frozenset(_taken_participants(tree)),
        opportunities=opportunities,
        vectors=_vectors(file_of_vectors, read.transcript, opportunities)
        if file_of_vectors
        else None,
        close=asked.close,
        synonyms=found.sections,
    )
    return TranscriptDraft(snapshot(read.transcript, request), read, inside)


def _read(file: Path, encoding: str) -> ReadFile:
    read = read_file(file, encoding)
    if why := why_not(read.text, read.transcript, file.suffix):
        raise Misuse(f"{display_path(file)} {why}; nothing was written")
    if not read.transcript.turns:
        raise Misuse(f"{display_path(file)} contains no speech; nothing was written")
    return read


def _refuse_second_draft(file: Path, inside: str, tree: Tree, opened: CommandProject) -> None:
    """Raises a usage error if an interview already has the transcript."""
    for node in tree.nodes(Interview):
        if inside in node.transcript_paths():
            raise Misuse(
                f"{display_path(file)} is already the transcript of {str(node.id)!r}"
                f" ({opened.shown(node.path)}); to draft it again, name a file with --output"
            )


def _inside(file: Path, opened: CommandProject) -> str:
    """The transcript's path in the content folder; "" outside it."""
    whole_path, content = file.resolve(), opened.content.resolve()
    if not whole_path.is_relative_to(content):
        return ""
    return whole_path.relative_to(content).as_posix()


def _fields(file: Path, inside: str) -> dict[str, str]:
    """Fields from the file's name: its path, and the day if it contains one."""
    found = {"transcript": inside} if inside else {}
    day = re.search(r"(?<!\d)(20\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?!\d)", file.name)
    return {**({"date": "-".join(day.groups())} if day else {}), **found}


def _taken_participants(tree: Tree) -> list[str]:
    return [each for node in tree.nodes(Interview) for each in people(node.participant)]


def _opportunities(tree: Tree) -> dict[str, tuple[str, ...]]:
    """The opportunities that a passage may be about, each with its title and aliases."""
    return {
        str(node.id): tuple(
            filter(None, (node.title, *(each.replace("-", " ") for each in node.aliases)))
        )
        for node in tree.nodes(Opportunity)
        if node.status != "parked"
    }


def _vectors(
    file: Path, transcript: Transcript, opportunities: Mapping[str, Sequence[str]]
) -> WordVectors:
    """The vectors of the words of a transcript and of the tree's opportunities."""
    texts = (turn.text for turn in transcript.turns)
    wanted = frozenset().union(*map(words, chain(texts, *opportunities.values())))
    try:
        with file.open("rb") as handle:
            found = read_vectors(
                iter(lambda: handle.readline(LONGEST_LINE), b""), wanted, display_path(file)
            )
    except OSError as error:
        raise Misuse(f"{display_path(file)} cannot be read: {error.strerror}") from None
    if not found.by_word:
        output.complain(f"{display_path(file)} has vectors for none of the words; it was not used")
    return found
