"""Measures the engine in memory, from one edited text to new diagnostics, as an editor and `ost
serve` wait for it. It parses the text and builds and judges its changes; it writes nothing.
"""

import gc
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from statistics import median

from benchmarks.builds import Line
from ost.compile.compiled import EMPTY, Compiled, Text
from ost.compile.engine import update
from ost.compile.inputs import Inputs
from ost.judge.check import all_rules, configure
from ost.read.document import Document
from ost.read.parse import parse
from ost.tree.claims import claims_of
from ost.tree.sections import SECTIONS

BODY = "interviews/000/interview-7.md"
TALK = "interviews/000/interview-8.md"
NEED = "opportunities/000/opportunity-33.md"
LIMITS = {2_000: 0.030, 10_000: 0.100}
"""The maximum of seconds for an edit, by number of nodes."""

Edit = tuple[str, str | None]


class Memory:
    """A project in memory that can be edited."""

    def __init__(self, content: Path) -> None:
        """Reads and compiles every text below `content`."""
        paths = sorted(content.rglob("*.md"))
        self.texts = {path.relative_to(content).as_posix(): path.read_text() for path in paths}
        self._documents: dict[str, Document] = {}
        self.compiled: Compiled = EMPTY
        self._rules = configure(all_rules())
        self.take(*self.texts.items())

    def take(self, *edits: Edit) -> int:
        """Applies edits; returns the number of judged nodes."""
        texts: dict[str, Text | None] = {}
        for path, text in edits:
            if text is None:
                texts[path] = None
                del self.texts[path], self._documents[path]
                continue
            self.texts[path] = text
            self._documents[path] = document = Document(path, parse(text))
            texts[path] = Text(str(hash(text)), claims_of(document))
        inputs = Inputs(
            document=self._documents.__getitem__,
            transcripts={},
            synonyms=SECTIONS,
            rules=self._rules,
            as_of=date(2026, 11, 26),
        )
        self.compiled, touched = update(self.compiled, texts, inputs)
        return len(touched.judged)

    def edits(self, number: int) -> Iterator[tuple[str, Edit]]:
        """One edit of each kind."""
        text, talk, need = (self.texts[each] for each in (BODY, TALK, NEED))
        yield "a text", (BODY, f"{text}\nOne more word, {number}.\n")
        yield "a quote", (TALK, talk.replace("  > ", f"  > Well {number}, ", 1))
        yield "a line inserted above", (TALK, talk.replace("\n# ", f"\n\n# {number} ", 1))
        before, _, rest = need.partition("status: ")
        status = ("parked", "open", "target")[number % 3]
        yield "a status", (NEED, f"{before}status: {status}\n{rest.partition(chr(10))[2]}")
        yield "an interview added", (f"interviews/000/interview-new-{number}.md", talk)
        yield "an opportunity added", (f"opportunities/000/opportunity-new-{number}.md", need)
        yield "an opportunity removed", (f"opportunities/000/opportunity-new-{number}.md", None)
        yield "an interview removed", (f"interviews/000/interview-new-{number}.md", None)


def engine(corpus: Callable[[int], Path], rounds: int, sizes: Iterable[int]) -> Iterator[Line]:
    """The median of all kinds of edits at each size, and the slowest kind."""
    for size in sizes:
        memory = Memory(corpus(size) / "content")
        gc.freeze()
        took: dict[str, list[float]] = {}
        for number in range(rounds):
            for what, edit in memory.edits(number):
                began = time.perf_counter()
                memory.take(edit)
                took.setdefault(what, []).append(time.perf_counter() - began)
        medians = {what: median(times) for what, times in took.items()}
        slowest = max(medians, key=medians.__getitem__)
        every = median(each for times in took.values() for each in times)
        limit = LIMITS.get(size)
        yield Line(f"edit in memory, {size:,} files", every, every, limit)
        yield Line(f"  slowest: {slowest}", medians[slowest])
        gc.unfreeze()
