"""Mermaid: a flowchart or a mind map, in a file of its own or in a block of Markdown, and the Mermaid
that `ost export` writes.

A box's kind is its class, the word that its text begins with, or the subgraph it is in. In a drawing
without any, the depth says which: outcome, opportunity, solution, assumption, test.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from ost.exchange.branches import Branch
from ost.exchange.branches import read as read_branches
from ost.exchange.imports import ForeignTree, Here, Material, Sureness, Terms, UnreadLine
from ost.exchange.mermaid_text import Drawing, flowchart, mindmap
from ost.exchange.tables.dialect import Dialect

EXAMPLE = "tree.mmd"
SIGNS = "a Mermaid flowchart or mind map, alone or in a block of Markdown"

_BLOCK = re.compile(
    r"^(?P<fence>`{3,}|~{3,})[ \t]*\{?mermaid\b[^\n]*\n(?P<text>.*?)(?:^(?P=fence)[ \t]*$|\Z)",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)
_HEAD = re.compile(r"^\s*(?P<type>[A-Za-z][\w-]*)(?P<rest>[^\n]*)$", re.MULTILINE)
_FRONT = re.compile(r"\A\s*---\n.*?\n---[ \t]*$", re.DOTALL | re.MULTILINE)
_REMARK = re.compile(r"%%[^\n]*")
_FLOW = frozenset(("graph", "flowchart", "flowchart-elk"))
_SUFFIXES = (".mmd", ".mermaid")
_KINDS = re.compile(r"outcome|opportunit|solution|assumption", re.IGNORECASE)


class _Block(Struct, frozen=True):
    """A drawing's text, and the line on which it begins, from zero."""

    text: str
    line: int


def looks(material: Material) -> Sureness:
    """Certainly for a drawing with kinds in it that is most of the file, perhaps for others."""
    text = material.text
    found = [
        each for each in _blocks(material.name, text) if _type(each.text) in (*_FLOW, "mindmap")
    ]
    if not found:
        return 1 if material.suffix in _SUFFIXES else 0
    drawn = sum(each.text.count("\n") + 1 for each in found)
    most = 2 * drawn > sum(1 for line in text.split("\n") if line.strip())
    kinds = any(_KINDS.search(each.text) for each in found)
    return 3 if most and (kinds or material.suffix in _SUFFIXES) else 1


def read(material: Material, terms: Terms, here: Here) -> ForeignTree:
    """The boxes of its drawings as nodes."""
    found = [
        tree
        for path, text in sorted(material.files.items())
        for tree in _trees(path, text, terms, here)
    ]
    return ForeignTree(
        nodes=tuple(each for one in found for each in one.nodes),
        unread=tuple(each for one in found for each in one.unread),
        left_out=tuple(dict.fromkeys(each for one in found for each in one.left_out)),
        notes=tuple(dict.fromkeys(each for one in found for each in one.notes)),
    )


def _trees(path: str, text: str, terms: Terms, here: Here) -> Iterator[ForeignTree]:
    for block in _blocks(path, text):
        type_ = _type(block.text)
        if type_ not in (*_FLOW, "mindmap"):
            why = f"a drawing of type {type_ or 'unknown'!r}, which is no tree"
            line = block.text.strip().partition("\n")[0]
            yield ForeignTree(nodes=(), unread=(UnreadLine(path, block.line + 1, line, why),))
            continue
        drawing = (mindmap if type_ == "mindmap" else flowchart)(_body(block.text), block.line)
        yield _tree(path, drawing, terms, here)


def _tree(path: str, drawing: Drawing, terms: Terms, here: Here) -> ForeignTree:
    branches = [
        Branch(
            words=each.words, line=each.line, above=each.above, kind=each.kind, values=each.values
        )
        for each in drawing.boxes
    ]
    made = read_branches(path, branches, terms, here, Dialect())
    unread = tuple(
        UnreadLine(path, line, text, "no box and no arrow") for line, text in drawing.unread
    )
    return ForeignTree(
        nodes=made.nodes,
        unread=(*unread, *made.unread),
        left_out=made.left_out,
        notes=(*drawing.notes, *made.notes),
    )


def _blocks(name: str, text: str) -> Iterator[_Block]:
    """The drawings in a text: its blocks, or all of it."""
    found = [
        _Block(each["text"], text.count("\n", 0, each.start("text")))
        for each in _BLOCK.finditer(text)
    ]
    if not found and (name.casefold().endswith(_SUFFIXES) or _type(text) in (*_FLOW, "mindmap")):
        found = [_Block(text, 0)]
    yield from found


def _body(text: str) -> str:
    """A drawing with front matter and remarks made blank, so that lines stay where they are."""
    front = _FRONT.match(text)
    if front:
        text = "\n" * front[0].count("\n") + text[front.end() :]
    return _REMARK.sub("", text)


def _type(text: str) -> str:
    found = _HEAD.search(_body(text))
    words = found["rest"].split() if found else []
    if found and (len(words) > 1 or (found["type"] == "graph" and not words)):
        return (
            ""
            if found["type"] not in ("mindmap", *_FLOW)
            or (len(words) > 1 and ";" not in found["rest"])
            else found["type"]
        )
    return found["type"] if found else ""
