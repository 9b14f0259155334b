"""Import a space of ost-tools.

It is a folder of pages with `type:` and `parent: "[[…]]"`, or one page that holds a whole space
(`type: space_on_a_page`). Pages, headings, list items and table rows that name their type become
nodes. On a page with a whole space, the depth of a heading decides its type: by the schema in the
folder or the one that `config.json` names; without either, outcome, opportunity, solution and test,
or the longer ladder from vision to experiment if the page is deep enough.

Outcomes, goals, opportunities, solutions, assumptions and tests have kinds here. Visions, missions
and other types are listed: name a kind for them under `[kinds]` in the mapping, such as `mission =
"outcome"`. Children of a node that is left out go under its parents. A test under a solution gets
the assumption that it tries. Scores and priorities are left out.
"""

from msgspec.structs import replace

from ost.exchange.foreign.imports import ForeignTree, Here, Material, Sureness, Terms
from ost.exchange.foreign.nodes import (
    ASSUMPTION,
    BODY,
    STATUS,
    ForeignNodes,
    ToolWords,
    UnplacedNode,
)
from ost.exchange.foreign.page import ForeignPage, page
from ost.exchange.foreign.places import tree
from ost.exchange.importers._levels import GENERAL, STRICT, Levels, guessed, levels, usual
from ost.exchange.importers._page_nodes import PageNodes
from ost.read.letters import fold

EXAMPLE = "space/"
SIGNS = "pages with the types and statuses of ost-tools"

_WHOLE = ("space_on_a_page", "ost_on_a_page")
_TYPES = frozenset((*GENERAL, *STRICT, "assumption", "problem_statement", "test", "dashboard"))
_STATUSES = ("identified", "wondering", "exploring", "active", "paused", "completed", "archived")
_MEANING = {
    "outcome": ("active", "active", "", "met", "dropped"),
    "opportunity": ("open", "target", "parked", "addressed", "parked"),
    "solution": ("candidate", "candidate", "", "shipped", "dropped"),
}
_WORDS = ToolWords(
    kinds={"dashboard": ""},
    fields={
        "category": "risk",
        "assumption": ASSUMPTION,
        **dict.fromkeys(("summary", "status-tweet", "source", "next-steps", "content"), BODY),
        **dict.fromkeys(
            ("priority", "impact", "feasibility", "resources", "timeline", "confidence"), ""
        ),
        **dict.fromkeys(("type", "created", "updated", "cssclasses", "aliases"), ""),
    },
    statuses={
        (kind, word): ours
        for kind, known in _MEANING.items()
        for word, ours in zip(_STATUSES[2:], known, strict=True)
        if ours
    }
    | {
        (kind, word): ""
        for kind in ("outcome", "opportunity", "solution", "assumption", "test")
        for word in ("identified", "wondering")
    },
)


def recognise(material: Material) -> Sureness:
    """By the types of pages, their statuses, and parents that are wikilinks."""
    sure: Sureness = 0
    for path, text in material.fronts():
        found = page(path, text)
        word = found.text("type")
        if word in _WHOLE:
            return 3
        if word in _TYPES and not found.field("kind"):
            linked = "[[" in found.text("parent") and found.text(STATUS) in _STATUSES
            if linked or word in ("assumption_test", "problem_statement"):
                return 3
            sure = 2 if found.text(STATUS) in _STATUSES else max(sure, 1)
    return sure


def read(material: Material, terms: Terms, here: Here) -> ForeignTree:
    """The pages and the nodes inside them."""
    del here
    nodes = ForeignNodes(terms, _WORDS)
    own = levels(material, nodes)
    if own is not None:
        kinds = {word: ours for word, meant in own.kinds.items() if (ours := nodes.kind(meant))}
        nodes.words = replace(
            _WORDS, kinds={**_WORDS.kinds, **kinds}, fields={**_WORDS.fields, **own.fields}
        )
    for path, text in material.fronts():
        found = nodes.page(_page(path, text, own))
        word = found.text("type")
        if word in _WHOLE:
            used = own or guessed(found)
            nodes.notes.append(f"read the headings of {path} as {', '.join(used.types)}")
            PageNodes(nodes, found, used).read(None, "")
        elif word:
            _typed(nodes, found, word, own or usual(GENERAL))
        else:
            nodes.tell(path, 1, found.lines.line(0), "it has no `type`, so it is not a page")
    return tree(nodes)


def _page(path: str, text: str, own: Levels | None) -> ForeignPage:
    """A page with the field names of ost-tools."""
    found = page(path, text)
    renamed = own.renamed if own else {}
    fields = (replace(each, name=renamed.get(fold(each.name), each.name)) for each in found.fields)
    return replace(found, fields=tuple(fields)) if renamed else found


def _typed(nodes: ForeignNodes, found: ForeignPage, word: str, used: Levels) -> None:
    """Adds a page that is a node, and the nodes inside it."""
    line = found.line("type")
    node = UnplacedNode(
        key=found.key,
        title=found.text("title") or found.stem,
        path=found.path,
        line=line,
        names=[found.stem],
    )
    nodes.add(node, word, found.lines.line(line - 1))
    for field in found.fields:
        if fold(field.name) not in ("type", "title"):
            line = field.key_at.line
            nodes.take(node, field.name, field.value, line + 1, found.lines.line(line))
    PageNodes(nodes, found, used).read(node, word.casefold())
