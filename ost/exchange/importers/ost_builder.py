"""Import a tree of ost-builder.

Headings such as `### [Opportunity] …` are cards. A card goes under the last one with fewer marks.
An experiment below a solution becomes an assumption, one below an experiment its test. ost-builder
knows six levels: on the last, a card goes under the last card there that can be its parent.
`@next` is the target, `@done` is over; `@on-track` and `@at-risk` have no meaning here. `start` and
`target` are an outcome's numbers; `current` is listed, because a measurement needs a day.
"""

import re

from ost.exchange.foreign.imports import ForeignTree, Here, Material, Sureness, Terms
from ost.exchange.foreign.nodes import ForeignNodes, ToolWords, UnplacedNode
from ost.exchange.foreign.places import tree
from ost.read import commonmark
from ost.read.blocks import Part
from ost.tree.model import KINDS

EXAMPLE = "tree.md"
SIGNS = "headings that begin with a kind in brackets"

_CARD = re.compile(r"\[(Outcome|Opportunity|Solution|Experiment)\]\s+", re.IGNORECASE)
_LEVELS = {2: "outcome", 3: "opportunity", 4: "solution", 5: "experiment"}
_HEADING = re.compile(r"#{1,6}\s+(.+)")
"""A heading. ost-builder keeps trailing marks, so they are part of the title."""
_ID = re.compile(r"\{#([^{}\n]+)\}")
_STATUS = re.compile(r"@(on-track|at-risk|next|done|none)$", re.IGNORECASE)
_METRIC = re.compile(r"-\s*(start|current|target):\s*(.*)", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_FIELDS = {"start": "baseline", "target": "target"}
_DEEPEST = 6
_JOINER = "\u2060"


def recognise(material: Material) -> Sureness:
    """By headings that begin with a kind in brackets."""
    written = re.compile(rf"^#{{1,6}}\s+{_CARD.pattern}", re.MULTILINE | re.IGNORECASE)
    cards = [len(written.findall(text)) for _, text in material.fronts()]
    if not any(cards):
        return 0
    return (3 if sum(cards) > 1 else 2) if all(cards) else 1


def read(material: Material, terms: Terms, here: Here) -> ForeignTree:
    """The cards of each file."""
    del here
    nodes = ForeignNodes(terms, ToolWords())
    for path, text in material.fronts():
        _Cards(nodes, path, text).read()
    return tree(nodes)


class _Cards:
    """Reads the cards of a file in order."""

    def __init__(self, nodes: ForeignNodes, path: str, text: str) -> None:
        self.nodes, self.path, self.text = nodes, path, text
        self.rows = text.split("\n")
        self.open: list[tuple[int, UnplacedNode]] = []
        """The cards that a card may be under, each with its level."""
        self.deepest: dict[str, UnplacedNode] = {}
        """The last cards on the last level, by kind, newest first."""

    def read(self) -> None:
        """Reads the cards, each with its lines down to the next card."""
        parts = [each for each in commonmark.outline(self.text) if each.type == "heading"]
        cards = [each for each in parts if _CARD.match(each.content) or each.depth in _LEVELS]
        ends = [*(each.first for each in cards), len(self.rows)][1:]
        others = {each.first for each in parts} - {each.first for each in cards}
        self._above(cards[0].first if cards else len(self.rows), others)
        for part, end in zip(cards, ends, strict=True):
            self._card(part, end, others)

    def _above(self, end: int, others: set[int]) -> None:
        """Lists the lines above the first card, unless they are only a title."""
        for row in range(end):
            if self.rows[row].strip() and not (row in others and self.rows[row].startswith("# ")):
                self.nodes.tell(self.path, row + 1, self.rows[row], "above the first card")

    def _card(self, part: Part, end: int, others: set[int]) -> None:
        labelled = _CARD.match(part.content)
        word = labelled[1].casefold() if labelled else _LEVELS[part.depth]
        written = _HEADING.fullmatch(self.rows[part.first])
        title = (written[1] if written else part.content).strip()
        title = title[labelled.end() :] if labelled else title
        own = _ID.search(title)
        title = title.replace(own[0], "", 1).strip() if own else title.strip()
        status = _STATUS.search(title)
        title = (title[: status.start()] if status else title).replace(_JOINER, "").strip()
        title = title or f"New {word}"
        node = UnplacedNode(
            key=own[1] if own else title,
            title=title,
            path=self.path,
            line=part.first + 1,
        )
        self._place(node, part.depth, word)
        if node.kind and status:
            self._status(node, status[1].casefold())
        self._body(node, part.end, end, others)

    def _place(self, node: UnplacedNode, level: int, word: str) -> None:
        """Puts a card below the last one with fewer marks, or on the last level below one that can
        be its parent.
        """
        while self.open and self.open[-1][0] >= level:
            self.open.pop()
        if level < _DEEPEST:
            self.deepest = {}
        above = self.open[-1][1] if self.open else None
        kind = self.nodes.kind(word) or ""
        if word == "experiment" and kind == "test":
            tried = above is not None and above.kind in ("assumption", "test")
            word = kind = "test" if tried else "assumption"
        under = KINDS[kind].under if kind else ()
        parent = above
        if above is None or above.kind not in under:
            parent = next((each for kind_, each in self.deepest.items() if kind_ in under), above)
        self.nodes.add(node, word, self.rows[node.line - 1])
        if parent is not None:
            node.above.append(parent.key)
        self.open.append((level, node))
        if level == _DEEPEST:
            self.deepest.pop(node.kind, None)
            self.deepest = {node.kind: node, **self.deepest}

    def _status(self, node: UnplacedNode, word: str) -> None:
        known = KINDS[node.kind].statuses if "status" in KINDS[node.kind].__struct_fields__ else ()
        wanted = {
            "next": [each.name for each in known if each.tone == "focus"],
            "done": [each.name for each in known if each.stage == "done"],
        }
        if found := wanted.get(word):
            node.fields["status"] = found[0]
        elif word != "none":
            self.nodes.leave(node.path, node.line, f"the status @{word} of {node.kind}")

    def _body(self, node: UnplacedNode, begin: int, end: int, others: set[int]) -> None:
        kept: list[str] = []
        numbers: dict[str, str] = {}
        for row in range(begin, end):
            text = self.rows[row]
            metric = _METRIC.match(text)
            if row in others:
                self.nodes.tell(self.path, row + 1, text, "this heading is not a card")
            elif not metric:
                kept.append(text)
            elif node.kind == "outcome" and (number := _NUMBER.match(metric[2])):
                numbers[metric[1].casefold()] = number[0]
                self._metric(node, row, metric[1].casefold(), numbers)
            else:
                why = (
                    "a number belongs here" if node.kind == "outcome" else "only an outcome has it"
                )
                self.nodes.tell(self.path, row + 1, text, why)
        node.body = "\n".join(kept).strip("\n")

    def _metric(self, node: UnplacedNode, row: int, name: str, numbers: dict[str, str]) -> None:
        if name in _FIELDS:
            node.fields[_FIELDS[name]] = numbers[name]
        elif numbers[name] != numbers.get("start"):
            why = "a measurement needs a day: `measurements: {2026-11-03: …}`"
            self.nodes.tell(self.path, row + 1, self.rows[row], why)
