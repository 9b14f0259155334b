"""Import a vault of OST-Agent.

A note is a node, with its type as `type:` and as its first tag, and below that the links to its
children. Notes that the agent wrote on its own are tagged `#unvalidated`: they become machine-made
drafts, which do not count until a person signs them (`ost verify`). A test's threshold becomes its
criterion, its last recorded result its verdict. Source and instrument stay as words; lane, rung of
evidence, confidence and sight are left out, and so is a retracted node.
"""

import re
from collections.abc import Iterator

from ost.exchange.foreign.imports import ForeignTree, Here, Material, Sureness, Terms
from ost.exchange.foreign.nodes import BODY, STATUS, ForeignNodes, ToolWords, UnplacedNode
from ost.exchange.foreign.page import ForeignPage, flow, link_targets, page
from ost.exchange.foreign.places import tree
from ost.read import markdown
from ost.read.letters import fold
from ost.read.place import START
from ost.read.value import Mapping, Scalar
from ost.tree.values import day_of

EXAMPLE = "vault/"
SIGNS = "notes whose first tag is their type"

_LAYERS = ("Outcome", "Opportunity", "Solution", "Assumption", "AssumptionTest")
_TAGS = re.compile(r"#(\S+)")
_LINK = re.compile(r"[ \t]*\[\[[^\[\]\n]+\]\][ \t]*")
_RETRACTED = re.compile(r"^##[ \t]+Retraction\b", re.MULTILINE | re.IGNORECASE)
_RESULT = re.compile(r"(\d{4}-\d{2}-\d{2})\W+(supported|refuted|inconclusive)\b")
_IDEATED = "unvalidated"
_BY = "OST-Agent"

_WORDS = ToolWords(
    kinds={"assumptiontest": "test"},
    fields={
        **dict.fromkeys(("source", "instrument"), BODY),
        **dict.fromkeys(("lane", "evidence", "confidence", "sight", "authorship", "created"), ""),
    },
    statuses={
        ("opportunity", "in-discovery"): "open",
        ("opportunity", "shipped"): "addressed",
        ("opportunity", "deferred"): "parked",
        ("solution", "in-discovery"): "candidate",
        ("solution", "shipped"): "shipped",
        **{(layer.casefold(), _IDEATED): "" for layer in _LAYERS[:-1]},
        **dict.fromkeys((("test", _IDEATED), ("outcome", "validated")), ""),
    },
)


def recognise(material: Material) -> Sureness:
    """By notes whose first tag is their type."""
    found = (page(path, text) for path, text in material.fronts())
    return 3 if any(_layer(each) and _layer(each) in _tags(each) for each in found) else 0


def read(material: Material, terms: Terms, here: Here) -> ForeignTree:
    """The notes as nodes."""
    del here
    nodes = ForeignNodes(terms, _WORDS)
    drafted = 0
    for path, text in material.fronts():
        found = nodes.page(page(path, text))
        word = found.text("type")
        if word:
            drafted += "generated" in _note(nodes, found, word).fields
        elif found.field("actor", "source"):
            nodes.leave(path, 0, "a record of what OST-Agent collected")
        else:
            nodes.tell(path, 1, found.lines.line(0), "it has no `type`, so it is not a node")
    if drafted:
        nodes.notes.append(f"{_BY} wrote {drafted:,} of the nodes; `ost verify` signs them")
    return tree(nodes)


def _note(nodes: ForeignNodes, found: ForeignPage, word: str) -> UnplacedNode:
    line = found.line("type")
    tags = _tags(found)
    below, body = _edges(found.body)
    node = UnplacedNode(
        key=found.key, title=found.stem, path=found.path, line=line, below=below, body=body
    )
    if _RETRACTED.search(body):
        nodes.add(node, word, kept=True)
        node.kind = ""
        nodes.leave(found.path, line, f"the retracted node {found.stem!r}")
        return node
    nodes.add(node, word, found.lines.line(line - 1))
    for field in found.fields:
        if fold(field.name) not in ("type", "threshold"):
            at = field.key_at.line
            nodes.take(node, field.name, field.value, at + 1, found.lines.line(at))
    own = tuple(each for each in tags if each not in (word, _IDEATED) and "evidence/" not in each)
    if own and node.kind:
        node.fields["tags"] = own
    if threshold := found.text("threshold"):
        _threshold(nodes, node, threshold, found.line("threshold"))
    if node.kind == "test":
        node.fields |= _result(body)
    if node.kind and (_IDEATED in tags or found.text(STATUS) == _IDEATED):
        day = day_of(found.text("created"))
        pairs = {"by": _BY} | ({"at": day.isoformat()} if day else {})
        node.fields["generated"] = _mapping(pairs)
    return node


def _threshold(nodes: ForeignNodes, node: UnplacedNode, words: str, line: int) -> None:
    if node.kind == "test":
        node.fields["criterion"] = _mapping({"measure": " ".join(words.split())})
    elif node.kind:
        nodes.tell(node.path, line, f"threshold: {words}", "only a test has a criterion")


def _result(body: str) -> dict[str, str]:
    """The day and the verdict of the last result."""
    sections = markdown.read(body, 0).sections if "Results" in body else ()
    items = (
        each.text for section in sections if section.title == "Results" for each in section.items
    )
    found = [result for each in items if (result := _RESULT.match(each))]
    if not found:
        return {}
    verdict = "unclear" if found[-1][2] == "inconclusive" else found[-1][2]
    return {"ended": found[-1][1], "verdict": verdict}


def _mapping(pairs: dict[str, str]) -> str:
    kept = ((_scalar(key), _scalar(value)) for key, value in pairs.items())
    return flow(Mapping(tuple(kept), START))


def _scalar(text: str) -> Scalar:
    return Scalar(text, "date" if day_of(text) else "str", START)


def _layer(found: ForeignPage) -> str:
    word = found.text("type")
    return word if word in _LAYERS else ""


def _tags(found: ForeignPage) -> tuple[str, ...]:
    """The tags on a note's first line."""
    first = next((each for each in _rows(found.body) if each.strip()), "")
    return tuple(_TAGS.findall(first)) if first.lstrip()[:1] == "#" else ()


def _edges(body: str) -> tuple[list[str], str]:
    """The links right below the line of tags, and the text below them."""
    rows = list(_rows(body.lstrip("\n")))
    begin = 1 if rows and rows[0].lstrip().startswith("#") and _TAGS.match(rows[0].lstrip()) else 0
    end = begin
    while end < len(rows) and _LINK.fullmatch(rows[end]):
        end += 1
    below = [each for row in rows[begin:end] for each in link_targets(row)]
    return below, "\n".join(rows[end:])


def _rows(text: str) -> Iterator[str]:
    yield from text.split("\n")
