"""The objects kept alive for rules of other packages take little memory, even with long texts."""

import gc
import tracemalloc
from collections.abc import Callable, Iterator

import pytest
from msgspec.structs import replace

from ost.compile.compiled import EMPTY, Text
from ost.compile.engine import Built, judge
from ost.compile.inputs import Inputs
from ost.judge.rule import Rule
from ost.project.encoding import encode
from ost.project.stored_transcripts import StoredTranscripts
from ost.read.diagnostic import Diagnostic
from ost.read.document import Document, Reading
from ost.read.parse import parse
from ost.read.place import Place
from ost.read.transcript import Transcript, Turn
from ost.tree.claims import claims_of
from ost.tree.model import Interview, Node
from ost.tree.sections import SECTIONS
from ost.tree.tree import Tree
from tests.conftest import DAY
from tests.test_engine import node

MILLION = 1_000_000
MANY = 60
"""So many texts of a million characters are more than twice what may be kept."""

PATHS = [f"talk{number}.md" for number in range(MANY)]


def listens(node: Node, tree: Tree) -> None:
    assert isinstance(node, Interview)
    assert tree.transcript(node)


def works_out(node: Node, tree: Tree) -> None:
    tree.worked_out["long", node.id] = "x" * (MILLION + len(node.id))


class Doing(Rule, frozen=True, kw_only=True):
    """Does something with each interview."""

    code = "TST001"
    kinds = (Interview,)
    does: Callable[[Node, Tree], None]

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        self.does(node, tree)
        return iter(())


def spoken(_: str) -> bytes:
    turn = Turn("Ann", None, None, "x" * MILLION, Place(1, 1, 1, 1))
    return encode(Reading((), (), Transcript((turn,))))


def long_document(path: str) -> Document:
    """Reads it again for each request."""
    reading = parse(node("interview", transcript=f"{path}.vtt"))
    entry = replace(reading.entries[0], body="x" * MILLION)
    return Document(path, replace(reading, entries=(entry,)))


def short_document(path: str) -> Document:
    return Document(path, parse(node("interview", transcript=f"{path}.vtt")))


def inputs(document: Callable[[str], Document], does: Callable[[Node, Tree], None]) -> Inputs:
    return Inputs(
        document=document,
        transcripts=StoredTranscripts(lambda: {f"{each}.vtt": each for each in PATHS}, spoken),
        synonyms=SECTIONS,
        rules=(Doing(does=does),),
        as_of=DAY,
    )


def text_of(path: str) -> Text:
    return Text(path, claims_of(short_document(path)))


def peak_of(work: Callable[[], object]) -> int:
    """The most memory that it took."""
    gc.collect()
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("does", [listens, works_out])
def test_answers_to_many_nodes_take_little_memory(does: Callable[[Node, Tree], None]) -> None:
    built = Built(EMPTY, {each: text_of(each) for each in PATHS}, inputs(short_document, does))
    assert peak_of(lambda: dict(judge(built, built.to_judge()))) < MANY / 2 * MILLION


def test_texts_before_edits_take_little_memory() -> None:
    path = PATHS[0]

    def edits() -> None:
        compiled = EMPTY
        for _ in PATHS:
            built = Built(compiled, {path: text_of(path)}, inputs(long_document, listens))
            verdicts = dict(judge(built, built.to_judge()))
            assert [*verdicts] == ["talk0"]
            compiled, _ = built.finished(verdicts)

    assert peak_of(edits) < MANY / 2 * MILLION
