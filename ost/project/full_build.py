"""Builds a project's state from all its files: an update of nothing.

Two processes share the work. First both read; then one builds the tree and the other the search
index; then one makes tables, and the other makes the two longest and judges.
"""

import marshal
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from ost.compile.compiled import days_of
from ost.compile.engine import Built, judge
from ost.judge.rule import Rule
from ost.project import keys
from ost.project.fork import Forked, ForkedEarly, Milestone
from ost.project.meta import meta_rows, published
from ost.project.results import BuildRecord, Progress
from ost.project.state import State
from ost.publish.judgements import Judgements, judgements
from ost.publish.moments import quote_places
from ost.publish.rows import AT, Row, file_row
from ost.publish.search_text import searched_text
from ost.publish.tables import Tables, long_tables, moment_texts, tables
from ost.read.diagnostic import Diagnostic
from ost.read.document import Document
from ost.read.transcript import Transcript
from ost.tree.build import title_of
from ost.tree.claims import entries
from ost.tree.counts import counts
from ost.tree.model import kind_of
from ost.tree.speech import ordered_quotes

if TYPE_CHECKING:
    from ost.project import Project


def full_build(
    project: "Project",
    known: BuildRecord,
    rules: tuple[Rule, ...],
    mistaken: tuple[Diagnostic, ...],
    progress: Progress | None,
) -> "Made":
    """Builds the state from all files; parses only files that are not in the cache."""
    state = State(project.folder)
    with ForkedEarly(lambda texts: state.write_search(_searched(texts))) as searching:
        found = project.everything(progress, lambda read: searching.give(_texts(read)))
        if progress is not None:
            progress("building", 0, 0)
        searching.begin()
        built = found.built(rules)
        transcripts = published(project.settings, built.inputs.transcripts)
        judging = _JudgingProcess(state, built, transcripts, mistaken)
        made = known

        def parts() -> Iterator[Path]:
            searching.wait()
            yield state.search
            judging.wait_for_long()
            yield state.long

        def judged() -> tuple[Judgements, list[Row]]:
            nonlocal made
            (since, until), judgement = judging.judgement()
            made = _known(project, known, built, judgement, (since, until))
            return judgement, meta_rows(project, made.build, since, until)

        try:
            state.write(_rows(built, transcripts), parts(), judged)
            judging.end()
            state.replace(made.build)
        except BaseException:
            judging.abandon()  # no writer may be left when the build is tried again
            raise
    project.remember(made, found.looked.folders)
    return Made(made, built)


def _texts(documents: Iterable[Document]) -> list[Row]:
    """Each node's id, path, title and body, and its quotes if they are evidence."""
    return [
        (
            node_id,
            document.path,
            (title_of(node_id, entry), searched_text(entry)),
            [(quote.text,) for quote, _ in ordered_quotes(entry)] if kind_of(entry).speaks else [],
        )
        for document in documents
        for node_id, entry in entries(document).items()
    ]


def _searched(texts: Iterable[list[Row]]) -> Tables:
    """The searchable texts, sorted by node. If files share an id, the first file counts."""
    every = sorted(chain.from_iterable(texts))
    nodes = [next(same)[2:] for _, same in groupby(every, key=itemgetter(0))]
    return {
        "node": (words for words, _ in nodes),
        "quote": chain.from_iterable(quotes for _, quotes in nodes),
    }


class _JudgingProcess:
    """The second process's part: the tables of `LONG`, the judgement and the engine's memory."""

    def __init__(
        self,
        state: State,
        built: Built,
        transcripts: Mapping[str, Transcript],
        mistaken: tuple[Diagnostic, ...],
    ) -> None:
        """Starts the process. `transcripts` are those to publish."""
        self._state, self._built, self._mistaken = state, built, mistaken
        self._transcripts = transcripts
        self._long, self._judged = Milestone(), Milestone()
        self._forked = Forked(self._work)
        self.abandon = self._forked.abandon

    def wait_for_long(self) -> None:
        """Waits for the tables; if the process failed before, this one does all of its work."""
        if not self._long.wait():
            self._forked.wait()

    def judgement(self) -> tuple[tuple[str, str], Judgements]:
        """The days on which the judgement holds, and its rows."""
        if not self._judged.wait():
            self._forked.wait()
        days, made = marshal.loads(self._forked.output_from(0))
        return days, Judgements(*made)

    def end(self) -> None:
        """Waits until everything is done."""
        self._forked.result().close()

    def _work(self, file: IO[bytes]) -> None:
        built = self._built
        rows = long_tables(built.meanings, built.inputs.synonyms)
        self._state.write_long(rows, {"moment": moment_texts(built.meanings)})
        self._long.reach()
        verdicts, places = {}, []
        for node_id, verdict in judge(built, built.to_judge()):
            verdicts[node_id] = verdict
            # At once, while the judge's matches in the transcript are cached.
            places += quote_places(built.meanings[node_id].node, self._transcripts)
        judged = {node_id: each.judged for node_id, each in verdicts.items()}
        of_files = (each for _, found in built.file_diagnostics() for each in found)
        made = judgements(judged, (*self._mistaken, *of_files), built.inputs.rules, places)
        days = days_of((each.since, each.until) for each in verdicts.values())
        marshal.dump((days, tuple(made)), file)
        file.flush()
        self._judged.reach()
        self._state.remember(built.compiled(verdicts))


def _rows(built: Built, transcripts: Mapping[str, Transcript]) -> Iterator[Tables]:
    """This process's part: every other row that needs no judgement."""
    yield {"file": [file_row(path, text) for path, text in sorted(built.texts.items())]}
    rules, synonyms = built.inputs.rules, built.inputs.synonyms
    yield from tables(built.meanings, counts(built.index), rules, synonyms, transcripts)


def _known(
    project: "Project",
    known: BuildRecord,
    built: Built,
    judgement: Judgements,
    days: tuple[str, str],
) -> BuildRecord:
    """The record of the build."""
    content = 0
    for path, text in built.texts.items():
        content = keys.total(content, None, (path, text.blob))
    basis = keys.basis(project.settings, built.inputs.rules, known.sources)
    since, until = days
    build = keys.build_id(content, since, basis)
    made = known._replace(
        build=build, basis=basis, content=f"{content:x}", since=since, until=until
    )
    severities = Counter(row[_SEVERITY] for row in judgement.diagnostics)
    return made.counted(len(built.texts), len(built.files), severities)


_SEVERITY = AT["diagnostic"]["severity"]


class Made(NamedTuple):
    """A built state: its record and its sources."""

    known: BuildRecord
    built: Built
