"""One node's page, the search page and the check page: what their templates show."""

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape
from msgspec import Struct

from datasette_ost import words
from datasette_ost.links import SOURCES, Links
from datasette_ost.picture import line
from datasette_ost.prose import prose
from datasette_ost.queries.search import BEGIN, END
from datasette_ost.shapes import (
    Box,
    CheckPage,
    Diagnostic,
    Linked,
    Mention,
    Moment,
    NodePage,
    SearchPage,
)
from ost.recording import clock


class Below(Struct):
    """A node below, with what is below that."""

    box: Box
    below: list["Below"]


def node(found: NodePage, links: Links) -> dict[str, object]:
    """One node."""
    own = found.node
    if own.kind in SOURCES:
        return {"redirect": links.node(own.id, own.kind)}
    heard = [each for each in found.moments if each.about.id == own.id]
    further: dict[str, list[Moment]] = {}
    for each in found.moments:
        if each.about.id != own.id:
            further.setdefault(each.about.id, []).append(each)
    return {
        "own": own,
        "root": found.above[0].id if found.above else own.id,
        "body": prose(links, own.body, own.notation, own.recording),
        "facts": words.facts(own.fields),
        "groups": groups(own.id, found.below),
        "told": [each for each in heard if each.stance != "against" and each.kind != "signal"],
        "against": [each for each in heard if each.stance == "against"],
        "signals": [each for each in heard if each.stance != "against" and each.kind == "signal"],
        "further": further,
        "links_by": by_relation(found.links, words.RELATIONS),
        "backlinks_by": by_relation(found.backlinks, words.BACKWARDS),
        "edit": links.edit(found.about, own.path, own.line),
        "metric": line(found.measurements, own.fields),
        "words": words,
        "clock": clock,
    }


_SET_ASIDE = ("dropped", "parked")
"""What the team no longer works on stands behind what it does."""


def groups(node_id: str, below: Sequence[Box]) -> dict[str, list[Below]]:
    """The nodes directly below by kind, each with what is below it."""
    made = {each.id: Below(each, []) for each in below}
    direct: dict[str, list[Below]] = {}
    for each in made.values():
        if each.box.parent == node_id:
            direct.setdefault(each.box.kind, []).append(each)
        elif each.box.parent in made:
            made[each.box.parent].below.append(each)
    for found in direct.values():
        found.sort(key=lambda each: each.box.status in _SET_ASIDE)
    order = list(words.PLURALS)
    return dict(sorted(direct.items(), key=lambda item: _rank(order, item[0])))


def _rank(order: Sequence[str], kind: str) -> int:
    return order.index(kind) if kind in order else len(order)


def by_relation(found: Iterable[Linked], named: dict[str, str]) -> dict[str, list[Mention]]:
    """Linked nodes by what the link says, in words."""
    made: dict[str, list[Mention]] = {}
    for each in found:
        made.setdefault(named.get(each.relation, each.relation), []).append(each.node)
    return made


def search(found: SearchPage, _: Links) -> dict[str, object]:
    """What was found, the words marked."""
    total = sum(found.kinds.values())
    return {
        "marked": marked,
        "excerpt": excerpt,
        "clock": clock,
        "words": words,
        "total": total,
        "shown_of": found.kinds.get(found.kind, 0) if found.kind else total,
    }


_HEADING = re.compile(r"\A\s*#{1,6} [^\n]*\n")
_SYNTAX = re.compile(
    r"\[\[[^\[\]|\n]*\||\[\[|\]\]|\*\*|`|(?:(?<=\s)|^)(?:#{1,6}|>|[-*]|\d+\.)(?=\s)"
)


def plain(text: str) -> str:
    """A node's text without Markdown's signs."""
    return " ".join(_SYNTAX.sub("", text).split())


def excerpt(found: str, title: str) -> Markup:
    """The place in a node's text, without Markdown's signs and without its title once more."""
    text = plain(found)
    plain_title = " ".join(title.split())
    bare = text.replace(BEGIN, "").replace(END, "")
    if bare.startswith(plain_title):
        text = text[_behind(text, len(plain_title)) :].strip(f" {END}")
    return marked(text)


def _behind(text: str, many: int) -> int:
    """Where a text goes on behind so many signs, marks not counted."""
    for place, sign in enumerate(text):
        if not many:
            return place
        many -= sign not in (BEGIN, END)
    return len(text)


def marked(text: str) -> Markup:
    """Text with the words that were found marked: escaped first, so that content is never HTML."""
    safe = str(escape(text))
    parts = safe.split(BEGIN)
    made = [parts[0].replace(END, "")]
    for each in parts[1:]:
        hit, closed, rest = each.partition(END)
        made.append(f"<mark>{hit}</mark>{rest.replace(END, '')}" if closed else hit)
    return Markup("".join(made))  # noqa: S704 - escaped above


def check(found: CheckPage, links: Links) -> dict[str, object]:
    """Diagnostics by rule and by node."""
    by_rule: dict[str, list[Diagnostic]] = {}
    for each in found.diagnostics:
        by_rule.setdefault(each.code, []).append(each)
    chosen = next((each for each in found.rules if each.code == found.rule), None)
    fired = [each for each in found.rules if each.errors + each.warnings + each.notes]
    fired.sort(key=lambda each: (-each.errors, -each.warnings, -each.notes))
    return {
        "by_rule": by_rule,
        "chosen": chosen,
        "rule_page": prose(links, _HEADING.sub("", found.page, count=1)),
        "fired": fired,
        "quiet": [each for each in found.rules if each not in fired],
        "totals": {
            "error": sum(each.errors for each in found.rules),
            "warning": sum(each.warnings for each in found.rules),
            "note": sum(each.notes for each in found.rules),
        },
        "edit_of": lambda each: links.edit(found.about, each.path, each.line),
        "words": words,
    }
