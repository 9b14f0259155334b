"""Hints beside the text: people and solutions above a node, titles after ids."""

from collections.abc import Iterator

from lsprotocol import types

from ost.lsp import cursor
from ost.lsp.card import live_solutions, people
from ost.lsp.projects import File
from ost.tree.model import NodeId
from ost.words import counted

LONGEST = 60
"""Letters of a title after an id."""


def lenses(file: File) -> Iterator[types.CodeLens]:
    """Above each node: the people who mentioned it, the evidence against it, its live solutions."""
    tree = file.live.tree
    for entry in file.entries:
        node = tree.get(file.id(entry))
        if node is None or not (node.needs_evidence or node.rivals):
            continue
        words = [people(node, tree) or "no evidence yet"]
        if node.needs_evidence:
            words.append(counted(live_solutions(node, tree), "live solution"))
        at = file.positions.range(entry.at)
        yield types.CodeLens(
            types.Range(at.start, at.start), types.Command(" · ".join(words), command="")
        )


def inlays(file: File, within: types.Range) -> Iterator[types.InlayHint]:
    """The title after each bare id in some lines."""
    tree = file.live.tree
    for entry in file.entries:
        for edge in cursor.links(file, NodeId(file.id(entry))):
            link = edge.link
            line = link.target_at.end_line
            inside = within.start.line <= line <= within.end.line
            if link.words or link.form == "markdown" or not inside:
                continue
            if link.relation == "parent" and entry.parent == edge.target:
                continue  # nested: no title
            title = tree.by_id[edge.target].title
            short = title if len(title) <= LONGEST else f"{title[: LONGEST - 1].rstrip()}…"
            at = link.at if link.form == "wiki" else link.target_at
            yield types.InlayHint(
                position=file.positions.position(at.end_line, at.end_column),
                label=short,
                padding_left=True,
            )
