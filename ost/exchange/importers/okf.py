"""Import a bundle in the Open Knowledge Format.

Files whose `type` is a kind here become nodes, other types are listed. A node's parent is in
`parent`, or after *Under* in its section Links. Links between files become links between nodes.
Generated files stay drafts until a person signs them: `generated` and the people in `verified` are
kept; checks by programs are left out. Sources become a section, except in a bundle that `ost export
okf` wrote, which contains the interviews themselves.
"""

import re
from collections.abc import Iterator

from ost.exchange.foreign.imports import ForeignTree, Here, Material, Sureness, Terms
from ost.exchange.foreign.nodes import (
    BODY,
    STATUS,
    ForeignNodes,
    ToolWords,
    UnplacedNode,
    plain_value,
)
from ost.exchange.foreign.page import ForeignPage, flow, link_targets, page, texts
from ost.exchange.foreign.places import tree
from ost.read import commonmark
from ost.read.document import Field
from ost.read.letters import fold
from ost.read.place import START
from ost.read.value import Mapping, Scalar, Sequence, Value
from ost.tree.model import KINDS
from ost.tree.node import DRAFT, VERDICTS
from ost.tree.values import day_of

EXAMPLE = "bundle/"
SIGNS = "an index or fields of the Open Knowledge Format"

RESERVED = ("index.md", "log.md")
_HUMAN = "human:"
_RELATION = re.compile(r"(Under|Above|Mentioned in)\s+\[")
_WORDS = ToolWords(
    fields={
        "resource": BODY,
        **dict.fromkeys(("timestamp", "usage-window", "stale-after", "okf-version"), ""),
    },
    statuses={
        **{(kind, "stable"): "" for kind in ("outcome", "opportunity", "solution")},
        ("outcome", "deprecated"): "dropped",
        ("opportunity", "deprecated"): "parked",
        ("solution", "deprecated"): "dropped",
    },
)
_OWN = frozenset(("type", "title", "description", "sources", "ost-id", "ost-status", "verified"))


def recognise(material: Material) -> Sureness:
    """By an index of this format, or by front matter that no other format has."""
    sure: Sureness = 0
    for path, text in material.fronts():
        found = page(path, text)
        reserved = path.rpartition("/")[2] in RESERVED
        if (reserved and found.field("okf-version")) or found.field("ost-id"):
            return 3
        if found.field("type") and not reserved and found.field("sources", "generated"):
            sure = 2
    return sure


def read(material: Material, terms: Terms, here: Here) -> ForeignTree:
    """The files whose type is a kind here, as nodes."""
    del here
    nodes = ForeignNodes(terms, _WORDS)
    for path, text in material.fronts():
        if path.rpartition("/")[2] in RESERVED:
            continue
        found = nodes.page(page(path, text))
        if found.text("type"):
            _concept(nodes, found)
        else:
            nodes.tell(path, 1, found.lines.line(0), "it has no `type`, so it is not a concept")
    return tree(nodes)


def _concept(nodes: ForeignNodes, found: ForeignPage) -> None:
    line = found.line("type")
    node = UnplacedNode(
        key=found.text("ost-id") or found.key,
        title=found.text("title") or found.stem,
        path=found.path,
        line=line,
        names=[found.key, found.stem],
    )
    nodes.add(node, found.text("type"), found.lines.line(line - 1))
    node.above, node.body = _linked(found)
    ours = found.field("ost-id") is not None
    for field in found.fields:
        at = field.key_at.line
        if fold(field.name) == "generated":
            _generated(nodes, node, field)
        elif fold(field.name) not in _OWN and not (ours and fold(field.name) == STATUS):
            nodes.take(node, field.name, field.value, at + 1, found.lines.line(at))
    if not node.kind:
        return
    _verified(nodes, node, found.field("verified"))
    status = found.text("ost-status")
    if node.kind == "test" and status in {each.name for each in VERDICTS}:
        node.fields["verdict"] = status
    elif status not in ("", DRAFT.name) and STATUS in KINDS[node.kind].__struct_fields__:
        nodes.take(node, STATUS, plain_value(status), found.line("ost-status"))
    if not ours:
        node.paragraphs += filter(None, (found.text("description"),))
        node.body = "\n\n".join(filter(None, (node.body.rstrip(), _sources(found))))


def _linked(found: ForeignPage) -> tuple[list[str], str]:
    """The parents in the section of links, and the body above that section."""
    parts = commonmark.outline(found.body)
    rows = found.body.split("\n")
    start = next(
        (each for each in parts if each.type == "heading" and each.content == "Links"), None
    )
    if start is None:
        return [], found.body
    below = [each for each in parts if each.first >= start.end]
    if not all(each.type == "item" and _RELATION.match(each.content) for each in below):
        return [], found.body
    under = [
        target
        for each in below
        if each.content.startswith("Under")
        for target in link_targets(each.content)
    ]
    return under, "\n".join(rows[: start.first]).rstrip("\n")


def _pairs(value: Value) -> dict[str, str]:
    pairs = value.pairs if isinstance(value, Mapping) else ()
    return {fold(key.text): " ".join(texts(inner)) for key, inner in pairs}


def _signed(pairs: dict[str, str]) -> Mapping:
    """Who drafted it and when. A day is precise enough here."""
    by = pairs.get("by", "").removeprefix(_HUMAN)
    made = [(Scalar("by", "str", START), Scalar(by, "str", START))]
    if (day := day_of(pairs.get("at", ""))) is not None:
        made.append((Scalar("at", "str", START), Scalar(day.isoformat(), "date", START)))
    return Mapping(tuple(made), START)


def _generated(nodes: ForeignNodes, node: UnplacedNode, field: Field) -> None:
    pairs = _pairs(field.value)
    by = pairs.get("by", "")
    if by.startswith(_HUMAN):
        nodes.leave(node.path, field.key_at.line + 1, "`generated` by a person, who wrote it")
    elif node.kind:
        node.fields["generated"] = flow(_signed(pairs)) if by else "{by: unknown}"


def _verified(nodes: ForeignNodes, node: UnplacedNode, field: Field | None) -> None:
    """The people who signed it. Programs cannot sign here."""
    if field is None:
        return
    several = field.value.items if isinstance(field.value, Sequence) else (field.value,)
    people = []
    for check in several:
        pairs = _pairs(check)
        if pairs.get("by", "").startswith(_HUMAN):
            people.append(_signed(pairs))
        else:
            by = pairs.get("by") or "no one"
            nodes.leave(node.path, field.key_at.line + 1, f"the check by {by!r}")
    if people:
        node.fields["verified"] = flow(Sequence(tuple(people), START))


def _sources(found: ForeignPage) -> str:
    """The sources as a section."""
    field = found.field("sources")
    several = field.value.items if field and isinstance(field.value, Sequence) else ()
    lines = list(_source_lines(several))
    return "\n".join(("## Sources", "", *lines)) if lines else ""


def _source_lines(several: tuple[Value, ...]) -> Iterator[str]:
    for source in several:
        pairs = _pairs(source)
        resource, title = pairs.get("resource", ""), pairs.get("title", "")
        linked = "://" in resource or resource.endswith(".md")
        if linked and not re.search(r"[\s<>]", resource):
            yield f"- [{re.sub(r'[][]', ' ', title) or resource}]({resource})"
        elif resource or title:
            yield f"- {': '.join(filter(None, (title, resource)))}"
