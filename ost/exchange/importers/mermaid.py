"""Import a flowchart or a mind map in Mermaid.

It may be a file of its own or a block of Markdown. A box's kind is its class, the word that its
text begins with, or the subgraph it is in. In a drawing without any of these, depth decides:
outcome, opportunity, solution, assumption, test. The Mermaid that `ost export` writes is read as
well.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ost.exchange.foreign.branches import OutlineItem, joined
from ost.exchange.foreign.branches import read as read_branches
from ost.exchange.foreign.imports import ForeignTree, Here, Material, Sureness, Terms, UnreadLine
from ost.exchange.foreign.mermaid_text import Drawing, flowchart, mindmap
from ost.exchange.tables.dialect import Dialect

EXAMPLE = "tree.mmd"
SIGNS = "a Mermaid flowchart or mind map, alone or in a block of Markdown"

_BLOCK = re.compile(
    r"^(?P<fence>`{3,}|~{3,})[ \t]*\{?mermaid\b[^\n]*\n(?P<text>.*?)(?:^(?P=fence)[ \t]*$|\Z)",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)
_HEAD = re.compile(
    r"\s*(?:(?P<flow>graph|flowchart(?:-elk)?)(?:[ \t]+(?:TB|TD|BT|RL|LR))?|(?P<map>mindmap))"
    r"[ \t]*(?:;|$)",
    re.MULTILINE,
)
_FRONT = re.compile(r"\A\s*---\n.*?\n---[ \t]*$", re.DOTALL | re.MULTILINE)
_REMARK = re.compile(r"^[ \t]*%%(?:\{.*?\}%%|[^\n]*)", re.MULTILINE | re.DOTALL)
_SUFFIXES = (".mmd", ".mermaid")
_KINDS = re.compile(r"outcome|opportunit|solution|assumption", re.IGNORECASE)


class _Block(Struct, frozen=True):
    """A drawing's text, and the line where it begins, from zero."""

    text: str
    line: int


def recognise(material: Material) -> Sureness:
    """Certainly for a drawing with kinds that fills most of the file, perhaps for any other
    drawing.
    """
    text = material.text
    blocks = _blocks(material.name, text)
    found = [each for each in blocks if _HEAD.match(_body(each.text))]
    if not found:
        return 1 if material.suffix in _SUFFIXES else 0
    drawn = sum(each.text.count("\n") + 1 for each in found)
    most = 2 * drawn > sum(1 for line in text.split("\n") if line.strip())
    kinds = any(_KINDS.search(each.text) for each in found)
    return 3 if most and (kinds or material.suffix in _SUFFIXES) else 1


def read(material: Material, terms: Terms, here: Here) -> ForeignTree:
    """The boxes of the drawings as nodes."""
    texts = sorted(material.files.items())
    return joined([tree for path, text in texts for tree in _trees(path, text, terms, here)])


def _trees(path: str, text: str, terms: Terms, here: Here) -> Iterator[ForeignTree]:
    for block in _blocks(path, text):
        body = _body(block.text)
        head = _HEAD.match(body)
        if head is None:
            first = block.text.strip().partition("\n")[0]
            unread = UnreadLine(path, block.line + 1, first, "not a flowchart or a mind map")
            yield ForeignTree(nodes=(), unread=(unread,))
        else:
            yield _tree(
                path, (mindmap if head["map"] else flowchart)(body, block.line), terms, here
            )


def _tree(path: str, drawing: Drawing, terms: Terms, here: Here) -> ForeignTree:
    branches = [
        OutlineItem(
            words=box.words, line=box.line, above=box.above, kind=box.kind, values=box.values
        )
        for box in drawing.boxes
    ]
    made = read_branches(path, branches, terms, here, Dialect())
    why = "not a box or an arrow"
    unread = (UnreadLine(path, line, text, why) for line, text in drawing.unread)
    return replace(made, unread=(*unread, *made.unread), notes=(*drawing.notes, *made.notes))


def _blocks(name: str, text: str) -> Sequence[_Block]:
    """The drawings in a text: its code blocks, or all of it."""
    found = [
        _Block(each["text"], text.count("\n", 0, each.start("text")))
        for each in _BLOCK.finditer(text)
    ]
    alone = name.casefold().endswith(_SUFFIXES) or _HEAD.match(_body(text))
    return found or ([_Block(text, 0)] if alone else [])


def _body(text: str) -> str:
    """A drawing with blanks in place of front matter and comments, so that its lines stay where
    they are.
    """
    front = _FRONT.match(text)
    if front:
        text = "\n" * front[0].count("\n") + text[front.end() :]
    return _REMARK.sub(lambda found: "\n" * found[0].count("\n"), text)
