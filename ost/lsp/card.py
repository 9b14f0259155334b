"""The card that an editor shows over a link: kind, people, quotes, contradiction."""

from collections.abc import Iterable

from ost.project.live import Live
from ost.recording import clock
from ost.tree.evidence import Evidence, evidence_in, moments_in
from ost.tree.model import LIVE, Moment, Node, NodeId, Solution
from ost.tree.tree import Tree
from ost.words import counted, day

QUOTES = 3
"""How many quotes a card shows for a node, and how many against it."""


def evidence_of(node: Node, tree: Tree) -> Evidence:
    """What people said about a node and everything below it."""
    found = Evidence()
    for moment in tree.evidence(node):
        for mention in moments_in(evidence_in(tree.by_id[moment.source], (moment,))):
            found.count(mention)
    return found


def card(node: Node, live: Live) -> str:
    """The card, in Markdown."""
    tree = live.tree
    lines = [f"**{_plain(node.title)}**", "", " · ".join(_facts(node, tree))]
    above = [each.title for each in reversed(_way_up(node, tree))]
    if above:
        lines += ["", f"Under {' › '.join(map(_plain, above))}"]
    moments = tree.moments(node)
    lines += _quoted(moments, tree, against=False)
    if any(each.against for each in moments):
        lines += ["", "Against:", *_quoted(moments, tree, against=True)]
    solutions = tree.children(node, Solution)
    if solutions:
        names = (f"{_plain(each.title)} ({each.own_status()})" for each in solutions)
        lines += ["", f"Solutions: {'; '.join(names)}"]
    return "\n".join(lines)


def people(node: Node, tree: Tree) -> str:
    """How many people mentioned a node, and how many moments are against it; "" for none."""
    found = evidence_of(node, tree)
    count = len(found.people)
    words = [counted(count, "person", "people")] if count else []
    words += [f"{found.against} against"] if found.against else []
    return " · ".join(words)


def live_solutions(node: Node, tree: Tree) -> int:
    """How many solutions of a node have not been dropped."""
    return sum(each.status in LIVE for each in tree.below(node.id, Solution))


def place(node_id: NodeId, live: Live) -> str:
    """The title of a node's parent."""
    facts = live.compiled.facts.get(node_id)
    if facts is None or not facts.parents:
        return ""
    above = live.compiled.facts.get(facts.parents[0])
    return above.sibling.title if above and above.sibling else facts.parents[0]


def _facts(node: Node, tree: Tree) -> Iterable[str]:
    yield node.kind
    if status := node.own_status():
        yield status
    if node.day is not None:
        yield day(node.day)
    if node.needs_evidence or node.rivals:
        yield people(node, tree) or "no evidence yet"
    yield f"`{node.id}`"


def _way_up(node: Node, tree: Tree) -> list[Node]:
    found: list[Node] = []
    above = tree.parent(node)
    while above is not None and above not in found and above is not node:
        found.append(above)
        above = tree.parent(above)
    return found


def _quoted(moments: Iterable[Moment], tree: Tree, *, against: bool) -> list[str]:
    lines: list[str] = []
    for moment in moments:
        if moment.against != against or len(lines) >= 2 * QUOTES:
            continue
        source = tree.by_id[moment.source]
        who = getattr(source, "participant", None) or source.title
        quote = moment.quotes[0] if moment.quotes else None
        words = f"“{quote.text}”" if quote else moment.words
        second = quote.second if quote else next(iter(moment.seconds), None)
        when = f" {clock(second)}" if second is not None else ""
        lines += ["", f"> {_plain(words)} ({_plain(who)}{when})"]
    return lines


def _plain(text: str) -> str:
    """Content, escaped so that it does not look like Markdown."""
    for sign in "\\`*_<[]#":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())
