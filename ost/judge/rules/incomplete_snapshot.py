"""See :class:`IncompleteSnapshot`."""

from collections.abc import Iterator, Mapping

from ost.expression import expression
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.read.document import Section
from ost.tree import sections as parts
from ost.tree.model import Interview, Node
from ost.tree.tree import Tree
from ost.words import either

_LONGEST = 60
_NEARLY = expression(r"#{1,6}[^\s#].*|(?:\*\*|__)[^*_]+(?:\*\*|__):?|[^\W\d][\w ]*:")
"""A line that may be meant as a heading: without a space after its `#`, in bold, or with a colon at
its end.
"""
_MOST = 6
"""How many headings to name; more would not help."""


class IncompleteSnapshot(Rule, frozen=True):
    """A part of an interview snapshot is missing or empty.

    Why: A snapshot is what the team will remember of a customer: the facts that place them, a quote
    that brings them back, their story, the needs in it, and what else was learned. It takes fifteen
    minutes right after the interview and cannot be written a month later. Notes with
    headings of their own are read once `[sections]` in `ost.toml` says which part each is.

    Source: Product Talk, Interview Snapshot
    <https://www.producttalk.org/glossary-discovery-interview-snapshot>

    Bad:

        -- p07.md --
        ---
        kind: interview
        participant: P07
        ---
        # P07: film night with two teenagers <!-- OST205 -->

        ## Quick facts
        - two teenagers, three streaming services

        ## Memorable quote
        > We spend longer choosing than watching. [12:41]

        ## Opportunities <!-- OST205 -->

    Good:

        -- p07.md --
        ---
        kind: interview
        participant: P07
        ---
        # P07: film night with two teenagers

        ## Quick facts
        - two teenagers, three streaming services

        ## Memorable quote
        > We spend longer choosing than watching. [12:41]

        ## Story
        1. [03:10] Friday, everyone on the sofa

        ## Opportunities
        - no one can say no without a reason [12:41]

        ## Insights
        - the phone is the remote when the TV app is slow
    """

    code = "OST205"
    severity = Severity.WARNING
    kinds = (Interview,)
    drafts = False

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """The parts without a heading, together; each heading without text below it."""
        missing = []
        first: dict[str, Section] = {}
        said: set[str] = set()
        for section, part in parts.parts(node.entry, tree.synonyms):
            first.setdefault(part, section)
            if _says(section):
                said.add(part)
        for part in tree.synonyms:
            if part not in first:
                missing.append(part)
            elif part not in said:
                title = first[part].title
                message = f"section {title!r} of interview {node.id!r} is empty; fill it in"
                yield self.about(node, first[part].at, message)
        if missing:
            message = f"interview {node.id!r} has no {either(missing)}; add {_it(missing)}"
            if others := _others(node, tree.synonyms, missing):
                message = f"{message}. Its other headings: {others}"
            for line, written, part in _nearly(node, tree.synonyms, missing):
                message = f"{message}. Line {line} is not a heading: {written!r}; write '## {part}'"
            yield self.about(node, node.at, message)


def _others(node: Node, headings: Mapping[str, tuple[str, ...]], missing: list[str]) -> str:
    """The headings that name no part, with their lines and the missing part each comes near to."""
    others = []
    for section in node.entry.sections:
        if not section.title or parts.part(section.title, headings):
            continue
        part = parts.similar_part(section.title, headings)
        near = f", {part}?" if part in missing else ""
        others.append(f"{section.title!r} (line {section.at.line + 1}{near})")
    more = f" and {len(others) - _MOST} more" if len(others) > _MOST else ""
    return ", ".join(others[:_MOST]) + more


def _nearly(
    node: Node, headings: Mapping[str, tuple[str, ...]], missing: list[str]
) -> Iterator[tuple[int, str, str]]:
    """Lines with the words of a heading but without its `#`: the line, its text and the part."""
    for row, text in enumerate(node.entry.body.split("\n")):
        written = text.strip()
        if len(written) > _LONGEST or node.entry.line_map or not _NEARLY.fullmatch(written):
            continue
        part = parts.part(written.strip("#*_: "), headings)
        if part in missing:
            yield node.entry.body_line + row + 1, written, part.capitalize()


def _it(missing: list[str]) -> str:
    return "it" if len(missing) == 1 and not missing[0].endswith("s") else "them"


def _says(section: Section) -> bool:
    return bool(section.text.strip() or section.items or section.quotes or section.links)
