"""Import a tree in one file, as tools and people write it.

It may use headings, lists, numbers, labels in several languages, tables, drawings or paths with
arrows, and becomes one file of `kind: tree`. Every line that is not part of a node is listed. If
some of its nodes exist here already, the others become files of their own.
"""

import re

from ost.exchange.foreign.identity import identify
from ost.exchange.foreign.imports import (
    ForeignNode,
    ForeignTree,
    Here,
    Material,
    Sureness,
    Terms,
    UnreadLine,
)
from ost.exchange.outlines.labels import Labels
from ost.exchange.outlines.whole import OneFileTree, complete_tree
from ost.read.document import Entry
from ost.read.letters import slug
from ost.read.likeness import TREE, likeness
from ost.read.scalar import to_yaml
from ost.read.vocabulary import vocabulary
from ost.words import counted

EXAMPLE = "roadmap.md"
SIGNS = "lines, columns or boxes with an outcome, opportunities and solutions"

_ENOUGH = 3
"""This many nodes of two kinds are enough for a tree."""
_WORDS = 0.7
"""The minimum share of words in nodes, if only the depth suggests a tree."""


def recognise(material: Material) -> Sureness:
    """By whether it looks like a tree."""
    text = material.text
    if material.suffix not in {"", ".md", ".markdown", ".txt", ".csv", ".tsv"} or not text.strip():
        return 0
    if TREE in likeness((), text, vocabulary()):
        return 2
    made = complete_tree(text, Labels(Terms()))
    kinds = {entry.kind.text for entry in made.entries if entry.kind}
    if len(made.entries) < _ENOUGH or not {"outcome", "opportunity"} & kinds:
        return 0
    if made.by_depth:
        return 1 if _is_bare(made) else 0
    return 2 if "solution" in kinds else 0


def _is_bare(made: OneFileTree) -> bool:
    """Whether it has one top and hardly any words outside its nodes."""
    titles = [entry.title.text for entry in made.entries if entry.title]
    word_count = sum(len(re.findall(r"\w+", each)) for each in titles)
    words = len(re.findall(r"\w+", made.text.partition("\n---\n")[2]))
    tops = sum(not entry.parent for entry in made.entries)
    return tops == 1 and not made.left and word_count >= _WORDS * words


def read(material: Material, terms: Terms, here: Here) -> ForeignTree:
    """Each text as a file of `kind: tree`, which keeps its front matter as a comment."""
    nodes: list[ForeignNode] = []
    unread: list[UnreadLine] = []
    notes: list[str] = []
    for path, text in material.files.items():
        made = complete_tree(text, Labels(terms))
        unread += [UnreadLine(path, each.line + 1, each.text, each.why) for each in made.left]
        if not made.entries:
            continue
        several = [_node(entry, path, made) for entry in made.entries]
        if any(identify(several, here).ids):
            nodes += several
            continue
        nodes.append(_file(path, made))
        notes.append(_summary(made))
    return ForeignTree(nodes=tuple(nodes), unread=tuple(unread), notes=tuple(notes))


def _summary(made: OneFileTree) -> str:
    summary = counted(len(made.entries), "node")
    return f"{summary}, read {made.how}" if made.how else summary


def _file(path: str, made: OneFileTree) -> ForeignNode:
    """The whole tree as one file."""
    stem = path.rpartition("/")[2].rpartition(".")[0] or path.rpartition("/")[2]
    identity = slug(stem.replace("_", " ")) or "tree"
    identity = identity if identity.endswith("tree") else f"{identity}-tree"
    title = next((each.title.text for each in made.entries if each.title), stem)
    return ForeignNode(key=identity, kind="tree", title=title, path=path, whole=made.text)


def _node(entry: Entry, path: str, made: OneFileTree) -> ForeignNode:
    """A node of the tree as a file of its own."""
    fields = {each.name: to_yaml(each.value) for each in entry.fields if each.name != "parent"}
    above = entry.field("parent")
    under = [entry.parent] if entry.parent else []
    under += [to_yaml(above.value)] if above else []
    return ForeignNode(
        key=entry.id,
        kind=entry.kind.text if entry.kind else "",
        title=entry.title.text if entry.title else entry.id,
        under=tuple(under),
        fields=fields,
        body=entry.body.partition("\n")[2].strip("\n"),
        path=path,
        line=made.line(entry) + 1,
    )
