"""Missing nodes that a text mentions: its links that lead nowhere, and the opportunities in an
interview without a link.
"""

import re

from msgspec import Struct

from ost.edit.fix import fixed_text
from ost.errors import Misuse
from ost.read.diagnostic import Diagnostic, Edit, Fix
from ost.read.document import Item, Link
from ost.read.place import Place, Span, normalize_newlines
from ost.tree.model import Node
from ost.tree.sections import OPPORTUNITIES, sections
from ost.tree.tree import Tree

_MARK = re.compile(r"(?:\s*(?:[-*+]|\d{1,9}[.)])\s+)?(?:\[[ xX]\]\s+)?")


class Stub(Struct, frozen=True):
    """A node to make: its id ("" if made from its title), its title, and the place where the text
    still needs a link.
    """

    id: str
    title: str
    link_at: Place | None = None


def of_links(node: Node, tree: Tree) -> tuple[Stub, ...]:
    """One node for each name that a text links in vain."""
    found: dict[str, Stub] = {}
    for link in node.entry.links:
        if _leads_nowhere(link, node, tree):
            found.setdefault(link.target, Stub(link.target, _title(link)))
    return tuple(found.values())


def of_moment(node: Node, number: int, tree: Tree) -> Stub:
    """The node that the moment with this number, from one, mentions. Raises Misuse if there is no
    such moment, or if its node exists.
    """
    items = [
        item
        for part in sections(node.entry, OPPORTUNITIES, tree.synonyms)
        for item in part.items
        if item.depth == 0
    ]
    if not 0 < number <= len(items):
        raise Misuse(
            f"{node.id!r} has {len(items)} items under Opportunities; {number} is none of them"
        )
    item = items[number - 1]
    nowhere = [link for link in item.links if _leads_nowhere(link, node, tree)]
    if nowhere:
        return Stub(nowhere[0].target, _title(nowhere[0]))
    if item.links:
        raise Misuse(f"item {number} of {node.id!r} already links {item.links[0].target!r}")
    return Stub("", _words(item), item.at)


def link_item(text: str, path: str, at: Place, node_id: str) -> str:
    """A text (without a byte-order mark) with a link put before the words of an item."""
    line = normalize_newlines(text).split("\n")[at.line]
    lead = _MARK.match(line, at.column)
    column = lead.end() if lead else at.column
    where = Place(at.line, column, at.line, column)
    fix = Fix("link", (Edit(Span(path, where), f"[[{node_id}]] "),))
    return fixed_text(text, [Diagnostic(path=path, at=where, code="", message="", fix=fix)]).text


def _leads_nowhere(link: Link, node: Node, tree: Tree) -> bool:
    if link.form != "wiki" or not link.target or "/" in link.target or "." in link.target:
        return False
    return all(edge.link.at != link.at for edge in tree.outgoing.get(node.id, ()))


def _title(link: Link) -> str:
    words = link.words.strip()
    if words and words != link.target:
        return words[:1].upper() + words[1:]
    plain = " ".join(link.target.replace("-", " ").replace("_", " ").split())
    return plain[:1].upper() + plain[1:]


def _words(item: Item) -> str:
    words = " ".join(item.text.split()).strip(" :–—-")
    return words[:1].upper() + words[1:]
