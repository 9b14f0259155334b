"""Finds the kind and the tags of a note in an Obsidian vault."""

import re

from ost.exchange.foreign.imports import Terms, term
from ost.exchange.foreign.page import ForeignPage, texts
from ost.exchange.importers._inline_fields import of_line
from ost.read import commonmark
from ost.read.letters import fold
from ost.read.vocabulary import vocabulary
from ost.tree.model import KINDS

SAID = ("kind", "type")
"""Fields whose value always names a kind."""

_KIND = (*SAID, "category", "node-type")
_TAG = re.compile(r"(?:^|(?<=\s))#([^\s#\[\]()!?.,;:'\"`]*[^\W\d_][^\s#\[\]()!?.,;:'\"`]*)")
_PLAIN = ("assumption test", "assumption tests", "experiment", "experiments", "hypothesis")


def kind_of(found: ForeignPage, terms: Terms) -> tuple[str, int] | None:
    """The word for a note's kind and its line; None if the note is not a node."""
    for name in (*(each for each, ours in terms.fields.items() if ours == "kind"), *_KIND):
        word = found.text(fold(name))
        if word and (name in SAID or _is_kind(word, terms, plain=False)):
            return word, found.line(fold(name))
    for row, text in enumerate(found.body.split("\n")):
        field = of_line(text)
        if field and fold(field[0]) in SAID and field[1]:
            return field[1], found.first + row + 1
    for tag in tags(found):
        named = next((each for each in tag.split("/") if _is_kind(each, terms)), "")
        if named:
            return named, found.line("tags")
    for name in reversed(found.path.split("/")[:-1]):
        bare = re.sub(r"^[\W\d_]+", "", name)
        if _is_kind(bare, terms):
            return bare, 1
    return None


def _is_kind(word: str, terms: Terms, *, plain: bool = True) -> bool:
    """Whether a word names a kind. A tag or a folder must be `plain`, because *ideas* may mean many
    things.
    """
    if term(terms.kinds, word) is not None:
        return True
    kind = vocabulary().kind(word)
    name = word.casefold().replace("-", " ").replace("_", " ")
    return bool(kind) and (not plain or name in (kind, KINDS[kind].plural, *_PLAIN))


def tags(found: ForeignPage) -> tuple[str, ...]:
    """The tags of a note, including those in its text."""
    field = found.field("tags", "tag")
    front = re.split(r"[\s,]+", " ".join(texts(field.value)) if field else "")
    written = [each.lstrip("#") for each in front]
    if "#" in found.body:
        code = code_rows(found.body)
        rows = enumerate(found.body.split("\n"))
        written += (tag for at, row in rows if at not in code for tag in _TAG.findall(row))
    return tuple(dict.fromkeys(filter(None, written)))


def code_rows(body: str) -> frozenset[int]:
    """The rows inside code blocks."""
    if "```" not in body and "~~~" not in body:
        return frozenset()
    parts = (each for each in commonmark.outline(body) if each.type == "code")
    return frozenset(row for each in parts for row in range(each.first, each.last))
