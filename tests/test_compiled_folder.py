"""Refactorings from the engine's memory equal those of a folder that is read and built whole."""

import random
from collections.abc import Callable, Mapping

import pytest

from ost.compile.compiled import EMPTY, Text
from ost.compile.engine import update
from ost.compile.inputs import Inputs
from ost.edit import move
from ost.edit.compiled_folder import CompiledFolder
from ost.edit.content_folder import ContentFolder
from ost.edit.merge import merge
from ost.edit.rewrite import Rewrite
from ost.edit.split import SplitPart, named_moments, split
from ost.edit.status import retire
from ost.errors import Misuse
from ost.read.document import Document
from ost.read.parse import parse
from ost.tree.claims import claims_of
from ost.tree.sections import SECTIONS
from tests.conftest import files
from tests.test_incremental import IDS, written
from tests.test_move import DAY, content
from tests.test_refactorings import example

ODD = files("""\
-- aim.md --
---
kind: outcome
order: [old, need]
---
# Aim
-- a/old.md --
---
kind: opportunity
parent: aim
aliases: [former]
---
# Old

See [itself](old.md) and [[need]].
-- b/old.md --
---
kind: solution
parent: former
---
# Another [[a/old]]
-- need.md --
---
kind: opportunity
parent: ["[[former]]", a/old.md]
---
# Need
-- odd.md --
---
kind: nothing of ours
order: [old]
parent: old
---
# Odd [[old]]
-- page.md --
[a](a/old) and [[old]], no node
-- tree.md --
---
kind: tree
---
# All
- opportunity: One ^one
  - solution: Two ^two, as [[old]] says
-- talk.md --
---
kind: interview
---
# P1

## Opportunities
- [[former]] first [1:00]
- [[need]] second [2:00]
- [n](need.md) third [3:00]
""")


class Counting:
    """The documents of given texts, and a list of those that were requested."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.all = {path: Document(path, parse(text)) for path, text in texts.items()}
        self.read: list[str] = []

    def __call__(self, path: str) -> Document:
        self.read.append(path)
        return self.all[path]


def compiled(texts: Mapping[str, str], documents: Counting | None = None) -> CompiledFolder:
    documents = documents or Counting(texts)
    inputs = Inputs(
        document=documents,
        transcripts={},
        synonyms=SECTIONS,
        rules=(),
        as_of=DAY,
    )
    known = {path: Text(texts[path], claims_of(each)) for path, each in documents.all.items()}
    engine, _ = update(EMPTY, known, inputs)
    return CompiledFolder(engine, inputs, texts.__getitem__)


def outcome(folder: ContentFolder, call: Callable[[ContentFolder], Rewrite]) -> object:
    """What comes of it; of a refusal only that it is one, because one place of several is named."""
    try:
        return call(folder)
    except Misuse:
        return "refused"


def calls(folder: ContentFolder, chance: random.Random) -> list[Callable[[ContentFolder], Rewrite]]:
    """A refactoring of each sort, of nodes by chance."""
    ids = sorted(folder.entries)
    one, other = chance.choice(ids), chance.choice(ids)
    path = chance.choice(sorted(folder.documents))
    moments = sorted(named_moments(folder.tree, one))
    part = SplitPart(title="A part of it", takes=tuple(moments[:1]))
    return [
        lambda each: move.rename(each, one, "fresh-and-new"),
        lambda each: move.change_parent(each, one, other),
        lambda each: move.relocate(each, {path: f"deep/in/{path}"}),
        lambda each: merge(each, one, other),
        lambda each: split(each, one, [part], keep=True),
        lambda each: retire(each, one, "it is over"),
    ]


def random_texts(chance: random.Random) -> dict[str, str]:
    return {f"{chance.choice('ab')}/{each}.md": written(chance, each) for each in IDS}


@pytest.mark.parametrize("seed", range(6))
def test_refactorings_are_those_of_the_whole_folder(seed: int) -> None:
    chance = random.Random(seed)
    made_of = [ODD, random_texts(chance)] if seed else [example()]
    done = 0
    for texts in made_of:
        for _ in range(3):
            plain, engine = content(texts), compiled(texts)
            for call in calls(plain, chance):
                expected = outcome(plain, call)
                assert outcome(engine, call) == expected
                done += expected != "refused"
    assert done


def test_files_read_do_not_grow_with_the_folder() -> None:
    read = []
    for number in (20, 80):
        texts = {f"x/o{each}.md": "---\nkind: outcome\n---\n# O\n" for each in range(number)}
        need = "---\nkind: opportunity\nparent: o1\n---\n# N\n"
        texts |= {f"x/n{each}.md": need.replace("o1", f"o{each}") for each in range(number)}
        documents = Counting(texts)
        folder = compiled(texts, documents)
        documents.read.clear()
        move.change_parent(folder, "n3", "o7")
        move.rename(folder, "o5", "fresh-and-new")
        read.append(sorted(set(documents.read)))
    assert read[0] == read[1] == [f"x/{each}.md" for each in ("n3", "n5", "o3", "o5", "o7")]
