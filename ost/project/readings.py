"""Readings of git's objects: from the cache, by the ids of their contents, or else parsed and added
to it.
"""

import sqlite3
from collections.abc import Iterable, Iterator

from ost.history.git import Repository
from ost.limits import LARGEST_FILE
from ost.project.cache import keep, readings
from ost.project.encoding import encode
from ost.project.files import MARKDOWN_TRANSCRIPT, content, transcript_suffix
from ost.project.markdown_transcripts import is_transcript
from ost.project.results import Progress
from ost.project.sources import reading
from ost.read.vocabulary import Vocabulary

BATCH = 400
"""How many contents are looked up and added at once. For more, SQLite would read the whole cache.
"""

Name = str
"""A revision's name for a content: git's id, with the suffix of a transcript; or why it cannot be
read.
"""


def read_all(
    names: Iterable[Name],
    repository: Repository,
    cache: sqlite3.Connection,
    words: Vocabulary,
    progress: Progress | None = None,
) -> Iterator[tuple[Name, str, bytes]]:
    """Every content: its name, its name in the cache, and its encoded reading.

    The cache's names mark transcripts in Markdown, which only their bytes distinguish from notes,
    and name files that are too large by their size, as those of a folder.
    """
    wanted = list(dict.fromkeys(names))
    for first in range(0, len(wanted), BATCH):
        batch = wanted[first : first + BATCH]
        transcripts = [f"{name}{MARKDOWN_TRANSCRIPT}" for name in batch if _may_be_transcript(name)]
        cached = readings(cache, (*batch, *transcripts))
        fresh: dict[str, bytes] = {}
        missing = []
        for name in batch:
            found = next(
                (each for each in (name, f"{name}{MARKDOWN_TRANSCRIPT}") if each in cached), None
            )
            if found is None:
                missing.append(name)
            else:
                yield name, found, cached[found]
        for name, known, data in _parsed(missing, repository, words):
            fresh[known] = data
            yield name, known, data
        keep(cache, fresh)
        if progress is not None:
            progress("reading", first, len(wanted))


def _parsed(
    names: list[Name], repository: Repository, words: Vocabulary
) -> Iterator[tuple[Name, str, bytes]]:
    """The readings of contents that are not in the cache."""
    wanted: dict[str, list[Name]] = {}
    for name in names:
        if name.startswith("unreadable:"):
            yield name, name, encode(reading(name, b"", words))
        else:
            wanted.setdefault(name.removesuffix(transcript_suffix(name)), []).append(name)
    for git_id, size, data in repository.blobs(wanted, LARGEST_FILE):
        for name in wanted[git_id]:
            known, read = name, data
            if size > LARGEST_FILE:
                known, read = content(name, size, data)
            elif _may_be_transcript(name) and is_transcript(data):
                known = f"{name}{MARKDOWN_TRANSCRIPT}"
            yield name, known, encode(reading(known, read, words))


def _may_be_transcript(name: Name) -> bool:
    return not name.startswith("unreadable:") and not transcript_suffix(name)
